"""The certificate with which reports are signed: set up, renewed, removed, and the time stamp service."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from models.actions import signing as actions
from models.errors import Refused, Unavailable
from models.exchange import certificates
from models.queries import signing as queries
from models.queries.signing import SigningKeyRow
from ui import prompts, session
from ui.kit.fields import LongTextField, TextField
from ui.kit.form import FormDialog
from ui.kit.labels import Button, Text
from ui.kit.layout import Card, KeyValues, row
from ui.kit.undoing import former
from ui.language import _
from ui.work import run_query

if TYPE_CHECKING:
    from models.store.snapshot import Snapshot


def _current(snapshot: "Snapshot") -> tuple[SigningKeyRow | None]:
    return (queries.current(snapshot),)


class SigningCard(Card):
    """With which certificate reports are signed, until when, and what can be done about it."""

    def __init__(self, owner: QWidget) -> None:
        """Begin without having read.

        Args:
            owner: The page.
        """
        super().__init__(_("Signing of reports"))
        self._owner = owner
        self._key: SigningKeyRow | None = None
        self._facts = KeyValues(names=220)
        self._none = Text(
            _("Reports are not signed. With a certificate (PKCS#12) whoever receives one can tell that it is yours."),
            "note",
            wrap=True,
        )
        self.set_up = Button(_("Set up a certificate"), self._set_up, needs=actions.set_up)
        self.service = Button(_("Time stamps"), self._service, needs=actions.set_service)
        self.remove = Button(_("Remove the certificate"), self._remove, needs=actions.remove)
        self.append(self._none, self._facts, row(self.set_up, self.service, self.remove, None, gap=8))

    def refresh(self) -> None:
        """Read it."""
        run_query(self._owner, _current, self._show, latest="signing")

    def _show(self, found: tuple[SigningKeyRow | None]) -> None:
        (self._key,) = found
        key = self._key
        self._none.setVisible(key is None)
        self._facts.setVisible(key is not None)
        self.service.setVisible(key is not None)
        self.remove.setVisible(key is not None)
        self.set_up.setText(_("Set up a certificate") if key is None else _("Renew the certificate"))
        if key is not None:
            what, zone = key.certificate, session.zone()
            until = _("{since} to {until}", since=what.valid_from.astimezone(zone).date(),
                      until=what.valid_until.astimezone(zone).date())  # fmt: skip
            self._facts.say(
                [
                    (_("In the name of"), what.name),
                    (_("Vouched for by"), _("itself alone") if what.issuer == what.name else what.issuer),
                    (_("Valid"), until),
                    (_("Fingerprint, SHA-256"), what.fingerprint),
                    (_("Time stamps"), key.stamps_at or _("none: the clock of this computer says when")),
                ]
            )

    def _set_up(self) -> None:
        path = prompts.ask_open_path(self._owner, _("Set up a certificate"), "PKCS#12 (*.p12 *.pfx *.P12 *.PFX)")
        if path is not None:
            set_up_dialog(self._owner, path, "" if self._key is None else self._key.stamps_at).open()

    def _service(self) -> None:
        if self._key is not None:
            service_dialog(self._owner, self._key).open()

    def _remove(self) -> None:
        if self._key is not None:
            remove_dialog(self._owner).open()


def _service_field(stamps_at: str) -> TextField:
    hint = _("The address of a service by RFC 3161, if there is one: it proves when a report was signed. Empty: none.")
    return TextField(
        "stamps_at", _("Time stamp service"), value=stamps_at, placeholder="https://", hint=hint, longest=400
    )


def set_up_dialog(owner: QWidget, path: Path, stamps_at: str) -> FormDialog:
    """Ask for the passphrase of a key file, and sign with it from now on."""

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        try:
            found = certificates.read_key_file(path, values["passphrase"] or "")
        except Unavailable as error:
            raise Refused(
                "This file cannot be read: {name}. Check the name and the folder.", field="passphrase", name=path.name
            ) from error
        return {
            "certificate": found.certificate,
            "certificates": found.certificates,
            "private": found.private,
            "stamps_at": values["stamps_at"] or "",
        }

    hint = _("Of the file. It is kept nowhere.")
    return FormDialog(
        owner,
        _("Set up the certificate {name}", name=path.name),
        [TextField("passphrase", _("Passphrase"), secret=True, hint=hint), _service_field(stamps_at)],
        actions.set_up,
        prepare=prepare,
        submit=_("Set up"),
        says=_("The key is sealed: whoever issues reports signs with it, and no administrator can open it again."),
        done=_("Reports can be signed with this certificate."),
        undoes=_("It cannot be undone, but the certificate can be removed or renewed."),
    )


def service_dialog(owner: QWidget, key: SigningKeyRow) -> FormDialog:
    """Ask for another time stamp service."""
    return FormDialog(
        owner,
        _("Time stamp service"),
        [_service_field(key.stamps_at)],
        actions.set_service,
        values={"version": key.version},
        prepare=lambda values: {"stamps_at": values["stamps_at"] or ""},
        submit=_("Save"),
        done=_("It is saved."),
        undoes=former(actions.set_service, key.version, stamps_at=key.stamps_at),
    )


def remove_dialog(owner: QWidget) -> FormDialog:
    """Ask why reports are signed no more."""
    return FormDialog(
        owner,
        _("Remove the certificate"),
        [LongTextField("reason", _("Why"), required=True, lines=2)],
        actions.remove,
        submit=_("Remove"),
        danger=True,
        says=_("Its key is taken out, and kept nowhere. What was signed remains signed, and can be verified."),
        done=_("The certificate was removed."),
        undoes=_("It cannot be undone, but the certificate can be set up again."),
    )
