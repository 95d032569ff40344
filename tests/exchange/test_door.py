"""The one door: who may have what, in which order it leaves, and that there is no other way out."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from models.actions import papers, transports
from models.errors import Refused, Unavailable
from models.exchange import door
from models.exchange.door import Ready
from models.queries.papers import about
from models.rules.disclosure import Audience
from models.rules.papers import RESIDENTS, Choice, Imprint, Outgoing, Paper
from models.rules.vocabulary import Role
from models.store import trail
from models.store.declaring import LOOKED
from models.store.opening import open_register
from models.store.register import Register
from models.store.snapshot import Snapshot
from models.text import Message, message
from tests import builders
from tests.actions.test_transports import CAME, expected
from tests.conftest import PASSPHRASE
from tests.covering import is_turn
from tests.entries import entries, last
from tests.papers import LISTS, needed
from tests.reports import pdf_text
from ui.papers.catalogue import ADMISSION_SHEET, MONTHLY_REPORT, PAPERS, REGISTER_EXTRACT, SELECTION_LIST, TRAIL

ENTRIES = (papers.saved, papers.printed, papers.copied)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def house(register: Register) -> Register:
    """A register with somebody in it, a list and a bus that has come."""
    programme = builders.programme(register)
    person = builders.resident(register, "K-0012", family_name="Ahmadzai")
    builders.stay(register, person, programme, date(2026, 9, 1))
    builders.candidate(register, programme)
    register.perform(transports.come, transport_id=expected(register, ()), came=CAME)
    return register


def act_as(register: Register, role: Role) -> None:
    register.person = replace(register.person, role=role, stands_in=False)


def told(register: Register) -> dict[str, Any]:
    """The last entry of the trail, as somebody else reads it: only what is committed."""
    return last(register)


def some_list(what: Outgoing) -> Ready:
    return Ready(what, b"Name\r\nAhmadzai\r\n", f"list:{what.id}", what.id)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_every_role_at_every_paper(house: Register, tmp_path: Path, paper: Paper[Any]) -> None:
    """Who may have it by turns, and everybody who may not; with `KONAK_LONG=1` everybody.

    In `disclosure/test_all_that_leaves.py` each who may has each paper drawn.
    """
    chosen, may = needed(house, paper), [role for role in Role if role in paper.roles]
    for role in Role:
        if role in may and not is_turn(role, may, PAPERS.index(paper)):
            continue
        _at_paper(house, tmp_path / f"{role}.pdf", role, paper, chosen)


def _at_paper(house: Register, path: Path, role: Role, paper: Paper[Any], chosen: Mapping[Choice, Any]) -> None:
    act_as(house, role)
    if role in paper.roles:
        ready = door.drawn(house, paper, language="en", chosen=chosen)
        door.save(house, ready, path)
        assert path.read_bytes().startswith(b"%PDF")
        assert (told(house)["action"], told(house)["notes"]["paper"]) == ("papers.saved", paper.id)
        return
    with pytest.raises(Refused, match="may not"):
        door.drawn(house, paper, language="en", chosen=chosen)
    assert (told(house)["action"], told(house)["subject"]) == ("papers.saved", f"paper:{paper.id}")
    assert told(house)["notes"]["refused"]
    assert told(house)["notes"]["title"] == paper.title
    forged = Ready(paper, b"%PDF of somebody else", "facility:1", paper.id)
    for entry in ENTRIES:
        with pytest.raises(Refused, match="may not"):
            door.let_out(house, forged, entry=entry, way=lambda content: path.write_bytes(content))
    assert not path.exists()


@pytest.mark.parametrize("role", list(Role))
def test_every_role_at_every_list(register: Register, tmp_path: Path, role: Role) -> None:
    act_as(register, role)
    for what in LISTS:
        _at_list(register, tmp_path / f"{what.id}.csv", role, what)


def _at_list(register: Register, path: Path, role: Role, what: Outgoing) -> None:
    for entry in ENTRIES:
        if role in what.roles:
            assert door.let_out(register, some_list(what), entry=entry, way=len) == 16
            assert told(register)["notes"]["paper"] == what.id
        else:
            with pytest.raises(Refused, match="may not"):
                door.let_out(register, some_list(what), entry=entry, way=len)
            assert told(register)["notes"]["refused"]
    if role in what.roles:
        door.save(register, some_list(what), path)
        assert path.stat().st_mode & 0o777 == 0o600
    else:
        with pytest.raises(Refused):
            door.save(register, some_list(what), path)
        assert not path.exists()


def test_the_entry_is_committed_before_the_bytes_leave_and_names_their_hash(house: Register) -> None:
    ready = door.drawn(house, REGISTER_EXTRACT, language="en", chosen={Choice.PROGRAMME: 1})
    seen: list[dict[str, Any]] = []

    def way(content: bytes) -> bytes:
        seen.append(told(house))
        return content

    left = door.let_out(house, ready, entry=papers.printed, way=way)
    (entry,) = seen
    assert (entry["action"], entry["subject"]) == ("papers.printed", "programme:1")
    assert entry["notes"]["digest"] == sha256(left).hexdigest()
    assert entry["user"] == house.person.name


def test_what_could_not_be_written_stands_in_the_trail_all_the_same(
    house: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise Unavailable("The disk is full.")

    monkeypatch.setattr(door, "write_private", full)
    with pytest.raises(Unavailable, match="full"):
        door.save(house, some_list(RESIDENTS), tmp_path / "list.csv")
    with house.read() as snapshot:
        entered = [each["action"] for each in entries(snapshot.connection)]
    assert entered[-2:] == ["papers.saved", "papers.failed"]
    assert list(tmp_path.glob("*.csv")) == []


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_entered(house: Register, tmp_path: Path) -> None:
    before = told(house)
    with pytest.raises(Unavailable):
        door.save(house, some_list(RESIDENTS), tmp_path / "nowhere" / "list.csv")
    assert told(house) == before


def test_what_could_not_be_entered_does_not_leave(
    house: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    with monkeypatch.context() as patch:
        patch.setattr(trail, "append", _full)
        with pytest.raises(Unavailable, match="full"):
            door.save(house, some_list(RESIDENTS), path)
    assert not path.exists()


def _full(*_: object, **__: object) -> str:
    raise Unavailable("The disk is full.")


_KILLED = """
import os, sys
from pathlib import Path
from models.actions import papers
from models.exchange import door
from models.exchange.door import Ready
from models.queries.papers import about
from models.rules.papers import RESIDENTS
from models.store.opening import open_register

