"""Words, dates and numbers as each language writes them."""

from datetime import date

import pytest

from models.text import translator


@pytest.mark.parametrize(
    ("language", "said"), [("en", "31 December 2026"), ("sq", "31 dhjetor 2026"), ("sr", "31. 12. 2026.")]
)
def test_a_date_fits_into_a_sentence(language: str, said: str) -> None:
    assert translator(language).full_date(date(2026, 12, 31)) == said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "stateless"), ("sq", "pa shtetësi"), ("sr", "bez državljanstva")]
)
def test_who_has_no_country_is_said_in_each_language(language: str, said: str) -> None:
    assert translator(language).country("XXA") == said
