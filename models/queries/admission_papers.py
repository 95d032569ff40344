"""What stands on the papers of an arrival: the admission sheet, the property receipt, the leaflet on rights."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from models.errors import Refused
from models.ids import ResidentId
from models.queries import admissions, resident_page
from models.queries.admissions import ArrivalRecord
from models.queries.documents import DocumentRow
from models.queries.rooms import PlacementRow
from models.rules.residents import PersonFacts
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class AdmissionFacts:
    """A person and their last arrival, as the papers tell of it.

    Attributes:
        programme: By which people call it.
        bed: The first bed of the stay; None where none was given.
        relatives: Who of the family is or was here, by number and name.
        zone: In which moments are written.
        photo: As JPEG; None where there is none, or the role sees none.
    """

    number: str
    name: str
    facts: PersonFacts
    documents: tuple[DocumentRow, ...]
    programme: str
    record: ArrivalRecord
    bed: PlacementRow | None
    relatives: tuple[str, ...]
    zone: ZoneInfo
    photo: bytes | None = None


def of_resident(snapshot: Snapshot, *, resident_id: ResidentId) -> AdmissionFacts:
    """A person and their last arrival.

    Raises:
        Refused: Nobody has arrived under that number.
    """
    page = resident_page.page(snapshot, resident_id=resident_id)
    record = None if page is None or page.stay is None else admissions.of_stay(snapshot, stay_id=page.stay.id)
    if page is None or page.stay is None or record is None:
        raise Refused("Of this person no arrival is entered, so there is no such paper.", field="resident_id")
    beds = [each for each in page.placements if each.stay_id == page.stay.id]
    return AdmissionFacts(
        page.row.number,
        page.row.name,
        page.facts,
        page.documents,
        page.stay.programme,
        record,
        beds[-1] if beds else None,
        tuple(f"{each.number} {each.name}" for each in page.relatives),
        snapshot.facility.zone,
        None if page.photo is None else page.photo.image,
    )
