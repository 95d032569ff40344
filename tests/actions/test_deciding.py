"""Decisions on several candidates at once, by two persons, with reasons of the list, and on what each rested."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from models.actions import deciding, joinings, people, programmes, selection, stays
from models.errors import Refused
from models.ids import CandidateId, ProgrammeId
from models.queries import candidates
from models.queries import deciding as asked
from models.queries import programmes as agreements
from models.queries import today as daily
from models.queries.needing import Need
from models.rules.birth import BirthDate
from models.rules.kept import stored
from models.rules.programmes import ReasonFacts
from models.rules.rested import Answered
from models.rules.selection import Particulars
from models.rules.time import Moment
from models.rules.vocabulary import Answer, CandidateState, CriterionEffect, Role
from models.store.register import Register
from models.text import message
from tests import builders
from tests.actions import leavers
from tests.actions.test_selection import TODAY, candidate, criterion, proposed, state

ACCEPT: dict[str, Any] = {"outcome": CandidateState.ACCEPTED, "decided_by": "L. Hoxha"}
REFUSE: dict[str, Any] = {"outcome": CandidateState.REFUSED, "decided_by": "L. Hoxha", "reason": "sentenced"}
NAMES = ("Ahmadzai, Gul", "Đorđević, Žarko", "Nguyễn, Thị Mai", "Okafor, Chidi")
OTHER = "another passphrase of theirs"


def four(register: Register, programme_id: ProgrammeId, code: str = "US-07") -> list[CandidateId]:
    """Four people who are nobody else."""
    on = proposed(register, programme_id, code)
    births = (BirthDate(1991, 7, 2), BirthDate(1960, 1, 30), BirthDate(1975, 12, 9), BirthDate(2003, 4, 4))
    return [
        candidate(register, programme_id, on, row, family_name=family, given_names=given, birth=birth)
        for row, (name, birth) in enumerate(zip(NAMES, births, strict=True), 2)
        for family, given in [name.split(", ")]
    ]


def do_decide_many(register: Register) -> None:
    people_ = four(register, builders.programme(register, "XM-1"), "XM")
    made = register.perform(deciding.decide_many, candidate_ids=people_, **REFUSE).value
    register.perform(deciding.take_back_many, candidate_ids=people_, decision_ids=made, reason="the wrong list")


def do_decide_by_two(register: Register) -> None:
    programme_id = builders.programme(register, "XM-2", two_persons=True)
    one, two, *_ = four(register, programme_id, "XM2")
    (dropped,) = register.perform(deciding.propose, candidate_ids=[one], **REFUSE).value
    register.perform(deciding.drop_proposal, proposal_ids=[dropped], reason="not so")
    made = register.perform(deciding.propose, candidate_ids=[one, two], **REFUSE).value
    person = register.person
    other = _somebody(register)
    register.person = replace(person, id=other, role=Role.SUPERVISOR)
    register.perform(deciding.confirm, proposal_ids=made)
    register.perform(deciding.propose_taking_back, candidate_ids=[one], reason="a mistake")
    register.person = person


def do_set_reasons(register: Register) -> None:
    programme_id = builders.programme(register, "XM-3")
    reasons = [ReasonFacts(CandidateState.REFUSED, "Not of the family")]
    register.perform(programmes.set_reasons, programme_id=programme_id, version=1, reasons=reasons)


def _somebody(register: Register) -> Any:
    """Somebody else who may decide, as a row alone."""
    rows = builders.rows(register, "SELECT id FROM users WHERE name = 'T. Third'")
    if rows:
        return rows[0][0]
    role = Role.SUPERVISOR
    return register.perform(people.add, name="T. Third", role=role, passphrase=OTHER).value


@pytest.fixture
def us(register: Register) -> ProgrammeId:
    return builders.programme(register, places=3)


@pytest.fixture
def two(register: Register) -> ProgrammeId:
    return builders.programme(register, places=3, two_persons=True)


@pytest.fixture
def second(register: Register) -> Iterator[Register]:
    """The same register with another supervisor at the desk."""
    _somebody(register)
    leavers.at_desk(register, Role.SUPERVISOR)
    with register.beside(person="T. Third", passphrase=OTHER) as other:
        other.perform(people.change_passphrase, old=OTHER, new=OTHER + " of mine")
        yield other


def test_many_are_decided_in_one_transaction_and_taken_back_in_one(register: Register, us: ProgrammeId) -> None:
    one, two, three, _ = four(register, us)
    made = register.perform(deciding.decide_many, candidate_ids=[one, two, three], **ACCEPT).value
    assert {state(register, each) for each in (one, two, three)} == {CandidateState.ACCEPTED}
    register.perform(
        deciding.take_back_many, candidate_ids=[one, two, three], decision_ids=made, reason="the wrong list"
    )
    assert {state(register, each) for each in (one, two, three)} == {CandidateState.PROPOSED}
    entries = builders.rows(register, "SELECT action FROM trail WHERE action LIKE 'selection.%'")
    assert entries == [("selection.decide_many",), ("selection.take_back_many",)]


def test_a_refusal_of_many_names_each_person_and_decides_on_nobody(register: Register, us: ProgrammeId) -> None:
    asked_of_all = criterion(register, us, CriterionEffect.EXCLUDES)
    everybody = four(register, us)
    for each in everybody[:2]:
        register.perform(selection.answer, candidate_id=each, criterion_id=asked_of_all, given=Answer.NO)
    register.perform(selection.answer, candidate_id=everybody[2], criterion_id=asked_of_all, given=Answer.YES)
    with pytest.raises(Refused) as refused:
        register.perform(deciding.decide_many, candidate_ids=everybody, **ACCEPT)
    told = {who.name: reason.text for reason, (who,) in zip(refused.value.reasons, refused.value.whom, strict=True)}
    assert told == {
        "Nguyễn, Thị Mai": "This excludes the person: {criterion}",
        "Okafor, Chidi": "Not answered yet: {criterion}",
    }
    assert {state(register, each) for each in everybody} == {CandidateState.PROPOSED}


def test_two_people_of_one_name_are_told_apart_in_a_refusal(register: Register, us: ProgrammeId) -> None:
    criterion(register, us, CriterionEffect.EXCLUDES)
    on = proposed(register, us)
    named: dict[str, Any] = {"family_name": "Noori", "given_names": "Fatima"}
    one = candidate(register, us, on, 2, **named, birth=BirthDate(1991, 7, 2), partner_number="P-1")
    two = candidate(register, us, on, 3, **named, birth=BirthDate(2015, about=True), partner_number="P-2")
    with pytest.raises(Refused) as refused:
        register.perform(deciding.decide_many, candidate_ids=[one, two], **ACCEPT)
    assert [(who.name, who.number, who.birth) for who in refused.value.whom[0]] == [
        ("Noori, Fatima", "P-1", "1991-07-02"),
        ("Noori, Fatima", "P-2", "~2015"),
    ]
    with register.read() as snapshot:
        assert [str(row.who) for row in asked.deciding(snapshot, candidate_ids=[one, two]).rows] == [
            "Noori, Fatima (P-1)",
            "Noori, Fatima (P-2)",
        ]


def test_of_many_the_last_have_no_place(register: Register, us: ProgrammeId) -> None:
    everybody = four(register, us)
    with register.read() as snapshot:
        found = asked.deciding(snapshot, candidate_ids=everybody, outcome=CandidateState.ACCEPTED)
    assert [bool(row.against) for row in found.rows] == [False, False, False, True]
    assert (found.uses, found.places.left) == (3, 3)
    with pytest.raises(Refused) as refused:
        register.perform(deciding.decide_many, candidate_ids=everybody, **ACCEPT)
    assert [[who.name for who in each] for each in refused.value.whom] == [["Okafor, Chidi"]]
    register.perform(deciding.decide_many, candidate_ids=everybody[:3], **ACCEPT)
    with register.read() as snapshot:
        assert asked.deciding(snapshot, candidate_ids=everybody).places.left == 0


def test_who_was_admitted_before_takes_no_new_place_though_none_is_left(register: Register) -> None:
    us = builders.programme(register, places=1)
    one, two, *_ = four(register, us)
    register.perform(selection.decide, candidate_id=one, **ACCEPT)
    stay_id = register.perform(stays.admit, programme_id=us, arrived=Moment(TODAY), candidate_id=one).value
    resident_id = builders.rows(register, f"SELECT resident_id FROM stays WHERE id = {stay_id}")[0][0]
    values: dict[str, Any] = {"resident_id": resident_id, "candidate_id": two, "reason": "he says so himself"}
    register.perform(joinings.join_candidate, **values)
    register.perform(selection.decide, candidate_id=two, **ACCEPT)
    assert state(register, two) is CandidateState.ACCEPTED


def test_nobody_is_decided_on_with_people_of_another_programme(register: Register, us: ProgrammeId) -> None:
    other = builders.programme(register, "LIYA-2021")
    with pytest.raises(Refused, match="several programmes"):
        register.perform(
            deciding.decide_many, candidate_ids=[four(register, us)[0], four(register, other, "L")[0]], **REFUSE
        )


def test_a_reason_of_the_list_is_enough_and_stays_as_it_read(register: Register) -> None:
    us = register.perform(programmes.add_preset, code="US-2025", **builders.US_TERMS).value
    one, *_ = four(register, us)
    reason = "Danger to public order or security"
    values = REFUSE | {"reason": "", "reasons": (reason,)}
    register.perform(selection.decide, candidate_id=one, **values)
    with register.read() as snapshot:
        version = agreements.whole(snapshot, programme_id=us).version
    register.perform(programmes.set_reasons, programme_id=us, version=version, reasons=[])
    with register.read() as snapshot:
        assert candidates.whole(snapshot, candidate_id=one).decisions[0].reasons == (reason,)
    with pytest.raises(Refused, match="does not list this reason") as refused:
        register.perform(selection.decide, candidate_id=one, **values)
    assert refused.value.field == "reasons"


def test_a_reason_of_another_decision_is_none(register: Register) -> None:
    us = register.perform(programmes.add_preset, code="US-2025", **builders.US_TERMS).value
    one, *_ = four(register, us)
    with pytest.raises(Refused) as refused:
        register.perform(selection.decide, candidate_id=one, **ACCEPT, reasons=("Danger to public order or security",))
    assert refused.value.field == "reasons"


def test_what_is_in_doubt_is_asked_about_before_an_acceptance(register: Register, us: ProgrammeId) -> None:
    doubt = message("The birth date is doubtful.")
    one = candidate(register, us, proposed(register, us), doubts=stored([doubt]))
    with pytest.raises(Refused) as refused:
        register.perform(selection.decide, candidate_id=one, **ACCEPT)
    assert (refused.value.field, refused.value.reasons) == ("knowing", (doubt,))
    register.perform(selection.decide, candidate_id=one, **REFUSE)  # to refuse nobody need know of it
    register.perform(selection.decide, candidate_id=one, **ACCEPT, knowing=refused.value.reasons)
    assert state(register, one) is CandidateState.ACCEPTED


def test_who_may_be_somebody_else_is_asked_about_and_another_doubt_once_more(
    register: Register, us: ProgrammeId
) -> None:
    same: dict[str, Any] = {"family_name": "Ahmadzai", "given_names": "Gul", "birth": BirthDate(1991, 7, 2)}
    one = candidate(register, us, proposed(register, us), **same)
    builders.resident(register, "K-0099", **same, sort_name="ahmadzai, gul")
    with pytest.raises(Refused) as refused:
        register.perform(selection.decide, candidate_id=one, **ACCEPT)
    assert [each.values for each in refused.value.reasons] == [{"number": "K-0099"}]
    with pytest.raises(Refused, match="in doubt"):
        register.perform(selection.decide, candidate_id=one, **ACCEPT, knowing=(message("Something else."),))
    register.perform(selection.decide, candidate_id=one, **ACCEPT, knowing=refused.value.reasons)


def test_a_decision_keeps_the_facts_on_which_it_rested(register: Register, us: ProgrammeId) -> None:
    question = criterion(register, us, CriterionEffect.REQUIRED)
    one, *_ = four(register, us)
    register.perform(
        selection.answer, candidate_id=one, criterion_id=question, given=Answer.YES, note="the file was seen"
    )
    register.perform(selection.decide, candidate_id=one, **ACCEPT)
    register.perform(selection.answer, candidate_id=one, criterion_id=question, given=Answer.NO)
    changed = Particulars(family_name="Other", given_names="Name", nationality="AF")
    register.perform(selection.correct, candidate_id=one, particulars=changed, reason="the passport says so")
    with register.read() as snapshot:
        (decision,) = candidates.whole(snapshot, candidate_id=one).decisions
    assert decision.rested is not None
    assert (decision.rested.said.family_name, decision.rested.said.birth) == ("Ahmadzai", BirthDate(1991, 7, 2))
    assert decision.rested.criteria == (
        Answered("Question 1?", CriterionEffect.REQUIRED, Answer.YES, by="A. Berisha", note="the file was seen"),
    )
    assert decision.rested.places.places == 3


# -- two persons ------------------------------------------------------------------------------------------------------


def test_two_persons_decide_where_the_programme_asks_for_them(
    register: Register, second: Register, two: ProgrammeId
) -> None:
    one, other, *_ = four(register, two)
    with pytest.raises(Refused, match="two persons"):
        register.perform(selection.decide, candidate_id=one, **ACCEPT)
    with pytest.raises(Refused, match="two persons"):
        register.perform(deciding.decide_many, candidate_ids=[one], **ACCEPT)
    made = register.perform(deciding.propose, candidate_ids=[one, other], **ACCEPT).value
    assert {state(register, each) for each in (one, other)} == {CandidateState.PROPOSED}
    with pytest.raises(Refused, match="proposed this yourself"):
        register.perform(deciding.confirm, proposal_ids=made)
    second.perform(deciding.confirm, proposal_ids=made)
    with register.read() as snapshot:
        found = candidates.whole(snapshot, candidate_id=one)
    assert found.state is CandidateState.ACCEPTED
    assert [(row.proposed_by, row.entered_by) for row in found.decisions] == [("A. Berisha", "T. Third")]
    with pytest.raises(Refused, match="settled in the meantime"):
        second.perform(deciding.confirm, proposal_ids=made)


def test_a_proposal_stands_on_today_for_the_other_alone(register: Register, second: Register, two: ProgrammeId) -> None:
    one, *_ = four(register, two)
    register.perform(deciding.propose, candidate_ids=[one], **ACCEPT)

    def waits(at: Register) -> list[Any]:
        with at.read() as snapshot:
            return [each for each in daily.today(snapshot).items if each.need is Need.SECOND_PERSON]

    assert waits(register) == []
    (item,) = waits(second)
    assert (item.text.values["n"], item.on) == (1, TODAY)


def test_what_has_changed_since_it_was_proposed_is_asked_about(
    register: Register, second: Register, two: ProgrammeId
) -> None:
    one, *_ = four(register, two)
    made = register.perform(deciding.propose, candidate_ids=[one], **ACCEPT).value
    changed = Particulars(family_name="Ahmadzai", given_names="Gul", birth=BirthDate(1990, 7, 2))
    register.perform(selection.correct, candidate_id=one, particulars=changed, reason="the passport says so")
    with pytest.raises(Refused) as refused:
        second.perform(deciding.confirm, proposal_ids=made)
    assert refused.value.field == "knowing"
    assert [each.values["what"] for each in refused.value.reasons] == [message("Born")]
    second.perform(deciding.confirm, proposal_ids=made, knowing=refused.value.reasons)


def test_a_confirmed_acceptance_needs_a_place_by_then(register: Register, second: Register) -> None:
    programme_id = builders.programme(register, "XN", places=1, two_persons=True)
    one, two, *_ = four(register, programme_id)
    first = register.perform(deciding.propose, candidate_ids=[one], **ACCEPT).value
    later = register.perform(deciding.propose, candidate_ids=[two], **ACCEPT).value
    second.perform(deciding.confirm, proposal_ids=first)
    with pytest.raises(Refused, match="No place is left"):
        second.perform(deciding.confirm, proposal_ids=later)
    second.perform(deciding.drop_proposal, proposal_ids=later, reason="no place is left")
    register.perform(deciding.propose, candidate_ids=[two], **REFUSE)


def test_nobody_alone_takes_back_what_two_have_decided(register: Register, second: Register, two: ProgrammeId) -> None:
    one, *_ = four(register, two)
    made = register.perform(deciding.propose, candidate_ids=[one], **REFUSE).value
    second.perform(deciding.confirm, proposal_ids=made)
    with pytest.raises(Refused, match="two persons"):
        register.perform(selection.take_back, candidate_id=one, reason="a mistake")
    back = register.perform(deciding.propose_taking_back, candidate_ids=[one], reason="a mistake").value
    assert state(register, one) is CandidateState.REFUSED
    second.perform(deciding.confirm, proposal_ids=back)
    assert state(register, one) is CandidateState.PROPOSED


def test_of_one_candidate_one_decision_waits_at_a_time(register: Register, two: ProgrammeId) -> None:
    one, other, *_ = four(register, two)
    register.perform(deciding.propose, candidate_ids=[one], **REFUSE)
    with pytest.raises(Refused, match="waits for a second person already") as refused:
        register.perform(deciding.propose, candidate_ids=[other, one], **ACCEPT)
    assert [[who.name for who in each] for each in refused.value.whom] == [["Ahmadzai, Gul"]]


def test_where_one_person_decides_nothing_is_proposed(register: Register, us: ProgrammeId) -> None:
    with pytest.raises(Refused, match="one person decides"):
        register.perform(deciding.propose, candidate_ids=four(register, us)[:1], **ACCEPT)
