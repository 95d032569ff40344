"""What was erased of the trail: each place of it belongs to an entry that tells of the erasing, and of no other."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from models.store.details import is_erased, values_of


class Erasings:
    """What was erased, by the entry that has to tell of it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._found: dict[int, list[str]] = {}
        self._first: dict[int, int] = {}

    def take(self, number: int, details: dict[str, Any]) -> None:
        """Take in what was erased of an entry."""
        for by, place in erased_in(details):
            self._found.setdefault(by, []).append(f"{number}/{place}")
            self._first.setdefault(by, number)

    def is_told(self, number: int, said: Mapping[str, Any]) -> bool:
        """Whether an entry tells of what was erased by it, no more and no less."""
        found = self._found.pop(number, [])
        return said == told_erased(found)

    def unsaid(self) -> int | None:
        """The first entry of which something was erased that no entry tells of; None where there is none."""
        return min((self._first[by] for by in self._found), default=None)


def erased_in(details: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """What was erased of an entry: by which entry, and at which place."""
    for place, (values, name) in enumerate(values_of(details)):
        if is_erased(values[name]):
            yield values[name]["by"], str(place)
    for place, run in enumerate(details["written"]):
        for row, value in sorted(run.get("erased", {}).items()):
            yield value["by"], f"run {place} row {row}"


def told_erased(places: Sequence[str]) -> dict[str, Any]:
    """How an entry tells of what was erased by it: how many values, and a hash of where they stood."""
    return {"values": len(places), "digest": sha256("\n".join(places).encode()).hexdigest()}
