"""The one window: navigation, search box, the two most frequent actions, the page, and the state of the register.

It knows no page: the areas are given to it, and each makes its page when it is first visited.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QActionGroup, QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QMainWindow,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from models.changes import EVERYTHING, Changes, Kind
from models.store.declaring import Declared
from models.text import LANGUAGES
from ui import work
from ui.kit import session
from ui.kit.keys import show_keys
from ui.kit.labels import Button, Elided, Text
from ui.kit.layout import clear, column, held, row
from ui.kit.notices import Banner, Line
from ui.kit.page import Page, Place
from ui.kit.search import Find, Found, SearchLine
from ui.kit.theme import Scheme
from ui.kit.tokens import MARGIN, NAVIGATION, Tone
from ui.language import _, tr

if TYPE_CHECKING:
    from datetime import datetime

_WITH_THE_HOUR: Changes = frozenset({Kind.ABSENCE})
"""What time alone changes within a day: who should be back."""
_AT_MIDNIGHT: Changes = EVERYTHING - {Kind.FACILITY, Kind.PEOPLE}
"""What another day changes: all that counts days."""


@dataclass(frozen=True, slots=True)
class Badge:
    """The word at the right of an area: how many there are, or that something is due."""

    text: str
    tone: Tone | None = None
    said: str = ""
    """What it means, for those who only hear it."""


@dataclass(frozen=True, slots=True)
class Area:
    """An entry of the navigation.

    Attributes:
        key: Its name in the program, as in `open("rooms")`.
        title: What stands in the navigation.
        make: Makes its page, when it is first visited.
        badge: A query `badge(snapshot)` that gives its `Badge` or None.
        section: The heading that it stands under; empty for the first group.
        badge_kinds: What the badge depends on.
    """

    key: str
    title: str
    make: Callable[[], Page]
    badge: Callable[..., Badge | None] | None = None
    section: str = ""
    badge_kinds: Changes = EVERYTHING


@dataclass(frozen=True, slots=True)
class Command:
    """One of the most frequent actions, in the top bar."""

    text: str
    do: Callable[[], object]
    primary: bool = False
    hint: str = ""
    needs: Declared | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What the window shows around its pages.

    Attributes:
        facility: The name of the house.
        who: Who is logged in, with the role: "A. Berisha · Clerk".
        areas: The navigation, in order.
        find: The query of the search box, `find(snapshot, text=…)`.
        taken: What to do with what was chosen in the search box.
        commands: The actions in the top bar.
        status: A query `status(snapshot)` that gives the sentences at the left of the status bar.
        settings: Further entries of the menu at the bottom left: a text and what to do.
    """

    facility: str
    who: str
    areas: Sequence[Area]
    find: Find
    taken: Callable[[Found], None]
    commands: Sequence[Command] = ()
    status: Callable[..., Sequence[str]] | None = None
    settings: Sequence[tuple[str, Callable[[], object]]] = field(default=())


