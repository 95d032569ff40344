"""What the desk does with transports: enters them, says who is expected with one and who came, admits them all."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from models.actions import corrections, stays
from models.actions.needs import NEEDS
from models.entities.needs import Need
from models.entities.residents import Resident
from models.entities.rooms import Placement
from models.entities.selection import Candidate
from models.entities.stays import Stay
from models.entities.transports import Passenger, Transport
from models.errors import Named, Refused, by_reason
from models.ids import BedId, CandidateId, PassengerId, ResidentId, StayId, TransportId
from models.queries.selection import likes
from models.repositories import rooms
from models.repositories.deciding import named
from models.repositories.transports import admitted_with, known_transport, passengers_of
from models.rules import transports as rules
from models.rules.entry import needed, the_mistake
from models.rules.people import DECIDES, DESK
from models.rules.time import Moment
from models.rules.transports import TransportFacts, checked_transport
from models.rules.vocabulary import CandidateState, NeedKind, TransportMeans
from models.store import guards
from models.store.declaring import Declared, action
from models.store.unit_of_work import UnitOfWork
from models.text import N_, Message, message

DECIDE_ADULT = Declared(name="transports.decide_adult", roles=DECIDES)
"""What `decide_age` asks for where somebody who may be a child is to be taken for an adult."""


@action("transports.add", about="candidate_ids", roles=DESK, told=N_("Entered a transport"))
def add(
    unit: UnitOfWork,
    *,
    means: TransportMeans,
    expected: Moment,
    number: str = "",
    from_place: str = "",
    escort: str = "",
    note: str = "",
    candidate_ids: Sequence[CandidateId] = (),
) -> TransportId:
    """Enter a transport that is expected, with those who are expected on it.

    Args:
        unit: The transaction.
        means: By what they come.
        expected: When; to the day where the hour is not known.
        number: Of the flight, or the plate.
        from_place: Where it comes from.
        escort: Who brings the people.
        note: Anything worth knowing.
        candidate_ids: Accepted candidates who have not arrived.

    Raises:
        Refused: The day cannot be, or one of them is not expected, or is expected with another transport.
    """
    said = TransportFacts(
        means=means, expected=expected, number=number, from_place=from_place, escort=escort, note=note
    )
    row = Transport(**asdict_of(checked_transport(said, today=unit.today, came=None)))
    unit.session.add(row)
    unit.session.flush()
    unit.about("transport", row.id)
    _put_on(unit, row, candidate_ids)
    return row.id


def asdict_of(facts: TransportFacts) -> dict[str, object]:
    """The facts as the columns of a row; the moment as a whole."""
    return asdict(facts) | {"expected": facts.expected}


@action("transports.change", about="transport_id", roles=DESK, told=N_("Changed a transport"))
def change(
    unit: UnitOfWork,
    *,
    transport_id: TransportId,
    means: TransportMeans,
    expected: Moment,
    number: str = "",
    from_place: str = "",
    escort: str = "",
    note: str = "",
    version: int | None = None,
) -> None:
    """Say otherwise what a transport is, or when it is expected.

    Raises:
        Refused: The day cannot be, or a text is too long.
        Conflict: Somebody else has changed it in the meantime.
    """
    row = known_transport(unit, transport_id)
    unit.check_version(row, version)
    said = TransportFacts(
        means=means, expected=expected, number=number, from_place=from_place, escort=escort, note=note
    )
    for name, value in asdict_of(checked_transport(said, today=unit.today, came=row.came)).items():
        setattr(row, name, value)


@action("transports.remove", about="transport_id", roles=DESK, told=N_("Removed a transport"))
def remove(unit: UnitOfWork, *, transport_id: TransportId, reason: str) -> None:
    """Take away a transport that was entered by mistake; whoever was expected with it is expected without one.

    Raises:
        Refused: It has come, or there is no reason.
    """
    row = known_transport(unit, transport_id)
    unit.note(reason=the_mistake(reason))
    if row.came is not None:
        raise Refused("This transport has come. Say first that it has not.", field="transport_id")
    unit.concerns("candidate", [each.candidate_id for each in row.passengers])
    for each in list(row.passengers):
        unit.session.delete(each)
    unit.session.flush()
    unit.session.expire(row, ["passengers"])
    unit.session.delete(row)


@action("transports.call_off", about="transport_id", roles=DESK, told=N_("Called a transport off"))
def call_off(unit: UnitOfWork, *, transport_id: TransportId, reason: str) -> None:
    """Say that a transport does not come. Those who were expected with it keep their places, and may come with another.

    Raises:
        Refused: It has come, it was called off already, or there is no reason.
    """
    row = known_transport(unit, transport_id)
    said = needed(reason, Refused("Say why it does not come.", field="reason"))
    if row.came is not None:
        raise Refused("This transport has come. Say first that it has not.", field="reason")
    if row.called_off is not None:
        raise Refused("This transport was called off already.", field="reason")
    row.called_off = said


@action("transports.expect_again", about="transport_id", roles=DESK, told=N_("Expects a transport again"))
def expect_again(unit: UnitOfWork, *, transport_id: TransportId) -> None:
    """Say that a transport that was called off comes after all.

    Raises:
        Refused: It was not called off, or somebody who was on it is expected with another one by now.
    """
    row = known_transport(unit, transport_id)
    if row.called_off is None:
        raise Refused("This transport was not called off.", field="transport_id")
    row.called_off = None
    _check_on_no_other(unit, row, [each.candidate_id for each in row.passengers])


@action("transports.expect", about="transport_id", roles=DESK, told=N_("Put people on a transport"))
def expect(
    unit: UnitOfWork, *, transport_id: TransportId, candidate_ids: Sequence[CandidateId]
) -> tuple[CandidateId, ...]:
    """Say that accepted candidates are expected with a transport.

    Returns:
        Those who were not on it before.

    Raises:
        Refused: One of them is not expected, or is expected with another transport.
    """
    row = known_transport(unit, transport_id)
    if row.called_off is not None:
        raise Refused("This transport was called off. Choose another.", field="transport_id")
    if not candidate_ids:
        raise Refused("Choose who comes with it.", field="candidate_ids")
    added = _put_on(unit, row, candidate_ids)
    unit.touch(row)
    return added


def _put_on(unit: UnitOfWork, row: Transport, candidate_ids: Sequence[CandidateId]) -> tuple[CandidateId, ...]:
    wanted = dict.fromkeys(candidate_ids)
    unit.concerns("candidate", wanted)
    there = {each.candidate_id for each in row.passengers}
    came = set(unit.session.scalars(select(Stay.candidate_id).where(Stay.candidate_id.in_(wanted))))
    against: list[tuple[Named, Message]] = []
    for one in wanted:
        candidate = unit.session.get_one(Candidate, one)
        if candidate.state is not CandidateState.ACCEPTED:
            against.append((_who(candidate), message("The person is not accepted.")))
        elif one in came:
            against.append((_who(candidate), message("The person was admitted already.")))
    if against:
        reasons, whom = by_reason(against)
        raise Refused("Not everybody can be put on it.", field="candidate_ids", reasons=reasons, whom=whom)
    _check_on_no_other(unit, row, [*wanted])
    is_aboard = None if row.came is None else True
    added = tuple(one for one in wanted if one not in there)
    for one in added:
        row.passengers.append(Passenger(candidate_id=one, is_aboard=is_aboard, told_apart=[]))
    unit.session.flush()
    return added


def _check_on_no_other(unit: UnitOfWork, row: Transport, candidate_ids: Sequence[CandidateId]) -> None:
    """Refuse what would expect somebody with two transports; who did not come with one may come with a later one."""
    others = unit.session.execute(
        select(Candidate, Transport)
        .join(Passenger, Passenger.candidate_id == Candidate.id)
        .join(Transport, Transport.id == Passenger.transport_id)
        .where(
            Candidate.id.in_(candidate_ids),
            Transport.id != row.id,
            Transport.called_off.is_(None),
            Passenger.is_aboard.is_distinct_from(False),
        )
    )
    found = [
        (_who(candidate), message("Expected with the transport of {day} already.", day=other.expected_on))
        for candidate, other in others
    ]
    if found:
        reasons, whom = by_reason(found)
        raise Refused("Not everybody can be put on it.", field="candidate_ids", reasons=reasons, whom=whom)


def name_of(candidate: Candidate) -> str:
    """How somebody of a list is called."""
    return _who(candidate).name


def _who(candidate: Candidate) -> Named:
    numbers = (candidate.list_number, candidate.partner_number)
    return named(candidate.id, *numbers, candidate.family_name, candidate.given_names, candidate.birth)


@action("transports.take_off", about="transport_id", roles=DESK, told=N_("Took people off a transport"))
def take_off(unit: UnitOfWork, *, transport_id: TransportId, candidate_ids: Sequence[CandidateId]) -> None:
    """Say that somebody is not expected with a transport; they stay accepted, and are expected without one.

    Raises:
        Refused: One of them was admitted with it.
    """
    row = known_transport(unit, transport_id)
    unit.concerns("candidate", candidate_ids)
    arrived = admitted_with(unit, row)
    for each in [each for each in row.passengers if each.candidate_id in candidate_ids]:
        if each.candidate_id in arrived:
            raise Refused(
                "{name} was admitted with this transport. Take that arrival back first.",
                field="candidate_ids",
                name=name_of(each.candidate),
            )
        unit.session.delete(each)
    unit.session.flush()
    unit.session.expire(row, ["passengers"])
    unit.touch(row)


@action("transports.come", about="transport_id", roles=DESK, told=N_("Entered that a transport came"))
def come(
    unit: UnitOfWork, *, transport_id: TransportId, came: Moment | None, escort: str = "", version: int | None = None
) -> tuple[PassengerId, ...]:
    """Say when a transport came, or that it has not come.

    Of whom nothing was said yet it is then said that they were on it; who was not is taken out of that by `board`. Who
    was admitted with it already keeps the arrival that was entered, which is corrected of each.

    Args:
        unit: The transaction.
        transport_id: The transport.
        came: When; None: it has not come.
        escort: Who brought the people; empty: as it was said before.
        version: The version that the form was filled in from; None: whatever is there.

    Returns:
        Of whom it had been said that they were not on it.

    Raises:
        Refused: It lies in the future, it was called off, or it is to have not come and somebody was admitted with it.
        Conflict: Somebody else has changed it in the meantime.
    """
    row = known_transport(unit, transport_id)
    unit.check_version(row, version)
    if row.called_off is not None:
        raise Refused("This transport was called off. Say first that it is expected again.", field="came")
    if came is None:
        if admitted_with(unit, row):
            raise Refused("People were admitted with this transport. Take their arrivals back first.", field="came")
    else:
        rules.check_came(came, unit.moment)
    row.came = came
    row.escort = escort.strip() or row.escort
    absent = tuple(each.id for each in row.passengers if each.is_aboard is False)
    for each in row.passengers:
        each.is_aboard = None if came is None else True if each.is_aboard is None else each.is_aboard
    return absent


@action("transports.board", about="transport_id", roles=DESK, told=N_("Said who was on a transport"))
def board(
    unit: UnitOfWork, *, transport_id: TransportId, passenger_ids: Sequence[PassengerId], is_aboard: bool
) -> None:
    """Say of people whether they were on a transport. Who was not keeps the place that is held (rules.md, Places).

    Raises:
        Refused: The transport has not come, or one of them was admitted.
    """
    row = known_transport(unit, transport_id)
    if row.came is None:
        raise Refused("Say first when the transport came.", field="transport_id")
    arrived = admitted_with(unit, row)
    changed = passengers_of(row, passenger_ids)
    unit.concerns("candidate", [each.candidate_id for each in changed])
    for each in changed:
        if each.candidate_id in arrived:
            raise Refused("{name} was admitted already.", field="passenger_ids", name=name_of(each.candidate))
        each.is_aboard = is_aboard
    if is_aboard:
        _check_on_no_other(unit, row, [each.candidate_id for each in changed])


@action(
    "transports.arrange", about="transport_id", roles=DESK, told=N_("Arranged the arrival of somebody on a transport")
)
def arrange(
    unit: UnitOfWork,
    *,
    transport_id: TransportId,
    passenger_id: PassengerId,
    bed_id: BedId | None = None,
    bed_is_chosen: bool = False,
    needs_accessible: bool = False,
    not_shared: bool = False,
    arrived: Moment | None = None,
    version: int | None = None,
) -> None:
    """Say what counts for the arrival of one person: the bed, what it must be like, and another hour.

    Args:
        unit: The transaction.
        transport_id: The transport.
        passenger_id: Who.
        bed_id: The bed that was chosen; None: none.
        bed_is_chosen: Whether that counts in place of the bed that is proposed.
        needs_accessible: Whether only an accessible bed will do.
        not_shared: Whether the person is not to share a room.
        arrived: When the person arrived, where that is another hour than that of the transport.
        version: The version that the form was filled in from; None: whatever is there.

    Raises:
        Refused: The hour lies in the future.
        Conflict: Somebody else has changed it in the meantime.
    """
    (row,) = passengers_of(known_transport(unit, transport_id), [passenger_id])
    unit.check_version(row, version)
    unit.concerns("candidate", [row.candidate_id])
    if arrived is not None:
        rules.check_came(arrived, unit.moment, field="arrived")
    row.bed_is_chosen, row.bed_id = bed_is_chosen, bed_id if bed_is_chosen else None
    row.needs_accessible, row.not_shared = needs_accessible, not_shared
    row.own = arrived


@action("transports.decide_age", about="transport_id", roles=DESK, told=N_("Decided on an age in doubt"))
def decide_age(
    unit: UnitOfWork,
    *,
    transport_id: TransportId,
    passenger_ids: Sequence[PassengerId],
    is_child: bool | None,
    reason: str = "",
) -> None:
    """Decide whether people whose age is in doubt are taken for children; that they are adults a supervisor decides.

    Args:
        unit: The transaction.
        transport_id: The transport.
        passenger_ids: Who.
        is_child: What is decided; None: nothing any more.
        reason: On what it rests.

    Raises:
        Refused: There is no reason, or the role may not decide so.
    """
    rows = passengers_of(known_transport(unit, transport_id), passenger_ids)
    unit.concerns("candidate", [row.candidate_id for row in rows])
    if is_child is not None:
        needed(reason, Refused("Say on what this rests.", field="reason"))
    if is_child is False:
        unit.person.check_may(DECIDE_ADULT)
    for row in rows:
        row.is_child, row.decided_why = is_child, reason.strip() if is_child is not None else ""
        row.decided_by = unit.person.id if is_child is not None else None


@action("transports.identify", about="transport_id", roles=DESK, told=N_("Said who somebody on a transport is"))
def identify(
    unit: UnitOfWork,
    *,
    transport_id: TransportId,
    passenger_id: PassengerId,
    resident_id: ResidentId | None = None,
    told_apart: Sequence[str] = (),
) -> None:
    """Say whom of the register somebody on a transport is found to be, and who they are not.

    Args:
        unit: The transaction.
        transport_id: The transport.
        passenger_id: Who.
        resident_id: The resident who comes back; None: nobody is known to be the same.
        told_apart: All of whom it is said that they are somebody else, as `resident:12` and `candidate:3`.
    """
    (row,) = passengers_of(known_transport(unit, transport_id), [passenger_id])
    unit.concerns("candidate", [row.candidate_id])
    unit.concerns("resident", [] if resident_id is None else [unit.session.get_one(Resident, resident_id).id])
    row.resident_id = resident_id
    row.told_apart = sorted(set(told_apart))


@action("transports.admit", about="transport_id", roles=DESK, told=N_("Admitted the people of a transport"))
def admit(
    unit: UnitOfWork, *, transport_id: TransportId, beds: Mapping[PassengerId, BedId | None], reason: str = ""
) -> tuple[StayId, ...]:
    """Admit those who came with a transport, each as `stays.admit` does: all of them, or nobody.

    Args:
        unit: The transaction.
        transport_id: The transport.
        beds: Who is admitted, and the bed that each gets on arrival; None: none yet.
        reason: Why beds are given that their kind forbids; a supervisor may allow it (`rooms.check`).

    Returns:
        The stays, in the order of `beds`.

    Raises:
        Refused: The transport has not come; or somebody cannot be admitted: `reasons` names why, and `whom` who. What
            only wants a reason is refused beside `reason`.
    """
    row = known_transport(unit, transport_id)
    if row.came is None:
        raise Refused("Say first when the transport came.", field="transport_id")
    if not beds:
        raise Refused("Nobody is ready to be admitted.", field="transport_id")
    coming = passengers_of(row, [*beds])
    open_yet = _decisions(unit, row, coming)
    against: list[tuple[Named, Message]] = []
    made: dict[PassengerId, StayId] = {}
    for each in coming:
        if each.id in open_yet:
            against += [(_who(each.candidate), why) for why in open_yet[each.id]]
        else:
            with _told(unit, each, against):
                made[each.id] = _admit(unit, row.came, each)
    placed = []
    for each in coming:
        bed_id = beds[each.id]
        if each.id in made and bed_id is not None:
            with _told(unit, each, against):
                placed.append(_give(unit, made[each.id], bed_id))
    unit.about("transport", transport_id)
    if against:
        reasons, whom = by_reason(against)
        raise Refused(_NOBODY, reasons=reasons, whom=whom)
    try:
        # Of all at once: who comes as a family is one only when all of them are here.
        rooms.check(unit, placed, reason)
    except Refused as refused:
        raise Refused(_NOBODY, field=refused.field, reasons=refused.reasons) from None
    unit.concerns("stay", made.values())
    unit.concerns("candidate", [each.candidate_id for each in coming])
    return tuple(made.values())


_NOBODY = N_("Nobody was admitted: for some, something stands against it. Decide it, or take them out.")


@contextmanager
def _told(unit: UnitOfWork, each: Passenger, against: list[tuple[Named, Message]]) -> Iterator[None]:
    """Do something for one person; a refusal undoes it, and is kept with the name."""
    try:
        with unit.session.begin_nested():
            yield
    except Refused as refused:
        against += [(_who(each.candidate), why) for why in refused.reasons or (refused.message,)]
    except DBAPIError as error:
        if (guarded := guards.refusal(error)) is None:
            raise
        against.append((_who(each.candidate), guarded.message))


def _admit(unit: UnitOfWork, came: Moment, each: Passenger) -> StayId:
    """Admit one person, and keep of them what was said of the bed that they need."""
    stay_id = stays.admit.function(
        unit,
        programme_id=each.candidate.programme_id,
        arrived=each.own or came,
        candidate_id=each.candidate_id,
        resident_id=each.resident_id,
    )
    who = unit.session.get_one(Stay, stay_id).resident_id
    known = set(unit.session.scalars(select(Need.kind).where(Need.resident_id == who)))
    wanted = {NeedKind.ACCESSIBLE_BED: each.needs_accessible, NeedKind.NOT_SHARED: each.not_shared}
    for kind in (kind for kind, is_wanted in wanted.items() if is_wanted and kind not in known):
        NEEDS.enter.function(unit, resident_id=who, kind=kind, detail="", other_id=None)
    return stay_id


def _give(unit: UnitOfWork, stay_id: StayId, bed_id: BedId) -> Placement:
    stay = unit.session.get_one(Stay, stay_id)
    return rooms.give(unit, stay, bed_id, stay.arrived)


def _decisions(unit: UnitOfWork, row: Transport, coming: Sequence[Passenger]) -> dict[PassengerId, tuple[Message, ...]]:
    """What has to be decided of each first, or that the person was not on it."""
    alike = likes(unit.snapshot(), [each.candidate_id for each in coming])
    found: dict[PassengerId, tuple[Message, ...]] = {}
    for each in coming:
        day = (each.own or row.came or row.expected).on
        why = rules.to_decide(
            each.candidate.birth,
            day,
            decided=each.is_child,
            alike=[] if each.resident_id else [like.subject for like in alike.get(each.candidate_id, ())],
            told_apart=each.told_apart,
        )
        if not each.is_aboard:
            why = (message("The person was not on it."), *why)
        if why:
            found[each.id] = why
    return found


@action("transports.take_back", about="transport_id", roles=DESK, told=N_("Took back the admission of a transport"))
def take_back(
    unit: UnitOfWork, *, transport_id: TransportId, reason: str, stay_ids: Sequence[StayId] = ()
) -> tuple[StayId, ...]:
    """Take back the arrivals of a transport, each as `stays.take_back` does: all of them, or none.

    Whoever is admitted anew afterwards goes on as the resident whom they had become.

    Args:
        unit: The transaction.
        transport_id: The transport.
        reason: What the mistake was.
        stay_ids: Which; empty: of all who were admitted with it.

    Returns:
        The stays that are gone.

    Raises:
        Refused: Nobody was admitted with it, there is no reason, or one of them cannot be taken back.
    """
    row = known_transport(unit, transport_id)
    here = admitted_with(unit, row)
    wanted = [stay for stay in here.values() if not stay_ids or stay in stay_ids]
    if not wanted:
        raise Refused("Nobody was admitted with this transport; there is nothing to take back.", field="transport_id")
    became = {each.candidate_id: each for each in row.passengers}
    for stay_id in sorted(wanted, reverse=True):  # the last number that was given is free first
        stay = unit.session.get_one(Stay, stay_id)
        if stay.candidate_id is not None:
            became[stay.candidate_id].resident_id = stay.resident_id
        corrections.take_back.function(unit, stay_id=stay_id, reason=reason)
    unit.about("transport", transport_id)
    unit.concerns("stay", wanted)
    return tuple(wanted)
