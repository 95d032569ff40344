"""`konak certificate`: with which certificate reports are signed; set up, renewed, removed."""

import argparse
import json

from desktop.commands.opening import ask_passphrase, first_line, open_register
from models.actions import signing as actions
from models.exchange import certificates
from models.queries import signing


def run(typed: argparse.Namespace) -> int:
    """Do what was typed, and print what there is then.

    Raises:
        Refused: The passphrase is wrong, the certificate cannot sign, or a rule says no.
        Unavailable: The file or the register cannot be opened.
    """
    with open_register(typed, for_reading=typed.step == "show") as register:
        if typed.step == "set":
            path = typed.certificate_passphrase_file
            said = ask_passphrase("Passphrase of the certificate: ") if path is None else first_line(path)
            found = certificates.read_key_file(typed.file, said)
            register.perform(
                actions.set_up,
                certificate=found.certificate,
                certificates=found.certificates,
                private=found.private,
                stamps_at=typed.time_stamps,
            )
        elif typed.step == "time-stamps":
            register.perform(actions.set_service, stamps_at=typed.address)
        elif typed.step == "remove":
            register.perform(actions.remove, reason=typed.reason)
        with register.read() as snapshot:
            rows = signing.keys(snapshot)
    told = [
        {
            "name": row.certificate.name,
            "issuer": row.certificate.issuer,
            "fingerprint": row.certificate.fingerprint,
            "valid_from": row.certificate.valid_from.date().isoformat(),
            "valid_until": row.certificate.valid_until.date().isoformat(),
            "time_stamps": row.stamps_at,
            "signs": row.removed is None,
        }
        for row in rows
    ]
    print(json.dumps(told, ensure_ascii=False, indent=2))
    return 0
