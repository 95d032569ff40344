"""The widgets that every page is made of, and the theme that they share."""

from ui.plain_imports import load_qt
from ui.singletons import keep_alive

load_qt()
keep_alive()
