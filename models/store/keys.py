"""The keys of a register and how passphrases open them: `keys.json`.

There are two. The register's key opens the encrypted file. The seal's key opens what is sealed inside it: texts are
sealed with its public half, which stands in the register, so that whoever may enter a sealed text need not be able to
read it again. Both are random.

Each person holds a slot with a pair of keys of its own. A key stretched from the passphrase by Argon2id wraps the
private half by AES-GCM, and all other fields of the slot are authenticated with it, so that none of them can be
exchanged. To the public half the register's key is boxed by HPKE, and the seal's key too where the role may read what
is sealed. So a key can be given to a person without knowing the passphrase, and an administrator, whose slot has no
box with the seal's key, cannot read what is sealed, not even by SQL.

The recovery sheet wraps both keys under words that stand on paper alone.
"""

import base64
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from models.errors import Refused, Unavailable
from models.store.ciphers import (
    BOX_BYTES,
    KEY_BYTES,
    TAG_BYTES,
    Pair,
    WrongKey,
    box,
    derived,
    random_bytes,
    stretched,
    unbox,
    unwrap,
    wrap,
)
from models.store.files import read_regular, write_private

FORMAT = 2
FILE_NAME = "keys.json"
LEVEL = 1
"""How hard this program stretches passphrases. A slot of a lower level is stretched anew when it is opened next."""
_SALT_BYTES, _NONCE_BYTES = 16, 12
_MOST_MEMORY_KIB, _MOST_ROUNDS, _MOST_LANES = 1_048_576, 16, 16
"""More than a workstation will ever be asked for: a file that says so was damaged or tampered with."""
LARGEST_FILE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stretch:
    """How hard a passphrase is stretched: Argon2id, about half a second on a workstation.

    Attributes:
        memory_kib: Memory in KiB.
        rounds: Passes over it.
        lanes: Parallel lanes.
        level: The `LEVEL` of the program that chose them.
    """

    memory_kib: int = 262_144
    rounds: int = 5
    lanes: int = 2
    level: int = LEVEL

    def key(self, passphrase: str, salt: bytes) -> bytes:
        """The key that a passphrase and a salt give.

        Raises:
            Unavailable: There is not enough memory.
        """
        return stretched(passphrase, salt, memory_kib=self.memory_kib, rounds=self.rounds, lanes=self.lanes)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a passphrase or a recovery sheet opens.

    Attributes:
        register_key: Opens the encrypted file.
        seal: The private half of the seal's key; None where the slot has no box with it.
        earlier_key: The register's key before a change of keys that did not come to its end; None where there is none.
    """

    register_key: bytes
    seal: bytes | None
    earlier_key: bytes | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's way to the keys.

    Attributes:
        id: The name of the slot, by which the register knows whose it is.
        label: The person's name, so that the unlock screen can list people before the register is open.
        stretch: How the passphrase is stretched.
        salt: For the stretching.
        nonce: Of the wrapping.
        public: The public half of the slot's own key.
        wrapped: Its private half, wrapped by the passphrase.
        register: The box with the register's key.
        sealed: The box with the seal's key; None where the role may not read what is sealed, or nobody gave it yet.
        earlier: The box with the register's key before a change of keys that is still under way.
    """

    id: str
    label: str
    stretch: Stretch
    salt: bytes
    nonce: bytes
    public: bytes
    wrapped: bytes
    register: bytes
    sealed: bytes | None = None
    earlier: bytes | None = None

    def context(self, register_id: str) -> bytes:
        """What is authenticated beside the wrapped key."""
        return _canonical(
            register=register_id,
            id=self.id,
            label=self.label,
            stretch=asdict(self.stretch),
            salt=_text(self.salt),
            public=_text(self.public),
        )

    @classmethod
    def make(
        cls, register_id: str, label: str, passphrase: str, key: bytes, stretch: Stretch, seal: bytes | None = None
    ) -> "Slot":
        """A new slot that opens to `key`, and to the seal's key where it is given, with `passphrase`."""
        pair = Pair.make()
        empty = cls(str(uuid4()), label, stretch, b"", b"", pair.public, b"", b"")
        slot = empty._wrap(register_id, passphrase, pair.private, stretch).rekeyed(register_id, key, None)
        return slot if seal is None else slot.granted(register_id, seal)

    def private(self, register_id: str, passphrase: str) -> bytes:
        """The private half of the slot's own key.

        Raises:
            Refused: The passphrase is wrong, or the slot was tampered with: the two cannot be told apart.
        """
        try:
            own = self.stretch.key(passphrase, self.salt)
            return unwrap(self.wrapped, own, self.nonce, self.context(register_id))
        except WrongKey:
            raise Refused("This passphrase does not open the register. Type it again.", field="passphrase") from None

    def open(self, register_id: str, passphrase: str) -> Opened:
        """The keys that the passphrase opens.

        Raises:
            Refused: The passphrase is wrong, or the slot was tampered with: the two cannot be told apart.
            Unavailable: A box of the slot was tampered with or damaged.
        """
        private = self.private(register_id, passphrase)
        try:
            return Opened(
                unbox(self.register, private, self._purpose(register_id, "register")),
                None if self.sealed is None else unbox(self.sealed, private, self._purpose(register_id, "sealed")),
                None if self.earlier is None else unbox(self.earlier, private, self._purpose(register_id, "earlier")),
            )
        except WrongKey as error:
            raise _unreadable() from error

    def rewrapped(self, register_id: str, old: str, new: str, stretch: Stretch) -> "Slot":
        """The same slot under another passphrase, or under the same one stretched harder.

        Raises:
            Refused: The old passphrase is wrong.
        """
        return self._wrap(register_id, new, self.private(register_id, old), stretch)

    def granted(self, register_id: str, seal: bytes) -> "Slot":
        """The same slot with the box that holds the seal's key; the passphrase need not be known."""
        return replace(self, sealed=box(seal, self.public, self._purpose(register_id, "sealed")))

    def bereft(self) -> "Slot":
        """The same slot without the box that holds the seal's key."""
        return replace(self, sealed=None)

    def rekeyed(self, register_id: str, key: bytes, earlier: bytes | None) -> "Slot":
        """The same slot for another register's key; `earlier` is kept beside it while the file is written anew."""
        slot = replace(self, register=box(key, self.public, self._purpose(register_id, "register")))
        if earlier is None:
            return replace(slot, earlier=None)
        return replace(slot, earlier=box(earlier, self.public, self._purpose(register_id, "earlier")))

    def _wrap(self, register_id: str, passphrase: str, private: bytes, stretch: Stretch) -> "Slot":
        salt, nonce = random_bytes(_SALT_BYTES), random_bytes(_NONCE_BYTES)
        slot = replace(self, stretch=stretch, salt=salt, nonce=nonce)
        own = stretch.key(passphrase, salt)
        return replace(slot, wrapped=wrap(private, own, nonce, slot.context(register_id)))

    def _purpose(self, register_id: str, what: str) -> bytes:
        return _canonical(register=register_id, slot=self.id, what=what)


