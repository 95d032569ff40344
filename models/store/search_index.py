"""The search index: what is written of residents and candidates, so that anyone is found by a name or a number.

Residents and candidates stand in it side by side: a candidate under the number of the row, made negative. Two tables:
`search_words` finds three letters and more anywhere in a word; in `search_starts` stand words to be found whole or by
their beginning, and, each behind a sign that nobody can type, numbers, the sounds of names, and birth dates. It is
written in the transaction that changes the person.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple, NewType

from sqlalchemy import Connection

from models.entities.base import Base
from models.ids import ResidentId
from models.rules.birth import BirthDate
from models.rules.field_types import FieldType
from models.rules.fields import CANDIDATE, FIELDS_OF, PARTNER_NUMBER, PERSON
from models.rules.likeness import birth_keys
from models.rules.names import fold, folded_variants
from models.rules.numbers import number_key
from models.rules.sounds import codes, name_words
from models.store import sort_keys

Indexed = NewType("Indexed", int)
"""Who stands in the index: the id of a resident, or that of a candidate made negative."""

TABLES: dict[str, str] = {
    "search_words": "CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize='trigram remove_diacritics 1')",
    "search_starts": (
        "CREATE VIRTUAL TABLE search_starts USING fts5(words, tokenize='ascii', detail='none', columnsize=0, "
        "prefix='1 2 3 4 5')"
    ),
}
"""Name and statement of each part.

