"""Countries, peoples, sexes, answers and kinds of departure in the words of five languages; nothing is guessed."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from models.exchange.countries import has_codes, read_country
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.exchange.peoples import peoples
from models.exchange.stays_file import read_stays
from models.exchange.values import is_not_yet, read_answer, read_departure_kind, read_sex
from models.rules.codes import COUNTRIES, STATELESS
from models.rules.vocabulary import Answer, DepartureKind, Sex

BELGRADE = ZoneInfo("Europe/Belgrade")


@pytest.mark.parametrize("language", ["en", "sq", "sr_Latn", "sr", "da"])
def test_every_country_is_known_by_its_names_in_the_five_languages(language: str) -> None:
    names = Locale.parse(language).territories
    countries = {code: name for code, name in names.items() if len(code) == 2 and code.isalpha()}
    groups = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    missed = {
        name: read_country(name)
        for code, name in countries.items()
        if read_country(name) != code and code not in groups
    }
    assert countries.keys() - groups <= COUNTRIES
    assert language != "en" or countries.keys() - groups == COUNTRIES
    assert missed in ({}, {"St. Martin": None}, {"Saint Martin": None})


def test_every_word_for_a_people_names_one_country() -> None:
    assert {word: read_country(word) for code, word in peoples() if read_country(word) != code} == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Turkey", "TR"), ("Türkiye", "TR"), ("UAE", "AE"), ("D.R. Congo", "CD"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Congo (Kinshasa)", "CD"), ("Republic of the Congo", "CG"), ("Iran (Islamic Republic of)", "IR"),
        ("Bolivia (Plurinational State of)", "BO"), ("Tanzania, United Republic of", "TZ"), ("Viet Nam", "VN"),
        ("Moldova, Republic of", "MD"), ("Korea, Republic of", "KR"), ("Syria Arab Republic", "SY"), ("Burma", "MM"),
        ("Swaziland", "SZ"), ("Ivory Coast", "CI"), ("Cape Verde", "CV"), ("Holland", "NL"), ("East Timor", "TL"),
        ("Kosovo (UNSCR 1244)", "XK"), ("Occupied Palestinian Territory", "PS"), ("Afganistan", "AF"),
        ("Guatamala", "GT"),
        ("Mali i Zi", "ME"), ("Bosnja dhe Hercegovina", "BA"), ("Mali", "ML"), ("venezolana", "VE"),
        ("Hondureño", "HN"), ("nicaraguense", "NI"),
        ("Syrians", "SY"), ("jugkorean", "KR"), ("Severnokorejac", "KP"), ("tajvansko", "TW"), ("burmansk", "MM"),
        ("centralafrikansk", "CF"), ("Južnosudanac", "SS"), ("Korea e Veriut", "KP"), ("gvinejsko", "GN"),
        ("Liberian", "LR"), ("Swiss", "CH"), ("Sri Lankan", "LK"), ("Nigerien", "NE"), ("Nigerian", "NG"),
        ("Dutch", "NL"),
        ("Mauritian", "MU"), ("Mauritanian", "MR"), ("South Sudanese", "SS"), ("sirijsko", "SY"), ("Siriane", "SY"),
        ("afghansk", "AF"), ("Палестина", "PS"), ("Saudi", "SA"), ("Guinea", "GN"), ("Guinea-Bissau", "GW"),
        ("Papua New Guinea", "PG"), ("Dominica", "DM"), ("Dominican Republic", "DO"),
        ("Sudan (South)", "SS"), ("Guinea (Equatorial)", "GQ"), ("Guineja (Ekuatoriale)", "GQ"),
        ("Ireland (Northern)", "GB"), ("Samoa (American)", "AS"), ("Korea (the Republic of)", "KR"),
        ("Congo (the Democratic Republic of the)", "CD"), ("Saint Martin (French part)", "MF"),
        ("China (PRC)", "CN"), ("Georgia (Republic)", "GE"), ("Afghanistan (Kabul)", "AF"), ("Russian Fed.", "RU"),
        ("bez državljanstva", STATELESS),
        ("Stateless", STATELESS), ("AF", "AF"), ("AFG", "AF"), ("NO", "NO"),
    ],
)  # fmt: skip
def test_names_of_iso_of_the_un_and_of_every_day_are_known(text: str, code: str) -> None:
    assert read_country(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Congo", "Congolese", "Korea", "Korean", "Dominican", "New Guinea", "Virgin Islands", "Saint Martin",
        "Yugoslavia", "USSR", "Czechoslovakia", "Serbia and Montenegro", "Jersey City", "Indiana", "Franc", "roman",
        "Ahmad Jordan", "Chad Smith", "Kenya Moore", "Cuba Gooding", "Mali Koroma", "Israel Perez",
        "Germany or Austria",
        "India/Pakistan", "Sudan/South Sudan", "Afghan or Iranian", "Niger, Nigeria", "Turkey?", "Kurdistan",
        "Guinea (Eq.)", "Sudan (S.)", "Congo (Dem.)", "Samoa (US)", "China (Taiwan)", "Serbia (Kosovo)",
        "Paris", "no", "No", "NA", "jo", "ne", "unknown", "XXX", "ZZ", "-", "",
    ],
)  # fmt: skip
def test_what_could_be_several_countries_or_none_is_not_guessed(text: str) -> None:
    assert read_country(text) is None


def test_na_is_namibia_where_the_other_codes_are_of_two_letters(tmp_path: Path, shared_data: Path) -> None:
    assert has_codes(["NA", "AF", "", "SY"])
    assert has_codes(["NA", "-", "AF", "?", "#N/A"])
    assert not has_codes(["NA", "Turkey"])
    assert not has_codes(["NA", ""])
    path = tmp_path / "list.csv"
    path.write_text("No,Family name,Given names,Nationality\n1,Abaro,Tomi,NA\n2,Cela,Mira,AF\n3,Doko,Ana,\n")
    assert [line.nationality for line in read_list(read_table(path)).candidates] == ["NA", "AF", None]
    named = read_stays(read_table(shared_data / "cases" / "y_namibia.csv"), zone=BELGRADE)
    assert [line.nationality for line in named.lines] == [None, "NA", "TR", "IR"]
    assert any("Namibia" in each.message.text for each in named.lines[0].doubts)


def test_a_part_of_a_name_that_is_not_known_is_none_and_is_said(shared_data: Path) -> None:
    found = read_list(read_table(shared_data / "cases" / "i_fnu.csv")).candidates
    assert [(line.family_name, line.given_names) for line in found] == [
        ("AHMADI", ""), ("", "ZARIFA"), ("RAHIMI", ""), ("", "GULALAI"),
    ]  # fmt: skip
    assert all(any("part of the name" in each.message.text for each in line.doubts) for line in found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Removed", DepartureKind.REMOVAL), ("U deportua", DepartureKind.REMOVAL),
        ("Депортован", DepartureKind.REMOVAL),
        ("Voluntary departure", DepartureKind.VOLUNTARY_RETURN),
        ("Dobrovoljni odlazak", DepartureKind.VOLUNTARY_RETURN),
        ("frivillig udrejse", DepartureKind.VOLUNTARY_RETURN), ("Transferred", DepartureKind.TRANSFER_OF_CUSTODY),
        ("u lirua", DepartureKind.RELEASE_BY_ORDER),
        ("umrla", DepartureKind.DEATH), ("ran away", DepartureKind.ESCAPE),
        ("Deported (charter)", DepartureKind.REMOVAL),
        ("unknown", DepartureKind.NOT_RECORDED), ("Missing", None), ("pending", None), ("won the lottery", None),
        ("dead?", None),
    ],
)  # fmt: skip
def test_kinds_of_departure_in_everyday_words(text: str, kind: DepartureKind | None) -> None:
    assert read_departure_kind(text) is kind


def test_sexes_answers_and_days_that_have_not_come() -> None:
    assert {read_sex(text) for text in ("F", "ženskog pola", "Femra", "kvinde", "женски", "Mrs")} == {Sex.FEMALE}
    assert {read_sex(text) for text in ("M", "muškog pola", "meshkuj", "mand", "мушкарац", "Boy")} == {Sex.MALE}
    assert read_sex("E") is None
    assert read_sex("F?") is None
    assert {read_answer(text) for text in ("po", "ДА", "ja", "✓", "✔️", "t", "Yes")} == {Answer.YES}
    assert read_answer("perhaps") is None
    assert (read_answer("☐"), read_answer("☒"), read_answer("✗"), read_answer("none")) == (
        Answer.NO, Answer.YES, None, None,
    )  # fmt: skip
    assert all(map(is_not_yet, ("9999-12-31", "31/12/9999", "0000-00-00", "u toku", "Still here", "")))
    assert not any(map(is_not_yet, ("2026-05-01", "unknown", "9999")))
