"""The screens for whoever needs a new passphrase first: it was forgotten, or somebody else has set it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from models.actions import people
from models.errors import Refused
from ui.kit.field import Field
from ui.kit.fields import ChoiceField, TextField
from ui.kit.form import Form
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import Card, column, row
from ui.language import _
from ui.passphrases import new_passphrase_fields, words_field
from ui.start.background import Apart
from ui.start.unlock import Access, people_of

if TYPE_CHECKING:  # these screens are shown before the store is loaded
    from models.store.register import Register


class _Passphrase(QWidget):
    """Asks for a new passphrase twice, with what else is needed, and does something with it apart."""

    done = Signal(object)
    """It has worked: the open register."""
    left = Signal()
    """Whoever was asked has thought better of it."""

    def __init__(self, title: str, text: str, fields: Sequence[Field[Any]], submit: str, leave: str) -> None:
        """Lay the screen out.

        Args:
            title: What is done.
            text: Why, and what it takes.
            fields: What is asked before the passphrase.
            submit: What the button says.
            leave: What the way back says.
        """
        super().__init__()
        self._submit = submit
        self.new, hint = new_passphrase_fields("passphrase", _("New passphrase"), self._others)
        self.again = TextField("again", _("The same again"), required=True, secret=True)
        self.form = Form([*fields, self.new, hint, self.again])
        self._apart = Apart(self, waits=self._wait, beside=self.form.show_refusal)
        self.button = Button(submit, self.send, kind="primary")
        for line in (self.new, self.again):
            line.edit.returnPressed.connect(self.send)
        card = Card()
        card.body.setSpacing(14)
        card.append(
            Text(title, "title", wrap=True), Text(text, "subtitle", wrap=True), self.form, row(self.button, None)
        )
        self.setLayout(column(card, row(LinkButton(leave, self.left.emit), None), gap=10))

    def send(self) -> None:
        """Do it with what was typed."""
        if self._apart.busy or not self.form.check():
            return
        if self.new.raw() != self.again.raw():
            self.again.show_error(_("The two are not the same. Type it again."))
            return
        values = self.form.values()
        self._apart.do(lambda: self._do(values), self._end)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is where the first thing is typed."""
        super().showEvent(event)
        next(iter(self.form.fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _do(self, values: dict[str, Any]) -> "Register":
        """Do it, in a thread of its own; gives the open register."""
        raise NotImplementedError

    def _others(self) -> Sequence[str]:
        """The words that a guesser would try first."""
        return ()

    def _end(self, register: object) -> None:
        for field in self.form.fields.values():
            if field.is_secret:
                field.put(None)
        self.done.emit(register)

    def _wait(self, waiting: bool) -> None:
        self.form.setEnabled(not waiting)
        self.button.setEnabled(not waiting)
        self.button.setText(_("Opening") if waiting else self._submit)


class Recover(_Passphrase):
    """Opens a register by the words of its recovery sheet."""

    def __init__(self, folder: Path, *, access: Access, person: str) -> None:
        """Lay the screen out.

        Args:
            folder: Of the register.
            access: The ways into it.
            person: Who is chosen at first; empty: nobody.
        """
        self._folder, self._access = folder, access
        names, _trouble = people_of(access, folder)
        self.words = words_field(
            _("The twelve words of the sheet"), _("In their order, with spaces between them."), lines=3
        )
        self.person: ChoiceField[str] = ChoiceField(
            "person",
            _("Whose passphrase was forgotten?"),
            [(name, name) for name in names],
            value=person or (names[0] if len(names) == 1 else None),
            required=True,
        )
        super().__init__(
            _("Open with the recovery sheet"),
            _("It takes the sheet that was made last. The person gets a new passphrase; all others keep theirs."),
            [self.words, self.person],
            _("Open the register"),
            _("Back"),
        )

    def _others(self) -> Sequence[str]:
        return [self.person.read() or ""]

    def _do(self, values: dict[str, Any]) -> "Register":
        return self._access.recover(self._folder, values["words"], values["person"], values["passphrase"])


class Renew(_Passphrase):
    """Has a person whose passphrase was set by somebody else choose one, before anything of the register is shown."""

    def __init__(self, register: "Register", passphrase: str) -> None:
        """Lay the screen out.

        Args:
            register: The open register.
            passphrase: What has just opened it.
        """
        self.register, self._passphrase = register, passphrase
        super().__init__(
            _("Choose a passphrase of your own"),
            _("Somebody else has set the one that you have just typed, and knows it. From now on only yours opens."),
            [],
            _("Go on"),
            _("Not now: close the register"),
        )

    def _others(self) -> Sequence[str]:
        return [self.register.person.name, self.register.facility.name]

    def _do(self, values: dict[str, Any]) -> "Register":
        try:
            self.register.perform(people.change_passphrase, old=self._passphrase, new=values["passphrase"])
        except Refused as refused:
            refused.field = "passphrase" if refused.field == "new" else refused.field
            raise
        return self.register
