"""The report of a period: the months as they were issued, and in words which are not what they were."""

import re
from datetime import UTC, date, datetime

from models.actions import months, stays
from models.clock import FixedClock
from models.exchange import door
from models.rules.birth import BirthDate
from models.rules.papers import Choice
from models.rules.time import Moment, Month
from models.rules.vocabulary import Role, Sex
from models.store.register import Register
from reports import monthly
from tests import builders
from tests.actions import leavers
from tests.reports import pdf_text
from ui.papers.catalogue import PERIOD_REPORT


def _text(register: Register, **days: date) -> str:
    chosen = {Choice.PROGRAMME: 1, **{Choice(name): day for name, day in days.items()}}
    return pdf_text.text(door.drawn(register, PERIOD_REPORT, language="en", chosen=chosen).content)


def test_a_period_says_which_months_are_not_issued_revised_or_no_longer_as_issued(
    register: Register, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
    leavers.at_desk(register, Role.SUPERVISOR)
    programme = builders.programme(register)
    stay = builders.stay(register, builders.resident(register, "K-1"), programme, date(2026, 8, 30))

    def issue(month: int, reason: str = "") -> None:
        register.perform(
            months.issue, programme_id=programme, month=Month(2026, month), language="en", draw=monthly.draw_issued,
            reason=reason,
        )  # fmt: skip

    for month in (8, 9):
        issue(month)
    said = _text(register)
    assert "Not issued, so as the register has it now: October 2026." in said
    assert "Draft – not every month is issued" in said
    issue(10)
    said = _text(register)
    assert "Each month is as it was issued; the period is their sum." in said
    assert "0 + 1 − 0 = 1: the period balances." in said
    assert "63" in said  # nights: 2 in August, 30, 31
    register.perform(stays.correct, stay_id=stay, arrived=Moment(date(2026, 9, 2)), reason="the gate book")
    said = _text(register)
    assert "No longer as it was issued, and not revised yet: August 2026, September 2026, October 2026." in said
    issue(9, "the gate book")
    said = _text(register)
    assert "Revised since it was issued first: September 2026." in said
    assert "The roll at the start is not that at the end of the month before: September 2026." in said
    assert "is not 1: see which month was put right since." in said
    only = _text(register, from_on=date(2026, 10, 1), until_on=date(2026, 10, 31))
    assert "From October 2026 to October 2026" in only
    assert "August" not in only


def test_a_period_is_drawn_in_danish_and_its_months_as_bars_beside_their_table(
    register: Register, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
    programme = builders.programme(register)
    builders.stay(register, builders.resident(register, "K-1"), programme, date(2026, 8, 30), date(2026, 10, 2))
    pdf = door.drawn(register, PERIOD_REPORT, language="da", chosen={Choice.PROGRAMME: programme}).content
    said = pdf_text.text(pdf)
    for words in ("Rapport for en periode", "Modtaget", "Indskrevne ved hver måneds udgang", "aug. sep. okt."):
        assert words in said, said


def test_a_period_divides_people_up_in_the_order_and_the_words_of_its_months(
    register: Register, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
    programme = builders.programme(register)
    for number, (country, year) in enumerate([("TR", 1950), ("AL", 2000), ("XXA", 2015), ("AL", 1990)]):
        who = builders.resident(
            register, f"K-{number}", nationality=country, birth=BirthDate(year, 2, 3), sex=Sex.FEMALE
        )
        builders.stay(register, who, programme, date(2026, 9, 1 + number), date(2026, 10, 2 + number))
    said = _text(register)
    assert re.search(r"Admissions by nationality Albania \S+ Stateless \S+ Türkiye", said), said
    assert re.search(r"Admissions by age 6–11 \S+ 25–39 \S+ 60 and over", said), said
