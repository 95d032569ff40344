"""Sentences that rows keep come back as they were."""

from datetime import date
from decimal import Decimal

import pytest

from models.errors import Refused
from models.rules.entry import needed
from models.rules.kept import restored, stored
from models.text import Message, message, translator


def test_a_sentence_with_values_of_every_kind_comes_back_the_same() -> None:
    said = (
        message("No place is left: {taken} of {places} are taken.", taken=50, places=50),
        message("The agreement admits people from {date} on.", date=date(2026, 6, 11)),
        message("Rate {amount}", amount=Decimal("12.50")),
        message("Reason: {reason}", reason="at: night"),
        message("The agreement excludes this person: {criterion}", criterion=message("War crime")),
        message("Plain."),
    )
    rows = stored(said)
    assert all(isinstance(value, str) for row in rows for value in row.values())
    assert restored(rows) == said
    assert translator("en").render(restored(rows)[1]) == "The agreement admits people from 11 Jun 2026 on."


def test_a_value_that_no_row_keeps_is_a_bug() -> None:
    with pytest.raises(TypeError):
        stored([message("{who}", who=Message("{name}", {"name": "x"}))])


def test_a_text_that_is_needed_is_stripped_or_refused() -> None:
    assert needed("  why ", Refused("Say why.", field="reason")) == "why"
    with pytest.raises(Refused) as refused:
        needed(" \n", Refused("Say why.", field="reason"))
    assert refused.value.field == "reason"
