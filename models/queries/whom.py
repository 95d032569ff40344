"""About whom something is that is about to be done: the name, the birth date and the number, whatever it is done to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import QueryableAttribute

from models.entities.absences import Absence
from models.entities.departures import Plan
from models.entities.documents import Document
from models.entities.residents import Resident
from models.entities.rooms import Placement
from models.entities.selection import Candidate
from models.entities.stays import Stay
from models.rules.birth import BirthDate
from models.rules.names import display_name
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Whom:
    """A resident, or a candidate, as two of one name are told apart.

    Attributes:
        number: The own number of a resident; of a candidate the partner's, else that of the list.
    """

    family_name: str
    given_names: str
    birth: BirthDate | None
    number: str

    @property
    def name(self) -> str:
        """As lists show it, else the number."""
        return display_name(self.family_name, self.given_names, self.number)


_RESIDENT = Rows(Whom, Resident)
_CANDIDATE = Rows(Whom, Candidate, number=Candidate.partner_number)
_BY_STAY = (Stay.resident_id == Resident.id,)
_KEYS: Mapping[str, tuple[Any, ...]] = {
    "resident_id": (Resident.id,),
    "stay_id": (Stay.id, *_BY_STAY),
    "document_id": (Document.id, Document.resident_id == Resident.id),
    "absence_id": (Absence.id, Absence.stay_id == Stay.id, *_BY_STAY),
    "placement_id": (Placement.id, Placement.stay_id == Stay.id, *_BY_STAY),
    "plan_id": (Plan.id, Plan.stay_id == Stay.id, *_BY_STAY),
}
"""Of each argument of an action that names somebody: the number that it is, and how it leads to the person."""
NAMES = frozenset((*_KEYS, "candidate_id"))
"""The arguments of actions by which somebody is named."""


_OWNED: Mapping[str, tuple[Any, ...]] = {
    "resident_id": (Resident.id,),
    "stay_id": (Stay.id, *_BY_STAY),
    "plan_id": (Plan.id, Plan.stay_id == Stay.id, *_BY_STAY),
    "candidate_id": (Candidate.id,),
}
"""Of each column by which a row belongs to somebody: the number that it is, and how it leads to the person."""


def whom(snapshot: Snapshot, *, values: Mapping[str, Any], of: QueryableAttribute[Any] | None = None) -> Whom | None:
    """Who is named by the arguments of an action.

    Args:
        snapshot: The reading.
        values: The arguments; those that name nobody are passed over.
        of: To whom belongs what the one argument names, as the action declares it: `Check.plan_id`.

    Returns:
        The first who is named; None where nobody is, or is not there any more.
    """
    for name, (key, *joined) in _KEYS.items():
        if values.get(name) is not None:
            found = snapshot.connection.execute(_RESIDENT.select().where(key == values[name], *joined))
            return next(iter(_RESIDENT.rows(found)), None)
    if values.get("candidate_id") is not None:
        listed = _CANDIDATE.select().where(Candidate.id == values["candidate_id"])
        return next(iter(_CANDIDATE.rows(snapshot.connection.execute(listed))), None)
    if of is not None and of.key in _OWNED and len(values) == 1:
        (number,) = values.values()
        key, *joined = _OWNED[of.key]
        who = _CANDIDATE if of.key == "candidate_id" else _RESIDENT
        found = snapshot.connection.execute(who.select().where(of.class_.id == number, of == key, *joined))
        return next(iter(who.rows(found)), None)
    return None
