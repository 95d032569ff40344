"""The recovery sheet in the window: shown once when it is made, to be printed, saved or written down."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from models.actions import people
from models.errors import Refused
from models.exchange import door
from models.exchange.door import Ready
from models.rules.papers import Choice
from models.store.declaring import REKEYED
from models.store.keys import new_number
from models.store.recovery import new_secret, words
from ui import prompts, work
from ui.kit import outgoing
from ui.kit.form import Form
from ui.kit.labels import Button, Text
from ui.kit.layout import Card, column, row
from ui.kit.notices import Callout, toast
from ui.kit.tokens import px
from ui.language import _, tr
from ui.papers.catalogue import RECOVERY_SHEET
from ui.passphrases import words_field
from ui.preview.sending import print_

if TYPE_CHECKING:  # the assistant shows a sheet before the store is loaded
    from models.store.register import Register


class SheetDialog(QDialog):
    """Shows the words of a sheet. They are kept nowhere, so this is the only time."""

    def __init__(
        self,
        parent: QWidget,
        register: "Register",
        secret: bytes,
        number: str = "",
        *,
        below: Sequence[QWidget] = (),
        must: bool = False,
    ) -> None:
        """Lay the dialog out; show it with `open`.

        Args:
            parent: The page that asks.
            register: The open register whose sheet it is.
            secret: What the words stand for.
            number: Of the sheet; that of the sheet that holds if it is not given.
            below: What stands below the words.
            must: Whether it cannot be left without the words: the register that it is of is made already.
        """
        super().__init__(parent)
        self._must = must
        self.number, self.words = number or register.sheet_number, words(secret)
        title = _("Recovery sheet {number}", number=self.number)
        self.setWindowTitle(title)
        self.setProperty("secret", "words")
        self.written = Button(_("I have written it down"), self.hold, kind="primary")
        outer = column(
            Text(title, "title", wrap=True),
            Text(
                _(
                    "These words open the register when all passphrases are forgotten. They are shown only now. Keep "
                    "the sheet in a sealed envelope, locked away, not beside the computer."
                ),
                "body",
                wrap=True,
            ),
            self._grid(),
            Callout(_("Whoever has the sheet and a copy of the register can read everything.")),
            *below,
            gap=14,
            margins=20,
        )
        outer.addLayout(
            row(
                Button(_("Save as PDF"), self._save),
                Button(_("Print"), self._print),
                None,
                *([] if must else [Button(_("Go back"), self.reject)]),
                self.written,
                gap=8,
            )
        )
        self.setLayout(outer)
        self.resize(px(600), self.sizeHint().height())

    def hold(self) -> None:
        """Go on: somebody has the words."""
        self.accept()

    def reject(self) -> None:
        """Close only when it is sure that the words are not lost."""
        if self._must:
            prompts.tell(
                self,
                _("The words are still needed"),
                _("The register is made, and they cannot be shown again. Save or print the sheet, or write it down."),
            )
        elif prompts.confirm(
            self,
            _("Close without the words?"),
            _("They cannot be shown again. Only a new sheet could be made."),
            yes=_("Close"),
            danger=True,
        ):
            super().reject()

    def _grid(self) -> QWidget:
        grid = QGridLayout()
        grid.setSpacing(10)
        for place, word in enumerate(self.words.split()):
            cell = row(Text(str(place + 1), "note"), Text(word, "strong"), None, gap=8)
            grid.addLayout(cell, place // 3, place % 3)
        held = Card()
        held.body.addLayout(grid)
        return held

    def _save(self) -> None:
        language, chosen = tr().language, {Choice.SHEET: self.number, Choice.WORDS: self.words}

        def make(register: "Register", progress: work.Progress) -> Ready:
            return door.drawn(register, RECOVERY_SHEET, language=language, chosen=chosen, progress=progress)

        name = f"recovery-sheet-{self.number}"
        outgoing.make_and_save(self, RECOVERY_SHEET, name, make, title=_("Save the recovery sheet"))

    def _print(self) -> None:
        chosen = {Choice.SHEET: self.number, Choice.WORDS: self.words}
        outgoing.draw(self, RECOVERY_SHEET, partial(print_, self), chosen=chosen)


class NewSheetDialog(SheetDialog):
    """Shows the words of a sheet that does not hold yet, and lets it hold once somebody has written them down.

    Whatever happens before that, the sheet until now still opens the register.
    """

    def __init__(self, owner: QWidget, register: "Register") -> None:
        """Lay the dialog out; show it with `open`."""
        self._owner, self._secret, self._new = owner, new_secret(), new_number()
        fields = []
        if not register.can_unseal:
            fields.append(
                words_field(
                    _("Words of the recovery sheet until now"),
                    _("A colleague who reads sealed notes can make a sheet without them."),
                )
            )
        self.form = Form(fields)
        void = Callout(
            _(
                "This sheet does not hold yet. Print it or write it down, then let it hold: with that the sheet until "
                "now is void, and is to be destroyed."
            )
        )
        super().__init__(owner.window(), register, self._secret, self._new, below=(void, self.form))
        self.written.setText(_("It is written down: let it hold"))

    def hold(self) -> None:
        """Let the new sheet hold."""
        if not self.form.check():
            return
        self.written.setEnabled(False)
        work.run_action(
            self,
            people.make_recovery_sheet,
            on_done=self._holds,
            on_refused=self.form.show_refusal,
            on_end=lambda: self.written.setEnabled(True),
            secret=self._secret,
            number=self._new,
            words=self.form.values().get("words") or "",
        )

    def reject(self) -> None:
        """Close: nothing has changed, and the sheet until now holds."""
        QDialog.reject(self)

    def _holds(self, _nothing: None) -> None:
        """The old sheet is void; with other keys it opens nothing of what comes either, whatever was copied before."""
        self.accept()
        said = _("The new recovery sheet holds. Destroy the old one.")
        give_other_keys(self._owner, words(self._secret), on_done=lambda: toast(self._owner, said))


def give_other_keys(
    owner: QWidget,
    words: str,
    *,
    on_done: Callable[[], object],
    on_refused: Callable[[Refused], None] | None = None,
) -> None:
    """Give the register another key, which takes as long as a backup.

    Args:
        owner: The page or dialog that asks.
        words: Of the recovery sheet that holds; empty where the person holds the key to what is sealed.
        on_done: Is called then.
        on_refused: Is told why it was refused; None: that is shown as any other refusal.
    """

    def done(_nothing: object) -> None:
        on_done()

    def job(register: "Register", progress: work.Progress, _cancelled: object) -> None:
        from models.store.rekey import rekey

        progress(0, 0, _("Writing the register anew"))
        rekey(register, words)

    work.run_long(
        owner,
        job,
        title=_("Giving the register another key"),
        on_done=done,
        on_refused=on_refused,
    )


class RecoveryCard(Card):
    """When the recovery sheet was made, and the way to a new one."""

    def __init__(self, owner: QWidget) -> None:
        """Lay the card out; `owner` is the page that dialogs belong to."""
        super().__init__(_("Recovery sheet"))
        self._owner = owner
        self._made = Text("", "body", wrap=True)
        self.make = Button(_("Make a new recovery sheet"), self._ask)
        self.body.addWidget(self._made)
        self.rekey = Button(_("Give the register another key"), self._ask_rekey, needs=REKEYED)
        self.take_out = Button(_("Take out what belongs to nobody"), self._ask_take_out, needs=people.take_out)
        self.body.addLayout(row(self.make, self.rekey, self.take_out, None, gap=8))

    def show_date(self, made_on: date) -> None:
        """Show when the sheet that holds was made."""
        self._made.setText(
            _(
                "It opens the register when all passphrases are forgotten. The sheet that holds was made on {day}.",
                day=tr().date(made_on),
            )
        )
        self.take_out.setVisible(work.worker().register.strange_keys)

    def _ask_rekey(self) -> None:
        RekeyDialog(self._owner).open()

    def _ask_take_out(self) -> None:
        work.run_action(self._owner, people.take_out, on_done=self._taken_out)

    def _taken_out(self, _nothing: None) -> None:
        toast(self._owner, _("keys.json holds nothing any more but what belongs to the people of this register."))

    def _ask(self) -> None:
        NewSheetDialog(self._owner, work.worker().register).open()


class RekeyDialog(QDialog):
    """Gives the register another key, which takes as long as a backup."""

    def __init__(self, owner: QWidget) -> None:
        """Lay the dialog out; show it with `open`."""
        super().__init__(owner.window())
        self.setWindowTitle(_("Give the register another key"))
        hint = _("The sheet stays good, and so do all passphrases.")
        holds = work.worker().register.can_unseal
        self.form = Form([] if holds else [words_field(_("Words of the recovery sheet"), hint)])
        self.send_button = Button(_("Give another key"), self.send, kind="primary")
        says = _(
            "For the day when somebody left who may have kept a copy. Copies and backups that were made before still "
            "open with the old key. Nobody else may have the register open."
        )
        self.setLayout(
            column(
                Text(self.windowTitle(), "title", wrap=True),
                Callout(says),
                self.form,
                row(None, Button(_("Go back"), self.reject), self.send_button, gap=8),
                gap=14,
                margins=20,
            )
        )
        self.resize(px(560), self.sizeHint().height())

    def send(self) -> None:
        """Do it."""
        if not self.form.check():
            return
        words = self.form.values().get("words") or ""
        give_other_keys(self, words, on_done=self._done, on_refused=self.form.show_refusal)

    def _done(self) -> None:
        owner = self.parentWidget()
        self.accept()
        if owner is not None:
            toast(owner, _("The register has another key."))
