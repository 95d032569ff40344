"""Every page and form over AT-SPI, as Orca has them: nothing without name or role, and errors are read aloud."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import pytest

from tests.conftest import NOON

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
SYSTEM = "/usr/bin/python3"
NEEDED = ("Xvfb", "dbus-run-session")
CONTROLS = {
    *("button", "push button", "check box", "radio button", "entry", "text", "combo box", "list", "table", "page tab"),
    *("page tab list", "heading", "table column header", "menu item", "toggle button", "list item", "password text"),
}
NOTHING = {"filler", "unknown", "invalid", "panel", "redundant object"}
"""What Qt calls what it knows nothing of."""


@pytest.fixture
def processes(tmp_path: Path, demonstration: Path) -> Iterator[tuple[Popen[str], Popen[str]]]:
    """The program on a screen of its own, and who listens to it; on a session bus of their own."""
    missing = [each for each in NEEDED if shutil.which(each) is None]
    if (
        missing
        or subprocess.run([SYSTEM, "-c", "import gi.repository.Gio"], capture_output=True, check=False).returncode
    ):
        pytest.skip(f"needs {', '.join([*NEEDED, 'at-spi2-core', 'python3-gi'])}")
    folder = tmp_path / "demonstration"
    shutil.copytree(demonstration, folder)
    settings = tmp_path / "settings.json"
    settings.write_text('{"language": "en", "scheme": "light"}')
    with ExitStack() as stack:

        def begin(*command: str, **more: str) -> Popen[str]:
            begun = Popen(command, stdin=PIPE, stdout=PIPE, stderr=None, text=True, cwd=ROOT, env=os.environ | more)
            stack.enter_context(begun)  # waits for its end, and closes its pipes
            stack.callback(begun.kill)
            return begun

        # A shell that tells the address and stays: the bus goes with it.
        bus = begin("dbus-run-session", "--", "sh", "-c", "echo $DBUS_SESSION_BUS_ADDRESS; read end")
        screen = begin("sh", "-c", "exec Xvfb -displayfd 1 -screen 0 1366x900x24 -nolisten tcp 2>/dev/null")
        where = {"DBUS_SESSION_BUS_ADDRESS": _line(bus), "DISPLAY": f":{_line(screen)}", "QT_QPA_PLATFORM": "xcb"}
        stack.callback(_say, bus, "end")
        where |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "PYTHONPATH": str(ROOT)}
        shown = begin(sys.executable, "-m", "tests.reader.shown", str(folder), str(settings), NOON.isoformat(), **where)
        listens = begin(SYSTEM, str(HERE / "listener.py"), **where)
        yield shown, listens


@pytest.mark.long
def test_every_page_and_form_is_told_over_at_spi(processes: tuple[Popen[str], Popen[str]]) -> None:
    shown, listens = processes
    wrong: dict[str, str] = {}
    seen, errors, tables = 0, 0, 0
    levels: set[str] = set()
    while name := _line(shown):
        tree = _ask(listens, "walk")
        # Qt says so of the current tab wherever the keyboard is, and of what only lays a control out.
        held = [(role, called) for _depth, role, called, states in tree if "focused" in states and called]
        held = [each for each in held if each[0] != "page tab"]
        in_a_table = [role for role, _called in held] == ["table", "cell"]
        tables += in_a_table
        if len(held) > 1 and not in_a_table:
            wrong.setdefault(f"the keyboard is at {held}", name)
        for depth, role, called, states in tree:
            if role == "heading":
                levels.update(each for each in states if each.startswith("level "))
            takes = {"focusable", "enabled"} <= set(states)
            if depth and role in CONTROLS and not any(map(str.isalnum, called)):
                wrong.setdefault(f"no name: {role}", name)
            if depth > 1 and takes and role in NOTHING:
                wrong.setdefault(f"no role: {role} {called!r}", name)
        is_sent = name.startswith("sent too soon: ")
        heard = _ask(listens, "heard" if is_sent else "forget")
        if is_sent:
            for error in name.removeprefix("sent too soon: ").split("; "):
                errors += 1
                if error not in heard:
                    wrong.setdefault(f"not announced: {error}", f"heard {heard}")
        seen += 1
        _say(shown, "next")
    assert shown.wait(30) == 0
    assert seen > 30
    assert errors > 5
    assert tables
    assert levels == {"level 1", "level 2", "level 3"}
    assert not wrong, "\n".join(f"{where}: {what}" for what, where in wrong.items())


def _line(of: Popen[str]) -> str:
    assert of.stdout is not None
    return of.stdout.readline().strip()


def _say(to: Popen[str], line: str) -> None:
    assert to.stdin is not None
    to.stdin.write(f"{line}\n")
    to.stdin.flush()


def _ask(whom: Popen[str], what: str) -> Any:
    _say(whom, what)
    return json.loads(_line(whom))
