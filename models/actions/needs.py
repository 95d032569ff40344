"""What somebody needs in everyday life (standards.md, A10)."""

from models.actions.entering import entering
from models.entities.needs import Need
from models.entities.residents import Resident
from models.errors import Refused
from models.rules.needs import SEALED_AS, SEALED_NEEDS
from models.rules.people import CHECKS
from models.rules.vocabulary import NeedKind
from models.store.unit_of_work import UnitOfWork
from models.text import N_


def _check(unit: UnitOfWork, row: Need) -> None:
    """Refuse a need that says too little, or that is told of a person who is not concerned."""
    if row.kind is NeedKind.SEPARATE_FROM and row.other_id is None:
        raise Refused("Say from whom the person is to be kept separate.", field="other_id")
    if row.kind is not NeedKind.SEPARATE_FROM and row.other_id is not None:
        raise Refused("Only who is to be kept separate is named here. Leave this empty.", field="other_id")
    if row.other_id == row.resident_id:
        raise Refused("This is the person themselves. Choose somebody else.", field="other_id")
    if row.other_id is not None and unit.session.get(Resident, row.other_id) is None:
        raise Refused("This resident is not in the register. Choose one from the list.", field="other_id")
    if row.kind is NeedKind.OTHER and not row.detail:
        raise Refused("Say what is needed.", field="detail")


NEEDS = entering(
    "needs",
    Need,
    owner=Need.resident_id,
    roles=CHECKS,
    told=(N_("Entered a need"), N_("Corrected a need"), N_("Took a need back")),
    check=_check,
    sealed_as=SEALED_AS,
    is_sealed=lambda row: row.kind in SEALED_NEEDS,
)
