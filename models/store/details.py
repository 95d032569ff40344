"""The details of an entry, told value by value: each has a salt of its own, and the chain knows but its salted digest.

So a value can be erased, and the chain still proves itself (rules.md, The trail): where a value stood, its digest then
stands, with the number of the entry that tells of the erasing, and its salt is zeros. Without the salt nobody can try
which value it was.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

Details = dict[str, Any]
"""`user`: who did it, by name. `concerns`: whom it is about. `changed`: rows, with what stood in them before and after.
`written`: runs of rows that were written set-wise. `notes`: what no row says. Of an erasing, `left`: what is left of
rows, and `erased`: how much was erased, and where. Values are told one by one, but those of `concerns`, which are
numbers, and of `written`, which holds no more than a digest."""

SALT = 16
"""Bytes of a salt."""
NO_SALT = bytes(SALT)
_ERASED = {"by", "erased"}


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces; the same value gives the same text."""
    return _encode(value)


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return "sha256:" + sha256(value).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return str(value)


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain).encode


def erased(digest: str, by: int) -> dict[str, object]:
    """What stands where a value was erased.

    Args:
        digest: The salted digest of the value.
        by: The number of the entry that tells of it.
    """
    return {"by": by, "erased": digest}


def is_erased(value: object) -> bool:
    """Whether a value was erased."""
    return isinstance(value, dict) and value.keys() == _ERASED


def salted_digest(value: object, salt: bytes) -> str:
    """The digest by which the chain knows a value: SHA-256 of its salt and its canonical JSON."""
    said = str(value) if type(value) is int else _encode(value)  # the same, and much quicker
    return sha256(salt + said.encode()).hexdigest()


def salted(details: Mapping[str, Any]) -> tuple[str, bytes]:
    """The digest of new details, and the salts that it took."""
    salts: list[bytes] = []

    def known(value: object) -> str:
        salts.append(os.urandom(SALT))
        return salted_digest(value, salts[-1])

    return _digest(details, known), b"".join(salts)


class Salts:
    """The salts of an entry, to be taken one by one in the order of its values."""

    def __init__(self, salts: bytes) -> None:
        """Begin with the first."""
        self._salts, self._place = salts, 0

    def take(self, count: int = 1) -> bytes:
        """The next ones.

        Raises:
            ValueError: There are no more.
        """
        place = self._place
        self._place += count * SALT
        if self._place > len(self._salts):
            raise ValueError("too few salts")
        return self._salts[place : self._place]

    def end(self) -> None:
        """Make sure that none is left.

        Raises:
            ValueError: Some are.
        """
        if self._place != len(self._salts):
            raise ValueError("too many salts")


def digest_of(details: Mapping[str, Any], salts: Salts) -> str:
    """The digest of details that stand in the trail.

    Raises:
        ValueError: A salt is missing, or one is left that no value needs any more.
    """

    def known(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
        salt = salts.take()
        if not is_erased(value):
            return salted_digest(value, salt)
        if salt != NO_SALT:
            raise ValueError("a salt without its value")
        return str(value["erased"])

    return _digest(details, known)


def _digest(details: Mapping[str, Any], known: Callable[[Any], str]) -> str:
    """SHA-256 of the canonical details with each value replaced by its digest, in the order of `values_of`."""

    def each(values: Mapping[str, Any]) -> dict[str, str]:
        return {name: known(values[name]) for name in sorted(values)}

    content = {
        **details,
        "user": known(details["user"]),
        "changed": [
            {**change, "before": each(change["before"]), "after": each(change["after"])}
            for change in details["changed"]
        ],
        "written": [_run(run, known) for run in details["written"]],
        "notes": each(details["notes"]),
    }
    if "left" in details:
        content["left"] = [left | {"row": left["row"] and each(left["row"])} for left in details["left"]]
    return sha256(_encode(content).encode()).hexdigest()


def _run(run: Mapping[str, Any], known: Callable[[Any], str]) -> Mapping[str, Any]:
    if "digest" in run:  # as an earlier Konak told a run: by one hash of all its rows
        return {**run, "digest": known(run["digest"])}
    return {name: value for name, value in run.items() if name != "erased"}


def values_of(details: Details) -> Iterator[tuple[dict[str, Any], str]]:
    """Where each value of the details stands, in the order of their salts: a mapping, and the name in it."""
    yield details, "user"
    for change in details["changed"]:
        for values in (change["before"], change["after"]):
            yield from ((values, name) for name in sorted(values))
    yield from ((run, "digest") for run in details["written"] if "digest" in run)
    yield from ((details["notes"], name) for name in sorted(details["notes"]))
    for left in details.get("left", ()):
        yield from ((left["row"], name) for name in sorted(left["row"] or ()))


def digest_of_run(rows: Iterable[bytes]) -> str:
    """The digest of a run of rows, from the salted digests of its rows in the order of their numbers."""
    run = sha256()
    for row in rows:
        run.update(row)
    return run.hexdigest()


def row_digest(row: Mapping[str, Any], columns: Sequence[str], salt: bytes) -> bytes:
    """The salted digest of a row that was written set-wise, of the columns that there were then."""
    return sha256(salt + _encode({name: row.get(name) for name in columns}).encode()).digest()
