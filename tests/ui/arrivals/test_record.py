"""What is on record of an arrival, in the window: what is missing, entering, correcting, taking back, the photo."""

from collections import deque
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.actions import admissions, stays
from models.actions import property as things
from models.ids import ResidentId, StayId
from models.queries import admissions as queries
from models.queries import photos
from models.rules.admissions import BY_STANDARD
from models.rules.photos import HEIGHT, WIDTH
from models.rules.residents import PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import ArrivalStep, PropertyKind, PropertyOutcome
from models.store.register import Register
from tests import builders
from tests.ui.audit import complaints
from tests.ui.departures.windows import settle, show
from tests.ui.selection.conftest import dialog
from ui import prompts
from ui.arrivals.photo import CropDialog, best_part, encoded, read_picture
from ui.arrivals.record import PartCard, RecordView, StepLine
from ui.kit.form import FormDialog
from ui.kit.labels import LinkButton, Text
from ui.residents.page import ResidentsPage
from ui.residents.view import ARRIVAL_AT, ResidentView
from ui.shell import MainWindow


@pytest.fixture
def stay(register: Register) -> StayId:
    programme = builders.programme(register, arrival_steps=[*BY_STANDARD, ArrivalStep.PHOTO])
    return register.perform(
        stays.admit,
        programme_id=programme,
        arrived=Moment(date(2026, 11, 20)),
        person=PersonFacts(family_name="Rahmani"),
        emergency_reason="came by night",
    ).value


@pytest.fixture
def main(qtbot: QtBot, register: Register, stay: StayId) -> MainWindow:
    return show(qtbot, register, "residents", ResidentsPage)


def record(register: Register, stay: StayId) -> queries.ArrivalRecord:
    with register.read() as snapshot:
        found = queries.of_stay(snapshot, stay_id=stay)
    assert found is not None
    return found


def opened(qtbot: QtBot, main: MainWindow, whose: ResidentId) -> RecordView:
    main.open("residents", resident_id=whose, tab="arrival")
    settle(qtbot)
    (view,) = main.findChildren(RecordView)
    return view


def click(qtbot: QtBot, where: RecordView | PartCard, name: str) -> FormDialog:
    link = next(each for each in where.findChildren(LinkButton) if name in (each.text(), each.accessibleName()))
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    settle(qtbot)
    found = dialog(qtbot)
    assert isinstance(found, FormDialog)
    return found


def send(qtbot: QtBot, form: FormDialog) -> None:
    form.send()
    settle(qtbot)


def missing(view: RecordView) -> list[str]:
    lines = (line for line in view.findChildren(StepLine) if line.findChildren(LinkButton))
    return [line.findChildren(Text)[1].text() for line in lines]


def test_a_missing_step_is_done_from_its_line_put_right_and_taken_back(
    qtbot: QtBot, register: Register, main: MainWindow, stay: StayId
) -> None:
    view = opened(qtbot, main, record(register, stay).resident_id)
    assert complaints(view) == []
    (page,) = main.findChildren(ResidentView)
    assert page.tabs.bar.tabText(ARRIVAL_AT) == "Arrival"
    assert "Rights, signed" in missing(view)
    form = click(qtbot, view, "Enter: Rights, signed")
    assert complaints(form) == []
    form.form["languages"].put(("prs",))
    form.form["explained_by"].put("B. Hoxha")
    send(qtbot, form)
    assert form.form["signature"].error.text().endswith("Please choose one.")
    form.form["signature"].put("refused")
    send(qtbot, form)
    assert "not signed" in form.form["why"].error.text()
    form.form["why"].put("did not want to")
    send(qtbot, form)
    assert "Rights, signed" not in missing(view)
    card = view.cards["rights_talks"]
    said = " ".join(each.text() for each in card.findChildren(Text))
    assert "did not want to" in said
    assert "Entered by A. Berisha, 21 Nov 2026 09:14" in said
    form = click(qtbot, card, "Correct")
    form.form["why"].put("was asleep")
    form.form["reason"].put("misheard")
    send(qtbot, form)
    (row,) = (each for each in record(register, stay).entries if each.table == "rights_talks")
    assert (row.values["why"], row.values["languages"]) == ("was asleep", ("prs",))
    form = click(qtbot, view.cards["rights_talks"], "Take back")
    form.form["reason"].put("of another person")
    send(qtbot, form)
    assert "Rights, signed" in missing(view)


def test_what_a_clerk_seals_is_nowhere_in_the_window_and_kept_where_it_is_not_typed_again(
    qtbot: QtBot, register: Register, main: MainWindow, stay: StayId
) -> None:
    view = opened(qtbot, main, record(register, stay).resident_id)
    form = click(qtbot, view, "Enter: Visible injuries asked about")
    form.form["looked_by"].put("B. Hoxha")
    form.form["found"].put("Zzyzx on the arm")
    send(qtbot, form)
    card = view.cards["injury_reports"]
    assert "Zzyzx" not in " ".join(each.text() for each in main.findChildren(Text))
    shown = [each.text() for each in card.findChildren(LinkButton) if each.isVisibleTo(card)]
    assert shown[0] == "Correct"
    assert "Take back" not in shown, "what one may not read one takes from nobody"
    form = click(qtbot, card, "Correct")
    assert "found" not in form.form.fields
    form.form["looked_on"].put(date(2026, 11, 20))
    form.form["reason"].put("the day before")
    send(qtbot, form)
    (row,) = (each for each in record(register, stay).entries if each.table == "injury_reports")
    assert row.values["looked_on"] == date(2026, 11, 20)
    with builders.reading(register):
        assert register.perform(admissions.look_at_injuries, entry_id=row.id).value == "Zzyzx on the arm"


