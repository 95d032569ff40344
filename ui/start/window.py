"""The window before the window: it unlocks a register, or makes a new one."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.kit import asking
from ui.kit.labels import Text
from ui.kit.layout import clear, column, row
from ui.start.assistant import Assistant, Create
from ui.start.unlock import Open, People, Unlock
from ui.words import _

_WIDTH = 560


class StartWindow(QWidget):
    """Shows the unlock screen or the assistant, in the middle."""

    opened = Signal(object, Path)
    """A register is open: it, and its folder."""
    language_chosen = Signal(str)
    """Another language was chosen in the assistant."""

    def __init__(self, *, people: People, open_register: Open, create: Create, proposed: Path, language: str) -> None:
        """Begin with nothing; call `unlock` or `make_new`.

        Args:
            people: Who may open the register of a folder.
            open_register: Opens it.
            create: Makes one.
            proposed: Where a new register is proposed to lie.
            language: Of the screen.
        """
        super().__init__()
        self._people, self._open, self._create = people, open_register, create
        self._proposed, self._language = proposed, language
        self._folder: Path | None = None
        self.shown: Unlock | Assistant | None = None
        self.setWindowTitle(_("Konak"))
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(900, 660)
        self._place = column(gap=0)
        held = QWidget()
        held.setProperty("role", "scrolled")
        middle = QWidget()
        middle.setFixedWidth(_WIDTH)
        middle.setLayout(column(Text(_("Konak"), "brand"), self._place, gap=14))
        held.setLayout(column(None, row(None, middle, None), None, margins=24))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(held)
        self.setLayout(column(area))

    def unlock(self, folder: Path) -> None:
        """Ask for the passphrase of a register."""
        self._folder = folder
        screen = Unlock(folder, people=self._people, open_register=self._open)
        screen.opened.connect(lambda register: self.opened.emit(register, folder))
        screen.another.connect(self.choose)
        screen.new.connect(self.make_new)
        self._put(screen)

    def make_new(self) -> None:
        """Ask for what a new register needs."""
        screen = Assistant(create=self._create, folder=self._proposed, language=self._language)
        screen.made.connect(lambda register: self.opened.emit(register, register.folder))
        screen.another.connect(self.choose)
        screen.language_chosen.connect(self._speaks)
        self._put(screen)

    def choose(self) -> None:
        """Ask for the folder of a register that is there."""
        chosen = asking.ask_folder(self, _("The folder of the register"))
        if chosen is not None:
            self.unlock(chosen)

    def _speaks(self, language: str) -> None:
        self._language = language
        self.language_chosen.emit(language)

    def _put(self, screen: Unlock | Assistant) -> None:
        clear(self._place)
        self.shown = screen
        self._place.addWidget(screen)
        screen.show()
