"""What the tests of selection share: a register with the list US-01 as it arrives, or with one of four people."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from models.actions import programmes
from models.exchange import import_lists
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.ids import CandidateId, ListId, ProgrammeId
from models.queries import candidates
from models.queries import selection as queries
from models.queries.candidates import CandidateWhole
from models.store.register import Register
from tests import builders
from tests.ui.departures.windows import settle

SMALL = """No.,Case no.,Family name,Given name,Sex,Date of birth,Citizenship,Document no.,Convictions,Family
1,900-441-000,RAHMANI,Mohammad Yousuf,M,1984-03-21,AFGHANISTAN,P02837100,N,F-1
2,900-441-001,RAHMANI,Zarghuna,F,1988,AFGHANISTAN,P02837101,N,F-1
3,900-667-236,DÉSIR,Jean-Baptiste,M,2000-02-14,Haiti,F66778714,Y,
4,900-667-236,Désir,Jean-Baptiste,M,2000-02-14,Haiti,F66778714,see file,
"""


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return register.perform(programmes.add_preset, code="US-2025", **builders.US_TERMS).value


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    file = tmp_path / "US-02.csv"
    file.write_text(SMALL, encoding="utf-8")
    return file


@pytest.fixture
def small(register: Register, programme: ProgrammeId, small_file: Path) -> ListId:
    read = read_list(read_table(small_file))
    return register.perform(import_lists.bring_in, programme_id=programme, read=read).value.list_id


def person(register: Register, text: str, place: int = 0) -> CandidateId:
    with register.read() as snapshot:
        return queries.ids(snapshot, text=text)[place]


def whole(register: Register, candidate_id: CandidateId) -> CandidateWhole:
    with register.read() as snapshot:
        return candidates.whole(snapshot, candidate_id=candidate_id)


def dialog(qtbot: QtBot) -> QDialog:
    """The dialog that is in front."""
    settle(qtbot)
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, QDialog), "no dialog is open"
    return shown
