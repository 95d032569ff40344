"""Backups in several places, one after the other, and what came of each."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.actions import backups as actions
from models.errors import KonakError
from models.queries.backups import PlaceRow
from models.store import backup
from models.store.register import Register


@dataclass(frozen=True, slots=True)
class Result:
    """What came of the backup of one place.

    Attributes:
        place: The place.
        file: The backup; None where it failed.
        error: Why it failed; None where it is good.
    """

    place: PlaceRow
    file: Path | None
    error: KonakError | None


def local_now(register: Register) -> datetime:
    """The present, in the time zone of the facility."""
    return register.clock.now().astimezone(register.facility.zone)


def back_up(register: Register, places: Sequence[PlaceRow], tell: backup.Tell = backup.say_nothing) -> list[Result]:
    """Back a register up in each of several places; one that is absent stops no other.

    Each is entered before anything of it is there, and what came of it afterwards, where this window may write.
    """
    results = []
    for place in places:
        at = register.clock.now()
        try:
            register.perform(actions.begun, backup_place_id=place.id)
            file = backup.make(register.source, Path(place.folder), at.astimezone(register.facility.zone), tell)
        except KonakError as error:
            results.append(Result(place, None, error))
            with suppress(KonakError):
                register.perform(actions.failed, backup_place_id=place.id, at=at, why=error.message.text)
        else:
            results.append(Result(place, file, None))
            with suppress(KonakError):
                register.perform(actions.made, backup_place_id=place.id, at=at, file=file.name)
    return results
