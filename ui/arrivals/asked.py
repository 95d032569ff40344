"""What the form of an arrival asks first, and what it offers: who comes, when, under what, into which bed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import transports as admissions
from models.ids import ArrivalDraftId, CandidateId
from models.queries import arrival_drafts, arrivals, rooms, transports
from models.queries.arrival_drafts import DraftRow
from models.queries.arrivals import ExpectedRow, KnownRow, ProgrammeChoice, Prospect
from models.queries.rooms import FreeBed
from models.rules.time import Moment
from models.rules.vocabulary import DepartureKind
from ui import search, session
from ui.arrivals.fields import document_fields, expected_one, programme_words
from ui.arrivals.zone import ZoneField
from ui.kit.field import Field
from ui.kit.fields import CheckField, ChoiceField, LongTextField
from ui.kit.form import Section
from ui.kit.labels import LinkButton
from ui.kit.layout import held, row
from ui.kit.search import Found
from ui.kit.typed_fields import DateField, MomentField
from ui.language import _
from ui.picks import PickField
from ui.presentation import name_of
from ui.rooms.presentation import of_free
from ui.search import Whom

ACCEPTED, KNOWN, NEW = "accepted", "known", "new"


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the form."""

    programmes: Sequence[ProgrammeChoice]
    expected: Sequence[ExpectedRow]
    beds: Sequence[FreeBed]
    prospect: Prospect | None
    transports: int
    """How many are expected, or have come and are not admitted whole."""
    draft: DraftRow | None = None


def choices(snapshot: Any, *, candidate_id: CandidateId | None, draft_id: ArrivalDraftId | None = None) -> Choices:  # noqa: ANN401 - the reading of any query
    """Gather what the form offers, in one look at the register."""
    return Choices(
        arrivals.programmes(snapshot),
        arrivals.expected(snapshot),
        rooms.free_beds(snapshot),
        None if candidate_id is None else arrivals.prospect(snapshot, candidate_id=candidate_id),
        sum(not each.is_over for each in transports.transports(snapshot)),
        None if draft_id is None else arrival_drafts.one(snapshot, draft_id=draft_id),
    )


def find_known(snapshot: Any, *, text: str) -> list[Found]:  # noqa: ANN401 - the reading of any query
    """Residents of the register who are not in the house, as one types."""
    return search.people(_known(each) for each in arrivals.known(snapshot, text=text) if not each.is_here)


def _known(known: KnownRow) -> Whom:
    left = "" if known.departed_on is None else _("left {date}", date=known.departed_on)
    if known.departure_kind is DepartureKind.DEATH:
        left = _("Died on {date}", date=known.departed_on)
    last = f"{known.programme} {left}".strip()
    return Whom(known.id, name_of(known, known.number), known.number, known.birth, last)


def many_at_once(owner: QWidget, offered: Choices) -> list[QWidget]:
    """The way to those of a bus, where one is expected."""
    if not offered.transports or offered.prospect is not None:
        return []

    def go() -> None:
        to: Any = owner
        to.open("transports")

    link = LinkButton(_("Admit a whole bus, flight or convoy"), go, needs=admissions.admit)
    return [held(row(link, None))]


def who_fields(offered: Choices) -> list[Field[Any]]:
    """Who arrives: accepted, here before, or nobody whom the register knows."""
    prospect = offered.prospect
    expected = [expected_one(each) for each in offered.expected]
    if prospect is not None and prospect.candidate_id not in [each.value for each in expected]:
        person = prospect.person
        expected.append(Whom(prospect.candidate_id, name_of(person), person.partner_number, person.birth))
    return [
        ChoiceField(
            "who",
            _("Who arrives"),
            [
                (ACCEPTED, _("Somebody who was accepted")),
                (KNOWN, _("Somebody who was here before")),
                (NEW, _("Somebody new: an emergency arrival")),
            ],
            value=ACCEPTED if expected else NEW,
            required=True,
        ),
        PickField(
            "candidate_id",
            _("Accepted candidate"),
            search.people(expected),
            required=True,
            placeholder=_("Name or number; the down key shows all"),
        ),
        PickField(
            "resident_id",
            _("Former resident"),
            find_known,
            required=True,
            placeholder=_("Name, number or document"),
        ),
        CheckField(
            "journey_failed",
            _("Comes back because the journey failed"),
            hint=_("The limit of the stay before goes on, as it does after an escape and after leaving on one's own."),
        ),
    ]


def when_fields(offered: Choices) -> list[Field[Any]]:
    """When, and under which programme."""
    now = Moment.of(session.clock().now(), session.zone())
    return [
        MomentField("arrived", _("Arrival"), value=now, required=True),
        ChoiceField(
            "programme_id",
            _("Programme"),
            [(each.id, programme_words(each)) for each in offered.programmes],
            required=True,
            wide=False,
        ),
        DateField(
            "fixed_limit",
            _("Last day of the stay"),
            hint=_("Such as the release date; this programme needs it."),
        ),
    ]


def bed_field(offered: Choices) -> Field[Any]:
    """Into which bed."""
    return PickField(
        "bed_id",
        _("Bed"),
        [of_free(each) for each in offered.beds],
        placeholder=_("Room; the down key shows all"),
        hint=_("A bed can also be given later."),
    )


def first_fields(
    page: QWidget, offered: Choices, kin: QWidget, zone_says: QWidget, against: QWidget, emergency_says: QWidget
) -> list[Field[Any] | Section | QWidget]:
    """The first step in order, with what is said between the fields.

    Args:
        page: What the form stands in.
        offered: What can be chosen.
        kin: Who of the same family is expected.
        zone_says: What the zone says beyond the fields.
        against: What stands against the arrival.
        emergency_says: What an emergency arrival is.
    """
    return [
        *many_at_once(page, offered),
        *who_fields(offered),
        kin,
        ZoneField(),
        zone_says,
        *when_fields(offered),
        against,
        CheckField("emergency", _("Admit as an emergency arrival although something stands against it")),
        emergency_says,
        LongTextField("emergency_reason", _("Why it is an emergency"), required=True, lines=2),
        Section(_("Document")),
        *document_fields(),
    ]
