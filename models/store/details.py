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
from json.encoder import encode_basestring
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


def canonical(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """JSON with sorted keys and no spaces; the same value gives the same text."""
    kind = type(value)  # the usual kinds without the detour through an encoder, which takes longer than they do
    if kind is str:
        return encode_basestring(value)
    if kind is int:
        return str(value)
    return "null" if value is None else _encode(value)


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
    return sha256(salt + canonical(value).encode()).hexdigest()


def salted(details: Details) -> tuple[str, bytes]:
    """The digest of new details, and the salts that it took."""
    salts = os.urandom(SALT * len([*values_of(details)]))
    return told_again(details, Salts(salts))[1], salts


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
        self._place = end = place + count * SALT
        if end > len(self._salts):
            raise ValueError("too few salts")
        return self._salts[place:end]

    def end(self) -> None:
        """Make sure that none is left.

        Raises:
            ValueError: Some are.
        """
        if self._place != len(self._salts):
            raise ValueError("too many salts")


_ALWAYS = {"changed", "concerns", "notes", "user", "written"}
_DETAILS = '{"changed":[%s],"concerns":%s,%s"notes":{%s},"user":%s,"written":%s}'
_CHANGE = '{"after":{%s},"before":{%s},"id":%s,"table":%s}'


def told_again(details: Mapping[str, Any], salts: Salts) -> tuple[str, str]:
    """The canonical JSON of details; and their digest, which is SHA-256 of the same with each value's digest for it.

    Whoever proves an entry compares both with what stands there: what is no part of an entry is in neither. They are
    put together here of the same pieces, since of all that a walk over the trail does this takes longest.

    Args:
        details: As they are read from JSON.
        salts: Of their values, in the order of `values_of`.

    Raises:
        ValueError: A salt is missing, or one stands where a value was erased.
    """
    take = salts.take

    def known(value: Any) -> tuple[str, str]:  # noqa: ANN401 - whatever JSON can hold
        salt, said = take(), canonical(value)
        if type(value) is not dict or not is_erased(value):
            return said, f'"{sha256(salt + said.encode()).hexdigest()}"'
        if salt != NO_SALT:
            raise ValueError("a salt without its value")
        return said, encode_basestring(value["erased"])

    def each(values: Mapping[str, Any]) -> tuple[str, str]:
        told, hidden = [], []
        for name in sorted(values):
            said, digest = known(values[name])
            quoted = encode_basestring(name)
            told.append(f"{quoted}:{said}")
            hidden.append(f"{quoted}:{digest}")
        return ",".join(told), ",".join(hidden)

    user, user_hidden = known(details["user"])
    changed, changed_hidden = [], []
    for change in details["changed"]:
        before, before_hidden = each(change["before"])
        after, after_hidden = each(change["after"])
        id_, table = canonical(change["id"]), canonical(change["table"])
        changed.append(_CHANGE % (after, before, id_, table))
        changed_hidden.append(_CHANGE % (after_hidden, before_hidden, id_, table))
    concerns, written = canonical(details["concerns"]), canonical(details["written"])
    runs = ",".join([_run(run, known) for run in details["written"]])
    notes, notes_hidden = each(details["notes"])
    more = more_hidden = ""
    for name in sorted(details.keys() - _ALWAYS):
        said = canonical(details[name])
        rows = ",".join([_left(left, each) for left in details[name]]) if name == "left" else ""
        more += f"{encode_basestring(name)}:{said},"
        more_hidden += f'"left":[{rows}],' if name == "left" else f"{encode_basestring(name)}:{said},"
    told = _DETAILS % (",".join(changed), concerns, more, notes, user, written)
    hidden = _DETAILS % (",".join(changed_hidden), concerns, more_hidden, notes_hidden, user_hidden, f"[{runs}]")
    return told, sha256(hidden.encode()).hexdigest()


def _run(run: Mapping[str, Any], known: Callable[[Any], tuple[str, str]]) -> str:
    """A run as it is hashed."""
    told = {name: canonical(value) for name, value in run.items() if name != "erased"}
    if "digest" in run:  # as an earlier Konak told a run: by one hash of all its rows
        told = {name: canonical(value) for name, value in run.items()} | {"digest": known(run["digest"])[1]}
    return _object(told)


def _left(left: Mapping[str, Any], each: Callable[[Mapping[str, Any]], tuple[str, str]]) -> str:
    """What is left of a row, as it is hashed."""
    row = f"{{{each(left['row'])[1]}}}" if left["row"] else canonical(left["row"])
    return _object({name: canonical(value) for name, value in left.items()} | {"row": row})


def _object(members: Mapping[str, str]) -> str:
    return "{" + ",".join([f"{encode_basestring(name)}:{members[name]}" for name in sorted(members)]) + "}"


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
