"""Today: the work list."""
