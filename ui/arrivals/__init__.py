"""Arrivals: whoever comes is registered, from the list of the accepted or as an emergency."""
