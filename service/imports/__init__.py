"""Files of records: read, checked row by row like a call, and stored a portion at a time."""
