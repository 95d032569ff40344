"""What a file says of a stay otherwise than the register: asked of a person before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.errors import Refused
from models.ids import StayId
from models.rules.time import Moment
from models.text import Message, Value, message


class Choice(StrEnum):
    """Which of two values holds.

    Attributes:
        KEEP: What the register says.
        TAKE: What the file says, as a correction.
    """

    KEEP = "keep"
    TAKE = "take"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One thing that a row says of a stay otherwise than the register.

    Attributes:
        row_number: The row in the file, from 1.
        stay_id: The stay.
        whose: The number of the resident.
        field: What it is: `arrived_on`, `departed_on`, `departure_kind`, or the column that tells where to.
        column: The heading of its column.
        ours: What the register says.
        theirs: What the file says.
    """

    row_number: int
    stay_id: StayId
    whose: str
    field: str
    column: str | None
    ours: Value
    theirs: Value

    @property
    def said(self) -> Message:
        """Both values in a sentence."""
        return message("The register says {ours}, the file {theirs}.", ours=self.ours, theirs=self.theirs)


class Who(StrEnum):
    """Whether a number that somebody has is of the same person in the file."""

    SAME = "same"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PersonQuestion:
    """A number that somebody has whose name, birth or sex is another: the same person, or somebody else?

    Attributes:
        row_number: The first row of the file that says so, by which it is answered.
        rows: All of them.
        column: The heading of the numbers.
        number: The number, as it is written.
        ours: Who has it: in the register, or in an earlier row.
        theirs: Who it is in these rows.
    """

    row_number: int
    rows: tuple[int, ...]
    column: str | None
    number: str
    ours: str
    theirs: str

    @property
    def said(self) -> Message:
        """Both people in a sentence."""
        return message("This number is of {ours}, here of {theirs}.", ours=self.ours, theirs=self.theirs)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says of contradictions.

    Attributes:
        all: For every row of which nothing else is said; None: it must be said.
        rows: By the number of the row.
        reason: Why what the file says is right; needed where it is taken.
        everybody: Whether numbers are of the same person, where nothing else is said.
        people: The same by the first row of each.
    """

    all: Choice | None = None
    rows: Mapping[int, Choice] = field(default_factory=dict)
    reason: str = ""
    everybody: Who | None = None
    people: Mapping[int, Who] = field(default_factory=dict)

    def who(self, row_number: int) -> Who | None:
        """What was said of the number in a row; None where nothing was."""
        return self.people.get(row_number, self.everybody)

    def of(self, row_number: int) -> Choice | None:
        """What was said of a row; None where nothing was."""
        return self.rows.get(row_number, self.all)


def said_moment(moment: Moment, zone: ZoneInfo) -> Value:
    """A moment as both values are shown: with its local time where it is known."""
    return moment.on if moment.at is None else moment.at.astimezone(zone)


def refuse_open(contradictions: tuple[Contradiction, ...], choices: Choices) -> None:
    """Refuse a file that contradicts the register in what nobody has decided.

    Raises:
        Refused: Of the field `contradictions`: how many, and the first; or of `reason`: none is given.
    """
    open_ones = [each for each in contradictions if choices.of(each.row_number) is None]
    if open_ones:
        first = open_ones[0]
        raise Refused(
            "{n} rows contradict the register, first row {row}: {said} Say whether what the register says stays, or "
            "what the file says is taken.",
            field="contradictions",
            n=len({each.row_number for each in open_ones}),
            row=first.row_number,
            said=first.said,
        )
    if not choices.reason.strip() and any(choices.of(each.row_number) is Choice.TAKE for each in contradictions):
        raise Refused("Say how it is known that the file is right.", field="reason")


def refuse_strangers(questions: tuple[PersonQuestion, ...], choices: Choices) -> None:
    """Refuse a file in which somebody else has the number of a person, while nobody has said who it is.

    Raises:
        Refused: Of the field `people`: how many numbers, and the first.
    """
    unknown = [each for each in questions if choices.who(each.row_number) is None]
    if unknown:
        raise Refused(
            "Somebody else has the number of a person: {n} of them, first row {row}: {said} Say whether it is the same "
            "person.",
            field="people",
            n=len(unknown),
            row=unknown[0].row_number,
            said=unknown[0].said,
        )
