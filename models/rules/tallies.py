"""The counts of the further sections of the report: what is reckoned from rows, and what each line is called.

To add a line: a key with its words in `LINES`, and its count where the tally is gathered
(`models.queries.month_tallies`). A month that was issued before has no such key, and no such line.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from models.rules import limits
from models.rules.figures import Counts, MonthFigures
from models.rules.months import StayRow, age_band
from models.rules.vocabulary import CheckKind, DepartureKind, NeedKind
from models.rules.wording import word
from models.text import N_, Message, message, pgettext

CHILD_BANDS = frozenset({"0-5", "6-11", "12-17"})
SOON, LATER = 30, 60
"""So many days ahead limits are told of."""

REFUSED, MISSING, NEED = "refused/", "missing/", "need/"
"""Before the reason of a refusal, the check that a plan lacks, and the kind of a need."""

LINES: Mapping[str, Mapping[str, str]] = {
    "selection": {
        "proposed": N_("Proposed in this month"),
        "accepted": N_("Accepted"),
        "held": N_("On hold"),
        "withdrawn": N_("Withdrawn"),
        "refused": N_("Refused"),
        "pending": N_("Not decided at the end of the month"),
    },
    "admissions_by_kind": {
        "listed": N_("From a proposed list"),
        "emergency": N_("Emergency arrivals"),
        "other": N_("On no list"),
        "again": N_("Of these, people who had been here before"),  # of months issued when it asked of every programme
        "again_here": N_("Of these, people who had been here before under this programme"),
    },
    "absences": {
        "begun": N_("Absences begun"),
        "ended": N_("Absences ended"),
        "nights": N_("Nights of absence"),
        "away": N_("Away at the end of the month"),
        "overdue": N_("Of these, overdue"),
        "left_on_own": N_("Left on their own"),
    },
    "limits": {
        "past": N_("Past the limit of stay"),
        "soon": N_("Reach it within 30 days"),
        "later": N_("Reach it within 31 to 60 days"),
        "none": N_("No limit is set"),
    },
    "plans": {
        "ready": N_("Ready to leave"),
        "planned": N_("Steps still to do"),
        "blocked": N_("Something stands in the way"),
        "none": N_("On the roll without a plan"),
    },
    "reviews": {
        "due": N_("Reviews that fell due"),
        "held": N_("Reviews held"),
        "late": N_("Reviews late at the end of the month"),
        "extensions": N_("Limits extended"),
    },
    "safeguards": {
        "checks": N_("Checks before departure recorded"),  # of months that were issued when the sealed ones counted
        "open_checks": N_("Checks before departure recorded, without the sealed ones"),
        "by_plan": N_("Departures with all required checks"),
        "health": N_("First health checks held"),
        "rights": N_("Rights and rules explained"),
        "counts": N_("Counts of the house held"),
        "escapes": N_("Escapes"),
        "left_on_own": N_("Left on their own"),
        "deaths": N_("Deaths"),
    },
    "incidents": {
        "received": N_("Complaints received"),
        "in_time": N_("Complaints answered in time"),
        "late": N_("Complaints answered late"),
        "open": N_("Complaints not answered at the end of the month"),
        "overdue": N_("Of these, overdue"),
        "incidents": N_("Incidents"),
        "force": N_("Use of force or restraint"),
        "self_harm": N_("Self-harm"),
    },
    "quality": {
        "nationality": N_("On the roll, nationality not known"),
        "sex": N_("On the roll, sex not known"),
        "birth": N_("On the roll, birth date not known"),
        "birth_in_part": N_("On the roll, birth date known in part"),
        "birth_doubtful": N_("On the roll, born on 1 January: doubtful"),
        "no_time": N_("Arrivals and departures without their time"),
        "destination": N_("Departures with no destination recorded"),
        "emergencies": N_("Emergency arrivals still to be put in order"),
    },
}
"""The lines of each tally in their order."""

MOVES: Mapping[str, str] = {
    "admitted": N_("Admitted"),
    "departed": pgettext("figure", "Departed"),
    "present": N_("On the roll at the end"),
}
CHILDREN: Mapping[str, str] = {"children": N_("Children"), "alone": N_("Unaccompanied children")}
"""The tally `children` has a key `{child}/{move}` for each of both."""


def line_label(name: str, key: str) -> Message:
    """What a line of a tally is called; the reason of a refusal as the programme words it."""
    if name == "children":
        who, _, move = key.partition("/")
        return message("{who}: {move}", who=Message(CHILDREN[who]), move=Message(MOVES[move]))
    if key.startswith(REFUSED):
        reason = key.removeprefix(REFUSED)
        return message("Refused: {reason}", reason=Message(reason) if reason else message("for a reason of its own"))
    if key.startswith(MISSING):
        return message("Still missing: {check}", check=word(CheckKind(key.removeprefix(MISSING))))
    if key.startswith(NEED):
        return word(NeedKind(key.removeprefix(NEED)))
    return Message(LINES[name][key])


def in_order(name: str, counts: Mapping[str, int]) -> Counts:
    """Counts in the order of their lines; those that a programme names itself come after the line that they divide."""
    order = {key: place for place, key in enumerate(LINES.get(name, ()))}

    def place(key: str) -> tuple[int, str]:
        whole = key.split("/")[0]
        return order.get(key, order.get(whole, len(order))), "" if key in order else key

    return tuple((key, counts[key]) for key in sorted(counts, key=place))


def admissions_by_kind(admitted: Sequence[StayRow], again: int) -> Counts:
    """How people came: each admission stands in one of three lines, whatever else is true of it.

    Args:
        admitted: Those admitted.
        again: How many of them were here before under the same programme.
    """
    kinds = Counter("emergency" if row.was_emergency else "listed" if row.is_listed else "other" for row in admitted)
    return in_order(
        "admissions_by_kind", {**{key: kinds[key] for key in ("listed", "emergency", "other")}, "again_here": again}
    )


def is_child(birth: str | None, on: date) -> bool:
    """Whether somebody is a child on a date, as far as it is certain."""
    # Most are not, and their year says so: a birth date is a text that begins with it, or with the sign of an estimate.
    return birth is not None and birth > str(on.year - 19) and age_band(birth, on) in CHILD_BANDS


def children(figures: MonthFigures, alone: Mapping[str, int]) -> Counts:
    """Children admitted, departed and present, and those of them without an adult of their family.

    Args:
        figures: Of the month: the children are those of its age groups.
        alone: The unaccompanied, by the keys of `MOVES`.
    """
    tables = {
        "admitted": figures.admissions_by_age,
        "departed": figures.departures_by_age,
        "present": figures.present_by_age,
    }
    counts = {move: sum(n for band, n in table if band in CHILD_BANDS) for move, table in tables.items()}
    return (
        *((f"children/{move}", counts[move]) for move in MOVES),
        *((f"alone/{move}", alone[move]) for move in MOVES),
    )


def limits_ahead(present: Iterable[StayRow], last: date) -> Counts:
    """Who is past the limit on a day, and who reaches it within so many days."""
    counts: Counter[str] = Counter()
    for row in present:
        counts[_ahead(row.limit_on, last)] += 1
    return in_order("limits", {key: counts[key] for key in LINES["limits"]})


def _ahead(limit_on: date | None, last: date) -> str:
    if limit_on is None:
        return "none"
    days = (limit_on - last).days
    return "past" if days < 0 else "soon" if days <= SOON else "later" if days <= LATER else ""


def reviews(figures: MonthFigures, present: Iterable[StayRow], every: int, last: date, extensions: int) -> Counts:
    """Reviews that fell due, were held and are late, and limits that were extended."""
    before = figures.month.first - timedelta(days=1)
    due = sum(
        limits.reviews_due(row.arrived_on, every, last) - limits.reviews_due(row.arrived_on, every, before)
        for row in present
    )
    counts = {"due": due, "held": figures.reviews_held, "late": figures.reviews_late, "extensions": extensions}
    return in_order("reviews", counts)


def kinds_of_departure(figures: MonthFigures) -> Mapping[DepartureKind, int]:
    """How many departed how."""
    counts: Counter[DepartureKind] = Counter()
    for kind, _, n in figures.departures_by:
        counts[DepartureKind(kind)] += n
    return counts
