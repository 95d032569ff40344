"""How a report goes to the partner: when, by what, to whom, and by what it is known that it has come."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from models.actions import months as actions
from models.changes import Kind
from models.exchange import sending
from models.exchange.door import Ready
from models.exchange.sending import ENDINGS, Closing
from models.queries.issued_months import IssuedRow
from models.queries.month_states import SendingRow
from models.rules.papers import AGREEMENTS
from models.rules.vocabulary import Protection, SendingWay
from models.rules.wording import word
from models.text import pgettext
from reports import encrypting
from ui import prompts, session, work
from ui.kit.columns import Cell, Column
from ui.kit.field import Field, given
from ui.kit.fields import ChoiceField, LongTextField, TextField
from ui.kit.form import FormDialog
from ui.kit.layout import Card, Empty
from ui.kit.notices import toast
from ui.kit.table import Table
from ui.kit.typed_fields import MomentField
from ui.kit.undoing import Undo, former
from ui.language import _, say
from ui.papers.closing import ClosingFields
from ui.passphrases import house
from ui.presentation import moment_column
from ui.taking_back import CORRECT, TAKE_BACK, mending, reason_dialog

if TYPE_CHECKING:
    from models.store.register import Register


_ENTER = pgettext("command", "Enter")


class SendDialog(FormDialog):
    """Enters that an issued report is sent; where it is to be encrypted, makes the file in the same step."""

    def __init__(self, owner: QWidget, issued: IssuedRow, last: SendingRow | None, ready: Ready | None) -> None:
        """Lay it out.

        Args:
            owner: The page.
            issued: The revision that stands.
            last: How a report of the programme was sent before, which is mostly how the next one goes.
            ready: The report as it goes out; None: it cannot be let out here, so that it is not encrypted here.
        """
        self._issued, self._ready = issued, ready
        self._closing = ClosingFields(tuple(Protection), lambda: (issued.number, house()))
        self._protection = self._closing.protection
        fields: list[Any] = _fields(last, new=True)
        super().__init__(
            owner,
            _("Enter that {number} was sent", number=issued.number),
            [*fields, *self._closing.fields] if ready is not None else fields,
            actions.send,
            values={"issued_id": issued.id},
            prepare=_plain,
            submit=_(_ENTER),
            done=_("It is entered that the report was sent."),
            undoes=lambda made: Undo(actions.take_back_sending, {"sending_id": made}),
        )
        self._protection.edited.connect(self._name_submit)
        self._name_submit()

    def _name_submit(self) -> None:
        closed = self._ready is not None and self._protection.read() in ENDINGS
        self.submit.setText(_("Encrypt, save and enter") if closed else _(_ENTER))

    def send(self) -> None:
        """Enter it; where it is to be encrypted, ask for the files first."""
        chosen = self._protection.read() if self._ready is not None else Protection.NONE
        if chosen not in ENDINGS or self._ready is None:
            super().send()
        elif self.form.check():
            values, ready = self.form.values(), self._ready
            said = {name: values[name] for name in ("sent", "way", "to_whom")}
            self._closing.ask(self.form, lambda closing: self._close(ready, closing, said, values["receipt"] or ""))

    def _close(self, ready: Ready, closing: Closing, said: dict[str, Any], receipt: str) -> None:
        ending = ENDINGS[closing.protection]
        path = prompts.ask_save_path(
            self, _("Save the encrypted report"), f"{ready.name}-encrypted{ending}", f"{ending} (*{ending})"
        )
        if path is None:
            return
        issued = self._issued

        def job(register: "Register") -> None:
            sending.send(
                register,
                ready,
                issued,
                path,
                closing,
                with_passphrase=encrypting.with_passphrase,
                for_certificate=encrypting.for_certificate,
                receipt=receipt,
                **said,
            )

        def done(_nothing: None) -> None:
            self.form.settle()
            self.accept()
            toast(self._page, _("Encrypted and entered as sent: {name}", name=path.name))
            work.worker().announce(frozenset({Kind.MONTH}))

        self._busy(sending=True)
        work.run_job(self, job, done, on_refused=self.form.show_refusal, on_end=lambda: self._busy(sending=False))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """What was typed, where nothing is encrypted."""
    return given({name: values[name] for name in ("sent", "way", "to_whom", "receipt")})


def _fields(row: SendingRow | None, *, new: bool) -> list[Field[Any]]:
    ways = [(each, say(word(each))) for each in SendingWay]
    return [
        MomentField("sent", _("Sent"), value=session.now() if row is None or new else row.sent, required=True),
        ChoiceField(
            "way", _("By what"), ways, value=SendingWay.EMAIL if row is None else row.way, required=True, wide=False
        ),
        TextField("to_whom", _("To whom"), value="" if row is None else row.to_whom, required=True, longest=200),
        LongTextField(
            "receipt",
            _("Receipt"),
            value="" if row is None or new else row.receipt,
            hint=_("By what it is known that it has come: a number, who signed, when. It can be entered later."),
            lines=2,
        ),
    ]


class SendingsCard(Card):
    """How the revisions of a month were sent; where none was, it is not shown."""

    def __init__(self, owner: QWidget) -> None:
        """Begin without any."""
        super().__init__(_("Sent"))
        self._owner = owner
        self.table: Table[SendingRow] = Table(
            [
                Column("report", _("No."), lambda row: Cell(row.report, strong=True), width=92),
                moment_column("sent", _("Sent"), lambda row: row.sent, width=140),
                Column("way", _("By what"), lambda row: say(word(row.way)), width=110, spare=2),
                Column("whom", _("To whom"), lambda row: row.to_whom, width=110, stretch=True, whom=True),
                Column("receipt", _("Receipt"), _receipt, width=110, spare=1),
                *mending(correct=actions.correct_sending, take_back=actions.take_back_sending, of=_stands),
            ],
            name=_("How the report was sent"),
            leaves=AGREEMENTS,
            fits=True,
            framed=False,
            choosable=False,
            empty=Empty(_("Not sent yet")),
        )
        self.table.followed.connect(self._mend)
        self.append(self.table)
        self.setVisible(False)

    def show_rows(self, rows: tuple[SendingRow, ...]) -> None:
        """Show what was sent."""
        self.table.show_rows(rows)
        self.setVisible(bool(rows))

    def _mend(self, which: int, name: str) -> None:
        row = self.table.row(which)
        if row is not None and name == CORRECT:
            correct_dialog(self._owner, row).open()
        elif row is not None and name == TAKE_BACK:
            take_back_dialog(self._owner, row).open()


def _stands(row: SendingRow) -> bool:
    return row.taken_back is None


def _receipt(row: SendingRow) -> Cell:
    if row.taken_back is not None:
        return Cell(_("taken back: {why}", why=row.taken_back), hint=row.taken_back)
    return Cell(row.receipt or "–", hint=row.receipt)


def correct_dialog(owner: QWidget, row: SendingRow) -> FormDialog:
    """Put right how a report was sent, or enter its receipt."""
    was = {"sending_id": row.id, "sent": row.sent, "way": row.way, "to_whom": row.to_whom, "receipt": row.receipt}
    return FormDialog(
        owner,
        _("Correct how {number} was sent", number=row.report),
        [*_fields(row, new=False), LongTextField("reason", _("Why it is changed"), lines=2, required=True)],
        actions.correct_sending,
        values={"sending_id": row.id, "version": row.version},
        prepare=given,
        submit=_("Save"),
        done=_("It is saved."),
        undoes=former(actions.correct_sending, row.version, "reason", **was),
    )


def take_back_dialog(owner: QWidget, row: SendingRow) -> FormDialog:
    """Take back that a report was sent."""
    return reason_dialog(
        owner,
        _("Take back that {number} was sent", number=row.report),
        actions.take_back_sending,
        {"sending_id": row.id},
        says=_("The line is kept, with the reason. If the report did go, enter that again."),
        done=_("It was taken back."),
        undoes=_("It cannot be undone; enter it again instead."),
    )
