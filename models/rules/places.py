"""Places under an agreement, and whether somebody may be admitted (rules.md, Places). All dates are local dates."""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol, TypeVar

from models.rules.time import Moment
from models.rules.vocabulary import CandidateState, PlacesRule
from models.text import Message, message


@dataclass(frozen=True, slots=True)
class Agreement:
    """What an agreement lays down on admissions.

    Attributes:
        rule: How its places are counted.
        places: Their number, None where the agreement sets none.
        window_start: The first day on which people are admitted.
        window_end: The last day, None where it is open.
    """

    rule: PlacesRule
    places: int | None
    window_start: date
    window_end: date | None

    def admits_on(self, day: date) -> bool:
        """Whether a day lies within the window; both its ends do."""
        return self.window_start <= day and (self.window_end is None or day <= self.window_end)


def admitted_persons(admissions: Iterable[tuple[Hashable, date]], agreement: Agreement) -> set[Hashable]:
    """The distinct persons ever admitted within the window: each holds one place for good (cumulative).

    Args:
        admissions: The person and the local date of arrival of each stay.
        agreement: The agreement.
    """
    return {person for person, arrived_on in admissions if agreement.admits_on(arrived_on)}


def taken_cumulative(admitted: Set[Hashable], expected: Iterable[Hashable | None]) -> int:
    """Places taken where they are counted once for each person.

    Args:
        admitted: `admitted_persons`.
        expected: Accepted candidates who have not arrived: the resident that each of them is already, or None.
            A person who was admitted before takes no new place.
    """
    return len(admitted) + sum(person is None or person not in admitted for person in expected)


def highest_roll(
    stays: Iterable[tuple[Moment, Moment | None]], expected: Iterable[date | None], *, since: Moment
) -> int:
    """The highest roll of any instant from a moment on: what is taken where places are counted at once (concurrent).

    Decided beside the rule: a planned departure frees no place until it happens, since plans are moved and stopped;
    so only departures that are recorded end a stay here. An accepted candidate holds a place from the expected day,
    and from the moment on where that day is not known or has passed. Who leaves at the instant at which somebody comes
    has gone; what is known to the day alone is taken as of its beginning.

    Args:
        stays: Arrival and departure of each stay; None while it is open.
        expected: The day on which each accepted candidate who has not arrived is expected, None where not known.
        since: From when on to look ahead; of a day alone, from the end of what happens on it.
    """
    begin = since.on, since.at or datetime.max.replace(tzinfo=UTC)
    changes: dict[tuple[date, datetime], int] = {}
    coming = ((Moment(day or since.on), None) for day in expected)
    for arrived, departed in (*stays, *coming):
        end = None if departed is None else departed.beginning
        if end is None or end > begin:
            start = max(arrived.beginning, begin)
            changes[start] = changes.get(start, 0) + 1
            if end is not None:
                changes[end] = changes.get(end, 0) - 1
    roll = highest = 0
    for instant in sorted(changes):
        roll += changes[instant]
        highest = max(highest, roll)
    return highest


def above_concurrent(places: int, stays: Iterable[tuple[Moment, Moment | None]], at: Moment) -> Moment | None:
    """Since when without a break the roll has been higher than the places, at a moment; None: it is not.

    Args:
        places: Their number.
        stays: Arrival and departure of each stay; None while it is open.
        at: The moment; of a day alone, its end. Of one instant, who leaves has gone before somebody comes.
    """
    changes: list[tuple[tuple[date, datetime], int, Moment]] = []
    for arrived, departed in stays:
        if departed is not None and departed.beginning <= arrived.beginning:
            continue
        changes += [(each.beginning, step, each) for each, step in ((arrived, 1), (departed, -1)) if each is not None]
    roll, since = 0, None
    for _instant, step, moment in sorted(changes, key=lambda change: change[:2]):
        if not moment.has_come(at):
            break
        roll += step
        if roll <= places:
            since = None
        elif since is None:
            since = moment
    return since


def above_cumulative(agreement: Agreement, admissions: Iterable[tuple[Hashable, Moment]]) -> Moment | None:
    """When the first person was admitted within the window for whom no place was left; None: there was one for all.

    Args:
        agreement: The agreement.
        admissions: The person and the arrival of each stay.
    """
    taken = set[Hashable]()
    for person, arrived in sorted(admissions, key=lambda each: each[1].beginning):
        if agreement.admits_on(arrived.on):
            taken.add(person)
            if agreement.places is not None and len(taken) > agreement.places:
                return arrived
    return None


def places_left(agreement: Agreement, taken: int) -> int | None:
    """The places that are left, None where there is no limit; negative where emergencies went beyond it."""
    return None if agreement.places is None else agreement.places - taken


def outside_window(agreement: Agreement, arrived_on: date) -> Message | None:
    """Why nobody is admitted on a day by the dates of the agreement; None where people are."""
    if arrived_on < agreement.window_start:
        return message("The agreement admits people from {date} on.", date=agreement.window_start)
    if agreement.window_end is not None and arrived_on > agreement.window_end:
        return message("The agreement admitted people until {date}.", date=agreement.window_end)
    return None


