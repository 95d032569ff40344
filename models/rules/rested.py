"""On what a decision on a candidate rests: the facts as they stand at one moment, kept with the decision.

Nothing here names anybody else but by the number of their row, so that of who is erased nothing is left in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.rules.field_values import all_plain, all_valued
from models.rules.kept import restored, stored
from models.rules.places import Agreement
from models.rules.selection import PARTICULARS, Particulars
from models.rules.vocabulary import Answer, CriterionEffect, PlacesRule
from models.text import Message


class Answered(NamedTuple):
    """A criterion as it was answered.

    Attributes:
        question: As it read then.
        effect: What it meant that it was met.
        answer: The one that counted.
        automatic: What the program itself could tell.
        by: Who answered; empty where the program did.
        note: What a person's answer rested on.
    """

    question: str
    effect: CriterionEffect
    answer: Answer
    automatic: Answer = Answer.UNKNOWN
    by: str = ""
    note: str = ""


class PlacesThen(NamedTuple):
    """The places of the programme, before the decision.

    Attributes:
        rule: How they were counted.
        places: None where the agreement set no number.
        taken: Those held included.
        held: By accepted candidates who had not arrived.
    """

    rule: PlacesRule
    places: int | None
    taken: int
    held: int

    @classmethod
    def of(cls, agreement: Agreement, taken: int, held: int) -> "PlacesThen":
        """As they are counted now."""
        return cls(agreement.rule, agreement.places, taken, held)


class Alike(NamedTuple):
    """Somebody who may have been the same person: a candidate or a resident, by the number of the row."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Rested:
    """All of it.

    Attributes:
        said: What the list said, as it was understood and corrected by then.
        criteria: In the order of the programme.
        doubts: Those that nobody had settled.
        alike: Who may have been the same person, and it was not settled.
    """

    said: Particulars
    criteria: tuple[Answered, ...]
    doubts: tuple[Message, ...]
    alike: tuple[Alike, ...]
    places: PlacesThen

    def written(self) -> dict[str, Any]:
        """As a row keeps it; what is not known is left out."""
        return {
            "said": all_plain(PARTICULARS, self.said),
            "criteria": [list(each) for each in self.criteria],
            "doubts": stored(self.doubts),
            "alike": [list(each) for each in self.alike],
            "places": list(self.places),
        }


def read(kept: Mapping[str, Any]) -> Rested | None:
    """The facts again, as `Rested.written` gave them; None where a decision of an earlier Konak kept none."""
    if not kept:
        return None
    rule, *places = kept["places"]
    return Rested(
        Particulars(**all_valued(PARTICULARS, kept["said"])),
        tuple(_answered(*each) for each in kept["criteria"]),
        restored(kept["doubts"]),
        tuple(Alike(kind, number) for kind, number in kept["alike"]),
        PlacesThen(PlacesRule(rule), *places),
    )


def _answered(question: str, effect: str, answer: str, automatic: str, by: str, note: str) -> Answered:
    return Answered(question, CriterionEffect(effect), Answer(answer), Answer(automatic), by, note)


def changed(before: Rested, after: Rested) -> tuple[Message, ...]:
    """What is otherwise than it was, by the names of the fields and the questions."""
    fields = (
        Message(each.label) for each in PARTICULARS if getattr(before.said, each.name) != getattr(after.said, each.name)
    )
    answers = {each.question: each.answer for each in before.criteria}
    asked = (Message(each.question) for each in after.criteria if answers.get(each.question) is not each.answer)
    return (*fields, *asked)
