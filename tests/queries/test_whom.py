"""About whom a form is, whatever it is done to: by what the action declares that its row belongs to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from models.actions import absences, alike, departures, documents, gate
from models.queries.whom import NAMES, Whom, whom
from models.rules.birth import BirthDate
from models.rules.residents import DocumentFacts
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, CheckKind, DocumentKind
from models.store.declaring import Action, declared
from models.store.register import Register
from tests import builders
from tests.actions import leavers
from tests.actions.test_selection import candidate, proposed


@pytest.fixture
def values(register: Register) -> Mapping[str, Any]:
    """Arguments of actions that each lead to one of two people of one name."""
    programme = leavers.programme(register)
    for number in ("K-1", "K-2"):
        who = builders.resident(register, number, family_name="Noori", given_names="Gul")
        stay = builders.stay(register, who, programme, date(2026, 6, 26))
    away = register.perform(
        absences.record, stay_id=stay, kind=AbsenceKind.COURT, left=Moment(date(2026, 11, 3)),
        due_back=Moment(date(2026, 11, 4)),
    ).value  # fmt: skip
    leave = register.perform(
        gate.plan_leave, stay_id=stay, kind=AbsenceKind.COURT, reason="x", start=Moment(date(2026, 11, 23)),
        due_back=Moment(date(2026, 11, 24)),
    ).value  # fmt: skip
    paper = register.perform(
        documents.add, resident_id=who, document=DocumentFacts(kind=DocumentKind.PASSPORT, number="P 1")
    ).value
    plan = leavers.plan(register, stay)
    check = leavers.check(register, plan, CheckKind.COUNSELLING)
    return {"absence_id": away, "leave_id": leave, "document_id": paper, "plan_id": plan, "check_id": check}


@pytest.mark.parametrize(
    ("action", "argument"),
    [
        (absences.correct, "absence_id"),
        (gate.call_off, "leave_id"),
        (documents.change, "document_id"),
        (departures.cancel, "plan_id"),
        (departures.withdraw_check, "check_id"),
    ],
)
def test_what_is_done_to_a_row_names_the_person_to_whom_it_belongs(
    register: Register, values: Mapping[str, Any], action: Action[Any, ..., Any], argument: str
) -> None:
    with register.read() as snapshot:
        found = whom(snapshot, values={argument: values[argument]}, of=action.of)
    assert found == Whom("Noori", "Gul", None, "K-2")


def test_what_is_done_to_a_verdict_names_the_candidate_on_whom_it_is(register: Register) -> None:
    programme = leavers.programme(register)
    listed = proposed(register, programme)
    candidate(register, programme, listed, row_number=1, family_name="Noori", partner_number="P-1")
    who = candidate(register, programme, listed, row_number=2, family_name="Noori", partner_number="P-2")
    other = builders.resident(register, "K-1", family_name="Noori")
    verdict = register.perform(
        alike.settle, candidate_id=who, is_same=False, reason="Other parents", resident_id=other
    ).value
    with register.read() as snapshot:
        found = whom(snapshot, values={"verdict_id": verdict}, of=alike.take_back.of)
    assert found == Whom("Noori", "Gul 2", BirthDate(1991, 7, 2), "P-2")


OWNED_BY_PEOPLE = {"stay_id", "resident_id", "plan_id", "candidate_id"}


def test_every_action_about_a_row_of_a_person_leads_to_the_person() -> None:
    """By one argument that `whom` knows, or by what it declares that its row belongs to; else no form could say who."""
    lost = [
        name
        for name, action in declared().items()
        if isinstance(action, Action) and isinstance(action.about, str) and action.about.endswith("_id")
        and action.about not in NAMES and action.of is not None and action.of.key not in OWNED_BY_PEOPLE
    ]  # fmt: skip
    of_nobody = ("rooms.", "months.", "signing.")  # of a room, or of a programme
    assert all(name.startswith(of_nobody) for name in lost), lost
