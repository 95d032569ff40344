"""Puts the colours, the fonts and the style sheet on the application: light, dark or in high contrast."""

from enum import StrEnum
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from reports import fonts
from ui.kit.qss import style_sheet
from ui.kit.tokens import CONTRAST, DARK, LIGHT, USUAL_SIZE, Tokens, px, set_text_size, text_size

_LOADED: tuple[fonts.Face, ...] = ("arabic_bold", "arabic", "bold", "regular")
"""What the window brings along; for the other scripts it has the fonts of the computer."""


class Scheme(StrEnum):
    """Which of the themes a person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Theme:
    """The look of the application; there is one at a time."""

    _tokens: Tokens = LIGHT
    _scheme: Scheme = Scheme.SYSTEM
    _follows: bool = False
    _size: int = USUAL_SIZE

    @classmethod
    def tokens(cls) -> Tokens:
        """The colours of the moment, for widgets that draw themselves."""
        return cls._tokens

    @classmethod
    def scheme(cls) -> Scheme:
        """What was chosen."""
        return cls._scheme

    @classmethod
    def use(cls, app: QApplication, scheme: Scheme) -> None:
        """Follow the system's colour scheme, or a choice of one's own."""
        hints = app.styleHints()
        if not cls._follows:
            cls._follows = True
            hints.colorSchemeChanged.connect(lambda _now: cls._follow(app))
            hints.accessibility().contrastPreferenceChanged.connect(lambda _now: cls._follow(app))
        cls._scheme = scheme
        dark = Qt.ColorScheme.Dark
        wanted = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: dark, Scheme.CONTRAST: dark}
        hints.setColorScheme(wanted.get(scheme, Qt.ColorScheme.Unknown))
        cls._follow(app)

    @classmethod
    def _follow(cls, app: QApplication) -> None:
        wanted = cls._wanted(app)
        if wanted is not cls._tokens or text_size() != cls._size or not app.styleSheet():
            cls._put_on(app, wanted)

    @classmethod
    def _wanted(cls, app: QApplication) -> Tokens:
        hints = app.styleHints()
        if cls._scheme is not Scheme.SYSTEM:
            return {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.CONTRAST: CONTRAST}[cls._scheme]
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return CONTRAST
        return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT

    @classmethod
    def apply(cls, app: QApplication, *, dark: bool) -> None:
        """Put the light or the dark theme on, whatever was chosen."""
        cls._put_on(app, DARK if dark else LIGHT)

    @classmethod
    def resize(cls, app: QApplication, percent: int) -> None:
        """Make texts larger or smaller; what is made from now on has the room for them."""
        set_text_size(percent)
        cls._put_on(app, cls._tokens)

    @classmethod
    def _put_on(cls, app: QApplication, tokens: Tokens) -> None:
        cls._tokens, cls._size = tokens, text_size()
        font = QFont(app.font())
        if families := _families():
            font.setFamilies(families)
        font.setPixelSize(px(13))
        app.setStyleSheet("")  # to lay one sheet over another takes Qt five times as long, seconds in a full window
        app.setFont(font)
        if app.style().name() != "fusion":
            app.setStyle("Fusion")
        app.setPalette(_palette(tokens))
        app.setStyleSheet(style_sheet(tokens))


@cache
def _families() -> list[str]:
    """Load the fonts that come with the program, once; by their families."""
    for face in _LOADED:
        QFontDatabase.addApplicationFont(str(fonts.path(face)))
    loaded = QFontDatabase.families()
    return [name for name in ("Noto Sans", "Noto Sans Arabic") if name in loaded]


def _palette(tokens: Tokens) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: tokens.ground,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.surface,
        QPalette.ColorRole.AlternateBase: tokens.raised,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.PlaceholderText: tokens.muted,
        QPalette.ColorRole.Button: tokens.surface,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.ToolTipBase: tokens.text,
        QPalette.ColorRole.ToolTipText: tokens.surface,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on_accent,
        QPalette.ColorRole.Link: tokens.accent,
        QPalette.ColorRole.LinkVisited: tokens.accent,
        QPalette.ColorRole.Accent: tokens.accent,
        QPalette.ColorRole.Light: tokens.raised,
        QPalette.ColorRole.Mid: tokens.line,
        QPalette.ColorRole.Dark: tokens.edge,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    return palette
