"""The check of a register: whether it is whole, and whether what the database guards is so everywhere in it."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from models.entities.people import User
from models.errors import KonakError
from models.store import belonging, guards, integrity, schema, search_index, sort_keys, staged_keys
from models.store import engine as engines
from models.store import keys as key_files
from models.store.keys import Keys
from models.store.vault import Source
from models.store.verify import Verified
from models.text import N_, Message, counted, message

Stop = Callable[[], None]

_RESTORE = N_("Restore the last backup from before; keep this register for whoever looks into it.")
_CORRECT = N_("Correct the dates on the page of the person.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Attributes:
        said: What.
        todo: What to do.
    """

    said: Message
    todo: Message


def check(
    source: Source, verified: Callable[[], Verified], stop: Stop = lambda: None, *, taken_out: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Look through a register; work may go on meanwhile.

    Args:
        source: The register.
        verified: Walks the trail, and holds the tables against it.
        stop: Is called between the parts; what it raises stops the check.
        taken_out: What was not of Konak and was taken out as the register was opened.

    Returns:
        What is not as it should be; empty where all is well.
    """
    beside, found = [*_modes(source), *map(_stranger, taken_out)], list[Finding]()
    connection = None
    try:
        connection = engines.connect(source.folder / engines.FILE_NAME, source.key)
        connection.execute("BEGIN")
        broken = integrity.faults(connection, stop)
        found += [Finding(message_of(sentence), message_of(_RESTORE)) for sentence in broken]
        if integrity.PAGES not in broken:
            beside += _strangers(connection)
            for part in (_triggers, _overlaps, _index, _keys_of(source)):
                stop()
                found += part(connection)
    except sqlcipher.DatabaseError as error:
        found.append(Finding(engines.unreadable(error).message, message_of(_RESTORE)))
    finally:
        if connection is not None:
            connection.close()
    if not found:
        stop()
        problem = verified().problem
        found += [] if problem is None else [Finding(problem, message_of(_RESTORE))]
    return (*beside, *found)


def message_of(sentence: str) -> Message:
    """A sentence without values."""
    return Message(sentence, {})


def rebuild_search(source: Source) -> int:
    """Write the search index anew, and say for how many people.

    Raises:
        Unavailable: Somebody else writes, or the disk says no.
    """
    engine = engines.make_engine(source.folder / engines.FILE_NAME, source.key)
    try:
        with engines.in_words(), engines.writing(engine).connect() as connection, connection.begin():
            connection.execute(text("SELECT 1"))
            return search_index.rebuild(connection)
    finally:
        engine.dispose()


def _modes(source: Source) -> Iterator[Finding]:
    if os.name != "posix":
        return
    for path in (source.folder, source.folder / engines.FILE_NAME, source.folder / key_files.FILE_NAME):
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
        except OSError:
            continue
        if mode & 0o077:
            yield Finding(
                message("Others on this computer may read {file}.", file=path.name),
                message("Ask who looks after this computer to allow it to its owner alone."),
            )


def _triggers(connection: Any) -> Iterator[Finding]:  # noqa: ANN401 - sqlcipher3 has no types
    there = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    missing = [name for name, statement in guards.TRIGGERS.items() if there.get(name) != statement]
    if missing:
        yield Finding(
            counted(
                "{n} guard of the database is missing or was changed.",
                "{n} guards of the database are missing or were changed.",
                len(missing),
            ),
            message_of(_RESTORE),
        )


def _strangers(connection: Any) -> Iterator[Finding]:  # noqa: ANN401 - sqlcipher3 has no types
    yield from map(_stranger, schema.strangers(connection))


def _stranger(name: str) -> Finding:
    return Finding(
        message("In the database is or was something that is not of Konak: {name}.", name=name),
        message("Find out who has the key of the register, and compare it with a backup."),
    )


def _sure(a: str, b: str) -> str:
    """SQL: whether the moment `a` surely lies before the moment `b`."""
    return f"({a}_on < {b}_on OR ({a}_on = {b}_on AND {a}_at < {b}_at))"


def _both(table: str, same: str, start: str, end: str) -> str:
    """SQL: how many pairs of rows of one table overlap."""
    return (
        f"SELECT count(*) FROM {table} a JOIN {table} b ON b.{same} = a.{same} AND b.id > a.id WHERE "
        f"(b.{end}_on IS NULL OR {_sure(f'a.{start}', f'b.{end}')}) AND "
        f"(a.{end}_on IS NULL OR {_sure(f'b.{start}', f'a.{end}')})"
    )


def _outside(table: str) -> str:
    """SQL: how many rows lie outside their stay."""
    return (
        f"SELECT count(*) FROM {table} x JOIN stays s ON s.id = x.stay_id WHERE {_sure('x.from', 's.arrived')} OR "
        f"(s.departed_on IS NOT NULL AND (x.until_on IS NULL OR {_sure('s.departed', 'x.until')}))"
    )


_OVERLAPS: Sequence[tuple[str, str]] = (
    (_both("stays", "resident_id", "arrived", "departed"), N_("Stays of one person overlap.")),
    (_both("placements", "bed_id", "from", "until"), N_("A bed is given to two people at one time.")),
    (_both("placements", "stay_id", "from", "until"), N_("A person has two beds at one time.")),
    (_both("absences", "stay_id", "from", "until"), N_("Absences of one person overlap.")),
    (_outside("placements"), N_("A bed is given before the arrival or after the departure.")),
    (_outside("absences"), N_("An absence lies before the arrival or after the departure.")),
)


def _overlaps(connection: Any) -> Iterator[Finding]:  # noqa: ANN401 - sqlcipher3 has no types
    for statement, sentence in _OVERLAPS:
        if connection.execute(statement).fetchone()[0]:
            yield Finding(message_of(sentence), message_of(_CORRECT))


def _index(connection: Any) -> Iterator[Finding]:  # noqa: ANN401 - sqlcipher3 has no types
    """Whether each resident and candidate is found by the words that would be written now."""
    kept, said = search_index.kept(connection), search_index.words_of(connection)
    wrong = {who for who in {*kept, *said} if kept.get(who) != said.get(who)} | {*sort_keys.wrong(connection)}
    if wrong:
        yield Finding(
            counted(
                "The search does not find {n} person by all that is entered.",
                "The search does not find {n} people by all that is entered.",
                len(wrong),
            ),
            message("Rebuild the search index."),
        )


def _keys_of(source: Source) -> Callable[[Any], Iterator[Finding]]:
    """Whether `keys.json` holds what the register says, and nothing for anybody else."""

    def look(_connection: Any) -> Iterator[Finding]:  # noqa: ANN401 - sqlcipher3 has no types
        engine = engines.make_engine(source.folder / engines.FILE_NAME, source.key)
        try:
            keys = staged_keys.current(source.folder, source.key)
            with Session(engine) as session:
                yield from _of_keys(session, keys)
        except KonakError as error:
            yield Finding(error.message, message_of(_RESTORE))
        finally:
            engine.dispose()

    return look


def _of_keys(session: Session, keys: Keys) -> Iterator[Finding]:
    take_out = message(
        "Let an administrator take it out on the page Administration, and find out who may write into the folder."
    )
    strange = sorted(belonging.strangers(session, keys))
    if strange:
        names = ", ".join(strange)
        yield Finding(
            message("The file keys.json lets somebody in who is not among the people of the register: {names}.",
                    names=names),
            take_out,
        )  # fmt: skip
    elif not belonging.is_as_told(session, keys):
        yield Finding(message("The file keys.json is not the one that Konak has written last."), take_out)
    for user in session.scalars(select(User).where(User.is_active)):
        slot = keys.slot_of(user.slot or "")
        if slot is None or not belonging.is_of(user, slot):
            yield Finding(
                message("The key of {name} is missing, or was exchanged outside Konak.", name=user.name),
                message("Let an administrator set a new passphrase for each who cannot open the register."),
            )
    if keys.recovery is None:
        yield Finding(
            message("There is no recovery sheet."),
            message("Make one on the page Administration, and keep it in a safe."),
        )
