"""What must be on record of an arrival: entered, corrected, taken back; and what is missing of it."""

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.actions import (
    admissions,
    arrival_drafts,
    complaints,
    contacts,
    corrections,
    programmes,
    residents,
    safeguards,
    stays,
)
from models.actions import property as things
from models.actions.entering import Entering
from models.clock import FixedClock
from models.errors import Conflict, Refused
from models.ids import ResidentId, StayId
from models.queries import admissions as queries
from models.queries import arrival_drafts as kept
from models.queries import history, resident_page, today, trail
from models.queries import programmes as agreements
from models.queries import safeguards as note_rows
from models.queries.needing import Need
from models.rules.admissions import BY_STANDARD, STEPS
from models.rules.birth import BirthDate
from models.rules.residents import PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import (
    AgeBasis,
    ArrivalStep,
    ContactKind,
    HealthStep,
    IdentityBy,
    LanguageLevel,
    Party,
    PropertyKind,
    PropertyOutcome,
    Role,
    SealedKind,
    Signature,
)
from models.store.register import Register
from models.store.trail import last_change
from models.text import Message, translator
from tests import builders
from tests.actions import leavers
from tests.actions.test_photos import PHOTO
from tests.conftest import NOON

TODAY = leavers.TODAY
SIGNED: dict[str, Any] = {"signature": Signature.SIGNED, "staff": "B. Hoxha"}
EACH: tuple[tuple[Entering, dict[str, Any], dict[str, Any]], ...] = (
    (
        admissions.LEGAL_GROUNDS,
        {"ground": "Article 5", "authority": "Ministry", "number": "2026-118", "decided_on": TODAY},
        {"taken": Moment(TODAY), "taken_at_place": "Airport", "brought_by": "Police"},
    ),
    (admissions.INJURIES, {"looked_on": TODAY, "looked_by": "B. Hoxha", "found": "none"}, {"found": "a bruise"}),
    (
        admissions.RIGHTS,
        {"explained": Moment(TODAY), "languages": ("prs",), "explained_by": "B. Hoxha", "signature": Signature.SIGNED},
        {"interpreter": "by telephone", "in_writing": True},
    ),
    (
        admissions.HEALTH_CHECKS,
        {"step": HealthStep.ORDERED, "done": Moment(TODAY + timedelta(days=1)), "by_whom": "Dr. Krasniqi"},
        {"step": HealthStep.HELD, "done": Moment(TODAY), "found": "well"},
    ),
    (admissions.LANGUAGES, {"languages": ("prs",), "level": LanguageLevel.MOTHER_TONGUE}, {"interpreter": True}),
    (admissions.ROOM_DECISIONS, {"decided_on": TODAY, "decided_by": "V. Gashi", "reasons": "near the family"}, {}),
    (
        admissions.CHILDREN,
        {"age_by": AgeBasis.DOCUMENT},
        {"appointed": "Centre for Social Work", "decided_on": TODAY, "decided_by": "Centre", "decision": "stays"},
    ),
    (admissions.WAIVERS, {"step": ArrivalStep.PROPERTY, "why": "came without anything"}, {}),
    (
        contacts.CONTACTS,
        {"kind": ContactKind.RELATIVE, "name": "Mina", "relation": "sister", "whereabouts": "Kabul"},
        {"in_emergency": True},
    ),
    (contacts.NOTICES, {"party": Party.CONSULATE, "asked_on": TODAY}, {"wanted": True, "note": "tomorrow"}),
    (
        things.ITEMS,
        {"kind": PropertyKind.MONEY, "what": "cash", "amount": Decimal("120.00"), "currency": "eur"},
        {"outcome": PropertyOutcome.KEPT, "seal": "S-17", "place": "safe 2"},
    ),
    (things.RECEIPTS, {"signed_on": TODAY, **SIGNED}, {}),
)
"""Every table with something that can be entered, and what is different when it is corrected."""
_KEPT: dict[str, Any] = {"outcome": PropertyOutcome.KEPT}


def arrived(
    register: Register, code: str = "US-2025", *, number: str = "", waiting: tuple[str, ...] = (), **person: Any
) -> StayId:
    """An arrival of today under an agreement that asks for what the standards ask."""
    programme = builders.programme(register, code, arrival_steps=list(BY_STANDARD))
    facts = PersonFacts(family_name="Rahmani", given_names="Yousuf", partner_number=number, **person)
    at = Moment.of(register.clock.now() - timedelta(hours=21), ZoneInfo("Europe/Belgrade"))
    leavers.at_desk(register, Role.SUPERVISOR)
    return register.perform(
        stays.admit, programme_id=programme, arrived=at, person=facts, emergency_reason="came by night", waiting=waiting
    ).value


def owner_of(register: Register, what: Entering, stay: StayId) -> dict[str, int]:
    with register.read() as snapshot:
        found = queries.of_stay(snapshot, stay_id=stay)
    assert found is not None
    return {"stay_id": stay} if "stay_id" in what.entity.__table__.columns else {"resident_id": found.resident_id}


