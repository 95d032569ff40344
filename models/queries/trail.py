"""The trail as it is read: who did what, to whom and when, in words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, or_, select

from models.entities.departures import Plan
from models.entities.people import User
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Room
from models.entities.selection import Candidate, ProposedList
from models.entities.stays import Stay
from models.entities.trail import TrailEntry, TrailSubject
from models.ids import ResidentId
from models.queries import people, veil
from models.queries.history import HistoryRow, beds_of, details, sentence, subjects_of
from models.repositories.residents import NAME
from models.rules.names import display_name
from models.rules.rooms import label
from models.store.declaring import READ_TRAIL
from models.store.rows import Made, Rows
from models.store.snapshot import Snapshot
from models.store.verify import Progress, Verified, verify

_PART = 1000
_BY_NAME = 3
"""So many people of an entry are called by their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailRow(HistoryRow):
    """One entry of the whole trail.

    Attributes:
        what: What was done; of an entry that the role may not read, that it may not: then nothing else is told.
        whom: To whom or to what, by name; of what has no name the people concerned. Empty where it is about nobody.
        is_refusal: Whether it was refused, so that nothing changed.
        hash: Its hash.
    """

    whom: str
    is_refusal: bool
    hash: str


_ENTRIES = Rows(TrailRow, TrailEntry, id=TrailEntry.number)


