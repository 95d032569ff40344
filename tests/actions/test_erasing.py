"""Everything personal of somebody is erased: from tables, search and trail; the figures and all others stay."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from models.actions import (
    absences,
    alike,
    arrival_drafts,
    complaints,
    corrections,
    documents,
    endings,
    erasing,
    gate,
    incidents,
    joinings,
    people,
    residents,
    rooms,
    safeguards,
    selection,
    stays,
    transports,
)
from models.actions import months as months_of
from models.actions.complaints import COMPLAINTS, SELF_HARM
from models.entities.admissions import RightsTalk
from models.entities.base import Base
from models.entities.erasing import Erasure
from models.entities.people import User
from models.entities.residents import Resident
from models.entities.transports import Passenger
from models.errors import Refused
from models.exchange.files import read_table
from models.exchange.import_lists import bring_in as bring_list_in
from models.exchange.import_stays import bring_in
from models.exchange.lists_file import read_list
from models.exchange.stays_file import read_stays
from models.ids import CandidateId, ProgrammeId, ResidentId, StayId
from models.queries import history, monthly_reports, months
from models.queries import safeguards as queries
from models.queries import trail as entries
from models.repositories.erasing import BELONGS, BESIDE, KEPT
from models.repositories.residents import facts_of_resident
from models.rules.birth import BirthDate
from models.rules.erasing import coarse_birth, days_that_count
from models.rules.figures import MonthFigures, Tally
from models.rules.issuing import differences
from models.rules.joining import Side
from models.rules.months import age_band
from models.rules.reissuing import ERASED_WITH_A_PERSON, STATES
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import (
    AbsenceKind,
    CandidateState,
    CheckKind,
    DocumentKind,
    IncidentKind,
    Role,
    SealedKind,
    Sex,
    Signature,
    TransportMeans,
)
from models.store import backup, package
from models.store import engine as engines
from models.store.details import SALT, canonical, erased, is_erased, salted_digest, values_of
from models.store.opening import open_register
from models.store.register import Register
from models.store.restore import Restoring
from models.store.verify import verify
from reports import monthly
from tests import builders
from tests.actions import leavers
from tests.conftest import NOON, PASSPHRASE
from tests.entries import last
from tests.store.decrypted import pages

MARK = b"zzyzx"
"""Stands in whatever is personal of the one who is erased, and nowhere else."""
BORN = BirthDate(1991, 7, 2)
OTHER = "quite another phrase of theirs"


@pytest.fixture
def second(register: Register) -> Register:
    """The same register for another supervisor."""
    register.perform(people.add, name="S. Second", role=Role.SUPERVISOR, passphrase=OTHER)
    return register.beside(person="S. Second", passphrase=OTHER)


def at_desk(register: Register, role: Role) -> None:
    register.person = replace(register.person, role=role, stands_in=False)


def brought_in(register: Register, folder: Path) -> tuple[ProgrammeId, ResidentId]:
    """Somebody who came with a file, with others, and of whom much was entered since; departed."""
    programme = leavers.programme(register)
    file = folder / "stays.csv"
    file.write_text(
        "person_id,family_name,given_names,birth_date,sex,nationality,entry_date,exit_date,Claim\n"
        "P-1,Aa,Ann,1980-01-02,F,AF,2026-07-01,2026-07-09,\n"
        "Z-ZZYZX-1,Zzyzxson,Gulzzyzx,1991-07-02,M,AF,2026-07-03,,said zzyzx at the gate\n"
        "P-3,Cc,Cem,2010-10-10,M,IR,2026-07-03,,\n",
        encoding="utf-8",
    )
    at_desk(register, Role.SUPERVISOR)
    register.perform(bring_in, programme_id=programme, read=read_stays(read_table(file), zone=register.facility.zone))
    with register.read() as snapshot:
        row = snapshot.connection.exec_driver_sql(
            "SELECT id FROM residents WHERE family_name = 'Zzyzxson'"
        ).scalar_one()
    return programme, ResidentId(row)


def lived(register: Register, programme: ProgrammeId, person: ResidentId, folder: Path) -> StayId:
    """What is entered of somebody during a stay."""
    with register.read() as snapshot:
        stay = StayId(
            snapshot.connection.exec_driver_sql("SELECT id FROM stays WHERE resident_id = ?", (person,)).scalar_one()
        )
        facts = PersonFacts(
            family_name="Zzyzxson", given_names="Gul Zzyzx", own_script="زzyzxي", birth=BORN,
            sex=Sex.MALE, nationality="AF", aliases=("Zzyzx the tailor",), languages=("prs",),
        )  # fmt: skip
    register.perform(residents.change, reason="seen", resident_id=person, person=facts)
    register.perform(
        residents.change, reason="seen", resident_id=person, person=facts,
        partner_numbers={programme: "ZZYZX-77"},
    )  # fmt: skip
    passport = DocumentFacts(kind=DocumentKind.PASSPORT, number="PZZYZX1", country="AF", note="zzyzx stamp")
    one = register.perform(documents.add, resident_id=person, document=passport).value
    register.perform(documents.change, reason="seen", document_id=one, document=replace(passport, number="PZZYZX2"))
    bed = builders.bed(register)
    at_desk(register, Role.CLERK)
    register.perform(rooms.place, stay_id=stay, bed_id=bed, moment=Moment(date(2026, 7, 3), None))
    away = register.perform(
        absences.record, stay_id=stay, kind=AbsenceKind.HOSPITAL, left=Moment(date(2026, 8, 4), None),
        due_back=Moment(date(2026, 8, 9), None), place="Zzyzx clinic", escort="Zzyzx aunt", note="zzyzx leg",
    ).value  # fmt: skip
    register.perform(absences.return_, absence_id=away, returned=Moment(date(2026, 8, 10), None))
    at_desk(register, Role.HEALTH_LEGAL)
    register.perform(safeguards.enter_note, resident_id=person, kind=SealedKind.HEALTH, text="zzyzx fever")
    happened(register, programme, person)
    at_desk(register, Role.SUPERVISOR)
    register.perform(
        stays.extend, stay_id=stay, until=date(2027, 3, 1), reason="zzyzx vetting", decided_by="B", authority="Zzyzx M"
    )
    leave: dict[str, Any] = {
        "kind": AbsenceKind.LEAVE, "reason": "zzyzx wedding", "place": "Zzyzx street", "escort": "Zzyzx aunt",
        "start": Moment(date(2027, 1, 4)), "due_back": Moment(date(2027, 1, 5)),
    }  # fmt: skip
    planned = register.perform(gate.plan_leave, stay_id=stay, **leave).value
    register.perform(gate.change_leave, leave_id=planned, **(leave | {"place": "Zzyzx road"}), why="zzyzx moved")
    register.perform(gate.call_off, leave_id=planned, reason="zzyzx is ill")
    with pytest.raises(Refused):
        register.perform(
            stays.extend, stay_id=stay, until=date(2020, 1, 1), reason="zzyzx", decided_by="B", authority=""
        )
    register.perform(stays.correct, stay_id=stay, arrived=Moment(date(2026, 7, 2), None), reason="zzyzx slip")
    with register.write() as unit:  # somebody asks for what stands about the person, under another subject
        unit.tell(builders.TEST, [f"programme:{programme}"], {"text": "PZZYZX2", "number": "the zzyzx-77"})
    plan = leavers.plan(register, stay)
    leavers.check_all(register, plan)
    leavers.check(register, plan, CheckKind.COUNSELLING, note="zzyzx understood it")
    register.perform(endings.depart, plan_id=plan)
    return stay


def happened(register: Register, programme: ProgrammeId, person: ResidentId) -> None:
    """Incidents, one of them taken back, a complaint and self-harm, all put right once."""
    force: dict[str, Any] = {
        "kind": IncidentKind.FORCE, "happened": Moment(date(2026, 8, 2)), "what": "zzyzx was held", "by_whom": "zzyzx",
        "means": "zzyzx", "why": "zzyzx ran", "place": "zzyzx yard", "told_whom": "zzyzx", "residents": [person],
    }  # fmt: skip
    for _ in range(2):
        entry = register.perform(incidents.enter, programme_id=programme, injuries="zzyzx arm", **force).value
        register.perform(incidents.correct, incident_id=entry, reason="zzyzx slip", **force)
    register.perform(incidents.take_back, incident_id=entry, reason="zzyzx twice")
    said = {"received_on": date(2026, 8, 2), "said": "zzyzx door"}
    entry = register.perform(COMPLAINTS.enter, resident_id=person, **said).value
    register.perform(complaints.answer, entry_id=entry, answered_on=date(2026, 8, 3), answer="zzyzx lock")
    harm = {"happened": Moment(date(2026, 8, 2)), "found": "zzyzx cut", "told_whom": "zzyzx"}
    entry = register.perform(SELF_HARM.enter, resident_id=person, **harm).value
    register.perform(SELF_HARM.correct, entry_id=entry, reason="zzyzx slip", **(harm | {"found": ""}))


def on_a_list(register: Register, programme: ProgrammeId, folder: Path) -> ResidentId:
    """Somebody who was on a proposed list, came, and left."""
    file = folder / "list.csv"
    file.write_text(
        "No,Family name,Given names,Date of birth,Nationality,A-Number,Medical\n"
        "1,Zzyzxman,Karzzyzx,1985-05-05,AF,A12ZZYZX,zzyzx pills\n2,Bb,Ben,1984-04-04,AF,A77,none\n",
        encoding="utf-8",
    )
    at_desk(register, Role.SUPERVISOR)
    register.perform(bring_list_in, programme_id=programme, read=read_list(read_table(file)), code="L1")
    with register.read() as snapshot:
        found = "SELECT id FROM candidates WHERE family_name = 'Zzyzxman'"
        one = CandidateId(snapshot.connection.exec_driver_sql(found).scalar_one())
    register.perform(
        selection.decide,
        candidate_id=one,
        outcome=CandidateState.ACCEPTED,
        reason="zzyzx is well",
        decided_by="Zzyzx B",
    )
    stay = register.perform(
        stays.admit, programme_id=programme, candidate_id=one, arrived=Moment(date(2026, 9, 1), None)
    ).value
    plan = leavers.plan(register, stay)
    leavers.check_all(register, plan)
    register.perform(endings.depart, plan_id=plan)
    with register.read() as snapshot:
        found = "SELECT resident_id FROM stays WHERE id = ?"
        return ResidentId(snapshot.connection.exec_driver_sql(found, (stay,)).scalar_one())


def figures(register: Register) -> dict[str, str]:
    """The figures of all months of all programmes, to the digit; but not what is told as it stands on the day."""
    with register.read() as snapshot:
        programmes = snapshot.connection.exec_driver_sql("SELECT id FROM programmes").scalars().all()
        return {
            f"{programme} {row.month}": _lasting(months.figures(snapshot, ProgrammeId(programme), row.month)).to_json()
            for programme in programmes
            for row in monthly_reports.months_of(snapshot, ProgrammeId(programme))
        }


def _lasting(found: MonthFigures) -> MonthFigures:
    lasting = (each for each in found.tallies if each.name not in STATES)
    return replace(found, tallies=tuple(map(_without_erased, lasting)))


def _without_erased(tally: Tally) -> Tally:
    gone = ERASED_WITH_A_PERSON.get(tally.name, ())
    return replace(tally, counts=tuple((key, count) for key, count in tally.counts if key not in gone))


def rows_of_others(register: Register, person: ResidentId) -> dict[str, Any]:
    with register.read() as snapshot:
        run = snapshot.connection.exec_driver_sql
        return {
            "residents": run("SELECT * FROM residents WHERE id <> ? ORDER BY id", (person,)).all(),
            "stays": run("SELECT * FROM stays WHERE resident_id <> ? ORDER BY id", (person,)).all(),
            "rooms": run("SELECT * FROM rooms ORDER BY id").all(),
            "notes": run("SELECT * FROM sealed_notes WHERE resident_id <> ? ORDER BY id", (person,)).all(),
        }


def let_go(register: Register, second: Register, person: ResidentId) -> None:
    at_desk(register, Role.SUPERVISOR)
    register.perform(erasing.ask, resident_id=person, reason="time is over")
    second.perform(erasing.erase, resident_id=person)


def whose(register: Register, stay_id: StayId) -> ResidentId:
    with register.read() as snapshot:
        row = snapshot.connection.exec_driver_sql("SELECT resident_id FROM stays WHERE id = ?", (stay_id,))
        return ResidentId(row.scalar_one())


def in_clear(register: Register) -> bytes:
    return pages(register.folder / engines.FILE_NAME, register.source.key).lower()


def test_no_file_of_the_register_holds_anything_of_somebody_erased_and_all_figures_stay(
    register: Register, second: Register, tmp_path: Path
) -> None:
    programme, person = brought_in(register, tmp_path)
    lived(register, programme, person, tmp_path)
    other = on_a_list(register, programme, tmp_path)
    assert register.verified().problem is None
    before, others = figures(register), rows_of_others(register, person)
    assert MARK in in_clear(register)
    let_go(register, second, person)
    assert b"1991-07-02" not in in_clear(register)
    assert rows_of_others(register, person) == others
    assert figures(register) == before
    let_go(register, second, other)
    assert figures(register) == before
    found = register.verified()
    assert found.problem is None
    assert [(each.subject, each.at) for each in found.erased] == [
        (f"resident:{person}", NOON), (f"resident:{other}", NOON),
    ]  # fmt: skip
    assert min(each.values for each in found.erased) > 20
    clear = in_clear(register)
    assert MARK not in clear, clear[clear.index(MARK) - 60 : clear.index(MARK) + 60]
    assert all(date not in clear for date in (b"1991-07-02", b"1985-05-05"))
    stick = tmp_path / "stick"
    stick.mkdir()
    made = backup.make(register.source, stick, NOON.astimezone(register.facility.zone))
    with package.opened(made), Restoring(made, tmp_path / "again") as restoring:
        restoring.open(PASSPHRASE, "A. Berisha")
        restoring.put()
    assert MARK not in pages(tmp_path / "again" / engines.FILE_NAME, register.source.key).lower()
    register.perform(residents.change, reason="seen", resident_id=ResidentId(1), person=PersonFacts(family_name="Aa"))
    assert register.verified().problem is None
    _is_read_as_erased(register, person)
    _is_found_where_it_was_not_told(register)


def test_what_was_issued_stays_as_it_was_with_the_numbers_that_it_lists(register: Register, second: Register) -> None:
    """The hash of the figures stands on paper; so nothing of them may be another, nor of the entry that tells of it."""
    programme = builders.programme(register, report_sections=["movement", "annexes"])
    person = builders.resident(register, "K-0771", family_name="Zzyzxson", given_names="Gul")
    stay = builders.stay(register, person, programme, date(2026, 9, 1))
    at_desk(register, Role.SUPERVISOR)
    issue: dict[str, Any] = {"month": Month(2026, 10), "language": "en", "draw": monthly.draw_issued}
    register.perform(months_of.issue, programme_id=programme, **issue)
    register.perform(
        endings.record_left, stay_id=stay, moment=Moment(date(2026, 11, 5)), seen_last="gate", how_known="seen"
    )
    stored = "SELECT figures, figures_hash, pdf FROM issued_months"
    before = builders.rows(register, stored)
    let_go(register, second, person)
    assert builders.rows(register, stored) == before
    assert "K-0771" in str(before)
    told = "SELECT details FROM trail WHERE action = 'months.issue'"
    assert "K-0771" in str(builders.rows(register, told))
    assert MARK not in in_clear(register)
    assert register.verified().problem is None


def test_no_issued_month_differs_because_somebody_was_erased_who_is_counted_in_it(
    register: Register, second: Register
) -> None:
    """By number and name, by what was known of the birth, by what was held for them and what they complained of."""
    sections = ["movement", "annexes", "safeguards", "incidents", "quality"]
    programme = builders.programme(register, report_sections=sections)
    gone = builders.resident(register, "K-0771", birth=BirthDate(1991, 1, 1), nationality="AF")
    stay = builders.stay(register, gone, programme, date(2026, 9, 1))
    builders.stay(register, builders.resident(register, "K-0009"), programme, date(2026, 9, 2))
    at_desk(register, Role.SUPERVISOR)
    with builders.reading(register):
        register.perform(COMPLAINTS.enter, resident_id=gone, received_on=date(2026, 10, 2), said="cold")
        register.perform(SELF_HARM.enter, resident_id=gone, happened=Moment(date(2026, 10, 9)), found="a cut")
    talk = RightsTalk(
        stay_id=stay, explained_on=date(2026, 10, 6), languages=["en"], explained_by="B", signature=Signature.SIGNED,
        entered_by=register.person.id, entered_at=NOON,
    )  # fmt: skip
    register.perform(builders.put, row=talk)
    issue: dict[str, Any] = {"month": Month(2026, 10), "language": "en", "draw": monthly.draw_issued}
    issued = register.perform(months_of.issue, programme_id=programme, **issue).value
    left = Moment(date(2026, 11, 5))
    register.perform(endings.record_left, stay_id=stay, moment=left, seen_last="gate", how_known="seen")
    let_go(register, second, gone)
    with register.read() as snapshot:
        frozen, now = months.frozen_and_now(snapshot, issued)
        assert differences(frozen, now) == ()
        assert (now.tallies, now.listed) == (frozen.tallies, frozen.listed)
        assert {each.number for each in now.listed} == {"K-0771", "K-0009"}


def _is_read_as_erased(register: Register, person: ResidentId) -> None:
    at_desk(register, Role.SUPERVISOR)
    with register.read() as snapshot:
        told = history.of_resident(snapshot, resident_id=person)
        assert told[0].what.text == "Erased all that was personal of somebody"
        assert any(detail.after is not None and "erased" in str(detail.after) for row in told for detail in row.details)
        for row in entries.rows(snapshot, ids=entries.ids(snapshot)):
            assert row.what


def _is_found_where_it_was_not_told(register: Register) -> None:
    """A value that somebody erases past Konak, or of another entry than the one that tells of it, is missed."""
    by = last(register, "action = 'erasing.erase'")["number"]
    engine = engines.make_engine(register.folder / engines.FILE_NAME, register.source.key)
    for other in (by, by - 1, 9999):
        with engines.writing(engine).connect() as connection:
            for name in (
                connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
            ):
                connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
            number, raw, salts = connection.exec_driver_sql(
                "SELECT number, details, salts FROM trail WHERE action = 'import_stays.bring_in'"
            ).one()
            details = json.loads(raw)
            assert not any(map(is_erased, details["notes"].values()))  # of the file, and not of one of its people
            at, (values, name) = next(
                (place * SALT, each) for place, each in enumerate(values_of(details)) if each[0] is details["notes"]
            )
            values[name] = erased(salted_digest(values[name], salts[at : at + SALT]), other)
            connection.exec_driver_sql(
                "UPDATE trail SET details = ?, salts = ? WHERE number = ?",
                (canonical(details), salts[:at] + bytes(SALT) + salts[at + SALT :], number),
            )
            problem = verify(connection).problem
            assert problem is not None
            assert "erased" in problem.text or "erasing" in problem.text
    engine.dispose()


def test_two_people_are_needed_and_nobody_is_erased_who_is_still_here(
    register: Register, second: Register, tmp_path: Path
) -> None:
    programme, person = brought_in(register, tmp_path)
    with pytest.raises(Refused, match="still here"):
        register.perform(erasing.ask, resident_id=person, reason="time is over")
    lived(register, programme, person, tmp_path)
    at_desk(register, Role.CLERK)
    with pytest.raises(Refused, match="may not"):
        register.perform(erasing.ask, resident_id=person, reason="time is over")
    at_desk(register, Role.SUPERVISOR)
    with pytest.raises(Refused, match="Nobody has asked"):
        second.perform(erasing.erase, resident_id=person)
    register.perform(erasing.ask, resident_id=person, reason="time is over")
    with pytest.raises(Refused, match="asked for it yourself"):
        register.perform(erasing.erase, resident_id=person)
    second.perform(erasing.withdraw, resident_id=person, reason="a court asks")
    with pytest.raises(Refused, match="Nobody has asked"):
        second.perform(erasing.erase, resident_id=person)
    let_go(register, second, person)
    with pytest.raises(Refused, match="erased already"):
        register.perform(erasing.ask, resident_id=person, reason="again")
    assert register.verified().problem is None


def do_erase(register: Register) -> None:
    """For `tests/dialects`, which does every action to its end."""
    before = register.person
    person = builders.resident(register, "K-0666", family_name="Zzyzxson")
    second = User(name="S. Second", role=Role.SUPERVISOR, public=bytes(32), is_active=False, created_at=NOON)
    other = register.perform(builders.put, row=second).value
    at_desk(register, Role.SUPERVISOR)
    register.perform(erasing.ask, resident_id=person, reason="time is over")
    register.perform(erasing.withdraw, resident_id=person, reason="a court asks")
    asked = Erasure(resident_id=person, reason="time is over", asked_by=other, asked_at=NOON)
    register.perform(builders.put, row=asked)
    register.perform(erasing.erase, resident_id=person)
    register.person = before


def test_what_was_erased_is_swept_at_the_next_opening_where_somebody_reads_meanwhile(
    register: Register, second: Register, tmp_path: Path
) -> None:
    programme, person = brought_in(register, tmp_path)
    lived(register, programme, person, tmp_path)
    at_desk(register, Role.SUPERVISOR)
    with closing(engines.connect(register.folder / engines.FILE_NAME, register.source.key)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM trail").fetchone()
        let_go(register, second, person)
        assert MARK in in_clear(register)  # who reads has to go on reading what was so
    register.close()
    with open_register(register.folder, passphrase=PASSPHRASE, person="A. Berisha", clock=register.clock) as again:
        assert MARK not in in_clear(again)


def test_every_table_that_hangs_on_a_person_says_what_may_stay_of_it() -> None:
    """A column that is not named goes; a table that is not named would stay whole."""
    persons = {"residents", "stays", "candidates", "plans", "families"}
    for table in Base.metadata.tables.values():
        refers = {each.column.table.name for column in table.columns for each in column.foreign_keys}
        if refers & persons or table.name in persons:
            entity = next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__table__ is table)
            assert entity in KEPT, table.name
            assert entity in BELONGS or table.name in {"residents", "candidates", "families"}, table.name


_BY_NUMBER = {
    ("child_records", "guardian_id"),
    ("needs", "other_id"),  # from whom somebody is kept apart: their own need, as the words of it are
    ("residents", "joined_into_id"),
    *((name, "candidate_id") for name in ("residents", "stays", "taken_back_arrivals")),
    ("passengers", "resident_id"),  # whom the candidate was found to be: `one_person` follows it
}
"""What names somebody by the number of a row alone, in a row of another that stays whole."""


def test_whatever_is_written_about_two_persons_is_found_by_each_of_them() -> None:
    found = {(entity.__tablename__, column) for entity, (column, _) in BELONGS.items()}
    found |= {(entity.__tablename__, column) for entity, named in BESIDE.items() for column, _ in named}
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if any(key.column.table.name in {"residents", "candidates"} for key in column.foreign_keys):
                place = table.name, column.name
                assert (place in found) is not (place in _BY_NUMBER), place


def about_both(register: Register, programme: ProgrammeId, person: ResidentId, folder: Path) -> None:
    """What is written where somebody was held against others: told apart, asked again, in the row of the other."""
    file = folder / "others.csv"
    file.write_text("No,Family name,Given names,A-Number\n1,Ee,Emil,A81\n2,Ff,Fatos,A82\n", encoding="utf-8")
    at_desk(register, Role.SUPERVISOR)
    register.perform(bring_list_in, programme_id=programme, read=read_list(read_table(file)), code="L7")
    with register.read() as snapshot:
        others = (
            snapshot.connection.exec_driver_sql("SELECT id FROM candidates WHERE family_name IN ('Ee', 'Ff')")
            .scalars()
            .all()
        )
        (own,) = (
            snapshot.connection.exec_driver_sql("SELECT candidate_id FROM residents WHERE id = ?", (person,))
            .scalars()
            .all()
        )
    for each, whom in zip(others, ({"resident_id": person}, {"other_id": own}), strict=True):
        settle: dict[str, Any] = {"candidate_id": CandidateId(each), "is_same": False, **whom}
        verdict = register.perform(alike.settle, reason="zzyzx is taller", **settle).value
        register.perform(alike.take_back, verdict_id=verdict, reason="zzyzx was mistaken for another")
        register.perform(alike.settle, reason="zzyzx has a scar", **settle)


def test_what_was_written_of_somebody_in_the_row_of_another_goes_and_the_row_stays(
    register: Register, second: Register, tmp_path: Path
) -> None:
    programme = leavers.programme(register)
    person = on_a_list(register, programme, tmp_path)
    about_both(register, programme, person, tmp_path)
    assert MARK in in_clear(register)
    let_go(register, second, person)
    clear = in_clear(register)
    assert MARK not in clear, clear[clear.index(MARK) - 60 : clear.index(MARK) + 60]
    told = "SELECT is_same, undone_at IS NULL, reason FROM likeness_verdicts ORDER BY id"
    assert builders.rows(register, told) == [(0, 0, ""), (0, 1, "")] * 2
    assert register.verified().problem is None


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Zzyzxman, Karzzyzx"},
        {"typed": {"family_name": "ZZYZXMAN", "given_names": "Karzzyzx"}},
        {"typed": {"resident_id": ["", [7, "Somebody", "of the list L1, A12ZZYZX"]]}},
    ],
)
def test_nobody_is_erased_whose_arrival_is_left_half_entered(
    register: Register, second: Register, tmp_path: Path, typed: dict[str, Any]
) -> None:
    person = on_a_list(register, leavers.programme(register), tmp_path)
    left = register.perform(arrival_drafts.keep, content=json.dumps(typed)).value
    register.perform(arrival_drafts.keep, content=json.dumps({"name": "Karzzyzx", "typed": {"who": None}}))
    register.perform(erasing.ask, resident_id=person, reason="time is over")
    with pytest.raises(Refused, match="left half entered"):
        second.perform(erasing.erase, resident_id=person)
    register.perform(arrival_drafts.throw_away, draft_id=left)
    second.perform(erasing.erase, resident_id=person)


@given(
    born=st.dates(date(1930, 1, 1), date(2026, 6, 1)),
    arrived=st.dates(date(2026, 6, 2), date(2027, 6, 1)),
    nights=st.integers(0, 900),
)
def test_a_coarse_birth_stands_in_the_same_age_group_on_every_day_that_counts(
    born: date, arrived: date, nights: int
) -> None:
    days = [*days_that_count(arrived, arrived + timedelta(days=nights))]
    coarse = coarse_birth(BirthDate.exact(born), days)
    for day in days:
        assert age_band(str(coarse), day) == age_band(str(BirthDate.exact(born)), day)


def test_a_coarse_birth_is_a_first_of_january_where_no_birthday_counts() -> None:
    assert str(coarse_birth(BORN, [date(2026, 7, 3), date(2026, 9, 1)])) == "2000-01-01"
    child = BirthDate(2008, 8, 14)  # becomes eighteen between two days that count
    assert str(coarse_birth(child, [date(2026, 8, 1), date(2026, 8, 31)])) != str(child)


def twice(register: Register, programme: ProgrammeId) -> tuple[ResidentId, ResidentId]:
    """One man who was here twice under two numbers, with what is personal of both."""
    found = []
    for number, day in (("K-0771", 12), ("K-0772", 20)):
        person = builders.resident(
            register, number, family_name=f"Zzyzx{day}", given_names="Gulzzyzx", birth=BORN, aliases=["Zzyzx Bey"]
        )
        stay = builders.stay(register, person, programme, date(2026, 6, day))
        passport = DocumentFacts(kind=DocumentKind.PASSPORT, number=f"PZZYZX{day}", country="AF")
        register.perform(documents.add, resident_id=person, document=passport)
        left = Moment(date(2026, 6, day + 5))
        register.perform(endings.record_left, stay_id=stay, moment=left, seen_last="zzyzx", how_known="zzyzx")
        found.append(person)
    return found[0], found[1]


CHOSEN = {"family_name": Side.OTHER}
OTHERS = dict.fromkeys(("family_name", "birth"), Side.OTHER)


def test_whoever_was_joined_is_erased_with_the_one_who_remains_and_never_alone(
    register: Register, second: Register
) -> None:
    programme = leavers.programme(register)
    at_desk(register, Role.SUPERVISOR)
    one, other = twice(register, programme)
    candidate = builders.candidate(register, programme, family_name="Zzyzxcand", given_names="Gulzzyzx")
    register.perform(joinings.join_candidate, resident_id=other, candidate_id=candidate, reason="zzyzx cand")
    joined = register.perform(joinings.join, resident_id=one, other_id=other, reason="zzyzx photo", chosen=CHOSEN).value
    with pytest.raises(Refused, match="joined"):
        register.perform(erasing.ask, resident_id=other, reason="time is over")
    before = figures(register)
    let_go(register, second, one)
    clear = in_clear(register)
    assert MARK not in clear, clear[clear.index(MARK) - 60 : clear.index(MARK) + 60]
    assert figures(register) == before
    assert register.verified().problem is None
    with pytest.raises(Refused, match="erased already"):
        register.perform(joinings.take_back, joining_id=joined, reason="two brothers")
    with pytest.raises(Refused, match="joined to"):
        register.perform(erasing.ask, resident_id=other, reason="time is over")


def found_to_be_one(register: Register, one: CandidateId, other: CandidateId) -> None:
    register.perform(alike.settle, candidate_id=one, other_id=other, is_same=True, reason="zzyzx has the scar")


def on_a_list_as(register: Register, programme: ProgrammeId, name: str, state: CandidateState) -> CandidateId:
    return builders.candidate(
        register, programme, family_name=name, given_names="Gulzzyzx", partner_number=f"N-{name}", state=state
    )


def test_candidates_who_were_found_to_be_the_person_are_erased_with_them_over_whatever_links(
    register: Register, second: Register
) -> None:
    programme = leavers.programme(register)
    at_desk(register, Role.SUPERVISOR)
    one, two, three = (
        on_a_list_as(register, programme, f"Zzyzx{name}", CandidateState.REFUSED) for name in ("one", "two", "three")
    )
    came = on_a_list_as(register, programme, "Zzyzxcame", CandidateState.ACCEPTED)
    cousin = builders.candidate(register, programme, family_name="Cousin", given_names="Karim")
    found_to_be_one(register, two, came)
    found_to_be_one(register, two, one)
    twin = register.perform(
        alike.settle, candidate_id=cousin, other_id=one, is_same=True, reason="zzyzx looks like it"
    ).value
    register.perform(alike.take_back, verdict_id=twin, reason="zzyzx is no twin")
    stay = register.perform(
        stays.admit, programme_id=programme, candidate_id=came, arrived=Moment(date(2026, 9, 1), None)
    ).value
    register.perform(
        endings.record_left, stay_id=stay, moment=Moment(date(2026, 9, 5)), seen_last="gate", how_known="seen"
    )
    with register.read() as snapshot:
        person = ResidentId(snapshot.connection.exec_driver_sql("SELECT resident_id FROM stays").scalar_one())
    again, known = twice(register, programme)
    register.perform(joinings.join_candidate, resident_id=known, candidate_id=three, reason="zzyzx")
    register.perform(joinings.join, resident_id=person, other_id=known, reason="zzyzx", chosen=OTHERS)
    register.perform(joinings.join, resident_id=again, other_id=person, reason="zzyzx", chosen=OTHERS)
    bus = register.perform(
        transports.add, means=TransportMeans.BUS, expected=Moment(date(2026, 12, 1)), from_place="Athens"
    ).value
    seen = on_a_list_as(register, programme, "Zzyzxseen", CandidateState.ACCEPTED)
    passenger = Passenger(
        transport_id=bus, candidate_id=seen, resident_id=again, told_apart=[], decided_why="zzyzx said so"
    )
    register.perform(builders.put, row=passenger)
    before = figures(register)
    let_go(register, second, again)
    clear = in_clear(register)
    assert MARK not in clear, clear[clear.index(MARK) - 200 : clear.index(MARK) + 60]
    assert builders.rows(register, "SELECT family_name FROM candidates WHERE family_name <> ''") == [("Cousin",)]
    assert figures(register) == before
    assert register.verified().problem is None


def test_nobody_is_erased_who_is_another_resident_by_what_was_found_of_candidates(
    register: Register, second: Register
) -> None:
    """Whoever that is may be here: the two have to be joined, or told apart."""
    programme = leavers.programme(register)
    at_desk(register, Role.SUPERVISOR)
    one, other = twice(register, programme)
    first, then = (on_a_list_as(register, programme, f"Zzyzx{each}", CandidateState.REFUSED) for each in "ab")
    register.perform(joinings.join_candidate, resident_id=one, candidate_id=first, reason="zzyzx")
    register.perform(joinings.join_candidate, resident_id=other, candidate_id=then, reason="zzyzx")
    register.perform(erasing.ask, resident_id=one, reason="time is over")
    found_to_be_one(register, first, then)
    with pytest.raises(Refused, match="as well") as refused:
        second.perform(erasing.erase, resident_id=one)
    assert refused.value.message.values["number"] == "K-0772"
    with pytest.raises(Refused, match="as well"):
        register.perform(erasing.ask, resident_id=other, reason="time is over")
    register.perform(erasing.withdraw, resident_id=one, reason="twice here")
    register.perform(joinings.join, resident_id=one, other_id=other, reason="zzyzx", chosen=CHOSEN)
    let_go(register, second, one)
    assert MARK not in in_clear(register)
    assert register.verified().problem is None


def test_nobody_is_joined_who_is_to_be_erased(register: Register, second: Register) -> None:
    programme = leavers.programme(register)
    at_desk(register, Role.SUPERVISOR)
    one, other = twice(register, programme)
    for asked in (one, other):
        register.perform(erasing.ask, resident_id=asked, reason="time is over")
        with pytest.raises(Refused, match="Withdraw that first"):
            register.perform(joinings.join, resident_id=one, other_id=other, reason="one man", chosen=CHOSEN)
        second.perform(erasing.withdraw, resident_id=asked, reason="one man")
    register.perform(joinings.join, resident_id=one, other_id=other, reason="one man", chosen=CHOSEN)


def test_a_joining_of_which_one_side_was_erased_is_not_taken_back(
    register: Register, second: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an earlier Konak let it come about: asked before the joining, and erased after it."""
    programme = leavers.programme(register)
    at_desk(register, Role.SUPERVISOR)
    one, other = twice(register, programme)
    register.perform(erasing.ask, resident_id=other, reason="time is over")
    with monkeypatch.context() as earlier:
        earlier.setattr(joinings, "_refuse_asked", lambda *_: None)
        joined = register.perform(joinings.join, resident_id=one, other_id=other, reason="one man", chosen=CHOSEN).value
    with pytest.raises(Refused, match="joined to"):
        second.perform(erasing.erase, resident_id=other)
    with register.write() as unit:
        asked = unit.session.get_one(Erasure, 1)
        asked.erased_by, asked.erased_at = unit.person.id, unit.now
        unit.tell(builders.TEST, [f"resident:{other}"], {})
    with pytest.raises(Refused, match="erased already"):
        register.perform(joinings.take_back, joining_id=joined, reason="two brothers")


