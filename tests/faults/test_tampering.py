"""Files beside the register that somebody has changed: no weaker keys, no other path, no code, and nothing crashes."""

import ast
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

import pytest

from desktop import access
from desktop.settings import SCHEMES, Settings
from models.actions import documents, people
from models.clock import FixedClock
from models.errors import KonakError, Refused, Unavailable
from models.queries import papers as queries
from models.queries import search
from models.rules.passphrases import LONGEST_WAIT
from models.rules.residents import DocumentFacts
from models.rules.vocabulary import DocumentKind, Role
from models.store import attempts, backup, opening
from models.store.keys import Keys, Stretch
from models.store.opening import create_register, open_register
from models.store.package import about_of, register_of
from models.store.register import Register
from models.store.restore import Restoring
from models.text import LANGUAGES, translator
from tests import builders
from tests.conftest import NOON, PASSPHRASE, QUICK
from tests.covering import LONG

ROOT = Path(__file__).resolve().parents[2]
B, PASSPHRASE_OF_B = "B. Krasniqi", "the passphrase of B"
PROGRAMS_OWN = Stretch(memory_kib=2048, rounds=2, lanes=1)
ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1,
    7,
    10**9,
    10**18,
    10**400,
    0.5,
    float("inf"),
    float("nan"),
    "",
    "0",
    "argon2i",
    "none",
    "../../../etc/passwd",
    "/dev/zero",
    "\ud800",
    "\u202e\0\n",
    "x" * 100_000,
    "AAAA",
    [],
    [[]] * 3,
    {},
    {"name": "argon2id"},
)
"""What somebody could write in any place of a JSON file."""


def places(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value of a JSON file, the whole included."""
    yield path
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))


def changed(content: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The content with another value in one place."""
    if not path:
        return value
    copied = dict(content) if isinstance(content, Mapping) else list(content)
    copied[path[0]] = changed(copied[path[0]], path[1:], value)
    return copied


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tampered") / "register"
    with create_register(
        folder,
        facility="North",
        administrator="A. Berisha",
        passphrase=PASSPHRASE,
        clock=FixedClock(NOON),
        stretch=QUICK,
        secret=bytes(16),
    ) as register:
        register.perform(people.add, name=B, role=Role.ADMINISTRATOR, passphrase=PASSPHRASE_OF_B)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "register"))


def opened(folder: Path, **more: Any) -> Register:
    values: dict[str, Any] = {"person": B, "passphrase": PASSPHRASE_OF_B, "clock": FixedClock(NOON), "stretch": QUICK}
    return open_register(folder, **(values | more))


def test_keys_that_were_changed_in_any_place_open_nothing_else_and_crash_nothing(made: Path) -> None:
    content = json.loads((made / "keys.json").read_text())
    keys = Keys.load(made)
    right = keys.slot(B).open(keys.register_id, PASSPHRASE_OF_B)
    tried = opened_all_the_same = 0
    for path in places(content):
        for value in ODD:
            raw = json.dumps(changed(content, path, value)).encode()
            tried += 1
            try:
                read = Keys.parse(raw)
                found = read.slot(B).open(read.register_id, PASSPHRASE_OF_B)
            except KonakError as error:
                translator("en").render(error.message)
                continue
            # What was changed is of no account to this person: another slot, or the same number in other letters.
            opened_all_the_same += 1
            assert found == right or path[-1:] == ("sealed",)
            assert read.slot(B).stretch == keys.slot(B).stretch
    print(f"\n{tried} changes of keys.json, {opened_all_the_same} of no account to who opened it")
    assert tried > 800


@pytest.mark.parametrize(
    ("name", "value"), [("memory_kib", 8), ("memory_kib", 512), ("rounds", 2), ("lanes", 2), ("level", 99)]
)
def test_a_weaker_stretch_in_the_file_opens_nothing(folder: Path, name: str, value: int) -> None:
    path = folder / "keys.json"
    content = json.loads(path.read_text())
    content["slots"][1]["kdf"][name] = value
    path.write_text(json.dumps(content))
    with pytest.raises(Refused, match="does not open"):
        opened(folder)


