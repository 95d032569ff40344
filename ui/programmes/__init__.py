"""Programmes: the agreements as things of their own."""
