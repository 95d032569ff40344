"""What is done with programmes: added from a preset or of one's own, changed, closed and opened again."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import ColumnElement, func, select

from models.entities.base import Base
from models.entities.departures import Plan
from models.entities.months import IssuedMonth
from models.entities.programmes import Criterion, Payment, PermittedDeparture, Programme, SelectionReason
from models.entities.selection import Candidate, CandidateAnswer
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import CriterionId, ProgrammeId
from models.repositories.programmes import has_arrived
from models.rules import money
from models.rules.figures import counted_kind
from models.rules.people import SETS_UP
from models.rules.presets import PRESETS, Stated
from models.rules.programmes import (
    CriterionFacts,
    DepartureFacts,
    ProgrammeFacts,
    ReasonFacts,
    checked,
    checked_criteria,
    checked_departures,
    checked_payments,
    checked_reasons,
)
from models.rules.vocabulary import CandidateState, PlanState
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_, counted, message


@action("programmes.add_preset", roles=SETS_UP, told=N_("Added a ready-made programme"))
def add_preset(
    unit: UnitOfWork,
    *,
    code: str,
    window_start: date | None = None,
    window_end: date | None = None,
    stated: Stated | None = None,
    payments: Sequence[money.Payment] = (),
) -> ProgrammeId:
    """Add one of the programmes that ship with Konak.

    Args:
        unit: The transaction.
        code: Of the preset.
        window_start: The first local date of admission; None: as the preset says, or today where it says nothing.
        window_end: The last one; None: as the preset says, moved with its first day.
        stated: What the agreement says beyond what is public.
        payments: What it pays beyond what is public.

    Raises:
        Refused: There is no such preset, something makes no sense, or the programme is there already.
    """
    preset = PRESETS.get(code.strip().upper())
    if preset is None:
        raise Refused(
            "There is no ready-made programme {code}. There are: {known}.",
            field="code",
            code=code,
            known=", ".join(PRESETS),
        )
    facts = checked(replace(preset.facts_in(unit.today, window_start, window_end), **(stated or Stated())))
    public = preset.payments_from(facts.window_start) if facts.window_start else ()
    paid = checked_payments((*public, *payments))
    return _add(unit, facts, paid, preset.criteria, preset.departures, preset.reasons)


@action("programmes.create", roles=SETS_UP, told=N_("Added a programme"))
def create(
    unit: UnitOfWork,
    *,
    facts: ProgrammeFacts,
    departures: Sequence[DepartureFacts],
    criteria: Sequence[CriterionFacts] = (),
    payments: Sequence[money.Payment] = (),
    reasons: Sequence[ReasonFacts] = (),
) -> ProgrammeId:
    """Add a programme of one's own.

    Raises:
        Refused: A fact is missing or makes no sense, or the code is taken.
    """
    return _add(
        unit,
        checked(facts),
        checked_payments(payments),
        checked_criteria(criteria),
        checked_departures(departures),
        checked_reasons(reasons),
    )


@action("programmes.change", about="programme_id", roles=SETS_UP, told=N_("Changed a programme"))
def change(unit: UnitOfWork, *, programme_id: ProgrammeId, version: int, facts: ProgrammeFacts) -> None:
    """Change the agreement. Stays that are there keep the limits that they have (rules.md, Limits).

    Args:
        unit: The transaction.
        programme_id: The programme.
        version: Of the programme as it was read.
        facts: The whole of the agreement as it is from now on.

    Raises:
        Refused: A fact is missing or makes no sense, or the code is taken or stands on issued paper.
        Conflict: Somebody else has changed the programme since it was read.
    """
    programme = _programme(unit, programme_id, version)
    facts = checked(facts)
    if facts.code != programme.code:
        _check_code(unit, facts.code)
        if _count(unit, IssuedMonth, IssuedMonth.programme_id == programme_id):
            raise Refused(
                "The code {code} stands on reports that were issued, so it cannot be changed.",
                field="code",
                code=programme.code,
            )
    for payment in programme.payments:
        # A row of an earlier Konak goes by the programme as it was: from now on it says so itself.
        payment.kind = payment.kind or counted_kind(programme.counting_rule)
        payment.currency = payment.currency or programme.currency
    for name, value in _columns(facts).items():
        if getattr(programme, name) != value:
            setattr(programme, name, value)


@action("programmes.set_rates", about="programme_id", roles=SETS_UP, told=N_("Set what a programme pays"))
def set_payments(
    unit: UnitOfWork, *, programme_id: ProgrammeId, version: int, payments: Sequence[money.Payment]
) -> None:
    """Say what is paid from when to when, instead of what was said before.

    Months that were issued stay as they are; where something paid for them changes, they differ from what was issued.

    Raises:
        Refused: A payment makes no sense, or two overlap that cannot.
        Conflict: Somebody else has changed the programme.
    """
    programme = _programme(unit, programme_id, version)
    wanted = list(checked_payments(payments))
    kept = []
    for row in programme.payments:
        alike = (each for each in wanted if each.from_on == row.from_on and row.kind in (None, each.kind))
        now = next(alike, None)
        if now is not None:
            wanted.remove(now)
            kept.append(row)
            for name, value in now._asdict().items():
                if getattr(row, name) != value:
                    setattr(row, name, value)
    programme.payments = [*kept, *(Payment(**payment._asdict()) for payment in wanted)]
    unit.touch(programme)


@action("programmes.set_criteria", about="programme_id", roles=SETS_UP, told=N_("Set the criteria of a programme"))
def set_criteria(
    unit: UnitOfWork, *, programme_id: ProgrammeId, version: int, criteria: Sequence[CriterionFacts]
) -> None:
    """Say what candidates are screened for, in this order, instead of what was said before.

    What was answered for somebody keeps its question: it can no longer be reworded or taken out, but it can be set to
    decide nothing alone.

    Raises:
        Refused: A criterion makes no sense or was answered.
        Conflict: Somebody else has changed the programme.
    """
    programme = _programme(unit, programme_id, version)
    wanted = checked_criteria(criteria)
    rows = {row.id: row for row in programme.criteria}
    if any(criterion.id is not None and criterion.id not in rows for criterion in wanted):
        raise Refused("A criterion belongs to another programme. Open the programme again, then do it once more.")
    kept = {criterion.id: criterion for criterion in wanted if criterion.id is not None}
    for row in programme.criteria:
        now = kept.get(row.id)
        if (now is None or now.text != row.text) and _count(
            unit, CandidateAnswer, CandidateAnswer.criterion_id == row.id
        ):
            raise Refused(
                "Candidates were already screened by “{text}”, so the question stays as it is. Let it weigh "
                "instead, and add a new one.",
                field="criteria",
                text=message(row.text),
            )
    programme.criteria = [row for row in programme.criteria if row.id in kept]
    _make_room(unit, programme, [criterion.id for criterion in wanted])
    for position, criterion in enumerate(wanted):
        if criterion.id is None:
            programme.criteria.append(_criterion(criterion, position))
        else:
            row = rows[criterion.id]
            row.text, row.effect, row.test, row.position = criterion.text, criterion.effect, criterion.test, position
    unit.touch(programme)


@action("programmes.set_reasons", about="programme_id", roles=SETS_UP, told=N_("Set the reasons for decisions"))
def set_reasons(unit: UnitOfWork, *, programme_id: ProgrammeId, version: int, reasons: Sequence[ReasonFacts]) -> None:
    """Say which reasons can be given for decisions on candidates, in this order, instead of what was said before.

    What was given for a decision stays with it as it read.

    Raises:
        Refused: A reason makes no sense.
        Conflict: Somebody else has changed the programme.
    """
    programme = _programme(unit, programme_id, version)
    wanted = checked_reasons(reasons)
    programme.reasons = []
    unit.session.flush()
    programme.reasons = [_reason(reason, position) for position, reason in enumerate(wanted)]
    unit.touch(programme)


@action(
    "programmes.set_departures", about="programme_id", roles=SETS_UP, told=N_("Set the ways of leaving of a programme")
)
def set_departures(
    unit: UnitOfWork, *, programme_id: ProgrammeId, version: int, departures: Sequence[DepartureFacts]
) -> None:
    """Say in which ways people may leave and what more each requires, instead of what was said before.

    Raises:
        Refused: There is none, one is no kind that can be planned, or an open plan needs one that is taken out.
        Conflict: Somebody else has changed the programme.
    """
    programme = _programme(unit, programme_id, version)
    wanted = {departure.kind: departure for departure in checked_departures(departures)}
    taken_out = [row.kind for row in programme.departures if row.kind not in wanted]
    planned = unit.session.scalar(
        select(func.count())
        .select_from(Plan)
        .join(Stay, Stay.id == Plan.stay_id)
        .where(Stay.programme_id == programme_id, Plan.state == PlanState.OPEN, Plan.kind.in_(taken_out))
    )
    if planned:
        raise Refused(
            "Departure plans are open that need this way of leaving. Cancel them or change them first.",
            field="departures",
            reasons=[counted("{n} open plan", "{n} open plans", planned)],
        )
    programme.departures = [row for row in programme.departures if row.kind in wanted]
    for row in programme.departures:
        row.extra_checks = [check.value for check in wanted.pop(row.kind).extra_checks]
    programme.departures += [_departure(departure) for departure in wanted.values()]
    unit.touch(programme)


@action("programmes.close", about="programme_id", roles=SETS_UP, told=N_("Closed a programme"))
def close(unit: UnitOfWork, *, programme_id: ProgrammeId, version: int) -> None:
    """Close a programme under which nobody is hosted any more; its reports can still be issued and printed.

    Raises:
        Refused: Somebody is on the roll, or an accepted candidate is still awaited.
        Conflict: Somebody else has changed it.
    """
    programme = _programme(unit, programme_id, version)
    on_roll = _count(unit, Stay, Stay.programme_id == programme_id, Stay.departed_on.is_(None))
    awaited = _count(
        unit,
        Candidate,
        Candidate.programme_id == programme_id,
        Candidate.state == CandidateState.ACCEPTED,
        ~has_arrived(),
    )
    reasons = [
        *([counted("{n} person is on the roll.", "{n} people are on the roll.", on_roll)] if on_roll else []),
        *(
            [counted("{n} accepted candidate has not arrived.", "{n} accepted candidates have not arrived.", awaited)]
            if awaited
            else []
        ),
    ]
    if reasons:
        raise Refused("The programme cannot be closed while somebody depends on it.", reasons=reasons)
    programme.is_closed = True


@action("programmes.reopen", about="programme_id", roles=SETS_UP, told=N_("Opened a programme again"))
def reopen(unit: UnitOfWork, *, programme_id: ProgrammeId, version: int) -> None:
    """Open a programme that was closed.

    Raises:
        Conflict: Somebody else has changed it.
    """
    _programme(unit, programme_id, version).is_closed = False


def _add(
    unit: UnitOfWork,
    facts: ProgrammeFacts,
    payments: Sequence[money.Payment],
    criteria: Sequence[CriterionFacts],
    departures: Sequence[DepartureFacts],
    reasons: Sequence[ReasonFacts],
) -> ProgrammeId:
    _check_code(unit, facts.code)
    programme = Programme(
        **_columns(facts),
        payments=[Payment(**payment._asdict()) for payment in payments],
        criteria=[_criterion(criterion, position) for position, criterion in enumerate(criteria)],
        departures=[_departure(departure) for departure in departures],
        reasons=[_reason(reason, position) for position, reason in enumerate(reasons)],
    )
    unit.session.add(programme)
    unit.session.flush()
    unit.about("programme", programme.id)
    return programme.id


def _columns(facts: ProgrammeFacts) -> dict[str, object]:
    return asdict(facts) | {
        "length_bounds": list(facts.length_bounds),
        "arrival_steps": list(facts.arrival_steps),
        "report_sections": list(facts.report_sections),
    }


def _criterion(criterion: CriterionFacts, position: int) -> Criterion:
    return Criterion(position=position, text=criterion.text, effect=criterion.effect, test=criterion.test)


def _reason(reason: ReasonFacts, position: int) -> SelectionReason:
    return SelectionReason(position=position, outcome=reason.outcome, text=reason.text)


def _departure(departure: DepartureFacts) -> PermittedDeparture:
    return PermittedDeparture(kind=departure.kind, extra_checks=[check.value for check in departure.extra_checks])


def _programme(unit: UnitOfWork, programme_id: ProgrammeId, version: int) -> Programme:
    """The programme, as long as it is what the person has read."""
    programme = unit.session.get(Programme, programme_id)
    if programme is None:
        raise Refused("This programme is not there any more. Go back to the list of programmes.")
    unit.check_version(programme, version)
    return programme


def _check_code(unit: UnitOfWork, code: str) -> None:
    if _count(unit, Programme, Programme.code == code):
        raise Refused("There is a programme {code} already. Choose another code.", field="code", code=code)


def _count(unit: UnitOfWork, table: type[Base], *conditions: ColumnElement[bool]) -> int:
    return unit.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def _make_room(unit: UnitOfWork, programme: Programme, order: Sequence[CriterionId | None]) -> None:
    """Move the criteria whose place changes out of the way: two may not have one place even for a moment."""
    for row in programme.criteria:
        if row.position != order.index(row.id):
            row.position = -1 - row.position
    unit.session.flush()
