"""Screening: what the program can tell of a candidate, what a person answers, and what follows."""

from datetime import date

import pytest

from models.ids import CriterionId
from models.rules.birth import BirthDate
from models.rules.screening import (
    CandidateFacts,
    Criterion,
    answer_to,
    excluded_by,
    is_accompanied,
    is_child,
    objections_to_accepting,
    screen,
)
from models.rules.vocabulary import Answer, CriterionEffect, CriterionTest
from models.text import translator

TODAY = date(2026, 11, 21)
CHILD, ADULT = BirthDate(2014, 9, 2), BirthDate(1988)


def criterion(effect: CriterionEffect, test: CriterionTest = CriterionTest.MANUAL, number: int = 1) -> Criterion:
    return Criterion(CriterionId(number), "Is wanted for a crime", effect, test)


def words(criteria: list[Criterion], facts: CandidateFacts, answers: dict[CriterionId, Answer]) -> list[str]:
    found = objections_to_accepting(screen(criteria, facts, TODAY, answers))
    return [translator("en").render(each) for each in found]


@pytest.mark.parametrize(
    ("birth", "answer"),
    [
        (BirthDate(2008, 11, 21), Answer.NO),
        (BirthDate(2008, 11, 22), Answer.YES),
        (BirthDate(2008, 11), Answer.UNKNOWN),
        (BirthDate(2008), Answer.UNKNOWN),
        (BirthDate(2007), Answer.NO),
        (BirthDate(2009), Answer.YES),
        (BirthDate(2006, about=True), Answer.UNKNOWN),
        (BirthDate(2010, about=True), Answer.UNKNOWN),
        (BirthDate(2005, about=True), Answer.NO),
        (BirthDate(2011, about=True), Answer.YES),
        (None, Answer.UNKNOWN),
    ],
)
def test_whether_somebody_is_a_child_is_told_only_where_the_birth_date_tells_it(
    birth: BirthDate | None, answer: Answer
) -> None:
    assert is_child(birth, TODAY) is answer


@pytest.mark.parametrize(
    ("birth", "accompanied", "answer"),
    [
        (CHILD, False, Answer.YES),
        (CHILD, True, Answer.NO),
        (CHILD, None, Answer.UNKNOWN),
        (ADULT, False, Answer.NO),
        (ADULT, None, Answer.NO),
        (None, False, Answer.UNKNOWN),
        (None, True, Answer.NO),
    ],
)
def test_an_unaccompanied_child_is_a_child_without_an_adult_of_the_family(
    birth: BirthDate | None, accompanied: bool | None, answer: Answer
) -> None:
    facts = CandidateFacts(birth=birth, accompanied=accompanied)
    assert answer_to(CriterionTest.UNACCOMPANIED_CHILD, facts, TODAY) is answer


def test_a_family_group_accompanies_where_one_of_it_is_surely_an_adult() -> None:
    assert is_accompanied([CHILD, ADULT], TODAY) is True
    assert is_accompanied([CHILD, None], TODAY) is None
    assert is_accompanied([CHILD], TODAY) is False
    assert is_accompanied([], TODAY) is False


@pytest.mark.parametrize(
    ("test", "facts", "answer"),
    [
        (CriterionTest.MANUAL, CandidateFacts(), Answer.UNKNOWN),
        (CriterionTest.CRIMINAL_HISTORY, CandidateFacts(criminal_history=Answer.YES), Answer.YES),
        (CriterionTest.CRIMINAL_HISTORY, CandidateFacts(), Answer.UNKNOWN),
        (CriterionTest.EXPULSION_ORDERED, CandidateFacts(expulsion_ordered=Answer.NO), Answer.NO),
        (CriterionTest.LIFE_SENTENCE, CandidateFacts(life_sentence=Answer.YES), Answer.YES),
        (CriterionTest.RELEASE_DATE_KNOWN, CandidateFacts(release_on=date(2029, 1, 1)), Answer.YES),
        (CriterionTest.RELEASE_DATE_KNOWN, CandidateFacts(), Answer.NO),
        (CriterionTest.FINAL_ORDER, CandidateFacts(final_order_on=TODAY), Answer.YES),
        (CriterionTest.FINAL_ORDER, CandidateFacts(final_order_on=date(2026, 11, 22)), Answer.NO),
        (CriterionTest.FINAL_ORDER, CandidateFacts(), Answer.UNKNOWN),
        (CriterionTest.IDENTITY_DOCUMENT, CandidateFacts(document_number="P86724846"), Answer.YES),
        (CriterionTest.IDENTITY_DOCUMENT, CandidateFacts(document_number=" None "), Answer.NO),
        (CriterionTest.IDENTITY_DOCUMENT, CandidateFacts(), Answer.NO),
        (CriterionTest.VETTING_CLEARED, CandidateFacts(vetting="Cleared"), Answer.YES),
        (CriterionTest.VETTING_CLEARED, CandidateFacts(vetting="not cleared"), Answer.NO),
        (CriterionTest.VETTING_CLEARED, CandidateFacts(vetting="second review"), Answer.NO),
        (CriterionTest.VETTING_CLEARED, CandidateFacts(), Answer.UNKNOWN),
    ],
)
def test_the_program_answers_what_the_list_says_and_guesses_nothing(
    test: CriterionTest, facts: CandidateFacts, answer: Answer
) -> None:
    assert answer_to(test, facts, TODAY) is answer


@pytest.mark.parametrize("own", Answer)
def test_what_a_person_answered_stands_before_what_the_program_can_tell(own: Answer) -> None:
    asked = criterion(CriterionEffect.EXCLUDES, CriterionTest.CRIMINAL_HISTORY)
    (result,) = screen([asked], CandidateFacts(criminal_history=Answer.YES), TODAY, {asked.criterion_id: own})
    assert result.answer is own


@pytest.mark.parametrize(
    ("effect", "answer", "expected"),
    [
        (CriterionEffect.EXCLUDES, Answer.YES, ["This excludes the person: Is wanted for a crime"]),
        (CriterionEffect.EXCLUDES, Answer.NO, []),
        (CriterionEffect.EXCLUDES, Answer.UNKNOWN, ["Not answered yet: Is wanted for a crime"]),
        (CriterionEffect.REQUIRED, Answer.NO, ["This is required and not met: Is wanted for a crime"]),
        (CriterionEffect.REQUIRED, Answer.YES, []),
        (CriterionEffect.REQUIRED, Answer.UNKNOWN, ["Not answered yet: Is wanted for a crime"]),
        (CriterionEffect.WEIGHS, Answer.YES, []),
        (CriterionEffect.WEIGHS, Answer.UNKNOWN, []),
    ],
)
def test_what_stands_against_accepting(effect: CriterionEffect, answer: Answer, expected: list[str]) -> None:
    assert words([criterion(effect)], CandidateFacts(), {CriterionId(1): answer}) == expected


def test_only_criteria_that_exclude_and_are_met_are_handed_to_the_gate() -> None:
    criteria = [criterion(effect, number=number) for number, effect in enumerate(CriterionEffect)]
    answers = {each.criterion_id: Answer.YES for each in criteria}
    assert excluded_by(screen(criteria, CandidateFacts(), TODAY, answers)) == ("Is wanted for a crime",)
    assert excluded_by(screen(criteria, CandidateFacts(), TODAY, {})) == ()
