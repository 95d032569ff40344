"""Roll calls in words."""

from datetime import datetime

from models.queries.roll_calls import CallRow, Line
from models.rules.roll_calls import Balance
from models.rules.vocabulary import RollStanding
from models.rules.wording import word
from ui import session
from ui.kit.columns import Cell
from ui.kit.tokens import Tone
from ui.language import _, isolated, plural, say, tr
from ui.presentation import at_clock, when
from ui.rooms.presentation import room_name

TONES = {
    RollStanding.COUNTED: Tone.GREEN,
    RollStanding.MISSING: Tone.RED,
    RollStanding.UNEXPECTED: Tone.RED,
    RollStanding.AWAY: Tone.GREY,
    RollStanding.OVERDUE: Tone.AMBER,
    RollStanding.CAME_BACK: Tone.BLUE,
    RollStanding.ARRIVED: Tone.BLUE,
    RollStanding.WENT_OUT: Tone.BLUE,
    RollStanding.DEPARTED: Tone.BLUE,
}
"""The colour of each standing; whoever is still to be counted has none."""


def title(call: CallRow) -> str:
    """What a roll call is called: by the hour that it is held for."""
    if call.due_at is None:
        return _("Roll call")
    return _("Roll call, {time}", time=clock(call.due_at))


def clock(instant: datetime) -> str:
    """The time of day of an instant, in the facility's time."""
    return f"{instant.astimezone(session.zone()):%H:%M}"


def begun(call: CallRow) -> str:
    """When it was begun, by whom, and how it goes."""
    counters = tr().join([counter(each.name, each.part) for each in call.counters])
    day = tr().long_date(session.date_of(call.began_at))
    said = [_("{day} · begun {time} · counted by {counters}", day=day, time=clock(call.began_at), counters=counters)]
    if call.held_late_for is not None:
        said.append(_("held late, for {moment}", moment=at_clock(call.held_late_for)))
    if call.is_from_sheet:
        said.append(_("on the printed sheet"))
    if call.paused_at is not None:
        said.append(_("paused since {time}", time=clock(call.paused_at)))
    if call.closed_at is not None:
        said.append(_("signed by {name}, {time}", name=isolated(call.closed_by), time=at_clock(call.closed_at)))
    if call.taken_back:
        said.append(_("taken back: {reason}", reason=call.taken_back))
    return " · ".join(said)


def counter(name: str, part: str) -> str:
    """Who counts, and which part."""
    return _("{name} ({part})", name=isolated(name), part=part) if part else isolated(name)


def place(line: Line) -> str:
    """Where somebody sleeps."""
    if line.room is None:
        return _("No bed")
    return room_name(line.building or "", line.room)


def standing(line: Line, *, is_here: bool = False) -> Cell:
    """How somebody stands; of whoever is to be counted now, by which keys."""
    if line.standing is RollStanding.TO_COUNT:
        return Cell(_("◀ space: here   N: not here"), strong=True, tone=Tone.BLUE) if is_here else Cell()
    return Cell(chips=((words(line), TONES[line.standing]),))


def words(line: Line) -> str:
    """How somebody stands, with what there is to know of it."""
    said = say(word(line.standing))
    away = line.away
    if line.standing in (RollStanding.AWAY, RollStanding.WENT_OUT) and away is not None:
        why = away.place or say(word(away.kind))
        return _("{standing}, {why}, back {back}", standing=said, why=isolated(why), back=when(away.due_back))
    if line.standing is RollStanding.OVERDUE and away is not None:
        return _("away, overdue since {moment}", moment=when(away.due_back))
    if line.standing is RollStanding.MISSING:
        answer = None if line.mark is None else line.mark.answer
        if answer is None:
            return _("not found · look again at the end")
        return _("{standing} · {answer}", standing=said, answer=say(word(answer)))
    return said


def figures(found: Balance) -> list[tuple[str, str]]:
    """The balance, line by line, as far as there is something in it."""
    number, minus = tr().number, "− {n}"
    rows = [
        (_("on the roll"), number(found.on_roll), True),
        (_("away"), minus.format(n=number(found.away - found.overdue)), found.away > found.overdue),
        (_("away, overdue"), minus.format(n=number(found.overdue)), found.overdue > 0),
        (_("should be here"), number(found.expected), True),
        (_("counted here"), number(found.counted), True),
        (_("went out meanwhile"), number(found.went_out), found.went_out > 0),
        (_("departed meanwhile"), number(found.departed), found.departed > 0),
        (_("still to count"), number(found.to_count), found.to_count > 0),
        (_("not found"), number(found.missing), found.missing > 0),
        (_("unexpected"), number(found.unexpected), found.unexpected > 0),
        (_("came back meanwhile"), number(found.came_back), found.came_back > 0),
        (_("arrived meanwhile"), number(found.arrived), found.arrived > 0),
    ]
    return [(name, value) for name, value, is_there in rows if is_there]


def result(call: CallRow) -> Cell:
    """What came of a roll call."""
    if call.taken_back:
        return Cell(chips=((_("taken back"), Tone.GREY),))
    if call.not_held:
        return Cell(chips=((_("not held"), Tone.RED),))
    if call.closed_at is None:
        return Cell(chips=((_("paused") if call.paused_at else _("goes on"), Tone.BLUE),))
    if call.balances:
        after = _("balances as corrected") if call.missing or call.unexpected else _("balances")
        return Cell(chips=((after, Tone.GREEN),))
    said = []
    if call.missing_now:
        said.append(plural("{n} not found", "{n} not found", call.missing_now))
    if call.unexpected_now:
        said.append(plural("{n} unexpected", "{n} unexpected", call.unexpected_now))
    return Cell(chips=((tr().join(said), Tone.RED),))
