"""The keys of a register and how passphrases open them: `keys.json`.

There are two. The register's key opens the encrypted file. The seal's key opens what is sealed inside it: texts are
sealed with its public half, which stands in the register, so that whoever may enter a sealed text need not be able to
read it again. Both are random.

Each person holds a slot with two pairs of keys of its own: one to which boxes are sealed, one that signs the entries of
the trail. A key stretched from the passphrase by Argon2id wraps both private halves by AES-GCM, and all other fields of
the slot are authenticated with them, so that none of them can be exchanged. To the public half the register's key is
boxed by HPKE, and the seal's key too where the role may read what is sealed. So a key can be given to a person without
knowing the passphrase, and an administrator, whose slot has no box with the seal's key, cannot read what is sealed, not
even by SQL. Each passphrase has pairs of its own: what an earlier one opens is never given a later key.

The words of the recovery sheet give two such pairs too, so that a sheet can be given other keys without its words.
"""

import base64
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from models.errors import Refused, Unavailable
from models.store.ciphers import (
    BOX_BYTES,
    KEY_BYTES,
    TAG_BYTES,
    Pair,
    Signer,
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

FORMAT = 3
FILE_NAME = "keys.json"
LEVEL = 2
"""How this program makes slots. One of a lower level is made anew when its owner opens the register next."""
_SALT_BYTES, _NONCE_BYTES = 16, 12
_MOST_MEMORY_KIB, _MOST_ROUNDS, _MOST_LANES = 1_048_576, 16, 16
"""More than a workstation will ever be asked for: a file that says so was damaged or tampered with."""
LARGEST_FILE = 4 * 1024 * 1024
_BOXED_RECOVERY = 3
"""The sheet of an earlier format cannot be given other keys without its words, so it does not hold any more."""


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
        signer: The private half that signs entries of the trail; None in a slot that an earlier Konak has made.
    """

    register_key: bytes
    seal: bytes | None
    signer: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Boxes:
    """What a way to the keys holds for the public half of its own key.

    Attributes:
        id: The name of the way; no two of a register are alike.
        public: The public half of its own key, to which keys are boxed.
        signs: The public half of the key that signs for it; empty in a slot that an earlier Konak has made.
        register: The box with the register's key.
        sealed: The box with the seal's key; None where the role may not read what is sealed, or nobody gave it yet.
    """

    id: str
    public: bytes
    signs: bytes
    register: bytes = b""
    sealed: bytes | None = None

    def given(self, register_id: str, keys: Opened) -> Self:
        """The same way to these keys, without the seal's where it is not among them; nothing secret need be known.

        Raises:
            Unavailable: Its public half is none to which anything can be boxed.
        """
        return replace(
            self,
            register=self._box(register_id, "register", keys.register_key),
            sealed=None if keys.seal is None else self._box(register_id, "sealed", keys.seal),
        )

    def granted(self, register_id: str, seal: bytes) -> Self:
        """The same way with the box that holds the seal's key."""
        return replace(self, sealed=self._box(register_id, "sealed", seal))

    def bereft(self) -> Self:
        """The same way without the box that holds the seal's key."""
        return replace(self, sealed=None)

    def _box(self, register_id: str, what: str, key: bytes) -> bytes:
        try:
            return box(key, self.public, self._purpose(register_id, what))
        except WrongKey as error:
            raise _unreadable() from error

    def _opened(self, register_id: str, private: bytes, signer: bytes | None) -> Opened:
        """What the boxes hold.

        Raises:
            Unavailable: A box was tampered with or damaged.
        """
        try:
            return Opened(
                unbox(self.register, private, self._purpose(register_id, "register")),
                None if self.sealed is None else unbox(self.sealed, private, self._purpose(register_id, "sealed")),
                signer,
            )
        except WrongKey as error:
            raise _unreadable() from error

    def _purpose(self, register_id: str, what: str) -> bytes:
        return _canonical(register=register_id, slot=self.id, what=what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot(_Boxes):
    """One person's way to the keys, by whose `id` the register knows whose it is.

    Attributes:
        label: The person's name, so that the unlock screen can list people before the register is open.
        stretch: How the passphrase is stretched.
        salt: For the stretching.
        nonce: Of the wrapping.
        wrapped: The private halves of its own keys, one behind the other, wrapped by the passphrase.
    """

    label: str
    stretch: Stretch
    salt: bytes
    nonce: bytes
    wrapped: bytes = b""

    def context(self, register_id: str) -> bytes:
        """What is authenticated beside the wrapped keys."""
        signs = {"signs": _text(self.signs)} if self.signs else {}
        return _canonical(
            register=register_id,
            id=self.id,
            label=self.label,
            stretch=asdict(self.stretch),
            salt=_text(self.salt),
            public=_text(self.public),
            **signs,
        )

    @classmethod
    def make(
        cls, register_id: str, label: str, passphrase: str, keys: Opened, stretch: Stretch
    ) -> tuple["Slot", Opened]:
        """A new slot that opens to these keys, and what it opens: they, and the key that signs for it."""
        pair, signer = Pair.make(), Signer.make()
        salt, nonce = random_bytes(_SALT_BYTES), random_bytes(_NONCE_BYTES)
        slot = cls(
            id=str(uuid4()),
            label=label,
            stretch=stretch,
            salt=salt,
            nonce=nonce,
            public=pair.public,
            signs=signer.public,
        ).given(register_id, keys)
        content = pair.private + signer.private
        wrapped = wrap(content, stretch.key(passphrase, salt), nonce, slot.context(register_id))
        return replace(slot, wrapped=wrapped), replace(keys, signer=signer.private)

    def open(self, register_id: str, passphrase: str) -> Opened:
        """The keys that the passphrase opens.

        Raises:
            Refused: The passphrase is wrong, or the slot was tampered with: the two cannot be told apart.
            Unavailable: A box of the slot was tampered with or damaged.
        """
        try:
            own = self.stretch.key(passphrase, self.salt)
            content = unwrap(self.wrapped, own, self.nonce, self.context(register_id))
        except WrongKey:
            raise Refused("This passphrase does not open the register. Type it again.", field="passphrase") from None
        return self._opened(register_id, content[:KEY_BYTES], content[KEY_BYTES:] or None)


def new_number() -> str:
    """A number for a recovery sheet, by which one can tell whether it is the one that holds."""
    return random_bytes(4).hex().upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery(_Boxes):
    """The way to both keys for the words of a recovery sheet, whose number is its `id`.

    The words are random, so they need no stretching: the pairs are derived from what they stand for.
    """

    @classmethod
    def make(cls, register_id: str, secret: bytes, keys: Opened, number: str = "") -> "Recovery":
        """A new way for a new secret; `number` is what the sheet is called, of `new_number` if it is not given.

        Raises:
            Refused: Whoever asks cannot read what is sealed, so the sheet could not open it.
        """
        if keys.seal is None:
            raise Refused(
                "A new recovery sheet must open what is sealed too, and you may not read that. Type the words of the "
                "sheet that holds so far, or let somebody make it who may read sealed notes.",
                field="words",
            )
        pair, signer = _pairs_of(secret)
        return cls(id=number or new_number(), public=pair.public, signs=signer.public).given(register_id, keys)

    def open(self, register_id: str, secret: bytes) -> Opened:
        """Both keys, and the one that signs for the sheet.

        Raises:
            Refused: The words are those of another sheet.
            Unavailable: A box was tampered with or damaged.
        """
        pair, signer = _pairs_of(secret)
        if pair.public != self.public:
            raise Refused(
                "These words do not open the register. Look whether the sheet carries the number {sheet}; an older "
                "sheet does not hold any more.",
                field="words",
                sheet=self.id,
            )
        return self._opened(register_id, pair.private, signer.private)


def _pairs_of(secret: bytes) -> tuple[Pair, Signer]:
    return Pair.of(derived(secret, b"konak recovery sheet")), Signer.of(derived(secret, b"konak recovery signature"))


@dataclass(frozen=True, slots=True)
class Keys:
    """All slots of one register, and its recovery sheet."""

    register_id: str
    slots: tuple[Slot, ...]
    recovery: Recovery | None = None

    @classmethod
    def new(cls, label: str, passphrase: str, stretch: Stretch, secret: bytes) -> tuple["Keys", Opened, Pair]:
        """The keys of a new register with its first slot, an administrator's, and its recovery sheet.

        Args:
            label: The administrator's name.
            passphrase: The administrator's.
            stretch: How hard it is stretched.
            secret: What the words of the recovery sheet stand for.

        Returns:
            The keys, what the slot opens, and the pair of the seal.
        """
        register_id, key, seal = str(uuid4()), random_bytes(KEY_BYTES), Pair.make()
        slot, opened = Slot.make(register_id, label, passphrase, Opened(key, None), stretch)
        recovery = Recovery.make(register_id, secret, Opened(key, seal.private))
        return cls(register_id, (slot,), recovery), opened, seal

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

    def bereave(self, slot_id: str) -> "Keys":
        """The keys in which a slot does not hold that of the seal."""
        return replace(self, slots=tuple(slot.bereft() if slot.id == slot_id else slot for slot in self.slots))

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
            "recovery": None if self.recovery is None else _raw_boxes(self.recovery),
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
            recovery = content["recovery"] if content["format"] >= _BOXED_RECOVERY else None
            return cls(
                str(content["register"]),
                tuple(_slot(each) for each in content["slots"]),
                None if recovery is None else Recovery(**_boxes(recovery)),
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
        "label": slot.label,
        "kdf": {"name": "argon2id", **asdict(slot.stretch), "salt": _text(slot.salt)},
        "cipher": {"name": "aes-256-gcm", "nonce": _text(slot.nonce), "wrapped": _text(slot.wrapped)},
        **_raw_boxes(slot),
    }


def _raw_boxes(way: _Boxes) -> dict[str, Any]:
    return {
        "id": way.id,
        "public": _text(way.public),
        "signs": _text(way.signs),
        "boxes": {
            "name": "hpke-x25519-hkdf-sha256-aes-256-gcm",
            "register": _text(way.register),
            "sealed": None if way.sealed is None else _text(way.sealed),
        },
    }


def _slot(raw: dict[str, Any]) -> Slot:
    kdf, cipher = raw["kdf"], raw["cipher"]
    if kdf["name"] != "argon2id" or cipher["name"] != "aes-256-gcm":
        raise ValueError("unknown key derivation or cipher")
    stretch = Stretch(int(kdf["memory_kib"]), int(kdf["rounds"]), int(kdf["lanes"]), int(kdf["level"]))
    boxes = _boxes(raw)
    private_halves = 2 if boxes["signs"] else 1
    slot = Slot(
        label=_said(raw["label"]),
        stretch=stretch,
        salt=_bytes(kdf["salt"], _SALT_BYTES),
        nonce=_bytes(cipher["nonce"], _NONCE_BYTES),
        wrapped=_bytes(cipher["wrapped"], private_halves * KEY_BYTES + TAG_BYTES),
        **boxes,
    )
    if not (
        1 <= stretch.rounds <= _MOST_ROUNDS
        and 1 <= stretch.lanes <= _MOST_LANES
        and 8 * stretch.lanes <= stretch.memory_kib <= _MOST_MEMORY_KIB
    ):
        raise ValueError("no slot that this program makes")
    return slot


def _boxes(raw: dict[str, Any]) -> dict[str, Any]:
    boxes, signs = raw["boxes"], raw.get("signs", "")
    if not boxes["name"].startswith("hpke-x25519-"):
        raise ValueError("unknown boxes")
    return {
        "id": _said(raw["id"]),
        "public": _bytes(raw["public"], KEY_BYTES),
        "signs": _bytes(signs, KEY_BYTES) if signs else b"",
        "register": _bytes(boxes["register"], KEY_BYTES + BOX_BYTES),
        "sealed": None if boxes["sealed"] is None else _bytes(boxes["sealed"], KEY_BYTES + BOX_BYTES),
    }


def _said(raw: object) -> str:
    """A text that can be shown and hashed."""
    text = str(raw)
    text.encode()  # half a letter is none: a UnicodeEncodeError is a ValueError
    return text


def _canonical(**fields: object) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str, length: int) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if len(raw) != length:
        raise ValueError("no key that this program makes")
    return raw
