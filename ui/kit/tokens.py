"""The colours and measures of the window, light, dark and in high contrast, in one place."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Tone(StrEnum):
    """What a colour says; a word or a sign beside it always says the same."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as `#rrggbb`.

    Attributes:
        ground: Behind everything.
        surface: Cards, navigation, bars and fields.
        raised: Headers of tables and keys: a shade off the surface.
        chosen: Behind the chosen entry of a list.
        hover: Under the pointer.
        line: Borders of cards.
        rule: Between the rows of a table.
        edge: Borders of fields and buttons, which must be seen (3:1).
        outline: Borders of buttons, whose words tell them already.
        text: What is read first.
        body: What is read next.
        muted: Notes and captions.
        accent: Links, the primary button, the stay on the time line.
        accent_hover: The primary button under the pointer.
        on_accent: Text on the accent.
        accent_text: Chosen entries.
        focus: The ring around what has the keyboard.
        disabled: Text of what cannot be used now.
        chips: Background and text by tone.
        tones: Text by tone, on surface and ground.
        bar_soft: Bars of the past.
        bar_second: Every second room of a time line, and its text.
        on_bar_second: Text on it.
        lane: The empty lane of a time line.
        bars: Fills of a time line by tone; white text or none stands on them.
        backdrop: Behind a sheet of paper.
    """

    ground: str
    surface: str
    raised: str
    chosen: str
    hover: str
    line: str
    rule: str
    edge: str
    outline: str
    text: str
    body: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    focus: str
    disabled: str
    chips: dict[Tone, tuple[str, str]]
    tones: dict[Tone, str]
    bar_soft: str
    bar_second: str
    on_bar_second: str
    lane: str
    bars: dict[Tone, tuple[str, str]]
    backdrop: str


LIGHT: Final = Tokens(
    ground="#f4f6f8",
    surface="#ffffff",
    raised="#fafbfc",
    chosen="#e3eef5",
    hover="#eef3f7",
    line="#dde3ea",
    rule="#eef1f4",
    edge="#7f8b9b",
    outline="#c2ccd6",
    text="#1d2733",
    body="#3d4c59",
    muted="#5b6b7b",
    accent="#0d5c8c",
    accent_hover="#0a4a72",
    on_accent="#ffffff",
    accent_text="#0d4f78",
    focus="#1479b8",
    disabled="#98a4b0",
    chips={
        Tone.RED: ("#fbe3e1", "#a3211a"),
        Tone.AMBER: ("#fdf0d5", "#805300"),
        Tone.GREEN: ("#e1f2e6", "#1b6b36"),
        Tone.BLUE: ("#e1edf8", "#17548a"),
        Tone.GREY: ("#e9edf1", "#4b5a67"),
    },
    tones={
        Tone.RED: "#a3211a",
        Tone.AMBER: "#805300",
        Tone.GREEN: "#1b6b36",
        Tone.BLUE: "#0d5c8c",
        Tone.GREY: "#5b6b7b",
    },
    bar_soft="#6096b7",
    bar_second="#3a769c",
    on_bar_second="#ffffff",
    lane="#f1f4f7",
    bars={
        Tone.BLUE: ("#0d5c8c", "#ffffff"),
        Tone.GREY: ("#55636f", "#ffffff"),
        Tone.AMBER: ("#b0760f", "#1d1300"),
        Tone.RED: ("#a3211a", "#ffffff"),
        Tone.GREEN: ("#1b6b36", "#ffffff"),
    },
    backdrop="#e6ebf0",
)

DARK: Final = Tokens(
    ground="#12181e",
    surface="#1a222a",
    raised="#202a33",
    chosen="#1f3a4d",
    hover="#26323d",
    line="#2d3843",
    rule="#27313b",
    edge="#6f8090",
    outline="#4a5966",
    text="#edf2f6",
    body="#cbd5de",
    muted="#9babba",
    accent="#7cbce6",
    accent_hover="#9dcdee",
    on_accent="#0b2232",
    accent_text="#a9d5f2",
    focus="#58b2ee",
    disabled="#66747f",
    chips={
        Tone.RED: ("#4a201e", "#ffb4ad"),
        Tone.AMBER: ("#453206", "#f6cf7c"),
        Tone.GREEN: ("#16391f", "#98dcae"),
        Tone.BLUE: ("#153552", "#a6d1f7"),
        Tone.GREY: ("#2e3a45", "#c0ccd6"),
    },
    tones={
        Tone.RED: "#ff9d94",
        Tone.AMBER: "#f0c25f",
        Tone.GREEN: "#86d39e",
        Tone.BLUE: "#7cbce6",
        Tone.GREY: "#9babba",
    },
    bar_soft="#4c7894",
    bar_second="#4f93bd",
    on_bar_second="#06141d",
    lane="#232d37",
    bars={
        Tone.BLUE: ("#7cbce6", "#0b2232"),
        Tone.GREY: ("#93a3b1", "#10161b"),
        Tone.AMBER: ("#dda43c", "#1d1300"),
        Tone.RED: ("#f08379", "#2b0603"),
        Tone.GREEN: ("#6fc48a", "#04220f"),
    },
    backdrop="#0c1115",
)

CONTRAST: Final = Tokens(
    ground="#000000",
    surface="#000000",
    raised="#000000",
    chosen="#00408c",
    hover="#333333",
    line="#ffffff",
    rule="#8c8c8c",
    edge="#ffffff",
    outline="#ffffff",
    text="#ffffff",
    body="#ffffff",
    muted="#ffffff",
    accent="#ffe94d",
    accent_hover="#fff3a0",
    on_accent="#000000",
    accent_text="#ffffff",
    focus="#3ff2ff",
    disabled="#8fe88f",
    chips={
        Tone.RED: ("#7a0000", "#ffffff"),
        Tone.AMBER: ("#ffd24d", "#000000"),
        Tone.GREEN: ("#004d1a", "#ffffff"),
        Tone.BLUE: ("#00408c", "#ffffff"),
        Tone.GREY: ("#404040", "#ffffff"),
    },
    tones={
        Tone.RED: "#ff9c94",
        Tone.AMBER: "#ffd24d",
        Tone.GREEN: "#7dff9c",
        Tone.BLUE: "#ffe94d",
        Tone.GREY: "#ffffff",
    },
    bar_soft="#a6a6a6",
    bar_second="#c8b400",
    on_bar_second="#000000",
    lane="#262626",
    bars={
        Tone.BLUE: ("#ffe94d", "#000000"),
        Tone.GREY: ("#ffffff", "#000000"),
        Tone.AMBER: ("#ffd24d", "#000000"),
        Tone.RED: ("#ff9c94", "#000000"),
        Tone.GREEN: ("#7dff9c", "#000000"),
    },
    backdrop="#000000",
)
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
