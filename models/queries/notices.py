"""What is certified and told of a stay on paper: that somebody is here, the last day of the stay, the next review."""

from dataclasses import dataclass
from datetime import date

from models.errors import Refused
from models.ids import ResidentId
from models.queries import resident_page
from models.queries.stays import LimitRow, StayRow
from models.rules.residents import PersonFacts
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Noticed:
    """A person and their last stay, as a certificate or a notice tells of it.

    Attributes:
        limit: The limit that holds today; None where there is none.
        photo: As JPEG; None where there is none, or the role sees none.
        today: The local date.
    """

    number: str
    name: str
    facts: PersonFacts
    stay: StayRow
    limit: LimitRow | None
    photo: bytes | None
    today: date


def certificate(snapshot: Snapshot, *, resident_id: ResidentId) -> Noticed:
    """What is certified of the last stay of a person.

    Raises:
        Refused: Nobody has arrived under that number.
    """
    page = resident_page.page(snapshot, resident_id=resident_id)
    if page is None or page.stay is None:
        raise Refused("Of this person no arrival is entered, so there is no such paper.", field="resident_id")
    limit = next((each for each in page.stay.limits if each.holds), None)
    photo = None if page.photo is None else page.photo.image
    return Noticed(page.row.number, page.row.name, page.facts, page.stay, limit, photo, snapshot.today)


def on_roll(snapshot: Snapshot, *, resident_id: ResidentId) -> Noticed:
    """What a person on the roll is told of their stay: its last day, or its next review.

    Raises:
        Refused: They are not on the roll.
    """
    found = certificate(snapshot, resident_id=resident_id)
    if not found.stay.is_open:
        raise Refused("This person is not on the roll any more, so no notice is given.", field="resident_id")
    return found
