"""How long texts may be: every column of every table, by one rule, said in words."""

from dataclasses import replace
from typing import Any, cast

import pytest
from sqlalchemy import JSON, Enum, String, Table

from models.actions import documents, facility, residents, safeguards
from models.entities import Base
from models.entities.base import MADE
from models.entities.residents import Resident
from models.errors import Refused
from models.rules.field_types import LONGEST_TEXT
from models.rules.people import EVERYBODY
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.safeguards import LONGEST_NOTE
from models.rules.vocabulary import DocumentKind, Role, SealedKind
from models.store.declaring import Action, action
from models.store.lengths import check_values
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from tests import builders

TABLES = sorted(
    [cast("Table", mapper.class_.__table__) for mapper in Base.registry.mappers], key=lambda table: table.name
)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_text_of_any_column_is_longer_than_the_column_says(table: Table) -> None:
    for column in table.columns:
        if isinstance(column.type, Enum) or MADE.items() <= column.info.items():
            continue
        if isinstance(column.type, String):
            most = column.type.length or LONGEST_TEXT
            check_values(table, {column.name: "x" * most})
            with pytest.raises(Refused, match="at most") as refused:
                check_values(table, {column.name: "x" * (most + 1)})
            assert (refused.value.field, refused.value.message.values["n"]) == (column.name, most)
        elif isinstance(column.type, JSON):
            for value in (["x" * (LONGEST_TEXT + 1)], [{"a": "x" * (LONGEST_TEXT + 1)}], {"\ud800": "a"}):
                with pytest.raises(Refused):
                    check_values(table, {column.name: value})


LONG = "9" * 100_000


@pytest.mark.parametrize(
    ("asked", "field", "values"),
    [
        (documents.add, "number", {"document": DocumentFacts(kind=DocumentKind.PASSPORT, number=LONG)}),
        (documents.add, "note", {"document": DocumentFacts(kind=DocumentKind.PASSPORT, note=LONG + "9")}),
        (residents.change, "family_name", {"person": PersonFacts(family_name=LONG)}),
        (residents.change, "aliases", {"person": PersonFacts(aliases=("Gul", LONG))}),
        (residents.change, "languages", {"person": PersonFacts(languages=(LONG,))}),
    ],
)
def test_a_form_with_a_text_without_end_is_refused_with_its_field(
    register: Register, asked: "Action[Any, Any, Any]", field: str, values: dict[str, Any]
) -> None:
    person = builders.resident(register)
    with pytest.raises(Refused, match="at most") as refused:
        register.perform(asked, resident_id=person, **values)
    assert refused.value.field == field


def test_what_no_rule_thinks_of_is_refused_by_its_column(register: Register) -> None:
    values: dict[str, Any] = {"language": "en", "time_zone": "Europe/Belgrade", "number_prefix": "K-", "lock_after": 10}
    with pytest.raises(Refused, match="at most") as refused:
        register.perform(facility.change_facility, name="North", letterhead=LONG + "9", **values)
    assert refused.value.field == "letterhead"


@action("tests.insert", roles=EVERYBODY, told="")
def insert(unit: UnitOfWork, *, number: str) -> None:
    unit.insert(Resident, [{"number": number, "aliases": [], "other_nationalities": [], "languages": []}])


@action("tests.note", roles=EVERYBODY, told="")
def note(unit: UnitOfWork, *, reason: str) -> None:
    unit.note(reason=reason)


def test_rows_that_come_in_set_wise_are_refused_too(register: Register) -> None:
    with pytest.raises(Refused, match="at most"):
        register.perform(insert, number=LONG)


def test_a_reason_without_end_is_refused_before_it_is_in_the_trail_for_good(register: Register) -> None:
    register.perform(note, reason="x" * LONGEST_TEXT)
    with pytest.raises(Refused, match="at most"):
        register.perform(note, reason="x" * (LONGEST_TEXT + 1))


def test_a_note_may_be_as_long_as_it_may_be_and_no_longer(register: Register) -> None:
    person = builders.resident(register)
    register.person = replace(register.person, role=Role.HEALTH_LEGAL)
    register.perform(safeguards.enter_note, resident_id=person, kind=SealedKind.OTHER, text="x" * LONGEST_NOTE)
    with pytest.raises(Refused, match="at most") as refused:
        register.perform(
            safeguards.enter_note, resident_id=person, kind=SealedKind.OTHER, text="x" * (LONGEST_NOTE + 1)
        )
    assert refused.value.field == "text"
