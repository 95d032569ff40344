"""What may be entered of a person, a document and a candidate, and what must be said when it is entered otherwise."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.errors import Refused
from models.rules.fields import PERSON
from models.rules.residents import DocumentFacts, PersonFacts, check_document, check_reason
from models.rules.selection import Particulars, checked_particulars
from models.rules.vocabulary import DocumentKind

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
