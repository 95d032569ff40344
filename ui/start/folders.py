"""Folders that are typed before a register is open: whole as soon as they were typed, so that all see where it lies."""

import os
from pathlib import Path
from typing import Any

from ui.kit.field import Field
from ui.kit.fields import TextField
from ui.language import _
from ui.scrolled import reveal


def folder_field(name: str, label: str, value: str = "", **more: Any) -> TextField:  # noqa: ANN401 - as of a field
    """Asks for a folder; what was typed becomes a whole path when the field is left."""
    asked = TextField(name, label, value=value, **more)
    asked.edit.editingFinished.connect(lambda: make_whole(asked))
    return asked


def make_whole(asked: Field[Any]) -> bool:
    """Let the whole path of a file or folder stand where a shorter one was typed.

    Returns:
        Whether there is one; else it is said beside the field what to do.
    """
    typed = str(asked.raw()).strip()
    try:
        whole = os.path.abspath(Path(typed).expanduser()) if typed else ""  # noqa: PTH100 - `..` is taken out of it
    except RuntimeError:  # `~` of somebody who has no home here
        asked.show_error(
            _("Write the whole path of the folder, such as {path}, or choose it.", path=str(Path.home() / "Konak"))
        )
        reveal(asked)
        return False
    if whole != asked.raw():
        asked.put(whole or None)
    return True
