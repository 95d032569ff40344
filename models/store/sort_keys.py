"""By what residents are sorted: kept beside them, made by the language of the facility, told by no entry.

It follows from the name, as the search index does, and is written in the transaction that changes the name. With
another language of the facility it is made anew.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from models.rules.sorting import sort_key

VERSION = "alphabets 3"
"""Changes with the rule, so that registers that were sorted otherwise are sorted anew."""
_AT_ONCE = 500


def write(connection: Connection, residents: Sequence[int]) -> bool:
    """Make the keys of these residents anew; gives back whether any is another."""
    if not residents:
        return False
    language = connection.exec_driver_sql("SELECT language FROM facility").scalar() or "en"
    ids = ",".join(map(str, residents))
    rows = connection.exec_driver_sql(
        f"SELECT id, family_name, given_names, number, sort_key FROM residents WHERE id IN ({ids})"
    ).all()
    keys = ((key_of(family, given, number, language), id_, old) for id_, family, given, number, old in rows)
    changed = [(key, id_) for key, id_, old in keys if key != old]
    if changed:
        connection.exec_driver_sql("UPDATE residents SET sort_key = ? WHERE id = ?", changed)
    return bool(changed)


def wrong(connection: Any) -> list[int]:  # noqa: ANN401 - sqlcipher3 has no types
    """The residents whose key does not follow from their name."""
    language = (connection.execute("SELECT language FROM facility").fetchone() or ("en",))[0]
    rows = connection.execute("SELECT id, family_name, given_names, number, sort_key FROM residents")
    return [id_ for id_, family, given, number, key in rows if key_of(family, given, number, language) != key]


def rebuild(connection: Connection) -> bool:
    """Make all keys anew, as after a change of the language; gives back whether any is another."""
    is_another = False
    everybody = iter([row[0] for row in connection.exec_driver_sql("SELECT id FROM residents").all()])
    while some := list(islice(everybody, _AT_ONCE)):
        is_another |= write(connection, some)
    return is_another


def key_of(family: str, given: str, number: str, language: str) -> str:
    """The key of a resident: of the name, or of the number where there is no name."""
    return sort_key(f"{family} {given}", language) or sort_key(number, language)
