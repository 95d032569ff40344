"""What actions, queries and exchange share of an area: how its rows are found, loaded and written."""
