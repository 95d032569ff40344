"""Machine-readable zones: each format is read, each check digit said, and a repair is offered and never made."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.cli import main
from models.errors import Refused
from models.exchange.mrz import ZoneFormat, digit_of, read_zone, zones_of
from models.exchange.mrz_facts import facts_of, with_spelling
from models.exchange.mrz_repairs import repair
from models.rules.birth import BirthDate
from models.rules.residents import PersonFacts
from models.rules.vocabulary import DocumentKind, Sex

TODAY = date(2026, 11, 28)
PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
FRENCH = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")


def test_every_zone_of_the_samples_is_read_as_is_expected(
    shared_data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = json.loads((shared_data / "mrz" / "samples.json").read_text(encoding="utf-8"))["samples"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n\n".join("\n".join(each["lines"]) for each in samples)))
    assert main(["mrz"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert len(samples) > 60
    assert read == [each["expected"] for each in samples]
    formats = [read_zone("\n".join(each["lines"])).format for each in samples]
    assert formats == [each["format"] for each in samples]


def test_names_are_parted_and_cut_names_are_told(shared_data: Path) -> None:
    samples = json.loads((shared_data / "mrz" / "samples.json").read_text(encoding="utf-8"))["name_lines"]
    for each in samples:
        zone, expected = read_zone(f"{each['name_line']}\n{PASSPORT[1]}"), each["expected"]
        assert (zone.surname, zone.given_names) == (expected["surname"], expected["given_names"])
        assert zone.names_cut is expected["name_field_full_truncation_assumed"]


def test_national_formats_are_read() -> None:
    french = read_zone("\n".join(FRENCH))
    assert french.format is ZoneFormat.FRENCH_IDENTITY_CARD
    assert (french.surname, french.given_names, french.sex) == ("BERTHIER", "CORINNE", "F")
    assert (french.document_number, french.birth_date, french.expiry_date) == ("880692310285", "651206", "")
    assert french.checks == {"document_number": True, "birth": True, "composite": True}
    swiss = read_zone("AAA001D<<\nFACHE305142128097<<800126<<<<<\nMARCHAND<<FABIENNE<<<<<<<<<<<<")
    assert swiss.format is ZoneFormat.SWISS_DRIVING_LICENCE
    assert (swiss.document_number, swiss.birth_date, swiss.sex) == ("305142128097", "800126", "")
    driving = read_zone("D1FRA13AA000026181231MARTIN<<9")
    assert driving.format is ZoneFormat.FRENCH_DRIVING_LICENCE
    assert (driving.surname, driving.document_number, driving.expiry_date) == ("MARTIN", "13AA00002", "181231")
    assert driving.is_sound


@pytest.mark.parametrize("lines", [PASSPORT, CARD, FRENCH])
def test_a_zone_is_read_however_it_is_sent(lines: tuple[str, ...]) -> None:
    read = read_zone("\n".join(lines))
    for sent in (
        "".join(lines),
        "\r\n".join(lines) + "\r\n",
        "\n\n".join(lines).lower(),
        "\n".join(" ".join(line) for line in lines),
        "\n".join(lines).replace("<<", "«"),
    ):
        assert read_zone(sent) == read


def test_fillers_at_the_end_of_the_names_need_not_be_counted() -> None:
    assert read_zone(f"{PASSPORT[0]}<<\n{PASSPORT[1]}") == read_zone("\n".join(PASSPORT))
    assert read_zone(f"{PASSPORT[0].rstrip('<')}\n{PASSPORT[1]}") == read_zone("\n".join(PASSPORT))
    assert read_zone("\n".join([*CARD[:2], CARD[2].rstrip("<")])) == read_zone("\n".join(CARD))


def test_what_is_no_zone_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match="2 lines of 44"):
        read_zone(f"{PASSPORT[0]}\n{PASSPORT[1][1:]}")
    with pytest.raises(Refused, match="is no sign of a machine-readable zone"):
        read_zone("P<UTOÖ\nX")
    with pytest.raises(Refused, match="This is no machine-readable zone"):
        read_zone(" \n ")


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<", min_size=1, max_size=40), st.data())
def test_one_sign_that_is_read_wrong_is_found_wherever_its_weight_tells_it(signs: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(signs) - 1))
    if signs[place].isdigit():
        other = str((int(signs[place]) + data.draw(st.integers(1, 9))) % 10)
        assert digit_of(signs[:place] + other + signs[place + 1 :]) != digit_of(signs)


@pytest.mark.parametrize(
    ("read", "changed"),
    [
        (("P<UT0ERIK55ON<<ANNA<MAR1A<<<<<<<<<<<<<<<<<<<", "L898902C36UTO740BIZZF12041S9ZE184226B<<<<<1O"), 10),
        ((PASSPORT[0], "L8989O2C36UTO7408122F1204159ZE184226B<<<<<10"), 1),
        ((PASSPORT[0], PASSPORT[1].replace("<<<<<", "<<<<")), 1),
        ((PASSPORT[0] + "<", PASSPORT[1].replace("C36", "C3<6")), 1),
        (("P<UTOERIKSSON<<ANNA<MARIAKKKKKKKKKKKKKKKKKKK", PASSPORT[1]), 19),
        (("P<UTOERIKSSON<<ANNA<MARIA<<KKKCC<<<<<<<<<<<<", PASSPORT[1]), 5),
    ],
)
def test_signs_that_look_alike_are_offered_as_what_they_can_be(read: tuple[str, str], changed: int) -> None:
    offered = repair("\n".join(read))
    assert offered is not None
    assert offered.zone == read_zone("\n".join(PASSPORT))
    assert len(offered.changes) == changed


def test_a_change_names_its_sign() -> None:
    offered = repair(f"{PASSPORT[0]}\nL8989O2C36UTO7408122F1204159ZE184226B<<<<<10")
    assert offered is not None
    (change,) = offered.changes
    assert (change.line, change.place, change.was, change.becomes) == (2, 6, "O", "0")


@pytest.mark.parametrize(
    "lines",
    [
        PASSPORT,  # nothing to repair
        (PASSPORT[0], "L898902C37UTO7408122F1204159ZE184226B<<<<<10"),  # no sign explains it
        (PASSPORT[0], "L898902C36UTO7408132F1204159ZE184226B<<<<<10"),  # a digit for a digit
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", PASSPORT[1][4:]),
    ],
)
def test_no_repair_is_guessed(lines: tuple[str, str]) -> None:
    assert repair("\n".join(lines)) is None


@pytest.mark.parametrize(
    ("printed", "birth", "other"),
    [
        ("740812", "1974-08-12", None),
        ("261128", "2026-11-28", "1926-11-28"),
        ("261129", "1926-11-29", None),
        ("110101", "2011-01-01", "1911-01-01"),
        ("101231", "2010-12-31", None),
        ("99<<<<", "1999", None),
        ("0003<<", "2000-03", None),
        ("000000", "2000", None),
        ("000230", None, None),
        ("<<<<<<", None, None),
    ],
)
def test_the_century_of_a_birth_is_the_youngest_possible(printed: str, birth: str | None, other: str | None) -> None:
    digit = digit_of(printed)
    facts = facts_of(read_zone(f"{PASSPORT[0]}\nL898902C36UTO{printed}{digit}F1204159ZE184226B<<<<<10"), today=TODAY)
    assert facts.person.birth == (None if birth is None else BirthDate.parse(birth))
    assert facts.birth_or == (None if other is None else BirthDate.parse(other))


@pytest.mark.parametrize(
    ("printed", "day"), [("761231", date(2076, 12, 31)), ("770101", date(1977, 1, 1)), ("<<<<<<", None)]
)
def test_a_document_is_valid_for_fifty_years_at_most(printed: str, day: date | None) -> None:
    zone = read_zone(f"{PASSPORT[0]}\nL898902C36UTO7408122F{printed}{digit_of(printed)}ZE184226B<<<<<10")
    assert facts_of(zone, today=TODAY).document.expires_on == day


def test_a_zone_becomes_a_person_and_a_document() -> None:
    facts = facts_of(
        read_zone("P<D<<MUELLER<OZ<<ERIKA<<<<<<<<<<<<<<<<<<<<<\nC01X<1R741D<<6408125F2010315<<<<<<<<<<<<<<<9"),
        today=TODAY,
    )
    assert (facts.person.family_name, facts.person.given_names) == ("Mueller Oz", "Erika")
    assert (facts.person.sex, facts.person.nationality) == (Sex.FEMALE, "DE")
    assert (facts.document.kind, facts.document.number, facts.document.country) == (
        DocumentKind.PASSPORT,
        "C01X 1R74",
        "DE",
    )
    stateless = facts_of(read_zone(f"{PASSPORT[0]}\n{PASSPORT[1].replace('UTO', 'XXA')}"), today=TODAY)
    assert stateless.person.nationality == "XXA"
    assert stateless.document.country is None
    card = facts_of(read_zone("\n".join(CARD)), today=TODAY)
    assert (card.document.kind, card.document.number) == (DocumentKind.IDENTITY_CARD, "D23145890")


def test_the_spelling_of_the_zone_is_kept_beside_the_name_as_it_is_printed() -> None:
    zone = read_zone(
        f"{PASSPORT[0].replace('ERIKSSON<<ANNA', 'DJORDJEVIC<<ANA')}".ljust(44, "<")[:44] + f"\n{PASSPORT[1]}"
    )
    printed = PersonFacts(family_name="Ђорђевић", given_names="Ana Maria")
    assert with_spelling(PersonFacts(family_name="Muller", given_names="Ana"), zone).aliases == (
        "Djordjevic Ana Maria",
    )
    assert with_spelling(PersonFacts(family_name="DJORDJEVIĆ", given_names="Ana Maria"), zone).aliases == ()
    twice = with_spelling(with_spelling(printed, zone), zone)
    assert twice == with_spelling(printed, zone)


def test_the_command_says_what_is_no_zone_and_what_may_be_misread(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = f"{PASSPORT[0]}\nL8989O2C36UTO7408122F1204159ZE184226B<<<<<10"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"\n\n{odd}\n \nP<UTO\n\n\n" + "\r\n".join(CARD)))
    assert main(["mrz"]) == 1
    said = capsys.readouterr()
    first, second, third = json.loads(said.out)
    assert first["check_digits"]["document_number"] is False
    assert "5 signs" in second["error"]
    assert third["surname"] == "ERIKSSON"
    assert said.err == f"Zone 1: perhaps misread. It fits better as {PASSPORT[0]} / {PASSPORT[1]}\n"


def test_zones_are_parted_by_empty_lines() -> None:
    assert list(zones_of("\n\na\nb\n \t\r\n\nc\r\n\r\nd\n")) == ["a\nb", "c", "d"]
