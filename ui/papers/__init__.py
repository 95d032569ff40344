"""Papers: what is printed beside the monthly reports."""
