"""Work that outlasts a request: who works at which job, and what becomes of it."""
