"""What may be decided on a candidate, and what may be corrected (rules.md, Places)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from models.errors import Refused
from models.rules.fields import CANDIDATE, CANDIDATE_FURTHER, CANDIDATE_LAW, PARTNER_NUMBER
from models.rules.residents import PERSON_SAID, PersonSaid, check_birth, check_lengths, tidied
from models.rules.screening import Screened
from models.rules.vocabulary import Answer, CandidateState, CriterionEffect, CriterionTest, LimitRule
from models.text import Message

OUTCOMES = (CandidateState.ACCEPTED, CandidateState.HELD, CandidateState.REFUSED, CandidateState.WITHDRAWN)
"""What can be decided, in the order in which a form offers it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars(PersonSaid):
    """What a proposed list says of a candidate, as far as it was understood; all but `birth_as_written` is correctable.

    Attributes:
        life_sentence: Whether the sentence is for life, so that it has no length and no end.
        sentence_months: The length of the sentence.
        release_on: The expected release from the sentence.
    """

    document_kind: str = ""
    document_number: str = ""
    document_expires_on: date | None = None
    final_order_on: date | None = None
    criminal_history: Answer = Answer.UNKNOWN
    expulsion_ordered: Answer = Answer.UNKNOWN
    life_sentence: Answer = Answer.UNKNOWN
    sentenced_on: date | None = None
    sentence_months: Decimal | None = None
    release_on: date | None = None
    family_group: str = ""
    relation: str = ""
    destination: str = ""
    vetting: str = ""

    def given(self, values: Mapping[str, Any]) -> "Particulars":
        """The particulars as a form has them; what it does not ask for stays."""
        told: dict[str, Any] = {each.name: each.tidy(values[each.name]) for each in PARTICULARS if each.name in values}
        return replace(self, **told)


PARTICULARS = (*PERSON_SAID, PARTNER_NUMBER, *CANDIDATE)
"""All of them; none is sealed."""
OF_THE_LIST = (*CANDIDATE_LAW, *CANDIDATE_FURTHER)
"""Those that stand nowhere but here, also once the person has arrived; the others are put right of the resident."""


_OF_A_SENTENCE = ("sentenced_on", "sentence_months", "release_on")
_USED_BY: Mapping[CriterionTest, tuple[str, ...]] = {
    CriterionTest.FINAL_ORDER: ("final_order_on",),
    CriterionTest.CRIMINAL_HISTORY: ("criminal_history",),
    CriterionTest.EXPULSION_ORDERED: ("expulsion_ordered",),
    CriterionTest.LIFE_SENTENCE: ("life_sentence", *_OF_A_SENTENCE),
    CriterionTest.RELEASE_DATE_KNOWN: _OF_A_SENTENCE,
    CriterionTest.VETTING_CLEARED: ("vetting",),
}
_NOT_ALWAYS = frozenset(name for names in _USED_BY.values() for name in names)


def is_used(name: str, tests: Iterable[CriterionTest], limit: LimitRule) -> bool:
    """Whether a programme has a use for a field of its candidates; the others are shown where a list fills them.

    Args:
        name: Of the field.
        tests: Those of the criteria of the programme.
        limit: How it limits a stay: a release fixes the last day.
    """
    used = {each for test in tests for each in _USED_BY.get(test, ())}
    return name not in _NOT_ALWAYS or name in used or (limit is LimitRule.FIXED_DATE and name in _OF_A_SENTENCE)


def checked_particulars(given: Particulars, *, today: date) -> Particulars:
    """The particulars as they are kept: texts without spaces around them.

    Args:
        given: As a form gives them.
        today: The local date.

    Raises:
        Refused: With the field that is at fault.
    """
    tidy = replace(given, **tidied(given, PARTICULARS))
    check_lengths(tidy, PARTICULARS)
    for refused in impossible(tidy, today=today):
        raise refused
    return tidy


def impossible(said: Particulars, *, today: date) -> Iterator[Refused]:
    """What cannot be of what is said of a candidate: a form is refused by it, and a row of a list is in doubt.

    Args:
        said: Of the candidate.
        today: The local date.

    Yields:
        With the field that is at fault.
    """
    if said.birth is not None:
        try:
            check_birth(said.birth, today=today)
        except Refused as refused:
            yield refused
    if said.sentence_months is not None and said.sentence_months <= 0:
        yield Refused("Give the months of the sentence as a number above 0.", field="sentence_months")
    if said.sentenced_on is not None and said.sentenced_on > today:
        yield Refused("This date lies in the future. Correct it.", field="sentenced_on")
    if said.sentenced_on and said.release_on and said.release_on < said.sentenced_on:
        yield Refused("The release lies before the sentence. Correct one of the dates.", field="release_on")


