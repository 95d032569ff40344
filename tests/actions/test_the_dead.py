"""Nobody dead is admitted again (rules.md, Departures)."""

from datetime import date

import pytest

from models.actions import stays
from models.errors import Refused
from models.rules.time import Moment
from models.rules.vocabulary import DepartureKind
from models.store.register import Register
from tests import builders


@pytest.mark.parametrize("emergency", ["", "Found at the gate"])
def test_who_died_is_not_admitted_again_not_even_in_an_emergency(register: Register, emergency: str) -> None:
    programme = builders.programme(register)
    dead, left = (builders.resident(register, number) for number in ("K-1", "K-2"))
    builders.stay(register, dead, programme, date(2026, 7, 1), date(2026, 7, 5), departure_kind=DepartureKind.DEATH)
    builders.stay(register, left, programme, date(2026, 7, 1), date(2026, 7, 5))
    arrived = Moment(date(2026, 8, 1))
    with pytest.raises(Refused, match="died on") as refused:
        register.perform(
            stays.admit, programme_id=programme, arrived=arrived, resident_id=dead, emergency_reason=emergency
        )
    assert (refused.value.field, refused.value.message.values["day"]) == ("resident_id", date(2026, 7, 5))
    register.perform(
        stays.admit, programme_id=programme, arrived=arrived, resident_id=left, emergency_reason="Came back"
    )
