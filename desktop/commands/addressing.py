"""`konak addressing`: prints to whom the report of a programme goes and what stands in it, and changes that."""

import argparse
import json
from dataclasses import asdict, replace
from typing import Any

from desktop.commands.opening import open_register
from models.actions import facility as facility_actions
from models.actions import programmes as actions
from models.queries import facility as facility_queries
from models.queries import programmes as queries
from models.rules.report_sections import resolved
from models.store.register import Register

_OF_PROGRAMME = ("addressee", "agreement_reference", "claim_reference", "names_ground")
_OF_FACILITY = ("sender", "bank_details")


def run(typed: argparse.Namespace) -> int:
    """Change what was typed, and print all of it as JSON.

    Raises:
        Refused: There is no such programme or section, or a text is too long.
        Unavailable: The register cannot be opened or written.
    """
    mine, house = _typed(typed, _OF_PROGRAMME), _typed(typed, _OF_FACILITY)
    if typed.sections is not None:
        usual = typed.sections.strip().casefold() == "usual"
        mine["report_sections"] = () if usual else tuple(typed.sections.split(","))
    with open_register(typed, for_reading=not mine and not house) as register:
        with register.read() as snapshot:
            programme_id = queries.of_code(snapshot, typed.programme)
            before = queries.whole(snapshot, programme_id=programme_id)
            known = facility_queries.administration(snapshot)
        if mine:
            facts = replace(before.facts, **mine)
            register.perform(actions.change, programme_id=programme_id, version=before.version, facts=facts)
        if house:
            facility = asdict(replace(known.facility, **house))
            register.perform(facility_actions.change_facility, version=known.version, **facility)
        print(json.dumps(_told(register, typed.programme), indent=2, ensure_ascii=False))
    return 0


def _typed(typed: argparse.Namespace, names: tuple[str, ...]) -> dict[str, Any]:
    given = {name: getattr(typed, name) for name in names}
    return {name: value.replace("\\n", "\n") for name, value in given.items() if value is not None}


def _told(register: Register, programme: str) -> dict[str, object]:
    with register.read() as snapshot:
        facts = queries.whole(snapshot, programme_id=queries.of_code(snapshot, programme)).facts
        facility = facility_queries.facility(snapshot)
    told: dict[str, object] = {name: getattr(facts, name) for name in _OF_PROGRAMME}
    told |= {name: getattr(facility, name) for name in _OF_FACILITY}
    return told | {"sections": resolved(facts.report_sections)}
