"""What people typed about things that belong to nobody says nothing any more of somebody who was erased."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Enum, String

from models.actions import endings, erasing, months, people, transports
from models.entities.admissions import ArrivalDraft
from models.entities.base import MADE, UNTOLD, Base
from models.entities.imports import Import
from models.entities.months import IssuedMonth, Sending, StateOfMonth
from models.entities.roll_calls import RollCall
from models.entities.rooms import Bed, Room
from models.entities.signing import SigningKey
from models.entities.transports import Transport
from models.errors import Conflict, Refused
from models.exchange.files import read_table
from models.exchange.import_stays import bring_in
from models.exchange.stays_file import read_stays
from models.ids import ProgrammeId, ResidentId
from models.repositories.erasing import KEPT
from models.repositories.remarks import STAY
from models.rules.people import EVERYBODY
from models.rules.time import Moment, Month
from models.rules.vocabulary import BedKind, ImportKind, MonthState, Role, SendingWay, TransportMeans
from models.store import engine as engines
from models.store.declaring import action
from models.store.details import is_erased
from models.store.register import Register
from models.store.trail import START
from models.store.unit_of_work import UnitOfWork
from tests import builders
from tests.actions import leavers
from tests.conftest import NOON
from tests.store.decrypted import pages

DAY = date(2026, 6, 12)
COMING = date(2027, 1, 15)
NAME, GIVEN = "Qvarnström", "Zebulon"
SAID = "zebulon QVARNSTROM"
OTHER = "quite another phrase of theirs"
GONE = "What stood here was erased."


@pytest.fixture
def second(register: Register) -> Register:
    """The same register for another supervisor."""
    register.perform(people.add, name="S. Second", role=Role.SUPERVISOR, passphrase=OTHER)
    return register.beside(person="S. Second", passphrase=OTHER)


def at_desk(register: Register) -> None:
    register.person = replace(register.person, role=Role.SUPERVISOR, stands_in=False)


def was_here(register: Register, programme: ProgrammeId, number: str = "K-0771", **who: Any) -> ResidentId:
    """Somebody who left again."""
    person = builders.resident(register, number, **({"family_name": NAME, "given_names": GIVEN} | who))
    stay = builders.stay(register, person, programme, DAY)
    at_desk(register)
    register.perform(
        endings.record_left, stay_id=stay, moment=Moment(date(2026, 6, 17)), seen_last="gate", how_known="seen"
    )
    return person


def let_go(register: Register, second: Register, person: ResidentId) -> None:
    at_desk(register)
    register.perform(erasing.ask, resident_id=person, reason="time is over")
    second.perform(erasing.erase, resident_id=person)


def in_clear(register: Register) -> bytes:
    return pages(register.folder / engines.FILE_NAME, register.source.key).lower()


def columns_of_nobody() -> Mapping[type[Base], tuple[str, ...]]:
    """What somebody can type into tables that hang on nobody, but what is said to stay."""
    found = {}
    for mapper in Base.registry.mappers:
        entity = mapper.class_
        table = Base.metadata.tables[entity.__tablename__]
        if (
            entity in KEPT
            or entity is ArrivalDraft
            or table.name.startswith("trail")
            or UNTOLD.items() <= table.info.items()
        ):
            continue
        typed = [
            column.name
            for column in table.columns
            if isinstance(column.type, String | JSON)
            and not isinstance(column.type, Enum)
            and not MADE.items() <= column.info.items()
            and column.name not in STAY.get(entity, ())
            and type(column.type).__name__ != "Amount"
        ]
        if typed:
            found[entity] = tuple(typed)
    return found


def needed(register: Register, programme: ProgrammeId) -> Mapping[type[Base], Mapping[str, Any]]:
    """What a row of each of these tables must hold beside."""
    me = register.person.id
    return {
        Transport: {"means": TransportMeans.BUS, "expected_on": DAY},
        Room: {"name": "12"},
        Bed: {"room_id": 1, "name": "A", "kind": BedKind.PLAIN},
        RollCall: {"began_at": NOON, "begun_by": me},
        Import: {
            "programme_id": programme, "kind": ImportKind.STAYS, "file_hash": "0" * 64, "entry": 1, "counts": {},
            "entered_by": me, "entered_at": NOON,
        },
        IssuedMonth: {
            "programme_id": programme, "month": date(2026, 9, 1), "revision": 1, "figures": "{}", "language": "en",
            "figures_hash": sha256(b"{}").hexdigest(), "trail_head": START, "pdf": b"", "changed": [],
            "issued_on": DAY, "issued_at": NOON, "issued_by": me,
        },
        Sending: {
            "issued_id": 1, "sent_on": DAY, "way": SendingWay.POST, "entered_by": me, "entered_at": NOON,
        },
        StateOfMonth: {"programme_id": programme, "month": date(2026, 9, 1), "state": MonthState.ISSUED},
        SigningKey: {
            "certificates": "", "fingerprint": "0" * 64, "name": "Konak", "issuer": "Konak", "valid_from": NOON,
            "valid_until": NOON, "sealed_key": None, "entered_by": me, "entered_at": NOON,
        },
    }  # fmt: skip


@action("tests.put_all", roles=EVERYBODY, told="")
def put_all(unit: UnitOfWork, *, rows: list[Base]) -> None:
    """Write rows, each after those that it refers to."""
    for row in rows:
        unit.session.add(row)
        unit.session.flush()


@pytest.mark.parametrize("said", [SAID, "for k 0771, who is ill", "he says Qvarnstroems lawyer comes", "K0771"])
def test_no_text_of_a_table_that_hangs_on_nobody_tells_of_somebody_erased(
    register: Register, second: Register, said: str
) -> None:
    programme = leavers.programme(register)
    person = was_here(register, programme)
    typed, beside = columns_of_nobody(), needed(register, programme)
    rows = [
        entity(**values, **dict.fromkeys(typed[entity], said)) for entity, values in beside.items() if entity in typed
    ]
    assert typed.keys() == beside.keys()  # of a new table say above what a row of it must hold
    register.perform(put_all, rows=rows)
    let_go(register, second, person)
    clear = in_clear(register)
    assert said.lower().encode() not in clear
    for entity, columns in typed.items():
        (row,) = builders.rows(register, f"SELECT {', '.join(columns)} FROM {entity.__tablename__}")
        assert set(row) == {GONE}, entity
    assert register.verified().problem is None


def test_what_is_said_to_stay_is_there() -> None:
    for entity, names in STAY.items():
        assert names <= {*Base.metadata.tables[entity.__tablename__].columns.keys()}, entity
        assert entity not in KEPT


@pytest.mark.parametrize(
    "said",
    [
        "brings things for Al",
        "Zebulona",
        "Ali and Qvarn",
        "the box is for Smith and Al",
        "Smith comes",
        "underhand",
    ],
)
def test_what_tells_of_nobody_alone_stays(register: Register, second: Register, said: str) -> None:
    """A short name, one that somebody else has, too, or a part of another word."""
    programme = leavers.programme(register)
    builders.resident(register, "K-0500", family_name="Smith", given_names="Zebulon Al")
    person = was_here(register, programme, family_name="Smith", given_names="Al", aliases=["Rhand", "Zebulon"])
    register.perform(transports.add, means=TransportMeans.BUS, expected=Moment(COMING), from_place="Athens", note=said)
    let_go(register, second, person)
    assert builders.rows(register, "SELECT note, version FROM transports") == [(said, 1)]
    assert register.verified().problem is None


def test_a_remark_that_was_put_right_since_is_erased_from_the_trail_alone(register: Register, second: Register) -> None:
    programme = leavers.programme(register)
    person = was_here(register, programme)
    bus: dict[str, Any] = {"means": TransportMeans.BUS, "expected": Moment(COMING), "from_place": "Athens"}
    one = register.perform(transports.add, **bus, note=f"things for {GIVEN} {NAME}").value
    register.perform(transports.change, transport_id=one, **bus, note="things for the kitchen")
    register.perform(transports.add, **bus, note="things for the garden")
    let_go(register, second, person)
    assert builders.rows(register, "SELECT note FROM transports ORDER BY id") == [
        ("things for the kitchen",), ("things for the garden",),
    ]  # fmt: skip
    told = [
        (json.loads(str(details))["changed"][0][side]["note"])
        for details, side in zip(
            [row[0] for row in builders.rows(register, "SELECT details FROM trail WHERE action = 'transports.add'")],
            ("after", "after"),
            strict=True,
        )
    ]
    assert is_erased(told[0])
    assert told[1] == "things for the garden"
    assert register.verified().problem is None
    assert register.verified().erased[0].values > 0


@pytest.mark.parametrize("reason", ["Zebulon Qvarnstrom asked", "time is over for K-0771"])
def test_why_somebody_is_erased_names_nobody_since_it_stays(register: Register, reason: str) -> None:
    person = was_here(register, leavers.programme(register))
    with pytest.raises(Refused, match="names the person"):
        register.perform(erasing.ask, resident_id=person, reason=reason)
    register.perform(erasing.ask, resident_id=person, reason="a person who left in 2026")


def test_who_had_the_remark_before_them_does_not_write_it_back(register: Register, second: Register) -> None:
    programme = leavers.programme(register)
    person = was_here(register, programme)
    bus: dict[str, Any] = {"means": TransportMeans.BUS, "expected": Moment(COMING), "from_place": "Athens"}
    one = register.perform(transports.add, **bus, note=SAID).value
    let_go(register, second, person)
    with pytest.raises(Conflict):
        register.perform(transports.change, transport_id=one, **bus, note=SAID, number="P 12", version=1)
    register.perform(transports.change, transport_id=one, **bus, note="empty", number="P 12", version=2)
    assert register.verified().problem is None


def test_remarks_on_one_row_about_two_people_go_with_each_of_them(register: Register, second: Register) -> None:
    """Also from the entry of the first erasing, which tells what was left of the row."""
    programme = leavers.programme(register)
    one = was_here(register, programme)
    other = was_here(register, programme, "K-0772", family_name="Thorvaldsen", given_names="Ida")
    bus: dict[str, Any] = {"means": TransportMeans.BUS, "expected": Moment(COMING), "from_place": "Athens"}
    register.perform(transports.add, **bus, note=SAID, escort="Ida THORVALDSEN")
    register.perform(months.check, programme_id=programme, month=Month(2026, 10), remark=f"{NAME}, {GIVEN} asks")
    let_go(register, second, one)
    assert builders.rows(register, "SELECT note, escort FROM transports") == [(GONE, "Ida THORVALDSEN")]
    assert builders.rows(register, "SELECT checked_remark FROM month_states") == [(GONE,)]
    let_go(register, second, other)
    assert b"thorvaldsen" not in in_clear(register)
    assert register.verified().problem is None


def test_the_name_of_a_file_that_is_a_name_in_another_spelling_goes(
    register: Register, second: Register, tmp_path: Path
) -> None:
    programme = leavers.programme(register)
    file = tmp_path / "Qvarnstrom.csv"
    file.write_text(
        "number,surname,given name,arrived,departed\nA1,Qvarnström,Zebulon,2026-01-01,2026-02-01\n"
        "A2,Smith,Jo,2026-01-01,2026-02-01\n",
        encoding="utf-8",
    )
    at_desk(register)
    register.perform(bring_in, programme_id=programme, read=read_stays(read_table(file), zone=register.facility.zone))
    with register.read() as snapshot:
        asked = "SELECT id FROM residents WHERE family_name = 'Qvarnström'"
        person = ResidentId(snapshot.connection.exec_driver_sql(asked).scalar_one())
    let_go(register, second, person)
    assert b"qvarnstrom" not in in_clear(register)
    assert register.verified().problem is None
