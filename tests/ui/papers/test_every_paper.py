"""Every declared paper of the demonstration, in every language: it says what it is, and its pages can be seen."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from desktop.demo.build import PASSPHRASE
from models.clock import FixedClock
from models.exchange import door
from models.queries import trail
from models.rules.papers import Choice, Paper
from models.store.opening import open_register
from models.store.register import Register
from models.store.verify import Verified, verify
from models.text import LANGUAGES, translator
from tests.conftest import NOON
from tests.covering import is_turn, is_whole
from tests.papers import let_in, needed
from tests.reports import pdf_text
from ui.papers.catalogue import (
    BED_PLAN,
    PAPERS,
    REGISTER_OF_COUNTS,
    REGISTER_OF_INCIDENTS,
    RESIDENT_LIST,
    ROOM_LIST,
    TRAIL,
)

LYING = {paper.id for paper in (ROOM_LIST, BED_PLAN, REGISTER_OF_COUNTS, REGISTER_OF_INCIDENTS, RESIDENT_LIST, TRAIL)}
"""What stands across the sheet: a bed, a count or an entry has more to tell of than an upright line holds."""

_SOME = 10
_DAYS = dict.fromkeys(LANGUAGES, 3) | {"en": 21}
"""So many days of the trail are drawn in each language; the whole of it, some hundred pages, by `KONAK_PAGES=all`."""


@pytest.fixture(scope="module")
def demo(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder = tmp_path_factory.mktemp("demonstration") / "register"
    shutil.copytree(demonstration, folder)
    walked: dict[str, Verified] = {}

    def walked_once(connection: Connection, **options: Any) -> Verified:
        """The whole trail of one head is walked once: it is drawn twice in each language."""
        head = str(connection.exec_driver_sql("SELECT hash FROM trail_head").scalar_one())
        if head not in walked:
            walked[head] = verify(connection, **options)
        return walked[head]

    with (
        open_register(folder, passphrase=PASSPHRASE, person="A. Berisha", clock=FixedClock(NOON)) as register,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(trail, "verify", walked_once)
        yield register


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_every_paper_is_whole_in_every_language(
    demo: Register, tmp_path: Path, paper: Paper[Any], language: str
) -> None:
    let_in(demo, paper)
    chosen = needed(demo, paper)
    if paper.is_long and not (language == "en" and is_whole("KONAK_PAGES")):  # its words in each language
        chosen[Choice.FROM] = NOON.date() - timedelta(days=_DAYS[language])
    pdf = door.drawn(demo, paper, language=language, chosen=chosen).content
    sheets, tr = pdf_text.reader(pdf).pages, translator(language)
    pages = {at: " ".join(sheets[at].extract_text().split()) for at in _read(len(sheets))}
    if paper.is_card:
        assert door.drawn(demo, paper, language=language, chosen=chosen).content == pdf
        return
    assert tr(paper.title) in pages[0]
    assert demo.facility.name in pages[0]
    for at, page in pages.items():
        assert f"{at + 1} / {len(sheets)}" in page
        assert "A. Berisha" in page, "who printed it"
        assert re.search(r"[0-9a-f]{4}…[0-9a-f]{4}", page), "the head of the register"
    if is_turn(language, [*LANGUAGES], PAPERS.index(paper)):  # that the bytes are the same again is no matter of words
        assert door.drawn(demo, paper, language=language, chosen=chosen).content == pdf
    if shutil.which("pdftoppm"):
        seen(pdf, tmp_path, len(sheets), lying=paper.id in LYING)


def _read(count: int) -> list[int]:
    """Which pages are read: all, but of a long paper the first and the last ten, unless `KONAK_PAGES=all` asks."""
    reads_all = count <= 2 * _SOME or is_whole("KONAK_PAGES")
    return [*range(count)] if reads_all else [*range(_SOME), *range(count - _SOME, count)]


def seen(pdf: bytes, folder: Path, pages: int, *, lying: bool) -> None:
    """See that the first and the last page have ink on them, within the edges of the sheet."""
    (folder / "paper.pdf").write_bytes(pdf)
    for page in {1, pages}:
        which = ["-f", str(page), "-l", str(page), "-r", "40", "-gray"]
        drawn = subprocess.run(["pdftoppm", *which, str(folder / "paper.pdf")], capture_output=True, check=True)
        assert drawn.stderr == b""
        kind, size, _depth, pixels = drawn.stdout.split(b"\n", 3)
        wide, high = map(int, size.split())
        assert kind == b"P5"
        assert (wide, high) == ((468, 331) if lying else (331, 468))
        rows = [pixels[wide * row : wide * (row + 1)] for row in range(high)]
        inked = [row for row, line in enumerate(rows) if min(line) < 128]
        assert inked, "the page is blank"
        assert inked[0] > 10, "something stands at the upper edge"
        assert inked[-1] < high - 5, "something stands at the lower edge"
        assert all(line[0] == line[-1] == 255 for line in rows), "something runs off the sheet"
