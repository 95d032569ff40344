"""What runs on SQLite runs on PostgreSQL, with the same answers: for the day when workstations share one register."""
