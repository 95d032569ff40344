"""Records the statements that run: those of SQLAlchemy with their values, and those that are a text to the driver."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event
from sqlalchemy.sql.elements import (
    ClauseElement,
    ReleaseSavepointClause,
    RollbackToSavepointClause,
    SavepointClause,
)

if TYPE_CHECKING:
    from types import FrameType

_MODELS = str(Path(__file__).parents[2] / "models")
_STORE = str(Path(_MODELS) / "store")
_MOST = 4
_SAVEPOINTS = (SavepointClause, RollbackToSavepointClause, ReleaseSavepointClause)
"""Each database makes them in its own way; alone they mean nothing."""


@dataclass(slots=True)
class Recorded:
    """What ran.

    Attributes:
        statements: By their SQL, each with some of the values that it ran with.
        texts: Texts to the driver that other modules of models than those of `store` have sent.
    """

    statements: dict[str, list[tuple[Any, Any]]] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)


@contextmanager
def recording() -> Iterator[Recorded]:
    """Record whatever runs meanwhile, on any register."""
    recorded = Recorded()
    given: list[tuple[Any, Any]] = []
    """The statement that is about to run, which is compiled anew where its text is asked for before it is sent."""

    def built(_: Any, statement: ClauseElement, many: Any, one: Any, __: Any) -> None:
        given[:] = [] if isinstance(statement, _SAVEPOINTS) or _caller() is None else [(statement, many or one)]

    def sent(_: Any, __: Any, statement: str, ___: Any, context: Any, ____: Any) -> None:
        if context.compiled is None:
            if not (_caller() or _STORE).startswith(_STORE):
                recorded.texts.add(statement)
        elif given:
            runs = recorded.statements.setdefault(context.compiled.string, [])
            if len(runs) < _MOST:
                runs.append(given.pop())
            given.clear()

    event.listen(Engine, "before_execute", built)
    event.listen(Engine, "before_cursor_execute", sent)
    try:
        yield recorded
    finally:
        event.remove(Engine, "before_execute", built)
        event.remove(Engine, "before_cursor_execute", sent)


def _caller() -> str | None:
    """The file of the module of models that runs a statement; None where it is none of them."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - what `inspect` gives is slow
    while frame is not None and not frame.f_code.co_filename.startswith(_MODELS):
        frame = frame.f_back
    return None if frame is None else frame.f_code.co_filename
