"""The rows of the register extract: each stay once, in the order of arrival, as it is printed."""

from datetime import date

import pytest
from sqlalchemy import event

from models.ids import ProgrammeId
from models.queries import extract
from models.rules.birth import BirthDate
from models.rules.extract import ExtractRow
from models.rules.papers import Imprint
from models.rules.vocabulary import DepartureKind
from models.store.register import Register
from reports import extract as paper
from tests import builders


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    """Three people with four stays, one of them under another programme."""
    us = builders.programme(register)
    uk = builders.programme(register, "UK-RETURN")
    gul = builders.resident(
        register,
        "K-0012",
        family_name="Ahmadzai",
        given_names="Gul",
        sort_name="ahmadzai gul",
        birth=BirthDate.parse("~1979"),
        nationality="AF",
    )
    numbered = builders.resident(register, "K-0013")
    zainab = builders.resident(register, "K-0014", given_names="Zainab", sort_name="zainab")
    builders.stay(register, zainab, us, date(2026, 10, 1))
    builders.stay(register, gul, us, date(2026, 6, 26), date(2026, 7, 1), departure_kind=DepartureKind.VOLUNTARY_RETURN)
    builders.stay(register, gul, uk, date(2026, 10, 1))
    builders.stay(register, numbered, us, date(2026, 9, 20), date(2026, 9, 20))
    return us


def _rows(register: Register, **wanted: object) -> list[ExtractRow]:
    with register.read() as snapshot:
        return list(extract.rows(snapshot, **wanted))  # type: ignore[arg-type]


def test_a_row_is_a_stay_as_the_paper_wants_it(register: Register, programme: ProgrammeId) -> None:
    rows = _rows(register)
    assert rows[0] == ExtractRow(
        number="K-0012",
        name="Ahmadzai, Gul",
        born="~1979",
        nationality="AF",
        arrived_on=date(2026, 6, 26),
        departed_on=date(2026, 7, 1),
        nights=5,
        kind="voluntary_return",
    )
    assert rows[1] == ExtractRow("K-0013", "", None, None, date(2026, 9, 20), date(2026, 9, 20), 0, "not_recorded")
    assert rows[3].name == "Zainab"
    assert (rows[3].nights, rows[3].kind) == (51, None)  # from 1 October to 21 November
    assert paper.draw(rows, Imprint(language="sq", facility="North")).startswith(b"%PDF")


def test_stays_stand_in_the_order_of_arrival_and_then_of_names(register: Register, programme: ProgrammeId) -> None:
    assert [row.number for row in _rows(register)] == ["K-0012", "K-0013", "K-0012", "K-0014"]


@pytest.mark.parametrize(
    ("from_on", "until_on", "numbers"),
    [
        (date(2026, 7, 1), None, ["K-0012", "K-0013", "K-0014"]),  # who left on the first day is there
        (date(2026, 7, 2), None, ["K-0013", "K-0014"]),
        (None, date(2026, 6, 26), []),  # who came on the first day after it is not
        (None, date(2026, 6, 27), ["K-0012"]),
        (date(2026, 9, 20), date(2026, 9, 21), ["K-0013"]),
    ],
)
def test_a_period_keeps_the_stays_that_touch_it(
    register: Register, programme: ProgrammeId, from_on: date | None, until_on: date | None, numbers: list[str]
) -> None:
    rows = _rows(register, programme_id=programme, from_on=from_on, until_on=until_on)
    assert [row.number for row in rows] == numbers


def test_all_is_read_by_one_statement(register: Register, programme: ProgrammeId) -> None:
    statements: list[str] = []
    with register.read() as snapshot:
        event.listen(snapshot.connection, "before_cursor_execute", lambda *told: statements.append(told[2]))
        assert len(extract.rows(snapshot)) == 4
    assert len(statements) == 1
