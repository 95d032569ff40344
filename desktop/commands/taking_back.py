"""`konak import take-back`: names the files that were brought in, and takes one back."""

import argparse
import json
from typing import Any

from models.actions import imports
from models.errors import Refused
from models.ids import ImportId
from models.queries import imports as queries
from models.queries.imports import ImportRow
from models.store.register import Register
from models.text import message, translator

_ENGLISH = translator("en")


def take_back(typed: argparse.Namespace, register: Register) -> int:
    """Name the files that were brought in, say what taking one back would do, or do it.

    Returns:
        0; 1 where a dry run says that something was built on it.

    Raises:
        Refused: Something was built on it, it was taken back before, or no reason is given.
    """
    register.check_may(imports.take_back)
    with register.read() as snapshot:
        rows = queries.latest(snapshot)
        found = None if typed.number is None else queries.consequences(snapshot, import_id=ImportId(typed.number))
    if found is None:
        if typed.json:
            print(json.dumps([_as_json(row) for row in rows], indent=2))
        for row in () if typed.json else rows:
            print(_line(row))
        return 0
    if typed.dry_run:
        for said in queries.told(found):
            print(_ENGLISH.render(said))
        return 1 if found.against else 0
    if not typed.reason.strip():
        raise Refused("Say why it is taken back. The option is: {option}", field="reason", option="--reason TEXT")
    register.perform(imports.take_back, import_id=ImportId(typed.number), reason=typed.reason)
    print(_ENGLISH.render(message("What the file brought in was taken back.")))
    return 0


def _line(row: ImportRow) -> str:
    counts = ", ".join(f"{name} {count}" for name, count in row.counts.items())
    end = "" if row.taken_back_at is None else f"; taken back on {row.taken_back_at:%Y-%m-%d} by {row.back_by}"
    return f"{row.id}: {row.kind.value} under {row.programme}, {row.entered_at:%Y-%m-%d} by {row.by}: {counts}{end}"


def _as_json(row: ImportRow) -> dict[str, Any]:
    return {
        "number": row.id,
        "kind": row.kind.value,
        "programme": row.programme,
        "brought_in_at": row.entered_at.isoformat(),
        "by": row.by,
        "counts": row.counts,
        "taken_back_at": None if row.taken_back_at is None else row.taken_back_at.isoformat(),
        "reason": row.reason,
    }
