"""The trail on paper: every entry under its number, none left out."""

from datetime import date

from models.actions import absences, admissions
from models.exchange import door
from models.queries import history
from models.rules.papers import Choice
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, LanguageLevel
from models.store.register import Register
from tests import builders
from tests.reports import pdf_text
from ui.papers.catalogue import TRAIL


def test_each_entry_stands_under_its_number(register: Register) -> None:
    whose = builders.resident(register, "K-0012", family_name="Rahmani")
    said = pdf_text.text(door.drawn(register, TRAIL, language="en", chosen={}).content)
    numbers = [number for (number,) in builders.rows(register, "SELECT number FROM trail ORDER BY number")]
    assert len(numbers) > 1
    body = said[said.index("No. When") :]
    places = [body.index(f" {number} ") for number in numbers if number != numbers[0]]
    assert places == sorted(places), "in order of time"
    one = pdf_text.text(door.drawn(register, TRAIL, language="en", chosen={Choice.RESIDENT: whose}).content)
    assert "Rahmani" in one


def test_what_is_sealed_from_everybody_outside_shows_on_the_page_and_not_on_the_paper(register: Register) -> None:
    whose = builders.resident(register, "K-0012")
    stay = builders.stay(register, whose, builders.programme(register), date(2026, 9, 1))
    left, back = Moment(date(2026, 9, 5)), Moment(date(2026, 9, 6))
    register.perform(
        absences.record, stay_id=stay, kind=AbsenceKind.HOSPITAL, place="Clinic", note="Zzyzx", left=left, due_back=back
    )
    with register.read() as snapshot:
        details = history.of_resident(snapshot, resident_id=whose)[0].details
    assert "Zzyzx" in [each.after for each in details]
    assert "Zzyzx" not in [each.after for each in history.leaving(details)]
    paper = pdf_text.text(door.drawn(register, TRAIL, language="en", chosen={}).content)
    assert "Clinic" in paper
    assert "Zzyzx" not in paper


def test_languages_and_countries_are_named_in_the_language_of_the_reader(register: Register) -> None:
    whose = builders.resident(register, "K-0012")
    values = {"languages": ("prs",), "level": LanguageLevel.FLUENT}
    register.perform(admissions.LANGUAGES.enter, resident_id=whose, **values)
    for language, named in (("en", "Dari"), ("sr", "dari"), ("cyr", "дари")):
        paper = pdf_text.text(door.drawn(register, TRAIL, language=language, chosen={}).content)
        assert f": {named}" in paper
        assert "prs" not in paper
