"""One file for each kind of records: how its rows are checked, found again and stored."""
