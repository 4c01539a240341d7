"""Records as files: the same columns as an import's, so that a file goes out and in again."""
