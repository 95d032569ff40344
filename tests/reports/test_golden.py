"""What every paper says of one small house, to the letter: a word that goes missing or comes along shows here.

`KONAK_GOLDEN=write` writes anew what is compared; look at the difference before it is kept.
"""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pytest

from models.actions import incidents, transports
from models.actions.complaints import COMPLAINTS
from models.clock import FixedClock
from models.exchange import door
from models.ids import ProgrammeId, ResidentId
from models.rules.birth import BirthDate
from models.rules.time import Moment
from models.rules.vocabulary import IncidentKind, Role, Sex
from models.store.opening import open_register
from models.store.register import Register
from tests import builders
from tests.actions import leavers
from tests.actions.test_gate import keep_gate
from tests.actions.test_transports import CAME, expected
from tests.conftest import NOON, PASSPHRASE
from tests.papers import let_in, needed
from tests.reports import pdf_text
from ui.papers.catalogue import PAPERS

GOLDEN = Path(__file__).parent / "golden"
_HASH = re.compile(r"[0-9a-f]{64}|[0-9a-f]{4}…[0-9a-f]{4}")


@pytest.fixture(scope="module")
def house(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Somebody in a bed, a list, a bus that has come, a report that names, what happened in the house, and a gate."""
    folder = tmp_path_factory.mktemp("golden") / "register"
    copytree(empty_register, folder)
    with open_register(folder, passphrase=PASSPHRASE, clock=FixedClock(NOON)) as register:
        keep_gate(register, letterhead="Republic of Kosovo · Ministry of Internal Affairs")
        leavers.at_desk(register, Role.SUPERVISOR)
        programme = builders.programme(register)
        person = builders.resident(
            register, "K-0012", family_name="Ahmadzai", given_names="Gul", sex=Sex.FEMALE, nationality="AF",
            birth=BirthDate(1991, 7, 2), languages=["prs"], own_script="گل احمدزی",
        )  # fmt: skip
        builders.stay(register, person, programme, date(2026, 9, 1))
        builders.bed(register)
        builders.candidate(register, programme)
        register.perform(transports.come, transport_id=expected(register, ()), came=CAME)
        builders.named_report(register)
        _happenings(register, programme, person)
        yield register


def _happenings(register: Register, programme: ProgrammeId, person: ResidentId) -> None:
    """Force, an incident that was taken back, a complaint that was answered late and one that is overdue."""
    happened: dict[str, Any] = {
        "programme_id": programme,
        "happened": Moment(date(2026, 11, 18)),
        "residents": [person],
    }
    register.perform(
        incidents.enter, **happened, kind=IncidentKind.FORCE, place="Yard", what="held by the arms", by_whom="Guard 14",
        means="hands", why="to end a fight", told_whom="Director", told=Moment(NOON.date(), NOON),
    )  # fmt: skip
    wrong = register.perform(incidents.enter, **happened, kind=IncidentKind.INCIDENT, what="no").value
    register.perform(incidents.take_back, incident_id=wrong, reason="another house")
    complained: dict[str, Any] = {"resident_id": person, "received_on": date(2026, 11, 2), "said": "no water"}
    with builders.reading(register):
        register.perform(COMPLAINTS.enter, **complained, answered_on=date(2026, 11, 18), answer="repaired")
        register.perform(COMPLAINTS.enter, **complained)


def test_every_paper_says_what_it_said(house: Register) -> None:
    """In one go: what was looked at before stands in the trail, which is a paper too."""
    said: dict[str, str] = {}
    for paper in PAPERS:
        let_in(house, paper)
        ready = door.drawn(house, paper, language="en", chosen=needed(house, paper))
        pages = [" ".join(page.extract_text().split()) for page in pdf_text.reader(ready.content).pages]
        said[paper.id] = "\n".join(_HASH.sub("#", page) for page in pages) + "\n"
    if os.environ.get("KONAK_GOLDEN") == "write":
        rmtree(GOLDEN, ignore_errors=True)
        GOLDEN.mkdir()
        for name, text in said.items():
            (GOLDEN / f"{name}.txt").write_text(text, encoding="utf-8")
    golden = {path.stem: path.read_text(encoding="utf-8") for path in GOLDEN.iterdir()}
    assert said.keys() == golden.keys()
    assert {name: text for name, text in said.items() if text != golden[name]} == {}
