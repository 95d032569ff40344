"""Where somebody went is grouped by one rule, whether it was typed or came with a file (rules.md, Departures)."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.actions import endings
from models.entities.departures import Plan
from models.entities.programmes import PermittedDeparture
from models.entities.stays import Stay
from models.exchange.answers import Answers
from models.exchange.files import read_table
from models.exchange.import_stays import bring_in
from models.exchange.stays_file import read_stays
from models.ids import ProgrammeId, StayId
from models.rules.departures import ends_without_plan, kind_under
from models.rules.leaving import Origins, destination_of
from models.rules.time import Moment
from models.rules.vocabulary import PLANNED_KINDS, DepartureKind, Destination, Regime
from models.store.register import Register
from tests import builders
from tests.actions import leavers

COUNTRIES = (None, "AF", "US", "CA", "PK")
NATIONALITIES = (None, "AF", "US")
ALL = list(product(DepartureKind, COUNTRIES, NATIONALITIES))
"""Every kind, towards the origin, the partner and third countries, of people of known and unknown origin."""

Case = tuple[DepartureKind, str | None, str | None]


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    departures_ = [PermittedDeparture(kind=kind, extra_checks=[]) for kind in PLANNED_KINDS]
    return builders.programme(register, window_start=date(1990, 1, 1), departures=departures_)


def _typed(register: Register, programme: ProgrammeId) -> Iterator[tuple[Case, Destination | None]]:
    """What becomes of each case at the desk. Where somebody goes can be said of a departure that is planned alone."""
    for number, (kind, country, nationality) in enumerate(ALL):
        resident = builders.resident(register, f"T-{number:04}", nationality=nationality)
        stay_id = builders.stay(register, resident, programme, leavers.ARRIVED)
        if kind in PLANNED_KINDS:
            plan_id = leavers.plan(register, stay_id, kind, country=country)
            with register.read() as snapshot:
                found = select(Plan.destination).where(Plan.id == plan_id)
                yield (kind, country, nationality), snapshot.connection.execute(found).scalar_one()
        elif country is None and kind in ends_without_plan(Regime.OPEN):
            _ended(register, stay_id, kind)
            with register.read() as snapshot:
                stated = select(Stay.destination).where(Stay.id == stay_id)
                yield (kind, country, nationality), snapshot.connection.execute(stated).scalar_one()


def _ended(register: Register, stay_id: StayId, kind: DepartureKind) -> None:
    moment = Moment(leavers.TODAY)
    match kind:
        case DepartureKind.LEFT_ON_OWN:
            register.perform(endings.record_left, stay_id=stay_id, moment=moment, seen_last="yard", how_known="a note")
        case DepartureKind.DEATH:
            register.perform(
                endings.record_death,
                stay_id=stay_id,
                moment=moment,
                place="hospital",
                certified_by="Dr. K.",
                family_told="brother",
            )
        case _:
            register.perform(
                endings.record_release,
                stay_id=stay_id,
                moment=moment,
                authority="Court",
                order_number="12/26",
                order_date=moment.on,
            )


def _brought_in(register: Register, programme: ProgrammeId, folder: Path) -> dict[Case, Destination | None]:
    """What becomes of the same cases in a file."""
    lines = ["stay id,person id,nationality,arrived,departed,departure kind,destination"]
    for number, (kind, country, nationality) in enumerate(ALL):
        said = "" if kind is DepartureKind.NOT_RECORDED else kind.value.replace("_", " ")
        lines.append(f"S{number},P{number},{nationality or ''},2026-01-01,2026-02-01,{said},{country or ''}")
    file = folder / "stays.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    found = read_stays(read_table(file), zone=register.facility.zone)
    register.perform(bring_in, programme_id=programme, read=found)
    with register.read() as snapshot:
        kept = snapshot.connection.execute(
            select(Stay.source_key, Stay.departure_kind, Stay.destination).where(Stay.source_key.is_not(None))
        ).all()
    by_key = {row.source_key: row for row in kept}
    assert [by_key[f"S{number}"].departure_kind for number in range(len(ALL))] == [
        kind_under(Regime.OPEN, kind) for kind, _, _ in ALL
    ]
    return {case: by_key[f"S{number}"].destination for number, case in enumerate(ALL)}


def test_what_is_typed_and_what_comes_with_a_file_is_grouped_alike_in_every_case(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    assert len(ALL) == 165
    brought_in = _brought_in(register, programme, tmp_path)
    typed = dict(_typed(register, programme))
    assert len(typed) == 99
    assert {case: (found, brought_in[case]) for case, found in typed.items() if found is not brought_in[case]} == {}


@pytest.mark.parametrize(
    ("kind", "country", "nationality", "group"),
    [
        (DepartureKind.ONWARD_RESETTLEMENT, None, "AF", Destination.NOT_RECORDED),
        (DepartureKind.REMOVAL, None, "AF", Destination.NOT_RECORDED),
        (DepartureKind.VOLUNTARY_RETURN, None, "AF", Destination.NOT_RECORDED),
        (DepartureKind.TRANSFER_OF_CUSTODY, None, "AF", Destination.NOT_RECORDED),
        (DepartureKind.TRANSFER_OF_CUSTODY, "US", "AF", Destination.PARTNER),
        (DepartureKind.BACK_TO_PARTNER, None, "AF", Destination.PARTNER),
        (DepartureKind.ONWARD_RESETTLEMENT, "CA", None, Destination.NOT_RECORDED),
        (DepartureKind.ONWARD_RESETTLEMENT, "US", None, Destination.PARTNER),
        (DepartureKind.ESCAPE, None, "AF", Destination.NOT_RECORDED),
        (DepartureKind.ESCAPE, "CA", "AF", Destination.THIRD_COUNTRY),
        (DepartureKind.DEATH, "CA", "AF", Destination.NOT_RECORDED),
        (DepartureKind.STAY_GRANTED, "CA", "AF", Destination.HOST),
        (DepartureKind.VOLUNTARY_RETURN, "US", "US", Destination.COUNTRY_OF_ORIGIN),
        (DepartureKind.BACK_TO_PARTNER, "US", "US", Destination.PARTNER),
        (DepartureKind.NOT_RECORDED, None, "AF", Destination.NOT_RECORDED),
    ],
)
def test_worked_examples(kind: DepartureKind, country: str | None, nationality: str | None, group: Destination) -> None:
    assert destination_of(kind, country, Origins("US", nationality)) is group


def test_a_country_of_destination_that_nobody_knows_is_said_and_can_be_told(tmp_path: Path) -> None:
    path = tmp_path / "stays.csv"
    path.write_text(
        "case no,surname,arrived,departed,destination country\n"
        "1,Noori,2026-05-01,2026-05-03,Wakanda\n2,Sok,2026-05-01,2026-05-03,Namibia\n3,Gjoni,2026-05-01,2026-05-03,-\n"
        "4,Hoti,2026-05-01,2026-05-03,origin\n"
    )
    zone = ZoneInfo("Europe/Belgrade")
    found = read_stays(read_table(path), zone=zone)
    to = [(line.destination, line.destination_country, line.destination_place) for line in found.lines]
    origin = Destination.COUNTRY_OF_ORIGIN
    assert to == [(None, None, "Wakanda"), (None, "NA", ""), (None, None, ""), (origin, None, "")]
    doubted = [(each.column, each.value) for line in found.lines for each in line.doubts if each.column is not None]
    assert doubted == [("destination country", "Wakanda")]
    (asked,) = (each for each in found.questions if each.about == "destination_country:Wakanda")
    assert not asked.is_open
    told = read_stays(read_table(path), zone=zone, answers=Answers(values={"destination country:wakanda": "UG"}))
    assert (told.lines[0].destination_country, told.lines[0].destination_place, told.lines[0].doubts) == ("UG", "", ())
    coded = tmp_path / "coded.csv"
    coded.write_text(path.read_text().replace("Wakanda", "AF").replace("Namibia", "NA").replace("origin", "SY"))
    codes = [line.destination_country for line in read_stays(read_table(coded), zone=zone).lines]
    assert codes == ["AF", "NA", None, "SY"]
