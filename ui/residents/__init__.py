"""The list of residents, and the page of each."""
