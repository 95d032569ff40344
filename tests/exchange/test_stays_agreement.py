"""A file says before it comes in which of its arrivals the agreement does not cover."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.exchange.contradictions import Choice, Choices
from models.exchange.stays_preview import StaysPreview
from models.ids import ProgrammeId
from models.rules.vocabulary import CandidateState, PlacesRule
from models.store.register import Register
from tests import builders
from tests.exchange.bringing import ENGLISH, bring, looked

HEAD = "person no,surname,arrival,departure\n"


def _looked(register: Register, programme: ProgrammeId, path: Path, rows: str) -> StaysPreview:
    path.write_text(HEAD + rows, encoding="utf-8")
    return looked(register, programme, path)


def _outside(planned: StaysPreview) -> dict[int, str]:
    return {each.row_number: ENGLISH.render(each.message) for each in planned.not_covered.outside}


def _beyond(planned: StaysPreview) -> list[int]:
    assert all(each in planned.doubts for each in planned.not_covered.beyond)
    return [each.row_number for each in planned.not_covered.beyond]


def test_arrivals_outside_of_the_dates_are_named_and_both_ends_lie_within(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register, window_start=date(2026, 6, 11), window_end=date(2026, 9, 30))
    planned = _looked(
        register,
        programme,
        tmp_path / "stays.csv",
        "1,Gashi,2026-06-10,2026-06-12\n2,Ilić,2026-06-11,2026-06-12\n3,Noor,2026-09-30,\n4,Azizi,2026-10-01,\n",
    )
    assert _outside(planned) == {
        2: "The agreement admits people from 11 Jun 2026 on.",
        5: "The agreement admitted people until 30 Sept 2026.",
    }
    assert len(planned.coming) == 4


def test_each_person_takes_one_cumulative_place_and_the_last_who_came_have_none(
    register: Register, tmp_path: Path
) -> None:
    programme = builders.programme(register, places=4)
    known = builders.resident(register, "K-1", family_name="Noor", sort_name="noor")
    builders.stay(register, known, programme, date(2026, 6, 12), date(2026, 6, 20))
    builders.candidate(
        register, programme, state=CandidateState.ACCEPTED, family_name="Expected", given_names="Somebody"
    )
    planned = _looked(
        register,
        programme,
        tmp_path / "stays.csv",
        # Row 2 came last; rows 3 and 5 are one person; row 6 came before the agreement and takes no place.
        "5,Marku,2026-09-01,\n6,Gashi,2026-07-01,2026-07-09\n7,Ilić,2026-08-01,\n6,Gashi,2026-09-05,\n"
        "8,Azizi,2026-06-01,2026-06-02\n",
    )
    assert _beyond(planned) == [2]
    assert [*_outside(planned)] == [6]


@pytest.mark.parametrize(
    ("rows", "beyond"),
    [
        ("1,A,2026-07-01,2026-07-10\n2,B,2026-07-10,2026-07-20\n", []),  # who leaves on that day has gone
        ("1,A,2026-07-01,2026-07-11\n2,B,2026-07-10,2026-07-20\n", [3]),
        ("2,B,2026-07-10,2026-07-20\n1,A,2026-07-01,2026-07-11\n", [2]),  # the order of the file does not matter
        ("1,A,2026-08-02,\n", [2]),  # the register has somebody in the house on that day
        ("1,A,2026-08-06,\n", []),
        ("1,A,2026-08-06,\n2,B,2026-08-07,\n3,C,2026-08-08,\n", [3, 4]),
    ],
)
def test_places_at_once_are_those_of_the_moment_of_the_arrival(
    register: Register, tmp_path: Path, rows: str, beyond: list[int]
) -> None:
    programme = builders.programme(register, places=1, places_rule=PlacesRule.CONCURRENT)
    there = builders.resident(register, "K-1", family_name="Noor", sort_name="noor")
    builders.stay(register, there, programme, date(2026, 8, 1), date(2026, 8, 5))
    assert _beyond(_looked(register, programme, tmp_path / "stays.csv", rows)) == beyond


def test_places_held_for_who_is_expected_are_not_free_for_who_is_still_there(
    register: Register, tmp_path: Path
) -> None:
    programme = builders.programme(register, places=2, places_rule=PlacesRule.CONCURRENT)
    builders.candidate(
        register, programme, state=CandidateState.ACCEPTED, family_name="Expected", given_names="Somebody"
    )
    rows = "1,A,2026-07-01,2026-07-10\n2,B,2026-07-02,\n3,C,2026-07-20,\n"
    assert _beyond(_looked(register, programme, tmp_path / "stays.csv", rows)) == [4]


def test_a_stay_that_the_file_ends_frees_its_place(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register, places=1, places_rule=PlacesRule.CONCURRENT)
    path = tmp_path / "stays.csv"
    path.write_text(HEAD + "1,Gashi,2026-07-01,\n", encoding="utf-8")
    bring(register, programme, path)
    assert _beyond(_looked(register, programme, path, "2,Noor,2026-07-20,\n")) == [2]
    planned = _looked(register, programme, path, "1,Gashi,2026-07-01,2026-07-15\n2,Noor,2026-07-20,\n")
    assert ([change.ends for change in planned.changing], _beyond(planned)) == ([True], [])


def test_a_stay_takes_its_place_as_the_file_puts_it_right(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register, places=1, places_rule=PlacesRule.CONCURRENT)
    path = tmp_path / "stays.csv"
    path.write_text(HEAD + "1,Gashi,2026-07-01,2026-07-05\n3,Ilić,2026-08-01,2026-08-02\n", encoding="utf-8")
    bring(register, programme, path)
    # As the register has it, the stay of row 2 ended before row 3 arrives; Ilić came later and has gone.
    path.write_text(HEAD + "1,Gashi,2026-07-01,2026-07-25\n2,Noor,2026-07-20,\n", encoding="utf-8")
    assert _beyond(looked(register, programme, path)) == []
    assert _beyond(looked(register, programme, path, Choices(Choice.TAKE, reason="The gate's book"))) == [3]


@pytest.mark.parametrize("terms", [{"places": None}, {"places": 3}])
def test_nothing_is_said_where_the_agreement_covers_all(
    register: Register, tmp_path: Path, terms: dict[str, Any]
) -> None:
    programme = builders.programme(register, **terms)
    path = tmp_path / "stays.csv"
    path.write_text(HEAD + "1,A,2026-07-01,\n2,B,2026-07-01,\n3,C,2026-07-01,\n", encoding="utf-8")
    done = bring(register, programme, path).summary
    assert (done.outside_dates, done.beyond_places, done.not_covered) == ((), (), ())


def test_how_many_and_which_rows_is_said_in_a_sentence(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register, places=1)
    path = tmp_path / "stays.csv"
    path.write_text(HEAD + "1,A,2026-05-01,\n2,B,2026-07-01,\n3,C,2026-07-02,\n4,D,2026-07-03,\n", encoding="utf-8")
    done = bring(register, programme, path)
    assert [ENGLISH.render(each) for each in done.summary.not_covered] == [
        "1 arrival lies outside the dates of the agreement: row 2.",
        "For 2 arrivals the agreement has no place left: rows 4, 5.",
    ]
