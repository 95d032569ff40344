"""An arrival step by step: how far each step is at the left, what stands in the chosen one, and what is beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from models.actions.needs import NEEDS
from models.rules.vocabulary import ArrivalStep
from models.text import N_, pgettext
from ui.arrivals.entries import PARTS, Part
from ui.kit.accessible import Current
from ui.kit.commands import Command, within
from ui.kit.field import Field
from ui.kit.form import Form
from ui.kit.layout import column, held, row
from ui.kit.painting import ground, write
from ui.kit.theme import Theme
from ui.kit.tokens import GAP, Tone, px
from ui.language import _

_HIGH, _WIDE, _NARROW = 44, 208, 1180
"""The height of a step, the width of all, and the width of the window below which what is beside has no room."""
_BESIDE, _ANY = 320, 16_777_215
"""How wide what stands beside is, at the usual size of text; and what Qt takes for any width."""
_MARK = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an arrival, in the order in which they are taken.

    Attributes:
        asks: What an agreement can ask for that is done here.
    """

    key: str
    title: str
    asks: tuple[ArrivalStep, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is entered here once the person is registered."""
        needs = [part for part in PARTS[ArrivalStep.ROOM] if part.what is NEEDS]
        found = [part for step in self.asks for part in PARTS.get(step, ()) if part not in needs]
        return (*needs, *found) if self.key == "needs" else tuple(found)


STEPS: tuple[Step, ...] = (
    Step("document", N_("Arrival and document")),
    Step("identity", N_("Who it is"), (ArrivalStep.IDENTITY,)),
    Step("photo", N_("Photo"), (ArrivalStep.PHOTO,)),
    Step("family", N_("Family and contacts"), (ArrivalStep.NOTICES, ArrivalStep.CHILD)),
    Step("needs", N_("Needs and languages"), (ArrivalStep.LANGUAGES,)),
    Step("property", N_("Property"), (ArrivalStep.PROPERTY,)),
    Step("rights", N_("Rights explained"), (ArrivalStep.RIGHTS,)),
    Step("health", pgettext("step", "Health"), (ArrivalStep.INJURIES, ArrivalStep.HEALTH_CHECK)),
    Step("order", N_("Legal order"), (ArrivalStep.LEGAL_GROUND,)),
    Step("room", N_("Room"), (ArrivalStep.ROOM,)),
    Step("papers", N_("Papers")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a step is: its sign, what that means in words, and its tone."""

    sign: str
    words: str
    tone: Tone | None = None


def done(words: str = "") -> Mark:
    """It is complete."""
    return Mark("✓", words or _("done"), Tone.GREEN)


def missing(words: str = "") -> Mark:
    """It is still to be done."""
    return Mark("○", words or _("missing"))


def late(words: str) -> Mark:
    """Its time is over."""
    return Mark("!", words, Tone.RED)


def nothing(words: str = "") -> Mark:
    """Nothing stands there and nothing is asked."""
    return Mark("–", words)


class StepList(QListWidget):
    """The steps; the pointer and the arrow keys go to one."""

    def __init__(self) -> None:
        """List them in order."""
        super().__init__()
        self.setAccessibleName(_("Steps of the arrival"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(px(_WIDE))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(_StepDelegate(self))
        for step in STEPS:
            QListWidgetItem(_(step.title), self)
        self.current = Current(self)
        self.setFixedHeight(px(_HIGH) * len(STEPS) + 2)

    def say(self, at: int, mark: Mark) -> None:
        """Show how far a step is."""
        entry = self.item(at)
        entry.setData(_MARK, mark)
        entry.setToolTip(mark.words)
        entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.text()}, {mark.words}")

    def mark(self, key: str) -> Mark | None:
        """How far a step is, by its key."""
        found: Mark | None = self.item(place_of(key)).data(_MARK)
        return found

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes to the step that is shown."""
        self.current.comes()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No step has the keyboard."""
        self.current.leaves(event)
        super().focusOutEvent(event)


class _StepDelegate(QStyledItemDelegate):
    """Draws a step: its sign, its title, and what it is about."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as there is room for."""
        return QSize(0, px(_HIGH))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one."""
        tokens = Theme.tokens()
        room: QRect = option.rect.adjusted(0, 0, 0, -2)
        title, small = QFont(option.font), QFont(option.font)
        small.setPixelSize(px(12))
        painter.save()
        chosen = ground(painter, option, room)
        mark: Mark | None = index.data(_MARK)
        if mark is not None:
            strong = QFont(option.font)
            strong.setBold(True)
            sign = QRect(room.left() + 10, room.top(), px(16), room.height())
            ink = tokens.tones[mark.tone] if mark.tone else tokens.muted
            write(painter, sign, mark.sign, strong, ink)
        words = room.adjusted(px(32), px(4), -8, -px(4))
        title.setBold(chosen)
        high = words.height() // 2 if mark is not None and mark.words else words.height()
        above = QRect(words.left(), words.top(), words.width(), high)
        below = QRect(words.left(), words.center().y(), words.width(), words.height() // 2)
        elide = Qt.TextElideMode.ElideRight
        said = QFontMetrics(title).elidedText(index.data(), elide, words.width())
        write(painter, above, said, title, tokens.accent_text if chosen else tokens.body)
        note = QFontMetrics(small).elidedText(mark.words if mark else "", elide, words.width())
        is_late = mark is not None and mark.tone is Tone.RED
        write(painter, below, note, small, tokens.tones[Tone.RED] if is_late else tokens.muted)
        painter.restore()


class Steps(QWidget):
    """The list of steps, a page for each, and what stands beside whichever is looked at."""

    turned = Signal(str)
    """Another step is looked at: its key."""

    def __init__(self, pages: Mapping[str, QWidget], beside: QWidget) -> None:
        """Show the first step.

        Args:
            pages: What stands in each step, by its key.
            beside: What stands at the right, below where there is no room.
        """
        super().__init__()
        self.list = StepList()
        self._at = 0
        self._pages = [pages[step.key] for step in STEPS]
        self._across = row(
            (column(*self._pages, None, gap=0), 1), gap=GAP
        )  # no stack: it is as high as its highest page
        self._beside = beside
        self._across.addWidget(beside)
        self._across.setAlignment(beside, Qt.AlignmentFlag.AlignTop)
        steps = QFrame()
        steps.setProperty("role", "card")
        steps.setLayout(column(self.list, margins=6))
        whole = row(steps, (held(self._across), 1), gap=GAP)
        whole.setAlignment(steps, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(whole, None))
        self.list.currentRowChanged.connect(self._turn)
        self.list.itemClicked.connect(lambda entry: self.turn_to(STEPS[self.list.row(entry)].key))
        within(
            self,
            Command(_("To the next step"), lambda: self._step(1), key="Ctrl+PgDown"),
            Command(_("To the step before"), lambda: self._step(-1), key="Ctrl+PgUp"),
        )
        self.turn_to(STEPS[0].key)

    @property
    def key(self) -> str:
        """The step that is looked at."""
        return STEPS[self._at].key

    def turn_to(self, key: str) -> None:
        """Look at a step."""
        at = place_of(key)
        self.list.item(at).setSelected(True)
        self.list.current.put(self.list.model().index(at, 0))
        self._turn(at)

    def say(self, marks: Mapping[str, Mark]) -> None:
        """Show how far each step is."""
        for at, step in enumerate(STEPS):
            self.list.say(at, marks[step.key])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window what is beside stands below."""
        super().resizeEvent(event)
        direction, is_narrow = QBoxLayout.Direction, self.window().width() < px(_NARROW)
        self._across.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self._beside.setMinimumWidth(0 if is_narrow else px(_BESIDE))
        self._beside.setMaximumWidth(_ANY if is_narrow else px(_BESIDE))

    def _step(self, by: int) -> None:
        self.turn_to(STEPS[(self._at + by) % len(STEPS)].key)
        page = self._pages[self._at]
        first: QWidget | None = page.nextInFocusChain()
        while first is not None and first is not page and page.isAncestorOf(first):
            if first.isVisible() and first.isEnabled() and first.focusPolicy() & Qt.FocusPolicy.TabFocus:
                first.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
            first = first.nextInFocusChain()

    def _turn(self, at: int) -> None:
        if at < 0:
            return
        is_other, self._at = at != self._at, at
        for place, page in enumerate(self._pages):
            page.setVisible(place == at)
        if is_other:
            self.turned.emit(STEPS[at].key)


def place_of(key: str) -> int:
    """The place of a step in their order."""
    return next(place for place, step in enumerate(STEPS) if step.key == key)


class SteppedForm(Form):
    """One form whose fields stand in several steps: filled in, checked, kept and sent as one."""

    wanted = Signal(str)
    """The step of a field is to be looked at."""

    def __init__(self, steps: Mapping[str, Sequence[Field[Any] | QWidget]]) -> None:
        """Lay the parts out, step by step; the refusal alone stands in the form itself."""
        super().__init__([])
        self.steps = {key: Form(parts) for key, parts in steps.items()}
        for page in self.steps.values():
            self.fields |= page.fields
            page.edited.connect(self.edited)

    def go_to(self, field: Field[Any]) -> None:
        """Look at the step of a field, and give the field the keyboard."""
        self.wanted.emit(next(key for key, page in self.steps.items() if field.name in page.fields))
        super().go_to(field)
