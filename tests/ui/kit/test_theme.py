"""The colours can be read, light and dark, and the theme is put on as chosen."""

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from ui.kit.theme import Scheme, Theme
from ui.kit.tokens import DARK, LIGHT, Tokens, Tone, contrast


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


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_has_a_contrast_of_at_least_four_and_a_half(tokens: Tokens) -> None:
    low = {name: round(contrast(*pair), 2) for name, pair in text_pairs(tokens).items() if contrast(*pair) < 4.5}
    assert low == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_rings_borders_of_fields_and_bars_have_a_contrast_of_at_least_three(tokens: Tokens) -> None:
    for ground in (tokens.surface, tokens.ground):
        assert contrast(tokens.focus, ground) >= 3
        assert contrast(tokens.edge, ground) >= 3
        assert contrast(tokens.tones[Tone.RED], ground) >= 3
    assert contrast(tokens.focus, tokens.chosen) >= 3


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
    assert not Theme.is_dark()


def test_the_window_speaks_in_the_fonts_that_come_with_the_program(qapp: QApplication) -> None:
    assert "Noto Sans" in QFontDatabase.families()
    assert qapp.font().families()[0] == "Noto Sans"
    assert qapp.font().pixelSize() == 13
