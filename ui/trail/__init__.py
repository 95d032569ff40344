"""The trail: what was done, by whom, to whom and when; and whether it is whole."""
