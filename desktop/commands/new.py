"""`konak new`: makes a register with its administrator and the programmes that were named."""

import argparse
import sys
from typing import TYPE_CHECKING

from desktop import paths
from desktop.commands.opening import passphrase
from models.actions import programmes
from models.errors import Refused
from models.exchange import door
from models.rules.facility import FacilityFacts, checked_facility
from models.rules.papers import Choice
from models.rules.passphrases import check_passphrase
from models.rules.people import checked_user_name
from models.rules.presets import PRESETS
from models.store import opening
from models.store.files import check_place
from models.store.recovery import new_secret, words
from reports.terms import translator_of
from ui.papers.catalogue import RECOVERY_SHEET

if TYPE_CHECKING:
    from pathlib import Path


def run(typed: argparse.Namespace) -> int:
    """Make the register; whatever can be refused is refused before anything is made.

    Raises:
        Refused: The folder is not empty, or a name, a programme or the passphrase makes no sense.
        Unavailable: The disk says no, or the recovery sheet cannot be drawn in the language.
    """
    facts = checked_facility(
        FacilityFacts(
            name=typed.facility, letterhead=typed.letterhead, language=typed.language, time_zone=typed.time_zone
        )
    )
    administrator = checked_user_name(typed.administrator, field="administrator")
    codes = list(dict.fromkeys(code.strip().upper() for code in typed.programmes))
    for code in codes:
        if code not in PRESETS:
            raise Refused(
                "There is no ready-made programme {code}. There are: {known}.", code=code, known=", ".join(PRESETS)
            )
    sheet_path: Path = typed.recovery_sheet
    check_place(sheet_path)
    translator_of(facts.language)
    chosen = passphrase(typed, twice=True)
    check_passphrase(chosen, others=(administrator, facts.name))
    secret = new_secret()
    with opening.create_register(
        typed.folder,
        facility=facts.name,
        administrator=administrator,
        passphrase=chosen,
        letterhead=facts.letterhead,
        language=facts.language,
        time_zone=facts.time_zone,
        secret=secret,
        seen_in=paths.seen(),
    ) as register:
        for code in codes:
            register.perform(programmes.add_preset, code=code)
            print(f"konak: {code}: {PRESETS[code].facts.source} Enter it on the page Programmes.", file=sys.stderr)
        told = {Choice.SHEET: register.sheet_number, Choice.WORDS: words(secret)}
        sheet = door.drawn(register, RECOVERY_SHEET, language=facts.language, chosen=told)
        door.save(register, sheet, sheet_path)
    print(
        "konak: Nobody can read sealed notes yet, so none can be entered. On the page Administration, add somebody who "
        "may read them, with the words of the recovery sheet.",
        file=sys.stderr,
    )
    print(f"The register is in {typed.folder}")
    return 0
