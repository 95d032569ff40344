"""Whom of a file of stays the register may know already though no number says so: said to a person, never merged."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, func, select

from models.entities.residents import Resident
from models.entities.stays import Stay
from models.exchange.problems import Problem
from models.exchange.stays_file import StayLine
from models.exchange.stays_known import Identity
from models.ids import ResidentId
from models.repositories.likeness import Somebody, residents_like
from models.rules.likeness import Known, Person
from models.rules.pairs import compared_pairs
from models.rules.vocabulary import DepartureKind
from models.text import Message, message

_MOST = 5_000
"""Of more people the register is not asked one by one: it takes seconds for each thousand, and memory."""
_MOST_IN_FILE = 25_000
"""Of so many the rows of a file are compared with each other, which takes a second for three thousand."""


def alike(connection: Connection, new: Mapping[Identity, Sequence[StayLine]]) -> tuple[Problem, ...]:
    """Who of the people that are new may be a resident, or another of them, and why; by name and birth.

    Of their numbers it was asked before: who has the number of a resident is not new.

    Args:
        connection: Of the reading.
        new: The rows of each.
    """
    if len(new) > _MOST:
        return (*_unasked(connection, new), *(_in_file(new, _people(new)) if len(new) <= _MOST_IN_FILE else ()))
    people = _people(new)
    return (*_in_register(connection, new, people), *_in_file(new, people))


def _unasked(connection: Connection, new: Mapping[Identity, Sequence[StayLine]]) -> Iterator[Problem]:
    """That the register was not asked, or not even the rows compared, and in which ways it is done afterwards."""
    if len(new) > _MOST_IN_FILE or connection.scalar(select(Resident.id).limit(1)) is not None:
        said = message(
            "So many people are new ({n}) that it was not asked who of them is perhaps known already. Once they are "
            "in, look for them: Residents, More, Who may be the same (konak find-same --import); the page of each says "
            "it too.",
            n=len(new),
        )
        yield Problem(next(iter(new.values()))[0].row_number, None, "", said)


def _people(new: Mapping[Identity, Sequence[StayLine]]) -> dict[Identity, Somebody]:
    return {identity: _somebody(lines[0]) for identity, lines in new.items()}


def _somebody(line: StayLine) -> Somebody:
    return Somebody(
        Person(
            line.family_name, line.given_names, line.own_script, line.birth, sex=line.sex, nationality=line.nationality
        )
    )


def _in_register(
    connection: Connection, new: Mapping[Identity, Sequence[StayLine]], people: Mapping[Identity, Somebody]
) -> Iterator[Problem]:
    found = residents_like(connection, people)
    called = _called(connection, {other for others in found.values() for other, _ in others})
    for identity, others in found.items():
        for other, likeness in others:
            yield from _said(new[identity][0].row_number, called[other], likeness.reasons)


def _called(connection: Connection, residents: set[ResidentId]) -> dict[ResidentId, Message]:
    """How each resident is called; of who has died, that too."""
    called: dict[ResidentId, Message] = {}
    wanted = sorted(residents)
    for begin in range(0, len(wanted), 400):
        died = (
            select(func.max(Stay.departed_on))
            .where(Stay.resident_id == Resident.id, Stay.departure_kind == DepartureKind.DEATH)
            .correlate(Resident)
            .scalar_subquery()
        )
        asked = select(Resident.id, Resident.number, died).where(Resident.id.in_(wanted[begin : begin + 400]))
        for id_, number, died_on in connection.execute(asked):
            called[id_] = (
                message("Perhaps the same person as the resident {number}.", number=number)
                if died_on is None
                else message(
                    "Perhaps the same person as the resident {number}, who died on {day}.", number=number, day=died_on
                )
            )
    return called


def _in_file(new: Mapping[Identity, Sequence[StayLine]], people: Mapping[Identity, Somebody]) -> Iterator[Problem]:
    rows = [lines[0].row_number for lines in new.values()]
    known: list[Known] = [somebody.known for somebody in people.values()]
    for one, other, likeness in compared_pairs(known):
        same = message("Perhaps the same person as in row {row} of the file.", row=rows[one])
        yield from _said(rows[other], same, likeness.reasons)


def _said(row: int, same: Message, reasons: Sequence[Message]) -> Iterator[Problem]:
    for each in (same, *reasons):
        yield Problem(row, None, "", each)
