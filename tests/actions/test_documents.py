"""Documents of residents through the real actions."""

from datetime import date

import pytest

from models.actions import documents
from models.entities.documents import Document
from models.errors import Refused
from models.rules.residents import DocumentFacts
from models.rules.vocabulary import DocumentKind
from models.store import search
from models.store.register import Register
from tests import builders

PASSPORT = DocumentFacts(
    kind=DocumentKind.PASSPORT,
    number=" P0283714 ",
    country="AF",
    issued_on=date(2018, 3, 4),
    expires_on=date(2028, 3, 3),
)


def test_a_document_is_kept_and_its_holder_found_by_it(register: Register) -> None:
    resident = builders.resident(register)
    document_id = register.perform(documents.add, resident_id=resident, document=PASSPORT).value
    with register.read() as snapshot:
        row = snapshot.connection.execute(Document.__table__.select().where(Document.id == document_id)).one()
        assert (row.kind, row.number, row.country) == (DocumentKind.PASSPORT, "P0283714", "AF")
        assert (row.issued_on, row.expires_on) == (date(2018, 3, 4), date(2028, 3, 3))
        assert list(search.find(snapshot.connection, "P0283714")) == [resident]


def test_a_corrected_number_is_the_one_by_which_the_holder_is_found(register: Register) -> None:
    resident = builders.resident(register)
    document_id = register.perform(documents.add, resident_id=resident, document=PASSPORT).value
    corrected = DocumentFacts(kind=DocumentKind.PASSPORT, number="P0283741", note="Misread.")
    register.perform(documents.change, reason="seen", document_id=document_id, document=corrected)
    with register.read() as snapshot:
        assert list(search.find(snapshot.connection, "P0283741")) == [resident]
        assert list(search.find(snapshot.connection, "P0283714")) == []
        content = snapshot.connection.exec_driver_sql(
            "SELECT details FROM trail WHERE action = 'documents.change'"
        ).scalar_one()
    assert '"before":{' in content
    assert "P0283714" in content


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (DocumentFacts(kind=DocumentKind.PASSPORT, number="  "), "number"),
        (DocumentFacts(kind=DocumentKind.PASSPORT, number="P1", issued_on=date(2026, 11, 22)), "issued_on"),
        (DocumentFacts(kind=DocumentKind.PASSPORT, number="P1", country="XX"), "country"),
        (DocumentFacts(kind=DocumentKind.PASSPORT, number="P1", country="XXA"), "country"),
        (
            DocumentFacts(
                kind=DocumentKind.PASSPORT, number="P1", issued_on=date(2020, 1, 2), expires_on=date(2020, 1, 1)
            ),
            "expires_on",
        ),
    ],
)
def test_a_document_that_cannot_be_is_refused_beside_its_field(
    register: Register, document: DocumentFacts, field: str
) -> None:
    resident = builders.resident(register)
    with pytest.raises(Refused) as refused:
        register.perform(documents.add, resident_id=resident, document=document)
    assert refused.value.field == field
    known = register.perform(documents.add, resident_id=resident, document=PASSPORT).value
    with pytest.raises(Refused) as refused:
        register.perform(documents.change, reason="seen", document_id=known, document=document)
    assert refused.value.field == field


def test_a_document_without_a_number_is_kept_with_the_note_that_says_why(register: Register) -> None:
    resident = builders.resident(register)
    lost = DocumentFacts(kind=DocumentKind.PASSPORT, note="Lost on the way.")
    assert register.perform(documents.add, resident_id=resident, document=lost).value
