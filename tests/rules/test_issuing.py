"""When a month may be issued, and when it differs from what was issued."""

from dataclasses import replace
from datetime import date

import pytest

from models.errors import Refused
from models.rules.figures import ClaimLine, MonthFigures
from models.rules.issuing import check_over, differences, due_on, is_over, revised
from models.rules.time import Month
from tests.reports.samples import october

OCTOBER = Month(2026, 10)


@pytest.mark.parametrize(("today", "over"), [(date(2026, 10, 31), False), (date(2026, 11, 1), True)])
def test_a_month_is_over_and_can_be_issued_from_the_day_after_its_last_on(today: date, over: bool) -> None:
    assert is_over(OCTOBER, today) is over
    if over:
        check_over(OCTOBER, today)
    else:
        with pytest.raises(Refused, match="not over"):
            check_over(OCTOBER, today)


def test_a_report_is_owed_by_the_day_of_the_next_month_that_is_agreed() -> None:
    assert due_on(OCTOBER, 10) == date(2026, 11, 10)
    assert due_on(Month(2026, 12), 1) == date(2027, 1, 1)


def _claiming(figures: MonthFigures, *lines: ClaimLine) -> MonthFigures:
    assert figures.claim is not None
    return replace(figures, claim=replace(figures.claim, lines=lines))


def test_figures_and_own_lines_differ_and_neither_the_wording_nor_corrections_of_other_months_do() -> None:
    figures = october()
    assert figures.claim is not None
    (own, *_) = figures.claim.lines
    other = replace(own, correction_of="2026-09")
    assert differences(_claiming(figures, own), _claiming(figures, own, other)) == ()
    assert differences(_claiming(figures, own), _claiming(figures, replace(own, nights=own.nights + 1))) == ("claim",)
    renamed = replace(figures, heading=replace(figures.heading, partner="Somebody else"), cut_off=date(2026, 10, 9))
    assert differences(figures, renamed) == ()
    assert differences(figures, replace(figures, admissions=figures.admissions + 1)) == ("admissions",)


def test_a_revision_that_only_corrects_another_month_is_issued_and_one_without_any_change_or_reason_is_not() -> None:
    figures = october()
    assert figures.claim is not None
    correcting = _claiming(figures, *figures.claim.lines, replace(figures.claim.lines[0], correction_of="2026-09"))
    assert revised(figures, correcting, "September was corrected") == ()
    with pytest.raises(Refused, match="Nothing has changed"):
        revised(figures, figures, "again")
    with pytest.raises(Refused, match="Say why"):
        revised(figures, correcting, "  ")
