"""What stands against a row of a file of stays: the future, a death, another stay (rules.md, No overlap)."""

from collections import defaultdict
from datetime import date

from models.errors import Refused
from models.exchange.problems import Problem
from models.exchange.stays_file import StayLine
from models.exchange.stays_known import Identity, Taken, is_same, is_same_end
from models.exchange.stays_people import People
from models.ids import ResidentId, StayId
from models.rules.residents import check_birth
from models.rules.time import Interval
from models.rules.vocabulary import DepartureKind
from models.text import N_, Message, message

_OPEN = Message(N_("still open"))


class Objections:
    """Looks at row after row, and says of each what stands against it, by the register and by earlier rows."""

    def __init__(self, people: People, today: date) -> None:
        """Begin, with no row taken.

        Args:
            people: Whose each row is.
            today: The local date.
        """
        self.heading = people.heading
        self.register = people.known
        self.people = people
        self.today = today
        self.problems: list[Problem] = []
        self.came: dict[Identity, list[StayLine]] = defaultdict(list)
        self.keys: dict[str, int] = {}
        self.deaths: dict[Identity, StayLine] = {}

    def let_go(self) -> None:
        """Forget what is known only to look at further rows: all were taken."""
        self.came.clear()
        self.keys.clear()
        self.deaths.clear()

    def problem(self, line: StayLine, field_name: str, value: str, what: Message) -> bool:
        """Note what is wrong with a row; gives back that something is."""
        self.problems.append(Problem(line.row_number, self.heading.header(field_name), value, what))
        return True

    def is_in_future(self, line: StayLine) -> bool:
        """Whether the person would come or go after today."""
        if line.arrived.on > self.today:
            what = message("This arrival lies in the future. Bring it in once the person is here.")
            return self.problem(line, "arrived_on", line.arrived.on.isoformat(), what)
        if line.departed is not None and line.departed.on > self.today:
            what = message("This departure lies in the future. Leave it empty, and plan the departure in Konak.")
            return self.problem(line, "departed_on", line.departed.on.isoformat(), what)
        return False

    def is_born_wrongly(self, line: StayLine) -> bool:
        """Whether nobody can be born then."""
        if line.birth is None:
            return False
        try:
            check_birth(line.birth, today=self.today)
        except Refused as refused:
            return self.problem(line, "birth_date", line.birth_as_written, refused.message)
        return False

    def is_dead(self, line: StayLine, stay: StayId | None = None) -> bool:
        """Whether the person was dead by then, or would have stayed after the death that the row tells of."""
        others = [*self.register.taken(self.people.resident(line), without=stay)]
        for other in others:
            died = other.interval.end if other.is_death else None
            if died is not None and not line.arrived.surely_before(died):
                what = message(
                    "This person died on {date}, and nobody who is dead is admitted again. Correct the row, or the "
                    "departure in the register.",
                    date=died.on,
                )
                return self.problem(line, "arrived_on", line.arrived.on.isoformat(), what)
        if self._namesake_died(line):
            return True
        last = self.deaths.get(self.people.identity(line))
        if last is None or last.departed is None:
            return False
        if last is not line and not line.arrived.surely_before(last.departed):
            what = message(
                "This person died on {date}, as row {row} says. Correct one of them.",
                date=last.departed.on,
                row=last.row_number,
            )
            return self.problem(line, "arrived_on", line.arrived.on.isoformat(), what)
        later = [other.interval.start for other in others if not other.interval.start.surely_before(last.departed)]
        if last is line and later:
            what = message(
                "The register has a stay of this person from {date} on, after this death. Correct the row, or that "
                "stay.",
                date=later[0].on,
            )
            return self.problem(line, "departure_kind", written(line), what)
        return False

    def _namesake_died(self, line: StayLine) -> bool:
        """Whether somebody whom the register knows by another number, or by none, died, and has this name and birth."""
        namesake = self.people.namesake(line)
        stays = () if namesake is None else self.register.stays.get(namesake, ())
        for stay in stays:
            died = stay.interval.end
            if stay.kind is DepartureKind.DEATH and died is not None and not line.arrived.surely_before(died):
                what = message(
                    "{number} has this name and birth date and died on {date}. If this is somebody else, register the "
                    "arrival by hand.",
                    number=stay.whose,
                    date=died.on,
                )
                return self.problem(line, "arrived_on", line.arrived.on.isoformat(), what)
        return False

    def is_twice(self, line: StayLine) -> bool:
        """Whether an earlier row has the number of the stay."""
        if not line.stay_id or line.stay_id not in self.keys:
            return False
        row = self.keys[line.stay_id]
        what = message("This number of a stay stands in row {row} already. Correct one of them.", row=row)
        return self.problem(line, "stay_id", line.stay_id, what)

    def overlaps(self, line: StayLine, who: Identity, resident_id: ResidentId | None, interval: Interval) -> bool:
        """Whether the person has another stay at that time, in the register or in an earlier row."""
        for other in (*self.register.taken(resident_id), *map(_taken, self.came.get(who, ()))):
            if other.interval.overlaps(interval) or (
                not line.stay_id
                and is_same(other.interval.start, interval.start)
                # Who left on the day of the arrival may have come again on that day.
                and (
                    is_same_end(other.interval, interval)
                    or not (_is_of_a_day(other.interval) or _is_of_a_day(interval))
                )
            ):
                return self.problem(line, "arrived_on", line.arrived.on.isoformat(), overlap(other))
        return False


def _taken(line: StayLine) -> Taken:
    """What a row that came in takes up; made when it is asked for, as there may be hundreds of thousands."""
    return Taken(Interval(line.arrived, line.departed), line.stay_id, line.row_number)


def _is_of_a_day(interval: Interval) -> bool:
    return interval.end is not None and interval.end.on == interval.start.on


def written(line: StayLine) -> str:
    """The departure of a row, as it is shown beside what is wrong with it."""
    return "" if line.departed is None else line.departed.on.isoformat()


def overlap(other: Taken) -> Message:
    """Which stay another one overlaps, and what to do."""
    start, end = other.interval.start.on, _OPEN if other.interval.end is None else other.interval.end.on
    if other.row_number is None and other.source_key:
        return message(
            "It overlaps the stay {stay} of this person in the register, from {start} to {end}. Correct the dates here "
            "or there.",
            stay=other.source_key,
            start=start,
            end=end,
        )
    if other.row_number is None:
        return message(
            "It overlaps a stay of this person in the register, from {start} to {end}. Correct the dates here or "
            "there.",
            start=start,
            end=end,
        )
    if other.source_key:
        return message(
            "It overlaps the stay {stay} of this person in row {row}, from {start} to {end}. Correct one of them.",
            stay=other.source_key,
            row=other.row_number,
            start=start,
            end=end,
        )
    return message(
        "It overlaps the stay of this person in row {row}, from {start} to {end}. Correct one of them.",
        row=other.row_number,
        start=start,
        end=end,
    )
