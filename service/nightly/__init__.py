"""Lists of all gaps at once: cut into blocks that any worker can make, kept as files."""
