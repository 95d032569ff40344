"""Every action once, done to its end on a register that begins empty: what actions write and read on the way."""

import pkgutil
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import text

import tests.actions
from models.actions import (
    absences,
    backups,
    deciding,
    departures,
    documents,
    endings,
    facility,
    months,
    papers,
    people,
    placements,
    programmes,
    residents,
    rooms,
    safeguards,
    sealed_corrections,
    selection,
    signing,
    stays,
)
from models.exchange import certificates, import_lists, import_stays
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.exchange.stays_file import read_stays
from models.rules.money import Payment
from models.rules.papers import RESIDENTS
from models.rules.presets import PRESETS
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.selection import Particulars
from models.rules.time import Moment, Month
from models.rules.vocabulary import (
    AbsenceKind,
    Answer,
    BedKind,
    CheckKind,
    DocumentKind,
    PaymentKind,
    Role,
    RoomKind,
    SealedKind,
    SendingWay,
)
from models.store.keys import Keys, Opened, Slot
from models.store.recovery import words
from models.store.register import Register
from reports import monthly
from reports.signing import sign
from tests import builders
from tests.actions import leavers
from tests.builders import SHEET
from tests.conftest import PASSPHRASE, QUICK
from tests.reports import certificates as made

_LIST = """\
No,Alien number,Family group,Surname,Given name,Date of birth,Nationality,Remarks
1,A-1,F-1,Ahmadzai,Gul,1991-07-02,Afghanistan,afraid of dogs
2,A-2,F-1,Ahmadzai,Mina,2019-01-01,Afghanistan,
3,A-3,,Đorđević,Žarko,1990,Serbia,
"""
_STAYS = """\
person_id,family_name,given_names,entry_date,exit_date,remarks
P-1,Okafor,Chidi,2026-07-01,2026-07-09,has a cough
P-1,Okafor,Chidi,2026-08-01,2026-08-09,
P-2,Noori,Nasrullah,2026-07-03,,
"""
_DECIDED: dict[str, Any] = {"reason": "Vetting goes on", "decided_by": "V. Gashi", "authority": "Ministry"}
_RATE = Decimal("41.50")
_OTHER = "another passphrase of theirs"


