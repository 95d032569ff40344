"""Taking back what a file has brought in."""

from models.entities.imports import Import
from models.errors import Refused
from models.ids import ImportId, ResidentId
from models.repositories.imports import Brought, built_on, stays_undone, take_away
from models.rules.entry import needed
from models.rules.people import BRINGS_IN
from models.rules.vocabulary import ImportKind
from models.store import search_index
from models.store.declaring import action
from models.store.search_index import Indexed
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("imports.take_back", about="import_id", roles=BRINGS_IN, told=N_("Took back what a file had brought in"))
def take_back(unit: UnitOfWork, *, import_id: ImportId, reason: str) -> None:
    """Take a whole import back: what came in goes, and what it ended or changed is as it was before.

    Numbers of residents that were given with it are not given again. Issued months that it touches differ then.

    Args:
        unit: The transaction.
        import_id: Which one.
        reason: Why.

    Raises:
        Refused: Something was built on it since, which `reasons` name; it was taken back before; or no reason is given.
    """
    row = unit.session.get(Import, import_id)
    if row is None:
        raise Refused("This import is not in the register. Choose one from the list.", field="import_id")
    if row.taken_back_at is not None:
        raise Refused("This was taken back already.", field="import_id")
    said = needed(reason, Refused("Say why it is taken back.", field="reason"))
    brought = Brought.of(unit.connection, row.entry)
    against = built_on(unit.connection, brought)
    if against and row.kind is ImportKind.LIST:
        raise Refused(
            "Something was done with the people of this list. Take that back first. Where it remains on record all the "
            "same, put right what is wrong with each person, refuse who should not be on it, or, if only the programme "
            "is wrong, correct the programme of the list.",
            field="import_id",
            reasons=against,
        )
    if against and stays_undone(unit.connection, brought):
        raise Refused(
            "This file cannot be taken back as a whole any more: something of it was erased, or what was built on it "
            "was undone and remains on record. Put right what is wrong with each person, or take their arrivals back.",
            field="import_id",
            reasons=against,
        )
    if against:
        raise Refused(
            "Something was built on what this file brought in. Take that back first. Where that cannot be, put right "
            "what is wrong with each person, or take their arrivals back.",
            field="import_id",
            reasons=against,
        )
    people = _people(brought)
    take_away(unit, brought)
    search_index.reindex(unit.connection, people)
    unit.session.refresh(row)
    row.taken_back_by, row.taken_back_at, row.reason = unit.person.id, unit.now, said
    unit.note(reason=said, file_hash=row.file_hash)


def _people(brought: Brought) -> list[ResidentId | Indexed]:
    """Everybody of whom the search must know another thing, or nothing any more."""
    found: set[int] = set()
    for table, numbers in brought.rows.items():
        sign = {"residents": 1, "candidates": -1}.get(table.name, 0)
        found |= {sign * number for number in numbers} - {0}
    for each in brought.changed:
        sign = {"residents": 1, "candidates": -1}.get(each.table.name, 0)
        found |= {sign * each.id} - {0}
    return [Indexed(number) for number in sorted(found)]
