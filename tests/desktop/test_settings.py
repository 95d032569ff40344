"""The settings survive what is done to their file, and the log gives nobody away."""

import json
import stat
from pathlib import Path

import pytest

from desktop import logs
from desktop.settings import Settings


def test_settings_come_back_as_they_were_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    file = tmp_path / "konak" / "settings.json"
    settings = Settings(register="/home/a/Konak", language="sq", scheme="dark")
    settings.window = b"\x01\xd9"
    settings.save(file)
    assert Settings.load(file) == settings
    assert Settings.load(file).window == b"\x01\xd9"
    assert Settings.load(file).folder == Path("/home/a/Konak")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[1]",
        b'"x"',
        b"\xff\xfe",
        b"{",
        b"[" * 50_000,
        b'{"register": 1, "language": [], "geometry": {}}',
    ],
)
def test_a_file_of_nonsense_gives_what_is_given_at_first(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    assert Settings.load(file) == Settings()


def test_what_was_tampered_with_is_left_out_and_the_rest_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    raw = {"register": "a\0b", "language": "xx", "scheme": "dark", "geometry": "no base64!", "more": 1}
    file.write_text(json.dumps(raw))
    found = Settings.load(file)
    assert (found.register, found.language, found.scheme, found.window, found.folder) == ("", "", "dark", b"", None)


def test_a_file_that_is_missing_or_too_large_or_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    assert Settings.load(tmp_path / "nowhere.json") == Settings()
    large = tmp_path / "large.json"
    large.write_bytes(b'{"scheme": "dark"' + b" " * 200_000 + b"}")
    assert Settings.load(large) == Settings()
    (tmp_path / "file").write_text("x")
    Settings().save(tmp_path / "file" / "settings.json")


def test_the_log_says_where_and_never_of_whom_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "log" / "konak.log"
    logs.begin(file)
    try:
        try:
            raise KeyError("Ahmadzai, Gul K-0012")
        except KeyError as error:
            raise ValueError("born 1991 in Kabul") from error
    except ValueError as error:
        logs.log.error("a fault\n%s", logs.where(error))
    said = file.read_text(encoding="utf-8")
    assert "ValueError" in said
    assert "KeyError" in said
    assert "test_settings.py" in said
    assert not any(word in said for word in ("Ahmadzai", "K-0012", "Kabul", "1991"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_log_that_grows_is_turned_over_and_stays_private(tmp_path: Path) -> None:
    file = tmp_path / "konak.log"
    logs.begin(file)
    for _ in range(400):
        logs.log.info("x" * 1000)
    found = sorted(each.name for each in tmp_path.iterdir())
    assert found == ["konak.log", "konak.log.1"]
    assert {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()} == {0o600}
    assert sum(each.stat().st_size for each in tmp_path.iterdir()) < 520_000


def test_a_disk_that_takes_no_log_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    logs.begin(tmp_path / "file" / "konak.log")
    logs.log.error("nobody hears this")
