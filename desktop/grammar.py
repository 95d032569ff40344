"""What can be typed after `konak`: the commands and their arguments, and nothing of what they do."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from models.rules.time import Month
from models.rules.vocabulary import BlankForm, FilePart, PaymentKind, ReportSection, SendingWay
from models.text import LANGUAGES, REPORT_LANGUAGES, choices_of


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    whole = argparse.ArgumentParser(
        prog="konak",
        description="The register of a reception facility that hosts people under agreements between governments.",
        epilog="Without a command, the window opens; with the file of a backup alone, it opens to restore it. The "
        "passphrase is asked for, or read from KONAK_PASSPHRASE or from the file of --passphrase-file. Exit status: "
        "0 done, 1 refused, 2 wrong usage.",
        allow_abbrev=False,
    )
    whole.add_argument("--version", action=_Version, nargs=0, help="say which Konak this is")
    _add_register(whole, first=True)
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    window = _command(commands, "window", "open the window, or raise the one that is open already")
    _add(window, "backup", _path, "FILE", "a backup that is to be restored in the window", nargs="?")
    _add_register(window)
    _add_new(commands)
    _add_import(commands)
    _add_find_same(commands)
    _add_transports(commands)
    _add_gate(commands)
    _add_roll_call(commands)
    _add_decide(commands)
    _add_arrival(commands)
    _command(commands, "mrz", "read machine-readable zones from standard input, an empty line between two, as JSON")
    _add_payments(commands)
    _add_addressing(commands)
    _add_export(commands)
    _add_figures(commands)
    _add_report(commands)
    _add_month_steps(commands)
    _add_certificate(commands)
    _add_print(commands)
    demo = _command(commands, "demo", "make a register with invented people")
    _add(demo, "folder", _path, "DIR", "a folder that is not there yet, or is empty")
    _add_backups(commands)
    _add_erase(commands)
    _command(commands, "roles", "print which role may do what")
    return whole


def with_command(arguments: Sequence[str]) -> list[str]:
    """What was typed; a backup in the place of the command stands for the window that restores it."""
    takes_value = {"--register", "--person", "--passphrase-file"}
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        at += 2 if arguments[at] in takes_value else 1
    if at < len(arguments) and arguments[at].lower().endswith(".konak"):
        return [*arguments[:at], "window", *arguments[at:]]
    return list(arguments)


class _Version(argparse.Action):
    """Says the version; looked up only then, since that takes longer than all the rest of the grammar."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print it, and end."""
        from importlib.metadata import version

        print(f"konak {version('konak')}")
        parser.exit()


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for what add_subparsers returns


def _add_new(commands: "Commands[argparse.ArgumentParser]") -> None:
    new = _command(commands, "new", "make a new register")
    _add(new, "folder", _path, "DIR", "a folder that is not there yet, or is empty")
    _add(new, "--facility", _text, "NAME", "the name of the facility", required=True)
    _add(new, "--letterhead", _text, "TEXT", "what stands above it on paper", default="")
    new.add_argument("--language", choices=LANGUAGES, default="en", help="the language of the facility")
    _add(new, "--time-zone", _text, "ZONE", "such as Europe/Belgrade", default="Europe/Belgrade")
    _add(new, "--administrator", _text, "NAME", "who may open the register", default="Administrator")
    _add(
        new,
        "--programme",
        _text,
        "PRESET",
        "a ready-made programme to add, such as US-2025; can be given several times",
        dest="programmes",
        action="append",
        default=[],
    )
    _add(
        new,
        "--recovery-sheet",
        _path,
        "FILE",
        "where to write the recovery sheet, which opens the register when all passphrases are forgotten, as PDF",
        required=True,
    )
    _add_passphrase(new)


