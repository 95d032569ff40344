"""The roll in the window."""
