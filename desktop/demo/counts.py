"""The chapter of the demonstration that tells how the house is counted, morning and evening, in its last days."""

from datetime import timedelta
from functools import partial

from desktop.demo.story import Story
from models.actions import roll_calls
from models.actions.roll_calls import Marked
from models.ids import RollCallId
from models.queries import roll_calls as queries
from models.rules.vocabulary import RollAnswer, RollMarkState, RollStanding

_DAYS = 2
"""So many days before the last one the house begins to be counted."""
_HOURS = (7, 21)
_SHIFTS = (6, 18)
_TAKES = 17
"""Minutes that a count takes."""


def counted_house(story: Story) -> None:
    """The hours are set; the house is counted at them, once with somebody who was not found at first."""
    first = story.today - timedelta(days=_DAYS)
    story.at(first, partial(_set_hours, story), hour=5)
    for days in range(_DAYS + 1):
        day = first + timedelta(days=days)
        for hour in _SHIFTS:
            story.at(day, partial(story.do, roll_calls.fire_list_printed), hour=hour)
        for hour in _HOURS:
            lacks = days == _DAYS - 1 and hour == _HOURS[-1]
            story.at(day, partial(_begin, story, is_one_missing=lacks), hour=hour)


def _set_hours(story: Story) -> None:
    counts, shifts = (" ".join(f"{hour:02}:00" for hour in hours) for hours in (_HOURS, _SHIFTS))
    story.do(roll_calls.schedule, roll_calls=counts, fire_lists=shifts)


def _begin(story: Story, *, is_one_missing: bool) -> None:
    call = story.do(roll_calls.begin)
    then = story.clock.now().astimezone(story.register.facility.zone) + timedelta(minutes=_TAKES)
    if then > story.end:  # the story ends while it is counted, so that it was over before
        _count(story, call, is_one_missing=False)
    else:
        story.at(then.date(), partial(_count, story, call, is_one_missing=is_one_missing), then.hour, then.minute)


def _count(story: Story, call: RollCallId, *, is_one_missing: bool) -> None:
    with story.register.read() as snapshot:
        found = queries.count(snapshot, roll_call_id=call)
    left = [line.stay_id for line in found.lines if line.standing is RollStanding.TO_COUNT]
    missing = left[len(left) // 2] if is_one_missing else None
    marks = [
        Marked(each, RollMarkState.NOT_HERE if each == missing else RollMarkState.HERE, at=story.clock.now())
        for each in left
    ]
    story.do(roll_calls.mark, roll_call_id=call, counter_id=found.call.counters[0].id, marks=marks)
    if missing is not None:
        said = "Looked for in all rooms; came from the washing room after the count"
        answer = RollAnswer.EXPLAINED
        story.do(roll_calls.answer, roll_call_id=call, stay_id=missing, answer=answer, words=said)
    story.do(roll_calls.close, roll_call_id=call)
