"""The walk over a trail of a million signed entries, the tables compared, and a signed write over an unsigned one."""

import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from unittest.mock import patch

from sqlalchemy import Connection, text

from benchmarks import data
from benchmarks.running import Job, Line, compared, peak
from models.actions import programmes
from models.clock import FixedClock
from models.entities.residents import Resident
from models.rules.people import EVERYBODY
from models.store import details, trail
from models.store import engine as engines
from models.store.declaring import action
from models.store.files import make_private_folder
from models.store.keys import Keys, Stretch
from models.store.opening import create_register, open_register
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from models.store.vault import Vault
from models.store.verify import verify

_PEOPLE = 2_000
"""Of so many people a trail tells, or of as many as it has entries."""
_MOST_SECONDS = 120.0
_MOST_WRITING = 1.3
_PASSPHRASE = "nothing but a benchmark"
_FROM = datetime(2026, 1, 1, tzinfo=UTC)


def measure(job: Job) -> list[Line]:
    """One walk of each: a walk takes long enough to be its own median."""
    folder = job.folder / f"trail-{job.entries}-{data.version()}"
    if not folder.is_dir():
        making = job.folder / f"{folder.name}.making"
        make_private_folder(job.folder)
        for old in job.folder.glob("trail-*"):
            rmtree(old)
        _make(making, job.entries)
        making.replace(folder)
    later = FixedClock(_FROM + timedelta(days=900))
    with open_register(folder, passphrase=_PASSPHRASE, clock=later) as register, register.read() as snapshot:
        begin = time.perf_counter()
        _bare(snapshot.connection)
        middle = time.perf_counter()
        found = verify(snapshot.connection)
        seconds, floor = time.perf_counter() - middle, middle - begin
    if found.problem is not None or found.entries < job.entries:
        raise RuntimeError("the trail of the benchmark does not verify")
    name = f"walking a trail of {found.entries:,} signed entries, tables compared"
    walked = Line(name, seconds, floor, seconds / floor, most_seconds=_MOST_SECONDS, peak=peak())
    return [walked, _writing(job, min(_PEOPLE, job.entries))]


def _writing(job: Job, people: int) -> Line:
    """A small action by turns with salts and signature, and with a plain hash alone, as before there were any."""
    with TemporaryDirectory(dir=job.folder) as folder:
        quick = Stretch(memory_kib=1024, rounds=1, lanes=1)
        made = create_register(
            Path(folder) / "writing", facility="Benchmark", administrator="B", passphrase=_PASSPHRASE, stretch=quick
        )
        ours, floors = [], []
        with made as register:
            register.perform(put, people=people)
            for number in range(job.rounds * 20):
                ours.append(_written(register, 2 * number % people))
                with patch.object(trail, "salted", _plain), patch.object(Vault, "sign", _nothing):
                    floors.append(_written(register, (2 * number + 1) % people))
    return compared("a small action, its entry salted and signed", ours, floors, most=_MOST_WRITING)


def _written(register: Register, who: int) -> float:
    begin = time.perf_counter()
    register.perform(note, who=who)
    return time.perf_counter() - begin


def _plain(told: details.Details) -> tuple[str, bytes]:
    return sha256(details.canonical(told).encode()).hexdigest(), b""


def _nothing(_vault: Vault, _content: bytes) -> None:
    return None


@action("tests.note", roles=EVERYBODY, told="")
def note(unit: UnitOfWork, *, who: int) -> None:
    """One more note on one of the people."""
    unit.session.get_one(Resident, who + 1).notes += "moved the bag "


def _bare(connection: Connection) -> None:
    """Every row read and hashed, nothing looked at."""
    cursor = connection.connection.cursor()
    before = trail.START
    for told, _hash in cursor.execute("SELECT details, hash FROM trail ORDER BY number"):
        before = sha256((before + told).encode()).hexdigest()
    cursor.close()


@action("tests.put", roles=EVERYBODY, told="")
def put(unit: UnitOfWork, *, people: int) -> None:
    """People whose rows the entries tell of."""
    for number in range(people):
        unit.session.add(
            Resident(number=f"K-{number:05}", aliases=[], other_nationalities=[], languages=[], sort_name=str(number))
        )


def _make(folder: Path, entries: int) -> None:
    """A register whose people were changed again and again; the chain and the rows are as Konak writes them."""
    people, quick = min(_PEOPLE, entries), Stretch(memory_kib=1024, rounds=1, lanes=1)
    with create_register(
        folder, facility="Benchmark", administrator="B", passphrase=_PASSPHRASE, stretch=quick, clock=FixedClock(_FROM)
    ) as register:
        register.perform(programmes.add_preset, code="US-2025")
        register.perform(put, people=people)
    keys = Keys.load(folder)
    opened = keys.slot().open(keys.register_id, _PASSPHRASE)
    vault = Vault(folder, keys.slot(), opened, quick)
    engine = engines.make_engine(folder / engines.FILE_NAME, opened.register_key)
    with engines.writing(engine).begin() as connection:
        number, before = trail.head(connection)
        notes, versions = [""] * people, [1] * people
        rows: list[tuple[object, ...]] = []
        while number < entries:
            number += 1
            who = number * 7919 % people
            said = f"moved the bag of entry {number} to the store"
            at = _FROM + timedelta(minutes=number)
            subject = f"resident:{who + 1}"
            change = {
                "table": "residents",
                "id": str(who + 1),
                "before": {"notes": notes[who], "version": versions[who]},
                "after": {"notes": said, "version": versions[who] + 1},
            }
            told = {"user": "B", "concerns": [subject], "changed": [change], "written": [], "notes": {}}
            digest, salts = details.salted(told)
            entry = {
                "number": number, "at": trail.said_at(at), "user_id": 1, "role": "administrator",
                "action": "residents.change", "subject": subject, "kind": None, "digest": digest, "former": None,
            }  # fmt: skip
            own = trail.link(before, trail.header_of(entry))
            stored = f"{at:%Y-%m-%d %H:%M:%S}.000000"
            signature = vault.sign(bytes.fromhex(own))
            rows.append((number, stored, subject, details.canonical(told), salts, digest, before, own, signature))
            before, notes[who], versions[who] = own, said, versions[who] + 1
            if len(rows) == 20_000 or number == entries:
                _insert(connection, rows)
                rows.clear()
        for who in range(people):
            connection.exec_driver_sql(
                "UPDATE residents SET notes = ?, version = ? WHERE id = ?", (notes[who], versions[who], who + 1)
            )
        connection.execute(text("UPDATE trail_head SET number = :n, hash = :h"), {"n": number, "h": before})
    engine.dispose()


def _insert(connection: Connection, rows: list[tuple[object, ...]]) -> None:
    connection.exec_driver_sql(
        "INSERT INTO trail (number, at, user_id, user, role, action, subject, details, salts, digest, previous_hash, "
        "hash, signature) VALUES (?, ?, 1, 'B', 'administrator', 'residents.change', ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    connection.exec_driver_sql(
        "INSERT INTO trail_subjects (subject, number) VALUES (?, ?)", [(row[2], row[0]) for row in rows]
    )
