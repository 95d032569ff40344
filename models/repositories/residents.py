"""How a resident is numbered and called, and how what is known of a person is written into the row."""

from collections.abc import Mapping
from datetime import date
from itertools import count as counting
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.orm import Session, aliased

from models.entities.documents import Document
from models.entities.residents import Resident, ResidentNumbers
from models.entities.selection import Candidate
from models.entities.stays import Stay
from models.ids import ResidentId
from models.rules.fields import DOCUMENT, PARTNER_NUMBER, PERSON
from models.rules.names import display_name, fold, sort_name
from models.rules.residents import PERSON_SAID, DocumentFacts, PersonFacts, tidied
from models.rules.vocabulary import DepartureKind, DocumentKind
from models.store.rows import Made, Rows
from models.store.unit_of_work import UnitOfWork

_ASKED_AT_ONCE = 500

NAME = Made(display_name, Resident.family_name, Resident.given_names, Resident.number)
"""How a resident is called: "Family, Given", or the number where there is no name."""
FACTS = Rows(PersonFacts, Resident)
"""All that is known of a resident."""
_DOCUMENT_SIGNS = (
    ("birth", DocumentKind.BIRTH_CERTIFICATE),
    ("laissez", DocumentKind.TRAVEL_CERTIFICATE),
    ("travel", DocumentKind.TRAVEL_CERTIFICATE),
    ("pas", DocumentKind.PASSPORT),
    ("tazkira", DocumentKind.IDENTITY_CARD),
    ("card", DocumentKind.IDENTITY_CARD),
    ("ident", DocumentKind.IDENTITY_CARD),
)
"""What lists call documents, in folded words, the most telling first."""


def died_on(session: Session | Connection, resident_id: ResidentId) -> date | None:
    """The day on which somebody died, as far as a stay that ended so says it."""
    dead = select(Stay.departed_on).where(Stay.resident_id == resident_id, Stay.departed_on.is_not(None))
    return session.scalars(dead.where(Stay.departure_kind == DepartureKind.DEATH)).first()


def bearers(text: str, prefix: str) -> Select[ResidentId]:
    """The ids of whoever is meant by a number that was scanned from a card or typed.

    Somebody may carry the card of a resident whom they were found to be.

    Args:
        text: A whole number, in capitals or not, with what stands before the digits or without.
        prefix: What stands before the digits in this facility.
    """
    said = "".join(text.split()).upper()
    numbers = {said}
    if said.isascii() and said.isdecimal() and len(said) < 10:
        numbers.add(f"{prefix}{int(said):04}")
    numbered = aliased(Resident)
    return select(func.coalesce(numbered.joined_into_id, numbered.id)).where(numbered.number.in_(numbers))


def next_numbers(unit: UnitOfWork, count: int) -> list[str]:
    """The next numbers, such as K-0012; they are taken from now on.

    A number that somebody has already, because it came in with a file, is passed over.

    Args:
        unit: The unit that admits.
        count: How many are needed.
    """
    numbers = unit.session.get(ResidentNumbers, 1)
    if numbers is None:
        numbers = ResidentNumbers(id=1, last=0)
        unit.session.add(numbers)
    given: list[str] = []
    ordinals = counting(numbers.last + 1)
    while len(given) < count:
        wanted = min(count - len(given), _ASKED_AT_ONCE)
        offered = {f"{unit.facility.number_prefix}{ordinal:04}": ordinal for ordinal in islice(ordinals, wanted)}
        taken = set(unit.session.scalars(select(Resident.number).where(Resident.number.in_(offered))))
        numbers.last = max(offered.values())
        given.extend(number for number in offered if number not in taken)
    return given


def free_number(unit: UnitOfWork, row: Resident) -> None:
    """Free the number of somebody who was never admitted; the last one that was given is given again.

    What is known of the person stays, under a number that tells where it comes from.
    """
    former = row.number
    taken = set(unit.session.scalars(select(Resident.number).where(Resident.number.istartswith(f"{former}/"))))
    row.number = next(number for place in counting(1) if (number := f"{former}/{place}") not in taken)
    row.sort_name = sort_name(row.family_name, row.given_names, row.number)
    numbers = unit.session.get(ResidentNumbers, 1)
    if numbers is not None and former == f"{unit.facility.number_prefix}{numbers.last:04}":
        numbers.last -= 1
    unit.session.flush()


