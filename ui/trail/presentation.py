"""How entries of the trail look wherever they are shown."""

from collections.abc import Sequence

from models.queries.history import Detail
from reports import terms
from ui.kit.columns import Cell
from ui.language import isolated, tr


def told(details: Sequence[Detail]) -> Cell:
    """What an entry has changed, in one line; all of it in the tool tip."""
    said = [terms.detail(tr(), each, isolated) for each in details]
    return Cell(" · ".join(said), hint="\n".join(said))
