"""Emergency arrivals that a clerk registered at night: a supervisor countersigns them, or takes them back."""

from models.entities.stays import Stay
from models.errors import Refused
from models.ids import StayId
from models.rules.entry import the_mistake
from models.rules.people import DECIDES
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("stays.countersign", about="stay_id", roles=DECIDES, told=N_("Countersigned the arrival"))
def countersign(unit: UnitOfWork, *, stay_id: StayId) -> None:
    """Decide that an emergency arrival stands that was registered provisionally; what is missing stays flagged.

    Raises:
        Refused: It was not provisional, or is countersigned already.
    """
    stay = unit.session.get_one(Stay, stay_id)
    if not stay.is_provisional:
        raise Refused("This arrival is not provisional.", field="stay_id")
    if stay.countersigned_at is not None:
        raise Refused("This arrival was countersigned already.", field="stay_id")
    stay.countersigned_by, stay.countersigned_at = unit.person.id, unit.now


@action("stays.take_back_countersign", about="stay_id", roles=DECIDES, told=N_("Took the countersignature back"))
def take_back_countersign(unit: UnitOfWork, *, stay_id: StayId, reason: str) -> None:
    """Say that an arrival is provisional after all; it is flagged again.

    Raises:
        Refused: It was not countersigned, it was put in order since, or there is no reason.
    """
    stay = unit.session.get_one(Stay, stay_id)
    unit.note(reason=the_mistake(reason))
    if stay.countersigned_at is None:
        raise Refused("This arrival was not countersigned; there is nothing to take back.", field="stay_id")
    if stay.cured_at is not None:
        raise Refused("This arrival was put in order since. Take that back first.", field="stay_id")
    stay.countersigned_by = stay.countersigned_at = None
