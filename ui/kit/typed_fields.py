"""Fields that read what is typed, and show how they read it: dates, moments, birth dates, numbers, money."""

from datetime import date
from decimal import Decimal
from typing import Any, Unpack

from PySide6.QtWidgets import QLineEdit, QWidget

from models.rounding import decimals_of, half_up
from models.rules.birth import BirthDate
from models.rules.time import Moment
from ui import session
from ui.dropping import Line
from ui.kit.calendar import CalendarButton
from ui.kit.field import LineField, More, T
from ui.kit.labels import Button, Text
from ui.kit.layout import row
from ui.kit.tokens import px
from ui.language import _, tr
from ui.reading import (
    Unreadable,
    read_birth,
    read_date,
    read_moment,
    read_money,
    read_number,
    say_birth,
    say_run,
    write_time,
)


class _ReadField(LineField[T]):
    """A line whose text is read, and which shows how."""

    def __init__(
        self, name: str, label: str, value: T | None, *, placeholder: str = "", width: int = 170, **more: Unpack[More]
    ) -> None:
        self.reading = Text("", "read", wrap=True)
        super().__init__(name, label, value, placeholder=placeholder, width=width, **more)
        self.edit.editingFinished.connect(self.left)

    def lay_out(self) -> None:
        """With the reading beside the line or, where the field is too narrow for that, below it."""
        if self.wide or self.edit.maximumWidth() < px(150):
            self.inner.addLayout(row(self.edit, *self.beside(), (self.reading, 1), gap=8))
        else:
            # The place at the foot is kept, so that nothing jumps while typing; error and hint stand next to the line.
            self.inner.addLayout(row(self.edit, *self.beside(), None, gap=4))
            self.foot.addWidget(self.reading)
            self.reading.setMinimumHeight(self.reading.fontMetrics().height())

    def beside(self) -> tuple[QWidget, ...]:
        """What stands directly at the line."""
        return ()

    def said(self, value: T) -> str:
        """How it was read."""
        raise NotImplementedError

    def typed(self) -> None:
        """Show how it is read."""
        super().typed()
        try:
            value = self.read()
            self.reading.setText("" if value is None else self.said(value))
        except Unreadable:
            self.reading.setText("")


class _DayField(_ReadField[T]):
    """A line for a date, with a calendar beside it."""

    def __init__(self, name: str, label: str, value: T | None, **more: Unpack[More]) -> None:
        super().__init__(name, label, value, placeholder=_("5.12.2026 or today"), **more)

    def beside(self) -> tuple[QWidget, ...]:
        return (CalendarButton(self.edit, self.title, self._day),)

    def _day(self) -> date:
        """The day that is typed, else today."""
        try:
            return read_date(self.edit.text(), session.today()) or session.today()
        except Unreadable:
            return session.today()


