"""`konak arrival`: what is on record of an arrival, what is missing, and one thing more entered or taken back."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from desktop.commands.opening import open_register
from desktop.commands.shown import print_out
from models.actions import admissions, contacts, needs
from models.actions import property as things
from models.actions.entering import Entering
from models.errors import Refused
from models.queries import admissions as queries
from models.queries import resident_page
from models.queries.admissions import ArrivalRecord
from models.queries.papers import resident_of
from models.rules.field_types import Field, FieldClass, FieldType
from models.rules.needs import SEALED_NEEDS
from models.rules.papers import ARRIVAL
from models.rules.time import Moment
from models.store.register import Register

PARTS: Mapping[str, Entering] = {
    what.entity.__tablename__: what
    for what in (
        admissions.LEGAL_GROUNDS, admissions.INJURIES, admissions.RIGHTS, admissions.HEALTH_CHECKS,
        admissions.LANGUAGES, admissions.ROOM_DECISIONS, admissions.CHILDREN, admissions.WAIVERS,
        contacts.CONTACTS, contacts.NOTICES, things.ITEMS, things.RECEIPTS, things.RETURNS, needs.NEEDS,
    )
}  # fmt: skip
"""What can be entered, by the name of its table."""


def run(typed: argparse.Namespace) -> int:
    """Print what is on record of the last arrival of somebody; or enter something, or take it back.

    Raises:
        Refused: There is no such person, part or field, or a rule says no.
        Unavailable: The register cannot be opened or written.
    """
    changes = typed.enter is not None or typed.take_back is not None
    with open_register(typed, for_reading=not changes) as register:
        record = _record(register, typed.number)
        if typed.enter is not None:
            made = register.perform(_part(typed.enter[0]).enter, **_said(register, record, typed))
            print(f"Entered: {typed.enter[0]} {made.value}.")
        elif typed.take_back is not None:
            name, _space, which = typed.take_back.partition(" ")
            if not which.strip().isdigit():
                raise Refused("Name the part and its number, such as: needs 3.", field="take_back")
            part = _part(name)
            if (name, int(which)) not in {(each.table, each.id) for each in record.entries}:
                raise Refused(
                    "{what} is not on record of the last arrival of {number}. Without an option all that is on record "
                    "is told, with its numbers.",
                    field="take_back",
                    what=typed.take_back,
                    number=record.number,
                )
            register.perform(part.take_back, entry_id=int(which), reason=typed.reason)
            print(f"Taken back: {name} {which.strip()}.")
        else:
            said = json.dumps(_told(record), ensure_ascii=False, indent=2, default=str)
            print_out(register, ARRIVAL, said, subject=f"resident:{record.resident_id}")
    return 0


def _record(register: Register, number: str) -> ArrivalRecord:
    """The last arrival of whoever has a number.

    Raises:
        Refused: Nobody has it, or no stay is entered.
    """
    with register.read() as snapshot:
        whose = resident_of(snapshot, number)
        page = resident_page.page(snapshot, resident_id=whose)
        found = None if page is None or page.stay is None else queries.of_stay(snapshot, stay_id=page.stay.id)
    if found is None:
        raise Refused("No stay of {number} is entered.", field="number", number=number)
    return found


def _part(name: str) -> Entering:
    if name not in PARTS:
        raise Refused("There is no {name}. There are: {known}.", field="part", name=name, known=", ".join(PARTS))
    return PARTS[name]


def _said(register: Register, record: ArrivalRecord, typed: argparse.Namespace) -> dict[str, Any]:
    """What was typed as FIELD=VALUE, as the action takes it, and whose it is."""
    part = _part(typed.enter[0])
    fields = {field.name: field for field in part.fields}
    of_stay = "stay_id" in part.entity.__table__.columns
    said: dict[str, Any] = {"stay_id": record.stay_id} if of_stay else {"resident_id": record.resident_id}
    typed_as: dict[str, str] = {}
    for text in typed.enter[1:]:
        name, sign, value = text.partition("=")
        if not sign or name not in fields:
            raise Refused("There is no {name}. There are: {known}.", field="values", name=name, known=", ".join(fields))
        typed_as[name] = value
    given = {name for name, value in typed_as.items() if value == _GIVEN}
    typed_as |= zip([name for name in typed_as if name in given], _lines(len(given)), strict=True)
    said |= {name: _value(register, fields[name], value) for name, value in typed_as.items()}
    is_sealed = said.get("kind") in SEALED_NEEDS
    for name in typed_as.keys() - given:
        if is_sealed or (fields[name].disclosure is FieldClass.SEALED and typed_as[name]):
            raise Refused(
                "What is sealed is not typed in the command, which others on this computer see and which it keeps. "
                "Write {name}=- and give it on the standard input.",
                field="values",
                name=name,
            )
    return said


_GIVEN = "-"
"""The value of a field that is given on the standard input."""


def _lines(count: int) -> Sequence[str]:
    """What is given on the standard input for so many fields: a line for each, and for the last all that is left.

    Raises:
        Refused: There are fewer lines.
    """
    if not count:
        return ()
    lines = sys.stdin.read().split("\n", count - 1)
    if len(lines) < count:
        raise Refused(
            "On the standard input there is less than {n} lines, one for each field.", field="values", n=count
        )
    return [line.strip() for line in lines]


def _value(register: Register, field: Field, text: str) -> Any:  # noqa: ANN401 - what the field holds
    """A value as it was typed.

    Raises:
        Refused: It is none of this field, with what is.
    """
    kind = field.type
    try:
        match kind:
            case FieldType.DATE:
                return date.fromisoformat(text)
            case FieldType.MOMENT:
                at = datetime.fromisoformat(text)
                zone = register.facility.zone
                return Moment(at.date()) if len(text) <= len("YYYY-MM-DD") else Moment.of(at.replace(tzinfo=zone), zone)
            case FieldType.NUMBER:
                return Decimal(text)
            case FieldType.YES_NO:
                return {"yes": True, "no": False}[text]
            case FieldType.LANGUAGES | FieldType.TEXTS | FieldType.COUNTRIES:
                return tuple(part.strip() for part in text.split(",") if part.strip())
            case FieldType.RESIDENT:
                with register.read() as snapshot:
                    return resident_of(snapshot, text)
            case FieldType.ENTRY:
                return int(text)
            case FieldType():
                return text
        return kind(text)
    except (ValueError, KeyError, InvalidOperation):
        known = ", ".join(_known(kind)) or "such as 2026-11-28, yes, 12.50"
        raise Refused("{name} cannot be {text}. It is: {known}.", field="values", name=field.name, text=text,
                      known=known) from None  # fmt: skip


def _known(kind: object) -> Iterator[str]:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        yield from (each.value for each in kind)


def _told(record: ArrivalRecord) -> dict[str, object]:
    return {
        "number": record.number,
        "name": record.name,
        "arrived": record.arrived.on.isoformat(),
        "steps": [
            {"step": each.step.value, "is_done": each.is_done, "waived": each.waived, "hours_left": each.left}
            for each in record.steps
        ],
        "entries": [
            {"part": each.table, "number": each.id, "entered_by": each.entered_by, "values": dict(each.values)}
            for each in record.entries
        ],
    }
