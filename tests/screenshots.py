"""Takes a picture of every page of the demonstration, light and dark, in each language: `make screenshots`."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import sqlalchemy  # noqa: F401 - before PySide6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.app import Program
from desktop.demo.build import PASSPHRASE
from models.clock import Clock, SystemClock
from models.exchange import door
from models.ids import CandidateId, ResidentId, SealedNoteId, StayId
from models.queries.papers import offers
from models.queries.safeguards import NoteRow
from models.rules.papers import Choice
from models.rules.vocabulary import Role, SealedKind
from models.store.opening import open_register
from models.store.register import Register
from models.text import LANGUAGES
from tests.demonstration import built
from tests.papers import needed
from ui import work
from ui.kit.search import Found
from ui.papers.catalogue import PAPERS

SIZE = (1366, 768)
SCHEMES = ("light", "dark")
AREAS = (
    "today",
    "arrival",
    "residents",
    "duplicates",
    "roll",
    "rooms",
    "departures",
    "selection",
    "transports",
    "reports",
    "papers",
    "programmes",
    "trail",
    "administration",
)
MOST_PAGES = 3
"""So many pages of each paper are pictured."""
TABS = ("overview", "identity", "stay", "room", "absences", "departure", "history")


def take(folder: Path, register_folder: Path, clock: Clock, only: str = "") -> int:
    """Take all pictures.

    Args:
        folder: Where they go; emptied of earlier ones.
        register_folder: A demonstration register.
        clock: Its present.
        only: Take only those whose name contains this.

    Returns:
        How many were taken.
    """
    app = QApplication.instance() or QApplication([])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    taken = 0
    with TemporaryDirectory() as scratch:
        for language in LANGUAGES:
            for scheme in SCHEMES:
                settings = Path(scratch) / f"{language}-{scheme}.json"
                settings.write_text(f'{{"language": "{language}", "scheme": "{scheme}"}}')
                program = Program(app, settings)  # type: ignore[arg-type]
                for name, picture in pictures(program, register_folder, clock):
                    path = folder / f"{language}-{scheme}-{name}.png"
                    if only in path.name:
                        picture().grab().save(str(path))
                        taken += 1
                program.end()
                _close_all()
    return taken + _papers(folder, register_folder, clock)


def pictures(program: Program, register_folder: Path, clock: Clock) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    """Each screen with its name, in the order of a day; the picture is taken when it is asked for."""
    program.start(register_folder)
    assert program.before is not None
    program.before.resize(*SIZE)
    before = program.before
    yield "01-unlock", lambda: _settled(before)
    before.make_new()
    yield "02-first-run", lambda: _settled(before)
    before.recover(register_folder, "A. Berisha")
    yield "03-recover", lambda: _settled(before)
    before.restore()
    yield "04-restore", lambda: _settled(before)
    register = open_register(register_folder, passphrase=PASSPHRASE, person="A. Berisha", clock=clock)
    program.open(register)
    window = program.window
    assert window is not None
    window.resize(*SIZE)
    for number, area in enumerate(AREAS, 10):

        def page(area: str = area) -> QWidget:
            window.open(area)
            return _settled(window)

        yield f"{number}-{area}", page
    resident = _blocked(register)
    for number, tab in enumerate(TABS, 20):

        def tab_page(tab: str = tab) -> QWidget:
            window.open("residents", resident_id=resident[0], tab=tab)
            return _settled(window)

        yield f"{number}-resident-{tab}", tab_page
    forms = (*_dialogs(window, resident[1]), *_corrections(window, register), *_others(window, register))
    for number, (name, show) in enumerate(forms, 40):

        def dialog(show: Callable[[], object] = show) -> QWidget:
            show()
            _settled(window)
            return _settled(_top_dialog())

        yield f"{number}-{name}", dialog
        _close_dialogs()


def _dialogs(window: QWidget, stay: StayId) -> list[tuple[str, Callable[[], object]]]:
    from ui.residents.dialogs import absence_dialog, extend_dialog
    from ui.rooms.dialogs import move_dialog

    return [
        ("extend", lambda: extend_dialog(window, stay)),
        ("absence", lambda: absence_dialog(window, stay)),
        ("move", lambda: move_dialog(window, stay)),
    ]


def _corrections(window: QWidget, register: Register) -> list[tuple[str, Callable[[], object]]]:
    """The forms by which something is put right, each of somebody of whom it was entered."""
    from models.queries import arrivals, departures, people, resident_page, selection
    from models.rules.safeguards import OpenedRemark
    from ui import sealed_corrections as sealed
    from ui.administration.people import name_dialog
    from ui.departures.endings import correct_dialog
    from ui.residents import corrections
    from ui.rooms.corrections import correct_bed
    from ui.sealed import show_opened
    from ui.selection.dialogs import correct_list_dialog

    def page_of(which: str) -> resident_page.ResidentPage:
        with register.read() as snapshot:
            found = snapshot.connection.exec_driver_sql(f"SELECT s.resident_id FROM {which} LIMIT 1").scalar_one()
            page = resident_page.page(snapshot, resident_id=ResidentId(found))
        assert page is not None
        return page

    away = page_of("absences a JOIN stays s ON s.id = a.stay_id")
    held = page_of("reviews r JOIN stays s ON s.id = r.stay_id")
    placed = page_of("placements p JOIN stays s ON s.id = p.stay_id WHERE p.until_on IS NOT NULL")
    gone = page_of("stays s WHERE s.departure_kind = 'escape'").stays[0]
    review = next(each for each in held.stays[0].reviews if each.held_on is not None)
    with register.read() as snapshot:
        ended = departures.of_stay(snapshot, stay_id=gone.id)
        listed, programmes = selection.lists(snapshot)[0], arrivals.programmes(snapshot)
        user = people.users(snapshot)[0]
    said = "She asks for a room on the ground floor."
    whose = Found(held.row.id, held.row.name, held.row.number)
    note = NoteRow(SealedNoteId(1), SealedKind.UNSORTED, held.row.id, user.name, snapshot.now, True)
    remark = OpenedRemark(
        1, CandidateId(1), "Musa", "Omar", "A-118", SealedKind.UNSORTED, said, True, user.name, snapshot.now
    )  # fmt: skip
    aside = replace(remark, text=f"Taken back. The mistake: of another\n\n{said}", holds=False)
    return [
        ("take-back-arrival", lambda: corrections.take_back_arrival(window, placed, placed.stays[-1]).open()),
        ("correct-bed", lambda: correct_bed(window, placed.placements[0])),
        ("correct-absence", lambda: corrections.correct_absence(window, away.absences[0]).open()),
        ("correct-review", lambda: corrections.correct_review(window, held.stays[0], review).open()),
        ("correct-departure", lambda: correct_dialog(window, ended).open()),
        ("correct-list", lambda: correct_list_dialog(window, listed, programmes).open()),
        ("correct-name", lambda: name_dialog(window, user).open()),
        ("sealed-note", lambda: show_opened(window, "K-12", sealed.opened_note(window, note, whose, said))),
        ("correct-sealed", lambda: sealed.correct_note(window, note, whose, said).open()),
        ("take-back-sealed", lambda: sealed.take_back(window, sealed.of_note(note.id)).open()),
        ("sealed-remarks", lambda: sealed.show_remarks(window, listed.code, [remark, aside])),
    ]


UNCLEAR = (
    "Case No;Name;Sex;Nationality;Entry date;Admission date;Exit date;Exit reason\n"
    "Q-1;Zeta, Zoe;F;Persia;03.05.2026;04.05.2026;20.05.2026;went to the airport\n"
    "Q-2;Ylli, Ben;M;Iraqi;05.05.2026;05.05.2026;;\n"
)
"""A file of which nearly everything has to be asked."""


def _others(window: QWidget, register: Register) -> list[tuple[str, Callable[[], object]]]:
    """What is paid, a ready-made programme, two residents side by side, and a file with questions."""
    from models.queries import arrivals, programmes
    from ui.imports.stays import StaysImporter
    from ui.programmes.payments import payment_dialog
    from ui.programmes.presets import preset_dialog
    from ui.residents.joining import join_dialog

    with register.read() as snapshot:
        denmark = next(row.id for row in programmes.rows(snapshot) if row.code == "DK-GJILAN")
        whole = programmes.whole(snapshot, programme_id=denmark)
        choices = arrivals.programmes(snapshot)
    file = Path(register.folder).parent / "unclear.csv"
    file.write_text(UNCLEAR)
    return [
        ("payment", lambda: payment_dialog(window, whole, 0).open()),
        ("preset", lambda: preset_dialog(window, ["US-2025", "UK-RETURN"], print).open()),
        ("join", lambda: join_dialog(window, ResidentId(1), ResidentId(2))),
        ("import", lambda: StaysImporter(window, file, choices, None).open()),
    ]


def _blocked(register: Register) -> tuple[ResidentId, StayId]:
    """The resident whose departure is blocked: the fullest page of all."""
    from models.queries import departures
    from models.rules.leaving import Standing

    with register.read() as snapshot:
        row = departures.plans(snapshot, standing=Standing.BLOCKED)[0]
    return row.resident_id, row.stay_id


def _settled(widget: QWidget) -> QWidget:
    """The widget once the worker has answered and everything is painted."""
    widget.show()
    quiet = 0
    while quiet < 5:
        QCoreApplication.processEvents()
        quiet = 0 if work.is_busy() else quiet + 1
        sleep(0.01)
    return widget


def _top_dialog() -> QWidget:
    dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    return dialogs[-1]


def _close_dialogs() -> None:
    for each in QApplication.topLevelWidgets():
        if isinstance(each, QDialog):
            each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _close_all() -> None:
    for each in QApplication.topLevelWidgets():
        each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _papers(folder: Path, register_folder: Path, clock: Clock) -> int:
    """Every declared paper, of each programme where it needs one, each page as a picture, in each language."""
    taken = 0
    with open_register(register_folder, passphrase=PASSPHRASE, person="A. Berisha", clock=clock) as register:
        with register.read() as snapshot:
            programmes = offers(snapshot).programmes
        for paper in PAPERS:
            register.person = replace(register.person, role=min(paper.roles, key=list(Role).index))
            many = len(programmes) if Choice.PROGRAMME in paper.needs else 1
            for place in range(many):
                name = f"{paper.id}-{programmes[place][1]}" if many > 1 else paper.id
                chosen = needed(register, paper, programme=place)
                for language in LANGUAGES:
                    pdf = door.drawn(register, paper, language=language, chosen=chosen).content
                    taken += _pages(pdf, folder / f"{language}-paper-{name}")
    return taken


def _pages(pdf: bytes, path: Path) -> int:
    """Save the first pages of a PDF as pictures, and tell how many."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtPdf import QPdfDocument

    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    pages = min(document.pageCount(), MOST_PAGES)
    for page in range(pages):
        image = QImage(794, 1123, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.drawImage(0, 0, document.render(page, image.size()))
        painter.end()
        image.save(f"{path}-{page + 1}.png")
    document.close()
    return pages


if __name__ == "__main__":
    present = SystemClock()
    target = Path(sys.argv[1])
    day = present.now().date().isoformat()
    demo = built(target.parent / f"demonstration-{day}", present)
    print(f"{take(target, demo, present, *sys.argv[2:3])} pictures in {target}")
