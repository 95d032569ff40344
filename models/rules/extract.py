"""One line of the register extract: a stay, as it is printed and exported."""

from datetime import date
from typing import NamedTuple


class ExtractRow(NamedTuple):
    """One stay.

    Attributes:
        number: The resident's own number.
        name: As it is to be printed, family name first; empty where the resident is known by number only.
        born: The text of a `BirthDate`, None where nothing is known.
        nationality: ISO 3166 alpha-2, `XXA` for a stateless person, None where it is not known.
        arrived_on: The local date of arrival.
        departed_on: The local date of departure, None while the stay is open.
        nights: From arrival to departure, or to the day of the extract while the stay is open.
        kind: A `DepartureKind`, None while the stay is open.
    """

    number: str
    name: str
    born: str | None
    nationality: str | None
    arrived_on: date
    departed_on: date | None
    nights: int
    kind: str | None
