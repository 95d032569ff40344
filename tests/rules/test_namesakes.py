"""How well two names fit, and how much that says: points by words, parts, typing and sound."""

import pytest

from models.rules.namesakes import Fit, NameFit, name_fit, taken_apart, word_likeness


def _fit(one: str, other: str) -> NameFit:
    return name_fit(taken_apart([one]), taken_apart([other]))


@pytest.mark.parametrize(
    ("one", "other", "fit", "points"),
    [
        ("Gul Ahmadzai", "Ahmadzai Gul", Fit.SAME, 10.0),
        ("Zahra", "Zahra", Fit.SAME, 9.0),
        ("Gul Khan Ahmadzai", "Ahmadzai Gul Khan", Fit.SAME, 10.0),
        ("Gul Ahmadzai", "Ahmadzai", Fit.PARTLY, 4.5),
        ("Gul Ahmadzai", "Wiśniewski Paweł", Fit.NOT, -8.0),
        ("Gul Ahmadzai", "Ahmadzai Paweł", Fit.NOT, 0.0),
        ("Gul Rahim Ahmadzai", "Ahmadzai Gul Paweł", Fit.NOT, 2.5),
    ],
)
def test_what_a_pair_of_names_says(one: str, other: str, fit: Fit, points: float) -> None:
    assert _fit(one, other) == NameFit(fit, points)
    assert _fit(other, one) == NameFit(fit, points)


def test_a_word_that_is_written_as_two_is_one() -> None:
    assert _fit("Abdul Rahman", "Abdulrahman").fit is not Fit.NOT
    assert _fit("Hassanali Rezai", "Hassan Ali Rezai").fit is Fit.SAME


def test_nobody_without_a_name_fits_anybody() -> None:
    assert name_fit((), taken_apart(["Gul"])) == NameFit(Fit.UNKNOWN, 0.0)
    assert taken_apart(["", "Gul Khan", "Gul Khan", "—"]) == taken_apart(["Gul Khan"])


def test_of_several_names_the_best_counts() -> None:
    aliases = taken_apart(["Wiśniewski Paweł", "Gul Ahmadzai"])
    assert name_fit(aliases, taken_apart(["Ahmadzai Gul"])) == NameFit(Fit.SAME, 10.0)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("ahmadzai", "ahmadzai", 1.0, 1.0),
        ("m", "mohammed", 0.7, 0.7),
        ("m", "ali", 0.0, 0.0),
        ("petrit", "pertit", 0.74, 0.74),
        ("kelmendiba", "kelmendsut", 0.7, 0.7),
        ("li", "lo", 0.0, 0.97),
        ("petrit", "gjon", 0.0, 0.0),
    ],
)
def test_how_alike_two_words_are(one: str, other: str, least: float, most: float) -> None:
    assert least <= word_likeness(one, other) <= most
