"""Issuing a month, and what has changed in it since it was issued."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import months as actions
from models.actions import signing
from models.ids import ProgrammeId
from models.queries.issued_months import IssuedRow
from models.rules.figure_lines import Change
from models.rules.figures import number_of
from models.rules.time import Month
from models.rules.wording import figure
from reports import monthly
from reports.signing import sign
from ui.kit.columns import Cell, Column
from ui.kit.fields import CheckField, LongTextField
from ui.kit.form import FormDialog
from ui.kit.layout import Empty
from ui.kit.table import Table
from ui.language import _, say, tr


def issue_dialog(
    owner: QWidget, programme_id: ProgrammeId, month: Month, language: str, revisions: int, changed: Sequence[Change]
) -> FormDialog:
    """Issue a month, or a revision of it with its reason.

    Args:
        owner: The page.
        programme_id: The programme.
        month: The month.
        language: Of the paper.
        revisions: How many there are.
        changed: What is otherwise by now than it was issued last.
    """
    fields: list[Any] = []
    if revisions:
        hint = _("It is printed on the paper: name nobody.")
        why = LongTextField("reason", _("Why it is issued again"), required=True, hint=hint)
        fields = [why, _side_by_side(changed)]
    says = _(
        "The figures and the paper are frozen under the number {number}. What is issued is never changed.",
        number=number_of(month, revisions + 1),
    )
    values = {"programme_id": programme_id, "month": month, "language": language, "draw": monthly.draw_issued}
    return FormDialog(
        owner,
        _("Issue {month}", month=tr().month(month.first)),
        fields,
        actions.issue,
        values=values,
        submit=_("Issue"),
        says=says,
        done=_("The report was issued."),
        undoes=_("It cannot be undone, but what is put right later is issued as a revision."),
        width=720 if revisions else 560,
    )


def sign_dialog(owner: QWidget, issued: IssuedRow) -> FormDialog:
    """Sign an issued report with the certificate of the facility."""
    return FormDialog(
        owner,
        _("Sign {number}", number=issued.number),
        [
            CheckField(
                "stamped",
                _("Ask the time stamp service, where one is set up"),
                value=True,
                hint=_("It proves when the report was signed; without it the clock of this computer says it."),
            )
        ],
        signing.sign,
        values={"issued_id": issued.id, "sign": sign},
        submit=_("Sign"),
        says=_("What was issued remains as it is; the signature is put behind it."),
        done=_("The report was signed."),
        undoes=_("It cannot be undone. A revision is signed by itself."),
    )


def _side_by_side(changed: Sequence[Change]) -> QWidget:
    """The figures that were issued beside those of now, line by line where they differ."""
    table: Table[Change] = Table(
        [
            Column("figure", _("Figure"), lambda each: Cell(say(figure(each.figure)), strong=True), width=215),
            Column("of", _("Of what"), lambda each: Cell(each.of, hint=each.of), width=200, stretch=True),
            Column("before", _("As issued"), lambda each: each.before, width=110, right=True),
            Column("after", _("Now"), lambda each: each.after, width=110, right=True),
        ],
        name=_("What has changed since it was issued"),
        keeps="differences",
        row_id=id,
        fits=True,
        choosable=False,
        empty=Empty(_("Only the claim for other months is different")),
    )
    table.show_rows(changed)
    return table
