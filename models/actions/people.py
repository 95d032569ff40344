"""Who works with the register: added, given another role or passphrase, removed; the keys, and who holds them."""

from dataclasses import replace

from sqlalchemy import select

from models.entities.facility import Facility
from models.entities.people import KeyFile, User
from models.errors import Refused
from models.ids import UserId
from models.rules.entry import needed
from models.rules.passphrases import check_passphrase
from models.rules.people import CARES, EVERYBODY, HOLDS_SEALED_KEY, SETS_UP, checked_user_name
from models.rules.vocabulary import Role
from models.store import preferences
from models.store.belonging import is_as_told, is_of, strangers
from models.store.declaring import action
from models.store.keys import Recovery
from models.store.renewal import renew
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("people.add", roles=SETS_UP, told=N_("Let a user open the register"))
def add(unit: UnitOfWork, *, name: str, role: Role, passphrase: str, words: str = "") -> UserId:
    """Let a person open the register, with a passphrase that is to be changed at the first unlocking.

    Args:
        unit: The transaction.
        name: As the unlock screen lists it; nobody else has it.
        role: What the person may do.
        passphrase: The first one.
        words: Of the recovery sheet, to give a role that may read what is sealed its key at once; empty: somebody who
            holds the key gives it later, or whoever adds the person holds it.

    Raises:
        Refused: The name hides something or looks like another, the passphrase is easily guessed, or the words are
            wrong.
    """
    said = checked_user_name(name, _names(unit))
    check_passphrase(passphrase, others=(said, unit.facility.name))
    seal = unit.seal_key(words) if role in HOLDS_SEALED_KEY else None
    slot, _ = unit.vault.new_slot(said, passphrase, seal)
    unit.change_keys(lambda keys: keys.put(slot))
    user = User(name=said, role=role, slot=slot.id, public=slot.public, signs=slot.signs, created_at=unit.now)
    user.may_unseal, user.must_change = seal is not None, True
    unit.session.add(user)
    unit.session.flush()
    unit.about("user", user.id)
    _share(unit, role)
    return user.id


@action("people.change_role", about="user_id", roles=SETS_UP, told=N_("Changed a role"))
def change_role(unit: UnitOfWork, *, user_id: UserId, role: Role, version: int | None = None, words: str = "") -> None:
    """Give a person another role. Whoever comes to a role that may not read what is sealed loses the key to it.

    Since the person may have kept that key, all that is sealed is sealed anew with another one.

    Args:
        unit: The transaction.
        user_id: Who gets the role.
        role: Which.
        version: Of the person, as it was read.
        words: Of the recovery sheet, where the person loses the key and whoever does it does not hold it.

    Raises:
        Refused: It is the last administrator, or the words are missing or wrong.
        Conflict: Somebody else has changed the person in the meantime.
    """
    user = _user(unit, user_id, version)
    if role is not Role.ADMINISTRATOR:
        _check_not_last(unit, user)
    seal = _seal_to_renew(unit, words) if user.may_unseal and role not in HOLDS_SEALED_KEY else None
    if seal is not None:
        loses = user.slot
        unit.change_keys(lambda keys: keys.bereave(loses or ""))
        user.may_unseal = False
        renew(unit, seal)
    user.role = role
    _share(unit, role)


@action("people.correct_name", about="user_id", roles=SETS_UP, told=N_("Corrected the name of a user"))
def correct_name(unit: UnitOfWork, *, user_id: UserId, name: str, reason: str, version: int | None = None) -> None:
    """Put right how a person is called who opens the register, or once did.

    It is the name wherever Konak names them from now on. Papers that were issued, and the entries of the trail until
    now, keep what they say. The unlock screen lists the former name until the person has unlocked once more, since only
    their passphrase makes them another slot.

    Args:
        unit: The transaction.
        user_id: Whose name was entered wrongly, or is another by now.
        name: The right one.
        reason: How it is known.
        version: Of the person, as it was read.

    Raises:
        Refused: The name hides something, is that of before, or looks like another; or there is no reason.
        Conflict: Somebody else has changed the person in the meantime.
    """
    user = unit.session.get(User, user_id)
    if user is None:
        raise Refused("This person is not there any more.", field="user_id")
    unit.check_version(user, version)
    unit.note(reason=needed(reason, Refused("Say how this is known.", field="reason")))
    said = checked_user_name(name, _names(unit, but=user))
    if said == user.name:
        raise Refused("Nothing is different from before. Correct something, or go back.", field="name")
    user.name = said


