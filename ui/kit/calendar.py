"""A calendar under a line in which a date is typed: by its button, by F4 or by Alt+Down."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton, QWidget

from ui.kit.tokens import px
from ui.language import _, tr


class _Calendar(QCalendarWidget):
    """The days of a month; the arrow keys go through them, Enter takes one, Escape leaves the line as it was."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("Calendar"))
        locale = QLocale(tr().locale)
        self.setLocale(locale)
        self.setFirstDayOfWeek(locale.firstDayOfWeek())
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, QTextCharFormat())  # Qt's red is not to be read on a dark ground
        bar = self.findChild(QWidget, "qt_calendar_navigationbar")
        if bar is not None:  # so that the month is read in the colour of texts on their own ground
            bar.setBackgroundRole(QPalette.ColorRole.Window)
        days = self.findChild(QWidget, "qt_calendar_calendarview")
        if days is not None:
            days.setAccessibleName(_("Calendar"))
        arrows = (
            ("prev", Qt.ArrowType.LeftArrow, _("The month before")),
            ("next", Qt.ArrowType.RightArrow, _("The month after")),
        )
        for name, arrow, text in arrows:
            button = self.findChild(QToolButton, f"qt_calendar_{name}month")
            if button is not None:  # Qt's own are black on any ground
                button.setIcon(QIcon())
                button.setArrowType(arrow)
                button.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class CalendarButton(QToolButton):
    """Opens the calendar of a line; who types reaches it by F4 or Alt+Down, so that it is no stop of the tab key."""

    def __init__(self, line: QLineEdit, label: str, day: Callable[[], date]) -> None:
        """Stand beside a line.

        Args:
            line: Where the date is typed; a day that is taken is written there.
            label: What the date is.
            day: The day that is shown first.
        """
        super().__init__()
        self._line, self._day = line, day
        self.setArrowType(Qt.ArrowType.DownArrow)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(px(28), px(28))
        self.setAccessibleName(_("{label}: calendar", label=label))
        self.setToolTip(_("Calendar (F4)"))
        self.clicked.connect(self.open)
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F4 and Alt+Down open it, as they open a choice."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
            if down or event.key() == Qt.Key.Key_F4:
                self.open()
                return True
        return super().eventFilter(watched, event)

    def open(self) -> None:
        """Show the calendar under the line, on the screen."""
        calendar = _Calendar(self._line)
        shown = self._day()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        calendar.activated.connect(lambda taken: self._take(calendar, taken))
        calendar.clicked.connect(lambda taken: self._take(calendar, taken))
        calendar.adjustSize()
        at, room = self._line.mapToGlobal(QPoint(0, self._line.height())), self.screen().availableGeometry()
        if at.y() + calendar.height() > room.bottom():
            at = self._line.mapToGlobal(QPoint(0, -calendar.height()))
        calendar.move(min(at.x(), room.right() - calendar.width()), max(room.top(), at.y()))
        calendar.show()
        calendar.setFocus()

    def _take(self, calendar: QCalendarWidget, taken: QDate) -> None:
        self._line.setText(f"{taken.day()}.{taken.month()}.{taken.year()}")
        calendar.close()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
