"""Every page and form on small and large screens, with small and large texts, in each language and theme.

Nothing is cut off, nothing lies over something else, nothing is out of reach. `KONAK_SIZES=all` tries each combination.
"""

import shutil
from collections.abc import Callable, Iterator
from itertools import count, product
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.app import Program
from desktop.demo.build import PASSPHRASE
from models.clock import FixedClock
from models.ids import ResidentId, StayId
from models.queries import departures
from models.rules.leaving import Standing
from models.store.opening import open_register
from models.text import LANGUAGES
from tests.covering import is_turn, is_whole
from tests.journeys.clerk import Clerk
from tests.journeys.leftovers import untranslated
from tests.journeys.visitor import ROWS
from tests.ui.audit import complaints, covered, misplaced
from ui import areas, prompts
from ui.keys import KeysDialog
from ui.kit.choosing import Tabs
from ui.kit.commands import Command
from ui.kit.notices import Toast
from ui.kit.theme import Scheme, Theme
from ui.kit.tokens import text_size
from ui.shell import MainWindow

SCREENS = ((1024, 600), (1366, 768), (1920, 1080), (3840, 2160))
TEXTS = (100, 125, 150, 200)
THEMES = (Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST)
NOTICE = "Ahmadzai, Gul Mohammad Yousuf: the stay was extended until 22 December 2026. The earlier limit stays."
_FRAME = (16, 48)


def _walks() -> Iterator[tuple[tuple[int, int], int, str, Scheme]]:
    """Each screen and each size of text once, with a language and a theme in turn; or all of them.

    The first has the least room: the smallest screen with the largest text.
    """
    if is_whole("KONAK_SIZES"):
        yield from product(SCREENS, TEXTS, LANGUAGES, THEMES)
        return
    for at, (screen, text) in enumerate(zip(SCREENS, reversed(TEXTS), strict=True), start=1):
        yield screen, text, list(LANGUAGES)[at % len(LANGUAGES)], THEMES[(at + at // 3) % len(THEMES)]


@pytest.fixture(autouse=True)
def _looks_as_before(qapp: QApplication) -> Iterator[None]:
    """Once the window is gone: while it stands, its look would be reckoned anew for nobody."""
    yield
    Theme.resize(qapp, 100)
    Theme.use(qapp, Scheme.LIGHT)


@pytest.mark.long
@pytest.mark.parametrize(
    ("screen", "text", "language", "theme"),
    [pytest.param(*walk, id="-".join(map(str, (*walk[0], *walk[1:])))) for walk in _walks()],
)
def test_every_page_and_form_fits(
    clerk: Clerk,
    program: Program,
    demonstration: Path,
    tmp_path: Path,
    clock: FixedClock,
    screen: tuple[int, int],
    text: int,
    language: str,
    theme: Scheme,
) -> None:
    """A window as large as the screen less its frame shows every page, tab and form whole, or scrolls to it.

    None says anything in another language than the screen's. Where there is the least room all are seen, and each in
    one of the other walks in turn; all in each by `KONAK_SIZES=all`.
    """
    folder = tmp_path / "demonstration"
    shutil.copytree(demonstration, folder)
    register = open_register(folder, passphrase=PASSPHRASE, person="A. Berisha", clock=clock)
    settings = program.settings
    settings.language, settings.scheme, settings.text_size = language, theme.value, text
    with register.read() as snapshot:
        blocked = departures.plans(snapshot, standing=Standing.BLOCKED)[0]
    program.open(register)
    window = program.window
    assert window is not None
    window.resize(screen[0] - _FRAME[0], screen[1] - _FRAME[1])
    clerk.waits()
    assert (Theme.scheme(), text_size()) == (theme, text)
    assert (window.width(), window.height()) == (screen[0] - _FRAME[0], screen[1] - _FRAME[1])
    walk, (first, *others) = (screen, text, language, theme), _walks()
    is_all = is_whole("KONAK_SIZES") or walk == first

    def is_seen(at: int) -> bool:
        return is_all or is_turn(walk, others, at)

    wrong: dict[str, str] = {}
    seen = 0
    for name, shown in _sights(clerk, window, blocked.resident_id, blocked.stay_id, is_seen):
        seen += 1
        for each in _wrong(clerk, shown):
            wrong.setdefault(each, name)
        hidden = covered(Toast(window, NOTICE, Command("Undo", print))) if shown is window else []
        for each in hidden:
            wrong.setdefault(each, name)
        if language != "en" and not isinstance(shown, KeysDialog):  # a key is called what is written on it
            for each in untranslated(clerk.reads(written=False, rows=ROWS), language):
                wrong.setdefault(f"left in English: {each!r}", name)
    assert seen > (len(areas.areas()) + 8) / (1 if is_all else len(others))
    assert not wrong, "\n".join(f"{where}: {what}" for what, where in wrong.items())


def _wrong(clerk: Clerk, shown: QWidget) -> set[str]:
    """What is cut off or out of place, and is so still when all that was to be laid out anew has been."""
    found = {*complaints(shown), *misplaced(shown)}
    if found:
        clerk.waits()
        found &= {*complaints(shown), *misplaced(shown)}
    return found


def _sights(
    clerk: Clerk, window: MainWindow, resident_id: ResidentId, stay_id: StayId, is_seen: Callable[[int], bool]
) -> Iterator[tuple[str, QWidget]]:
    """Every page, every tab of a resident, and a form of each kind; of them what is to be seen."""
    places = count()
    for area in areas.areas():
        if is_seen(next(places)):
            window.open(area.key)
            clerk.waits()
            yield area.key, window
    window.open("residents", resident_id=resident_id)
    clerk.waits()
    (tabs,) = (each for each in window.page("residents").findChildren(Tabs) if each.isVisible())
    for at in range(tabs.bar.count()):
        if is_seen(next(places)):
            tabs.turn_to(tabs.bar.tabData(at))
            clerk.waits()
            yield f"resident, {tabs.bar.tabText(at)}", window
    for name, show in _forms(window, stay_id):
        if not is_seen(next(places)):
            continue
        show()
        clerk.waits()
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible())
        yield name, dialog
        prompts.answers = None if prompts.answers is None else type(prompts.answers)([True])
        dialog.close()
        clerk.waits()


def _forms(window: MainWindow, stay_id: StayId) -> list[tuple[str, Callable[[], object]]]:
    from ui.keys import show_keys
    from ui.residents.dialogs import absence_dialog, extend_dialog
    from ui.rooms.dialogs import move_dialog

    return [
        ("extend", lambda: extend_dialog(window, stay_id)),
        ("absence", lambda: absence_dialog(window, stay_id)),
        ("move", lambda: move_dialog(window, stay_id)),
        ("keys", lambda: show_keys(window, window.key_list())),
    ]
