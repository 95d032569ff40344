"""Every code has a name."""

from dataclasses import fields
from enum import StrEnum

import pytest

from models.rules import vocabulary
from models.rules.figures import MonthFigures
from models.rules.wording import FIGURES, WORDS, word

VOCABULARIES = [
    kind
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
]

_NO_FIGURES = {"month", "heading", "cut_off", "start_by_age", "review_every"}
"""What the paper is about, and the terms of the programme that its words are made of."""


@pytest.mark.parametrize("kind", VOCABULARIES)
def test_every_code_has_a_name(kind: type[StrEnum]) -> None:
    assert all(word(code).text for code in kind)
    assert len(WORDS[kind]) == len(kind)


def test_the_same_stored_word_keeps_its_meaning_in_each_vocabulary() -> None:
    assert word(vocabulary.Regime.OPEN) != word(vocabulary.PlanState.OPEN)


def test_every_figure_has_a_name() -> None:
    assert {field.name for field in fields(MonthFigures)} - _NO_FIGURES == set(FIGURES)
