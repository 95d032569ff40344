"""The first-run assistant: a few calm steps that end in a new register."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from models.actions.backups import checked_place
from models.errors import Refused
from models.rules.passphrases import check_passphrase
from models.rules.people import CARES, HOLDS_SEALED_KEY, checked_user_name
from models.rules.presets import PRESETS
from models.rules.vocabulary import Role
from models.rules.wording import word
from models.text import LANGUAGES
from ui import prompts, work
from ui.administration.fields import letterhead_field, name_field, time_zone_field
from ui.administration.recovery import SheetDialog
from ui.kit.field import Field
from ui.kit.fields import CheckField, ChoiceField, TextField
from ui.kit.form import Form
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import Card, clear, column, held, row
from ui.kit.tokens import px
from ui.language import _, say, set_language
from ui.passphrases import new_passphrase_fields
from ui.reading import Unreadable
from ui.scrolled import Scrolled
from ui.start.answers import NewRegister, Reader
from ui.start.background import Apart
from ui.start.folders import folder_field, make_whole
from ui.start.summary import Summary

if TYPE_CHECKING:  # the screens before the window are shown before the store is loaded
    from models.store.register import Register


Create = Callable[[NewRegister, Callable[[str], None]], "Register"]
"""Makes the register, telling what it does in English sentences that are translated here."""

_STEPS = ("language", "facility", "person", "reader", "programmes", "place", "backups", "summary")
_FIELD_STEP = {
    "name": "facility",
    "letterhead": "facility",
    "time_zone": "facility",
    "administrator": "person",
    "passphrase": "person",
    "reader": "reader",
    "role": "reader",
    "reader_passphrase": "reader",
    "folder": "place",
    "backups": "backups",
}
"""On which step a refusal is shown."""
_HIGH, _LOW = 500, 180
"""The height of the part that changes from step to step, and the least of it."""


class _Steps(Scrolled):
    """As high for each step, so that the buttons below stay under the pointer."""

    def sizeHint(self) -> QSize:
        """Room for most steps; the others scroll."""
        return QSize(super().sizeHint().width(), px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Less where the window is lower."""
        return QSize(super().minimumSizeHint().width(), px(_LOW))


