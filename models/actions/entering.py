"""What is entered of somebody field by field: entered, corrected with a reason, taken back with a reason.

Of each table the fields stand in `models.rules.fields`, and what else must hold in the check of its area. What stood
there before a correction or a taking back stays in the trail.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from models.entities.base import Entered, Sealed
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import ResidentId, WaitingEntryId
from models.repositories.admissions import take_out
from models.repositories.safeguards import add_note
from models.rules.entry import needed, the_mistake
from models.rules.field_types import Field
from models.rules.fields import FIELDS_OF
from models.rules.people import READS_SEALED, Roles, reads
from models.rules.vocabulary import SealedKind
from models.store.declaring import Action, action
from models.store.unit_of_work import UnitOfWork
from models.text import message, translator

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute

E = TypeVar("E", bound=Entered)
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Entering:
    """The three actions of a table; each takes the fields of it by their names.

    Attributes:
        enter: Takes the owner by the name of its column, as `resident_id`, and perhaps as `waited` what waited to be
            entered, which then waits no more; gives the number of the row.
        correct: Takes `entry_id`, all fields, a `reason` and perhaps the `version` that was read.
        take_back: Takes `entry_id` and a `reason`.
    """

    entity: type[Entered]
    fields: tuple[Field, ...]
    enter: Action[UnitOfWork, ..., int]
    correct: Action[UnitOfWork, ..., None]
    take_back: Action[UnitOfWork, ..., None]


def entering(
    name: str,
    entity: type[E],
    *,
    owner: "InstrumentedAttribute[Any]",
    roles: Roles,
    told: tuple[str, str, str],
    check: Callable[[UnitOfWork, E], None] = lambda _unit, _row: None,
    sealed_as: SealedKind | None = None,
    is_sealed: Callable[[E], bool] = lambda _row: False,
    finds: SealedKind | None = None,
    kind: SealedKind | None = None,
    holds: Callable[[UnitOfWork, E], None] = lambda _unit, _row: None,
    gone: Callable[[UnitOfWork, E], None] = lambda _unit, _row: None,
) -> Entering:
    """Declare the actions of a table.

    Args:
        name: Of the area, as the trail calls it: `needs`; `needs.enter` is an action.
        entity: The table; it has `entered_by` and `entered_at`.
        owner: Whose a row is, as `Need.resident_id`.
        roles: Who may do it.
        kind: Of which kind of what is sealed all rows are: who may not read it is told of no entry, nor of a refusal.
        told: What the history says of the entering, of the correcting and of the taking back.
        check: Refuses what cannot be, of a row as it would stand.
        holds: Refuses to take a row back on which something else hangs.
        gone: Takes away what a row that was taken back had brought about elsewhere.
        sealed_as: Of which kind of what is sealed some rows are: who may not read it is not told of them.
        is_sealed: Whether a row is one of them.
        finds: Of which kind is what its sealed fields hold, where it has some. Who may not read
            that enters it, and neither writes it over nor takes a row back that may hold some. Where somebody who may
            does so, what stood there is kept as a sealed note.
    """
    fields = FIELDS_OF[entity.__tablename__]
    key, names = owner.key, [field.name for field in fields]
    sealed_fields = [field for field in fields if _is_sealed(entity, field)]

    def stand(unit: UnitOfWork, row: E, said: Mapping[str, object], before: SealedKind | None = None) -> None:
        if unknown := said.keys() - {key, *names}:
            raise TypeError(f"{name} has no {', '.join(sorted(unknown))}")
        try:
            write(unit, row, fields, said)
            check(unit, row)
        finally:  # that it was refused is as sealed
            sealed = before or _kind_of(row, sealed_as, is_sealed)
            if sealed is not None:
                unit.tells_of(sealed)

    def known(unit: UnitOfWork, entry_id: int) -> E:
        row = unit.session.get(entity, entry_id)
        sealed = None if row is None else _kind_of(row, sealed_as, is_sealed)
        if row is None or not _is_told(unit, sealed):
            _veil(unit, sealed_as)
            raise Refused("This is not there any more. Look at the page again.", field="entry_id")
        if sealed is not None:
            unit.tells_of(sealed)
        return row

    @action(f"{name}.enter", about=key, roles=roles, told=told[0], kind=kind)
    @_named(key, *names, "waited")
    def enter(unit: UnitOfWork, /, waited: WaitingEntryId | None = None, **said: object) -> int:
        """Enter something.

        Raises:
            Refused: Something is missing or cannot be, with its field; or it waits no more.
        """
        if key not in said:
            raise TypeError(f"{name}.enter: missing required keyword-only argument {key!r}")
        (named,) = entity.__table__.columns[key].foreign_keys
        if unit.connection.scalar(select(named.column).where(named.column == said[key])) is None:
            raise Refused("Whose this is does not stand in the register any more. Look at the page again.", field=key)
        row = entity()
        setattr(row, key, said[key])
        row.id, row.entered_by, row.entered_at = unit.number_for(entity), unit.person.id, unit.now
        with unit.session.no_autoflush:
            stand(unit, row, said)
        unit.session.add(row)
        take_out(unit, waited, **{key: said[key]})
        unit.session.flush()
        return row.id

    @action(f"{name}.correct", about="entry_id", of=owner, roles=roles, told=told[1], kind=kind)
    @_named("entry_id", *names, "reason", "version")
    def correct(
        unit: UnitOfWork, /, *, entry_id: int, reason: str = "", version: int | None = None, **said: object
    ) -> None:
        """Put right what was entered.

        Raises:
            Refused: It is not there, something cannot be, or there is no reason.
            Conflict: Somebody else has changed it since this version was read.
        """
        row = known(unit, entry_id)
        unit.check_version(row, version)
        unit.note(reason=needed(reason, Refused("Say why it is put right.", field="reason")))
        make_way(unit, row, finds, [each for each in sealed_fields if each.tidy(said.get(each.name))])
        with unit.session.no_autoflush:
            stand(unit, row, said, _kind_of(row, sealed_as, is_sealed))

    @action(
        f"{name}.take_back",
        about="entry_id",
        of=owner,
        roles=roles if finds is None else roles & READS_SEALED[finds],
        told=told[2],
        opens_sealed=finds is not None,
        kind=kind,
    )
    def take_back(unit: UnitOfWork, /, *, entry_id: int, reason: str) -> None:
        """Take back what should not have been entered.

        Raises:
            Refused: It is not there, something else hangs on it, or there is no reason.
        """
        row = known(unit, entry_id)
        holds(unit, row)
        unit.note(reason=the_mistake(reason))
        make_way(unit, row, finds, sealed_fields)
        unit.session.delete(row)
        unit.session.flush()
        gone(unit, row)

    return Entering(entity, fields, enter, correct, take_back)


def _named(*names: str) -> Callable[[F], F]:
    """Let a function say by its signature which arguments it takes."""

    def named(function: F) -> F:
        each: Iterable[Parameter] = (Parameter(name, Parameter.KEYWORD_ONLY) for name in names)
        signature = Signature([Parameter("unit", Parameter.POSITIONAL_OR_KEYWORD), *each])
        setattr(function, "__signature__", signature)  # noqa: B010 - no type knows of it
        return function

    return named


def _kind_of(row: E, sealed_as: SealedKind | None, is_sealed: Callable[[E], bool]) -> SealedKind | None:
    return sealed_as if is_sealed(row) else None


def _is_told(unit: UnitOfWork, sealed: SealedKind | None) -> bool:
    return sealed is None or reads(unit.person.role, sealed)


def _veil(unit: UnitOfWork, kind: SealedKind | None) -> None:
    """Have the entry of a refusal tell nothing to who may not read a kind: one that is not there is refused alike."""
    if kind is not None and not _is_told(unit, kind):
        unit.tells_of(kind)


def _is_sealed(entity: type[Entered], field: Field) -> bool:
    column = entity.__table__.columns.get(field.name)
    return column is not None and isinstance(column.type, Sealed)


def sealed_entry(unit: UnitOfWork, entity: type[E], entry_id: int) -> E:
    """An entry whose sealed text is about to be read; that it was stands in the trail.

    Raises:
        Refused: It is not there.
    """
    row = unit.session.get(entity, entry_id)
    if row is None:
        raise Refused("There is no such note that you may read.", field="entry_id")
    unit.note(entry=entry_id)
    return row


def make_way(unit: UnitOfWork, row: Entered, kind: SealedKind | None, gone: Sequence[Field]) -> None:
    """Keep as sealed notes of the person what stands in sealed fields, before it does not stand there any more.

    Raises:
        Refused: The role may not read what they hold, whether they hold something or not.
    """
    if kind is None or not gone:
        return
    if not reads(unit.person.role, kind):
        raise Refused(
            "What is sealed is put right by whoever may read it. Leave this empty; what you know you can add to the "
            "person as a sealed note.",
            field=gone[0].name,
        )
    unit.tells_of(kind)
    for field in gone:
        if getattr(row, field.name) is not None:
            text = unit.unseal(kind, row, getattr(type(row), field.name))
            before = message("Before it was put right or taken back: {text}", text=text)
            add_note(unit, _whose(unit, row), kind, translator(unit.facility.language).render(before))


def _whose(unit: UnitOfWork, row: Entered) -> ResidentId:
    """Of which resident a row is, which hangs on one or on a stay."""
    own: ResidentId | None = getattr(row, "resident_id", None)
    return own or unit.session.get_one(Stay, getattr(row, "stay_id")).resident_id  # noqa: B009 - no type knows of it


def write(unit: UnitOfWork, row: Entered, fields: tuple[Field, ...], said: Mapping[str, object]) -> None:
    """Set the fields of a row; what is not said of a sealed one stays as it is, since not everybody can read it.

    Raises:
        Refused: Something that must be said is not, or cannot be kept, with its field.
    """
    for field in fields:
        value = field.tidy(said.get(field.name))
        is_sealed = _is_sealed(type(row), field)
        stands = is_sealed and getattr(row, field.name) is not None
        if field.required and value == field.empty and not stands:
            raise Refused("Please fill this in.", field=field.name)
        field.check(value)
        if is_sealed:
            if value:
                attribute = getattr(type(row), field.name)
                setattr(row, field.name, unit.seal(str(value), attribute, row.id))
            continue
        setattr(row, field.name, field.stored(value))
