"""What an admission asks of the register and writes into it: who it is, and the family."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from models.entities.documents import Document
from models.entities.programmes import Programme
from models.entities.residents import Family, PartnerNumber, Resident
from models.entities.selection import Candidate
from models.entities.stays import Stay, TakenBackArrival
from models.errors import Refused
from models.ids import ProgrammeId
from models.repositories.arrivals import check_can_come, have_come, kin_of
from models.repositories.residents import (
    document_of,
    fill_in,
    next_numbers,
    person_of,
    write_document,
    write_person,
)
from models.repositories.safeguards import add_note
from models.rules.residents import DocumentFacts, PersonFacts, check_document, check_person
from models.rules.vocabulary import SealedKind
from models.store.unit_of_work import UnitOfWork


def check_who(
    unit: UnitOfWork,
    programme: Programme,
    candidate: Candidate | None,
    known: Resident | None,
    person: PersonFacts | None,
) -> None:
    """Refuse an admission of nobody, of the wrong person, or into a programme that is closed.

    Raises:
        Refused: With the field that is at fault.
    """
    if programme.is_closed:
        raise Refused("This programme is closed and admits nobody. Choose another.", field="programme_id")
    if candidate is None and known is None and person is None:
        raise Refused("Say who arrives: choose a person, or enter what is known of them.", field="person")
    if candidate is not None and candidate.programme_id != programme.id:
        raise Refused("This person is on a list of another programme. Choose that one.", field="programme_id")
    if candidate is not None:
        came = select(Stay.resident_id).where(Stay.candidate_id == candidate.id)
        earlier = unit.session.scalars(
            select(Resident.number).where(or_(Resident.candidate_id == candidate.id, Resident.id.in_(came)))
        ).first()
        if earlier is not None:
            raise Refused(
                "This person of the list was admitted already, as {number}.", field="candidate_id", number=earlier
            )
    if known is not None:
        check_can_come(unit.session, known)


def facts_of(candidate: Candidate | None, person: PersonFacts | None) -> PersonFacts | None:
    """What is known of the person: as it was entered, else as the list says."""
    if person is not None:
        return person.tidy()
    return None if candidate is None else person_of(candidate).tidy()


def take_in(
    unit: UnitOfWork,
    candidate: Candidate | None,
    known: Resident | None,
    person: PersonFacts | None,
    documents: Sequence[DocumentFacts],
    notes: str,
) -> Resident:
    """The resident who arrives: a new one with the next number, or the one who is known."""
    facts = facts_of(candidate, person)
    if facts is not None:
        check_person(facts, today=unit.today)
    if known is not None:
        resident = known
        if _was_taken_back(unit, known):
            resident.number = next_numbers(unit, 1)[0]  # the one that was given then is free
        if facts is not None:
            fill_in(resident, facts)
    else:
        resident = Resident(number=next_numbers(unit, 1)[0])
        write_person(resident, facts or PersonFacts())
        unit.session.add(resident)
    if candidate is not None:
        resident.candidate_id = resident.candidate_id or candidate.id
        resident.relation = resident.relation or candidate.relation
    unit.session.flush()
    add_note(unit, resident.id, SealedKind.UNSORTED, notes)
    listed = document_of(candidate) if candidate is not None and person is None and not documents else None
    _add_documents(unit, resident, [*documents, *([listed] if listed else [])])
    return resident


def _was_taken_back(unit: UnitOfWork, known: Resident) -> bool:
    """Whether somebody was never admitted but by mistake."""
    came = select(Stay.id).where(Stay.resident_id == known.id)
    wrongly = select(TakenBackArrival.stay_id).where(TakenBackArrival.resident_id == known.id)
    return unit.session.scalars(wrongly).first() is not None and unit.session.scalars(came).first() is None


def _add_documents(unit: UnitOfWork, resident: Resident, documents: Sequence[DocumentFacts]) -> None:
    known = {(row.kind, row.number) for row in resident.documents if row.number}
    for each in documents:
        facts = each.tidy()
        check_document(facts, today=unit.today)
        if (facts.number or facts.note) and (facts.kind, facts.number) not in known:
            row = Document(resident_id=resident.id)
            write_document(row, facts)
            unit.session.add(row)


def set_partner_number(
    unit: UnitOfWork, resident: Resident, programme_id: ProgrammeId, facts: PersonFacts | None
) -> None:
    """Keep the number under which the partner of the programme knows the person.

    Raises:
        Refused: It belongs to another resident.
    """
    if facts is None or not facts.partner_number:
        return
    number = facts.partner_number
    holder = unit.session.execute(
        select(Resident.id, Resident.number)
        .join(PartnerNumber)
        .where(PartnerNumber.programme_id == programme_id, PartnerNumber.number == number)
    ).first()
    if holder is None:
        unit.session.add(PartnerNumber(resident_id=resident.id, programme_id=programme_id, number=number))
    elif holder.id != resident.id:
        raise Refused(
            "The partner's number {number} belongs to {resident}. If it is the same person, choose them.",
            field="partner_number",
            number=number,
            resident=holder.number,
        )


def join_kin(unit: UnitOfWork, resident: Resident, candidate: Candidate) -> None:
    """Put the person into one family with those of the same group of the list, whoever of them came first."""
    kin = unit.session.scalars(kin_of(candidate.id)).all()
    if not kin:
        return
    here = unit.session.scalars(select(Resident).where(have_come(kin), Resident.id != resident.id)).all()
    family = resident.family or next((relative.family for relative in here if relative.family is not None), None)
    if family is None:
        family = Family(name=candidate.family_name or candidate.family_group)
        unit.session.add(family)
    for member in (resident, *here):
        member.family = member.family or family