def do_admissions(register: Register) -> None:
    """Each action to its end."""
    stay = arrived(register, "ASKS-1")
    for what, said, more in EACH:
        values = _KEPT | said if what is things.ITEMS else said
        entry = register.perform(what.enter, **owner_of(register, what, stay), **values).value
        with builders.reading(register) if "found" in more else nullcontext():
            register.perform(what.correct, entry_id=entry, reason="misheard", **(values | more))
            register.perform(what.take_back, entry_id=entry, reason="of another person")
    item = register.perform(things.ITEMS.enter, stay_id=stay, **EACH[10][1], **_KEPT).value
    back: dict[str, Any] = {"returned_on": TODAY, "to_whom": "the person", "item_id": item, **SIGNED}
    entry = register.perform(things.RETURNS.enter, stay_id=stay, amount=Decimal(20), **back).value
    register.perform(things.RETURNS.correct, entry_id=entry, amount=Decimal(30), reason="counted again", **back)
    register.perform(things.RETURNS.take_back, entry_id=entry, reason="it was not")
    injuries = register.perform(admissions.INJURIES.enter, stay_id=stay, **EACH[1][1]).value
    check = EACH[3][1] | EACH[3][2]
    held = register.perform(admissions.HEALTH_CHECKS.enter, stay_id=stay, **check).value
    with builders.reading(register):
        register.perform(admissions.look_at_injuries, entry_id=injuries)
        register.perform(admissions.look_at_health_check, entry_id=held)
    draft = register.perform(arrival_drafts.keep, content="{}").value
    register.perform(arrival_drafts.throw_away, draft_id=draft)
    stay = arrived(register, "ASKS-2", waiting=("{}", "{}", "{}"))
    with register.read() as snapshot:
        first, second, _third = kept.waiting(snapshot, stay_id=stay)
    ground = admissions.LEGAL_GROUNDS
    register.perform(ground.enter, stay_id=stay, ground="Article 5", authority="Ministry", waited=first.id)
    register.perform(arrival_drafts.drop_entry, waiting_id=second.id)


@pytest.mark.parametrize("what", [each for each, _, _ in EACH], ids=lambda what: what.entity.__tablename__)
def test_what_is_entered_is_shown_with_who_and_when_and_put_right_with_a_reason(
    register: Register, what: Entering
) -> None:
    stay = arrived(register)
    said, more = next((said, more) for each, said, more in EACH if each is what)
    said = _KEPT | said if what is things.ITEMS else said
    # who may not read what was found writes nothing over
    desk = builders.reading(register) if "found" in more else nullcontext()
    with desk:
        _enter_correct_and_take_back(register, stay, what, said, more)


def _enter_correct_and_take_back(
    register: Register, stay: StayId, what: Entering, said: dict[str, Any], more: dict[str, Any]
) -> None:
    entry = register.perform(what.enter, **owner_of(register, what, stay), **said).value
    (row,) = _rows(register, stay, what)
    shown = {name: value for name, value in said.items() if name != "found"}
    assert {name: row.values[name] for name in shown} == {
        name: value.upper() if name == "currency" else value for name, value in shown.items()
    }
    assert "found" not in row.values
    assert (row.entered_by, row.entered_at) == ("A. Berisha", NOON)
    with pytest.raises(Refused) as refused:
        register.perform(what.correct, entry_id=entry, **(said | more))
    assert refused.value.field == "reason"
    register.perform(what.correct, entry_id=entry, reason="misheard", version=row.version, **(said | more))
    (row,) = _rows(register, stay, what)
    assert {name: row.values[name] for name in more if name != "found"} == {
        name: value for name, value in more.items() if name != "found"
    }
    if {*more} - {"found"}:
        with pytest.raises(Conflict):
            register.perform(what.correct, entry_id=entry, reason="again", version=1, **said)
    with pytest.raises(Refused) as refused:
        register.perform(what.take_back, entry_id=entry, reason=" ")
    assert refused.value.field == "reason"
    register.perform(what.take_back, entry_id=entry, reason="of another person")
    assert _rows(register, stay, what) == []
    with pytest.raises(Refused, match="not there any more"):
        register.perform(what.correct, entry_id=entry, reason="again", **said)
    with register.read() as snapshot:
        found = queries.of_stay(snapshot, stay_id=stay)
        assert found is not None
        told = [row.what.text for row in history.of_resident(snapshot, resident_id=found.resident_id)]
    for action in (what.enter, what.correct, what.take_back):
        assert action.told in told


def _rows(register: Register, stay: StayId, what: Entering) -> list[queries.EntryRow]:
    with register.read() as snapshot:
        found = queries.of_stay(snapshot, stay_id=stay)
    assert found is not None
    return [row for row in found.entries if row.table == what.entity.__tablename__]


