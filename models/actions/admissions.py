"""What must be on record of an arrival (standards.md, On arrival): entered, put right, taken back."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import inspect, select

from models.actions.entering import entering, sealed_entry
from models.entities.admissions import (
    ChildRecord,
    HealthCheck,
    InjuryReport,
    LanguageSkill,
    LegalGround,
    RightsTalk,
    RoomDecision,
    Waiver,
)
from models.entities.residents import Resident
from models.errors import Refused
from models.repositories.admissions import FINDS, languages_by_entries
from models.rules.people import CHECKS, DECIDES, DESK, WRITES_NOTES
from models.rules.screening import is_child
from models.rules.time import Moment
from models.rules.vocabulary import Answer, HealthStep, SealedKind, Signature
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


def check_past(unit: UnitOfWork, when: date | Moment | None, field: str) -> None:
    """Refuse what is said to have been done in the future."""
    moment = Moment(when) if isinstance(when, date) else when
    if moment is not None and (moment.on > unit.today or unit.moment.surely_before(moment)):
        raise Refused("This lies in the future. Correct it.", field=field)


def check_signature(signature: Signature, why: str) -> None:
    """Refuse that somebody has not signed, without why."""
    if signature is not Signature.SIGNED and not why:
        raise Refused("Say why it is not signed.", field="why")


def _check_ground(unit: UnitOfWork, row: LegalGround) -> None:
    for field in ("decided_on", "served_on", "taken"):
        check_past(unit, getattr(row, field), field)
    if row.decided_on is not None and row.served_on is not None and row.served_on < row.decided_on:
        raise Refused("It was served before it was decided. Correct one of the dates.", field="served_on")


def _check_injuries(unit: UnitOfWork, row: InjuryReport) -> None:
    """What says something else than before is read anew."""
    check_past(unit, row.looked_on, "looked_on")
    if inspect(row).attrs.found.history.has_changes():
        row.read_by, row.read_at = None, None


def _check_rights(unit: UnitOfWork, row: RightsTalk) -> None:
    check_past(unit, row.explained, "explained")
    check_signature(row.signature, row.why)


def _check_health(unit: UnitOfWork, row: HealthCheck) -> None:
    """One that was held stays so, whether something was found or not: whoever is refused learns nothing by it."""
    if HealthStep.HELD in (inspect(row).attrs.step.history.deleted or ()):
        raise Refused("It was held already. Let health staff take it back, then enter what was ordered.", field="step")
    if row.step is HealthStep.HELD:
        check_past(unit, row.done, "done")
    elif row.found is not None:
        raise Refused("Nothing was found yet: the check is only ordered.", field="found")


def _check_language(unit: UnitOfWork, row: LanguageSkill) -> None:
    """One language a row; what is spoken stands with the person too, where it is looked for."""
    if len(row.languages) != 1:
        raise Refused("Enter one language, and the others after it.", field="languages")
    for before in inspect(row).attrs.languages.history.deleted or ():
        _forget_languages(unit, row, before)
    resident = unit.session.get_one(Resident, row.resident_id)
    if row.languages[0] not in resident.languages:
        resident.languages = [*resident.languages, row.languages[0]]


def _forget_languages(unit: UnitOfWork, row: LanguageSkill, gone: Sequence[str]) -> None:
    """Take from the person what stood there by such entries alone, and no other of them says."""
    others = select(LanguageSkill.languages).where(
        LanguageSkill.resident_id == row.resident_id, LanguageSkill.id != row.id
    )
    said = {each for languages in unit.session.scalars(others) for each in languages}
    wrong = {*gone} & languages_by_entries(unit.connection, row.resident_id) - said
    if wrong:
        resident = unit.session.get_one(Resident, row.resident_id)
        resident.languages = [each for each in resident.languages if each not in wrong]


def _check_child(unit: UnitOfWork, row: ChildRecord) -> None:
    check_past(unit, row.decided_on, "decided_on")
    if row.guardian_id is not None:
        guardian = unit.session.get(Resident, row.guardian_id)
        if guardian is None:
            raise Refused("This resident is not in the register. Choose one from the list.", field="guardian_id")
        if row.guardian_id == row.resident_id:
            raise Refused("This is the person themselves. Choose somebody else.", field="guardian_id")
        if is_child(guardian.birth, unit.today) is Answer.YES:
            raise Refused("This resident is a child. Choose a grown-up.", field="guardian_id")
    if row.decision and (row.decided_on is None or not row.decided_by):
        field = "decided_on" if row.decided_on is None else "decided_by"
        raise Refused("Say who has decided, and when.", field=field)


def _check_waiver(unit: UnitOfWork, row: Waiver) -> None:
    same = select(Waiver.id).where(Waiver.stay_id == row.stay_id, Waiver.step == row.step, Waiver.id != row.id)
    if unit.session.scalars(same).first() is not None:
        raise Refused("This is not asked any more already.", field="step")


LEGAL_GROUNDS = entering(
    "legal_grounds",
    LegalGround,
    owner=LegalGround.stay_id,
    roles=CHECKS,
    told=(N_("Entered the legal order"), N_("Corrected the legal order"), N_("Took the legal order back")),
    check=_check_ground,
)
INJURIES = entering(
    "injuries",
    InjuryReport,
    owner=InjuryReport.stay_id,
    roles=CHECKS,
    told=(
        N_("Entered what could be seen on arrival"),
        N_("Corrected what could be seen on arrival"),
        N_("Took back what could be seen on arrival"),
    ),
    check=_check_injuries,
    finds=FINDS[InjuryReport],
)
RIGHTS = entering(
    "rights",
    RightsTalk,
    owner=RightsTalk.stay_id,
    roles=CHECKS,
    told=(
        N_("Entered that rights were explained"),
        N_("Corrected how rights were explained"),
        N_("Took back that rights were explained"),
    ),
    check=_check_rights,
)
HEALTH_CHECKS = entering(
    "health_checks",
    HealthCheck,
    owner=HealthCheck.stay_id,
    roles=CHECKS,
    told=(
        N_("Entered the first health check"),
        N_("Corrected the first health check"),
        N_("Took the first health check back"),
    ),
    check=_check_health,
    finds=FINDS[HealthCheck],
)
LANGUAGES = entering(
    "language_skills",
    LanguageSkill,
    owner=LanguageSkill.resident_id,
    roles=CHECKS,
    told=(N_("Entered a language"), N_("Corrected a language"), N_("Took a language back")),
    check=_check_language,
    gone=lambda unit, row: _forget_languages(unit, row, row.languages),
)
ROOM_DECISIONS = entering(
    "room_decisions",
    RoomDecision,
    owner=RoomDecision.stay_id,
    roles=DESK,
    told=(N_("Entered why this room"), N_("Corrected why this room"), N_("Took back why this room")),
    check=lambda unit, row: check_past(unit, row.decided_on, "decided_on"),
)
CHILDREN = entering(
    "children",
    ChildRecord,
    owner=ChildRecord.resident_id,
    roles=CHECKS,
    told=(
        N_("Entered what concerns a child"),
        N_("Corrected what concerns a child"),
        N_("Took back what concerns a child"),
    ),
    check=_check_child,
)
WAIVERS = entering(
    "waivers",
    Waiver,
    owner=Waiver.stay_id,
    roles=DECIDES,
    told=(
        N_("Said that a step of the arrival is not asked"),
        N_("Corrected that a step of the arrival is not asked"),
        N_("Took back that a step of the arrival is not asked"),
    ),
    check=_check_waiver,
)


@action(
    "injuries.look",
    about="entry_id",
    of=InjuryReport.stay_id,
    roles=WRITES_NOTES,
    told=N_("Read what could be seen on arrival"),
    opens_sealed=True,
    kind=SealedKind.HEALTH,
)
def look_at_injuries(unit: UnitOfWork, *, entry_id: int) -> str:
    """What could be seen on arrival; that it was read stands with it from then on (standards.md, A4).

    Raises:
        Refused: It is not there, or the role may not read it.
        Unavailable: It was changed outside Konak.
    """
    row = sealed_entry(unit, InjuryReport, entry_id)
    if row.read_at is None:
        row.read_by, row.read_at = unit.person.id, unit.now
    return unit.unseal(SealedKind.HEALTH, row, InjuryReport.found)


@action(
    "health_checks.look",
    about="entry_id",
    of=HealthCheck.stay_id,
    roles=WRITES_NOTES,
    told=N_("Read what the first health check found"),
    opens_sealed=True,
    kind=SealedKind.HEALTH,
)
def look_at_health_check(unit: UnitOfWork, *, entry_id: int) -> str:
    """What the first health check has found.

    Raises:
        Refused: It is not there, or the role may not read it.
        Unavailable: It was changed outside Konak.
    """
    row = sealed_entry(unit, HealthCheck, entry_id)
    return unit.unseal(SealedKind.HEALTH, row, HealthCheck.found)
