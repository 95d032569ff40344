"""`konak erase`: asks that everything personal of somebody be erased, and erases it for whoever did not ask."""

import argparse

from desktop.commands.opening import open_register
from models.actions import erasing
from models.queries.papers import resident_of
from models.store.register import Register


def run(typed: argparse.Namespace) -> int:
    """Do what was typed.

    Raises:
        Refused: There is no such person, the role may not do it, or a rule says no.
        Unavailable: The register cannot be opened or written.
    """
    with open_register(typed) as register:
        print(_done(register, typed))
    return 0


def _done(register: Register, typed: argparse.Namespace) -> str:
    with register.read() as snapshot:
        resident_id = resident_of(snapshot, typed.number)
    match typed.step:
        case "ask":
            register.perform(erasing.ask, resident_id=resident_id, reason=typed.reason)
            return f"It is entered. Let another supervisor type: konak erase confirm {typed.number}"
        case "withdraw":
            register.perform(erasing.withdraw, resident_id=resident_id, reason=typed.reason)
            return "It is entered that the person is kept."
        case _:
            register.perform(erasing.erase, resident_id=resident_id)
            return (
                "Everything personal was erased. Backups that were made before still hold it: they go as they grow "
                "old, or take them away now."
            )
