"""The limits of stays: how one is laid down, and how those that nobody decided follow what is put right."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.entities.programmes import Programme
from models.entities.stays import Stay, StayLimit
from models.ids import ProgrammeId, ResidentId
from models.repositories.stays import LATEST_FIRST
from models.rules.limits import RECKONED, EarlierStay, GoesOn, held_on, limit_after, limit_of_return, standing
from models.rules.vocabulary import PLANNED_KINDS, LimitBasis
from models.store.unit_of_work import UnitOfWork

_AT_ONCE = 500
"""Of so many residents one statement asks."""


@dataclass(frozen=True, slots=True)
class NewLimit:
    """A limit that takes the place of the one so far."""

    limit_on: date | None
    basis: LimitBasis
    valid_from: date
    reason: str = ""
    decided_by: str = ""
    authority: str = ""


def set_limit(unit: UnitOfWork, stay: Stay, new: NewLimit) -> None:
    """Put a limit after those so far, which stay as they are (rules.md, Limits)."""
    stay.limits.append(
        StayLimit(
            limit_on=new.limit_on,
            basis=new.basis,
            valid_from=new.valid_from,
            reason=new.reason,
            decided_by=new.decided_by,
            authority=new.authority,
            entered_by=unit.person.id,
            entered_at=unit.now,
        )
    )
    unit.session.flush()  # their numbers tell in which order they were laid down
    stay.limit_on = new.limit_on


def earlier(stay: Stay) -> EarlierStay | None:
    """What somebody who comes back goes on with, where the stay has ended."""
    if stay.departed_on is None or stay.departure_kind is None:
        return None
    ahead = any(row.valid_from > stay.departed_on for row in stay.limits)
    held = held_on(stay.limits, stay.departed_on) if ahead else stay.limit_on  # as `models.repositories.stays.limit_on`
    return EarlierStay(stay.counted_from or stay.arrived_on, stay.departed_on, stay.departure_kind, held)


def earlier_of(
    unit: UnitOfWork, programme_id: ProgrammeId, residents: Sequence[ResidentId]
) -> dict[ResidentId, list[EarlierStay]]:
    """The stays of some residents under a programme that have ended, as `earlier` tells each."""
    found: defaultdict[ResidentId, list[EarlierStay]] = defaultdict(list)
    for begin in range(0, len(residents), _AT_ONCE):
        # Not asked by the programme: an index would give all of its stays, which are as many as the register has.
        ended = (
            select(Stay)
            .options(selectinload(Stay.limits))
            .where(Stay.resident_id.in_(residents[begin : begin + _AT_ONCE]), Stay.departed_on.is_not(None))
        )
        for stay in unit.session.scalars(ended):
            if stay.programme_id == programme_id and (told := earlier(stay)) is not None:
                found[stay.resident_id].append(told)
    return dict(found)


def reckon(
    unit: UnitOfWork, stay: Stay, going_on: GoesOn | None, reason: str, decided: Sequence[StayLimit] = ()
) -> None:
    """Reckon the limit that nobody decided anew, and lay down beyond it once more what was decided."""
    programme = unit.session.get_one(Programme, stay.programme_id)
    if going_on is None:
        stay.counted_from = None
        own = limit_after(programme.limit_rule, programme.limit_amount, stay.arrived_on)
        set_limit(unit, stay, NewLimit(own, LimitBasis.PROGRAMME, stay.arrived_on, reason))
    else:
        stay.counted_from = going_on.counted_from
        set_limit(unit, stay, NewLimit(going_on.limit_on, LimitBasis.CONTINUED, stay.arrived_on, reason))
    for row in decided:  # each on its own day, also one before the arrival, which may be a slip
        again = NewLimit(row.limit_on, row.basis, row.valid_from, row.reason, row.decided_by, row.authority)
        set_limit(unit, stay, again)


@contextmanager
def following(unit: UnitOfWork, residents: Collection[ResidentId], reason: str) -> Iterator[None]:
    """Have the limits that nobody decided follow what is put right within of the stays of these residents.

    They are reckoned from the arrival, and from the stay before, as these are known now (rules.md, Limits). A limit
    that an agreement or a decision has fixed stands.
    """
    pairs = _pairs(unit, residents)
    known = {stay.id: _facts(before, stay) for before, stay in pairs}
    failed = {stay.id for before, stay in pairs if before is not None and _journey_failed(before, stay)}
    yield
    unit.session.flush()
    for before, stay in _pairs(unit, residents):
        laid = standing(stay.limits)
        if not laid or laid[0].basis not in RECKONED or known.get(stay.id) == _facts(before, stay):
            continue
        going_on = limit_of_return(
            None if before is None else earlier(before),
            stay.arrived_on,
            journey_failed=stay.id in failed,
            sums_stays=unit.session.get_one(Programme, stay.programme_id).sums_stays,
        )
        has_moved = laid[0].valid_from != stay.arrived_on
        as_it_is = stay.counted_from, laid[0].limit_on
        if has_moved or as_it_is != (going_on or (None, laid[0].limit_on)):
            reckon(unit, stay, going_on, reason, laid[1:])


_Facts = tuple[date, EarlierStay | None]


def _facts(before: Stay | None, stay: Stay) -> _Facts:
    """What the limit of a stay is reckoned from."""
    return stay.arrived_on, None if before is None else earlier(before)


def _pairs(unit: UnitOfWork, residents: Collection[ResidentId]) -> list[tuple[Stay | None, Stay]]:
    """The stays of some residents, the first one first, each with the one before it under the same programme."""
    theirs = select(Stay).options(selectinload(Stay.limits)).where(Stay.resident_id.in_(residents))
    found = unit.session.scalars(theirs.order_by(*LATEST_FIRST)).all()
    last: dict[tuple[ResidentId, ProgrammeId], Stay] = {}
    pairs = []
    for stay in reversed(found):
        of = stay.resident_id, stay.programme_id
        pairs.append((last.get(of), stay))
        last[of] = stay
    return pairs


def _journey_failed(before: Stay, stay: Stay) -> bool:
    """Whether somebody came back because the journey failed; where nothing says so, the limit that went on does."""
    if stay.journey_failed is not None:
        return stay.journey_failed
    first = before.counted_from or before.arrived_on
    return before.departure_kind in PLANNED_KINDS and stay.counted_from == first
