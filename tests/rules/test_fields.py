"""The declarations of fields: each has its class, its column and its facts, and free text is sealed."""

from dataclasses import fields

import pytest
from sqlalchemy import String

from models.entities import Base
from models.rules.disclosure import FIELD_CLASSES, class_of
from models.rules.field_types import Field, FieldClass, FieldType
from models.rules.fields import CANDIDATE, DOCUMENT, FIELDS_OF, PARTNER_NUMBER, PERSON, STAY
from models.rules.residents import PERSON_SAID, DocumentFacts, PersonFacts
from models.rules.selection import PARTICULARS, Particulars

ALL = [*PERSON, PARTNER_NUMBER, *CANDIDATE, *(field for told in FIELDS_OF.values() for field in told)]
TOLD = {"reason", "grounds", "outcome"}
"""Free texts that are written to be read outside: the reasons of decisions, on what ground somebody is here, and what
came of a review."""


def test_a_field_without_a_class_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match="disclosure"):
        Field("shoe_size", "Shoe size", FieldType.NUMBER)  # type: ignore[call-arg]


def test_free_text_is_sealed_unless_it_is_written_to_be_read() -> None:
    for field in ALL:
        if field.type is FieldType.LONG_TEXT and field.name not in TOLD:
            assert field.disclosure is FieldClass.SEALED, field.name


def test_facts_particulars_and_documents_have_what_is_declared_and_nothing_else() -> None:
    assert {each.name for each in fields(PersonFacts)} == {field.name for field in (*PERSON, PARTNER_NUMBER)}
    assert {each.name for each in fields(Particulars)} == {field.name for field in PARTICULARS}
    assert {each.name for each in fields(DocumentFacts)} == {field.name for field in DOCUMENT}
    assert [field.name for field in PARTICULARS if field.disclosure is FieldClass.SEALED] == []
    assert {field for field in PERSON if field.headings} <= set(PERSON_SAID)  # else no import would read the column


def test_each_field_is_a_column_that_is_as_long_as_it_says() -> None:
    tables = Base.metadata.tables
    for name, told in (*FIELDS_OF.items(), ("candidates", PARTICULARS)):
        for field in told:
            if field.type is FieldType.MOMENT:
                assert {f"{field.name}_on", f"{field.name}_at"} <= set(tables[name].c.keys())
                continue
            column = tables[name].c[field.name]
            if field.is_line:
                assert isinstance(column.type, String)
                assert column.type.length == field.longest, (name, field.name)


def test_the_search_reads_texts_alone() -> None:
    kinds = {field.type for field in ALL if field.searched}
    assert kinds <= {FieldType.NAME, FieldType.TEXT, FieldType.TEXTS}


def test_the_disclosure_check_knows_each_field_of_a_person_a_document_and_a_stay() -> None:
    for field in (*PERSON, *CANDIDATE, *STAY):
        assert class_of(field.name) is FIELD_CLASSES[field.name] is field.disclosure
    for field in DOCUMENT:
        assert class_of(f"document_{field.name}") is field.disclosure


@pytest.mark.parametrize("field", [*PERSON, *CANDIDATE, *DOCUMENT, *STAY], ids=lambda field: field.name)
def test_what_is_not_known_is_empty_and_takes_what_is_said(field: Field) -> None:
    empty = field.tidy(None)
    assert field.tidy(empty) == empty
    assert field.added(empty, empty) == empty
    value = {
        FieldType.YES_NO: True,
        FieldType.COUNTRIES: ("AF",),
        FieldType.LANGUAGES: ("fa",),
        FieldType.TEXTS: ("B",),
    }
    said = value.get(field.type, "x") if isinstance(field.type, FieldType) else next(iter(field.type))
    assert field.added(empty, said) == said
    assert field.added(said, empty) == said
