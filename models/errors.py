"""The two errors a user can meet; whatever else is raised is a bug.

Neither carries personal data in its text: `str(error)` is the untranslated sentence with its placeholders unfilled,
so that a log or a traceback gives nobody away. The values travel beside it and are filled in only on the screen.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from models.text import Message, Value


@dataclass(frozen=True, slots=True)
class Named:
    """One of several whom a reason applies to, told apart from others of the same name.

    Attributes:
        name: How the person, or the thing, is called.
        number: Whatever number it has.
        birth: The birth date of a person, as `models.rules.birth` writes it; empty where it is not known.
        id: Tells two of whom all else is the same.
    """

    name: str
    number: str = ""
    birth: str = ""
    id: int = 0

    def __str__(self) -> str:
        """The name, with the number where it says more."""
        return f"{self.name} ({self.number})" if self.number not in ("", self.name) else self.name


class KonakError(Exception):
    """What the two errors have in common: a sentence for the user, its values, and perhaps more sentences."""

    def __init__(
        self,
        text: str,
        /,
        *,
        field: str | None = None,
        reasons: Iterable[Message] = (),
        whom: Iterable[Sequence[Named]] = (),
        **values: Value,
    ) -> None:
        """Keep the sentence.

        Args:
            text: The sentence in English, its message id, with `{placeholders}`.
            field: The name of the argument that is at fault, so that a form can show the sentence beside it.
            reasons: Further sentences, one for each thing that is in the way.
            whom: To whom each of them applies, where it is one of several; see `by_reason`.
            values: What the placeholders stand for.
        """
        super().__init__(text)
        self.message = Message(text, values)
        self.field = field
        self.reasons = tuple(reasons)
        self.whom = tuple(map(tuple, whom))

    def lines(
        self,
        say: Callable[[Message], str],
        name: Callable[[Named], str] = str,
        *,
        mark: str = "•\u00a0",
        inset: str = "\u00a0\u00a0\u00a0",
    ) -> list[str]:
        """The reasons, one below the other, each with those below it to whom it applies.

        Args:
            say: Renders a message for its reader.
            name: Shows somebody: on the screen a name must not turn its line.
            mark: What stands before a reason.
            inset: What stands before those to whom it applies.
        """
        found: list[str] = []
        for place, reason in enumerate(self.reasons):
            found.append(mark + say(reason))
            if self.whom:
                found.append(inset + "; ".join(map(name, self.whom[place])))
        return found


def by_reason(found: Iterable[tuple[Named, Message]]) -> tuple[tuple[Message, ...], tuple[tuple[Named, ...], ...]]:
    """What is in the way of several, each reason once, and to whom each of them applies.

    Args:
        found: Somebody and what is in their way, in the order in which reasons are to stand.
    """
    whom: dict[str, dict[Named, None]] = {}
    reasons: dict[str, Message] = {}
    for who, reason in found:
        key = repr(reason)
        reasons.setdefault(key, reason)
        whom.setdefault(key, {})[who] = None
    return tuple(reasons.values()), tuple(map(tuple, whom.values()))


class Refused(KonakError):
    """A rule says no. Nothing was changed.

    Attributes:
        is_told: Whether it is entered in the trail.
    """

    is_told: ClassVar[bool] = True


class Revoked(Refused):
    """The person may not open the register any more, or not with the key that was typed; the window is to be locked."""

    is_told: ClassVar[bool] = False


class Conflict(Refused):
    """Somebody else has changed it since it was read. What is there now can be read anew, and looked at beside it."""


class Unavailable(KonakError):
    """The world says no: disk full, file locked, key wrong, newer register. Nothing was changed."""
