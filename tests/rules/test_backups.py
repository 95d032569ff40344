"""Which backups are kept, and when one is owed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from models.rules.backups import is_owed, is_too_old, kept, name_of, time_of

ZONE = ZoneInfo("Europe/Belgrade")
TIMES = st.sets(st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(microsecond=0)))


@given(TIMES)
def test_the_newest_is_never_removed_and_no_more_than_23_are_kept(made: set[datetime]) -> None:
    stays = kept(made)
    assert stays <= made
    assert len(stays) <= 7 + 4 + 12
    assert not made or max(made) in stays


@given(TIMES)
def test_each_of_the_last_days_weeks_and_months_keeps_its_newest(made: set[datetime]) -> None:
    stays = kept(made)
    for most, span in (
        (7, lambda at: at.date()),
        (4, lambda at: at.isocalendar()[:2]),
        (12, lambda at: (at.year, at.month)),
    ):
        for each in sorted({span(at) for at in made}, reverse=True)[:most]:
            assert max(at for at in made if span(at) == each) in stays


@given(TIMES)
def test_removing_and_then_making_another_keeps_what_removing_once_would(made: set[datetime]) -> None:
    assert kept(kept(made)) == kept(made)


def test_a_year_of_daily_backups() -> None:
    """Up to a Thursday, so that the seventh day is kept for itself and not as the last of its week."""
    made = {datetime(2026, 11, 19, 6) - timedelta(days=days) for days in range(365)}
    stays = sorted(kept(made), reverse=True)
    assert [at.day for at in stays[:8]] == [19, 18, 17, 16, 15, 14, 13, 8]
    assert len(stays) == 7 + 2 + 11  # two of four Sundays and one of twelve months are among the seven days


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)).map(lambda at: at.replace(microsecond=0)))
def test_a_name_tells_its_time(at: datetime) -> None:
    assert time_of(name_of(at)) == at


def test_no_other_name_is_taken_for_a_backup() -> None:
    for name in ("konak-2026-11-21.konak", "konak-2026-1-21-060000.konak", "report.pdf", "konak-2026-11-21-060000.zip"):
        assert time_of(name) is None


def test_a_backup_is_owed_once_its_time_has_passed_and_missed_times_are_made_up() -> None:
    noon = datetime(2026, 11, 21, 12, 0, tzinfo=ZONE)
    assert is_owed("12:00", None, noon)
    assert is_owed("12:00", noon - timedelta(hours=24), noon)
    assert not is_owed("12:00", noon, noon + timedelta(hours=3))
    assert not is_owed("12:00", noon - timedelta(hours=23), noon - timedelta(minutes=1))
    assert is_owed("12:00", noon - timedelta(days=2), noon - timedelta(hours=4))
    assert not is_owed("", None, noon)


def test_two_days_without_a_backup_are_too_long() -> None:
    now = datetime(2026, 11, 21, 12, 0, tzinfo=ZONE)
    assert is_too_old(None, now)
    assert is_too_old(now - timedelta(hours=49), now)
    assert not is_too_old(now - timedelta(hours=48), now)
