"""The columns of the files that come in: the fields that were declared, and what only files have."""

from types import MappingProxyType

from models.exchange.heading_words import Fields, FieldWords
from models.rules import headings as h
from models.rules.field_types import Field, FieldType
from models.rules.fields import CANDIDATE, PARTNER_NUMBER, REMARKS, STAY
from models.rules.residents import PERSON_SAID
from models.text import N_


def columns_of(*declared: Field) -> dict[str, FieldWords]:
    """The columns of the fields that files have."""
    return {
        each.column: FieldWords(each.label, each.headings, is_kept_sealed=each in REMARKS)
        for each in declared
        if each.in_files is not None
    }


_PERSON = {
    "full_name": FieldWords(N_("Whole name"), h.WHOLE_NAME),
    **columns_of(*PERSON_SAID),
    "middle_names": FieldWords(N_("Middle names"), h.MIDDLE_NAMES),
    "second_family_name": FieldWords(N_("Second family name"), h.SECOND_FAMILY_NAME),
    "birth_month": FieldWords(N_("Month of birth"), h.BIRTH_MONTH),
    "birth_day": FieldWords(N_("Day of birth"), h.BIRTH_DAY),
}
"""The columns of a person in any file: the fields that were declared, the name in one cell, and what is put together:
further parts of the name, and the month and the day of a birth of which the date has the year."""


def _called(name: str) -> tuple[str, ...]:
    """What the screens and exports of Konak call a field of a stay."""
    return tuple(field.label for field in STAY if field.name == name)


STAY_FIELDS: Fields = MappingProxyType({
    "programme": FieldWords(N_("Programme"), h.PROGRAMME),
    "stay_id": FieldWords(N_("Number of the stay"), h.STAY_ID),
    "person_id": FieldWords(N_("Number of the person"), h.PERSON_ID, (PARTNER_NUMBER.label,)),
    **_PERSON,
    "arrived_on": FieldWords(N_("Arrival: date"), h.ARRIVED_ON, _called("arrived_on")),
    "arrived_time": FieldWords(N_("Arrival: time"), h.ARRIVED_TIME),
    "departed_on": FieldWords(N_("Departure: date"), h.DEPARTED_ON, _called("departed_on")),
    "departed_time": FieldWords(N_("Departure: time"), h.DEPARTED_TIME),
    "died_on": FieldWords(N_("Date of death"), h.DIED_ON),
    "departure_kind": FieldWords(N_("Departure: kind"), h.DEPARTURE_KIND, _called("departure_kind")),
    "destination": FieldWords(N_("Departure: destination"), h.DEPARTED_TO, _called("destination")),
    "destination_country": FieldWords(N_("Departure: country"), h.DEPARTED_TO_COUNTRY),
    "destination_place": FieldWords(N_("Departure: place"), ()),
    "age_on_arrival": FieldWords(N_("Age on arrival"), h.AGE_ON_ARRIVAL),
    "age": FieldWords(N_("Age"), h.AGE, is_kept_sealed=True),
    **columns_of(*(field for field in REMARKS if field.name == "remarks")),
})  # fmt: skip
"""What a file of stays can have. A stay needs an arrival date and a way to tell whose it is."""

LIST_FIELDS: Fields = MappingProxyType({
    "list_number": FieldWords(N_("Number on the list"), h.LIST_NUMBER, (N_("Number"),)),
    "partner_number": FieldWords(N_("Partner's number"), h.PARTNER_NUMBER, (N_("Number of the person"),)),
    "case": FieldWords(N_("Case"), h.CASE),
    "case_person": FieldWords(N_("Person within the case"), h.CASE_PERSON),
    **_PERSON,
    "age": FieldWords(N_("Age"), h.AGE, is_kept_sealed=True),
    **columns_of(*CANDIDATE, *REMARKS),
})  # fmt: skip
"""What a proposed list can have."""


def date_columns(*declared: Field) -> tuple[str, ...]:
    """The columns among those of some fields in which the day or the month may come first."""
    return tuple(columns_of(*(each for each in declared if each.type in (FieldType.BIRTH, FieldType.DATE))))
