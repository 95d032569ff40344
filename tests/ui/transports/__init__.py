"""The page of expected arrivals, and of one transport."""
