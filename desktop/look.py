"""How what is shown looks and speaks: as whoever sits there has chosen, else as this workstation or computer is set."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from desktop.computer import Computer
from desktop.settings import SCHEMES, Settings
from models.text import LANGUAGES
from ui import preferences
from ui.fixed import fixed
from ui.kit.theme import Scheme, Theme
from ui.kit.tokens import TEXT_SIZES, set_text_size
from ui.language import set_language

if TYPE_CHECKING:  # the unlock screen is shown before the store is loaded
    from models.store.register import Register


class Look:
    """Language, colours and size of texts."""

    def __init__(self, app: QApplication, settings: Settings, computer: Computer) -> None:
        """Change nothing yet.

        Args:
            app: The application.
            settings: What is remembered on this workstation.
            computer: What its administrator has set for all.
        """
        self._app, self._settings, self._computer = app, settings, computer

    def greet(self) -> None:
        """Look and speak as the workstation does while nobody has said who they are."""
        set_language(self.greeting)
        set_text_size(self._settings.text_size)
        Theme.use(self._app, Scheme(self._settings.scheme))

    def dress(self, register: "Register") -> None:
        """Look and speak as the person has chosen whose window is open, else as on this workstation."""
        set_language(self.language(register))
        size = preferences.get("text size")
        set_text_size(size if isinstance(size, int) and size in TEXT_SIZES else self._settings.text_size)
        Theme.use(self._app, self.scheme)

    @property
    def greeting(self) -> str:
        """The language in which whoever comes is greeted: nobody is known yet, so it is the facility's."""
        mine = self._settings.language or self._settings.greeting
        return fixed().language or mine or self._computer.language or "en"

    def language(self, register: "Register") -> str:
        """The language of the person at the window: the one chosen, else the workstation's or the facility's."""
        chosen = preferences.get("language")
        own = chosen if isinstance(chosen, str) and chosen in LANGUAGES else self._settings.language
        return fixed().language or own or self._computer.language or register.facility.language

    @property
    def scheme(self) -> Scheme:
        """The colours of the person at the window: those chosen, else the workstation's."""
        chosen = preferences.get("theme")
        return Scheme(chosen if isinstance(chosen, str) and chosen in SCHEMES else self._settings.scheme)
