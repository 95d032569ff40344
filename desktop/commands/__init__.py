"""One module for each command: it asks for what it needs, calls the same actions as the window, and prints."""