def new_number() -> str:
    """A number for a recovery sheet, by which one can tell whether it is the one that holds."""
    return random_bytes(4).hex().upper()


@dataclass(frozen=True, slots=True)
class Recovery:
    """The way to both keys for the words of a recovery sheet. The words are random, so they need no stretching.

    Attributes:
        id: Stands on the sheet, so that one can tell whether a sheet is the one in force.
        nonce: Of the wrapping.
        wrapped: The register's key, the seal's key, and where the register's key was changed the one before, one
            behind the other.
    """

    id: str
    nonce: bytes
    wrapped: bytes

    @classmethod
    def make(cls, register_id: str, secret: bytes, opened: Opened, number: str = "") -> "Recovery":
        """A new way for a new secret; `number` is what the sheet is called, of `new_number` if it is not given.

        Raises:
            Refused: Whoever asks cannot read what is sealed, so the sheet could not open it.
        """
        if opened.seal is None:
            raise Refused(
                "A new recovery sheet must open what is sealed too, and you may not read that. Type the words of the "
                "sheet that holds so far, or let somebody make it who may read sealed notes.",
                field="words",
            )
        return cls(number or new_number(), b"", b"").rewrapped(register_id, secret, replace(opened, earlier_key=None))

    def open(self, register_id: str, secret: bytes) -> Opened:
        """Both keys.

        Raises:
            Refused: The words are those of another sheet.
        """
        try:
            content = unwrap(self.wrapped, _recovery_key(secret), self.nonce, self._context(register_id))
        except WrongKey:
            raise Refused(
                "These words do not open the register. Look whether the sheet carries the number {sheet}; an older "
                "sheet does not hold any more.",
                field="words",
                sheet=self.id,
            ) from None
        return Opened(content[:KEY_BYTES], content[KEY_BYTES : 2 * KEY_BYTES], content[2 * KEY_BYTES :] or None)

    def rewrapped(self, register_id: str, secret: bytes, opened: Opened) -> "Recovery":
        """The same sheet for other keys; `opened` holds the seal's key, and perhaps an earlier key of the register.

        Raises:
            ValueError: It does not hold the seal's key.
        """
        if opened.seal is None:
            raise ValueError("a recovery sheet opens what is sealed too")
        fresh = replace(self, nonce=random_bytes(_NONCE_BYTES))
        content = opened.register_key + opened.seal + (opened.earlier_key or b"")
        wrapped = wrap(content, _recovery_key(secret), fresh.nonce, self._context(register_id))
        return replace(fresh, wrapped=wrapped)

    def _context(self, register_id: str) -> bytes:
        return _canonical(register=register_id, recovery=self.id)