register = open_register(Path(sys.argv[1]), passphrase=sys.argv[2], person="A. Berisha")
ready = Ready(RESIDENTS, b"Name", "list:residents", "residents")
door.let_out(register, ready, entry=papers.saved, way=lambda _content: os._exit(9))
"""


def test_who_is_killed_while_the_bytes_leave_has_entered_it(register: Register, tmp_path: Path) -> None:
    register.close()
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(register.folder), PASSPHRASE], check=False)
    assert killed.returncode == 9
    with open_register(register.folder, passphrase=PASSPHRASE, person="A. Berisha") as again, again.read() as snapshot:
        actions = list(snapshot.connection.exec_driver_sql("SELECT action FROM trail ORDER BY number").scalars())
    assert actions[-2:] == ["papers.saved", "people.unlocked"]


def test_a_paper_is_gathered_in_one_look_and_drawn_outside_of_any(
    house: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_looks: list[Snapshot] = []
    steps: list[tuple[str, int]] = []
    read = house.read

    @contextmanager
    def watched() -> Iterator[Snapshot]:
        with read() as snapshot:
            open_looks.append(snapshot)
            yield snapshot
        open_looks.remove(snapshot)

    def gather(snapshot: Snapshot) -> str:
        steps.append(("gather", len(open_looks)))
        assert open_looks == [snapshot]
        return "gathered"

    def draw(gathered: str, imprint: Imprint) -> bytes:
        steps.append(("draw", len(open_looks)))
        assert imprint.facility == house.facility.name
        return gathered.encode()

    monkeypatch.setattr(house, "read", watched)
    paper = Paper(
        id="x", title="x", about="x", roles=frozenset(Role), fields=frozenset(), gather=gather, draw=draw
    )  # fmt: skip
    assert door.drawn(house, paper, language="en", chosen={}).content == b"gathered"
    assert steps == [("gather", 1), ("draw", 0)]


def test_a_partner_is_told_names_only_where_the_programme_cites_the_legal_ground(register: Register) -> None:
    silent = builders.programme(register, "US-2025")
    citing = builders.programme(register, "UK-RETURN", names_ground="Article 7 of the agreement")
    paper = replace(REGISTER_EXTRACT, audience=Audience.PARTNER)
    for chosen in ({}, {Choice.PROGRAMME: silent}):
        with pytest.raises(Refused, match="legal ground"):
            door.drawn(register, paper, language="en", chosen=chosen)
    assert door.drawn(register, paper, language="en", chosen={Choice.PROGRAMME: citing}).content.startswith(b"%PDF")
    home = replace(paper, audience=Audience.COUNTRY_OF_ORIGIN)
    with pytest.raises(Refused, match="legal ground"):
        door.drawn(register, home, language="en", chosen={Choice.PROGRAMME: citing})


def test_a_choice_that_a_paper_does_not_take_or_lacks_is_a_bug(house: Register) -> None:
    with pytest.raises(ValueError, match="chosen"):
        door.drawn(house, MONTHLY_REPORT, language="en", chosen={Choice.PROGRAMME: 1})
    with pytest.raises(ValueError, match="chosen"):
        door.drawn(house, REGISTER_EXTRACT, language="en", chosen={Choice.USER: "A. Berisha"})


def test_a_paper_about_a_resident_stands_in_their_history_and_names_nobody_in_its_file(house: Register) -> None:
    ready = door.drawn(house, TRAIL, language="en", chosen={Choice.RESIDENT: 1})
    assert ready.subject == "resident:1"
    assert ready.name == "trail-K-0012-2026-11-21"


@pytest.mark.parametrize(
    ("paper", "chosen", "subject"),
    [
        (SELECTION_LIST, {Choice.LIST: 1}, "list:1"),
        (ADMISSION_SHEET, {Choice.RESIDENT: 1}, "resident:1"),
    ],
)
def test_a_paper_whose_making_is_a_look_prints_the_head_after_it(
    house: Register, paper: Paper[Any], chosen: dict[Choice, Any], subject: str
) -> None:
    first = door.drawn(house, paper, language="en", chosen=chosen).content
    assert (told(house)["action"], told(house)["subject"]) == (LOOKED.name, subject)
    with house.read() as snapshot:
        number, head = trail.head(snapshot.connection)
    assert f"{head[:4]}…{head[-4:]}" in pdf_text.text(first)
    assert door.drawn(house, paper, language="en", chosen=chosen).content == first
    with house.read() as snapshot:
        assert trail.head(snapshot.connection)[0] == number, "a second look within the same reading"


ONLY_HERE = {
    r"\bwrite_private\(": r"models/store/\w+\.py|models/exchange/door\.py|desktop/settings\.py|"
    r"ui/about\.py",  # a report on the program, which holds nothing of the register
    # forgetting: takes off what was copied there; clipboard: cleans what a control has copied; about: what it is;
    # photo: takes what was copied elsewhere, and puts nothing there
    r"\.clipboard\(": r"ui/(kit/outgoing|forgetting|clipboard|prompts|about|arrivals/photo)\.py",
    r"\bbackup\.make\(": r"desktop/commands/backups\.py|ui/backups/making\.py",
    r"\bprint\(": r"desktop/(cli|grammar|commands/\w+)\.py|reports/fonts/make_fonts\.py",
    r"\bask_save_path\(|getSaveFileName\(": r"ui/(kit/outgoing|prompts|about|months/sending|papers/closing)"
    r"\.py",  # months/sending, papers/closing: what is encrypted, which `models.exchange.sending` lets out by the door
    r"\bask_print\(|QPrintDialog|\bsubprocess\b": r"ui/(preview/print_dialog|printing/handing|prompts)\.py"
    r"|desktop/.*\.py",
    r"(printing|drawing)\.draw\(|handing\.send\(|\bpapers\.(saved|printed|copied)\b": r"ui/kit/outgoing\.py"
    r"|ui/preview/sending\.py|models/exchange/door\.py|models/exchange/sending\.py"
    r"|ui/papers/closing\.py"  # asks whether it may be offered
    r"|desktop/commands/(figures|exporting|find_same|printing|shown)\.py"  # to the terminal or a printer by the door
    r"|models/queries/(individual_file|issued_months)\.py"  # read which entries there are
    r"|models/exchange/(exports|duplicates)\.py"  # lets nothing out: enters that somebody was refused it
    r"|models/actions/papers\.py",
    r"\.write_(bytes|text)\(|\.open\(.w": r"models/store/\w+\.py|reports/fonts/make_fonts\.py",
}
"""What takes something out of the program, and where alone it stands."""


@pytest.mark.parametrize("call", ONLY_HERE)
def test_nothing_leaves_but_through_the_door(call: str) -> None:
    files = [file for wing in ("desktop", "ui", "reports", "models") for file in (ROOT / wing).rglob("*.py")]
    found = {file.relative_to(ROOT).as_posix() for file in files if re.search(call, file.read_text("utf-8"))}
    assert {file for file in found if not re.fullmatch(ONLY_HERE[call], file)} == set()
    assert found


@pytest.mark.parametrize(("takes", "told"), [((Choice.FROM,), (message("everything"),)), ((), ())])
def test_a_paper_says_that_it_holds_everything_only_where_there_was_something_to_choose(
    register: Register, takes: tuple[Choice, ...], told: tuple[Message, ...]
) -> None:
    with register.read() as snapshot:
        found = about(snapshot, paper=replace(REGISTER_EXTRACT, takes=takes), language="en", chosen={})
    assert found.imprint.chosen == told


NOWHERE = (
    r"QDrag\b|setDragEnabled\(True|QDesktopServices|\.setMimeData\(|\bsmtplib\b|\burllib\.request\b|\bsocket\.socket\b"
)
"""Ways out of the program that there are none of: what is dragged, given to another program, or sent."""


def test_there_is_no_other_way_out() -> None:
    """But for the hash of a signature, which goes to a time stamp service where somebody has set one up."""
    files = [file for wing in ("desktop", "ui", "reports", "models") for file in (ROOT / wing).rglob("*.py")]
    found = [file.relative_to(ROOT).as_posix() for file in files if re.search(NOWHERE, file.read_text("utf-8"))]
    assert found == ["reports/signing.py"]
