"""Decisions on candidates through the real actions: each refusal, each place, and the history that stays."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.actions import corrections, deciding, selection, stays
from models.clock import FixedClock
from models.entities.programmes import Criterion
from models.entities.selection import Candidate, CandidateDecision, ProposedList
from models.errors import Conflict, Refused
from models.ids import CandidateId, CriterionId, ProgrammeId
from models.queries import candidates, replay
from models.rules.birth import BirthDate
from models.rules.kept import stored
from models.rules.selection import Particulars
from models.rules.time import Moment
from models.rules.vocabulary import Answer, CandidateState, CriterionEffect, CriterionTest, PlacesRule
from models.store.register import Register
from models.text import message, translator
from tests import builders

TODAY = date(2026, 11, 21)
ENGLISH = translator("en")


def proposed(register: Register, programme_id: ProgrammeId, code: str = "US-01") -> int:
    row = ProposedList(programme_id=programme_id, code=code, received_on=date(2026, 11, 2), file_hash=code)
    return int(register.perform(builders.put, row=row).value)


def candidate(
    register: Register, programme_id: ProgrammeId, list_id: int, row_number: int = 5, **fields: Any
) -> CandidateId:
    values: dict[str, Any] = {
        "family_name": "Ahmadzai",
        "given_names": f"Gul {row_number}",
        "birth": BirthDate(1991, 7, 2),
        "languages": [],
        "doubts": [],
    }
    row = Candidate(list_id=list_id, programme_id=programme_id, row_number=row_number, **(values | fields))
    return CandidateId(register.perform(builders.put, row=row).value)


def criterion(
    register: Register,
    programme_id: ProgrammeId,
    effect: CriterionEffect,
    *,
    position: int = 1,
    test: CriterionTest = CriterionTest.MANUAL,
) -> CriterionId:
    text = f"Question {position}?"
    row = Criterion(programme_id=programme_id, position=position, text=text, effect=effect, test=test)
    return CriterionId(register.perform(builders.put, row=row).value)


@pytest.fixture
def us(register: Register) -> ProgrammeId:
    return builders.programme(register, places=2)


@pytest.fixture
def gul(register: Register, us: ProgrammeId) -> CandidateId:
    return candidate(register, us, proposed(register, us))


def decide(register: Register, who: CandidateId, outcome: CandidateState, reason: str = "") -> None:
    register.perform(selection.decide, candidate_id=who, outcome=outcome, reason=reason, decided_by="L. Hoxha")


def state(register: Register, who: CandidateId) -> CandidateState:
    with register.read() as snapshot:
        return candidates.whole(snapshot, candidate_id=who).state


def test_accepting_is_refused_with_each_criterion_in_the_way(
    register: Register, us: ProgrammeId, gul: CandidateId
) -> None:
    excludes = criterion(register, us, CriterionEffect.EXCLUDES, position=1)
    requires = criterion(register, us, CriterionEffect.REQUIRED, position=2)
    criterion(register, us, CriterionEffect.REQUIRED, position=3)
    criterion(register, us, CriterionEffect.WEIGHS, position=4)
    register.perform(selection.answer, candidate_id=gul, criterion_id=excludes, given=Answer.YES)
    register.perform(selection.answer, candidate_id=gul, criterion_id=requires, given=Answer.NO)
    with pytest.raises(Refused) as refused:
        decide(register, gul, CandidateState.ACCEPTED)
    assert [ENGLISH.render(reason) for reason in refused.value.reasons] == [
        "This excludes the person: Question 1?",
        "This is required and not met: Question 2?",
        "Not answered yet: Question 3?",
    ]
    assert state(register, gul) is CandidateState.PROPOSED


def test_an_acceptance_goes_through_once_every_criterion_is_answered(
    register: Register, us: ProgrammeId, gul: CandidateId
) -> None:
    required = criterion(register, us, CriterionEffect.REQUIRED)
    register.perform(selection.answer, candidate_id=gul, criterion_id=required, given=Answer.YES, note="seen")
    decide(register, gul, CandidateState.ACCEPTED)
    with register.read() as snapshot:
        found = candidates.whole(snapshot, candidate_id=gul)
    assert found.state is CandidateState.ACCEPTED
    assert [(row.outcome, row.decided_by, row.entered_by) for row in found.decisions] == [
        (CandidateState.ACCEPTED, "L. Hoxha", "A. Berisha")
    ]
    assert found.decisions[0].rested is not None
    assert [(each.question, each.answer) for each in found.decisions[0].rested.criteria] == [
        ("Question 1?", Answer.YES)
    ]
    assert (found.criteria[0].answered_by, found.criteria[0].note) == ("A. Berisha", "seen")


@pytest.mark.parametrize("outcome", [CandidateState.REFUSED, CandidateState.HELD])
def test_all_but_an_acceptance_need_a_reason(register: Register, gul: CandidateId, outcome: CandidateState) -> None:
    with pytest.raises(Refused) as refused:
        decide(register, gul, outcome, "  ")
    assert refused.value.field == "reason"


def test_a_decision_needs_the_name_of_who_decided(register: Register, gul: CandidateId) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(selection.decide, candidate_id=gul, outcome=CandidateState.ACCEPTED, decided_by=" ")
    assert refused.value.field == "decided_by"


def test_nobody_decides_that_a_candidate_is_proposed(register: Register, gul: CandidateId) -> None:
    with pytest.raises(Refused) as refused:
        decide(register, gul, CandidateState.PROPOSED, "again")
    assert refused.value.field == "outcome"


def test_only_an_acceptance_is_withdrawn(register: Register, gul: CandidateId) -> None:
    with pytest.raises(Refused) as refused:
        decide(register, gul, CandidateState.WITHDRAWN, "the partner took the person back")
    assert refused.value.field == "outcome"


def test_who_is_accepted_is_not_accepted_again(register: Register, gul: CandidateId) -> None:
    decide(register, gul, CandidateState.ACCEPTED)
    with pytest.raises(Refused, match="decided already"):
        decide(register, gul, CandidateState.ACCEPTED)


def test_an_acceptance_holds_a_place_and_its_withdrawal_frees_it(register: Register, us: ProgrammeId) -> None:
    on = proposed(register, us)
    one, two, three = (candidate(register, us, on, row) for row in (5, 6, 7))
    decide(register, one, CandidateState.ACCEPTED)
    decide(register, two, CandidateState.ACCEPTED)
    with pytest.raises(Refused, match="No place is left") as refused:
        decide(register, three, CandidateState.ACCEPTED)
    assert refused.value.field == "outcome"
    assert (refused.value.message.values["taken"], refused.value.message.values["places"]) == (2, 2)
    decide(register, one, CandidateState.WITHDRAWN, "will not travel")
    decide(register, three, CandidateState.ACCEPTED)
    assert state(register, three) is CandidateState.ACCEPTED


def test_a_place_is_not_counted_twice_once_its_holder_has_arrived(register: Register, us: ProgrammeId) -> None:
    on = proposed(register, us)
    one, two, three = (candidate(register, us, on, row) for row in (5, 6, 7))
    decide(register, one, CandidateState.ACCEPTED)
    register.perform(stays.admit, programme_id=us, arrived=Moment(TODAY), candidate_id=one)
    decide(register, two, CandidateState.ACCEPTED)
    with pytest.raises(Refused, match="No place is left"):
        decide(register, three, CandidateState.ACCEPTED)


def test_places_at_once_are_free_again_after_a_departure(register: Register) -> None:
    dk = builders.programme(register, "DK-GJILAN", places=1, places_rule=PlacesRule.CONCURRENT)
    on = proposed(register, dk, "DK-01")
    gone = builders.resident(register)
    builders.stay(register, gone, dk, date(2026, 7, 1), date(2026, 9, 1))
    decide(register, candidate(register, dk, on, 1), CandidateState.ACCEPTED)
    with pytest.raises(Refused, match="No place is left"):
        decide(register, candidate(register, dk, on, 2), CandidateState.ACCEPTED)


def test_what_was_decided_stays_once_the_person_has_arrived_and_what_was_written_is_corrected_with_a_reason(
    register: Register, clock: FixedClock, us: ProgrammeId, gul: CandidateId
) -> None:
    asked = criterion(register, us, CriterionEffect.WEIGHS)
    decide(register, gul, CandidateState.ACCEPTED)
    stay = register.perform(stays.admit, programme_id=us, arrived=Moment(TODAY), candidate_id=gul).value
    clock.instant = clock.instant.replace(hour=12)
    with pytest.raises(Refused, match="take the arrival back first"):
        decide(register, gul, CandidateState.WITHDRAWN, "too late")
    for note, error in (("", "on what the correction of the answer rests"), ("the file of the court", None)):
        with pytest.raises(Refused, match=error) if error else nullcontext():
            register.perform(selection.answer, candidate_id=gul, criterion_id=asked, given=Answer.NO, note=note)
    with pytest.raises(Refused, match="each answer on its own"):
        register.perform(selection.answer_many, candidate_id=gul, given={asked: Answer.NO})
    with register.read() as snapshot:
        said = candidates.whole(snapshot, candidate_id=gul).particulars
    right = replace(said, criminal_history=Answer.YES, release_on=date(2028, 1, 1))
    for wrong in (replace(right, family_name="X"), replace(right, document_number="P 1")):
        with pytest.raises(Refused, match="on the page of the resident"):
            register.perform(selection.correct, candidate_id=gul, particulars=wrong, reason="the letter")
    register.perform(selection.correct, candidate_id=gul, particulars=right, reason="the letter")
    correction: dict[str, Any] = {"candidate_id": gul, "decided_by": "V. Gashi", "why": "she signed it"}
    for wrongly, field in (
        ({"why": ""}, "why"),
        ({"decided_by": " "}, "decided_by"),
        ({"decided_by": "L. Hoxha"}, None),
    ):
        with pytest.raises(Refused) as refused:
            register.perform(deciding.correct_decision, **correction | wrongly)
        assert refused.value.field == field
    register.perform(deciding.correct_decision, **correction)
    with register.read() as snapshot:
        found = candidates.whole(snapshot, candidate_id=gul)
        first, last = replay.of_candidate(snapshot, candidate_id=gul).steps
    assert (found.state, found.particulars) == (CandidateState.ACCEPTED, right)
    assert [(each.decided_by, each.decided_at.hour) for each in found.decisions] == [
        ("V. Gashi", 8), ("L. Hoxha", 8),
    ], "of the moment of the decision, so that no month counts a second one"  # fmt: skip
    assert [event.action for event in found.history if event.refused is None][:3] == [
        "selection.correct_decision", "selection.correct", "selection.answer",
    ]  # fmt: skip
    assert [event.notes.get("reason") for event in found.history if event.refused is None][:3] == [
        "she signed it", "the letter", "the file of the court",
    ]  # fmt: skip
    assert (first.corrects, first.since, last.corrects) == (False, (), True)
    assert [ENGLISH.render(each) for each in last.since] == ["Criminal history", "Expected release", "Question 1?"]
    register.perform(corrections.take_back, stay_id=stay, reason="another person")
    for _each in ("the correction", "the decision"):
        register.perform(selection.take_back, candidate_id=gul, reason="another person")
    assert state(register, gul) is CandidateState.PROPOSED
    with pytest.raises(Refused, match="No acceptance stands"):
        register.perform(deciding.correct_decision, **correction)
    assert register.verified().problem is None


def test_every_decision_stays_and_the_last_one_counts(register: Register, clock: FixedClock, gul: CandidateId) -> None:
    decide(register, gul, CandidateState.HELD, "waiting for the file")
    clock.instant = clock.instant.replace(hour=10)
    decide(register, gul, CandidateState.REFUSED, "sentenced")
    clock.instant = clock.instant.replace(hour=12)
    decide(register, gul, CandidateState.ACCEPTED)
    with register.read() as snapshot:
        found = candidates.whole(snapshot, candidate_id=gul)
    assert [(row.outcome, row.reason, row.decided_at.hour) for row in found.decisions] == [
        (CandidateState.ACCEPTED, "", 12),
        (CandidateState.REFUSED, "sentenced", 10),
        (CandidateState.HELD, "waiting for the file", 8),
    ]
    assert found.state is CandidateState.ACCEPTED
    assert [event.action for event in found.history] == ["selection.decide"] * 3
    with register.write() as unit:
        unit.begin(builders.TEST, {})
        assert unit.session.query(CandidateDecision).count() == 3


def test_an_answer_against_the_list_needs_a_note(register: Register, us: ProgrammeId) -> None:
    who = candidate(register, us, proposed(register, us), criminal_history=Answer.NO)
    asked = criterion(register, us, CriterionEffect.EXCLUDES, test=CriterionTest.CRIMINAL_HISTORY)
    with pytest.raises(Refused) as refused:
        register.perform(selection.answer, candidate_id=who, criterion_id=asked, given=Answer.YES)
    assert refused.value.field == "note"
    register.perform(
        selection.answer, candidate_id=who, criterion_id=asked, given=Answer.YES, note="letter of 3 November"
    )
    with pytest.raises(Refused):
        decide(register, who, CandidateState.ACCEPTED)


def test_an_answer_taken_back_leaves_what_the_list_says(register: Register, us: ProgrammeId) -> None:
    who = candidate(register, us, proposed(register, us), criminal_history=Answer.NO)
    asked = criterion(register, us, CriterionEffect.EXCLUDES, test=CriterionTest.CRIMINAL_HISTORY)
    register.perform(selection.answer, candidate_id=who, criterion_id=asked, given=Answer.UNKNOWN, note="see file")
    with pytest.raises(Refused):
        decide(register, who, CandidateState.ACCEPTED)
    register.perform(selection.answer, candidate_id=who, criterion_id=asked, given=None)
    decide(register, who, CandidateState.ACCEPTED)
    with register.read() as snapshot:
        history = candidates.whole(snapshot, candidate_id=who).history
    done = [event for event in history if event.refused is None]
    assert [event.action for event in done] == ["selection.decide", "selection.answer", "selection.answer"]
    assert done[1].before["answer"] == "unknown"
    assert [event.action for event in history if event.refused is not None] == ["selection.decide"]


def test_a_criterion_of_another_programme_is_not_answered(register: Register, gul: CandidateId) -> None:
    other = criterion(register, builders.programme(register, "UK-RETURN"), CriterionEffect.WEIGHS)
    with pytest.raises(Refused) as refused:
        register.perform(selection.answer, candidate_id=gul, criterion_id=other, given=Answer.YES)
    assert refused.value.field == "criterion_id"


def test_a_child_whose_parents_were_refused_counts_as_unaccompanied(register: Register, us: ProgrammeId) -> None:
    on = proposed(register, us)
    criterion(register, us, CriterionEffect.EXCLUDES, test=CriterionTest.UNACCOMPANIED_CHILD)
    father = candidate(register, us, on, 21, family_group="F-1", birth=BirthDate(1984, 3, 21))
    child = candidate(register, us, on, 23, family_group="F-1", birth=BirthDate(2014, 9, 2))
    decide(register, father, CandidateState.REFUSED, "sentenced")
    with pytest.raises(Refused) as refused:
        decide(register, child, CandidateState.ACCEPTED)
    assert ENGLISH.render(refused.value.reasons[0]).startswith("This excludes the person")
    decide(register, father, CandidateState.HELD, "appeal")
    decide(register, child, CandidateState.ACCEPTED)


def test_a_correction_keeps_what_was_there_and_why(register: Register, gul: CandidateId) -> None:
    with register.read() as snapshot:
        before = candidates.whole(snapshot, candidate_id=gul).particulars
    changed = replace(before, family_name="  Ahmad  Zai ")
    register.perform(selection.correct, candidate_id=gul, particulars=changed, reason="passport P1")
    with register.read() as snapshot:
        found = candidates.whole(snapshot, candidate_id=gul)
    assert found.particulars.family_name == "Ahmad Zai"
    event = found.history[0]
    assert (event.before, event.after, event.notes) == (
        {"family_name": "Ahmadzai"},
        {"family_name": "Ahmad Zai"},
        {"reason": "passport P1"},
    )


@pytest.mark.parametrize(
    ("wrong", "reason", "field"),
    [
        ({}, "", "reason"),
        ({"birth": BirthDate(2030)}, "letter", "birth"),
        ({"family_name": "x" * 401}, "letter", "family_name"),
        ({"sentenced_on": date(2026, 1, 1), "release_on": date(2025, 1, 1)}, "letter", "release_on"),
        ({"sentenced_on": date(2027, 1, 1)}, "letter", "sentenced_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    register: Register, gul: CandidateId, wrong: dict[str, Any], reason: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(selection.correct, candidate_id=gul, particulars=Particulars(**wrong), reason=reason)
    assert refused.value.field == field


def test_a_correction_that_changes_nothing_is_refused(register: Register, gul: CandidateId) -> None:
    with register.read() as snapshot:
        same = candidates.whole(snapshot, candidate_id=gul).particulars
    with pytest.raises(Refused, match="Nothing is different"):
        register.perform(selection.correct, candidate_id=gul, particulars=same, reason="letter")


def test_a_settled_doubt_goes_and_the_trail_says_how(register: Register, us: ProgrammeId) -> None:
    doubts = [message("Only the year of birth is known."), message("Born on 1 January: perhaps not the real day.")]
    who = candidate(register, us, proposed(register, us), doubts=stored(doubts))
    with pytest.raises(Refused) as refused:
        register.perform(selection.settle_doubt, candidate_id=who, doubt=0, explanation=" ")
    assert refused.value.field == "explanation"
    register.perform(selection.settle_doubt, candidate_id=who, doubt=0, explanation="birth certificate seen")
    with register.read() as snapshot:
        found = candidates.whole(snapshot, candidate_id=who)
    assert found.doubts == (doubts[1],)
    assert found.history[0].notes == {"explanation": "birth certificate seen"}
    with pytest.raises(Refused, match="settled in the meantime"):
        register.perform(selection.settle_doubt, candidate_id=who, doubt=1, explanation="x")


def test_no_other_doubt_is_settled_where_somebody_was_faster(register: Register, us: ProgrammeId) -> None:
    doubts = [message(f"Doubt {letter}.") for letter in "ABC"]  # its place says which is meant
    who = candidate(register, us, proposed(register, us), doubts=stored(doubts))
    with register.read() as snapshot:
        version = candidates.whole(snapshot, candidate_id=who).version
    register.perform(selection.settle_doubt, candidate_id=who, doubt=0, explanation="seen", version=version)
    with pytest.raises(Conflict):
        register.perform(selection.settle_doubt, candidate_id=who, doubt=1, explanation="seen", version=version)
    with register.read() as snapshot:
        assert candidates.whole(snapshot, candidate_id=who).doubts == tuple(doubts[1:])