Beginnings of so many signs are looked up; of longer ones all that begin so are gathered first. Partners number by year:
hundreds of thousands begin alike for four signs and the one that stands before a number.
"""

FOLDED = "sounds 7"
"""Changes with what the index says of a person, so that registers that were indexed otherwise are indexed anew."""

NUMBER, SOUND, BORN, VAGUE, ISSUED = "№", "♪", "†", "‡", "§"
"""What stands before words of the index that no name is, and folding leaves of nothing that is typed."""
UNKNOWN = "¿"
"""Instead of a birth date that is not known."""
_ABOUT = 2
"""By so many years an estimated birth may be wrong."""
_YEAR = len("1990")
_AT_ONCE = 500
_FEW = 4
"""Where as many as the fourth part of all people are new, the index is put in one piece."""

_NUMBERS = {
    table: names
    for table, fields in FIELDS_OF.items()
    if table != "residents" and (names := [field.name for field in fields if field.searched])
}
"""What is searched beside the residents themselves: tables of what belongs to them, and the columns."""


class Said(NamedTuple):
    """What stands in the index of a person, for each of the two tables."""

    words: str
    starts: str


def install(connection: Connection) -> None:
    """Make the index of this program from the people, in place of whatever index there is."""
    remove(connection)
    for statement in TABLES.values():
        connection.exec_driver_sql(statement)
    rebuild(connection)


def remove(connection: Connection) -> None:
    """Take the index away; it holds nothing that residents and candidates do not say."""
    there = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'search%' ORDER BY sql LIKE '%VIRTUAL%' DESC"
    )
    for (name,) in connection.exec_driver_sql(there).all():
        # A virtual table goes first, and takes the tables in which it keeps itself along.
        connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}"')


def reindex(connection: Connection, people: Iterable[ResidentId | Indexed]) -> None:
    """Write the index anew for these people, and by what they are sorted."""
    remaining = iter(people)
    while chunk := [int(each) for each in islice(remaining, _AT_ONCE)]:
        for table in TABLES:
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid IN ({','.join(map(str, chunk))})")
        said = [(who, *texts) for who, texts in _said(connection, chunk)]
        for place, table in enumerate(TABLES, 1):
            rows = [(row[0], row[place]) for row in said]
            if rows:  # of people who are gone nothing is left
                connection.exec_driver_sql(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", rows)
        sort_keys.write(connection, [who for who in chunk if who > 0])


def rebuild(connection: Connection) -> int:
    """Write the whole index anew, and say for how many people."""
    for table in TABLES:
        connection.exec_driver_sql(f"DELETE FROM {table}")
    residents = [Indexed(row[0]) for row in connection.exec_driver_sql("SELECT id FROM residents")]
    candidates = [Indexed(-row[0]) for row in connection.exec_driver_sql("SELECT id FROM candidates")]
    reindex(connection, chain(residents, candidates))
    merge(connection)
    return len(residents) + len(candidates)


def merge(connection: Connection, added: int | None = None) -> None:
    """Put the index in one piece: each writing adds one, and whoever looks for something looks into all of them.

    Args:
        connection: It writes.
        added: So many people were written of just now; where they are few of all nothing is done, since for that the
            whole index is written anew.
    """
    if added is not None:
        # By the last number that was given: to count them all would be to read them all.
        last = "SELECT coalesce((SELECT max(id) FROM residents), 0) + coalesce((SELECT max(id) FROM candidates), 0)"
        if added * _FEW < connection.exec_driver_sql(last).scalar_one():
            return
    for table in TABLES:
        connection.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('optimize')")


def whose(row: Base) -> Indexed | None:
    """Who is found by what stands in a row; None where nobody is."""
    match row.__tablename__:
        case "residents":
            return Indexed(getattr(row, "id"))  # noqa: B009 - a base has no id
        case "candidates":
            return Indexed(-getattr(row, "id"))  # noqa: B009
        case table:
            return Indexed(getattr(row, "resident_id")) if table in _NUMBERS else None  # noqa: B009


def words_of(connection: Any) -> dict[int, Said]:  # noqa: ANN401 - sqlcipher3 has no types
    """What should stand in the index of each person, read by a connection of sqlcipher3 itself."""
    everybody = "SELECT id FROM {}"
    return dict(
        chain(
            _told(connection.execute(statement(everybody.format("residents"))), 1),
            _told(connection.execute(candidate_statement(everybody.format("candidates"))), -1),
        )
    )


def kept(connection: Any) -> dict[int, Said]:  # noqa: ANN401 - sqlcipher3 has no types
    """What stands in it."""
    words, starts = (dict(connection.execute(f"SELECT rowid, words FROM {table}").fetchall()) for table in TABLES)
    return {who: Said(words.get(who, ""), starts.get(who, "")) for who in {*words, *starts}}


def _said(connection: Connection, people: Sequence[int]) -> Iterator[tuple[int, Said]]:
    residents = ",".join(str(who) for who in people if who > 0)
    candidates = ",".join(str(-who) for who in people if who < 0)
    if residents:
        yield from _told(connection.exec_driver_sql(statement(residents)), 1)
    if candidates:
        yield from _told(connection.exec_driver_sql(candidate_statement(candidates)), -1)


def statement(ids: str) -> str:
    """The statement for what is searched of residents: names, birth date, their own number, and further numbers.

    Whoever was joined to another is found there, by either number.
    """
    names = " || ' ' || ".join(
        f"coalesce((SELECT group_concat(value, ' ') FROM json_each(r.{field.name})), '')"
        if field.type is FieldType.TEXTS
        else f"r.{field.name}"
        for field in PERSON
        if field.searched
    )
    numbers = ", ".join(
        f"(SELECT group_concat({_scoped(table, name)}, char(10)) FROM {table} n WHERE n.resident_id = r.id)"
        for table, columns in _NUMBERS.items()
        for name in columns
    )
    own = (
        "r.number || coalesce((SELECT char(10) || group_concat(j.number, char(10)) FROM residents j "
        "WHERE j.joined_into_id = r.id), '')"
    )
    return (
        f"SELECT r.id, {names}, r.birth, {own}, {numbers} FROM residents r "
        f"WHERE r.joined_into_id IS NULL AND r.id IN ({ids})"
    )


def candidate_statement(ids: str) -> str:
    """The same of candidates."""
    names = " || ' ' || ".join(
        f"c.{field.name}" for field in PERSON if field.searched and field.type is not FieldType.TEXTS
    )
    partner = (
        f"CASE c.{PARTNER_NUMBER.name} WHEN '' THEN '' ELSE c.programme_id || char(9) || c.{PARTNER_NUMBER.name} END"
    )
    numbers = ", ".join((partner, *(f"c.{field.name}" for field in CANDIDATE if field.searched)))
    return f"SELECT c.id, {names}, c.birth, '', {numbers} FROM candidates c WHERE c.id IN ({ids})"


def _scoped(table: str, column: str) -> str:
    """A partner's number after its programme: two partners may give one number to two people."""
    return f"n.programme_id || char(9) || n.{column}" if table == "partner_numbers" else f"n.{column}"


