"""`konak print`: any paper that can be printed, as PDF, by its declaration in `ui.papers.catalogue`."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop.commands.opening import ask_passphrase, first_line, open_register
from models.actions import papers
from models.errors import Refused
from models.exchange import door, sending
from models.exchange.door import Ready
from models.exchange.sending import ENDINGS, Closing, check_same
from models.ids import ResidentId
from models.queries import residents
from models.queries.named_annex import report_named
from models.queries.papers import resident_of
from models.queries.programmes import of_code
from models.queries.replay import list_of_code
from models.rules.papers import Choice, Paper
from models.rules.time import Moment
from models.store.files import check_place
from models.store.register import Register
from models.store.snapshot import Snapshot
from models.text import translator
from reports.joined import join
from ui.papers.catalogue import PAPERS

_LOOKED_UP: Mapping[Choice, Callable[[Snapshot, Any], Any]] = {
    Choice.AT: lambda snapshot, said: Moment.typed(said[0], said[1], snapshot.facility.zone),
    Choice.LIST: list_of_code,
    Choice.PROGRAMME: of_code,
    Choice.REPORT: report_named,
}
"""What is typed by the name that people give it, and found in the register."""


def run(typed: argparse.Namespace) -> int:
    """Write the paper, or print it; that it leaves is entered in the trail.

    Raises:
        Refused: There is no such paper, it needs another choice or takes one of those not, or the role may not have it.
        Unavailable: The register cannot be opened, or the file cannot be written.
    """
    paper = _paper(typed.paper)
    chosen = {choice: value for choice in Choice if (value := getattr(typed, choice, None))}
    for choice in (*paper.needs, *chosen):
        if choice not in chosen:
            raise Refused("{paper} needs {option}.", paper=paper.id, option=option(choice))
        if choice not in paper.choices:
            raise Refused("{paper} does not take {option}.", paper=paper.id, option=option(choice))
    _check_way(typed)
    if typed.out and not typed.each:
        check_place(typed.out)
    with open_register(typed) as register:
        with register.read() as snapshot:
            whose = [each for said in chosen.pop(Choice.RESIDENT, ()) for each in _whose(snapshot, said)]
            for choice, look_up in _LOOKED_UP.items():
                if choice in chosen:
                    chosen[choice] = look_up(snapshot, chosen[choice])
        language = typed.language or register.facility.language
        if len(whose) > 1:
            ready = door.drawn_each(register, paper, whose=whose, language=language, chosen=chosen, join=join)
        else:
            whom = {Choice.RESIDENT: whose[0]} if whose else {}
            ready = door.drawn(register, paper, language=language, chosen={**chosen, **whom})
        if typed.printer:
            _send(register, ready, typed)
        elif typed.each:
            closing = _closing(typed)
            for one in ready.each or (ready,):
                ending = ENDINGS[closing.protection] if closing else one.what.ending
                _save(register, one, typed.out / f"{one.name}{ending}", closing)
        else:
            _save(register, ready, typed.out, _closing(typed))
    for said in ready.left_out:
        print(f"konak: {translator('en').render(said)}", file=sys.stderr)
    return 0


def _closing(typed: argparse.Namespace) -> Closing | None:
    """How the file is encrypted; None: it is not."""
    if typed.certificate is not None:
        return Closing(certificate=typed.certificate)
    if typed.paper_passphrase_file is not None:
        return Closing(first_line(typed.paper_passphrase_file))
    if not typed.encrypt:
        return None
    passphrase = ask_passphrase("Passphrase for the paper: ")
    check_same(passphrase, ask_passphrase("The same again: "))
    return Closing(passphrase)


def _save(register: Register, ready: Ready, path: Path, closing: Closing | None) -> None:
    if closing is None:
        door.save(register, ready, path)
        return
    from reports import encrypting

    sending.save(
        register, ready, path, closing,
        with_passphrase=encrypting.with_passphrase, for_certificate=encrypting.for_certificate,
    )  # fmt: skip


def _check_way(typed: argparse.Namespace) -> None:
    """Refuse what is said of a printing where nothing is printed, and of files where none is written.

    Raises:
        Refused: Naming the option.
    """
    if typed.printer:
        closes = {"--encrypt": typed.encrypt, "--paper-passphrase-file": typed.paper_passphrase_file,
                  "--certificate": typed.certificate}  # fmt: skip
        idle = [name for name, value in {"--each": typed.each, **closes}.items() if value]
    else:
        said = {"--pages": typed.pages, "--copies": typed.copies != 1, "--sides": typed.sides, "--scale": typed.scale}
        idle = [name for name, value in said.items() if value]
    for name in idle:
        raise Refused("{option} goes with {other} alone.", option=name, other="--out" if typed.printer else "--printer")


def _send(register: Register, ready: Ready, typed: argparse.Namespace) -> None:
    """Hand the paper to the queue, once it is entered; say by which name the queue knows it."""
    from ui.printing import handing
    from ui.printing.settings import MOST_COPIES, Printing, Sides, read_pages, written

    if not 1 <= typed.copies <= MOST_COPIES:
        raise Refused("Print 1 to {most} copies at once.", field="copies", most=MOST_COPIES)
    if typed.scale and not 10 <= typed.scale <= 400:
        raise Refused("Choose a size of 10 to 400 percent.", field="scale")
    printing = Printing(
        queue=typed.printer,
        pages=read_pages(typed.pages, handing.pages_of(ready.content)),
        copies=typed.copies,
        sides=Sides[typed.sides.replace("-", "_").upper()] if typed.sides else Sides.AS_SET,
        scale=typed.scale,
    )
    chosen = {"copies": printing.copies, "pages": written(printing.pages)}
    way = lambda content: handing.send(printing, content, ready.name)  # noqa: E731 - the way out, by the door
    print(door.let_out(register, ready, entry=papers.printed, way=way, **chosen))


def _whose(snapshot: Snapshot, said: str) -> Sequence[ResidentId]:
    """The resident of a number, or everybody on the roll."""
    return residents.ids(snapshot) if said == "all" else [resident_of(snapshot, said)]


def option(choice: Choice) -> str:
    """How a choice is typed: `--programme` for `programme_id`."""
    return "--" + choice.removesuffix("_id").removesuffix("_on")


def _paper(name: str) -> Paper[Any]:
    known = {paper.id: paper for paper in PAPERS if paper.is_offered}
    if name not in known:
        raise Refused("There is no paper {paper}. The papers are: {known}.", paper=name, known=", ".join(known))
    return known[name]