def test_the_trail_proves_itself_after_erasing_somebody_of_whom_much_was_taken_back(
    register: Register, second: Register
) -> None:
    person = ResidentId(1)
    programme = leavers.programme(register)
    builders.stay(register, builders.resident(register, "K-0001"), programme, date(2026, 6, 12), date(2026, 6, 14))
    paper = DocumentFacts(kind=DocumentKind.PASSPORT, number="PZZYZX1")
    taken_back = register.perform(documents.add, resident_id=person, document=paper).value
    register.perform(documents.take_back, document_id=taken_back, reason="the sister's")
    register.perform(documents.add, resident_id=person, document=paper)
    again: dict[str, Any] = {
        "resident_id": person,
        "arrived": Moment(date(2026, 11, 2)),
        "emergency_reason": "at the gate",
    }
    wrong = register.perform(stays.admit, programme_id=programme, **again).value
    leavers.check(register, leavers.plan(register, wrong), CheckKind.CONSENT, who="Pzzyzx2", note="pzzyzx3 signed")
    register.perform(corrections.take_back, stay_id=wrong, reason="the brother")
    let_go(register, second, person)
    assert register.verified().problem is None
    assert b"pzzyzx" not in in_clear(register)


def test_a_candidate_who_was_found_to_be_somebody_else_is_not_erased_with_them(
    register: Register, second: Register
) -> None:
    programme = leavers.programme(register)
    at_desk(register, Role.SUPERVISOR)
    one, _ = twice(register, programme)
    candidate = builders.candidate(register, programme, family_name="Cousin", given_names="Karim")
    known = register.perform(joinings.join_candidate, resident_id=one, candidate_id=candidate, reason="same").value
    register.perform(joinings.take_back, joining_id=known, reason="a cousin")
    let_go(register, second, one)
    with register.read() as snapshot:
        asked = "SELECT family_name, given_names FROM candidates WHERE id = ?"
        assert snapshot.connection.exec_driver_sql(asked, (candidate,)).one() == ("Cousin", "Karim")


