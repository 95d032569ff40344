"""The time line of a resident: stays, rooms, absences and decisions on one axis of dates."""

from datetime import date, timedelta

from models.queries.resident_page import ResidentPage
from models.queries.stays import StayRow
from models.rules.rooms import bed_name
from models.rules.time import Month
from ui.kit.tokens import Tone
from ui.language import _, say
from ui.residents.presentation import stay_span
from ui.residents.timeline import Bar, Lane


def lanes(page: ResidentPage, today: date) -> tuple[Lane, ...]:
    """The four lanes; an open stay goes on to its limit, or to today where it is past it.

    Args:
        page: The resident.
        today: The local date.
    """
    rooms = sorted(page.placements, key=lambda row: row.start.on)
    return (
        Lane(
            _("Stay"), tuple(Bar(stay.arrived.on, _end(stay, today), stay_span(stay)) for stay in reversed(page.stays))
        ),
        Lane(
            _("Room"),
            tuple(
                Bar(
                    row.start.on,
                    row.end.on if row.end is not None else _goes_on_to(page, row.stay_id, today),
                    say(bed_name(row.building, row.room, row.bed)),
                    soft=place % 2 != len(rooms) % 2,
                )
                for place, row in enumerate(rooms, 1)
            ),
        ),
        Lane(
            _("Away"),
            tuple(
                Bar(
                    row.left.on,
                    _tomorrow(today) if row.returned is None else row.returned.on,
                    _("Away: {place}", place=row.place) if row.place else _("Away"),
                    Tone.AMBER,
                )
                for row in reversed(page.absences)
            ),
        ),
        Lane(
            _("Decisions"),
            tuple(
                Bar(decision.on, None, say(decision.what), tone=Tone.GREY, mark=True)
                for decision in reversed(page.decisions)
            ),
        ),
    )


def axis(page: ResidentPage, today: date) -> tuple[date, date]:
    """From the month of the first arrival to the month in which all that is known ends.

    Args:
        page: The resident.
        today: The local date.
    """
    starts = [stay.arrived.on for stay in page.stays] or [today]
    ends = [_end(stay, today) or today for stay in page.stays] or [today]
    first = Month.of(min(starts)).first
    return first, Month.of(max(*ends, first)).last


def _end(stay: StayRow, today: date) -> date | None:
    """The day on which a stay ended, or the day after the last that it may last, or that it has lasted."""
    if stay.departed is not None:
        return stay.departed.on
    return None if stay.limit_on is None else _tomorrow(max(stay.limit_on, today))


def _goes_on_to(page: ResidentPage, stay_id: int, today: date) -> date | None:
    return next((_end(stay, today) for stay in page.stays if stay.id == stay_id), None)


def _tomorrow(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)
