"""The columns of the files that come in: the fields that were declared, and what only files have."""

from types import MappingProxyType

from models.exchange.headers import Fields, FieldWords
from models.rules.field_types import Field, FieldType
from models.rules.fields import CANDIDATE
from models.rules.residents import PERSON_SAID
from models.text import N_


def _columns(*declared: Field) -> dict[str, FieldWords]:
    """The columns of the fields that files have."""
    return {field.column: FieldWords(field.label, field.headings) for field in declared if field.headings}


_PERSON = {
    "full_name": FieldWords(
        N_("Whole name"),
        ("name", "full name", "names", "emri dhe mbiemri", "emri mbiemri", "mbiemri dhe emri", "emër mbiemër",
         "ime i prezime", "prezime i ime", "navn", "fulde navn"),
    ),
    **_columns(*PERSON_SAID),
}  # fmt: skip
"""The columns of a person in any file: the fields that were declared, and the name in one cell."""

STAY_FIELDS: Fields = MappingProxyType(
    {
        "stay_id": FieldWords(
            N_("Number of the stay"),
            ("stay no", "stay number", "admission no", "admission number", "admission id", "booking no", "booking id",
             "key", "source key", "id e qëndrimit", "nr i qëndrimit", "numri i qëndrimit", "broj boravka",
             "id boravka", "opholdsnr", "opholdsnummer", "ophold nr", "ophold id"),
        ),
        "person_id": FieldWords(
            N_("Number of the person"),
            ("person no", "person number", "personal number", "partner number", "case no", "case number", "case id",
             "a number", "alien number", "file no", "file number", "resident no", "resident number", "inmate id",
             "inmateid", "id", "id no", "numri i personit", "nr i personit", "id e personit", "numri personal",
             "nr personal", "numri i rastit", "numri i lëndës", "broj osobe", "id osobe", "lični broj", "matični broj",
             "broj predmeta", "sagsnr", "sagsnummer", "personnr", "personnummer", "person id nr"),
        ),
        **_PERSON,
        "arrived_on": FieldWords(
            N_("Arrival: date"),
            ("arrival", "arrived", "arrival date", "arrived at", "arrived date", "date of arrival", "entry date",
             "entry", "date of entry", "admission", "admitted", "admission date", "date of admission", "check in",
             "data e mbërritjes", "mbërritja", "data e ardhjes", "ardhja", "data e hyrjes", "hyrja",
             "data e pranimit", "datum dolaska", "dolazak", "datum ulaska", "datum prijema", "prijem", "ankomst",
             "ankomstdato", "dato for ankomst", "indsat", "indsættelsesdato", "indrejsedato"),
        ),
        "arrived_time": FieldWords(
            N_("Arrival: time"),
            ("arrival time", "time of arrival", "entry time", "time of entry", "admission time", "time in",
             "ora e mbërritjes", "koha e mbërritjes", "ora e ardhjes", "ora e hyrjes", "vreme dolaska",
             "vreme ulaska", "vreme prijema", "vrijeme dolaska", "ankomsttid", "ankomsttidspunkt", "ankomst kl",
             "tidspunkt for ankomst"),
        ),
        "departed_on": FieldWords(
            N_("Departure: date"),
            ("departure", "departed", "departure date", "departed at", "departed date", "date of departure",
             "exit date", "exit", "date of exit", "discharge", "discharged", "discharge date", "check out",
             "data e largimit", "largimi", "data e daljes", "dalja", "data e nisjes", "datum odlaska", "odlazak",
             "datum izlaska", "datum otpusta", "afrejse", "afrejsedato", "dato for afrejse", "udrejsedato",
             "udskrevet"),
        ),
        "departed_time": FieldWords(
            N_("Departure: time"),
            ("departure time", "time of departure", "exit time", "time of exit", "discharge time", "time out",
             "ora e largimit", "koha e largimit", "ora e daljes", "vreme odlaska", "vreme izlaska",
             "vrijeme odlaska", "afrejsetid", "afrejsetidspunkt", "afrejse kl", "tidspunkt for afrejse"),
        ),
        "departure_kind": FieldWords(
            N_("Departure: kind"),
            ("kind of departure", "departure type", "type of departure", "departure reason", "reason for departure",
             "reason for leaving", "exit reason", "exit type", "discharge reason", "lloji i largimit",
             "mënyra e largimit", "arsyeja e largimit", "vrsta odlaska", "način odlaska", "razlog odlaska",
             "afrejseårsag", "årsag til afrejse", "afrejsemåde"),
        ),
        "destination": FieldWords(
            N_("Departure: destination"),
            ("destination country", "country of destination", "onward destination", "left for", "destinacioni",
             "vendi i destinacionit", "shteti i destinacionit", "odredište", "zemlja odredišta", "destinationsland",
             "bestemmelsessted", "bestemmelsesland", "rejsemål"),
        ),
        "age_on_arrival": FieldWords(
            N_("Age on arrival"),
            ("age at arrival", "age at admission", "age on admission", "mosha në mbërritje", "mosha në ardhje",
             "starost pri dolasku", "starost na dolasku", "alder ved ankomst"),
        ),
        "age": FieldWords(
            N_("Age"), ("age when first seen", "age in years", "mosha", "starost", "godine starosti", "alder")
        ),
        **_columns(*(field for field in CANDIDATE if field.name == "remarks")),
    }
)  # fmt: skip
"""What a file of stays can have. A stay needs an arrival date and a way to tell whose it is."""

LIST_FIELDS: Fields = MappingProxyType(
    {
        "list_number": FieldWords(
            N_("Number on the list"),
            ("no", "nr", "number", "s no", "serial no", "line", "line no", "item", "numri rendor", "nr rendor",
             "r b", "rb", "r br", "redni broj", "lb nr", "lbnr", "løbenr", "løbenummer"),
        ),
        "partner_number": FieldWords(
            N_("Partner's number"),
            ("case no", "case number", "case id", "case ref", "file no", "file number", "reference", "reference no",
             "a number", "alien number", "alien no", "partner number", "person id", "numri i rastit", "nr i rastit",
             "numri i lëndës", "nr i lëndës", "broj predmeta", "br predmeta", "sagsnr", "sagsnummer", "sag nr"),
        ),
        "case": FieldWords(N_("Case"), ("rasti", "lënda", "predmet", "slučaj", "sag")),
        "case_person": FieldWords(
            N_("Person within the case"),
            ("person", "person no", "member", "member no", "personi", "anëtari", "osoba", "lice", "član", "medlem"),
        ),
        **_PERSON,
        **_columns(*CANDIDATE),
    }
)  # fmt: skip
"""What a proposed list can have."""


def date_columns(*declared: Field) -> tuple[str, ...]:
    """The columns among those of some fields in which the day or the month may come first."""
    return tuple(each.column for each in declared if each.headings and each.type in (FieldType.BIRTH, FieldType.DATE))
