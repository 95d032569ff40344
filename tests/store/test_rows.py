"""A row is what the fields of its class say, whatever they are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pytest
from sqlalchemy import Connection, and_, false, func

from models.entities.absences import Absence
from models.entities.departures import Plan
from models.entities.residents import Resident
from models.entities.rooms import Placement
from models.entities.stays import Stay
from models.ids import ResidentId, StayId
from models.rules.names import display_name
from models.rules.time import Interval, Moment
from models.store.register import Register
from models.store.rows import Made, Rows
from tests import builders

ARRIVED = date(2026, 6, 26)


@pytest.fixture
def connection(register: Register) -> Iterator[Connection]:
    """Two people of whom one has left, and an absence of the other."""
    programme = builders.programme(register)
    gul = builders.resident(register, "K-0001", family_name="Ahmadzai", given_names="Gul", languages=["prs", "en"])
    chidi = builders.resident(register, "K-0002")
    here = builders.stay(register, gul, programme, ARRIVED)
    builders.stay(register, chidi, programme, ARRIVED, date(2026, 8, 1))
    register.perform(
        builders.put,
        row=Absence(stay_id=here, kind="hospital", start=Moment(date(2026, 7, 1)), due_back=Moment(date(2026, 7, 2))),
    )
    with register.read() as snapshot:
        yield snapshot.connection


@dataclass(frozen=True, slots=True)
class Plain:
    id: ResidentId
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    id: StayId
    number: str
    name: str | None
    arrived: Moment
    departed: Moment | None
    interval: Interval
    languages: tuple[str, ...]
    absences: int
    left: Moment | None
    is_known: bool


class Named(NamedTuple):
    id: ResidentId
    number: str


WHOLE = Rows(
    Whole,
    Stay,
    Resident,
    name=Made(display_name, Resident.family_name, Resident.given_names, Resident.number),
    interval=Made(Interval, Stay.arrived, Stay.departed),
    absences=func.count(Absence.id).over(partition_by=Stay.id),
    left=Absence.start,
)


def test_fields_are_the_columns_of_their_names(connection: Connection) -> None:
    for row in (Plain, Named):
        plain = Rows(row, Resident)
        found = plain.rows(connection.execute(plain.select().order_by(Resident.id)))
        assert found == (row(ResidentId(1), "K-0001"), row(ResidentId(2), "K-0002"))


def test_the_first_entity_that_has_a_name_gives_it(connection: Connection) -> None:
    rows = Rows(Plain, Stay, Resident)
    asked = rows.select().join(Resident, Resident.id == Stay.resident_id).where(Resident.number == "K-0002")
    assert rows.rows(connection.execute(asked)) == (Plain(ResidentId(2), "K-0002"),)
    assert "stays.id AS id" in str(asked)


def test_fields_are_made_of_composites_and_of_several_columns(connection: Connection) -> None:
    asked = (
        WHOLE.select()
        .join(Resident, Resident.id == Stay.resident_id)
        .outerjoin(Absence, and_(Absence.stay_id == Stay.id))
        .order_by(Stay.id)
    )
    here, gone = (Whole(**WHOLE.values(row), is_known=True) for row in connection.execute(asked))
    assert (here.name, here.languages, here.absences) == ("Ahmadzai, Gul", ("prs", "en"), 1)
    assert (here.arrived, here.departed, here.interval) == (Moment(ARRIVED), None, Interval(Moment(ARRIVED)))
    assert here.left == Moment(date(2026, 7, 1))
    assert (gone.name, gone.languages, gone.absences, gone.left) == ("K-0002", (), 0, None)
    assert gone.interval == Interval(Moment(ARRIVED), Moment(date(2026, 8, 1)))


def test_columns_that_a_query_adds_are_beside_the_row(connection: Connection) -> None:
    rows = Rows(Plain, Resident)
    found = connection.execute(rows.select().add_columns(Resident.family_name).order_by(Resident.id)).first()
    assert found is not None
    assert (rows.row(found), found.family_name) == (Plain(ResidentId(1), "K-0001"), "Ahmadzai")


def test_what_is_said_of_no_field_is_a_mistake() -> None:
    with pytest.raises(TypeError, match=r"Plain has no \{'numbers'\}"):
        Rows(Plain, Resident, numbers=Resident.number)


def test_a_field_of_which_nothing_is_known_must_be_given(connection: Connection) -> None:
    rows = Rows(Plain, Placement)
    found = connection.execute(rows.select().select_from(Resident).outerjoin(Placement, false())).all()
    with pytest.raises(TypeError, match="number"):
        rows.rows(found)


@dataclass(frozen=True, slots=True)
class Gone:
    id: StayId
    version: int
    destination: str | None


def test_a_field_that_several_tables_have_a_column_for_is_said() -> None:
    with pytest.raises(TypeError, match=r"Stay\.destination or Plan\.destination"):
        Rows(Gone, Stay, Plan)
    said = Rows(Gone, Stay, Plan, destination=Plan.destination)
    columns = [str(column) for column in said.select().inner_columns]
    assert columns == ["stays.id", "stays.version", "plans.destination"]
