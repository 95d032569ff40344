"""The key of a register and how passphrases wrap it: `keys.json`.

The register's key is random. Each person holds a slot: a key stretched from the passphrase by Argon2id wraps the
register's key by AES-GCM, and the slot's other fields are authenticated with it, so that none of them can be exchanged.
"""

import base64
import json
import secrets
import unicodedata
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.errors import Refused, Unavailable
from models.store.files import write_private

FORMAT = 1
FILE_NAME = "keys.json"
KEY_BYTES = 32
_SALT_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 12, 16
_MOST_MEMORY_KIB, _MOST_ROUNDS, _MOST_LANES = 4_194_304, 64, 64
"""More than a workstation will ever be asked for: a file that says so was damaged or tampered with."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """How hard a passphrase is stretched: Argon2id, about half a second on a workstation.

    Attributes:
        memory_kib: Memory in KiB.
        rounds: Passes over it.
        lanes: Parallel lanes.
    """

    memory_kib: int = 262_144
    rounds: int = 3
    lanes: int = 2

    def key(self, passphrase: str, salt: bytes) -> bytes:
        """The key that a passphrase and a salt give; a letter is the same however a keyboard composes it.

        Raises:
            Unavailable: There is not enough memory.
        """
        typed = unicodedata.normalize("NFC", passphrase).encode()
        try:
            return hash_secret_raw(typed, salt, self.rounds, self.memory_kib, self.lanes, KEY_BYTES, Type.ID)
        except HashingError as error:
            raise Unavailable(
                "This computer has not enough free memory to open the register. Close other programs, then try again."
            ) from error


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's way to the register's key.

    Attributes:
        id: The name of the slot, by which the register knows whose it is.
        label: The person's name, so that the unlock screen can list people before the register is open.
        salt: For the stretching.
        nonce: Of the wrapping.
        wrapped: The register's key, wrapped.
    """

    id: str
    label: str
    stretch: Stretch
    salt: bytes
    nonce: bytes
    wrapped: bytes

    def context(self, register_id: str) -> bytes:
        """What is authenticated beside the wrapped key."""
        fields = {"register": register_id, "id": self.id, "label": self.label, "stretch": asdict(self.stretch)}
        return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def make(cls, register_id: str, label: str, passphrase: str, key: bytes, stretch: Stretch) -> "Slot":
        """A new slot that opens to `key` with `passphrase`."""
        salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
        empty = cls(str(uuid4()), label, stretch, salt, nonce, b"")
        wrapped = AESGCM(stretch.key(passphrase, salt)).encrypt(nonce, key, empty.context(register_id))
        return replace(empty, wrapped=wrapped)

    def open(self, register_id: str, passphrase: str) -> bytes:
        """The register's key.

        Raises:
            Refused: The passphrase is wrong, or the slot was tampered with: the two cannot be told apart.
        """
        try:
            own = AESGCM(self.stretch.key(passphrase, self.salt))
            return own.decrypt(self.nonce, self.wrapped, self.context(register_id))
        except InvalidTag:
            raise Refused("This passphrase does not open the register. Type it again.", field="passphrase") from None


@dataclass(frozen=True, slots=True)
class Keys:
    """All slots of one register."""

    register_id: str
    slots: tuple[Slot, ...]

    @classmethod
    def new(cls, label: str, passphrase: str, stretch: Stretch) -> tuple["Keys", bytes]:
        """The keys of a new register with its first slot, and the register's key itself."""
        register_id, key = str(uuid4()), secrets.token_bytes(KEY_BYTES)
        return cls(register_id, (Slot.make(register_id, label, passphrase, key, stretch),)), key

    def slot(self, label: str | None = None) -> Slot:
        """The slot of a person, or the only one.

        Raises:
            Refused: Nobody of that name may open the register, or there are several and none was named.
        """
        found = [slot for slot in self.slots if label is None or slot.label == label]
        if len(found) != 1:
            raise Refused("Choose who you are.", field="person")
        return found[0]

    def save(self, folder: Path) -> None:
        """Write `keys.json` into the register's folder.

        Raises:
            Unavailable: It cannot be written.
        """
        slots = [
            {
                "id": slot.id,
                "label": slot.label,
                "kdf": {"name": "argon2id", **asdict(slot.stretch), "salt": _text(slot.salt)},
                "cipher": {"name": "aes-256-gcm", "nonce": _text(slot.nonce), "wrapped": _text(slot.wrapped)},
            }
            for slot in self.slots
        ]
        content = {"format": FORMAT, "register": self.register_id, "slots": slots}
        write_private(folder / FILE_NAME, json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n")

    @classmethod
    def load(cls, folder: Path) -> "Keys":
        """Read `keys.json` from the register's folder.

        Raises:
            Unavailable: It is missing, damaged, or from a newer Konak.
        """
        try:
            content = json.loads((folder / FILE_NAME).read_bytes())
            if not content["slots"]:
                raise ValueError("no slots")
            if content["format"] > FORMAT:
                raise Unavailable("This register was made by a newer Konak. Install the newest version, then open it.")
            return cls(str(content["register"]), tuple(_slot(raw) for raw in content["slots"]))
        except FileNotFoundError as error:
            raise Unavailable(
                "There is no register in this folder: the file keys.json is missing. "
                "Choose the folder of the register, or restore a backup."
            ) from error
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise Unavailable(
                "The file keys.json of this register cannot be read. Restore it from a backup; without it the register "
                "cannot be opened."
            ) from error


def _slot(raw: dict[str, Any]) -> Slot:
    kdf, cipher = raw["kdf"], raw["cipher"]
    if kdf["name"] != "argon2id" or cipher["name"] != "aes-256-gcm":
        raise ValueError("unknown key derivation or cipher")
    stretch = Stretch(int(kdf["memory_kib"]), int(kdf["rounds"]), int(kdf["lanes"]))
    salt, nonce, wrapped = _bytes(kdf["salt"]), _bytes(cipher["nonce"]), _bytes(cipher["wrapped"])
    if not (
        1 <= stretch.rounds <= _MOST_ROUNDS
        and 1 <= stretch.lanes <= _MOST_LANES
        and 8 * stretch.lanes <= stretch.memory_kib <= _MOST_MEMORY_KIB
        and (len(salt), len(nonce), len(wrapped)) == (_SALT_BYTES, _NONCE_BYTES, KEY_BYTES + _TAG_BYTES)
    ):
        raise ValueError("no slot that this program makes")
    return Slot(str(raw["id"]), str(raw["label"]), stretch, salt, nonce, wrapped)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
