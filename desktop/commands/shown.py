"""What a command prints of people: it leaves through the one door, as a list that is copied in the window does."""

from typing import TYPE_CHECKING

from models.actions import papers
from models.exchange import door
from models.exchange.door import Ready
from models.rules.papers import Outgoing

if TYPE_CHECKING:
    from models.store.register import Register


def print_out(register: "Register", what: Outgoing, said: str, *, subject: str = "") -> None:
    """Print something that is about people, once it is entered that it leaves.

    Args:
        register: The open register.
        what: Its declaration: which roles may let it out, and which fields it shows.
        said: What is printed, without the end of its last line.
        subject: What it is about, for the trail; else the list itself.

    Raises:
        Refused: The role may not have it, which is entered as well.
        Unavailable: It could not be entered, so that nothing is printed.
    """
    ready = Ready(what, f"{said}\n".encode(), subject or f"list:{what.id}", what.id)
    door.let_out(register, ready, entry=papers.saved, way=lambda content: print(content.decode(), end=""))
