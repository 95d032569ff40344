"""`konak new`: makes a register with its administrator and the programmes that were named."""

import argparse

from desktop.commands.opening import passphrase
from models.actions import programmes
from models.errors import Refused
from models.rules.facility import FacilityFacts, check_passphrase, checked_facility
from models.rules.presets import PRESETS
from models.store.register import Register


def run(typed: argparse.Namespace) -> int:
    """Make the register; whatever can be refused is refused before anything is made.

    Raises:
        Refused: The folder is not empty, or a name, a programme or the passphrase makes no sense.
        Unavailable: The disk says no.
    """
    facts = checked_facility(
        FacilityFacts(
            name=typed.facility, letterhead=typed.letterhead, language=typed.language, time_zone=typed.time_zone
        )
    )
    administrator = typed.administrator.strip()
    if not administrator:
        raise Refused("Give the name of the administrator.", field="administrator")
    codes = list(dict.fromkeys(code.strip().upper() for code in typed.programmes))
    for code in codes:
        if code not in PRESETS:
            raise Refused(
                "There is no ready-made programme {code}. There are: {known}.", code=code, known=", ".join(PRESETS)
            )
    secret = passphrase(typed, twice=True)
    check_passphrase(secret)
    with Register.create(
        typed.folder,
        facility=facts.name,
        administrator=administrator,
        passphrase=secret,
        letterhead=facts.letterhead,
        language=facts.language,
        time_zone=facts.time_zone,
    ) as register:
        for code in codes:
            register.perform(programmes.add_preset, code=code)
    print(f"The register is in {typed.folder}")
    return 0