_LOOKS = {
    admissions.INJURIES: admissions.look_at_injuries,
    admissions.HEALTH_CHECKS: admissions.look_at_health_check,
}
_TOMORROW = TODAY + timedelta(days=1)
_RIGHTS, _NOTICE, _ITEM = EACH[2][1], EACH[9][1], _KEPT | EACH[10][1]


@pytest.mark.parametrize(
    ("what", "said", "field"),
    [
        (admissions.LEGAL_GROUNDS, {"ground": "x"}, "authority"),
        (admissions.LEGAL_GROUNDS, EACH[0][1] | {"decided_on": _TOMORROW}, "decided_on"),
        (admissions.LEGAL_GROUNDS, EACH[0][1] | {"served_on": TODAY - timedelta(days=1)}, "served_on"),
        (admissions.LEGAL_GROUNDS, EACH[0][1] | {"taken": Moment(_TOMORROW)}, "taken"),
        (admissions.INJURIES, EACH[1][1] | {"found": " "}, "found"),
        (admissions.INJURIES, EACH[1][1] | {"looked_on": _TOMORROW}, "looked_on"),
        (admissions.RIGHTS, _RIGHTS | {"signature": Signature.REFUSED}, "why"),
        (admissions.RIGHTS, _RIGHTS | {"languages": ()}, "languages"),
        (admissions.RIGHTS, _RIGHTS | {"explained": None}, "explained"),
        (admissions.HEALTH_CHECKS, EACH[3][1] | {"step": HealthStep.HELD}, "done"),
        (admissions.HEALTH_CHECKS, EACH[3][1] | {"found": "well"}, "found"),
        (admissions.LANGUAGES, {"languages": ("prs", "en"), "level": LanguageLevel.SOME}, "languages"),
        (admissions.CHILDREN, {"age_by": AgeBasis.DOCUMENT, "guardian_id": 77}, "guardian_id"),
        (admissions.CHILDREN, {"age_by": AgeBasis.DOCUMENT, "guardian_id": 1}, "guardian_id"),
        (admissions.CHILDREN, {"age_by": AgeBasis.DOCUMENT, "decision": "stays"}, "decided_on"),
        (admissions.CHILDREN, {"age_by": AgeBasis.DOCUMENT, "decision": "stays", "decided_on": TODAY}, "decided_by"),
        (admissions.WAIVERS, {"step": ArrivalStep.RIGHTS}, "why"),
        (contacts.CONTACTS, {"kind": ContactKind.LAWYER}, "name"),
        (contacts.NOTICES, _NOTICE | {"told": Moment(TODAY), "told_by": "x"}, "told"),
        (contacts.NOTICES, _NOTICE | {"wanted": True, "told": Moment(TODAY)}, "told_by"),
        (
            contacts.NOTICES,
            _NOTICE | {"wanted": True, "told": Moment(TODAY - timedelta(days=1)), "told_by": "x"},
            "told",
        ),
        (things.ITEMS, _ITEM | {"amount": None}, "amount"),
        (things.ITEMS, _ITEM | {"amount": Decimal(-1)}, "amount"),
        (things.ITEMS, _ITEM | {"currency": "XYZ"}, "currency"),
        (things.ITEMS, _ITEM | {"kind": PropertyKind.ITEM}, "amount"),
        (things.ITEMS, _ITEM | {"outcome": PropertyOutcome.DESTROYED}, "why"),
        (things.RECEIPTS, {"signed_on": TODAY, "signature": Signature.UNABLE, "staff": "B. Hoxha"}, "why"),
        (things.RECEIPTS, {"signed_on": _TOMORROW, **SIGNED}, "signed_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    register: Register, what: Entering, said: dict[str, Any], field: str
) -> None:
    stay = arrived(register)
    with pytest.raises(Refused) as refused:
        register.perform(what.enter, **owner_of(register, what, stay), **said)
    assert refused.value.field == field
    assert _rows(register, stay, what) == []


def test_money_is_given_back_in_parts_and_never_more_than_there_is(register: Register) -> None:
    stay = arrived(register)
    item = register.perform(things.ITEMS.enter, stay_id=stay, **_ITEM).value
    back: dict[str, Any] = {"stay_id": stay, "returned_on": TODAY, "to_whom": "the person", "item_id": item, **SIGNED}
    first = register.perform(things.RETURNS.enter, amount=Decimal("100.00"), **back).value
    with pytest.raises(Refused, match="is left to give back"):
        register.perform(things.RETURNS.enter, amount=Decimal("20.01"), **back)
    with pytest.raises(Refused, match="More was given back"):
        register.perform(things.ITEMS.correct, entry_id=item, reason="counted", **(_ITEM | {"amount": Decimal(99)}))
    with pytest.raises(Refused, match="so it was kept"):
        register.perform(
            things.ITEMS.correct, entry_id=item, reason="counted", **(_ITEM | {"outcome": PropertyOutcome.LEFT})
        )
    register.perform(things.RETURNS.enter, **back)
    with pytest.raises(Refused, match="given back already"):
        register.perform(things.RETURNS.enter, amount=Decimal(1), **back)
    with pytest.raises(Refused, match="Take the return back first"):
        register.perform(things.ITEMS.take_back, entry_id=item, reason="not theirs")
    with pytest.raises(TypeError, match="pounds"):
        register.perform(things.RETURNS.correct, entry_id=first, reason="again", pounds=3)


def test_money_that_was_given_back_to_the_last_coin_is_given_back_no_more_and_stays_money(register: Register) -> None:
    stay = arrived(register)
    item = register.perform(things.ITEMS.enter, stay_id=stay, **_ITEM).value
    back: dict[str, Any] = {"stay_id": stay, "returned_on": TODAY, "to_whom": "the person", "item_id": item, **SIGNED}
    for part in (_ITEM["amount"] - 20, Decimal(20)):
        register.perform(things.RETURNS.enter, amount=part, **back)
    with pytest.raises(Refused, match="given back already"):
        register.perform(things.RETURNS.enter, **back)
    thing = _ITEM | {"kind": PropertyKind.ITEM, "amount": None, "currency": ""}
    with pytest.raises(Refused, match="More was given back"):
        register.perform(things.ITEMS.correct, entry_id=item, reason="it was a coin of gold", **thing)


def test_what_was_given_back_is_of_the_same_stay(register: Register) -> None:
    stay, other = arrived(register), arrived(register, "UK-1")
    item = register.perform(things.ITEMS.enter, stay_id=other, **_ITEM).value
    with pytest.raises(Refused, match="Only what the house has kept"):
        register.perform(
            things.RETURNS.enter, stay_id=stay, returned_on=TODAY, to_whom="the person", item_id=item, **SIGNED
        )


def test_a_guardian_is_a_grown_up(register: Register) -> None:
    stay = arrived(register, birth=BirthDate.exact(date(2018, 3, 1)))
    brother = builders.resident(register, "K-77", birth=BirthDate.exact(date(2009, 3, 1)))
    mother = builders.resident(register, "K-78", birth=BirthDate.exact(date(1985, 3, 1)))
    owner = owner_of(register, admissions.CHILDREN, stay)
    with pytest.raises(Refused, match="grown-up"):
        register.perform(admissions.CHILDREN.enter, age_by=AgeBasis.DOCUMENT, guardian_id=brother, **owner)
    register.perform(admissions.CHILDREN.enter, age_by=AgeBasis.DOCUMENT, guardian_id=mother, **owner)
    (row,) = _rows(register, stay, admissions.CHILDREN)
    assert row.others == {"guardian_id": "K-78"}


def test_injuries_are_entered_by_a_clerk_and_read_by_health_staff_alone_who_are_told_the_same_day(
    register: Register,
) -> None:
    stay = arrived(register)
    leavers.at_desk(register, Role.CLERK)
    entry = register.perform(admissions.INJURIES.enter, stay_id=stay, **EACH[1][1]).value
    told = {}
    for role in Role:
        leavers.at_desk(register, role)
        with register.read() as snapshot:
            told[role] = Need.INJURIES in [item.need for item in today.today(snapshot).items]
        if role is not Role.HEALTH_LEGAL:
            with pytest.raises(Refused):
                register.perform(admissions.look_at_injuries, entry_id=entry)
    assert [role for role, is_told in told.items() if is_told] == [Role.HEALTH_LEGAL]
    with builders.reading(register):
        assert register.perform(admissions.look_at_injuries, entry_id=entry).value == "none"
        with register.read() as snapshot:
            assert queries.unread(snapshot) == ()
        register.perform(admissions.INJURIES.correct, entry_id=entry, reason="seen", **(EACH[1][1] | {"found": "x"}))
        with register.read() as snapshot:
            assert queries.unread(snapshot) == ((stay, TODAY),), "what says something else is read anew"


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR])
@pytest.mark.parametrize(("what", "said"), [(admissions.INJURIES, EACH[1][1]), (admissions.HEALTH_CHECKS, EACH[3][1])])
def test_who_may_not_read_what_was_found_neither_writes_it_over_nor_takes_it_away(
    register: Register, what: Entering, said: dict[str, Any], role: Role
) -> None:
    stay = arrived(register)
    said = said | {"found": "a bruise"} | ({"step": HealthStep.HELD, "done": Moment(TODAY)} if "step" in said else {})
    entry = register.perform(what.enter, stay_id=stay, **said).value
    leavers.at_desk(register, role)
    with pytest.raises(Refused) as refused:
        register.perform(what.correct, entry_id=entry, reason="none", **(said | {"found": "nothing"}))
    assert refused.value.field == "found"
    with pytest.raises(Refused, match="may not do this"):
        register.perform(what.take_back, entry_id=entry, reason="of another person")
    register.perform(what.correct, entry_id=entry, reason="by another", **(said | {"found": ""}))
    with builders.reading(register):
        assert register.perform(_LOOKS[what], entry_id=entry).value == "a bruise"
        register.perform(what.correct, entry_id=entry, reason="seen", **(said | {"found": "two bruises"}))
        register.perform(what.take_back, entry_id=entry, reason="of another person")
        with register.read() as snapshot:
            sealed = note_rows.notes(snapshot, resident_id=ResidentId(1))
        texts = [register.perform(safeguards.look, note_id=note.id).value for note in sealed]
    assert [text.rpartition(": ")[2] for text in texts] == ["two bruises", "a bruise"], "the wrong value stays readable"


