"""The keys of an open register, and what actions on people make of them."""

from dataclasses import dataclass, field
from pathlib import Path

from models.errors import Refused
from models.store import staged_keys
from models.store.ciphers import sign
from models.store.keys import Keys, Opened, Slot, Stretch
from models.store.recovery import secret_of
from models.store.sealing import Place, unseal
from models.store.seen import Seen


@dataclass(frozen=True, slots=True)
class Source:
    """What a register is read from by connections of one's own: for a backup, and to check it.

    Attributes:
        folder: Of the register.
        key: Opens the encrypted file.
        seen: What this workstation has seen of it.
    """

    folder: Path
    key: bytes = field(repr=False)
    seen: Seen | None = None


@dataclass(slots=True)
class Vault:
    """What one person has unlocked.

    Attributes:
        folder: Of the register.
        slot: The person's own.
        opened: The keys that the slot opened.
        stretch: How hard new passphrases are stretched.
    """

    folder: Path
    slot: Slot
    opened: Opened = field(repr=False)
    stretch: Stretch = field(default_factory=Stretch)
    _is_behind: bool = False

    @property
    def slot_id(self) -> str:
        """The name of the person's own slot."""
        return self.slot.id

    def sign(self, content: bytes) -> bytes | None:
        """The person's signature of a content; None with the keys of an earlier Konak, which are made anew at once."""
        return None if self.opened.signer is None else sign(content, self.opened.signer)

    @property
    def can_unseal(self) -> bool:
        """Whether the person's slot wraps the seal's key."""
        return self.opened.seal is not None

    def unseal(self, sealed: bytes | None, place: Place) -> str:
        """A sealed text, opened, which stands in this place.

        Raises:
            Refused: The person's slot does not wrap the seal's key.
            Unavailable: The text was changed outside Konak.
        """
        if self.opened.seal is None:
            raise Refused(
                "You may read this, but nobody has given you the key yet. Ask a colleague who can read sealed notes "
                "to give it to you on the page Administration, or use the recovery sheet there."
            )
        return unseal(sealed, self.opened.seal, place)

    def keys(self) -> Keys:
        """The keys that hold now.

        Raises:
            Unavailable: It cannot be read.
        """
        if self._is_behind:
            self.take_over()
        return staged_keys.load(self.folder) if self._is_behind else Keys.load(self.folder)

    def take_over(self) -> None:
        """Let the keys hold that a committed change has laid beside the old ones.

        Where another program holds `keys.json` at the moment, they are taken from there until it lets go.
        """
        self._is_behind = not staged_keys.take_over(self.folder)

    def new_slot(self, label: str, passphrase: str, seal: bytes | None = None) -> tuple[Slot, Opened]:
        """A slot for a person, not written yet, and what it opens."""
        keys = Opened(self.opened.register_key, seal)
        return Slot.make(self.keys().register_id, label, passphrase, keys, self.stretch)

    def recovered(self, secret: bytes) -> Opened:
        """What the words of the recovery sheet open.

        Raises:
            Refused: There is no sheet, or the words are those of another one.
        """
        return self.keys().recovered(secret)


def seal_of(vault: Vault, words: str) -> bytes | None:
    """The seal's key, from the person's own slot or from the words of the recovery sheet; None where neither has it.

    Raises:
        Refused: The words are wrong.
    """
    if vault.opened.seal is not None or not words.strip():
        return vault.opened.seal
    return vault.recovered(secret_of(words)).seal
