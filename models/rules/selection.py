"""What may be decided on a candidate, and what may be corrected (rules.md, Places)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from models.errors import Refused
from models.rules.fields import CANDIDATE, PARTNER_NUMBER
from models.rules.residents import PERSON_SAID, PersonSaid, check_birth, check_lengths, tidied
from models.rules.screening import Screened
from models.rules.vocabulary import Answer, CandidateState, CriterionEffect
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
    if tidy.birth is not None:
        check_birth(tidy.birth, today=today)
    if tidy.sentence_months is not None and tidy.sentence_months <= 0:
        raise Refused("Give the months of the sentence as a number above 0.", field="sentence_months")
    if tidy.sentenced_on is not None and tidy.sentenced_on > today:
        raise Refused("This date lies in the future. Correct it.", field="sentenced_on")
    if tidy.sentenced_on and tidy.release_on and tidy.release_on < tidy.sentenced_on:
        raise Refused("The release lies before the sentence. Correct one of the dates.", field="release_on")
    return tidy


def check_decision(
    state: CandidateState,
    outcome: CandidateState,
    *,
    has_arrived: bool,
    reason: str,
    decided_by: str,
    objections: Sequence[Message],
    places: int | None,
    taken_by_others: int,
) -> None:
    """Refuse a decision that may not be.

    Decided beside the rule: only an acceptance can be withdrawn; a candidate whom the partner takes back before
    that is refused, and the reason says so. A refused or held candidate may be decided on again: the earlier
    decision stays in the history.

    Args:
        state: Where the candidate stands.
        outcome: The decision.
        has_arrived: Whether the candidate was admitted.
        reason: Why; may be empty for an acceptance alone.
        decided_by: The name of the person who decided.
        objections: What stands against accepting, by the criteria.
        places: Of the programme, None where the agreement sets no number.
        taken_by_others: How many of them others have or hold.

    Raises:
        Refused: With the field that is at fault, and each objection as a reason.
    """
    if has_arrived:
        raise Refused("This person has arrived, so the selection is closed. Nothing can be decided here any more.")
    if outcome not in OUTCOMES:
        raise Refused("Choose what is decided: accepted, on hold, refused or withdrawn.", field="outcome")
    if outcome is CandidateState.WITHDRAWN and state is not CandidateState.ACCEPTED:
        raise Refused("Only an acceptance can be withdrawn. Refuse the candidate instead.", field="outcome")
    if outcome is state and outcome in (CandidateState.ACCEPTED, CandidateState.WITHDRAWN):
        raise Refused("This is decided already. Choose another decision.", field="outcome")
    if not decided_by:
        raise Refused("Enter the name of the person who decided.", field="decided_by")
    if outcome is not CandidateState.ACCEPTED:
        if not reason:
            raise Refused("Enter the reason: it stands in the history and on the selection list.", field="reason")
        return
    if objections:
        raise Refused("This candidate cannot be accepted yet.", field="outcome", reasons=objections)
    if places is not None and taken_by_others >= places:
        raise Refused(
            "No place is left: {taken} of {places} are taken. Withdraw another acceptance first, or hold this one.",
            field="outcome",
            taken=taken_by_others,
            places=places,
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
