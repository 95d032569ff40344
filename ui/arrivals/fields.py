"""The fields of the form of an arrival, and what they say as facts of a person and of a document."""

from collections.abc import Mapping
from typing import Any

from models.exchange.mrz_facts import ZoneFacts
from models.queries.arrivals import ExpectedRow, ProgrammeChoice, Prospect
from models.rules.field_types import Asked
from models.rules.fields import DOCUMENT, NEEDS_AND_NOTES, PARTNER_NUMBER, PERSON
from models.rules.names import fold
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.vocabulary import DocumentKind
from ui.declared import asked
from ui.kit.field import Field
from ui.language import _, plural, say
from ui.presentation import name_of
from ui.reading import Unreadable
from ui.sealed import cannot_seal
from ui.search import Whom

FIRST = [field for field in PERSON if field.asked is Asked.FIRST]
FURTHER = [field for field in PERSON if field.asked is Asked.ON_ARRIVAL]
PAPER = [field for field in DOCUMENT if field.asked is Asked.ON_ARRIVAL]
IDENTITY = [field.name for field in (*FIRST, PARTNER_NUMBER, *FURTHER)]
DOCUMENT_NAMES = [field.name for field in PAPER]


def read_now(field: Field[Any]) -> Any:  # noqa: ANN401 - a field of any kind
    """What stands in a field; None where it cannot be read yet."""
    try:
        return field.read()
    except Unreadable:
        return None


def fields_of_zone(facts: ZoneFacts) -> dict[str, object]:
    """What a machine-readable zone says, by the names of the fields; what it does not say is left out."""
    said = {name: getattr(facts.person, name) for name in IDENTITY}
    if facts.document.number:
        said |= {name: getattr(facts.document, name) for name in DOCUMENT_NAMES}
    return {name: value for name, value in said.items() if value}


def says_the_same(one: object, other: object) -> bool:
    """Whether two values of a field are one, however a name is spelled."""
    return fold(one) == fold(other) if isinstance(one, str) and isinstance(other, str) else one == other


def person_of(values: Mapping[str, Any], prospect: Prospect | None) -> PersonFacts:
    """The person as the form has it. What the list says beyond the form is kept."""
    said = PersonFacts() if prospect is None else prospect.person
    return said.given(values)


def documents_of(values: Mapping[str, Any]) -> tuple[DocumentFacts, ...]:
    """The document as the form has it; none without a number."""
    if not values["number"]:
        return ()
    kind = values["kind"] or DocumentKind.OTHER
    return (DocumentFacts(**{name: values[name] for name in DOCUMENT_NAMES} | {"kind": kind}),)


def identity_fields() -> list[Field[Any]]:
    """Who it is: what tells one person from another."""
    return [asked(field) for field in (*FIRST, PARTNER_NUMBER)]


def further_fields() -> list[Field[Any]]:
    """What else is asked about the person."""
    return [asked(field) for field in FURTHER]


def document_fields() -> list[Field[Any]]:
    """The paper that the person brings."""
    return [asked(field) for field in PAPER]


def notes_field() -> Field[Any]:
    """What else is worth knowing; nobody reads it here again who may not read what is sealed."""
    why = cannot_seal()
    hint = _("Sealed when it is saved: supervisors and health and legal staff read it.")
    field = asked(NEEDS_AND_NOTES, hint=hint if why is None else say(why))
    field.setEnabled(why is None)
    return field


def expected_one(each: ExpectedRow) -> Whom:
    """An accepted candidate, to be picked."""
    detail = _("{list}, {programme}", list=each.list_code, programme=each.programme)
    return Whom(each.id, name_of(each, each.partner_number), each.partner_number, each.birth, detail)


def programme_words(choice: ProgrammeChoice) -> str:
    """A programme with its places."""
    if choice.left is None:
        return choice.code
    return ", ".join((choice.code, plural("{n} place left", "{n} places left", choice.left)))
