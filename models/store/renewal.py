"""Other keys for a register: for the seal, and with it for the register itself."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Column, Table, null, select

from models.entities.base import Base, Sealed
from models.entities.facility import Facility
from models.entities.people import User
from models.entities.safeguards import SealedNote
from models.store import guards
from models.store.ciphers import Pair
from models.store.keys import Keys, Opened
from models.store.sealing import Place, place_of_note, seal, unseal
from models.store.unit_of_work import UnitOfWork


def renew(unit: UnitOfWork, seal_key: bytes, *, register_key: bytes | None = None) -> None:
    """Seal all that is sealed with another key, and give it to those who hold the one before, and to the sheet.

    Args:
        unit: The transaction.
        seal_key: The private half of the key that sealed it so far.
        register_key: Another key of the register itself, which all get with it; None: it stays.

    Raises:
        Refused: `keys.json` holds what does not belong there.
        Unavailable: A sealed text was changed outside Konak.
    """
    pair = Pair.make()
    with guards.lifted(unit.connection):
        for table, column in _sealed_columns():
            note = SealedNote.__tablename__ == table.name
            was = (table.c.was_in, table.c.was_row) if note else (null(), null())
            there = select(table.c.id, column, *was).where(column.is_not(None))
            for number, sealed, was_in, was_row in unit.connection.execute(there).all():
                own = Place(table.name, column.name, number)
                place = place_of_note(number, was_in, was_row) if note else own
                anew = seal(unseal(sealed, seal_key, place), pair.public, place)
                unit.update(table, number, {column.name: (sealed, anew)})
    unit.session.scalars(select(Facility)).one().seal = pair.public
    holders = set(unit.session.scalars(select(User.slot).where(User.is_active, User.may_unseal)))
    given = Opened(register_key or unit.vault.opened.register_key, pair.private)
    without = replace(given, seal=None)

    def change(keys: Keys) -> Keys:
        slots = (slot.given(keys.register_id, given if slot.id in holders else without) for slot in keys.slots)
        sheet = None if keys.recovery is None else keys.recovery.given(keys.register_id, given)
        return replace(keys, slots=tuple(slots), recovery=sheet)

    mine = given if unit.vault.slot_id in holders else without
    unit.change_keys(change, opened=replace(mine, signer=unit.vault.opened.signer))


def _sealed_columns() -> Iterator[tuple[Table, Column[bytes]]]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Sealed):
                yield table, column