def test_no_refusal_and_no_history_tells_whether_a_health_check_has_found_something(register: Register) -> None:
    stay, told = arrived(register), []
    held = EACH[3][1] | {"step": HealthStep.HELD, "done": Moment(TODAY)}
    for found in ("", "a fever"):
        leavers.at_desk(register, Role.HEALTH_LEGAL)
        entry = register.perform(admissions.HEALTH_CHECKS.enter, stay_id=stay, **(held | {"found": found})).value
        leavers.at_desk(register, Role.CLERK)
        with pytest.raises(Refused) as refused:
            register.perform(admissions.HEALTH_CHECKS.correct, entry_id=entry, reason="no", **EACH[3][1])
        leavers.at_desk(register, Role.ADMINISTRATOR)
        with register.read() as snapshot:
            first = history.of_resident(snapshot, resident_id=ResidentId(1))[1]
            searched = trail.ids(snapshot, text='"found":')
        told.append((refused.value.message, first.what, first.details, searched))
    assert told[0] == told[1]
    assert told[0][3] == []


# -- completeness ------------------------------------------------------------------------------------------------------


def _open(register: Register, stay: StayId) -> list[ArrivalStep]:
    with register.read() as snapshot:
        found = queries.of_stay(snapshot, stay_id=stay)
    assert found is not None
    return [state.step for state in found.steps if state.is_missing]


