"""Two who may be one person, settled side by side."""

from typing import Any

import pytest

from models.actions import alike, selection, stays
from models.errors import Refused
from models.ids import CandidateId, ProgrammeId
from models.queries import beside, candidates, joinings
from models.rules.birth import BirthDate
from models.rules.kept import stored
from models.rules.time import Moment
from models.rules.vocabulary import CandidateState
from models.store.register import Register
from models.text import message
from tests import builders
from tests.actions.test_selection import TODAY, candidate, proposed

SAME: dict[str, Any] = {"family_name": "Hamidi", "given_names": "Parwana", "birth": BirthDate(1985, 2, 3)}


def twice(register: Register, code: str = "T", **programme: Any) -> tuple[CandidateId, CandidateId]:
    """Two candidates of two lists who may be one."""
    us: ProgrammeId = builders.programme(register, f"TW-{code}", **programme)
    first, second = proposed(register, us, f"{code}1"), proposed(register, us, f"{code}2")
    return candidate(register, us, first, **SAME), candidate(register, us, second, **SAME)


def do_settle(register: Register) -> None:
    one, other = twice(register, "DO")
    made = register.perform(
        alike.settle, candidate_id=one, other_id=other, is_same=False, reason="two passports seen"
    ).value
    register.perform(alike.take_back, verdict_id=made, reason="one of them was forged")


def likes(register: Register, who: CandidateId) -> int:
    with register.read() as snapshot:
        return len(candidates.whole(snapshot, candidate_id=who).alike)


def test_somebody_else_is_shown_and_asked_about_no_more(register: Register) -> None:
    one, other = twice(register)
    assert (likes(register, one), likes(register, other)) == (1, 1)
    with register.read() as snapshot:
        both = beside.beside(snapshot, candidate_id=one, other_id=other)
    assert not any(line.differs for line in both.lines)
    made = register.perform(
        alike.settle, candidate_id=one, other_id=other, is_same=False, reason="two passports seen"
    ).value
    assert (likes(register, one), likes(register, other)) == (0, 0)
    register.perform(selection.decide, candidate_id=other, outcome=CandidateState.ACCEPTED, decided_by="L. Hoxha")
    with pytest.raises(Refused, match="settled in the meantime"):
        register.perform(alike.settle, candidate_id=other, other_id=one, is_same=False, reason="again")
    register.perform(alike.take_back, verdict_id=made, reason="one was forged")
    assert (likes(register, one), likes(register, other)) == (1, 1)


def test_of_two_who_are_one_only_one_is_accepted(register: Register) -> None:
    one, other = twice(register)
    register.perform(alike.settle, candidate_id=one, other_id=other, is_same=True, reason="the same photo")
    builders.accept(register, one)
    with pytest.raises(Refused, match="same person is accepted already"):
        builders.accept(register, other)


def test_two_who_are_both_accepted_are_not_one_until_one_is_withdrawn(register: Register) -> None:
    one, other = twice(register)
    for each in (one, other):
        builders.accept(register, each)
    with pytest.raises(Refused, match="Both are accepted"):
        register.perform(alike.settle, candidate_id=one, other_id=other, is_same=True, reason="the same photo")


def test_a_candidate_and_a_resident_are_told_apart_also_once_the_candidate_has_arrived(register: Register) -> None:
    us = builders.programme(register)
    one = candidate(register, us, proposed(register, us), **SAME)
    resident = builders.resident(register, "K-0077", sort_name="hamidi, parwana", **SAME)
    assert likes(register, one) == 1
    register.perform(
        alike.settle, candidate_id=one, resident_id=resident, is_same=False, reason="he was here meanwhile"
    )
    assert likes(register, one) == 0
    with pytest.raises(Refused, match="Join the candidate"):
        register.perform(alike.settle, candidate_id=one, resident_id=resident, is_same=True, reason="x")


def test_what_was_in_doubt_stays_on_the_resident_until_it_is_settled(register: Register) -> None:
    us = builders.programme(register)
    doubt = message("The birth date is doubtful.")
    one = candidate(register, us, proposed(register, us), **SAME, doubts=stored([doubt]))
    builders.accept(register, one)
    stay = register.perform(stays.admit, programme_id=us, arrived=Moment(TODAY), candidate_id=one).value
    resident_id: Any = builders.rows(register, f"SELECT resident_id FROM stays WHERE id = {stay}")[0][0]

    def doubts() -> Any:
        with register.read() as snapshot:
            return joinings.list_doubts(snapshot, resident_id=resident_id)

    assert [each.doubts for each in doubts()] == [(doubt,)]
    register.perform(selection.settle_doubt, candidate_id=one, doubt=0, explanation="the passport was seen")
    assert doubts() == ()
