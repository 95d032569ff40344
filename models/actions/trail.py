"""What is entered about the trail itself."""

from collections.abc import Sequence
from pathlib import Path

from models.errors import Refused
from models.rules.entry import needed
from models.rules.people import ANSWERS
from models.store import heads
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action(
    "trail.put_back",
    about="facility:1",
    roles=ANSWERS,
    told=N_("Entered that the register was put back to an earlier state"),
)
def put_back(unit: UnitOfWork, *, reason: str, beside: Sequence[Path] = ()) -> None:
    """Enter that the register lacks, on purpose, what this computer or a backup knows of it: a backup was restored.

    From then on nobody is warned any more of these heads of the trail, which the entry names.

    Args:
        unit: The transaction.
        reason: Why, and by whom.
        beside: Folders with backups that know them, besides the places of the register.

    Raises:
        Refused: Nothing is lacking, or the reason is missing.
    """
    said = needed(reason, Refused("Say why the register was put back, and by whom.", field="reason"))
    lacking = [] if unit.seen is None else [*heads.elsewhere(unit.connection, unit.seen, beside)]
    if not lacking:
        raise Refused("This register holds all that this computer and the backups know of it.", field="reason")
    unit.note(reason=said, heads=sorted({named.head.hash for named in lacking}))
