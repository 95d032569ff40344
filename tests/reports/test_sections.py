"""The whole monthly report: its first page, its sections in the order that was chosen, and what goes along with it."""

from dataclasses import replace

import pytest

from models.rules.report_sections import DECLARED
from models.rules.vocabulary import ReportSection
from models.rules.wording import word
from models.text import LANGUAGES, translator
from tests.reports import pdf_text, samples
from tests.reports.test_monthly import ISSUE, draft_pdf, issued_pdf

ALL = tuple(section.value for section in ReportSection)
"""Every section, by number where it can."""


def test_the_first_page_tells_the_month_in_a_minute() -> None:
    (first, *_) = pdf_text.pages(issued_pdf(samples.whole()))
    for words in (
        "To: Department of State Bureau of Population, Refugees and Migration "
        "From: Ministry of Internal Affairs Luan Haradinaj Street, Prishtina "
        "Ref.: Arrangement of 11 June 2025 · claim US-2025 claim 2026-10 r2 · annexes: 2",
        "35",
        "3 more than at the start",
        "1,046",
        "7 / 4",
        "2 × Assisted voluntary return, 1 × Onward resettlement, 1 × Back to the partner",
        "45 of 50",
        "3 held, 2 left, until 10 Jun 2027",
        "2 reach it within 30 days",
        "What changed since September 2026",
        "Admitted 7 (9) · Departed 4 (2) · Person-nights 1,046 (980); in brackets September 2026.",
        "Report 2026-09 r2 of 9 Oct 2026 corrects an earlier one: Admitted; Cost claim.",
        "The claim of September 2026 is corrected by −€82.00, which stands in the claim of this report.",
        "What needs a decision",
        "1 person is past the limit of stay, by 2 days: an extension or a departure is to be decided.",
        "2 persons reach the limit of stay within 30 days.",
        "2 planned departures are held up. What is missing most often: Travel document.",
        "4 candidates wait for a decision.",
        "1 person is away and overdue.",
        "1 emergency arrival is still to be put in order.",
    ):
        assert words in first, words


def test_the_sections_say_what_was_counted_and_by_number_only_where_that_was_chosen() -> None:
    text = pdf_text.text(issued_pdf(samples.whole(sections=ALL)))
    for words in (
        "Proposed in this month 12 Accepted 5 On hold 1 Withdrawn 0 Refused 3 Refused: Unaccompanied child 1 "
        "Refused: for a reason of its own 2 Not decided at the end of the month 4",
        "From a proposed list 5 Emergency arrivals 1 On no list 1 "
        "Of these, people who had been here before under this programme 1",
        "Children 2 0 5 Unaccompanied children 1 0 1",
        "Nights of absence 9 Away at the end of the month 2 Of these, overdue 1 Left on their own 0",
        "Number Away since Back by Nights K-0009 28 Oct 2026 30 Oct 2026 4",
        "Past the limit of stay 1 Reach it within 30 days 2 Reach it within 31 to 60 days 4 No limit is set 3",
        "K-0007 29 Oct 2026 2 K-0012 26 Nov 2026 26",
        "Ready to leave 1 Steps still to do 3 Something stands in the way 2 On the roll without a plan 29",
        "Still missing: Travel document 4",
        "K-0003 Assisted voluntary return, 5 Dec 2026: still missing: Travel document",
        "Reviews that fell due 12 Reviews held 11 Reviews late at the end of the month 0 Limits extended 2",
        "Checks before departure recorded, without the sealed ones 14 Departures with all required checks 4",
        "Counts of the house held 62 Escapes 0 Left on their own 0 Deaths 0",
        "Diet 6 Interpreter 3",
        "Claimed €42,804.00 To be paid to Central Bank, IBAN XK05 1212 0123 4567 8906",
        "2026-09 r2, issued 9 Oct 2026 Admitted; Cost claim",
        "On the roll, born on 1 January: doubtful 3",
        "K-0005 2 Oct 2026 9 Oct 2026 7 All 38",
        "Annex 3 Everybody who was there in the month, by number",
        "Place and date",
        "Name and office",
        "Stamp",
    ):
        assert words in text, words
    assert "K-0" not in pdf_text.text(issued_pdf(samples.whole())), "in counts alone nobody stands by number"


def test_sections_stand_in_the_order_that_was_chosen_and_no_others() -> None:
    text = pdf_text.text(
        issued_pdf(samples.whole(sections=("claim", "movement", "needs")), issue=replace(ISSUE, revision=1))
    )
    places = [text.index(title) for title in ("1 Cost claim", "2 Movement", "3 Needs", "What these figures stand on")]
    assert places == sorted(places)
    for absent in ("Presence by night", "highest at midnight", "By nationality"):
        assert absent not in text[: text.index("What these figures stand on")], absent


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_has_its_title_in_every_language_and_nothing_is_cut(language: str) -> None:
    tr = translator(language)
    text = pdf_text.text(draft_pdf(samples.whole(sections=ALL), language))
    for section in DECLARED:
        assert tr.render(word(section)) in text, section
    for said in ("Annexes", "Signature", "Stamp", "What needs a decision"):
        assert tr(said) in text


def test_a_month_in_which_nothing_was_counted_says_so_in_each_section() -> None:
    quiet = replace(samples.whole(), tallies=(), corrected=(), last_month=None, past_limit=(), emergencies=0)
    text = pdf_text.text(draft_pdf(quiet))
    assert "What needs a decision Nothing needs a decision." in text
    assert "No earlier report was corrected." in text
    assert "Nobody on the roll has a need that may be told." in text
    assert "Nothing was counted." in text
