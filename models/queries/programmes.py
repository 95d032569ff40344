"""Programmes as they are read: all of them, one of them whole, and what other areas need to know of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from models.entities.programmes import Criterion, Payment, PermittedDeparture, Programme, SelectionReason
from models.entities.selection import CandidateAnswer
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import CriterionId, ProgrammeId
from models.repositories.programmes import read_places
from models.rules import money
from models.rules.figures import counted_kind
from models.rules.programmes import CriterionFacts, DepartureFacts, ProgrammeFacts, ReasonFacts
from models.rules.vocabulary import PLANNED_KINDS, CheckKind, DepartureKind, PlacesRule, Regime
from models.store.rows import Made, Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One programme in the list of all.

    Attributes:
        on_roll: How many are on the roll now.
        held: Accepted candidates who have not arrived.
        taken: Places taken, those held included (rules.md, Places).
        left: Places left, None where the agreement sets no number; negative where emergencies went beyond it.
    """

    id: ProgrammeId
    code: str
    title: str
    partner: str
    partner_country: str
    regime: Regime
    window_start: date
    window_end: date | None
    places: int | None
    places_rule: PlacesRule
    is_closed: bool
    on_roll: int
    held: int
    taken: int
    left: int | None


@dataclass(frozen=True, slots=True)
class ProgrammeWhole:
    """One programme with all that hangs on it.

    Attributes:
        version: To be given back with a change.
        answered: The criteria by which somebody was already screened: their questions stay as they are.
    """

    row: ProgrammeRow
    version: int
    facts: ProgrammeFacts
    payments: tuple[money.Payment, ...]
    criteria: tuple[CriterionFacts, ...]
    departures: tuple[DepartureFacts, ...]
    answered: frozenset[CriterionId]
    reasons: tuple[ReasonFacts, ...]


_ON_ROLL = (
    select(func.count())
    .select_from(Stay)
    .where(Stay.programme_id == Programme.id, Stay.departed_on.is_(None))
    .correlate(Programme)
    .scalar_subquery()
)
_PROGRAMMES = Rows(ProgrammeRow, Programme, on_roll=_ON_ROLL)
_FACTS = Rows(ProgrammeFacts, Programme)
_PAYMENTS = Rows(
    money.Payment,
    Payment,
    kind=Made(lambda kind, counting: kind or counted_kind(counting), Payment.kind, Programme.counting_rule),
    currency=Made(lambda own, usual: own or usual, Payment.currency, Programme.currency),
)
_CRITERIA = Rows(CriterionFacts, Criterion)
_REASONS = Rows(ReasonFacts, SelectionReason)


def rows(snapshot: Snapshot) -> Sequence[ProgrammeRow]:
    """All programmes by their codes, those that are closed last."""
    asked = _PROGRAMMES.select().order_by(Programme.is_closed, Programme.code)
    return [_row(snapshot, found) for found in snapshot.connection.execute(asked).all()]


def detains(snapshot: Snapshot) -> bool:
    """Whether people are detained under any programme of the house."""
    return (
        snapshot.connection.scalar(select(Programme.id).where(Programme.regime == Regime.DETAINED).limit(1)) is not None
    )


def whole(snapshot: Snapshot, *, programme_id: ProgrammeId) -> ProgrammeWhole:
    """One programme with all that hangs on it.

    Raises:
        Refused: It is not there.
    """
    asked = _PROGRAMMES.select().add_columns(Programme.version).where(Programme.id == programme_id)
    found = snapshot.connection.execute(asked).one_or_none()
    if found is None:
        raise Refused("This programme is no longer there. Choose another.", field="programme")
    answered = (
        select(CandidateAnswer.criterion_id)
        .join(Criterion, Criterion.id == CandidateAnswer.criterion_id)
        .where(Criterion.programme_id == programme_id)
        .distinct()
    )
    return ProgrammeWhole(
        row=_row(snapshot, found),
        version=found.version,
        facts=_FACTS.row(snapshot.connection.execute(_FACTS.select().where(Programme.id == programme_id)).one()),
        payments=payments(snapshot, programme_id=programme_id),
        criteria=criteria(snapshot, programme_id=programme_id),
        departures=departures(snapshot, programme_id=programme_id),
        answered=frozenset(snapshot.connection.execute(answered).scalars()),
        reasons=reasons(snapshot, programme_id=programme_id),
    )


def payments(snapshot: Snapshot, *, programme_id: ProgrammeId) -> tuple[money.Payment, ...]:
    """What a programme pays, in the order in which it comes into force.

    What an earlier Konak kept is a rate for what the programme counts, in its currency.
    """
    found = snapshot.connection.execute(
        _PAYMENTS.select()
        .join_from(Payment, Programme, Programme.id == Payment.programme_id)
        .where(Payment.programme_id == programme_id)
        .order_by(Payment.from_on, Payment.id)
    )
    return _PAYMENTS.rows(found)


def criteria(snapshot: Snapshot, *, programme_id: ProgrammeId) -> tuple[CriterionFacts, ...]:
    """What candidates are screened for, in the order of the programme."""
    found = snapshot.connection.execute(
        _CRITERIA.select().where(Criterion.programme_id == programme_id).order_by(Criterion.position)
    )
    return _CRITERIA.rows(found)


def reasons(snapshot: Snapshot, *, programme_id: ProgrammeId) -> tuple[ReasonFacts, ...]:
    """The reasons that can be given for decisions on candidates, in the order of the programme."""
    found = snapshot.connection.execute(
        _REASONS.select().where(SelectionReason.programme_id == programme_id).order_by(SelectionReason.position)
    )
    return _REASONS.rows(found)


def departures(snapshot: Snapshot, *, programme_id: ProgrammeId) -> tuple[DepartureFacts, ...]:
    """The permitted departures in the order of the vocabulary, each with what it requires beyond rules.md."""
    found = snapshot.connection.execute(
        select(PermittedDeparture.kind, PermittedDeparture.extra_checks).where(
            PermittedDeparture.programme_id == programme_id
        )
    )
    extra: dict[DepartureKind, tuple[CheckKind, ...]] = {kind: tuple(map(CheckKind, more)) for kind, more in found}
    return tuple(DepartureFacts(kind, extra[kind]) for kind in PLANNED_KINDS if kind in extra)


def _row(snapshot: Snapshot, found: Row[Any]) -> ProgrammeRow:
    places = read_places(snapshot.connection, found.id, today=snapshot.today)
    return ProgrammeRow(**_PROGRAMMES.values(found), held=places.held, taken=places.taken, left=places.left)


def of_code(snapshot: Snapshot, code: str) -> ProgrammeId:
    """The programme of a code.

    Raises:
        Refused: There is none.
    """
    found = snapshot.connection.execute(select(Programme.id).where(Programme.code == code)).scalar()
    if found is None:
        known = snapshot.connection.execute(select(Programme.code).order_by(Programme.code)).scalars()
        raise Refused(
            "There is no programme {code}. The programmes of this register are: {known}.",
            field="programme",
            code=code,
            known=", ".join(known),
        )
    return found
