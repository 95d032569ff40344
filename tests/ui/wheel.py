"""Turns the wheel over every field in front, as a hand does, and writes down what should not have moved."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

_FIELDS = (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar)
"""What Qt lets the wheel change."""


def turn(widget: QWidget, notches: int = -1) -> None:
    """Turn the wheel over the middle of a widget, towards the hand where the notches are negative."""
    window = widget.window()
    middle = widget.mapTo(window, widget.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(middle), QPoint(0, 120 * notches))
    QApplication.processEvents()


def turned(top: QWidget, tried: set[str]) -> list[str]:
    """What the wheel changes in a window; empty if it only scrolls.

    Over each field it is turned both ways, with the keyboard elsewhere and with the keyboard in it.

    Args:
        top: A window that is shown.
        tried: The names of fields over which it was turned before, to be left out; those of this time are added.
    """
    seen = [each for each in top.findChildren(QWidget) if each.isVisible() and not isinstance(each, QScrollBar)]
    takes = [each for each in seen if each.focusPolicy() == Qt.FocusPolicy.WheelFocus]
    wrong = [f"takes the keyboard from the wheel: {_said(each)}" for each in takes]
    fields = [each for each in seen if isinstance(each, _FIELDS) and each.isEnabled()]
    new = [each for each in fields if _said(each) not in tried]
    tried.update(map(_said, new))
    if new:
        top.activateWindow()
        QApplication.processEvents()
        before = QApplication.focusWidget()
        for field in new:
            wrong += _over(field, [each for each in fields if isValid(each)]) if isValid(field) else []
        if before is not None and isValid(before):
            before.setFocus()
    return wrong


def _over(field: QWidget, fields: list[QWidget]) -> list[str]:
    wrong: list[str] = []
    area = _around(field)
    if area is not None:
        area.ensureWidgetVisible(field)
    values = _values(fields)
    for focused in (False, True):
        field.setFocus() if focused else field.clearFocus()
        for notches in (-1, 1):
            keyboard = QApplication.focusWidget()
            if not _scrolls(area, field, notches):
                wrong.append(f"the wheel does not scroll what this stands in: {_said(field)}")
            if not isValid(field) or _values(fields) != values:
                return [f"the wheel changes what stands in a field: over {_said(field)}"]
            if QApplication.focusWidget() is not keyboard:
                wrong.append(f"the wheel takes the keyboard: {_said(field)}")
    return wrong


def _scrolls(area: QScrollArea | None, field: QWidget, notches: int) -> bool:
    """Turn the wheel over a field: whether the area around it has scrolled, where there was a way to go."""
    if area is None:
        turn(field, notches)
        return True
    bar = area.verticalScrollBar()
    at = bar.value()
    end = bar.maximum() if notches < 0 else bar.minimum()
    turn(field, notches)
    moved = bar.value() != at
    bar.setValue(at)
    return moved or at == end


def _around(field: QWidget) -> QScrollArea | None:
    around = field.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around


def _values(fields: list[QWidget]) -> list[object]:
    """What stands in the fields, as Qt's own user properties have it."""
    names = ("currentIndex", "value", "text", "dateTime")
    return [[each.property(name) for name in names] for each in fields if isValid(each)]


def _said(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()!r}" if isValid(widget) else "?"
