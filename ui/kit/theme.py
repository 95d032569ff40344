"""Puts the colours, the fonts and the style sheet on the application, light or dark."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ui.kit.qss import style_sheet
from ui.kit.tokens import DARK, LIGHT, Tokens

FONTS = Path(__file__).parents[2] / "reports" / "fonts"


class Scheme(StrEnum):
    """Which of the two themes a person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme:
    """The look of the application; there is one at a time."""

    _tokens: Tokens = LIGHT
    _scheme: Scheme = Scheme.SYSTEM
    _follows: bool = False
    _fonts: bool = False

    @classmethod
    def tokens(cls) -> Tokens:
        """The colours of the moment, for widgets that draw themselves."""
        return cls._tokens

    @classmethod
    def scheme(cls) -> Scheme:
        """What was chosen."""
        return cls._scheme

    @classmethod
    def is_dark(cls) -> bool:
        """Whether the dark colours are on."""
        return cls._tokens is DARK

    @classmethod
    def use(cls, app: QApplication, scheme: Scheme) -> None:
        """Follow the system's colour scheme, or a choice of one's own."""
        hints = app.styleHints()
        if not cls._follows:
            cls._follows = True
            hints.colorSchemeChanged.connect(lambda _now: cls._follow(app))
        cls._scheme = scheme
        wanted = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: Qt.ColorScheme.Dark}
        hints.setColorScheme(wanted.get(scheme, Qt.ColorScheme.Unknown))
        cls._follow(app)

    @classmethod
    def _follow(cls, app: QApplication) -> None:
        dark = cls._scheme is Scheme.DARK
        if cls._scheme is Scheme.SYSTEM:
            dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        if dark is not cls.is_dark() or not app.styleSheet():
            cls.apply(app, dark=dark)

    @classmethod
    def apply(cls, app: QApplication, *, dark: bool) -> None:
        """Put one of the two themes on."""
        cls._tokens = DARK if dark else LIGHT
        cls._load_fonts(app)
        app.setStyle("Fusion")
        app.setPalette(_palette(cls._tokens))
        app.setStyleSheet(style_sheet(cls._tokens))

    @classmethod
    def _load_fonts(cls, app: QApplication) -> None:
        if not cls._fonts:
            cls._fonts = True
            for file in sorted(FONTS.glob("*.ttf")):
                QFontDatabase.addApplicationFont(str(file))
        font = QFont(app.font())
        if "Noto Sans" in QFontDatabase.families():
            own = ["Noto Sans", *(name for name in QFontDatabase.families() if name == "Noto Sans Arabic")]
            font.setFamilies(own)
        font.setPixelSize(13)
        app.setFont(font)


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
