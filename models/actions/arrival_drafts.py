"""Arrivals that are left half entered: kept in the register until they are finished or thrown away."""

from models.entities.admissions import ArrivalDraft, WaitingEntry
from models.errors import Refused
from models.ids import ArrivalDraftId, WaitingEntryId
from models.repositories.admissions import take_out
from models.rules.people import DESK
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_

LARGEST = 400_000
"""Bytes of what is typed into one form, with a photo."""


@action("arrival_drafts.keep", about="draft_id", roles=DESK, told=N_("Kept a half-entered arrival"))
def keep(
    unit: UnitOfWork, *, content: str, draft_id: ArrivalDraftId | None = None, version: int | None = None
) -> ArrivalDraftId:
    """Keep what stands in the form of an arrival, instead of what was kept of it before.

    Args:
        unit: The transaction.
        content: What stands in the form, as JSON.
        draft_id: Of what was kept before; None: it is new.
        version: The version that was read.

    Raises:
        Refused: It is too long, or what was kept is not there any more.
        Conflict: Somebody else has changed it meanwhile.
    """
    raw = content.encode()
    if len(raw) > LARGEST:
        raise Refused("This is more than can be left for later. Shorten it, or register the arrival now.")
    row = None if draft_id is None else unit.session.get(ArrivalDraft, draft_id)
    if draft_id is not None and row is None:
        raise Refused("This arrival was finished or dropped meanwhile. Look at Today.", field="draft_id")
    if row is None:
        row = ArrivalDraft(begun_by=unit.person.id, begun_at=unit.now)
        unit.session.add(row)
    unit.check_version(row, version)
    row.content, row.kept_at = raw, unit.now
    unit.session.flush()
    unit.about("draft", row.id)
    return row.id


@action("arrival_drafts.throw_away", about="draft_id", roles=DESK, told=N_("Dropped a half-entered arrival"))
def throw_away(unit: UnitOfWork, *, draft_id: ArrivalDraftId) -> None:
    """Throw away an arrival that was left half entered: nothing of it is kept, in the trail neither.

    Raises:
        Refused: It is not there any more.
    """
    row = unit.session.get(ArrivalDraft, draft_id)
    if row is None:
        raise Refused("This arrival was finished or dropped meanwhile. Look at Today.", field="draft_id")
    unit.session.delete(row)


@action(
    "arrival_drafts.drop_entry",
    about="waiting_id",
    of=WaitingEntry.stay_id,
    roles=DESK,
    told=N_("Dropped what waited to be entered of an arrival"),
)
def drop_entry(unit: UnitOfWork, *, waiting_id: WaitingEntryId) -> None:
    """Drop something that waits to be entered since the person was registered: nothing of it is kept.

    Raises:
        Refused: It is not there any more.
    """
    take_out(unit, waiting_id)
