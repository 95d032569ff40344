"""No signal of ours hides one of Qt's: Qt would fire ours where it means its own."""

import importlib
import pkgutil

from PySide6.QtCore import QObject, Signal

import desktop
import ui


def _ours() -> list[type[QObject]]:
    """Every class of the program that Qt knows."""
    for package in (ui, desktop):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)
    found: list[type[QObject]] = []
    waiting = [QObject]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.startswith(("ui.", "desktop.")):
                found.append(each)
    return found


def _hides(kind: type[QObject], name: str) -> bool:
    """Whether a class of Qt above this one has something of that name."""
    return any(name in vars(above) for above in kind.__mro__[1:] if above.__module__.startswith("PySide6."))


def test_no_signal_hides_one_of_qt() -> None:
    """Each signal has a name that the classes of Qt above it do not know."""
    signals = [(kind, name) for kind in _ours() for name, value in vars(kind).items() if isinstance(value, Signal)]
    assert len(signals) > 40
    assert not [f"{kind.__qualname__}.{name}" for kind, name in signals if _hides(kind, name)]


def test_one_that_does_would_be_seen() -> None:
    """A table's `entered`, which Qt fires when the pointer passes over a row, is such a name."""
    from PySide6.QtWidgets import QTableView

    class Table(QTableView):
        entered = Signal(str)

    assert _hides(Table, "entered")
    assert not _hides(Table, "acted")