def test_the_record_of_a_joining_that_was_taken_back_holds_nothing_of_the_one_who_is_erased(
    register: Register, second: Register
) -> None:
    programme = leavers.programme(register)
    at_desk(register, Role.SUPERVISOR)
    one, other = twice(register, programme)
    joined = register.perform(joinings.join, resident_id=one, other_id=other, reason="zzyzx 20", chosen=CHOSEN).value
    register.perform(joinings.take_back, joining_id=joined, reason="zzyzx 20 is a brother")
    let_go(register, second, other)
    with register.read() as snapshot:
        asked = "SELECT reason, undone_reason, before, after FROM joinings"
        assert "zzyzx" not in str(snapshot.connection.exec_driver_sql(asked).one()).lower()
    assert register.verified().problem is None


def test_what_a_joining_lent_to_somebody_else_is_erased_with_whom_it_is_of(
    register: Register, second: Register
) -> None:
    programme = leavers.programme(register)
    at_desk(register, Role.SUPERVISOR)
    one = builders.resident(
        register, "K-0771", family_name="Noori", given_names="Jawad", birth=BirthDate(1980, 5, 6), notes="Has a stick"
    )
    other = builders.resident(
        register,
        "K-0772",
        family_name="Đzzyzxić",
        given_names="Gulzzyzx",
        own_script="زzzyzxي",
        birth=BORN,
        aliases=["Zzyzx Bey"],
        notes="Zzyzx limps",
    )
    for person, day in ((one, 12), (other, 20)):
        stay = builders.stay(register, person, programme, date(2026, 6, day))
        register.perform(
            endings.record_left, stay_id=stay, moment=Moment(date(2026, 6, day + 5)), seen_last="gate", how_known="seen"
        )
    chosen = dict.fromkeys(("family_name", "given_names", "birth", "notes"), Side.OTHER)
    joined = register.perform(joinings.join, resident_id=one, other_id=other, reason="one man", chosen=chosen).value
    held = facts_of_resident(snapshot_row(register, one))
    assert held.family_name == "Đzzyzxić"
    meanwhile = replace(held, given_names="Jawad", aliases=(*held.aliases, "Jawi"))
    register.perform(residents.change, resident_id=one, person=meanwhile, reason="he says so")
    register.perform(joinings.take_back, joining_id=joined, reason="two men")
    before = snapshot_row(register, one)
    assert (before.family_name, before.birth, before.aliases) == ("Noori", BirthDate(1980, 5, 6), ["Jawi"])
    let_go(register, second, other)
    clear = in_clear(register)
    assert MARK not in clear, clear[clear.index(MARK) - 200 : clear.index(MARK) + 60]
    assert b"1991-07-02" not in clear
    assert clear.count(b"has a stick") >= 2  # what is of the other stays, in the trail too
    assert facts_of_resident(snapshot_row(register, one)) == facts_of_resident(before)
    assert register.verified().problem is None
    register.perform(residents.change, resident_id=one, person=PersonFacts(family_name="Noori"), reason="again")
    assert register.verified().problem is None
    let_go(register, second, one)
    assert b"noori" not in in_clear(register)
    assert register.verified().problem is None


