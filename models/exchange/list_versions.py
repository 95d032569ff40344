"""A proposed list that comes once more: who is on it again, who is new, who is gone, and what it says otherwise."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from models.entities.selection import Candidate
from models.exchange.lists_file import CandidateLine, as_person
from models.exchange.problems import Problem
from models.ids import CandidateId, ListId
from models.repositories.likeness import candidate_persons
from models.repositories.programmes import has_arrived
from models.rules.field_values import plain
from models.rules.likeness import Known, births_agree, differ
from models.rules.names import fold
from models.rules.numbers import number_key
from models.rules.selection import PARTICULARS
from models.rules.vocabulary import Answer
from models.text import Message, message

Overwritten = tuple[CandidateId, str]
"""A field of a candidate that was corrected here and is to be as the list says."""
_EMPTY: tuple[object, ...] = ("", None, [], (), Answer.UNKNOWN)


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A row about somebody who is on the list already, and says something otherwise.

    Attributes:
        line: The row.
        candidate_id: Who it is.
        values: What the row says otherwise, by field, as a column has it.
        before: What stands there, by field.
        corrected: Those of them that a person has corrected: what stands there is kept unless somebody says otherwise.
        has_arrived: Whether the person is here: then nothing of it is taken.
    """

    line: CandidateLine
    candidate_id: CandidateId
    values: Mapping[str, Any]
    before: Mapping[str, Any]
    corrected: frozenset[str] = frozenset()
    has_arrived: bool = False

    def not_taken(self, over: Collection[Overwritten]) -> tuple[str, ...]:
        """Of which fields what stands there is kept.

        Args:
            over: What was corrected here and is to be as the list says all the same.
        """
        return tuple(
            name
            for name in self.values
            if self.has_arrived or (name in self.corrected and (self.candidate_id, name) not in over)
        )

    def said(self, over: Collection[Overwritten] = ()) -> tuple[Message, ...]:
        """What is otherwise, in sentences that a candidate keeps."""
        labels = {field.name: field.label for field in PARTICULARS}
        kept = self.not_taken(over)
        return tuple(
            message(
                "The new version of the list says otherwise, and what was corrected here is kept: {what}.",
                what=Message(labels[name]),
            )
            if name in kept and not self.has_arrived
            else message("The new version of the list says otherwise: {what}.", what=Message(labels[name]))
            for name in self.values
        )


@dataclass(frozen=True, slots=True)
class Version:
    """What a new version of a list brings.

    Attributes:
        came: Who was not on the list.
        changed: Of whom it says something otherwise.
        same: The rows of those of whom it says the same.
        gone: Who is not on it any more, with the name; what was decided on them stays.
    """

    came: tuple[CandidateLine, ...]
    changed: tuple[ChangedLine, ...]
    same: tuple[int, ...]
    gone: tuple[tuple[CandidateId, str], ...]

    def changes(self, over: Collection[Overwritten] = ()) -> Iterator[Problem]:
        """The rows that change something, named for the summary."""
        for each in self.changed:
            for said in each.said(over):
                yield Problem(each.line.row_number, None, "", said)

    def left(self) -> Iterator[Problem]:
        """The rows that add nothing."""
        for number in self.same:
            yield Problem(number, None, "", message("The list has this person already. The row adds nothing."))


def version_of(connection: Connection, list_id: ListId, lines: Sequence[CandidateLine]) -> Version:
    """Compare a file with a list of the register."""
    there = {id_: each.known for id_, each in candidate_persons(connection, Candidate.list_id == list_id).items()}
    rows = {
        row.id: row
        for row in connection.execute(
            select(
                Candidate.id,
                Candidate.listed,
                has_arrived().label("has_arrived"),
                *(getattr(Candidate, field.name) for field in PARTICULARS),
            ).where(Candidate.list_id == list_id)
        )
    }
    finder = _Finder(there)
    came, changed, same = [], [], []
    for line in lines:
        found = finder.take(line)
        if found is None:
            came.append(line)
        elif values := dict(_otherwise(line, rows[found])):
            row = rows[found]
            before = {name: getattr(row, name) for name in values}
            corrected = frozenset(values.keys() & row.listed.keys())
            changed.append(ChangedLine(line, found, values, before, corrected, row.has_arrived))
        else:
            same.append(line.row_number)
    gone = tuple((id_, _name(rows[id_])) for id_ in finder.left)
    return Version(tuple(came), tuple(changed), tuple(same), gone)


class _Finder:
    """Knows the people of a list again, each once: by a number, or by the name and the birth."""

    def __init__(self, there: Mapping[CandidateId, Known]) -> None:
        self.there = there
        self.left = dict.fromkeys(there)
        self.by: dict[str, list[CandidateId]] = {}
        for id_, known in there.items():
            for key in _keys(known):
                self.by.setdefault(key, []).append(id_)

    def take(self, line: CandidateLine) -> CandidateId | None:
        """Who a row is; nobody is two rows."""
        told = Known(as_person(line))
        for key in _keys(told):
            for id_ in self.by.get(key, ()):
                other = self.there[id_]
                agree = births_agree(told.person.birth, other.person.birth)
                if id_ in self.left and agree and not differ(told, other):
                    del self.left[id_]
                    return id_
        return None


def _keys(known: Known) -> Iterator[str]:
    """By what somebody is known again, the surest first."""
    partners = (*known.scoped.values(), known.person.partner_number)
    yield from (f"p{key}" for key in map(number_key, partners) if key)
    yield from (f"d{key}" for key in map(number_key, known.person.document_numbers) if key)
    if name := fold(f"{known.person.family_name} {known.person.given_names}"):
        yield f"n{name}"


def _otherwise(line: CandidateLine, row: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a row of a select
    """What a row says otherwise; an empty cell says nothing."""
    for field in PARTICULARS:
        said = field.stored(getattr(line, field.name))
        there = getattr(row, field.name)
        is_same = said == there
        if field.name in ("partner_number", "document_number"):
            is_same = number_key(str(said)) == number_key(there)
        if field.name in row.listed and plain(said) == row.listed[field.name]:
            is_same = True  # as the list said before, and a person has corrected it since
        if said not in _EMPTY and not is_same and field.name != "birth_as_written":
            yield field.name, said


def _name(row: Any) -> str:  # noqa: ANN401 - a row of a select
    return ", ".join(part for part in (row.family_name, row.given_names) if part) or row.partner_number
