"""Letting go of somebody: one person asks, another erases all that is personal (rules.md, Keeping and erasing)."""

from sqlalchemy import select

from models.entities.departures import Plan
from models.entities.erasing import Erasure
from models.entities.residents import Resident
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import ErasureId, ResidentId
from models.repositories import erasing
from models.rules.entry import needed
from models.rules.people import DECIDES
from models.rules.vocabulary import PlanState
from models.store import joined
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("erasing.ask", about="resident_id", roles=DECIDES, told=N_("Asked that somebody be erased"))
def ask(unit: UnitOfWork, *, resident_id: ResidentId, reason: str) -> ErasureId:
    """Ask that everything personal of a resident be erased; another supervisor does it.

    Args:
        unit: The transaction.
        resident_id: Who.
        reason: By which rule or whose order. It stays, so it names nobody.

    Raises:
        Refused: The reason is missing or names the person, the person is still here or stands in the register as
            another resident as well, or it was asked for already.
    """
    said = needed(reason, Refused("Say by which rule or whose order, without any name: it stays.", field="reason"))
    resident = _resident(unit, resident_id)
    if _asked(unit, resident_id) is not None:
        raise Refused("It was asked already that this person be erased. Another supervisor does it.")
    if erasing.whose(unit, resident).words.is_in(said):
        raise Refused("The reason is kept, and names the person. Say it without any name or number.", field="reason")
    row = Erasure(
        resident_id=resident_id, reason=said, asked_by=unit.person.id, asked_at=unit.now, erased_by=None, erased_at=None
    )
    unit.session.add(row)
    unit.session.flush()
    return ErasureId(row.id)


@action("erasing.withdraw", about="resident_id", roles=DECIDES, told=N_("Withdrew that somebody be erased"))
def withdraw(unit: UnitOfWork, *, resident_id: ResidentId, reason: str) -> None:
    """Let a person be kept of whom it was asked that they be erased.

    Raises:
        Refused: It was not asked for, or the reason is missing.
    """
    said = needed(reason, Refused("Say why the person is kept.", field="reason"))
    asked = _asked(unit, resident_id)
    if asked is None:
        raise Refused("Nobody has asked that this person be erased.", field="resident_id")
    unit.note(reason=said)
    unit.session.delete(asked)


@action("erasing.erase", about="resident_id", roles=DECIDES, told=N_("Erased all that was personal of somebody"))
def erase(unit: UnitOfWork, *, resident_id: ResidentId) -> None:
    """Erase everything personal of a resident: in all tables, in the search and in the trail.

    What the figures of the months are made of stays, and so do they; whoever looks into the trail sees that something
    stood there. Earlier backups hold it until they are taken away. It cannot be undone.

    Raises:
        Refused: Nobody else has asked for it, the person is still here, or an arrival that is left half entered tells
            of them.
    """
    resident = _resident(unit, resident_id)
    asked = _asked(unit, resident_id)
    if asked is None:
        raise Refused("Nobody has asked that this person be erased. Let another supervisor ask.", field="resident_id")
    if asked.asked_by == unit.person.id:
        raise Refused("You have asked for it yourself. Let another supervisor erase.", field="resident_id")
    asked.erased_by, asked.erased_at = unit.person.id, unit.now
    unit.session.flush()
    owned = erasing.whose(unit, resident)
    if erasing.is_half_entered(unit, owned):
        raise Refused(
            "An arrival that was left half entered tells of this person. Finish it, or drop it on the page Today, "
            "before the person is erased.",
            field="resident_id",
        )
    erasing.forget_typed(unit, owned)
    unit.erase(owned, erasing.left_of(unit, resident, owned))


def _resident(unit: UnitOfWork, resident_id: ResidentId) -> Resident:
    """A person who is not here any more, was joined to nobody, is no other resident and has not been erased.

    Raises:
        Refused: The person is.
    """
    resident = unit.session.get(Resident, resident_id)
    if resident is None:
        raise Refused("This person is not in the register.", field="resident_id")
    joined.check(unit.connection, [resident_id])
    done = select(Erasure.id).where(Erasure.resident_id == resident_id, Erasure.erased_at.is_not(None))
    if unit.session.scalars(done).first() is not None:
        raise Refused("This person was erased already.", field="resident_id")
    _refuse_as_another(unit, resident_id)
    here = select(Stay.id).where(Stay.resident_id == resident_id, Stay.departed_on.is_(None))
    leaves = select(Plan.id).join(Stay, Stay.id == Plan.stay_id)
    leaves = leaves.where(Stay.resident_id == resident_id, Plan.state == PlanState.OPEN)
    if any(unit.session.scalars(each).first() is not None for each in (here, leaves)):
        raise Refused("This person is still here. Enter the departure first.", field="resident_id")
    return resident


def _refuse_as_another(unit: UnitOfWork, resident_id: ResidentId) -> None:
    """Refuse where candidates who are one person have become two residents: who asks means all that is of the person.

    Raises:
        Refused: With the other resident.
    """
    residents, _ = erasing.one_person(unit.connection, resident_id)
    erased = select(Erasure.resident_id).where(Erasure.erased_at.is_not(None))
    others = select(Resident.number).where(
        Resident.id.in_(residents),
        Resident.id != resident_id,
        Resident.joined_into_id.is_(None),
        Resident.id.not_in(erased),
    )
    other = unit.session.scalars(others.order_by(Resident.id)).first()
    if other is not None:
        raise Refused(
            "It was found of candidates that this person is {number} as well. Join the two residents first, or take "
            "back that the candidates are one person.",
            field="resident_id",
            number=other,
        )


def _asked(unit: UnitOfWork, resident_id: ResidentId) -> Erasure | None:
    return unit.session.scalars(
        select(Erasure).where(Erasure.resident_id == resident_id, Erasure.erased_at.is_(None))
    ).one_or_none()
