"""What the register knows of the people and the stays that a file speaks of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, select

from models.entities.absences import Absence
from models.entities.residents import PartnerNumber, Resident
from models.entities.rooms import Placement
from models.entities.stays import Stay
from models.exchange.stays_file import StayLine
from models.ids import ProgrammeId, ResidentId, StayId
from models.rules.birth import BirthDate, BirthPrecision
from models.rules.likeness import births_agree
from models.rules.names import fold
from models.rules.time import Interval, Moment
from models.rules.vocabulary import DepartureKind, Destination
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
        programme_id: Under which programme.
        source_key: How the file that it came from names it.
        interval: From when until when.
        kind: How it ended.
        destination: Where to, as a group.
    """

    id: StayId
    resident_id: ResidentId
    whose: str
    programme_id: ProgrammeId
    source_key: str | None
    interval: Interval
    kind: DepartureKind | None
    destination: Destination | None


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


_STAYS = Rows(
    KnownStay,
    Stay,
    whose=Resident.number,
    interval=Made(Interval, Stay.arrived, Stay.departed),
    kind=Stay.departure_kind,
)


@dataclass(slots=True)
class Known:
    """What the register knows of the people and the stays of a file.

    Attributes:
        residents: Who has an identity of the file: a number, or a name with a whole birth date.
        arrived: By the name, who arrived when and is born when, to know those again of whom no more is told.
        stays: The stays of each resident who has one.
        by_key: The stays of the programme by how the file names them.
        inside: What lies within a stay, a bed or an absence: from when until when.
    """

    residents: dict[Identity, ResidentId] = field(default_factory=dict)
    arrived: dict[str, list[tuple[Moment, BirthDate | None, ResidentId]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    stays: dict[ResidentId, list[KnownStay]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[str, KnownStay] = field(default_factory=dict)
    inside: dict[StayId, list[Interval]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, connection: Connection, programme_id: ProgrammeId, lines: Sequence[StayLine]) -> "Known":
        """Read what the file speaks of and nothing else: a large register costs no more than a small one."""
        known = cls()
        known._read_numbers(connection, programme_id, {line.partner_number for line in lines if line.partner_number})
        known._read_names(connection, {name_of(line) for line in lines if not line.partner_number})
        known._read_keys(connection, programme_id, {line.stay_id for line in lines if line.stay_id})
        known._read_stays(connection)
        return known

    def who(self, line: StayLine) -> ResidentId | None:
        """The resident of a row; None where the register does not know the person."""
        who = identity(line)
        if who in self.residents or who[0] == "number":
            return self.residents.get(who)
        alike = [
            (line.birth == birth and line.arrived == arrived, resident_id)
            for arrived, birth, resident_id in self.arrived.get(name_of(line), ())
            if is_same(arrived, line.arrived) and births_agree(birth, line.birth)
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

    def _read_numbers(self, connection: Connection, programme_id: ProgrammeId, numbers: set[str]) -> None:
        for some in in_parts(sorted(numbers)):
            rows = connection.execute(
                select(PartnerNumber.number, PartnerNumber.resident_id).where(
                    PartnerNumber.programme_id == programme_id, PartnerNumber.number.in_(some)
                )
            )
            self.residents |= {("number", number): resident_id for number, resident_id in rows}

    def _read_names(self, connection: Connection, names: set[str]) -> None:
        """Those who have a name of the file, by the identities that a row without a number can have."""
        for some in in_parts(sorted(names)):
            rows = connection.execute(
                select(Resident.id, Resident.sort_name, Resident.birth, Stay.arrived_on, Stay.arrived_at)
                .join(Stay, Stay.resident_id == Resident.id)
                .where(Resident.sort_name.in_(some))
                .order_by(Resident.id)
            )
            for id_, name, birth, arrived_on, arrived_at in rows:
                arrived = Moment(arrived_on, arrived_at)
                self.arrived[name].append((arrived, birth, id_))
                self.residents.setdefault(by_name(name, birth, arrived), id_)

    def _read_keys(self, connection: Connection, programme_id: ProgrammeId, keys: set[str]) -> None:
        for some in in_parts(sorted(keys)):
            asked = _STAYS.select().join(Resident, Resident.id == Stay.resident_id)
            rows = connection.execute(asked.where(Stay.programme_id == programme_id, Stay.source_key.in_(some)))
            self.by_key |= {stay.source_key or "": stay for stay in _STAYS.rows(rows)}

    def _read_stays(self, connection: Connection) -> None:
        named = (resident_id for alike in self.arrived.values() for _, _, resident_id in alike)
        wanted = {*self.residents.values(), *named, *(stay.resident_id for stay in self.by_key.values())}
        for some in in_parts(sorted(wanted)):
            asked = _STAYS.select().join(Resident, Resident.id == Stay.resident_id).where(Stay.resident_id.in_(some))
            for stay in _STAYS.rows(connection.execute(asked.order_by(Stay.id))):
                self.stays[stay.resident_id].append(stay)

    def read_inside(self, connection: Connection, stays: Iterable[StayId]) -> None:
        """Read the beds and the absences of stays that a row would end or move."""
        for some in in_parts(sorted(stays)):
            for entity in (Placement, Absence):
                rows = connection.execute(
                    select(entity.stay_id, entity.from_on, entity.from_at, entity.until_on, entity.until_at).where(
                        entity.stay_id.in_(some)
                    )
                )
                for stay_id, from_on, from_at, until_on, until_at in rows:
                    end = None if until_on is None else Moment(until_on, until_at)
                    self.inside[stay_id].append(Interval(Moment(from_on, from_at), end))


def in_parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Values in parts that one statement can hold."""
    for begin in range(0, len(values), _ASKED_AT_ONCE):
        yield values[begin : begin + _ASKED_AT_ONCE]


def name_of(line: StayLine) -> str:
    """The name of a row, folded as the register keeps it."""
    return fold(f"{line.family_name} {line.given_names}")


def by_name(name: str, birth: BirthDate | None, arrived: Moment) -> Identity:
    """The identity of somebody without a number.

    A name and a birth date known to the day make one person. With less, two of one name may be two people: then each
    arrival is its own person, whom the register shows as a likely duplicate and never merges by itself. 1 January is
    less: offices write it for many who do not know their day.
    """
    if birth is not None and birth.precision is BirthPrecision.DAY and not birth.doubtful:
        return ("born", name, str(birth))
    at = arrived.at
    return ("arrived", name, str(birth or ""), arrived.on.isoformat(), at.isoformat() if at else "")


def identity(line: StayLine) -> Identity:
    """By what the rows of a person are known to be of one person."""
    if line.partner_number:
        return ("number", line.partner_number)
    return by_name(name_of(line), line.birth, line.arrived)


def is_same(one: Moment, other: Moment) -> bool:
    """Whether two moments may be one: a time that is not known may be any."""
    return one.on == other.on and (one.at == other.at or one.at is None or other.at is None)


def is_same_end(one: Interval, other: Interval) -> bool:
    """Whether two stays end together, or are both open."""
    if one.end is None or other.end is None:
        return one.end is other.end
    return is_same(one.end, other.end)