def _words(said: Message) -> str:
    return translator("en").render(said)


def _on_today(register: Register) -> list[str]:
    with register.read() as snapshot:
        return [item.text.text for item in today.today(snapshot).items if item.need is Need.ARRIVAL_OPEN]


def test_what_is_missing_stands_on_today_with_its_time_until_the_last_step_is_done(register: Register) -> None:
    stay = arrived(register)
    grown_up = [step for step in STEPS if step in BY_STANDARD and step is not ArrivalStep.CHILD]
    assert _open(register, stay) == grown_up
    with register.read() as snapshot:
        (row,) = queries.missing(snapshot)
        found = queries.of_stay(snapshot, stay_id=stay)
    assert found is not None
    assert {state.step: state.left for state in found.steps if state.left is not None} == {
        ArrivalStep.INJURIES: 3,
        ArrivalStep.HEALTH_CHECK: 3,
    }
    assert _words(row.text) == "First health check within 24 hours: 3 hours left; 8 steps more are missing"
    for what, said, more in EACH:
        values = (_KEPT | said | more) if what is not admissions.CHILDREN else said
        values = values if what is things.ITEMS else {k: v for k, v in values.items() if k != "outcome"}
        if what not in (admissions.WAIVERS, contacts.NOTICES, things.RECEIPTS):
            register.perform(what.enter, **owner_of(register, what, stay), **values)
    assert _open(register, stay) == [ArrivalStep.IDENTITY, ArrivalStep.PROPERTY, ArrivalStep.NOTICES]
    for party in queries.ALL_ASKED:
        assert ArrivalStep.NOTICES in _open(register, stay)
        register.perform(contacts.NOTICES.enter, stay_id=stay, party=party, asked_on=TODAY)
    waiver = register.perform(
        admissions.WAIVERS.enter, stay_id=stay, step=ArrivalStep.PROPERTY, why="came without anything"
    ).value
    assert _open(register, stay) == [ArrivalStep.IDENTITY]
    with pytest.raises(Refused, match="not asked any more already"):
        register.perform(admissions.WAIVERS.enter, stay_id=stay, step=ArrivalStep.PROPERTY, why="again")
    register.perform(admissions.WAIVERS.take_back, entry_id=waiver, reason="a bag was found")
    register.perform(things.RECEIPTS.enter, stay_id=stay, signed_on=TODAY, **SIGNED)
    facts = PersonFacts(family_name="Rahmani", given_names="Yousuf", identity_by=IdentityBy.DOCUMENT)
    register.perform(residents.change, resident_id=found.resident_id, person=facts, reason="shown")
    assert _open(register, stay) == []
    assert _on_today(register) == []


def test_the_time_of_the_health_check_runs_out(register: Register) -> None:
    arrived(register)
    register.clock = FixedClock(NOON + timedelta(hours=2, minutes=59))
    with register.read() as snapshot:
        (row,) = queries.missing(snapshot)
    assert _words(row.text).startswith("First health check within 24 hours: 0 hours left")
    register.clock = FixedClock(NOON + timedelta(hours=3, minutes=1))
    with register.read() as snapshot:
        (row,) = queries.missing(snapshot)
    assert _words(row.text).startswith("First health check within 24 hours: the time is over")


