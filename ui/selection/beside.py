"""A likely duplicate settled side by side: the same person, somebody else, or later."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.actions import alike, joinings
from models.queries import beside as queries
from models.queries.beside import Beside
from models.queries.candidates import AlikeRow
from ui import work
from ui.kit.fields import LongTextField
from ui.kit.form import FormDialog
from ui.kit.labels import Button, Text
from ui.kit.layout import column, held, row
from ui.kit.tokens import px
from ui.kit.undoing import Undo
from ui.language import _
from ui.scrolled import Scrolled
from ui.side_by_side import side_by_side


def compare(owner: QWidget, candidate_id: int, found: AlikeRow) -> None:
    """Read both, and show them side by side."""
    work.run_query(
        owner,
        queries.beside,
        lambda both: BesideDialog(owner, both).open(),
        candidate_id=candidate_id,
        other_id=found.candidate_id,
        resident_id=found.resident_id,
    )


class BesideDialog(QDialog):
    """Two columns, and three deeds."""

    def __init__(self, owner: QWidget, found: Beside) -> None:
        """Lay it out; what differs is marked in words and in colour."""
        super().__init__(owner.window())
        self._owner, self._found = owner, found
        self.setWindowTitle(_("The same person?"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        both = side_by_side(found.this, found.other, found.lines)
        self.same = Button(_("The same person"), partial(self._settle, True), needs=self._joins)
        self.other = Button(_("Somebody else"), partial(self._settle, False), needs=alike.settle)
        later = Button(_("Not now"), self.reject)
        inner = held(column(both, None, margins=(0, 0, 12, 0)))
        foot = row(None, later, self.other, self.same, gap=8)
        title = Text(_("The same person?"), "title")
        self.setLayout(column(title, (Scrolled(inner, sideways=False), 1), foot, margins=20))
        self.resize(px(820), px(520))

    @property
    def _joins(self) -> Any:  # noqa: ANN401 - one of two actions
        return joinings.join_candidate if self._found.resident_id is not None else alike.settle

    def _settle(self, is_same: bool) -> None:
        self.accept()
        settle_dialog(self._owner, self._found, is_same=is_same).open()


def settle_dialog(owner: QWidget, found: Beside, *, is_same: bool) -> FormDialog:
    """Ask how it is known."""
    joins = is_same and found.resident_id is not None
    values: dict[str, object] = {"candidate_id": found.candidate_id}
    if joins:
        values["resident_id"] = found.resident_id
    else:
        values |= {"other_id": found.other_id, "resident_id": found.resident_id, "is_same": is_same}
    return FormDialog(
        owner,
        _("The same person: {one} and {other}", one=found.this, other=found.other)
        if is_same
        else _("Two persons: {one} and {other}", one=found.this, other=found.other),
        [LongTextField("reason", _("How it is known"), required=True, lines=2)],
        joinings.join_candidate if joins else alike.settle,
        values=values,
        submit=_("The same person") if is_same else _("Somebody else"),
        says=_("One of them can be accepted, and holds one place.") if is_same and not joins else "",
        done=_("They are one person now.") if is_same else _("They are two persons, and not asked about again."),
        undoes=lambda made: (
            Undo(joinings.take_back, {"joining_id": made}) if joins else Undo(alike.take_back, {"verdict_id": made})
        ),
    )
