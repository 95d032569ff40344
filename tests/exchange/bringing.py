"""Files of stays brought into a register as the window and the command line do, and what became of their rows."""

from pathlib import Path

from models.exchange.contradictions import Choices
from models.exchange.files import read_table
from models.exchange.import_stays import StaysBroughtIn, bring_in
from models.exchange.stays_file import StaysReading, read_stays
from models.exchange.stays_preview import StaysPreview, preview_stays
from models.ids import ProgrammeId
from models.store.register import Register
from models.text import translator

ENGLISH = translator("en")


def bring(register: Register, programme: ProgrammeId, path: Path, choices: Choices | None = None) -> StaysBroughtIn:
    """Bring a file in."""
    return register.perform(bring_in, programme_id=programme, read=_read(register, path), choices=choices).value


def looked(register: Register, programme: ProgrammeId, path: Path, choices: Choices | None = None) -> StaysPreview:
    """What it would bring in."""
    with register.read() as snapshot:
        return preview_stays(snapshot, programme_id=programme, read=_read(register, path), choices=choices)


def refusals(done: StaysBroughtIn | StaysPreview) -> list[tuple[int, str]]:
    """The rows that cannot come in, and why."""
    return [(each.row_number, ENGLISH.render(each.message)) for each in done.problems]


def _read(register: Register, path: Path) -> StaysReading:
    return read_stays(read_table(path), zone=register.facility.zone)
