"""What else needs a person today: reports, lists, transports, drafts, roll calls, rooms, backups, keys."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from models.entities.people import KeyFile
from models.entities.programmes import Programme
from models.entities.rooms import Bed, Room
from models.entities.selection import Candidate, DecisionProposal, ProposedList
from models.ids import ProgrammeId
from models.queries import (
    arrival_drafts,
    monthly_reports,
    roll_calls,
    safeguards,
    signing,
    transports,
)
from models.queries.backups import newest_good
from models.queries.needing import SOON, Item, Need
from models.queries.transports import is_aboard
from models.repositories.programmes import has_arrived
from models.rules.backups import is_too_old
from models.rules.people import DECIDES, FURNISHES, WRITES_NOTES, may_do
from models.rules.rooms import bed_name, room_name
from models.rules.time import local_date
from models.rules.vocabulary import CandidateState, ProposalState
from models.rules.wording import word
from models.store.snapshot import Snapshot
from models.text import Message, counted, message


def items(snapshot: Snapshot) -> list[Item]:
    """All of it but the months that differ from what was issued, which take longer."""
    return [
        *_reports(snapshot),
        *_transports(snapshot),
        *_drafts(snapshot),
        *_house(snapshot),
        *_lists(snapshot),
        *_proposals(snapshot),
        *_out_of_use(snapshot),
        *_backup(snapshot),
        *_keys(snapshot),
        *_certificate(snapshot),
        *_complaints(snapshot),
    ]


def differing(snapshot: Snapshot) -> tuple[Item, ...]:
    """The months that are no longer what was issued, however old: to find them is to reckon anew what was touched.

    That takes longer than all the rest of Today, so that the page asks for it once it shows the rest.
    """
    programmes = snapshot.connection.execute(select(Programme.id, Programme.code).order_by(Programme.code)).all()
    text = message("The figures differ from what was issued")
    return tuple(
        _report(snapshot, Need.REPORT_DIFFERS, programme_id, code, row, text)
        for programme_id, code in programmes
        for row in monthly_reports.differing(snapshot, programme_id)
    )


def _reports(snapshot: Snapshot) -> Iterator[Item]:
    """The last twelve months of each programme that are over and not issued, or issued and late to be sent."""
    programmes = snapshot.connection.execute(select(Programme.id, Programme.code).where(~Programme.is_closed))
    text, unsent = (
        message("The monthly report is not issued yet"),
        message("It is issued, and nobody has entered that it was sent"),
    )
    for programme_id, code in programmes.all():
        for row in monthly_reports.months_of(snapshot, programme_id, most=13, compares=False):
            if row.is_due:
                yield _report(snapshot, Need.REPORT_DUE, programme_id, code, row, text)
            elif row.is_unsent:
                yield _report(snapshot, Need.REPORT_UNSENT, programme_id, code, row, unsent)


def _report(
    snapshot: Snapshot, need: Need, programme_id: ProgrammeId, code: str, row: monthly_reports.MonthRow, text: Message
) -> Item:
    return Item(
        need,
        row.due_on,
        row.due_on < snapshot.today,
        message("Monthly report"),
        code,
        text,
        programme_id=programme_id,
        month=row.month,
    )


def _transports(snapshot: Snapshot) -> Iterator[Item]:
    """The transports that are due within a week, and those that have come and are not all admitted."""
    for row in transports.transports(snapshot):
        if row.is_over or (row.expected.on - snapshot.today).days > SOON:
            continue
        waiting = row.people - row.admitted - row.not_come
        if row.came is None:
            text = counted("{n} person is expected with it", "{n} people are expected with it", row.people)
        else:
            text = counted(
                "It has come; {n} person is not admitted", "It has come; {n} people are not admitted", waiting
            )
        day = row.expected.on if row.came is None else row.came.on
        title = message("{what} from {place}", what=word(row.means), place=row.from_place or "–")
        yield Item(Need.ARRIVAL, day, day < snapshot.today, title, row.number, text, transport_id=row.id)


def _lists(snapshot: Snapshot) -> Iterator[Item]:
    """The lists with accepted candidates who have not arrived, and with candidates on whom nobody has decided."""
    is_expected = and_(Candidate.state == CandidateState.ACCEPTED, ~has_arrived())
    listed = (ProposedList.id, ProposedList.code, ProposedList.programme_id, Programme.code.label("programme"))
    rows = snapshot.connection.execute(
        select(*listed, Candidate.state, func.count(Candidate.id).label("people"))
        .join(Candidate, Candidate.list_id == ProposedList.id)
        .join(Programme, Programme.id == ProposedList.programme_id)
        .where(or_(and_(is_expected, ~is_aboard()), Candidate.state == CandidateState.PROPOSED))
        .group_by(*listed, ProposedList.received_on, Candidate.state)
        .order_by(ProposedList.received_on, ProposedList.id)
    )
    for row in rows:
        if row.state is CandidateState.ACCEPTED:
            need = Need.ARRIVAL
            text = counted("{n} accepted person has not arrived", "{n} accepted people have not arrived", row.people)
        else:
            need = Need.SELECTION
            text = counted("{n} person is not decided", "{n} people are not decided", row.people)
        title = message("List {code}", code=row.code)
        yield Item(need, None, False, title, row.programme, text, list_id=row.id, programme_id=row.programme_id)


def _proposals(snapshot: Snapshot) -> Iterator[Item]:
    """The lists with decisions that somebody else has proposed, and that wait for a second person."""
    if not may_do(snapshot.person.role, DECIDES, stands_in=snapshot.person.stands_in):
        return
    rows = snapshot.connection.execute(
        select(
            ProposedList.id,
            ProposedList.code,
            ProposedList.programme_id,
            Programme.code.label("programme"),
            func.count(DecisionProposal.id).label("people"),
            func.min(DecisionProposal.proposed_at).label("since"),
        )
        .join(Candidate, Candidate.list_id == ProposedList.id)
        .join(DecisionProposal, DecisionProposal.candidate_id == Candidate.id)
        .join(Programme, Programme.id == ProposedList.programme_id)
        .where(DecisionProposal.state == ProposalState.WAITING, DecisionProposal.proposed_by != snapshot.person.id)
        .group_by(ProposedList.id, ProposedList.code, ProposedList.programme_id, Programme.code)
        .order_by(ProposedList.id)
    )
    for row in rows:
        text = counted("{n} decision waits for a second person", "{n} decisions wait for a second person", row.people)
        since = local_date(row.since, snapshot.facility.zone)
        title = message("List {code}", code=row.code)
        yield Item(
            Need.SECOND_PERSON, since, True, title, row.programme, text, list_id=row.id, programme_id=row.programme_id
        )


def _out_of_use(snapshot: Snapshot) -> Iterator[Item]:
    """The rooms and beds that were to be in use again by today, for who can bring them back."""
    if not may_do(snapshot.person.role, FURNISHES, stands_in=snapshot.person.stands_in):
        return
    text = message("It was to be in use again: bring it back, or say until when it is not")
    named = (Room.id.label("room_id"), Room.building, Room.name.label("room"))
    of_rooms = select(*named, Room.out_until).where(_is_due_back(Room, snapshot)).order_by(Room.id)
    of_beds = select(*named, Bed.id.label("bed_id"), Bed.name.label("bed"), Bed.out_until)
    of_beds = of_beds.join(Room, Room.id == Bed.room_id).where(_is_due_back(Bed, snapshot), ~Bed.is_removed)
    for row in snapshot.connection.execute(of_rooms):
        title, late = room_name(row.building, row.room), row.out_until < snapshot.today
        yield Item(Need.OUT_OF_USE, row.out_until, late, title, "", text, room_id=row.room_id)
    for bed in snapshot.connection.execute(of_beds.order_by(Bed.id)):
        title, late = bed_name(bed.building, bed.room, bed.bed), bed.out_until < snapshot.today
        yield Item(Need.OUT_OF_USE, bed.out_until, late, title, "", text, room_id=bed.room_id, bed_id=bed.bed_id)


def _is_due_back(what: type[Room] | type[Bed], snapshot: Snapshot) -> ColumnElement[bool]:
    return and_(what.out_of_use.is_not(None), what.out_until <= snapshot.today)


def _drafts(snapshot: Snapshot) -> Iterator[Item]:
    """Arrivals that were left half entered."""
    for row in arrival_drafts.drafts(snapshot):
        title = message("{name}", name=row.name) if row.name else message("Name not known yet")
        on = local_date(row.kept_at, snapshot.facility.zone)
        text = message("Half entered by {name}: go on with it, or drop it", name=row.begun_by)
        yield Item(Need.DRAFT, on, True, title, "", text, draft_id=row.id)


def _backup(snapshot: Snapshot) -> Iterator[Item]:
    """That the newest backup is too old; people who are invented need none."""
    newest = newest_good(snapshot)
    if not snapshot.facility.is_demonstration and is_too_old(newest, snapshot.now):
        text = message("The newest good backup is older than two days") if newest else message("There is no backup yet")
        on = None if newest is None else local_date(newest, snapshot.facility.zone)
        yield Item(Need.BACKUP_OLD, on, newest is not None, message("Backup"), "", text)


def _house(snapshot: Snapshot) -> Iterator[Item]:
    """The roll calls that are to be held or were missed, and the shift that has no fire list on paper."""
    owed, title = roll_calls.due(snapshot), message("Roll call")
    if owed.roll_call is not None:
        yield _at_hour(snapshot, Need.ROLL_CALL, owed.roll_call, title, message("The house is to be counted now"))
    if owed.missed:
        text = message("No roll call was held, and nobody says why")
        one = _at_hour(snapshot, Need.ROLL_CALL_MISSED, owed.missed[0], title, text)
        several = counted(
            "{n} roll call was not held, and nobody says why",
            "{n} roll calls were not held, and nobody says why",
            len(owed.missed),
        )
        # One reason may answer all of a week in which nobody was here: they stand in one line.
        yield one if len(owed.missed) == 1 else replace(one, number="", text=several)
    if owed.fire_list is not None:
        text = message("The shift has no fire list on paper yet")
        yield _at_hour(snapshot, Need.FIRE_LIST, owed.fire_list, message("Fire list"), text)


def _at_hour(snapshot: Snapshot, need: Need, hour: datetime, title: Message, text: Message) -> Item:
    at = hour.astimezone(snapshot.facility.zone)
    return Item(need, at.date(), True, title, f"{at:%H:%M}", text)


def _keys(snapshot: Snapshot) -> Iterator[Item]:
    """That nobody can read what is sealed, or that whoever made the register may know what opens everything."""
    if snapshot.facility.is_demonstration:
        return
    if not snapshot.facility.has_holder:
        text = message("Nobody can read sealed notes yet: give somebody the key")
        yield Item(Need.KEYS, None, False, message("Sealed notes"), "", text)
    elif snapshot.connection.scalar(select(KeyFile.recovery_by)) is None:
        text = message("Who reads sealed notes is to make a new one: this one was seen")
        yield Item(Need.KEYS, None, False, message("Recovery sheet"), "", text)


def _certificate(snapshot: Snapshot) -> Iterator[Item]:
    """That the certificate with which reports are signed is over, or soon will be."""
    key = signing.to_renew(snapshot)
    if key is not None:
        until = local_date(key.certificate.valid_until, snapshot.facility.zone)
        text = message("Reports are signed with it until {day}: renew it", day=until)
        yield Item(Need.CERTIFICATE, until, until < snapshot.today, message("Certificate"), "", text)


def _complaints(snapshot: Snapshot) -> Iterator[Item]:
    """The complaints whose answer is owed within a week or late; none, but for who may read and answer them.

    An inspector reads complaints too, and carries this list out of the house.
    """
    if snapshot.person.role not in WRITES_NOTES:
        return
    for row in safeguards.unanswered(snapshot):
        if (row.answer_by - snapshot.today).days <= SOON:
            late = row.is_overdue(snapshot.today)
            text = message("A complaint is not answered in time") if late else message("A complaint is to be answered")
            name = message("{name}", name=row.name)
            yield Item(Need.COMPLAINT, row.answer_by, late, name, row.number, text, resident_id=row.resident_id)
