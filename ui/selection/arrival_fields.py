"""The fields of the form of an arrival, and what they say as facts of a person and of a document."""

from dataclasses import replace
from typing import Any

from models.queries.arrivals import ExpectedRow, ProgrammeChoice, Prospect
from models.queries.rooms import FreeBed
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.vocabulary import DocumentKind, Sex
from models.rules.wording import word
from ui.kit.fields import BirthDateField, CheckField, ChoiceField, DateField, Field, LongTextField, TextField
from ui.kit.pick import CountryField
from ui.kit.reading import Unreadable
from ui.kit.search import Found
from ui.language import _, plural, say
from ui.selection import presentation
from ui.selection.entries import LanguagesField

IDENTITY = (
    "family_name",
    "given_names",
    "own_script",
    "sex",
    "birth",
    "nationality",
    "birth_country",
    "partner_number",
    "languages",
    "needs_interpreter",
    "notes",
)
DOCUMENT = ("document_kind", "document_number", "document_country", "issued_on", "expires_on")


def read_now(field: Field[Any]) -> Any:  # noqa: ANN401 - a field of any kind
    """What stands in a field; None where it cannot be read yet."""
    try:
        return field.read()
    except Unreadable:
        return None


def person_of(values: dict[str, Any], prospect: Prospect | None) -> PersonFacts:
    """The person as the form has it. What the list says beyond the form is kept."""
    said = PersonFacts() if prospect is None else prospect.person
    return replace(
        said,
        family_name=values["family_name"] or "",
        given_names=values["given_names"] or "",
        own_script=values["own_script"] or "",
        partner_number=values["partner_number"] or "",
        notes=values["notes"] or "",
        sex=values["sex"],
        birth=values["birth"],
        birth_as_written=said.birth_as_written if values["birth"] == said.birth else "",
        nationality=values["nationality"],
        birth_country=values["birth_country"],
        languages=tuple(values["languages"] or ()),
        needs_interpreter=bool(values["needs_interpreter"]),
    ).tidy()


def documents_of(values: dict[str, Any]) -> tuple[DocumentFacts, ...]:
    """The document as the form has it; none without a number."""
    if not values["document_number"]:
        return ()
    return (
        DocumentFacts(
            kind=values["document_kind"] or DocumentKind.OTHER,
            number=values["document_number"],
            country=values["document_country"],
            issued_on=values["issued_on"],
            expires_on=values["expires_on"],
        ),
    )


def identity_fields() -> list[Field[Any]]:
    """Who it is: what tells one person from another."""
    return [
        TextField("family_name", _("Family name"), wide=False),
        TextField("given_names", _("Given names"), wide=False),
        TextField("own_script", _("Name in own script"), wide=False),
        TextField("partner_number", _("Partner's number"), wide=False, longest=64),
        ChoiceField("sex", _("Sex"), [(each, say(word(each))) for each in Sex], wide=False),
        BirthDateField("birth", _("Born"), wide=False),
    ]


def further_fields() -> list[Field[Any]]:
    """What else is asked about the person."""
    return [
        CountryField("nationality", _("Nationality"), stateless=True, wide=False),
        CountryField("birth_country", _("Country of birth"), wide=False),
        LanguagesField("languages", _("Languages")),
        CheckField("needs_interpreter", _("Needs an interpreter")),
        LongTextField("notes", _("Needs and notes"), lines=2),
    ]


def document_fields() -> list[Field[Any]]:
    """The paper that the person brings."""
    kinds = [(each, say(word(each))) for each in DocumentKind]
    return [
        ChoiceField("document_kind", _("Kind"), kinds, wide=False),
        TextField("document_number", _("Number"), wide=False, longest=100),
        CountryField("document_country", _("Issued by"), wide=False),
        DateField("issued_on", _("Issued on"), wide=False),
        DateField("expires_on", _("Expires on"), wide=False),
    ]


def found_expected(each: ExpectedRow) -> Found:
    """An accepted candidate, to be picked."""
    detail = _("{list}, {programme}", list=each.list_code, programme=each.programme)
    return Found(each.id, presentation.name_of(each, each.partner_number), each.partner_number, detail)


def found_bed(bed: FreeBed) -> Found:
    """A free bed, to be picked."""
    room = f"{bed.building} {bed.room}".strip()
    detail = _("{free} of {beds} free", free=bed.free, beds=bed.beds)
    return Found(bed.bed_id, _("Room {room}, bed {bed}", room=room, bed=bed.name), "", detail)


def programme_words(choice: ProgrammeChoice) -> str:
    """A programme with its places."""
    if choice.left is None:
        return choice.code
    return ", ".join((choice.code, plural("{n} place left", "{n} places left", choice.left)))
