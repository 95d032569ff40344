"""The lines of the register extract: stays, as they are printed and exported."""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple


class ExtractRow(NamedTuple):
    """One stay.

    Attributes:
        number: The resident's own number.
        name: As it is to be printed, family name first; empty where the resident is known by number only.
        born: The text of a `BirthDate`, None where nothing is known.
        nationality: ISO 3166 alpha-2, `XXA` for a stateless person, None where it is not known.
        arrived_on: The local date of arrival.
        departed_on: The local date of departure, None while the stay is open.
        nights: From arrival to departure, or to the day of the extract while the stay is open.
        kind: A `DepartureKind`, None while the stay is open.
    """

    number: str
    name: str
    born: str | None
    nationality: str | None
    arrived_on: date
    departed_on: date | None
    nights: int
    kind: str | None


class ExtractRows(Collection[ExtractRow]):
    """Stays in their order, to be gone through as often as one likes; beyond some 50,000 they are held compressed.

    A row of Python's takes some 350 bytes, and a register may have half a million stays.
    """

    HELD = 50_000
    _BLOCK = 2_000

    def __init__(self, rows: Iterable[ExtractRow] = ()) -> None:
        """Take rows."""
        self._held: list[ExtractRow] = []
        self._packed: list[bytes] = []
        self._last: list[ExtractRow] = []
        self._length = 0
        self.extend(rows)

    def extend(self, rows: Iterable[ExtractRow]) -> None:
        """Take more."""
        for row in rows:
            self._length += 1
            if self._length <= self.HELD:
                self._held.append(row)
                continue
            self._last.append(row)
            if len(self._last) == self._BLOCK:
                self._packed.append(_packed(self._last))
                self._last = []

    def __len__(self) -> int:
        """How many there are."""
        return self._length

    def __iter__(self) -> Iterator[ExtractRow]:
        """Go through all of them."""
        yield from self._held
        for block in self._packed:
            yield from _unpacked(block)
        yield from self._last

    def __contains__(self, row: object) -> bool:
        """Whether a row is among them."""
        return any(each == row for each in self)


def _packed(rows: Sequence[ExtractRow]) -> bytes:
    days = [(each.arrived_on.toordinal(), each.departed_on and each.departed_on.toordinal()) for each in rows]
    plain = [(*each[:4], *both, *each[6:]) for each, both in zip(rows, days, strict=True)]
    return zlib.compress(json.dumps(plain).encode(), 1)


def _unpacked(block: bytes) -> Iterator[ExtractRow]:
    for number, name, born, nationality, arrived, departed, nights, kind in json.loads(zlib.decompress(block)):
        left = None if departed is None else date.fromordinal(departed)
        yield ExtractRow(number, name, born, nationality, date.fromordinal(arrived), left, nights, kind)
