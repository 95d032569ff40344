"""Rooms and beds, and who has which."""
