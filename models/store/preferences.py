"""What people have set for themselves in the window, kept in the register because it belongs to the person.

It is no record: nothing depends on it, and no entry of the trail tells of it. So it is written here, and nowhere else,
past the unit of work; a table that is so says `UNTOLD`.
"""

from collections.abc import Callable, Mapping
from threading import Lock
from typing import cast

from sqlalchemy import Connection, Table, delete, insert, select, update

from models.entities.preferences import Preference
from models.ids import UserId
from models.rules.preferences import Preferred, without
from models.store.lengths import check_values

_TABLE = cast("Table", Preference.__table__)


class Preferences:
    """What one person has set, at hand at once. What is put stands in memory until it is written."""

    def __init__(self, person: UserId) -> None:
        """Begin with nothing; see `read`."""
        self._person = person
        self._kept: dict[str, Preferred] = {}
        self._put: dict[str, Preferred] = {}
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

    def read(self, connection: Connection) -> None:
        """Take what the register holds."""
        asked = select(Preference.key, Preference.value).where(Preference.user_id == self._person)
        self._kept = {key: cast("Preferred", value) for key, value in connection.execute(asked)}

    def write(self, connection: Connection) -> Mapping[str, Preferred]:
        """Write what was put since; once that holds, say so by `written`.

        Returns:
            What was written.
        """
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
