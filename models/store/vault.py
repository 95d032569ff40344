"""The keys of an open register: what actions on people change in `keys.json`, at the end of their transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from models.errors import Refused
from models.store.keys import Keys, Opened, Recovery, Slot, Stretch
from models.store.recovery import secret_of
from models.store.sealing import unseal


@dataclass(frozen=True, slots=True)
class Source:
    """What a register is read from by connections of one's own: for a backup, and to check it.

    Attributes:
        folder: Of the register.
        key: Opens the encrypted file.
    """

    folder: Path
    key: bytes = field(repr=False)


@dataclass(slots=True)
class Vault:
    """What one person has unlocked.

    Attributes:
        folder: Of the register.
        slot_id: The person's own slot.
        opened: The keys that the slot opened.
        stretch: How hard new passphrases are stretched.
    """

    folder: Path
    slot_id: str
    opened: Opened = field(repr=False)
    stretch: Stretch = field(default_factory=Stretch)

    @property
    def can_unseal(self) -> bool:
        """Whether the person's slot wraps the seal's key."""
        return self.opened.seal is not None

    def unseal(self, sealed: bytes | None) -> str:
        """A sealed text, opened.

        Raises:
            Refused: The person's slot does not wrap the seal's key.
            Unavailable: The text was changed outside Konak.
        """
        if self.opened.seal is None:
            raise Refused(
                "You may read this, but nobody has given you the key yet. Ask a colleague who can read sealed notes "
                "to give it to you on the page Administration, or use the recovery sheet there."
            )
        return unseal(sealed, self.opened.seal)

    def keys(self) -> Keys:
        """What `keys.json` holds now.

        Raises:
            Unavailable: It cannot be read.
        """
        return Keys.load(self.folder)

    def write(self, changed: Keys) -> Callable[[], None]:
        """Write `keys.json`, and give the way back for a transaction that fails after it.

        Raises:
            Unavailable: It cannot be written.
        """
        before = self.keys()
        changed.save(self.folder)
        return lambda: before.save(self.folder)

    def new_slot(self, label: str, passphrase: str, seal: bytes | None = None) -> Slot:
        """A slot for a person, not written yet."""
        keys = self.keys()
        return Slot.make(keys.register_id, label, passphrase, self.opened.register_key, self.stretch, seal)

    def recovered(self, secret: bytes) -> Opened:
        """What the words of the recovery sheet open.

        Raises:
            Refused: There is no sheet, or the words are those of another one.
        """
        keys = self.keys()
        if keys.recovery is None:
            raise Refused("There is no recovery sheet for this register.", field="words")
        return keys.recovery.open(keys.register_id, secret)

    def new_recovery(self, secret: bytes, opened: Opened) -> Keys:
        """The keys with a new recovery sheet, not written yet; the old one is void then."""
        keys = self.keys()
        return replace(keys, recovery=Recovery.make(keys.register_id, secret, opened))


def seal_of(vault: Vault, words: str) -> bytes | None:
    """The seal's key, from the person's own slot or from the words of the recovery sheet; None where neither has it.

    Raises:
        Refused: The words are wrong.
    """
    if vault.opened.seal is not None or not words.strip():
        return vault.opened.seal
    return vault.recovered(secret_of(words)).seal
