"""The window as a reader of the screen hears it: over AT-SPI, from another process."""
