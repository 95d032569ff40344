"""What a photo of a resident is: small, upright, and nothing but the picture."""

from models.errors import Refused

WIDTH, HEIGHT = 280, 360
"""Pixels: 35 to 45, as passport photos are."""
MOST = 60_000
"""Bytes that the register keeps of a photo."""
_BEGINS, _ENDS = b"\xff\xd8\xff", b"\xff\xd9"
_TELLS = frozenset({0xFE, *range(0xE1, 0xF0)})
"""The segments of a JPEG in which cameras and programs write who, where and when; JFIF itself (E0) tells nothing."""


def checked_photo(image: bytes) -> bytes:
    """A photo as it is kept.

    Raises:
        Refused: It is no JPEG, too large, or tells more than the picture.
    """
    if not image.startswith(_BEGINS) or not image.endswith(_ENDS):
        raise Refused("This is no picture that Konak can keep. Choose another.", field="image")
    if len(image) > MOST:
        raise Refused("This picture is too large. Choose it anew, so that it is made smaller.", field="image")
    if _tells(image):
        raise Refused("This picture tells where it comes from. Choose it anew, so that only the picture is kept.",
                      field="image")  # fmt: skip
    return image


def _tells(image: bytes) -> bool:
    """Whether something beside the picture stands in a JPEG, before the picture itself begins."""
    at = 2
    while at + 4 <= len(image) and image[at] == 0xFF and image[at + 1] != 0xDA:
        if image[at + 1] in _TELLS:
            return True
        at += 2 + int.from_bytes(image[at + 2 : at + 4])
    return False