@dataclass(frozen=True, slots=True)
class Said:
    """What is decided, and why.

    Attributes:
        outcome: The decision.
        decided_by: The name of the person who decided.
        reasons: Those of the programme's list that are given.
        reason: Free words.
    """

    outcome: CandidateState
    decided_by: str
    reasons: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a candidate stands while it is decided.

    Attributes:
        state: Where they stand.
        has_arrived: Whether the candidate was admitted.
        objections: What stands against accepting, by the criteria.
        places: Of the programme; None where the agreement sets no number, or the person takes no place of their own.
        taken_by_others: How many of them others have or hold.
        died: The number and the day of death of the resident whom the candidate is known to be; None where not so.
        accepted_as: Where the same person is accepted or has arrived already: the row of a list; empty: nowhere.
    """

    state: CandidateState
    has_arrived: bool
    objections: Sequence[Message]
    places: int | None
    taken_by_others: int
    died: tuple[str, date] | None = None
    accepted_as: str = ""


def checked_said(said: Said, listed: Collection[tuple[CandidateState, str]]) -> Said:
    """What is decided, as it is kept: texts without spaces around them, reasons in the order of the list.

    Args:
        said: As a form has it.
        listed: The reasons of the programme, each with the decision that it is a reason of.

    Raises:
        Refused: It is no decision, nobody decided, it has no reason, or a reason is none of the list.
    """
    outcome, offered = said.outcome, [text for of, text in listed if of is said.outcome]
    if outcome not in OUTCOMES:
        raise Refused("Choose what is decided: accepted, on hold, refused or withdrawn.", field="outcome")
    if not (decided_by := said.decided_by.strip()):
        raise Refused("Enter the name of the person who decided.", field="decided_by")
    if not set(said.reasons) <= set(offered):
        raise Refused("The programme does not list this reason any more. Choose again.", field="reasons")
    reason = said.reason.strip()
    if outcome is not CandidateState.ACCEPTED and not reason and not said.reasons:
        raise Refused("Enter the reason: it stands in the history and on the selection list.", field="reason")
    return Said(outcome, decided_by, tuple(text for text in offered if text in said.reasons), reason)


def check_decision(outcome: CandidateState, found: Standing) -> None:
    """Refuse a decision that may not be.

    Decided beside the rule: only an acceptance can be withdrawn; a candidate whom the partner takes back before
    that is refused, and the reason says so. A refused or held candidate may be decided on again: the earlier
    decision stays in the history.

    Args:
        outcome: The decision.
        found: How the candidate stands.

    Raises:
        Refused: With the field that is at fault, and each objection as a reason.
    """
    if found.has_arrived:
        raise Refused(
            "This person has arrived, so what was decided holds. Who decided and why can be corrected; to decide "
            "otherwise, take the arrival back first."
        )
    if outcome is CandidateState.WITHDRAWN and found.state is not CandidateState.ACCEPTED:
        raise Refused("Only an acceptance can be withdrawn. Refuse the candidate instead.", field="outcome")
    if outcome is found.state and outcome in (CandidateState.ACCEPTED, CandidateState.WITHDRAWN):
        raise Refused("This is decided already. Choose another decision.", field="outcome")
    if outcome is not CandidateState.ACCEPTED:
        return
    if found.died is not None:
        number, day = found.died
        raise Refused(
            "{number} died on {day}, and this candidate is known to be the same. If that is wrong, take that joining "
            "or that departure back first.",
            field="outcome",
            number=number,
            day=day,
        )
    if found.accepted_as:
        raise Refused(
            "The same person is accepted already, in {where}. Withdraw that first, or leave this one.",
            field="outcome",
            where=found.accepted_as,
        )
    if found.objections:
        raise Refused("This candidate cannot be accepted yet.", field="outcome", reasons=found.objections)
    if found.places is not None and found.taken_by_others >= found.places:
        raise Refused(
            "No place is left: {taken} of {places} are taken. Withdraw another acceptance first, or hold this one.",
            field="outcome",
            taken=found.taken_by_others,
            places=found.places,
        )


def check_answer(answer: Answer, automatic: Answer, note: str) -> None:
    """Refuse an answer that contradicts what the list itself says without saying why.

    Args:
        answer: What the person answers.
        automatic: What the program can tell; unknown where it cannot.
        note: Why.

    Raises:
        Refused: Of the field `note`.
    """
    if automatic is not Answer.UNKNOWN and answer is not automatic and not note:
        raise Refused("The list says otherwise. Write in a few words why you answer differently.", field="note")


def is_barred(screened: Iterable[Screened]) -> bool:
    """Whether a criterion that is answered bars the candidate: it excludes, or requires what is not there."""
    bars = {CriterionEffect.EXCLUDES: Answer.YES, CriterionEffect.REQUIRED: Answer.NO}
    return any(bars.get(criterion.effect) is answer for criterion, answer in screened)
