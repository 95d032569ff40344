"""A trail of the form before schema 0007 gets the new one, and papers of before still name its heads."""

import json
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from models.actions import programmes
from models.entities.residents import Resident
from models.errors import Unavailable
from models.queries import trail as entries
from models.queries.veil import HIDDEN
from models.repositories import erasing
from models.rules.people import EVERYBODY
from models.store import engine as engines
from models.store import migration
from models.store.declaring import action
from models.store.entries import SELECTED, read
from models.store.opening import open_register
from models.store.register import Register
from models.store.trail import link
from models.store.unit_of_work import UnitOfWork
from models.store.verify import Verified, verify
from tests import earlier
from tests.conftest import QUICK
from tests.entries import last
from tests.store import old_trail
from tests.store.decrypted import pages

OLD = "0005"
WHO = "A. Berisha"


def _old(folder: Path) -> tuple[Path, bytes, list[str]]:
    """A register as an earlier Konak has left it, rows told set-wise too; and its hashes."""
    key, database = earlier.key(earlier.register(folder)), folder / engines.FILE_NAME
    rows = [{"id": number, "name": f"Family {number}"} for number in (13, 14, 15)]
    with closing(engines.connect(database, key)) as connection:
        connection.executemany("INSERT INTO families (id, name) VALUES (:id, :name)", rows)
        connection.execute("UPDATE families SET name = 'Noori' WHERE id = 14")
    run = {"table": "families", "first": 13, "last": 15, "rows": 3, "digest": _digest(rows)}
    old_trail.add(database, key, action="tests.run", subject="programme:1", written=[run])
    renamed = {"table": "families", "id": "14", "before": {"name": "Family 14"}, "after": {"name": "Noori"}}
    old_trail.add(database, key, subject="programme:1", changed=[renamed], notes={"reason": "a slip"})
    with closing(engines.connect(database, key)) as connection:
        return database, key, [row[0] for row in connection.execute("SELECT hash FROM trail ORDER BY number")]


def _digest(rows: list[dict[str, Any]]) -> str:
    lines = (json.dumps(row, sort_keys=True, separators=(",", ":")).encode() + b"\n" for row in rows)
    return sha256(b"".join(lines)).hexdigest()


def _opened(folder: Path) -> Register:
    passphrase = earlier.PASSPHRASES[WHO]
    return open_register(folder, passphrase=passphrase, person=WHO, clock=earlier.CLOCK, stretch=QUICK)


def test_an_old_trail_is_told_anew_and_its_hashes_stay_known(tmp_path: Path) -> None:
    _database, _key, hashes = _old(tmp_path / "old")
    with _opened(tmp_path / "old") as again:
        assert again.verified().problem is None
        with again.read() as snapshot:
            found = snapshot.connection.exec_driver_sql("SELECT former, signature, user_id, role FROM trail").all()
            assert [row.former for row in found if row.former] == hashes
            assert all(row.signature is None for row in found[: len(hashes)])
            people = {(row.user_id, row.role) for row in found}
            assert people == {(1, "administrator"), (2, "health_legal"), (3, "supervisor")}
            reasons = [each.after for row in entries.rows(snapshot, ids=[len(hashes)]) for each in row.details]
        assert "a slip" in reasons
        upgraded = last(again, "action = 'setup.upgraded'")
        assert (upgraded["number"], upgraded["notes"]["unsigned_until"]) == (len(hashes) + 1, len(hashes))
        again.perform(programmes.add_preset, code="UK-RETURN")
        assert again.verified().problem is None
    with _opened(tmp_path / "old") as again:
        assert again.verified().problem is None


@pytest.mark.parametrize(
    "spoiling",
    [
        "UPDATE trail SET content = replace(content, 'a slip', 'no slip')",
        "UPDATE trail SET user = 'B. Somebody' WHERE number = 2",
        "UPDATE trail SET at = replace(at, '2026', '2024') WHERE number = 1",
        "DELETE FROM trail WHERE number = 2",
        "DELETE FROM trail WHERE number = (SELECT max(number) FROM trail)",
    ],
)
def test_an_old_trail_that_does_not_hold_is_refused_in_words(tmp_path: Path, spoiling: str) -> None:
    database, key, _ = _old(tmp_path / "old")
    with closing(engines.connect(database, key)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        assert connection.execute(spoiling).rowcount > 0
    with pytest.raises(Unavailable, match="not brought to the newer version"):
        _opened(tmp_path / "old")
    assert migration.revision(database, key) == OLD


def _spoilt(tmp_path: Path, *statements: str) -> Verified:
    _old(tmp_path / "old")
    with _opened(tmp_path / "old") as again:
        with closing(engines.connect(again.folder / engines.FILE_NAME, again.source.key)) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f'DROP TRIGGER "{name}"')
            for statement in statements:
                assert connection.execute(statement).rowcount > 0
        return again.verified()


