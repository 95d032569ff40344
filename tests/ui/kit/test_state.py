"""What stands typed in a field stands there again in a form that is gone on with, whatever kind of field it is."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest
from pytestqt.qtbot import QtBot

from models.errors import Named
from models.ids import CandidateId, ProgrammeId
from models.queries.deciding import Deciding, DecidingRow
from models.rules.time import Moment
from tests.ui.kit.test_parts import show
from ui.codes import CountriesField, CountryField, LanguagesField
from ui.kit.field import Field, LineField
from ui.kit.fields import CheckField, ChoiceField, ListField, LongTextField, TextField, TicksField
from ui.kit.search import Found
from ui.kit.typed_fields import BirthDateField, DateField, MomentField, MoneyField, NumberField
from ui.picks import PickField, PicksField
from ui.selection.deciding import PeopleField

if TYPE_CHECKING:
    from models.queries.selection import PlacesRow

_GUL, _LIAM = Found(1, "Ahmadzai, Gul", "K-0031"), Found(2, "Tesfay, Liam", "K-0032")


def _find(_reading: object, text: str) -> list[Found]:
    return [each for each in (_GUL, _LIAM) if text in each.text]


def _types(field: Any, text: str) -> None:
    field.edit.setText(text)


KINDS: dict[type[Field[Any]], tuple[Callable[[], Field[Any]], Callable[[Any], object]]] = {
    TextField: (lambda: TextField("a", "A"), lambda field: field.put("in room 12")),
    LongTextField: (lambda: LongTextField("a", "A"), lambda field: field.put("one\ntwo")),
    ChoiceField: (lambda: ChoiceField("a", "A", [("x", "X"), ("y", "Y")]), lambda field: field.put("y")),
    CheckField: (lambda: CheckField("a", "A"), lambda field: field.put(True)),
    TicksField: (
        lambda: TicksField("a", "A", {"x": "X", "y": "Y", "z": "Z"}, value=("x", "y", "z")),
        lambda field: field.put(("z",)),
    ),
    ListField: (lambda: ListField("a", "A"), lambda field: field.put(("one", "two"))),
    LanguagesField: (lambda: LanguagesField("a", "A"), lambda field: ListField.put(field, ("Albanian", "Klingon"))),
    CountriesField: (lambda: CountriesField("a", "A"), lambda field: ListField.put(field, ("Albania",))),
    CountryField: (lambda: CountryField("a", "A"), lambda field: field.put("AL")),
    PickField: (lambda: PickField("a", "A", _find), lambda field: field.show_found(_GUL)),
    PicksField: (lambda: PicksField("a", "A", _find), lambda field: field.show_found([_GUL, _LIAM])),
    DateField: (lambda: DateField("a", "A"), lambda field: field.put(date(2026, 11, 2))),
    MomentField: (
        lambda: MomentField("a", "A"),
        lambda field: field.put(Moment(date(2026, 11, 2), datetime(2026, 11, 2, 13, 30, tzinfo=UTC))),
    ),
    BirthDateField: (lambda: BirthDateField("a", "A"), lambda field: _types(field, "~1985")),
    NumberField: (lambda: NumberField("a", "A"), lambda field: _types(field, "not a number")),
    MoneyField: (lambda: MoneyField("a", "A", currency="EUR"), lambda field: _types(field, "12,50")),
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_stands_in_a_field_stands_there_again(qtbot: QtBot, kind: type[Field[Any]]) -> None:
    make, fill = KINDS[kind]
    before, again = make(), make()
    show(qtbot, before)
    show(qtbot, again)
    fill(before)
    assert before.dirty
    again.put_state(json.loads(json.dumps(before.state())))
    assert (again.raw(), again.shown()) == (before.raw(), before.shown())
    assert again.problem() == before.problem()


def test_a_line_that_picks_nobody_yet_stands_there_too(qtbot: QtBot) -> None:
    before: PicksField[int] = PicksField("a", "A", _find)
    again: PicksField[int] = PicksField("a", "A", _find)
    show(qtbot, before)
    show(qtbot, again)
    before.show_found([_GUL, None])
    before.picks[1].line.setText("Tes")
    again.put_state(json.loads(json.dumps(before.state())))
    assert again.raw() == ("Ahmadzai, Gul K-0031", "Tes")
    assert again.picks[0].read() == 1


def test_no_kind_of_field_is_left_out() -> None:
    def kinds(of: type[Any]) -> set[type[Any]]:
        return {each for kind in of.__subclasses__() for each in (kind, *kinds(kind))}

    own = {
        each
        for each in kinds(Field)
        if each.__module__.startswith(("ui.kit.", "ui.picks", "ui.codes")) and not each.__name__.startswith("_")
    }
    assert own - {LineField} <= set(KINDS)
    for kind in kinds(Field):
        assert kind.state is not Field.state, kind
        assert kind.put_state is not Field.put_state, kind


def test_who_was_left_out_of_a_decision_stays_left_out_though_their_names_are_read_later(qtbot: QtBot) -> None:
    ids = tuple(map(CandidateId, (1, 2, 3)))
    rows = tuple(DecidingRow(each, Named(f"Person {each}"), (), ()) for each in ids)
    found = Deciding(ProgrammeId(1), False, (), cast("PlacesRow", None), 3, rows)  # nothing of the places is shown
    before, again = PeopleField("a", "A", ids), PeopleField("a", "A", ids)
    show(qtbot, before)
    show(qtbot, again)
    before.show_people(found)
    before.leave_out([ids[1]])
    again.put_state(json.loads(json.dumps(before.state())))
    assert again.read() == (1, 3)
    again.show_people(found)
    assert again.read() == (1, 3)
    again.put(ids)
    again.show_people(found)
    assert again.read() == ids
