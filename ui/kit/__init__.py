"""The widgets that every page is made of, and the theme that they share."""

from ui.kit.plain_imports import load_qt
from ui.kit.singletons import keep_alive

load_qt()
keep_alive()