def _add_import(commands: "Commands[argparse.ArgumentParser]") -> None:
    bring = _command(commands, "import", "bring a spreadsheet in")
    kinds = bring.add_subparsers(dest="kind", metavar="KIND", required=True, title="kinds")
    stays = _command(kinds, "stays", "stays from a spreadsheet")
    stays.add_argument("--open-stays", action="store_true", help="all stays are open, though no column ends them")
    stays.add_argument(
        "--contradictions",
        choices=("keep", "take"),
        help="what holds where the file says of a stay otherwise than the register: keep what the register says, or "
        "take what the file says, with --reason",
    )
    stays.add_argument(
        "--same-number",
        choices=("same", "other"),
        help="who it is where somebody with another name, birth or sex has the number of a person: the same person, or "
        "somebody else, who then has no number",
    )
    _add(
        stays,
        "--row",
        _pair,
        "ROW=ANSWER",
        "the same for one row: keep, take, same or other; repeat it for others",
        dest="rows",
        action="append",
        default=[],
    )
    _add(stays, "--reason", _text, "TEXT", "how it is known that the file is right", default="")
    listed = _command(kinds, "list", "a proposed list from a spreadsheet")
    _add(listed, "--new-version-of", _text, "LIST", "the name of the list of which it is a new version", default="")
    over = "take what the list says of this person also where it was corrected here; repeat it, or all"
    _add(listed, "--overwrite", _text, "NUMBER", over, action="append", default=[])
    listed.set_defaults(open_stays=False, contradictions=None)
    back = _command(kinds, "take-back", "take back what a file brought in; without a number, name the files")
    back.add_argument("number", type=int, nargs="?", metavar="NUMBER", help="of the import")
    _add(back, "--reason", _text, "TEXT", "why it is taken back", default="")
    back.add_argument("--dry-run", action="store_true", help="say what would go, and take nothing back")
    back.add_argument("--json", action="store_true", help="the files that were brought in, for other programs")
    _add_register(back)
    for kind in (stays, listed):
        _add_answers(kind)
        _add(kind, "--refused", _path, "FILE", "where to write the rows that cannot come in, to be mended")
        kind.add_argument("--dry-run", action="store_true", help="say what would come in, and bring nothing in")
        kind.add_argument(
            "--json", action="store_true", help="print what became of every row as JSON, and nothing else"
        )
        _add(kind, "file", _path, "FILE", "the spreadsheet")
        _add_programme(kind)
        _add_register(kind)


def _add_answers(kind: argparse.ArgumentParser) -> None:
    """What can be said of a file. What is not said is found out; where it cannot be, the refusal names the option."""
    several: dict[str, Any] = {"action": "append", "default": []}
    _add(kind, "--sheet", _text, "NAME", "a sheet of the file; can be given several times; all: all of them", **several)
    _add(kind, "--encoding", _text, "NAME", "how a CSV file writes letters, such as windows-1250")
    _add(kind, "--separator", _separator, "SIGN", "what stands between the cells of a CSV file; tab for a tab")
    _add(kind, "--heading-row", _row, "ROW", "the row with the headings; 0 or none where there is none")
    kind.add_argument("--hidden", choices=("include", "leave"), help="whether hidden rows belong to the file")
    for name in ("--day-order", "--dates"):
        _add(
            kind,
            name,
            _day_order,
            "[COLUMN=]ORDER",
            "dmy or mdy: whether the day or the month comes first, where the file leaves it open, or in one column; "
            "COLUMN=exchanged: a spreadsheet has taken the days of its dates for months"
            if name == "--day-order"
            else argparse.SUPPRESS,
            dest="day_order",
            **several,
        )
    what = "which field a column of the file holds, by heading or letter; sealed keeps it sealed, - leaves it out"
    _add(kind, "--map", _pair, "COLUMN=FIELD", what, dest="mapping", **several)
    what = "what a text of a column stands for; - leaves it as a sealed note"
    _add(kind, "--value", _meaning, "COLUMN:TEXT=MEANING", what, **several)


def _add_find_same(commands: "Commands[argparse.ArgumentParser]") -> None:
    what = "say which rows of a file, or which residents of the register, may be one person, and why"
    same = _command(commands, "find-same", what)
    same.set_defaults(open_stays=False)
    _add(same, "file", _path, "FILE", "the spreadsheet; without it, the residents of the register", nargs="?")
    brought = "of the register, only who came with this import, by its number (konak import take-back names them)"
    _add(same, "--import", int, "NUMBER", brought, dest="import_id")
    _add(same, "--most", int, "N", "of the register, so many of the likeliest pairs at the most", default=500)
    _add_answers(same)
    same.add_argument("--json", action="store_true", help="print the pairs, their scores and reasons as JSON")
    _add_register(same)


