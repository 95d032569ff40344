"""What may be entered of a person, a document and a candidate, and what must be said when it is entered otherwise."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.errors import Refused
from models.ids import CriterionId
from models.rules.birth import BirthDate
from models.rules.fields import PERSON
from models.rules.residents import (
    DocumentFacts,
    PersonFacts,
    check_document,
    check_person,
    check_reason,
    missing_facts,
)
from models.rules.screening import Criterion, Screened
from models.rules.selection import (
    Particulars,
    Said,
    Standing,
    check_answer,
    check_decision,
    checked_particulars,
    checked_said,
    is_barred,
)
from models.rules.vocabulary import Answer, CandidateState, CriterionEffect, CriterionTest, DocumentKind, Sex
from models.text import Message, translator

TODAY = date(2026, 11, 21)
KNOWN = PersonFacts(family_name="Ahmadzai", given_names="Gul", nationality="AF", languages=("prs",))
PASSPORT = DocumentFacts(kind=DocumentKind.PASSPORT, number="P1")


@pytest.mark.parametrize(
    "other", [{"family_name": "Ahmadzay"}, {"nationality": None}, {"languages": ("ps",)}, {"languages": ()}]
)
def test_what_was_known_is_not_said_otherwise_without_saying_why(other: dict[str, Any]) -> None:
    after = replace(KNOWN, **other)
    with pytest.raises(Refused) as refused:
        check_reason(KNOWN, after, PERSON, " ")
    assert refused.value.field == "reason"
    check_reason(KNOWN, after, PERSON, "his passport")


@pytest.mark.parametrize(
    "more", [{}, {"own_script": "گل"}, {"languages": ("prs", "ps")}, {"family_name": " Ahmadzai "}]
)
def test_what_was_not_known_yet_needs_no_reason(more: dict[str, Any]) -> None:
    check_reason(KNOWN, replace(KNOWN, **more), PERSON, "")


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("issued_on", {"issued_on": date(2026, 11, 22)}),
        ("expires_on", {"issued_on": date(2026, 11, 21), "expires_on": date(2026, 11, 20)}),
        ("number", {"number": "P" * 100_000}),
    ],
)
def test_a_document_that_cannot_be_is_refused_by_its_field(field: str, facts: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        check_document(replace(PASSPORT, **facts), today=TODAY)
    assert refused.value.field == field


def test_a_document_of_today_that_expires_today_may_be() -> None:
    check_document(replace(PASSPORT, issued_on=TODAY, expires_on=TODAY), today=TODAY)


@pytest.mark.parametrize("months", [0, -1])
def test_a_sentence_has_months(months: int) -> None:
    with pytest.raises(Refused) as refused:
        checked_particulars(Particulars(sentence_months=Decimal(months)), today=TODAY)
    assert refused.value.field == "sentence_months"
    assert checked_particulars(Particulars(sentence_months=Decimal(1)), today=TODAY).sentence_months == 1


@pytest.mark.parametrize(
    ("birth", "field"),
    [
        (BirthDate.exact(TODAY), None),
        (BirthDate(2026, 11, 22), "birth"),
        (BirthDate(2026, 11), None),
        (BirthDate(2026, 12), "birth"),
        (BirthDate(1896, 1, 1), None),
        (BirthDate(1895, 12, 31), "birth"),
    ],
)
def test_nobody_is_born_tomorrow_or_more_than_a_hundred_and_thirty_years_ago(
    birth: BirthDate, field: str | None
) -> None:
    known = replace(KNOWN, birth=birth)
    if field is None:
        check_person(known, today=TODAY)
        checked_particulars(Particulars(birth=birth), today=TODAY)
        return
    for refuses in (
        lambda: check_person(known, today=TODAY),
        lambda: checked_particulars(Particulars(birth=birth), today=TODAY),
    ):
        with pytest.raises(Refused) as refused:
            refuses()
        assert refused.value.field == field


def test_what_is_longer_than_the_register_keeps_is_refused_by_its_field() -> None:
    with pytest.raises(Refused) as refused:
        check_person(replace(KNOWN, partner_number="9" * 100_000), today=TODAY)
    assert refused.value.field == "partner_number"
    with pytest.raises(Refused) as refused:
        checked_particulars(Particulars(vetting="x" * 100_000), today=TODAY)
    assert refused.value.field == "vetting"


def test_a_nationality_is_no_other_one_and_a_birth_said_anew_is_not_as_it_was_written() -> None:
    known = replace(KNOWN, birth=BirthDate(1991), birth_as_written="around 1370")
    assert known.given({"other_nationalities": ("PK", "AF", "PK")}).other_nationalities == ("PK",)
    assert known.given({"birth": BirthDate(1991)}).birth_as_written == "around 1370"
    assert known.given({"birth": BirthDate(1992)}).birth_as_written == ""
    assert known.given({"family_name": " Ahmadi "}) == replace(known, family_name="Ahmadi")


def test_what_is_missing_of_somebody_is_said_thing_by_thing() -> None:
    words = [translator("en").render(each) for each in missing_facts(PersonFacts(), [replace(PASSPORT, number="")])]
    assert words == ["the name", "the sex", "the birth date", "the nationality", "a language", "a document"]
    whole = replace(KNOWN, sex=Sex.MALE, birth=BirthDate(1991))
    assert missing_facts(whole, [replace(PASSPORT, number=""), PASSPORT]) == ()
    for part in (PersonFacts(family_name="x"), PersonFacts(given_names="x"), PersonFacts(own_script="x")):
        assert part.is_named


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"sentenced_on": TODAY, "release_on": TODAY}, None),
        ({"sentenced_on": date(2026, 11, 22)}, "sentenced_on"),
        ({"sentenced_on": TODAY, "release_on": date(2026, 11, 20)}, "release_on"),
        ({"release_on": date(2026, 11, 20)}, None),
    ],
)
def test_a_sentence_lies_before_its_release_and_not_in_the_future(given: dict[str, Any], field: str | None) -> None:
    if field is None:
        assert checked_particulars(Particulars(**given), today=TODAY) == Particulars(**given)
        return
    with pytest.raises(Refused) as refused:
        checked_particulars(Particulars(**given), today=TODAY)
    assert refused.value.field == field


def test_particulars_are_said_without_spaces_and_what_a_form_does_not_ask_for_stays() -> None:
    before = Particulars(family_name="Ahmadzai", vetting="cleared")
    assert before.given({"family_name": " Ahmadi ", "birth_as_written": "x"}).vetting == "cleared"
    assert checked_particulars(Particulars(destination=" Pejë "), today=TODAY).destination == "Pejë"


ACCEPT: dict[str, Any] = {
    "state": CandidateState.PROPOSED, "outcome": CandidateState.ACCEPTED, "has_arrived": False, "reason": "",
    "decided_by": "A. Berisha", "objections": (), "places": None, "taken_by_others": 9,
}  # fmt: skip
_SAID = ("outcome", "reason", "reasons", "decided_by")
_LISTED = ((CandidateState.HELD, "Awaited"), (CandidateState.REFUSED, "Danger"))
_REASON = {"reason": "why"}


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({}, None),
        ({"has_arrived": True}, ""),
        ({"outcome": CandidateState.PROPOSED}, "outcome"),
        ({"outcome": CandidateState.WITHDRAWN, **_REASON}, "outcome"),
        ({"outcome": CandidateState.WITHDRAWN, "state": CandidateState.ACCEPTED, **_REASON}, None),
        ({"outcome": CandidateState.WITHDRAWN, "state": CandidateState.ACCEPTED}, "reason"),
        ({"state": CandidateState.ACCEPTED}, "outcome"),
        ({"state": CandidateState.REFUSED}, None),
        ({"state": CandidateState.HELD, "outcome": CandidateState.HELD, **_REASON}, None),
        ({"state": CandidateState.REFUSED, "outcome": CandidateState.REFUSED, **_REASON}, None),
        ({"outcome": CandidateState.HELD}, "reason"),
        ({"outcome": CandidateState.HELD, "reasons": ("Awaited",)}, None),
        ({"outcome": CandidateState.HELD, "reasons": ("Danger",)}, "reasons"),
        ({"outcome": CandidateState.HELD, "objections": (Message("x"),), "places": 9, **_REASON}, None),
        ({"decided_by": ""}, "decided_by"),
        ({"objections": (Message("x"),)}, "outcome"),
        ({"places": 10}, None),
        ({"places": 9}, "outcome"),
        ({"places": 8}, "outcome"),
    ],
)
def test_what_may_be_decided_on_a_candidate(other: dict[str, Any], field: str | None) -> None:
    values = ACCEPT | other
    said = Said(**{name: values[name] for name in _SAID if name in values})
    found = Standing(**{name: value for name, value in values.items() if name not in _SAID})
    if field is None:
        check_decision(checked_said(said, _LISTED).outcome, found)
        return
    with pytest.raises(Refused) as refused:
        check_decision(checked_said(said, _LISTED).outcome, found)
    assert (refused.value.field or "") == field


@pytest.mark.parametrize(
    ("answer", "automatic", "note", "refused"),
    [
        (Answer.YES, Answer.NO, "", True),
        (Answer.UNKNOWN, Answer.NO, "", True),
        (Answer.YES, Answer.NO, "seen the paper", False),
        (Answer.YES, Answer.YES, "", False),
        (Answer.YES, Answer.UNKNOWN, "", False),
    ],
)
def test_an_answer_that_contradicts_the_list_says_why(
    answer: Answer, automatic: Answer, note: str, refused: bool
) -> None:
    with pytest.raises(Refused) if refused else nullcontext():
        check_answer(answer, automatic, note)


def test_a_criterion_bars_by_what_it_excludes_or_requires() -> None:
    def barred(effect: CriterionEffect, answer: Answer) -> bool:
        return is_barred([Screened(Criterion(CriterionId(1), "?", effect, CriterionTest.MANUAL), answer)])

    bars = {(effect, answer) for effect in CriterionEffect for answer in Answer if barred(effect, answer)}
    assert bars == {(CriterionEffect.EXCLUDES, Answer.YES), (CriterionEffect.REQUIRED, Answer.NO)}
    assert not is_barred([])
