"""Before the window: the first-run assistant and the unlock screen."""
