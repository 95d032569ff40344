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
        field: What it is: `arrived_on`, `departed_on` or `departure_kind`.
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


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says of contradictions.

    Attributes:
        all: For every row of which nothing else is said; None: it must be said.
        rows: By the number of the row.
        reason: Why what the file says is right; needed where it is taken.
    """

    all: Choice | None = None
    rows: Mapping[int, Choice] = field(default_factory=dict)
    reason: str = ""

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