def test_what_came_to_somebody_else_with_an_arrival_of_theirs_is_erased_with_whom_it_is_of(
    register: Register, second: Register
) -> None:
    programme = leavers.programme(register)
    at_desk(register, Role.SUPERVISOR)
    known = builders.resident(register, "K-0771", family_name="Noori", given_names="Jawad", aliases=["Jawi"])
    candidate = builders.candidate(
        register,
        programme,
        family_name="Đzzyzxić",
        given_names="Gulzzyzx",
        own_script="زzzyzxي",
        birth=BORN,
        partner_number="Z-ZZYZX-7",
    )
    builders.accept(register, candidate)
    wrong = register.perform(
        stays.admit,
        programme_id=programme,
        arrived=Moment(date(2026, 6, 20)),
        candidate_id=candidate,
        resident_id=known,
    ).value
    assert "Gulzzyzx Đzzyzxić" in snapshot_row(register, known).aliases
    register.perform(corrections.take_back, stay_id=wrong, reason="another man of the bus")
    stay = register.perform(
        stays.admit, programme_id=programme, arrived=Moment(date(2026, 6, 20)), candidate_id=candidate
    ).value
    register.perform(
        endings.record_left, stay_id=stay, moment=Moment(date(2026, 6, 25)), seen_last="gate", how_known="seen"
    )
    let_go(register, second, whose(register, stay))
    clear = in_clear(register)
    assert MARK not in clear, clear[clear.index(MARK) - 200 : clear.index(MARK) + 60]
    assert b"1991-07-02" not in clear
    assert b"jawi" in clear
    assert register.verified().problem is None


