"""The one window: navigation, search box, the two most frequent actions, the page, and the state of the register.

It knows no page: the areas are given to it, and each makes its page when it is first visited.
"""

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QActionGroup,
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QWidget,
)

from models.exchange.door import Ready
from models.text import LANGUAGES
from ui.banner import Banner, Line
from ui.context_menu import context_menu
from ui.dropping import file_of, take
from ui.fixed import fixed, said
from ui.keys import show_keys
from ui.kit.commands import Command, menu, with_keys
from ui.kit.labels import Button, Elided, MenuButton, Text
from ui.kit.layout import clear, column, held, row
from ui.kit.notices import toast
from ui.kit.outgoing import Previews
from ui.kit.page import Page, Place
from ui.kit.search import Find, Found, SearchLine
from ui.kit.theme import Scheme
from ui.kit.tokens import MARGIN, NAVIGATION, TEXT_SIZES, USUAL_SIZE, px, text_size
from ui.kit.undoing import UndoCommand
from ui.language import _
from ui.manual import show_manual
from ui.navigation import Area, Navigation, key_of, listed
from ui.state_bar import StateBar

_USUAL, _LEAST, _FRAME = QSize(1366, 768), QSize(640, 400), QSize(16, 48)
"""The window at first, as small as it may be, and what the system's frame and title take of a screen."""
_FOLDS = 960
"""Below this width the navigation folds, in pixels at the usual size of text."""


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
        takes: Gives the endings of the names of files that may be dropped on it now, in small letters: `.csv`.
        settings: Further commands of the menu at the bottom left.
    """

    facility: str
    who: str
    areas: Sequence[Area]
    find: Find
    taken: Callable[[Found], None]
    commands: Sequence[Command] = ()
    status: Callable[..., Sequence[str]] | None = None
    settings: Sequence[Command] = ()
    takes: Callable[[], Collection[str]] = tuple


class MainWindow(QMainWindow):
    """The window of an open register."""

    language_chosen = Signal(str)
    """Another language was chosen: keep it, set it, and make the window anew."""
    text_size_chosen = Signal(int)
    """Another size of text was chosen, in hundredths: keep it, set it, and make the window anew."""
    scheme_chosen = Signal(str)
    """Another colour scheme was chosen: a `Scheme`."""
    dropped = Signal(object)
    """A file was dropped on it: its `Path`."""
    locked = Signal()
    """The register is to be closed, and the unlock screen shown."""
    AT_MOST = 300
    """Milliseconds for which the window waits for its badges before it is shown."""
    closing = Signal()
    """The window is about to close."""

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
        self.navigation = Navigation(frame.areas)
        self.navigation.wanted.connect(self.open)
        self._here: tuple[str, Place] | None = None
        self._back: list[tuple[str, Place]] = []
        self._forward: list[tuple[str, Place]] = []
        self.setWindowTitle(_("Konak, {facility}", facility=frame.facility))
        self.setAcceptDrops(True)
        self.setMinimumSize(_LEAST)
        self.resize(_USUAL.boundedTo(self.screen().availableGeometry().size() - _FRAME))
        self._stack = QStackedWidget()
        self.search = SearchLine(frame.find, name=_("Find a resident"), placeholder=_("Find a resident"))
        self.search.taken.connect(self._taken)
        self.undo = UndoCommand(self)
        self._declare()
        Previews.show = staticmethod(_show_preview)
        self._state = StateBar(frame.areas, self.navigation, frame.status)
        self._banners = column(gap=0)
        right = column(self._banners, self._top_bar(), (self._stack, 1), self._state, gap=0)
        self._navigation_bar = self._navigation()
        self.setCentralWidget(held(row(self._navigation_bar, (right, 1), gap=0)))
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
        if inside and leaves is not None:
            leaves.clearFocus()  # or Qt would give the keyboard to the first button of the page for a moment
        self._stack.setCurrentWidget(page)
        self.navigation.show_area(key)
        if inside:
            # The next Tab goes to the first control of the page.
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        return page

    def _go(self, key: str, where: Place) -> None:
        self.open(key, **where)

    def _taken(self, found: Found) -> None:
        self.search.clear()
        self.frame.taken(found)
        # Whoever has found somebody is on their page, and no longer in the box.
        if (page := self._stack.currentWidget()) is not None:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- its parts ------------------------------------------------------------------------------------------------

    def _navigation(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "navigation")
        bar.setFixedWidth(px(NAVIGATION) + 1)
        brand = Text(_("Konak"), "brand")
        house = Elided(self.frame.facility, "house")
        named = column(brand, house, gap=0, margins=(8, 4, 8, 12))
        offer = Button(_("Menu"), self._offer_menu, kind="nav")
        self._menu = self._program_menu(offer)
        hint = _("Close the register until the passphrase is typed again")
        lock = Button(_("Lock"), self.locked.emit, kind="nav", hint=hint)
        _beside(lock, Text(_("Ctrl+L"), "key"))
        for button in (offer, lock):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._foot = offer
        bar.setLayout(column(named, (self.navigation, 1), offer, lock, gap=2, margins=(10, 12, 10, 14)))
        return bar

    def _offer_menu(self) -> None:
        self._menu.popup(self._foot.mapToGlobal(QPoint(0, -self._menu.sizeHint().height() - 2)))

    def _program_menu(self, parent: QWidget) -> QMenu:
        """All that is not about one page."""
        schemes = {
            Scheme.SYSTEM: _("As the system"),
            Scheme.LIGHT: _("Light"),
            Scheme.DARK: _("Dark"),
            Scheme.CONTRAST: _("High contrast"),
        }
        view = QMenu(_("View"), parent)
        self._choices(
            view, [(each.value, text) for each, text in schemes.items()], self._scheme, self.scheme_chosen.emit
        )
        view.addSeparator()
        view.addActions(self._size_commands)
        language = QMenu(said(_("Language")) if fixed().language else _("Language"), parent)
        language.setEnabled(not fixed().language)
        self._choices(language, list(LANGUAGES.items()), self._language, self.language_chosen.emit)
        here, program = self._here_commands, self._program_commands
        settings = list(self.frame.settings)
        return menu(
            [self.undo, None, *here, None, view.menuAction(), language.menuAction(), *settings, None, *program], parent
        )

    def _choices(
        self, into: QMenu, entries: Sequence[tuple[str, str]], chosen: str, take: Callable[[str], object]
    ) -> None:
        group = QActionGroup(into)
        for value, text in entries:
            action = into.addAction(text)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(lambda _checked=False, value=value: take(value))
            group.addAction(action)

    def _top_bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "topbar")
        bar.setFixedHeight(px(50))
        self.search.setMinimumWidth(px(150))
        self.search.setMaximumWidth(px(420))
        _beside(self.search, Text(_("Ctrl+K"), "key"))
        self.search.setTextMargins(0, 0, 44, 0)
        ways = self._ways[: len(listed(self.frame.areas))]
        self._unfold = MenuButton(_("Pages"), [*ways, None, self._program_menu(bar).menuAction()])
        across = row(self._unfold, (self.search, 100), None, gap=14, margins=(MARGIN, 0, MARGIN, 0))
        for command in self.frame.commands:
            across.addWidget(Button(command))
        self._who = Text(self.frame.who, "who")
        across.addWidget(self._who)
        bar.setLayout(across)
        return bar

    # -- commands, keys and what changes --------------------------------------------------------------------------

    def _declare(self) -> None:
        """What can be done in every page, and its keys."""
        icon = QIcon.ThemeIcon
        self._here_commands = [
            Command(_("Find a resident"), self.focus_search, key="Ctrl+K", icon=icon.EditFind),
            Command(_("Find in this list"), self._find_here, key="Ctrl+F", icon=icon.EditFind),
            Command(_("Print what is shown"), self._print_here, key="Ctrl+P", icon=icon.DocumentPrint),
            Command(_("Read this page again"), self._again, key="F5", icon=icon.ViewRefresh),
        ]
        self._size_commands = [
            Command(_("Larger text"), partial(self._size_text, 1), key="Ctrl++", icon=icon.ZoomIn),
            Command(_("Smaller text"), partial(self._size_text, -1), key="Ctrl+-", icon=icon.ZoomOut),
            Command(_("Text of the usual size"), partial(self._size_text, 0), key="Ctrl+0"),
        ]
        self._program_commands = [
            Command(_("Manual"), self._show_manual, key="F1", icon=icon.HelpFaq),
            Command(_("Keys"), lambda: show_keys(self, self.key_list()), key="Shift+F1", icon=icon.HelpFaq),
            Command(_("Lock"), self.locked.emit, key="Ctrl+L", icon=icon.SystemLockScreen),
            Command(_("Quit"), self.close, key="Ctrl+Q", icon=icon.ApplicationExit),
        ]
        self._ways = [
            *(
                Command(area.title, partial(self._open_by_key, area.key), key=key_of(number))
                for number, area in enumerate(listed(self.frame.areas), 1)
            ),
            Command(_("Back"), self.go_back, key="Alt+Left"),
            Command(_("Forward"), self.go_forward, key="Alt+Right"),
            Command(_("From the navigation to the search box, to the page and back"), self._go_round, key="F6"),
            Command(_("Close the window"), self.close, key="Ctrl+W"),
        ]
        declared = [*self._here_commands, *self._size_commands, *self._ways, *self.frame.commands, *self.frame.settings]
        for each in (*declared, *self._program_commands, self.undo):
            each.setParent(self)
            self.addAction(each)
        if sys.platform != "win32":
            QShortcut(QKeySequence("Shift+F10"), self, self._offer_row)

    def key_list(self) -> list[tuple[str, str]]:
        """Each key, and what it does."""
        return [
            *((each.key, each.text()) for each in with_keys(self)),
            (_("Alt"), _("Underline a letter of each button; with that letter, press it")),
            (_("Menu, Shift+F10"), _("What can be done with the row or card that has the keyboard")),
            (_("Tab"), _("To the next control")),
            (_("Enter"), _("Press the button, open the chosen row, or follow its link")),
            (_("Left, Right"), _("From column to column, from tab to tab, from bar to bar")),
            (_("Ctrl+C"), _("Copy the chosen rows")),
            (_("Ctrl+Enter"), _("Send a form")),
            (_("Esc"), _("Close a form or a list")),
        ]

    def _size_text(self, step: int) -> None:
        """To the next larger or smaller size of text; 0: to the usual one."""
        at = TEXT_SIZES.index(text_size()) + step
        if 0 <= at < len(TEXT_SIZES):
            self.text_size_chosen.emit(TEXT_SIZES[at] if step else USUAL_SIZE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for it, the navigation folds into a button of the bar above."""
        super().resizeEvent(event)
        wide, high = px(_FOLDS), self._navigation_bar.sizeHint().height()
        folds = self.width() < wide or self.height() < high
        self._navigation_bar.setVisible(not folds)
        self._unfold.setVisible(folds)
        self._who.setVisible(not folds)
        self.search.setPlaceholderText(
            _("Find a resident") if folds else _("Find a resident: name, number, document, or scan a card")
        )

    def _show_manual(self) -> None:
        show_manual(self, {area.key: area.title for area in self.frame.areas}, self._here[0] if self._here else "")

    def _find_here(self) -> None:
        page = self._stack.currentWidget()
        if not (isinstance(page, Page) and page.find_in_list()):
            self.focus_search()

    def _print_here(self) -> None:
        page = self._stack.currentWidget()
        if not (isinstance(page, Page) and page.print_shown()):
            toast(self, _("There is nothing to print on this page."))

    def _go_round(self) -> None:
        """The keyboard to the next part of the window: the navigation, the bar above, the page."""
        page = self._stack.currentWidget()
        around = [(self._navigation_bar, self.navigation), (self.search, self.search), (page, page)]
        parts = [(whole, to) for whole, to in around if whole is not None and to is not None and whole.isVisible()]
        held_by = QApplication.focusWidget() or self
        found = (at for at, (whole, _to) in enumerate(parts) if held_by is whole or whole.isAncestorOf(held_by))
        parts[(next(found, -1) + 1) % len(parts)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file that is a list or a backup, as long as no form is in front."""
        if file_of(event, self.frame.takes()) is not None and QApplication.activeModalWidget() is None:
            take(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which file it is."""
        file = file_of(event, self.frame.takes())
        if file is not None:
            take(event)
            # Whoever is asked something now would keep the program waiting that the file was dragged from.
            QTimer.singleShot(0, self, lambda: self.dropped.emit(file))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """On a row or a card: what its buttons do, and those of its page."""
        keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        at = QApplication.focusWidget() if keyboard else self.childAt(event.pos())
        offered = context_menu(at) if at is not None else None
        if offered is not None and at is not None:
            offered.popup(at.mapToGlobal(at.rect().center()) if keyboard else event.globalPos())

    def _offer_row(self) -> None:
        """Ask for the menu of what has the keyboard: Qt does so itself for the menu key, and Shift+F10 on Windows."""
        at = QApplication.focusWidget() or self
        here = at.rect().center()
        QApplication.sendEvent(at, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, here, at.mapToGlobal(here)))

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

    def showEvent(self, event: QShowEvent) -> None:
        """The badges are read once the window is there."""
        super().showEvent(event)
        self._state.begin()

    def read_state(self) -> None:
        """Read badges and state before the window is painted, so that they are right at the first look."""
        self._state.read_all(within=self.AT_MOST)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell whoever looks after the register, which may be closed by the time that news would be read."""
        self._state.end()
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


def _show_preview(owner: QWidget, ready: Ready) -> None:
    """Show the paper of a list; what shows it is loaded with the first one."""
    from ui.preview.opening import show_preview

    show_preview(owner, ready)
