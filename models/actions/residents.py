"""What a clerk changes about a resident: who the person is, and with whom they belong together."""

from collections.abc import Mapping

from sqlalchemy import select

from models.entities.residents import Family, PartnerNumber, Resident
from models.errors import Refused
from models.ids import FamilyId, ProgrammeId, ResidentId
from models.repositories import residents as repository
from models.repositories.residents import write_person
from models.rules.entry import needed
from models.rules.fields import PARTNER_NUMBER, PERSON
from models.rules.people import DESK
from models.rules.residents import PersonFacts, check_person, check_reason
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_, Message


@action("residents.change", about="resident_id", roles=DESK, told=N_("Changed what is known of the person"))
def change(
    unit: UnitOfWork,
    *,
    resident_id: ResidentId,
    person: PersonFacts,
    partner_numbers: Mapping[ProgrammeId, str] | None = None,
    reason: str = "",
    version: int | None = None,
) -> None:
    """Put right what is known of a resident.

    Args:
        unit: The transaction.
        resident_id: Whom.
        person: All that is known; it takes the place of what stood there. Its `partner_number` is not looked at.
        partner_numbers: The number under which each partner knows the person; an empty one is taken away. None: as
            they are.
        reason: How it is known; needed where something that is known already is put right (rules.md, Corrections).
        version: The version that the form was filled in from; None: whatever is there.

    Raises:
        Refused: The facts cannot be true, or a number belongs to another.
        Conflict: Somebody else has changed them in the meantime.
    """
    facts = person.tidy()
    check_person(facts, today=unit.today)
    row = unit.session.get_one(Resident, resident_id)
    unit.check_version(row, version)
    check_reason(row, facts, PERSON, reason)
    if reason.strip():
        unit.note(reason=reason.strip())
    write_person(row, facts)
    for programme_id, number in (partner_numbers or {}).items():
        _set_partner_number(unit, row, programme_id, number.strip(), reason)


def _set_partner_number(unit: UnitOfWork, row: Resident, programme_id: ProgrammeId, number: str, reason: str) -> None:
    field = f"partner_numbers_{programme_id}"  # each has a field of its own in the form
    if len(number) > PARTNER_NUMBER.longest:
        raise Refused("This can have at most {n} letters. Shorten it.", field=field, n=PARTNER_NUMBER.longest)
    holder = unit.session.scalars(
        select(Resident)
        .join(PartnerNumber)
        .where(PartnerNumber.programme_id == programme_id, PartnerNumber.number == number, Resident.id != row.id)
    ).first()
    if holder is not None:
        raise Refused(
            "The partner's number {number} belongs to {resident}. Correct the number.",
            field=field,
            number=number,
            resident=holder.number,
        )
    held = [known for known in row.partner_numbers if known.programme_id == programme_id]
    if held and held[0].number != number and not reason.strip():
        raise Refused(
            "Something else stands here: {what}. Say how the right one is known.",
            field="reason",
            what=Message(PARTNER_NUMBER.label),
        )
    if held and number:
        held[0].number = number
    elif number:
        row.partner_numbers.append(PartnerNumber(programme_id=programme_id, number=number))
    for surplus in held[1:] if number else held:
        row.partner_numbers.remove(surplus)


@action("residents.join_family", about="resident_id", roles=DESK, told=N_("Joined the person to a family"))
def join_family(
    unit: UnitOfWork,
    *,
    resident_id: ResidentId,
    with_id: ResidentId,
    relation: str = "",
    family_name: str = "",
    family_id: FamilyId | None = None,
) -> FamilyId:
    """Say that a resident belongs together with another, and with all who belong to that one.

    Args:
        unit: The transaction.
        resident_id: Who joins.
        with_id: Somebody of the family; it is made where there is none yet.
        relation: What the one who joins is in the family: mother, son, uncle.
        family_name: What a new family is called; empty: as the one of `with_id`.
        family_id: The family that both left, with its numbers of a case, to be taken up again; None: a new one is made.

    Raises:
        Refused: Both are one person, the former family is not there, somebody belongs to it again, or the one who joins
            belongs to a family already.
    """
    if resident_id == with_id:
        raise Refused("Choose another person: nobody is their own family.", field="with_id")
    row, other = unit.session.get_one(Resident, resident_id), unit.session.get_one(Resident, with_id)
    if row.family_id is not None and row.family_id != other.family_id:
        raise Refused("This person belongs to another family. Take them out of it first.", field="with_id")
    if row.family_id is not None:
        raise Refused(
            "Both belong to this family already. To change what somebody is in it, correct that.", field="with_id"
        )
    unit.concerns("resident", [with_id])
    if other.family_id is None and family_id is not None:
        if unit.session.scalars(select(Resident.id).where(Resident.family_id == family_id)).first() is not None:
            raise Refused("Somebody belongs to this family again. Join the person to that one.", field="with_id")
        former = unit.session.get(Family, family_id)
        if former is None:
            raise Refused("This family is not there any more. Join the two to a new one.", field="family_id")
        other.family = former
        unit.session.flush()
    elif other.family_id is None:
        other.family = Family(name=family_name.strip() or other.family_name or other.number)
        unit.session.flush()
    row.family = other.family
    row.relation = relation.strip() or row.relation
    unit.session.flush()
    assert row.family_id is not None
    return row.family_id


@action(
    "residents.correct_family",
    about="resident_id",
    roles=DESK,
    told=N_("Corrected what the person is in the family, or what it is called"),
)
def correct_family(
    unit: UnitOfWork, *, resident_id: ResidentId, reason: str, relation: str = "", family_name: str = ""
) -> None:
    """Put right what a resident is in the family, and what the family is called.

    Args:
        unit: The transaction.
        resident_id: Of whom.
        reason: How it is known.
        relation: What the person is in it: mother, son, uncle; empty: it is not known.
        family_name: What the family is called; empty: as it is.

    Raises:
        Refused: There is no reason, nothing is different, or it is too long.
    """
    unit.note(reason=needed(reason, Refused("Say how this is known.", field="reason")))
    row = unit.session.get_one(Resident, resident_id)
    relation, name = relation.strip(), family_name.strip()
    for said, most, field in ((relation, 100, "relation"), (name, 400, "family_name")):
        if len(said) > most:
            raise Refused("This can have at most {n} letters. Shorten it.", field=field, n=most)
    renamed = row.family is not None and name not in ("", row.family.name)
    if row.relation == relation and not renamed:
        raise Refused("Nothing is different from before. Correct something, or go back.")
    row.relation = relation
    if row.family is not None and renamed:
        row.family.name = name
        others = select(Resident.id).where(Resident.family_id == row.family_id, Resident.id != row.id)
        unit.concerns("resident", unit.session.scalars(others).all())


@action("residents.leave_family", about="resident_id", roles=DESK, told=N_("Took the person out of the family"))
def leave_family(unit: UnitOfWork, *, resident_id: ResidentId, reason: str) -> None:
    """Say that a resident no longer belongs to a family. Where one alone is left, that one has no family either.

    Raises:
        Refused: The person belongs to no family, or there is no reason.
    """
    said = needed(reason, Refused("Say why this person no longer belongs to the family.", field="reason"))
    row = unit.session.get_one(Resident, resident_id)
    unit.note(reason=said)
    if row.family_id is None:
        raise Refused("This person belongs to no family.", field="resident_id")
    repository.leave_family(unit, row)
