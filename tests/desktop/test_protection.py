"""What others can take from the process: no core file, no memory, and no passphrase from its environment."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.workstation import READY
from tests.conftest import PASSPHRASE

ROOT = Path(__file__).parents[2]

_TOLD = """
import atexit, ctypes, os, resource, sys
from desktop.cli import main

_, most = resource.getrlimit(resource.RLIMIT_CORE)  # nothing is allowed where the tests run in a protected process
resource.setrlimit(resource.RLIMIT_CORE, (4096 if most in (-1, resource.RLIM_INFINITY) else min(4096, most), most))

def tell():
    print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))  # PR_GET_DUMPABLE
    print("KONAK_PASSPHRASE" in os.environ, any("PASSPHRASE" in name for name in os.popen("env").read().split()))

atexit.register(tell)
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="where prctl is")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("window", "--register", "register"), 0),
        (("verify", "--register", "register"), 0),
        (("verify", "--register", "nowhere"), 1),
    ],
)
def test_the_process_cannot_be_dumped_and_hands_no_passphrase_on(
    empty_register: Path, tmp_path: Path, arguments: tuple[str, ...], status: int
) -> None:
    shutil.copytree(empty_register, tmp_path / "register")
    places = {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", READY: "1"}
    done = subprocess.run(
        [sys.executable, "-c", _TOLD, *arguments],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "KONAK_PASSPHRASE": PASSPHRASE, **places},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == status, done.stderr
    if status == 0:
        assert done.stdout.splitlines()[-2:] == ["(0, 0) 0", "False False"]
    else:
        assert done.stdout.splitlines()[0] == "(0, 0) 0"
