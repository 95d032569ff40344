"""The trail as it is read: who did what, to whom and when, in words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.entities.departures import Plan
from models.entities.people import User
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Room
from models.entities.selection import Candidate
from models.entities.stays import Stay
from models.entities.trail import TrailEntry, TrailSubject
from models.ids import ResidentId
from models.queries.history import Detail, beds_of, details, sentence, subjects_of
from models.rules.names import display_name
from models.rules.rooms import label
from models.store.snapshot import Snapshot
from models.store.verify import Progress, Verified, verify
from models.text import Message

_PART = 1000


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One entry.

    Attributes:
        id: Its number.
        at: When, in UTC.
        user: Who.
        what: What was done.
        whom: To whom or to what, by name; empty where it is about nobody.
        details: What changed by it.
        is_refusal: Whether it was refused, so that nothing changed.
        hash: Its hash.
    """

    id: int
    at: datetime
    user: str
    what: Message
    whom: str
    details: tuple[Detail, ...]
    is_refusal: bool
    hash: str


def ids(
    snapshot: Snapshot,
    *,
    sort: str = "at",
    descending: bool = True,
    text: str = "",
    user: str | None = None,
    resident_id: ResidentId | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
) -> list[int]:
    """The numbers of entries, for a table.

    Args:
        snapshot: The reading.
        sort: `at` or `user`.
        descending: Whether the latest, or the last name, comes first.
        text: A part of what entries hold, such as a number or a name.
        user: Only what this person did.
        resident_id: Only what concerns this resident.
        from_on: Only from this local date on.
        until_on: Only up to this local date.

    Raises:
        Refused: The role of the person may not read the trail.
    """
    snapshot.check_may_read("trail")
    wanted = select(TrailEntry.number)
    if user:
        wanted = wanted.where(TrailEntry.user == user)
    if resident_id is not None:
        about = select(TrailSubject.number).where(TrailSubject.subject.in_(subjects_of(snapshot, resident_id)))
        wanted = wanted.where(TrailEntry.number.in_(about))
    if from_on is not None:
        wanted = wanted.where(TrailEntry.at >= datetime.combine(from_on, time(), snapshot.facility.zone))
    if until_on is not None:
        wanted = wanted.where(
            TrailEntry.at < datetime.combine(until_on + timedelta(days=1), time(), snapshot.facility.zone)
        )
    if text.strip():
        wanted = wanted.where(TrailEntry.content.icontains(text.strip(), autoescape=True))
    order = [TrailEntry.user, TrailEntry.number] if sort == "user" else [TrailEntry.number]
    ordered = [column.desc() for column in order] if descending else order
    return list(snapshot.connection.scalars(wanted.order_by(*ordered)))


def rows(snapshot: Snapshot, *, ids: Sequence[int]) -> tuple[TrailRow, ...]:
    """Some entries in words, in the order of their numbers.

    Raises:
        Refused: The role of the person may not read the trail.
    """
    snapshot.check_may_read("trail")
    found = snapshot.connection.execute(
        select(
            TrailEntry.number, TrailEntry.at, TrailEntry.user, TrailEntry.action, TrailEntry.subject,
            TrailEntry.content, TrailEntry.hash,
        ).where(TrailEntry.number.in_(ids)).order_by(TrailEntry.number)
    ).all()  # fmt: skip
    contents = [json.loads(row.content) for row in found]
    beds = beds_of(snapshot, contents)
    names = _names(snapshot, {row.subject for row in found})
    return tuple(
        TrailRow(
            row.number,
            row.at,
            row.user,
            sentence(row.action, content),
            names.get(row.subject, ""),
            details(content, beds),
            "refused" in content["notes"],
            row.hash,
        )
        for row, content in zip(found, contents, strict=True)
    )


@dataclass(frozen=True, slots=True)
class TrailPaper:
    """What the trail on paper is made of: the chosen entries, the first one first, and whether the whole trail fits."""

    entries: tuple[TrailRow, ...]
    verified: Verified
    zone: ZoneInfo


def paper(
    snapshot: Snapshot,
    *,
    user: str | None = None,
    resident_id: ResidentId | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
    text: str = "",
    progress: Progress | None = None,
) -> TrailPaper:
    """The trail as an inspector is given it: walked whole first, then those entries that are asked for.

    Raises:
        Refused: The role of the person may not read the trail.
    """
    found = verified(snapshot, progress=progress)
    wanted = ids(
        snapshot, descending=False, text=text, user=user, resident_id=resident_id, from_on=from_on, until_on=until_on
    )
    entries: list[TrailRow] = []
    for start in range(0, len(wanted), _PART):
        if progress is not None:
            progress(start, len(wanted))
        entries += rows(snapshot, ids=wanted[start : start + _PART])
    return TrailPaper(tuple(entries), found, snapshot.facility.zone)


def verified(snapshot: Snapshot, *, progress: Progress | None = None) -> Verified:
    """Walk the trail, and hold the tables against it.

    Args:
        snapshot: The reading.
        progress: Is told how many entries are walked, and how many there are; it may raise to stop.
    """
    return verify(snapshot.connection, progress=progress)


def users(snapshot: Snapshot) -> tuple[str, ...]:
    """Everybody of whom the trail can tell, by name; also those who were removed."""
    snapshot.check_may_read("trail")
    return tuple(snapshot.connection.scalars(select(User.name).order_by(User.name)))


def _names(snapshot: Snapshot, subjects: Iterable[str]) -> Mapping[str, str]:
    """How subjects are called now, in one statement for each kind."""
    numbers: dict[str, list[int]] = {}
    named: dict[str, str] = {}
    for subject in subjects:
        kind, _, number = subject.partition(":")
        if number.isdigit():
            numbers.setdefault(kind, []).append(int(number))
        elif number and kind in ("month", "paper", "residents", "sheet"):
            named[subject] = number
    person = (Resident.family_name, Resident.given_names, Resident.number)
    statements = {
        "resident": select(Resident.id, *person),
        "stay": select(Stay.id, *person).join(Resident, Resident.id == Stay.resident_id),
        "plan": select(Plan.id, *person)
        .join(Stay, Stay.id == Plan.stay_id)
        .join(Resident, Resident.id == Stay.resident_id),
        "candidate": select(Candidate.id, Candidate.family_name, Candidate.given_names, Candidate.partner_number),
    }
    keys = {"resident": Resident.id, "stay": Stay.id, "plan": Plan.id, "candidate": Candidate.id}
    for kind, statement in statements.items():
        for id_, *parts in snapshot.connection.execute(statement.where(keys[kind].in_(numbers.get(kind, ())))):
            named[f"{kind}:{id_}"] = display_name(*parts)
    for id_, building, name in snapshot.connection.execute(
        select(Room.id, Room.building, Room.name).where(Room.id.in_(numbers.get("room", ())))
    ):
        named[f"room:{id_}"] = label(building, name)
    for id_, name in snapshot.connection.execute(
        select(User.id, User.name).where(User.id.in_(numbers.get("user", ())))
    ):
        named[f"user:{id_}"] = name
    for id_, code in snapshot.connection.execute(
        select(Programme.id, Programme.code).where(Programme.id.in_(numbers.get("programme", ())))
    ):
        named[f"programme:{id_}"] = code
    if numbers.get("facility"):
        named["facility:1"] = snapshot.facility.name
    return named