def _told(rows: Iterable[Any], sign: int) -> Iterator[tuple[int, Said]]:
    for id_, names, birth, own, *numbers in rows:
        others = [each for several in numbers for each in (several or "").split("\n") if each]
        issued = [
            f"d{number_key(each)}" if not scope else f"p{programme}:{number_key(each)}"
            for programme, scope, each in map(_parted, others)
            if number_key(each)
        ]
        named = folded_variants(names)
        known = " ".join(
            part
            for part in (*map(_own_number, own.split("\n")), *(_number(_parted(each)[2]) for each in others))
            if part
        )
        sounds = [f"{SOUND}{code}" for word in name_words(names) for code in codes(word)]
        born = born_words(BirthDate.parse(birth) if birth else None)
        starts = chain(
            map(marked, f"{named} {known}".split()),
            sounds,
            born,
            (f"{each}{sound}" for each in born for sound in sounds),
            map(issued_word, issued),
        )
        yield sign * int(id_), Said(f"{named} {known}".strip(), " ".join(dict.fromkeys(starts)))


def born_words(birth: BirthDate | None) -> list[str]:
    """What stands in the index of a birth date, alone and before each sound of the name.

    Its day and its years; and the years once more where the day is not known, or is one that many have who do not
    know theirs: of people born on another day of that year only these may be who is looked for.
    """
    if birth is None:
        return [BORN + UNKNOWN]
    words = birth_words(birth)
    vague = [VAGUE + each for each in words if len(each) == _YEAR] if birth.doubtful or len(words[0]) == _YEAR else []
    return [*(BORN + each for each in words), *vague]


def birth_words(birth: BirthDate) -> tuple[str, ...]:
    """By what a birth date is found: its day and its year; an estimate by the years around it too."""
    if birth.about:
        return tuple(f"{year:04}" for year in range(birth.year - _ABOUT, birth.year + _ABOUT + 1))
    return birth_keys(birth)


def _parted(number: str) -> tuple[str, str, str]:
    """The programme of a partner's number, a sign that there is one, and the number itself."""
    programme, sign, own = number.partition("\t")
    return (programme, sign, own) if sign else ("", "", number)


def marked(word: str) -> str:
    """A word as it stands in the index: with a sign before it where a digit is in it, so that letters mean names."""
    return f"{NUMBER}{word}" if any(map(str.isdecimal, word)) else word


def issued_word(key: str) -> str:
    """The number of an issuer as one word of the index."""
    return ISSUED + "".join(letter if letter.isalnum() else "·" for letter in key)


def _own_number(number: str) -> str:
    """K-0012 is found as k0012, k12, 0012 and 12."""
    joined = fold(number).replace(" ", "")
    digits = joined.lstrip("".join(letter for letter in joined if not letter.isdigit()))
    letters = joined.removesuffix(digits)
    short = digits.lstrip("0")
    spellings = (joined, f"{letters}{short}" if short else "", digits, short)
    return " ".join(dict.fromkeys(spelling for spelling in spellings if spelling))


def _number(number: str) -> str:
    """A number with and without what parts its groups."""
    folded = fold(number)
    return f"{folded} {joined}" if (joined := folded.replace(" ", "")) != folded else folded
