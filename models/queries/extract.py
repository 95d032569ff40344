"""The register extract: every stay of a programme or of the house, in the order of arrival."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import String, or_, select, type_coerce

from models.entities.residents import Resident
from models.entities.stays import Stay
from models.ids import ProgrammeId
from models.rules.extract import ExtractRow, ExtractRows
from models.rules.names import display_name
from models.rules.presence import length
from models.store.snapshot import Snapshot

_AT_ONCE = 2_000


def rows(
    snapshot: Snapshot,
    *,
    programme_id: ProgrammeId | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
    certified: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> ExtractRows:
    """The stays of a programme or of the house.

    Args:
        snapshot: The look at the register; the nights of an open stay are counted to its local date.
        programme_id: Only the stays under this programme.
        from_on: Only those that had not ended before this local date; who left on it is there.
        until_on: Only those that began before this local date.
        certified: Whether the paper gets a number; the stays are the same.
        progress: Is told how many were read; what it raises ends the reading.
    """
    wanted = (
        select(
            Resident.number,
            Resident.family_name,
            Resident.given_names,
            type_coerce(Resident.birth, String),
            type_coerce(Resident.nationality, String),
            Stay.arrived_on,
            Stay.departed_on,
            type_coerce(Stay.departure_kind, String),
        )
        .join(Resident, Resident.id == Stay.resident_id)
        .order_by(Stay.arrived_on, Resident.sort_key, Stay.id)
    )
    if programme_id is not None:
        wanted = wanted.where(Stay.programme_id == programme_id)
    if from_on is not None:
        wanted = wanted.where(or_(Stay.departed_on.is_(None), Stay.departed_on >= from_on))
    if until_on is not None:
        wanted = wanted.where(Stay.arrived_on < until_on)
    today, stays = snapshot.today, ExtractRows()
    for some in snapshot.connection.execute(wanted, execution_options={"yield_per": _AT_ONCE}).partitions():
        stays.extend(
            ExtractRow(
                number, display_name(family, given, ""), born, nationality, arrived_on, departed_on,
                length(arrived_on, departed_on, today), kind,
            )
            for number, family, given, born, nationality, arrived_on, departed_on, kind in some
        )  # fmt: skip
        progress(len(stays), 0)
    return stays
