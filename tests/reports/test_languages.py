"""The report in each of its languages, and in two side by side."""

from datetime import date
from decimal import Decimal
from gettext import GNUTranslations
from typing import Any

import pytest
from babel.messages.pofile import read_po

from models.errors import Refused
from models.rules.sorting import sort_key
from models.rules.time import Month
from models.sides import in_line, pair, short, side, sides
from models.text import REPORT_LANGUAGES, choices_of, message, translator
from reports import terms
from tests import report_texts
from tests.reports import pdf_text, samples
from tests.reports.test_monthly import issued_pdf
from ui.papers.catalogue import MONTHLY_REPORT, REGISTER_EXTRACT


def test_every_text_of_a_report_is_in_danish_and_no_other_is() -> None:
    """`python -m tests.report_texts` gathers what is new; then it is to be translated."""
    with report_texts.CATALOGUE.open("rb") as file:
        known = {(each.context or "", each.id if isinstance(each.id, str) else each.id[0]): each
                 for each in read_po(file, locale="da") if each.id}  # fmt: skip
    wanted = report_texts.gathered()
    assert known.keys() == wanted.keys()
    for key, many in wanted.items():
        said = known[key].string
        forms = [said] if isinstance(said, str) else [*(said or ())]
        assert all(forms), key
        assert len(forms) == (2 if many else 1), key


def test_no_report_asks_for_a_text_that_danish_has_not(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()

    def gettext(self: GNUTranslations, text: str, say: Any = GNUTranslations.gettext) -> str:
        asked.add(text.rpartition("\x04")[2])
        return str(say(self, text))

    monkeypatch.setattr(GNUTranslations, "gettext", gettext)
    typed = set()
    for figures in (samples.october(), samples.whole(), samples.empty(Month(2026, 2)), samples.huge(small_count=5)):
        issued_pdf(figures, "da")
        typed |= {figures.heading.title, figures.heading.partner, figures.heading.legal_basis}
    assert len(asked) > 100
    assert asked - typed <= {one for _, one in report_texts.gathered()}


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_a_report_is_in_its_language_from_the_title_to_the_foot(language: str) -> None:
    pdf = issued_pdf(samples.october(), language)
    text, tr = pdf_text.text(pdf), translator(language)
    for said in (
        tr("Monthly report, {month}", month=tr.month(date(2026, 10, 1))),
        tr("Presence by night"),
        tr.country("AF"),
        tr("No names: numbers only"),
        tr.number(1046).replace("\xa0", " "),
    ):
        assert said in text
    assert str(pdf_text.reader(pdf).root_object["/Lang"]) == tr.locale.replace("_", "-")
    if language != "en":
        for english in ("Presence", "nights", "Departed", "Country", "Printed"):
            assert english not in text


def test_danish_writes_dates_numbers_and_money_as_danes_do() -> None:
    text = pdf_text.text(issued_pdf(samples.october(), "da"))
    for said in ("11. juni 2026", "21. okt.", "12. nov. 2026", "42.886,00 €", "Vietnam 2 1 9", "Opholdsdage"):
        assert said in text, said


def test_danish_sorts_its_own_letters_last() -> None:
    names = ["Østrig", "Algeriet", "Ægypten", "Åland", "Zambia"]
    assert sorted(names, key=lambda name: sort_key(name, "da")) == ["Algeriet", "Zambia", "Ægypten", "Østrig", "Åland"]


def test_serbian_in_cyrillic_sorts_by_its_alphabet() -> None:
    assert sort_key("Ђорђе", "cyr") < sort_key("Егише", "cyr") < sort_key("Шабан", "cyr")


@pytest.mark.parametrize("languages", ["en+sq", "da+cyr"])
def test_two_languages_stand_side_by_side_and_each_figure_once(languages: str) -> None:
    pdf = issued_pdf(samples.october(), languages)
    text = pdf_text.text(pdf)
    first, second = map(translator, languages.split("+"))
    for tr in (first, second):
        for words in ("Movement", "Admitted", "Legal basis", "Counted from arrival to departure."):
            assert tr(words) in text
        assert tr("Monthly report, {month}", month=tr.month(date(2026, 10, 1))) in text
        assert tr.country("VN") in text
    assert text.count(first.money(Decimal("42804.00"), "EUR").replace("\xa0", " ")) == 1
    assert not {"\ufdd0", "\ufdd1", "\ufdd2"} & set(text), "no sign of a pair is drawn"
    assert str(pdf_text.reader(pdf).root_object["/Lang"]) == first.locale.replace("_", "-")
    assert pdf == issued_pdf(samples.october(), languages)


def test_each_language_gets_its_own_side_of_what_is_put_into_a_sentence() -> None:
    tr = translator("en+da")
    said = tr("Issued {date}", date=date(2026, 12, 5))
    assert sides(said) == ("Issued 5 Dec 2026", "Udstedt 5. dec. 2026")
    told = tr("Corrects: {what}", what="; ".join([tr("Admitted"), tr.number(1046)]))
    assert sides(told) == ("Corrects: Admitted; 1,046", "Retter: Modtaget; 1.046")
    assert sides(tr.render(message("Issued again, because: {reason}", reason=message("Sex")))) == (
        "Issued again, because: Sex",
        "Udstedt igen, fordi: Køn",
    )
    assert tr.join([tr("Sex"), tr("Country")]) == pair("Sex, Country", "Køn, Land")
    assert tr("Partner") == "Partner", "what both say alike is said once"


def test_a_number_and_a_date_are_written_as_the_first_language_does_where_there_is_room_for_one() -> None:
    tr = translator("en+da")
    assert short(tr.number(1046)) == "1,046"
    assert short(tr("Sex")) == in_line(tr("Sex")) == "Sex / Køn"
    assert side("plain", 1) == "plain"


@pytest.mark.parametrize(
    ("official", "spoken", "language"),
    [("cyr", ("sr",), "cyr"), ("sr", ("sr",), "sr"), ("sq", ("fa", "sr"), "sq+sr"), ("cyr", ("vi",), "cyr+en")],
)
def test_a_paper_says_nothing_twice_to_who_reads_its_language_in_another_script(
    official: str, spoken: tuple[str, ...], language: str
) -> None:
    assert terms.with_own(official, spoken)("Born") == terms.translator_of(language)("Born")


def test_what_can_be_had_in_which_language_is_said_by_the_paper() -> None:
    assert "da+en" in choices_of(MONTHLY_REPORT.languages, beside=MONTHLY_REPORT.beside)
    assert "sr+cyr" not in choices_of(MONTHLY_REPORT.languages, beside=True)
    MONTHLY_REPORT.check_language("da+en")
    REGISTER_EXTRACT.check_language("cyr")
    for language in ("da", "en+sq", "xx"):
        with pytest.raises(Refused):
            REGISTER_EXTRACT.check_language(language)
    for language in ("en+en", "en+sq+sr", "xx"):
        with pytest.raises(Refused):
            MONTHLY_REPORT.check_language(language)
