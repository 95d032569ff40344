"""What a clerk enters about the papers that name a resident."""

from models.entities.documents import Document
from models.entities.residents import Resident
from models.errors import Refused
from models.ids import DocumentId, ResidentId
from models.repositories.residents import write_document
from models.rules.entry import the_mistake
from models.rules.fields import DOCUMENT
from models.rules.people import DESK
from models.rules.residents import DocumentFacts, check_document, check_reason
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("documents.add", about="resident_id", roles=DESK, told=N_("Entered a document"))
def add(unit: UnitOfWork, *, resident_id: ResidentId, document: DocumentFacts) -> DocumentId:
    """Enter a document of a resident.

    Raises:
        Refused: It says nothing, or its dates cannot be; with the field of `DocumentFacts` that is at fault.
    """
    facts = _checked(unit, document)
    unit.session.get_one(Resident, resident_id)
    row = Document(resident_id=resident_id)
    write_document(row, facts)
    unit.session.add(row)
    unit.session.flush()
    return row.id


@action("documents.change", about="document_id", of=Document.resident_id, roles=DESK, told=N_("Changed a document"))
def change(
    unit: UnitOfWork, *, document_id: DocumentId, document: DocumentFacts, reason: str = "", version: int | None = None
) -> None:
    """Put right what is entered about a document; what stood there before stays in the trail.

    Raises:
        Refused: As `add`; or something that is known already is put right without a reason.
        Conflict: Somebody else has changed the document since this version was read.
    """
    facts = _checked(unit, document)
    row = unit.session.get_one(Document, document_id)
    unit.check_version(row, version)
    check_reason(row, facts, DOCUMENT, reason)
    if reason.strip():
        unit.note(reason=reason.strip())
    write_document(row, facts)


@action(
    "documents.take_back", about="document_id", of=Document.resident_id, roles=DESK, told=N_("Took a document back")
)
def take_back(unit: UnitOfWork, *, document_id: DocumentId, reason: str) -> None:
    """Take back a document that is not this person's; what stood there stays in the trail.

    Raises:
        Refused: It is not there, or there is no reason.
    """
    row = unit.session.get(Document, document_id)
    if row is None:
        raise Refused("This document is not there any more.", field="document_id")
    unit.note(reason=the_mistake(reason))
    unit.session.delete(row)


def _checked(unit: UnitOfWork, document: DocumentFacts) -> DocumentFacts:
    facts = document.tidy()
    if not facts.number and not facts.note:
        raise Refused("Enter the number of the document, or a note where it has none.", field="number")
    check_document(facts, today=unit.today)
    return facts