@action("people.remove", about="user_id", roles=SETS_UP, told=N_("Took a user's access away"))
def remove(unit: UnitOfWork, *, user_id: UserId, reason: str = "", words: str = "") -> None:
    """Take a person's way to the register away. The name stays where it stands: in the trail and on decisions.

    Where the person held the key to what is sealed, all that is sealed is sealed anew. Whoever has copied the register
    and remembers the passphrase can still open that copy; so that it opens nothing later, give the register another key
    with `rekey`.

    Args:
        unit: The transaction.
        user_id: Who is removed.
        reason: Why, for the trail.
        words: Of the recovery sheet, where the person holds the key to what is sealed and whoever does it does not.

    Raises:
        Refused: It is the last administrator, or oneself, or the words are missing or wrong.
    """
    user = _user(unit, user_id)
    _check_not_last(unit, user)
    if user.id == unit.person.id:
        raise Refused("You cannot remove yourself. Let another administrator do it.", field="user_id")
    seal, slot = _seal_to_renew(unit, words) if user.may_unseal else None, user.slot
    unit.change_keys(lambda keys: keys if slot is None else keys.without(slot))
    user.slot, user.is_active, user.may_unseal = None, False, False
    preferences.forget(unit.connection, user_id)
    if seal is not None:
        renew(unit, seal)
    if reason.strip():
        unit.note(reason=reason.strip())


@action("people.restore", about="user_id", roles=SETS_UP, told=N_("Gave a user access again"))
def restore(unit: UnitOfWork, *, user_id: UserId, passphrase: str, words: str = "") -> None:
    """Let a person who was removed come back, with a new passphrase.

    Raises:
        Refused: The person was not removed, the passphrase is easily guessed, or the words are wrong.
    """
    user = unit.session.get(User, user_id)
    if user is None or user.is_active:
        raise Refused("This person can open the register already.", field="user_id")
    _set_passphrase(unit, user, passphrase, words)
    user.is_active = True


@action("people.reset_passphrase", about="user_id", roles=SETS_UP, told=N_("Set a new passphrase for a user"))
def reset_passphrase(unit: UnitOfWork, *, user_id: UserId, passphrase: str, words: str = "") -> None:
    """Give a person who has forgotten the passphrase a new one, to be changed at the next unlocking.

    Whoever resets it knows it for a moment; so the key to what is sealed is not in the new slot, unless whoever
    resets it holds that key or has the recovery sheet. Somebody who holds it gives it again.

    Raises:
        Refused: The passphrase is easily guessed, it is one's own, or the words are wrong.
    """
    user = _user(unit, user_id)
    if user.id == unit.person.id:
        raise Refused("Change your own passphrase, with the one that you have.", field="user_id")
    _set_passphrase(unit, user, passphrase, words)


@action("people.change_passphrase", roles=EVERYBODY, told=N_("Changed the own passphrase"))
def change_passphrase(unit: UnitOfWork, *, old: str, new: str) -> None:
    """Change one's own passphrase. With it comes another key of one's own: the one before is given nothing later.

    Raises:
        Refused: The old one is wrong, or the new one is easily guessed or the same.
    """
    unit.about("user", unit.person.id)
    check_passphrase(new, others=(unit.person.name, unit.facility.name), field="new")
    if new == old:
        raise Refused("This is the passphrase that you have. Choose another.", field="new")
    vault = unit.vault
    try:
        vault.slot.open(vault.keys().register_id, old)
    except Refused as refused:
        raise Refused("This is not your passphrase. Type it again.", field="old") from refused
    before, user = vault.slot_id, unit.session.get_one(User, unit.person.id)
    slot, opened = vault.new_slot(user.name, new, vault.opened.seal)
    unit.change_keys(lambda keys: keys.without(before).put(slot), mine=slot, opened=opened)
    user.slot, user.public, user.signs, user.must_change = slot.id, slot.public, slot.signs, False


@action("people.grant_sealed", about="user_id", roles=CARES, told=N_("Gave the key to what is sealed"))
def grant_sealed(unit: UnitOfWork, *, user_id: UserId, words: str = "") -> None:
    """Give a person whose role may read what is sealed the key to it.

    Args:
        unit: The transaction.
        user_id: Who gets it. It is given to the slot that stands now, whose passphrase only the person knows.
        words: Of the recovery sheet; empty: whoever does this holds the key.

    Raises:
        Refused: The role may not read it, the passphrase was set by somebody else and not changed yet, or whoever does
            this does not hold the key.
    """
    user = _user(unit, user_id)
    if user.role not in HOLDS_SEALED_KEY:
        raise Refused("This role reads nothing that is sealed.", field="user_id")
    if user.must_change:
        raise Refused(
            "{name} has a passphrase that somebody else knows. Let it be changed first, then give the key.",
            field="user_id",
            name=user.name,
        )
    seal = unit.seal_key(words)
    if seal is None:
        raise Refused("You do not hold this key. Type the words of the recovery sheet.", field="words")
    keys = unit.vault.keys()
    slot = keys.slot_of(user.slot or "")
    if slot is None or not is_of(user, slot):
        raise Refused(
            "The slot of this person in keys.json is not the one that was made here. Give a new passphrase instead."
        )
    unit.change_keys(lambda keys: keys.put(slot.granted(keys.register_id, seal)))
    user.may_unseal = True


