"""What happens in the house, and the use of force: entered, put right, taken back (standards.md, B5)."""

from collections.abc import Sequence

from sqlalchemy import select

from models.actions.admissions import check_past
from models.actions.entering import write
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.safeguards import Incident, IncidentPerson
from models.errors import Refused
from models.ids import ProgrammeId, ResidentId
from models.repositories.safeguards import add_note
from models.rules.entry import needed, the_mistake
from models.rules.fields import FIELDS_OF
from models.rules.people import CHECKS
from models.rules.safeguards import check_incident, check_told
from models.rules.time import Moment
from models.rules.vocabulary import IncidentKind, SealedKind
from models.rules.wording import word
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_, message, translator

FIELDS = FIELDS_OF[Incident.__tablename__]


@action("incidents.enter", about=("programme_id", "residents"), roles=CHECKS, told=N_("Entered an incident"))
def enter(
    unit: UnitOfWork,
    *,
    programme_id: ProgrammeId,
    kind: IncidentKind,
    happened: Moment,
    what: str,
    residents: Sequence[ResidentId] = (),
    place: str = "",
    by_whom: str = "",
    means: str = "",
    why: str = "",
    injuries: str = "",
    told_whom: str = "",
    told: Moment | None = None,
) -> int:
    """Enter what happened, or that force was used.

    Args:
        unit: The transaction.
        programme_id: Under whose agreement it counts.
        kind: What it is.
        happened: When, in the facility's time zone; the day alone where no more is known.
        what: What happened. It names nobody.
        residents: Whom it concerns; perhaps nobody.
        place: Where.
        by_whom: By whom; of force, who used it.
        means: With what force was used.
        why: For what reason.
        injuries: Of the residents; kept as a sealed note about each of them.
        told_whom: To whom it was reported.
        told: And when.

    Raises:
        Refused: Something is missing or cannot be, with its field.
    """
    if unit.session.get(Programme, programme_id) is None:
        raise Refused("Choose the programme.", field="programme_id")
    row = Incident(id=unit.number_for(Incident), programme_id=programme_id)
    row.entered_by, row.entered_at = unit.person.id, unit.now
    said = {"kind": kind, "happened": happened, "what": what, "place": place, "by_whom": by_whom, "means": means}
    with unit.session.no_autoflush:
        _stand(unit, row, said | {"why": why, "told_whom": told_whom, "told": told}, residents, injuries)
    unit.session.add(row)
    unit.session.flush()
    unit.about("incident", row.id)
    unit.concerns("resident", residents)
    unit.session.add_all(IncidentPerson(incident_id=row.id, resident_id=each) for each in dict.fromkeys(residents))
    _keep_injuries(unit, row, residents, injuries)
    return row.id


@action("incidents.correct", about="incident_id", roles=CHECKS, told=N_("Corrected an incident"))
def correct(
    unit: UnitOfWork,
    *,
    incident_id: int,
    kind: IncidentKind,
    happened: Moment,
    what: str,
    residents: Sequence[ResidentId] = (),
    place: str = "",
    by_whom: str = "",
    means: str = "",
    why: str = "",
    injuries: str = "",
    told_whom: str = "",
    told: Moment | None = None,
    reason: str = "",
    version: int | None = None,
) -> None:
    """Put right what was entered of an incident; the arguments are those of `enter`.

    Args:
        unit: The transaction.
        incident_id: The incident.
        kind: As in `enter`.
        happened: As in `enter`.
        what: As in `enter`.
        residents: Whom it concerns, all of them.
        place: As in `enter`.
        by_whom: As in `enter`.
        means: As in `enter`.
        why: As in `enter`.
        injuries: What is known beyond what was said before.
        told_whom: As in `enter`.
        told: As in `enter`.
        reason: Why it is put right.
        version: The version that was shown; None: whatever is there.

    Raises:
        Refused: It is not there, something cannot be, or there is no reason.
        Conflict: Somebody else has changed it since this version was read.
    """
    row = _known(unit, incident_id)
    unit.check_version(row, version)
    unit.note(reason=needed(reason, Refused("Say why it is put right.", field="reason")))
    said = {"kind": kind, "happened": happened, "what": what, "place": place, "by_whom": by_whom, "means": means}
    with unit.session.no_autoflush:
        _stand(unit, row, said | {"why": why, "told_whom": told_whom, "told": told}, residents, injuries)
    there = {each.resident_id: each for each in _concerned(unit, incident_id)}
    unit.concerns("resident", [*there, *residents])
    for resident_id, each in there.items():
        if resident_id not in residents:
            unit.session.delete(each)
    new = (each for each in dict.fromkeys(residents) if each not in there)
    unit.session.add_all(IncidentPerson(incident_id=row.id, resident_id=each) for each in new)
    if there.keys() != {*residents} and not unit.session.is_modified(row):
        unit.touch(row)
    _keep_injuries(unit, row, residents, injuries)


@action("incidents.take_back", about="incident_id", roles=CHECKS, told=N_("Took an incident back"))
def take_back(unit: UnitOfWork, *, incident_id: int, reason: str) -> None:
    """Take back what did not happen, or not here. What was sealed of it stays with whom it is about.

    Raises:
        Refused: It is not there, or there is no reason.
    """
    row = _known(unit, incident_id)
    unit.note(reason=the_mistake(reason))
    unit.concerns("resident", [each.resident_id for each in _concerned(unit, incident_id)])
    row.is_taken_back = True


def _known(unit: UnitOfWork, incident_id: int) -> Incident:
    row = unit.session.get(Incident, incident_id)
    if row is None or row.is_taken_back:
        raise Refused("This is not there any more. Look at the page again.", field="incident_id")
    return row


def _concerned(unit: UnitOfWork, incident_id: int) -> Sequence[IncidentPerson]:
    return unit.session.scalars(
        select(IncidentPerson).where(IncidentPerson.incident_id == incident_id).order_by(IncidentPerson.id)
    ).all()


def _stand(
    unit: UnitOfWork, row: Incident, said: dict[str, object], residents: Sequence[ResidentId], injuries: str
) -> None:
    """Have a row say what was said of it.

    Raises:
        Refused: It cannot be.
    """
    write(unit, row, FIELDS, said)
    check_past(unit, row.happened, "happened")
    check_past(unit, row.told, "told")
    check_told(row.happened, row.told, row.told_whom)
    check_incident(
        row.kind,
        by_whom=row.by_whom,
        means=row.means,
        why=row.why,
        concerned=len(residents),
        injuries=injuries.strip(),
    )
    known = unit.session.scalars(select(Resident.id).where(Resident.id.in_(residents))).all()
    if {*residents} - {*known}:
        raise Refused("This resident is not in the register. Choose one from the list.", field="residents")


def _keep_injuries(unit: UnitOfWork, row: Incident, residents: Sequence[ResidentId], injuries: str) -> None:
    """Keep what is of health as a sealed note about each of whom it may be, with what it comes from."""
    if not injuries.strip():
        return
    text = message("{what}, {day}. Injuries: {text}", what=word(row.kind), day=row.happened_on, text=injuries.strip())
    for each in dict.fromkeys(residents):
        add_note(unit, each, SealedKind.HEALTH, translator(unit.facility.language).render(text))
