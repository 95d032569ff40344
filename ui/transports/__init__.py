"""Transports: who is expected, by what and when, and those of one bus admitted in one step."""