def leave_family(unit: UnitOfWork, row: Resident) -> None:
    """Take somebody out of their family. Where one alone is left, that one has no family either, and is told so."""
    if row.family_id is None:
        return
    left = unit.session.scalars(
        select(Resident).where(Resident.family_id == row.family_id, Resident.id != row.id)
    ).all()
    with_them = left if len(left) == 1 else ()
    unit.concerns("resident", [each.id for each in with_them])
    for leaver in (row, *with_them):
        leaver.family = None
        leaver.relation = ""


def write_person(row: Resident, facts: PersonFacts) -> None:
    """Write the facts over what the row says; its number must be there already.

    Args:
        row: The resident.
        facts: Tidy and checked. The partner's number is not of the person alone, so it is left to who knows the
            programme.
    """
    _write(row, {field.name: getattr(facts, field.name) for field in PERSON})


def fill_in(row: Resident, facts: PersonFacts) -> None:
    """Add to a known resident what was not known yet; nothing that is known is written over.

    Another spelling of the name becomes an alias, so that the person is found by it too.

    Args:
        row: The resident.
        facts: Tidy and checked.
    """
    _write(row, filled_in(facts_of_resident(row), facts))


def filled_in(before: PersonFacts, facts: PersonFacts) -> dict[str, Any]:
    """What `fill_in` adds to what is known of a resident, by field; nothing where all is known."""
    added: dict[str, Any] = {
        field.name: field.added(getattr(before, field.name), getattr(facts, field.name)) for field in PERSON
    }
    if before.is_named:
        said = " ".join(part for part in (facts.given_names, facts.family_name) if part)
        known = " ".join(part for part in (before.given_names, before.family_name) if part)
        further = (said,) if said and said.casefold() != known.casefold() else ()
        added |= {"family_name": before.family_name, "given_names": before.given_names}
        added["aliases"] = tuple(dict.fromkeys((*added["aliases"], *further)))
    if before.birth is not None:
        added["birth_as_written"] = before.birth_as_written
    others = (*before.other_nationalities, facts.nationality, *facts.other_nationalities)
    nationalities = dict.fromkeys(code for code in others if code and code != added["nationality"])
    added["other_nationalities"] = tuple(nationalities)
    return {name: value for name, value in added.items() if value != getattr(before, name)}


def _write(row: Resident, values: Mapping[str, Any]) -> None:
    for field in PERSON:
        if field.name in values:
            setattr(row, field.name, field.stored(values[field.name]))
    row.sort_name = sort_name(row.family_name, row.given_names, row.number)


def facts_of_resident(row: object) -> PersonFacts:
    """What is known of a resident, by the row of the table or by its columns."""
    return PersonFacts(**tidied(row, PERSON))


def person_of(candidate: Candidate) -> PersonFacts:
    """What a proposed list says of a person, as the facts of a resident."""
    return PersonFacts(**tidied(candidate, (*PERSON_SAID, PARTNER_NUMBER)))


def document_of(candidate: Candidate) -> DocumentFacts | None:
    """The paper that a proposed list names; None where it names none with a number."""
    if not any(sign.isdigit() for sign in candidate.document_number):
        return None
    kind = document_kind(candidate.document_kind)
    return DocumentFacts(
        kind=kind,
        number=candidate.document_number,
        expires_on=candidate.document_expires_on,
        note=candidate.document_kind if kind is DocumentKind.OTHER else "",
    )


def document_kind(written: str) -> DocumentKind:
    """The kind of a document from how a list calls it."""
    words = fold(written)
    found = (kind for sign, kind in _DOCUMENT_SIGNS if sign in words)
    return next(found, DocumentKind.OTHER)


def write_document(row: Document, facts: DocumentFacts) -> None:
    """Write the facts, tidy and checked, over what the row of a document says."""
    for field in DOCUMENT:
        setattr(row, field.name, field.stored(getattr(facts, field.name)))
