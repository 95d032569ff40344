"""A paper about each of several people, in one file or one each; each is an entry before it leaves."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from models.actions import papers
from models.errors import Refused, Unavailable
from models.exchange import door
from models.ids import ResidentId
from models.rules.papers import Choice
from models.rules.vocabulary import Role
from models.store import trail
from models.store.register import Register
from reports.joined import join
from tests import builders
from tests.actions import leavers
from tests.entries import last
from tests.reports import pdf_text
from ui.papers.catalogue import INDIVIDUAL_FILE, REVIEW_NOTICE, STAY_CERTIFICATE

if TYPE_CHECKING:
    from pypdf.generic import Destination


@pytest.fixture
def whose(register: Register) -> list[ResidentId]:
    """Two on the roll, and one between them who has left."""
    programme = builders.programme(register)
    found = []
    for number, left in (("K-0012", None), ("K-0013", date(2026, 10, 1)), ("K-0014", None)):
        found.append(builders.resident(register, number, family_name=f"Rahmani{number[-2:]}"))
        builders.stay(register, found[-1], programme, date(2026, 9, 1), left)
    return found


def _subjects(register: Register) -> list[str]:
    rows = builders.rows(register, "SELECT subject FROM trail WHERE action = 'papers.saved' ORDER BY number")
    return [str(subject) for (subject,) in rows]


def test_each_of_several_is_an_entry_and_stands_in_one_file_under_a_bookmark(
    register: Register, whose: list[ResidentId], tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    ready = door.drawn_each(
        register, STAY_CERTIFICATE, whose=whose, language="en", chosen={Choice.READER: "Basic Court"}, join=join,
        progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert told == [(0, 3), (1, 3), (2, 3)]
    pages = pdf_text.pages(ready.content)
    assert ["Rahmani12" in pages[0], "Rahmani13" in pages[1], "Rahmani14" in pages[2]] == [True] * 3
    assert all("For: Basic Court" in page for page in pages)
    found = pdf_text.reader(ready.content).outline  # those of each paper stand below its own, in a list
    marks = cast("list[Destination]", [each for each in found if not isinstance(each, list)])
    assert [each.title for each in marks] == [one.name for one in ready.each]
    assert "Rahmani" not in ready.name + "".join(one.name for one in ready.each)
    assert _subjects(register) == []
    door.save(register, ready, tmp_path / "all.pdf")
    assert _subjects(register) == [f"resident:{each}" for each in whose]
    assert last(register)["notes"]["reader"] == "Basic Court"
    assert "Stay certificate: Saved a paper" in pdf_text.text(
        door.drawn(register, INDIVIDUAL_FILE, language="en", chosen={Choice.RESIDENT: whose[2]}).content
    )


def test_the_same_people_give_the_same_bytes(register: Register, whose: list[ResidentId]) -> None:
    first, second = (
        door.drawn_each(register, STAY_CERTIFICATE, whose=whose, language="sq", chosen={}, join=join) for _ in range(2)
    )
    assert first.content == second.content


def test_of_whom_there_is_no_paper_is_left_out_and_it_is_said_why(register: Register, whose: list[ResidentId]) -> None:
    ready = door.drawn_each(register, REVIEW_NOTICE, whose=whose, language="en", chosen={}, join=join)
    assert len(ready.each) == 2
    (said,) = ready.left_out
    assert said.values["number"] == "K-0013"
    with pytest.raises(Refused, match="not on the roll any more"):
        door.drawn_each(register, REVIEW_NOTICE, whose=whose[1:2], language="en", chosen={}, join=join)


def test_who_may_not_print_one_prints_not_several(register: Register, whose: list[ResidentId]) -> None:
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    with pytest.raises(Refused, match="may not"):
        door.drawn_each(register, STAY_CERTIFICATE, whose=whose, language="en", chosen={}, join=join)
    assert _subjects(register) == ["paper:stay_certificate"]


def test_where_one_of_several_cannot_be_entered_none_leaves_and_the_trail_says_so_of_those_before(
    register: Register, whose: list[ResidentId], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = door.drawn_each(register, STAY_CERTIFICATE, whose=whose, language="en", chosen={}, join=join)
    append = trail.append

    def full(*given: Any, **said: Any) -> Any:
        if said["action"] == papers.saved.name and len(_subjects(register)) == 2:
            raise Unavailable("The disk is full.")
        return append(*given, **said)

    monkeypatch.setattr(trail, "append", full)
    with pytest.raises(Unavailable):
        door.save(register, ready, tmp_path / "all.pdf")
    assert not (tmp_path / "all.pdf").exists()
    told = builders.rows(register, "SELECT action, subject FROM trail WHERE action LIKE 'papers.%' ORDER BY number")
    entered = [f"resident:{each}" for each in whose[:2]]
    assert told == [(action, subject) for action in ("papers.saved", "papers.failed") for subject in entered]
