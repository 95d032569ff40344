"""What became of every row: each is accounted for, once, and named with its column, its value and the reason."""

import pytest

from models.exchange.problems import Problem
from models.exchange.summary import Summary
from models.exchange.tables import Source
from models.text import message, translator


def said(row: int, column: str | None = "Arrival date", value: str = "31.2.2026") -> Problem:
    return Problem(row, column, value, message("There is no such day in the calendar. Correct it."))


def test_each_row_is_in_one_part_and_several_problems_of_a_row_are_one_refused_row() -> None:
    found = Summary(
        read=(2, 3, 4, 5, 6),
        came_in=(2,),
        changed=(said(3),),
        refused=(said(4), said(4, "Sex")),
        set_aside=(said(5), said(6, None)),
        doubts=(said(2), said(2, "Sex")),
        people_new=(2,),
    )
    assert found.counts == {
        "read": 5, "came_in": 1, "changed": 1, "refused": 1, "set_aside": 2, "doubts": 1, "people_new": 1,
        "outside_dates": 0, "beyond_places": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("came_in", "refused", "set_aside"),
    [((2, 3), (), ()), ((2, 3), (said(4), said(3)), ()), ((2, 3, 4), (), (said(5),)), ((2, 3, 4, 4), (), ())],
    ids=["one is missing", "one is twice", "one was never read", "one came in twice"],
)
def test_a_row_that_is_not_accounted_for_is_a_fault(
    came_in: tuple[int, ...], refused: tuple[Problem, ...], set_aside: tuple[Problem, ...]
) -> None:
    with pytest.raises(ValueError, match="not accounted for"):
        Summary(read=(2, 3, 4), came_in=came_in, refused=refused, set_aside=set_aside)


def test_other_programs_are_told_the_count_and_every_row_with_column_value_and_reason() -> None:
    found = Summary(read=(2, 3), came_in=(2,), refused=(said(3), said(3, None, "")), people_new=(2,))
    told = found.as_json(Source("may.csv", "csv", "0" * 64), translator("en"))
    assert told["file"] == "may.csv"
    assert told["read"] == {"count": 2, "rows": [{"row": 2}, {"row": 3}]}
    why = "There is no such day in the calendar. Correct it."
    assert told["refused"] == {
        "count": 1,
        "rows": [
            {"row": 3, "column": "Arrival date", "value": "31.2.2026", "reason": why},
            {"row": 3, "column": None, "value": "", "reason": why},
        ],
    }
    assert told["set_aside"] == told["changed"] == told["doubts"] == {"count": 0, "rows": []}
