"""The window before the window: it unlocks a register, or makes a new one."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from models.rules.backups import SUFFIX
from ui import prompts
from ui.dropping import file_of, take
from ui.kit.labels import Text
from ui.kit.layout import clear, column, held, row
from ui.kit.tokens import px
from ui.language import _, lacking
from ui.scrolled import Scrolled
from ui.start.unlock import Access, Unlock

if TYPE_CHECKING:  # loaded when it is needed, which is rare
    from models.store.register import Register
    from ui.start.assistant import Assistant, Create
    from ui.start.recover import Recover, Renew
    from ui.start.restore import RestoreScreen

_WIDTH = 560


class StartWindow(QWidget):
    """Shows the unlock screen or the assistant, in the middle."""

    opened = Signal(object, Path)
    """A register is open: it, and its folder."""
    language_chosen = Signal(str)
    """Another language was chosen in the assistant."""
    painted = Signal()
    """It is on the screen for the first time."""

    def __init__(self, *, access: Access, create: "Create", proposed: Path, language: str) -> None:
        """Begin with nothing; call `unlock` or `make_new`.

        Args:
            access: The ways into a register.
            create: Makes one.
            proposed: Where a new register is proposed to lie.
            language: Of the screen.
        """
        super().__init__()
        self._access, self._create = access, create
        self._proposed, self._language = proposed, language
        self._folder: Path | None = None
        self.shown: Unlock | Assistant | Recover | Renew | RestoreScreen | None = None
        self._waits: Register | None = None
        self._was_painted = False
        self.fire_first = False
        """Whether the fire list is wanted as soon as the register is open."""
        self.setProperty("role", "page")
        self.setWindowTitle(_("Konak"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.resize(QSize(900, 710).boundedTo(self.screen().availableGeometry().size()))
        self._lacking = Text("", "strong", wrap=True)
        self._place = column(gap=0)
        middle = held(column(Text(_("Konak"), "brand"), self._lacking, self._place, gap=14))
        middle.setFixedWidth(px(_WIDTH))
        self.setLayout(column(Scrolled(held(column(None, row(None, middle, None), None, margins=24)))))
        self._say_lacking()

    def unlock(self, folder: Path, person: str | None = None, *, says: str = "") -> None:
        """Ask for the passphrase of a register.

        Args:
            folder: Of the register.
            person: Who is chosen at first.
            says: What is said above, such as why the window was locked.
        """
        self._folder = folder
        screen = Unlock(folder, access=self._access, person=person, says=says)

        def enter(register: "Register", passphrase: str) -> None:
            self.fire_first = screen.fire_first
            self._enter(register, passphrase, folder)

        screen.opened.connect(enter)
        screen.forgotten.connect(lambda chosen: self.recover(folder, chosen))
        screen.another.connect(self.choose)
        screen.new.connect(self.make_new)
        screen.restore.connect(lambda: self.restore())
        self._put(screen)

    def restore(self, backup: Path | None = None) -> None:
        """Take a register out of a backup, and unlock it where it was put; `backup` is the file that was named."""
        from ui.start.restore import RestoreScreen

        there = self._folder
        screen = RestoreScreen(there, self._proposed, backup)
        screen.restored.connect(self.unlock)
        screen.left.connect(lambda: self.make_new() if there is None else self.unlock(there))
        self._put(screen)

    def recover(self, folder: Path, person: str) -> None:
        """Ask for the words of the recovery sheet."""
        from ui.start.recover import Recover

        screen = Recover(folder, access=self._access, person=person)
        screen.done.connect(lambda register: self.opened.emit(register, folder))
        screen.left.connect(lambda: self.unlock(folder, screen.person.read()))
        self._put(screen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a backup where a passphrase is asked for; elsewhere something was begun that would be lost."""
        if self._takes(event) and QApplication.activeModalWidget() is None:
            take(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Go to the screen that restores it."""
        if backup := self._takes(event):
            take(event)
            QTimer.singleShot(0, self, lambda: self.restore(backup))

    def _takes(self, event: QDropEvent) -> Path | None:
        return file_of(event, (SUFFIX,)) if isinstance(self.shown, Unlock) and self.shown.form.isEnabled() else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say so, the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A register that waits for a passphrase is not left open."""
        self._close_waiting()
        super().closeEvent(event)

    def _enter(self, register: "Register", passphrase: str, folder: Path) -> None:
        """Go in; but first have a passphrase chosen that nobody else knows, unless it cannot be written here."""
        if not register.person.must_change or register.holder is not None:
            self.opened.emit(register, folder)
            return
        from ui.start.recover import Renew

        self._waits = register
        screen = Renew(register, passphrase)
        screen.done.connect(self._renewed)
        screen.left.connect(self._leave)
        self._put(screen)

    def _renewed(self, register: object) -> None:
        self._waits = None
        self.opened.emit(register, self._folder)

    def _leave(self) -> None:
        waits = self._waits
        self._close_waiting()
        if waits is not None and self._folder is not None:
            self.unlock(self._folder, waits.person.name)

    def _close_waiting(self) -> None:
        waits, self._waits = self._waits, None
        if waits is not None:
            waits.close()

    def make_new(self) -> None:
        """Ask for what a new register needs."""
        from ui.start.assistant import Assistant

        screen = Assistant(create=self._create, folder=self._proposed, language=self._language)
        screen.made.connect(lambda register: self.opened.emit(register, register.folder))
        screen.another.connect(self.choose)
        screen.language_chosen.connect(self._speaks)
        self._put(screen)

    def choose(self) -> None:
        """Ask for the folder of a register that is there."""
        chosen = prompts.ask_folder(self, _("The folder of the register"))
        if chosen is not None:
            self.unlock(chosen)

    def _speaks(self, language: str) -> None:
        self._language = language
        self._say_lacking()
        self.language_chosen.emit(language)

    def _say_lacking(self) -> None:
        self._lacking.setText(lacking())
        self._lacking.setVisible(bool(lacking()))

    def _put(self, screen: "Unlock | Assistant | Recover | Renew | RestoreScreen") -> None:
        clear(self._place)
        self.shown = screen
        self._place.addWidget(screen)
        screen.show()
