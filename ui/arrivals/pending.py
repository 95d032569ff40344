"""What is entered of an arrival before the person is registered: it waits in the draft, and is entered afterwards."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import arrival_drafts
from models.ids import StayId
from models.queries import admissions as queries
from models.queries.admissions import ArrivalRecord
from models.queries.arrival_drafts import WaitingRow
from models.rules.needs import SEALED_NEEDS
from models.rules.vocabulary import ArrivalStep, NeedKind
from ui import prompts, work
from ui.arrivals import entries
from ui.arrivals.entries import ENTER, PARTS, RETURNS, Part
from ui.arrivals.fields import read_now
from ui.kit.field import Field
from ui.kit.form import Form, FormDialog
from ui.kit.labels import LinkButton, Text
from ui.kit.layout import Card, clear, column, held, row
from ui.kit.notices import main_window
from ui.language import _

PENDING: Mapping[str, Part] = {
    part.what.entity.__tablename__: part
    for step in ArrivalStep
    for part in PARTS.get(step, ())
    if part is not RETURNS and not entries.seals(part)
}
"""What can wait, by the name of its table: nothing of it is sealed."""
Entry = dict[str, Any]
"""The `table`, what stands `typed` in each field, and in words what was `said`."""


class PendingDialog(FormDialog):
    """Asks for something that is entered once the person is registered."""

    def __init__(self, owner: QWidget, part: Part, take: Callable[[Entry], object]) -> None:
        """Ask as the form does by which it is entered.

        Args:
            owner: The page.
            part: Where it is entered.
            take: Is given what was typed.
        """
        super().__init__(
            owner, _(part.add), entries.fields_of(part), part.what.enter, submit=_(ENTER), undoes=lambda _none: ()
        )
        self._part, self._take = part, take
        for each in self.form.fields.values():
            each.edited.connect(partial(self._say_if_sealed, each))

    def _say_if_sealed(self, field: Field[Any]) -> bool:
        """Say of a kind that only some are told of that it waits nowhere, as soon as it is chosen."""
        value = read_now(field)
        is_sealed = isinstance(value, NeedKind) and value in SEALED_NEEDS
        if is_sealed:
            field.show_error(_("What is sealed is not left half entered. Enter it once the person is registered."))
        return is_sealed

    def send(self) -> None:
        """Keep what was typed, if it can be read and may wait."""
        if not self.form.check() or any(map(self._say_if_sealed, self.form.fields.values())):
            return
        fields = self.form.fields.values()
        said = [[each.title or each.name, each.shown()] for each in fields if each.shown()]
        states = {each.name: each.state() for each in fields}
        self.form.settle()
        self.accept()
        self._take({"table": self._part.what.entity.__tablename__, "typed": states, "said": said})


class PendingCard(Card):
    """What waits of one part, with the ways to enter more and to take away."""

    def __init__(
        self, owner: QWidget, part: Part, add: Callable[[Entry], object], drop: Callable[[Entry], object]
    ) -> None:
        """Begin with nothing."""
        super().__init__(_(part.title))
        self._drop = drop
        self._lines = column(gap=4)
        enter = partial(self._enter, owner, part, add)
        more = LinkButton(_(part.add), enter, needs=part.what.enter)
        self.body.addLayout(self._lines)
        self.append(row(more, None, gap=0))

    def show_entries(self, waiting: Sequence[Entry]) -> None:
        """Show what waits."""
        clear(self._lines)
        for each in waiting:
            words = _words(each)
            gone = LinkButton(_("Take back"), partial(self._drop, each))
            gone.setAccessibleName(_("{command}: {what}", command=gone.text(), what=words))
            self._lines.addLayout(row((Text(words, "body", wrap=True), 1), gone, gap=10))

    def _enter(self, owner: QWidget, part: Part, add: Callable[[Entry], object]) -> None:
        PendingDialog(owner, part, add).open()


class WaitingCard(Card):
    """What was typed before the person was registered and is not entered yet; hidden where there is nothing."""

    def __init__(self, owner: QWidget) -> None:
        """Begin with nothing."""
        super().__init__(_("Not entered yet"), _("Typed before the person was registered"))
        self._owner = owner
        self._lines = column(gap=4)
        self.append(held(self._lines))
        self.hide()

    def show_record(self, record: ArrivalRecord) -> None:
        """Show what waits of an arrival."""
        clear(self._lines)
        for waits in record.waiting:
            words, deeds = _("Kept by another version of Konak"), []
            if is_entry(waits.content):
                part = PENDING[waits.content["table"]]
                words = " · ".join([_(part.title), _words(waits.content)])
                deeds = [LinkButton(_(ENTER), partial(self._enter, record, waits), needs=part.what.enter)]
            deeds.append(LinkButton(_("Drop"), partial(self._drop, waits), needs=arrival_drafts.drop_entry))
            for link in deeds:
                link.setAccessibleName(_("{command}: {what}", command=link.text(), what=words))
            self._lines.addLayout(row((Text(words, "body", wrap=True), 1), *deeds, gap=10))
        self.setVisible(bool(record.waiting))

    def _enter(self, record: ArrivalRecord, waits: WaitingRow) -> None:
        form = entries.enter(self._owner, PENDING[waits.content["table"]], record, waited=waits.id)
        if form is not None:
            fill(form.form, waits.content)
            form.open()
            form.send()

    def _drop(self, waits: WaitingRow) -> None:
        if prompts.confirm(
            self._owner,
            _("Drop what waits to be entered?"),
            _("Nothing of it is kept."),
            yes=_("Drop"),
            no=_("Keep it"),
            danger=True,
        ):
            work.run_action(self._owner, arrival_drafts.drop_entry, waiting_id=waits.id)


def _words(entry: Mapping[str, Any]) -> str:
    return " · ".join(f"{label}: {said}" for label, said in entry["said"])


def is_entry(kept: object) -> bool:
    """Whether something is an entry that can wait, as this Konak keeps it."""
    return isinstance(kept, Mapping) and kept.get("table") in PENDING and {"typed", "said"} <= kept.keys()


def fill(form: Form, entry: Mapping[str, Any]) -> None:
    """Have stand in a form what was typed; what another Konak has kept otherwise is passed over."""
    for name, state in entry["typed"].items():
        if name in form.fields:
            with suppress(ValueError, TypeError, KeyError, IndexError):
                form.fields[name].put_state(state)


def is_of_person(entry: Mapping[str, Any]) -> bool:
    """Whether an entry hangs on the person, and not on the stay: it remains with whoever was here before."""
    return "stay_id" not in PENDING[entry["table"]].what.entity.__table__.columns


def enter_waiting(owner: QWidget, stay_id: StayId, on_end: Callable[[Sequence[Entry], int], object]) -> None:
    """Enter what waits of an arrival, one after the other; each then waits no more, by the transaction that enters it.

    Args:
        owner: The page.
        stay_id: Of the arrival.
        on_end: Is given what was entered, and how many were refused and wait still.
    """
    window = main_window(owner)  # the page may have gone by then
    entered, refused = list[Entry](), list[Entry]()

    def begin(record: ArrivalRecord | None) -> None:
        if record is not None:
            enter_next(record, [each for each in record.waiting if is_entry(each.content)])

    def enter_next(record: ArrivalRecord, left: Sequence[WaitingRow]) -> None:
        if not left:
            on_end(entered, len(refused))
            return
        waits, *rest = left
        entry = dict(waits.content)
        part = PENDING[entry["table"]]

        def go_on(those: list[Entry]) -> None:
            those.append(entry)
            enter_next(record, rest)

        form = Form(entries.fields_of(part))
        fill(form, waits.content)
        if not form.check():
            go_on(refused)
            return
        values: dict[str, Any] = {**entries.owner_of(part, record), **form.values(), "waited": waits.id}
        work.run_action(
            window,
            part.what.enter,
            on_done=lambda _entry: go_on(entered),
            on_refused=lambda _error: go_on(refused),
            **values,
        )

    work.run_query(window, queries.of_stay, begin, stay_id=stay_id)
