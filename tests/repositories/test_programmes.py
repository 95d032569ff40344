"""The places of a programme, counted from the stays of a real register."""

from datetime import date, timedelta

import pytest

from models.ids import ProgrammeId, ResidentId
from models.repositories.programmes import read_places
from models.rules.vocabulary import PlacesRule
from models.store.register import Register
from tests import builders

TODAY = date(2026, 11, 21)


def _taken(register: Register, programme_id: ProgrammeId, without: ResidentId | None = None) -> int:
    with register.read() as snapshot:
        found = read_places(snapshot.connection, programme_id, today=TODAY, without_resident=without)
    return found.taken


@pytest.mark.parametrize("rule", list(PlacesRule))
def test_stays_of_the_past_take_no_place_where_places_are_counted_at_once(register: Register, rule: PlacesRule) -> None:
    programme = builders.programme(register, places_rule=rule)
    spans = [
        (TODAY - timedelta(days=400), None),  # before the window of the agreement: takes a place only at once
        (TODAY - timedelta(days=9), None),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=2)),
        (TODAY - timedelta(days=9), TODAY),
        (TODAY - timedelta(days=9), TODAY + timedelta(days=3)),
        (TODAY + timedelta(days=3), None),  # comes when the one before has gone
        (TODAY + timedelta(days=5), TODAY + timedelta(days=6)),
    ]
    people = [builders.resident(register, f"K-{n:04}") for n in range(len(spans))]
    for person, (arrived_on, departed_on) in zip(people, spans, strict=True):
        builders.stay(register, person, programme, arrived_on, departed_on)
    expected = {PlacesRule.CONCURRENT: 4, PlacesRule.CUMULATIVE: 6}[rule]
    assert _taken(register, programme) == expected
    assert _taken(register, programme, without=people[1]) == expected - 1
