"""The widgets that every page is made of, and the theme that they share."""

from ui.kit.singletons import keep_alive

keep_alive()
