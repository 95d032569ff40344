"""What can be typed after `konak`: the commands and their arguments, and nothing of what they do."""

import argparse
from datetime import date
from pathlib import Path

from models.rules.time import Month
from models.text import LANGUAGES


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    whole = argparse.ArgumentParser(
        prog="konak",
        description="The register of a reception facility that hosts people under agreements between governments.",
        epilog="Without a command, the window opens. The passphrase is asked for, or read from KONAK_PASSPHRASE or "
        "from the file of --passphrase-file. Exit status: 0 done, 1 refused, 2 wrong usage.",
        allow_abbrev=False,
    )
    whole.add_argument("--version", action=_Version, nargs=0, help="say which Konak this is")
    _add_register(whole, first=True)
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_window(commands)
    _add_new(commands)
    _add_import(commands)
    _add_figures(commands)
    _add_report(commands)
    _add_print(commands)
    _add_demo(commands)
    _add_backups(commands)
    _command(commands, "roles", "print which role may do what")
    return whole


class _Version(argparse.Action):
    """Says the version; looked up only then, since that takes longer than all the rest of the grammar."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print it, and end."""
        from importlib.metadata import version

        print(f"konak {version('konak')}")
        parser.exit()


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for what add_subparsers returns


def _add_window(commands: "Commands[argparse.ArgumentParser]") -> None:
    window = _command(commands, "window", "open the window")
    _add_register(window)


def _add_new(commands: "Commands[argparse.ArgumentParser]") -> None:
    new = _command(commands, "new", "make a new register")
    new.add_argument("folder", type=_path, metavar="DIR", help="a folder that is not there yet, or is empty")
    new.add_argument("--facility", type=_text, required=True, metavar="NAME", help="the name of the facility")
    new.add_argument("--letterhead", type=_text, default="", metavar="TEXT", help="what stands above it on paper")
    new.add_argument("--language", choices=LANGUAGES, default="en", help="the language of the facility")
    new.add_argument(
        "--time-zone", type=_text, default="Europe/Belgrade", metavar="ZONE", help="such as Europe/Belgrade"
    )
    new.add_argument(
        "--administrator", type=_text, default="Administrator", metavar="NAME", help="who may open the register"
    )
    new.add_argument(
        "--programme",
        dest="programmes",
        type=_text,
        action="append",
        default=[],
        metavar="PRESET",
        help="a ready-made programme to add, such as US-2025; can be given several times",
    )
    new.add_argument(
        "--recovery-sheet",
        type=_path,
        metavar="FILE",
        help="where to write the recovery sheet, which opens the register when all passphrases are forgotten, as PDF",
    )
    _add_passphrase(new)


def _add_import(commands: "Commands[argparse.ArgumentParser]") -> None:
    bring = _command(commands, "import", "bring a spreadsheet in")
    kinds = bring.add_subparsers(dest="kind", metavar="KIND", required=True, title="kinds")
    stays = _command(kinds, "stays", "stays from a CSV or XLSX file")
    stays.add_argument(
        "--refused", type=_path, metavar="FILE", help="where to write the rows that cannot come in, to be mended"
    )
    listed = _command(kinds, "list", "a proposed list from a CSV or XLSX file")
    for kind in (stays, listed):
        kind.add_argument(
            "--map",
            dest="mapping",
            type=_pair,
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help="which field a column of the file holds; - leaves the column out",
        )
        kind.add_argument(
            "--dates", choices=("dmy", "mdy"), help="the order of day and month, where the file leaves it open"
        )
        kind.add_argument("--dry-run", action="store_true", help="say what would come in, and bring nothing in")
        kind.add_argument("file", type=_path, metavar="FILE", help="the spreadsheet")
        _add_programme(kind)
        _add_register(kind)


def _add_figures(commands: "Commands[argparse.ArgumentParser]") -> None:
    figures = _command(commands, "figures", "print the figures of a month as JSON")
    _add_programme(figures)
    _add_month(figures)
    _add_register(figures)


def _add_report(commands: "Commands[argparse.ArgumentParser]") -> None:
    report = _command(commands, "report", "issue the report of a month, or print it again, as PDF")
    _add_programme(report)
    _add_month(report)
    report.add_argument("--language", choices=LANGUAGES, required=True, help="the language of the report")
    report.add_argument("--out", type=_path, required=True, metavar="FILE", help="the file to write")
    report.add_argument(
        "--reason", type=_text, default="", metavar="TEXT", help="why it is issued again, as a revision"
    )
    report.add_argument("--draft", action="store_true", help="print what the figures are now, and issue nothing")
    _add_register(report)


