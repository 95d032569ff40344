"""Writes what is known of a person into the row of a resident: what admission, correction and import share."""

from models.entities.documents import Document
from models.entities.residents import Resident
from models.entities.selection import Candidate
from models.rules.names import fold, sort_name
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.vocabulary import DocumentKind

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


def write_person(row: Resident, facts: PersonFacts) -> None:
    """Write the facts over what the row says; its number must be there already.

    Args:
        row: The resident.
        facts: Tidy and checked. The partner's number is not of the person alone, so it is left to who knows the
            programme.
    """
    row.family_name = facts.family_name
    row.given_names = facts.given_names
    row.own_script = facts.own_script
    row.aliases = list(facts.aliases)
    row.sort_name = sort_name(facts.family_name, facts.given_names, row.number)
    row.sex = facts.sex
    row.birth = facts.birth
    row.birth_as_written = facts.birth_as_written
    row.birth_country = facts.birth_country
    row.nationality = facts.nationality
    row.other_nationalities = list(facts.other_nationalities)
    row.languages = list(facts.languages)
    row.needs_interpreter = facts.needs_interpreter
    row.notes = facts.notes


def fill_in(row: Resident, facts: PersonFacts) -> None:
    """Add to a known resident what was not known yet; nothing that is known is written over.

    Another spelling of the name becomes an alias, so that the person is found by it too.

    Args:
        row: The resident.
        facts: Tidy and checked.
    """
    names = (row.family_name, row.given_names, row.own_script)
    if any(names):
        said = " ".join(part for part in (facts.given_names, facts.family_name) if part)
        known = " ".join(part for part in (row.given_names, row.family_name) if part)
        further = [*facts.aliases, *([said] if said and said != known else [])]
        row.aliases = list(dict.fromkeys((*row.aliases, *further)))
        row.own_script = row.own_script or facts.own_script
    else:
        row.family_name, row.given_names, row.own_script = facts.family_name, facts.given_names, facts.own_script
        row.aliases = list(facts.aliases)
        row.sort_name = sort_name(row.family_name, row.given_names, row.number)
    if row.birth is None:
        row.birth, row.birth_as_written = facts.birth, row.birth_as_written or facts.birth_as_written
    row.sex = row.sex or facts.sex
    row.birth_country = row.birth_country or facts.birth_country
    row.nationality = row.nationality or facts.nationality
    others = (*row.other_nationalities, facts.nationality, *facts.other_nationalities)
    row.other_nationalities = list(dict.fromkeys(code for code in others if code and code != row.nationality))
    row.languages = list(dict.fromkeys((*row.languages, *facts.languages)))
    row.needs_interpreter = row.needs_interpreter or facts.needs_interpreter
    row.notes = "\n".join(dict.fromkeys(note for note in (row.notes, facts.notes) if note))


def person_of(candidate: Candidate) -> PersonFacts:
    """What a proposed list says of a person, as the facts of a resident."""
    return PersonFacts(
        family_name=candidate.family_name,
        given_names=candidate.given_names,
        own_script=candidate.own_script,
        sex=candidate.sex,
        birth=candidate.birth,
        birth_as_written=candidate.birth_as_written,
        birth_country=candidate.birth_country,
        nationality=candidate.nationality,
        languages=tuple(candidate.languages),
        partner_number=candidate.partner_number,
    )


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
    row.kind = facts.kind
    row.number = facts.number
    row.country = facts.country
    row.issued_on = facts.issued_on
    row.expires_on = facts.expires_on
    row.note = facts.note