def _add_payments(commands: "Commands[argparse.ArgumentParser]") -> None:
    payments = _command(commands, "payments", "print what a programme pays, and add to it or take out of it")
    kinds = [kind.value for kind in PaymentKind]
    payments.add_argument("--add", choices=kinds, dest="kind", help="what is paid for; it takes --amount and --from")
    _add(payments, "--amount", _text, "AMOUNT", "for each of them, or the whole sum, with all its decimals")
    _add(payments, "--currency", _text, "CODE", "three letters; else that of the programme")
    _add(
        payments, "--from", _day, "YYYY-MM-DD", "the first day, or the one on which a single sum is due", dest="from_on"
    )
    _add(payments, "--until", _day, "YYYY-MM-DD", "the last day", dest="until_on")
    _add(payments, "--places", int, "N", "how many are held ready and paid for; else those of the programme")
    due = "when a fixed sum is due first, and with each period again; else it is spread over the days of each period"
    _add(payments, "--due", _day, "YYYY-MM-DD", due, dest="due_on")
    _add(payments, "--purpose", _text, "TEXT", "what it is for", default="")
    _add(payments, "--remove", int, "N", "take out the payment of this number, as they are printed, from 1 on")
    _add_programme(payments)
    _add_register(payments)


def _add_language(command: argparse.ArgumentParser, means: str, *, required: bool = False) -> None:
    offered = choices_of(REPORT_LANGUAGES, beside=True)
    said = f"{', '.join(REPORT_LANGUAGES)}: {means}"
    command.add_argument("--language", choices=offered, metavar="LANGUAGE", required=required, help=said)


def _add_addressing(commands: "Commands[argparse.ArgumentParser]") -> None:
    told = _command(commands, "addressing", "print to whom a programme's report goes and what stands in it; change it")
    _add(told, "--addressee", _text, "TEXT", "to whom, with the address; \\n begins a new line")
    _add(told, "--agreement", _text, "TEXT", "the reference of the agreement", dest="agreement_reference")
    _add(
        told,
        "--claim",
        _text,
        "TEXT",
        "what stands before the month in the reference of a claim",
        dest="claim_reference",
    )
    ground = "the legal ground on which the report may name people; empty: numbers only"
    _add(told, "--names-ground", _text, "TEXT", ground, dest="names_ground")
    _add(told, "--sender", _text, "TEXT", "who sends reports, of the facility; \\n begins a new line")
    _add(told, "--bank", _text, "TEXT", "where claims are paid to, of the facility", dest="bank_details")
    names = ", ".join(section.value for section in ReportSection)
    what = f"in their order, with commas between, of: {names}; :counts behind one lists nobody; usual: the usual ones"
    _add(told, "--sections", _text, "LIST", what)
    _add_programme(told)
    _add_register(told)


def _add_export(commands: "Commands[argparse.ArgumentParser]") -> None:
    export = _command(commands, "export", "write what the register holds as a file for another program")
    export.add_argument(
        "what",
        choices=("residents", "stays", "candidates", "placements", "absences", "roll_calls"),
        help="what the file is to hold",
    )
    export.add_argument(
        "--format", choices=("csv", "xlsx", "ods", "json"), help="the kind of file; else as the name of --out ends"
    )
    _add(export, "--programme", _text, "CODE", "only what is under this programme, such as US-2025")
    export.add_argument("--language", choices=LANGUAGES, help="of the headings; else that of the facility")
    for name in ("--out", "-o"):
        _add(export, name, _path, "FILE", "the file to write; else it is printed", dest="out")
    _add_register(export)


def _add_figures(commands: "Commands[argparse.ArgumentParser]") -> None:
    figures = _command(commands, "figures", "print the figures of a month as JSON")
    _add_programme(figures)
    _add_month(figures)
    _add_register(figures)


