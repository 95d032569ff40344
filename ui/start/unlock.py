"""The unlock screen: who one is, the passphrase, and in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from models.errors import Refused, Unavailable
from models.rules.sorting import sort_key
from ui.fixed import fixed, said
from ui.kit.fields import ChoiceField, TextField
from ui.kit.form import Form
from ui.kit.labels import Button, Elided, LinkButton, Text
from ui.kit.layout import Card, column, row
from ui.kit.notices import Callout
from ui.kit.tokens import Tone
from ui.language import _, plural, say, tr
from ui.start.background import Apart

if TYPE_CHECKING:  # the screens before the window are shown before the store is loaded
    from models.store.register import Register


@dataclass(frozen=True, slots=True)
class Access:
    """The ways into a register. All but the first are called in a thread of their own.

    Attributes:
        people: Who may open the register of a folder; raises Unavailable where there is none.
        open_register: Opens it, for a person with a passphrase; takes half a second on purpose.
        remaining: Seconds that a person has to wait after wrong passphrases.
        recover: Opens it with the words of its recovery sheet, for a person who gets a new passphrase.
    """

    people: Callable[[Path], Sequence[str]]
    open_register: "Callable[[Path, str, str], Register]"
    remaining: Callable[[Path, str], int]
    recover: "Callable[[Path, str, str, str], Register]"


class Unlock(QWidget):
    """Opens one register."""

    opened = Signal(object, str)
    """The register is open: it, and the passphrase that has opened it."""
    forgotten = Signal(str)
    """The recovery sheet is to open it: for this person, or for one who is yet to be chosen."""
    another = Signal()
    """Another register is wanted."""
    restore = Signal()
    """A register is to be taken out of a backup."""
    new = Signal()
    """A new register is wanted."""

    def __init__(self, folder: Path, *, access: Access, person: str | None = None, says: str = "") -> None:
        """Lay the screen out.

        Args:
            folder: Of the register.
            access: The ways into it.
            person: Who is chosen at first; None: the only one there is, if so.
            says: What is said above, such as why the window was locked.
        """
        super().__init__()
        self._folder, self._access = folder, access
        self._apart = Apart(self, waits=self._wait, beside=self._show_refusal)
        self._looking = Apart(self)
        self._left = 0
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._count)
        names, trouble = people_of(access, folder)
        chosen = person if person in names else names[0] if len(names) == 1 else None
        self.person: ChoiceField[str] = ChoiceField(
            "person", _("Who are you?"), [(name, name) for name in names], value=chosen, required=True
        )
        self.person.edited.connect(self._look_for_wait)
        self.passphrase = TextField("passphrase", _("Passphrase"), required=True, secret=True)
        self.form = Form([self.person, self.passphrase])
        self.button = Button(_("Open the register"), self.send, kind="primary")
        self.fire_first = False
        """Whether the fire list is wanted before anything else."""
        self.fire = Button(
            _("Fire list first"),
            lambda: self._send(fire_first=True),
            hint=_("Opens the register and shows at once who is in the house"),
        )
        self.fire.setShortcut("F9")
        self.passphrase.edit.returnPressed.connect(self.send)
        card = Card()
        card.body.setSpacing(14)
        card.append(Text(_("Open the register"), "title"), Elided(str(folder), "note"))
        if says:
            card.append(Callout(says, tone=Tone.RED))
        if trouble:
            card.append(Callout(trouble, tone=Tone.RED))
        else:
            card.append(self.form, row(self.button, self.fire, None, gap=8))
            self.recover = LinkButton(_("Forgotten the passphrase? Use the recovery sheet"), self._forget)
            card.append(row(self.recover, None))
        others = row(gap=14)
        if fixed().register:
            others.addWidget(Text(said(_("The register")), "note"))
        else:
            others.addWidget(LinkButton(_("Open another register"), self.another.emit))
            others.addWidget(LinkButton(_("Make a new register"), self.new.emit))
        others.addWidget(LinkButton(_("Restore a backup"), self.restore.emit))
        others.addStretch(1)
        self.setLayout(column(card, others, gap=10))

    def send(self) -> None:
        """Open the register with what was typed."""
        self._send(fire_first=False)

    def _send(self, *, fire_first: bool) -> None:
        if self._apart.busy or self._left or not self.form.check():
            return
        self.fire_first = fire_first
        values, folder, open_register = self.form.values(), self._folder, self._access.open_register
        self._apart.do(
            lambda: open_register(folder, values["person"], values["passphrase"]),
            lambda register: self._done(register, values["passphrase"]),
        )

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is where the next thing is typed."""
        super().showEvent(event)
        first = self.passphrase if self.person.read() else self.person
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look_for_wait()

    def _forget(self) -> None:
        self.forgotten.emit(self.person.read() or "")

    def _done(self, register: object, passphrase: str) -> None:
        self.passphrase.put("")
        self._wait(False)
        self.opened.emit(register, passphrase)

    def _show_refusal(self, refused: Refused) -> None:
        self.form.show_refusal(refused)
        self.passphrase.edit.selectAll()
        self._look_for_wait()

    def _wait(self, waiting: bool) -> None:
        self.form.setEnabled(not waiting)
        for each in (self.button, self.fire):
            each.setEnabled(not waiting)
        self.button.setText(_("Opening") if waiting else _("Open the register"))

    # -- after several wrong passphrases ------------------------------------------------------------------------------

    def _look_for_wait(self) -> None:
        """Ask how long the chosen person has to wait, and count down; until that is known, all stays as it is."""
        person, folder, remaining = self.person.read(), self._folder, self._access.remaining
        if person is None:
            self._show_left(0)
        else:
            self._looking.do(lambda: (person, remaining(folder, person)), self._begin_wait)

    def _begin_wait(self, found: tuple[str, int]) -> None:
        person, seconds = found
        if person == self.person.read():
            self._show_left(seconds)
        else:
            self._look_for_wait()

    def _count(self) -> None:
        if self._left > 1:
            self._show_left(self._left - 1)
        else:
            self.form.clear_errors()
            self._look_for_wait()

    def _show_left(self, seconds: int) -> None:
        self._left = seconds
        if self._apart.busy:
            return
        for each in (self.button, self.fire):
            each.setEnabled(not seconds)
        self.button.setText(_waits(seconds) if seconds else _("Open the register"))
        if seconds and not self._second.isActive():
            self._second.start()
        elif not seconds:
            self._second.stop()


def _waits(seconds: int) -> str:
    """How long one has to wait, in words."""
    if seconds < 60:
        return plural("Wait {n} second", "Wait {n} seconds", seconds)
    return plural("Wait {n} minute", "Wait {n} minutes", -(-seconds // 60))


def people_of(access: Access, folder: Path) -> tuple[Sequence[str], str]:
    """Who may open the register, by name; or what is in the way."""
    try:
        return sorted(access.people(folder), key=lambda name: sort_key(name, tr().language)), ""
    except Unavailable as error:
        return (), say(error.message)
