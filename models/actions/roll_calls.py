"""What a clerk does in a roll call: begin, count, look for who is missing, close and sign; and correct it later."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import ColumnElement, select

from models.entities.facility import Facility
from models.entities.people import User
from models.entities.roll_calls import FireListPrinted, RollCall, RollCorrection, RollCounter, RollHours, RollMark
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import RollCallId, RollCounterId, StayId
from models.repositories import roll_calls as repository
from models.repositories.roll_calls import Line
from models.rules import roll_calls as rules
from models.rules.entry import needed, the_mistake
from models.rules.people import DECIDES, DESK, EVERYBODY, FURNISHES, may_do
from models.rules.time import Moment
from models.rules.vocabulary import CountedBy, Role, RollAnswer, RollMarkState, RollStanding
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@dataclass(frozen=True, slots=True)
class Marked:
    """What a counter says of somebody.

    Attributes:
        state: None: as if nobody had looked.
        at: When, in UTC; None where only the sheet knows.
    """

    stay_id: StayId
    state: RollMarkState | None
    counted_by: CountedBy = CountedBy.KEY
    at: datetime | None = None


@action("roll_calls.begin", roles=DESK, told=N_("Began a roll call"))
def begin(
    unit: UnitOfWork,
    *,
    part: str = "",
    counter: str = "",
    began: Moment | None = None,
    ended: Moment | None = None,
    held_for: datetime | None = None,
) -> RollCallId:
    """Begin to count the house, or to enter what was counted on the printed sheet.

    Args:
        unit: The transaction.
        part: The building that is counted at this door; empty: the whole house.
        counter: Who counts; empty: whoever does this.
        began: When the counting on the sheet began; None: it begins now, on the screen.
        ended: When that ended.
        held_for: The hour of the facility, where it is counted late; None: that of the time at which it begins, if
            none was held for it yet.

    Raises:
        Refused: Another one goes on, the times cannot be, or the facility has no such hour.
    """
    if repository.open_call(unit.connection) is not None:
        raise Refused("A roll call goes on already. Count in that one, or close it first.")
    began_at, ended_at = unit.now, None
    if began is not None or ended is not None:
        began_at, ended_at = _span(unit, began, ended)
    row = RollCall(
        due_at=_held_for(unit, began_at, held_for),
        began_at=began_at,
        begun_by=unit.person.id,
        is_from_sheet=began is not None,
        ended_at=ended_at,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.about("roll_call", row.id)
    _join(unit, row.id, part, counter)
    return row.id


@action("roll_calls.join", about="roll_call_id", roles=DESK, told=N_("Counts in a roll call"))
def join(unit: UnitOfWork, *, roll_call_id: RollCallId, part: str = "", counter: str = "") -> RollCounterId:
    """Count at another door; what several count is one roll call.

    Args:
        unit: The transaction.
        roll_call_id: Which one.
        part: The building; empty: the whole house.
        counter: Who counts; empty: whoever does this.

    Raises:
        Refused: It is closed.
    """
    _open(unit, roll_call_id)
    return _join(unit, roll_call_id, part, counter)


@action("roll_calls.mark", about="roll_call_id", roles=DESK, told=N_("Counted in a roll call"))
def mark(unit: UnitOfWork, *, roll_call_id: RollCallId, counter_id: RollCounterId, marks: Sequence[Marked]) -> None:
    """Enter who is here and who is not: those of a room at a time, so that the trail has an entry for each room.

    Args:
        unit: The transaction.
        roll_call_id: Which one.
        counter_id: Who counts.
        marks: Of each stay the last one holds; whoever another counter has seen is here all the same.

    Raises:
        Refused: It is closed or paused, the counter counts in another, or somebody is not to be counted.
    """
    row = _open(unit, roll_call_id)
    if row.paused_at is not None:
        raise Refused("The roll call is paused. Take it up again, then count.")
    _check_counter(unit, roll_call_id, counter_id)
    _mark(unit, row, counter_id, marks)


@action("roll_calls.take_in", about="roll_call_id", roles=DESK, told=N_("Took in what was counted at another door"))
def take_in(
    unit: UnitOfWork, *, roll_call_id: RollCallId, counter: str, slot: str, marks: Sequence[Marked], part: str = ""
) -> RollCounterId:
    """Take in what somebody has counted at a workstation that only reads; taken in once more, it adds nothing.

    Args:
        unit: The transaction.
        roll_call_id: Which one.
        counter: Who counted.
        slot: By which way to the keys it was handed over.
        marks: Of each stay the last one holds; whoever another counter has seen is here all the same.
        part: The building; empty: the whole house.

    Raises:
        Refused: It is closed, nobody is named, somebody is not to be counted, or who counted may not count.
    """
    row = _open(unit, roll_call_id)
    role = unit.session.scalars(select(User.role).where(User.slot == slot, User.is_active)).one_or_none()
    is_shared = unit.session.scalars(select(Facility.is_shared)).one()
    if role is None or not may_do(role, mark.roles, stands_in=not is_shared):
        raise Refused("{name} may not count in a roll call. Let somebody else count again.", field="slot", name=counter)
    name = needed(counter, Refused("Say first who counts.", field="counter"))
    counter_id = _join(unit, roll_call_id, part, name)
    before = _marks(unit, roll_call_id, RollMark.stay_id.in_([each.stay_id for each in marks]))
    known = {which: was.state for which, was in before.items() if was.counter_id == counter_id}
    new = [each for each in marks if each.stay_id not in known or known[each.stay_id] is not each.state]
    _mark(unit, row, counter_id, new)
    return counter_id


def _mark(unit: UnitOfWork, row: RollCall, counter_id: RollCounterId, marks: Sequence[Marked]) -> None:
    """Enter what a counter says of some people."""
    roll_call_id = row.id
    last = {each.stay_id: each for each in marks}
    _check_known(unit, last)
    before = _marks(unit, roll_call_id, RollMark.stay_id.in_(last))
    for each in last.values():
        was = before.get(each.stay_id)
        at = each.at or (None if row.is_from_sheet else unit.now)
        said = {"counted_by": each.counted_by, "counter_id": counter_id, "marked_at": at}
        if was is None:
            unit.session.add(RollMark(roll_call_id=roll_call_id, stay_id=each.stay_id, state=each.state, **said))
        elif each.state is rules.merged(was.state, each.state, is_same_counter=was.counter_id == counter_id):
            _put(was, state=each.state, answer=None, words="", **said)
    unit.note(here=sum(each.state is RollMarkState.HERE for each in last.values()), people=len(last))


@action("roll_calls.pause", about="roll_call_id", roles=DESK, told=N_("Paused a roll call"))
def pause(unit: UnitOfWork, *, roll_call_id: RollCallId) -> None:
    """Stop counting for a while.

    Raises:
        Refused: It is closed, or paused already.
    """
    row = _open(unit, roll_call_id)
    if row.paused_at is not None:
        raise Refused("The roll call is paused already.")
    row.paused_at = unit.now


@action("roll_calls.resume", about="roll_call_id", roles=DESK, told=N_("Took a roll call up again"))
def resume(unit: UnitOfWork, *, roll_call_id: RollCallId) -> None:
    """Go on counting. The instant of the count stays what it was.

    Raises:
        Refused: It is closed, or is not paused.
    """
    row = _open(unit, roll_call_id)
    if row.paused_at is None:
        raise Refused("The roll call is not paused; go on counting.")
    row.paused_at = None


@action(
    "roll_calls.answer", about=("roll_call_id", "stay_id"), roles=DESK, told=N_("Said what was done in a roll call")
)
def answer(unit: UnitOfWork, *, roll_call_id: RollCallId, stay_id: StayId, answer: RollAnswer, words: str) -> None:
    """Say what was done about somebody of whom count and register differ.

    Whoever is found is marked as here; whoever is out gets an absence, so that the register says so itself.

    Args:
        unit: The transaction.
        roll_call_id: Which one.
        stay_id: Whose stay.
        answer: What was done.
        words: To whom and when it was reported, or what was found out.

    Raises:
        Refused: It is closed, there is nothing to answer, or nothing is said.
    """
    _open(unit, roll_call_id)
    line = next(iter(_lines(unit, roll_call_id, stay_id)), None)
    if line is None or line.mark is None:
        raise Refused("This person is not counted yet. Count them first.", field="stay_id")
    said = rules.checked_answer(answer, words, line.standing)
    row = _marks(unit, roll_call_id, RollMark.stay_id == stay_id)[stay_id]
    _put(row, answer=answer, words=said, answered_by=unit.person.id, answered_at=unit.now)


@action("roll_calls.close", about="roll_call_id", roles=DESK, told=N_("Closed and signed a roll call"))
def close(unit: UnitOfWork, *, roll_call_id: RollCallId, remark: str = "", version: int | None = None) -> None:
    """Close a roll call and sign it: from now on it says for good who was where.

    Args:
        unit: The transaction.
        roll_call_id: Which one.
        remark: Anything worth knowing.
        version: As it was read; None: whatever is there.

    Raises:
        Refused: Somebody is not counted yet, or it does not balance and nobody says what was done.
        Conflict: Somebody else has changed it in the meantime.
    """
    row = _open(unit, roll_call_id)
    unit.check_version(row, version)
    lines = _lines(unit, roll_call_id)
    found = rules.balance(each.facts for each in lines)
    rules.check_close(found, [(each.name, each.standing, each.facts.now) for each in lines if each.owes_answer])
    _sign(unit, roll_call_id, lines)
    row.ended_at = row.ended_at or unit.now
    row.closed_at, row.closed_by, row.paused_at, row.remark = unit.now, unit.person.id, None, remark.strip()
    row.on_roll, row.away, row.expected, row.counted = found.on_roll, found.away, found.expected, found.counted
    row.missing, row.unexpected = found.missing, found.unexpected


@action("roll_calls.correct", about=("roll_call_id", "stay_id"), roles=DECIDES, told=N_("Corrected a roll call"))
def correct(
    unit: UnitOfWork, *, roll_call_id: RollCallId, stay_id: StayId, standing: RollStanding, reason: str
) -> None:
    """Put right how somebody stood in a roll call that was signed; what was signed stays readable beside it.

    Where only the words of an answer are wrong, how the person stood is the same, and the reason says the right ones.

    Raises:
        Refused: It is not signed yet, it says so already, or there is no reason.
    """
    row = _held(unit, roll_call_id)
    if row.closed_at is None:
        raise Refused("This roll call is not signed yet. Count the person anew instead.")
    said = needed(reason, Refused("Say how this is known.", field="reason"))
    if standing not in rules.REAL:
        raise Refused("Choose where the person was.", field="standing")
    line = next(iter(_lines(unit, roll_call_id, stay_id)), None)
    if line is None and unit.session.get(Stay, stay_id) is None:
        raise Refused("This stay is not there any more.", field="stay_id")
    if line is not None and line.standing is standing and not line.is_explained:
        raise Refused("Nothing is different from before. Correct something, or go back.", field="standing")
    before = None if line is None else line.standing
    unit.session.add(
        RollCorrection(
            roll_call_id=roll_call_id,
            stay_id=stay_id,
            standing_before=before,
            standing=standing,
            reason=said,
            entered_by=unit.person.id,
            entered_at=unit.now,
        )
    )


@action(
    "roll_calls.correct_times",
    about="roll_call_id",
    roles=DECIDES,
    told=N_("Corrected when and by whom a roll call was held"),
)
def correct_times(
    unit: UnitOfWork,
    *,
    roll_call_id: RollCallId,
    began: Moment,
    ended: Moment,
    remark: str,
    reason: str,
    held_for: datetime | None = None,
    counters: Mapping[RollCounterId, str] = MappingProxyType({}),
) -> None:
    """Put right from when to when a signed roll call was counted, for which hour, by whom, and its remark.

    The signed figures stay.

    Args:
        unit: The transaction.
        roll_call_id: Which one.
        began: When the counting really began.
        ended: When it really ended.
        remark: Anything worth knowing.
        reason: How that is known.
        held_for: As of `begin`.
        counters: Who really counted, as far as that is put right.

    Raises:
        Refused: It is not signed yet, the times cannot be, nobody counted, nothing is different, or there is no reason.
    """
    row = _held(unit, roll_call_id)
    if row.closed_at is None:
        raise Refused("This roll call is not signed yet. Close and sign it first, then correct its times.")
    unit.note(reason=needed(reason, Refused("Say how this is known.", field="reason")))
    began_at, ended_at = _span(unit, began, ended)
    due_at = _held_for(unit, began_at, held_for, but=roll_call_id)
    is_same = (began_at, ended_at, remark.strip(), due_at) == (row.began_at, row.ended_at, row.remark, row.due_at)
    if not _rename(unit, roll_call_id, counters) and is_same:
        raise Refused("Nothing is different from before. Correct something, or go back.")
    row.began_at, row.ended_at, row.remark, row.due_at = began_at, ended_at, remark.strip(), due_at


@action("roll_calls.take_back", about="roll_call_id", roles=DESK, told=N_("Took a roll call back"))
def take_back(unit: UnitOfWork, *, roll_call_id: RollCallId, reason: str) -> None:
    """Take back a roll call that was begun or entered by mistake: it stays in the register of counts, as taken back.

    Raises:
        Refused: It was taken back already, or there is no reason.
    """
    row = _known(unit, roll_call_id)
    row.taken_back, row.taken_back_at, row.taken_back_by = the_mistake(reason), unit.now, unit.person.id


@action("roll_calls.not_held", roles=DESK, told=N_("Said why no roll call was held"))
def not_held(unit: UnitOfWork, *, due_at: Sequence[datetime], reason: str) -> tuple[RollCallId, ...]:
    """Say why none was held at one hour of the facility, or at several of which the same is true.

    Returns:
        What now stands in the register of counts, one for each hour.

    Raises:
        Refused: No hour is named, none was due then, one was held, or there is no reason.
    """
    said = needed(reason, Refused("Say why no roll call was held.", field="reason"))
    wanted = sorted(set(due_at))
    if not wanted:
        raise Refused("Choose at least one hour.", field="due_at")
    if not set(wanted) <= set(repository.missed(unit.connection, unit.now, unit.zone)):
        raise Refused("No roll call was missed at this hour. Look at the page again.", field="due_at")
    rows = [RollCall(due_at=at, began_at=at, begun_by=unit.person.id, not_held=said) for at in wanted]
    unit.session.add_all(rows)
    unit.session.flush()
    first, *others = (row.id for row in rows)
    unit.about("roll_call", first)
    unit.concerns("roll_call", others)
    return (first, *others)


@action("roll_calls.schedule", about="facility:1", roles=FURNISHES, told=N_("Set when the house is counted"))
def schedule(unit: UnitOfWork, *, roll_calls: str, fire_lists: str) -> None:
    """Set at which hours roll calls are held, and at which shifts begin that want a fire list; from now on.

    Args:
        unit: The transaction.
        roll_calls: Local times of day, as `07:00 21:00`; empty: none are asked for.
        fire_lists: Likewise.

    Raises:
        Refused: Something is no hour, or nothing is different.
    """
    counts = rules.checked_hours(roll_calls, field="roll_calls")
    shifts = rules.checked_hours(fire_lists, field="fire_lists")
    known = repository.hours(unit.connection)
    if (counts, shifts) == (known.roll_calls, known.fire_lists):
        raise Refused("Nothing is different from before. Correct something, or go back.")
    unit.session.add(RollHours(roll_calls=counts, fire_lists=shifts, from_at=unit.now, entered_by=unit.person.id))


@action(
    "roll_calls.fire_list_printed",
    about="facility:1",
    roles=EVERYBODY - {Role.INSPECTOR},
    told=N_("Printed the fire list of a shift"),
)
def fire_list_printed(unit: UnitOfWork) -> None:
    """Keep that the shift has its fire list on paper, so that the house is not reminded of it any more.

    Raises:
        Refused: No shift begins in this facility.
    """
    known = repository.hours(unit.connection)
    shift = rules.shift_of(unit.now, rules.hours_of(known.fire_lists), unit.zone)
    if shift is None:
        raise Refused("No fire lists are asked for in this facility.")
    if shift not in repository.printed(unit.connection, shift):
        unit.session.add(FireListPrinted(shift_at=shift, printed_by=unit.person.id, printed_at=unit.now))


# -- parts ------------------------------------------------------------------------------------------------------------


def _known(unit: UnitOfWork, roll_call_id: RollCallId) -> RollCall:
    row = unit.session.get(RollCall, roll_call_id)
    if row is None:
        raise Refused("This is not there any more. Close the form and look at the page.", field="roll_call_id")
    if row.taken_back_at is not None:
        raise Refused("This roll call was taken back. Count anew, or enter the sheet anew.", field="roll_call_id")
    return row


def _held(unit: UnitOfWork, roll_call_id: RollCallId) -> RollCall:
    row = _known(unit, roll_call_id)
    if row.not_held:
        raise Refused(
            "At this hour no roll call was held, as it was entered. If one was, take that back, then enter the sheet.",
            field="roll_call_id",
        )
    return row


def _open(unit: UnitOfWork, roll_call_id: RollCallId) -> RollCall:
    row = _held(unit, roll_call_id)
    if row.closed_at is not None:
        raise Refused("This roll call is closed. Correct it instead.", field="roll_call_id")
    return row


def _join(unit: UnitOfWork, roll_call_id: RollCallId, part: str, counter: str) -> RollCounterId:
    name = counter.strip() or unit.person.name
    same = select(RollCounter.id).where(
        RollCounter.roll_call_id == roll_call_id, RollCounter.name == name, RollCounter.part == part.strip()
    )
    there = unit.connection.scalar(same)
    if there is not None:
        return there
    row = RollCounter(
        roll_call_id=roll_call_id, name=name, part=part.strip(), entered_by=unit.person.id, began_at=unit.now
    )
    unit.session.add(row)
    unit.session.flush()
    return row.id


def _check_counter(unit: UnitOfWork, roll_call_id: RollCallId, counter_id: RollCounterId) -> None:
    counter = unit.session.get(RollCounter, counter_id)
    if counter is None or counter.roll_call_id != roll_call_id:
        raise Refused("Say first who counts.", field="counter_id")


def _check_known(unit: UnitOfWork, stays: Collection[StayId]) -> None:
    there = set(unit.connection.scalars(select(Stay.id).where(Stay.id.in_(stays))))
    if there != set(stays):
        raise Refused("This stay is not there any more.", field="stay_id")


def _rename(unit: UnitOfWork, roll_call_id: RollCallId, names: Mapping[RollCounterId, str]) -> bool:
    """Say who really counted; whether that is different from before."""
    changed = False
    for which, typed in names.items():
        _check_counter(unit, roll_call_id, which)
        name = needed(typed, Refused("Say who counted.", field=f"counter_{which}"))
        counter = unit.session.get_one(RollCounter, which)
        changed |= counter.name != name
        counter.name = name
    return changed


def _span(unit: UnitOfWork, began: Moment | None, ended: Moment | None) -> tuple[datetime, datetime]:
    """From when to when was counted, each to the minute."""
    if began is None or began.at is None:
        raise Refused("Enter the day and the hour at which the counting began.", field="began")
    if ended is None or ended.at is None:
        raise Refused("Enter the day and the hour at which the counting ended.", field="ended")
    if ended.at < began.at:
        raise Refused("The counting cannot end before it begins.", field="ended")
    if unit.now < ended.at:
        raise Refused("This lies in the future. Enter what was counted.", field="ended")
    return began.at, ended.at


def _held_for(
    unit: UnitOfWork, began_at: datetime, wanted: datetime | None, *, but: RollCallId | None = None
) -> datetime | None:
    """The hour for which a roll call is held: the one that is said, or that of the time at which it begins."""
    if wanted is None:
        return repository.due(unit.connection, began_at, unit.zone, lead=rules.LEAD, but=but)
    rules.check_held_for(repository.periods(unit.connection), wanted, began_at, unit.zone)
    return wanted


def _lines(unit: UnitOfWork, roll_call_id: RollCallId, only: StayId | None = None) -> tuple[Line, ...]:
    unit.session.flush()
    return repository.lines(
        unit.connection,
        roll_call_id,
        now=unit.now,
        zone=unit.zone,
        language=unit.facility.language,
        only=None if only is None else (only,),
    )


def _sign(unit: UnitOfWork, roll_call_id: RollCallId, lines: Sequence[Line]) -> None:
    """Keep how everybody stands, of those too whom nobody marked."""
    marked = _marks(unit, roll_call_id)
    for each in lines:
        if each.stay_id in marked:
            marked[each.stay_id].standing = each.standing
    unit.session.add_all(
        RollMark(roll_call_id=roll_call_id, stay_id=each.stay_id, standing=each.standing)
        for each in lines
        if each.stay_id not in marked
    )


def _marks(unit: UnitOfWork, roll_call_id: RollCallId, *which: ColumnElement[bool]) -> dict[StayId, RollMark]:
    asked = select(RollMark).where(RollMark.roll_call_id == roll_call_id, *which)
    return {row.stay_id: row for row in unit.session.scalars(asked)}


def _put(row: RollMark, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