def _add_report(commands: "Commands[argparse.ArgumentParser]") -> None:
    report = _command(commands, "report", "issue the report of a month, or print it again, as PDF")
    _add_programme(report)
    _add_month(report)
    _add_language(report, "the language of the report; two side by side as in en+sq", required=True)
    _add(report, "--out", _path, "FILE", "the file to write", required=True)
    _add(report, "--reason", _text, "TEXT", "why it is issued again, as a revision", default="")
    report.add_argument("--draft", action="store_true", help="print what the figures are now, and issue nothing")
    _add_register(report)


def _add_month_steps(commands: "Commands[argparse.ArgumentParser]") -> None:
    """The life of a month: what is doubtful, that it was looked through, how it was sent."""
    month = _command(commands, "month", "say where the report of a month stands, and enter that it was sent")
    steps = month.add_subparsers(dest="step", metavar="STEP", required=True, title="steps")
    of_all = _command(steps, "list", "print where the months of a programme stand, as JSON")
    show = _command(steps, "show", "print what is missing or doubtful of a month, and how it was sent, as JSON")
    check = _command(steps, "check", "enter that a month was looked through before it is issued")
    again = _command(steps, "open-again", "take back that a month was looked through")
    sent = _command(steps, "sent", "enter that the report that was issued last was sent")
    correct = _command(steps, "correct-sent", "put right how a report was sent, or enter its receipt")
    back = _command(steps, "take-back-sent", "take back that a report was sent")
    sign = _command(steps, "sign", "sign the report that was issued last with the certificate of the facility")
    sign.add_argument("--without-time-stamp", action="store_true", help="though a time stamp service is set up")
    _add(check, "--remark", _text, "TEXT", "why what is open may be left so", default="")
    ways = [way.value for way in SendingWay]
    for step, needed in ((sent, True), (correct, False)):
        step.add_argument("--way", choices=ways, required=needed, help="by what it went")
        _add(step, "--to", _text, "NAME", "to whom", required=needed)
        _add(step, "--at", _instant, "YYYY-MM-DD[THH:MM]", "when, local time; else now")
        _add(step, "--receipt", _text, "TEXT", "by what it is known that it has come", default="" if needed else None)
    _add(sent, "--out", _path, "FILE", "encrypt the report into this file, to be sent so; with one of the two below")
    said = "a file whose first line is the passphrase that opens it; with --out alone it is asked for"
    _add(sent, "--report-passphrase-file", _path, "FILE", said)
    _add(sent, "--certificate", _path, "FILE", "the certificate of the partner, whose key alone opens it (.p7m)")
    for step in (correct, back):
        _add(step, "sending", int, "SENDING", "its number, as `konak month show` tells it")
    for step in (again, correct, back):
        _add(step, "--reason", _text, "TEXT", "why", required=True)
    for step in (of_all, show, check, again, sent, correct, back, sign):
        _add_programme(step)
        if step is not of_all:
            _add_month(step)
        _add_register(step)


def _add_certificate(commands: "Commands[argparse.ArgumentParser]") -> None:
    """The certificate with which reports are signed."""
    one = _command(commands, "certificate", "set up, renew or remove the certificate that signs reports")
    steps = one.add_subparsers(dest="step", metavar="STEP", required=True, title="steps")
    show = _command(steps, "show", "print which there are and were, as JSON")
    put = _command(steps, "set", "sign with this certificate from now on, instead of the one before")
    _add(put, "file", _path, "FILE", "the certificate with its key (PKCS#12: .p12, .pfx)")
    said = "a file whose first line is the passphrase of the certificate; else it is asked for"
    _add(put, "--certificate-passphrase-file", _path, "FILE", said)
    _add(
        put, "--time-stamps", _text, "URL", "a time stamp service (RFC 3161) that is asked at each signing", default=""
    )
    stamps = _command(steps, "time-stamps", "ask another time stamp service, or none")
    _add(stamps, "address", _text, "URL", "its address; empty: none")
    remove = _command(steps, "remove", "sign no more; the key goes for good")
    _add(remove, "--reason", _text, "TEXT", "why", required=True)
    for step in (show, put, stamps, remove):
        _add_register(step)


