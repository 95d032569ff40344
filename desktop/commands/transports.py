"""`konak transports`: what is expected, who is on one, and all of it admitted in one step."""

import argparse
import json

from desktop.commands.opening import open_register
from desktop.commands.shown import print_out
from models.actions import transports as actions
from models.ids import TransportId
from models.queries import passengers, transports
from models.queries.passengers import PassengerRow, TransportWhole
from models.queries.transports import TransportRow
from models.rules.names import display_name
from models.rules.papers import CANDIDATES
from models.rules.rooms import short_name
from models.store.register import Register
from models.text import Translator, counted, translator


def run(typed: argparse.Namespace) -> int:
    """Print the transports, or who is on one; admit or take back those of it, if that is asked.

    Raises:
        Refused: There is no such transport, or somebody of it cannot be admitted; then nobody is.
        Unavailable: The register cannot be opened.
    """
    with open_register(typed) as register:
        tr = translator(register.facility.language)
        if typed.number is None:
            with register.read() as snapshot:
                _tell_all(transports.transports(snapshot), tr, as_json=typed.json)
            return 0
        if typed.admit:
            ready = _whole(register, typed.number).ready
            beds = {each.id: None if each.bed is None else each.bed.id for each in ready}
            values = {"transport_id": typed.number, "beds": beds, "reason": typed.reason}
            made = register.perform(actions.admit, **values).value
            print(tr.render(counted("{n} person is admitted.", "{n} people are admitted.", len(made))))
        elif typed.take_back:
            gone = register.perform(actions.take_back, transport_id=typed.number, reason=typed.take_back).value
            print(tr.render(counted("{n} arrival is taken back.", "{n} arrivals are taken back.", len(gone))))
        else:
            said = _told_one(_whole(register, typed.number), tr, as_json=typed.json)
            print_out(register, CANDIDATES, said, subject=f"transport:{typed.number}")
    return 0


def _whole(register: Register, number: int) -> TransportWhole:
    with register.read() as snapshot:
        return passengers.whole(snapshot, transport_id=TransportId(number))


def _tell_all(rows: tuple[TransportRow, ...], tr: Translator, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([_transport(row, tr) for row in rows], ensure_ascii=False, indent=2))
        return
    for row in rows:
        print(f"{row.id}\t{tr.render(transports.name_of(row))}\t{row.admitted}/{row.people - row.not_come}")


def _transport(row: TransportRow, tr: Translator) -> dict[str, object]:
    return {
        "number": row.id,
        "name": tr.render(transports.name_of(row)),
        "expected_on": row.expected.on.isoformat(),
        "came_on": None if row.came is None else row.came.on.isoformat(),
        "lists": list(row.lists),
        "people": row.people,
        "admitted": row.admitted,
        "not_come": row.not_come,
    }


def _told_one(found: TransportWhole, tr: Translator, *, as_json: bool) -> str:
    people = [_person(each, tr) for each in found.people]
    if as_json:
        return json.dumps({**_transport(found.row, tr), "on_it": people}, ensure_ascii=False, indent=2)
    lines = ("\t".join(str(part or "") for part in each.values()) for each in people)
    return "\n".join((tr.render(transports.name_of(found.row)), *lines))


def _person(each: PassengerRow, tr: Translator) -> dict[str, object]:
    said = (*each.decisions, *each.objections, *each.open)
    return {
        "name": display_name(each.family_name, each.given_names, each.partner_number),
        "stage": each.stage.value,
        "bed": None if each.bed is None else short_name(each.bed.building, each.bed.room, each.bed.bed),
        "open": "; ".join(tr.render(one) for one in said),
        "resident": each.became,
    }
