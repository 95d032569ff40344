"""Files that only their owner may read: written whole, in their place alone."""

import os
import stat
from pathlib import Path

import pytest

from models.errors import Unavailable
from models.store.files import write_private


def test_a_file_is_replaced_whole_and_nothing_beside_it(tmp_path: Path) -> None:
    file, beside = tmp_path / "paper.pdf", tmp_path / "paper.pdf.partial"
    file.write_bytes(b"old")
    file.chmod(0o644)
    beside.write_bytes(b"mine")
    write_private(file, b"new")
    assert (file.read_bytes(), beside.read_bytes()) == (b"new", b"mine")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("name", ["", ".", "..", "folder", "pipe", "nowhere/paper.pdf", "x" * 300])
def test_what_is_no_place_for_a_file_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Unavailable, match="cannot be saved"):
        write_private(tmp_path / name, b"new")
    assert sorted(tmp_path.iterdir()) == before
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