def _add_transports(commands: "Commands[argparse.ArgumentParser]") -> None:
    """What can be asked about transports, and done with one."""
    one = _command(commands, "transports", "print which transports are expected, or who is on one")
    one.add_argument("number", nargs="?", type=int, metavar="NUMBER", help="of one; without it all are printed")
    one.add_argument("--json", action="store_true", help="as JSON")
    what = one.add_mutually_exclusive_group()
    what.add_argument("--admit", action="store_true", help="admit all who are ready, in the beds that are proposed")
    said = "take back the arrivals of all who were admitted with it"
    what.add_argument("--take-back", type=_text, metavar="WHY", help=said)
    said = "why beds are given that their kind forbids; with --admit, and for who may allow it"
    one.add_argument("--reason", type=_text, default="", metavar="WHY", help=said)
    _add_register(one)


def _add_gate(commands: "Commands[argparse.ArgumentParser]") -> None:
    """What is done at the gate; whoever is out is told as JSON."""
    gate = _command(commands, "gate", "let somebody out or in, print who is out, or plan a leave")
    steps = gate.add_subparsers(dest="step", metavar="STEP", required=True, title="steps")
    _add_register(_command(steps, "list", "print who is out and which leaves are planned, as JSON"))
    out = _command(steps, "out", "somebody goes out now")
    back = _command(steps, "in", "somebody is back now")
    plan = _command(steps, "plan", "decide that somebody may go out")
    for step in (out, back, plan):
        _add(step, "number", _text, "NUMBER", "the person, such as K-0012")
    _add(plan, "--from", _instant, "YYYY-MM-DD[THH:MM]", "from when on, local time", dest="start", required=True)
    for step, needed in ((out, False), (plan, True)):
        step.add_argument("--kind", choices=("hospital", "court", "leave", "other"), required=needed, help="why")
        _add(step, "--due", _instant, "YYYY-MM-DD[THH:MM]", "due back, local time", required=needed)
        _add(step, "--reason", _text, "TEXT", "why; of who is detained always", required=needed, default="")
        _add(step, "--place", _text, "TEXT", "where to", default="")
        _add(step, "--escort", _text, "TEXT", "who goes along", default="")
    off = _command(steps, "call-off", "decide that a planned leave does not take place")
    _add(off, "leave", int, "LEAVE", "its number, as `konak gate list` tells it")
    _add(off, "--reason", _text, "TEXT", "why", required=True)
    for step in (out, back, plan, off):
        _add_register(step)


def _add_roll_call(commands: "Commands[argparse.ArgumentParser]") -> None:
    """What is done in a roll call; what was counted is told as JSON."""
    call = _command(commands, "roll-call", "count the house, or print what was counted")
    steps = call.add_subparsers(dest="step", metavar="STEP", required=True, title="steps")
    listed = _command(steps, "list", "print the register of counts, as JSON")
    show = _command(steps, "show", "print who is counted and who is not, as JSON")
    show.add_argument("number", nargs="?", type=int, metavar="NUMBER", help="of one; without it the one that goes on")
    begin = _command(steps, "begin", "begin one, or to enter what was counted on the printed sheet")
    for name, what in (("--from", "when the counting on the sheet began"), ("--until", "when it ended")):
        dest = {"--from": "began", "--until": "ended"}[name]
        _add(begin, name, _instant, "YYYY-MM-DDTHH:MM", f"{what}, local time", dest=dest)
    late = "the hour of the facility that it is held for, where it is counted late; local time"
    _add(begin, "--held-for", _instant, "YYYY-MM-DDTHH:MM", late, dest="held_for")
    here = _command(steps, "here", "these people are here")
    gone = _command(steps, "not-here", "these people were not found")
    for step in (here, gone):
        numbers = "such as K-0012; - reads them from standard input"
        step.add_argument("numbers", nargs="+", type=_text, metavar="NUMBER", help=numbers)
    for step in (begin, here, gone):
        _add(step, "--counter", _text, "NAME", "who counts, where it is not you", default="")
        _add(step, "--part", _text, "BUILDING", "the building that is counted at this door", default="")
    taken = _command(steps, "take-in", "take in what was counted at other workstations")
    answer = _command(steps, "answer", "say what was done about somebody of whom count and register differ")
    _add(answer, "number", _text, "NUMBER", "the person, such as K-0012")
    answer.add_argument("--as", choices=("reported", "explained"), dest="answer", required=True, help="what was done")
    _add(answer, "--words", _text, "TEXT", "to whom and when, or what was found out", required=True)
    close = _command(steps, "close", "close the one that goes on, and sign it")
    _add(close, "--remark", _text, "TEXT", "anything worth knowing", default="")
    back = _command(steps, "take-back", "take back one that was begun or entered by mistake")
    _add(back, "number", int, "NUMBER", "as `konak roll-call list` tells it")
    _add(back, "--reason", _text, "TEXT", "why", required=True)
    for step in (listed, show, begin, here, gone, taken, answer, close, back):
        _add_register(step)


