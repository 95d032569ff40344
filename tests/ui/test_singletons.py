"""PySide6 6.12 must not end a long session under Python 3.11."""

import subprocess
import sys
import textwrap

import pytest

WEAR = """
    import os, sys
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    {guard}
    from PySide6.QtWidgets import QApplication
    from PySide6.QtGui import QFont
    app = QApplication([])
    font = QFont()
    before = sys.getrefcount(None)
    for _ in range({calls}):
        font.setPixelSize(11)
    print(before - sys.getrefcount(None), flush=True)
    os._exit(0)
"""


def wear(calls: int, guard: str) -> subprocess.CompletedProcess[str]:
    code = textwrap.dedent(WEAR.format(calls=calls, guard=guard))
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_pyside_still_wears_none_down_so_that_the_guard_is_needed() -> None:
    assert int(wear(500, "").stdout) > 400


def test_a_long_session_outlives_what_pyside_wears_down() -> None:
    done = wear(200_000, "import ui.kit")
    assert done.returncode == 0, done.stderr
