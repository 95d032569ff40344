"""Photos of residents: who sees them, and what is kept of a picture."""

import pytest

from models.actions import photos
from models.entities.photos import Photo
from models.errors import Refused
from models.queries import photos as queries
from models.rules.vocabulary import Role
from models.store.register import Register
from tests import builders
from tests.actions import leavers

_JFIF = b"\xff\xe0\x00\x10JFIF\x00" + bytes(9)
_EXIF = b"\xff\xe1\x00\x0aExif\x00\x00Me"
_PICTURE = b"\xff\xda\x00\x02" + b"\x12" * 400 + b"\xff\xd9"
PHOTO = b"\xff\xd8" + _JFIF + _PICTURE
OTHER = b"\xff\xd8" + _JFIF + b"\xff\xda\x00\x02" + b"\x34" * 400 + b"\xff\xd9"


def do_photos(register: Register) -> None:
    """Each action of photos to its end."""
    resident = builders.resident(register, "N-8")
    photo = register.perform(photos.put, resident_id=resident, image=PHOTO).value
    register.perform(photos.take_back, photo_id=photo, reason="of somebody else")


def test_the_last_photo_holds_and_the_one_before_comes_back_when_it_is_taken_back(register: Register) -> None:
    resident, other = builders.resident(register, "N-1"), builders.resident(register, "N-2")
    register.perform(photos.put, resident_id=resident, image=PHOTO)
    wrong = register.perform(photos.put, resident_id=resident, image=OTHER).value
    with register.read() as snapshot:
        assert queries.of_residents(snapshot, resident_ids=[resident, other]) == {resident: OTHER}
    register.perform(photos.take_back, photo_id=wrong, reason="of somebody else")
    with register.read() as snapshot:
        found = queries.of_resident(snapshot, resident_id=resident)
    assert found is not None
    assert (found.image, found.entered_by) == (PHOTO, "A. Berisha")
    with pytest.raises(Refused, match="not there"):
        register.perform(photos.take_back, photo_id=wrong, reason="again")


def test_who_works_with_the_register_alone_sees_no_faces(register: Register) -> None:
    resident = builders.resident(register)
    register.perform(photos.put, resident_id=resident, image=PHOTO)
    seen = {}
    for role in Role:
        leavers.at_desk(register, role)
        with register.read() as snapshot:
            seen[role] = queries.of_resident(snapshot, resident_id=resident) is not None
    assert [role for role, sees in seen.items() if not sees] == [Role.ADMINISTRATOR]


@pytest.mark.parametrize(
    ("image", "says"),
    [
        (b"", "no picture"),
        (b"GIF89a" + bytes(100), "no picture"),
        (PHOTO[:-2], "no picture"),
        (PHOTO[:-2] + bytes(60_000) + b"\xff\xd9", "too large"),
        (b"\xff\xd8" + _EXIF + _JFIF + _PICTURE, "tells where it comes from"),
        (b"\xff\xd8" + _JFIF + _EXIF + _PICTURE, "tells where it comes from"),
        (b"\xff\xd8" + _JFIF + b"\xff\xfe\x00\x05GPS" + _PICTURE, "tells where it comes from"),
    ],
)
def test_only_a_small_picture_that_tells_nothing_else_is_kept(register: Register, image: bytes, says: str) -> None:
    resident = builders.resident(register)
    with pytest.raises(Refused, match=says):
        register.perform(photos.put, resident_id=resident, image=image)


def test_a_photo_stands_in_the_trail_by_a_hash_alone(register: Register) -> None:
    resident = builders.resident(register)
    register.perform(photos.put, resident_id=resident, image=PHOTO)
    with register.read() as snapshot:
        details = snapshot.connection.exec_driver_sql(
            "SELECT details FROM trail WHERE action = 'photos.set'"
        ).scalar_one()
    assert len(details) < 600
    assert Photo.__tablename__ in details
