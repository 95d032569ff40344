"""The one door through which anything leaves the house, on paper, in a file or by the clipboard.

In this order: may the role have it? Then it is gathered in one look at the register, drawn outside of any transaction,
entered in the trail, and only once that is committed do its bytes leave (rules.md, The trail).
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from models.actions import papers
from models.errors import Refused
from models.queries.papers import about
from models.repositories.papers import has_number
from models.rules.papers import Choice, Chosen, F, Outgoing, Paper
from models.store.files import check_place, write_private

if TYPE_CHECKING:
    from models.store.register import Register

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ready:
    """What is made and may leave.

    Attributes:
        what: Its declaration.
        content: Its bytes.
        subject: What it is about, for the trail: `month:US-2025 2026-10`.
        name: Of its file without the ending, and of the print job: no names of persons.
        number: Of the paper itself, such as `3/2026`, which it is given for good when it leaves; empty: it has none.
    """

    what: Outgoing
    content: bytes
    subject: str
    name: str
    number: str = ""


def drawn(
    register: "Register",
    paper: Paper[F],
    *,
    language: str,
    chosen: Chosen,
    progress: Callable[[int, int], None] | None = None,
) -> Ready:
    """Make a paper, to be looked at and let out.

    Args:
        register: The open register.
        paper: Its declaration.
        language: One of those of the paper.
        chosen: What was chosen, by `Choice`; what is None was not chosen.
        progress: Is told how far it is; what it raises ends the work.

    Raises:
        Refused: The role may not have it (which is entered in the trail), the programme cites no legal ground to name
            anybody, there is no such thing, or it is not to be had in the language.
    """
    if register.person.role not in paper.roles:
        # The action says no, and that it was asked for becomes an entry.
        register.perform(papers.saved, what=paper, subject=f"paper:{paper.id}", digest="")
    asked = {name: value for name, value in chosen.items() if value is not None}
    if not set(paper.needs) <= asked.keys() <= set(paper.choices):
        raise ValueError(f"what was chosen is not what {paper.id} takes")
    try:
        paper.check_language(language)
        if Choice.RESIDENT in asked:
            with register.read() as snapshot:
                snapshot.looks_at("resident", asked[Choice.RESIDENT])  # it is shown before it is printed
        telling = {"progress": progress} if paper.is_long and progress is not None else {}
        for _again in range(2):
            with register.read() as snapshot:
                goes_with = about(snapshot, paper=paper, language=language, chosen=asked)
                gathered = paper.gather(snapshot, **asked, **telling)
            if not snapshot.entered:  # else the head that it prints is older than the looks that it took
                break
    except Refused as refused:
        register.tell_refusal(papers.saved, (f"paper:{paper.id}",), refused)
        raise
    content = paper.draw(gathered, goes_with.imprint)
    return Ready(paper, content, goes_with.subject, goes_with.name, goes_with.imprint.number)


def let_out(
    register: "Register", ready: Ready, *, entry: Callable[..., object], way: Callable[[bytes], T], **said: object
) -> T:
    """Enter in the trail that something leaves, and once that is committed let it out.

    Args:
        register: The open register.
        ready: What leaves.
        entry: The action that says which way, of `models.actions.papers`.
        way: Takes the bytes out. If it fails, the entry stands.
        said: What the entry says beside it, as the action takes it.

    Raises:
        Refused: The role may not have it.
        Unavailable: It could not be entered, so it has not left; or the printer or the disk says no.
    """
    digest = sha256(ready.content).hexdigest()
    if ready.number:
        with register.read() as snapshot:
            has_its = has_number(snapshot.connection, ready.what.id, digest)
        if not has_its:
            register.perform(papers.number, what=ready.what, number=ready.number, digest=digest)
    register.perform(entry, what=ready.what, subject=ready.subject, digest=digest, **said)
    return way(ready.content)


def save(register: "Register", ready: Ready, path: Path, *, entry: Callable[..., object] = papers.saved) -> None:
    """Let something out into a file that only its owner can read.

    Args:
        register: The open register.
        ready: What leaves.
        path: The file.
        entry: As of `let_out`.

    Raises:
        Refused: The role may not have it.
        Unavailable: No file can be written there; nothing is entered where that is known before.
    """
    check_place(path)
    let_out(register, ready, entry=entry, way=lambda content: write_private(path, content))
