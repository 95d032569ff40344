"""The colours can be read, light, dark and in high contrast, and the theme is put on as chosen."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import activate
from ui.kit.fields import TextField
from ui.kit.form import Form
from ui.kit.qss import style_sheet
from ui.kit.theme import Scheme, Theme
from ui.kit.tokens import CONTRAST, DARK, LIGHT, Tokens, Tone, px

ROOT = Path(__file__).parents[3]


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_pairs(tokens: Tokens) -> dict[str, tuple[str, str]]:
    grounds = {"ground": tokens.ground, "surface": tokens.surface, "raised": tokens.raised}
    inks = {"text": tokens.text, "body": tokens.body, "muted": tokens.muted, "accent": tokens.accent}
    inks |= {f"tone {tone}": ink for tone, ink in tokens.tones.items()}
    pairs = {f"{ink} on {ground}": (inks[ink], grounds[ground]) for ink in inks for ground in grounds}
    lists = {"chosen": tokens.chosen, "hover": tokens.hover}
    for name, ground in lists.items():
        for ink in ("text", "body", "muted", "accent"):
            pairs[f"{ink} on {name}"] = (inks[ink], ground)
    pairs |= {f"chip {tone}": (ink, ground) for tone, (ground, ink) in tokens.chips.items()}
    pairs |= {f"bar {tone}": (ink, fill) for tone, (fill, ink) in tokens.bars.items()}
    pairs["second bar"] = (tokens.on_bar_second, tokens.bar_second)
    pairs["primary button"] = (tokens.on_accent, tokens.accent)
    pairs["primary button, hovered"] = (tokens.on_accent, tokens.accent_hover)
    pairs["chosen entry"] = (tokens.accent_text, tokens.chosen)
    pairs["brand and tabs"] = (tokens.accent_text, tokens.ground)
    pairs["toast and tool tip"] = (tokens.surface, tokens.text)
    return pairs


@pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
def test_every_text_has_a_contrast_of_at_least_four_and_a_half_and_seven_where_that_was_chosen(tokens: Tokens) -> None:
    least = 7 if tokens is CONTRAST else 4.5
    low = {name: round(contrast(*pair), 2) for name, pair in text_pairs(tokens).items() if contrast(*pair) < least}
    assert low == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
def test_rings_borders_of_fields_and_bars_have_a_contrast_of_at_least_three(tokens: Tokens) -> None:
    for ground in (tokens.surface, tokens.ground):
        assert contrast(tokens.focus, ground) >= 3
        assert contrast(tokens.edge, ground) >= 3
        assert contrast(tokens.tones[Tone.RED], ground) >= 3
    assert contrast(tokens.focus, tokens.chosen) >= 3
    assert contrast(tokens.accent, tokens.surface) >= 3, "the mark beside a chosen row"
    assert contrast(tokens.accent, tokens.chosen) >= 3
    assert contrast(tokens.bar_soft, tokens.surface) >= 3
    fills = {"second": tokens.bar_second} | {tone.value: ground for tone, (ground, _ink) in tokens.bars.items()}
    assert [name for name, ground in fills.items() if contrast(ground, tokens.lane) < 3] == []
    assert [name for name, ground in fills.items() if contrast(ground, tokens.surface) < 3] == []


def test_no_caption_is_smaller_than_twelve_pixels() -> None:
    sizes = [int(found) for found in re.findall(r"font-size: (\d+)px", style_sheet(LIGHT))]
    assert min(sizes) == 12
    drawn = [path.read_text() for path in (ROOT / "ui").rglob("*.py")]
    small = [
        found
        for code in drawn
        for found in re.findall(r"setPixelSize\(px\((\d+)\)\)|size=(\d+)|_bold\(font, (\d+)\)", code)
    ]
    assert [number for each in small for number in each if number and int(number) < 12] == []


@pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
def test_the_keyboard_is_seen_in_a_wrong_field_among_wrong_fields(
    qapp: QApplication, qtbot: QtBot, tokens: Tokens
) -> None:
    before = Theme.tokens()
    Theme._put_on(qapp, tokens)  # noqa: SLF001 - there is no scheme for each by a name
    try:
        here, there = TextField("here", "Here"), TextField("there", "There")
        form = Form([here, there])
        qtbot.addWidget(form)
        form.show()
        activate(qtbot, form)
        for field in (here, there):
            field.show_error("Please fill this in.")
        here.edit.setFocus()
        picture, other = here.edit.grab().toImage(), there.edit.grab().toImage()
        at = (picture.width() // 2, 1)
        seen, unseen = picture.pixelColor(*at).name(), other.pixelColor(*at).name()
        assert (seen, unseen) == (tokens.focus, tokens.tones[Tone.RED])
        assert picture.pixelColor(at[0], 2).name() == tokens.focus, "and thicker"
        assert other.pixelColor(at[0], 2).name() == tokens.surface
    finally:
        Theme._put_on(qapp, before)  # noqa: SLF001


def test_contrast_is_reckoned_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_chosen_theme_is_put_on_and_taken_off_again(qapp: QApplication) -> None:
    Theme.use(qapp, Scheme.DARK)
    assert Theme.tokens() is DARK
    assert DARK.surface in qapp.styleSheet()
    assert qapp.palette().window().color().name() == DARK.ground
    Theme.use(qapp, Scheme.LIGHT)
    assert Theme.tokens() is LIGHT
    assert LIGHT.ground in qapp.styleSheet()


def test_the_window_speaks_in_the_fonts_that_come_with_the_program(qapp: QApplication) -> None:
    assert "Noto Sans" in QFontDatabase.families()
    assert qapp.font().families()[0] == "Noto Sans"
    assert qapp.font().pixelSize() == 13


def test_the_style_sheet_speaks_of_nothing_that_no_widget_is() -> None:
    """A role that was renamed in the code alone would leave its widget without its look."""
    code = "\n".join(path.read_text() for path in (ROOT / "ui").rglob("*.py") if path.name != "qss.py")
    asked = set(re.findall(r'\[\w+="(\w+)"\]', style_sheet(LIGHT))) - {"true", "false"}
    assert len(asked) > 30
    assert [each for each in sorted(asked) if f'"{each}"' not in code] == []


def test_texts_and_what_holds_them_grow_together(qapp: QApplication) -> None:
    try:
        Theme.resize(qapp, 150)
        large, line = QLabel("Residents"), QLineEdit()
        high = (large.sizeHint().height(), line.sizeHint().height())
        Theme.resize(qapp, 100)
        small = QLabel("Residents")
        assert high[0] == pytest.approx(small.sizeHint().height() * 1.5, abs=2)
        assert high[1] > QLineEdit().sizeHint().height() + 8
        assert px(40) == 40
    finally:
        Theme.resize(qapp, 100)


def test_high_contrast_is_chosen_and_given_back(qapp: QApplication) -> None:
    try:
        Theme.use(qapp, Scheme.CONTRAST)
        assert Theme.tokens() is CONTRAST
    finally:
        Theme.use(qapp, Scheme.LIGHT)
    assert Theme.tokens() is LIGHT
