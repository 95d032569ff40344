"""The style sheet of the window, written from the tokens.

Widgets say what they are by the properties `role`, `kind` and `tone`; the sheet says what that looks like.
"""

import re
from string import Template

from ui.kit.tokens import Each, Tokens, Tone, px

_SHEET = Template("""
QWidget { color: $text; font-size: 13px; }
QMainWindow, QDialog, QWidget[role="page"] { background: $ground; }
QScrollArea, QScrollArea > QWidget > QWidget[role="scrolled"] { background: transparent; border: none; }
QToolTip { background: $text; color: $surface; border: none; padding: 4px 6px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: 20px; font-weight: 700; }
QLabel[role="subtitle"] { color: $muted; }
QLabel[role="cardTitle"], QLabel[role="section"], QLabel[role="strong"] { font-weight: 700; }
QLabel[role="note"], QLabel[role="hint"], QLabel[role="read"], QLabel[role="house"], QLabel[role="status"] {
    color: $muted; font-size: 12px; }
QLabel[role="body"] { color: $body; }
QLabel[role="label"] { font-weight: 600; }
QLabel[role="number"] { font-size: 24px; font-weight: 700; }
QLabel[role="error"] { color: $red; font-size: 12px; font-weight: 600; }
QLabel[role="key"] { background: $raised; border: 1px solid $line; border-radius: 3px; color: $muted;
    font-size: 12px; padding: 0 4px; }
QLabel[role="brand"] { color: $accent_text; font-size: 16px; font-weight: 700; }
QLabel[role="who"] { color: $body; font-size: 12px; }
QLabel[role="native"] { color: $muted; font-size: 17px; }
QLabel[role="photo"] { background: $chosen; border-radius: 6px; color: $muted; font-size: 18px; font-weight: 700; }
$tones

QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="topbar"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[role="navigation"] { background: $surface; border: none; border-right: 1px solid $line; }
QStatusBar::item { border: none; }
QStatusBar { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[role="banner"] { background: $amber_ground; border: none; border-bottom: 1px solid $line; }
QFrame[role="banner"] QLabel { color: $amber_text; font-size: 12px; font-weight: 600; }
QFrame[role="toast"] { background: $text; border-radius: 0; }
QFrame[role="toast"] QLabel { color: $surface; }
QFrame[role="toast"] QPushButton { color: $surface; text-decoration: underline; }
QFrame[role="says"] { background: $amber_ground; border-radius: 6px; }
QFrame[role="says"] QLabel { color: $amber_text; }
QFrame[role="refusal"] { background: $red_ground; border-radius: 6px; }
QFrame[role="refusal"] QLabel { color: $red_text; }
QFrame[role="edge"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="row"] { border: none; border-bottom: 1px solid $rule; background: transparent; }
QFrame[role="row"][last="true"] { border-bottom: none; }
QFrame[role="popup"] { background: $surface; border: 1px solid $edge; border-radius: 6px; }

QPushButton { background: $surface; border: 1px solid $outline; border-radius: 6px; padding: 6px 12px;
    min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $chosen; }
QPushButton:focus { border: 2px solid $focus; padding: 5px 11px; }
QPushButton:disabled, QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled {
    background: $raised; color: $disabled; border-color: $line; }
QPushButton[opens="true"] { padding-right: 20px; }
QPushButton[opens="true"]:focus { padding-right: 19px; }
QPushButton::menu-indicator { width: 12px; subcontrol-origin: border; subcontrol-position: right center; right: 10px; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 700; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="danger"] { color: $red; border-color: $red; font-weight: 700; }
QPushButton[kind="danger"]:hover { background: $red_ground; color: $red_text; }
QPushButton[kind="link"] { background: transparent; border: 2px solid transparent; border-radius: 4px;
    padding: 1px 3px; color: $accent; font-weight: 700; text-align: left; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; padding: 1px 3px; }
QPushButton[kind="link"]:disabled { color: $disabled; background: transparent; border-color: transparent; }
QPushButton[kind="nav"] { background: transparent; border: 2px solid transparent; border-radius: 6px;
    padding: 0 8px; text-align: left; color: $body; min-height: 30px; }
QPushButton[kind="nav"]:hover { background: $hover; }
QPushButton[kind="nav"]:checked { background: $chosen; color: $accent_text; font-weight: 700; }
QPushButton[kind="nav"]:focus { border: 2px solid $focus; padding: 0 8px; }
QPushButton[kind="filter"] { background: transparent; border: 1px solid $outline; border-radius: 13px;
    padding: 2px 10px; min-height: 20px; color: $body; }
QPushButton[kind="filter"]:hover { background: $hover; }
QPushButton[kind="filter"]:checked { background: $chosen; color: $accent_text; border-color: $accent;
    font-weight: 700; }
QPushButton[kind="filter"]:focus { border: 2px solid $focus; padding: 1px 9px; }
QTabBar { font-weight: 700; }
QTabBar::tab { background: transparent; border: none; border-bottom: 2px solid transparent; font-weight: 400;
    padding: 6px 2px 7px 2px; margin-right: 16px; color: $muted; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent_text; font-weight: 700; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { border: 2px solid $focus; border-radius: 4px; padding: 4px 0 7px 0; }

QLineEdit, QPlainTextEdit, QComboBox { background: $surface; border: 1px solid $edge;
    border-radius: 6px; padding: 5px 8px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox { min-height: 20px; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: 2px solid $focus; padding: 4px 7px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid $red;
    padding: 4px 7px; }
QLineEdit[wrong="true"]:focus, QPlainTextEdit[wrong="true"]:focus, QComboBox[wrong="true"]:focus {
    border: 3px solid $focus; padding: 3px 6px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $raised; color: $disabled;
    border-color: $line; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $edge; outline: none;
    selection-background-color: $chosen; selection-color: $accent_text; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px 0 3px; border-left: 3px solid transparent; }
QComboBox QAbstractItemView::item:selected { background: $chosen; color: $accent_text; border-left: 3px solid $accent; }
QCheckBox { spacing: 8px; background: transparent; padding: 3px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox:focus { border: 2px solid $focus; }
QCheckBox::indicator { width: 15px; height: 15px; border: 1px solid $edge; border-radius: 3px; background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; }
QCheckBox[wrong="true"]::indicator { border: 2px solid $red; }

QTableView { background: $surface; border: none; outline: none; gridline-color: transparent;
    selection-background-color: $chosen; selection-color: $text; }
QHeaderView { background: $raised; border: none; }
QHeaderView::section { background: $raised; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 0 10px; font-size: 12px; font-weight: 700; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $raised; border: none; }
QListView { background: $surface; border: none; outline: none; }
QListView[role="contents"]::item { min-height: 30px; padding: 0 8px; border-radius: 6px; color: $body; }
QListView[role="contents"]::item:selected { background: $chosen; color: $accent_text; }

QMenu { background: $surface; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 21px; border-left: 3px solid transparent; }
QMenu::item:selected { background: $chosen; color: $accent_text; border-left: 3px solid $accent; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QProgressBar { background: $lane; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QPdfView { background: $backdrop; border: 1px solid $line; border-radius: 8px; }
""")

