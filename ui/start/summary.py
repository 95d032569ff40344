"""What the assistant will make, before it makes it: each answer, with the way back to the step that asked for it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.rules.presets import PRESETS
from models.rules.wording import word
from models.text import LANGUAGES
from ui.fixed import fixed, said
from ui.kit.labels import LinkButton
from ui.kit.layout import KeyValues, clear, column
from ui.language import _, say

if TYPE_CHECKING:
    from ui.start.answers import NewRegister


class Summary(QWidget):
    """All answers, one below the other."""

    def __init__(self, change: Callable[[str], None]) -> None:
        """Begin empty; `change` is given the step that asks for what is to be changed."""
        super().__init__()
        self._change = change
        self._rows = column(gap=0)
        self.setLayout(self._rows)

    def show_answers(self, answers: "NewRegister") -> None:
        """Show what will be made of some answers."""
        clear(self._rows)
        reader = answers.reader
        places = [*([answers.backups] if answers.backups else []), *map(said, fixed().backup_places)]
        lines = (
            ("language", _("Language"), LANGUAGES[answers.language]),
            ("facility", _("Facility"), "\n".join(part for part in (answers.name, answers.letterhead) if part)),
            ("facility", _("Time zone"), answers.time_zone),
            ("person", _("Administrator"), answers.administrator),
            (
                "reader",
                _("Reads what is sealed"),
                _("{name}, {what}", name=reader.name, what=say(word(reader.role)))
                if reader
                else _("nobody yet: nothing can be sealed"),
            ),
            (
                "programmes",
                _("Programmes"),
                "\n".join(f"{code}: {_(PRESETS[code].facts.title)}" for code in answers.programmes) or _("none yet"),
            ),
            ("place", _("Folder"), str(answers.folder)),
            ("backups", _("Backups"), "\n".join(places) or _("none yet: Today reminds of it")),
        )
        values = KeyValues(names=140)
        for step, name, value in lines:
            link = LinkButton(_("Change"), partial(self._change, step))
            link.setAccessibleName(_("Change: {what}", what=name))
            values.add(name, _breaking(value), link=link)
        values.add(
            _("Recovery sheet"),
            _("Its words are shown once, when the register is made. Have a printer ready, or paper and a pen."),
        )
        self._rows.addWidget(values)


def _breaking(text: str) -> str:
    """A text whose long paths go on in the next line."""
    return text.replace("/", "/\u200b").replace("\\", "\\\u200b")
