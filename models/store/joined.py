"""Of somebody who was found to be another nothing is written any more: it is entered for whoever remains."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Connection, Select, bindparam, inspect, select
from sqlalchemy.orm import InstanceState, Session, aliased

from models.entities.base import Base
from models.entities.residents import Resident
from models.errors import Refused

_AT_ONCE = 500
_NO_FACT = {"candidate_id"}
"""Whom a candidate became changes with the arrival, which is the other's by then."""


def check_rows(session: Session) -> None:
    """Refuse what the session is about to write of somebody who was joined, whatever form it comes from.

    Raises:
        Refused: With who remains.
    """
    found = {number for row in (*session.new, *session.dirty) for number in _whose(row)}
    check(session.connection(), found - session.info.get("staying", set()))


@contextmanager
def staying(session: Session, residents: Collection[int]) -> Iterator[None]:
    """What is put right of these stays theirs, joined or not: it is theirs again once they are parted."""
    session.info["staying"] = {*residents}
    try:
        yield
    finally:
        del session.info["staying"]


def check(connection: Connection, residents: Iterable[int]) -> None:
    """Refuse to write of these residents where one was joined to another.

    Raises:
        Refused: With who remains.
    """
    wanted = sorted(set(residents))
    if not wanted:
        return
    for begin in range(0, len(wanted), _AT_ONCE):
        found = connection.execute(_joined(), {"wanted": wanted[begin : begin + _AT_ONCE]}).first()
        if found is not None:
            raise Refused(
                "{number} was joined to {into} already. Choose {into}.",
                field="resident_id",
                number=found.number,
                into=found.into,
            )


@cache
def _joined() -> Select[str, str]:
    """Who of those that are asked for was joined, and to whom; made once, since each write asks."""
    one, into = aliased(Resident), aliased(Resident)
    joined = select(one.number, into.number.label("into")).join(into, into.id == one.joined_into_id)
    return joined.where(one.id.in_(bindparam("wanted", expanding=True)))


def _whose(row: Base) -> Iterator[int]:
    state: InstanceState[Base] = inspect(row)
    if isinstance(row, Resident):
        changed = {each.key for each in state.attrs if each.history.has_changes()}
        if state.identity is not None and changed - _NO_FACT and "joined_into_id" not in changed:
            yield state.identity[0]
    elif "resident_id" in state.attrs:
        yield from state.attrs["resident_id"].history.added or ()
