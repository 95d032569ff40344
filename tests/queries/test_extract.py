"""The register extract holds each stay that touches the period, once."""

from datetime import date

import pytest

from models.ids import ProgrammeId
from models.queries import extract
from models.rules.extract import ExtractRow
from models.rules.vocabulary import DepartureKind
from models.store.register import Register
from tests import builders


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    programme = builders.programme(register)
    other = builders.programme(register, "UK-RETURN")
    gul = builders.resident(register, "K-0001", family_name="Ahmadzai", given_names="Gul", nationality="AF")
    nobody = builders.resident(register, "K-0002")
    builders.stay(register, gul, programme, date(2026, 6, 26))
    builders.stay(register, nobody, programme, date(2026, 3, 1), date(2026, 3, 5))
    builders.stay(register, nobody, other, date(2026, 7, 1), date(2026, 7, 1))
    return programme


def _rows(register: Register, **chosen: object) -> list[ExtractRow]:
    with register.read() as reading:
        return list(extract.rows(reading, **chosen))  # type: ignore[arg-type]


def test_every_stay_stands_once_in_the_order_of_arrival(register: Register, programme: ProgrammeId) -> None:
    assert [(row.number, row.nights) for row in _rows(register)] == [("K-0002", 4), ("K-0001", 148), ("K-0002", 0)]


def test_a_person_without_a_name_stands_there_by_number(register: Register, programme: ProgrammeId) -> None:
    first, second, _third = _rows(register)
    assert first == ExtractRow(
        "K-0002", "", None, None, date(2026, 3, 1), date(2026, 3, 5), 4, DepartureKind.NOT_RECORDED
    )
    assert (second.name, second.nationality, second.departed_on, second.kind) == ("Ahmadzai, Gul", "AF", None, None)


def test_programme_and_period_narrow_it_by_what_touches_them(register: Register, programme: ProgrammeId) -> None:
    assert [row.number for row in _rows(register, programme_id=programme)] == ["K-0002", "K-0001"]
    assert [row.number for row in _rows(register, from_on=date(2026, 3, 6))] == ["K-0001", "K-0002"]
    assert [row.number for row in _rows(register, until_on=date(2026, 6, 25))] == ["K-0002"]
    assert [row.number for row in _rows(register, from_on=date(2026, 3, 5), until_on=date(2026, 3, 5))] == ["K-0002"]
