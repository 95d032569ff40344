"""The menu of the right button and the menu key: what the buttons around a widget do."""

from collections.abc import Iterator

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

_HOLDERS = ("row", "card", "pageHeader")
"""The roles of what holds the buttons of one thing: a row of a list, a card, the head of a page."""


def around(widget: QWidget) -> Iterator[list[QPushButton]]:
    """The buttons that belong to what a widget stands in, from the row outwards to the head of its page."""
    told: set[QPushButton] = set()
    at: QWidget | None = widget
    while at is not None and not at.isWindow():
        for holder in [at, *_heads(at)]:
            if holder.property("role") in _HOLDERS:
                found = [each for each in _buttons(holder) if each not in told]
                told.update(found)
                if found:
                    yield found
        at = at.parentWidget()


def _heads(page: QWidget) -> list[QWidget]:
    """The head of a page, in which what is pressed seldom stands."""
    if page.property("role") != "page":
        return []
    return [each for each in page.findChildren(QWidget) if each.property("role") == "pageHeader" and each.isVisible()]


def _buttons(holder: QWidget) -> list[QPushButton]:
    """The buttons of a thing; not those of the single rows in it."""
    return [
        each
        for each in holder.findChildren(QPushButton)
        if each.isVisible() and not each.isCheckable() and _holder(each) is holder
    ]


def _holder(button: QWidget) -> QWidget | None:
    at = button.parentWidget()
    while at is not None and at.property("role") not in _HOLDERS:
        at = at.parentWidget()
    return at


def context_menu(widget: QWidget) -> QMenu | None:
    """What the right button and the menu key offer on a widget: what the buttons of its row, card and page do.

    Returns:
        The menu, which goes when it is closed; None where there is nothing to do.
    """
    made = QMenu(widget.window())
    for group in around(widget):
        if not made.isEmpty():
            made.addSeparator()
        for button in group:
            if isinstance(button.menu(), QMenu):
                made.addMenu(button.menu())
            else:
                made.addAction(button.text(), button.click).setEnabled(button.isEnabled())
    if made.isEmpty():
        made.deleteLater()
        return None
    made.aboutToHide.connect(made.deleteLater)
    return made
