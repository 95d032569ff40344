"""The photo of a resident: set, and taken back where it is of somebody else."""

from models.entities.photos import Photo
from models.entities.residents import Resident
from models.errors import Refused
from models.ids import PhotoId, ResidentId
from models.rules.entry import the_mistake
from models.rules.people import CHECKS
from models.rules.photos import checked_photo
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("photos.set", about="resident_id", roles=CHECKS, told=N_("Set the photo"))
def put(unit: UnitOfWork, *, resident_id: ResidentId, image: bytes) -> PhotoId:
    """Set the photo of a resident; an earlier one stays, and shows no more.

    Raises:
        Refused: It is no photo, or there is no such resident.
    """
    if unit.session.get(Resident, resident_id) is None:
        raise Refused("This resident is not in the register. Choose one from the list.", field="resident_id")
    row = Photo(resident_id=resident_id, image=checked_photo(image), entered_by=unit.person.id, entered_at=unit.now)
    unit.session.add(row)
    unit.session.flush()
    return row.id


@action("photos.take_back", about="photo_id", of=Photo.resident_id, roles=CHECKS, told=N_("Took the photo back"))
def take_back(unit: UnitOfWork, *, photo_id: PhotoId, reason: str) -> None:
    """Take back a photo that is not of this person: nothing of it is kept.

    Raises:
        Refused: It is not there, or there is no reason.
    """
    row = unit.session.get(Photo, photo_id)
    if row is None:
        raise Refused("This photo is not there any more.", field="photo_id")
    unit.note(reason=the_mistake(reason))
    unit.session.delete(row)
