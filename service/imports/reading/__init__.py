"""CSV, XLSX and JSON Lines as rows with their lines; what is hostile is refused before it grows."""