class _NavButton(QPushButton):
    """An area in the navigation, with its badge."""

    def __init__(self, title: str, number: int) -> None:
        super().__init__(title)
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setAutoDefault(False)
        # A press with the pointer leaves the keyboard where it was; Tab still comes here.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._title = title
        if number <= 9:
            self.setToolTip(_("Ctrl+{n}", n=number))
        self.badge = Text("", "badge")
        self.badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(row(None, self.badge, margins=(0, 0, 10, 0)))
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The height of the drawing."""
        return QSize(NAVIGATION - 20, 34)

    def show_badge(self, badge: Badge | None) -> None:
        """Show how many there are."""
        self.badge.setText(badge.text if badge else "")
        self.badge.set_tone(badge.tone if badge else None)
        said = (badge.said or badge.text) if badge else ""
        self.setAccessibleName(f"{self._title}, {said}" if said else self._title)


class MainWindow(QMainWindow):
    """The window of an open register."""

    language_chosen = Signal(str)
    """Another language was chosen: keep it, set it, and make the window anew."""
    scheme_chosen = Signal(str)
    """Another colour scheme was chosen: a `Scheme`."""
    locked = Signal()
    """The register is to be closed, and the unlock screen shown."""
    closing = Signal()
    """The window is about to close."""
    TICK = 5000
    """Milliseconds after which the time is shown again."""
    LATER = 250
    """Milliseconds after a change at which the badges are read."""

    def __init__(self, frame: Frame, *, language: str = "en", scheme: Scheme = Scheme.SYSTEM) -> None:
        """Lay the window out and go to the first area.

        Args:
            frame: What stands around the pages.
            language: The language of the screen, for its menu.
            scheme: The colour scheme that was chosen, for its menu.
        """
        super().__init__()
        self.frame = frame
        self._language, self._scheme = language, scheme
        self._pages: dict[str, Page] = {}
        self._buttons: dict[str, _NavButton] = {}
        self._here: tuple[str, Place] | None = None
        self._back: list[tuple[str, Place]] = []
        self._forward: list[tuple[str, Place]] = []
        self.setWindowTitle(_("Konak, {facility}", facility=frame.facility))
        self.setMinimumSize(1024, 600)
        self.resize(1366, 768)
        self._stack = QStackedWidget()
        self.search = SearchLine(
            frame.find,
            name=_("Find a resident"),
            placeholder=_("Find a resident: name, number, document, or scan a card"),
        )
        self.search.taken.connect(self._taken)
        self._status = Text("", "status")
        self._clock = Text("", "status")
        self._banners = column(gap=0)
        right = column(self._banners, self._top_bar(), (self._stack, 1), self._status_bar(), gap=0)
        self.setCentralWidget(held(row(self._navigation(), (right, 1), gap=0)))
        self._keys()
        self._tick = QTimer(self)
        self._tick.timeout.connect(self._show_time)
        self._tick.start(self.TICK)
        self._read_at: datetime | None = None
        self._show_time()
        self._news: Changes = frozenset()
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._read_news)
        work.worker().changed.connect(self._heard)
        self._is_read = False
        if frame.areas:
            self.open(frame.areas[0].key)

    @property
    def language(self) -> str:
        """The language that the window speaks."""
        return self._language

    def show_banners(self, lines: Sequence[Line]) -> None:
        """Say across the window what holds for all of it: that it only reads, that it is a demonstration."""
        clear(self._banners)
        for line in lines:
            self._banners.addWidget(Banner(line))

    # -- going about ----------------------------------------------------------------------------------------------

    def open(self, key: str, **where: object) -> Page:
        """Go to an area, and to a place in it.

        Args:
            key: The key of the area.
            where: What its page is to show, such as `resident=12`.
        """
        if self._here is not None:
            self._back.append((self._here[0], self._pages[self._here[0]].where()))
            self._forward.clear()
        return self._show(key, where)

    def go_back(self) -> None:
        """To where one was before."""
        self._travel(self._back, self._forward)

    def go_forward(self) -> None:
        """To where one went back from."""
        self._travel(self._forward, self._back)

    @property
    def here(self) -> tuple[str, Place] | None:
        """The area that is shown, and the place in it."""
        return None if self._here is None else (self._here[0], self._pages[self._here[0]].where())

    def page(self, key: str) -> Page:
        """The page of an area, made if it was not visited yet."""
        if key not in self._pages:
            area = next(area for area in self.frame.areas if area.key == key)
            page = area.make()
            page.wanted.connect(self._go)
            page.setAccessibleName(area.title)
            self._pages[key] = page
            self._stack.addWidget(page)
        return self._pages[key]

    def _travel(self, source: list[tuple[str, Place]], target: list[tuple[str, Place]]) -> None:
        if source and self._here is not None:
            target.append((self._here[0], self._pages[self._here[0]].where()))
            key, where = source.pop()
            self._show(key, where)

    def _show(self, key: str, where: Mapping[str, Any]) -> Page:
        page = self.page(key)
        self._here = (key, where)
        page.show_at(where)
        leaves = QApplication.focusWidget()
        # Whatever has the keyboard in another window, such as the unlock screen, is about to go.
        inside = leaves is None or leaves.window() is not self or leaves is self or self._stack.isAncestorOf(leaves)
        self._stack.setCurrentWidget(page)
        for each, button in self._buttons.items():
            button.setChecked(each == key)
        if inside:
            # The next Tab goes to the first control of the page.
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        return page

    def _go(self, key: str, where: Place) -> None:
        self.open(key, **where)

    def _taken(self, found: Found) -> None:
        self.search.clear()
        self.frame.taken(found)

    # -- its parts ------------------------------------------------------------------------------------------------

    def _navigation(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "navigation")
        bar.setFixedWidth(NAVIGATION + 1)
        brand = Text(_("Konak"), "brand")
        house = Elided(self.frame.facility, "house")
        layout = column(column(brand, house, gap=0, margins=(8, 4, 8, 12)), gap=2, margins=(10, 12, 10, 14))
        section = ""
        for number, area in enumerate(self.frame.areas, 1):
            if area.section != section:
                section = area.section
                heading = Text(section.upper(), "section")
                heading.setContentsMargins(10, 12, 0, 4)
                layout.addWidget(heading)
            button = _NavButton(area.title, number)
            button.clicked.connect(lambda _checked=False, key=area.key: self.open(key))
            self._buttons[area.key] = button
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(self._settings())
        lock = _NavButton(_("Lock"), 99)
        lock.setCheckable(False)
        lock.clicked.connect(self.locked)
        lock.setToolTip(_("Close the register until the passphrase is typed again"))
        _beside(lock, Text(_("Ctrl+L"), "key"))
        layout.addWidget(lock)
        bar.setLayout(layout)
        return bar

    def _settings(self) -> QWidget:
        button = _NavButton(_("View and language"), 99)
        button.setCheckable(False)
        menu = self._settings_menu(button)
        button.clicked.connect(
            lambda _checked=False: menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 2)))
        )
        return button

    def _settings_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        schemes = {Scheme.SYSTEM: _("As the system"), Scheme.LIGHT: _("Light"), Scheme.DARK: _("Dark")}
        self._choices(menu, [(each.value, text) for each, text in schemes.items()], self._scheme, self.scheme_chosen)
        menu.addSeparator()
        self._choices(menu, list(LANGUAGES.items()), self._language, self.language_chosen)
        menu.addSeparator()
        for text, command in self.frame.settings:
            menu.addAction(text, command)
        menu.addAction(_("Keys"), lambda: show_keys(self, self._key_list()))
        return menu

    def _choices(self, menu: QMenu, entries: Sequence[tuple[str, str]], chosen: str, signal: Any) -> None:  # noqa: ANN401
        group = QActionGroup(menu)
        for value, text in entries:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(lambda _checked=False, value=value: signal.emit(value))
            group.addAction(action)

    def _top_bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "topbar")
        bar.setFixedHeight(50)
        self.search.setFixedWidth(420)
        _beside(self.search, Text(_("Ctrl+K"), "key"))
        self.search.setTextMargins(0, 0, 44, 0)
        across = row(self.search, None, gap=14, margins=(MARGIN, 0, MARGIN, 0))
        for command in self.frame.commands:
            kind = "primary" if command.primary else ""
            across.addWidget(Button(command.text, command.do, kind=kind, hint=command.hint, needs=command.needs or ()))
        across.addWidget(Text(self.frame.who, "who"))
        bar.setLayout(across)
        return bar

    def _status_bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "statusbar")
        bar.setFixedHeight(26)
        bar.setLayout(row(self._status, None, self._clock, margins=(MARGIN, 0, MARGIN, 0)))
        return bar

    # -- keys and what changes ------------------------------------------------------------------------------------

    def _key_list(self) -> list[tuple[str, str]]:
        areas = [
            (_("Ctrl+{n}", n=number), area.title) for number, area in enumerate(self.frame.areas, 1) if number <= 9
        ]
        return [
            (_("Ctrl+K"), _("Find a resident")),
            *areas,
            (_("Alt+Left"), _("Back")),
            (_("Alt+Right"), _("Forward")),
            (_("F5"), _("Read this page again")),
            (_("Ctrl+L"), _("Lock")),
            (_("F1"), _("This list")),
            (_("Tab"), _("To the next control")),
            (_("Enter"), _("Open the chosen row, or follow its link")),
            (_("Left, Right"), _("From column to column, from tab to tab, from bar to bar")),
            (_("Ctrl+C"), _("Copy the chosen rows")),
            (_("Ctrl+Enter"), _("Send a form")),
            (_("Esc"), _("Close a form or a list")),
            (_("Ctrl+Z"), _("Undo what was just done, while that is offered")),
        ]

    def _keys(self) -> None:
        for number, area in enumerate(self.frame.areas[:9], 1):
            self._key(f"Ctrl+{number}", partial(self._open_by_key, area.key))
        self._key("Ctrl+K", self.focus_search)
        self._key("Alt+Left", self.go_back)
        self._key("Alt+Right", self.go_forward)
        self._key("F1", lambda: show_keys(self, self._key_list()))
        self._key("F5", self._again)
        self._key("Ctrl+L", self.locked.emit)

    def _key(self, keys: str, command: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(lambda: command())

    def _open_by_key(self, key: str) -> None:
        """Go to an area, and the keyboard with it, wherever that was."""
        self.open(key).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_search(self) -> None:
        """To the search box, with all that is in it chosen."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _again(self) -> None:
        if self._here is not None:
            page = self._pages[self._here[0]]
            page.show_at(page.where())

    def _heard(self, changes: Changes) -> None:
        """Read the badges a little later: the page that somebody looks at comes first."""
        self._news |= changes
        self._later.start(self.LATER)

    def _read_news(self) -> None:
        news, self._news = self._news, frozenset()
        self._read_around(news)

    def _read_around(self, changes: Changes) -> None:
        for area in self.frame.areas:
            if area.badge is not None and changes & area.badge_kinds:
                button = self._buttons[area.key]
                work.run_query(button, area.badge, button.show_badge, latest="badge")
        if self.frame.status is not None:
            work.run_query(self._status, self.frame.status, self._show_status, latest="status")

    def _show_status(self, sentences: Sequence[str]) -> None:
        self._status.setText("      ".join(sentences))

    def _show_time(self) -> None:
        now = session.clock().now().astimezone(session.zone())
        self._clock.setText(f"{tr().date(now.date())}   {now:%H:%M}")
        before, self._read_at = self._read_at, now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
        if before is not None and before != self._read_at:
            # Who is overdue changes with the hour, and all that counts days at midnight: also while nobody types.
            work.worker().announce(_WITH_THE_HOUR if before.date() == now.date() else _AT_MIDNIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the badges for the first time, right after the first page has asked for what it shows."""
        super().showEvent(event)
        if not self._is_read:
            self._is_read = True
            self._news = EVERYTHING
            self._later.start(0)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell whoever looks after the register, which may be closed by the time that news would be read."""
        self._later.stop()
        self._tick.stop()
        self.closing.emit()
        super().closeEvent(event)


def _beside(widget: QWidget, label: Text) -> None:
    """Put a key's name at the right end of a control."""
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    layout: QLayout | None = widget.layout()
    if not isinstance(layout, QHBoxLayout):
        layout = row(None, margins=(0, 0, 10, 0))
        widget.setLayout(layout)
    layout.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
