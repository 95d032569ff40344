"""Draws the house: every room as a card with its beds, light enough for thousands of beds.

One widget draws what is in sight; a widget for each bed would be thousands of them. The arrow keys go from bed to
bed, Enter opens what can be done there, and to those who cannot see it each bed is an entry of a list. Who has a bed
is dragged to another, or taken up with X and put down with Enter; F takes the family along, Escape lets go.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip

from models.queries.rooms import BedRow, Occupancy, RoomRow, occupancy
from models.rules.wording import word
from ui.kit.accessible import Drawn
from ui.kit.painting import fill, ring, write
from ui.kit.theme import Theme
from ui.kit.tokens import GAP, RADIUS, Tone, px
from ui.language import _, say
from ui.rooms import presentation
from ui.rooms.carrying import Carried, draw
from ui.rooms.spots import Spot as Spot

_CARD = 216
"""The least width of a card."""
_HEAD = 30
_BED = 26
_PAD = 6
_TITLE = 30
_LETTER = 22
_CELL = 38


@dataclass(frozen=True, slots=True)
class _Card:
    rect: QRect
    room: RoomRow


class RoomsGrid(QAbstractScrollArea, Drawn):
    """Rooms as cards under the names of their buildings."""

    chosen = Signal(object, QPoint)
    """A bed or the head of a room was pressed: its `Spot`, and where a menu may open."""
    aimed = Signal(object)
    """Somebody is carried over a bed or the head of a room: the `Carried`; who knows says what stands against it."""
    dropped = Signal(object)
    """Somebody is put down: the `Carried`."""

    def __init__(self) -> None:
        """Begin without rooms."""
        super().__init__()
        self._rooms: Sequence[RoomRow] = ()
        self._buildings: dict[str, Occupancy] = {}
        self._cards: list[_Card] = []
        self._titles: list[tuple[QRect, Occupancy]] = []
        self.spots: list[Spot] = []
        self._told: list[tuple[str, QRect]] | None = None
        self._at = 0
        self._hovered = -1
        self._pressed: tuple[Spot, QPoint] | None = None
        self._pointer = QPoint()
        self.carried: Carried | None = None
        self.may_carry = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Rooms and beds"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.verticalScrollBar().setSingleStep(px(_BED))

    # -- what a page calls --------------------------------------------------------------------------------------------

    def show_rooms(self, rooms: Sequence[RoomRow], buildings: Sequence[Occupancy]) -> None:
        """Show other rooms; where the keyboard was it stays, if that is still there."""
        before = self.current.key if self.current is not None else None
        self._rooms = rooms
        self._buildings = {each.building: each for each in buildings}
        self._lay_out()
        keys = [spot.key for spot in self.spots]
        self._at = keys.index(before) if before in keys else 0
        self._say()
        self.viewport().update()

    @property
    def current(self) -> Spot | None:
        """Where the keyboard is."""
        return self.spots[self._at] if 0 <= self._at < len(self.spots) else None

    def parts(self) -> list[tuple[str, QRect]]:
        """The heads of the rooms and their beds, in words; a reader asks for all of them with each of them."""
        if self._told is None:
            self._told = [(spot.said, spot.rect) for spot in self.spots]
        return self._told

    @property
    def part(self) -> int:
        """The spot that has the keyboard."""
        return self._at

    def go_to(self, spot: Spot) -> None:
        """Bring the keyboard to a spot, and the spot into sight."""
        self._at = self.spots.index(spot)
        bar, view = self.verticalScrollBar(), self.viewport().height()
        if spot.rect.top() - px(_TITLE) - px(_HEAD) < bar.value():
            bar.setValue(spot.rect.top() - px(_TITLE) - px(_HEAD))
        elif spot.rect.bottom() + GAP > bar.value() + view:
            bar.setValue(spot.rect.bottom() + GAP - view)
        if self.carried is not None and self._pressed is None:
            self._pointer = spot.rect.center()
            self._aim(spot)
        self._say()
        self.viewport().update()

    # -- somebody on the way ------------------------------------------------------------------------------------------

    def take_up(self, spot: Spot) -> None:
        """Carry whoever has a bed; nobody, where it is free or that may not be done."""
        if self.may_carry and spot.bed is not None and spot.bed.occupant is not None:
            self.carried = Carried(spot, presentation.named(spot.bed))
            self._pointer = spot.rect.center()
            self.viewport().update()

    def let_go(self) -> None:
        """Carry nobody any more."""
        self.carried = self._pressed = None
        self.viewport().update()

    def say_of(self, carried: Carried, said: str, tone: Tone) -> None:
        """Say what stands against a drop; what was asked of another bed in the meantime comes too late."""
        if carried is self.carried:
            carried.said, carried.tone = said, tone
            self.viewport().update()
            self.setAccessibleDescription(carried.words)

    def _aim(self, spot: Spot | None) -> None:
        if self.carried is not None and self.carried.aim(spot):
            self.aimed.emit(self.carried)
        self.viewport().update()

    def _with_family(self) -> None:
        carried = self.carried
        if carried is not None:
            carried.family, target, carried.target = not carried.family, carried.target, None
            self._aim(target)

    def _drop(self) -> None:
        carried = self.carried
        self.let_go()
        if carried is not None and carried.target is not None:
            self.dropped.emit(carried)

    # -- where everything is ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._cards, self._titles, self.spots, self._told = [], [], [], None
        across = max(px(_CARD), self.viewport().width())
        columns = max(1, (across + GAP) // (px(_CARD) + GAP))
        width = (across - (columns - 1) * GAP) // columns
        top = 0
        by_floor = any(room.floor for room in self._rooms)
        for (building, floor), inside in groupby(self._rooms, key=lambda room: (room.building, room.floor)):
            rooms = list(inside)
            known = self._buildings.get(building)
            if by_floor or (known is not None and len(self._buildings) > 1):
                title = presentation.block(building, floor)
                of_floor = occupancy(title, rooms) if by_floor or known is None else replace(known, building=title)
                self._titles.append((QRect(0, top, across, px(_TITLE)), of_floor))
                top += px(_TITLE)
            for start in range(0, len(rooms), columns):
                line = rooms[start : start + columns]
                height = max(_height(room) for room in line)
                for place, room in enumerate(line):
                    self._put(QRect(place * (width + GAP), top, width, height), room)
                top += height + GAP
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setRange(0, max(0, top - GAP - self.viewport().height() + 2))

    def _put(self, rect: QRect, room: RoomRow) -> None:
        self._cards.append(_Card(rect, room))
        if is_cell(room):
            self.spots.append(Spot(rect, room, room.beds[0] if room.out_of_use is None else None))
            return
        self.spots.append(Spot(QRect(rect.left(), rect.top(), rect.width(), px(_HEAD)), room))
        for place, bed in enumerate(room.beds if room.out_of_use is None else ()):
            line = QRect(rect.left() + 1, rect.top() + px(_HEAD) + place * px(_BED), rect.width() - 2, px(_BED))
            self.spots.append(Spot(line, room, bed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer cards fit beside each other."""
        super().resizeEvent(event)
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Room for two cards beside each other; it takes what there is, and scrolls by itself."""
        return QSize(2 * px(_CARD) + GAP, px(220))

    # -- drawing ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        down = self.verticalScrollBar().value()
        painter.translate(0, -down)
        seen = event.rect().translated(0, down)
        for rect, building in self._titles:
            if rect.intersects(seen):
                self._draw_title(painter, rect, building)
        for card in self._cards:
            if card.rect.intersects(seen):
                self._draw_card(painter, card)
        for place, spot in enumerate(self.spots):
            if spot.rect.intersects(seen):
                self._draw_spot(painter, place, spot)
        if self.carried is not None:
            view = self.viewport().rect().translated(0, down)
            draw(painter, self.carried, self._font(size=12), self._pointer, view)
        painter.end()

    def _font(self, *, bold: bool = False, size: int = 13) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(px(size))
        font.setBold(bold)
        return font

    def _draw_title(self, painter: QPainter, rect: QRect, found: Occupancy) -> None:
        tokens = Theme.tokens()
        name = found.building
        bold = self._font(bold=True)
        write(painter, rect, name, bold, tokens.text)
        beside = rect.adjusted(QFontMetrics(bold).horizontalAdvance(name) + 12, 0, 0, 0)
        write(painter, beside, presentation.occupancy_line(found), self._font(size=12), tokens.muted)

    def _draw_card(self, painter: QPainter, card: _Card) -> None:
        tokens, room = Theme.tokens(), card.room
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRoundedRect(card.rect.adjusted(0, 0, -1, -1), RADIUS, RADIUS)
        if room.out_of_use is not None and not is_cell(room):
            self._draw_out_of_use(painter, card)

    def _draw_out_of_use(self, painter: QPainter, card: _Card) -> None:
        tokens = Theme.tokens()
        inside = card.rect.adjusted(1, px(_HEAD), -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(inside.adjusted(0, 0, 0, -RADIUS), QBrush(QColor(tokens.line), Qt.BrushStyle.BDiagPattern))
        words, flags = inside.adjusted(10, 2, -10, -px(_PAD)), Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        write(painter, words, presentation.out_of_use(card.room), self._font(size=12), tokens.tones[Tone.GREY], flags)

    def _draw_spot(self, painter: QPainter, place: int, spot: Spot) -> None:
        inner = spot.rect.adjusted(1, 1, -1, -1)
        if place == self._hovered:
            fill(painter, inner, Theme.tokens().hover, 4)
        if is_cell(spot.room):
            self._draw_cell(painter, spot)
        elif spot.bed is None:
            self._draw_head(painter, spot)
        else:
            self._draw_bed(painter, spot, spot.bed)
        if place == self._at and self.hasFocus():
            ring(painter, inner, 4)

    def _draw_head(self, painter: QPainter, spot: Spot) -> None:
        tokens, room = Theme.tokens(), spot.room
        if room.out_of_use is not None:
            text, tone = _("out of use"), Tone.RED
        elif room.free:
            text, tone = _("{n} free", n=room.free), Tone.GREEN
        else:
            text, tone = _("full"), Tone.GREY
        font = self._font(bold=True, size=12)
        width = QFontMetrics(font).horizontalAdvance(text) + 16
        chip = QRect(spot.rect.right() - width - 8, spot.rect.top() + px(6), width, px(18))
        ground, ink = tokens.chips[tone]
        fill(painter, chip, ground, px(9))
        write(painter, chip, text, font, ink, Qt.AlignmentFlag.AlignCenter)
        bold = self._font(bold=True)
        room_for = QRect(spot.rect.left() + 10, spot.rect.top(), chip.left() - spot.rect.left() - 16, px(_HEAD))
        name = _elided(_("Room {room}", room=room.name), bold, room_for.width())
        write(painter, room_for, name, bold, tokens.text)
        if room.kind is not None:
            small, beside = self._font(size=12), QFontMetrics(bold).horizontalAdvance(name) + 8
            left = room_for.adjusted(beside, 0, 0, 0)
            write(painter, left, _elided(say(word(room.kind)), small, left.width()), small, tokens.muted)

    def _draw_bed(self, painter: QPainter, spot: Spot, bed: BedRow) -> None:
        box = QRect(spot.rect.left() + 8, spot.rect.top() + 4, px(_LETTER), px(_BED) - 8)
        self._draw_box(painter, box, bed.name, bed)
        self._draw_who(
            painter, QRect(box.right() + 8, spot.rect.top(), spot.rect.right() - box.right() - 16, px(_BED)), bed
        )

    def _draw_cell(self, painter: QPainter, spot: Spot) -> None:
        """A room of one bed, on one line: its name, and who is in it."""
        tokens, room = Theme.tokens(), spot.room
        font = self._font(bold=True, size=12)
        width = max(34, QFontMetrics(font).horizontalAdvance(room.name) + 14)
        box = QRect(spot.rect.left() + 8, spot.rect.top() + 8, min(width, spot.rect.width() // 2), px(_CELL) - 16)
        self._draw_box(painter, box, room.name, spot.bed)
        words = QRect(box.right() + 8, spot.rect.top(), spot.rect.right() - box.right() - 16, spot.rect.height())
        words.setHeight(px(_CELL))
        if spot.bed is not None:
            self._draw_who(painter, words, spot.bed)
            return
        small = self._font(size=12)
        text = _elided(_("out of use: {reason}", reason=presentation.out_of_use(room)), small, words.width())
        write(painter, words, text, small, tokens.tones[Tone.RED])

    def _draw_box(self, painter: QPainter, box: QRect, text: str, bed: BedRow | None) -> None:
        """The name of a bed: filled where it is taken, a dashed line where it is free, red where it is out of use."""
        tokens = Theme.tokens()
        tone = (
            Tone.RED if bed is None or bed.out_of_use is not None else Tone.GREEN if bed.occupant is None else Tone.BLUE
        )
        if tone is Tone.GREEN:
            ink = tokens.tones[tone]
            painter.setPen(QPen(QColor(ink), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
        else:
            ground, ink = tokens.chips[tone]
            fill(painter, box, ground, 4)
        font = self._font(bold=tone is not Tone.GREEN, size=12)
        write(painter, box, _elided(text, font, box.width() - 4), font, ink, Qt.AlignmentFlag.AlignCenter)

    def _draw_who(self, painter: QPainter, words: QRect, bed: BedRow) -> None:
        tokens = Theme.tokens()
        if bed.out_of_use is not None:
            small = self._font(size=12)
            text = _elided(_("out of use: {reason}", reason=presentation.out_of_use(bed)), small, words.width())
            write(painter, words, text, small, tokens.tones[Tone.RED])
            return
        if bed.occupant is None:
            said = presentation.free(bed)
            write(painter, words, _elided(said, self._font(), words.width()), self._font(), tokens.tones[Tone.GREEN])
            return
        name, number = presentation.who(bed.occupant), bed.occupant.number
        note = "" if name == number else number
        tone = tokens.muted
        if bed.occupant.is_away:
            note, tone = _("away"), tokens.tones[Tone.AMBER]
        if bed.occupant.against:
            note, tone = _("not for them"), tokens.tones[Tone.RED]
        small = self._font(size=12)
        width = QFontMetrics(small).horizontalAdvance(note) + 8 if note else 0
        font = self._font()
        write(painter, words, _elided(name, font, words.width() - width), font, tokens.body)
        write(painter, words, note, small, tone, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)

    # -- keys and pointer ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go from bed to bed; Enter opens what can be done."""
        spot = self.current
        key = Qt.Key(event.key())
        if spot is None:
            super().keyPressEvent(event)
        elif self.carried is not None and self._carry_key(key):
            return
        elif key is Qt.Key.Key_X:
            self.take_up(spot)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(spot)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.go_to(self._neighbour(spot, key))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(self.spots[0 if key is Qt.Key.Key_Home else -1])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go_to(self._page_away(spot, up=key is Qt.Key.Key_PageUp))
        else:
            super().keyPressEvent(event)

    def _carry_key(self, key: Qt.Key) -> bool:
        """What a key does while somebody is carried; whether it was one of those."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._drop()
        elif key is Qt.Key.Key_Escape:
            self.let_go()
        elif key is Qt.Key.Key_F:
            self._with_family()
        else:
            return False
        return True

    def _neighbour(self, spot: Spot, key: Qt.Key) -> Spot:
        """The nearest spot in a direction; itself where there is none."""
        here, found, least = spot.rect.center(), spot, None
        upright = key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        forward = 1 if key in (Qt.Key.Key_Down, Qt.Key.Key_Right) else -1
        for other in self.spots:
            there = other.rect.center()
            ahead = (there.y() - here.y() if upright else there.x() - here.x()) * forward
            aside = abs(there.x() - here.x() if upright else there.y() - here.y())
            if ahead > 4 and (upright is False or aside < spot.rect.width()):
                distance = ahead + 3 * aside
                if least is None or distance < least:
                    found, least = other, distance
        return found

    def _page_away(self, spot: Spot, *, up: bool) -> Spot:
        wanted = spot.rect.center() + QPoint(0, self.viewport().height() * (-1 if up else 1))
        return min(self.spots, key=lambda other: (other.rect.center() - wanted).manhattanLength())

    def _choose(self, spot: Spot) -> None:
        self.go_to(spot)
        down = self.verticalScrollBar().value()
        self.chosen.emit(spot, self.viewport().mapToGlobal(spot.rect.bottomLeft() - QPoint(0, down)))

    def _under(self, at: QPoint) -> int:
        there = at + QPoint(0, self.verticalScrollBar().value())
        return next((place for place, spot in enumerate(self.spots) if spot.rect.contains(there)), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press chooses what is under the pointer; the right button does by the menu that it asks for."""
        place = self._under(event.position().toPoint())
        if place >= 0 and event.button() is not Qt.MouseButton.RightButton:
            spot = self.spots[place]
            if self.may_carry and spot.bed is not None and spot.bed.occupant is not None:
                self.go_to(spot)  # what becomes of it, a menu or a way, is told by the next movement
                self._pressed = (spot, event.position().toPoint())
            else:
                self._choose(spot)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Whoever was carried is put down; a press that carried nobody chooses."""
        pressed, self._pressed = self._pressed, None
        if self.carried is not None:
            self._drop()
        elif pressed is not None:
            self._choose(pressed[0])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done under the pointer, or where the keyboard is."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        place = self._at if by_key else self._under(event.pos())
        if 0 <= place < len(self.spots):
            self._choose(self.spots[place])
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a press would choose, or carry somebody along."""
        at = event.position().toPoint()
        place = self._under(at)
        if self._pressed is not None and event.buttons():
            spot, start = self._pressed
            if self.carried is None and (at - start).manhattanLength() >= QApplication.startDragDistance():
                self.take_up(spot)
            if self.carried is not None:
                self.carried.family = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._scroll_towards(at)
                self._pointer = at + QPoint(0, self.verticalScrollBar().value())
                self._aim(self.spots[place] if place >= 0 else None)
        if place != self._hovered:
            self._hovered = place
            shape = Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def _scroll_towards(self, at: QPoint) -> None:
        """What is carried to the edge brings the rest of the house into sight."""
        bar, edge = self.verticalScrollBar(), px(_BED)
        if at.y() < edge:
            bar.setValue(bar.value() - bar.singleStep())
        elif at.y() > self.viewport().height() - edge:
            bar.setValue(bar.value() + bar.singleStep())

    def viewportEvent(self, event: QEvent) -> bool:
        """Tool tips say in full what is cut off; nothing is under a pointer that has left."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            place = self._under(event.pos())
            QToolTip.showText(event.globalPos(), self.spots[place].said if place >= 0 else "", self)
            return True
        if event.type() is QEvent.Type.Leave and self._hovered >= 0:
            self._hovered = -1
            self.viewport().update()
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._say()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _say(self) -> None:
        """Tell those who cannot see it where the keyboard is."""
        if self.hasFocus() and self.current is not None:
            self.say_part()


def is_cell(room: RoomRow) -> bool:
    """Whether a room has one bed alone: it is drawn on one line, and the bed stands for the room."""
    return len(room.beds) == 1


def _height(room: RoomRow) -> int:
    """The height of a card; the reason of a room out of use has two lines at least."""
    if is_cell(room):
        return px(_CELL)
    lines = len(room.beds) if room.out_of_use is None else max(2, min(3, len(room.beds)))
    return px(_HEAD) + px(_BED) * max(1, lines) + px(_PAD)


def _elided(text: str, font: QFont, width: int) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
