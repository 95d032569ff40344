"""`konak decide`: who is on a proposed list, and the decision on one or several of them."""

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desktop.commands.opening import open_register
from desktop.commands.shown import print_out
from models.actions import deciding, selection
from models.errors import Refused
from models.ids import CandidateId
from models.queries import candidates
from models.queries import selection as queries
from models.queries.replay import list_of_code
from models.queries.selection import CandidateRow
from models.rules.numbers import number_key
from models.rules.papers import CANDIDATES
from models.rules.vocabulary import CandidateState
from models.store.declaring import Action
from models.store.register import Register

if TYPE_CHECKING:
    from models.text import Message


def run(typed: argparse.Namespace) -> int:
    """Print the candidates of a list, or decide on those that are named.

    Raises:
        Refused: There is no such list or candidate, or a rule says no; what is in doubt is told reason by reason.
        Unavailable: The register cannot be opened or written.
    """
    with open_register(typed, for_reading=not typed.numbers) as register:
        with register.read() as snapshot:
            which = list_of_code(snapshot, typed.list)
            rows = queries.rows(snapshot, queries.ids(snapshot, list_id=which))
        if not typed.numbers:
            said = json.dumps([_told(row) for row in rows], ensure_ascii=False, indent=2)
            print_out(register, CANDIDATES, said, subject=f"list:{typed.list}")
            return 0
        people = [_named(rows, number) for number in typed.numbers]
        print(_take_back(register, people, typed) if typed.take_back else _decide(register, people, typed))
    return 0


def _decide(register: Register, people: list[CandidateId], typed: argparse.Namespace) -> str:
    if typed.confirm:
        with register.read() as snapshot:
            waiting = [each.id for each in candidates.proposals(snapshot, candidate_ids=people)]
        _knowing(register, deciding.confirm, typed, proposal_ids=waiting)
        return f"Confirmed on {len(waiting)}."
    if typed.outcome is None:
        raise Refused("Say how it is decided, by the option --as.", field="outcome")
    _knowing(
        register,
        deciding.propose if typed.propose else deciding.decide_many,
        typed,
        candidate_ids=people,
        outcome=CandidateState(typed.outcome),
        reasons=tuple(typed.listed),
        reason=typed.reason,
        decided_by=typed.decided_by,
    )
    return f"{'Proposed' if typed.propose else 'Decided'} on {len(people)}: {typed.outcome}."


def _knowing(register: Register, action: Action[Any, ..., Any], typed: argparse.Namespace, **said: Any) -> None:  # noqa: ANN401 - the arguments of the action
    """Decide; what is in doubt refuses it, unless it was said that it is decided all the same."""
    known: tuple[Message, ...] = ()
    while True:
        try:
            register.perform(action, **said, knowing=known)
            return
        except Refused as error:
            new = tuple(each for each in error.reasons if each not in known)
            if error.field != "knowing" or not typed.despite_doubts or not new:
                raise
            known = (*known, *new)


def _take_back(register: Register, people: list[CandidateId], typed: argparse.Namespace) -> str:
    if typed.propose:
        register.perform(deciding.propose_taking_back, candidate_ids=people, reason=typed.take_back)
        return f"Proposed to take back on {len(people)}."
    for each in people:
        register.perform(selection.take_back, candidate_id=each, reason=typed.take_back)
    return f"Taken back on {len(people)}."


def _named(rows: Sequence[CandidateRow], number: str) -> CandidateId:
    """A candidate by the partner's number, or by the number on the list.

    Raises:
        Refused: Nobody has it, or several have.
    """
    key = number_key(number)
    found = [row.id for row in rows if key and number_key(row.partner_number) == key]
    found = found or [row.id for row in rows if row.list_number == number.strip()]
    if len(found) != 1:
        raise Refused("There is not exactly one candidate {number} on this list.", field="numbers", number=number)
    return found[0]


def _told(row: CandidateRow) -> dict[str, object]:
    return {
        "list_number": row.list_number,
        "partner_number": row.partner_number,
        "family_name": row.family_name,
        "given_names": row.given_names,
        "state": row.state.value,
        "has_arrived": row.has_arrived,
        "doubts": row.doubts,
        "open_criteria": row.open_criteria,
        "likes": row.likes,
    }
