"""Dates as people write them: read where they are clear, and never guessed."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.births import read_birth
from models.exchange.clocks import read_clock
from models.exchange.dates import DayOrder, day_order, read_date, read_decimal
from models.exchange.moments import are_days, are_midnights, read_moment
from models.rules.birth import BirthDate
from models.rules.time import Moment
from models.text import Message, translator

BELGRADE = ZoneInfo("Europe/Belgrade")
DAY, MONTH, ANY, UNKNOWN = DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST, DayOrder.ANY, DayOrder.UNKNOWN
days = st.dates(date(1850, 1, 1), date(2200, 12, 31))


@given(days)
def test_every_form_of_a_date_gives_back_the_day(day: date) -> None:
    assert read_date(day.isoformat(), UNKNOWN) == day
    assert read_date(f"{day:%Y%m%d}", UNKNOWN) == day
    assert read_date(f"{day:%Y/%m/%d}", UNKNOWN) == day
    assert read_date(f"{day.isoformat()}T23:59:00Z", UNKNOWN) == day
    assert read_date(f"{day:%d-%m-%Y}", DAY) == day
    assert read_date(f"{day:%d/%m/%Y}", DAY) == day
    assert read_date(f"{day.day}.{day.month}.{day.year}.", DAY) == day
    assert read_date(f"{day.day}. {day.month}. {day.year}", UNKNOWN if day.day > 12 else DAY) == day
    assert read_date(f"{day:%m/%d/%Y}", MONTH) == day
    assert read_date(f"{day:%d %B %Y}", UNKNOWN) == day
    assert read_date(f"{day:%B %d, %Y}", UNKNOWN) == day
    assert read_date(f"{day:%d-%b-%Y}", UNKNOWN) == day
    assert read_date(day, UNKNOWN) == day
    assert read_date(datetime.combine(day, time(9, 5)), UNKNOWN) == day


@given(days, st.sampled_from("/-"))
def test_without_an_order_a_date_is_read_only_where_it_has_one_meaning(day: date, mark: str) -> None:
    for written in (f"{day:%d}{mark}{day:%m}{mark}{day:%Y}", f"{day:%m}{mark}{day:%d}{mark}{day:%Y}"):
        read = read_date(written, UNKNOWN)
        if day.day > 12 or day.day == day.month:
            assert read == day
        else:
            assert isinstance(read, Message)


@given(st.lists(days, min_size=1, max_size=30))
def test_a_column_s_order_is_found_or_asked_for_and_never_wrong(written: list[date]) -> None:
    for order, form in ((DAY, "%d/%m/%Y"), (MONTH, "%m/%d/%Y")):
        found = day_order("Date", [day.strftime(form) for day in written])
        if any(day.day > 12 for day in written):
            assert found is order
        elif any(day.day != day.month for day in written):
            assert found is UNKNOWN
        else:
            assert found is ANY


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    for order in DayOrder:
        assert isinstance(read_date(text, order), (date, Message))
        assert isinstance(read_moment(text, text, order, BELGRADE), (Moment, Message))
        read_birth(text, order)
    read_clock(text)
    read_decimal(text)
    day_order(text, [text])


@pytest.mark.parametrize(
    ("header", "values", "order"),
    [
        ("DOB (MM/DD/YYYY)", ["01/02/2000"], MONTH),
        ("Date of birth mm-dd-yyyy", [], MONTH),
        ("Fødselsdato (dd-mm-åååå)", ["01-02-2000"], DAY),
        ("Datum rođenja (DD.MM.GGGG)", ["01.02.2000"], DAY),
        ("Date", ["01/02/2000", "13/02/2000"], DAY),
        ("Date", ["01/02/2000", "02/13/2000"], MONTH),
        ("Date", ["13/02/2000", "02/13/2000", "01/02/2000"], UNKNOWN),
        ("Date", ["13/02/2000", "02/13/2000"], UNKNOWN),
        ("Date", ["1.2.2000"], ANY),
        ("Date", ["2.13.2000"], MONTH),
        ("Date", ["2000-01-02", "1968", "UNK", ""], ANY),
        ("Date", ["01/02/2000"], UNKNOWN),
        ("Comments", ["01/02/2000"], UNKNOWN),
    ],
)
def test_the_order_of_day_and_month(header: str, values: list[str], order: DayOrder) -> None:
    assert day_order(header, values) is order


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("14/02/2000", MONTH),
        ("02/14/2000", DAY),
        ("30/02/2000", DAY),
        ("2019-02-29", ANY),
        ("1/2/85", DAY),
        ("43266", ANY),
        ("12 Foo 1999", ANY),
        ("9999-12-31", ANY),
        ("0000-00-00", ANY),
        ("yesterday", ANY),
        ("2018-06-15-7", ANY),
        ("", ANY),
    ],
)
def test_what_is_no_date_is_a_sentence(written: str, order: DayOrder) -> None:
    read = read_date(written, order)
    assert isinstance(read, Message)
    assert "{" not in translator("en").render(read)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12 qershor 1985", date(1985, 6, 12)),
        ("12 kor 1985", date(1985, 7, 12)),
        ("12/6-1985", date(1985, 6, 12)),
        ("12. jun 1985.", date(1985, 6, 12)),
        ("12. јун 1985.", date(1985, 6, 12)),
        ("1. maj 1985", date(1985, 5, 1)),
        ("12. december 1985", date(1985, 12, 12)),
        ("۲۰۱۸-۰۶-۱۵", date(2018, 6, 15)),
    ],
)
def test_months_by_name_and_digits_of_other_scripts(written: str, day: date) -> None:
    assert read_date(written, UNKNOWN) == day


def test_a_spreadsheet_s_day_number_is_a_date_only_where_it_is_a_number() -> None:
    assert read_date(43266, ANY) == date(2018, 6, 15)
    assert isinstance(read_date(Decimal("43266.5"), ANY), Message)
    assert isinstance(read_date(12, ANY), Message)


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        ("2018-06-15", "23:34:35", Moment(date(2018, 6, 15), datetime(2018, 6, 15, 21, 34, 35, tzinfo=UTC))),
        ("2018-06-15", "", Moment(date(2018, 6, 15))),
        ("2018-06-15", "00:00", Moment(date(2018, 6, 15), datetime(2018, 6, 14, 22, 0, tzinfo=UTC))),
        ("2018-06-15 00:00:00", "", Moment(date(2018, 6, 15))),
        ("2018-06-15T23:34", "", Moment(date(2018, 6, 15), datetime(2018, 6, 15, 21, 34, tzinfo=UTC))),
        ("2018-06-15T23:34:00Z", "", Moment(date(2018, 6, 16), datetime(2018, 6, 15, 23, 34, tzinfo=UTC))),
        ("2018-06-15T20:34:00-05:30", "", Moment(date(2018, 6, 16), datetime(2018, 6, 16, 2, 4, tzinfo=UTC))),
        ("15.6.2018 11:34 PM", "", Moment(date(2018, 6, 15), datetime(2018, 6, 15, 21, 34, tzinfo=UTC))),
        (datetime(2018, 6, 15, 8, 0), "", Moment(date(2018, 6, 15), datetime(2018, 6, 15, 6, 0, tzinfo=UTC))),
        (date(2018, 6, 15), time(8, 0), Moment(date(2018, 6, 15), datetime(2018, 6, 15, 6, 0, tzinfo=UTC))),
    ],
)
def test_a_moment_is_known_to_the_minute_or_to_the_day(day: str | date, clock: str | time, moment: Moment) -> None:
    assert read_moment(day, clock, ANY, BELGRADE) == moment


@given(st.times().map(lambda clock: clock.replace(microsecond=0)))
def test_every_form_of_a_time_gives_it_back(clock: time) -> None:
    assert read_clock(clock.isoformat()) == clock
    assert read_clock(f"{clock:%I:%M:%S %p}") == clock
    assert read_clock(f"{clock:%H.%M}") == clock.replace(second=0)
    assert read_clock(clock) == clock
    fraction = Decimal(clock.hour * 3600 + clock.minute * 60 + clock.second) / 86_400
    assert read_clock(fraction) == clock


@pytest.mark.parametrize("written", ["24:00", "12:60", "13:00 PM", "morning", "7", ""])
def test_what_is_no_time_is_a_sentence(written: str) -> None:
    assert isinstance(read_clock(written), Message)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("98,5", "98.5"), ("87,0", "87.0"), ("12.5", "12.5"), ("7", "7"), ("1.234,5", "1234.5"), ("1,234.5", "1234.5"),
        ("-3,25", "-3.25"), ("1 234,5", "1234.5"), ("0,125", "0.125"), (Decimal("1.5"), "1.5"), (3, "3"),
    ],
)  # fmt: skip
def test_decimals_have_a_point_or_a_comma(written: str | Decimal | int, number: str) -> None:
    assert read_decimal(written) == Decimal(number)


@pytest.mark.parametrize("written", ["1,234", "1.234", "many", "", "1,2,3", "12e3"])
def test_a_number_that_can_be_two_is_not_guessed(written: str) -> None:
    assert isinstance(read_decimal(written), Message)


@pytest.mark.parametrize(
    ("written", "birth", "doubt"),
    [
        ("1984-07-19", "1984-07-19", ""),
        (date(1984, 7, 19), "1984-07-19", ""),
        ("1992-01-01", "1992-01-01", "1 January"),
        ("1961-02", "1961-02", "the month"),
        ("02/1961", "1961-02", "the month"),
        ("2003", "2003", "Only the year"),
        (1988, "1988", "Only the year"),
        ("--/--/1974", "1974", "Only the year"),
        ("XX.06.1974", "1974-06", "the month"),
        ("1974-??-??", "1974", "Only the year"),
        ("dd/mm/1974", "1974", "Only the year"),
        ("rođena 1974. godine", "1974", "Only the year"),
        ("i lindur më 3.6.1974", "1974-06-03", ""),
        ("f. 3/6-1974", "1974-06-03", ""),
        ("approx. 1968", "~1968", "estimate"),
        ("about 1968", "~1968", "estimate"),
        ("ca. 1968", "~1968", "estimate"),
        ("rreth 1968", "~1968", "estimate"),
        ("oko 1968.", "~1968", "estimate"),
        ("око 1968", "~1968", "estimate"),
        ("1968?", "~1968", "estimate"),
        ("1968 (approx.)", "~1968", "estimate"),
        ("about 12.3.1968", "~1968", "estimate"),
        ("1341 (solar)", "~1962", "Afghan solar year 1341"),
        ("۱۳۴۱ (solar)", "~1962", "Afghan solar year 1341"),
        ("1341 شمسی", "~1962", "Afghan solar year 1341"),
        ("1400 (solar)", "~2021", "Afghan solar year 1400"),
        ("1363-10 (solar)", "~1985", "Afghan solar year 1363"),
        ("1358/05/12 (solar)", "1979-08-03", "Converted from the date"),
        ("1358-01-01 (solar)", "1979-03-21", "first day of the solar year"),
    ],
)
def test_a_birth_date_keeps_what_was_known(written: str | date | int, birth: str, doubt: str) -> None:
    read = read_birth(written, ANY)
    assert read.birth == BirthDate.parse(birth)
    assert read.as_written == str(written)
    said = " ".join(translator("en").render(each) for each in read.doubts)
    assert doubt in said
    assert bool(said) is bool(doubt)


@pytest.mark.parametrize("written", ["UNK", "unknown", "none", "N/A", "-", "?", "nepoznato", "nuk dihet", "ukendt"])
def test_a_word_for_unknown_is_no_birth_date_and_no_riddle(written: str) -> None:
    read = read_birth(written, ANY)
    assert (read.birth, read.as_written, read.understood) == (None, written, True)


@pytest.mark.parametrize(
    "written", ["see file", "1341", "1363/05/12", "1358-13 (solar)", "1358-12-31 (solar)", "1700", "2/3/1990", "1990s"]
)
def test_a_birth_date_that_is_not_clear_is_left_to_a_person(written: str) -> None:
    read = read_birth(written, UNKNOWN)
    assert read.birth is None
    assert read.as_written == written
    assert not read.understood
    assert read.doubts


@pytest.mark.parametrize("written", ["17", "about 30", "age 17", "oko 30 godina", "rreth 30 vjeç", "ca. 30 år"])
def test_an_age_in_the_place_of_a_birth_is_called_so_and_what_is_advised_is_read(written: str) -> None:
    read = read_birth(written, ANY)
    said = translator("en").render(read.doubts[0])
    assert (read.birth, read.understood) == (None, False)
    assert "an age" in said
    assert read_birth(said.rpartition(": ")[2].rstrip("."), ANY).birth == BirthDate.parse("~1990")


@given(st.integers(1300, 1420))
def test_a_solar_year_becomes_the_year_in_which_most_of_it_lies(year: int) -> None:
    read = read_birth(f"{year} (solar)", ANY)
    assert read.birth == BirthDate(year + 621, about=True)


@given(days)
def test_a_birth_date_is_read_back_from_its_own_text(day: date) -> None:
    for birth in (
        BirthDate.exact(day),
        BirthDate(day.year, day.month),
        BirthDate(day.year),
        BirthDate(day.year, about=True),
    ):
        assert read_birth(str(birth), ANY).birth == birth


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("01-May-2026 14:30", "12:30"),
        ("1. maj 2026 kl. 14.30", "12:30"),
        ("1 maj 2026 në 14:30", "12:30"),
        ("petak, 1. maja 2026. u 14:30", "12:30"),
        ("1. мај 2026. 14:30", "12:30"),
        ("1er mai 2026 à 14h30", "12:30"),
        ("1 de mayo de 2026 2:30 p.m.", "12:30"),
        ("Friday, May 1st, 2026 2:30 PM", "12:30"),
        ("Fri May 01 14:30:00 CEST 2026", "12:30"),
        ("Fri May 01 2026 14:30:00 GMT+0200 (Central European Summer Time)", "12:30"),
        ("2026-05-01 10:30:00+02", "8:30"),
        ("2026-05-01 10:30:00.123456+0200", "8:30"),
        ("2026-05-01T08:30:00.000Z", "8:30"),
        ("2026-05-01 08:30 UTC", "8:30"),
        ("2026-05-01 09:30 CET", "8:30"),
        ("20260501T083000Z", "8:30"),
        ("\u200e2026-05-01 10:30", "8:30"),
        (Decimal("46143.4375"), "8:30"),
        ("2026-05-01T00:00:00", ""),
        ("2026-04-30T22:00:00.000Z", ""),
        ("Friday, 1 May 2026", ""),
        ("1. maj 2026. godine", ""),
        ("1/5-2026", ""),
        ("1 / 5 - 2026 kl. 14.30", "12:30"),
        ("2026–05–01 14:30", "12:30"),
        ("2026‑05‑01 1430hrs", "12:30"),
        ("2026 05 01 14:30 hrs.", "12:30"),
        ("1 maj 2026 noon", "10:00"),
        ("1. maj 2026. u podne", "10:00"),
        ("2026-04-30 24:00", "-22:00"),
        ("30 prill 2026 ora 24.00", "-22:00"),
        ("30. april 2026 kl. 24", "-22:00"),
    ],
)
def test_moments_of_all_programs_and_languages(written: str | Decimal, moment: str) -> None:
    hour, _, minute = moment.lstrip("-").partition(":")
    at = datetime(2026, 5, 1, int(hour), int(minute), tzinfo=UTC) if moment else None
    at = at - timedelta(days=1) if at is not None and moment.startswith("-") else at
    assert read_moment(written, "", UNKNOWN, BELGRADE) == Moment(date(2026, 5, 1), at)


@pytest.mark.parametrize(
    "written", ["2026-05-01 25:00", "2026-05-01 10:30 XYZ", "1. listopada 2026", "01-May-26", "before 1 May 2026"]
)
def test_what_is_no_moment_is_a_sentence(written: str) -> None:
    assert isinstance(read_moment(written, "", UNKNOWN, BELGRADE), Message)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)), st.sampled_from(["Europe/Belgrade", "America/New_York"])
)
def test_a_column_of_midnights_is_one_of_days_whichever_zone_wrote_it(day: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    local = datetime(day.year, day.month, day.day, tzinfo=zone)
    for written in (f"{local.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z", f"{local:%Y-%m-%d}T00:00:00Z"):
        assert are_days([written, ""], ANY, zone)
        assert read_moment(written, "", ANY, zone, days=True) == Moment(local.date())
    assert not are_days([f"{local:%Y-%m-%d}T00:00:00Z", "2026-05-01T10:12:00Z"], ANY, zone)


@pytest.mark.parametrize(
    ("written", "clock"), [(930, "9:30"), (Decimal("1405.0"), "14:05"), ("815", "8:15"), (100, "1:00")]
)
def test_a_time_that_lost_its_zero_to_a_spreadsheet_is_read(written: int | Decimal | str, clock: str) -> None:
    hour, _, minute = clock.partition(":")
    assert read_clock(written) == time(int(hour), int(minute))


@pytest.mark.parametrize("written", [True, 60, 2560, Decimal("93.5"), "9"])
def test_a_number_that_is_no_time_of_day_is_none(written: int | Decimal | str) -> None:
    assert isinstance(read_clock(written), Message)


@pytest.mark.parametrize("written", ["midnight", "12 midnight", "mesnatë", "u ponoć"])
def test_midnight_by_name_is_asked_for_in_figures_that_are_read(written: str) -> None:
    found = read_moment("2026-05-01", written, ANY, BELGRADE)
    assert isinstance(found, Message)
    assert "00:00" in translator("en").render(found)
    for advised, day in (("00:00", 1), ("24:00", 2)):
        at = datetime(2026, 5, day, tzinfo=BELGRADE).astimezone(UTC)
        assert read_moment("2026-05-01", advised, ANY, BELGRADE) == Moment(date(2026, 5, day), at)


@pytest.mark.parametrize("written", ["09:00-10:30", "09:00–10:00", "0900-1000", "8.30 - 11", "14:30-15:30"])
def test_a_span_of_time_is_no_time_of_another_zone(written: str) -> None:
    for day, clock in ((f"2026-05-01 {written}", ""), ("2026-05-01", written)):
        found = read_moment(day, clock, ANY, BELGRADE)
        assert isinstance(found, Message)
        assert "span" in translator("en").render(found)
        advised = translator("en").render(found).rpartition(": ")[2].rstrip(".")
        at = datetime(2026, 5, 1, 14, tzinfo=UTC)
        assert read_moment("2026-05-01", advised, ANY, BELGRADE) == Moment(date(2026, 5, 1), at)
    zoned = datetime(2026, 5, 1, 19, 30, tzinfo=UTC)
    assert read_moment("2026-05-01 14:30-05:00", "", ANY, BELGRADE) == Moment(date(2026, 5, 1), zoned)


@pytest.mark.parametrize(
    "written",
    [
        "2026-05-01T02:00-05:00",
        "2026-05-01T02:00-0500",
        "2026-05-01T0200-0500",
        "2026-05-01 02:00 -0500",
        "2026-05-01 02:00 -05:00",
        "2026-05-01 02:00-05",
        "01-May-2026 02:00-05",
        "2026-05-01 02:00:00-05:00",
    ],
)
def test_an_early_time_of_a_zone_far_in_the_west_is_no_span_of_time(written: str) -> None:
    at = datetime(2026, 5, 1, 7, tzinfo=UTC)
    assert read_moment(written, "", ANY, BELGRADE) == Moment(date(2026, 5, 1), at)


def test_a_zone_that_there_is_nowhere_is_none_behind_a_moment_either() -> None:
    assert isinstance(read_moment("2026-05-01T09:00-10:30", "", ANY, BELGRADE), Message)


@pytest.mark.parametrize("clock", ["-", "unknown", "nepoznato", "N/A"])
def test_a_time_of_day_that_nobody_knows_leaves_the_day(clock: str) -> None:
    assert read_moment("2026-05-01", clock, ANY, BELGRADE) == Moment(date(2026, 5, 1))
    assert are_midnights(["00:00", clock])


@pytest.mark.parametrize(
    ("written", "said"), [("46143.5", "day number"), ("1.5.'26", "two digits"), ("Jun-90", "two digits")]
)
def test_what_is_nearly_a_date_is_told_apart(written: str, said: str) -> None:
    found = read_date(written, DAY)
    assert isinstance(found, Message)
    assert said in translator("en").render(found)


def test_midnight_in_utc_is_a_moment_where_the_column_has_others() -> None:
    at = datetime(2026, 5, 5, tzinfo=UTC)
    assert read_moment("2026-05-05T00:00:00Z", "", ANY, BELGRADE) == Moment(date(2026, 5, 5), at)
    assert are_midnights(["00:00", "", time()])
    assert not are_midnights(["00:00", "09:00"])
    assert not are_midnights([""])


@pytest.mark.parametrize(
    ("written", "birth"),
    [
        ("1980-03-31T22:00:00.000Z", "1980-04-01"),
        ("1990-12-31T23:00:00.000Z", "1991-01-01"),
        ("1980-04-01T04:00:00Z", "1980-04-01"),
        ("1980-04-01T00:00:00+02:00", "1980-04-01"),
        ("1. aprila 1980. godine", "1980-04-01"),
    ],
)
def test_a_birth_that_was_written_as_an_instant_is_the_day_that_was_meant(written: str, birth: str) -> None:
    assert read_birth(written, ANY).birth == BirthDate.parse(birth)


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("2:30 pasdite", "14:30"),
        ("2.30 e pasdites", "14:30"),
        ("8 paradite", "8:00"),
        ("2:30 popodne", "14:30"),
        ("8:15 pre podne", "8:15"),
        ("2.30 по подне", "14:30"),
        ("8 formiddag", "8:00"),
        ("2:30 م", "14:30"),
        ("2:30 ÖS", "14:30"),
        ("kl. 8", "8:00"),
        ("kl 14", "14:00"),
        ("ora 14", "14:00"),
        ("u 8 sati", "8:00"),
        ("14 Uhr", "14:00"),
        ("14 часова", "14:00"),
        ("8 o'clock", "8:00"),
    ],
)
def test_hours_and_halves_of_the_day_are_read_as_people_write_them(written: str, clock: str) -> None:
    hour, _, minute = clock.partition(":")
    assert read_clock(written) == time(int(hour), int(minute))
    at = datetime(2026, 5, 1, int(hour), int(minute), tzinfo=BELGRADE)
    assert read_moment(f"1.5.2026 {written}", "", ANY, BELGRADE) == Moment.of(at.astimezone(UTC), BELGRADE)


@pytest.mark.parametrize("written", ["12:30 paradite", "14:30 popodne", "-14", "@ 8", "8 hov", "14 hrana", "kl", "2 m"])
def test_what_may_be_another_hour_or_none_is_not_guessed(written: str) -> None:
    assert isinstance(read_clock(written), Message)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("01.05.2026 (Fri)", None),
        ("01.05.2026 petak", None),
        ("1/5-2026, fre.", None),
        ("1.5.2026. пет 14:30", time(14, 30)),
        ("1 maj 2026, e premte, ora 14:30", time(14, 30)),
        ("2026-05-01 (Fri) 14:30", time(14, 30)),
    ],
)
def test_a_day_of_the_week_behind_the_date_says_nothing(written: str, moment: time | None) -> None:
    at = None if moment is None else datetime.combine(date(2026, 5, 1), moment, BELGRADE).astimezone(UTC)
    assert read_moment(written, "", ANY, BELGRADE) == Moment(date(2026, 5, 1), at)


@pytest.mark.parametrize(
    "written",
    ["2026-05-01 / 2026-06-01", "01.05.2026 - 09.05.2026", "1 May 2026 (2026-05-10)", "2026-05-01 or 1/6/2026"],
)
def test_of_several_dates_in_a_cell_none_is_taken(written: str) -> None:
    said = "More than one date stands here. Write one of them, as 2026-03-31."
    for found in (read_moment(written, "", ANY, BELGRADE), read_date(written, ANY), read_birth(written, ANY).doubts[0]):
        assert isinstance(found, Message)
        assert translator("en").render(found) == said
    assert read_birth(written, ANY).birth is None


@pytest.mark.parametrize("written", ["1990-02-03 Kabul", "3.2.1990 (not sure)", "3 Feb 1990 approx"])
def test_what_stands_behind_a_birth_is_said(written: str) -> None:
    found = read_birth(written, ANY)
    assert (found.birth, found.as_written) == (BirthDate(1990, 2, 3), written)
    assert [translator("en").render(doubt) for doubt in found.doubts] == [
        "Only the date is read of what stands here. Look at the rest."
    ]
    assert read_birth("1990-02-03 00:00:00", ANY).doubts == read_birth("1990-02-03T00:00:00Z", ANY).doubts == ()


@pytest.mark.parametrize("written", ["12.06.2026 (planned)", "2026-06-12 Kabul"])
def test_what_stands_behind_a_date_and_is_no_time_is_called_so(written: str) -> None:
    found = read_moment(written, "", ANY, BELGRADE)
    assert isinstance(found, Message)
    assert translator("en").render(found).startswith("Behind the date stands what is no time of day.")
