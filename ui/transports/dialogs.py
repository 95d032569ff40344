"""What is asked about transports: what is expected, when it came, and what counts for one person on it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import transports as actions
from models.errors import Refused
from models.ids import CandidateId, PassengerId, StayId, TransportId
from models.queries import arrivals, passengers
from models.queries import beds as newcomers
from models.queries.candidates import AlikeRow
from models.queries.passengers import BedShown, PassengerRow
from models.queries.transports import TransportRow, Waiting
from models.rules.time import Moment
from models.rules.vocabulary import TransportMeans
from models.rules.wording import word
from ui import permissions, search, session
from ui.arrivals.fields import expected_one
from ui.kit import undoing
from ui.kit.field import Field, given
from ui.kit.fields import CheckField, ChoiceField, LongTextField, TextField
from ui.kit.form import FormDialog
from ui.kit.labels import Text
from ui.kit.notices import Callout
from ui.kit.search import Found
from ui.kit.typed_fields import MomentField
from ui.kit.undoing import Undo, former
from ui.language import _, isolated, plural, say
from ui.picks import PickField
from ui.presentation import alike_head, reasons_of
from ui.reading import say_named
from ui.rooms.presentation import against as bed_against
from ui.taking_back import reason_dialog
from ui.transports.presentation import bed_words, person_of, title_of
from ui.work import run_query, show_refusal


def _fields(row: TransportRow | None) -> list[Field[Any]]:
    """What is asked of a transport, as it stands."""
    means = [(each, say(word(each))) for each in TransportMeans]
    return [
        ChoiceField(
            "means", _("By what"), means, value=row.means if row else TransportMeans.BUS, wide=False, required=True
        ),
        TextField(
            "number", _("Number"), value=row.number if row else "", wide=False, hint=_("Of the flight, or the plate.")
        ),
        TextField("from_place", _("From where"), value=row.from_place if row else ""),
        MomentField("expected", _("Expected"), value=row.expected if row else Moment(session.today()), required=True),
        TextField("escort", _("Escort"), value=row.escort if row else "", hint=_("Who brings the people.")),
        LongTextField("note", _("Note"), value=row.note if row else "", lines=2),
    ]


def add_dialog(
    owner: QWidget,
    waiting: Sequence[Waiting],
    on_done: Callable[[TransportId], None],
    chosen: Waiting | None = None,
) -> None:
    """Ask what is expected, and whose list comes with it."""
    lists = [(each.candidate_ids, _waiting(each)) for each in waiting]
    who: ChoiceField[tuple[CandidateId, ...]] = ChoiceField(
        "candidate_ids", _("Who"), lists, value=chosen.candidate_ids if chosen else None, none=_("Nobody yet")
    )
    FormDialog(
        owner,
        _("Add a transport"),
        [who, *_fields(None)],
        actions.add,
        prepare=given,
        submit=_("Add"),
        done=_("The transport is expected."),
        undoes=lambda made: Undo(actions.remove, {"transport_id": made}),
        on_done=on_done,
    ).open()


def _waiting(each: Waiting) -> str:
    people = plural("{n} person", "{n} people", len(each.candidate_ids))
    return _("List {code}, {programme}: {people}", code=each.list_code, programme=each.programme, people=people)


def change_dialog(owner: QWidget, row: TransportRow) -> None:
    """Ask what is otherwise about a transport."""
    names = ("means", "number", "from_place", "expected", "escort", "note")
    before = {name: getattr(row, name) for name in names}
    FormDialog(
        owner,
        _("Change the transport"),
        _fields(row),
        actions.change,
        values={"transport_id": row.id, "version": row.version},
        prepare=lambda values: {
            **values,
            **{name: values[name] or "" for name in names if name not in ("means", "expected")},
        },
        submit=_("Change"),
        done=_("The transport is changed."),
        undoes=former(actions.change, row.version, transport_id=row.id, **before),
    ).open()


def came_dialog(owner: QWidget, row: TransportRow) -> None:
    """Ask when a transport came."""
    now = Moment.of(session.clock().now(), session.zone())
    FormDialog(
        owner,
        _("It has come"),
        [
            MomentField("came", _("Came"), value=row.came or now, required=True),
            TextField("escort", _("Escort"), value=row.escort, hint=_("Who brought the people.")),
        ],
        actions.come,
        values={"transport_id": row.id, "version": row.version},
        prepare=lambda values: {**values, "escort": values["escort"] or ""},
        submit=_("It has come"),
        says=" ".join(
            [
                _("Everybody counts as on board until you take out who was not."),
                *([_("Who was admitted keeps their arrival: correct it with each of them.")] if row.admitted else []),
            ]
        ),
        done=_("{what} has come.", what=title_of(row)),
        undoes=former(actions.come, row.version, transport_id=row.id, came=row.came, escort=row.escort),
    ).open()


def call_off_dialog(owner: QWidget, row: TransportRow) -> None:
    """Ask why a transport does not come."""
    FormDialog(
        owner,
        _("Call it off"),
        [LongTextField("reason", _("Why it does not come"), required=True)],
        actions.call_off,
        values={"transport_id": row.id},
        says=_("Whoever was expected with it keeps their place, and can come with another transport."),
        done=_("The transport is called off."),
        undoes=lambda _done: Undo(actions.expect_again, {"transport_id": row.id}, why=""),
    ).open()


def remove_dialog(owner: QWidget, row: TransportRow, on_done: Callable[[], object]) -> None:
    """Ask what the mistake was, and take a transport away that was entered by it."""
    form = reason_dialog(
        owner,
        _("Remove the transport"),
        actions.remove,
        {"transport_id": row.id},
        says=_("Whoever was expected with it is expected without a transport."),
        done=_("The transport is removed."),
        undoes=_("To have it back, enter it anew."),
    )
    form.done_with.connect(lambda _value: on_done())
    form.open()


def take_back_dialog(owner: QWidget, row: TransportRow) -> None:
    """Ask what the mistake was, and take back everybody who was admitted with a transport."""
    reason_dialog(
        owner,
        _("Take back the whole transport"),
        actions.take_back,
        {"transport_id": row.id},
        says=plural(
            "The arrival of {n} person is taken back: place, bed and number are free again.",
            "The arrivals of {n} people are taken back: places, beds and numbers are free again.",
            row.admitted,
        ),
        done=lambda gone: plural("{n} arrival is taken back.", "{n} arrivals are taken back.", len(gone)),
        undoes=_("To have them back, admit them anew."),
    ).open()


def expect_dialog(owner: QWidget, row: TransportRow, waiting: Sequence[Waiting]) -> None:
    """Ask who comes with a transport: a whole list of those who are expected with none, or one of them."""

    def show(found: Sequence[arrivals.ExpectedRow]) -> None:
        free = {one for each in waiting for one in each.candidate_ids}
        lists = [(each.candidate_ids, _waiting(each)) for each in waiting]
        one: PickField[CandidateId] = PickField(
            "one", _("One person"), search.people(expected_one(each) for each in found if each.id in free)
        )
        FormDialog(
            owner,
            _("Put people on it"),
            [ChoiceField("all", _("All of a list"), lists, none=_("Choose, or pick one person below")), one],
            actions.expect,
            values={"transport_id": row.id},
            prepare=lambda said: {
                "candidate_ids": tuple(dict.fromkeys((*(said["all"] or ()), *([said["one"]] if said["one"] else ()))))
            },
            submit=_("Put on it"),
            done=_("They are expected with it."),
            undoes=lambda added: Undo(actions.take_off, {"transport_id": row.id, "candidate_ids": added}, why=""),
        ).open()

    run_query(owner, arrivals.expected, show)


def arrange_dialog(owner: QWidget, row: TransportRow, each: PassengerRow, beds: Sequence[BedShown]) -> None:
    """Ask which bed somebody gets, what it must be like, and whether they arrived at another hour."""
    own = () if each.bed is None or each.bed.id in {bed.id for bed in beds} else (each.bed,)
    found = [Found(bed.id, bed_words(bed), "", say(word(bed.kind)) if bed.kind else "") for bed in (*own, *beds)]
    bed: PickField[Any] = PickField(
        "bed_id", _("Bed"), found, hint=_("Leave it empty for no bed."), placeholder=_("Room; the down key shows all")
    )
    if each.bed is not None:
        bed.put(each.bed.id)
        bed.settle()
    is_chosen = each.bed_is_chosen and not each.lost_bed
    proposed = each.bed.id if each.bed is not None and not is_chosen else None

    def arguments(said: dict[str, Any]) -> dict[str, Any]:
        chosen = not said.pop("as_proposed", False) and (is_chosen or said["bed_id"] != proposed)
        return {**said, "bed_is_chosen": chosen}

    before: dict[str, Any] = {
        "bed_id": each.bed.id if each.bed is not None and is_chosen else None,
        "bed_is_chosen": is_chosen,
        "needs_accessible": each.needs_accessible,
        "not_shared": each.not_shared,
        "arrived": each.own,
    }
    whose: dict[str, Any] = {"transport_id": row.id, "passenger_id": each.id}
    against = Callout()

    def ask() -> None:
        against.say("")
        if bed.found is not None:
            run_query(
                against,
                newcomers.asked,
                lambda found: against.say("\n".join(bed_against(found, may_allow=False, later=True))),
                latest="bed",
                bed_id=bed.found.value,
                candidate_id=each.candidate_id,
            )

    bed.edited.connect(ask)
    FormDialog(
        owner,
        _("Bed and hour: {name}", name=isolated(person_of(each))),
        [
            bed,
            against,
            *([CheckField("as_proposed", _("As it is proposed"))] if is_chosen else []),
            CheckField("needs_accessible", _("Needs an accessible bed"), value=each.needs_accessible),
            CheckField("not_shared", _("Is not to share a room"), value=each.not_shared),
            MomentField("arrived", _("Arrived at another hour"), value=each.own, hint=_("Empty: with the transport.")),
        ],
        actions.arrange,
        values={**whose, "version": each.version},
        prepare=arguments,
        submit=_("Save"),
        done=_("{name}: arranged.", name=isolated(person_of(each))),
        undoes=former(actions.arrange, each.version, **whose, **before),
    ).open()


def decide_dialog(owner: QWidget, row: TransportRow, each: PassengerRow) -> None:
    """Ask what has to be decided of somebody before the admission: who it is, then whether it is a child."""
    if set(each.alike) - set(each.told_apart) and each.same_id is None:
        who_dialog(owner, row, each)
    elif each.age_in_doubt:
        age_dialog(owner, row, [each])


def who_dialog(owner: QWidget, row: TransportRow, each: PassengerRow) -> None:
    """Ask who somebody is whom the register may know, for the first time or anew."""
    run_query(owner, passengers.alike, partial(_ask_who, owner, row, each), candidate_id=each.candidate_id)


def _ask_who(owner: QWidget, row: TransportRow, each: PassengerRow, found: Sequence[AlikeRow]) -> None:
    decided = each.same_id if each.same_id is not None else "nobody" if each.told_apart else None
    here = [one for one in found if one.resident_id is not None and (one.can_arrive or one.resident_id == decided)]
    choices: list[tuple[object, str]] = [
        (one.resident_id, _("The same person: comes back as {number}", number=one.where)) for one in here
    ]
    choices.append(("nobody", _("None of them: somebody else")))
    whose = {"transport_id": row.id, "passenger_id": each.id}
    stays = _(
        "Whoever is on the roll cannot come once more. If it is the same person, decide nothing here, and take this "
        "row out of those on board."
    )

    def arguments(said: dict[str, Any]) -> dict[str, Any]:
        same = None if said["who"] == "nobody" else said["who"]
        return {"resident_id": same, "told_apart": () if same else each.alike}

    FormDialog(
        owner,
        _("Perhaps known already: {name}", name=isolated(person_of(each))),
        [
            *(Text(f"{alike_head(one)}\n{reasons_of(one)}", "body", wrap=True) for one in found),
            Callout(stays if any(one.is_on_roll for one in found) else ""),
            ChoiceField("who", _("Who it is"), choices, value=decided, required=True),
        ],
        actions.identify,
        values=whose,
        prepare=arguments,
        submit=_("Decide"),
        done=_("It is decided who it is."),
        undoes=lambda _none: Undo(
            actions.identify, {**whose, "resident_id": each.same_id, "told_apart": each.told_apart}, why=""
        ),
        on_done=lambda _none: age_dialog(owner, row, [each]) if each.age_in_doubt else None,
    ).open()


def age_dialog(owner: QWidget, row: TransportRow, people: Sequence[PassengerRow]) -> None:
    """Ask whether people whose age is in doubt are taken for children, for the first time or anew."""
    choices = [(True, _("Taken for a child"))]
    if permissions.may(actions.DECIDE_ADULT):
        choices.append((False, _("Taken for an adult")))
    hint = "" if len(choices) > 1 else _("That it is an adult a supervisor decides.")
    ids: tuple[PassengerId, ...] = tuple(each.id for each in people)
    names = "; ".join(isolated(person_of(each)) for each in people)
    FormDialog(
        owner,
        _("Age in doubt: {names}", names=names),
        [
            ChoiceField("is_child", _("Until it is known better"), choices, required=True, hint=hint),
            LongTextField("reason", _("On what this rests"), required=True, lines=2),
        ],
        actions.decide_age,
        values={"transport_id": row.id, "passenger_ids": ids},
        submit=_("Decide"),
        done=_("It is decided on the age."),
        undoes=lambda _none: tuple(_age_before(row, each) for each in people),
    ).open()


def _age_before(row: TransportRow, each: PassengerRow) -> Undo:
    said = {"is_child": each.is_child, "reason": each.decided_why}
    return Undo(actions.decide_age, {"transport_id": row.id, "passenger_ids": (each.id,), **said}, why="")


def expect_again(owner: QWidget, row: TransportRow) -> None:
    """Say that a transport that was called off is expected again."""
    done = _("{what} is expected again.", what=title_of(row))
    undo = Undo(actions.call_off, {"transport_id": row.id, "reason": row.called_off or ""}, why="")
    undoing.do(owner, actions.expect_again, done, lambda _none: undo, transport_id=row.id)


def not_come(owner: QWidget, row: TransportRow) -> None:
    """Say that a transport has not come."""
    done = _("{what} has not come.", what=title_of(row))

    def before(absent: Sequence[PassengerId]) -> tuple[Undo, ...]:
        came = {"transport_id": row.id, "came": row.came, "version": row.version + 1}
        away = {"transport_id": row.id, "passenger_ids": absent, "is_aboard": False}
        return (Undo(actions.come, came, why=""), *([Undo(actions.board, away, why="")] if absent else []))

    undoing.do(owner, actions.come, done, before, transport_id=row.id, came=None, version=row.version)


def board(owner: QWidget, row: TransportRow, people: Sequence[PassengerRow], *, is_aboard: bool) -> None:
    """Say of people that they were on a transport, or were not."""
    ids = tuple(each.id for each in people)
    names = "; ".join(isolated(person_of(each)) for each in people)
    done = _("On board: {names}", names=names) if is_aboard else _("Not come: {names}", names=names)
    values = {"transport_id": row.id, "passenger_ids": ids}
    undo = Undo(actions.board, {**values, "is_aboard": not is_aboard}, why="")
    undoing.do(owner, actions.board, done, lambda _none: undo, is_aboard=is_aboard, **values)


def take_off(owner: QWidget, row: TransportRow, people: Sequence[PassengerRow]) -> None:
    """Say of people that they are not expected with a transport."""
    ids = tuple(each.candidate_id for each in people)
    names = "; ".join(isolated(person_of(each)) for each in people)
    values = {"transport_id": row.id, "candidate_ids": ids}
    undo = Undo(actions.expect, values, why="")
    undoing.do(owner, actions.take_off, _("Taken off: {names}", names=names), lambda _none: undo, **values)


def admit(owner: QWidget, row: TransportRow, people: Sequence[PassengerRow]) -> None:
    """Admit those who are ready, in one step; the whole transport can be taken back.

    Where a supervisor has chosen beds that their kind forbids, it is asked why.
    """
    beds = {each.id: None if each.bed is None else each.bed.id for each in people}
    values: dict[str, Any] = {"transport_id": row.id, "beds": beds}
    done = plural("{n} person is admitted.", "{n} people are admitted.", len(people))

    def back(made: Sequence[StayId]) -> Undo:
        return Undo(actions.take_back, {"transport_id": row.id, "stay_ids": made})

    def refused(why: Refused) -> None:
        if why.field != "reason":
            show_refusal(owner, why)
            return
        FormDialog(
            owner,
            plural("Admit {n} person", "Admit {n} people", len(people)),
            [LongTextField("reason", _("Why it is allowed"), lines=2, required=True)],
            actions.admit,
            values=values,
            says="\n".join([_("Some of the beds are not for those who are to get them:"), *why.lines(say, say_named)]),
            submit=_("Admit"),
            done=done,
            undoes=back,
        ).open()

    undoing.do(owner, actions.admit, done, back, refused, **values)
