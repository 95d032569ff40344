"""`konak verify` and `konak put-back`: the trail walked or a report judged, and entered that it was put back."""

import argparse
import sys

from desktop.commands.opening import named_folder, open_register
from models.actions import trail
from models.exchange import returned_papers
from models.text import translator


def run(typed: argparse.Namespace) -> int:
    """Do what was typed.

    Raises:
        Refused: The register was not named, the passphrase is wrong, or a rule says no.
        Unavailable: It cannot be opened.
    """
    return _put_back(typed) if typed.command == "put-back" else _verify(typed)


def _put_back(typed: argparse.Namespace) -> int:
    with open_register(typed) as register:
        beside = () if typed.beside is None else (typed.beside.absolute(),)
        register.perform(trail.put_back, reason=typed.reason, beside=beside)
    print("It is entered that the register was put back.")
    return 0


def _judge(typed: argparse.Namespace) -> int:
    """Say whether the PDF of a report is what it says it is."""
    from reports import verifying
    from reports.enclosed import examined

    content = returned_papers.content_of(typed.file)
    if named_folder(typed) is None:
        verdict = verifying.alone(content)
    else:
        report = examined(content)
        with open_register(typed, for_reading=True) as register:
            known = returned_papers.known_report(register, programme=report.programme, number=report.number)
        verdict = verifying.with_register(content, known)
    english, report = translator("en"), verdict.report
    print(f"Report {report.programme} / {report.number}, pages: {report.pages}")
    for said in (*verdict.faults, *verdict.says):
        print(english.render(said))
    return 1 if verdict.faults else 0


def _verify(typed: argparse.Namespace) -> int:
    if typed.file is not None:
        return _judge(typed)
    with open_register(typed, for_reading=True) as register:
        found = register.verified(_show if sys.stderr.isatty() else None)
    if found.problem is None:
        for each in found.erased:
            print(f"Entry {each.number} of {each.at:%Y-%m-%d}: {each.values} values of {each.subject} were erased.")
        print(f"{found.entries} entries, all fit. The last one: {found.head}")
        return 0
    print(translator("en").render(found.problem))
    return 1


def _show(done: int, total: int) -> None:
    print(f"\r{done * 100 // max(1, total)} %", end="", file=sys.stderr, flush=True)
