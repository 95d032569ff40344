"""Entries of the trail as they are stored, to be walked one after the other."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from models.store.trail import header_of


class Entry(NamedTuple):
    """An entry as it is stored; what is no text of ours has stand-ins for its bytes."""

    number: int
    at: str
    previous_hash: str
    hash: str
    user_id: int
    role: str
    action: str
    subject: str
    kind: str | None
    digest: str
    former: str | None
    user: str
    details: str
    salts: bytes
    signature: bytes | None

    @property
    def said_at(self) -> str:
        """The instant as the header says it."""
        return f"{self.at[:10]}T{self.at[11:19]}+00:00"

    @property
    def header(self) -> str:
        """The canonical header."""
        return header_of(
            {
                "number": self.number, "at": self.said_at, "user_id": self.user_id, "role": self.role,
                "action": self.action, "subject": self.subject, "kind": self.kind, "digest": self.digest,
                "former": self.former,
            }
        )  # fmt: skip


_TEXTS = {"at", "previous_hash", "hash", "role", "action", "subject", "kind", "digest", "former", "user", "details"}
SELECTED = "SELECT {columns} FROM trail".format(
    columns=", ".join(
        f'"{name}"' if name in ("number", "user_id") else f'CAST("{name}" AS BLOB)' for name in Entry._fields
    )
)
"""What is asked for; the texts as their bytes, since what somebody has changed need be no text."""
_PLACES = [place for place, name in enumerate(Entry._fields) if name in _TEXTS]


def read(rows: Iterator[Sequence[Any]]) -> Iterator[Entry]:
    """The entries of what was found by `SELECTED`."""
    for row in rows:
        columns = [*row]
        for place in _PLACES:
            raw = columns[place]  # a million times, so the usual is not asked of `text_of`
            columns[place] = raw.decode("utf-8", "surrogateescape") if type(raw) is bytes else text_of(raw)
        yield Entry._make(columns)


def text_of(raw: object) -> Any:  # noqa: ANN401 - whoever asks knows whether there is one
    """The text of a column, None where there is none; what is no text has stand-ins for its bytes."""
    if raw is None:
        return None
    return raw.decode("utf-8", "surrogateescape") if isinstance(raw, bytes) else str(raw)
