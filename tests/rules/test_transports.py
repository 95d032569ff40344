"""Where somebody on a transport stands."""

import pytest

from models.rules.transports import Stage, stage_of
from models.text import Message, message

WHY = (message("something"),)


@pytest.mark.parametrize(
    ("is_aboard", "has_arrived", "decisions", "objections", "stage"),
    [
        (None, False, WHY, WHY, Stage.EXPECTED),
        (False, False, WHY, WHY, Stage.NOT_COME),
        (True, False, (), (), Stage.READY),
        (True, False, WHY, (), Stage.TO_DECIDE),
        (True, False, (), WHY, Stage.TO_DECIDE),
        (None, True, WHY, (), Stage.ADMITTED),
        (False, True, (), (), Stage.ADMITTED),
    ],
)
def test_who_is_admitted_is_done_with_and_of_whom_nobody_has_said_whether_they_came_nothing_else_is_asked(
    is_aboard: bool | None,
    has_arrived: bool,
    decisions: tuple[Message, ...],
    objections: tuple[Message, ...],
    stage: Stage,
) -> None:
    found = stage_of(is_aboard=is_aboard, has_arrived=has_arrived, decisions=decisions, objections=objections)
    assert found is stage
