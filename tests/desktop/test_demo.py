"""The demonstration: who is in it, what it shows, and that it is the same for the same date."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop.demo import chapters
from desktop.demo.build import PASSPHRASE, build
from models.clock import FixedClock
from models.queries import issued_months, programmes, today
from models.queries.needing import Need
from models.rules.time import Month
from models.rules.vocabulary import DepartureKind
from models.store import trail
from models.store.opening import open_register
from models.store.register import Register
from tests.conftest import NOON
from tests.covering import LONG
from tests.entries import entries


@pytest.fixture(scope="module")
def register(demonstration: Path) -> Iterator[Register]:
    with open_register(demonstration, passphrase=PASSPHRASE, person="A. Berisha", clock=FixedClock(NOON)) as opened:
        yield opened


def _rows(register: Register, statement: str) -> list[tuple[object, ...]]:
    with register.read() as snapshot:
        return [tuple(row) for row in snapshot.connection.exec_driver_sql(statement)]


def test_as_many_people_are_in_each_programme_as_are_told_of(register: Register) -> None:
    people = _rows(
        register,
        "SELECT p.code, count(DISTINCT s.resident_id) FROM stays s JOIN programmes p ON p.id = s.programme_id "
        "GROUP BY p.code",
    )
    assert dict(people) == {"US-2025": 47, "UK-RETURN": 12, "DK-GJILAN": 120, "LIYA-2021": 300}  # type: ignore[arg-type]
    candidates = "SELECT count(*) FROM candidates c JOIN programmes p ON p.id = c.programme_id WHERE p.code = 'US-2025'"
    assert _rows(register, candidates) == [(64,)]


def test_every_way_to_leave_is_taken(register: Register) -> None:
    kinds = {
        row[0] for row in _rows(register, "SELECT DISTINCT departure_kind FROM stays WHERE departed_on IS NOT NULL")
    }
    assert kinds == {kind.value for kind in DepartureKind} - {DepartureKind.NOT_RECORDED.value}


def test_today_has_something_of_every_kind_that_the_page_knows(register: Register) -> None:
    with register.read() as snapshot:
        needs = Counter(item.need for item in today.today(snapshot).items)
    for need in (
        Need.LIMIT_PASSED,
        Need.AWAY_OVERDUE,
        Need.EMERGENCY,
        Need.REVIEW_LATE,
        Need.REVIEW_DUE,
        Need.DEPARTURE_BLOCKED,
        Need.DEPARTURE_READY,
        Need.NO_PROSPECT,
        Need.ARRIVAL,
        Need.SELECTION,
        Need.ARRIVAL_OPEN,
    ):
        assert needs[need] > 0, need
    assert needs[Need.ARRIVAL_OPEN] == 1, "of those who came before, nothing is asked"


def test_people_have_families_scripts_and_refusals_reasons(register: Register) -> None:
    assert _rows(register, "SELECT count(*) > 20 FROM families") == [(1,)]
    scripts = {
        chr(ord(str(row[0])[0]) & ~0xFF)
        for row in _rows(register, "SELECT own_script FROM residents WHERE own_script <> ''")
    }
    assert {"\u0600", "\u0400"} <= scripts
    assert _rows(register, "SELECT count(*) FROM candidate_decisions WHERE outcome = 'refused' AND reason = ''") == [
        (0,)
    ]


def test_every_month_of_every_programme_is_issued_and_balances(register: Register) -> None:
    with register.read() as snapshot:
        for row in programmes.rows(snapshot):
            issued = issued_months.issued(snapshot, row.id)
            assert issued[-1].month == Month(2026, 10)
            assert all(issued_months.stored_figures(snapshot, each.id).balances for each in issued)
        revised = issued_months.issued(snapshot, programmes.of_code(snapshot, "DK-GJILAN"), Month(2026, 4))
    assert [each.revision for each in revised] == [1, 2]


def test_the_papers_of_last_month_lie_beside_the_register(demonstration: Path) -> None:
    papers = sorted((demonstration / "reports").iterdir())
    assert [paper.name for paper in papers] == [
        "DK-GJILAN-2026-10.pdf",
        "LIYA-2021-2026-10.pdf",
        "UK-RETURN-2026-10.pdf",
        "US-2025-2026-10.pdf",
    ]
    assert "Monthly report, October 2026" in PdfReader(papers[-1]).pages[0].extract_text()


def test_the_trail_of_the_whole_story_is_one_chain(register: Register) -> None:
    previous = trail.START
    with register.read() as snapshot:
        for entry in entries(snapshot.connection):
            assert entry["previous_hash"] == previous, entry["number"]
            assert entry["hash"] == trail.link(previous, entry["header"]), entry["number"]
            previous = entry["hash"]


def _told(folder: Path, day: int) -> tuple[list[str], list[tuple[object, ...]]]:
    """The figures and the people of a demonstration; the papers also name the trail of their own register."""
    clock = FixedClock(datetime(2027, 3, day, 7, 0, tzinfo=UTC))
    build(folder, clock=clock, told=[chapters.united_kingdom])
    with open_register(folder, passphrase=PASSPHRASE, person="A. Berisha", clock=clock) as register:
        digests = [str(row[0]) for row in _rows(register, "SELECT figures_hash FROM issued_months ORDER BY id")]
        people = _rows(
            register, "SELECT number, family_name, given_names, birth, nationality FROM residents ORDER BY id"
        )
    return digests, people


@pytest.mark.long
def test_the_same_date_gives_the_same_people_and_figures(tmp_path: Path) -> None:
    """And another date others: that it counts is tried by `KONAK_LONG=1`."""
    first = _told(tmp_path / "a", 1)
    assert _told(tmp_path / "b", 1) == first
    if LONG:
        assert _told(tmp_path / "c", 2) != first
