"""`konak import`: brings a spreadsheet of stays or a proposed list into the register, or says what it would bring."""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from desktop.commands.opening import open_register
from models.errors import Refused
from models.exchange import door, import_lists, import_stays, lists_file, stays_file
from models.exchange.aside import say_aside
from models.exchange.contradictions import Choice, Choices
from models.exchange.dates import DayOrder
from models.exchange.door import Ready
from models.exchange.files import read_table
from models.exchange.headers import Heading
from models.exchange.lists_file import ListReading
from models.exchange.problems import Problem
from models.exchange.refused_rows import refused_rows
from models.exchange.stays_file import StaysReading
from models.exchange.stays_preview import preview_stays
from models.ids import ProgrammeId
from models.queries import months
from models.rules.papers import REFUSED_ROWS
from models.store.files import check_place
from models.store.register import Register
from models.text import Message, counted, translator

_ORDERS = {"dmy": DayOrder.DAY_FIRST, "mdy": DayOrder.MONTH_FIRST}
_ENGLISH = translator("en")

R = TypeVar("R", StaysReading, ListReading)


def run(typed: argparse.Namespace) -> int:
    """Bring the file in, and say what came in and which rows could not.

    Returns:
        0 where something came in or nothing stood against it; 1 where rows were refused and none came in.

    Raises:
        Refused: The file is no table of this kind, or it must first be said how it writes dates.
        Unavailable: The file or the register cannot be read.
    """
    with open_register(typed) as register:
        # Also where nothing is brought in: what would come in tells who is in the register.
        register.check_may((import_stays if typed.kind == "stays" else import_lists).bring_in)
        with register.read() as snapshot:
            programme_id = months.of_code(snapshot, typed.programme)
        return (_stays if typed.kind == "stays" else _list)(typed, register, programme_id)


def _stays(typed: argparse.Namespace, register: Register, programme_id: ProgrammeId) -> int:
    if typed.refused is not None:
        check_place(typed.refused)
    table = read_table(typed.file)
    mapping, zone = dict(typed.mapping), register.facility.zone
    read = _settled(
        typed,
        lambda orders: stays_file.read_stays(table, zone=zone, mapping=mapping, orders=orders),
    )
    _say_columns(read.heading)
    import_stays.refuse_unsettled(read.unsettled)
    choices = Choices(None if typed.contradictions is None else Choice(typed.contradictions), reason=typed.reason)
    if typed.dry_run:
        with register.read() as snapshot:
            plan = preview_stays(snapshot, programme_id=programme_id, read=read, choices=choices)
        problems, came, repeated = plan.problems, len(plan.coming) + len(plan.changing), plan.repeated
        ended, changed, kept = len(plan.ending), len(plan.changing) - len(plan.ending), len(plan.kept)
        _say(counted("{n} stay would come in.", "{n} stays would come in.", len(plan.coming)))
        for each in plan.contradictions:
            print(f"row {each.row_number}, {each.column or each.field}: {_ENGLISH.render(each.said)}")
    else:
        try:
            done = register.perform(
                import_stays.bring_in, programme_id=programme_id, read=read, choices=choices, progress=_progress()
            ).value
        except Refused as refused:
            raise _with_option(refused) from None
        problems, came, repeated = done.problems, done.stays + done.ended + done.changed, done.repeated
        ended, changed, kept = done.ended, done.changed, done.kept
        _say(counted("{n} stay came in.", "{n} stays came in.", done.stays))
        _say(counted("{n} person is new to the register.", "{n} people are new to the register.", done.new_residents))
    if ended:
        _say(counted("{n} stay that was open ends.", "{n} stays that were open end.", ended))
    if changed:
        _say(counted("{n} stay of the register changes.", "{n} stays of the register change.", changed))
    if kept:
        _say(
            counted("Of {n} row the register keeps what it says.", "Of {n} rows the register keeps what it says.", kept)
        )
    if repeated:
        _say(
            counted(
                "{n} row was there already and added nothing.",
                "{n} rows were there already and added nothing.",
                repeated,
            )
        )
    _say_aside(read.aside)
    if typed.refused is not None and problems:
        content = refused_rows(table=table, heading=read.heading, problems=problems, translate=_ENGLISH)
        door.save(register, Ready(REFUSED_ROWS, content, f"programme:{programme_id}", REFUSED_ROWS.id), typed.refused)
    return _say_problems(problems, came=came)


