"""`konak window`: opens the window, on a register that was named, the last one, or a new one."""

import argparse
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import paths
from desktop.commands.opening import given_passphrase, named_folder, named_person, person
from desktop.computer import Computer
from models.errors import Refused, Unavailable

if TYPE_CHECKING:
    from models.store.register import Register


class Opening:
    """Opens a register whose passphrase was given in a thread of its own, while the window's libraries are loaded.

    Stretching the passphrase takes half a second on purpose; loading the window takes as long.
    """

    def __init__(self, at: Path, passphrase: str, person: str | None = None) -> None:
        """Begin."""
        self._register: Register | None = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._open, args=(at, passphrase, person), name="opening", daemon=True)
        self._thread.start()

    def register(self) -> "Register":
        """The open register, as soon as it is.

        Raises:
            Refused: The passphrase is wrong, or it was not said who opens it.
            Unavailable: It cannot be opened.
        """
        self._thread.join()
        if self._register is None:
            raise self._error or RuntimeError("nothing was opened")
        return self._register

    def _open(self, at: Path, passphrase: str, person: str | None) -> None:
        from models.store import opening

        try:
            self._register = opening.open_register(
                at, passphrase=passphrase, person=named_person(at, person), seen_in=paths.seen()
            )
        except Exception as error:
            self._error = error


def run(typed: argparse.Namespace) -> int:
    """Open the window and stay until it is closed.

    Raises:
        Refused: A passphrase was given, and it is wrong, or several people may open the register and none was named;
            or another register is fixed on this computer.
        Unavailable: There is no display, or the register that was named cannot be opened.
    """
    _need_display()
    at, passphrase, name = _folder(typed), given_passphrase(typed), person(typed)
    backup: Path | None = getattr(typed, "backup", None)
    if backup is not None and not backup.is_file():
        raise Unavailable("There is no such backup. Check its name, and that its disk is plugged in.")
    # Qt first of all, as the kit loads it. It looks through all loaded modules then, and a thread that loads one at
    # that moment (as the opening does: Alembic for an old register, parts of cryptography) would end the program.
    import ui.kit  # noqa: F401

    if at is None or passphrase is None or backup is not None:
        from desktop import app

        return app.run(at, None, name, backup)
    from desktop import single

    if single.tell(at, None):
        return 0
    from models.store import register  # noqa: F401 - the opening would otherwise load it, and hinder the rest

    opening = Opening(at, passphrase, name)
    from desktop import app, workstation  # noqa: F401 - the workstation too: all is loaded while the register is opened

    return app.run(at, opening.register, name)


def _folder(typed: argparse.Namespace) -> Path | None:
    """The register that was named, or that is fixed on this computer; None: what the person had open last comes first.

    Raises:
        Refused: Another one is fixed.
    """
    at, computer = named_folder(typed), Computer.load()
    if not computer.as_fixed().register:
        return at
    if at is not None and at.absolute() != computer.register:
        raise Refused("On this computer no other register can be opened in the window; its administrator has fixed it.")
    return computer.register


def _need_display() -> None:
    """Qt would end the program without a word that helps.

    Raises:
        Unavailable: There is no display.
    """
    known = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in known):
        raise Unavailable(
            "There is no display to open the window on. Start Konak from a desktop, or use its other commands: "
            "konak --help."
        )