def test_a_new_passphrase_is_stretched_as_the_program_says_and_never_as_the_file(folder: Path) -> None:
    with opened(folder, stretch=PROGRAMS_OWN) as register:
        register.perform(people.change_passphrase, old=PASSPHRASE_OF_B, new="another passphrase of B")
        register.perform(people.add, name="C", role=Role.CLERK, passphrase="a passphrase of C")
        register.perform(people.reset_passphrase, user_id=1, passphrase="a new one for A")  # type: ignore[arg-type]
    keys = Keys.load(folder)
    assert {slot.stretch for slot in keys.slots} == {PROGRAMS_OWN}


def test_where_nobody_says_how_a_passphrase_is_stretched_for_half_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long that takes is not what is looked at."""
    monkeypatch.setattr(opening, "Stretch", Stretch)  # as in the program, and not as in tests
    monkeypatch.setattr(Stretch, "key", lambda _, passphrase, salt: sha256(passphrase.encode() + salt).digest())
    made = create_register(tmp_path / "new", facility="North", administrator="A", passphrase=PASSPHRASE)
    with made:
        made.perform(people.add, name="C", role=Role.CLERK, passphrase="a passphrase of C")
    stretches = {slot.stretch for slot in Keys.load(tmp_path / "new").slots}
    assert {(each.memory_kib, each.rounds, each.lanes) for each in stretches} == {(262_144, 5, 2)}


def test_a_slot_that_asks_for_more_than_a_workstation_has_is_refused_at_once(folder: Path) -> None:
    for name, value in (("memory_kib", 2 * 1024 * 1024), ("rounds", 17), ("lanes", 17)):
        content = json.loads((folder / "keys.json").read_text())
        content["slots"][1]["kdf"][name] = value
        with pytest.raises(Unavailable, match=r"keys\.json"):
            Keys.parse(json.dumps(content).encode())


def test_a_slot_of_somebody_else_under_a_name_that_is_known_opens_nothing(folder: Path) -> None:
    """Who copies one's own slot over an administrator's does not become that administrator."""
    path = folder / "keys.json"
    content = json.loads(path.read_text())
    content["slots"][0] = content["slots"][1] | {"label": "A. Berisha", "id": content["slots"][0]["id"]}
    path.write_text(json.dumps(content))
    with pytest.raises(Refused):
        opened(folder, person="A. Berisha", passphrase=PASSPHRASE_OF_B)


def tampered(template: Mapping[str, Any], *, share: int = 1) -> Iterator[bytes]:
    """A JSON file with odd values in each place, or of each so manieth pair of both; and what is no JSON at all."""
    for at, path in enumerate(places(template)):
        for place, value in enumerate(ODD):
            if (at + place) % share == 0:
                yield json.dumps(changed(template, path, value)).encode()
    yield from (b"", b"{", b"\xff\xfe\0", b"[" * 200_000, b"{}" * 10, b" " * 1_000_000, b"\0" * 1000)


def test_attempts_that_were_changed_keep_nobody_out_for_longer_than_five_minutes(folder: Path) -> None:
    slot = Keys.load(folder).slot(B)
    at = NOON.isoformat()
    tried = 0
    for raw in tampered(
        {slot.id: {"count": 9, "first": at, "last": at}, "other": {"count": 1, "first": at, "last": at}}
    ):
        (folder / attempts.FILE_NAME).write_bytes(raw)
        assert attempts.remaining(folder, slot.id, NOON) <= LONGEST_WAIT
        attempts.enter(folder, slot.id, NOON)
        assert attempts.remaining(folder, slot.id, NOON + timedelta(seconds=LONGEST_WAIT)) == 0
        tried += 1
    for said in ("0001-01-01T00:00:00", "9999-12-31T23:59:59+00:00", "1900-02-29", "2026-11-21T09:14:00-23:59"):
        (folder / attempts.FILE_NAME).write_text(json.dumps({slot.id: {"count": 3, "first": said, "last": said}}))
        attempts.remaining(folder, slot.id, NOON)
        assert attempts.remaining(folder, slot.id, NOON + timedelta(seconds=LONGEST_WAIT)) == 0
        opened(folder, clock=FixedClock(NOON + timedelta(seconds=LONGEST_WAIT))).close()
    print(f"\n{tried} changes of attempts.json")


def test_a_holder_that_was_changed_is_named_in_a_line_that_can_be_shown(folder: Path) -> None:
    with opened(folder):
        for raw in tampered({"person": B, "workstation": "desk", "since": NOON.isoformat()}):
            (folder / "holder.json").unlink(missing_ok=True)
            (folder / "holder.json").write_bytes(raw)
            with opened(folder, person="A. Berisha", passphrase=PASSPHRASE) as second:
                assert second.holder is not None
                said = translator("en").render(second.holder.refusal().message)
                said.encode()
                assert len(said) < 700


@pytest.mark.parametrize("name", ["keys.json", "attempts.json", "holder.json", "keys.next.json"])
@pytest.mark.parametrize("what", ["pipe", "device", "folder", "loop"])
def test_what_is_no_file_in_place_of_one_hangs_nothing(folder: Path, name: str, what: str) -> None:
    path = folder / name
    path.unlink(missing_ok=True)
    match what:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "folder":
            path.mkdir()
        case "loop":
            path.symlink_to(path)
    if name == "keys.json":
        with pytest.raises(Unavailable, match=r"keys\.json"):
            opened(folder)
    else:
        opened(folder).close()


@pytest.mark.parametrize(
    "where",
    [
        "/dev/zero",
        "/dev/stdin",
        "/proc/self",
        "/proc/self/mem",
        "/proc/self/fd",
        "/",
        "pipe",
        "file",
        "x" * 5000,
        "/\ud800/x",
        "\udcff",
        "file:///etc",
        "\\\\server\\share",
        "~",
        ".",
        "\n",
    ],
)
def test_a_register_that_the_settings_name_elsewhere_is_said_in_words(tmp_path: Path, where: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("mine")
    named = str(tmp_path / where) if where in ("pipe", "file") else where
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"register": named}))
    wanted = Settings.load(file).folder
    if wanted is not None:
        with pytest.raises(Unavailable):
            access.people(wanted)
        with pytest.raises(KonakError):
            access.open_register(wanted, B, PASSPHRASE_OF_B)
    assert (tmp_path / "file").read_text() == "mine"


def test_settings_that_were_changed_are_as_none(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    tried = 0
    for raw in tampered({"register": "", "language": "sq", "scheme": "dark", "geometry": "AAAA", "more": {"run": "x"}}):
        file.write_bytes(raw)
        found = Settings.load(file)
        assert found.language in ("", *LANGUAGES)
        assert found.scheme in SCHEMES
        assert isinstance(found.window, bytes)
        assert found.folder is None or isinstance(found.folder, Path)
        found.save(tmp_path / "again.json")
        tried += 1
    file.unlink()
    os.mkfifo(file)
    assert Settings.load(file) == Settings()
    print(f"\n{tried} changes of settings.json")


FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "yaml", "code", "codeop", "runpy", "subprocess", "ctypes"}
FORBIDDEN_OF_OS = {"system", "popen", "startfile", "execv", "execve", "execvp", "spawnl", "spawnv", "posix_spawn"}


ALLOWED = {"singletons.py": {"ctypes"}, "protection.py": {"ctypes"}, "handing.py": {"subprocess"}}
"""The first two set the reference count of None and ask the system for protection, and read nothing at all; the third
hands a paper to `lp`, by a list of arguments that no shell sees."""


def test_no_source_runs_what_it_reads() -> None:
    looked_at = 0
    for wing in ("desktop", "ui", "reports", "models"):
        for path in sorted((ROOT / wing).rglob("*.py")):
            looked_at += 1
            for node in ast.walk(ast.parse(path.read_text())):
                assert not (
                    isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS
                ), path
                if isinstance(node, ast.Import):
                    used = {alias.name.split(".")[0] for alias in node.names} & FORBIDDEN_MODULES
                    assert used <= ALLOWED.get(path.name, set()), path
                if isinstance(node, ast.ImportFrom):
                    assert (node.module or "").split(".")[0] not in FORBIDDEN_MODULES, path
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
                    assert node.attr not in FORBIDDEN_OF_OS, path
                if isinstance(node, ast.keyword):
                    assert node.arg != "shell", path
    assert looked_at > 150


def with_about(backup: Path, raw: bytes, to: Path) -> Path:
    """A backup that says something else of itself, with the hash that fits its bytes: whoever has it can make that."""
    with ZipFile(backup) as held, ZipFile(to, "w", ZIP_STORED) as made:
        made.comment = held.comment[:-64] + b"0" * 64
        for name in held.namelist():
            made.writestr(name, raw if name == "about.json" else held.read(name))
    content = to.read_bytes()[:-64]
    to.write_bytes(content + sha256(content).hexdigest().encode())
    return to


def test_a_backup_that_says_something_odd_of_itself_is_met_in_words(folder: Path, tmp_path: Path) -> None:
    """Each place with a third of the odd values, each value in a third of the places; with `KONAK_LONG=1` all."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with opened(folder) as register:
        made = backup.make(register.source, stick, NOON)
        with ZipFile(made) as held:
            content = json.loads(held.read("about.json"))
        odd_times = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-21T09:14:00", "2026-11-21")
        said = [
            *tampered(content, share=1 if LONG else 3),
            *(json.dumps(content | {"at": at}).encode() for at in odd_times),
        ]
        said += [json.dumps(content).encode().replace(b'"format": 1', b'"format": ' + b"1e999")]
        assert b"1e999" in said[-1]
        tried = 0
        for raw in said:
            other = with_about(made, raw, stick / "konak-2026-11-20-081400.konak")
            tried += 1
            for ask in (about_of, register_of):
                with suppress(KonakError):
                    ask(other)
            try:
                with Restoring(other, tmp_path / "again") as restoring:
                    restoring.at.astimezone(ZoneInfo("Europe/Belgrade"))
                    restoring.open(PASSPHRASE_OF_B, B)
            except KonakError as error:
                translator("en").render(error.message).encode()
            if tried % 20 == 0:  # another backup is made beside it, which looks at what is to be taken away
                backup.make(register.source, stick, NOON + timedelta(days=tried)).unlink()
    print(f"\n{tried} changes of about.json")
    assert tried > (200 if LONG else 70)