class Doings:
    """The actions of each area in turn; the later build upon the earlier."""

    def __init__(self, register: Register, folder: Path) -> None:
        self.register, self.folder = register, folder
        self.today = leavers.TODAY

    def run(self) -> None:
        """All of them; those that end that one person may do everything come last."""
        self.programmes()
        self.rooms()
        self.selection()
        self.stays()
        self.residents()
        self.departures()
        self.months()
        self.backups()
        self.of_tests()
        self.people()

    def of_tests(self) -> None:
        """What the tests of actions do themselves, in functions `do_…(register)`: a new action needs no line here."""
        for found in pkgutil.iter_modules(tests.actions.__path__):
            for name, do in vars(import_module(f"tests.actions.{found.name}")).items():
                if name.startswith("do_"):
                    leavers.at_desk(self.register, Role.ADMINISTRATOR, stands_in=True)  # whoever was there before
                    do(self.register)

    def do(self, action: Callable[..., Any], **values: Any) -> Any:
        return self.register.perform(action, **values).value

    def one(self, statement: str) -> Any:
        with self.register.read() as snapshot:
            return snapshot.connection.execute(text(statement)).scalars().first()

    def file(self, name: str, content: str) -> Path:
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return path

    def version(self, programme: int) -> int:
        return int(self.one(f"SELECT version FROM programmes WHERE id = {programme}"))

    def programmes(self) -> None:
        self.us = self.do(programmes.add_preset, code="US-2025", window_start=date(2026, 6, 1), **builders.US_TERMS)
        preset = PRESETS["LIYA-2021"]
        facts = preset.facts_in(date(2026, 1, 1), date(2026, 1, 1), None)
        self.own = self.do(
            programmes.create,
            facts=facts,
            departures=preset.departures,
            criteria=preset.criteria,
            payments=[Payment(PaymentKind.PERSON_NIGHT, _RATE, date(2026, 1, 1))],
        )
        for action, values in (
            (programmes.change, {"facts": facts}),
            (programmes.set_payments, {"payments": [Payment(PaymentKind.PERSON_NIGHT, _RATE, date(2026, 2, 1))]}),
            (programmes.set_criteria, {"criteria": preset.criteria[:1]}),
            (programmes.set_departures, {"departures": preset.departures[:1]}),
            (programmes.close, {}),
            (programmes.reopen, {}),
        ):
            self.do(action, programme_id=self.own, version=self.version(self.own), **values)
        self.leaving = leavers.programme(self.register, "XK-OWN")
        leavers.at_desk(self.register, Role.ADMINISTRATOR, stands_in=True)

    def rooms(self) -> None:
        self.do(rooms.add_room, name="1", last="3", building="North", beds=3)
        first, _, last = (self.one(f"SELECT id FROM rooms WHERE name = '{name}'") for name in "123")
        self.do(rooms.add_bed, room_id=first, name="Z")
        self.do(rooms.remove_bed, bed_id=self.one("SELECT id FROM beds WHERE name = 'Z'"))
        bed = self.one("SELECT id FROM beds WHERE name = 'A'")
        self.do(rooms.change_bed, bed_id=bed, name="A", kind=BedKind.ACCESSIBLE)
        self.do(rooms.change, room_id=first, name="1", building="North", note="facing the yard", kind=RoomKind.FAMILIES)
        self.do(rooms.take_out_of_use, room_id=last, reason="Water damage")
        self.do(rooms.bring_back, room_id=last)
        self.do(rooms.remove_room, room_ids=(last,))
        self.beds = [
            self.one(f"SELECT id FROM beds WHERE NOT is_removed ORDER BY id LIMIT 1 OFFSET {n}") for n in (0, 1)
        ]

    def selection(self) -> None:
        read = read_list(read_table(self.file("list.csv", _LIST)))
        self.do(import_lists.bring_in, programme_id=self.us, read=read)
        self.gul, _, zarko = (self.one(f"SELECT id FROM candidates WHERE partner_number = 'A-{n}'") for n in (1, 2, 3))
        doubtful = self.one("SELECT id FROM candidates WHERE doubts <> '[]'")
        self.do(selection.settle_doubt, candidate_id=doubtful, doubt=0, explanation="birth certificate seen")
        self.do(
            selection.correct,
            candidate_id=zarko,
            particulars=Particulars(family_name="Đorđević", given_names="Žarko", nationality="RS"),
            reason="The list had it wrong",
        )
        self.do(selection.add_remark, candidate_id=zarko, text="Needs a wheelchair")
        self.do(
            import_lists.correct,
            list_id=self.one("SELECT id FROM proposed_lists"),
            code="L-1",
            received_on=date(2026, 6, 2),
            reason="The letter says so",
        )
        with self.register.read() as snapshot:
            asked = snapshot.connection.execute(
                text("SELECT id, effect FROM criteria WHERE programme_id = :programme"), {"programme": self.us}
            ).all()
        for who in (self.gul, zarko):
            for criterion, effect in (*asked, asked[-1]):
                given = Answer.NO if effect == "excludes" else Answer.YES
                self.do(selection.answer_many, candidate_id=who, given={criterion: None})
                self.do(selection.answer, candidate_id=who, criterion_id=criterion, given=given, note="file seen")
            builders.accept(self.register, who)
        self.do(deciding.correct_decision, candidate_id=self.gul, decided_by="V. Gashi", why="The letter says so")

    def stays(self) -> None:
        read = read_stays(read_table(self.file("stays.csv", _STAYS)), zone=self.register.facility.zone)
        self.do(import_stays.bring_in, programme_id=self.own, read=read)
        arrived = Moment(date(2026, 8, 1))
        self.stay = self.do(
            stays.admit,
            programme_id=self.us,
            arrived=arrived,
            candidate_id=self.gul,
            bed_id=self.beds[0],
            bed_reason="The family comes tomorrow",
        )
        person = PersonFacts(family_name="Karimi", given_names="Omid", nationality="AF", partner_number="X-9")
        emergency = self.do(
            stays.admit, programme_id=self.leaving, arrived=arrived, person=person, emergency_reason="Found at the gate"
        )
        self.emergency = emergency
        self.do(stays.cure_emergency, stay_id=emergency, note="Accepted by letter")
        self.do(
            stays.correct, stay_id=self.stay, arrived=Moment(date(2026, 8, 2)), reason="The paper names the next day"
        )
        self.do(stays.extend, stay_id=self.stay, until=date(2027, 9, 1), **_DECIDED)
        self.do(stays.fix_limit, stay_id=self.stay, until=date(2027, 10, 1), **_DECIDED)
        due = date(2026, 8, 2) + timedelta(days=90)
        self.do(stays.hold_review, stay_id=self.stay, due_on=due, held_on=due, outcome="Goes on", held_by="V. Gashi")
        self.do(rooms.move, stay_id=self.stay, bed_id=self.beds[1], reason="Nearer to the stairs")
        moved = self.do(rooms.rearrange, stay_ids=(self.stay,), bed_ids=(self.beds[0],), reason="Quieter")
        self.do(placements.take_back_several, placement_ids=moved, reason="The wrong person")
        self.do(rooms.free, stay_id=self.stay)
        self.do(rooms.place, stay_id=self.stay, bed_id=self.beds[0], reason="Quieter")
        absence = self.do(
            absences.record,
            stay_id=self.stay,
            kind=AbsenceKind.HOSPITAL,
            left=Moment(date(2026, 9, 1)),
            due_back=Moment(date(2026, 9, 2)),
            place="Regional Hospital",
        )
        self.do(absences.change_due, absence_id=absence, due_back=Moment(date(2026, 9, 3)), reason="One more night")
        self.do(absences.return_, absence_id=absence, returned=Moment(date(2026, 9, 3)))

    def residents(self) -> None:
        one, other = self.one("SELECT id FROM residents"), self.one("SELECT id FROM residents ORDER BY id DESC")
        paper = DocumentFacts(kind=DocumentKind.PASSPORT, number="P 123")
        document = self.do(documents.add, resident_id=one, document=paper)
        self.do(
            documents.change,
            document_id=document,
            document=DocumentFacts(kind=paper.kind, number="P 124"),
            reason="Read again",
        )
        person = PersonFacts(family_name="Okafor", given_names="Chidi", nationality="NG", aliases=("Chi",))
        self.do(
            residents.change,
            resident_id=one,
            person=person,
            partner_numbers={self.us: "A-77"},
            reason="Seen",
        )
        self.do(residents.join_family, resident_id=one, with_id=other, relation="brother", family_name="Okafor")
        self.do(residents.correct_family, resident_id=one, relation="uncle", family_name="Okoro", reason="The passport")
        self.do(residents.leave_family, resident_id=one, reason="A mistake")
        self.do(safeguards.enter_note, resident_id=one, kind=SealedKind.HEALTH, text="a cough")
        self.do(safeguards.add_remark, resident_id=one, text="has a dog")

    def departures(self) -> None:
        here = [leavers.stay(self.register, self.leaving, f"K-9{n:03}") for n in range(6)]
        plans = [leavers.plan(self.register, stay) for stay in here[:5]]
        self.do(departures.change_plan, plan_id=plans[0], planned_on=self.today, country="PK", place="Peshawar")
        check = leavers.check(self.register, plans[0], CheckKind.CONSENT)
        self.do(departures.withdraw_check, check_id=check)
        self.do(departures.cancel, plan_id=plans[0], reason="Changed their mind")
        self.check = self.do(departures.stop, plan_id=plans[1], who="V. Gashi", note="A threat at home")
        for plan in plans[2:]:
            leavers.check_all(self.register, plan)
        self.do(endings.depart, plan_id=plans[2])
        self.do(endings.undo, stay_id=here[2], reason="The flight was called off")
        self.do(endings.depart_group, plan_ids=plans[3:5])
        now = Moment(self.today)
        self.do(
            endings.record_death,
            stay_id=here[5],
            moment=now,
            place="Hospital",
            certified_by="Dr. L. Gashi",
            family_told="By telephone",
        )
        released = leavers.stay(self.register, self.leaving, "K-9100")
        self.do(
            endings.record_release,
            stay_id=released,
            moment=now,
            authority="Court",
            order_number="7",
            order_date=self.today,
        )
        gone = leavers.stay(self.register, self.leaving, "K-9102")
        self.do(endings.record_left, stay_id=gone, moment=now, seen_last="House A", how_known="A note")
        detained = leavers.stay(self.register, self.detained(), "K-9101")
        self.do(
            endings.record_escape, stay_id=detained, moment=now, last_seen="House A", reported_to="Police station 2"
        )

    def detained(self) -> Any:
        return self.do(programmes.add_preset, code="DK-GJILAN", window_start=date(2026, 1, 1))

    def months(self) -> None:
        for day, reason in ((self.today, ""), (self.today - timedelta(days=90), "")):
            self.do(
                months.issue,
                programme_id=self.us,
                month=Month.of(day).next(-1),
                language="en",
                draw=monthly.draw_issued,
                reason=reason,
            )
        self.sendings()
        for action in (papers.printed, papers.saved, papers.copied):
            self.do(action, what=RESIDENTS, subject="facility:1", digest="0" * 64)

    def sendings(self) -> None:
        earlier = Month.of(self.today).next(-2)
        self.do(months.check, programme_id=self.us, month=earlier, remark="Asked at the border")
        self.do(months.uncheck, programme_id=self.us, month=earlier, reason="The wrong month")
        issued = self.one("SELECT id FROM issued_months ORDER BY id DESC")
        now = Moment.of(self.register.clock.now(), self.register.facility.zone)
        said = {"sent": now, "way": SendingWay.EMAIL, "to_whom": "The desk of the partner"}
        sending = self.do(months.send, issued_id=issued, **said)
        self.do(months.correct_sending, sending_id=sending, **said, receipt="No. 7", reason="It has come")
        found = certificates.read_key_file(made.key_file(self.folder), "a good one")
        said = {"certificate": found.certificate, "certificates": found.certificates, "private": found.private}
        self.do(signing.set_up, **said)
        self.do(signing.set_service, stamps_at="https://stamps.example")
        with builders.reading(self.register):
            leavers.at_desk(self.register, Role.SUPERVISOR)
            self.do(signing.sign, issued_id=issued, sign=sign, stamped=False)
        self.do(signing.remove, reason="The office has another name")
        self.do(months.take_back_sending, sending_id=sending, reason="It was another month")

    def backups(self) -> None:
        (self.folder / "backups").mkdir()
        place = self.do(backups.add_place, folder=str(self.folder / "backups"))
        now = self.register.clock.now()
        self.do(backups.failed, backup_place_id=place, at=now, why="The disk is full.")
        self.do(backups.made, backup_place_id=place, at=now, file="2026-11-21.konak")
        self.do(backups.begun, backup_place_id=place)
        self.do(backups.taken, file="2026-11-21.konak")
        self.do(backups.schedule, back_up_at="13:00")
        self.do(backups.remove_place, backup_place_id=place)

    def people(self) -> None:
        self.do(
            facility.change_facility,
            name="Reception Centre South",
            letterhead="Republic of Kosovo",
            language="sq",
            time_zone="Europe/Belgrade",
            number_prefix="S-",
            lock_after=5,
        )
        register, sheet = self.register, words(SHEET)
        administrator = {"name": "E. Admin", "role": Role.ADMINISTRATOR, "passphrase": _OTHER}
        other = self.do(people.add, **administrator)
        self.do(people.reset_passphrase, user_id=other, passphrase=_OTHER + " again")
        self.do(people.change_passphrase, old=PASSPHRASE, new=PASSPHRASE + " of mine")
        doctor = self.do(people.add, name="Dr. L. Gashi", role=Role.HEALTH_LEGAL, passphrase=_OTHER)
        self.register = register.beside(person="Dr. L. Gashi", passphrase=_OTHER)
        self.do(people.change_passphrase, old=_OTHER, new=PASSPHRASE)
        self.do(people.grant_sealed, user_id=doctor, words=sheet)
        self.register = register.beside(person="Dr. L. Gashi", passphrase=PASSPHRASE)
        note = self.one("SELECT id FROM sealed_notes")
        self.do(safeguards.look, note_id=note)
        said: dict[str, Any] = {"kind": SealedKind.HEALTH, "text": "a cough", "reason": "of another kind"}
        whose = self.one("SELECT resident_id FROM sealed_notes")
        self.do(sealed_corrections.correct_note, note_id=note, resident_id=whose, **said)
        self.do(sealed_corrections.restore_note, note_id=note, reason="not so")
        self.do(sealed_corrections.take_back_note, note_id=note, reason="of another")
        self.do(safeguards.look, note_id=note)
        (remark, *_more) = self.do(selection.look, candidate_id=self.gul)
        self.do(sealed_corrections.correct_remark, remark_id=remark.id, candidate_id=self.gul, **said)
        self.do(sealed_corrections.restore_remark, remark_id=remark.id, reason="not so")
        self.do(sealed_corrections.take_back_remark, remark_id=remark.id, reason="of another")
        self.do(selection.look, candidate_id=self.gul)
        self.do(selection.look_at_list, list_id=self.one("SELECT id FROM proposed_lists"))
        self.do(departures.look, check_id=self.check)
        self.register = register
        self.do(people.make_recovery_sheet, secret=bytes(range(16)), number="0000AAAA", words=sheet)
        self.do(people.change_role, user_id=other, role=Role.CLERK)
        self.do(people.correct_name, user_id=other, name="Another Name", reason="As on the card")
        self.do(people.remove, user_id=other, reason="Left")
        self.do(people.restore, user_id=other, passphrase=_OTHER)
        keys = Keys.load(register.folder)
        strange, _ = Slot.make(keys.register_id, "X", _OTHER, Opened(bytes(32), None), QUICK)
        keys.put(strange).save(register.folder)
        self.do(people.take_out)
