"""`konak mrz`: reads the machine-readable zones of documents from standard input; no register is needed."""

import argparse
import json
import sys

from models.errors import Refused
from models.exchange.mrz import Zone, read_zone, zones_of
from models.exchange.mrz_repairs import repair
from models.text import message, translator

_ENGLISH = translator("en")


def run(_typed: argparse.Namespace) -> int:
    """Print each zone as a JSON object, and tell of every sign that was probably misread.

    Returns:
        0; 1 where a text is no zone: an object says why, in its place.
    """
    objects = [_object(place, text) for place, text in enumerate(zones_of(sys.stdin.read()), start=1)]
    print(json.dumps(objects, ensure_ascii=False, indent=2))
    return int(any("error" in each for each in objects))


def _object(place: int, text: str) -> dict[str, object]:
    _tell_of_repair(place, text)
    try:
        return _as_json(read_zone(text))
    except Refused as refused:
        return {"error": _ENGLISH.render(refused.message)}


def _as_json(zone: Zone) -> dict[str, object]:
    """Dates as they are printed, without a century; true, false or null for each check digit."""
    second = {} if zone.optional_2 is None else {"optional_2": zone.optional_2}
    return {
        "document_code": zone.document_code,
        "issuing_state": zone.issuing_state,
        "document_number": zone.document_number,
        "optional_1": zone.optional_1,
        **second,
        "surname": zone.surname,
        "given_names": zone.given_names,
        "name_field_full_truncation_assumed": zone.names_cut,
        "nationality": zone.nationality,
        "birth_date_raw": zone.birth_date,
        "sex": zone.sex,
        "expiry_date_raw": zone.expiry_date,
        "check_digits": dict(zone.checks),
        "all_check_digits_ok": zone.is_sound,
    }


def _tell_of_repair(place: int, text: str) -> None:
    offered = repair(text)
    if offered is not None:
        said = message(
            "Zone {n}: perhaps misread. It fits better as {lines}", n=place, lines=" / ".join(offered.zone.lines)
        )
        print(_ENGLISH.render(said), file=sys.stderr)
