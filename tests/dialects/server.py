"""A PostgreSQL server of one's own for a while, in a folder of its own, and reached by a socket in it alone."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Engine, create_engine

_SERVERS = Path("/usr/lib/postgresql")
"""Where Debian lays them, one for each version."""
_NOBODY = "nobody"
"""As whom the server runs where the tests are root's, which it refuses to be."""


def binaries() -> Path | None:
    """Where the programs of the newest server lie; None where there is none."""
    found = sorted(_SERVERS.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    there = found[-1] if found else shutil.which("initdb")
    return None if there is None else Path(there).parent


@contextmanager
def running(programs: Path) -> Iterator[Engine]:
    """A server whose letters are sorted as English sorts them, so that nothing leans on the order of their numbers.

    Args:
        programs: Where its programs lie.
    """
    folder = Path(mkdtemp(prefix="konak-postgresql-"))
    user = _NOBODY if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    letters = ("--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en")
    run("initdb", "--no-sync", "--auth=trust", "--username=konak", *letters)
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    run("pg_ctl", "--wait", "--silent", "--log", str(folder / "log"), "--options", options, "start")
    engine = create_engine(f"postgresql+psycopg://konak@/postgres?host={folder}")
    try:
        yield engine
    finally:
        engine.dispose()
        run("pg_ctl", "--wait", "--silent", "--mode=immediate", "stop")
        shutil.rmtree(folder)