def _add_decide(commands: "Commands[argparse.ArgumentParser]") -> None:
    """A decision on candidates; without candidates the list is told as JSON."""
    one = _command(commands, "decide", "print who is on a proposed list, or decide on some of them")
    _add(one, "list", _text, "LIST", "the name of the list, such as US-01")
    numbers = "of candidates: the partner's, or that on the list"
    one.add_argument("numbers", nargs="*", type=_text, metavar="NUMBER", help=numbers)
    outcomes = ("accepted", "refused", "held", "proposed", "withdrawn")
    one.add_argument("--as", choices=outcomes, dest="outcome", help="how it is decided")
    _add(one, "--reason", _text, "TEXT", "why, in free words", default="")
    listed = "a reason of the programme's list; repeat it for several"
    _add(one, "--listed-reason", _text, "TEXT", listed, dest="listed", action="append", default=[])
    _add(one, "--decided-by", _text, "NAME", "who decided", default="")
    one.add_argument("--despite-doubts", action="store_true", help="decide all the same where something is in doubt")
    one.add_argument("--propose", action="store_true", help="where two persons decide: another one confirms it")
    one.add_argument("--confirm", action="store_true", help="confirm what another person has proposed")
    _add(one, "--take-back", _text, "WHY", "take the last decision back")
    _add_register(one)


def _add_arrival(commands: "Commands[argparse.ArgumentParser]") -> None:
    """What is on record of an arrival, told as JSON."""
    one = _command(commands, "arrival", "print what is on record of an arrival, or enter something of it")
    _add(one, "number", _text, "NUMBER", "the person, such as K-0012")
    entered = "a part such as needs, and what is entered there as FIELD=VALUE; what is sealed as FIELD=-, and then on "
    entered += "the standard input, a line for each field and the rest for the last; a wrong name lists them all"
    one.add_argument("--enter", nargs="+", type=_text, metavar=("PART", "FIELD=VALUE"), help=entered)
    _add(one, "--take-back", _text, "PART NUMBER", "take back what should not have been entered, such as 'needs 3'")
    _add(one, "--reason", _text, "TEXT", "why it is taken back", default="")
    _add_register(one)


