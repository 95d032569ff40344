"""Erases the headings of sealed columns that an earlier Konak remembered in clear, from the table and the trail.

What stands in such a column is sealed with its heading; what was said of a file was not, until it told such a column by
its letter (`models.exchange.remembering`).
"""

from collections.abc import Mapping
from typing import cast

from sqlalchemy import Connection, Table, select

from models.entities.import_answers import ImportAnswers
from models.rules.known_by import KnownBy
from models.store.declaring import UPGRADED
from models.store.erasing import Whose
from models.store.register import Register

_FORMER, _UNREAD = "map:", ("sealed", "-")
"""How that Konak named a column by its heading, and what it then said of one that is sealed or left out."""


def forget(register: Register) -> None:
    """Erase them, in an entry of whoever opens the register; of those columns is asked once more."""
    with register.read() as snapshot:
        left = _left(snapshot.connection)
    if not left:
        return
    table = cast("Table", ImportAnswers.__table__)
    stays = {column.name for column in table.columns} - {ImportAnswers.answers.key}
    nobody = KnownBy(())
    rows, kept = {table.name: {*left}}, {table.name: stays}
    whose = Whose(rows=rows, belongs={}, kept=kept, subjects=(), words=nobody, parts=nobody)
    with register.write() as unit:
        unit.tell(UPGRADED, ["facility:1"], {})
        unit.erase(whose, {table: {number: {ImportAnswers.answers.key: said} for number, said in left.items()}})


def _left(connection: Connection) -> Mapping[int, Mapping[str, str]]:
    """What is to be left of what was said of files, by number, where a sealed column stands in it by its heading."""
    found: dict[int, Mapping[str, str]] = {}
    for number, said in connection.execute(select(ImportAnswers.id, ImportAnswers.answers)):
        left = {name: held for name, held in said.items() if not (name.startswith(_FORMER) and held in _UNREAD)}
        if left != said:
            found[number] = left
    return found
