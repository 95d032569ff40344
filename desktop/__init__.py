"""The program around the window: the command, composition, paths, settings, logs."""
