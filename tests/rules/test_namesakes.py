"""How well two names fit, and how much that says: points by words, parts, typing and sound."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.namesakes import Fit, NameFit, Strangers, name_fit, taken_apart, word_likeness


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
        ("Gul Khan Rahimi", "Gul", Fit.PARTLY, 4.0),
        ("Gul Ahmadzai Omar", "Ahmadzai Gul", Fit.PARTLY, 9.5),
        ("Gul Ahmadzai Omar Khan", "Ahmadzai Gul Omar", Fit.PARTLY, 9.5),
        ("Gul Khan", "G. Khan", Fit.PARTLY, 7.5),
        ("Gul Petrit", "Gul Pertit", Fit.PARTLY, 7.7),
        ("Petrit", "Pertit", Fit.PARTLY, 2.7),
        ("Zahra", "Zahrá", Fit.SAME, 9.0),
        ("Kowalski Jan", "Kowalsky Jan", Fit.SAME, 9.95),
        ("Musa", "Mousa", Fit.SAME, 9.0),
        ("Ali", "Eli", Fit.SPELLED, 8.73),
        ("Mohammed", "Muhamed", Fit.SPELLED, 8.77),
        ("Mohammed Yousuf", "Muhamed Jusuf", Fit.SPELLED, 9.62),
        ("Nora Ali", "Nura Ali", Fit.SPELLED, 9.73),
        ("Salim Ali", "Salam Ali", Fit.PARTLY, 7.85),
        ("Karim", "Karima", Fit.PARTLY, 2.85),
        ("Ali", "Ola", Fit.NOT, -8.0),
        ("Hassan", "Hussein", Fit.NOT, -8.0),
        ("Omid Ali", "Omid Ola", Fit.NOT, 0.0),
    ],
)
def test_what_a_pair_of_names_says(one: str, other: str, fit: Fit, points: float) -> None:
    for found in (_fit(one, other), _fit(other, one)):
        assert (found.fit, round(found.points, 6)) == (fit, points)


def test_a_word_that_is_written_as_two_is_one() -> None:
    assert _fit("Abdul Rahman", "Abdulrahman") == NameFit(Fit.SAME, 9.0)
    assert _fit("Karimi Abdul Rahman", "Karimi Abdulrahman") == NameFit(Fit.SAME, 10.0)
    assert _fit("Rahman Abdul", "Abdulrahman").fit is Fit.NOT
    assert _fit("Hassanali Rezai", "Hassan Ali Rezai").fit is Fit.SAME
    assert _fit("Hassanali Rezai", "Hassan Alu Rezai").fit is Fit.PARTLY


def test_nobody_without_a_name_fits_anybody() -> None:
    assert name_fit((), taken_apart(["Gul"])) == NameFit(Fit.UNKNOWN, 0.0)
    assert name_fit([()], taken_apart(["Gul"])) == NameFit(Fit.UNKNOWN, 0.0)
    assert name_fit([(), ("gul",)], taken_apart(["Gul"])) == NameFit(Fit.SAME, 9.0)
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
        ("li", "lo", 0.0, 0.0),
        ("ana", "ena", 0.946, 0.946),
        ("omar", "umar", 0.954, 0.954),
        ("zahra", "zohra", 0.874, 0.874),
        ("hassan", "hussein", 0.0, 0.0),
        ("gul", "gal", 0.7, 0.7),
        ("ga", "da", 0.0, 0.0),
        ("omid", "omir", 0.715, 0.715),
        ("omid", "omra", 0.0, 0.0),
        ("kelmendiba", "kelmensoru", 0.0, 0.0),
        ("petrit", "gjon", 0.0, 0.0),
    ],
)
def test_how_alike_two_words_are(one: str, other: str, least: float, most: float) -> None:
    assert least <= round(word_likeness(one, other), 6) <= most


_WORDS = [
    "Rahimi", "Raheemi", "Rahini", "Zohra", "Zahra", "Z", "Gul", "Ahmad", "Gulahmad", "Abdul Rahman", "Ana", "Ama",
    "Li", "Đorđević", "Djordevic", "Nguyễn", "Thị", "Lan", "Phạm", "A", "ahmed", "خالد", "Khaled", "Николај", "x7",
]  # fmt: skip
_WRITTEN = st.lists(
    st.one_of(st.sampled_from(_WORDS), st.text("abdehjlmnorsuzđć", min_size=1, max_size=7)), max_size=4
).map(" ".join)


@settings(max_examples=1500)
@given(st.lists(_WRITTEN, max_size=3).map(taken_apart), st.lists(_WRITTEN, max_size=3).map(taken_apart))
def test_strangers_are_those_whose_names_fit_in_nothing(
    ones: tuple[tuple[str, ...], ...], others: tuple[tuple[str, ...], ...]
) -> None:
    worst = name_fit((("rahimi",),), (("xyz",),))
    assert worst.fit is Fit.NOT
    is_stranger = name_fit(ones, others) in (worst, NameFit(Fit.UNKNOWN, 0.0))
    assert (others in Strangers(ones)) == is_stranger
    met = Strangers(ones)
    met.meet([(("rahimi", "z"),), others])
    assert (others in met) == is_stranger


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kelmendiba", "kelmendsor"),
        ("hoxhiq", "хоџић"),
        ("μπάμπης", "babis"),
        ("παντελής", "padelis"),
        ("z", "zohra"),
        ("omid", "omir"),
        ("ana", "anar"),
    ],
)
def test_nobody_whose_name_is_mistyped_or_written_otherwise_is_taken_for_a_stranger_among_many(
    one: str, other: str
) -> None:
    for asked, met in ((one, other), (other, one)):
        strangers = Strangers([(asked, "wxq")])
        strangers.meet([((met, "jlf"),), (("bcvgt",),)])
        assert [((name,),) in strangers for name in (met, "bcvgt")] == [False, True], (asked, met)
