"""Entries as Konak wrote them before schema 0007, for tests of what becomes of them."""

import json
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.store import engine as engines
from tests.conftest import NOON


def add(database: Path, key: bytes, **said: Any) -> str:
    """Add an entry to the trail of a register of an earlier schema, and give its hash."""
    with closing(engines.connect(database, key)) as connection:
        number, previous = connection.execute("SELECT number, hash FROM trail_head").fetchone()
        entry = {
            "number": number + 1, "at": NOON.isoformat(timespec="seconds"), "user": "A. Berisha", "action": "tests.old",
            "subject": "facility:1", "changed": [], "written": [], "notes": {}, **said,
        }  # fmt: skip
        entry.setdefault("concerns", [entry["subject"]])
        content = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest = sha256((previous + content).encode()).hexdigest()
        connection.execute(
            "INSERT INTO trail (number, at, user, action, subject, content, previous_hash, hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number + 1, f"{NOON:%Y-%m-%d %H:%M:%S}.000000", entry["user"], entry["action"], entry["subject"], content,
             previous, digest),
        )  # fmt: skip
        for subject in entry["concerns"]:
            connection.execute("INSERT INTO trail_subjects (subject, number) VALUES (?, ?)", (subject, number + 1))
        connection.execute("UPDATE trail_head SET number = ?, hash = ?", (number + 1, digest))
    return digest