def _add_print(commands: "Commands[argparse.ArgumentParser]") -> None:
    """What can be typed for a paper; which of it a paper takes, its declaration says."""
    paper = _command(commands, "print", "write a paper as PDF")
    _add(paper, "paper", _text, "PAPER", "such as register_extract; a wrong name lists them all")
    _add(paper, "--programme", _text, "CODE", "such as US-2025", dest="programme_id")
    _add(paper, "--month", _month, "YYYY-MM", "such as 2026-10")
    paper.add_argument("--photos", action="store_true", help="with the photos, as far as you may see them")
    paper.add_argument("--certified", action="store_true", help="with a number of its own, to be signed and stamped")
    paper.add_argument("--draft", action="store_true", help="as the figures are now, not as they were issued")
    whose = "such as K-0012; repeat it for several people, or all: everybody on the roll"
    _add(paper, "--resident", _text, "NUMBER", whose, dest="resident_id", action="append")
    paper.add_argument("--each", action="store_true", help="of several people one file each; --out is a folder")
    parts = f"of an individual file, with commas between: {', '.join(FilePart)}; else all"
    _add(paper, "--parts", _names, "PARTS", parts)
    _add(paper, "--reader", _text, "TEXT", "for whom it is; it stands on the paper and in the trail")
    _add(paper, "--list", _text, "LIST", "the name of a proposed list, such as US-01", dest="list_id")
    report = "an issued report with an annex by name, such as 'US-2025 2026-10 r2'"
    _add(paper, "--report", _text, "REPORT", report, dest="report_id")
    _add(paper, "--transport", int, "NUMBER", "as `konak transports` tells it", dest="transport_id")
    _add(paper, "--user", _text, "NAME", "what this person did")
    _add(paper, "--at", _instant, "YYYY-MM-DD[THH:MM]", "as on this day or hour, local time", dest="at")
    _add(paper, "--from", _day, "YYYY-MM-DD", "the first day", dest="from_on")
    _add(paper, "--until", _day, "YYYY-MM-DD", "the last day", dest="until_on")
    _add(paper, "--text", _text, "TEXT", "what stands in it")
    paper.add_argument("--size", choices=["a4", "a5", "large"], help="of the sheet of a roll call")
    forms = [form.value for form in BlankForm]
    paper.add_argument("--form", choices=forms, help="which blank form; without it all of them")
    shown = ["on_roll", "away", "past_limit", "departed", "all"]
    paper.add_argument("--shown", choices=shown, help="which residents; else those on the roll")
    sorts = ["name", "number", "nationality", "programme", "arrived", "limit", "departed", "room"]
    paper.add_argument("--sort", choices=sorts, help="by what a list is sorted; else by name")
    _add_language(paper, "else that of the facility; a report also in two side by side as in en+sq")
    where = paper.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=_path, metavar="FILE", help="the file to write")
    queue = "a queue of CUPS to print on, as lpstat -e lists them"
    where.add_argument("--printer", type=_text, metavar="NAME", help=queue)
    closed = paper.add_mutually_exclusive_group()
    closed.add_argument("--encrypt", action="store_true", help="with a passphrase (AES-256), which is asked for")
    said = "the same, with the first line of this file as the passphrase"
    closed.add_argument("--paper-passphrase-file", type=_path, metavar="FILE", help=said)
    said = "for the certificate of whom it is for, whose key alone opens it (.pdf.p7m)"
    closed.add_argument("--certificate", type=_path, metavar="FILE", help=said)
    _add(paper, "--pages", _text, "PAGES", "which pages are printed, as 2-4,7; else all", default="")
    _add(paper, "--copies", int, "N", "how many are printed", default=1)
    paper.add_argument("--sides", choices=("one", "long-edge", "short-edge"), help="on which sides of a sheet")
    _add(paper, "--scale", int, "PERCENT", "how large it is printed; else as large as it fits the paper", default=0)
    _add_register(paper)


def _add_backups(commands: "Commands[argparse.ArgumentParser]") -> None:
    backup = _command(commands, "backup", "make a backup")
    _add(backup, "--to", _path, "DIR", "the folder; else all places that are set up in the register")
    _add_register(backup)
    restore = _command(commands, "restore", "take a register out of a backup")
    _add(restore, "file", _path, "FILE", "the backup")
    _add(restore, "--into", _path, "DIR", "a folder that is not there yet, or is empty", required=True)
    _add_register(restore)
    verify = _command(
        commands, "verify", "walk the trail and hold the register against it; or judge the PDF of a report"
    )
    verify.add_argument(
        "file",
        type=_path,
        nargs="?",
        metavar="FILE",
        help="a report as it was received; with a register, whether that has issued it",
    )
    _add_register(verify)
    put_back = _command(commands, "put-back", "enter that the register was put back to an earlier state on purpose")
    _add(put_back, "--reason", _text, "TEXT", "why, and by whom: such as which backup was restored", required=True)
    _add(put_back, "--beside", _path, "DIR", "backups that know of more, in no place of the register")
    _add_register(put_back)
    check = _command(commands, "check", "look whether a register is whole")
    check.add_argument("--rebuild-search", action="store_true", help="write the search index anew before")
    _add_register(check)


