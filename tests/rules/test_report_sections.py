"""The sections of the monthly report: how they are chosen, and what goes along with a report of some of them."""

import json
from dataclasses import replace

import pytest

from models.errors import Refused
from models.rules.figures import MonthFigures
from models.rules.issuing import differences, revised
from models.rules.report_sections import (
    DECLARED,
    USUAL,
    ChosenSection,
    checked_sections,
    chosen,
    left_out,
    resolved,
    written,
)
from models.rules.small_counts import NOT_GIVEN, NOT_IN_REPORT, shown_month, shown_text
from models.rules.vocabulary import ReportSection
from reports import monthly
from tests.reports import samples
from tests.reports.test_monthly import ISSUE


def test_every_section_is_declared_and_the_usual_ones_tell_of_nobody_by_number() -> None:
    assert set(DECLARED) == set(ReportSection)
    assert all(each.counts_only for each in chosen(()))
    assert ReportSection.ANNEXES not in {each.section for each in USUAL}


def test_what_is_written_is_what_was_chosen() -> None:
    sections = ("movement", "limits", "plans:counts", "annexes")
    assert [each.counts_only for each in chosen(sections)] == [True, False, True, False]
    assert written(chosen(sections)) == sections
    assert written(USUAL) == ()
    assert resolved(()) == tuple(map(str, USUAL))
    assert "limits:counts" in resolved(())
    assert str(ChosenSection(ReportSection.SEX, counts_only=True)) == "sex", "it can tell of nobody, so it says nothing"


@pytest.mark.parametrize(
    ("sections", "says"),
    [
        (("movement", "weather"), "no section of this name"),
        (("movement", "limits", "limits:counts"), "named twice"),
        (("presence", "claim"), "movement proves"),
    ],
)
def test_a_choice_that_makes_no_report_is_refused(sections: tuple[str, ...], says: str) -> None:
    with pytest.raises(Refused, match=says):
        checked_sections(sections)


def test_a_choice_is_kept_tidy_and_the_usual_one_as_none() -> None:
    assert checked_sections((" Movement", "CLAIM ")) == ("movement", "claim")
    assert checked_sections(tuple(map(str, USUAL))) == ()


def test_what_no_section_shows_goes_along_with_the_report_nowhere() -> None:
    figures = samples.whole(sections=("movement", "claim"))
    shown = shown_month(figures)
    assert shown.present_by_nationality == shown.length_present == shown.roll_by_night == NOT_IN_REPORT
    assert (shown.admissions, shown.claim) == (7, figures.claim)
    told = json.loads(shown_text(figures))
    assert told["present_by_sex"]["text"] == NOT_IN_REPORT.text
    assert "AF" not in shown_text(figures)
    assert shown.digest != figures.digest
    for name in left_out(figures.heading.sections):
        assert name in MonthFigures.__dataclass_fields__ or name == "departures_by_kind", name


def test_all_figures_go_along_where_all_sections_are_there_and_where_an_earlier_konak_issued_them() -> None:
    for figures in (samples.whole(), samples.october()):
        assert shown_text(figures) == figures.to_json()
        assert shown_month(figures).digest == figures.digest


def test_an_earlier_month_is_read_and_written_to_the_byte_and_has_none_of_what_came_later() -> None:
    text = samples.october().to_json()
    for name in ("sections", "addressee", "bank_details", "tallies", "listed", "last_month", "corrected"):
        assert f'"{name}"' not in text
    assert MonthFigures.from_json(text).to_json() == text
    whole = samples.whole(sections=("movement", "limits", "annexes"))
    assert MonthFigures.from_json(whole.to_json()) == whole


@pytest.mark.parametrize("language", ["en", "sr"])
def test_where_small_counts_are_hidden_the_further_sections_say_the_same_whatever_is_in_them(language: str) -> None:
    hiding = samples.whole(sections=("movement", "selection", "limits", "plans", "children", "annexes", "corrections"))
    hiding = replace(hiding, heading=replace(hiding.heading, small_count=5))
    other = replace(hiding, tallies=(), listed=(), last_month=None)
    other = replace(other, corrected=tuple(replace(each, changed=("admissions",)) for each in hiding.corrected))
    assert hiding.digest != other.digest
    assert shown_text(hiding) == shown_text(other)
    assert shown_month(hiding).tallies == NOT_GIVEN
    papers = [monthly.draw_issued(each, language, ISSUE) for each in (hiding, other)]
    assert papers[0] == papers[1]


def test_of_the_further_sections_a_month_differs_by_what_it_was_issued_with_and_not_by_how_things_stand() -> None:
    before = samples.whole()

    def changed(name: str, key: str, n: int) -> MonthFigures:
        tallies = tuple(
            replace(each, counts=tuple((k, n if k == key else v) for k, v in each.counts))
            if each.name == name
            else each
            for each in before.tallies
        )
        return replace(before, tallies=tallies)

    assert differences(before, changed("absences", "begun", 4)) == ("absences",)
    assert differences(before, changed("limits", "soon", 3)) == ("limits",)
    assert differences(before, changed("plans", "ready", 9)) == ()
    assert differences(before, changed("quality", "sex", 9)) == ("quality",)
    assert differences(before, changed("safeguards", "deaths", 1)) == ("safeguards",)
    fewer = replace(before, tallies=tuple(replace(each, counts=each.counts[1:]) for each in before.tallies))
    assert differences(fewer, before) == (), "a line that came later was not there to differ"
    assert differences(samples.october(), before) == ()


def test_a_wrong_address_can_be_put_right_by_a_revision() -> None:
    before = samples.whole()
    after = replace(before, heading=replace(before.heading, bank_details="IBAN XK05 0000"))
    assert revised(before, after, "The account was wrong") == ()
    with pytest.raises(Refused, match="Nothing has changed"):
        revised(before, before, "No reason")
