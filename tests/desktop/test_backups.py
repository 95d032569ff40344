"""`konak backup`, `restore` and `check` as a script runs them, and the daily backup by itself."""

import json
import shutil
from pathlib import Path

from desktop.backups import Daily
from models.actions import backups as actions
from models.actions import people
from models.queries import backups as queries
from models.rules.vocabulary import Role
from models.store.opening import open_register
from models.store.register import Register
from tests.conftest import PASSPHRASE, QUICK
from tests.desktop.command import konak


def test_a_register_is_backed_up_restored_and_checked(empty_register: Path, tmp_path: Path) -> None:
    register, stick = tmp_path / "register", tmp_path / "stick"
    shutil.copytree(empty_register, register)
    register.chmod(0o700)
    stick.mkdir()
    done = konak("backup", "--to", "stick", "--register", "register", cwd=tmp_path)
    assert done.returncode == 0
    made = done.stdout.strip()
    inside = konak("backup", "--to", "register", "--register", "register", cwd=tmp_path)
    assert (inside.returncode, "lost with it" in inside.stderr) == (1, True)
    with open_register(register, passphrase=PASSPHRASE) as opened, opened.read() as snapshot:
        told = snapshot.connection.exec_driver_sql("SELECT details FROM trail WHERE action = 'backups.taken'").scalars()
        first, _refused = [json.loads(content)["notes"]["file"] for content in told]
        assert first == Path(made).name
    done = konak("restore", made, "--into", "new", "--register", "register", cwd=tmp_path)
    assert done.returncode == 0
    assert "residents 0" in done.stdout
    behind = konak("check", "--register", "new", cwd=tmp_path)
    assert (behind.returncode, "This computer knows an entry" in behind.stdout) == (1, True)
    assert konak("put-back", "--reason", "to try the backup", "--register", "new", cwd=tmp_path).returncode == 0
    assert konak("check", "--register", "new", cwd=tmp_path).stdout == "The register is whole.\n"
    assert konak("check", "--rebuild-search", "--register", "new", cwd=tmp_path).returncode == 0
    again = konak("restore", made, "--into", "new", cwd=tmp_path)
    assert (again.returncode, "not empty" in again.stderr) == (1, True)
    (tmp_path / "new" / "register.db").chmod(0o644)
    assert konak("check", "--register", "new", cwd=tmp_path).returncode == 1


def test_an_inspector_takes_no_copy_away(empty_register: Path, tmp_path: Path) -> None:
    shutil.copytree(empty_register, tmp_path / "register")
    (tmp_path / "stick").mkdir()
    with open_register(tmp_path / "register", passphrase=PASSPHRASE, stretch=QUICK) as register:
        register.perform(people.add, name="I. Nspector", role=Role.INSPECTOR, passphrase="a first passphrase")
    who = {"KONAK_PERSON": "I. Nspector"}
    typed = ("backup", "--to", "stick", "--register", "register")
    done = konak(*typed, cwd=tmp_path, env=who, passphrase="a first passphrase")
    assert done.returncode == 1
    assert list((tmp_path / "stick").iterdir()) == []


def test_without_a_place_the_command_says_what_to_give(empty_register: Path, tmp_path: Path) -> None:
    shutil.copytree(empty_register, tmp_path / "register")
    done = konak("backup", "--register", "register", cwd=tmp_path)
    assert (done.returncode, "Give --to DIR" in done.stderr) == (1, True)


def test_the_daily_backup_is_made_once(register: Register, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    register.perform(actions.add_place, folder=str(tmp_path / "stick"))
    told: list[bool] = []
    daily = Daily(register, lambda: told.append(True))
    for _again in range(2):
        daily.look()
        while daily.is_at_work:
            pass
    daily.stop()
    assert told == [True]
    assert len(list((tmp_path / "stick").glob("*.konak"))) == 1
    with register.read() as snapshot:
        assert not queries.backups(snapshot).is_too_old
