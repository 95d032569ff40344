"""Details of entries are put together by hand: what comes out is what JSON itself gives, whatever stands in them."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.store.details import NO_SALT, SALT, Salts, erased, told_again, values_of

_WORDS = st.text(max_size=8) | st.sampled_from(['"', "\\", '","b":"', "%s", "{}", "\x00", "\x7f", "é\u2028"])
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=5,
)
_ERASED = st.builds(erased, _WORDS, st.integers(1, 99))
_ROWS = st.dictionaries(_WORDS, _VALUES | _ERASED, max_size=4)
_CHANGES = st.fixed_dictionaries({"table": _WORDS, "id": _WORDS, "before": _ROWS, "after": _ROWS})
_RUNS = st.fixed_dictionaries(
    {"table": _WORDS, "rows": st.integers(0, 9), "columns": st.lists(_WORDS, max_size=3)},
    optional={"digest": _WORDS | _ERASED, "salted": _WORDS, "erased": st.dictionaries(_WORDS, _ERASED, max_size=2)},
)
_LEFT = st.fixed_dictionaries({"table": _WORDS, "id": _WORDS, "row": st.none() | _ROWS})
_DETAILS = st.fixed_dictionaries(
    {
        "user": _WORDS | _ERASED,
        "concerns": st.lists(_WORDS, max_size=3),
        "changed": st.lists(_CHANGES, max_size=3),
        "written": st.lists(_RUNS, max_size=2),
        "notes": _ROWS,
    },
    optional={"left": st.lists(_LEFT, max_size=2), "erased": st.dictionaries(_WORDS, _VALUES, max_size=2)},
)


@given(_DETAILS)
def test_details_and_their_digest_are_those_of_canonical_json(details: dict[str, Any]) -> None:
    """Nothing that somebody types reaches out of its place, and an erased value stands for no more than its own."""
    salts = [
        NO_SALT if _is_erased(values[name]) else bytes([place] * SALT) for place, (values, name) in _placed(details)
    ]

    told, digest = told_again(details, Salts(b"".join(salts)))

    hidden = json.loads(_canonical(details))
    for salt, (values, name) in zip(salts, values_of(hidden), strict=True):
        value = values[name]
        own = sha256(salt + _canonical(value).encode(errors="replace")).hexdigest()
        values[name] = value["erased"] if _is_erased(value) else own
    for run in hidden["written"]:
        if "digest" not in run:
            run.pop("erased", None)
    assert told == _canonical(details)
    assert digest == sha256(_canonical(hidden).encode()).hexdigest()


@pytest.mark.parametrize("where", ["details", "change"])
@pytest.mark.parametrize("name", ["dd", "zz"])
def test_what_is_no_part_of_an_entry_does_not_pass(where: str, name: str) -> None:
    """Whoever compares what is told and its digest with what stands there finds it."""
    change: dict[str, Any] = {"table": "residents", "id": "1", "before": {}, "after": {"notes": "a"}}
    details: dict[str, Any] = {"user": "B", "concerns": [], "changed": [change], "written": [], "notes": {}}
    salts = bytes(range(2 * SALT))
    plain = told_again(details, Salts(salts))
    (details if where == "details" else change)[name] = "more"

    assert told_again(details, Salts(salts)) != (_canonical(details), plain[1])


def _placed(details: dict[str, Any]) -> Iterator[tuple[int, tuple[dict[str, Any], str]]]:
    return ((1 + number % 250, each) for number, each in enumerate(values_of(details)))


def _is_erased(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"by", "erased"}


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
