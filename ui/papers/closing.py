"""How a file is closed against others: the questions, and the dialog that saves a paper so."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from models.actions import papers
from models.errors import Refused
from models.exchange import sending
from models.exchange.door import Ready
from models.exchange.sending import ENDINGS, Closing, check_same
from models.rules.vocabulary import Protection
from models.rules.wording import word
from reports import encrypting
from ui import prompts, work
from ui.kit.fields import ChoiceField, TextField
from ui.kit.form import Form, FormDialog
from ui.kit.labels import Text
from ui.kit.notices import toast
from ui.language import _, say
from ui.passphrases import house, new_passphrase_fields

if TYPE_CHECKING:
    from models.store.register import Register


class ClosingFields:
    """By what a file is closed: a passphrase that is typed twice, or a certificate that is chosen in the end."""

    def __init__(self, offered: Sequence[Protection], others: Callable[[], Sequence[str]]) -> None:
        """Make the fields.

        Args:
            offered: The kinds; the first is chosen.
            others: What a passphrase must not be.
        """
        kinds = [(each, say(word(each))) for each in offered]
        self.protection: ChoiceField[Protection] = ChoiceField(
            "protection", _("Encryption"), kinds, value=offered[0] if offered else None, required=True
        )
        self._passphrases = (
            *new_passphrase_fields("passphrase", _("Passphrase for the partner"), others),
            TextField("again", _("The same again"), secret=True, required=True),
            Text(_("Tell it to the partner by another way. It is kept nowhere."), "note", wrap=True),
        )
        self.protection.edited.connect(self.fit)
        if self.protection.read() is not Protection.PASSPHRASE:
            self.fit()  # before their form is measured; what is to be seen is shown by the form

    @property
    def fields(self) -> tuple[Any, ...]:
        """All of them, in their order."""
        return (self.protection, *self._passphrases)

    def fit(self) -> None:
        """Ask for a passphrase where there is to be one."""
        for part in self._passphrases:
            part.setVisible(self.protection.read() is Protection.PASSPHRASE)

    def ask(self, form: Form, on_done: Callable[[Closing], None]) -> None:
        """Give how it is closed; where that cannot be, say so at once, before anything else is asked.

        Args:
            form: That in which the fields stand.
            on_done: Is given it.
        """
        if self.protection.read() is Protection.PASSPHRASE:
            values = form.values()
            try:
                check_same(values["passphrase"], values["again"])
            except Refused as refused:
                form.show_refusal(refused)
                return
            on_done(Closing(values["passphrase"]))
            return
        kinds = _("Certificates (*.cer *.crt *.pem *.der)")
        path = prompts.ask_open_path(form, _("The certificate of the partner"), kinds)
        if path is not None:
            work.run_job(
                form,
                partial(_check, path=path),
                lambda _nothing: on_done(Closing(certificate=path)),
                on_refused=form.show_refusal,
            )


def _check(register: "Register", path: Path) -> None:
    sending.checked_certificate(register, path)


class SaveEncrypted(FormDialog):
    """Saves the paper that is shown so that nobody reads it on its way."""

    def __init__(self, owner: QWidget, ready: Ready) -> None:
        """Ask by what it is closed."""
        self._ready = ready
        self.closing = ClosingFields(tuple(ENDINGS), lambda: (house(),))
        super().__init__(
            owner,
            _("Save encrypted"),
            self.closing.fields,
            papers.saved,
            submit=_("Choose the file"),
            undoes=_("It stands in the trail."),
        )

    def send(self) -> None:
        """Ask for the file, then encrypt, enter and save it."""
        if self.form.check():
            self.closing.ask(self.form, self._save)

    def _save(self, closing: Closing) -> None:
        ready, ending = self._ready, ENDINGS[closing.protection]
        path = prompts.ask_save_path(
            self, _("Save encrypted"), f"{ready.name}-encrypted{ending}", f"{ending} (*{ending})"
        )
        if path is None:
            return

        def job(register: "Register") -> None:
            sending.save(
                register, ready, path, closing,
                with_passphrase=encrypting.with_passphrase, for_certificate=encrypting.for_certificate,
            )  # fmt: skip

        def done(_nothing: None) -> None:
            self.form.settle()
            self.accept()
            toast(self._page, _("Encrypted and saved: {name}", name=path.name))

        self._busy(sending=True)
        work.run_job(
            self,
            job,
            done,
            on_refused=self.form.show_refusal,
            on_end=lambda: self._busy(sending=False),
        )
