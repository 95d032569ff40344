"""The photos of residents, for whoever may see their faces."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from models.entities.people import User
from models.entities.photos import Photo
from models.ids import PhotoId, ResidentId
from models.store.declaring import SEE_PHOTOS
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """The photo that holds, with who set it and when."""

    id: PhotoId
    image: bytes
    entered_by: str
    entered_at: datetime


_PHOTOS = Rows(PhotoRow, Photo, entered_by=User.name)


def of_resident(snapshot: Snapshot, *, resident_id: ResidentId) -> PhotoRow | None:
    """The photo of a resident; None where there is none, or the role does not see photos."""
    return next(iter(_found(snapshot, [resident_id]).values()), None)


def of_residents(snapshot: Snapshot, *, resident_ids: Collection[ResidentId]) -> Mapping[ResidentId, bytes]:
    """The photos of some residents, as JPEG; of nobody, where the role does not see photos."""
    return {whose: photo.image for whose, photo in _found(snapshot, resident_ids).items()}


def _found(snapshot: Snapshot, whose: Collection[ResidentId]) -> dict[ResidentId, PhotoRow]:
    if not snapshot.person.may(SEE_PHOTOS):
        return {}
    last = select(func.max(Photo.id)).where(Photo.resident_id.in_(whose)).group_by(Photo.resident_id)
    rows = snapshot.connection.execute(
        _PHOTOS.select()
        .add_columns(Photo.resident_id)
        .join(User, User.id == Photo.entered_by)
        .where(Photo.id.in_(last))
        .order_by(Photo.id)
    )
    return {row.resident_id: _PHOTOS.row(row) for row in rows}
