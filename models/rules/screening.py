"""Screening of candidates against the criteria of a programme (rules.md, Places)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.ids import CriterionId
from models.rules.birth import ADULT_AT, BirthDate
from models.rules.names import fold
from models.rules.vocabulary import Answer, CriterionEffect, CriterionTest
from models.text import Message, message

ESTIMATE_YEARS = 2
"""By how many years an estimated birth date may err: whoever could be a child by that is not said to be none."""

_CLEARED = frozenset({"cleared", "clear", "passed", "complete", "completed", "yes", "y", "po", "da", "ja"})
_NO_DOCUMENT = frozenset({"", "none", "no", "unk", "unknown", "expired", "n a", "na"})


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """What is known of a candidate, as the program's own tests need it.

    Attributes:
        accompanied: Whether an adult of the family is on the list as well; None where that cannot be told.
        criminal_history: As the list states it.
        expulsion_ordered: As the list states it.
        life_sentence: As the list states it.
        release_on: The expected release from a sentence.
        final_order_on: The date of the final order.
        document_number: As written.
        vetting: As written.
    """

    birth: BirthDate | None = None
    accompanied: bool | None = False
    criminal_history: Answer = Answer.UNKNOWN
    expulsion_ordered: Answer = Answer.UNKNOWN
    life_sentence: Answer = Answer.UNKNOWN
    release_on: date | None = None
    final_order_on: date | None = None
    document_number: str = ""
    vetting: str = ""


class Criterion(NamedTuple):
    """One criterion of a programme."""

    criterion_id: CriterionId
    text: str
    effect: CriterionEffect
    test: CriterionTest


class Screened(NamedTuple):
    """A criterion with its answer for a candidate."""

    criterion: Criterion
    answer: Answer


def is_child(birth: BirthDate | None, on: date) -> Answer:
    """Whether somebody is under eighteen on a date; unknown where the birth date allows both.

    Args:
        birth: As far as it is known. An estimate may err by `ESTIMATE_YEARS` either way.
        on: The local date.
    """
    if birth is None:
        return Answer.UNKNOWN
    margin = ESTIMATE_YEARS if birth.about else 0
    youngest = birth.age(on) - margin
    oldest = BirthDate.exact(birth.earliest).age(on) + margin
    if youngest >= ADULT_AT:
        return Answer.NO
    return Answer.YES if oldest < ADULT_AT else Answer.UNKNOWN


def is_accompanied(others: Iterable[BirthDate | None], on: date) -> bool | None:
    """Whether one of the others of a family group is an adult; None where one may be, and none surely is.

    Args:
        others: The birth dates of the others of the group; nobody for somebody who is on the list alone.
        on: The local date.
    """
    children = [is_child(birth, on) for birth in others]
    if Answer.NO in children:
        return True
    return None if Answer.UNKNOWN in children else False


def answer_to(test: CriterionTest, facts: CandidateFacts, on: date) -> Answer:
    """What the program itself can tell; it answers only what the facts say, and guesses nothing.

    Args:
        test: The test of a criterion.
        facts: What is known of the candidate.
        on: The local date of the screening.
    """
    match test:
        case CriterionTest.MANUAL:
            return Answer.UNKNOWN
        case CriterionTest.UNACCOMPANIED_CHILD:
            return _unaccompanied_child(facts, on)
        case CriterionTest.CRIMINAL_HISTORY:
            return facts.criminal_history
        case CriterionTest.EXPULSION_ORDERED:
            return facts.expulsion_ordered
        case CriterionTest.LIFE_SENTENCE:
            return facts.life_sentence
        case CriterionTest.RELEASE_DATE_KNOWN:
            return _yes_or_no(facts.release_on is not None)
        case CriterionTest.FINAL_ORDER:
            return Answer.UNKNOWN if facts.final_order_on is None else _yes_or_no(facts.final_order_on <= on)
        case CriterionTest.IDENTITY_DOCUMENT:
            return _yes_or_no(fold(facts.document_number) not in _NO_DOCUMENT)
        case CriterionTest.VETTING_CLEARED:
            vetting = fold(facts.vetting)
            return _yes_or_no(vetting in _CLEARED) if vetting else Answer.UNKNOWN


def screen(
    criteria: Iterable[Criterion], facts: CandidateFacts, on: date, answers: Mapping[CriterionId, Answer]
) -> tuple[Screened, ...]:
    """The answer to each criterion: what a person answered, else what the program can tell.

    Args:
        criteria: The criteria of the programme, in their order.
        facts: What is known of the candidate.
        on: The local date of the screening.
        answers: What a person answered, by criterion; also "unknown" is an answer, and stands.
    """
    return tuple(
        Screened(criterion, answers.get(criterion.criterion_id) or answer_to(criterion.test, facts, on))
        for criterion in criteria
    )


def excluded_by(screened: Iterable[Screened]) -> tuple[str, ...]:
    """The texts of the criteria that exclude the candidate: what the gate of admission asks for."""
    return tuple(
        criterion.text
        for criterion, answer in screened
        if criterion.effect is CriterionEffect.EXCLUDES and answer is Answer.YES
    )


def objections_to_accepting(screened: Iterable[Screened]) -> tuple[Message, ...]:
    """What stands against accepting a candidate, one sentence each; what only weighs stands against nobody."""
    found = (_objection(criterion, answer) for criterion, answer in screened)
    return tuple(objection for objection in found if objection is not None)


def _objection(criterion: Criterion, answer: Answer) -> Message | None:
    text = Message(criterion.text)
    if criterion.effect is CriterionEffect.WEIGHS:
        return None
    if answer is Answer.UNKNOWN:
        return message("Not answered yet: {criterion}", criterion=text)
    if criterion.effect is CriterionEffect.EXCLUDES:
        return message("This excludes the person: {criterion}", criterion=text) if answer is Answer.YES else None
    return message("This is required and not met: {criterion}", criterion=text) if answer is Answer.NO else None


def _unaccompanied_child(facts: CandidateFacts, on: date) -> Answer:
    if facts.accompanied:
        return Answer.NO
    child = is_child(facts.birth, on)
    return Answer.UNKNOWN if child is Answer.YES and facts.accompanied is None else child


def _yes_or_no(holds: bool) -> Answer:
    return Answer.YES if holds else Answer.NO
