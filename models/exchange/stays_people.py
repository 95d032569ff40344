"""Whose the rows of a file of stays are (rules.md, Who is who): by number, by name, of a family, or asked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from models.exchange.by_row import ByRow
from models.exchange.contradictions import Choices, PersonQuestion, Who
from models.exchange.headers import Heading
from models.exchange.problems import Problem
from models.exchange.stays_file import StayLine
from models.exchange.stays_known import Identity, Known, KnownPerson, by_name, is_same, name_of
from models.ids import ResidentId
from models.rules.likeness import births_agree, differ
from models.rules.namesakes import Fit, name_fit
from models.rules.numbers import is_damaged_number, is_of_family, number_key
from models.text import Message, message

_MANY = 20
"""So many people of one number are compared with each other."""


@dataclass(slots=True)
class People:
    """Whose each row is.

    Attributes:
        heading: Which column holds what.
        known: What the register knows of the people.
        choices: What was said of numbers that stand for somebody else in the register.
        doubts: What somebody should know of the numbers.
        questions: The numbers of which it must be said whether they are of one person.
    """

    heading: Heading
    known: Known
    choices: Choices
    doubts: list[Problem] = field(default_factory=list)
    questions: list[PersonQuestion] = field(default_factory=list)
    _keys: ByRow[str] = field(default_factory=ByRow)
    _residents: dict[int, ResidentId] = field(default_factory=dict)
    _others: dict[int, frozenset[ResidentId]] = field(default_factory=dict)
    _families: dict[int, str] = field(default_factory=dict)

    def sort(self, lines: Sequence[StayLine]) -> None:
        """Tell the people apart whose rows these are, before anything else of the register is asked."""
        groups: dict[str, list[StayLine]] = defaultdict(list)
        for line in lines:
            key = number_key(line.partner_number)
            if key:
                groups[key].append(line)
            elif line.partner_number:
                self._doubt(line, _no_number(line.partner_number))
        self.known.read_numbers(groups)
        for key, rows in groups.items():
            if key in self.known.families:
                self._families |= {line.row_number: key for line in rows}
            else:
                self._of_one_number(key, _told_apart(rows))

    def identity(self, line: StayLine) -> Identity:
        """By what the rows of a person are known to be of one person."""
        resident_id = self.resident(line)
        if resident_id is not None:
            return ("resident", str(resident_id))
        key = self._keys.get(line.row_number)
        if key:
            return ("number", key)
        if family := self._families.get(line.row_number):
            return ("family", family, name_of(line), str(line.birth or ""))
        who = by_name(name_of(line), line.birth, line.arrived)
        return (*who, "other") if line.row_number in self._others else who

    def resident(self, line: StayLine) -> ResidentId | None:
        """The resident of a row; None where the register does not know the person."""
        if line.row_number in self._residents:
            return self._residents[line.row_number]
        if line.row_number in self._keys:
            return None
        if family := self._families.get(line.row_number):
            return self._relative(family, line)
        return self.known.named(line, self._others.get(line.row_number, ()))

    def _relative(self, family: str, line: StayLine) -> ResidentId | None:
        """Who of a family a row is: by the name and the birth, or who had the number alone until now."""
        members = self.known.members.get(family, ())
        found = [id_ for name, birth, id_ in members if name == name_of(line) and births_agree(birth, line.birth)]
        if len(found) == 1:
            return found[0]
        alone = self.known.numbered.get(family, {})
        same = [id_ for id_, known in alone.items() if not _differ(known, _told(line))]
        return same[0] if same else self.known.named(line)

    def learn(self, lines: Iterable[StayLine]) -> None:
        """Know those again of whom the register has the very stay, the name and the whole birth date, but no number."""
        found: dict[int, ResidentId] = {}
        for line in lines:
            if line.row_number in self._keys and line.row_number not in self._residents:
                id_ = self.namesake(line)
                stays = () if id_ is None else self.known.stays.get(id_, ())
                if id_ is not None and any(is_same(stay.interval.start, line.arrived) for stay in stays):
                    found[line.row_number] = id_
        have = self.known.numbers_of(found.values())
        self._residents |= {row: id_ for row, id_ in found.items() if id_ not in have}

    def kin(self, lines: Iterable[StayLine]) -> dict[ResidentId, str]:
        """The residents of whom a row says to which family they belong."""
        of = {line.row_number: self.resident(line) for line in lines if line.row_number in self._families}
        return {id_: self._families[row] for row, id_ in of.items() if id_ is not None}

    def namesake(self, line: StayLine) -> ResidentId | None:
        """Somebody of the register who has the name and the whole birth date of a row that is of nobody known."""
        who = by_name(name_of(line), line.birth, line.arrived)
        return self.known.born.get(who) if who[0] == "born" and self.resident(line) is None else None

    def is_name_alone(self, line: StayLine) -> bool:
        """Whether no more than the name and the arrival say who of the register a row is."""
        if line.row_number in self._residents or line.row_number in self._families:
            return False
        return (
            self.resident(line) is not None and by_name(name_of(line), line.birth, line.arrived) not in self.known.born
        )

    def number(self, line: StayLine) -> str:
        """The number of the person, as it is written; empty where it is none, or of several."""
        return line.partner_number if line.row_number in self._keys else ""

    def unused(self, line: StayLine) -> str:
        """A number that stands for several people, or for somebody else: kept, though nobody is known by it."""
        is_known = line.row_number in self._keys or line.row_number in self._families
        return "" if is_known or not number_key(line.partner_number) else line.partner_number

    def family(self, line: StayLine) -> str:
        """The number of the family, as it is compared; empty where the row is of no family."""
        return self._families.get(line.row_number, "")

    def _doubt(self, line: StayLine, what: Message) -> None:
        self.doubts.append(Problem(line.row_number, self.heading.header("person_id"), line.partner_number, what))

    def _of_one_number(self, key: str, people: Sequence[Sequence[StayLine]]) -> None:
        if len(people) == 1:
            self._of_one_person(key, people[0])
            return
        rows = [line for some in people for line in some]
        first, *others = (some[0] for some in people)
        if all(_names_fit(_told(first), _told(other)) for other in others):
            answers = [
                self._ask(other, _said(_told(first)), others_rows)
                for other, others_rows in zip(others, people[1:], strict=True)
            ]
            same = [
                *people[0],
                *(line for some, is_same in zip(people[1:], answers, strict=True) if is_same for line in some),
            ]
            self._of_one_person(key, same)
            return
        if is_of_family(self.heading.header("person_id") or "", key, len(people)):
            self._families |= {line.row_number: key for line in rows}
            return
        what = message("This number stands for several people who differ. It is taken for no number.")
        for line in rows:
            self._doubt(line, what)

    def _of_one_person(self, key: str, rows: Sequence[StayLine]) -> None:
        """The rows of one number that are of one person; the register may have somebody else of it."""
        sexes = dict.fromkeys(line.sex for line in rows if line.sex is not None)
        if len(sexes) > 1:
            self._doubt(
                rows[0], message("Rows of this number say two sexes. The first stays, the other is kept sealed.")
            )
        there = self.known.numbered.get(key)
        if not there:
            self._keys.put((line.row_number for line in rows), key)
            return
        for some in _told_apart(rows):
            told = _told(some[0])
            same = [resident_id for resident_id, known in there.items() if not _differ(known, told)]
            first = next(iter(there))
            if same or (not self._are_known_otherwise(some, there) and self._ask(some[0], _said(there[first]), some)):
                self._keys.put((line.row_number for line in some), key)
                self._residents |= {line.row_number: (same or [first])[0] for line in some}
            else:
                self._others |= {line.row_number: frozenset(there) for line in some}

    def _are_known_otherwise(self, rows: Iterable[StayLine], there: Collection[ResidentId]) -> bool:
        """Whether rows are of somebody whom the register has without this number: it was answered before."""
        self.known.read_born(rows)
        self.known.read_arrived(rows)
        return all(self.known.named(line, there) is not None for line in rows)

    def _ask(self, line: StayLine, ours: str, rows: Iterable[StayLine]) -> bool:
        """Whether a number that somebody has is of the same person in a row; no, until it is said so."""
        answer = self.choices.who(line.row_number)
        self.questions.append(
            PersonQuestion(
                line.row_number,
                tuple(each.row_number for each in rows),
                self.heading.header("person_id"),
                line.partner_number,
                ours,
                _said(_told(line)),
            )
        )
        return answer is Who.SAME


def _no_number(written: str) -> Message:
    if is_damaged_number(written):
        return message("A spreadsheet has damaged this number: its last digits are lost. It is taken for no number.")
    return message("This is no number. The person is known by the name.")


def _told(line: StayLine) -> KnownPerson:
    return KnownPerson(line.family_name, line.given_names, line.birth, line.sex)


def _told_apart(rows: Iterable[StayLine]) -> list[list[StayLine]]:
    """The rows of each person among those who have one number; of very many people it is enough that they are many."""
    people: list[tuple[KnownPerson, list[StayLine]]] = []
    alike: dict[tuple[str, str, object], list[StayLine]] = {}
    for line in rows:
        told = _told(line)
        mine = alike.get((name_of(line), str(line.birth), line.sex))
        if mine is None and len(people) < _MANY:
            mine = next((some for known, some in people if not _differ(known, told)), None)
        if mine is None:
            mine = []
            people.append((told, mine))
        mine.append(line)
        alike[name_of(line), str(line.birth), line.sex] = mine
    return [some for _, some in people]


def _names_fit(one: KnownPerson, other: KnownPerson) -> bool:
    """Whether two names may be of one person, in any spelling."""
    return name_fit(one.known.names, other.known.names).fit is not Fit.NOT


def _differ(one: KnownPerson, other: KnownPerson) -> bool:
    """Whether two who have one number differ in name, sex or birth date.

    Of rows that have numbers and no names the number is all that tells people: another sex alone is in doubt there.
    """
    if not (one.known.names or other.known.names):
        return not births_agree(one.birth, other.birth)
    return differ(one.known, other.known) or not births_agree(one.birth, other.birth)


def _said(known: KnownPerson) -> str:
    """A person as both are shown: name, birth and sex."""
    said = (known.name, str(known.birth or ""), known.sex.value if known.sex else "")
    return ", ".join(part for part in said if part)