def test_what_came_in_set_wise_then_is_still_compared(tmp_path: Path) -> None:
    found = _spoilt(tmp_path, "UPDATE families SET name = 'Other' WHERE id = 15")
    assert found.problem is not None
    assert "has brought in was changed" in found.problem.text


@action("tests.erase", roles=EVERYBODY, told="")
def _erase(unit: UnitOfWork, *, resident_id: int) -> None:
    resident = unit.session.get_one(Resident, resident_id)
    owned = erasing.whose(unit, resident)
    unit.erase(owned, erasing.left_of(unit, resident, owned))


def test_of_what_came_in_set_wise_then_one_row_can_be_erased_and_the_others_are_told_anew(tmp_path: Path) -> None:
    """Their one hash would else give the erased row away to whoever has all others."""
    key, database = earlier.key(earlier.register(tmp_path / "old")), tmp_path / "old" / engines.FILE_NAME
    rows = [{"id": 100 + one, "resident_id": one, "programme_id": 1, "number": f"Zzyzx-{one}"} for one in (1, 2, 3)]
    with closing(engines.connect(database, key)) as connection:
        connection.executemany(
            "INSERT INTO partner_numbers (id, resident_id, programme_id, number) "
            "VALUES (:id, :resident_id, :programme_id, :number)",
            rows,
        )
    run = {"table": "partner_numbers", "first": 101, "last": 103, "rows": 3, "digest": _digest(rows)}
    old_trail.add(database, key, action="tests.run", subject="programme:1", written=[run])
    with _opened(tmp_path / "old") as again:
        assert again.verified().problem is None
        again.perform(_erase, resident_id=2)
        found = again.verified()
        assert (found.problem, [each.number for each in found.erased]) == (None, [last(again)["number"]])
        clear = pages(database, key)
        assert (b"Zzyzx-1" in clear, b"Zzyzx-2" in clear, _digest(rows).encode() in clear) == (True, False, False)
        with closing(engines.connect(database, key)) as connection:
            connection.execute("UPDATE partner_numbers SET number = 'other' WHERE id = 103")
        assert again.verified().problem is not None


def test_a_former_hash_that_was_made_up_is_found_though_the_chain_is_made_anew(tmp_path: Path) -> None:
    """Else whoever may sign would write a new history under the heads that stand on papers."""
    _, _, hashes = _old(tmp_path / "old")
    with _opened(tmp_path / "old") as again:
        engine = engines.make_engine(again.folder / engines.FILE_NAME, again.source.key)
        with engines.writing(engine).connect() as connection:
            for name in (
                connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
            ):
                connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
            run, before = connection.exec_driver_sql, None
            run("UPDATE trail SET former = ? WHERE number = ?", ("f" * 64, len(hashes) - 1))
            for entry in read(iter(run(f"{SELECTED} WHERE number >= {len(hashes) - 1} ORDER BY number").all())):
                before = link(before or entry.previous_hash, entry.header)
                signature = None if entry.signature is None else again.vault.sign(bytes.fromhex(before))
                run("UPDATE trail SET hash = ?, signature = ? WHERE number = ?", (before, signature, entry.number))
                run("UPDATE trail SET previous_hash = ? WHERE number = ?", (before, entry.number + 1))
            run("UPDATE trail_head SET hash = ?", (before,))
            assert verify(connection).number == len(hashes) - 1
        engine.dispose()


def test_what_is_left_unsigned_ends_where_the_upgrading_says(tmp_path: Path) -> None:
    found = _spoilt(tmp_path, "UPDATE trail SET signature = NULL WHERE action = 'setup.upgraded'")
    assert found.problem is not None
    assert found.problem.text == "Entry {n} is not signed."


def test_an_old_entry_of_a_sealed_note_tells_nothing_to_who_may_not_read_it(tmp_path: Path) -> None:
    who = "A. Berisha"
    folder = earlier.register(tmp_path / "earlier")
    with (
        open_register(folder, passphrase=earlier.PASSPHRASES[who], person=who, clock=earlier.CLOCK) as register,
        register.read() as snapshot,
    ):
        asked = "SELECT number FROM trail WHERE action = 'safeguards.enter_note' AND former IS NOT NULL"
        sealed = snapshot.connection.exec_driver_sql(asked).scalar_one()
        rows = entries.rows(snapshot, ids=entries.ids(snapshot))
        assert [row.id for row in rows if row.what == HIDDEN] == [sealed]
        assert not entries.ids(snapshot, text="safeguards")
