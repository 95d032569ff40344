"""How far each step of an arrival is before the person is registered, and what the agreement asks of it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from models.queries.arrivals import ProgrammeChoice
from models.rules.admissions import is_child
from models.rules.vocabulary import ArrivalStep
from ui.arrivals.asked import KNOWN
from ui.arrivals.fields import read_now
from ui.arrivals.steps import STEPS, Mark, done, missing, nothing
from ui.kit.form import Form
from ui.language import plural

TELLS = {"document": "number", "identity": "family_name", "photo": "photo", "room": "bed_id"}
"""By which field it is told whether a step is taken."""


def asked_of(form: Form, programme: ProgrammeChoice | None) -> set[ArrivalStep]:
    """What the agreement asks of this arrival; nothing where none is chosen."""
    steps = set(map(ArrivalStep, () if programme is None else programme.arrival_steps))
    birth, arrived = read_now(form["birth"]), read_now(form["arrived"])
    return steps if arrived is not None and is_child(birth, arrived) else steps - {ArrivalStep.CHILD}


def marks_of(form: Form, waiting: Sequence[Mapping[str, Any]], asked: Collection[ArrivalStep]) -> dict[str, Mark]:
    """How far each step is.

    Args:
        form: The arrival.
        waiting: What is to be entered once the person is registered.
        asked: What the agreement asks.
    """
    marks = {}
    for step in STEPS:
        name, tables = TELLS.get(step.key), {part.what.entity.__tablename__ for part in step.parts}
        if name is not None and read_now(form[name]) not in (None, "", ()):
            marks[step.key] = done()
        elif name is not None and (step.key != "identity" or form["who"].read() != KNOWN):
            marks[step.key] = missing()
        elif entered := sum(each["table"] in tables for each in waiting):
            marks[step.key] = done(plural("{n} entry", "{n} entries", entered))
        else:
            marks[step.key] = missing() if {*asked} & set(step.asks) else nothing()
    return marks