def test_a_check_that_is_only_ordered_was_not_held(register: Register) -> None:
    stay = arrived(register)
    register.perform(admissions.HEALTH_CHECKS.enter, stay_id=stay, **EACH[3][1])
    assert ArrivalStep.HEALTH_CHECK in _open(register, stay)


def test_of_a_child_the_guardian_and_its_best_interests_are_asked(register: Register) -> None:
    stay = arrived(register, birth=BirthDate.exact(date(2018, 3, 1)))
    assert ArrivalStep.CHILD in _open(register, stay)
    owner = owner_of(register, admissions.CHILDREN, stay)
    entry = register.perform(admissions.CHILDREN.enter, age_by=AgeBasis.DOCUMENT, appointed="Centre", **owner).value
    assert ArrivalStep.CHILD in _open(register, stay), "nothing was decided yet"
    said: dict[str, Any] = {
        "age_by": AgeBasis.DOCUMENT,
        "appointed": "Centre",
        "decided_on": TODAY,
        "decided_by": "Centre",
    }
    register.perform(admissions.CHILDREN.correct, entry_id=entry, reason="decided", **said)
    assert ArrivalStep.CHILD not in _open(register, stay)


def test_an_agreement_that_asks_nothing_owes_nothing_and_a_later_change_of_it_touches_no_arrival(
    register: Register,
) -> None:
    programme = builders.programme(register, "CALM")
    said: dict[str, Any] = {"programme_id": programme, "arrived": Moment(TODAY), "emergency_reason": "night"}
    first = register.perform(stays.admit, person=PersonFacts(family_name="Noori"), **said).value
    assert _on_today(register) == []
    with register.read() as snapshot:
        row = agreements.whole(snapshot, programme_id=programme)
        assert row is not None
    asks = {**_facts(row.facts), "arrival_steps": (ArrivalStep.RIGHTS,)}
    leavers.at_desk(register, Role.ADMINISTRATOR)
    register.perform(programmes.change, programme_id=programme, version=row.version, facts=type(row.facts)(**asks))
    assert _open(register, first) == []
    leavers.at_desk(register, Role.SUPERVISOR)
    second = register.perform(stays.admit, person=PersonFacts(family_name="Okafor"), **said).value
    assert _open(register, second) == [ArrivalStep.RIGHTS]
    asks["arrival_steps"] = ("sleep",)
    leavers.at_desk(register, Role.ADMINISTRATOR)
    with pytest.raises(Refused) as refused:
        register.perform(
            programmes.change, programme_id=programme, version=row.version + 1, facts=type(row.facts)(**asks)
        )
    assert refused.value.field == "arrival_steps"


def _facts(facts: Any) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__}


def test_an_arrival_of_the_wrong_person_is_taken_back_with_all_that_was_entered_of_it(register: Register) -> None:
    stay = arrived(register)
    do = [(what, said) for what, said, _ in EACH if what is not admissions.WAIVERS]
    for what, said in do:
        values = _KEPT | said if what is things.ITEMS else said
        register.perform(what.enter, **owner_of(register, what, stay), **values)
    register.perform(corrections.take_back, stay_id=stay, reason="somebody else")
    with register.read() as snapshot:
        assert queries.of_stay(snapshot, stay_id=stay) is None
        assert queries.missing(snapshot) == ()


# -- drafts ------------------------------------------------------------------------------------------------------------


def test_an_arrival_is_left_and_taken_up_and_gone_once_it_is_finished_with_its_photo(register: Register) -> None:
    programme = builders.programme(register)
    draft = register.perform(arrival_drafts.keep, content='{"name": "Rahmani, Zzyzx"}').value
    with register.read() as snapshot:
        (row,) = kept.drafts(snapshot)
        (item,) = [item for item in today.today(snapshot).items if item.need is Need.DRAFT]
    assert (row.name, item.draft_id, str(item.title.values["name"])) == ("Rahmani, Zzyzx", draft, "Rahmani, Zzyzx")
    again = register.perform(arrival_drafts.keep, content='{"name": "R"}', draft_id=draft, version=row.version).value
    assert again == draft
    with pytest.raises(Conflict):
        register.perform(arrival_drafts.keep, content="{}", draft_id=draft, version=row.version)
    leavers.at_desk(register, Role.SUPERVISOR)
    said: dict[str, Any] = {
        "programme_id": programme,
        "arrived": Moment(TODAY),
        "emergency_reason": "night",
        "draft_id": draft,
    }
    with pytest.raises(Refused, match="no picture"):
        register.perform(stays.admit, person=PersonFacts(family_name="R"), photo=b"x", **said)
    stay = register.perform(stays.admit, person=PersonFacts(family_name="R"), photo=PHOTO, **said).value
    with register.read() as snapshot:
        assert kept.drafts(snapshot) == ()
        assert kept.one(snapshot, draft_id=draft) is None
        found = queries.of_stay(snapshot, stay_id=stay)
        assert found is not None
        details = " ".join(snapshot.connection.exec_driver_sql("SELECT details FROM trail").scalars())
    assert "Zzyzx" not in details, "of what was only begun nothing stands in the trail"
    with pytest.raises(Refused, match="finished or dropped"):
        register.perform(arrival_drafts.throw_away, draft_id=draft)
    with pytest.raises(Refused, match="finished or dropped"):
        register.perform(arrival_drafts.keep, content="{}", draft_id=draft)


