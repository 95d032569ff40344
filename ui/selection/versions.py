"""The versions of a proposed list: which file each was, who brought it in, and what it changed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.ids import ListId
from models.queries import list_versions as queries
from models.queries.list_versions import ChangeRow, VersionRow
from models.rules.papers import CANDIDATES
from models.rules.selection import PARTICULARS
from models.rules.wording import word
from ui import work
from ui.declared import said
from ui.kit.columns import Cell, Column
from ui.kit.labels import Button, Text
from ui.kit.layout import Card, Empty, column, held, row
from ui.kit.table import Table
from ui.kit.tokens import px
from ui.language import _, plural, say, tr
from ui.presentation import at_clock
from ui.scrolled import Scrolled

_FIELDS = {field.name: field for field in PARTICULARS}


def show_versions(owner: QWidget, list_id: ListId, code: str) -> None:
    """Read the versions of a list, and show them."""
    work.run_query(owner, queries.of_list, lambda found: VersionsDialog(owner, code, found).open(), list_id=list_id)


class VersionsDialog(QDialog):
    """Each version as a card, the last one first."""

    def __init__(self, parent: QWidget, code: str, found: Sequence[VersionRow]) -> None:
        """Show them."""
        super().__init__(parent.window())
        title = _("Versions of the list {list}", list=code)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        cards: list[QWidget] = [_card(each) for each in found]
        if not cards:
            cards.append(Empty(_("No version is known"), _("An earlier version of Konak did not keep it.")))
        close = Button(_("Close"), self.accept, kind="primary")
        inner = held(column(*cards, None, margins=(0, 0, 12, 0)))
        self.setLayout(
            column(Text(title, "title", wrap=True), (Scrolled(inner, sideways=False), 1), row(None, close), margins=20)
        )
        self.resize(px(900), px(560))


def _card(version: VersionRow) -> Card:
    who = _("{when}, {who}", when=at_clock(version.entered_at), who=version.entered_by)
    state = ""
    if version.taken_back_at is not None:
        state = _("taken back {time}", time=at_clock(version.taken_back_at))
    elif version.is_last:
        state = _("the list as it is")
    card = Card(_("Version {n}", n=version.number), " · ".join(part for part in (who, state) if part), flush=True)
    counts = version.counts
    told = [plural("{n} person came in", "{n} people came in", counts.get("candidates", 0))]
    if "changed" in counts:
        changed, gone = counts["changed"], counts.get("gone", 0)
        told.append(plural("{n} changed", "{n} changed", changed))
        told.append(plural("{n} not on it any more", "{n} not on it any more", gone))
    digest = _("File: SHA-256 {digest}", digest=version.file_hash)
    card.append(held(column(Text(tr().join(told)), Text(digest, "note", wrap=True), gap=2, margins=(14, 0, 14, 6))))
    if version.changes:
        card.append(_table(version.changes))
    return card


def _table(changes: Sequence[ChangeRow]) -> Table[ChangeRow]:
    table: Table[ChangeRow] = Table(
        [
            Column("name", _("Name"), lambda change: Cell(change.name, strong=True), width=220, whom=True),
            Column("what", _("What"), lambda change: say(word(change.what)), width=150),
            Column("otherwise", _("What is otherwise"), _otherwise, stretch=True),
        ],
        name=_("What the version changed"),
        keeps="list changes",
        leaves=CANDIDATES,
        choosable=False,
        fits=True,
        framed=False,
    )
    table.show_rows(changes)
    return table


def _otherwise(change: ChangeRow) -> Cell:
    lines = [otherwise(change, name) for name in change.after]
    return Cell("; ".join(lines), hint="\n".join(lines))


def otherwise(change: ChangeRow, name: str) -> str:
    """One field: what stood there, what the version says, and whether that was taken."""
    field = _FIELDS[name]
    before, after = (said(field, each) or _("nothing") for each in (change.before.get(name), change.after[name]))
    words = _("{field}: {before} → {after}", field=_(field.label), before=before, after=after)
    return _("{what} (not taken)", what=words) if name in change.not_taken else words
