"""Archives of a whole database: one file, the same for SQLite and PostgreSQL."""
