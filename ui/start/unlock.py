"""The unlock screen: who one is, the passphrase, and in."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from models.errors import KonakError, Refused, Unavailable
from ui.kit.fields import ChoiceField, TextField
from ui.kit.form import Form
from ui.kit.labels import Button, Elided, LinkButton, Text
from ui.kit.layout import Card, column, row
from ui.kit.notices import Says
from ui.kit.tokens import Tone
from ui.start.apart import Apart, show_failure
from ui.words import _, say

People = Callable[[Path], Sequence[str]]
"""Who may open the register of a folder; raises Unavailable where there is none."""
Open = Callable[[Path, str, str], Any]
"""Opens the register of a folder, for a person with a passphrase."""


class Unlock(QWidget):
    """Opens one register."""

    opened = Signal(object)
    """The register is open: it."""
    another = Signal()
    """Another register is wanted."""
    new = Signal()
    """A new register is wanted."""

    def __init__(self, folder: Path, *, people: People, open_register: Open) -> None:
        """Lay the screen out.

        Args:
            folder: Of the register.
            people: Who may open it.
            open_register: Opens it; called in a thread of its own, since it takes half a second on purpose.
        """
        super().__init__()
        self._folder, self._open = folder, open_register
        self._apart = Apart(self)
        names, trouble = _people(people, folder)
        self.person: ChoiceField[str] = ChoiceField(
            "person",
            _("Who are you?"),
            [(name, name) for name in names],
            value=names[0] if len(names) == 1 else None,
            required=True,
        )
        self.passphrase = TextField("passphrase", _("Passphrase"), required=True, secret=True)
        self.form = Form([self.person, self.passphrase])
        self.button = Button(_("Open the register"), self.send, kind="primary")
        self.passphrase.edit.returnPressed.connect(self.send)
        card = Card()
        card.body.setSpacing(14)
        card.body.addWidget(Text(_("Open the register"), "title"))
        card.body.addWidget(Elided(str(folder), "note"))
        if trouble:
            card.body.addWidget(Says(trouble, tone=Tone.RED))
        else:
            card.body.addWidget(self.form)
            card.body.addLayout(row(self.button, None))
        others = row(
            LinkButton(_("Open another register"), self.another.emit),
            LinkButton(_("Make a new register"), self.new.emit),
            None,
            gap=14,
        )
        self.setLayout(column(card, others, gap=10))

    def send(self) -> None:
        """Open the register with what was typed."""
        if self._apart.busy or not self.form.check():
            return
        values, folder, open_register = self.form.values(), self._folder, self._open
        self._wait(waiting=True)
        self._apart.do(
            lambda: open_register(folder, values["person"], values["passphrase"]),
            on_done=self._done,
            on_failed=self._failed,
        )

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is where the next thing is typed."""
        super().showEvent(event)
        first = self.passphrase if self.person.read() else self.person
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self, register: object) -> None:
        self.passphrase.put("")
        self._wait(waiting=False)
        self.opened.emit(register)

    def _failed(self, error: KonakError) -> None:
        self._wait(waiting=False)
        show_failure(self, error, self._show_refusal)

    def _show_refusal(self, refused: Refused) -> None:
        self.form.show_refusal(refused)
        self.passphrase.edit.selectAll()

    def _wait(self, *, waiting: bool) -> None:
        self.form.setEnabled(not waiting)
        self.button.setEnabled(not waiting)
        self.button.setText(_("Opening") if waiting else _("Open the register"))


def _people(people: People, folder: Path) -> tuple[Sequence[str], str]:
    """Who may open the register; or what is in the way."""
    try:
        return people(folder), ""
    except Unavailable as error:
        return (), say(error.message)
