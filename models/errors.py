"""The two errors a user can meet; whatever else is raised is a bug.

Neither carries personal data in its text: `str(error)` is the untranslated sentence with its placeholders unfilled,
so that a log or a traceback gives nobody away. The values travel beside it and are filled in only on the screen.
"""

from collections.abc import Iterable
from typing import ClassVar

from models.text import Message, Value


class KonakError(Exception):
    """What the two errors have in common: a sentence for the user, its values, and perhaps more sentences."""

    def __init__(
        self, text: str, /, *, field: str | None = None, reasons: Iterable[Message] = (), **values: Value
    ) -> None:
        """Keep the sentence.

        Args:
            text: The sentence in English, its message id, with `{placeholders}`.
            field: The name of the argument that is at fault, so that a form can show the sentence beside it.
            reasons: Further sentences, one for each thing that is in the way.
            values: What the placeholders stand for.
        """
        super().__init__(text)
        self.message = Message(text, values)
        self.field = field
        self.reasons = tuple(reasons)


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
