"""`konak roll-call`: count the house at one door or several, say what was done, sign, and what was counted before."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from desktop.commands.opening import open_register
from desktop.commands.shown import print_out
from models.actions import roll_calls as actions
from models.actions.roll_calls import Marked
from models.errors import Refused
from models.exchange import handed_counts
from models.ids import RollCallId, StayId
from models.queries import gate
from models.queries import roll_calls as queries
from models.queries.roll_calls import Count
from models.rules.papers import ROLL_CALL, ROLL_CALLS
from models.rules.roll_calls import why_not
from models.rules.time import Moment
from models.rules.vocabulary import CountedBy, RollAnswer, RollMarkState
from models.store.register import Register
from models.text import translator

_LISTS = {"list": ROLL_CALLS, "show": ROLL_CALL}
"""The steps that print who was counted, and as what it leaves."""


def run(typed: argparse.Namespace) -> int:
    """Do what was typed, and say what was done.

    Raises:
        Refused: No roll call goes on, somebody is not known by a number, or a rule says no.
        Unavailable: The register cannot be opened or written.
    """
    with open_register(typed, for_reading=typed.step in _LISTS) as register:
        said = _STEPS[typed.step](register, typed)
        if typed.step in _LISTS:
            print_out(register, _LISTS[typed.step], said)
        else:
            print(said)
    return 0


def _list(register: Register, _typed: argparse.Namespace) -> str:
    """The register of counts, the last one first."""
    with register.read() as snapshot:
        calls = queries.calls(snapshot)
    return _json(
        [
            {"number": int(call.id), "held_for": _at(register, call.due_at), "began": _at(register, call.began_at),
             "ended": _at(register, call.ended_at), "counted_by": [each.name for each in call.counters],
             "on_roll": call.on_roll, "away": call.away,
             "expected": call.expected, "counted": call.counted, "missing": call.missing_now,
             "unexpected": call.unexpected_now, "is_open": call.is_open, "balances": call.balances,
             "signed_by": call.closed_by, "remark": call.words}
            for call in calls
        ]
    )  # fmt: skip


def _show(register: Register, typed: argparse.Namespace) -> str:
    """One roll call with everybody in it; without a number the one that goes on."""
    found = _count(register, typed.number)
    english = translator("en")
    people = [
        {"number": line.number, "name": line.name, "building": line.building, "room": line.room, "bed": line.bed,
         "standing": line.standing.value, "owes_answer": line.owes_answer}
        for line in found.lines
    ]  # fmt: skip
    against = [english.render(each) for each in why_not(found.balance)]
    return _json({"number": int(found.call.id), "why_not": against, "people": people})


def _begin(register: Register, typed: argparse.Namespace) -> str:
    zone = register.facility.zone
    began, ended, late = (
        None if said is None else Moment.of_clock(said[0], said[1], zone)
        for said in (typed.began, typed.ended, typed.held_for)
    )
    made = register.perform(
        actions.begin,
        part=typed.part,
        counter=typed.counter,
        began=began,
        ended=ended,
        held_for=None if late is None else late.at,
    ).value
    return f"Roll call {made} began."


def _mark(state: RollMarkState) -> Callable[[Register, argparse.Namespace], str]:
    def mark(register: Register, typed: argparse.Namespace) -> str:
        call = _count(register).call
        numbers = sys.stdin.read().split() if typed.numbers == ["-"] else typed.numbers
        whose = [_stay(register, number) for number in numbers]
        by = CountedBy.SHEET if call.is_from_sheet else CountedBy.KEY
        marks = tuple(Marked(each, state, by) for each in whose)
        name = typed.counter or register.person.name
        there = [each.id for each in call.counters if each.name == name and typed.part in ("", each.part)]
        if there:
            counter = there[-1]
        else:
            joins = {"part": typed.part, "counter": typed.counter}
            counter = register.perform(actions.join, roll_call_id=call.id, **joins).value
        register.perform(actions.mark, roll_call_id=call.id, counter_id=counter, marks=marks)
        return _said(register, call.id)

    return mark


def _take_in(register: Register, _typed: argparse.Namespace) -> str:
    """What was counted at other workstations is taken in, all that waits."""
    call = _count(register).call
    for each in handed_counts.waiting(register, roll_call_id=call.id):
        who = {"counter": each.who, "slot": each.slot}
        register.perform(actions.take_in, roll_call_id=call.id, **who, part=each.part, marks=each.marks)
        handed_counts.take_away(register, each.name)
    return _said(register, call.id)


def _answer(register: Register, typed: argparse.Namespace) -> str:
    call = _count(register).call
    register.perform(
        actions.answer,
        roll_call_id=call.id,
        stay_id=_stay(register, typed.number),
        answer=RollAnswer(typed.answer),
        words=typed.words,
    )
    return _said(register, call.id)


def _close(register: Register, typed: argparse.Namespace) -> str:
    call = _count(register).call
    register.perform(actions.close, roll_call_id=call.id, remark=typed.remark)
    return f"Roll call {call.id} is signed."


def _take_back(register: Register, typed: argparse.Namespace) -> str:
    register.perform(actions.take_back, roll_call_id=RollCallId(typed.number), reason=typed.reason)
    return f"Roll call {typed.number} is taken back."


_STEPS: Mapping[str, Callable[[Register, argparse.Namespace], str]] = {
    "list": _list,
    "show": _show,
    "begin": _begin,
    "here": _mark(RollMarkState.HERE),
    "not-here": _mark(RollMarkState.NOT_HERE),
    "take-in": _take_in,
    "answer": _answer,
    "close": _close,
    "take-back": _take_back,
}


def _count(register: Register, number: int | None = None) -> Count:
    """A roll call by its number; without one that which goes on.

    Raises:
        Refused: None goes on.
    """
    with register.read() as snapshot:
        if number is not None:
            return queries.count(snapshot, roll_call_id=RollCallId(number))
        found = queries.house(snapshot).open
    if found is None:
        raise Refused("No roll call goes on. Begin one first.")
    return found


def _stay(register: Register, number: str) -> StayId:
    """Whose number it is, on the roll or not: whoever is seen is counted.

    Raises:
        Refused: Nobody in the house has it.
    """
    with register.read() as snapshot:
        on_roll = gate.at_gate(snapshot, text=number)
        found = (on_roll[0].stay_id, "") if len(on_roll) == 1 else queries.stay_of(snapshot, number=number)
    if found is None:
        raise Refused("Nobody on the roll has the number {number}.", field="number", number=number)
    return found[0]


def _said(register: Register, roll_call_id: RollCallId) -> str:
    english = translator("en")
    against: Sequence[str] = [english.render(each) for each in why_not(_count(register, roll_call_id).balance)]
    return "; ".join(against) + "." if against else "It balances."


def _at(register: Register, instant: datetime | None) -> str | None:
    if instant is None:
        return None
    return instant.astimezone(register.facility.zone).isoformat(timespec="minutes")


def _json(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, indent=2)
