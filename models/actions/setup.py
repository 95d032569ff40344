"""What is set up once and changed rarely: the facility, its letterhead and its calendar."""

from zoneinfo import available_timezones

from sqlalchemy import select

from models.changes import Kind
from models.entities.facility import Facility
from models.errors import Refused
from models.store.unit import Unit, action
from models.text import LANGUAGES


@action(Kind.FACILITY)
def change_facility(
    unit: Unit, *, name: str, letterhead: str, language: str, time_zone: str, number_prefix: str
) -> None:
    """Change the facility. What was issued keeps the name and the letterhead that it was issued under.

    Args:
        unit: The transaction.
        name: As it stands on paper.
        letterhead: The lines above the name.
        language: In which the window greets whoever has chosen none.
        time_zone: Of the IANA database. What is known to the minute keeps its instant, and its local date.
        number_prefix: What stands before the number of each new resident; numbers that were given stay.

    Raises:
        Refused: There is no name, or no such language or time zone.
    """
    unit.about("facility", 1)
    facility = unit.session.scalars(select(Facility)).one()
    name, number_prefix = name.strip(), number_prefix.strip()
    if not name:
        raise Refused("Write the name of the facility.", field="name")
    if len(name) > 200:
        raise Refused("Write the name in at most {most} letters.", field="name", most=200)
    if language not in LANGUAGES:
        raise Refused("Choose one of the languages.", field="language")
    if time_zone not in available_timezones():
        raise Refused("Choose the time zone of the facility, such as Europe/Belgrade.", field="time_zone")
    if len(number_prefix) > 8:
        raise Refused("Use at most {most} letters before the number.", field="number_prefix", most=8)
    facility.name = name
    facility.letterhead = "\n".join(line.strip() for line in letterhead.strip().splitlines())
    facility.language = language
    facility.time_zone = time_zone
    facility.number_prefix = number_prefix
