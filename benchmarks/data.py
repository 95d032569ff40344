"""The register that is measured: made once, of the real stays where they are beside the project, else of invented ones.

All dates are moved by one number of days, so that the data, which end with the year 2019, end with last month: the
register is then a house at work, with some 7,000 people on its roll. Names, nationalities and birth dates are invented.
"""

import csv
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import chain, count, islice
from pathlib import Path
from random import Random

from sqlalchemy import insert, select

from benchmarks import persons
from benchmarks.running import SEED
from models.actions import months as month_actions
from models.actions import programmes
from models.entities.absences import Absence
from models.entities.departures import Plan
from models.entities.people import User
from models.entities.programmes import Payment
from models.entities.rooms import Bed, Placement, Room
from models.entities.stays import Stay
from models.exchange import import_stays, stays_file
from models.exchange.contradictions import Choices, Who
from models.exchange.files import read_table
from models.ids import ProgrammeId
from models.queries.programmes import of_code
from models.rules.people import EVERYBODY
from models.rules.presets import Stated
from models.rules.time import Month
from models.rules.vocabulary import AbsenceKind, DepartureKind, Destination, LimitRule
from models.store import opening
from models.store.declaring import action
from models.store.files import make_private_folder
from models.store.keys import Stretch
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from reports import monthly

STAYS = 38_867
RESIDENTS = 30_846
LARGE = 500_000
"""The stays of a large register: some 400,000 people."""
PASSPHRASE = "nothing but a benchmark"
PROGRAMME = "LIYA-2021"
"""2,000 places at a time, and a year for everybody."""
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "stays" / "nyc-doc-2019.csv"
_END = date(2020, 1, 1)
"""The first day after the real data's last arrival."""
_LENGTH = timedelta(days=460)
"""Of what the data have, from the first arrival."""
_QUICK = Stretch(memory_kib=1024, rounds=1, lanes=1)
"""Stretching a passphrase is slow on purpose, so it is not what is measured."""
_HEADINGS = (
    "stay_id", "person_id", "family name", "given names", "own script", "nationality", "date of birth", "sex",
    "entry_date", "entry_time", "exit_date",
)  # fmt: skip

Row = tuple[str, str, date, str, date | None, str]
"""Number of the stay, number of the person, arrival, its time, departure, sex."""


def register(folder: Path, stays: int) -> Path:
    """The folder of the register with so many stays; made if it is not there yet.

    Args:
        folder: Where the registers are kept.
        stays: How many stays; the data have `STAYS`.
    """
    today = datetime.now(UTC).date()
    month = Month.of(today)
    here = folder / f"{stays}-{month}-{version()}"
    if not here.is_dir():
        making = folder / f"{here.name}.making"
        make_private_folder(folder)
        for old in folder.glob(f"{stays}-*"):
            shutil.rmtree(old)
        print(f"Making a register of {stays:,} stays, once …", file=sys.stderr, flush=True)
        _make(making, stays, month)
        making.replace(here)
    return here


def make_apart(folder: Path, stays: int) -> None:
    """Make that register if it is not there yet, in a process of its own: whoever makes it has heard all its names."""
    subprocess.run([sys.executable, "-m", "benchmarks.data", str(folder), str(stays)], check=True)


def open_register(folder: Path) -> Register:
    """The register, open."""
    return opening.open_register(folder, passphrase=PASSPHRASE)


def version() -> str:
    """Of what the register is made: another schema, index or choice of data makes another register."""
    root = Path(__file__).resolve().parents[1]
    sources = [*sorted((root / "models/store/migrations/versions").glob("*.py")), root / "models/store/search_index.py"]
    sources += [root / "models/rules/names.py", root / "models/rules/sounds.py", Path(persons.__file__), Path(__file__)]
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources))
    digest.update(b"real" if REAL.is_file() else b"invented")
    return digest.hexdigest()[:12]


def rows(stays: int) -> list[Row]:
    """The first so many stays, with the dates that they have in the data.

    Where more are wanted than the data have, as many other people come and go before them, once and again.
    """
    found = _real if REAL.is_file() else _invented
    return list(islice(chain.from_iterable(_before(found(), times) for times in count()), stays))


def _before(found: Iterator[Row], times: int) -> Iterator[Row]:
    """The stays of others, so many times the length of the data earlier; of them nobody is there still."""
    if times == 0:
        yield from found
        return
    earlier = _LENGTH * times
    for stay, number, arrived, time, left, sex in found:
        came = max(arrived, _END - 2 * _LENGTH) - earlier  # one is there since 1991, before many are born
        yield f"{stay}/{times}", f"{number}/{times}", came, time, min(left or _END, _END) - earlier, sex


def _real() -> Iterator[Row]:
    with REAL.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            left = date.fromisoformat(row["exit_date"]) if row["exit_date"] else None
            arrived = date.fromisoformat(row["entry_date"])
            yield row["stay_id"], row["person_id"], arrived, row["entry_time"], left, row["sex"]


def _invented() -> Iterator[Row]:
    """As many people and stays as the real data, of about the same lengths; nobody has two stays at a time."""
    chance = Random(SEED)
    free: list[date] = []
    for number in range(STAYS):
        if number < RESIDENTS:
            who, first = number, date(2018, 10, 1)
            free.append(first)
        else:
            who = next(who for who in iter(lambda: chance.randrange(RESIDENTS), -1) if free[who] < _END)
            first = free[who]
        arrived = first + timedelta(days=chance.randrange((_END - first).days))
        left = arrived + timedelta(days=int(chance.expovariate(1 / 79)))
        free[who] = left + timedelta(days=1)
        time = f"{chance.randrange(24):02}:{chance.randrange(60):02}:00"
        yield f"S{number:06}", f"P{who:06}", arrived, time, left, chance.choice("MMMMMMMMMF")


