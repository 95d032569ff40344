"""Every code has a name."""

from dataclasses import fields
from enum import StrEnum

import pytest

from models.rules import vocabulary
from models.rules.figures import ADDRESSED, MonthFigures
from models.rules.report_sections import DECLARED
from models.rules.wording import ADDRESSES, FIGURES, WORDS, word

VOCABULARIES = [
    kind
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
]

_NO_FIGURES = {
    "month", "heading", "cut_off", "start_by_age", "review_every", "tallies", "last_month", "corrected",
}  # fmt: skip
"""What the paper is about, the terms that its words are made of, what has names of its own, and what is beside."""
_TALLIES = {figures.tally for figures in DECLARED.values() if figures.tally}


@pytest.mark.parametrize("kind", VOCABULARIES)
def test_every_code_has_a_name(kind: type[StrEnum]) -> None:
    assert all(word(code).text for code in kind)
    assert len(WORDS[kind]) == len(kind)


def test_the_same_stored_word_keeps_its_meaning_in_each_vocabulary() -> None:
    assert word(vocabulary.Regime.OPEN) != word(vocabulary.PlanState.OPEN)


def test_every_figure_has_a_name() -> None:
    assert set(ADDRESSED) == set(ADDRESSES)
    assert {field.name for field in fields(MonthFigures)} - _NO_FIGURES | _TALLIES == set(FIGURES)
