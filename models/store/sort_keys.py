"""By what residents are sorted: kept beside them, made by the language of the facility, told by no entry.

It follows from the name, as the search index does, and is written in the transaction that changes the name. With
another language of the facility it is made anew.
"""

from collections.abc import Sequence
from itertools import islice

from sqlalchemy import Connection

from models.rules.sorting import sort_key

VERSION = "alphabets 1"
"""Changes with the rule, so that registers that were sorted otherwise are sorted anew."""
_AT_ONCE = 500


def write(connection: Connection, residents: Sequence[int]) -> None:
    """Make the keys of these residents anew."""
    if not residents:
        return
    language = connection.exec_driver_sql("SELECT language FROM facility").scalar() or "en"
    ids = ",".join(map(str, residents))
    rows = connection.exec_driver_sql(
        f"SELECT id, family_name, given_names, number, sort_key FROM residents WHERE id IN ({ids})"
    ).all()
    keys = ((key_of(family, given, number, language), id_, old) for id_, family, given, number, old in rows)
    changed = [(key, id_) for key, id_, old in keys if key != old]
    if changed:
        connection.exec_driver_sql("UPDATE residents SET sort_key = ? WHERE id = ?", changed)


def rebuild(connection: Connection) -> None:
    """Make all keys anew, as after a change of the language."""
    everybody = iter([row[0] for row in connection.exec_driver_sql("SELECT id FROM residents").all()])
    while some := list(islice(everybody, _AT_ONCE)):
        write(connection, some)


def key_of(family: str, given: str, number: str, language: str) -> str:
    """The key of a resident: of the name, or of the number where there is no name."""
    return sort_key(f"{family} {given}", language) or sort_key(number, language)
