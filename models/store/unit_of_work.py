"""One unit of work: a transaction, who does it, and the entry that it leaves in the trail."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, delete, event, func, insert, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.orm.unitofwork import UOWTransaction

from models.changes import Changes
from models.clock import Clock
from models.entities.base import Base, Finding, Versioned, kinds_of
from models.entities.facility import Facility
from models.entities.people import User
from models.entities.residents import Resident
from models.errors import Conflict
from models.rules.field_types import check_text
from models.rules.people import check_can_seal, check_may_unseal, reads
from models.rules.time import Moment, local_date
from models.rules.vocabulary import SealedKind
from models.store import (
    belonging,
    erasing,
    guards,
    joined,
    lengths,
    search_index,
    sort_keys,
    staged_keys,
    touched,
    trail,
)
from models.store.declaring import Declared
from models.store.erasing import Whose
from models.store.keys import Keys, Opened, Slot
from models.store.numbers import Numbers
from models.store.recovery import secret_of
from models.store.sealing import Place, exchanged, seal
from models.store.seen import Head, Seen
from models.store.snapshot import FacilityProfile, Person, Snapshot
from models.store.vault import Vault, seal_of
from models.store.write_lock import Holder

_REMOVED_AT_ONCE = 500


@dataclass(slots=True)
class UnitOfWork:
    """A transaction for writing. It becomes one entry of the trail, or nothing at all.

    Attributes:
        session: The session; actions alone see it.
        clock: Where the present comes from.
        facility: The facility, with its time zone.
        person: Who does it.
        vault: The keys, for what is done with people and with what is sealed.
        holder: Who else has the register open for writing; None where this one may write.
        seen: What this workstation has seen of the register.
        head: The entry that it has become; None until it is finished.
    """

    session: Session
    clock: Clock
    facility: FacilityProfile
    person: Person
    vault: Vault
    holder: Holder | None = None
    seen: Seen | None = None
    head: Head | None = None
    now: datetime = field(init=False)
    _rows: list[trail.Change] = field(default_factory=list)
    _checked: list[tuple[Versioned, int]] = field(default_factory=list)
    _names: set[search_index.Indexed] = field(default_factory=set)
    _notes: dict[str, Any] = field(default_factory=dict)
    _what: Declared | None = None
    _kind: SealedKind | None = None
    _subject: str = ""
    _others: set[str] = field(default_factory=set)
    _concerned: "defaultdict[str, array[int]]" = field(default_factory=lambda: defaultdict(lambda: array("q")))
    _inserted: "defaultdict[Table, array[int]]" = field(default_factory=lambda: defaultdict(lambda: array("q")))
    _keys: Keys | None = None
    _becomes: tuple[Slot, Opened] | None = None
    _teller: Person = field(init=False)
    _erasing: dict[str, Any] | None = None
    _sorted_anew: bool = False
    _numbers: Numbers = field(default_factory=Numbers)

    def __post_init__(self) -> None:
        """Fix the present for the whole unit, and listen to what is written."""
        self.now = self.clock.now()
        event.listen(self.session, "before_flush", self._check_lengths)
        event.listen(self.session, "after_flush", self._flushed)
        # Not `session.deleted`: that knows nothing of rows that go because what they belong to has let go of them.
        event.listen(self.session, "persistent_to_deleted", self._removed)
        self._teller = self._as_told()

    def _as_told(self) -> Person:
        """Who does it, as the trail tells it until now: another window may have changed the name or the role."""
        with self.session.no_autoflush:  # with the first entry the person is made
            row = self.session.execute(select(User.name, User.role).where(User.id == self.person.id)).one_or_none()
        return self.person if row is None else replace(self.person, name=row.name, role=row.role)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the facility."""
        return self.facility.zone

    @property
    def today(self) -> date:
        """The local date."""
        return local_date(self.now, self.zone)

    @property
    def moment(self) -> Moment:
        """The present as a moment, known to the minute."""
        return Moment.of(self.now, self.zone)

    @property
    def connection(self) -> Connection:
        """The connection of this transaction, for what is written set-wise."""
        return self.session.connection()

    def snapshot(self) -> Snapshot:
        """A look at the register from within this transaction, for an action that needs a query's answer."""
        self.session.flush()
        return Snapshot(self.connection, self.now, self.facility, self.person, seen=self.seen)

    @property
    def told(self) -> tuple[Declared | None, Sequence[str]]:
        """What is done, and to whom: the subject, and then whoever else is concerned."""
        return self._what, (self._subject, *sorted(self._all_others()))

    @property
    def changes(self) -> Changes:
        """The kinds of things that were written so far."""
        left = () if self._erasing is None else self._erasing["left"]
        erased = (each["table"] for each in left)
        ordered = (Resident.__tablename__,) if self._sorted_anew else ()
        written = (each.table for each in self._rows)
        return kinds_of({*written, *(table.name for table in self._inserted), *erased, *ordered})

    def _all_others(self) -> set[str]:
        """Whom else it concerns, in words: of hundreds of thousands only their numbers are held until then."""
        return self._others.union(*({f"{what}:{each}" for each in ids} for what, ids in self._concerned.items()))

    def about(self, subject: str, number: int | str) -> None:
        """Say what the action is done to where its arguments do not: what it has made, as `stay` and its number."""
        self._subject = f"{subject}:{number}"

    def concerns(self, subject: str, numbers: Iterable[int]) -> None:
        """Say whom else the action touches, so that its trail entry is found from there too."""
        self._concerned[subject].extend(numbers)

    def tells_of(self, kind: SealedKind) -> None:
        """Say of which kind of what is sealed the whole entry is: who may not read it is not told of the entry."""
        self._kind = kind

    @property
    def kind(self) -> SealedKind | None:
        """Of which kind of what is sealed the whole entry is; None where everybody may be told of it."""
        return self._kind

    def note(self, **notes: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Put into the trail entry what the changed rows do not say."""
        lengths.check_value(notes)
        self._notes |= notes

    def number_for(self, entity: type[Base]) -> int:
        """The number of the next row of a table, for what must know it before it is written; nobody else writes now."""
        table = cast("Table", entity.__table__)
        spent = self._numbers.next_of(self.connection, table)
        return spent or int(self.connection.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0) + 1

    def seal(self, text: str, column: InstrumentedAttribute[Any], number: int) -> bytes | None:
        """A text as it is kept where it is sealed; None where there is nothing to keep.

        Args:
            text: What is sealed.
            column: Where it will stand: `SealedNote.sealed`.
            number: Of the row, see `number_for`.

        Raises:
            Refused: Nobody could read it, or it is too long.
            Unavailable: The key with which it would be sealed is not the one that it was at the opening.
        """
        if not text.strip():
            return None
        check_text(text)
        check_can_seal(self.facility.has_holder)
        if self.connection.scalar(select(Facility.seal)) != self.facility.seal:
            raise exchanged()
        return seal(text, self.facility.seal, place_of(column, number))

    def unseal(
        self, kind: SealedKind, row: Base, column: InstrumentedAttribute[Any], *, place: Place | None = None
    ) -> str:
        """A sealed text, opened; the entry of the trail is then of this kind.

        Args:
            kind: Of which kind it is.
            row: Where it stands.
            column: In which column.
            place: Where it was sealed; None: there.

        Raises:
            Refused: The role of the person may not read this kind, or the slot does not wrap the key.
            Unavailable: The text was changed outside Konak.
        """
        self.tells_of(kind)
        check_may_unseal(self.person.role, kind)
        own = place_of(column, int(trail.identity_of(row)))
        return self.vault.unseal(getattr(row, column.key), place or own)

    def check_version(self, row: Versioned, version: int | None) -> None:
        """Refuse to write over what somebody else has changed.

        Args:
            row: What is to be changed.
            version: Of the row as the person has read it; None: whatever is there.

        Raises:
            Conflict: It has another version by now.
        """
        if version is None:
            return
        now = row.version
        if isinstance(row, Finding):
            now = row.version_told(reads=reads(self.person.role, SealedKind.HEALTH))
        if version == now:
            self._checked.append((row, row.version))
            return
        who = trail.last_change(
            self.connection,
            self._subject,
            row.__tablename__,
            trail.identity_of(row),
            unread=[kind for kind in SealedKind if not reads(self.person.role, kind)],
        )
        if who is None:
            raise Conflict("Somebody has changed this in the meantime. Look at it as it is now, then do it again.")
        raise Conflict("{name} has changed this in the meantime. Look at it as it is now, then do it again.", name=who)

    def touch(self, row: Versioned) -> None:
        """Count a change of what hangs on a row as a change of the row, so that nobody overwrites it."""
        self.session.flush()
        self._count(row, row.version + 1)

    def _count(self, row: Versioned, version: int) -> None:
        key, before = trail.identity_of(row), row.version
        row.version = version
        self.session.flush()
        # SQLAlchemy keeps no history of the version, so that `changes_of` cannot tell of a change of it alone.
        self._rows.append(trail.Change(row.__tablename__, key, {"version": before}, {"version": version}))

    def _count_checked(self) -> None:
        """Let what was sent count as one change, also as it stood, or written in several steps.

        Whoever sent it knows the version by that.
        """
        for row, version in self._checked:
            if inspect(row).persistent and row.version != version + 1:
                self._count(row, version + 1)

    def insert(self, entity: type[Base], rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
        """Insert rows past the session; the trail tells them by their numbers and a hash, as they are at the end.

        Args:
            entity: Of which table.
            rows: The columns of each; what one leaves out is empty.

        Returns:
            Their numbers, in no order.
        """
        if not rows:
            return ()
        table = cast("Table", entity.__table__)
        names = dict.fromkeys(name for row in rows for name in row)
        values = [{name: row.get(name) for name in names} for row in rows]
        for each in values:
            lengths.check_values(table, each)
        joined.check(self.connection, [int(whose) for each in values if (whose := each.get("resident_id")) is not None])
        self._numbers.give_many(self.connection, table, values)
        numbers = self.connection.scalars(insert(table).returning(table.c.id), values).all()
        self._inserted[table].extend(numbers)
        return numbers

    def update(self, table: Table, number: int, changed: Mapping[str, tuple[Any, Any]]) -> None:
        """Update a row past the session; `changed` says what was and what is, by column."""
        lengths.check_values(table, {name: after for name, (_, after) in changed.items()})
        self.connection.execute(
            table.update().where(table.c.id == number).values({name: after for name, (_, after) in changed.items()})
        )
        before, after = ({name: pair[side] for name, pair in changed.items()} for side in (0, 1))
        self._rows.append(trail.Change(table.name, str(number), before, after))

    def remove(self, table: Table, numbers: Sequence[int]) -> None:
        """Take rows away past the session; the trail tells what stood in each."""
        (key,) = table.primary_key
        if key.name == "id":
            self._numbers.take_all(table.name, numbers)
        for begin in range(0, len(numbers), _REMOVED_AT_ONCE):
            some = numbers[begin : begin + _REMOVED_AT_ONCE]
            for row in self.connection.execute(select(table).where(key.in_(some)).order_by(key)).mappings():
                self._rows.append(trail.Change(table.name, str(row[key.name]), trail.told(table.name, dict(row)), {}))
            self.connection.execute(delete(table).where(key.in_(some)))

    @contextmanager
    def unguarded(self) -> Iterator[None]:
        """With the guards down, for what puts an earlier state back; they must be asked of it afterwards."""
        self.session.flush()
        with guards.lifted(self.connection):
            yield

    def opened_by(self, words: str) -> Opened:
        """What the words of the recovery sheet open; the entry then tells that they were used.

        Raises:
            Refused: There is no sheet, or the words are those of another one.
        """
        opened = self.vault.recovered(secret_of(words))
        self._note_sheet()
        return opened

    def seal_key(self, words: str) -> bytes | None:
        """The seal's key, from the person's own slot or from the words of the recovery sheet; None: neither has it.

        Raises:
            Refused: The words are wrong.
        """
        found = seal_of(self.vault, words)
        if found is not None and not self.vault.can_unseal:
            self._note_sheet()
        return found

    def _note_sheet(self) -> None:
        sheet = self.vault.keys().recovery
        if sheet is not None:
            self.note(sheet=sheet.id)

    def begin_keys(self, keys: Keys) -> None:
        """Have the first keys of a new register hold from the end of the transaction on."""
        self._keys = keys
        belonging.tell(self.session, keys)

    def sort_anew(self) -> None:
        """Put the residents in the order of the facility's language, which has changed."""
        self.session.flush()
        self._sorted_anew |= sort_keys.rebuild(self.connection)

    def erase(self, whose: Whose, left: Mapping[Table, Mapping[int, Mapping[str, Any] | None]]) -> None:
        """Erase what is a person's from the trail and the tables; the entry tells what is left of each row.

        Args:
            whose: What belongs to the person.
            left: What the rows are to hold, by column; None where a row goes. A table comes before those it refers to.
        """
        done = erasing.erase_told(self.connection, whose)
        with guards.lifted(self.connection):
            erasing.write(self.connection, left)
            remarks = erasing.replace_remarks(self.connection, whose)
        tables = {table.name: table for table in Base.metadata.tables.values()}
        rows = [
            {"table": each.table, "id": each.id, "row": each.row}
            for name, numbers in sorted(erasing.rows_of(whose, done).items())
            for each in erasing.left_of(self.connection, tables[name], numbers)
        ]
        rows += [{"table": each.table, "id": each.id, "row": each.row} for each in remarks]
        search_index.install(self.connection)
        self._erasing = {"left": rows, "erased": done.told}

    @property
    def erases(self) -> bool:
        """Whether something was erased, so that the file has to be swept once that holds."""
        return self._erasing is not None

    def change_keys(
        self,
        change: Callable[[Keys], Keys],
        *,
        mine: Slot | None = None,
        opened: Opened | None = None,
        takes_out: bool = False,
    ) -> None:
        """Have other keys hold from the end of the transaction on; to be asked before the people in it are changed.

        Args:
            change: Makes them of those that hold so far, all of which belong to the people of the register.
            mine: The slot of whoever does it, where it is another one by then.
            opened: What that slot opens then, where it is something else.
            takes_out: Whether what does not belong to the people of the register is taken out instead of refused.

        Raises:
            Refused: In `keys.json` is what does not belong to the people of the register.
        """
        if self._keys is None:
            self._keys = self.vault.keys()
            if takes_out:
                self.note(taken_out=sorted(belonging.strangers(self.session, self._keys)))
                self._keys = belonging.belonging(self.session, self._keys)
            belonging.check_belongs(self.session, self._keys)
        self._keys = change(self._keys)
        belonging.tell(self.session, self._keys)
        if mine is not None or opened is not None:
            self._becomes = mine or self.vault.slot, opened or self.vault.opened

    def begin(self, what: Declared, values: Mapping[str, Any]) -> None:
        """Take up what is done, and to whom.

        Args:
            what: The action, as it is declared.
            values: Its arguments.

        Raises:
            RuntimeError: The unit has one already: an action never calls another.
            Refused: The role of the person may not do it.
            Unavailable: Somebody else has the register open for writing.
        """
        if self._what is not None:
            raise RuntimeError("one unit of work is one action")
        if self.holder is not None and not what.only_tells:
            raise self.holder.refusal()
        self.tell(what, self._subjects(what, values), {})
        self.person.check_may(what)

    def tell(
        self, what: Declared, subjects: Sequence[str], notes: Mapping[str, Any], kind: SealedKind | None = None
    ) -> None:
        """Enter what is no action of a role, and changes no row: an unlocking, a look, a refusal.

        Args:
            what: What it is.
            subjects: Whom it is about, and then whoever else is concerned.
            notes: What else there is to tell.
            kind: Of which kind of what is sealed it is, where that is not the one that was declared.
        """
        self._what = what
        self._kind = kind or what.kind
        self._subject, *others = subjects or [""]
        self._others.update(others)
        self._notes |= notes

    def _subjects(self, what: Declared, values: Mapping[str, Any]) -> list[str]:
        """Whom the arguments name; where these belong to somebody, such as an absence to a stay, to whom."""
        named, owner = what.named(values), what.of
        if owner is not None and named:
            key = owner.class_.id
            rows = self.connection.execute(select(key, owner).where(key.in_([number for _, number in named])))
            to = {row[0]: row[1] for row in rows}
            kind = str(owner.key).removesuffix("_id")
            # A remark of a list may be of nobody: then it stands for itself.
            named = [(kind, to[number]) if to.get(number) is not None else (each, number) for each, number in named]
        return [f"{kind}:{number}" for kind, number in named]

    def find_anew(self, *rows: Base) -> None:
        """Have those indexed anew who are found by these rows, though what changed may stand elsewhere."""
        self._index(*rows)

    def finish(self) -> None:
        """Write what is left, the search index and the trail entry; the register then commits.

        New keys are laid beside the old ones last of all. If the commit fails they stay there, since only the trail can
        tell whether it did; whoever opens the register next looks.
        """
        if self._what is None:
            raise RuntimeError("a unit of work says what is done")
        self.session.flush()
        self._numbers.keep(self.session)
        touched.note(self.session, self._rows, self._inserted, trail.head(self.connection)[0] + 1)
        self.session.flush()
        self._count_checked()  # only now: no month is touched by it
        if self._names:
            search_index.reindex(self.connection, sorted(self._names))
        self.head = trail.append(
            self.connection,
            at=self.now,
            person=self._teller,
            action=self._what.name,
            subject=self._subject,
            kind=self._kind,
            others=self._all_others(),
            changes=self._rows,
            written=[run for each in self._inserted.items() for run in trail.written(self.connection, *each)],
            notes=self._notes,
            erasing=self._erasing,
            sign=self._sign,
        )
        if self._keys is not None:
            if [*belonging.strangers(self.session, self._keys)]:
                raise RuntimeError("keys that belong to nobody were to be written")
            staged_keys.lay(self.vault.folder, self._keys)

    def _sign(self, content: bytes) -> bytes | None:
        """By the key that held when this was begun; whoever had none yet signs with the one that comes with it."""
        if self.vault.opened.signer is None and self._becomes is not None:
            return replace(self.vault, opened=self._becomes[1]).sign(content)
        return self.vault.sign(content)

    def take_over(self) -> None:
        """Let what was laid beside the register hold, after the commit."""
        if self._keys is not None:
            self.vault.take_over()
        if self._becomes is not None:
            self.vault.slot, self.vault.opened = self._becomes

    def _check_lengths(self, session: Session, _context: UOWTransaction, _rows: object) -> None:
        for row in (*session.new, *session.dirty):
            lengths.check_row(row)
        for row in session.dirty:
            if isinstance(row, Finding):
                _count_unseen(row)
        joined.check_rows(session)
        self._numbers.give(session)

    def _flushed(self, session: Session, _context: UOWTransaction) -> None:
        self._rows.extend(trail.changes_of(session))
        self._index(*session.new, *session.dirty)

    def _removed(self, _session: Session, row: Base) -> None:
        self._rows.append(trail.removal_of(row))
        self._numbers.take(row)
        self._index(row)

    def _index(self, *rows: Base) -> None:
        """Have those indexed anew who are found by these rows."""
        self._names.update(who for row in rows if (who := search_index.whose(row)) is not None)


def _count_unseen(row: Finding) -> None:
    """Count a version that changes nothing but what is sealed."""
    attributes = inspect(row).attrs
    changed = {each.key for each in inspect(row).mapper.column_attrs if attributes[each.key].history.has_changes()}
    if changed and changed <= row.sealed_columns():
        row.unseen += 1


def place_of(column: InstrumentedAttribute[Any], number: int) -> Place:
    """Where a sealed text stands: the column and the number of the row."""
    return Place(column.class_.__tablename__, column.key, number)