def _recovery_key(secret: bytes) -> bytes:
    return derived(secret, b"konak recovery sheet")


@dataclass(frozen=True, slots=True)
class Keys:
    """All slots of one register, and its recovery sheet."""

    register_id: str
    slots: tuple[Slot, ...]
    recovery: Recovery | None = None

    @classmethod
    def new(cls, label: str, passphrase: str, stretch: Stretch, secret: bytes) -> tuple["Keys", bytes, Pair]:
        """The keys of a new register with its first slot, an administrator's, and its recovery sheet.

        Args:
            label: The administrator's name.
            passphrase: The administrator's.
            stretch: How hard it is stretched.
            secret: What the words of the recovery sheet stand for.

        Returns:
            The keys, the register's key itself, and the pair of the seal.
        """
        register_id, key, seal = str(uuid4()), random_bytes(KEY_BYTES), Pair.make()
        slot = Slot.make(register_id, label, passphrase, key, stretch)
        recovery = Recovery.make(register_id, secret, Opened(key, seal.private))
        return cls(register_id, (slot,), recovery), key, seal

    def slot(self, label: str | None = None) -> Slot:
        """The slot of a person, or the only one.

        Raises:
            Refused: Nobody of that name may open the register, or there are several and none was named.
        """
        found = [slot for slot in self.slots if label is None or slot.label == label]
        if len(found) != 1:
            raise Refused("Choose who you are.", field="person")
        return found[0]

    def slot_of(self, slot_id: str) -> Slot | None:
        """The slot of this name."""
        return next((slot for slot in self.slots if slot.id == slot_id), None)

    def put(self, slot: Slot) -> "Keys":
        """The keys with this slot, in the place of the one of the same name, or behind the others."""
        if self.slot_of(slot.id) is None:
            return replace(self, slots=(*self.slots, slot))
        return replace(self, slots=tuple(slot if each.id == slot.id else each for each in self.slots))

    def without(self, slot_id: str) -> "Keys":
        """The keys without a slot."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.id != slot_id))

    def recovered(self, secret: bytes) -> Opened:
        """What the words of the recovery sheet open.

        Raises:
            Refused: There is no sheet, or the words are those of another one.
        """
        if self.recovery is None:
            raise Refused("There is no recovery sheet for this register.", field="words")
        return self.recovery.open(self.register_id, secret)

    def save(self, folder: Path) -> None:
        """Write `keys.json` into the register's folder.

        Raises:
            Unavailable: It cannot be written.
        """
        write_private(folder / FILE_NAME, self.as_bytes())

    def as_bytes(self) -> bytes:
        """The content of `keys.json`."""
        content: dict[str, Any] = {
            "format": FORMAT,
            "register": self.register_id,
            "slots": [_raw_slot(slot) for slot in self.slots],
            "recovery": None,
        }
        if self.recovery is not None:
            content["recovery"] = {
                "id": self.recovery.id,
                "cipher": {
                    "name": "aes-256-gcm",
                    "nonce": _text(self.recovery.nonce),
                    "wrapped": _text(self.recovery.wrapped),
                },
            }
        return json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n"

    @classmethod
    def load(cls, folder: Path, name: str = FILE_NAME) -> "Keys":
        """Read `keys.json`, or another file of keys, from the register's folder.

        Raises:
            Unavailable: It is missing, damaged, or from a newer Konak.
        """
        try:
            return cls.parse(read_regular(folder / name, LARGEST_FILE))
        except FileNotFoundError as error:
            raise Unavailable(
                "There is no register in this folder: the file keys.json is missing. "
                "Choose the folder of the register, or restore a backup."
            ) from error
        except OSError as error:
            raise _unreadable() from error

    @classmethod
    def parse(cls, raw: bytes) -> "Keys":
        """The keys that the content of a `keys.json` holds.

        Raises:
            Unavailable: It is damaged, or from a newer Konak.
        """
        try:
            content = json.loads(raw)
            if not content["slots"]:
                raise ValueError("no slots")
            if content["format"] > FORMAT:
                raise Unavailable("This register was made by a newer Konak. Install the newest version, then open it.")
            recovery = content["recovery"]
            return cls(
                str(content["register"]),
                tuple(_slot(each) for each in content["slots"]),
                None if recovery is None else _recovery(recovery),
            )
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise _unreadable() from error


def _unreadable() -> Unavailable:
    return Unavailable(
        "The file keys.json of this register cannot be read. Restore it from a backup; without it the register "
        "cannot be opened."
    )


def _raw_slot(slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "label": slot.label,
        "kdf": {"name": "argon2id", **asdict(slot.stretch), "salt": _text(slot.salt)},
        "cipher": {"name": "aes-256-gcm", "nonce": _text(slot.nonce), "wrapped": _text(slot.wrapped)},
        "public": _text(slot.public),
        "boxes": {
            "name": "hpke-x25519-hkdf-sha256-aes-256-gcm",
            "register": _text(slot.register),
            "sealed": None if slot.sealed is None else _text(slot.sealed),
            "earlier": None if slot.earlier is None else _text(slot.earlier),
        },
    }


def _slot(raw: dict[str, Any]) -> Slot:
    kdf, cipher, boxes = raw["kdf"], raw["cipher"], raw["boxes"]
    if kdf["name"] != "argon2id" or cipher["name"] != "aes-256-gcm" or not boxes["name"].startswith("hpke-x25519-"):
        raise ValueError("unknown key derivation or cipher")
    stretch = Stretch(int(kdf["memory_kib"]), int(kdf["rounds"]), int(kdf["lanes"]), int(kdf["level"]))
    slot = Slot(
        str(raw["id"]),
        str(raw["label"]),
        stretch,
        _bytes(kdf["salt"], _SALT_BYTES),
        _bytes(cipher["nonce"], _NONCE_BYTES),
        _bytes(raw["public"], KEY_BYTES),
        _bytes(cipher["wrapped"], KEY_BYTES + TAG_BYTES),
        _bytes(boxes["register"], KEY_BYTES + BOX_BYTES),
        None if boxes["sealed"] is None else _bytes(boxes["sealed"], KEY_BYTES + BOX_BYTES),
        None if boxes["earlier"] is None else _bytes(boxes["earlier"], KEY_BYTES + BOX_BYTES),
    )
    if not (
        1 <= stretch.rounds <= _MOST_ROUNDS
        and 1 <= stretch.lanes <= _MOST_LANES
        and 8 * stretch.lanes <= stretch.memory_kib <= _MOST_MEMORY_KIB
    ):
        raise ValueError("no slot that this program makes")
    return slot


def _recovery(raw: dict[str, Any]) -> Recovery:
    cipher = raw["cipher"]
    if cipher["name"] != "aes-256-gcm":
        raise ValueError("unknown cipher")
    wrapped = base64.b64decode(cipher["wrapped"], validate=True)
    if len(wrapped) not in (2 * KEY_BYTES + TAG_BYTES, 3 * KEY_BYTES + TAG_BYTES):
        raise ValueError("no sheet that this program makes")
    return Recovery(str(raw["id"]), _bytes(cipher["nonce"], _NONCE_BYTES), wrapped)


def _canonical(**fields: object) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str, length: int) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if len(raw) != length:
        raise ValueError("no key that this program makes")
    return raw