@action("people.make_recovery_sheet", about="facility:1", roles=SETS_UP | CARES, told=N_("Made a new recovery sheet"))
def make_recovery_sheet(unit: UnitOfWork, *, secret: bytes, number: str, words: str = "") -> None:
    """Let a new recovery sheet hold; the one before does not open the register any more.

    The new one is to be printed or written down before: whatever happens meanwhile, somebody has a sheet that holds.

    Args:
        unit: The transaction.
        secret: What the words of the new sheet stand for, of `models.store.recovery.new_secret`. It is kept nowhere.
        number: What the new sheet is called, of `models.store.keys.new_number`.
        words: Of the sheet that holds so far, where whoever does this cannot read what is sealed.

    Raises:
        Refused: The words are missing or wrong.
    """
    vault = unit.vault
    opened = vault.opened if vault.can_unseal or not words.strip() else unit.opened_by(words)
    unit.change_keys(lambda keys: replace(keys, recovery=Recovery.make(keys.register_id, secret, opened, number)))
    unit.session.get_one(KeyFile, 1).recovery_by = unit.person.id if vault.can_unseal else None
    unit.session.scalars(select(Facility)).one().recovery_on = unit.today


@action("people.take_out", about="facility:1", roles=SETS_UP, told=N_("Took out of keys.json what belonged to nobody"))
def take_out(unit: UnitOfWork) -> None:
    """Take out of `keys.json` what does not belong to the people of the register: somebody has put it there.

    Raises:
        Refused: There is nothing of the kind.
    """
    keys = unit.vault.keys()
    if is_as_told(unit.session, keys) and not [*strangers(unit.session, keys)]:
        raise Refused("Everything in keys.json belongs to the people of this register.")
    unit.change_keys(lambda keys: keys, takes_out=True)


def _seal_to_renew(unit: UnitOfWork, words: str) -> bytes:
    """The key of the seal, which somebody loses.

    Raises:
        Refused: Whoever does it does not hold it, and the words are missing or wrong.
    """
    seal = unit.seal_key(words)
    if seal is None:
        raise Refused(
            "This person may have kept the key to what is sealed, so it is sealed anew. Type the words of the recovery "
            "sheet.",
            field="words",
        )
    return seal


def _set_passphrase(unit: UnitOfWork, user: User, passphrase: str, words: str) -> None:
    check_passphrase(passphrase, others=(user.name, unit.facility.name))
    seal = unit.seal_key(words) if user.role in HOLDS_SEALED_KEY else None
    (slot, _), before = unit.vault.new_slot(user.name, passphrase, seal), user.slot
    unit.change_keys(lambda keys: (keys if before is None else keys.without(before)).put(slot))
    user.slot, user.public, user.signs = slot.id, slot.public, slot.signs
    user.may_unseal, user.must_change = seal is not None, True


def _share(unit: UnitOfWork, role: Role) -> None:
    """With the first colleague of another role, administrators stand in no more; that ends for good."""
    if role is not Role.ADMINISTRATOR:
        unit.session.scalars(select(Facility)).one().is_shared = True


def _names(unit: UnitOfWork, *, but: User | None = None) -> set[str]:
    """The names that others have, and those that the unlock screen lists for them still."""
    others = unit.session.scalars(select(User)).all()
    labels = {slot.id: slot.label for slot in unit.vault.keys().slots}
    return {name for user in others if user is not but for name in (user.name, labels.get(user.slot or "", user.name))}


def _user(unit: UnitOfWork, user_id: UserId, version: int | None = None) -> User:
    user = unit.session.get(User, user_id)
    if user is None or not user.is_active:
        raise Refused("This person is not there any more.", field="user_id")
    unit.check_version(user, version)
    return user


def _check_not_last(unit: UnitOfWork, user: User) -> None:
    """Refuse to leave the register without an administrator."""
    others = select(User.id).where(User.role == Role.ADMINISTRATOR, User.is_active, User.id != user.id)
    if user.role is Role.ADMINISTRATOR and unit.session.scalars(others).first() is None:
        raise Refused(
            "{name} is the last administrator. Make somebody else an administrator first.",
            field="user_id",
            name=user.name,
        )