def test_a_step_that_is_not_asked_says_why(qtbot: QtBot, register: Register, main: MainWindow, stay: StayId) -> None:
    view = opened(qtbot, main, record(register, stay).resident_id)
    form = click(qtbot, view, "Not asked: Property, signed")
    assert form.windowTitle() == "Say that it is not asked: Property, signed"
    assert list(form.form.fields) == ["why"]
    form.form["why"].put("came without anything")
    send(qtbot, form)
    assert "Property, signed" not in missing(view)
    assert "not asked: came without anything" in [each.text() for each in view.complete.findChildren(Text)]


def test_what_is_given_back_is_named_and_offered_as_long_as_something_is_left(
    qtbot: QtBot, register: Register, main: MainWindow, stay: StayId
) -> None:
    for what in ("ring", "knife"):
        register.perform(
            things.ITEMS.enter, stay_id=stay, kind=PropertyKind.ITEM, what=what, outcome=PropertyOutcome.KEPT
        )
    view = opened(qtbot, main, record(register, stay).resident_id)
    form = click(qtbot, view.cards["property_items"], "Give back")
    assert form.windowTitle() == "Give back: \u2068ring\u2069"
    form.form["to_whom"].put("Rahmani")
    form.form["signature"].put("signed")
    form.form["staff"].put("B. Hoxha")
    send(qtbot, form)
    said = [each.text() for each in view.cards["property_returns"].findChildren(Text)]
    assert "\u2068ring\u2069" in said
    assert [each.text() for each in view.cards["property_items"].findChildren(LinkButton)].count("Give back") == 1


def test_where_nothing_is_asked_and_nothing_is_on_record_the_tab_does_not_show(
    qtbot: QtBot, register: Register
) -> None:
    programme = builders.programme(register)
    resident = builders.resident(register, family_name="Noori")
    builders.stay(register, resident, programme, date(2026, 6, 26))
    main = show(qtbot, register, "residents", ResidentsPage)
    main.open("residents", resident_id=resident)
    settle(qtbot)
    (view,) = main.findChildren(ResidentView)
    assert not view.tabs.bar.isTabVisible(ARRIVAL_AT)


# -- photos ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("wide", "high"), [(640, 480), (480, 640), (3000, 500), (35, 45)])
def test_a_picture_is_cut_to_35_by_45_and_made_small(wide: int, high: int) -> None:
    part = best_part(QImage(wide, high, QImage.Format.Format_RGB32).size())
    assert abs(part.width() / part.height() - WIDTH / HEIGHT) < 1e-6
    assert part.left() >= 0 <= part.top()
    assert part.right() <= wide + 1e-6
    assert part.bottom() <= high + 1e-6
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    for x in range(wide):  # noise, which no JPEG makes small
        for y in range(0, high, max(high // 90, 1)):
            image.setPixelColor(x, y, QColor((x * 37) % 256, (y * 91) % 256, (x * y) % 256))
    made = QImage.fromData(encoded(image))
    assert (made.width(), made.height()) == (WIDTH, HEIGHT)
    assert len(encoded(image)) <= 60_000


def test_a_photo_of_a_file_and_one_that_was_copied_show_on_the_page(
    qtbot: QtBot, register: Register, main: MainWindow, stay: StayId, tmp_path: Path
) -> None:
    whose = record(register, stay).resident_id
    view = opened(qtbot, main, whose)
    picture = QImage(600, 800, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    picture.setText("Comment", "taken at home")
    picture.save(str(tmp_path / "face.jpg"))
    prompts.answers = deque([0, tmp_path / "face.jpg"])
    view.do(ArrivalStep.PHOTO)
    crop = next(each for each in main.findChildren(CropDialog))
    assert complaints(crop) == []
    before = crop.view.kept.top()
    QTest.keyClick(crop.view, Qt.Key.Key_Down)
    assert crop.view.kept.top() > before
    QTest.keyClicks(crop.view, "+")
    crop.take.click()
    settle(qtbot)
    with register.read() as snapshot:
        first = photos.of_resident(snapshot, resident_id=whose)
    assert first is not None
    assert b"taken at home" not in first.image
    (shown,) = main.findChildren(ResidentView)
    assert shown.photo.accessibleName().startswith("Photo, set by A. Berisha")
    assert not shown.photo.pixmap().isNull()
    picture.fill(QColor("brown"))
    QGuiApplication.clipboard().setImage(picture)
    prompts.answers = deque([1])
    view.do(ArrivalStep.PHOTO)
    next(each for each in main.findChildren(CropDialog) if each is not crop).take.click()
    settle(qtbot)
    with register.read() as snapshot:
        second = photos.of_resident(snapshot, resident_id=whose)
    assert second is not None
    assert second.image != first.image


def test_a_picture_larger_than_any_screen_is_read_smaller(tmp_path: Path) -> None:
    for kind in ("jpg", "png"):
        QImage(9_000, 300, QImage.Format.Format_RGB32).save(str(tmp_path / f"wide.{kind}"))
        read = read_picture(str(tmp_path / f"wide.{kind}"))
        assert read is not None
        assert read.width() < 9_000
        assert abs(read.width() / read.height() - 30) < 1


def test_what_is_no_picture_is_said(
    qtbot: QtBot, register: Register, main: MainWindow, stay: StayId, tmp_path: Path
) -> None:
    view = opened(qtbot, main, record(register, stay).resident_id)
    (tmp_path / "face.jpg").write_bytes(b"GIF, it says")
    prompts.answers = deque([0, tmp_path / "face.jpg"])
    view.do(ArrivalStep.PHOTO)
    assert prompts.asked[-1].title == "This is no picture that can be read"
    assert read_picture(str(tmp_path / "nothing.png")) is None
