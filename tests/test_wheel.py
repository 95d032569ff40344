"""What a clean clone builds: a wheel that prints in each language, and refuses a paper whose catalogue is gone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from models.store.opening import open_register
from models.store.register import Register
from models.text import LANGUAGES, REPORT_LANGUAGES
from tests import builders
from tests.conftest import PASSPHRASE
from tests.reports import pdf_text

ROOT = Path(__file__).parents[1]
NOT_IN_A_CLONE = shutil.ignore_patterns(".*", "*.mo", "__pycache__", "*.egg-info", "build", "dist", "tests")
SAID = ("Monthly report", "Nobody departed.", "Past the limit of stay", "Nights of absence are counted.")
OFFLINE = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]


def run(arguments: Sequence[str | Path], *, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python at home in a folder of its own, with the wheel first where it looks for what it imports."""
    known = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    env = {**known, "HOME": str(cwd), "KONAK_PASSPHRASE": PASSPHRASE, "PYTHONPATH": str(path or "")}
    return subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which only a clean clone is installed: by its source archive, and by the wheel of that."""
    clone = tmp_path_factory.mktemp("clone") / "konak"
    shutil.copytree(ROOT, clone, ignore=NOT_IN_A_CLONE)
    packed = run(["-c", "from setuptools.build_meta import build_sdist; build_sdist('dist')"], cwd=clone)
    assert packed.returncode == 0, packed.stderr
    (archive,) = (clone / "dist").iterdir()
    at = tmp_path_factory.mktemp("installed")
    put = run(["-m", "pip", "install", *OFFLINE, "--target", at, archive], cwd=clone)
    assert put.returncode == 0, put.stderr
    return at


@pytest.fixture
def folder(register: Register) -> Path:
    builders.programme(register, window_start=date(2018, 1, 1))
    register.close()
    return register.folder


def report(wheel: Path, folder: Path, language: str) -> subprocess.CompletedProcess[str]:
    month = ["--register", str(folder), "--programme", "US-2025", "--month", "2019-01", "--language", language]
    return run(["-m", "desktop.cli", "report", *month, "--out", f"{language}.pdf"], cwd=folder.parent, path=wheel)


def test_the_wheel_is_what_runs_and_carries_each_catalogue(wheel: Path, tmp_path: Path) -> None:
    where = run(["-c", "import models; print(models.__file__)"], cwd=tmp_path, path=wheel)
    assert Path(where.stdout.strip()) == wheel / "models" / "__init__.py"
    found = {file.parts[-3] for file in wheel.glob("models/locale/*/LC_MESSAGES/konak.mo")}
    assert found == set(REPORT_LANGUAGES) - {"en", "cyr"}  # which is made of Serbian


def test_the_wheel_prints_in_each_language(wheel: Path, folder: Path) -> None:
    """In English, and in both others side by side."""
    for language in ("en", "+".join(each for each in LANGUAGES if each != "en")):
        done = report(wheel, folder, language)
        assert (done.returncode, done.stderr) == (0, "")
        text = pdf_text.text((folder.parent / f"{language}.pdf").read_bytes())
        for english in SAID:
            for each in language.split("+"):
                own = english if each == "en" else _translated(each, english)
                assert own in text
            assert (english in text) == (language == "en")


@pytest.fixture
def poorer(wheel: Path, tmp_path: Path) -> Path:
    """The same without its Albanian catalogue."""
    at = Path(shutil.copytree(wheel, tmp_path / "poorer"))
    shutil.rmtree(at / "models" / "locale" / "sq")
    return at


def assert_says_what_to_do(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 1
    assert done.stderr.startswith("konak: The texts in Shqip are missing from this Konak")
    assert "Install Konak again" in done.stderr


def test_a_paper_whose_catalogue_is_gone_is_refused_and_nothing_is_issued(poorer: Path, folder: Path) -> None:
    assert_says_what_to_do(report(poorer, folder, "sq"))
    assert not (folder.parent / "sq.pdf").exists()
    with open_register(folder, passphrase=PASSPHRASE) as again, again.read() as look:
        assert look.connection.exec_driver_sql("SELECT count(*) FROM issued_months").scalar_one() == 0
    assert report(poorer, folder, "sr").returncode == 0


def test_no_register_is_made_whose_recovery_sheet_could_not_be_drawn(poorer: Path, tmp_path: Path) -> None:
    named = ["--facility", "Qendra", "--administrator", "A. Berisha", "--language", "sq"]
    new = ["-m", "desktop.cli", "new", "made", *named, "--recovery-sheet", "sheet.pdf"]
    assert_says_what_to_do(run(new, cwd=tmp_path, path=poorer))
    assert not (tmp_path / "made").exists()
    assert not (tmp_path / "sheet.pdf").exists()


def _translated(language: str, english: str) -> str:
    with (ROOT / "models" / "locale" / language / "LC_MESSAGES" / "konak.po").open("rb") as file:
        message = read_po(file, locale=language).get(english)
    assert message is not None
    return str(message.string)
