"""What is said of a report that comes back, where the program that drew it was another one than today's."""

from datetime import date
from pathlib import Path

import pytest

from models.actions import months
from models.exchange import door, returned_papers
from models.rules.papers import Choice
from models.rules.time import Month
from models.rules.vocabulary import Role
from models.store.register import Register
from reports import monthly, verifying
from reports.enclosed import examined
from tests import builders
from tests.actions import leavers
from ui.papers.catalogue import MONTHLY_REPORT

OCTOBER = Month(2026, 10)
OTHERWISE = "It is not what was issued under that number."


@pytest.fixture
def register(register: Register) -> Register:
    """The report of October was issued in English."""
    leavers.at_desk(register, Role.SUPERVISOR)
    programme = builders.programme(register)
    builders.stay(register, builders.resident(register, "K-1"), programme, date(2026, 10, 3))
    register.perform(months.issue, programme_id=programme, month=OCTOBER, language="en", draw=monthly.draw_issued)
    return register


def _judged(register: Register, content: bytes) -> list[str]:
    report = examined(content)
    known = returned_papers.known_report(register, programme=report.programme, number=report.number)
    return [fault.text for fault in verifying.with_register(content, known).faults]


def _drawn(register: Register, *, draft: bool = False) -> door.Ready:
    chosen = {Choice.PROGRAMME: 1, Choice.MONTH: OCTOBER} | ({Choice.DRAFT: True} if draft else {})
    return door.drawn(register, MONTHLY_REPORT, language="sq", chosen=chosen)


def test_a_copy_that_an_earlier_konak_drew_otherwise_is_known_by_the_trail_once_it_has_left(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, kept = _drawn(register), tmp_path / "copy.pdf"
    assert _judged(register, copy.content) == []
    monkeypatch.setattr(verifying, "draw_issued", lambda *_: b"drawn otherwise")
    assert _judged(register, copy.content) == [OTHERWISE]
    door.save(register, copy, kept)
    assert _judged(register, kept.read_bytes()) == []
    assert OTHERWISE in _judged(register, kept.read_bytes().replace(b"/KonakSeal", b"/KonakSeaL"))


def test_a_draft_that_left_is_no_report_that_was_issued_and_says_so_without_a_register(
    register: Register, tmp_path: Path
) -> None:
    draft, kept = _drawn(register, draft=True), tmp_path / "draft.pdf"
    door.save(register, draft, kept)
    assert _judged(register, kept.read_bytes()) == [OTHERWISE]
    said = [each.text for each in verifying.alone(kept.read_bytes()).says]
    assert "It is a draft: nothing was issued of it." in said