class Coming(Protocol):
    """A stay that a file would bring in."""

    @property
    def row_number(self) -> int:
        """The row in the file."""

    @property
    def arrived(self) -> Moment:
        """When it begins."""

    @property
    def departed(self) -> Moment | None:
        """When it ends; None while it is open."""


C = TypeVar("C", bound=Coming)


def beyond_cumulative(
    agreement: Agreement,
    admitted: Set[Hashable],
    coming: Iterable[C],
    person: Callable[[C], Hashable],
    *,
    held: int,
) -> frozenset[int]:
    """The rows of those for whom no place is left where each person takes one for good: the last who arrived.

    Args:
        agreement: The agreement.
        admitted: Who has a place already.
        coming: The stays of the file.
        person: Whose each is.
        held: The places held by accepted candidates who have not arrived.
    """
    taken, beyond = set(admitted), set[int]()
    for stay in sorted(coming, key=_begin):
        who = person(stay)
        if who in taken or not agreement.admits_on(stay.arrived.on):
            continue
        if agreement.places is not None and len(taken) + held >= agreement.places:
            beyond.add(stay.row_number)
        taken.add(who)
    return frozenset(beyond)


def beyond_concurrent(
    agreement: Agreement, there: Sequence[tuple[Moment, Moment | None]], coming: Sequence[Coming], *, held: int
) -> frozenset[int]:
    """The rows of those for whom no place is left where places are counted at once.

    They came when as many were on the roll as the agreement has places; or they are still there, the last to come, and
    with the places held for accepted candidates there are too few. Of one instant, who leaves has gone before somebody
    comes; who leaves at the instant of coming takes no place.

    Args:
        agreement: The agreement.
        there: Arrival and departure of the other stays of the programme.
        coming: The stays of the file.
        held: The places held by accepted candidates who have not arrived.
    """
    if agreement.places is None:
        return frozenset()
    taking = [stay for stay in coming if stay.departed is None or stay.departed.beginning != stay.arrived.beginning]
    taking.sort(key=_begin)
    others = [(start.beginning, None if end is None else end.beginning) for start, end in there]
    others = [(start, end) for start, end in others if start != end]
    begins = sorted(start for start, _ in others)
    ends = [stay.departed.beginning for stay in taking if stay.departed is not None]
    ends += [end for _, end in others if end is not None]
    ends.sort()
    beyond = set[int]()
    for earlier, stay in enumerate(taking):
        at = _begin(stay)
        roll = earlier + bisect_right(begins, at) - bisect_right(ends, at)
        if roll >= agreement.places:
            beyond.add(stay.row_number)
    still = [each for each in taking if each.departed is None]
    roll = len(taking) + len(others) - len(ends)
    over = min(max(0, roll + held - agreement.places), len(still))
    return frozenset(beyond | {each.row_number for each in still[len(still) - over :]})


def _begin(stay: Coming) -> tuple[date, datetime]:
    return stay.arrived.beginning


def admission_objections(
    agreement: Agreement,
    *,
    arrived_on: date,
    state: CandidateState | None,
    taken_by_others: int,
    was_admitted: bool = False,
    excluded_by: Sequence[str] = (),
) -> tuple[Message, ...]:
    """What stands against an admission, one sentence each; nothing where it may go ahead.

    A supervisor may still admit, as an emergency arrival: these sentences then stand with it until it is cured.

    Args:
        agreement: The agreement.
        arrived_on: The local date of arrival.
        state: Where the candidate stands, None where the person was on no list.
        taken_by_others: The places that are taken or held by everybody else.
        was_admitted: Whether the person was admitted within the window before, and so has a cumulative place.
        excluded_by: The texts of the criteria that exclude the person.
    """
    found: list[Message] = []
    if state is not CandidateState.ACCEPTED:
        found.append(_not_accepted(state))
    if (outside := outside_window(agreement, arrived_on)) is not None:
        found.append(outside)
    has_place = was_admitted and agreement.rule is PlacesRule.CUMULATIVE
    if agreement.places is not None and not has_place and taken_by_others >= agreement.places:
        found.append(
            message("No place is left: {taken} of {places} are taken.", taken=taken_by_others, places=agreement.places)
        )
    found.extend(
        message("The agreement excludes this person: {criterion}", criterion=Message(text)) for text in excluded_by
    )
    return tuple(found)


def _not_accepted(state: CandidateState | None) -> Message:
    match state:
        case CandidateState.REFUSED:
            return message("The person was refused at selection.")
        case CandidateState.HELD:
            return message("The decision on the person is on hold.")
        case CandidateState.WITHDRAWN:
            return message("The acceptance of the person was withdrawn.")
        case None:
            return message("The person is on no proposed list.")
        case _:
            return message("The person was not accepted yet.")
