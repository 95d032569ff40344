"""`konak find-same`: says which rows of a file, or which residents of the register, may be one person, and why."""

import argparse
import json

from desktop.commands.imports import answers_of, ask, shown_progress
from desktop.commands.opening import open_register
from models.actions import papers
from models.exchange import door
from models.exchange.duplicates import likely_same
from models.exchange.fields import LIST_FIELDS
from models.exchange.file_kinds import FileKind
from models.exchange.opening import open_file
from models.exchange.same_file import SameReading, find_same
from models.ids import ImportId
from models.rules.likeness import LIKELY
from models.text import Message, counted, message, translator

_ENGLISH = translator("en")


def run(typed: argparse.Namespace) -> int:
    """Print the pairs, the likeliest first; as JSON in the order of the file.

    Returns:
        0; 1 where something must be said of the file first.

    Raises:
        Refused: The file is no table, or what was said of it names what does not exist; or the role may not have it.
        Unavailable: The file cannot be read, or the register cannot be opened.
    """
    if typed.file is None:
        return _of_register(typed)
    opened = open_file(typed.file, LIST_FIELDS, answers_of(typed), {})
    found = find_same(opened.table, answers=opened.answers)
    if found.open_questions:
        return ask(typed, found.open_questions)
    if typed.json:
        print(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
    else:
        _print(found)
    return 0


def _of_register(typed: argparse.Namespace) -> int:
    """Print the pairs of residents, the likeliest first; that they left is entered in the trail before."""
    with open_register(typed) as register:
        ready = likely_same(
            register,
            FileKind.JSON if typed.json else FileKind.CSV,
            import_id=None if typed.import_id is None else ImportId(typed.import_id),
            most=typed.most,
            progress=shown_progress(),
        )
        door.let_out(register, ready, entry=papers.saved, way=lambda content: print(content.decode(), end=""))
    return 0


def _as_json(found: SameReading) -> dict[str, object]:
    """Rows by their numbers in the file, as a spreadsheet counts them: the first row is 1."""
    return {
        "rows": found.compared,
        "threshold": LIKELY,
        "columns": {column.header: column.field for column in found.heading.columns},
        "pairs": [
            {
                "rows": list(pair.rows),
                "score": pair.likeness.score,
                "reasons": [_ENGLISH.render(reason) for reason in pair.likeness.reasons],
            }
            for pair in found.pairs
        ],
        "no_numbers": [{"number": each.number, "rows": list(each.rows)} for each in found.no_numbers],
        "set_aside": [{"row": each.row_number, "reason": _ENGLISH.render(each.message)} for each in found.aside],
    }


def _print(found: SameReading) -> None:
    for column in found.heading.columns:
        print(f"{column.header or '-'} = {column.field or '-'}")
    for pair in sorted(found.pairs, key=lambda pair: -pair.likeness.score):
        one, other = pair.rows
        reasons = " ".join(_ENGLISH.render(reason) for reason in pair.likeness.reasons)
        print(f"rows {one} and {other}, {pair.likeness.score:g}: {reasons}")
    for number in found.no_numbers:
        _say(
            message(
                "The number {number} stands for {n} people of the list who differ: it is taken for no number.",
                number=number.number,
                n=len(number.rows),
            )
        )
    for each in found.aside:
        print(f"row {each.row_number}: {_ENGLISH.render(each.message)}")
    _say(counted("{n} row was compared.", "{n} rows were compared.", found.compared))
    _say(
        counted(
            "{n} pair may be one person. Somebody has to look: nothing is merged.",
            "{n} pairs may be one person each. Somebody has to look: nothing is merged.",
            len(found.pairs),
        )
    )


def _say(sentence: Message) -> None:
    print(_ENGLISH.render(sentence))