def _in_figures(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


class DateField(_DayField[date]):
    """A date as one types it: 5.12.2026, 5/12, 5 Dec, today, +3. Beside it stands how it was read."""

    def __init__(self, name: str, label: str, *, value: date | None = None, **more: Unpack[More]) -> None:
        """Show a date."""
        super().__init__(name, label, value, **more)

    def parse(self, text: str) -> date | None:
        """Read it against today at the facility."""
        return read_date(text, session.today())

    def said(self, value: date) -> str:
        """With its weekday."""
        return tr().long_date(value)

    def written(self, value: date) -> str:
        """In figures."""
        return _in_figures(value)


class BirthDateField(_ReadField[BirthDate]):
    """A birth date as far as it is known: 2.7.1991, 7.1991, 1991, about 1991."""

    def __init__(self, name: str, label: str, *, value: BirthDate | None = None, **more: Unpack[More]) -> None:
        """Show a birth date."""
        super().__init__(name, label, value, placeholder=_("2.7.1991, 1991, about 1991"), width=210, **more)

    def parse(self, text: str) -> BirthDate | None:
        """Read what is known."""
        return read_birth(text, session.today())

    def said(self, value: BirthDate) -> str:
        """What is known, how old that is, and whether it is doubtful."""
        known = _("{born}, {age} years", born=say_birth(value), age=value.age(session.today()))
        return _("{known}; 1 January is often a guess", known=known) if value.doubtful else known

    def written(self, value: BirthDate) -> str:
        """As one would type it."""
        if value.about:
            return f"~{value.year}"
        return ".".join(str(part) for part in (value.day, value.month, value.year) if part is not None)


class MomentField(_DayField[Moment]):
    """When something happened: a date, and a time if it is known."""

    clock: QLineEdit
    now: Button

    def __init__(self, name: str, label: str, *, value: Moment | None = None, **more: Unpack[More]) -> None:
        """Show a moment."""
        super().__init__(name, label, value, **more)
        self.edit.setAccessibleName(_("{label}: date", label=label))
        self.adopt(self.clock, name=_("{label}: time, if known", label=label))

    def beside(self) -> tuple[QWidget, ...]:
        """The calendar, the time, and what writes this minute."""
        self.clock = Line()
        self.clock.setPlaceholderText(_("14:30"))
        self.clock.setFixedWidth(px(70))
        self.clock.textChanged.connect(self.typed)
        self.clock.editingFinished.connect(self.left)
        self.now = Button(_("Now"), lambda: self.put(session.now()), kind="link")
        self.now.setAccessibleName(_("{label}: now", label=self.title))
        return (*super().beside(), self.clock, self.now)

    def parse(self, text: str) -> Moment | None:
        """The moment, to the minute where a time is given, else to the day."""
        return read_moment(text, self.clock.text(), session.today(), session.zone())

    def said(self, value: Moment) -> str:
        """Its day, whether the time is not known, and which of two hours is meant."""
        day = tr().long_date(value.on)
        if run := say_run(value, session.zone()):
            return _("{day}; {run}", day=day, run=run)
        return day if value.at is not None else _("{day}, time not known", day=day)

    def written(self, value: Moment) -> str:
        """Its day in figures."""
        return _in_figures(value.on)

    def state(self) -> object:
        """What stands in both lines."""
        return [self.edit.text(), self.clock.text()]

    def put_state(self, state: Any) -> None:  # noqa: ANN401 - as of `Field`
        """Write both."""
        day, time = state
        self.edit.setText(day)
        self.clock.setText(time)

    def put(self, value: Moment | None) -> None:
        """Show a moment in the facility's time zone."""
        super().put(value)
        self.clock.setText(write_time(value, session.zone()))

    def raw(self) -> object:
        """What stands in the two lines."""
        return self.edit.text(), self.clock.text()

    def shown(self) -> str:
        """The date, and the time where there is one."""
        return f"{self.edit.text()} {self.clock.text()}".strip()


class NumberField(_ReadField[int]):
    """A whole number."""

    def __init__(
        self, name: str, label: str, *, value: int | None = None, unit: str = "", **more: Unpack[More]
    ) -> None:
        """Show a number; `unit` stands after it."""
        self._unit = unit
        super().__init__(name, label, value, width=110, **more)
        if value is None:
            self.reading.setText(unit)

    def parse(self, text: str) -> int | None:
        """Read a whole number."""
        return read_number(text)

    def said(self, value: int) -> str:
        """The unit; from a thousand on, the number as it was read."""
        return f"{tr().number(value)} {self._unit}".strip() if abs(value) >= 1000 else self._unit


class MoneyField(_ReadField[Decimal]):
    """An amount of money."""

    def __init__(
        self, name: str, label: str, *, currency: str, value: Decimal | None = None, **more: Unpack[More]
    ) -> None:
        """Show an amount in a currency of three letters."""
        self._currency = currency
        super().__init__(name, label, value, width=130, **more)

    def in_currency(self, currency: str) -> None:
        """Show how it was read in another currency."""
        self._currency = currency.strip().upper()
        self.typed()

    def parse(self, text: str) -> Decimal | None:
        """Read an amount."""
        return read_money(text)

    def said(self, value: Decimal) -> str:
        """With its currency."""
        return tr().money(value, self._currency)

    def written(self, value: Decimal) -> str:
        """In figures, with all its decimals."""
        return f"{half_up(value, max(2, decimals_of(value))):f}".replace(".", tr().decimal_sign)
