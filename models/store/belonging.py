"""Which ways to the keys belong to the people of a register, and what `keys.json` is to hold.

Whoever can write into the folder of a register can write a slot into `keys.json`, or put back an older one. So no key
is boxed to a slot, and none is written, that was not held against the people of the register before.
"""

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entities.people import KeyFile, User
from models.errors import Refused
from models.store.keys import Keys, Slot


def digest_of(keys: Keys) -> str:
    """The hash by which the register knows what `keys.json` holds."""
    return sha256(keys.as_bytes()).hexdigest()


def is_of(user: User, slot: Slot) -> bool:
    """Whether a slot is the one that was made for a person; nobody knows yet what signs for one of an earlier Konak."""
    return (slot.id, slot.public) == (user.slot, user.public) and user.signs in (slot.signs, None)


def belonging(session: Session, keys: Keys) -> Keys:
    """The keys with nothing in them but what belongs to the people of the register, as it may be there."""
    people = {user.slot: user for user in session.scalars(select(User).where(User.is_active))}
    slots = [slot for slot in keys.slots if slot.id in people and is_of(people[slot.id], slot)]
    told = session.get(KeyFile, 1)
    recovery = keys.recovery
    if recovery is not None and told is not None:
        recovery = (
            recovery if (recovery.public, recovery.signs) == (told.recovery_public, told.recovery_signs) else None
        )
    held = tuple(slot if people[slot.id].may_unseal else slot.bereft() for slot in slots)
    return Keys(keys.register_id, held, recovery)


def strangers(session: Session, keys: Keys) -> Iterator[str]:
    """The names on what does not belong there: of slots, and the number of a recovery sheet."""
    proper = belonging(session, keys)
    yield from (slot.label for slot in keys.slots if proper.slot_of(slot.id) != slot)
    if keys.recovery is not None and proper.recovery is None:
        yield keys.recovery.id


def is_as_told(session: Session, keys: Keys) -> bool:
    """Whether `keys.json` is what the register says; where an earlier Konak has written it, nothing is said of it."""
    told = session.get(KeyFile, 1)
    return told is None or told.digest == digest_of(keys)


def check_belongs(session: Session, keys: Keys) -> None:
    """Refuse to write keys among which something does not belong to the people of the register.

    Raises:
        Refused: Naming it.
    """
    found = sorted(strangers(session, keys))
    if found:
        raise Refused(
            "The file keys.json holds what does not belong to anybody of this register: {names}. Somebody has put it "
            "there. Let an administrator take it out on the page Administration, and find out who it was.",
            names=", ".join(found),
        )


def tell(session: Session, keys: Keys) -> None:
    """Keep in the register what `keys.json` holds from the end of the transaction on."""
    row = session.get(KeyFile, 1)
    if row is None:
        row = KeyFile(id=1)
        session.add(row)
    row.digest = digest_of(keys)
    sheet = keys.recovery
    row.recovery_public, row.recovery_signs = (None, None) if sheet is None else (sheet.public, sheet.signs)
