"""What the administrator of this computer has fixed for everybody who sits at it, and how the window says so."""

from dataclasses import dataclass

from ui.language import _


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is fixed; see `desktop.computer`.

    Attributes:
        register: Whether no other register may be opened in the window.
        language: Of the screen; empty: everybody chooses.
        lock_after: Minutes after which a window that is left alone locks itself, 0: never; None: as the facility says.
        backup_places: The folders that stay places for backups.
    """

    register: bool = False
    language: str = ""
    lock_after: int | None = None
    backup_places: tuple[str, ...] = ()


class _Computer:
    fixed = Fixed()


def fix(what: Fixed) -> None:
    """Say what is fixed: at the start, and in a test."""
    _Computer.fixed = what


def fixed() -> Fixed:
    """What is fixed."""
    return _Computer.fixed


def said(text: str) -> str:
    """A text about something that is fixed, with a word that it is."""
    return _("{text} (fixed on this computer)", text=text)
