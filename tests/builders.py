"""Rows for tests, written straight into the tables where the way in is not what is tested."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select, text

from models.actions import months, safeguards, selection
from models.entities.base import Base
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Bed, Room
from models.entities.safeguards import SealedNote
from models.entities.selection import Candidate, ListRemark, ProposedList
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import BedId, CandidateId, ListId, ProgrammeId, ResidentId, StayId
from models.queries import named_annex
from models.repositories.safeguards import add_note
from models.rules.money import Payment
from models.rules.people import EVERYBODY
from models.rules.safeguards import OpenedRemark
from models.rules.time import Month
from models.rules.vocabulary import CandidateState, DepartureKind, LimitRule, PaymentKind, PlacesRule, Role, SealedKind
from models.store.declaring import Declared, action
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from reports import monthly

SHEET = bytes(16)
"""What the words of the recovery sheet of test registers stand for."""


@action("tests.put", roles=EVERYBODY, told="")
def put(unit: UnitOfWork, *, row: Base) -> Any:
    """Write one row and give its number."""
    unit.session.add(row)
    unit.session.flush()
    return row.id  # type: ignore[attr-defined]


TEST = Declared(name="tests.anything", roles=EVERYBODY)
"""What a test does in a unit of work of its own."""


def per_night(amount: str, from_on: date, until_on: date | None = None, **more: Any) -> Payment:
    """A rate for each person and night."""
    return Payment(PaymentKind.PERSON_NIGHT, Decimal(amount), from_on, until_on, **more)


US_TERMS: dict[str, Any] = {
    "stated": {"limit_rule": LimitRule.DAYS, "limit_amount": 180},
    "payments": [per_night("41.00", date(2018, 1, 1))],
}
"""What tests agree with the United States beyond what is public of US-2025: 180 days, and 41 euros a night."""


def programme(register: Register, code: str = "US-2025", **fields: Any) -> ProgrammeId:
    """A programme with 50 cumulative places from 11 June 2026 on, unless told otherwise."""
    values: dict[str, Any] = {
        "title": "Temporary relocation of up to 50 persons in one year",
        "partner": "the Government of the United States of America",
        "partner_country": "US",
        "window_start": date(2026, 6, 11),
        "places": 50,
        "places_rule": PlacesRule.CUMULATIVE,
        "length_bounds": [7, 31, 91, 182, 365, 547, 730],
    }
    return ProgrammeId(register.perform(put, row=Programme(code=code, **(values | fields))).value)


def accept(register: Register, candidate_id: CandidateId, **said: Any) -> None:
    """Accept a candidate, whatever is in doubt about them."""
    values: dict[str, Any] = {"outcome": CandidateState.ACCEPTED, "decided_by": "L. Hoxha", **said}
    try:
        register.perform(selection.decide, candidate_id=candidate_id, **values)
    except Refused as refused:
        if refused.field != "knowing":
            raise
        register.perform(selection.decide, candidate_id=candidate_id, **values, knowing=refused.reasons)


def resident(register: Register, number: str = "K-0012", **fields: Any) -> ResidentId:
    """A resident with a number alone, unless told otherwise."""
    values: dict[str, Any] = {"aliases": [], "other_nationalities": [], "languages": [], "sort_name": number.lower()}
    return ResidentId(register.perform(put, row=Resident(number=number, **(values | fields))).value)


def candidate(register: Register, programme_id: ProgrammeId, **fields: Any) -> CandidateId:
    """A candidate on a list of one."""
    number = len(_lists(register)) + 1
    proposed = ProposedList(
        programme_id=programme_id, code=f"L{number}", received_on=date(2026, 6, 1), file_hash=f"{number:064}"
    )
    list_id = register.perform(put, row=proposed).value
    row = Candidate(list_id=list_id, programme_id=programme_id, row_number=2, languages=[], doubts=[], **fields)
    return CandidateId(register.perform(put, row=row).value)


def _lists(register: Register) -> list[ListId]:
    with register.read() as snapshot:
        return list(snapshot.connection.scalars(select(ProposedList.id)))


def stay(
    register: Register,
    resident_id: ResidentId,
    programme_id: ProgrammeId,
    arrived_on: date,
    departed_on: date | None = None,
    **fields: Any,
) -> StayId:
    """A stay whose ends are known to the day, unless told otherwise."""
    kind = None if departed_on is None else DepartureKind.NOT_RECORDED
    values: dict[str, Any] = {"departure_kind": kind, "departure_facts": {}, "emergency_reasons": []}
    row = Stay(
        resident_id=resident_id,
        programme_id=programme_id,
        arrived_on=arrived_on,
        departed_on=departed_on,
        **(values | fields),
    )
    return StayId(register.perform(put, row=row).value)


def named_report(register: Register, programme_id: ProgrammeId | None = None) -> None:
    """An issued report of October 2026 with an annex by name, where the register has none yet."""
    with register.read() as snapshot:
        if named_annex.reports(snapshot):
            return
    if programme_id is None:
        programme_id = programme(register, "NAMED")
        stay(
            register,
            resident(register, "K-0999", family_name="Noori", given_names="Ali"),
            programme_id,
            date(2026, 10, 3),
        )
    register.perform(_choose_names, programme_id=programme_id)
    month, draw = Month(2026, 10), monthly.draw_issued
    register.perform(months.issue, programme_id=programme_id, month=month, language="en", draw=draw)


@action("tests.choose_names", roles=EVERYBODY, told="")
def _choose_names(unit: UnitOfWork, *, programme_id: ProgrammeId) -> None:
    row = unit.session.get_one(Programme, programme_id)
    row.names_ground, row.report_sections = "Article 7 of the agreement", ["movement", "names"]


def bed(register: Register, room: str = "12", name: str = "A") -> BedId:
    """A bed in a room of its own."""
    room_id = register.perform(put, row=Room(name=room)).value
    return BedId(register.perform(put, row=Bed(room_id=room_id, name=name)).value)


@action("tests.seal_note", roles=EVERYBODY, told="")
def seal_note(unit: UnitOfWork, *, whose: ResidentId, text: str) -> None:
    """A note as a file brings it, however long."""
    add_note(unit, whose, SealedKind.UNSORTED, text)


def sealed_texts(register: Register) -> list[tuple[ResidentId, SealedKind, str]]:
    """Whose sealed notes there are, of which kind, and what they say to somebody who holds the key."""
    with register.read() as snapshot:
        wanted = select(SealedNote.id, SealedNote.resident_id, SealedNote.kind).order_by(SealedNote.id)
        found = snapshot.connection.execute(wanted).all()
    with reading(register):
        return [(whose, kind, register.perform(safeguards.look, note_id=id_).value) for id_, whose, kind in found]


def sealed_remarks(register: Register) -> list[tuple[CandidateId | None, str]]:
    """Of whom lists say more than Konak knows, and what, to somebody who holds the key; None: of nobody."""
    with register.read() as snapshot:
        candidates = snapshot.connection.scalars(select(ListRemark.candidate_id).order_by(ListRemark.id)).all()
        lists = snapshot.connection.scalars(
            select(ListRemark.list_id).where(ListRemark.candidate_id.is_(None)).order_by(ListRemark.id)
        ).all()
    with reading(register):
        said: list[tuple[CandidateId | None, str]] = [
            (who, _texts(register.perform(selection.look, candidate_id=who).value))
            for who in dict.fromkeys(candidates)
            if who is not None
        ]
        for each in dict.fromkeys(lists):
            said.append((None, _texts(register.perform(selection.look_at_list, list_id=each).value)))
    return said


def _texts(opened: Sequence[OpenedRemark]) -> str:
    return "\n\n".join(each.text for each in opened)


@contextmanager
def reading(register: Register) -> Iterator[None]:
    """With somebody at the desk who reads every sealed kind, and holds the key."""
    person, opened = register.person, register.vault.opened
    register.person = replace(person, role=Role.HEALTH_LEGAL, stands_in=False)
    register.vault.opened = replace(opened, seal=register.vault.recovered(SHEET).seal)
    yield
    register.person, register.vault.opened = person, opened


def rows(register: Register, sql: str) -> list[tuple[object, ...]]:
    """What stands in the tables, by a query of its own."""
    with register.read() as snapshot:
        return [tuple(row) for row in snapshot.connection.execute(text(sql))]
