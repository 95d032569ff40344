"""The history of a resident, from the trail in plain words."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from models.actions import absences, documents, residents, stays
from models.actions.property import ITEMS
from models.errors import Refused
from models.queries import history
from models.queries.history import HistoryRow
from models.rules.birth import BirthDate
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, DocumentKind, PropertyKind, PropertyOutcome
from models.store.register import Register
from models.text import Message, translator
from reports import terms
from tests.queries.persons import DECIDED, House, at, furnish

ENGLISH = translator("en")


@pytest.fixture
def house(register: Register) -> House:
    return furnish(register)


def _history(register: Register, resident: int) -> tuple[HistoryRow, ...]:
    with register.read() as snapshot:
        return history.of_resident(snapshot, resident_id=resident)  # type: ignore[arg-type]


def _said(row: HistoryRow) -> list[tuple[str, object, object]]:
    def plain(value: object) -> object:
        return ENGLISH.render(value) if isinstance(value, Message) else value

    return [(ENGLISH.render(each.what), plain(each.before), plain(each.after)) for each in row.details]


def test_what_was_done_to_a_stay_stands_in_the_history_of_the_person_the_latest_first(
    register: Register, house: House
) -> None:
    register.perform(stays.extend, stay_id=house.gul_stay, until=date(2027, 3, 20), **DECIDED)
    rows = _history(register, house.gul)
    assert [ENGLISH.render(row.what) for row in rows] == [
        "Extended the stay",
        "Entered a review",
        "Moved to another bed",
        "Gave a bed",
    ]
    assert rows[0].user == "A. Berisha"
    assert ("Last day", None, date(2027, 3, 20)) in _said(rows[0])
    assert ("Reason", None, "Vetting goes on.") in _said(rows[0])
    assert ("Bed", None, "12 · A") in _said(rows[2])


def test_a_change_names_what_stood_there_and_what_stands_there(register: Register, house: House) -> None:
    facts = PersonFacts(family_name="Ahmadzay", given_names="Gul", nationality="AF", birth=BirthDate(1991, about=True))
    register.perform(residents.change, reason="seen", resident_id=house.gul, person=facts)
    said = _said(_history(register, house.gul)[0])
    assert ("Family name", "Ahmadzai", "Ahmadzay") in said
    assert ("Born", None, BirthDate(1991, about=True)) in said
    assert ("Name in own script", "گل احمدزی", None) in said
    assert not any(name == "Given names" for name, *_ in said)


def test_documents_absences_and_reasons_are_named(register: Register, house: House) -> None:
    passport = DocumentFacts(kind=DocumentKind.PASSPORT, number="P1", expires_on=date(2028, 3, 3))
    register.perform(documents.add, resident_id=house.chidi, document=passport)
    register.perform(absences.change_due, absence_id=house.chidi_absence, due_back=at(22, 9), reason="Kept overnight.")
    changed, added, left = _history(register, house.chidi)
    evening, nine = (datetime(2026, 11, *hour, tzinfo=register.facility.zone) for hour in ((20, 18), (22, 9)))
    assert ("Due back", evening, nine) in _said(changed)
    assert ("Reason", None, "Kept overnight.") in _said(changed)
    assert ("Document", None, "Passport") in _said(added)
    assert ("Reason", None, "Hospital") in _said(left)


def test_an_amount_is_written_as_the_reader_writes_numbers(register: Register, house: House) -> None:
    money = {"kind": PropertyKind.MONEY, "what": "Banknotes", "amount": Decimal("1250.50"), "currency": "EUR"}
    register.perform(ITEMS.enter, stay_id=house.gul_stay, outcome=PropertyOutcome.KEPT, **money)
    (amount,) = (each for each in _history(register, house.gul)[0].details if each.after == Decimal("1250.5"))
    assert terms.detail(ENGLISH, amount) == "Amount: 1,250.50"
    assert terms.detail(translator("sr"), amount) == "Iznos: 1.250,50"


def test_nobody_elses_history_is_shown(register: Register, house: House) -> None:
    assert _history(register, house.nasrullah) == ()


def test_what_was_corrected_stands_there_still_after_it_was_taken_back(register: Register, house: House) -> None:
    which = house.chidi_absence
    register.perform(absences.change_due, absence_id=which, due_back=at(22, 9), reason="Kept overnight.")
    register.perform(absences.take_back, absence_id=which, reason="It was another person.")
    taken_back, changed, *_rest = _history(register, house.chidi)
    evening, nine = (datetime(2026, 11, *hour, tzinfo=register.facility.zone) for hour in ((20, 18), (22, 9)))
    assert ("Due back", nine, None) in _said(taken_back)
    assert ("Due back", evening, nine) in _said(changed)


def test_an_hour_is_told_when_it_is_first_entered_and_a_day_alone_stays_a_day(register: Register, house: House) -> None:
    zone = register.facility.zone
    register.perform(absences.return_, absence_id=house.chidi_absence, returned=at(21, 8))
    returned, *_rest, left = _history(register, house.chidi)
    assert ("Back on", None, datetime(2026, 11, 21, 8, tzinfo=zone)) in _said(returned)
    assert ("Left on", None, datetime(2026, 11, 20, 10, tzinfo=zone)) in _said(left)
    day = Moment(date(2026, 11, 20))
    whole: dict[str, Any] = {"kind": AbsenceKind.HOSPITAL, "left": at(20, 10), "due_back": at(20, 18), "returned": day}
    register.perform(absences.correct, absence_id=house.chidi_absence, reason="By the gate book.", **whole)
    corrected = _said(_history(register, house.chidi)[0])
    assert ("Back on", datetime(2026, 11, 21, 8, tzinfo=zone), date(2026, 11, 20)) in corrected


def test_an_hour_that_was_corrected_within_its_day_is_named_in_local_time(register: Register, house: House) -> None:
    for due in (at(22, 9), at(22, 11), Moment(date(2026, 11, 22))):
        register.perform(absences.change_due, absence_id=house.chidi_absence, due_back=due, reason="By the gate book.")
    unknown, moved, *_rest = _history(register, house.chidi)
    nine, eleven = (datetime(2026, 11, 22, hour, tzinfo=register.facility.zone) for hour in (9, 11))
    assert ("Due back", nine, eleven) in _said(moved)
    assert ("Due back", eleven, date(2026, 11, 22)) in _said(unknown)


def test_a_day_in_the_reason_of_a_refusal_is_a_day_again(register: Register, house: House) -> None:
    with pytest.raises(Refused):
        register.perform(absences.return_, absence_id=house.chidi_absence, returned=at(1, 9))
    ((_why, _nothing, said),) = _said(_history(register, house.chidi)[0])
    assert "2026-11" not in str(said)
    assert "Nov 2026" in str(said)
