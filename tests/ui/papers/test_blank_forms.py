"""The blank forms ask what the window asks, under the same labels and in the same order."""

from collections.abc import Sequence
from itertools import count

import pytest
from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from models.exchange import door
from models.queries import admissions, papers, safeguards
from models.rules.field_types import Field
from models.rules.forms import ARRIVAL, FORMS, INCIDENT, LEAVE, NOTE, PLAN, SEPARATION
from models.rules.papers import Choice
from models.rules.vocabulary import BlankForm, Role
from models.rules.wording import word
from models.store.register import Register
from models.text import LANGUAGES, translator
from tests.actions import leavers
from tests.actions.test_gate import keep_gate
from tests.actions.test_mended import House, furnished, house
from tests.reports import pdf_text
from tests.ui.departures.windows import settle
from tests.ui.test_undo import CASES, _form, page
from ui import work
from ui.arrivals import entries
from ui.arrivals.asked import choices
from ui.arrivals.entries import PARTS, enter
from ui.arrivals.form import ArrivalForm
from ui.kit.fields import ChoiceField
from ui.kit.form import FormDialog
from ui.language import _
from ui.papers.catalogue import BLANK_FORMS
from ui.papers.page import PapersPage
from ui.residents.sealed import SealedNotes
from ui.safeguards.dialogs import COMPLAINTS, SELF_HARM

__all__ = ["furnished", "house", "page"]

BY_HAND = {
    "separations.enter": SEPARATION,
    "departures.plan": PLAN,
    "gate.plan_leave": LEAVE,
    "incidents.enter": INCIDENT,
}
"""Forms whose fields the window does not take from the declaration, by the action that each is sent to."""


def _asks(form: FormDialog) -> list[tuple[str, str]]:
    ticked = [(field, field.findChild(QCheckBox)) for field in form.form.fields.values()]
    return [(field.name, field.title or (box.text() if box else "")) for field, box in ticked]


def _printed(fields: Sequence[Field]) -> list[tuple[str, str]]:
    return [(field.name, _(field.question or field.label)) for field in fields]


@pytest.mark.parametrize("name", BY_HAND)
def test_a_form_of_the_window_asks_what_the_blank_one_asks(
    qtbot: QtBot, page: QWidget, house: House, name: str
) -> None:
    made = CASES[name][0](page, house)
    if isinstance(made, FormDialog):
        made.open()
    settle(qtbot)
    (form,) = _form()
    asked = [each for each in _asks(form) if each[0] != "person"]  # the blank form asks for the person above
    assert asked == _printed(BY_HAND[name])


def test_the_form_of_an_arrival_asks_in_the_order_of_the_blank_one(qtbot: QtBot, page: QWidget, house: House) -> None:
    with house.register.read() as snapshot:
        form = ArrivalForm(page, choices(snapshot, candidate_id=None))
    printed = _printed([field for part in ARRIVAL for field in part.fields])
    asked = [each for each in _asks(form) if each in printed]
    assert asked == printed
    beside = {"who", "candidate_id", "resident_id", "journey_failed", "zone", "photo", "emergency", "bed_reason"}
    assert {name for name, _title in _asks(form)} - {name for name, _title in printed} == beside


def test_what_is_entered_of_an_arrival_stands_on_a_blank_form_as_its_form_asks(
    qtbot: QtBot, page: QWidget, house: House
) -> None:
    with house.register.read() as snapshot:
        record = admissions.of_stay(snapshot, stay_id=house.stay)
    assert record is not None
    blank = [part for which in (BlankForm.RECORD, BlankForm.PROPERTY) for part in FORMS[which].parts]
    parts = [part for each in PARTS.values() for part in each]
    for part in parts:
        form = enter(page, part, record)
        assert form is not None
        (on_paper,) = [each for each in blank if each.title == part.title]
        assert _asks(form) == _printed(on_paper.fields), part.title
    assert len(blank) == len(parts)


@pytest.mark.parametrize(
    ("part", "which"),
    [(COMPLAINTS, BlankForm.COMPLAINT), (SELF_HARM, BlankForm.SELF_HARM)],
    ids=["complaint", "self-harm"],
)
def test_a_complaint_and_self_harm_ask_the_same(
    qtbot: QtBot, page: QWidget, house: House, part: entries.Part, which: BlankForm
) -> None:
    leavers.at_desk(house.register, Role.HEALTH_LEGAL)
    with house.register.read() as snapshot:
        record = safeguards.record(snapshot, resident_id=house.whose)
    form = enter(page, part, record)
    assert form is not None
    (on_paper,) = FORMS[which].parts
    assert _asks(form) == _printed(on_paper.fields)


def test_a_sealed_note_asks_the_same(qtbot: QtBot, page: QWidget, house: House) -> None:
    leavers.at_desk(house.register, Role.HEALTH_LEGAL)
    notes = SealedNotes(page, lambda _which: None)
    notes._resident_id = house.whose  # noqa: SLF001 - what a click on a resident does
    notes.enter.click()
    settle(qtbot)
    (form,) = _form()
    assert _asks(form) == _printed(NOTE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_field_stands_on_its_blank_form_in_every_language(register: Register, language: str) -> None:
    tr = translator(language)
    for which, form in FORMS.items():
        made = door.drawn(register, BLANK_FORMS, language=language, chosen={Choice.FORM: which})
        said = " ".join(pdf_text.text(made.content).split())
        assert tr.render(word(form.which)) in said
        for part in form.parts:
            for field in part.fields:
                words = tr(field.question or field.label).split()
                assert words[0] in said, (which, field.name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_of_a_blank_form_stands_whole_on_one_page(register: Register, language: str) -> None:
    tr = translator(language)
    for which, form in FORMS.items():
        made = door.drawn(register, BLANK_FORMS, language=language, chosen={Choice.FORM: which}).content
        pages, numbers = [" ".join(page.split()) for page in pdf_text.pages(made)], count(1)
        for part in (each for each in form.parts if not each.lines for _time in range(each.times)):
            asked = [f"{next(numbers)} {tr(field.question or field.label)}" for field in part.fields]
            assert any(all(each in page for each in asked) for page in pages), asked


def test_a_house_without_a_gate_has_no_form_of_one(register: Register, qtbot: QtBot) -> None:
    of_gate = {BlankForm.GATE, BlankForm.LEAVE}

    def offered() -> set[BlankForm]:
        work.start(register)
        page = PapersPage()
        qtbot.addWidget(page)
        page.choices.buttons["blank_forms"].click()
        settle(qtbot)
        field = next(each for each in page.findChildren(ChoiceField) if each.name == Choice.FORM)
        with register.read() as snapshot:
            printed = {form.which for form in papers.blank_forms(snapshot)}
        assert {field.combo.itemText(at) for at in range(1, field.combo.count())} == {
            translator("en").render(word(each)) for each in printed
        }
        return printed

    assert offered() == set(BlankForm) - of_gate
    keep_gate(register)
    assert offered() == set(BlankForm)
