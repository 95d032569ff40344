"""The selection replays: each decision with the facts as they stood then, on the screen and on paper."""

from typing import Any

from models.actions import selection
from models.clock import FixedClock
from models.queries import replay
from models.rules.birth import BirthDate
from models.rules.papers import Imprint
from models.rules.selection import Particulars
from models.rules.vocabulary import Answer, CandidateState, CriterionEffect
from models.store.register import Register
from models.text import translator
from reports import selection as paper
from tests import builders
from tests.actions.test_deciding import four
from tests.actions.test_selection import criterion

ENGLISH = translator("en")


def test_a_list_replays_with_the_facts_of_each_moment(register: Register, clock: FixedClock) -> None:
    us = builders.programme(register, places=3)
    question = criterion(register, us, CriterionEffect.REQUIRED)
    one, two, *_ = four(register, us)
    said: dict[str, Any] = {"decided_by": "L. Hoxha", "reason": "waits for the file"}
    register.perform(selection.decide, candidate_id=one, outcome=CandidateState.HELD, **said)
    clock.instant = clock.instant.replace(hour=11)
    changed = Particulars(family_name="Other", given_names="Name", birth=BirthDate(1992, 7, 2))
    register.perform(selection.correct, candidate_id=one, particulars=changed, reason="the passport says so")
    register.perform(selection.answer, candidate_id=one, criterion_id=question, given=Answer.YES, note="the file")
    builders.accept(register, one)
    register.perform(selection.decide, candidate_id=two, outcome=CandidateState.REFUSED, **said)
    register.perform(selection.take_back, candidate_id=two, reason="the wrong person")
    with register.read() as snapshot:
        list_id = snapshot.connection.exec_driver_sql("SELECT id FROM proposed_lists").scalar_one()
        found = replay.of_list(snapshot, list_id=list_id)
        alone = replay.of_candidate(snapshot, candidate_id=one)
        assert replay.list_of_code(snapshot, "us-07") == list_id
    held, accepted, refused, back = found.steps
    facts = [step.rested for step in found.steps]
    assert [fact is not None and fact.said.family_name for fact in facts[:2]] == ["Ahmadzai", "Other"]
    assert [fact is not None and fact.criteria[0].answer for fact in facts[:2]] == [Answer.UNKNOWN, Answer.YES]
    assert (held.outcome, accepted.outcome) == (CandidateState.HELD, CandidateState.ACCEPTED)
    assert accepted.counts == {CandidateState.ACCEPTED: 1, CandidateState.PROPOSED: 3}
    assert refused.counts[CandidateState.REFUSED] == 1
    assert (back.takes_back, back.outcome) == (True, CandidateState.PROPOSED)
    assert [step.id for step in alone.steps] == [held.id, accepted.id]
    cells = paper.texts(found, ENGLISH, Imprint(language="en", facility="North"))
    assert len(cells) == 6  # two with two decisions each, and two on whom nothing was decided
    assert cells[0][-1].startswith("waits for the file. 0 of 1 questions answered.")
    assert "the file" not in cells[1][-1], "what an answer rests on stays inside"
    assert "taken back" in cells[3][3]
    assert paper.draw(found, Imprint(language="sq", facility="North")).startswith(b"%PDF")