def _add_print(commands: "Commands[argparse.ArgumentParser]") -> None:
    """What can be typed for a paper; which of it a paper takes, its declaration says."""
    paper = _command(commands, "print", "write a paper as PDF")
    paper.add_argument(
        "paper", type=_text, metavar="PAPER", help="such as register_extract; a wrong name lists them all"
    )
    paper.add_argument("--programme", dest="programme_id", type=_text, metavar="CODE", help="such as US-2025")
    paper.add_argument("--month", type=_month, metavar="YYYY-MM", help="such as 2026-10")
    paper.add_argument("--draft", action="store_true", help="as the figures are now, not as they were issued")
    paper.add_argument("--resident", dest="resident_id", type=_text, metavar="NUMBER", help="such as K-0012")
    paper.add_argument("--user", type=_text, metavar="NAME", help="what this person did")
    paper.add_argument("--from", dest="from_on", type=_day, metavar="YYYY-MM-DD", help="the first day")
    paper.add_argument("--until", dest="until_on", type=_day, metavar="YYYY-MM-DD", help="the last day")
    paper.add_argument("--text", type=_text, metavar="TEXT", help="what stands in it")
    paper.add_argument("--language", choices=LANGUAGES, help="else that of the facility")
    paper.add_argument("--out", type=_path, required=True, metavar="FILE", help="the file to write")
    _add_register(paper)


def _add_demo(commands: "Commands[argparse.ArgumentParser]") -> None:
    demo = _command(commands, "demo", "make a register with invented people")
    demo.add_argument("folder", type=_path, metavar="DIR", help="a folder that is not there yet, or is empty")


def _add_backups(commands: "Commands[argparse.ArgumentParser]") -> None:
    backup = _command(commands, "backup", "make a backup")
    backup.add_argument(
        "--to", type=_path, metavar="DIR", help="the folder; else all places that are set up in the register"
    )
    _add_register(backup)
    restore = _command(commands, "restore", "take a register out of a backup")
    restore.add_argument("file", type=_path, metavar="FILE", help="the backup")
    restore.add_argument(
        "--into", type=_path, required=True, metavar="DIR", help="a folder that is not there yet, or is empty"
    )
    _add_register(restore)
    verify = _command(commands, "verify", "walk the trail, and hold the register against it")
    _add_register(verify)
    check = _command(commands, "check", "look whether a register is whole")
    check.add_argument("--rebuild-search", action="store_true", help="write the search index anew before")
    _add_register(check)


def _command(commands: "Commands[argparse.ArgumentParser]", name: str, what: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.", allow_abbrev=False)


def _add_register(command: argparse.ArgumentParser, *, first: bool = False) -> None:
    """The register can be named before the command or after it; what stands after it counts."""
    command.add_argument(
        "--register",
        type=_path,
        default=None if first else argparse.SUPPRESS,
        metavar="DIR",
        help="the folder of the register; else KONAK_REGISTER names it",
    )
    command.add_argument(
        "--person",
        type=_text,
        default=None if first else argparse.SUPPRESS,
        metavar="NAME",
        help="who opens it, where several people may; else KONAK_PERSON names them",
    )
    _add_passphrase(command, first=first)


def _add_passphrase(command: argparse.ArgumentParser, *, first: bool = False) -> None:
    command.add_argument(
        "--passphrase-file",
        type=_path,
        default=None if first else argparse.SUPPRESS,
        metavar="FILE",
        help="a file whose first line is the passphrase",
    )


def _add_programme(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--programme", type=_text, required=True, metavar="CODE", help="the programme, such as US-2025"
    )


def _add_month(command: argparse.ArgumentParser) -> None:
    command.add_argument("--month", type=_month, required=True, metavar="YYYY-MM", help="the month, such as 2026-10")


def _text(given: str) -> str:
    """A text that can be kept: bytes that are no UTF-8 cannot."""
    try:
        given.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("it holds bytes that are no text; write it in UTF-8") from None
    return given


def _path(given: str) -> Path:
    if not given:
        raise argparse.ArgumentTypeError("it is empty; give a path")
    return Path(given)


def _month(given: str) -> Month:
    try:
        return Month.parse(given)
    except ValueError:
        raise argparse.ArgumentTypeError("a month is written YYYY-MM, such as 2026-10") from None


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError("a day is written YYYY-MM-DD, such as 2026-10-05") from None


def _pair(given: str) -> tuple[str, str]:
    column, equals, field = _text(given).rpartition("=")
    if not equals or not column:
        raise argparse.ArgumentTypeError("write it as COLUMN=FIELD")
    return column, field
