"""Numbers of papers: each is given once, to the paper that leaves, and none is left out."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.actions import papers
from models.errors import Refused, Unavailable
from models.exchange import door
from models.queries import trail as history
from models.rules.papers import Choice
from models.rules.vocabulary import Role
from models.store import trail
from models.store.register import Register
from models.store.write_lock import Holder
from tests import builders
from tests.conftest import NOON
from tests.entries import last
from tests.reports import pdf_text
from ui.papers.catalogue import REGISTER_EXTRACT


def do_number(register: Register) -> None:
    """Done to its end for `tests/dialects`, too."""
    said: dict[str, Any] = {
        "what": REGISTER_EXTRACT,
        "number": f"1/{NOON.year}",
        "subject": "day:today",
        "digest": "ab" * 32,
    }
    register.perform(papers.printed, **said)
    register.perform(papers.failed, **said)


@pytest.fixture
def house(register: Register) -> Register:
    programme = builders.programme(register)
    for number in ("K-0012", "K-0013"):
        builders.stay(register, builders.resident(register, number), programme, date(2026, 9, 1))
    return register


def _made(register: Register, **chosen: bool) -> door.Ready:
    return door.drawn(register, REGISTER_EXTRACT, language="en", chosen={Choice(name): chosen[name] for name in chosen})


def _given(register: Register) -> list[tuple[object, ...]]:
    return builders.rows(register, "SELECT number, year FROM paper_numbers ORDER BY number")


def test_an_extract_has_the_next_number_which_it_keeps_once_it_has_left(house: Register, tmp_path: Path) -> None:
    first = _made(house, certified=True)
    said = pdf_text.text(first.content)
    assert f"Extract No. 1/{NOON.year}" in said
    assert "agrees with the register: 2 stays" in said
    assert "For the house: date and signature" in said
    assert _made(house, certified=True).content == first.content, "looked at again it is the same"
    assert _given(house) == [], "a paper that was only looked at takes no number"
    door.save(house, first, tmp_path / "one.pdf")
    door.save(house, first, tmp_path / "again.pdf")
    assert _given(house) == [(1, NOON.year)]
    assert f"Extract No. 2/{NOON.year}" in pdf_text.text(_made(house, certified=True).content)


def test_a_number_is_given_with_the_entry_that_the_paper_leaves_or_not_at_all(
    house: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready, append = _made(house, certified=True), trail.append

    def full(*given: Any, **said: Any) -> Any:
        if said["action"] == papers.saved.name:
            raise Unavailable("The disk is full.")
        return append(*given, **said)

    with monkeypatch.context() as patch:
        patch.setattr(trail, "append", full)
        with pytest.raises(Unavailable):
            door.save(house, ready, tmp_path / "one.pdf")
    assert _given(house) == []
    assert not (tmp_path / "one.pdf").exists()


def test_of_a_paper_that_did_not_leave_the_trail_says_so_and_keeps_its_number_for_it(
    house: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = _made(house, certified=True)

    def full(_path: Path, _content: bytes) -> None:
        raise Unavailable("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(door, "write_private", full)
        with pytest.raises(Unavailable):
            door.save(house, ready, tmp_path / "one.pdf")
    said = last(house)
    assert (said["action"], said["notes"]["number"]) == ("papers.failed", f"1/{NOON.year}")
    with house.read() as snapshot:
        (row,) = history.rows(snapshot, ids=[said["number"]])
    assert [each.after for each in row.details if each.what.text == "Number"] == [f"1/{NOON.year}"]
    door.save(house, ready, tmp_path / "one.pdf")
    assert _given(house) == [(1, NOON.year)]
    assert last(house)["action"] == papers.saved.name


def test_who_opened_it_for_reading_prints_but_gives_no_number(house: Register) -> None:
    certified, plain = _made(house, certified=True), _made(house)
    house.holder = Holder("B. Hoxha", "desk", "")
    door.let_out(house, plain, entry=papers.printed, way=len)
    with pytest.raises(Unavailable, match="open for writing"):
        door.let_out(house, certified, entry=papers.printed, way=len)
    house.holder = None
    assert _given(house) == []


def test_of_two_extracts_that_were_made_with_one_number_the_second_does_not_leave(
    house: Register, tmp_path: Path
) -> None:
    first = _made(house, certified=True)
    builders.stay(house, builders.resident(house, "K-0014"), builders.programme(house, "UK-1"), date(2026, 9, 2))
    second = _made(house, certified=True)
    door.save(house, first, tmp_path / "first.pdf")
    with pytest.raises(Refused, match="given to another paper"):
        door.save(house, second, tmp_path / "second.pdf")
    assert not (tmp_path / "second.pdf").exists()


def test_an_extract_that_is_not_certified_takes_none(house: Register, tmp_path: Path) -> None:
    plain = _made(house)
    assert "Extract No." not in pdf_text.text(plain.content)
    door.save(house, plain, tmp_path / "plain.pdf")
    assert _given(house) == []


def test_an_inspector_changes_nothing_and_so_certifies_none(house: Register) -> None:
    house.person = replace(house.person, role=Role.INSPECTOR, stands_in=False)
    with pytest.raises(Refused, match="may not"):
        do_number(house)
    with pytest.raises(Refused, match="may not"):
        _made(house, certified=True)
    assert _made(house).content
