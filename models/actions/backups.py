"""Where backups go and when they are made, and that one was made or failed."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from models.entities.backups import BackupPlace
from models.entities.facility import Facility
from models.errors import Refused
from models.ids import BackupPlaceId
from models.rules.backups import INSIDE, checked_time
from models.rules.people import BACKS_UP, SETS_UP
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


def checked_place(folder: str, register: Path, *, field: str = "folder") -> Path:
    """A folder in which backups of a register can be kept.

    Args:
        folder: The whole path.
        register: The folder of the register, which need not be there yet.
        field: Beside which a refusal belongs.

    Raises:
        Refused: It is no folder, or lies in the register's own.
    """
    path = Path(folder.strip()).expanduser()
    try:
        is_folder = path.is_absolute() and path.is_dir()
        inside = is_folder and path.resolve().is_relative_to(register.resolve())
    except (OSError, RuntimeError, ValueError):
        is_folder = inside = False
    if not is_folder:
        raise Refused("There is no such folder. Plug in the stick or the disk, then choose the folder.", field=field)
    if inside:
        raise Refused(INSIDE, field=field)
    return path


@action("backups.add_place", roles=SETS_UP, told=N_("Added a place for backups"))
def add_place(unit: UnitOfWork, *, folder: str) -> BackupPlaceId:
    """Have backups kept in a folder too.

    Raises:
        Refused: It is no folder, lies in the register's own, or is there already.
    """
    path = checked_place(folder, unit.vault.folder)
    if unit.session.scalars(select(BackupPlace).where(BackupPlace.folder == str(path))).first() is not None:
        raise Refused("Backups are kept in this folder already.", field="folder")
    place = BackupPlace(folder=str(path), good_at=None, failed_at=None)
    unit.session.add(place)
    unit.session.flush()
    unit.about("backup_place", place.id)
    return BackupPlaceId(place.id)


@action("backups.remove_place", about="backup_place_id", roles=SETS_UP, told=N_("Removed a place for backups"))
def remove_place(unit: UnitOfWork, *, backup_place_id: BackupPlaceId) -> None:
    """Keep no more backups in a place; those that lie there stay."""
    place = _place(unit, backup_place_id)
    unit.session.delete(place)


@action("backups.schedule", about="facility:1", roles=SETS_UP, told=N_("Set the time of the daily backup"))
def schedule(unit: UnitOfWork, *, back_up_at: str) -> None:
    """Set when the daily backup is made.

    Args:
        unit: The transaction.
        back_up_at: Local time as HH:MM; empty: none is made by itself but on closing.

    Raises:
        Refused: It is no time.
    """
    try:
        at = checked_time(back_up_at.strip())
    except ValueError:
        raise Refused("Write the time as hours and minutes, such as 12:00.", field="back_up_at") from None
    unit.session.scalars(select(Facility)).one().back_up_at = "" if at is None else f"{at:%H:%M}"


@action("backups.begun", about="backup_place_id", roles=BACKS_UP, told=N_("Began a backup"), only_tells=True)
def begun(unit: UnitOfWork, *, backup_place_id: BackupPlaceId) -> None:
    """Enter that a backup goes to a place, before anything of it does."""
    _place(unit, backup_place_id)


@action("backups.made", about="backup_place_id", roles=BACKS_UP, told=N_("Made a backup"))
def made(unit: UnitOfWork, *, backup_place_id: BackupPlaceId, at: datetime, file: str) -> None:
    """Enter that a backup was made and proven.

    Args:
        unit: The transaction.
        backup_place_id: Where.
        at: The instant of which it is.
        file: The name of the file, which names nobody.
    """
    place = _place(unit, backup_place_id)
    unit.note(file=file)
    place.good_at, place.failed_at, place.failure = at, None, ""


@action(
    "backups.taken", about="facility:1", roles=BACKS_UP, told=N_("Made a backup into another folder"), only_tells=True
)
def taken(unit: UnitOfWork, *, file: str) -> None:
    """Enter that a backup goes into a folder that is no place of this register: a copy that somebody carries away.

    Args:
        unit: The transaction.
        file: The name that it is to have, which names nobody; it is entered before anything of it is there.
    """
    unit.note(file=file)


@action("backups.failed", about="backup_place_id", roles=BACKS_UP, told=N_("A backup failed"))
def failed(unit: UnitOfWork, *, backup_place_id: BackupPlaceId, at: datetime, why: str) -> None:
    """Enter that no backup could be made.

    Args:
        unit: The transaction.
        backup_place_id: Where.
        at: When.
        why: The untranslated sentence, without values.
    """
    place = _place(unit, backup_place_id)
    place.failed_at, place.failure = at, why


def _place(unit: UnitOfWork, backup_place_id: BackupPlaceId) -> BackupPlace:
    place = unit.session.get(BackupPlace, backup_place_id)
    if place is None:
        raise Refused("No backups are kept in this place any more.")
    return place
