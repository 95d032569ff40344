"""While the list is corrected, who else the candidate may be is shown as one types."""

from pytestqt.qtbot import QtBot

from models.queries.candidates import whole
from models.rules.birth import BirthDate
from models.store.register import Register
from tests import builders
from tests.ui.departures.windows import show
from ui.kit.labels import Text
from ui.residents.page import ResidentsPage
from ui.selection.dialogs import correct_dialog
from ui.selection.likely import LikelySame


def test_a_corrected_name_is_held_against_the_register(qtbot: QtBot, register: Register) -> None:
    programme = builders.programme(register)
    builders.resident(register, "K-0007", family_name="Yousuf", given_names="Mohammed", birth=BirthDate(1991, 3, 7))
    candidate = builders.candidate(
        register, programme, family_name="Smith", given_names="Muhamed", birth=BirthDate(1991, 3, 7)
    )
    with register.read() as snapshot:
        found = whole(snapshot, candidate_id=candidate)
    window = show(qtbot, register, "residents", ResidentsPage)
    dialog = correct_dialog(window.page("residents"), found)
    dialog.open()
    (likely,) = dialog.findChildren(LikelySame)
    assert likely.isHidden()
    dialog.form["family_name"].put("Jusuf")
    dialog.form["family_name"].edited.emit()
    qtbot.waitUntil(lambda: not likely.isHidden())
    said = "\n".join(text.text() for text in likely.findChildren(Text))
    assert "K-0007" in said
    assert "The same name in another spelling." in said
    dialog.form["family_name"].put("Smith")
    dialog.form["family_name"].edited.emit()
    qtbot.waitUntil(likely.isHidden)
    dialog.close()
