"""The numbers around the pages, and that Today is read once for the page and its badges."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from models.clock import FixedClock
from models.entities.absences import Absence
from models.queries import today as today_queries
from models.queries.counts import Counts, counts
from models.queries.needing import Item
from models.queries.today import Today
from models.rules.vocabulary import AbsenceKind
from models.store.register import Register
from models.store.snapshot import Snapshot
from tests import builders
from ui.today import latest


def test_the_numbers_are_those_of_now(register: Register) -> None:
    programme = builders.programme(register)
    first = builders.stay(register, builders.resident(register), programme, date(2026, 7, 1))
    builders.stay(register, builders.resident(register, "K-0013"), programme, date(2026, 7, 1), date(2026, 8, 1))
    builders.stay(register, builders.resident(register, "K-0014"), programme, date(2026, 7, 1))
    for start, end in ((date(2026, 7, 5), date(2026, 7, 9)), (date(2026, 11, 20), None)):
        row = Absence(stay_id=first, kind=AbsenceKind.LEAVE, from_on=start, due_back_on=start, until_on=end)
        register.perform(builders.put, row=row)
    with register.read() as snapshot:
        assert counts(snapshot) == Counts(on_roll=2, away=1, planned=0, undecided=0)


def test_today_is_read_again_only_when_something_has_changed_or_a_minute_has_passed(
    register: Register, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[Snapshot] = []
    real = today_queries.today

    def counted(snapshot: Snapshot, *, known: Sequence[Item]) -> Today:
        reads.append(snapshot)
        return real(snapshot, known=known)

    monkeypatch.setattr(today_queries, "today", counted)
    latest.forget()

    def look() -> int:
        with register.read() as snapshot:
            latest.today(snapshot)
            latest.reports_due(snapshot)
        return len(reads)

    assert (look(), look()) == (1, 1)
    builders.programme(register)
    assert (look(), look()) == (2, 2)
    clock.instant += timedelta(minutes=1)
    assert look() == 3
    latest.forget()
    assert look() == 4
    latest.forget()
