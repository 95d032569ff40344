"""What a person had typed when the window went away: kept beside the register for that person alone.

It is no entry of the register: nothing of it holds, and it is in no backup. It is encrypted with a key that only the
person's own passphrase opens, so that an administrator reads in it as little as in what is sealed. What was typed
before a passphrase was forgotten cannot be opened any more.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from models.errors import Unavailable
from models.store.ciphers import WrongKey, derived, random_bytes, unwrap, wrap
from models.store.files import read_regular, write_private
from models.store.vault import Vault

FILE_NAME = "drafts.json"
_LARGEST = 16 * 1024 * 1024
_NONCE = 12
_PURPOSE = b"konak drafts"


def keep(vault: Vault, content: str) -> None:
    """Keep what a person has typed, instead of what was kept of theirs before; empty: keep nothing.

    Args:
        vault: The person's open keys.
        content: What was typed.

    Raises:
        Unavailable: The disk says no.
    """
    before = _load(vault.folder)
    theirs = {slot.id for slot in vault.keys().slots} - {vault.slot_id}
    kept = {slot: sealed for slot, sealed in before.items() if slot in theirs}
    signer = vault.opened.signer
    if content and signer is not None:
        nonce = random_bytes(_NONCE)
        sealed = nonce + wrap(content.encode(), derived(signer, _PURPOSE), nonce, _context(vault))
        kept[vault.slot_id] = sealed.hex()
    if kept == before:
        return
    if kept:
        write_private(vault.folder / FILE_NAME, json.dumps(kept).encode())
    else:
        forget(vault.folder)


def kept(vault: Vault) -> str:
    """What was kept of a person; empty where nothing was, or what was cannot be opened any more."""
    sealed = _load(vault.folder).get(vault.slot_id)
    signer = vault.opened.signer
    if sealed is None or signer is None:
        return ""
    with suppress(WrongKey, ValueError):
        raw = bytes.fromhex(sealed)
        return unwrap(raw[_NONCE:], derived(signer, _PURPOSE), raw[:_NONCE], _context(vault)).decode()
    return ""


def forget(folder: Path) -> None:
    """Keep nothing of anybody any more: on an erasing, since nobody can look whom it is about.

    Raises:
        Unavailable: The disk says no.
    """
    try:
        (folder / FILE_NAME).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(
            "The folder of the register cannot be written. Ask who looks after this computer to allow it, or copy "
            "the folder to a place that can be written."
        ) from error


def _context(vault: Vault) -> bytes:
    return vault.slot_id.encode()


def _load(folder: Path) -> dict[str, str]:
    with suppress(OSError, ValueError, RecursionError):
        raw = json.loads(read_regular(folder / FILE_NAME, _LARGEST))
        if isinstance(raw, Mapping):
            return {str(slot): sealed for slot, sealed in raw.items() if isinstance(sealed, str)}
    return {}