def test_the_trail_proves_whoever_was_joined_by_mistake_to_somebody_of_nearly_the_same_name(
    register: Register, second: Register
) -> None:
    programme = leavers.programme(register)
    at_desk(register, Role.SUPERVISOR)
    one, other = (
        builders.resident(register, number, family_name=name, given_names="Jawad", birth=BORN)
        for number, name in (("K-0771", "Noori"), ("K-0772", "Noor"))
    )
    stay = builders.stay(register, other, programme, date(2026, 6, 20))
    register.perform(
        endings.record_left, stay_id=stay, moment=Moment(date(2026, 6, 25)), seen_last="gate", how_known="seen"
    )
    joined = register.perform(joinings.join, resident_id=one, other_id=other, reason="one man", chosen=CHOSEN).value
    register.perform(joinings.take_back, joining_id=joined, reason="two men")
    let_go(register, second, other)
    assert (snapshot_row(register, one).family_name, snapshot_row(register, one).birth) == ("Noori", BORN)
    assert register.verified().problem is None


def snapshot_row(register: Register, person: ResidentId) -> Resident:
    with register.read() as snapshot, Session(snapshot.connection) as session:
        return session.get_one(Resident, person)


def test_of_an_incident_its_count_stays_and_its_words_go_with_the_last_whom_it_concerns(
    register: Register, second: Register, tmp_path: Path
) -> None:
    programme, person = brought_in(register, tmp_path)
    lived(register, programme, person, tmp_path)
    other = on_a_list(register, programme, tmp_path)
    said: dict[str, Any] = {
        "kind": IncidentKind.FORCE,
        "happened": Moment(date(2026, 9, 2)),
        "what": "both held",
        "by_whom": "a guard",
    }
    register.perform(incidents.enter, programme_id=programme, residents=[person, other], why="a fight", **said)
    let_go(register, second, person)
    with register.read() as snapshot:
        both, alone = queries.incidents(snapshot)
        assert (both.what, [each.resident_id for each in both.concerned]) == ("both held", [other])
        assert (alone.what, alone.by_whom, alone.place, alone.concerned) == ("", "", "", ())
        assert (alone.kind, alone.happened) == (IncidentKind.FORCE, Moment(date(2026, 8, 2)))
    let_go(register, second, other)
    with register.read() as snapshot:
        assert [each.what for each in queries.incidents(snapshot)] == ["", ""]
    assert register.verified().problem is None