def _add_erase(commands: "Commands[argparse.ArgumentParser]") -> None:
    erase = _command(commands, "erase", "erase everything personal of somebody: one supervisor asks, another confirms")
    steps = erase.add_subparsers(dest="step", metavar="STEP", required=True, title="steps")
    ask = _command(steps, "ask", "ask for it")
    confirm = _command(steps, "confirm", "erase; it cannot be undone")
    withdraw = _command(steps, "withdraw", "keep the person of whom it was asked")
    for step in (ask, confirm, withdraw):
        _add(step, "number", _text, "NUMBER", "the person, such as K-0012")
        if step is not confirm:
            _add(step, "--reason", _text, "TEXT", "why; it stays, so it names nobody", required=True)
        _add_register(step)


def _command(commands: "Commands[argparse.ArgumentParser]", name: str, what: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.", allow_abbrev=False)


def _add(
    command: argparse.ArgumentParser,
    name: str,
    kind: Callable[[str], object],
    stands_for: str,
    what: str,
    **more: Any,  # noqa: ANN401 - whatever else argparse takes
) -> None:
    """An argument that is read by a function of this module, and is called by a word in capitals in the help."""
    command.add_argument(name, type=kind, metavar=stands_for, help=what, **more)


def _add_register(command: argparse.ArgumentParser, *, first: bool = False) -> None:
    """The register can be named before the command or after it; what stands after it counts."""
    default = None if first else argparse.SUPPRESS
    _add(
        command, "--register", _path, "DIR", "the folder of the register; else KONAK_REGISTER names it", default=default
    )
    who = "who opens it, where several people may; else KONAK_PERSON names them"
    _add(command, "--person", _text, "NAME", who, default=default)
    _add_passphrase(command, first=first)


def _add_passphrase(command: argparse.ArgumentParser, *, first: bool = False) -> None:
    default = None if first else argparse.SUPPRESS
    _add(command, "--passphrase-file", _path, "FILE", "a file whose first line is the passphrase", default=default)


def _add_programme(command: argparse.ArgumentParser) -> None:
    _add(command, "--programme", _text, "CODE", "the programme, such as US-2025", required=True)


def _add_month(command: argparse.ArgumentParser) -> None:
    _add(command, "--month", _month, "YYYY-MM", "the month, such as 2026-10", required=True)


def _names(said: str) -> tuple[str, ...]:
    """Words with commas between."""
    return tuple(each.strip() for each in _text(said).split(",") if each.strip())


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


def _instant(given: str) -> tuple[date, time | None]:
    """A day, perhaps with a local hour; with a b behind it the second of two that the clocks repeat."""
    try:
        if "T" not in given:
            return date.fromisoformat(given), None
        said = datetime.strptime(given.removesuffix("b"), "%Y-%m-%dT%H:%M")
    except ValueError:
        raise argparse.ArgumentTypeError("write it YYYY-MM-DD or YYYY-MM-DDTHH:MM, such as 2026-10-05T14:30") from None
    return said.date(), said.time().replace(fold=int(given.endswith("b")))


def _meaning(given: str) -> tuple[str, str]:
    said, equals, meaning = _text(given).rpartition("=")
    if not equals or ":" not in said:
        raise argparse.ArgumentTypeError("write it as COLUMN:TEXT=MEANING")
    return said, meaning


def _day_order(given: str) -> tuple[str, str]:
    """The column, empty for all of which the file leaves it open, and the order."""
    column, _, order = _text(given).rpartition("=")
    if order not in ("dmy", "mdy") and not (order == "exchanged" and column):
        raise argparse.ArgumentTypeError("write it as dmy or mdy, or as COLUMN=dmy")
    return column, order


def _separator(given: str) -> str:
    sign = {"tab": "\t", "\\t": "\t"}.get(given, _text(given))
    if len(sign) != 1:
        raise argparse.ArgumentTypeError("it is one sign, or the word tab")
    return sign


def _row(given: str) -> int:
    if given == "none":
        return 0
    if not given.isdecimal():
        raise argparse.ArgumentTypeError("write the number of a row, or none")
    return int(given)


def _pair(given: str) -> tuple[str, str]:
    column, equals, field = _text(given).rpartition("=")
    if not equals or not column:
        raise argparse.ArgumentTypeError("write it as COLUMN=FIELD")
    return column, field
