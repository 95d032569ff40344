"""Who stands in a file more than once: how surely it is found, and how it is said."""

import csv
import json
from pathlib import Path

import pytest

from benchmarks import damaged
from desktop.cli import main
from models.exchange.files import read_table
from models.exchange.same_file import SameReading, find_same


def _measured(found: SameReading, same: frozenset[tuple[int, int]]) -> tuple[float, float, float]:
    """F1, precision and recall; row 2 of the file is the first person."""
    pairs = {(pair.rows[0] - 2, pair.rows[1] - 2) for pair in found.pairs}
    right = len(pairs & same)
    precision, recall = right / len(pairs), right / len(same)
    return 2 * precision * recall / (precision + recall), precision, recall


def test_the_pairs_of_the_febrl_set_are_found(shared_data: Path) -> None:
    path = shared_data / "duplicates" / "febrl-1.csv"
    of: dict[str, list[int]] = {}
    with path.open(newline="") as lines:
        for place, row in enumerate(csv.DictReader(lines, skipinitialspace=True)):
            of.setdefault(row["rec_id"].split("-")[1], []).append(place)
    f1, precision, recall = _measured(find_same(read_table(path)), frozenset((a, b) for a, b in of.values()))
    assert f1 >= 0.97
    assert precision >= 0.97
    assert recall >= 0.97


@pytest.mark.parametrize(
    ("seed", "originals", "copies", "damage", "least"),
    [(7, 800, 1, 3, 0.985), (21, 500, 2, 5, 0.97), (22, 500, 1, 6, 0.95)],
)
def test_other_people_with_more_damage_are_found_too(
    tmp_path: Path, seed: int, originals: int, copies: int, damage: int, least: float
) -> None:
    made = damaged.people(seed, originals, copies, damage)
    path = tmp_path / "people.csv"
    with path.open("w", newline="", encoding="utf-8") as lines:
        csv.writer(lines).writerows([damaged.COLUMNS, *made.rows])
    f1, precision, _ = _measured(find_same(read_table(path)), made.same)
    assert f1 >= least
    assert precision >= 0.98


LIST = """No;Passport;Emri;Mbiemri;Datëlindja;Adresa
1;P 100-223;Mohammed;Yousuf;02.07.1991;Rr. A 1
2;;Jusuf;Muhamed;1991;
3;X-0;Ana;Đorđević;05.03.1980;
4;p100223;Omid;Karimi;30.11.1961;
5;;Ана;Ђорђевић;03.05.1980;
"""


def test_the_pairs_of_any_list_are_said_with_rows_score_and_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    assert main(["find-same", str(path), "--json", "--day-order", "dmy"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["rows"] == 5
    assert {tuple(pair["rows"]): pair["reasons"] for pair in said["pairs"]} == {
        (2, 3): ["The same name in another spelling.", "A birth date that may be the same."],
        (2, 5): [
            "The same document number: P 100-223.",
            "But the birth dates differ.",
            "But the names do not fit.",
        ],
        (4, 6): [
            "The same name.",
            "The same birth date with day and month exchanged.",
        ],
    }
    assert all(pair["score"] >= said["threshold"] for pair in said["pairs"])


def test_without_json_it_reads_as_sentences_and_a_column_can_be_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("A1;First;Last\nX-77;Jan;Nowak\nX77;J.;Novak\nX-78;Ewa;Lis\n", encoding="utf-8")
    assert main(["find-same", str(path), "--map", "A1=further_number", "--map", "First=given_names", "--map",
                 "Last=family_name"]) == 0  # fmt: skip
    lines = capsys.readouterr().out.splitlines()
    assert "A1 = further_number" in lines
    (pair,) = [line for line in lines if line.startswith("rows ")]
    assert pair.startswith("rows 2 and 3, ")
    assert "The same document number: X-77." in pair
    assert lines[-2:] == ["3 rows were compared.", "1 pair may be one person. Somebody has to look: nothing is merged."]


def test_one_placeholder_for_everybody_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = damaged.people(5, 300, 0, 0)
    path = tmp_path / "people.csv"
    with path.open("w", newline="", encoding="utf-8") as lines:
        csv.writer(lines).writerows([damaged.COLUMNS, *((*row[:-1], "7000001") for row in made.rows)])
    assert main(["find-same", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [(each["number"], len(each["rows"])) for each in said["no_numbers"]] == [("7000001", 300)]
    assert len(said["pairs"]) < 15


def test_a_file_that_leaves_the_order_open_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Given name,Surname,Date of birth\nJan,Nowak,03/05/1980\nEwa,Lis,04/06/1981\n")
    assert main(["find-same", str(path)]) == 1
    assert "day or the month" in capsys.readouterr().err


def test_a_case_number_that_several_names_share_is_of_a_family(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(
        "Case number,Given name,Surname,Date of birth\nC-77,Amina,Sahak,1990-05-21\nC-77,Omid,Noori,1961-11-30\n"
        "C-78,Jawad,Karimi,1980-02-28\nC 78,J.,Karimi,1980\n"
    )
    assert [pair.rows for pair in find_same(read_table(path)).pairs] == [(4, 5)]
