"""`konak backup`, `konak restore` and `konak check`: the register copied, brought back, and looked through."""

import argparse
import sys

from desktop.commands.opening import folder, open_register, passphrase, person
from models.actions import backups as actions
from models.errors import KonakError, Refused
from models.queries import backups as queries
from models.rules.backups import name_of
from models.store import backup, check, restore
from models.store.register import Register
from models.store.restore import Restoring, Summary
from models.text import translator
from ui.backups import making


def run(typed: argparse.Namespace) -> int:
    """Do what was typed.

    Raises:
        Refused: The passphrase is wrong, there is no place, or there is something in the folder.
        Unavailable: The world says no.
    """
    match typed.command:
        case "backup":
            return _back_up(typed)
        case "restore":
            return _restore(typed)
        case _:
            return _check(typed)


def _back_up(typed: argparse.Namespace) -> int:
    with open_register(typed) as register:
        register.check_may(actions.made)
        if typed.to is not None:
            at = making.local_now(register)
            register.perform(actions.taken, file=name_of(at))
            into = typed.to.absolute()
            print(backup.make(register.source, into, at, beside=(into,)))
            return 0
        with register.read() as snapshot:
            places = queries.backups(snapshot).places
        if not places:
            raise Refused("No place for backups is set up. Give --to DIR, or add one on the page Administration.")
        results = making.back_up(register, places)
    for result in results:
        if result.error is None:
            print(result.file)
        else:
            print(f"konak: {result.place.folder}: {_sentence(result.error)}", file=sys.stderr)
    return 0 if all(result.error is None for result in results) else 1


def _restore(typed: argparse.Namespace) -> int:
    with Restoring(typed.file, typed.into) as restoring:
        secret, name = passphrase(typed), person(typed)
        held = restoring.open(secret, name)
        there = folder(typed)
        if there is not None:
            beside = restore.there(there, secret, name)
            print("The register that is there:" if beside else "The register that is there cannot be opened so.")
            if beside:
                _print(beside)
        print("The backup:")
        _print(held)
        restoring.put()
    print(f"The register is in {typed.into}")
    return 0


def _print(held: Summary) -> None:
    print(f"  residents {held.residents}, stays {held.stays}, on the roll {held.on_roll}")
    print(f"  last entry {held.last_number}, {held.last_at.isoformat(timespec='minutes')}")
    print(f"  reports issued {held.issued}" + (f", the last of {held.last_month}" if held.last_month else ""))


def _check(typed: argparse.Namespace) -> int:
    with open_register(typed, for_reading=not typed.rebuild_search) as register:
        if typed.rebuild_search:
            _rebuild(register)
        found = check.check(register.source, register.verified, taken_out=register.strangers)
    english = translator("en")
    for finding in found:
        print(f"{english.render(finding.said)} {english.render(finding.todo)}")
    if not found:
        print("The register is whole.")
    return 1 if found else 0


def _rebuild(register: Register) -> None:
    if register.holder is not None:
        raise register.holder.refusal()
    number = check.rebuild_search(register.source)
    print(f"The search index was written anew for {number} residents.")


def _sentence(error: KonakError) -> str:
    return translator("en").render(error.message)
