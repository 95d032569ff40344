"""What the register knows of the people and the stays that a file speaks of."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, null, or_, select, tuple_

from models.entities.absences import Absence
from models.entities.departures import Ending, Plan
from models.entities.residents import FamilyNumber, PartnerNumber, Resident
from models.entities.rooms import Placement
from models.entities.separations import HealthVisit, Separation
from models.entities.stays import Review, Stay
from models.exchange.stays_file import StayLine
from models.ids import FamilyId, ProgrammeId, ResidentId, StayId
from models.repositories.stays import came_with_file
from models.rules import likeness
from models.rules.birth import BirthDate, BirthPrecision
from models.rules.likeness import Person, births_agree
from models.rules.names import sort_name
from models.rules.numbers import number_key
from models.rules.time import Interval, Moment
from models.rules.vocabulary import DepartureKind, Destination, PlanState, Sex
from models.store import search
from models.store.rows import Made, Rows

Identity = tuple[str, ...]
"""By what the rows of one person are known to be of one person."""

_ASKED_AT_ONCE = 500

T = TypeVar("T")


class KnownStay(NamedTuple):
    """A stay of the register.

    Attributes:
        id: The stay.
        resident_id: Whose it is.
        whose: The number of the resident.
        name: The folded name of the resident; the folded number where there is no name.
        programme_id: Under which programme.
        source_key: How the file that it came from names it.
        interval: From when until when.
        kind: How it ended.
        destination: Where to, as a group.
        destination_country: Where to, by its code.
    """

    id: StayId
    resident_id: ResidentId
    whose: str
    name: str
    programme_id: ProgrammeId
    source_key: str | None
    interval: Interval
    kind: DepartureKind | None
    destination: Destination | None
    destination_country: str | None


@dataclass(frozen=True)
class KnownPerson:
    """What tells one person from another who has the same number."""

    family_name: str
    given_names: str
    birth: BirthDate | None
    sex: Sex | None
    aliases: Sequence[str] = ()
    number: str = ""

    @property
    def name(self) -> str:
        """The name as it is shown, with the number of a resident."""
        return ", ".join(part for part in (self.number, self.family_name, self.given_names) if part)

    @cached_property
    def known(self) -> likeness.Known:
        """The person, made ready to be compared."""
        aliases = tuple(self.aliases)
        return likeness.Known(
            Person(self.family_name, self.given_names, birth=self.birth, sex=self.sex, aliases=aliases)
        )


class Taken(NamedTuple):
    """A stay that takes up its time: of the register, or of a row of the file.

    Attributes:
        interval: From when until when.
        source_key: How the file names it; empty where it does not.
        row_number: The row; None of the register.
        id: Of the register.
        is_death: Whether it ended with a death.
    """

    interval: Interval
    source_key: str
    row_number: int | None
    id: StayId | None = None
    is_death: bool = False


class Inside(NamedTuple):
    """What the register has of a stay and must lie within it.

    Attributes:
        interval: From when until when.
        is_bed: Whether it is a bed, which moves with the arrival where it began with that.
        may_end_with_stay: Whether it moves with the departure where it ended at that; not where it is known to have
            ended by itself.
    """

    interval: Interval
    is_bed: bool
    may_end_with_stay: bool


_STAYS = Rows(
    KnownStay,
    Stay,
    whose=Resident.number,
    name=Resident.sort_name,
    interval=Made(Interval, Stay.arrived, Stay.departed),
    kind=Stay.departure_kind,
)


_NO_TIME = null()
_INSIDE: tuple[tuple[Any, ...], ...] = (
    (Placement, Placement.from_on, Placement.from_at, Placement.until_on, Placement.until_at),
    (Absence, Absence.from_on, Absence.from_at, Absence.until_on, Absence.until_at),
    (Separation, Separation.began_on, Separation.began_at, Separation.ended_on, Separation.ended_at),
    (HealthVisit, HealthVisit.seen_on, HealthVisit.seen_at, HealthVisit.seen_on, HealthVisit.seen_at),
    (Review, Review.held_on, _NO_TIME, Review.held_on, _NO_TIME),
)


@dataclass(slots=True)
class Known:
    """What the register knows of the people and the stays of a file: of what the file speaks, and nothing else.

    Attributes:
        connection: To the register.
        programme_id: Under which programme the people stayed.
        numbered: Who has a number of the file, by the number as it is compared, and what is known of them.
        families: The families that have a number of the file.
        members: Who belongs to them, by that number: folded name, birth and resident.
        born: Who has a name and a whole birth date of the file.
        arrived: By the name, who arrived when and is born when, to know those again of whom no more is told: of days of
            the file.
        stays: The stays of each resident who is known.
        by_key: The stays of the programme by how the file names them.
        inside: What lies within a stay.
        decided_here: The stays of which Konak has the checks before a departure: of an arrival that was registered
            here, or whose departure is planned here.
    """

    connection: Connection
    programme_id: ProgrammeId
    numbered: dict[str, dict[ResidentId, KnownPerson]] = field(default_factory=lambda: defaultdict(dict))
    families: dict[str, FamilyId] = field(default_factory=dict)
    members: dict[str, list[tuple[str, BirthDate | None, ResidentId]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    born: dict[Identity, ResidentId] = field(default_factory=dict)
    arrived: dict[str, list[tuple[Moment, BirthDate | None, ResidentId]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    stays: dict[ResidentId, list[KnownStay]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[str, KnownStay] = field(default_factory=dict)
    inside: dict[StayId, list[Inside]] = field(default_factory=lambda: defaultdict(list))
    decided_here: set[StayId] = field(default_factory=set)

    def named(self, line: StayLine, without: Collection[ResidentId] = ()) -> ResidentId | None:
        """The resident of a row that has no number, and is none of some others."""
        who = by_name(name_of(line), line.birth, line.arrived)
        if who in self.born and self.born[who] not in without:
            return self.born[who]
        alike = [
            (line.birth == birth and line.arrived == arrived, resident_id)
            for arrived, birth, resident_id in self.arrived.get(name_of(line), ())
            if resident_id not in without and is_same(arrived, line.arrived) and births_agree(birth, line.birth)
        ]
        same = [resident_id for is_exact, resident_id in alike if is_exact] or [each for _, each in alike]
        return same[0] if len(set(same)) == 1 else None

    def change(self, stay: KnownStay, interval: Interval, kind: DepartureKind | None) -> None:
        """Have a stay be as a row makes it, for the rows that come after."""
        anew = stay._replace(interval=interval, kind=kind)
        mine = self.stays[stay.resident_id]
        mine[[each.id for each in mine].index(stay.id)] = anew
        if stay.source_key and self.by_key.get(stay.source_key) == stay:
            self.by_key[stay.source_key] = anew

    def taken(self, resident_id: ResidentId | None, *, without: StayId | None = None) -> Iterator[Taken]:
        """What takes up the time of a resident."""
        for stay in self.stays.get(resident_id, ()) if resident_id is not None else ():
            if stay.id != without:
                is_death = stay.kind is DepartureKind.DEATH
                yield Taken(stay.interval, stay.source_key or "", None, stay.id, is_death)

    def read_numbers(self, keys: Iterable[str]) -> None:
        """Read who has numbers, and which families have them."""
        for some in in_parts(sorted(keys)):
            families = select(FamilyNumber.number, FamilyNumber.family_id).where(
                FamilyNumber.programme_id == self.programme_id, FamilyNumber.number.in_(some)
            )
            found_families = {number: family_id for number, family_id in self.connection.execute(families)}
            self.families |= found_families
            self._read_members(found_families)
            wanted, found = {*some}, search.numbered(self.connection, self.programme_id, some)
            if not found:
                continue
            # Not asked by the programme: an index would give all of its numbers, which are as many as its people.
            rows = self.connection.execute(
                select(
                    PartnerNumber.programme_id,
                    PartnerNumber.number,
                    Resident.id,
                    Resident.number.label("own"),
                    Resident.family_name,
                    Resident.given_names,
                    Resident.birth,
                    Resident.sex,
                    Resident.aliases,
                )
                .join(Resident, Resident.id == PartnerNumber.resident_id)
                .where(PartnerNumber.resident_id.in_(found))
                .order_by(PartnerNumber.id)
            )
            for programme_id, number, id_, own, family_name, given_names, birth, sex, aliases in rows:
                if programme_id == self.programme_id and (key := number_key(number)) in wanted:
                    self.numbered[key][id_] = KnownPerson(family_name, given_names, birth, sex, aliases, own)

    def _read_members(self, families: Mapping[str, FamilyId]) -> None:
        numbers = {family_id: number for number, family_id in families.items()}
        rows = self.connection.execute(
            select(Resident.family_id, Resident.sort_name, Resident.birth, Resident.id)
            .where(Resident.family_id.in_(numbers))
            .order_by(Resident.id)
        )
        for family_id, name, birth, id_ in rows:
            if family_id is not None:
                self.members[numbers[family_id]].append((name, birth, id_))

    def read_stays(self, lines: Sequence[StayLine], unnumbered: Sequence[StayLine]) -> None:
        """Read the people whom rows name, and the stays of everybody whom the file may speak of.

        Args:
            lines: All rows.
            unnumbered: Those whose people no number tells.
        """
        self.read_born(lines)
        self.read_arrived(unnumbered)
        self._read_keys({line.stay_id for line in lines if line.stay_id})
        named = (resident_id for alike in self.arrived.values() for _, _, resident_id in alike)
        numbered = (resident_id for people in self.numbered.values() for resident_id in people)
        kin = (resident_id for members in self.members.values() for _, _, resident_id in members)
        wanted = {*numbered, *self.born.values(), *named, *kin, *(stay.resident_id for stay in self.by_key.values())}
        for some in in_parts(sorted(wanted)):
            asked = _STAYS.select().join(Resident, Resident.id == Stay.resident_id).where(Stay.resident_id.in_(some))
            for stay in _STAYS.rows(self.connection.execute(asked.order_by(Stay.id))):
                self.stays[stay.resident_id].append(stay)

    def read_born(self, lines: Iterable[StayLine]) -> None:
        """Read who has the name and the whole birth date of a row; of one name alone there may be very many."""
        told = {(name, line.birth) for line in lines if is_whole(line.birth) and (name := name_of(line))}
        for some in in_parts(sorted(told, key=itemgetter(0))):
            # Both at once, by an index of both: of a name that is common all who have it would be read.
            for id_, name, birth, arrived in self._named(tuple_(Resident.sort_name, Resident.birth).in_(some)):
                self.born.setdefault(by_name(name, birth, arrived), id_)

    def read_arrived(self, lines: Iterable[StayLine]) -> None:
        """Read who has the name of a row and arrived on its day."""
        told = {(name, line.arrived.on) for line in lines if (name := name_of(line))}
        for some in in_parts(sorted(told)):
            days = [day for _, day in some]
            # Between two days, each resident is looked up once; of many single days, once for each.
            around = Stay.arrived_on.between(min(days), max(days))
            for id_, name, birth, arrived in self._named(Resident.sort_name.in_({name for name, _ in some}), around):
                if (name, arrived.on) in told:
                    self.arrived[name].append((arrived, birth, id_))

    def _named(self, *those: ColumnElement[bool]) -> Iterator[tuple[ResidentId, str, BirthDate | None, Moment]]:
        """Some residents, with each arrival."""
        rows = self.connection.execute(
            select(Resident.id, Resident.sort_name, Resident.birth, Stay.arrived_on, Stay.arrived_at)
            .join(Stay, Stay.resident_id == Resident.id)
            .where(*those)
            .order_by(Resident.id)
        )
        for id_, name, birth, arrived_on, arrived_at in rows:
            yield id_, name, birth, Moment(arrived_on, arrived_at)

    def _read_keys(self, keys: set[str]) -> None:
        for some in in_parts(sorted(keys)):
            asked = _STAYS.select().join(Resident, Resident.id == Stay.resident_id)
            rows = self.connection.execute(
                asked.where(Stay.programme_id == self.programme_id, Stay.source_key.in_(some))
            )
            self.by_key |= {stay.source_key or "": stay for stay in _STAYS.rows(rows)}

    def numbers_of(self, residents: Iterable[ResidentId]) -> dict[ResidentId, list[str]]:
        """The numbers of some residents with the partner of the programme, as they are written."""
        found: dict[ResidentId, list[str]] = defaultdict(list)
        for some in in_parts(sorted(set(residents))):
            asked = select(PartnerNumber.resident_id, PartnerNumber.programme_id, PartnerNumber.number).where(
                PartnerNumber.resident_id.in_(some)
            )
            for id_, programme_id, number in self.connection.execute(asked.order_by(PartnerNumber.id)):
                if programme_id == self.programme_id:
                    found[id_].append(number)
        return found

    def read_inside(self, stays: Iterable[StayId]) -> None:
        """Read what lies within stays that a row would end or move, and who decides on their end."""
        for some in in_parts(sorted(stays)):
            # A plan that was stopped counts as one that is open, so that nobody learns which of the two it is.
            planned = select(Plan.id).where(Plan.stay_id == Stay.id, Plan.state != PlanState.CANCELLED).correlate(Stay)
            here = select(Stay.id).where(Stay.id.in_(some), or_(~came_with_file(), planned.exists()))
            self.decided_here |= {*self.connection.execute(here).scalars()}
            asked = select(Ending.stay_id, Ending.placement_id, Ending.absence_id).where(Ending.stay_id.in_(some))
            ended = {
                stay_id: {Placement: placement_id, Absence: absence_id}
                for stay_id, placement_id, absence_id in self.connection.execute(asked)
            }
            for entity, *between in _INSIDE:
                of = select(entity.stay_id, entity.id, *between).where(entity.stay_id.in_(some))
                for stay_id, id_, from_on, from_at, until_on, until_at in self.connection.execute(of):
                    interval = Interval(
                        Moment(from_on, from_at), None if until_on is None else Moment(until_on, until_at)
                    )
                    ended_with = ended.get(stay_id, {}).get(entity, id_) == id_
                    self.inside[stay_id].append(Inside(interval, entity is Placement, ended_with))


def in_parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Values in parts that one statement can hold."""
    for begin in range(0, len(values), _ASKED_AT_ONCE):
        yield values[begin : begin + _ASKED_AT_ONCE]


