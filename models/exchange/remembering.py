"""Keeps what was said of a file for the next one of the same shape from the same programme, and nothing personal."""

from sqlalchemy import select

from models.entities.import_answers import ImportAnswers
from models.exchange.answers import EVERY_SHEET, LEFT_OUT, MAPS, SEALED, Answers
from models.exchange.opening import Recalled
from models.exchange.readings import FileReading
from models.ids import ProgrammeId
from models.store.snapshot import Snapshot
from models.store.unit_of_work import UnitOfWork

_LETTER = "letter:"
"""Before the letter of a column that is sealed or left out, in what is kept: no heading can be taken for it."""


def recall(snapshot: Snapshot, programme_id: ProgrammeId, kind: str) -> Recalled:
    """What was said of earlier files of a programme, by their shape.

    Args:
        snapshot: A look at the register.
        programme_id: The programme.
        kind: `stays` or `list`.
    """
    found = snapshot.connection.execute(
        select(ImportAnswers.shape, ImportAnswers.answers).where(
            ImportAnswers.programme_id == programme_id, ImportAnswers.kind == kind
        )
    )
    return {
        shape: Answers.of(
            {name.replace(_LETTER, MAPS, 1) if name.startswith(_LETTER) else name: said for name, said in kept.items()}
        )
        for shape, kept in found
    }


def remember(unit: UnitOfWork, programme_id: ProgrammeId, kind: str, read: FileReading) -> None:
    """Keep what was said of a file that comes in.

    Args:
        unit: The transaction.
        programme_id: The programme.
        kind: `stays` or `list`.
        read: The file.
    """
    said = _impersonal(read)
    row = unit.session.scalars(
        select(ImportAnswers).where(
            ImportAnswers.programme_id == programme_id, ImportAnswers.kind == kind, ImportAnswers.shape == read.shape
        )
    ).one_or_none()
    if row is None and said:
        unit.session.add(ImportAnswers(programme_id=programme_id, kind=kind, shape=read.shape, answers=said))
    elif row is not None and row.answers != said:
        row.answers = said
    unit.session.flush()


def _impersonal(read: FileReading) -> dict[str, str]:
    """What stands for every file of the shape: no sheet by its name, no row, no word but those of a vocabulary.

    Hidden rows are others in each file, and the sign between the cells is found out wherever the shape is known.
    """
    flat = read.answers.flat()
    of_one = ("value:", "sheets", "heading_row", "hidden", "separator")
    kept = {name: said for name, said in flat.items() if not name.startswith((*of_one, MAPS))}
    kept |= dict(filter(None, (_told(read, *each) for each in read.answers.mapping.items())))
    if flat.get("sheets") == EVERY_SHEET:
        kept["sheets"] = EVERY_SHEET
    if read.heading.row_number == 0:
        kept["heading_row"] = "0"
    return kept | {f"value:{field}:{text}": meaning for (field, text), meaning in read.meanings.items()}


def _told(read: FileReading, column: str, held: str) -> tuple[str, str] | None:
    """What is kept of a column: by its heading, where it holds what Konak knows, else by its letter; None: nothing.

    What is sealed of a file is sealed with its heading, and what is left out of it is not kept at all.
    """
    if held not in (SEALED, LEFT_OUT):
        return MAPS + column, held
    found = read.heading.named(column)
    if found is None or read.heading.named(found.letter) != found:
        return None
    return _LETTER + found.letter, held