_LIMIT: Stated = {"limit_rule": LimitRule.DAYS, "limit_amount": 180}


def make_empty(folder: Path) -> None:
    """Make a register with a programme, and nobody in it."""
    _empty(folder).close()


def _empty(folder: Path) -> Register:
    made = opening.create_register(
        folder, facility="Reception Centre North", administrator="A. Berisha", passphrase=PASSPHRASE, stretch=_QUICK
    )
    made.perform(_let_seal)
    made.perform(programmes.add_preset, code=PROGRAMME, stated=_LIMIT)
    return made


def _make(folder: Path, stays: int, month: Month) -> None:
    """Make the register; its dates end with the month before `month`."""
    shutil.rmtree(folder, ignore_errors=True)
    moved = month.first - _END
    table = folder.with_suffix(".csv")
    with table.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(_table(rows(stays), moved, month.first))
    with _empty(folder) as made:
        with made.read() as snapshot:
            programme_id = of_code(snapshot, PROGRAMME)
        read = stays_file.read_stays(read_table(table), zone=made.facility.zone)
        alike = Choices(everybody=Who.SAME)  # some of its people have one sex in one row and the other in the next
        came = made.perform(import_stays.bring_in, programme_id=programme_id, read=read, choices=alike).value
        table.unlink()
        if came.problems:
            raise RuntimeError(f"{len(came.problems)} rows of the benchmark's data did not come in")
        made.perform(_furnish, programme_id=programme_id)
        for before in (3, 2, 1):
            _issue(made, programme_id, month.next(-before))


def _table(stays: list[Row], moved: timedelta, today: date) -> Iterator[tuple[str, ...]]:
    """The file that is brought in. One person of five has a number alone, as all have in the real data."""
    chance = Random(SEED)
    known: dict[str, tuple[str, ...]] = {}
    yield _HEADINGS
    for stay, number, arrived, time, left, sex in stays:
        if number not in known:
            times = int(number.partition("/")[2] or 0)  # who came and went that much earlier is that much older
            made = persons.person(chance, number, today - _LENGTH * times)
            named = chance.random() < 0.8
            born = made.born if made.born[:4].isdigit() and "solar" not in made.born else ""
            names = (made.family, made.given, made.script) if named else ("", "", "")
            known[number] = (*names, made.country, born)
        gone = left + moved if left is not None and left < _END else None
        yield (
            stay, number, *known[number], sex, (arrived + moved).isoformat(), time, gone.isoformat() if gone else "",
        )  # fmt: skip


@action("tests.let_seal_measured", roles=EVERYBODY, told="")
def _let_seal(unit: UnitOfWork) -> None:
    """Have the one person count as somebody who reads what is sealed: rows that contradict each other are sealed."""
    unit.session.get_one(User, 1).may_unseal = True


@action("tests.furnish", roles=EVERYBODY, told="")
def _furnish(unit: UnitOfWork, *, programme_id: ProgrammeId) -> None:
    """Give who is on the roll a bed and each night a rate, let some be away, and plan that some leave."""
    chance, today = Random(SEED), unit.today
    unit.session.add(Payment(programme_id=programme_id, from_on=date(1990, 1, 1), amount=Decimal("41.00")))
    unit.session.flush()
    connection = unit.connection
    present = connection.execute(select(Stay.id, Stay.arrived_on).where(Stay.departed_on.is_(None))).all()
    rooms = len(present) // 4 + 10
    connection.execute(insert(Room), [{"id": n, "name": str(n), "building": "ABC"[n % 3]} for n in range(1, rooms)])
    beds = [{"id": n, "room_id": 1 + n // 4, "name": "ABCD"[n % 4]} for n in range(1, 4 * rooms - 4)]
    connection.execute(insert(Bed), beds)
    placed = [
        {"stay_id": stay_id, "bed_id": bed["id"], "from_on": arrived_on}
        for (stay_id, arrived_on), bed in zip(present, beds, strict=False)
    ]
    connection.execute(insert(Placement), placed[: len(placed) * 99 // 100])
    some = chance.sample(present, min(len(present), 120))
    away, leaving = some[:60], some[60:]
    absences = [
        {
            "stay_id": stay_id,
            "kind": AbsenceKind.LEAVE,
            "from_on": max(arrived_on, today - timedelta(days=2)),
            "due_back_on": today + timedelta(days=chance.randint(-1, 5)),
        }
        for stay_id, arrived_on in away
    ]
    plans = [
        {
            "stay_id": stay_id,
            "kind": DepartureKind.VOLUNTARY_RETURN,
            "destination": Destination.COUNTRY_OF_ORIGIN,
            "planned_on": today + timedelta(days=chance.randint(0, 20)),
            "made_by": unit.person.id,
            "made_at": unit.now,
        }
        for stay_id, _ in leaving
    ]
    for table, values in ((Absence, absences), (Plan, plans)):
        if values:
            connection.execute(insert(table), values)


def _issue(made: Register, programme_id: ProgrammeId, month: Month) -> None:
    made.perform(month_actions.issue, programme_id=programme_id, month=month, language="en", draw=monthly.draw_issued)


def main() -> None:
    """Make the register of a size in a folder, if it is not there yet."""
    register(Path(sys.argv[1]), int(sys.argv[2]))


if __name__ == "__main__":
    main()