_TONE = Template("""
QLabel[role="chip"][tone="$tone"] { background: $ground; color: $ink; }
QLabel[tone="$tone"] { color: $plain; }
""")
_CHIP = 'QLabel[role="chip"] { border-radius: 9px; padding: 0 8px; font-size: 12px; font-weight: 700; }'

_GROWS = re.compile(r"((?:font-size|min-height|width|height): )(\d+)px")
"""What grows with the text; borders and the room around words stay."""


def style_sheet(tokens: Tokens) -> str:
    """The style sheet in the colours of a theme."""
    plain = {name: getattr(tokens, name) for name, each in vars(Tokens).items() if isinstance(each, Each)}
    # The order matters: of two rules that are equally specific Qt takes the later one.
    tones = "".join(
        _TONE.substitute(
            tone=tone.value, ground=tokens.chips[tone][0], ink=tokens.chips[tone][1], plain=tokens.tones[tone]
        )
        for tone in Tone
    )
    sheet = _SHEET.substitute(
        plain,
        tones=_CHIP + tones,
        red=tokens.tones[Tone.RED],
        red_ground=tokens.chips[Tone.RED][0],
        red_text=tokens.chips[Tone.RED][1],
        amber_ground=tokens.chips[Tone.AMBER][0],
        amber_text=tokens.chips[Tone.AMBER][1],
    )
    return _GROWS.sub(lambda found: f"{found[1]}{px(int(found[2]))}px", sheet)
