"""Administration: the facility with its letterhead and calendar, and who may open the register."""

from typing import TYPE_CHECKING, ClassVar

from models.actions import facility, people
from models.changes import Changes, Kind
from models.queries import facility as queries
from models.queries.facility import Administration
from models.rules.facility import FacilityFacts
from models.rules.gate import BACK_BY
from models.rules.safeguards import USUALLY
from models.text import LANGUAGES
from ui import permissions
from ui.administration.fields import letterhead_field, name_field, time_zone_field
from ui.administration.people import PeopleCard
from ui.administration.recovery import RecoveryCard
from ui.administration.signing import SigningCard
from ui.backups.card import BackupsCard
from ui.fixed import fixed, said
from ui.kit.fields import CheckField, ChoiceField, LongTextField, TextField
from ui.kit.form import Anew, FormDialog
from ui.kit.labels import Button
from ui.kit.layout import Card, KeyValues, PageHeader, row
from ui.kit.page import Page
from ui.kit.typed_fields import NumberField
from ui.kit.undoing import former
from ui.language import _, plural
from ui.work import run_query

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class AdministrationPage(Page):
    """The facility and the people who work with its register."""

    kinds: ClassVar[Changes] = frozenset({Kind.FACILITY, Kind.PEOPLE, Kind.BACKUP})

    def __init__(self) -> None:
        """Lay both cards out."""
        super().__init__()
        self._known: Administration | None = None
        self._facts = KeyValues(names=220)
        self.change = Button(_("Change the facility"), self._change, needs=facility.change_facility)
        self.change.setEnabled(False)
        card = Card(_("Facility"))
        card.append(self._facts)
        card.append(row(self.change, None))
        self.people = PeopleCard(self)
        self.users = self.people.table
        parts: list[QWidget] = [PageHeader(_("Administration")), card, self.people]
        if permissions.may(people.make_recovery_sheet):
            self.recovery = RecoveryCard(self)
            parts.append(self.recovery)
        self.signing = SigningCard(self)
        self.backups = BackupsCard()
        parts += [self.signing, self.backups]
        for part in parts:
            self.body.addWidget(part)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read both."""
        run_query(self, queries.administration, self._show, latest="administration")
        self.signing.refresh()
        self.backups.refresh()

    def _show(self, read: Administration) -> None:
        self._known = read
        facts = read.facility
        self._facts.say(
            [
                (_("Facility"), facts.name),
                (_("Letterhead"), facts.letterhead or _("none")),
                (_("Sends reports"), facts.sender or _("not stated")),
                (_("Bank details"), facts.bank_details or _("not stated")),
                (_("Language"), LANGUAGES[facts.language]),
                (_("Time zone"), facts.time_zone),
                (_("Before each number"), facts.number_prefix or _("nothing")),
                (_("Locks itself"), _locks_here(facts.lock_after)),
                (_("Gate"), _gate(facts)),
                (_("Left on their own after"), _left_after(facts.left_after)),
                (_("Complaints answered within"), plural("{n} day", "{n} days", facts.answer_within or USUALLY)),
            ]
        )
        self.change.setEnabled(True)
        self.people.show_people(read.users)
        if permissions.may(people.make_recovery_sheet):
            self.recovery.show_date(read.recovery_on)

    def _change(self) -> None:
        if self._known is None:
            return
        facility_dialog(self, self._known).open()


def facility_dialog(owner: "QWidget", known: Administration) -> FormDialog:
    """Change the facility."""
    facts = known.facility
    return FormDialog(
        owner,
        _("The facility"),
        [
            name_field(facts.name),
            letterhead_field(facts.letterhead),
            LongTextField(
                "sender",
                _("Sends reports"),
                value=facts.sender,
                hint=_("Office and address as they stand on reports to partners, in lines."),
                lines=2,
            ),
            LongTextField(
                "bank_details",
                _("Bank details"),
                value=facts.bank_details,
                hint=_("Where claims are paid to, in lines; they stand below a claim."),
                lines=2,
            ),
            ChoiceField(
                "language",
                _("Language"),
                list(LANGUAGES.items()),
                value=facts.language,
                hint=_("In which the window greets whoever has chosen none."),
                required=True,
                wide=False,
            ),
            TextField(
                "number_prefix",
                _("Before each number"),
                value=facts.number_prefix,
                hint=_("Such as K- in K-0012; numbers that were given stay."),
                wide=False,
                longest=8,
            ),
            NumberField(
                "lock_after",
                _("Locks itself after"),
                value=facts.lock_after,
                unit=_("minutes"),
                hint=_("When nobody touches keyboard or pointer; 0: never."),
                required=True,
                wide=False,
            ),
            time_zone_field(facts.time_zone),
            CheckField(
                "uses_gate", _("Somebody at the gate enters who goes out and who comes in"), value=facts.uses_gate
            ),
            TextField(
                "back_by",
                _("Back by"),
                value=facts.back_by,
                placeholder=BACK_BY,
                hint=_("When whoever goes out without a leave is to be back; empty: 22:00."),
                wide=False,
                longest=5,
            ),
            NumberField(
                "left_after",
                _("Left on their own after"),
                value=facts.left_after,
                unit=_("hours"),
                hint=_("Proposed on Today when somebody is not back; 0: seven days."),
                required=True,
                wide=False,
            ),
            NumberField(
                "answer_within",
                _("Complaints answered within"),
                value=facts.answer_within,
                unit=_("days"),
                hint=_("Of complaints that are received from now on; 0: fourteen."),
                required=True,
                wide=False,
            ),
        ],
        facility.change_facility,
        values={"version": known.version},
        prepare=lambda values: {name: "" if value is None else value for name, value in values.items()},
        submit=_("Save"),
        says=_("Papers that were issued keep the name and the letterhead that they have."),
        done=_("The facility was changed."),
        undoes=former(facility.change_facility, known.version, **{each: getattr(facts, each) for each in _CHANGED}),
        anew=Anew(queries.administration, facility_dialog),
    )


def _locks_here(minutes: int) -> str:
    """When a window that is left alone locks itself on this computer."""
    here = fixed().lock_after
    return _locks(minutes) if here is None else said(_locks(here))


def _gate(facts: FacilityFacts) -> str:
    return _("kept; back by {time}", time=facts.back_by or BACK_BY) if facts.uses_gate else _("not kept")


def _left_after(hours: int) -> str:
    return plural("{n} hour overdue", "{n} hours overdue", hours) if hours else _("seven days overdue")


_CHANGED = (
    "name",
    "letterhead",
    "language",
    "time_zone",
    "number_prefix",
    "lock_after",
    "uses_gate",
    "back_by",
    "left_after",
    "answer_within",
    "sender",
    "bank_details",
)
"""What the form asks for."""


def _locks(minutes: int) -> str:
    return plural("after {n} minute", "after {n} minutes", minutes) if minutes else _("never")
