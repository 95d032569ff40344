"""What a machine-readable zone says of a person and of a document, as Konak keeps it."""

from dataclasses import dataclass
from datetime import date

from models.exchange.countries import read_document_code
from models.exchange.mrz import Zone
from models.rules.birth import OLDEST, BirthDate
from models.rules.names import fold
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.vocabulary import DocumentKind, Sex

_CARDS = frozenset("IAC")
_LONGEST_VALID = 50
"""Years from today in which a document may still be valid; of a later one the year is of the last century."""


@dataclass(frozen=True, slots=True)
class ZoneFacts:
    """The facts of a zone.

    Attributes:
        person: Names as a person would write them, Latin as the zone spells them.
        document: Its kind, number, country and last day.
        birth_or: The birth date if the century is the one before; None where nobody is so old.
    """

    person: PersonFacts
    document: DocumentFacts
    birth_or: BirthDate | None


def facts_of(zone: Zone, *, today: date) -> ZoneFacts:
    """Turn a zone into facts.

    Args:
        zone: As it was read.
        today: The local date, which decides the centuries: nobody is born later, no document valid for another fifty
            years.
    """
    births = _births(zone.birth_date, today)
    person = PersonFacts(
        family_name=_written(zone.surname),
        given_names=_written(zone.given_names),
        sex=Sex(zone.sex) if zone.sex else None,
        birth=births[0] if births else None,
        nationality=read_document_code(zone.nationality),
    )
    document = DocumentFacts(
        kind=_kind(zone.document_code),
        number=zone.document_number.replace("<", " ").strip(),
        country=read_document_code(zone.issuing_state),
        expires_on=_expiry(zone.expiry_date, today),
    )
    return ZoneFacts(person, document, births[1] if len(births) > 1 else None)


def with_spelling(person: PersonFacts, zone: Zone) -> PersonFacts:
    """The person with the Latin spelling of the zone among the other names, if the form has another one."""
    spelled = f"{_written(zone.surname)} {_written(zone.given_names)}".strip()
    if not spelled or fold(spelled) in {fold(f"{person.family_name} {person.given_names}"), *map(fold, person.aliases)}:
        return person
    return person.given({"aliases": (*person.aliases, spelled)})


def _written(capitals: str) -> str:
    return " ".join(word.capitalize() for word in capitals.split())


def _kind(code: str) -> DocumentKind:
    if code.startswith("P"):
        return DocumentKind.PASSPORT
    return DocumentKind.IDENTITY_CARD if code[:1] in _CARDS else DocumentKind.OTHER


def _births(printed: str, today: date) -> list[BirthDate]:
    """The birth dates that are possible, the youngest first; what is printed as filler or 00 is not known."""
    year, month, day = (int(part) if part.isdigit() else 0 for part in (printed[:2], printed[2:4], printed[4:6]))
    if not printed[:2].isdigit():
        return []
    found = []
    for century in range(today.year // 100 * 100, today.year - OLDEST - 100, -100):
        try:
            birth = BirthDate(century + year, month or None, (day or None) if month else None)
        except ValueError:
            continue
        if today.year - OLDEST <= birth.year and birth.earliest <= today:
            found.append(birth)
    return found


def _expiry(printed: str, today: date) -> date | None:
    if not printed.isdigit():
        return None
    year = today.year // 100 * 100 + int(printed[:2])
    try:
        return date(year - 100 * (year > today.year + _LONGEST_VALID), int(printed[2:4]), int(printed[4:6]))
    except ValueError:
        return None