class Assistant(QWidget):
    """Asks what a new register needs, and makes it."""

    made = Signal(object)
    """The register is made and open: it."""
    another = Signal()
    """A register that is there already is wanted."""
    language_chosen = Signal(str)
    """Another language was chosen; the assistant speaks it already."""

    def __init__(self, *, create: Create, folder: Path, language: str) -> None:
        """Begin with the language.

        Args:
            create: Makes the register; called in a thread of its own.
            folder: Where the register is proposed to lie.
            language: Of the screen.
        """
        super().__init__()
        self._create, self._language = create, language
        self._values: dict[str, Any] = {"folder": str(folder), "time_zone": "Europe/Belgrade"}
        self._apart = Apart(self, waits=self._wait, beside=self._show_refusal)
        self._apart.advanced.connect(self._advance)
        self._at = 0
        self._returns = False
        self.forms: dict[str, Form] = {}
        self._card = Card()
        self._card.body.setSpacing(14)
        self._others = row(None)
        self.setLayout(column(self._card, self._others, gap=10))
        self._build()

    # -- its steps ------------------------------------------------------------------------------------------------

    @property
    def step(self) -> str:
        """The step that is shown."""
        return _STEPS[self._at]

    def next(self) -> None:
        """Go on, if this step is answered; at the end, make the register."""
        if not self.forms[self.step].check() or not self._agrees():
            return
        if self.step == "summary":
            self._make()
        else:
            self._go(len(_STEPS) - 1 if self._returns else self._at + 1)

    def change(self, step: str) -> None:
        """Go back from the summary to the step that asks for what is to be changed; the next press returns."""
        self._go(_STEPS.index(step))
        self._returns = True

    def back(self) -> None:
        """Go to the step before; nothing is lost."""
        if self._at:
            self._go(self._at - 1)

    def _go(self, at: int) -> None:
        self._at, self._returns = at, False
        is_last = self.step == "summary"
        if is_last:
            self.summary.show_answers(self._answers())
        for step, form in self.forms.items():
            form.setVisible(step == self.step)
        self._area.verticalScrollBar().setValue(0)
        title, text = self._titles()[self.step]
        self._title.setText(title)
        self._text.setText(text)
        self._count.setText(_("Step {n} of {all}", n=at + 1, all=len(_STEPS)))
        self.back_button.setVisible(at > 0)
        self.next_button.setText(_("Make the register") if is_last else _("Next"))
        first = next(iter(self.forms[self.step].fields.values()), self.next_button)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _titles(self) -> Mapping[str, tuple[str, str]]:
        return {
            "language": (_("Welcome"), _("Konak keeps the register of a facility. Choose the language first.")),
            "facility": (_("The facility"), _("Its name and letterhead stand on every paper.")),
            "person": (
                _("Who looks after the register"),
                _("The passphrase opens the register. Nobody can find it out or replace it: keep it in a safe place."),
            ),
            "reader": (
                _("Who reads what is sealed"),
                _(
                    "Claims of asylum, health and complaints are sealed, and you never hold the key to them. Name a "
                    "supervisor or somebody of health and legal staff. If you leave this empty nothing can be sealed, "
                    "and Today reminds you of it."
                ),
            ),
            "programmes": (
                _("Programmes"),
                _("Which agreements does the facility have? Programmes can be added and changed at any time."),
            ),
            "place": (_("Where the register lies"), _("In a folder of its own. Everything in it is encrypted.")),
            "backups": (
                _("Where backups are kept"),
                _("On a second disk, a stick, or a share of the network. You can leave this empty and add it later."),
            ),
            "summary": (_("What will be made"), _("Look it over. Nothing is made yet.")),
        }

    def _build(self) -> None:
        """Make everything in the language of the moment, with what was answered so far."""
        clear(self._card.body)
        clear(self._others)
        self._count = Text("", "note")
        self._title = Text("", "title", wrap=True)
        self._text = Text("", "subtitle", wrap=True)
        self.forms = {step: Form(fields) for step, fields in self._fields().items()}
        self._asked = held(column(*self.forms.values(), None, gap=0))
        inner = column(self._count, self._title, self._text, self._asked, None, gap=14, margins=(0, 0, 8, 0))
        self._area = _Steps(held(inner), sideways=False)
        self.back_button = Button(_("Back"), self.back)
        self.next_button = Button(_("Next"), self.next, kind="primary")
        self.next_button.setDefault(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Making the register"))
        self.doing = Text("", "note", wrap=True)
        self._card.append(self._area)
        waiting = column(self.doing, self.bar, gap=4)
        self._card.append(row((waiting, 1), self.back_button, self.next_button, gap=8))
        self._others.addWidget(LinkButton(_("Open a register that is there already"), self.another.emit))
        self._others.addStretch(1)
        self._wait(False)
        self._go(self._at)

    def _fields(self) -> Mapping[str, Sequence[Field[Any] | QWidget]]:
        given = self._values
        language: ChoiceField[str] = ChoiceField(
            "language", _("Language"), list(LANGUAGES.items()), value=self._language, required=True
        )
        language.edited.connect(self._speak)
        name, letterhead = name_field(given.get("name") or ""), letterhead_field(given.get("letterhead") or "")
        person = TextField(
            "administrator",
            _("Your name"),
            value=given.get("administrator") or "",
            hint=_("You are the administrator: you look after programmes, rooms and backups."),
            required=True,
            longest=200,
        )
        passphrase, strength = new_passphrase_fields(
            "passphrase",
            _("Passphrase"),
            lambda: [str(each.raw()) for each in (person, name)],
            value=given.get("passphrase") or "",
            wide=False,
        )
        again = TextField(
            "again", _("The same again"), value=given.get("again") or "", required=True, secret=True, wide=False
        )
        reader = TextField("reader", _("Name"), value=given.get("reader") or "", longest=200)
        readers = [(role, say(word(role))) for role in Role if role in HOLDS_SEALED_KEY and role in CARES]
        role: ChoiceField[Role] = ChoiceField(
            "role", _("Role"), readers, value=given.get("role"), none=_("Choose"), wide=False
        )
        first, first_strength = new_passphrase_fields(
            "reader_passphrase",
            _("First passphrase"),
            lambda: [str(each.raw()) for each in (reader, name)],
            value=given.get("reader_passphrase") or "",
            wide=False,
            required=False,
        )
        programmes = [
            CheckField(f"preset_{code}", code, value=bool(given.get(f"preset_{code}")), hint=_(preset.facts.title))
            for code, preset in PRESETS.items()
        ]
        folder = folder_field("folder", _("Folder"), given["folder"], required=True)
        backups = folder_field("backups", _("Folder for backups"), given.get("backups") or "")
        self.summary = Summary(self.change)
        return {
            "language": [language],
            "facility": [name, letterhead, time_zone_field(given.get("time_zone") or "")],
            "person": [person, passphrase, again, strength],
            "reader": [reader, role, first, first_strength],
            "programmes": programmes,
            "place": [folder, _held(Button(_("Choose another place"), self._choose_place))],
            "backups": [backups, _held(Button(_("Choose the folder"), self._choose_backups))],
            "summary": [self.summary],
        }

    # -- what the steps do ----------------------------------------------------------------------------------------

    def _speak(self) -> None:
        """Speak the language that was chosen, at once."""
        chosen = self.forms["language"]["language"].read()
        if chosen is None or chosen == self._language:
            return
        self._gather()
        self._language = chosen
        set_language(chosen)
        self._build()
        self.language_chosen.emit(chosen)

    def _gather(self) -> None:
        """Keep what stands in the fields."""
        for step in ("facility", "person", "reader", "programmes", "place", "backups"):
            for name, asked in self.forms[step].fields.items():
                with suppress(Unreadable):
                    self._values[name] = asked.read()

    def _agrees(self) -> bool:
        """Whether the name says who it is, and both passphrases are the same and hard to guess, on their step."""
        if self.step == "reader":
            return self._names_reader()
        if self.step == "place":
            return make_whole(self.forms["place"]["folder"])
        if self.step == "backups":
            return self._keeps_backups()
        if self.step != "person":
            return True
        form, facility = self.forms["person"], str(self.forms["facility"]["name"].raw())
        administrator, passphrase = str(form["administrator"].raw()), str(form["passphrase"].raw())
        try:
            checked_user_name(administrator, field="administrator")
            check_passphrase(passphrase, others=(administrator, facility))
            if passphrase != form["again"].raw():
                raise Refused("The two are not the same. Type it again.", field="again")
        except Refused as refused:
            form.show_refusal(refused)
            return False
        return True

    def _names_reader(self) -> bool:
        """Whether all of a reader was said, or nothing."""
        form = self.forms["reader"]
        name, passphrase = str(form["reader"].raw()), str(form["reader_passphrase"].raw())
        if not name and not passphrase:
            return True
        for each, value in (("reader", name), ("role", form["role"].read()), ("reader_passphrase", passphrase)):
            if not value:
                form[each].show_error(_("Fill this in, or leave the whole step empty."))
                form.go_to(form[each])
                return False
        administrator, facility = (
            str(self.forms[step][each].raw()) for step, each in (("person", "administrator"), ("facility", "name"))
        )
        try:
            checked_user_name(name, [administrator], field="reader")
            check_passphrase(passphrase, others=(name, facility), field="reader_passphrase")
        except Refused as refused:
            form.show_refusal(refused)
            return False
        return True

    def _keeps_backups(self) -> bool:
        """Whether backups can be kept where it was said, or nothing was said."""
        asked, folder = self.forms["backups"]["backups"], Path(str(self.forms["place"]["folder"].raw()))
        if not make_whole(asked):
            return False
        try:
            if asked.raw():
                checked_place(str(asked.raw()), folder, field="backups")
        except Refused as refused:
            self.forms["backups"].show_refusal(refused)
            return False
        return True

    def _choose_backups(self) -> None:
        chosen = prompts.ask_folder(self, _("Where backups are kept"))
        if chosen is not None:
            self.forms["backups"]["backups"].put(str(chosen))

    def _choose_place(self) -> None:
        chosen = prompts.ask_folder(self, _("Where the register lies"))
        if chosen is not None:
            taken = chosen.is_dir() and any(chosen.iterdir())
            self.forms["place"]["folder"].put(str(chosen / "Konak" if taken else chosen))

    def _answers(self) -> NewRegister:
        values = {name: value for form in self.forms.values() for name, value in form.values().items()}
        return NewRegister(
            folder=Path(values["folder"]),
            language=values["language"],
            name=values["name"],
            letterhead=values["letterhead"] or "",
            time_zone=values["time_zone"],
            administrator=values["administrator"],
            passphrase=values["passphrase"],
            programmes=tuple(code for code in PRESETS if values[f"preset_{code}"]),
            reader=Reader(values["reader"], values["role"], values["reader_passphrase"]) if values["reader"] else None,
            backups=values["backups"] or "",
        )

    def _make(self) -> None:
        answers, create, advanced = self._answers(), self._create, self._apart.advanced
        self._apart.do(
            lambda: create(answers, advanced.emit), lambda register: self._show_sheet(register, answers.secret)
        )

    def _show_sheet(self, register: "Register", secret: bytes) -> None:
        """Show the recovery sheet, this once; then the register is opened."""
        self._wait(False)
        work.start(register)  # which prints and saves the sheet
        dialog = SheetDialog(self, register, secret, must=True)
        dialog.finished.connect(lambda _result: self._open(register))
        dialog.open()

    def _open(self, register: Any) -> None:  # noqa: ANN401 - whatever `create` has made
        """Open the register, once the sheet is saved or printed that was asked for."""
        if work.is_busy():
            QTimer.singleShot(20, self, lambda: self._open(register))
        else:
            self.made.emit(register)

    def _advance(self, sentence: str) -> None:
        self.doing.setText(_(sentence))

    def _show_refusal(self, refused: Refused) -> None:
        self._go(_STEPS.index(_FIELD_STEP.get(refused.field or "", "summary")))
        self.forms[self.step].show_refusal(refused)

    def _wait(self, waiting: bool) -> None:
        self._asked.setEnabled(not waiting)
        self.next_button.setEnabled(not waiting)
        self.back_button.setEnabled(not waiting)
        self.bar.setVisible(waiting)
        self.doing.setVisible(waiting)
        self.doing.setText(_("Making the register") if waiting else "")


def _held(button: Button) -> QWidget:
    """A button at the left of a form's line."""
    return held(row(button, None))
