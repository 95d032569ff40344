"""The columns of the files that come in: the fields that were declared, and what only files have."""

from types import MappingProxyType

from models.exchange.headers import Fields, FieldWords
from models.rules import headings as h
from models.rules.field_types import Field, FieldType
from models.rules.fields import CANDIDATE, REMARKS
from models.rules.residents import PERSON_SAID
from models.text import N_


def columns_of(*declared: Field) -> dict[str, FieldWords]:
    """The columns of the fields that files have."""
    return {each.column: FieldWords(each.label, each.headings) for each in declared if each.in_files is not None}


_PERSON = {"full_name": FieldWords(N_("Whole name"), h.WHOLE_NAME), **columns_of(*PERSON_SAID)}
"""The columns of a person in any file: the fields that were declared, and the name in one cell."""

STAY_FIELDS: Fields = MappingProxyType({
    "stay_id": FieldWords(N_("Number of the stay"), h.STAY_ID),
    "person_id": FieldWords(N_("Number of the person"), h.PERSON_ID),
    **_PERSON,
    "arrived_on": FieldWords(N_("Arrival: date"), h.ARRIVED_ON),
    "arrived_time": FieldWords(N_("Arrival: time"), h.ARRIVED_TIME),
    "departed_on": FieldWords(N_("Departure: date"), h.DEPARTED_ON),
    "departed_time": FieldWords(N_("Departure: time"), h.DEPARTED_TIME),
    "departure_kind": FieldWords(N_("Departure: kind"), h.DEPARTURE_KIND),
    "destination": FieldWords(N_("Departure: destination"), h.DEPARTED_TO),
    "age_on_arrival": FieldWords(N_("Age on arrival"), h.AGE_ON_ARRIVAL),
    "age": FieldWords(N_("Age"), h.AGE),
    **columns_of(*(field for field in REMARKS if field.name == "remarks")),
})  # fmt: skip
"""What a file of stays can have. A stay needs an arrival date and a way to tell whose it is."""

LIST_FIELDS: Fields = MappingProxyType({
    "list_number": FieldWords(N_("Number on the list"), h.LIST_NUMBER),
    "partner_number": FieldWords(N_("Partner's number"), h.PARTNER_NUMBER),
    "case": FieldWords(N_("Case"), h.CASE),
    "case_person": FieldWords(N_("Person within the case"), h.CASE_PERSON),
    **_PERSON,
    **columns_of(*CANDIDATE, *REMARKS),
})  # fmt: skip
"""What a proposed list can have."""


def date_columns(*declared: Field) -> tuple[str, ...]:
    """The columns among those of some fields in which the day or the month may come first."""
    return tuple(columns_of(*(each for each in declared if each.type in (FieldType.BIRTH, FieldType.DATE))))
