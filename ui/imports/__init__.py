"""Imports: proposed lists and stays brought in from a file, tried first."""
