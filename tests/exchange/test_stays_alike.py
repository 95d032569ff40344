"""A file of stays says who of its people is perhaps known already, though no number says so."""

from datetime import date
from pathlib import Path

import pytest

from models.exchange import stays_alike
from models.exchange.files import read_table
from models.exchange.import_stays import bring_in
from models.exchange.stays_file import read_stays
from models.exchange.stays_preview import preview_stays
from models.queries import duplicates
from models.rules.birth import BirthDate
from models.rules.vocabulary import DepartureKind
from models.store.register import Register
from models.text import translator
from tests import builders

HEAD = "person_id,family_name,given_names,date_of_birth,entry_date,exit_date\n"


def _doubts(register: Register, path: Path, rows: str) -> dict[int, list[str]]:
    path.write_text(HEAD + rows, encoding="utf-8")
    with register.read() as snapshot:
        (programme,) = snapshot.connection.exec_driver_sql("SELECT id FROM programmes").scalars()
        read = read_stays(read_table(path), zone=register.facility.zone)
        planned = preview_stays(snapshot, programme_id=programme, read=read)
    said: dict[int, list[str]] = {}
    for doubt in planned.alike:
        said.setdefault(doubt.row_number, []).append(translator("en").render(doubt.message))
    return said


@pytest.mark.parametrize("name", [("Jusuf", "Muhamed"), ("یوسف", "محمد"), ("Mohammad", "Youssef")])
def test_who_is_perhaps_a_resident_is_said_with_reasons(
    register: Register, tmp_path: Path, name: tuple[str, str]
) -> None:
    builders.programme(register)
    builders.resident(register, "K-0007", family_name="Yousuf", given_names="Mohammed", birth=BirthDate(1991, 3, 7))
    said = _doubts(register, tmp_path / "stays.csv", f"P-9,{name[0]},{name[1]},1991-03-07,2026-07-01,\n")
    assert said[2][0] == "Perhaps the same person as the resident K-0007."
    assert "The same birth date." in said[2]


def test_who_has_died_is_named_as_such(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register)
    dead = builders.resident(register, "K-0007", family_name="Karimi", given_names="Zohra", birth=BirthDate(1950, 5, 2))
    builders.stay(register, dead, programme, date(2026, 6, 12), date(2026, 6, 20), departure_kind=DepartureKind.DEATH)
    said = _doubts(register, tmp_path / "stays.csv", "P-9,Karimi,Zohra,1950-05-02,2026-07-01,\n")
    assert said[2][0] == "Perhaps the same person as the resident K-0007, who died on 20 Jun 2026."


def test_two_of_one_file_are_said_once(register: Register, tmp_path: Path) -> None:
    builders.programme(register)
    said = _doubts(
        register,
        tmp_path / "stays.csv",
        "P-1,Đorđević,Ana,1980-03-05,2026-07-01,2026-07-03\nP-2,Ђорђевић,Ана,1980-03-05,2026-08-01,\n"
        "P-3,Noori,Jawad,1980-03-05,2026-08-01,\n",
    )
    assert {row: lines[0] for row, lines in said.items()} == {3: "Perhaps the same person as in row 2 of the file."}


def test_of_very_many_the_rows_are_compared_and_the_way_that_is_advised_finds_who_was_known(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stays_alike, "_MOST", 1)
    programme = builders.programme(register)
    builders.resident(register, "K-0007", family_name="Yousuf", given_names="Mohammed", birth=BirthDate(1991, 3, 7))
    rows = (
        "P-1,Jusuf,Muhamed,1991-03-07,2026-07-01,\nP-2,Noori,Jawad,1980-03-05,2026-08-01,\n"
        "P-3,Nouri,Javad,1980-03-05,2026-08-01,\n"
    )
    said = _doubts(register, tmp_path / "stays.csv", rows)
    assert "konak find-same" in said[2][0]
    assert said[4][0] == "Perhaps the same person as in row 3 of the file."
    read = read_stays(read_table(tmp_path / "stays.csv"), zone=register.facility.zone)
    builders.resident(register, "K-0900", family_name="Kim", given_names="Min", birth=BirthDate(1977, 1, 2))
    builders.resident(register, "K-0901", family_name="Kim", given_names="Min", birth=BirthDate(1977, 1, 2))
    import_id = register.perform(bring_in, programme_id=programme, read=read).value.import_id
    with register.read() as snapshot:
        found = duplicates.find(snapshot, import_id=import_id)
        pairs = duplicates.rows(snapshot, pairs=found.pairs)
        assert [(each.id, each.people) for each in duplicates.imports(snapshot)] == [(import_id, 3)]
    assert {(pair.this.name, pair.other.name) for pair in pairs} == {
        ("Yousuf, Mohammed", "Jusuf, Muhamed"),
        ("Noori, Jawad", "Nouri, Javad"),
    }
