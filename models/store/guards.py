"""What the database itself refuses, whoever writes (rules.md, No overlap).

SQLite has no exclusion constraints, so triggers stand guard. Each raises a word of `SENTENCES`, which `refusal` turns
into what the user reads. Two moments of one date need both their times to tell which is earlier; where one is
missing, the comparison is NULL and the guard lets pass, as `Moment.surely_before` does.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from models.errors import Refused
from models.text import N_

SENTENCES = {
    "stay overlaps": N_(
        "This person already has a stay at that time. Enter its departure first, or correct its dates."
    ),
    "bed taken": N_("This bed is taken at that time. Choose another bed, or move who has it first."),
    "placed twice": N_("This person already has a bed at that time. Correct that one first."),
    "room out of use": N_("This room is out of use and takes nobody. Choose another room."),
    "room in use": N_("Somebody has a bed in this room. Move them first, then take the room out of use."),
    "placement outside stay": N_("A bed can only be given from the arrival to the departure."),
    "absence outside stay": N_("An absence must lie between the arrival and the departure."),
    "absence overlaps": N_(
        "This person is already away at that time. Enter that return first, or correct that absence."
    ),
    "stay inside": N_("A bed or an absence lies outside these dates. Correct it first, then the stay."),
    "trail fixed": N_("What was done cannot be changed or removed from the trail."),
    "issued fixed": N_("What was issued cannot be changed or removed. Issue a new revision instead."),
    "plan of nobody": N_("This stay is not there any more."),
    "stay planned": N_("A departure was planned under this stay. Take its arrival back instead."),
    "check fixed": N_("A check is never changed or removed. Enter a new one instead; it takes its place."),
    "note fixed": N_("A sealed note is never changed or removed. Enter another one that says what is different."),
    "decision fixed": N_("What was decided cannot be changed or removed. Enter a new decision; it takes its place."),
}


def _before(a: str, b: str) -> str:
    """SQL: whether the moment `a` surely lies before the moment `b`; each is a prefix of `_on` and `_at`."""
    return f"({a}_on < {b}_on OR ({a}_on = {b}_on AND {a}_at < {b}_at))"


def _overlap(start: str, end: str, other: str) -> str:
    """SQL: whether NEW and the row `other` overlap."""
    return (
        f"({other}.{end}_on IS NULL OR {_before(f'NEW.{start}', f'{other}.{end}')}) AND "
        f"(NEW.{end}_on IS NULL OR {_before(f'{other}.{start}', f'NEW.{end}')})"
    )


_REFUSES = re.compile(r"CREATE TRIGGER guard_\w+ BEFORE [^;]* BEGIN SELECT RAISE\(ABORT, 'konak: [\w ]+'\); END")


def _trigger(name: str, event: str, table: str, condition: str, word: str) -> str:
    return (
        f"CREATE TRIGGER guard_{name} BEFORE {event} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, 'konak: {word}'); END"
    )


def _on_both(name: str, table: str, columns: str, condition: str, word: str) -> dict[str, str]:
    """A guard on what comes in and on what is changed."""
    return {
        f"guard_{name}_insert": _trigger(f"{name}_insert", "INSERT", table, condition, word),
        f"guard_{name}_update": _trigger(f"{name}_update", f"UPDATE OF {columns}", table, condition, word),
    }


def _never(name: str, table: str, word: str, same: str) -> dict[str, str]:
    """A guard that lets nothing be changed or removed; nor replaced, which SQLite does without asking the others.

    Args:
        name: Of the triggers.
        table: What is guarded.
        word: Of `SENTENCES`.
        same: SQL: whether the row `x` of the table is the one that NEW would replace.
    """
    return {
        f"guard_{name}_update": _trigger(f"{name}_update", "UPDATE", table, "1", word),
        f"guard_{name}_delete": _trigger(f"{name}_delete", "DELETE", table, "1", word),
        f"guard_{name}_insert": _replaced(name, table, word, same),
    }


def _undone_once(name: str, table: str, word: str) -> dict[str, str]:
    """A guard on a correction of something sealed: it may still be undone, once; nothing else of it changes.

    But for the kind, which follows that of what stands instead.
    """
    return {
        f"guard_{name}_insert": _replaced(name, table, word, "x.id = NEW.id"),
        f"guard_{name}_delete": _trigger(f"{name}_delete", "DELETE", table, "1", word),
        f"guard_{name}_update": _trigger(
            f"{name}_update",
            "UPDATE OF id, corrected_id, instead_id, reason, entered_by, entered_at",
            table,
            "1",
            word,
        ),
        f"guard_{name}_undone_update": _trigger(
            f"{name}_undone_update",
            "UPDATE OF undone_by, undone_at, undone_reason",
            table,
            "OLD.undone_at IS NOT NULL",
            word,
        ),
    }


def _replaced(name: str, table: str, word: str, same: str) -> str:
    condition = f"EXISTS (SELECT 1 FROM {table} x WHERE {same})"
    return _trigger(f"{name}_insert", "INSERT", table, condition, word)


def _outside_stay(start: str = "from", end: str = "until") -> str:
    return (
        "EXISTS (SELECT 1 FROM stays s WHERE s.id = NEW.stay_id AND ("
        f"{_before(f'NEW.{start}', 's.arrived')} OR (s.departed_on IS NOT NULL AND "
        f"(NEW.{end}_on IS NULL OR {_before('s.departed', f'NEW.{end}')}))))"
    )


def _left_outside(table: str) -> str:
    """SQL: whether a row of `table` would lie outside the stay NEW."""
    return (
        f"EXISTS (SELECT 1 FROM {table} x WHERE x.stay_id = NEW.id AND ({_before('x.from', 'NEW.arrived')} OR "
        f"(NEW.departed_on IS NOT NULL AND (x.until_on IS NULL OR {_before('NEW.departed', 'x.until')}))))"
    )


_OUT_OF_USE = (
    "EXISTS (SELECT 1 FROM beds b JOIN rooms r ON r.id = b.room_id WHERE b.id = NEW.bed_id AND "
    "(r.out_of_use IS NOT NULL OR b.out_of_use IS NOT NULL OR b.is_removed))"
)
_SPAN = "from_on, from_at, until_on, until_at"

TRIGGERS: dict[str, str] = {
    **_on_both(
        "stay_overlap",
        "stays",
        "resident_id, arrived_on, arrived_at, departed_on, departed_at",
        "EXISTS (SELECT 1 FROM stays s WHERE s.resident_id = NEW.resident_id AND s.id IS NOT NEW.id AND "
        f"{_overlap('arrived', 'departed', 's')})",
        "stay overlaps",
    ),
    "guard_stay_inside_update": _trigger(
        "stay_inside_update",
        "UPDATE OF arrived_on, arrived_at, departed_on, departed_at",
        "stays",
        f"{_left_outside('placements')} OR {_left_outside('absences')}",
        "stay inside",
    ),
    **_on_both("placement_inside", "placements", f"stay_id, {_SPAN}", _outside_stay(), "placement outside stay"),
    **_on_both(
        "placement_bed",
        "placements",
        f"bed_id, {_SPAN}",
        "EXISTS (SELECT 1 FROM placements p WHERE p.bed_id = NEW.bed_id AND p.id IS NOT NEW.id AND "
        f"{_overlap('from', 'until', 'p')})",
        "bed taken",
    ),
    **_on_both(
        "placement_stay",
        "placements",
        f"stay_id, {_SPAN}",
        "EXISTS (SELECT 1 FROM placements p WHERE p.stay_id = NEW.stay_id AND p.id IS NOT NEW.id AND "
        f"{_overlap('from', 'until', 'p')})",
        "placed twice",
    ),
    **_on_both(
        "placement_room",
        "placements",
        "bed_id",
        f"NEW.until_on IS NULL AND {_OUT_OF_USE}",  # who had it before it went out of use can still be put right
        "room out of use",
    ),
    "guard_placement_open_update": _trigger(
        "placement_open_update",
        "UPDATE OF until_on",
        "placements",
        f"NEW.until_on IS NULL AND {_OUT_OF_USE}",
        "room out of use",
    ),
    "guard_room_in_use_update": _trigger(
        "room_in_use_update",
        "UPDATE OF out_of_use",
        "rooms",
        "NEW.out_of_use IS NOT NULL AND EXISTS (SELECT 1 FROM placements p JOIN beds b ON b.id = p.bed_id "
        "WHERE b.room_id = NEW.id AND p.until_on IS NULL)",
        "room in use",
    ),
    "guard_bed_in_use_update": _trigger(
        "bed_in_use_update",
        "UPDATE OF is_removed, out_of_use",
        "beds",
        "(NEW.is_removed OR NEW.out_of_use IS NOT NULL) AND "
        "EXISTS (SELECT 1 FROM placements p WHERE p.bed_id = NEW.id AND p.until_on IS NULL)",
        "room in use",
    ),
    **_on_both("absence_inside", "absences", f"stay_id, {_SPAN}", _outside_stay(), "absence outside stay"),
    **_on_both(
        "absence_overlap",
        "absences",
        f"stay_id, {_SPAN}",
        "EXISTS (SELECT 1 FROM absences a WHERE a.stay_id = NEW.stay_id AND a.id IS NOT NEW.id AND "
        f"{_overlap('from', 'until', 'a')})",
        "absence overlaps",
    ),
    **_never("trail", "trail", "trail fixed", "x.number = NEW.number OR x.hash = NEW.hash"),
    **_never("trail_subject", "trail_subjects", "trail fixed", "x.subject = NEW.subject AND x.number = NEW.number"),
    **_never(
        "issued",
        "issued_months",
        "issued fixed",
        "x.id = NEW.id OR (x.programme_id = NEW.programme_id AND x.month = NEW.month AND x.revision = NEW.revision)",
    ),
    **_never("signed", "report_signatures", "issued fixed", "x.id = NEW.id"),
    **_never("note", "sealed_notes", "note fixed", "x.id = NEW.id"),
    **_undone_once("note_correction", "note_corrections", "note fixed"),
    **_undone_once("remark_correction", "remark_corrections", "note fixed"),
    "guard_trail_head_delete": _trigger("trail_head_delete", "DELETE", "trail_head", "1", "trail fixed"),
    "guard_trail_head_update": _trigger(
        "trail_head_update",
        "UPDATE",
        "trail_head",
        "NEW.number <= OLD.number OR NEW.hash IS NOT (SELECT t.hash FROM trail t WHERE t.number = NEW.number)",
        "trail fixed",
    ),
    **_never("decision", "candidate_decisions", "decision fixed", "x.id = NEW.id"),
    **_never("limit", "stay_limits", "decision fixed", "x.id = NEW.id"),
    "guard_limit_delete": _trigger(
        "limit_delete",
        "DELETE",
        "stay_limits",
        "NOT EXISTS (SELECT 1 FROM taken_back_arrivals t WHERE t.stay_id = OLD.stay_id)",
        "decision fixed",
    ),
    **_never("taken_back", "taken_back_arrivals", "trail fixed", "x.stay_id = NEW.stay_id"),
    **_on_both(
        "plan_stay", "plans", "stay_id", "NOT EXISTS (SELECT 1 FROM stays s WHERE s.id = NEW.stay_id)", "plan of nobody"
    ),
    "guard_stay_planned_delete": _trigger(
        "stay_planned_delete",
        "DELETE",
        "stays",
        "EXISTS (SELECT 1 FROM plans p WHERE p.stay_id = OLD.id) AND "
        "NOT EXISTS (SELECT 1 FROM taken_back_arrivals t WHERE t.stay_id = OLD.id)",
        "stay planned",
    ),
    "guard_check_insert": _replaced("check", "checks", "check fixed", "x.id = NEW.id"),
    "guard_check_delete": _trigger("check_delete", "DELETE", "checks", "1", "check fixed"),
    "guard_check_update": _trigger(
        "check_update",
        "UPDATE OF id, plan_id, kind, held_on, passed, outcome, valid_until, who, details, note, finding, country, "
        "late_reason, entered_by, entered_at",
        "checks",
        "1",
        "check fixed",
    ),
    "guard_check_withdrawn_update": _trigger(
        "check_withdrawn_update",
        "UPDATE OF withdrawn_on",
        "checks",
        "OLD.withdrawn_on IS NOT NULL AND NEW.withdrawn_on IS NOT OLD.withdrawn_on",
        "check fixed",
    ),
}
"""Name and statement of each trigger. A check may still be withdrawn; nothing else of it changes."""


def is_guard(name: str, statement: str, *, of_any_version: bool) -> bool:
    """Whether a trigger is a guard.

    Args:
        name: Its name.
        statement: What made it.
        of_any_version: Whether one of another version counts too. Whatever it is, it writes nothing: its one deed is to
            refuse.
    """
    return TRIGGERS.get(name) == statement or (of_any_version and _REFUSES.fullmatch(statement) is not None)


def install(connection: Connection) -> None:
    """Put up the guards of this program in place of whatever triggers and views there are."""
    remove(connection)
    for statement in TRIGGERS.values():
        connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """Take down all triggers and views, those of other versions too: tables that they name could not be changed."""
    there = "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')"
    for kind, name in connection.exec_driver_sql(there).all():
        quoted = name.replace('"', '""')
        connection.exec_driver_sql(f'DROP {kind} "{quoted}"')


@contextmanager
def lifted(connection: Connection) -> Iterator[None]:
    """Let the store itself write what nobody may, such as a sealed note under another key, in one transaction."""
    remove(connection)
    yield
    install(connection)


def refusal(error: Exception) -> Refused | None:
    """What the user reads when a guard has refused; None where the error comes from elsewhere."""
    said = str(getattr(error, "orig", error))
    word = said.partition("konak: ")[2]
    return Refused(SENTENCES[word]) if word in SENTENCES else None
