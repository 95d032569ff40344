"""Takes a register out of a backup: what it holds is shown beside what is there, before anything is put anywhere."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from models.errors import Refused
from models.store import restore
from models.store.restore import Restoring, Summary
from ui import prompts, session
from ui.kit.fields import ChoiceField, TextField
from ui.kit.form import Form
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import Card, KeyValues, clear, column, row
from ui.language import _, tr
from ui.start.background import Apart
from ui.start.folders import folder_field, make_whole


class RestoreScreen(QWidget):
    """Asks for the backup, then for a passphrase of it, shows what it holds, and puts it into a new folder."""

    restored = Signal(Path)
    """The register lies in a folder, to be unlocked there."""
    left = Signal()
    """Whoever was asked has thought better of it."""

    def __init__(self, there: Path | None, proposed: Path, backup: Path | None = None) -> None:
        """Lay the screen out.

        Args:
            there: The register that would be opened else, to compare with; None: there is none.
            proposed: Where the register is proposed to lie.
            backup: The file that was named already.
        """
        super().__init__()
        self._there = there
        self._restoring: Restoring | None = None
        self._is_proven = False
        self._apart = Apart(self, waits=self._wait, beside=self._show_refusal)
        file = "" if backup is None else str(backup)
        self.file = folder_field("file", _("Backup"), file, required=True, hint=_("A file that ends in .konak."))
        self.folder = folder_field("folder", _("Folder"), str(proposed), required=True)
        for asked in (self.file, self.folder):
            make_whole(asked)
        self.person: ChoiceField[str] = ChoiceField("person", _("Who are you?"), [], required=True)
        self.passphrase = TextField(
            "passphrase",
            _("Passphrase"),
            required=True,
            secret=True,
            hint=_("The one that held when the backup was made."),
        )
        self.form = Form([self.file, self.folder])
        self.opening = Form([self.person, self.passphrase])
        self.opening.hide()
        self.button = Button(_("Look into the backup"), self.go_on, kind="primary")
        self.found = column(gap=8)
        card = Card()
        card.body.setSpacing(14)
        card.append(Text(_("Restore a backup"), "title"))
        about = _("It is put into a new folder. Nothing that is there is written over.")
        card.append(
            Text(about, "subtitle", wrap=True),
            self.form,
            row(Button(_("Choose the file"), self._choose), None),
            self.opening,
            self.found,
            row(self.button, None),
        )
        self.setLayout(column(card, row(LinkButton(_("Back"), self.left.emit), None), gap=10))

    def go_on(self) -> None:
        """The next of the three steps."""
        if self._apart.busy:
            return
        if self._restoring is None:
            self._unpack()
        elif self._is_proven:
            self._put()
        else:
            self._prove()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was unpacked goes, unless it was put in its place."""
        super().hideEvent(event)
        if self._restoring is not None and not self.isVisible():
            restoring, self._restoring = self._restoring, None
            restoring.drop()

    def _choose(self) -> None:
        path = prompts.ask_open_path(self, _("Choose the backup"), _("Backup (*.konak)"))
        if path is not None:
            self.file.put(str(path))

    def _unpack(self) -> None:
        if not (self.form.check() and make_whole(self.file) and make_whole(self.folder)):
            return
        values = self.form.values()
        file, into = Path(values["file"]), Path(values["folder"])
        self._apart.do(lambda: Restoring(file, into), self._unpacked)

    def _unpacked(self, restoring: Restoring) -> None:
        self._restoring = restoring
        self._wait(False)
        self.form.setEnabled(False)
        self.person.offer([(name, name) for name in restoring.people])
        if len(restoring.people) == 1:
            self.person.put(restoring.people[0])
        self.opening.show()
        self.button.setText(_("Check it"))

    def _prove(self) -> None:
        restoring = self._restoring
        if restoring is None or not self.opening.check():
            return
        values, beside = self.opening.values(), self._there

        def prove() -> tuple[Summary, Summary | None]:
            held = restoring.open(values["passphrase"], values["person"])
            there = None if beside is None else restore.there(beside, values["passphrase"], values["person"])
            return held, there

        self._apart.do(prove, self._proven)

    def _proven(self, found: tuple[Summary, Summary | None]) -> None:
        held, there = found
        self._wait(False)
        self._is_proven = True
        self.passphrase.put(None)
        self.opening.setEnabled(False)
        clear(self.found)
        self.found.addWidget(_told(_("The backup"), held))
        if there is not None:
            self.found.addWidget(_told(_("The register that is there"), there))
        self.button.setText(_("Put it there"))

    def _put(self) -> None:
        restoring = self._restoring
        if restoring is not None:
            self._apart.do(restoring.put, lambda _aside: self._done(restoring))

    def _done(self, restoring: Restoring) -> None:
        self._restoring = None
        self.restored.emit(restoring.into)

    def _show_refusal(self, refused: Refused) -> None:
        form = self.opening if refused.field in ("person", "passphrase") else self.form
        form.setEnabled(True)
        form.show_refusal(refused)
        if form is self.form and self._restoring is not None:
            self._restoring.drop()
            self._restoring, self._is_proven = None, False
            self.opening.hide()
            self.button.setText(_("Look into the backup"))

    def _wait(self, waiting: bool) -> None:
        self.button.setEnabled(not waiting)


def _told(title: str, held: Summary) -> Card:
    """What a register holds."""
    card = Card(title)
    values = KeyValues(names=170)
    values.add(_("Facility"), held.facility)
    values.add(_("Residents"), tr().number(held.residents))
    values.add(_("Stays"), tr().number(held.stays))
    values.add(_("On the roll"), tr().number(held.on_roll))
    values.add(_("Reports issued"), tr().number(held.issued))
    at = tr().value(held.last_at.astimezone(session.zone()))
    values.add(_("Last entry"), _("{n}, {when}", n=tr().number(held.last_number), when=at))
    card.append(values)
    return card
