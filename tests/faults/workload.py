"""A stream of mixed actions on a register, each announced before and acknowledged after: what a kill interrupts."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text

from models.actions import absences, departures, documents, endings, months, papers, people, residents, rooms, stays
from models.clock import FixedClock
from models.errors import Refused
from models.exchange import import_lists, import_stays
from models.exchange.delimited import read_delimited
from models.exchange.lists_file import read_list
from models.exchange.stays_file import read_stays
from models.rules.departures import REQUIRED
from models.rules.papers import RESIDENTS
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import AbsenceKind, CheckKind, DepartureKind, DocumentKind, Role
from models.store import trail
from models.store.declaring import Action
from models.store.keys import new_number
from models.store.opening import open_register
from models.store.recovery import words
from models.store.register import Register
from reports import monthly
from tests.actions.leavers import DETAILS
from tests.conftest import NOON, QUICK

Say = Callable[[dict[str, Any]], None]
HISTORY = timedelta(days=90)
FIRST_NAMES = ("Gul", "Maryam", "Said", "Zahra", "Omid", "Leila", "Farid", "Nasrin")
LAST_NAMES = ("Ahmadzai", "Rahmani", "Noori", "Karimi", "Haidari", "Stanekzai", "Popal")


@dataclass(slots=True)
class Order:
    """What the child is told: where the register lies, who opens it, who else there is, and from which seed it acts."""

    folder: str
    person: str
    passphrases: dict[str, str]
    secret: str
    seed: int
    programme: int
    steps: int = 60


@dataclass(slots=True)
class Deeds:
    """Does one thing after the other, by what the register holds at each moment."""

    register: Register
    order: Order
    say: Say
    chance: Random = field(init=False)
    count: int = 0

    def __post_init__(self) -> None:
        """Begin the chance."""
        self.chance = Random(self.order.seed)

    def run(self) -> None:
        """All of them; what cannot be done at the moment is passed over."""
        kinds: list[Callable[[], None]] = [
            *[self.admit] * 5,
            *[self.move] * 3,
            *[self.free] * 1,
            *[self.away] * 3,
            *[self.back] * 2,
            *[self.extend] * 2,
            *[self.plan] * 3,
            *[self.check] * 8,
            *[self.depart] * 3,
            *[self.leave] * 1,
            *[self.describe] * 2,
            *[self.paper] * 2,
            *[self.printed] * 1,
            *[self.proposed] * 2,
            *[self.history] * 2,
            *[self.issue] * 1,
            *[self.refused] * 1,
            *[self.add_person] * 4,
            *[self.new_passphrase] * 3,
            *[self.own_passphrase] * 2,
            *[self.remove_person] * 2,
            *[self.sheet] * 2,
        ]
        for count in range(self.order.steps):
            self.count = count
            self.chance.choice(kinds)()

    def do(self, action: Action[Any, ..., Any], announced: dict[str, Any] | None = None, **values: Any) -> Any:
        """Announce, perform, acknowledge; gives what the action gave."""
        name = action.name
        self.say({"will": name, **(announced or {})})
        outcome = None
        try:
            outcome = self.register.perform(action, **values).value
        except Refused:
            name = ""
        with self.register.read() as snapshot:
            number, digest = trail.head(snapshot.connection)
        self.say({"did": name, "number": number, "hash": digest, **(announced or {})})
        return outcome

    def one(self, statement: str) -> Any:
        """One of the rows, at random; None where there is none."""
        with self.register.read() as snapshot:
            rows = snapshot.connection.execute(text(statement)).all()
        return self.chance.choice(rows) if rows else None

    # -- what a clerk does ----------------------------------------------------------------------------------------

    @property
    def now(self) -> Moment:
        return Moment.of(self.register.clock.now(), self.register.facility.zone)

    def name(self) -> str:
        return f"{self.chance.choice(LAST_NAMES)}-{self.order.seed}-{self.count}"

    def bed(self) -> Any:
        return self.one(
            "SELECT id FROM beds WHERE id NOT IN (SELECT bed_id FROM placements WHERE until_on IS NULL) LIMIT 20"
        )

    def open_stay(self) -> Any:
        return self.one(
            "SELECT id, resident_id, limit_on FROM stays WHERE departed_on IS NULL ORDER BY id DESC LIMIT 60"
        )

    def admit(self) -> None:
        person = PersonFacts(
            family_name=self.name(),
            given_names=self.chance.choice(FIRST_NAMES),
            own_script="احمدزی",
            nationality="AF",
        )
        paper = DocumentFacts(kind=DocumentKind.PASSPORT, number=f"P{self.order.seed:05}{self.count:03}")
        bed = self.bed()
        self.do(
            stays.admit,
            notes=f"note {self.order.seed}",
            programme_id=self.order.programme,
            arrived=self.now,
            person=person,
            documents=[paper],
            bed_id=None if bed is None else bed.id,
            emergency_reason="A test of faults",
        )

    def move(self) -> None:
        stay, bed = self.open_stay(), self.bed()
        if stay is not None and bed is not None:
            self.do(rooms.move, stay_id=stay.id, bed_id=bed.id)

    def free(self) -> None:
        stay = self.open_stay()
        if stay is not None:
            self.do(rooms.free, stay_id=stay.id)

    def away(self) -> None:
        stay = self.open_stay()
        if stay is not None:
            due = Moment.of(self.register.clock.now() + timedelta(hours=5), self.register.facility.zone)
            kind = AbsenceKind.HOSPITAL
            self.do(absences.record, stay_id=stay.id, kind=kind, left=self.now, due_back=due, place="Hospital")

    def back(self) -> None:
        row = self.one("SELECT id FROM absences WHERE until_on IS NULL")
        if row is not None:
            self.do(absences.return_, absence_id=row.id, returned=self.now)

    def extend(self) -> None:
        stay = self.open_stay()
        if stay is not None:
            until = self.now.on + timedelta(days=400 + self.count)
            said: dict[str, Any] = {"reason": "Longer", "decided_by": "V. Gashi", "authority": "Ministry"}
            self.do(stays.extend, stay_id=stay.id, until=until, **said)

    def plan(self) -> None:
        stay = self.one(
            "SELECT id FROM stays WHERE departed_on IS NULL AND id NOT IN (SELECT stay_id FROM plans) "
            "ORDER BY id DESC LIMIT 20"
        )
        if stay is not None:
            kind, day = DepartureKind.VOLUNTARY_RETURN, self.now.on
            self.do(departures.plan, stay_id=stay.id, kind=kind, planned_on=day)

    def check(self) -> None:
        row = self.one("SELECT id FROM plans WHERE state = 'open' ORDER BY id LIMIT 2")
        if row is None:
            return
        with self.register.read() as snapshot:
            held = set(snapshot.connection.execute(text(f"SELECT kind FROM checks WHERE plan_id = {row.id}")).scalars())
        missing = [kind for kind in REQUIRED[DepartureKind.VOLUNTARY_RETURN] if kind.value not in held]
        if missing:
            kind = self.chance.choice(missing)
            self.do(
                departures.enter_check,
                plan_id=row.id,
                kind=kind,
                held_on=self.now.on,
                passed=True,
                who="A. Berisha",
                details=DETAILS.get(kind, {}),
                valid_until=self.now.on + timedelta(days=90) if kind is CheckKind.TRAVEL_DOCUMENT else None,
                note=f"note {self.order.seed}",
            )

    def depart(self) -> None:
        row = self.one("SELECT id FROM plans WHERE state = 'open' ORDER BY id LIMIT 2")
        if row is not None:
            self.do(endings.depart, plan_id=row.id)

    def leave(self) -> None:
        stay = self.open_stay()
        if stay is not None:
            self.do(
                endings.record_left,
                stay_id=stay.id,
                moment=self.now,
                seen_last="House A, at the roll call",
                how_known="A note on the bed",
            )

    def describe(self) -> None:
        stay = self.open_stay()
        if stay is not None:
            person = PersonFacts(family_name=self.name(), given_names=self.chance.choice(FIRST_NAMES), nationality="AF")
            self.do(residents.change, reason="seen", resident_id=stay.resident_id, person=person)

    def paper(self) -> None:
        stay = self.open_stay()
        if stay is not None:
            facts = DocumentFacts(kind=DocumentKind.IDENTITY_CARD, number=f"T{self.order.seed:05}{self.count:03}")
            self.do(documents.add, resident_id=stay.resident_id, document=facts)

    def printed(self) -> None:
        self.do(papers.printed, what=RESIDENTS, subject="facility:1", digest="0" * 64)

    def refused(self) -> None:
        stay = self.open_stay()
        if stay is not None:
            self.do(endings.record_left, stay_id=stay.id, moment=self.now, seen_last="", how_known="")

    def proposed(self) -> None:
        rows = [f"{self.name()},{self.chance.choice(FIRST_NAMES)},1990-05-{day:02},AF" for day in range(10, 16)]
        content = "\n".join(["Family name,Given names,Date of birth,Nationality", *rows]).encode()
        name = f"list-{self.order.seed}-{self.count}.csv"
        table = read_delimited(content, name=name, digest=sha256(content).hexdigest())
        self.do(import_lists.bring_in, programme_id=self.order.programme, read=read_list(table))

    def history(self) -> None:
        first = (self.now.on - HISTORY).isoformat()
        last = (self.now.on - HISTORY / 2).isoformat()
        rows = [f"N{self.order.seed}-{self.count}-{n},{self.name()},{first},{last}" for n in range(12)]
        content = "\n".join(["person_id,family_name,entry_date,exit_date", *rows]).encode()
        table = read_delimited(content, name="history.csv", digest=sha256(content).hexdigest())
        read = read_stays(table, zone=self.register.facility.zone)
        self.do(import_stays.bring_in, programme_id=self.order.programme, read=read)

    def issue(self) -> None:
        month = Month.of(self.now.on).next(-self.chance.randrange(1, 4))
        self.do(
            months.issue,
            programme_id=self.order.programme,
            month=month,
            language="en",
            draw=monthly.draw_issued,
            reason="Corrected",
        )

    # -- what an administrator does, which writes keys.json ----------------------------------------------------------

    def colleague(self) -> Any:
        return self.one(f"SELECT id, name FROM users WHERE is_active AND name <> '{self.order.person}'")

    def add_person(self) -> None:
        name, passphrase = f"Person {self.order.seed} {self.count}", f"first quiet lake of winter {self.count}"
        announced = {"person": name, "passphrase": passphrase}
        self.do(people.add, announced, name=name, role=Role.ADMINISTRATOR, passphrase=passphrase)

    def new_passphrase(self) -> None:
        row = self.colleague()
        if row is not None:
            passphrase = f"reset quiet lake of winter {self.order.seed} {self.count}"
            announced = {"person": row.name, "passphrase": passphrase}
            self.do(people.reset_passphrase, announced, user_id=row.id, passphrase=passphrase)

    def own_passphrase(self) -> None:
        old, new = (
            self.order.passphrases[self.order.person],
            f"my own quiet lake of winter {self.order.seed} {self.count}",
        )
        self.do(people.change_passphrase, {"person": self.order.person, "passphrase": new}, old=old, new=new)
        self.order.passphrases[self.order.person] = new

    def remove_person(self) -> None:
        row = self.colleague()
        if row is not None:
            self.do(people.remove, {"person": row.name, "passphrase": None}, user_id=row.id, reason="Left")

    def sheet(self) -> None:
        old, new = bytes.fromhex(self.order.secret), self.chance.randbytes(16)
        announced = {"secret": new.hex()}
        self.do(people.make_recovery_sheet, announced, secret=new, number=new_number(), words=words(old))
        self.order.secret = new.hex()


def act(order: Order, say: Say) -> None:
    """Open the register, and do one thing after the other."""
    passphrase = order.passphrases[order.person]
    clock = FixedClock(NOON + timedelta(minutes=order.seed))
    register = open_register(Path(order.folder), person=order.person, passphrase=passphrase, clock=clock, stretch=QUICK)
    with register.read() as snapshot:
        number, digest = trail.head(snapshot.connection)
    say({"did": "people.unlocked", "number": number, "hash": digest})
    Deeds(register, order, say).run()


def as_line(said: dict[str, Any]) -> bytes:
    """One line of the pipe."""
    return json.dumps(said).encode() + b"\n"