def ids(
    snapshot: Snapshot,
    *,
    sort: str = "at",
    descending: bool = True,
    then: Sequence[tuple[str, bool]] = (),
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
        then: Of those of one person, `at` with whether the latest comes first; without it as the names.
        text: A part of what entries hold, such as a number or a name.
        user: Only what this person did.
        resident_id: Only what concerns this resident.
        from_on: Only from this local date on.
        until_on: Only up to this local date.

    Raises:
        Refused: The role of the person may not read the trail.
    """
    snapshot.check_may(READ_TRAIL)
    hidden = veil.is_hidden(snapshot.person)
    wanted = select(TrailEntry.number)
    if user or resident_id is not None or text.strip():
        wanted = wanted.where(~hidden)  # by whom, to whom and what it was: none of it may be asked of such an entry
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
    order = ((sort, descending), *then)
    if not text.strip():
        return _in_order(snapshot, wanted, hidden, order)
    said = (TrailEntry.action, TrailEntry.subject)
    found = wanted.where(or_(*(each.icontains(text.strip(), autoescape=True) for each in (TrailEntry.details, *said))))
    numbers = _in_order(snapshot, found, hidden, order)
    contents = {row.number: row for row in snapshot.connection.execute(found.add_columns(TrailEntry.details, *said))}
    return [
        number
        for number in numbers
        if text.strip().casefold() in f"{contents[number].action} {contents[number].subject}".casefold()
        or veil.is_found(contents[number].details, text.strip())
    ]


def _in_order(
    snapshot: Snapshot, wanted: Select[int], hidden: ColumnElement[bool], order: Sequence[tuple[str, bool]]
) -> list[int]:
    """The numbers of entries in an order; by whom those are that the role may not read, their place does not tell."""
    (first, descending), latest_first = order[0], dict(reversed(order)).get("at", order[0][1])

    def ask(asked: Select[int], *columns: ColumnElement[Any]) -> list[int]:
        number = TrailEntry.number.desc() if latest_first else TrailEntry.number.asc()
        return list(snapshot.connection.scalars(asked.order_by(*columns, number)))

    if first != "user":
        return ask(wanted)
    by_user = TrailEntry.user.desc() if descending else TrailEntry.user.asc()
    parts = [ask(wanted.where(hidden)), ask(wanted.where(~hidden), by_user)]
    return [number for part in (reversed(parts) if descending else parts) for number in part]


def rows(snapshot: Snapshot, *, ids: Sequence[int]) -> tuple[TrailRow, ...]:
    """Some entries in words, in the order of their numbers.

    Raises:
        Refused: The role of the person may not read the trail.
    """
    snapshot.check_may(READ_TRAIL)
    found = snapshot.connection.execute(
        _ENTRIES.select()
        .add_columns(
            TrailEntry.action,
            TrailEntry.subject,
            veil.is_hidden(snapshot.person).label("is_hidden"),
        )
        .where(TrailEntry.number.in_(ids))
        .order_by(TrailEntry.number)
    ).all()
    contents = [veil.told(json.loads(row.details)) for row in found]
    beds, zone = beds_of(snapshot, contents), snapshot.facility.zone
    names = _names(snapshot, {row.subject for row in found})
    people = _people(snapshot, [row.id for row in found if row.subject not in names])
    return tuple(
        TrailRow(id=row.id, at=row.at, user="", what=veil.HIDDEN, details=(), whom="", is_refusal=False, hash="")
        if row.is_hidden
        else TrailRow(
            **_ENTRIES.values(row)
            | {
                "what": sentence(row.action, content),
                "whom": ""
                if _is_told_of_paper(row.subject, content)
                else names.get(row.subject, people.get(row.id, "")),
                "details": details(content, beds, zone),
                "is_refusal": "refused" in content["notes"],
            }
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
    return verify(snapshot.connection, seen=snapshot.seen, progress=progress)


def users(snapshot: Snapshot) -> tuple[str, ...]:
    """Everybody of whom the trail can tell, by name; also those who were removed."""
    snapshot.check_may(READ_TRAIL)
    return people.names(snapshot)


class _Named(NamedTuple):
    id: int
    name: str


_CALLED: Mapping[str, tuple[Any, ...]] = {
    "resident": (Resident.id, NAME),
    "stay": (Stay.id, NAME, Stay.resident_id == Resident.id),
    "plan": (Plan.id, NAME, Plan.stay_id == Stay.id, Stay.resident_id == Resident.id),
    "candidate": (
        Candidate.id,
        Made(display_name, Candidate.family_name, Candidate.given_names, Candidate.partner_number),
    ),
    "list": (ProposedList.id, ProposedList.code),
    "room": (Room.id, Made(label, Room.building, Room.name)),
    "user": (User.id, User.name),
    "programme": (Programme.id, Programme.code),
}
"""How what the trail is about is called: its number, its name, and what joins the tables of both."""


def _is_told_of_paper(subject: str, content: Mapping[str, Any]) -> bool:
    """Whether the details say which paper it is about; those of an earlier Konak said it of no refusal."""
    return subject.startswith("paper:") and "title" in content["notes"]


def _names(snapshot: Snapshot, subjects: Iterable[str]) -> Mapping[str, str]:
    """How subjects are called now, in one statement for each kind."""
    numbers: dict[str, list[int]] = {}
    named: dict[str, str] = {}
    for subject in subjects:
        kind, _, number = subject.partition(":")
        if number.isdigit():
            numbers.setdefault(kind, []).append(int(number))
        elif number and kind in ("day", "month", "paper", "residents", "sheet"):
            named[subject] = number
    for kind, (key, name, *joined) in _CALLED.items():
        called = Rows(_Named, id=key, name=name)
        found = snapshot.connection.execute(called.select().where(key.in_(numbers.get(kind, ())), *joined))
        named |= {f"{kind}:{id_}": text for id_, text in called.rows(found)}
    if numbers.get("facility"):
        named["facility:1"] = snapshot.facility.name
    return named


def _people(snapshot: Snapshot, numbers: Sequence[int]) -> Mapping[int, str]:
    """The people whom entries concern, such as those of a transport: the first of them by name, and how many more."""
    found = snapshot.connection.execute(
        select(TrailSubject.number, TrailSubject.subject).where(TrailSubject.number.in_(numbers))
    ).all()
    names = _names(snapshot, {subject for _, subject in found})
    called: dict[int, list[str]] = {}
    for kind in ("resident", "stay", "candidate"):  # of one who is concerned as several of these once
        before = {number: set(each) for number, each in called.items()}
        for number, subject in sorted(found, key=lambda row: (len(row.subject), row.subject)):  # as they are numbered
            name = names.get(subject)
            if subject.startswith(f"{kind}:") and name is not None and name not in before.get(number, ()):
                called.setdefault(number, []).append(name)
    return {
        number: "; ".join(each[:_BY_NAME]) + (f" (+{len(each) - _BY_NAME})" if len(each) > _BY_NAME else "")
        for number, each in called.items()
    }
