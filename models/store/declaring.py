"""What a user does is declared once, on the function that does it; all that must be known of it follows from there.

The name in the trail is written out, so that it holds for good wherever the function moves. A button names the function
(`needs=stays.extend`); the table of roles and the words of the history are views over `declared()`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from models.rules.people import CARES, EVERYBODY, NOBODY, READS, SETS_UP, Roles
from models.rules.vocabulary import SealedKind
from models.text import N_

if TYPE_CHECKING:  # the window knows what may be done before it needs a database
    from sqlalchemy.orm import InstrumentedAttribute


class Begun(Protocol):
    """What an action is given first: a unit of work, of which nothing else needs to be known here."""

    def begin(self, what: "Declared", values: Mapping[str, Any]) -> None:
        """Take up what is done, and to whom."""
        ...


U = TypeVar("U", bound=Begun)
P = ParamSpec("P")
R = TypeVar("R")

DECLARED: dict[str, "Declared"] = {}
"""What was declared so far, by its name."""


@cache
def declared() -> Mapping[str, "Declared"]:
    """All that the trail can tell of, and all that not everybody may do, by name; loads whatever declares something."""
    from importlib import import_module
    from pkgutil import iter_modules

    for package in ("models.actions", "models.exchange"):
        for module in iter_modules(import_module(package).__path__):
            import_module(f"{package}.{module.name}")
    return DECLARED


@dataclass(frozen=True, eq=False, kw_only=True)
class Declared:
    """What the trail tells of, or what not everybody may do.

    Attributes:
        name: As `stays.extend`: what the trail calls it, for good.
        roles: Who may do it; nobody where it is nothing that one does, such as an unlocking.
        told: What the history calls it; empty for what is no entry of its own, such as a part of an action.
        about: Which argument says whom or what it is done to: `stay_id` is told as `stay:12`, also where it is refused.
            Of several arguments, and of several numbers in one, the first is the subject, and the others are concerned.
            A subject that is always the same is written out: `facility:1`.
        of: To whom belongs what the argument names, where they are the subject: `Absence.stay_id`.
        opens_sealed: Whether it opens what is sealed, so that no administrator stands in for it.
        kind: Of which kind of what is sealed its entries are, done or refused, where it does not say otherwise itself
            (`UnitOfWork.tells_of`): who may not read that kind is not told of them.
        only_tells: Whether it changes nothing but the trail, so that a window that opens for reading may do it too.
    """

    name: str
    roles: Roles = NOBODY
    told: str = ""
    about: str | tuple[str, ...] = ()
    of: "InstrumentedAttribute[Any] | None" = None
    opens_sealed: bool = False
    kind: SealedKind | None = None
    only_tells: bool = False

    def __post_init__(self) -> None:
        """Make it known."""
        DECLARED[self.name] = self

    def named(self, values: Mapping[str, Any]) -> list[tuple[str, int]]:
        """Whom or what the arguments name: the kind and the number of each."""
        found: list[tuple[str, int]] = []
        for each in (self.about,) if isinstance(self.about, str) else self.about:
            kind, _, number = each.partition(":")
            value = number or values.get(each) or ()
            numbers = (value,) if isinstance(value, int | str) else value
            found += [(kind.removesuffix("s").removesuffix("_id"), int(each)) for each in numbers]
        return found


@dataclass(frozen=True, eq=False, kw_only=True)
class Action(Declared, Generic[U, P, R]):
    """One thing that a user does: it is called by `Register.perform` alone, with a unit of work of its own."""

    function: Callable[Concatenate[U, P], R]

    def __call__(self, unit: U, /, *args: P.args, **values: P.kwargs) -> R:
        """Do it, if the person may.

        Raises:
            Refused: The role of the person may not do it, or a rule says no.
            Unavailable: Somebody else has the register open for writing.
        """
        unit.begin(self, values)
        return self.function(unit, *args, **values)


def action(
    name: str,
    *,
    roles: Roles,
    told: str,
    about: str | tuple[str, ...] = (),
    of: "InstrumentedAttribute[Any] | None" = None,
    opens_sealed: bool = False,
    kind: SealedKind | None = None,
    only_tells: bool = False,
) -> Callable[[Callable[Concatenate[U, P], R]], Action[U, P, R]]:
    """Make a function an action; the arguments are those of `Declared`."""

    def declare(function: Callable[Concatenate[U, P], R]) -> Action[U, P, R]:
        return Action(
            name=name,
            roles=roles,
            told=told,
            about=about,
            of=of,
            opens_sealed=opens_sealed,
            kind=kind,
            only_tells=only_tells,
            function=function,
        )

    return declare


MADE = Declared(name="setup.create", roles=SETS_UP, told=N_("Made the register"), about="facility:1")
UPGRADED = Declared(name="setup.upgraded", told=N_("Brought the register to a newer version of Konak"))
UNLOCKED = Declared(name="people.unlocked", told=N_("Opened the register"))
LOCKED = Declared(name="people.locked", told=N_("Locked the window"))
LOOKED = Declared(name="people.looked", told=N_("Looked at the page"))
READ_TRAIL = Declared(name="trail.read", roles=READS["trail"], told=N_("Read the trail"), only_tells=True)
SEE_PHOTOS = Declared(name="photos.see", roles=READS["photos"])
RECOVERED = Declared(
    name="people.recovered", roles=EVERYBODY, told=N_("Opened the register with the recovery sheet"), about="user_id"
)
RENEWED = Declared(name="people.renewed_key", told=N_("Got a key of this version of Konak"))
REKEYED = Declared(
    name="people.rekey", roles=SETS_UP | CARES, told=N_("Gave the register another key"), about="facility:1"
)
"""What the register itself does, and what its migrations tell."""