def name_of(line: StayLine) -> str:
    """The name of a row, folded as the register keeps it."""
    return sort_name(line.family_name, line.given_names, "")


def is_whole(birth: BirthDate | None) -> bool:
    """Whether a birth date is known to the day; 1 January is not."""
    return birth is not None and birth.precision is BirthPrecision.DAY and not birth.doubtful


def by_name(name: str, birth: BirthDate | None, arrived: Moment) -> Identity:
    """The identity of somebody without a number.

    A name and a birth date known to the day make one person. With less, two of one name may be two people: then each
    arrival is its own person, whom the register shows as a likely duplicate and never merges by itself. 1 January is
    less: offices write it for many who do not know their day.
    """
    if is_whole(birth):
        return ("born", name, str(birth))
    at = arrived.at
    return ("arrived", name, str(birth or ""), arrived.on.isoformat(), at.isoformat() if at else "")


def is_same(one: Moment, other: Moment) -> bool:
    """Whether two moments may be one: a time that is not known may be any."""
    return one.on == other.on and (one.at == other.at or one.at is None or other.at is None)


def is_same_end(one: Interval, other: Interval) -> bool:
    """Whether two stays end together, or are both open."""
    if one.end is None or other.end is None:
        return one.end is other.end
    return is_same(one.end, other.end)
