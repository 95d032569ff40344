"""What is entered of an arrival before the person is registered: it waits in the draft, and is entered afterwards."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions.needs import NEEDS
from models.ids import StayId
from models.queries import admissions as queries
from models.queries.admissions import ArrivalRecord
from models.rules.needs import SEALED_NEEDS
from models.rules.vocabulary import ArrivalStep
from ui import work
from ui.arrivals import entries
from ui.arrivals.entries import ENTER, PARTS, RETURNS, Part
from ui.kit.form import Form, FormDialog
from ui.kit.labels import LinkButton, Text
from ui.kit.layout import Card, clear, column, row
from ui.language import _
from ui.typed import put_typed, typed

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

    def send(self) -> None:
        """Keep what was typed, if it can be read."""
        if not self.form.check():
            return
        kind = self.form.fields.get("kind")
        if self._part.what is NEEDS and kind is not None and kind.read() in SEALED_NEEDS:
            kind.show_error(_("What is sealed is not left half entered. Enter it once the person is registered."))
            return
        fields = self.form.fields.values()
        said = [[each.title or each.name, each.shown()] for each in fields if each.shown()]
        states = {each.name: typed(each) for each in fields}
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
            words = " · ".join(f"{label}: {said}" for label, said in each["said"])
            gone = LinkButton(_("Take back"), partial(self._drop, each))
            gone.setAccessibleName(_("{command}: {what}", command=gone.text(), what=words))
            self._lines.addLayout(row((Text(words, "body", wrap=True), 1), gone, gap=10))

    def _enter(self, owner: QWidget, part: Part, add: Callable[[Entry], object]) -> None:
        PendingDialog(owner, part, add).open()


def enter_all(owner: QWidget, stay_id: StayId, waiting: Sequence[Entry], on_done: Callable[[], object]) -> None:
    """Enter what has waited, one after the other; what is refused is asked for again on the page of the arrival."""

    def begin(record: ArrivalRecord | None) -> None:
        if record is not None:
            _enter_next(owner, record, list(waiting), on_done)

    if waiting:
        work.run_query(owner, queries.of_stay, begin, stay_id=stay_id)
    else:
        on_done()


def _enter_next(owner: QWidget, record: ArrivalRecord, waiting: list[Entry], on_done: Callable[[], object]) -> None:
    if not waiting:
        on_done()
        return
    entry, *rest = waiting
    part = PENDING[entry["table"]]
    form = Form(entries.fields_of(part))
    for name, state in entry["typed"].items():
        if name in form.fields:
            with suppress(ValueError, TypeError, KeyError, IndexError):
                put_typed(form.fields[name], state)
    go_on = partial(_enter_next, owner, record, rest, on_done)

    def refused(_error: object) -> None:
        again = entries.enter(owner, part, record)
        if again is not None:
            for name, state in entry["typed"].items():
                if name in again.form.fields:
                    with suppress(ValueError, TypeError, KeyError, IndexError):
                        put_typed(again.form.fields[name], state)
            again.open()
            again.send()
        go_on()

    if not form.check():
        refused(None)
        return
    values: dict[str, Any] = entries.owner_of(part, record) | form.values()
    work.run_action(owner, part.what.enter, on_done=lambda _entry: go_on(), on_refused=refused, **values)
