"""The search index: finds anyone by a part of a name in any spelling or script, or of a number or document.

Three letters and more are found anywhere in a word by a trigram index; fewer, at the beginning of a word by a
plain one. The index is written in the transaction that changes the resident.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from sqlalchemy import Connection

from models.entities.base import Base
from models.ids import ResidentId
from models.rules.field_types import FieldType
from models.rules.fields import FIELDS_OF, PERSON
from models.rules.names import fold, fold_query, folded_variants

TABLES: dict[str, str] = {
    "search_words": "CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize='trigram remove_diacritics 1')",
    "search_starts": (
        "CREATE TABLE search_starts (word TEXT NOT NULL, resident_id INTEGER NOT NULL, "
        "PRIMARY KEY (word, resident_id)) WITHOUT ROWID"
    ),
    "ix_search_starts_resident_id": "CREATE INDEX ix_search_starts_resident_id ON search_starts (resident_id)",
}
"""Name and statement of each part."""

_NUMBERS = {
    table: names
    for table, fields in FIELDS_OF.items()
    if table != "residents" and (names := [field.name for field in fields if field.searched])
}
"""What is searched beside the residents themselves: tables of what belongs to them, and the columns."""
_TRIGRAM = 3
_CANDIDATES = 200
"""How many matches are weighed, the newest residents first: whoever types so little that more match will type on."""
_EVERYONE = -1
_LAST = "\U0010ffff"
"""Sorts after whatever a word can go on with."""
_AFTER_DIGITS = ":"
"""Sorts after all digits and before all letters."""
_FEW = 2000
"""Up to so many rows are counted to find the rarest of several short words."""


def install(connection: Connection) -> None:
    """Make the index of this program from the residents, in place of whatever index there is."""
    remove(connection)
    for statement in TABLES.values():
        connection.exec_driver_sql(statement)
    rebuild(connection)


def remove(connection: Connection) -> None:
    """Take the index away; it holds nothing that the residents do not say."""
    there = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'search%' ORDER BY sql LIKE '%VIRTUAL%' DESC"
    )
    for (name,) in connection.exec_driver_sql(there).all():
        # A virtual table goes first, and takes the tables in which it keeps itself along.
        connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}"')


def reindex(connection: Connection, residents: Iterable[ResidentId]) -> None:
    """Write the index anew for these residents."""
    remaining = iter(residents)
    while chunk := list(islice(remaining, 500)):
        ids = ",".join(str(int(resident)) for resident in chunk)
        connection.exec_driver_sql(f"DELETE FROM search_words WHERE rowid IN ({ids})")
        connection.exec_driver_sql(f"DELETE FROM search_starts WHERE resident_id IN ({ids})")
        words = dict(_said(connection, ids))
        connection.exec_driver_sql(
            "INSERT INTO search_words (rowid, words) VALUES (?, ?)", [(id_, said) for id_, said in words.items()]
        )
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO search_starts (word, resident_id) VALUES (?, ?)",
            [(word, id_) for id_, said in words.items() for word in set(said.split())],
        )


def words_of(connection: Any) -> dict[int, str]:  # noqa: ANN401 - sqlcipher3 has no types
    """The words by which each resident should be found, by number, read by a connection of sqlcipher3 itself."""
    return dict(_told(connection.execute(statement("SELECT id FROM residents"))))


def _said(connection: Connection, ids: str) -> Iterable[tuple[int, str]]:
    """All that may be typed to find a resident, folded: names, aliases, numbers, documents."""
    return _told(connection.exec_driver_sql(statement(ids)))


def statement(ids: str) -> str:
    """The statement for what is searched of residents: their names, their own number, and further numbers."""
    names = " || ' ' || ".join(
        f"coalesce((SELECT group_concat(value, ' ') FROM json_each(r.{field.name})), '')"
        if field.type is FieldType.TEXTS
        else f"r.{field.name}"
        for field in PERSON
        if field.searched
    )
    numbers = ", ".join(
        f"(SELECT group_concat(n.{name}, char(10)) FROM {table} n WHERE n.resident_id = r.id)"
        for table, columns in _NUMBERS.items()
        for name in columns
    )
    return f"SELECT r.id, {names}, r.number, {numbers} FROM residents r WHERE r.id IN ({ids})"


def whose(row: Base) -> ResidentId | None:
    """Who is found by what stands in a row; None where nobody is."""
    column = "id" if row.__tablename__ == "residents" else "resident_id" if row.__tablename__ in _NUMBERS else ""
    return getattr(row, column) if column else None


def _told(rows: Iterable[Any]) -> Iterator[tuple[int, str]]:
    for id_, names, own, *numbers in rows:
        others = chain.from_iterable((several or "").split("\n") for several in numbers)
        said = chain((folded_variants(names), _own_number(own)), map(_number, others))
        yield int(id_), " ".join(part for part in said if part)


def _own_number(number: str) -> str:
    """K-0012 is found as k0012, 0012 and 12, and not by every k, which all numbers begin with."""
    joined = fold(number).replace(" ", "")
    digits = joined.lstrip("".join(letter for letter in joined if not letter.isdigit()))
    return " ".join(dict.fromkeys(spelling for spelling in (joined, digits, digits.lstrip("0")) if spelling))


def _number(number: str) -> str:
    """A number with and without what parts its groups."""
    folded = fold(number)
    return f"{folded} {joined}" if (joined := folded.replace(" ", "")) != folded else folded


def rebuild(connection: Connection) -> int:
    """Write the whole index anew, and say for how many residents."""
    connection.exec_driver_sql("DELETE FROM search_words")
    connection.exec_driver_sql("DELETE FROM search_starts")
    everyone = [ResidentId(row[0]) for row in connection.exec_driver_sql("SELECT id FROM residents")]
    reindex(connection, everyone)
    return len(everyone)


def find(connection: Connection, typed: str, limit: int = 12) -> Sequence[ResidentId]:
    """The residents whom the typed text may mean, the likeliest first.

    Whoever has what was typed as a whole word or number comes first; then those of whom words begin with what was
    typed; then those on the roll; then by name.
    """
    words = fold_query(typed).split()
    found = _matches(connection, words, _CANDIDATES)
    if not found:
        return ()
    begins = " + ".join(
        "EXISTS (SELECT 1 FROM search_starts s WHERE s.resident_id = r.id AND s.word >= ? AND s.word < ?)"
        for _ in words
    )
    values = ["".join(words)]
    for word in words:
        values += [word, word + _LAST]
    rows = connection.exec_driver_sql(
        f"SELECT r.id FROM residents r WHERE r.id IN ({','.join(map(str, found))}) ORDER BY "
        "EXISTS (SELECT 1 FROM search_starts s WHERE s.resident_id = r.id AND s.word = ?) DESC, "
        f"{begins} DESC, "
        "EXISTS (SELECT 1 FROM stays t WHERE t.resident_id = r.id AND t.departed_on IS NULL) DESC, "
        "r.sort_name, r.id LIMIT ?",
        (*values, limit),
    )
    return [ResidentId(row[0]) for row in rows]


def matching(connection: Connection, typed: str) -> set[ResidentId]:
    """All residents whom the typed text may mean, in no order: what a list is narrowed by."""
    return set(_matches(connection, fold_query(typed).split(), _EVERYONE))


class _Condition(NamedTuple):
    """A piece of SQL with its values."""

    sql: str
    values: tuple[str, ...]


def _matches(connection: Connection, words: Sequence[str], most: int) -> list[ResidentId]:
    """The residents in whom all the words stand, at most so many.

    Long words lead, by the trigram index; else the short word that fewest begin with.
    """
    if not words:
        return []
    numbers_too = any(letter.isdigit() for word in words for letter in word)
    short = [word for word in words if len(word) < _TRIGRAM]
    long_words = [word for word in words if len(word) >= _TRIGRAM]
    if long_words:
        led = "SELECT f.rowid FROM search_words f WHERE f.words MATCH ?"
        values = [" AND ".join('"' + word.replace('"', '""') + '"' for word in long_words)]
        key, order = "f.rowid", "f.rowid DESC"
    else:
        first, *short = _rarest_first(connection, short, numbers_too=numbers_too)
        begins = _begins("f", first, numbers_too=numbers_too)
        led, values = f"SELECT f.resident_id FROM search_starts f WHERE {begins.sql}", list(begins.values)
        key, order = "f.resident_id", "f.word"
    for word in short:
        begins = _begins("s", word, numbers_too=numbers_too)
        led += f" AND EXISTS (SELECT 1 FROM search_starts s WHERE s.resident_id = {key} AND {begins.sql})"
        values += begins.values
    rows = connection.exec_driver_sql(f"{led} ORDER BY {order} LIMIT {most}", tuple(values))
    return list(dict.fromkeys(ResidentId(row[0]) for row in rows))


def _begins(table: str, word: str, *, numbers_too: bool) -> _Condition:
    """Whether a row of `search_starts` is of a word that begins so.

    Whoever types letters alone means a name, so the numbers, which all begin alike, do not come between.
    """
    if numbers_too:
        return _Condition(f"{table}.word >= ? AND {table}.word < ?", (word, word + _LAST))
    return _Condition(
        f"({table}.word = ? OR ({table}.word >= ? AND {table}.word < ?))", (word, word + _AFTER_DIGITS, word + _LAST)
    )


def _rarest_first(connection: Connection, words: Sequence[str], *, numbers_too: bool) -> list[str]:
    """The words, the one first that fewest words of the index begin with."""
    if len(words) < 2:
        return list(words)
    counts = {}
    for word in words:
        begins = _begins("s", word, numbers_too=numbers_too)
        counted = f"SELECT count(*) FROM (SELECT 1 FROM search_starts s WHERE {begins.sql} LIMIT {_FEW})"
        counts[word] = int(connection.exec_driver_sql(counted, begins.values).scalar_one())
    return sorted(words, key=counts.__getitem__)