def test_what_is_sent_again_as_it_stood_counts_as_a_change(register: Register) -> None:
    """Whoever sent it goes on from the version that follows: to keep more of it, or to undo it."""
    draft = register.perform(arrival_drafts.keep, content='{"name": "R"}').value
    for version in (1, 2, 3):
        told = '{"name": "R"}' if version < 3 else "{}"
        register.perform(arrival_drafts.keep, content=told, draft_id=draft, version=version)
    resident = builders.resident(register)
    person = PersonFacts(family_name="Rahmani")
    for version in (1, 2, 3):
        register.perform(residents.change, resident_id=resident, person=person, version=version, reason="r")
    with pytest.raises(Conflict):
        register.perform(residents.change, resident_id=resident, person=person, version=3, reason="r")


def test_who_registers_no_arrivals_is_told_of_no_draft(register: Register) -> None:
    register.perform(arrival_drafts.keep, content='{"name": "R"}')
    leavers.at_desk(register, Role.INSPECTOR)
    with register.read() as snapshot:
        assert kept.drafts(snapshot) == ()


def test_what_waits_is_entered_once_stands_on_today_until_then_and_in_the_trail_by_a_hash(register: Register) -> None:
    stay = arrived(register, waiting=('{"said": "Zzyzx"}', "no JSON at all"))
    with register.read() as snapshot:
        first, second = kept.waiting(snapshot, stay_id=stay)
        (item,) = [item for item in today.today(snapshot).items if item.need is Need.WAITING]
        record = queries.of_stay(snapshot, stay_id=stay)
        details = " ".join(snapshot.connection.exec_driver_sql("SELECT details FROM trail").scalars())
    assert record is not None
    assert (first.content, second.content, record.waiting) == ({"said": "Zzyzx"}, {}, (first, second))
    assert (item.stay_id, item.text.values["n"], item.on) == (stay, 2, TODAY)
    assert "Zzyzx" not in details
    said: dict[str, Any] = {"stay_id": stay, "ground": "Article 5", "waited": first.id}
    with pytest.raises(Refused):
        register.perform(admissions.LEGAL_GROUNDS.enter, **said)
    with register.read() as snapshot:
        assert len(kept.waiting(snapshot, stay_id=stay)) == 2, "what is refused waits still"
    said["authority"] = "Ministry"
    other = arrived(register, "OTHER")
    for what in (admissions.LEGAL_GROUNDS, admissions.LANGUAGES):  # of a stay, and of a resident
        values = next(values for each, values, _more in EACH if each is what)
        with pytest.raises(Refused, match="entered or dropped meanwhile"):  # it waits of another arrival
            register.perform(what.enter, **owner_of(register, what, other), **values, waited=first.id)
    register.perform(admissions.LEGAL_GROUNDS.enter, **said)
    with pytest.raises(Refused, match="entered or dropped meanwhile"):
        register.perform(admissions.LEGAL_GROUNDS.enter, **said)
    register.perform(arrival_drafts.drop_entry, waiting_id=second.id)
    with pytest.raises(Refused, match="entered or dropped meanwhile"):
        register.perform(arrival_drafts.drop_entry, waiting_id=second.id)
    with register.read() as snapshot:
        record = queries.of_stay(snapshot, stay_id=stay)
        assert record is not None
        assert [each.table for each in record.entries] == ["legal_grounds"]
        assert Need.WAITING not in {item.need for item in today.today(snapshot).items}


def test_an_arrival_that_is_taken_back_leaves_nothing_waiting(register: Register) -> None:
    stay = arrived(register, waiting=("{}",))
    register.perform(corrections.take_back, stay_id=stay, reason="somebody else")
    assert builders.rows(register, "SELECT id FROM waiting_entries") == []


def test_who_registers_no_arrivals_is_told_of_nothing_that_waits(register: Register) -> None:
    stay = arrived(register, waiting=("{}",))
    leavers.at_desk(register, Role.INSPECTOR)
    with register.read() as snapshot:
        assert (kept.waiting(snapshot, stay_id=stay), kept.all_waiting(snapshot)) == ((), ())


