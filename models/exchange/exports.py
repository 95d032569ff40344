"""What leaves the register as data for another program, through the one door (`models.exchange.door`)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from models.actions import papers
from models.exchange.door import Ready
from models.exchange.file_kinds import FileKind
from models.exchange.table_files import DataTable, as_file
from models.queries.exports import EXPORTS
from models.rules.papers import DATA
from models.text import translator

if TYPE_CHECKING:
    from models.ids import ProgrammeId
    from models.store.register import Register


def export(
    register: "Register",
    what: str,
    kind: FileKind,
    *,
    programme_id: "ProgrammeId | None" = None,
    programme: str = "",
    language: str = "en",
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Ready:
    """Make a file of data, ready to be let out.

    Args:
        register: The open register.
        what: One of `EXPORTS`.
        kind: The kind of file.
        programme_id: Only what is under this programme.
        programme: Its code, for the trail and the name of the file.
        language: Of the headings; an import knows them in each.
        progress: Is told how many rows were read; what it raises ends the work.

    Raises:
        Refused: The role may not have it, which is entered in the trail.
    """
    outgoing = DATA[what]
    subject = f"data:{what} {programme}".strip()
    if register.person.role not in outgoing.roles:
        # The action says no, and that it was asked for becomes an entry.
        register.perform(papers.saved, what=outgoing, subject=subject, digest="")
    with register.read() as snapshot:
        found = EXPORTS[what](snapshot, programme_id=programme_id, progress=progress)
    tr = translator(language)
    table = DataTable(tr(outgoing.title), {name: tr(label) for name, label in found.columns.items()}, found.rows)
    return Ready(outgoing, as_file(table, kind), subject, "-".join(filter(None, (what, programme))))
