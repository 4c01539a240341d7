"""The tables of the reference, one module a subject; each function gives one table's records."""