def test_a_draft_is_finished_by_one_alone(register: Register) -> None:
    draft = register.perform(arrival_drafts.keep, content="{}").value
    said: dict[str, Any] = {
        "programme_id": builders.programme(register),
        "arrived": Moment(TODAY),
        "person": PersonFacts(family_name="R"),
        "emergency_reason": "night",
        "draft_id": draft,
    }
    register.perform(stays.admit, **said)
    with pytest.raises(Refused, match="finished or dropped") as refused:
        register.perform(stays.admit, **said)
    assert refused.value.field == "draft_id"
    assert builders.rows(register, "SELECT count(*) FROM stays") == [(1,)]


def _version(register: Register, stay: StayId, role: Role) -> int:
    """The version of the first health check, or of what was seen, as a role is told it."""
    leavers.at_desk(register, role)
    with register.read() as snapshot:
        record = queries.of_stay(snapshot, stay_id=stay)
    assert record is not None
    return next(each.version for each in record.entries if each.table in ("health_checks", "injury_reports"))


def test_that_a_finding_was_written_shows_in_no_version_and_in_no_conflict(register: Register) -> None:
    stay = arrived(register)
    held = EACH[3][1] | {"step": HealthStep.HELD, "done": Moment(TODAY)}
    entry = register.perform(admissions.HEALTH_CHECKS.enter, stay_id=stay, **(held | {"found": ""})).value
    told, read = _version(register, stay, Role.CLERK), _version(register, stay, Role.HEALTH_LEGAL)
    with builders.reading(register):
        more = held | {"found": "a fever"}
        register.perform(admissions.HEALTH_CHECKS.correct, entry_id=entry, reason="seen", version=read, **more)
    assert _version(register, stay, Role.CLERK) == told
    with builders.reading(register), pytest.raises(Conflict):  # a colleague who has read it before writes nothing over
        register.perform(admissions.HEALTH_CHECKS.correct, entry_id=entry, reason="seen", version=read, **more)
    leavers.at_desk(register, Role.CLERK)
    other = held | {"found": "", "by_whom": "Another nurse"}
    register.perform(admissions.HEALTH_CHECKS.correct, entry_id=entry, reason="who", version=told, **other)
    with pytest.raises(Conflict):
        register.perform(admissions.HEALTH_CHECKS.correct, entry_id=entry, reason="who", version=told, **other)


def test_a_conflict_names_nobody_by_an_entry_that_the_role_is_not_told_of(register: Register) -> None:
    arrived(register)
    with builders.reading(register):
        harm = {"happened": Moment(TODAY), "found": "a cut", "told_whom": ""}
        entry = register.perform(complaints.SELF_HARM.enter, resident_id=ResidentId(1), **harm).value
    with register.read() as snapshot:
        about = snapshot.connection, "resident:1", "self_harms", str(entry)
        assert last_change(*about) == register.person.name
        assert last_change(*about, unread=[SealedKind.HEALTH]) is None


def test_that_injuries_were_read_shows_in_no_version(register: Register) -> None:
    stay = arrived(register)
    seen = {"looked_on": TODAY, "looked_by": "B", "found": "a bruise"}
    entry = register.perform(admissions.INJURIES.enter, stay_id=stay, **seen).value
    before = _version(register, stay, Role.CLERK)
    with builders.reading(register):
        register.perform(admissions.look_at_injuries, entry_id=entry)
    assert _version(register, stay, Role.CLERK) == before


def test_a_language_that_is_put_right_or_taken_back_goes_from_the_person_unless_it_stands_there_otherwise(
    register: Register,
) -> None:
    who = builders.resident(register, languages=["sq"])

    def enter(code: str) -> int:
        return register.perform(
            admissions.LANGUAGES.enter, resident_id=who, languages=(code,), level=LanguageLevel.SOME
        ).value

    def correct(entry: int, code: str) -> None:
        register.perform(
            admissions.LANGUAGES.correct, entry_id=entry, languages=(code,), level=LanguageLevel.SOME, reason="misheard"
        )

    def take_back(entry: int) -> None:
        register.perform(admissions.LANGUAGES.take_back, entry_id=entry, reason="of another person")

    def spoken() -> object:
        ((found,),) = builders.rows(register, "SELECT languages FROM residents")
        return json.loads(str(found))

    pashto, albanian = enter("ps"), enter("sq")
    correct(pashto, "prs")
    assert spoken() == ["sq", "prs"], "what was never spoken is not offered for a talk"
    again = enter("prs")
    take_back(pashto)
    assert spoken() == ["sq", "prs"], "the other entry says it"
    take_back(again)
    take_back(albanian)
    assert spoken() == ["sq"], "it was known of the person before it was entered"
    with register.read() as snapshot:
        known = resident_page.page(snapshot, resident_id=who)
    assert known is not None
    kept_here = enter("ps")
    facts = replace(known.facts, languages=("sq", "fa"))
    register.perform(residents.change, resident_id=who, person=facts, reason="the passport")
    register.perform(
        residents.change, resident_id=who, person=replace(facts, languages=("ps", "fa")), reason="the letter"
    )
    take_back(kept_here)
    assert spoken() == ["ps", "fa"], "somebody has said since that it is spoken"
    assert register.verified().problem is None
