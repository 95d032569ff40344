"""The colours and measures of the window, light, dark and in high contrast, in one place."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Generic, TypeVar

V = TypeVar("V")


class Tone(StrEnum):
    """What a colour says; a word or a sign beside it always says the same."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"


_CHIPS = {
    Tone.RED: (("#fbe3e1", "#a3211a"), ("#4a201e", "#ffb4ad"), ("#7a0000", "#ffffff")),
    Tone.AMBER: (("#fdf0d5", "#805300"), ("#453206", "#f6cf7c"), ("#ffd24d", "#000000")),
    Tone.GREEN: (("#e1f2e6", "#1b6b36"), ("#16391f", "#98dcae"), ("#004d1a", "#ffffff")),
    Tone.BLUE: (("#e1edf8", "#17548a"), ("#153552", "#a6d1f7"), ("#00408c", "#ffffff")),
    Tone.GREY: (("#e9edf1", "#4b5a67"), ("#2e3a45", "#c0ccd6"), ("#404040", "#ffffff")),
}
"""Background and text."""
_TONES = {
    Tone.RED: ("#a3211a", "#ff9d94", "#ff9c94"),
    Tone.AMBER: ("#805300", "#f0c25f", "#ffd24d"),
    Tone.GREEN: ("#1b6b36", "#86d39e", "#7dff9c"),
    Tone.BLUE: ("#0d5c8c", "#7cbce6", "#ffe94d"),
    Tone.GREY: ("#5b6b7b", "#9babba", "#ffffff"),
}
"""Text, on surface and ground."""
_BARS = {
    Tone.RED: (("#a3211a", "#ffffff"), ("#f08379", "#2b0603"), ("#ff9c94", "#000000")),
    Tone.AMBER: (("#b0760f", "#1d1300"), ("#dda43c", "#1d1300"), ("#ffd24d", "#000000")),
    Tone.GREEN: (("#1b6b36", "#ffffff"), ("#6fc48a", "#04220f"), ("#7dff9c", "#000000")),
    Tone.BLUE: (("#0d5c8c", "#ffffff"), ("#7cbce6", "#0b2232"), ("#ffe94d", "#000000")),
    Tone.GREY: (("#55636f", "#ffffff"), ("#93a3b1", "#10161b"), ("#ffffff", "#000000")),
}
"""Fills of a time line; white text or none stands on them."""


class Each(Generic[V]):
    """What differs from theme to theme."""

    def __init__(self, light: V, dark: V, contrast: V) -> None:
        """Give it for each."""
        self._values = (light, dark, contrast)

    def __get__(self, theme: "Tokens", _class: type) -> V:
        """What it is in a theme."""
        return self._values[theme.at]


def _by_tone(table: Mapping[Tone, tuple[V, V, V]]) -> Each[dict[Tone, V]]:
    light, dark, contrast = ({tone: row[at] for tone, row in table.items()} for at in range(3))
    return Each(light, dark, contrast)


class Tokens:
    """The colours of one theme, as `#rrggbb`."""

    ground = Each("#f4f6f8", "#12181e", "#000000")  # Behind everything
    surface = Each("#ffffff", "#1a222a", "#000000")  # Cards, navigation, bars and fields
    raised = Each("#fafbfc", "#202a33", "#000000")  # Headers of tables and keys: a shade off the surface
    chosen = Each("#e3eef5", "#1f3a4d", "#00408c")  # Behind the chosen entry of a list
    hover = Each("#eef3f7", "#26323d", "#333333")  # Under the pointer
    line = Each("#dde3ea", "#2d3843", "#ffffff")  # Borders of cards
    rule = Each("#eef1f4", "#27313b", "#8c8c8c")  # Between the rows of a table
    edge = Each("#7f8b9b", "#6f8090", "#ffffff")  # Borders of fields and buttons, which must be seen (3:1)
    outline = Each("#c2ccd6", "#4a5966", "#ffffff")  # Borders of buttons, whose words tell them already
    text = Each("#1d2733", "#edf2f6", "#ffffff")  # What is read first
    body = Each("#3d4c59", "#cbd5de", "#ffffff")  # What is read next
    muted = Each("#5b6b7b", "#9babba", "#ffffff")  # Notes and captions
    accent = Each("#0d5c8c", "#7cbce6", "#ffe94d")  # Links, the primary button, the stay on the time line
    accent_hover = Each("#0a4a72", "#9dcdee", "#fff3a0")  # The primary button under the pointer
    on_accent = Each("#ffffff", "#0b2232", "#000000")  # Text on the accent
    accent_text = Each("#0d4f78", "#a9d5f2", "#ffffff")  # Chosen entries
    focus = Each("#1479b8", "#58b2ee", "#3ff2ff")  # The ring around what has the keyboard
    disabled = Each("#98a4b0", "#66747f", "#8fe88f")  # Text of what cannot be used now
    bar_soft = Each("#6096b7", "#4c7894", "#a6a6a6")  # Bars of the past
    bar_second = Each("#3a769c", "#4f93bd", "#c8b400")  # Every second room of a time line, and its text
    on_bar_second = Each("#ffffff", "#06141d", "#000000")  # Text on it
    lane = Each("#f1f4f7", "#232d37", "#262626")  # The empty lane of a time line
    backdrop = Each("#e6ebf0", "#0c1115", "#000000")  # Behind a sheet of paper
    chips = _by_tone(_CHIPS)
    tones = _by_tone(_TONES)
    bars = _by_tone(_BARS)

    def __init__(self, at: int) -> None:
        """Take the colours that stand at this place of each."""
        self.at = at


LIGHT: Final = Tokens(0)
DARK: Final = Tokens(1)
CONTRAST: Final = Tokens(2)
"""For eyes that need more: what is read has at least seven times the light of what it stands on."""

TEXT_SIZES: Final = (80, 90, 100, 110, 125, 150, 175, 200)
"""Of all texts and what holds them, in hundredths."""
USUAL_SIZE: Final = 100


class _Size:
    percent = USUAL_SIZE


def text_size() -> int:
    """The size of all texts now: one of `TEXT_SIZES`."""
    return _Size.percent


def set_text_size(percent: int) -> None:
    """Make all texts and what holds them larger or smaller from now on; what stands there already is made anew.

    Args:
        percent: One of `TEXT_SIZES`.
    """
    _Size.percent = percent


def px(length: int) -> int:
    """A measure that grows with the text: heights of lines, widths of columns and fields.

    Args:
        length: In pixels that do not depend on the screen, at the usual size of text.
    """
    return round(length * _Size.percent / 100)


GAP: Final = 12
"""Between cards, in pixels that do not depend on the screen."""
MARGIN: Final = 18
"""Around a page."""
INSET: Final = 14
"""Inside a card."""
NAVIGATION: Final = 195
"""Width of the navigation."""
ROW: Final = 31
"""Height of a table's row."""
RADIUS: Final = 8
"""Of the corners of a card."""
