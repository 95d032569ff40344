"""The machine-readable zone in a form: what was typed, pasted or scanned fills the fields, and its digits are said."""

from collections.abc import Callable, Sequence
from dataclasses import astuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame

from models.errors import Refused
from models.exchange.mrz import Zone, read_zone
from models.exchange.mrz_facts import ZoneFacts, facts_of
from models.exchange.mrz_repairs import Repair, repair
from models.text import message
from ui import session
from ui.arrivals.fields import fields_of_zone, read_now, says_the_same
from ui.kit.accessible import announce
from ui.kit.fields import LongTextField
from ui.kit.form import Form
from ui.kit.labels import LinkButton, Text, repolish
from ui.kit.layout import clear, column
from ui.language import _, plural, say
from ui.reading import Unreadable, say_birth

_CHECKED = {
    "document_number": message("number of the document"),
    "birth": message("date of birth"),
    "expiry": message("last day of the document"),
    "personal_number": message("personal number"),
    "composite": message("the zone as a whole"),
}
_MOST_NAMED = 5
"""Changed signs that are named one by one."""


class ZoneField(LongTextField):
    """The lines of a zone; a scanner that types like a keyboard writes them here."""

    def __init__(self) -> None:
        """Ask for the lines."""
        super().__init__(
            "zone",
            _("Machine-readable zone"),
            lines=3,
            hint=_(
                "The lines with < at the foot of the document: scanned, pasted or typed. They fill the fields below."
            ),
        )
        self.edit.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))

    def zone(self) -> Zone | None:
        """The zone; None where nothing was typed.

        Raises:
            Unreadable: It is no zone.
        """
        text = self.read()
        try:
            return read_zone(text) if text else None
        except Refused as refused:
            raise Unreadable(say(refused.message)) from None

    def problem(self) -> str:
        """Why it is no zone; it can be emptied, and hinders nothing then."""
        try:
            self.zone()
        except Unreadable as error:
            return " ".join((str(error), _("Or empty the field.")))
        return ""


class ZoneSays(QFrame):
    """What a zone says beyond the fields that it fills: its check digits, what may be misread, which century."""

    repaired = Signal(str)
    """The lines that fit better."""
    born = Signal(object)
    """The birth date in the other century."""
    taken = Signal()
    """The fields are to say what the document says."""

    def __init__(self) -> None:
        """Begin without a zone."""
        super().__init__()
        self.setProperty("role", "says")
        self._lines, self._said = column(gap=6), list[str]()
        self.setLayout(column(self._lines, margins=(10, 8, 10, 8)))
        self.hide()

    def show_zone(
        self, zone: Zone | None, offered: Repair | None, facts: ZoneFacts | None, differing: Sequence[str]
    ) -> None:
        """Say of a zone what is not plain from the fields.

        Args:
            zone: As it was read; None if it cannot be read.
            offered: What it probably was, where that is another.
            facts: What it says.
            differing: The fields, by their titles, in which something else stands than in the zone.
        """
        clear(self._lines)
        before, self._said = self._said, []
        if zone is not None:
            self._say(_digits(zone))
        if offered is not None:
            text = "\n".join(offered.zone.lines)
            self._say(_misread(offered), _("Read it so"), lambda: self.repaired.emit(text))
        if zone is not None and zone.names_cut:
            self._say(_("The names fill their line, so that they may be cut off. Compare with the document."))
        if facts is not None and facts.person.birth is not None and (other := facts.birth_or) is not None:
            self._say(
                _("The zone has only two digits of the year: {birth} is taken.", birth=say_birth(facts.person.birth)),
                _("Born {birth}", birth=say_birth(other)),
                lambda: self.born.emit(other),
            )
        if differing:
            self._say(
                _("The document says something else than the form: {fields}.", fields=", ".join(differing)),
                _("Take what the document says"),
                self.taken.emit,
            )
        # That all is well is no warning.
        is_well = zone is not None and bool(zone.checks) and not _failing(zone) and self._lines.count() == 1
        self.setProperty("role", "" if is_well else "says")
        repolish(self)
        self.setVisible(self._lines.count() > 0)
        if self._said and self._said != before and self.isVisible():  # whoever scans looks at the document
            announce(self, " ".join(self._said))

    def _say(self, words: str, command: str = "", deed: Callable[[], object] | None = None) -> None:
        self._lines.addWidget(Text(words, "body", wrap=True))
        self._said.append(words)
        if deed is not None:
            self._lines.addWidget(LinkButton(command, deed))


class ScannedZone(QObject):
    """Fills the fields of an arrival from the zone in it, a moment after the last sign."""

    PATIENCE = 350
    """Milliseconds after the last sign: a scanner types them one by one."""

    def __init__(self, form: Form, says: ZoneSays) -> None:
        """Watch the zone of a form; `says` tells what is not plain from the fields."""
        super().__init__(form)
        self._form, self._says = form, says
        self._soon = QTimer(self, singleShot=True)
        self._soon.setInterval(self.PATIENCE)
        self._soon.timeout.connect(self.read)
        form["zone"].edited.connect(self._soon.start)
        says.repaired.connect(form["zone"].put)
        says.born.connect(form["birth"].put)
        says.taken.connect(lambda: self.read(over=True))

    @property
    def zone(self) -> Zone | None:
        """The zone; None where there is none, or it cannot be read."""
        field = self._form["zone"]
        try:
            return field.zone() if isinstance(field, ZoneField) else None
        except Unreadable:
            return None

    def read(self, *, over: bool = False) -> None:
        """Fill in what the zone says and the form does not; `over`: also where the form says something else."""
        zone, differing = self.zone, list[str]()
        facts = None if zone is None else facts_of(zone, today=session.today())
        for name, value in ({} if facts is None else fields_of_zone(facts)).items():
            field = self._form[name]
            stands = read_now(field)
            if over or stands in (None, "", ()):
                field.put(value)
            elif not says_the_same(stands, value):
                differing.append(field.title)
        offered = repair(read_now(self._form["zone"]) or "")
        self._says.show_zone(zone, offered, facts, differing)


def _failing(zone: Zone) -> list[str]:
    return [name for name, holds in zone.checks.items() if holds is False]


def _digits(zone: Zone) -> str:
    if failing := _failing(zone):
        names = ", ".join(say(_CHECKED[name]) for name in failing)
        return _("These check digits do not hold: {names}. Compare with the document.", names=names)
    return (
        _("All check digits hold.") if zone.checks else _("This zone has no check digits. Compare with the document.")
    )


def _misread(offered: Repair) -> str:
    named = [
        _(
            "line {line}, sign {place}: {was} for {becomes}",
            line=line,
            place=place,
            was=was or "–",
            becomes=becomes or "–",
        )
        for line, place, was, becomes in (astuple(each) for each in offered.changes[:_MOST_NAMED])
    ]
    more = len(offered.changes) - len(named)
    if more:
        named.append(plural("and {n} sign more", "and {n} signs more", more))
    return _("Perhaps misread: {signs}.", signs="; ".join(named))
