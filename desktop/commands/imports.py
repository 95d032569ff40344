"""`konak import`: brings a spreadsheet of stays or a proposed list into the register, or says what it would bring."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from desktop.commands.opening import open_register
from desktop.commands.taking_back import take_back
from models.errors import Refused
from models.exchange import door, import_lists, import_stays
from models.exchange.answers import Answers
from models.exchange.contradictions import (
    Choice,
    Choices,
    Contradiction,
    PersonQuestion,
    Who,
    refuse_open,
    refuse_strangers,
)
from models.exchange.dates import DayOrder
from models.exchange.door import Ready
from models.exchange.fields import LIST_FIELDS, STAY_FIELDS
from models.exchange.headers import Heading
from models.exchange.list_versions import Overwritten, Version
from models.exchange.lists_file import ListReading, read_list
from models.exchange.opening import open_file
from models.exchange.problems import Problem
from models.exchange.questions import BELONG, Question
from models.exchange.readings import FileReading
from models.exchange.refused_rows import refused_rows
from models.exchange.remembering import recall
from models.exchange.stays_file import StaysReading, read_stays
from models.exchange.stays_preview import StaysPreview, preview_stays
from models.exchange.stays_summary import summary_of_stays
from models.exchange.summary import Summary, rows_of
from models.exchange.tables import Table
from models.ids import ListId, ProgrammeId
from models.queries import programmes, selection
from models.rules.numbers import number_key
from models.rules.papers import REFUSED_ROWS
from models.rules.people import check_can_seal
from models.store.files import check_place
from models.store.register import Register
from models.text import Message, counted, message, translator

_ORDERS = {"dmy": DayOrder.DAY_FIRST, "mdy": DayOrder.MONTH_FIRST, "exchanged": DayOrder.EXCHANGED}
_ENGLISH = translator("en")
_NAMED = 20
"""So many rows of one reason are named each by itself; more of them by their numbers."""


def run(typed: argparse.Namespace) -> int:
    """Bring the file in, and say what became of every row.

    Returns:
        0 where something came in or nothing stood against it; 1 where rows were refused and none came in, or where
        something must be said of the file first.

    Raises:
        Refused: The file is no table, or what was said of it names what does not exist.
        Unavailable: The file or the register cannot be read.
    """
    with open_register(typed) as register:
        if typed.kind == "take-back":
            return take_back(typed, register)
        # Also where nothing is brought in: what would come in tells who is in the register.
        if typed.refused is not None:
            check_place(typed.refused)
        register.check_may((import_stays if typed.kind == "stays" else import_lists).bring_in)
        with register.read() as snapshot:
            programme_id = programmes.of_code(snapshot, typed.programme)
            recalled = recall(snapshot, programme_id, typed.kind)
        fields = STAY_FIELDS if typed.kind == "stays" else LIST_FIELDS
        opened = open_file(typed.file, fields, answers_of(typed), recalled)
        if typed.kind == "stays":
            read: FileReading = read_stays(opened.table, zone=register.facility.zone, answers=opened.answers)
        else:
            read = read_list(opened.table, answers=opened.answers)
        if read.open_questions:
            return ask(typed, read.open_questions)
        summary = _brought(typed, register, programme_id, read)
        _save_refused(typed, register, programme_id, opened.table, read.heading, summary.refused)
        return _tell(typed, read, summary)


def answers_of(typed: argparse.Namespace) -> Answers:
    """What was typed about the file."""
    orders = {column: _ORDERS[order] for column, order in typed.day_order}
    if typed.open_stays and any(field == "departed_on" for _, field in typed.mapping):
        raise Refused("Either a column ends the stays, or all stays are open.", field="mapping")
    return Answers(
        encoding=typed.encoding,
        separator=typed.separator,
        sheets=tuple(typed.sheet),
        hidden=None if typed.hidden is None else typed.hidden == BELONG,
        heading_row=typed.heading_row,
        mapping=dict(typed.mapping),
        orders=orders,
        values=dict(typed.value),
        open_stays=typed.open_stays,
    )


def _brought(typed: argparse.Namespace, register: Register, programme_id: ProgrammeId, read: FileReading) -> Summary:
    """Bring it in, or see what would come in."""
    if isinstance(read, StaysReading):
        return _brought_stays(typed, register, programme_id, read)
    if not isinstance(read, ListReading):
        raise TypeError("a file is one of stays, or a proposed list")
    replaces = _list_of(register, programme_id, typed.new_version_of) if typed.new_version_of else None
    with register.read() as snapshot:
        plan = import_lists.preview_list(snapshot, programme_id=programme_id, read=read, replaces=replaces)
    over = frozenset[Overwritten]() if plan.version is None else _overwritten(typed.overwrite, plan.version)
    if not typed.dry_run:
        return register.perform(
            import_lists.bring_in, programme_id=programme_id, read=read, replaces=replaces, over=over
        ).value.summary
    if plan.already is not None:
        raise Refused("{already}", field="file", already=plan.already)
    if plan.is_sealing:
        check_can_seal(register.facility.has_holder)
    return import_lists.summary_of_list(read, plan.candidates, plan.version, over)


def _overwritten(numbers: Sequence[str], version: Version) -> frozenset[Overwritten]:
    """What was corrected here and is to be as the list says, of the people of some numbers or of all.

    Raises:
        Refused: Of a number nothing was corrected that the list says otherwise.
    """
    corrected = [each for each in version.changed if each.corrected and not each.has_arrived]
    of_number = {number_key(each.line.partner_number): each for each in corrected}
    wanted = corrected if "all" in numbers else []
    for number in (each for each in numbers if each != "all"):
        found = of_number.get(number_key(number))
        if found is None:
            raise Refused(
                "Of {number} nothing was corrected here that the list says otherwise.", field="over", number=number
            )
        wanted.append(found)
    return frozenset((each.candidate_id, name) for each in wanted for name in each.corrected)


def _list_of(register: Register, programme_id: ProgrammeId, code: str) -> ListId:
    """The list of a name.

    Raises:
        Refused: The programme has none.
    """
    with register.read() as snapshot:
        found = [each for each in selection.lists(snapshot, programme_id=programme_id) if each.code == code]
    if not found:
        raise Refused("This programme has no such list. Choose one of its own.", field="replaces")
    return found[0].id


def _brought_stays(
    typed: argparse.Namespace, register: Register, programme_id: ProgrammeId, read: StaysReading
) -> Summary:
    choices = _choices(typed)
    try:
        if not typed.dry_run:
            return register.perform(
                import_stays.bring_in, programme_id=programme_id, read=read, choices=choices, progress=shown_progress()
            ).value.summary
        with register.read() as snapshot:
            plan = preview_stays(snapshot, programme_id=programme_id, read=read, choices=choices)
        refuse_strangers(plan.questions, choices)
        refuse_open(plan.contradictions, choices)
        if plan.is_sealing:
            check_can_seal(register.facility.has_holder)
    except Refused as refused:
        if refused.field in ("people", "contradictions"):
            with register.read() as snapshot:
                _say_contradictions(typed, preview_stays(snapshot, programme_id=programme_id, read=read))
        raise _with_option(refused) from None
    return summary_of_stays(read, plan)


def _choices(typed: argparse.Namespace) -> Choices:
    """What was typed about rows that contradict the register."""
    rows: dict[int, Choice] = {}
    people: dict[int, Who] = {}
    for row, answer in typed.rows:
        if not row.isdecimal() or answer not in (*Choice, *Who):
            raise Refused("Write the number of a row, and keep, take, same or other, as in --row 4=keep.", field="rows")
        if answer in tuple(Who):
            people[int(row)] = Who(answer)
        else:
            rows[int(row)] = Choice(answer)
    return Choices(
        None if typed.contradictions is None else Choice(typed.contradictions),
        rows=rows,
        reason=typed.reason,
        everybody=None if typed.same_number is None else Who(typed.same_number),
        people=people,
    )


def _say_contradictions(typed: argparse.Namespace, plan: StaysPreview) -> None:
    """Name each row of which it must be said what holds, and how it is said."""
    asked: tuple[PersonQuestion | Contradiction, ...] = (*plan.questions, *plan.contradictions)
    if typed.json:
        said = [
            {
                "row": each.row_number,
                "column": each.column,
                "question": _ENGLISH.render(each.said),
                "options": [f"--row {each.row_number}={answer}" for answer in _answers_to(each)],
            }
            for each in asked
        ]
        print(json.dumps({"questions": said}, ensure_ascii=False, indent=2))
        return
    for each in asked:
        where = f"row {each.row_number}" + (f", {each.column}" if each.column else "")
        options = " or ".join(f"--row {each.row_number}={answer}" for answer in _answers_to(each))
        print(f"{where}: {_ENGLISH.render(each.said)} ({options})")


def _answers_to(asked: PersonQuestion | Contradiction) -> tuple[str, ...]:
    return tuple(Who) if isinstance(asked, PersonQuestion) else tuple(Choice)


def _save_refused(
    typed: argparse.Namespace,
    register: Register,
    programme_id: ProgrammeId,
    table: Table,
    heading: Heading,
    problems: Sequence[Problem],
) -> None:
    if typed.refused is not None and problems:
        content = refused_rows(table=table, heading=heading, problems=problems, translate=_ENGLISH)
        door.save(register, Ready(REFUSED_ROWS, content, f"programme:{programme_id}", REFUSED_ROWS.id), typed.refused)


# -- what is asked ------------------------------------------------------------------------------------------------


def ask(typed: argparse.Namespace, questions: Iterable[Question]) -> int:
    """Name each question that must be answered first, and the options that answer it."""
    questions = tuple(questions)
    if typed.json:
        print(json.dumps({"questions": [_question(each) for each in questions]}, ensure_ascii=False, indent=2))
    first = counted("{n} thing must be said first.", "{n} things must be said first.", len(questions))
    print(f"konak: {_ENGLISH.render(first)}", file=sys.stderr)
    for each in questions:
        said = [_ENGLISH.render(each.text), *(repr(text) for text in each.samples)]
        if each.consequence is not None:
            said.append(_ENGLISH.render(each.consequence))
        print(" ".join(said), file=sys.stderr)
        for offer in each.choices:
            samples = f"   ({' · '.join(offer.samples)})" if offer.samples else ""
            print(f"  {offer.option}{samples}", file=sys.stderr)
        if not each.choices:
            print(f"  {each.option}", file=sys.stderr)
    return 1


def _question(question: Question) -> dict[str, Any]:
    return {
        "asks": question.asks.value,
        "about": question.about,
        "question": _ENGLISH.render(question.text),
        "consequence": None if question.consequence is None else _ENGLISH.render(question.consequence),
        "column": question.column or None,
        "samples": list(question.samples),
        "option": question.option,
        "answers": [
            {"answer": _ENGLISH.value(each.label), "option": each.option, "samples": list(each.samples)}
            for each in question.choices
        ],
    }


# -- what became of the rows --------------------------------------------------------------------------------------


def _tell(typed: argparse.Namespace, read: FileReading, summary: Summary) -> int:
    """Say what became of every row, and what was kept sealed or is in doubt."""
    counts = summary.counts
    if typed.json:
        print(json.dumps(summary.as_json(read.source, _ENGLISH, read.said), ensure_ascii=False, indent=2))
    else:
        for column, field in summary.columns:
            print(f"{column} = {field}")
        for sentence in read.said:
            _say(sentence)
        _say(_came(typed, counts["came_in"]))
        if typed.kind == "stays":
            new = counts["people_new"]
            _say(counted("{n} person is new to the register.", "{n} people are new to the register.", new))
        for sentence in summary.not_covered:
            _say(sentence)
        if read.sealed_columns:
            columns = ", ".join(read.sealed_columns)
            _say(message("Kept sealed: {columns}.", columns=columns))
        _say_rows(
            counted("{n} row changed something.", "{n} rows changed something.", counts["changed"]), summary.changed
        )
        _say_rows(counted("{n} row was set aside.", "{n} rows were set aside.", counts["set_aside"]), summary.set_aside)
        doubtful = counted("Something is in doubt in {n} row.", "Something is in doubt in {n} rows.", counts["doubts"])
        _say_rows(doubtful, summary.doubts)
        if typed.dry_run:  # once it came in, a word is put right where the person is
            _say_words(read.questions)
        _say_rows(counted("{n} row was refused.", "{n} rows were refused.", counts["refused"]), summary.refused)
    if counts["refused"]:
        said = counted("{n} row could not come in.", "{n} rows could not come in.", counts["refused"])
        print(f"konak: {_ENGLISH.render(said)}", file=sys.stderr)
    return 1 if counts["refused"] and not (counts["came_in"] or counts["changed"]) else 0


def _with_option(refused: Refused) -> Refused:
    """A refusal that asks for an answer, with the option that gives it."""
    option = {
        "contradictions": "--contradictions keep, or --contradictions take --reason TEXT",
        "reason": "--reason TEXT",
        "people": "--same-number same, or --same-number other",
    }.get(refused.field or "")
    if option is None:
        return refused
    return Refused("{refusal} The option is: {option}", field=refused.field, refusal=refused.message, option=option)


def _came(typed: argparse.Namespace, n: int) -> Message:
    match typed.kind, typed.dry_run:
        case "stays", True:
            return counted("{n} stay would come in.", "{n} stays would come in.", n)
        case "stays", False:
            return counted("{n} stay came in.", "{n} stays came in.", n)
        case _, True:
            return counted("{n} candidate would come in.", "{n} candidates would come in.", n)
    return counted("{n} candidate came in.", "{n} candidates came in.", n)


def _say(sentence: Message) -> None:
    print(_ENGLISH.render(sentence))


def _say_rows(first: Message, said: Sequence[Problem]) -> None:
    """Name each row with its column, its value and the reason; where many have one reason, that once."""
    if not said:
        return
    _say(first)
    alike: dict[tuple[str | None, str, str], list[Problem]] = {}
    for each in said:
        alike.setdefault((each.column, each.value, _ENGLISH.render(each.message)), []).append(each)
    for each in said:
        reason = _ENGLISH.render(each.message)
        rows = alike[each.column, each.value, reason]
        where = f", {each.column}" if each.column else ""
        if len(rows) <= _NAMED:
            print(f"row {each.row_number}{where}: {each.value!r}: {reason}")
        elif each is rows[0]:
            print(f"rows {', '.join(map(str, rows_of(rows)))}{where}: {each.value!r}: {reason}")


def _say_words(questions: Iterable[Question]) -> None:
    """The options that would say what a word stands for that nobody knows, and that was kept sealed."""
    for each in questions:
        if each.answer is None:
            options = ", ".join(offer.option for offer in each.choices) or each.option
            print(f"To say what {each.samples[0]!r} stands for: {options}")


def shown_progress() -> Callable[[int, int], None] | None:
    """Shows how far it is, where somebody watches."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        end = "\n" if done >= total else ""
        print(f"\r{done * 100 // max(1, total)} %", end=end, file=sys.stderr, flush=True)

    return show
