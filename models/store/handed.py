"""What a window that only reads hands to the one that writes: small files beside the register, encrypted and signed.

They are no entries of the register: nothing of them holds before whoever writes has taken it in. Who can open the
register can open them; who has handed something over is proved by the key that signs that person's entries.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import Unavailable
from models.store.ciphers import WrongKey, derived, is_signed, random_bytes, unwrap, wrap
from models.store.files import read_regular, write_private
from models.store.vault import Vault

FOLDER = "handed"
_ENDING = ".handed"
_LARGEST = 4 * 1024 * 1024
_NONCE = 12
_PURPOSE = b"konak handed"


@dataclass(frozen=True, slots=True)
class Handed:
    """What somebody has handed over.

    Attributes:
        name: Of its file.
        slot: The way to the keys of who did.
        label: Of that way: the name of the person.
    """

    name: str
    slot: str
    label: str
    content: Mapping[str, Any]


def hand(vault: Vault, name: str, content: Mapping[str, Any]) -> None:
    """Hand something over, instead of what was handed over under this name.

    Args:
        vault: The person's open keys.
        name: Letters and digits; nothing of anybody stands in it.
        content: What JSON can hold.

    Raises:
        Unavailable: The disk says no.
    """
    raw = json.dumps(content).encode()
    signature = vault.sign(raw)
    said = {"slot": vault.slot_id, "content": raw.decode(), "signature": (signature or b"").hex()}
    nonce = random_bytes(_NONCE)
    sealed = nonce + wrap(json.dumps(said).encode(), _key(vault), nonce, name.encode())
    folder = vault.folder / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _says_no() from error
    write_private(folder / f"{name}{_ENDING}", sealed)


def handed(vault: Vault) -> Iterator[Handed]:
    """What lies there, of people who have a way to the keys now; what nobody can open or prove is passed over."""
    slots = {slot.id: slot for slot in vault.keys().slots}
    for path in sorted((vault.folder / FOLDER).glob(f"*{_ENDING}")):
        with suppress(OSError, WrongKey, ValueError, KeyError, TypeError, RecursionError):
            raw = read_regular(path, _LARGEST)
            said = json.loads(unwrap(raw[_NONCE:], _key(vault), raw[:_NONCE], path.stem.encode()))
            slot, content = slots[said["slot"]], str(said["content"])
            if is_signed(content.encode(), bytes.fromhex(said["signature"]), slot.signs):
                yield Handed(path.stem, slot.id, slot.label, json.loads(content))


def take_away(folder: Path, name: str) -> None:
    """Take away what was taken in.

    Raises:
        Unavailable: The disk says no.
    """
    try:
        (folder / FOLDER / f"{name}{_ENDING}").unlink(missing_ok=True)
    except OSError as error:
        raise _says_no() from error


def _key(vault: Vault) -> bytes:
    return derived(vault.opened.register_key, _PURPOSE)


def _says_no() -> Unavailable:
    return Unavailable(
        "The folder of the register cannot be written. Ask who looks after this computer to allow it, or copy "
        "the folder to a place that can be written."
    )
