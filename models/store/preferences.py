"""What people have set for themselves in the window, kept in the register because it belongs to the person.

It is no record: nothing depends on it, and no entry of the trail tells of it. So it is written here, and nowhere else,
past the unit of work; a table that is so says `UNTOLD`.
"""

from collections.abc import Callable, Mapping
from threading import Lock
from typing import cast

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from models.entities.erasing import Erasure
from models.entities.preferences import Preference
from models.ids import UserId
from models.rules.preferences import Preferred, without
from models.store.lengths import check_values

_TABLE = cast("Table", Preference.__table__)


class Preferences:
    """What one person has set, at hand at once. What is put stands in memory until it is written.

    Where somebody was erased meanwhile, in whatever window, it is not written: nobody can say any more whether it tells
    of them.
    """

    def __init__(self, person: UserId) -> None:
        """Begin with nothing; see `read`."""
        self._person = person
        self._kept: dict[str, Preferred] = {}
        self._put: dict[str, Preferred] = {}
        self._erasings = 0
        self._lock = Lock()

    def get(self, key: str) -> Preferred:
        """What was set last; None where nothing was."""
        return self._put[key] if key in self._put else self._kept.get(key)

    def put(self, key: str, value: Preferred) -> None:
        """Set something; None: as if it had never been set.

        Raises:
            Refused: A text in it cannot be kept.
        """
        check_values(_TABLE, {"key": key, "value": value})
        with self._lock:
            if self.get(key) != value:
                self._put[key] = value

    @property
    def unwritten(self) -> Mapping[str, Preferred]:
        """What the register does not hold yet."""
        with self._lock:
            return dict(self._put)

    @property
    def erasings(self) -> int:
        """How many people had been erased when it was read."""
        return self._erasings

    def go_on(self, put: Mapping[str, Preferred], erasings: int) -> None:
        """Take over what was not written before the window was locked, unless somebody was erased since."""
        if erasings == self._erasings:
            for key, value in put.items():
                self.put(key, value)

    def read(self, connection: Connection) -> None:
        """Take what the register holds; what is not written yet stays, unless somebody was erased since."""
        asked = select(Preference.key, Preference.value).where(Preference.user_id == self._person)
        kept = {key: cast("Preferred", value) for key, value in connection.execute(asked)}
        erasings = _erasings(connection)
        with self._lock:
            self._kept = kept
            if erasings != self._erasings:
                self._put, self._erasings = {}, erasings

    def write(self, connection: Connection) -> Mapping[str, Preferred]:
        """Write what was put since; once that holds, say so by `written`.

        Returns:
            What was written.
        """
        if _erasings(connection) != self._erasings:
            self.read(connection)
        put = self.unwritten
        of_person = Preference.user_id == self._person
        connection.execute(delete(Preference).where(of_person, Preference.key.in_(put)))
        rows = [
            {"user_id": self._person, "key": key, "value": value} for key, value in put.items() if value is not None
        ]
        if rows:
            connection.execute(insert(Preference), rows)
        return put

    def written(self, put: Mapping[str, Preferred]) -> None:
        """What `write` wrote holds now; what was put meanwhile is still to be written."""
        with self._lock:
            self._kept |= put
            self._put = {key: value for key, value in self._put.items() if key not in put or put[key] != value}


def _erasings(connection: Connection) -> int:
    """How many people were erased so far."""
    return connection.scalar(select(func.count(Erasure.id)).where(Erasure.erased_at.is_not(None))) or 0


def forget(connection: Connection, person: UserId) -> None:
    """Take away all that a person has set."""
    connection.execute(delete(Preference).where(Preference.user_id == person))


def forget_texts(connection: Connection, tells: Callable[[str], bool]) -> None:
    """Take away what tells of somebody, whoever has set it.

    Args:
        connection: It holds the register for writing.
        tells: Whether a text does.
    """
    for user, key, value in connection.execute(select(Preference.user_id, Preference.key, Preference.value)).all():
        left = without(cast("Preferred", value), tells)
        if left != value:
            own = (Preference.user_id == user, Preference.key == key)
            changed = delete(Preference) if left is None else update(Preference).values(value=left)
            connection.execute(changed.where(*own))
