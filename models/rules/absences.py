"""What may be entered about an absence, and who is overdue (rules.md, No overlap). Dates are local dates."""

from models.errors import Refused
from models.rules.time import Interval, Moment
from models.rules.vocabulary import AbsenceKind, Regime


def check_absence(
    stay: Interval,
    *,
    kind: AbsenceKind,
    regime: Regime,
    left: Moment,
    due_back: Moment,
    returned: Moment | None,
    now: Moment,
) -> None:
    """Refuse an absence that is not one, or that cannot have been; it may lie in a stay that is over.

    Decided beside the rule: an absence is entered when the person leaves, not before, since whoever is entered as
    away is missing at the roll call. Where people are detained there is no leave: they go to hospital or to court, or
    elsewhere under guard.

    Raises:
        Refused: With the field that is at fault.
    """
    if kind not in kinds_under(regime):
        raise Refused("Under this programme nobody goes on leave. Choose hospital, court or other.", field="kind")
    if now.surely_before(left):
        raise Refused("This lies in the future. Enter the absence when the person leaves.", field="left")
    if left.surely_before(stay.start):
        raise Refused(
            "The person arrived on {day}, after this absence began. Enter a later time.",
            field="left",
            day=stay.start.on,
        )
    if stay.end is not None and stay.end.surely_before(left):
        raise Refused("They left on {day}. Enter an earlier time.", field="left", day=stay.end.on)
    check_due(left, due_back)
    if returned is not None:
        check_return(Interval(left), returned, now)
    if stay.end is None:
        return
    if returned is None:
        raise Refused("They left on {day}. Enter until when they were away.", field="returned", day=stay.end.on)
    if stay.end.surely_before(returned):
        raise Refused(
            "The stay ended on {day}, before this return. Enter an earlier time.", field="returned", day=stay.end.on
        )


def kinds_under(regime: Regime) -> tuple[AbsenceKind, ...]:
    """Why somebody may be away: nobody who is detained is on leave, or just went out."""
    of_open = (AbsenceKind.LEAVE, AbsenceKind.OUT)
    return tuple(kind for kind in AbsenceKind if kind not in of_open or regime is not Regime.DETAINED)


def check_due(left: Moment, due_back: Moment) -> None:
    """Refuse a due return before the person has left.

    Raises:
        Refused: Of the field `due_back`.
    """
    if due_back.surely_before(left) or due_back == left:
        raise Refused("The person cannot be due back before they leave. Enter a later time.", field="due_back")


def check_return(absence: Interval, returned: Moment, now: Moment) -> None:
    """Refuse a return that cannot have happened, or that was entered already.

    Raises:
        Refused: Of the field `returned`.
    """
    if absence.end is not None:
        raise Refused(
            "The return was entered already: {day}. Correct the absence instead.", field="returned", day=absence.end.on
        )
    if now.surely_before(returned):
        raise Refused("This lies in the future. Enter the return when the person is back.", field="returned")
    if returned.surely_before(absence.start):
        raise Refused(
            "The person left on {day}, after this return. Enter a later time, or correct first when they left.",
            field="returned",
            day=absence.start.on,
        )


def is_overdue(due_back: Moment, now: Moment) -> bool:
    """Whether somebody who is away should be back: to the minute where it is known, else from the next day on."""
    return due_back.surely_before(now)
