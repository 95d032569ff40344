"""Loads Qt, and keeps Python's own `import`, which PySide6 replaces by one that reads the source of every later module.

It looks there for its own name, for the sake of `from __feature__ import snake_case`, which Konak does not use: a tenth
of a start is spent on that. To be called before anything else loads PySide6.
"""

import builtins


def load_qt() -> None:
    """Load Qt, and leave `import` as it was."""
    own = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = own