@pytest.mark.parametrize("name", ["\ud800", "../../etc/passwd", "keys.json/", ""])
def test_a_backup_with_an_odd_name_in_it_is_none(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "stick").mkdir()
    with opened(folder) as register:
        made = backup.make(register.source, tmp_path / "stick", NOON)
    written = name.encode("utf-8", "surrogatepass")
    other = made.with_name("konak-2026-11-20-081400.konak")
    with ZipFile(made) as held, ZipFile(other, "w", ZIP_STORED) as odd:
        odd.comment = held.comment
        for each in held.namelist():
            entry = ZipInfo("placeholder-name" if each == "keys.json" else each)
            odd.writestr(entry, held.read(each))
    content = other.read_bytes()[:-64].replace(b"placeholder-name", written.ljust(16, b"_"))
    other.write_bytes(content + sha256(content).hexdigest().encode())
    for ask in (about_of, register_of, lambda path: Restoring(path, tmp_path / "again")):
        with pytest.raises(KonakError):
            ask(other)


HALF = "\ud800"


def test_half_a_letter_is_said_in_words_wherever_it_is_typed_or_asked_for(folder: Path) -> None:
    with opened(folder) as register:
        person = builders.resident(register)
        for number in (HALF, "9" * 100_000):
            with pytest.raises(Refused, match=r"half a letter|at most"):
                register.perform(
                    documents.add,
                    resident_id=person,
                    document=DocumentFacts(kind=DocumentKind.PASSPORT, number=number),
                )
        with pytest.raises(Refused, match="half a letter"), register.read() as snapshot:
            queries.resident_of(snapshot, HALF)
        for text in (HALF, "x" * 100_000):
            with suppress(Refused), register.read() as snapshot:
                search.box(snapshot, text=text)
        with pytest.raises(Refused):
            register.perform(people.add, name=HALF, role=Role.CLERK, passphrase="a passphrase of hers")
        assert register.verified().problem is None
