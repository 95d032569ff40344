"""A register as whoever has its key can read it: every page, free ones too, and what waits beside the file."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

_PAGE, _RESERVED, _IV, _SALT = 4096, 80, 16, 16
_WAL_HEADER, _FRAME_HEADER = 32, 24


def pages(database: Path, key: bytes) -> bytes:
    """All pages of a file that SQLCipher has written, and of its write-ahead log, one behind the other, in clear."""
    raw = database.read_bytes()
    found = [_page(raw[at : at + _PAGE], key, is_first=at == 0) for at in range(0, len(raw), _PAGE)]
    log = database.with_name(database.name + "-wal")
    if log.is_file():
        raw = log.read_bytes()
        for at in range(_WAL_HEADER, len(raw) - _FRAME_HEADER, _FRAME_HEADER + _PAGE):
            number = int.from_bytes(raw[at : at + 4], "big")
            page = raw[at + _FRAME_HEADER : at + _FRAME_HEADER + _PAGE]
            found.append(_page(page, key, is_first=number == 1))
    return b"".join(found)


def _page(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    content = page[_SALT if is_first else 0 : _PAGE - _RESERVED]
    iv = page[_PAGE - _RESERVED : _PAGE - _RESERVED + _IV]
    decryptor = Cipher(AES256(key), CBC(iv)).decryptor()
    return decryptor.update(content) + decryptor.finalize()
