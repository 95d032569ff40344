"""Administration: the facility and who works with its register."""