def _list(typed: argparse.Namespace, register: Register, programme_id: ProgrammeId) -> int:
    table, mapping = read_table(typed.file), dict(typed.mapping)
    read = _settled(typed, lambda orders: lists_file.read_list(table, mapping=mapping, orders=orders))
    _say_columns(read.heading)
    import_stays.refuse_unsettled(read.unsettled)
    if typed.dry_run:
        with register.read() as snapshot:
            plan = import_lists.preview_list(snapshot, programme_id=programme_id, read=read)
        if plan.already is not None:
            raise Refused("{already}", field="file", already=plan.already)
        people, doubtful = len(plan.candidates), sum(1 for line in plan.candidates if line.doubts)
        _say(counted("{n} candidate would come in.", "{n} candidates would come in.", people))
    else:
        done = register.perform(import_lists.bring_in, programme_id=programme_id, read=read).value
        people, doubtful = done.candidates, done.doubtful
        _say(counted("{n} candidate came in.", "{n} candidates came in.", people))
    if doubtful:
        _say(counted("Something is in doubt about {n} of them.", "Something is in doubt about {n} of them.", doubtful))
    _say_aside(read.aside)
    return 0


def _with_option(refused: Refused) -> Refused:
    """A refusal that asks for an answer, with the option that gives it."""
    option = {
        "contradictions": "--contradictions keep, or --contradictions take --reason TEXT",
        "reason": "--reason TEXT",
    }.get(refused.field or "")
    if option is None:
        return refused
    return Refused("{refusal} The option is: {option}", field=refused.field, refusal=refused.message, option=option)


def _settled(typed: argparse.Namespace, read: Callable[[Mapping[str, DayOrder]], R]) -> R:
    """The file; where it leaves the order of day and month open, read as `--dates` says."""
    first = read({})
    if not first.unsettled or typed.dates is None:
        return first
    return read({field: _ORDERS[typed.dates] for field, order in first.orders.items() if order is DayOrder.UNKNOWN})


def _say(sentence: Message) -> None:
    print(_ENGLISH.render(sentence))


def _say_aside(aside: Sequence[Problem]) -> None:
    """Name each row that was taken for nobody's, so that a person among them is seen."""
    if aside:
        _say(say_aside(aside))
    for each in aside:
        print(f"row {each.row_number}: {each.value}")


def _say_columns(heading: Heading) -> None:
    """Which column was taken for which field, so that a wrong guess is seen."""
    for column in heading.columns:
        print(f"{column.header or '-'} = {column.field or '-'}")


def _say_problems(problems: Iterable[Problem], *, came: int) -> int:
    """Name each row that cannot come in: its number, the column, the value, and what to do."""
    rows = set()
    for problem in problems:
        rows.add(problem.row_number)
        place = f"row {problem.row_number}" + (f", {problem.column}" if problem.column else "")
        print(f"{place}: {problem.value!r}: {_ENGLISH.render(problem.message)}")
    if rows:
        said = _ENGLISH.render(counted("{n} row could not come in.", "{n} rows could not come in.", len(rows)))
        print(f"konak: {said}", file=sys.stderr)
    return 1 if rows and not came else 0


def _progress() -> Callable[[int, int], None] | None:
    """Shows how far it is, where somebody watches."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        end = "\n" if done >= total else ""
        print(f"\r{done * 100 // max(1, total)} %", end=end, file=sys.stderr, flush=True)

    return show
