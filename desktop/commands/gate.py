"""`konak gate`: who is out, somebody goes out or comes in, and leaves that are decided on beforehand."""

import argparse
import json
from collections.abc import Callable, Mapping
from typing import Any

from desktop.commands.opening import open_register
from desktop.commands.shown import print_out
from models.actions import absences, gate
from models.errors import Refused
from models.ids import LeaveId
from models.queries import absences as away
from models.queries import gate as queries
from models.queries.gate import AtGate
from models.rules.papers import GATE
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind
from models.store.register import Register


def run(typed: argparse.Namespace) -> int:
    """Do what was typed, and say what was done.

    Raises:
        Refused: Nobody on the roll has the number, or several may be meant; or a rule says no.
        Unavailable: The register cannot be opened or written.
    """
    with open_register(typed, for_reading=typed.step == "list") as register:
        said = _STEPS[typed.step](register, typed)
        if typed.step == "list":
            print_out(register, GATE, said)
        else:
            print(said)
    return 0


def _list(register: Register, typed: argparse.Namespace) -> str:
    """Who is out, who was to be back first at the top; then the leaves that wait, each with its number."""
    with register.read() as snapshot:
        out, leaves = away.away(snapshot), queries.leaves(snapshot)
    said = {
        "out": [
            {"number": row.number, "name": row.name, "kind": row.kind.value, "place": row.place, "escort": row.escort,
             "left": _written(register, row.left), "due_back": _written(register, row.due_back),
             "overdue": row.is_overdue}
            for row in out
        ],
        "leaves": [
            {"leave": int(row.id), "number": row.number, "name": row.name, "kind": row.kind.value, "place": row.place,
             "escort": row.escort, "from": _written(register, row.start), "due_back": _written(register, row.due_back),
             "decided_by": row.decided_by}
            for row in leaves
        ],
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, indent=2)


def _out(register: Register, typed: argparse.Namespace) -> str:
    person = _person(register, typed.number)
    register.perform(gate.out, stay_id=person.stay_id, **_given(register, typed))
    return f"{person.number} is out."


def _in(register: Register, typed: argparse.Namespace) -> str:
    person = _person(register, typed.number)
    if person.absence_id is None:
        raise Refused("{number} is not away.", field="number", number=person.number)
    now = Moment.of(register.clock.now(), register.facility.zone)
    register.perform(absences.return_, absence_id=person.absence_id, returned=now)
    return f"{person.number} is back."


def _plan(register: Register, typed: argparse.Namespace) -> str:
    person, zone = _person(register, typed.number), register.facility.zone
    leave = register.perform(
        gate.plan_leave,
        stay_id=person.stay_id,
        start=Moment.typed(typed.start[0], typed.start[1], zone),
        **_given(register, typed),
    ).value
    return f"Leave {leave} of {person.number} is planned."


def _call_off(register: Register, typed: argparse.Namespace) -> str:
    register.perform(gate.call_off, leave_id=LeaveId(typed.leave), reason=typed.reason)
    return f"Leave {typed.leave} is called off."


_STEPS: Mapping[str, Callable[[Register, argparse.Namespace], str]] = {
    "list": _list, "out": _out, "in": _in, "plan": _plan, "call-off": _call_off
}  # fmt: skip


def _person(register: Register, number: str) -> AtGate:
    """Who on the roll has a number.

    Raises:
        Refused: Nobody has, or it is no number.
    """
    with register.read() as snapshot:
        found = queries.at_gate(snapshot, text=number)
    if len(found) != 1:
        raise Refused("Nobody on the roll has the number {number}.", field="number", number=number)
    return found[0]


def _given(register: Register, typed: argparse.Namespace) -> dict[str, Any]:
    """What was typed, as the actions take it; what was not is left to them."""
    due = None if typed.due is None else Moment.typed(typed.due[0], typed.due[1], register.facility.zone)
    kind = None if typed.kind is None else AbsenceKind(typed.kind)
    said = {"kind": kind, "place": typed.place, "escort": typed.escort, "due_back": due}
    said["reason"] = typed.reason
    return {name: value for name, value in said.items() if value not in (None, "")}


def _written(register: Register, moment: Moment) -> str:
    if moment.at is None:
        return moment.on.isoformat()
    return moment.at.astimezone(register.facility.zone).isoformat(timespec="minutes")
