"""Reads: frozen rows and figures, by SQL."""
