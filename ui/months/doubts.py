"""What is missing or doubtful of a month, each point with where it is put right; and that it was looked through."""

from collections.abc import Callable, Mapping
from typing import Any

from models.actions import months as actions
from models.ids import ProgrammeId
from models.queries import month_doubts
from models.queries.month_doubts import Doubt
from models.rules.papers import TODAY
from models.rules.time import Month
from models.rules.vocabulary import DoubtKind
from models.rules.wording import word
from ui import permissions
from ui.kit.columns import Cell, Column
from ui.kit.field import given
from ui.kit.fields import LongTextField
from ui.kit.form import FormDialog
from ui.kit.layout import Empty
from ui.kit.page import Page
from ui.kit.table import Table
from ui.kit.undoing import Undo
from ui.language import _, isolated, plural, say, tr
from ui.work import run_query

_TABS: Mapping[DoubtKind, str] = {
    DoubtKind.NATIONALITY: "identity",
    DoubtKind.SEX: "identity",
    DoubtKind.BIRTH: "identity",
    DoubtKind.OVERDUE: "absences",
    DoubtKind.REVIEW: "stay",
    DoubtKind.LIMIT: "stay",
    DoubtKind.DESTINATION: "stay",
    DoubtKind.EMERGENCY: "stay",
}
"""In which tab of somebody's page a point is put right."""


def open_doubts(page: Page, programme_id: ProgrammeId, month: Month, *, may_check: bool) -> None:
    """Show what is missing or doubtful of a month.

    Args:
        page: The page of the reports.
        programme_id: The programme.
        month: The month.
        may_check: Whether it can be entered that it was looked through.
    """

    def show(found: tuple[Doubt, ...]) -> None:
        doubts_dialog(page, programme_id, month, found, may_check=may_check).open()

    run_query(page, month_doubts.doubts, show, programme_id=programme_id, month=month)


def doubts_dialog(
    page: Page, programme_id: ProgrammeId, month: Month, found: tuple[Doubt, ...], *, may_check: bool
) -> FormDialog:
    """The points in a list that leads to each of them."""
    name = tr().month(month.first)
    may_check = may_check and permissions.may(actions.check)
    table = _table(found)
    remark = LongTextField("remark", _("Remark"), hint=_("Why what is open may be left so; for the house."), lines=2)
    dialog = FormDialog(
        page,
        _("What is missing or doubtful in {month}", month=name),
        [table, remark] if may_check else [table],
        actions.check,
        values={"programme_id": programme_id, "month": month},
        prepare=given,
        submit=_("Looked through"),
        says=plural("{n} point is open.", "{n} points are open.", len(found)) if found else "",
        done=_("It is entered that the month was looked through."),
        undoes=lambda _made: Undo(actions.uncheck, {"programme_id": programme_id, "month": month}),
        width=1040,
    )
    dialog.submit.setVisible(may_check)
    if not may_check:
        dialog.cancel.setText(_("Close"))
    table.followed.connect(lambda which, _name: _go(page, dialog, found[which]))
    table.opened.connect(lambda which: _go(page, dialog, found[which]))
    return dialog


def _table(found: tuple[Doubt, ...]) -> Table[tuple[int, Doubt]]:
    table: Table[tuple[int, Doubt]] = Table(
        [
            Column("kind", _("What"), lambda line: Cell(say(word(line[1].kind)), strong=True), width=250),
            Column("who", _("Who"), _who, width=210, whom=True),
            Column(
                "text",
                _("What is so"),
                lambda line: Cell(say(line[1].text), hint=say(line[1].text)),
                width=190,
                stretch=True,
            ),
            Column("do", "", lambda line: Cell(_deed(line[1]), link=True), width=135, right=True),
        ],
        name=_("What is missing or doubtful"),
        keeps="doubts",
        leaves=TODAY,
        row_id=lambda line: line[0],
        choosable=False,
        empty=Empty(_("Nothing is missing or doubtful")),
    )
    table.setMinimumHeight(min(60 + 34 * max(len(found), 4), 360))
    table.show_rows(tuple(enumerate(found)))
    return table


def _who(line: tuple[int, Doubt]) -> Cell:
    doubt = line[1]
    return Cell(isolated(doubt.name) if doubt.name else "", muted=doubt.number if doubt.number != doubt.name else "")


def _deed(doubt: Doubt) -> str:
    """What the link does."""
    deeds: Mapping[DoubtKind, Callable[[], str]] = {
        DoubtKind.RATE: lambda: _("Enter a rate"),
        DoubtKind.LETTERHEAD: lambda: _("Enter the letterhead"),
        DoubtKind.EARLIER: lambda: _("Go to that month"),
    }
    return deeds.get(doubt.kind, lambda: _("Put it right"))()


def _go(page: Page, dialog: FormDialog, doubt: Doubt) -> None:
    """Leave the list, and go where a point is put right."""
    dialog.form.settle()
    dialog.reject()
    area, where = _place(doubt)
    page.wanted.emit(area, dict(where))


def _place(doubt: Doubt) -> tuple[str, Mapping[str, Any]]:
    if doubt.resident_id is not None:
        return "residents", {"resident_id": doubt.resident_id, "tab": _TABS.get(doubt.kind, "stay")}
    if doubt.month is not None:
        return "reports", {"programme_id": doubt.programme_id, "month": doubt.month}
    if doubt.programme_id is not None:
        return "programmes", {"programme_id": doubt.programme_id}
    return "administration", {}
