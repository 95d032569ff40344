"""Whether a text says by what somebody is known, in any spelling."""

import pytest

from models.rules.known_by import KnownBy, texts_in

KNOWN = KnownBy(["Đorđević, Ana", "K-0771", "A12", "Li"], ["Qvarnström", "محمدي"])


@pytest.mark.parametrize(
    "said",
    [
        "Djordjevic Ana", "DORDEVIC (ANA)", "Ђорђевић Ана", "for k 0771.", "xK-0771", "a12", "A12-5", "Qvarnstrom.csv",
        "Qvarnstroem", "stays_QVARNSTROM_2", "Qvarnströms", "محمدی",
    ],
)  # fmt: skip
def test_every_spelling_of_a_name_or_a_number_is_found(said: str) -> None:
    assert KNOWN.is_in(said)
    assert KNOWN.is_in({"notes": [1, None, {"text": said}]})
    assert KNOWN.is_in({said: 1})


@pytest.mark.parametrize("said", ["", "Li", "Ali", "Li na", "BA12", "Ana", "Qvarn", "neoqvarnström", "0771", "…"])
def test_what_is_too_short_or_another_word_is_not(said: str) -> None:
    assert not KNOWN.is_in(said)


def test_what_folds_to_nothing_is_in_nothing() -> None:
    assert not KnownBy(["", "ь", "…", "ab"], ["", "ъ"]).is_in(["", " ", "ь ab", "anything"])


def test_a_number_is_a_text_and_what_is_true_is_none() -> None:
    assert [*texts_in([7, True, None, "a", {"b": 1.5}])] == ["7", "a", "b"]
    assert KnownBy(["4711"]).is_in({"number": 4711})
