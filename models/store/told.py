"""What the entries of the trail say of every row, taken in one by one; at the end the tables must hold that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from models.store.details import NO_SALT, SALT, Salts, canonical, digest_of_run, is_erased, row_digest
from models.text import Message, message

Row = dict[str, Any]
Key = tuple[str, str]
"""A table, and the key of a row in it."""


class Misfit(Exception):
    """Something does not fit.

    Attributes:
        number: The entry that does not; None where no single one is at fault.
        what: What does not fit, in words.
    """

    def __init__(self, number: int | None, what: Message) -> None:
        """Say what."""
        super().__init__()
        self.number, self.what = number, what


@dataclass(slots=True)
class Bulk:
    """Rows of which an entry tells the numbers and a digest alone.

    Attributes:
        number: Of the entry.
        first: The number of the first row.
        last: The number of the last.
        rows: How many there are.
        columns: What the digest is of.
        digest: Of the salted digests of the rows; of the rows themselves where there are no salts, as an earlier Konak
            told them.
        salts: Of each row; empty where an earlier Konak told them.
        erased: The salted digests of rows that were erased, by number.
        before: What later entries say that stood in a row at first, by its number and column.
        gone: The rows, as they were at first, that later entries have taken away, by number.
    """

    number: int
    first: int
    last: int
    rows: int
    columns: list[str]
    digest: str
    salts: bytes
    erased: dict[int, str]
    before: dict[int, Row] = field(default_factory=dict)
    gone: dict[int, Row] = field(default_factory=dict)

    @classmethod
    def told(cls, number: int, said: Mapping[str, Any], salts: Salts) -> "Bulk":
        """As an entry tells it; the salts of its rows are taken."""
        own = salts.take(said["rows"]) if "salted" in said else b""
        erased = {int(row): str(value["erased"]) for row, value in said.get("erased", {}).items()}
        digest = said["salted"] if "salted" in said else said["digest"]
        return cls(number, said["first"], said["last"], said["rows"], said["columns"], digest, own, erased)

    @property
    def is_told_anew(self) -> bool:
        """Whether the digest was erased, so that an erasing tells all that is left of the rows."""
        return is_erased(self.digest)

    def fits(self, rows: Mapping[int, Row]) -> bool:
        """Whether these are the rows, as they were at first, of which the entry tells."""
        numbers = [*range(self.first, self.last + 1)]
        if len(numbers) != self.rows or rows.keys() | self.erased.keys() != {*numbers}:
            return False
        if not self.salts:
            return _former_digest(rows[number] for number in numbers) == self.digest
        digests = []
        for place, number in enumerate(numbers):
            salt = self.salts[place * SALT : (place + 1) * SALT]
            if number in self.erased and salt != NO_SALT:
                return False
            erased = self.erased.get(number)
            digests.append(bytes.fromhex(erased) if erased else row_digest(rows[number], self.columns, salt))
        return digest_of_run(digests) == self.digest


def _former_digest(rows: Iterable[Row]) -> str:
    """The hash by which an earlier Konak told rows: of their canonical JSON, each on a line of its own."""
    digest = sha256()
    for row in rows:
        digest.update(canonical(row).encode() + b"\n")
    return digest.hexdigest()


class Told:
    """What the entries so far say of every row."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.rows: dict[Key, Row] = {}
        self.last: dict[Key, int] = {}
        self.bulks: dict[str, list[Bulk]] = {}
        self.left: set[Key] = set()
        self.only: set[str] | None = None
        """The tables that are looked at; None: all."""

    def take(self, number: int, details: Mapping[str, Any], salts: Salts) -> None:
        """Take in one entry.

        Raises:
            Misfit: It does not go on where the others ended.
        """
        for change in details["changed"]:
            if self.only is None or change["table"] in self.only:
                self._change(number, change)
        for said in details["written"]:
            self.bulks.setdefault(said["table"], []).append(Bulk.told(number, said, salts))
        if self.only is None:
            for each in details.get("left", ()):
                self._leave(number, each)

    def _change(self, number: int, change: Mapping[str, Any]) -> None:
        key = change["table"], change["id"]
        before, after = change["before"], change["after"]
        known, bulk = self.rows.get(key), self.bulk_of(*key)
        self.last[key] = number
        if not before:
            if known is not None or bulk is not None:
                raise Misfit(number, message("Entry {n} tells of something that was there already.", n=number))
            self.rows[key] = after
            return
        if known is None:
            if bulk is None:
                raise Misfit(number, message("Entry {n} changes something that no entry has brought in.", n=number))
            known = self.rows.setdefault(key, {})
        is_known = before.items() <= known.items()  # as nearly always, and much quicker than to look at each
        if not is_known and any(_differs(known[name], value) for name, value in before.items() if name in known):
            raise Misfit(number, message("Entry {n} does not begin where the one before it ended.", n=number))
        if bulk is not None:
            # Of the row only a hash was told; what it held at first becomes known column by column.
            first = bulk.before.setdefault(int(key[1]), {})
            first |= {name: value for name, value in before.items() if name not in known}
        if after:
            known |= before | after
            return
        del self.rows[key]
        if bulk is not None:
            bulk.gone[int(key[1])] = before | bulk.before.pop(int(key[1]))

    def _leave(self, number: int, left: Mapping[str, Any]) -> None:
        """Take in what an erasing has left of a row: all of it, or nothing."""
        key = left["table"], left["id"]
        bulk = self.bulk_of(*key)
        was_gone = left["row"] is None and key in self.last  # taken back before; what was told of it is erased, too
        if self.rows.pop(key, None) is None and bulk is None and not was_gone:
            raise Misfit(number, message("Entry {n} changes something that no entry has brought in.", n=number))
        self.last[key] = number
        self.left.add(key)
        if left["row"] is not None:
            self.rows[key] = left["row"]
        elif bulk is not None:
            bulk.gone[int(key[1])] = {}

    def bulk_of(self, table: str, id_: str) -> Bulk | None:
        """The set-wise entry that has brought a row in which is still there."""
        bulks = self.bulks.get(table)
        if bulks is None or not id_.isdigit():
            return None
        row = int(id_)
        return next((bulk for bulk in bulks if bulk.first <= row <= bulk.last and row not in bulk.gone), None)


def _differs(known: object, said: object) -> bool:
    """Whether an entry says of a value what no earlier one does; what was erased cannot be asked any more."""
    return known != said and not is_erased(known) and not is_erased(said)
