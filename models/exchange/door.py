"""The one door through which anything leaves the house, on paper, in a file or by the clipboard.

In this order: may the role have it? Then it is gathered in one look at the register, drawn outside of any transaction,
entered in the trail, and only once that is committed do its bytes leave (rules.md, The trail).
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from models.actions import papers
from models.errors import Refused, Unavailable
from models.ids import ResidentId
from models.queries.papers import about, number_of
from models.rules.papers import SAID, Choice, Chosen, F, Outgoing, Paper
from models.store.files import check_place, write_private
from models.text import Message, message

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
        reader: For whom it is, as it stands on the paper and in the trail; empty: that was not said.
        each: The papers of which it is made, where it is about several people: each is an entry of its own.
        left_out: Of whom there is no such paper, by number, and why.
        plain: What was encrypted, where its bytes are; empty: they are as they are read.
    """

    what: Outgoing
    content: bytes
    subject: str
    name: str
    number: str = ""
    reader: str = ""
    each: tuple["Ready", ...] = ()
    left_out: tuple[Message, ...] = ()
    plain: bytes = b""


Join = Callable[[Iterable[tuple[str, bytes]]], bytes]
"""Makes one PDF of several, each with what its bookmark says."""


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
    asked = {name: value for name, value in chosen.items() if value is not None}
    if not set(paper.needs) <= asked.keys() <= set(paper.choices):
        raise ValueError(f"what was chosen is not what {paper.id} takes")
    taken = {name: value for name, value in asked.items() if name not in SAID}
    try:
        paper.check_role(register.person.role)
        paper.check_language(language)
        if Choice.RESIDENT in asked:
            with register.read() as snapshot:
                snapshot.looks_at("resident", asked[Choice.RESIDENT])  # it is shown before it is printed
        telling = {"progress": progress} if paper.is_long and progress is not None else {}
        for _again in range(2):
            with register.read() as snapshot:
                goes_with = about(snapshot, paper=paper, language=language, chosen=asked)
                gathered = paper.gather(snapshot, **taken, **telling)
            if not snapshot.entered:  # else the head that it prints is older than the looks that it took
                break
    except Refused as refused:
        register.tell_refusal(papers.saved, (f"paper:{paper.id}",), refused, paper=paper.id, title=paper.title)
        raise
    content, head = paper.draw(gathered, goes_with.imprint), goes_with.imprint
    return Ready(paper, content, goes_with.subject, goes_with.name, head.number, head.reader)


def drawn_each(
    register: "Register",
    paper: Paper[F],
    *,
    whose: Sequence[ResidentId],
    language: str,
    chosen: Chosen,
    join: Join,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Ready:
    """Make a paper about each of several people, as one PDF; of whom there is none is left out, and it is said why.

    Args:
        register: The open register.
        paper: Its declaration; it needs a resident.
        whose: About whom, at least one.
        language: One of those of the paper.
        chosen: What was chosen beside.
        join: Makes one PDF of them.
        progress: Is told how many are made; what it raises ends the work.

    Raises:
        Refused: As for `drawn`: of nobody there is such a paper, or the role may not have it.
    """
    made: list[Ready] = []
    left_out: list[Message] = []
    if register.person.role in paper.roles:
        for resident_id in whose:  # before any is drawn, so that all of them print the same head
            with register.read() as snapshot:
                snapshot.looks_at("resident", resident_id)
    for at, resident_id in enumerate(whose):
        progress(at, len(whose))
        try:
            made.append(drawn(register, paper, language=language, chosen={**chosen, Choice.RESIDENT: resident_id}))
        except Refused as refused:
            if register.person.role not in paper.roles or len(whose) == len(left_out) + 1:
                raise
            with register.read() as snapshot:
                number = number_of(snapshot, resident_id)
            left_out.append(message("{number}: {why}", number=number, why=refused.message))
    if len(made) == 1 and not left_out:
        return made[0]
    content = join((one.name, one.content) for one in made)
    return replace(
        made[0], content=content, name=f"{made[0].name}-and-more", each=tuple(made), left_out=tuple(left_out)
    )


def let_out(
    register: "Register", ready: Ready, *, entry: Callable[..., object], way: Callable[[bytes], T], **said: object
) -> T:
    """Enter in the trail that something leaves, and once that is committed let it out.

    Args:
        register: The open register.
        ready: What leaves.
        entry: The action that says which way, of `models.actions.papers`.
        way: Takes the bytes out. If it fails, the entry stands, and another says so; so, too, where of several papers
            that leave together one cannot be entered.
        said: What the entry says beside it, as the action takes it.

    Raises:
        Refused: The role may not have it.
        Unavailable: It could not be entered, so it has not left; or the printer or the disk says no.
    """
    entered: list[Ready] = []
    try:
        for one in ready.each or (ready,):
            more = {"reader": one.reader} if one.reader else {}
            if one.number and one.plain:  # the number is that of the paper, in whatever wrapping it leaves
                more["plain"] = sha256(one.plain).hexdigest()
            register.perform(entry, **_told(one), **more, **said)
            entered.append(one)
        return way(ready.content)
    except Exception:
        for one in entered:
            with suppress(Refused, Unavailable):
                register.perform(papers.failed, **_told(one))
        raise


def _told(ready: Ready) -> dict[str, Any]:
    """What each entry says of something that leaves."""
    told = {"what": ready.what, "subject": ready.subject, "digest": sha256(ready.content).hexdigest()}
    return told | ({"number": ready.number} if ready.number else {})


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
