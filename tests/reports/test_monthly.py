"""The monthly report: what it says, how it holds at the edges, and that nothing on it is cut."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from models.rules.figures import Claim, ClaimLine, Issue, LengthFigures, MonthFigures, PlaceFigures
from models.rules.money import Payment, claim
from models.rules.papers import Imprint
from models.rules.time import Month
from models.rules.vocabulary import AbsencesRule, CountingRule, PaymentKind, PlacesRule
from models.text import LANGUAGES, Translator, translator
from reports import monthly
from reports import type as lettering
from reports.page import BOTTOM, HEIGHT, LEFT, RIGHT, Furniture, Strip, Text, flow, head_height
from tests.builders import per_night
from tests.reports import pdf_text, samples

ISSUE = Issue(
    month=Month(2026, 10),
    revision=2,
    issued_on=date(2026, 11, 12),
    trail_head="7f3a" + "0" * 56 + "c19e",
    issued_by="A. Berisha",
    changed=(),
)


def imprint(figures: MonthFigures, language: str, **more: Any) -> Imprint:
    heading = figures.heading
    return Imprint(language=language, facility=heading.facility, letterhead=heading.letterhead, **more)


def issued_pdf(figures: MonthFigures, language: str = "en", issue: Issue = ISSUE) -> bytes:
    printed = {"trail_head": issue.trail_head, "printed_by": "A. Berisha", "printed_at": datetime(2026, 11, 12, 14, 5)}
    return monthly.draw(figures, imprint(figures, language, **printed), issue)


def draft_pdf(figures: MonthFigures, language: str = "en") -> bytes:
    return monthly.draw(figures, imprint(figures, language))


def issued(figures: MonthFigures, language: str = "en") -> str:
    return pdf_text.text(issued_pdf(figures, language))


def draft(figures: MonthFigures, language: str = "en") -> str:
    return pdf_text.text(draft_pdf(figures, language))


def with_heading(figures: MonthFigures, **changes: Any) -> MonthFigures:
    return replace(figures, heading=replace(figures.heading, **changes))


def test_the_first_page_says_what_the_drawing_says() -> None:
    (first, *_) = pdf_text.pages(issued_pdf(samples.october()))
    for words in (
        "Republic of Kosovo · Ministry of Internal Affairs",
        "Report US-2025 / 2026-10 r2",
        "Replaces 2026-10 · issued 12 Nov 2026",
        "Monthly report, October 2026",
        "Programme US-2025: Temporary relocation of up to 50 persons in one year. "
        "For the Government of the United States of America.",
        "Counting rule: a person-night is counted for each person on the roll at midnight; "
        "the day of departure is not counted. Nights of absence are counted. Times are local (Europe/Belgrade).",
        "1 Movement",
        "On the roll on 1 October 2026, 00:00 32 Admitted 7 Departed 4 On the roll on 1 November 2026, 00:00 35",
        "32 + 7 − 4 = 35: balances with the daily roll on all 31 nights.",
        "Came and left on the same day: 1. Emergency arrivals still to be put in order: 1.",
        "2 Presence by night",
        "person-nights 1,046 · average 33.74 · highest at midnight 36 on 21 Oct · places 50",
        "3 Places under the agreement",
        "Admitted since 11 June 2026 (limit 50) 45",
        "Places left until 10 June 2027 2",
        "4 Departures by kind and destination",
        "Assisted voluntary return 2 2 Onward resettlement 1 1 Back to the partner 1 1 All 2 1 1 4",
        "5 Length of stay of those present",
        "Persons 2 6 12 13 2 0 0 0 35",
        "Nights: median 84, mean 80.5, longest 201. Past the limit of stay: 1 person (days past: 2). "
        "Reviews held 11, due and not held 0.",
        "6 Cost claim",
        "1,046 person-nights at €41.00 €42,886.00",
        "Correction to September 2026: −2 person-nights at €41.00 −€82.00",
        "Claimed €42,804.00",
        "Register head 7f3a…c19e · figures",
        "No names: numbers only",
        "Printed by A. Berisha, 12 Nov 2026 14:05",
        "1 / 3",
    ):
        assert words in first, words


def test_the_following_pages_divide_people_up_and_list_the_nights() -> None:
    pages = pdf_text.pages(issued_pdf(samples.october()))
    text = " ".join(pages[1:])
    for words in (
        "7 By nationality",
        "Afghanistan 4 3 20 Nigeria 1 0 4 Stateless 0 0 1 Vietnam 2 1 9 Not known 0 0 1 All 7 4 35",
        "8 By sex",
        "Female 2 0 10 Male 5 4 25 All 7 4 35",
        "9 By age group",
        "0–5 0 0 2",
        "10 Departures by country of destination",
        "Afghanistan 2 Canada 1 United States 1 All 4",
        "11 Length of stay of those departed",
        "12 Roll by night",
        "21 Oct 2026 36",
        "Sum of all nights: 1,046.",
        "Legal basis Arrangement on the temporary relocation",
        f"Figures, SHA-256 {samples.october().digest}",
        ISSUE.trail_head,
    ):
        assert words in text, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_figures_give_the_same_bytes(language: str) -> None:
    assert issued_pdf(samples.october(), language) == issued_pdf(samples.october(), language)


def test_other_figures_give_another_paper_with_another_hash() -> None:
    one, other = samples.october(), samples.october(person_days=1051)
    assert one.digest[-4:] in issued(one)
    assert other.digest[-4:] in issued(other)
    assert one.digest != other.digest


def test_a_draft_says_so_on_every_page_and_an_issued_report_nowhere() -> None:
    drafted = pdf_text.pages(draft_pdf(samples.october()))
    assert all("Draft – not issued" in page for page in drafted)
    assert "Draft" not in issued(samples.october())


def test_figures_that_do_not_balance_are_never_issued_and_a_draft_says_it() -> None:
    wrong = samples.october(departures=5)
    with pytest.raises(ValueError, match="balance"):
        issued_pdf(wrong)
    assert "32 + 7 − 5 against 35: does not balance. This report cannot be issued." in draft(wrong)


def test_no_name_but_who_printed_it_stands_on_the_paper() -> None:
    text = issued(samples.october())
    assert text.count("Berisha") == len(pdf_text.pages(issued_pdf(samples.october())))
    assert "Printed by" not in draft(samples.october())


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (CountingRule.NIGHTS, "the day of departure is not counted"),
        (CountingRule.DAYS, "each day from arrival to departure is counted, both of them included"),
        (CountingRule.NIGHTS_MIN_ONE, "who comes and leaves on one day is counted for that night"),
    ],
)
def test_each_counting_rule_is_stated_in_words(rule: CountingRule, words: str) -> None:
    text = draft(with_heading(samples.october(), counting_rule=rule))
    assert words in text
    assert ("person-days at" in text) is (rule is CountingRule.DAYS)


@pytest.mark.parametrize(
    ("rule", "first", "words"),
    [
        (AbsencesRule.ALWAYS, None, "Nights of absence are counted."),
        (AbsencesRule.NEVER, None, "Nights of absence are not counted."),
        (AbsencesRule.FIRST, 1, "Of each absence the first night is counted."),
        (AbsencesRule.FIRST, 3, "Of each absence the first 3 nights are counted."),
    ],
)
def test_each_absences_rule_is_stated_in_words(rule: AbsencesRule, first: int | None, words: str) -> None:
    assert words in draft(with_heading(samples.october(), absences_rule=rule, absences_first=first))


@pytest.mark.parametrize("month", [Month(2027, 2), Month(2028, 2), Month(2026, 4), Month(2026, 12)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_of_28_to_31_nights_in_which_nobody_was_there(month: Month, language: str) -> None:
    text, tr = draft(samples.empty(month), language), translator(language)
    balance = tr.plural(
        "{start} + {admitted} − {departed} = {end}: balances with the daily roll on the one night.",
        "{start} + {admitted} − {departed} = {end}: balances with the daily roll on all {n} nights.",
        month.nights,
        start=0,
        admitted=0,
        departed=0,
        end=0,
    )
    assert str(month.nights) in balance
    assert balance in text
    for said in (
        "Nobody departed.",
        "Nobody is past the limit of stay.",
        "The agreement sets no number of places.",
        "The agreement names no payment; nothing is claimed.",
    ):
        assert tr(said) in text


def test_a_month_that_still_runs_says_so_and_leaves_the_coming_nights_open() -> None:
    roll = (*samples.october().roll_by_night[:20], *[0] * 11)
    running = samples.october(cut_off=date(2026, 10, 21), roll_by_night=roll, person_nights=sum(roll))
    text = draft(running)
    assert "The month is not over: events before 21 Oct 2026 are counted." in text
    assert "On the roll on 21 October 2026, 00:00" in text
    assert "balances with the daily roll on all 20 nights" in text
    assert "21 Oct 2026 –" in text


def test_places_of_each_kind() -> None:
    def places(**changes: Any) -> str:
        base = PlaceFigures(PlacesRule.CONCURRENT, 300, None, None, 287, 0, 13)
        return draft(samples.october(places=replace(base, **changes)))

    assert "Most on the roll at a midnight of the month (limit 300) 287 Places left 13" in places()
    assert "Accepted and not yet arrived 4" in places(held=4)
    assert "Beyond the places of the agreement 2" in places(left=-2)
    since = places(rule=PlacesRule.CUMULATIVE, window_start=None, window_end=date(2027, 6, 10))
    assert "Places left until 10 June 2027" in since


def test_numbers_of_seven_digits_and_sixty_countries_have_room() -> None:
    pages = pdf_text.pages(draft_pdf(samples.huge(), "sr"))
    text = " ".join(pages)
    assert "1.234.567" in text
    assert "1.234.567.891,20" in text
    assert f"1 / {len(pages)}" in pages[0]
    head = translator("sr")("Nationality")
    assert sum(head in page for page in pages) > 1, "the head of a table stands again on the next page"


def test_many_length_bands_are_listed_downwards() -> None:
    bounds = tuple(range(10, 260, 10))
    many = LengthFigures(bounds, (1,) * 26, Decimal(130), Decimal("130.0000"), 300)
    text = draft(samples.october(length_present=many))
    assert "Nights Persons 0–10 1 11–20 1" in text


def test_no_place_shows_a_small_count_or_gives_it_away() -> None:
    text = draft(with_heading(samples.october(), small_count=5))
    for said in (
        "Counts of 1 to 4 are not shown exactly, nor what would give them away.",
        "On the roll on 1 October 2026, 00:00 32 Admitted not shown Departed not shown "
        "On the roll on 1 November 2026, 00:00 35",
        "Who came and went is shown only where it gives no small count away. "
        "The figures behind balance with the daily roll on all 31 nights.",
        "Emergency arrivals still to be put in order: <5.",
        "The roll by night is not given: it would give small counts away.",
        "person-nights 1,046 · average 33.74 · places 50",
        "Person-days, both ends counted: not shown. Counted by the rule of this agreement: 1,046.",
        "Admitted since 11 June 2026 (limit 50) not shown Accepted and not yet arrived <5",
        "Places left until 10 June 2027 not shown",
        "4 Departures by kind and destination Not divided up: it would give small counts away.",
        "Lengths of stay are not given: they could be followed from month to month.",
        "Past the limit of stay: <5. Reviews held 5 or more, due and not held 0.",
        "Nationality On the roll at the end Afghanistan 20 Nigeria <5 Stateless <5 Vietnam 9 Not known <5 All 35",
        "Sex On the roll at the end Female 10 Male 25 All 35",
        "Claimed €42,804.00",
    ):
        assert said in text, said
    for hidden in ("longest", "median", "days past", "same day", "21 Oct"):
        assert hidden not in text, hidden


def test_of_few_people_neither_nights_nor_money_are_told() -> None:
    few = samples.october(on_roll_at_start=3, admissions=1, departures=1, on_roll_at_end=3, roll_by_night=(3,) * 31,
                          person_nights=93, counted=93, average=Decimal(3), present_by_sex=(("M", 3),))  # fmt: skip
    text = draft(with_heading(few, small_count=5))
    assert "On the roll on 1 November 2026, 00:00 <5" in text
    assert "By sex On the roll at the end" not in text
    assert "By sex Fewer than 5 persons: not divided up." in text
    assert "The claim is not given here: it would give small counts away." in text
    for told in ("nights 93", "average", "€"):
        assert told not in text, told


def test_where_few_are_there_at_the_end_alone_nights_are_claimed_but_not_those_of_a_rate_of_few_nights() -> None:
    going = samples.october(on_roll_at_end=3, roll_by_night=(*(32,) * 30, 3), person_nights=963, counted=963)
    text = draft(with_heading(going, small_count=5))
    assert "person-nights 963" in text
    assert "Claimed" in text
    parts = Claim("EUR", (ClaimLine(960, Decimal(41), Decimal(39360)), ClaimLine(3, Decimal(45), Decimal(135))),
                  Decimal(39495), 0)  # fmt: skip
    text = draft(with_heading(replace(going, claim=parts), small_count=5))
    assert "The claim is not given here: it would give small counts away." in text, "a rate of one night tells its roll"


def several() -> MonthFigures:
    """October with every kind of payment, in five currencies, and corrections."""
    first = date(2026, 1, 1)
    payments = [
        per_night("12.345", first),
        Payment(PaymentKind.PERSON_DAY, Decimal("0.125"), first, currency="ALL"),
        Payment(PaymentKind.PLACE_NIGHT, Decimal("17.355"), date(2026, 10, 11), places=300, purpose="Wing B"),
        Payment(PaymentKind.YEAR, Decimal(15_000_000), date(2024, 5, 23)),
        Payment(PaymentKind.QUARTER, Decimal(90_000), first, due_on=date(2026, 1, 15), currency="DKK"),
        Payment(PaymentKind.MONTH, Decimal("1250.5"), first, currency="RSD"),
        Payment(PaymentKind.ONCE, Decimal(250_000), date(2026, 10, 31), currency="JPY"),
    ]
    corrections = [
        ClaimLine(-2, Decimal("12.345"), Decimal("-24.69"), "2026-09", PaymentKind.PERSON_NIGHT, "EUR"),
        ClaimLine(-1, Decimal(90_000), Decimal(-90_000), "2026-07", PaymentKind.QUARTER, "DKK"),
    ]
    counts = {PaymentKind.PERSON_NIGHT: [34] * 30 + [26], PaymentKind.PERSON_DAY: [35] * 31}
    month = Month(2026, 10)
    return samples.october(claim=claim(counts, month.first, month.end, payments, corrections=corrections))


def test_every_kind_of_payment_has_a_line_and_every_currency_a_total() -> None:
    text = draft(several())
    for line in (
        "1,046 person-nights at €12.345 €12,912.87",
        "1,085 person-days at ALL 0.125 ALL 135.63",
        "21 nights of 300 places held ready, each at €17.355 (Wing B) €109,336.50",
        "€15,000,000.00 for each year: 31 of its 365 days €1,273,972.60",
        "DKK 90,000.00 for each quarter, due in this month DKK 90,000.00",
        "RSD 1,250.50 for each month: 31 of its 31 days RSD 1,250.50",
        "Single sum of JP¥250,000 JP¥250,000",
        "Correction to September 2026: −2 person-nights at €12.345 −€24.69",
        "Claimed in EUR €1,396,197.28",
        "Claimed in DKK DKK 0.00",
        "Claimed in JPY JP¥250,000",
    ):
        assert line in text, line


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_printed_lines_of_a_currency_add_up_to_its_printed_total(language: str) -> None:
    figures, tr = several(), translator(language)
    text = draft(figures, language).replace("\N{NO-BREAK SPACE}", " ")
    at = text.index(tr("Cost claim"))
    assert figures.claim is not None
    for total in figures.claim.totals:
        printed = Decimal(0)
        for line in figures.claim.lines:
            said = tr.money(line.amount, total.currency).replace("\N{NO-BREAK SPACE}", " ")
            if line.currency == total.currency:
                assert said in text[at:]
                printed += line.amount
        assert tr.money(printed, total.currency).replace("\N{NO-BREAK SPACE}", " ") in text[at:]
        assert printed == total.amount


def test_of_few_people_fixed_sums_are_told_and_days_beside_nights_are_not() -> None:
    few = samples.october(on_roll_at_start=1, admissions=0, departures=0, on_roll_at_end=1, roll_by_night=(1,) * 31,
                          person_nights=31, counted=31, average=Decimal(1))  # fmt: skip
    whole = several().claim
    assert whole is not None
    fixed = replace(whole, lines=tuple(line for line in whole.lines if not line.is_by_person))
    assert "15,000,000.00" in draft(with_heading(replace(few, claim=fixed), small_count=5))
    for claimed in (whole, replace(whole, lines=whole.lines[:1]), replace(whole, lines=whole.lines[-2:])):
        text = draft(with_heading(replace(few, claim=claimed), small_count=5))
        assert "It is settled apart from this report." in text
        assert "€" not in text
    both = draft(with_heading(samples.october(claim=replace(whole, lines=whole.lines[:2])), small_count=5))
    assert "It is settled apart from this report." in both, "days less nights are those who left"


def busy(**changes: Any) -> MonthFigures:
    """A month in which so many come and go that nothing is given away by telling how many."""
    return with_heading(
        samples.october(
            on_roll_at_start=40,
            admissions=60,
            departures=65,
            start_by_age=samples.ages(from_25=40),
            present_by_nationality=(("AF", 35),),
            admissions_by_nationality=(("AF", 60),),
            departures_by_nationality=(("AF", 65),),
            present_by_sex=(("M", 35),),
            admissions_by_sex=(("M", 60),),
            departures_by_sex=(("M", 65),),
            present_by_age=samples.ages(from_25=35),
            admissions_by_age=samples.ages(from_25=60),
            departures_by_age=samples.ages(from_25=65),
            **changes,
        ),
        small_count=3,
    )


def test_a_matrix_with_small_counts_is_shown_by_its_kinds_alone() -> None:
    departures = (("voluntary_return", "country_of_origin", 32), ("removal", "country_of_origin", 30),
                  ("removal", "third_country", 2), ("escape", "not_recorded", 1))  # fmt: skip
    figures = busy(departures_by=departures)
    text = draft(figures)
    assert "Admitted 60 Departed 65" in text
    assert "Nationality Admitted Departed On the roll at the end Afghanistan 60 65 35" in text
    assert "Kind Persons Assisted voluntary return 3 or more Removal 3 or more Escape <3 All 65" in text
    assert "Departures by country of destination Not divided up: it would give small counts away." in text
    assert "Removal 30 2 32" in draft(with_heading(figures, small_count=0))


def test_a_revision_of_what_is_partly_hidden_does_not_say_which_figures_it_changed() -> None:
    hiding = with_heading(samples.october(), small_count=5)
    paper = pdf_text.text(issued_pdf(hiding, issue=replace(ISSUE, changed=("departures", "claim"))))
    assert "Corrects the month. Which figures changed is not said: it would give small counts away." in paper
    assert "Corrects:" not in paper


def test_the_hash_on_paper_is_of_what_is_shown_so_no_guess_can_be_tried_against_it() -> None:
    hiding = with_heading(samples.october(), small_count=5)
    other = replace(hiding, admissions=8, departures=5)
    assert hiding.digest != other.digest
    assert draft_pdf(hiding) == draft_pdf(other), "papers that show the same are the same"
    assert hiding.digest not in draft(hiding)


def test_small_counts_are_shown_where_the_agreement_hides_none() -> None:
    assert "<" not in issued(samples.october())


def test_a_letter_without_a_shape_is_written_by_its_number_and_not_left_out() -> None:
    assert "Centre [U+1F600]" in draft(with_heading(samples.october(), facility="Centre 😀"))
    assert "केंद्र" in pdf_text.poppler(draft_pdf(with_heading(samples.october(), facility="केंद्र")))


class Wordy(Translator):
    """A language whose words are half as long again as the English ones."""

    def __call__(self, text: str, /, **values: Any) -> str:
        said = super().__call__(text, **values)
        return " ".join(word + "eisse"[: (len(word) + 1) // 2] if word.isalpha() else word for word in said.split(" "))


def laid_out(figures: MonthFigures, monkeypatch: pytest.MonkeyPatch) -> list[list[tuple[float, Strip]]]:
    """The pages of a report with long words, before they are drawn."""
    caught: list[tuple[Sequence[Strip], Furniture]] = []

    def catch(strips: Sequence[Strip], furniture: Furniture, *, tr: Translator) -> bytes:
        caught.append((strips, furniture))
        return b""

    monkeypatch.setattr(monthly, "draw_paper", catch)
    monkeypatch.setattr(monthly, "enclose", lambda drawn, _enclosed: drawn)
    monkeypatch.setattr("reports.terms.translator", Wordy)
    draft_pdf(figures, "sq")
    ((strips, furniture),) = caught
    return flow(strips, top=head_height(furniture))


def ends(text: Text) -> tuple[float, float]:
    wide = lettering.width(text.text, text.size, bold=text.bold)
    left = text.x - {"left": 0.0, "right": wide, "centre": wide / 2}[text.align]
    return left, left + wide


@pytest.mark.parametrize(
    "make",
    [samples.october, samples.huge, lambda: samples.huge(small_count=5), lambda: samples.empty(Month(2027, 2))],
    ids=["october", "huge", "huge-small", "empty"],
)
def test_nothing_is_cut_and_nothing_lies_over_another_even_in_a_wordy_language(
    make: Callable[[], MonthFigures], monkeypatch: pytest.MonkeyPatch
) -> None:
    for page in laid_out(make(), monkeypatch):
        for top, strip in page:
            assert top + strip.height <= BOTTOM < HEIGHT
            texts = [mark for mark in strip.marks if isinstance(mark, Text) and mark.text]
            for text in texts:
                left, right = ends(text)
                assert left >= LEFT - 0.01, text
                assert right <= RIGHT + 0.01, text
                assert 0 < text.y <= strip.height + 1, text
            for line in {text.y for text in texts}:
                spans = sorted(ends(text) for text in texts if text.y == line)
                assert all(before[1] <= after[0] for before, after in pairwise(spans)), strip


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Corrects: Person-nights; Cost claim"), ("sq", "Ky version ndreq: Netë-persona;"), ("sr", "Ispravlja: ")],
)
def test_a_revision_names_what_it_changed(language: str, said: str) -> None:
    paper = issued_pdf(samples.october(), language, replace(ISSUE, changed=("person_nights", "claim")))
    assert said in pdf_text.pages(paper)[0]
    assert said.split(":")[0] not in issued(samples.october(), language)


def test_why_a_month_is_issued_again_stands_on_the_first_page() -> None:
    before = samples.whole(person_nights=1044)
    issue = replace(ISSUE, reason="The gate book came later", before=before, changed=("person_nights",))
    first, *others = pdf_text.pages(issued_pdf(samples.whole(), "en", issue))
    assert "Issued again, because: The gate book came later" in first
    assert not any("The gate book came later" in page for page in others)
