"""Which headings are known: in any style, with hints and units, in several languages, and as Konak says them."""

import pytest

from models.exchange.fields import LIST_FIELDS, STAY_FIELDS
from models.exchange.heading_words import Fields, Headings
from models.rules.fields import CANDIDATE, PARTNER_NUMBER, PERSON, REMARKS, STAY
from models.rules.residents import PERSON_SAID
from models.text import LANGUAGES, translator

STAYS, LISTS = Headings(STAY_FIELDS), Headings(LIST_FIELDS)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("PersonalID", "person_id"), ("personal-id", "person_id"), ("PERSONAL_ID", "person_id"),
        ("Personal ID", "person_id"), ("ClientID", "person_id"), ("A#", "person_id"), ("A-Number", "person_id"),
        ("EntryDate", "arrived_on"), ("entry_date", "arrived_on"), ("ENTRY-DATE", "arrived_on"),
        ("Entry date (dd/mm/yyyy)", "arrived_on"), ("Entry date [UTC]", "arrived_on"),
        ("EntryDateUTC", "arrived_on"), ("Entry Date dd.mm.yyyy", "arrived_on"), ("Book-in Date/Time", "arrived_on"),
        ("Datum dolaska (dd.mm.gggg)", "arrived_on"), ("Датум доласка", "arrived_on"),
        ("Ankomstdato (dd-mm-åååå)", "arrived_on"), ("Data e mbërritjes", "arrived_on"),
        ("Ankunftsdatum (TT.MM.JJJJ)", "arrived_on"), ("Date d'arrivée (jj/mm/aaaa)", "arrived_on"),
        ("Hyrja / Ulazak / Entry", "arrived_on"), ("4. Date of arrival", "arrived_on"),
        ("Resident's date of birth", "birth_date"), ("D.O.B.", "birth_date"), ("DateOfBirth", "birth_date"),
        ("Release date", "departed_on"), ("ExitDate", "departed_on"), ("Detention Book Out Date Time", "departed_on"),
        ("Date de sortie", "departed_on"), ("LastName", "family_name"), ("FirstName", "given_names"),
        ("Emri / Ime / Name", "given_names"), ("Prezime / Ime", "full_name"), ("Middle Name", "middle_names"),
        ("Departure reason", "departure_kind"), ("Age (years)", "age"), ("Number of the person", "person_id"),
        ("admitted_at_utc", "arrived_on"), ("ReleasedAt", "departed_on"), ("admission_ts", "arrived_on"),
        ("Indsat den", "arrived_on"), ("Mbërriti më", "arrived_on"), ("U largua më", "departed_on"),
        ("Primljen dana", "arrived_on"), ("Датум отпуста", "departed_on"), ("Løsladt d.", "departed_on"),
        ("Entered on", None), ("Created at", None), ("Updated_at_utc", None), ("Seen on", None),
        ("Detainee #", "person_id"), ("Client No.", "person_id"), ("CPR-nr.", "person_id"),
        ("Date Booked", "arrived_on"),
        ("Razlog otpusta", "departure_kind"), ("Arsyeja e daljes", "departure_kind"), ("M.I.", "middle_names"),
        ("Medical conditions", None), ("Asylum claim", None), ("Protection concerns", None), ("Religion", None),
        ("Father's name", None), ("Country", None), ("Date", None), ("", None), ("2026-05-01", None), ("x" * 500, None),
    ],
)  # fmt: skip
def test_a_heading_of_a_file_of_stays_is_known_however_it_is_written(heading: str, field: str | None) -> None:
    assert STAYS.recognised(heading) == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Sentence (months)", "sentence_months"), ("Sentence, months", "sentence_months"),
        ("SentenceMonths", "sentence_months"), ("Straflængde mdr.", "sentence_months"),
        ("given_name", "given_names"), ("surname", "family_name"), ("date_of_birth", "birth_date"),
        ("Passport No.", "document_number"), ("Nr. i rastit", "partner_number"), ("Diagnosis", None),
        ("HouseholdID", "family_group"), ("HH No.", "family_group"), ("Nr. i familjes", "family_group"),
        ("Број породице", "family_group"), ("Husstandsnr.", "family_group"),
    ],
)  # fmt: skip
def test_a_heading_of_a_list_is_known_however_it_is_written(heading: str, field: str | None) -> None:
    assert LISTS.recognised(heading) == field


@pytest.mark.parametrize("fields", ["stays", "lists"])
@pytest.mark.parametrize(
    "heading",
    ["Nr. i dosjes", "Nr. dosjes", "Numri i lëndës", "Br. predmeta", "Бр. предмета", "Broj dosijea", "Број досијеа",
     "Aktenzeichen", "Akten-Nr.", "N° de dossier", "Nº dossier", "Dosya no", "Case file no."],
)  # fmt: skip
def test_the_number_of_a_file_is_the_number_of_the_person(heading: str, fields: str) -> None:
    known, field = (STAYS, "person_id") if fields == "stays" else (LISTS, "partner_number")
    assert known.recognised(heading) == field


@pytest.mark.parametrize(
    "heading",
    ["Emri i babait", "Emri (i babait)", "Emri (i nënës)", "Ime oca", "Ime (oca)", "Име (оца)", "Vorname (Vater)",
     "Prénom (père)", "Baba adı", "Adı (baba)", "Name (mother)"],
)  # fmt: skip
def test_the_name_of_a_parent_is_no_name_of_the_person(heading: str) -> None:
    assert (STAYS.recognised(heading), LISTS.recognised(heading)) == (None, None)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Soyadı", "family_name"), ("ADI", "given_names"), ("Adı Soyadı", "full_name"), ("Doğum Tarihi", "birth_date"),
        ("GEL\u0130Ş TAR\u0130H\u0130", "arrived_on"),
        ("Uyruğu", "nationality"), ("Cinsiyeti", "sex"), ("Geliş tarihi", "arrived_on"),
        ("Çıkış Tarihi", "departed_on"),
        ("SOYADI", "family_name"),
    ],
)  # fmt: skip
def test_turkish_headings_are_known(heading: str, field: str) -> None:
    assert STAYS.recognised(heading) == field


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_konak_itself_calls_a_field_is_known(language: str) -> None:
    said = translator(language)
    declared = {each.column: each.label for each in (*PERSON_SAID, *CANDIDATE, *REMARKS) if each.in_files is not None}
    assert {column: LISTS.recognised(said(label)) for column, label in declared.items()} == {
        column: column for column in declared
    }
    stays = {each.name: each.label for each in STAY if each.name in ("arrived_on", "departed_on", "departure_kind")}
    stays |= {each.column: each.label for each in PERSON if each in PERSON_SAID and each.in_files is not None}
    stays["person_id"] = PARTNER_NUMBER.label
    assert {column: STAYS.recognised(said(label)) for column, label in stays.items()} == {
        column: column for column in stays
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fields", [STAY_FIELDS, LIST_FIELDS], ids=["stays", "lists"])
def test_whatever_messages_and_options_call_a_column_is_known(fields: Fields, language: str) -> None:
    known, said = Headings(fields), translator(language)
    for name, words in fields.items():
        assert known.recognised(name) == name
        assert known.recognised(said(words.label)) == name
