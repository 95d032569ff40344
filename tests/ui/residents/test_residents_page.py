"""Residents in a real window: the list, the page of each, and what is done about them."""

import csv
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import python_calamine
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from models.actions import endings
from models.actions import residents as actions
from models.actions import rooms as room_actions
from models.actions import stays as stay_actions
from models.actions.separations import SEPARATIONS
from models.exchange.files import read_table
from models.ids import ResidentId
from models.queries import resident_page, residents, separations, stays
from models.queries.resident_page import ResidentPage
from models.queries.residents import Shown, Whereabouts
from models.rules.residents import PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import Regime
from models.store.register import Register
from tests import builders
from tests.entries import last
from tests.queries.persons import DECIDED, House, furnished, house
from tests.ui.audit import complaints
from tests.ui.conftest import press
from tests.ui.departures.windows import picture, settle, show
from ui import prompts
from ui.departures.panel import DeparturePanel
from ui.kit.form import FormDialog
from ui.kit.labels import Button, Chip, LinkButton, Text
from ui.kit.notices import Toast
from ui.preview.view import PdfView
from ui.residents import corrections, dialogs, identity
from ui.residents.page import ResidentsPage
from ui.rooms.separations import SeparationCard
from ui.search import find
from ui.shell import MainWindow
from ui.taking_back import CORRECT

__all__ = ["furnished", "house", "picture"]


def _open(qtbot: QtBot, register: Register, **where: object) -> tuple[MainWindow, ResidentsPage]:
    window = show(qtbot, register, "residents", ResidentsPage, **where)
    page = window.page("residents")
    assert isinstance(page, ResidentsPage)
    return window, page


def _page(register: Register, resident: ResidentId) -> ResidentPage:
    with register.read() as snapshot:
        found = resident_page.page(snapshot, resident_id=resident)
    assert found is not None
    return found


def _come_again(register: Register, house: House) -> None:
    register.perform(
        stay_actions.admit,
        programme_id=house.us,
        resident_id=house.gone,
        arrived=Moment(date(2026, 11, 2)),
        emergency_reason="at the gate",
    )


def _numbers(page: ResidentsPage) -> list[str]:
    model = page.list.table.model
    rows = [model.row(place) for place in range(model.rowCount())]
    return [row.number for row in rows if row is not None]


def _chips(page: ResidentsPage) -> list[str]:
    return [chip.text() for chip in page.view.findChildren(Chip) if chip.isVisible()]


def _dialog(window: MainWindow) -> FormDialog:
    shown = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    assert len(shown) == 1
    assert isinstance(shown[0], FormDialog)
    return shown[0]


# -- the list ----------------------------------------------------------------------------------------------------------


def test_the_list_opens_on_the_roll_and_each_filter_shows_whom_it_names(
    qtbot: QtBot, register: Register, house: House
) -> None:
    window, page = _open(qtbot, register)
    assert _numbers(page) == ["K-0012", "K-0024", "K-0040", "K-0031", "K-0017"]
    assert page.list.header.subtitle.text() == "3 present, 2 away, 5 on the roll · 1 overdue"
    for shown, numbers in (
        (Shown.AWAY, ["K-0024", "K-0017"]),
        (Shown.PAST_LIMIT, ["K-0031"]),
        (Shown.DEPARTED, ["K-0005"]),
    ):
        page.list.filters.buttons[shown].click()
        settle(qtbot)
        assert _numbers(page) == numbers
    page.list.filters.buttons[Shown.ALL].click()
    page.list.programmes.setCurrentText("UK-RETURN")
    settle(qtbot)
    assert _numbers(page) == ["K-0024", "K-0040"]
    assert complaints(window) == []


def test_what_is_typed_narrows_the_list_in_any_spelling(qtbot: QtBot, register: Register, house: House) -> None:
    _window, page = _open(qtbot, register)
    page.list.table.box.setText("احمد")
    qtbot.wait(100)
    settle(qtbot)
    assert _numbers(page) == ["K-0012"]


def test_enter_opens_the_page_of_a_resident_and_back_leads_to_the_list(
    qtbot: QtBot, register: Register, house: House
) -> None:
    window, page = _open(qtbot, register)
    page.list.table.select(house.nasrullah)
    press(page.list.table.view, Qt.Key.Key_Return)
    settle(qtbot)
    assert page.view.isVisible()
    assert "Noori, Nasrullah" in page.view.name.text()
    window.go_back()
    settle(qtbot)
    assert page.list.isVisible()


_SAVED = [
    "Family name", "Given names", "Name in own script", "Number", "Nationality", "Programme", "Day", "Days allowed",
    "Last day", "Days past the limit", "Room", "Bed", "State",
]  # fmt: skip


def test_what_the_list_shows_is_printed_by_one_key_and_entered_before_it_leaves(
    qtbot: QtBot, register: Register, house: House, tmp_path: Path
) -> None:
    window, page = _open(qtbot, register)
    page.list.table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    page.list.table.box.setText("Ahmadzai")
    settle(qtbot)
    qtbot.waitUntil(lambda: 0 < page.list.table.model.rowCount() < 5)
    assert page.print_shown()
    qtbot.waitUntil(lambda: window.findChild(PdfView) is not None)
    settle(qtbot)
    view = next(each for each in window.findChildren(PdfView))
    assert last(register)["action"] != "papers.printed", "nothing has left yet"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    assert prompts.answers is not None
    prompts.answers.append(printer)
    dialog = view.window()
    next(each for each in dialog.findChildren(Button) if each.text() == "Print").click()
    qtbot.waitUntil(lambda: last(register)["action"] == "papers.printed")
    settle(qtbot)
    assert last(register)["notes"]["paper"] == "residents"
    assert (tmp_path / "out.pdf").exists()


def test_the_list_is_saved_for_its_owner_alone_and_the_trail_says_so(
    qtbot: QtBot, register: Register, house: House, tmp_path: Path
) -> None:
    facts = PersonFacts(family_name="=HYPERLINK(1)", given_names="Gul")
    register.perform(actions.change, reason="seen", resident_id=house.gul, person=facts)
    _window, page = _open(qtbot, register)
    target = tmp_path / "residents.csv"
    assert prompts.answers is not None
    prompts.answers.append(target)
    page.list.table.save()
    settle(qtbot)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == _SAVED
    assert len(rows) == 6
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    assert any("HYPERLINK" in row[0] for row in rows)
    entry = last(register)
    assert (entry["action"], entry["subject"], entry["notes"]["paper"]) == (
        "papers.saved",
        "residents:on_roll",
        "residents",
    )
    assert prompts.asked[-1].text.startswith("Residents 2026-11-21")


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_the_list_is_saved_as_the_kind_of_file_that_its_name_says(
    qtbot: QtBot, register: Register, house: House, tmp_path: Path, ending: str
) -> None:
    _window, page = _open(qtbot, register)
    assert prompts.answers is not None
    prompts.answers.append(tmp_path / f"residents.{ending}")
    page.list.table.save()
    settle(qtbot)
    saved = read_table(tmp_path / f"residents.{ending}")
    assert (saved.source.kind, saved.rows[0].cells) == (ending, tuple(_SAVED))
    assert len(saved.rows) == 6
    sheet = python_calamine.load_workbook(tmp_path / f"residents.{ending}").get_sheet_by_index(0).to_python()
    gul = next(dict(zip(_SAVED, row, strict=True)) for row in sheet if row[1] == "Gul")
    shown = page.list.table.row(house.gul)
    assert shown is not None
    assert (gul["Family name"], gul["Name in own script"]) == (shown.facts.family_name, shown.facts.own_script)
    assert (gul["Last day"], gul["Day"], gul["Days allowed"]) == (shown.limit_on, shown.day, shown.days_allowed)
    assert (gul["Room"], gul["Bed"]) == (shown.room, shown.bed)
    assert last(register)["notes"]["paper"] == "residents"


def test_a_file_that_cannot_be_written_is_said_and_leaves_no_entry(
    qtbot: QtBot, register: Register, house: House, tmp_path: Path
) -> None:
    _window, page = _open(qtbot, register)
    assert prompts.answers is not None
    prompts.answers.append(tmp_path / "missing" / "residents.csv")
    page.list.table.save()
    settle(qtbot)
    assert prompts.asked[-1].kind == "tell"
    with register.read() as snapshot:
        saved = snapshot.connection.exec_driver_sql("SELECT count(*) FROM trail WHERE action = 'papers.saved'")
        assert saved.scalar_one() == 0


# -- one resident ------------------------------------------------------------------------------------------------------


def test_a_resident_is_one_page_with_name_script_facts_chips_and_time_line(
    qtbot: QtBot, register: Register, house: House, picture: Callable[..., None]
) -> None:
    window, page = _open(qtbot, register, resident_id=house.gul)
    assert page.view.name.text() == "\u2068Ahmadzai, Gul\u2069"
    assert page.view.native.text() == "\u2068گل احمدزی\u2069"
    assert page.view.facts.text() == "K-0012 · Afghanistan · Dari, English"
    assert _chips(page) == ["Present", "US-2025", "Day 149 of 180"]
    said = page.view.timeline.summary()
    for part in ("26 Jun 2026 to limit 22 Dec 2026", "Room 4, bed A", "Room 12, bed A", "Review: Stay goes on."):
        assert part in said
    picture(window, "resident")
    assert complaints(window) == []


@pytest.mark.parametrize("tab", ["overview", "identity", "stay", "room", "absences", "departure", "history"])
def test_every_tab_can_be_read_and_named(
    qtbot: QtBot, register: Register, house: House, tab: str, picture: Callable[..., None]
) -> None:
    register.perform(actions.join_family, resident_id=house.gone, with_id=house.chidi, relation="brother")
    window, page = _open(qtbot, register, resident_id=house.chidi, tab=tab)
    assert page.view.tabs.key == tab
    picture(window, f"resident-{tab}")
    assert complaints(window) == []
    assert prompts.asked == []


@pytest.mark.parametrize("who", ["nasrullah", "maria", "gone", "unnamed"])
def test_every_kind_of_resident_can_be_shown(qtbot: QtBot, register: Register, house: House, who: str) -> None:
    window, page = _open(qtbot, register, resident_id=getattr(house, who))
    chips = _chips(page)
    expected = {
        "nasrullah": "3 days past the limit",
        "maria": "Away",
        "gone": "Departed",
        "unnamed": "Day 52",
    }[who]
    assert expected in chips
    if who == "unnamed":
        assert page.view.name.text() == "\u2068K-0040\u2069"
    assert complaints(window) == []


def test_who_is_not_in_the_register_is_said(qtbot: QtBot, register: Register, house: House) -> None:
    _window, page = _open(qtbot, register, resident_id=999)
    assert page.view.nobody.isVisible()


def test_a_relative_is_one_press_away(qtbot: QtBot, register: Register, house: House) -> None:
    register.perform(actions.join_family, resident_id=house.gul, with_id=house.chidi)
    window, page = _open(qtbot, register, resident_id=house.gul)
    links = page.view.findChildren(LinkButton)
    next(link for link in links if "Okafor" in link.text()).click()
    settle(qtbot)
    assert "Okafor" in page.view.name.text()
    window.go_back()
    settle(qtbot)
    assert "Ahmadzai" in page.view.name.text()


def test_a_change_elsewhere_is_seen_at_once_and_the_tab_stays(qtbot: QtBot, register: Register, house: House) -> None:
    from ui import work

    _window, page = _open(qtbot, register, resident_id=house.gul, tab="stay")
    outcome = register.perform(stay_actions.extend, stay_id=house.gul_stay, until=date(2027, 3, 20), **DECIDED)
    work.worker().announce(outcome.changes)
    settle(qtbot)
    assert page.view.tabs.key == "stay"
    assert "26 Jun 2026 to limit 20 Mar 2027" in page.view.timeline.summary()


def test_the_way_back_leads_to_the_tab_that_was_looked_at(qtbot: QtBot, register: Register, house: House) -> None:
    _window, page = _open(qtbot, register, resident_id=house.gul, tab="departure")
    page.view.tabs.turn_to("stay")
    left = page.where()
    page.show_at({})
    page.show_at(left)
    settle(qtbot)
    assert (page.resident_id, page.view.tabs.key) == (house.gul, "stay")


# -- what is done ------------------------------------------------------------------------------------------------------


def test_a_stay_is_extended_and_what_is_wrong_stands_beside_its_field(
    qtbot: QtBot, register: Register, house: House, picture: Callable[..., None]
) -> None:
    window, page = _open(qtbot, register, resident_id=house.gul)
    dialogs.extend_dialog(page, house.gul_stay)
    settle(qtbot)
    dialog = _dialog(window)
    assert complaints(dialog) == []
    dialog.form.put({"until": date(2026, 12, 1), **DECIDED})
    dialog.send()
    settle(qtbot)
    assert "already" in dialog.form["until"].error.text()
    picture(dialog, "extend")
    dialog.form.put({"until": date(2027, 3, 20)})
    dialog.send()
    settle(qtbot)
    assert "Day 149 of 268" in _chips(page)
    assert page.view.timeline.summary().startswith("Stay: 26 Jun 2026 to limit 20 Mar 2027")


def test_an_absence_is_recorded_and_the_return_ends_it(qtbot: QtBot, register: Register, house: House) -> None:
    window, page = _open(qtbot, register, resident_id=house.gul)
    dialogs.absence_dialog(page, house.gul_stay)
    settle(qtbot)
    dialog = _dialog(window)
    kind = next(iter(dialog.form["kind"]._values[1:]))  # type: ignore[attr-defined] # noqa: SLF001
    dialog.form.put({"kind": kind, "due_back": Moment(date(2026, 11, 22))})
    dialog.send()
    settle(qtbot)
    assert _page(register, house.gul).row.whereabouts is Whereabouts.AWAY
    assert "Away" in _chips(page)
    dialogs.return_dialog(page, house.gul_stay)
    settle(qtbot)
    _dialog(window).send()
    settle(qtbot)
    assert _page(register, house.gul).row.whereabouts is Whereabouts.PRESENT
    assert "Present" in _chips(page)


def test_an_absence_of_the_past_is_asked_for_with_its_end_where_the_person_is_away_or_has_left(
    qtbot: QtBot, register: Register, house: House
) -> None:
    for who in (house.chidi, house.gone):
        window, page = _open(qtbot, register, resident_id=who)
        dialogs.past_absence_dialog(page, _page(register, who).stays[0].id)
        settle(qtbot)
        dialog = _dialog(window)
        assert complaints(dialog) == []
        kind = next(iter(dialog.form["kind"]._values[1:]))  # type: ignore[attr-defined] # noqa: SLF001
        dialog.form.put({"kind": kind, "left": Moment(date(2026, 7, 2)), "due_back": Moment(date(2026, 7, 4))})
        dialog.send()
        settle(qtbot)
        assert dialog.form["returned"].error.text(), "that they are away is not offered"
        dialog.form.put({"returned": Moment(date(2026, 7, 3))})
        dialog.send()
        settle(qtbot)
        assert _page(register, who).absences[-1].returned == Moment(date(2026, 7, 3))
        corrections.correct_absence(page, _page(register, who).absences[-1]).open()
        settle(qtbot)
        dialog = _dialog(window)
        dialog.form.put({"returned": None, "reason": "The gate book says so."})
        dialog.send()
        settle(qtbot)
        assert bool(dialog.form["returned"].error.text()) is (who == house.gone)
        dialog.form.settle()
        dialog.reject()
        window.close()


def test_who_came_again_is_offered_no_way_that_is_closed(qtbot: QtBot, register: Register, house: House) -> None:
    def links() -> list[str]:
        shown = [link for link in page.view.findChildren(LinkButton) if link.isVisible()]
        return [link.text() for link in shown if link.text() in ("Correct the departure", "Take the departure back")]

    _window, page = _open(qtbot, register, resident_id=house.gone, tab="stay")
    assert links() == ["Correct the departure", "Take the departure back"]
    _come_again(register, house)
    for tab in ("stay", "departure"):
        _window, page = _open(qtbot, register, resident_id=house.gone, tab=tab)
        assert links() == ["Correct the departure"]


def test_a_return_is_not_asked_for_somebody_who_is_back(qtbot: QtBot, register: Register, house: House) -> None:
    window, page = _open(qtbot, register, resident_id=house.gul)
    dialogs.return_dialog(page, house.gul_stay)
    settle(qtbot)
    assert not [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def test_the_due_return_is_changed_with_its_reason(qtbot: QtBot, register: Register, house: House) -> None:
    window, page = _open(qtbot, register, resident_id=house.chidi)
    stay = _page(register, house.chidi).stays[0].id
    dialogs.due_dialog(page, stay)
    settle(qtbot)
    dialog = _dialog(window)
    dialog.form.put({"due_back": Moment(date(2026, 11, 23)), "reason": "Kept for the weekend."})
    dialog.send()
    settle(qtbot)
    assert _page(register, house.chidi).row.whereabouts is Whereabouts.AWAY


def test_a_review_is_entered_for_the_day_on_which_it_falls_due(qtbot: QtBot, register: Register, house: House) -> None:
    window, page = _open(qtbot, register, resident_id=house.nasrullah)
    stay = _page(register, house.nasrullah).stays[0].id
    dialogs.review_dialog(page, stay)
    settle(qtbot)
    dialog = _dialog(window)
    assert dialog.form["due_on"].read() == date(2026, 9, 24)
    dialog.form.put({"held_by": "B. Krasniqi", "outcome": "The stay goes on."})
    dialog.send()
    settle(qtbot)
    assert [review.held_on for review in _page(register, house.nasrullah).stays[0].reviews][1:] == [date(2026, 11, 21)]


def test_the_arrival_is_corrected(qtbot: QtBot, register: Register, house: House) -> None:
    window, page = _open(qtbot, register, resident_id=house.gul)
    dialogs.correct_dialog(page, house.gul_stay)
    settle(qtbot)
    dialog = _dialog(window)
    dialog.form.put({"arrived": Moment(date(2026, 6, 25)), "reason": "The gate book says so."})
    dialog.send()
    settle(qtbot)
    assert _page(register, house.gul).stays[0].arrived == Moment(date(2026, 6, 25))
    assert "Day 150 of 180" in _chips(page)


def test_nights_without_a_bed_are_said_where_the_bed_was_anothers_before_the_arrival_is_put_right(
    qtbot: QtBot, register: Register, house: House
) -> None:
    bed, left = builders.bed(register, "7"), Moment(date(2026, 11, 10))
    other = builders.stay(register, builders.resident(register, "K-0090"), house.us, date(2026, 11, 1))
    register.perform(room_actions.place, stay_id=other, bed_id=bed, moment=Moment(date(2026, 11, 1)))
    register.perform(endings.record_left, stay_id=other, moment=left, seen_last="the yard", how_known="a note")
    resident = builders.resident(register, "K-0091")
    stay = builders.stay(register, resident, house.us, left.on)
    register.perform(room_actions.place, stay_id=stay, bed_id=bed, moment=left)
    window, page = _open(qtbot, register, resident_id=resident)
    dialogs.correct_dialog(page, stay)
    settle(qtbot)
    dialog = _dialog(window)
    dialog.form.put({"arrived": Moment(date(2026, 11, 8)), "reason": "The list of the bus."})
    dialog.send()
    settle(qtbot)
    (notice,) = (each.label.text() for each in window.findChildren(Toast) if each.isVisible())
    assert notice.endswith("somebody else had it until then. The nights before are without a bed.")
    assert _page(register, resident).placements[0].start == left


def test_a_bed_of_a_stay_that_is_over_is_entered_where_the_stay_is_shown(
    qtbot: QtBot, register: Register, house: House, picture: Callable[..., None]
) -> None:
    bed = builders.bed(register, "7")
    window, page = _open(qtbot, register, resident_id=house.gone, tab="stay")
    links = page.view.findChildren(LinkButton)
    next(link for link in links if link.text() == "Enter a bed of the past").click()
    settle(qtbot)
    dialog = _dialog(window)
    assert complaints(dialog) == []
    assert dialog.form["end"].read() == Moment(date(2026, 8, 1))
    dialog.form["bed_id"].put(bed)
    picture(dialog, "bed-of-the-past")
    dialog.send()
    settle(qtbot)
    assert [(row.bed_id, row.end) for row in _page(register, house.gone).placements] == [
        (bed, Moment(date(2026, 8, 1)))
    ]
    picture(window, "stay-over-with-a-bed")
    assert complaints(window) == []


def test_the_last_day_of_a_stay_that_is_over_is_set_where_the_stay_is_shown(
    qtbot: QtBot, register: Register, house: House
) -> None:
    window, page = _open(qtbot, register, resident_id=house.gone, tab="stay")
    links = [each for each in page.view.findChildren(Button) if each.isVisible()]
    assert "Extend stay" not in [each.text() for each in links]
    next(each for each in links if each.text() == "Set last day").click()
    settle(qtbot)
    dialog = _dialog(window)
    assert dialog.form["valid_from"].read() == date(2026, 8, 1), "the day on which the stay ended"
    dialog.form.put({"until": date(2026, 7, 20), "valid_from": date(2026, 7, 10), **DECIDED})
    dialog.send()
    settle(qtbot)
    assert _page(register, house.gone).stays[0].limit_on == date(2026, 7, 20)
    assert complaints(window) == []


def test_a_separation_of_an_earlier_stay_is_put_right_where_that_stay_is_shown(
    qtbot: QtBot, register: Register, house: House
) -> None:
    former = _page(register, house.gone).stays[0].id
    began, why = Moment(date(2026, 7, 20)), {"grounds": "threats", "ordered_by": "V. Gashi"}
    register.perform(SEPARATIONS.enter, stay_id=former, began=began, **why)
    _come_again(register, house)
    window, page = _open(qtbot, register, resident_id=house.gone, tab="stay")
    settle(qtbot)
    (card,) = (each for each in page.view.findChildren(SeparationCard) if each.isVisible())
    card.separations.followed.emit(1, CORRECT)
    settle(qtbot)
    dialog = _dialog(window)
    dialog.form.put({"began": Moment(date(2026, 7, 21)), "reason": "The gate book says so."})
    dialog.send()
    settle(qtbot)
    with register.read() as snapshot:
        (row,) = separations.of_stay(snapshot, stay_id=former).separations
    assert row.began == Moment(date(2026, 7, 21))
    assert complaints(window) == []


@pytest.mark.parametrize("regime", list(Regime))
def test_nothing_of_escapes_and_sentences_stands_where_nobody_is_detained(
    qtbot: QtBot, register: Register, regime: Regime
) -> None:
    stay = builders.stay(
        register, builders.resident(register), builders.programme(register, regime=regime), date(2026, 11, 1)
    )
    with register.read() as snapshot:
        row = stays.one(snapshot, stay_id=stay)
    assert row is not None
    window, page = _open(qtbot, register, resident_id=row.resident_id, tab="departure")
    said = [each.text() for each in page.view.findChildren(Text) if each.isVisible()]
    kinds = "Escape" if regime is Regime.DETAINED else "Left on own"
    assert f"What needs no plan: {kinds}, Death, Release by order." in said
    dialogs.fix_limit_dialog(page, stay)
    settle(qtbot)
    hints = " ".join(each.text() for each in _dialog(window).findChildren(Text))
    assert ("sentence" in hints) is (regime is Regime.DETAINED)


def test_the_departure_of_an_earlier_stay_stands_beside_the_last_one(
    qtbot: QtBot, register: Register, house: House, picture: Callable[..., None]
) -> None:
    _come_again(register, house)
    window, page = _open(qtbot, register, resident_id=house.gone, tab="departure")
    assert [panel.isVisible() for panel in page.view.findChildren(DeparturePanel)] == [True, True]
    assert [link.text() for link in page.view.findChildren(LinkButton) if link.text() == "Correct the departure"]
    picture(window, "resident-two-departures")
    assert complaints(window) == []


def test_names_are_put_right_and_nothing_else_is_lost(qtbot: QtBot, register: Register, house: House) -> None:
    window, page = _open(qtbot, register, resident_id=house.gul)
    identity.identity_dialog(page, _page(register, house.gul)).open()
    settle(qtbot)
    dialog = _dialog(window)
    assert complaints(dialog) == []
    dialog.form.put({"family_name": "Ahmadzay", f"partner_numbers_{house.us}": "A-201", "reason": "passport"})
    dialog.send()
    settle(qtbot)
    facts = _page(register, house.gul).facts
    assert (facts.family_name, facts.own_script, facts.languages) == ("Ahmadzay", "گل احمدزی", ("prs", "en"))
    assert [row.number for row in _page(register, house.gul).partner_numbers] == ["A-201"]
    assert "Ahmadzay" in page.view.name.text()


def test_two_people_who_change_the_same_person_do_not_overwrite_each_other(
    qtbot: QtBot, register: Register, house: House
) -> None:
    window, page = _open(qtbot, register, resident_id=house.gul)
    identity.identity_dialog(page, _page(register, house.gul)).open()
    settle(qtbot)
    register.perform(actions.change, reason="seen", resident_id=house.gul, person=PersonFacts(family_name="Else"))
    dialog = _dialog(window)
    dialog.form["family_name"].put("Mine")
    dialog.send()
    settle(qtbot)
    dialog = _dialog(window)
    assert "In the register now: \u2068Else\u2069" in [text.text() for text in dialog.findChildren(Text)]
    assert dialog.form["family_name"].read() == "Mine"
    assert _page(register, house.gul).facts.family_name == "Else"
    dialog.form.settle()
    dialog.reject()


def test_a_document_is_entered_and_shown(qtbot: QtBot, register: Register, house: House) -> None:
    window, page = _open(qtbot, register, resident_id=house.gul, tab="identity")
    identity.document_dialog(page, house.gul).open()
    settle(qtbot)
    dialog = _dialog(window)
    kind = dialog.form["kind"]._values[1]  # type: ignore[attr-defined] # noqa: SLF001
    dialog.form.put({"kind": kind, "number": "P0283714", "expires_on": date(2028, 3, 3)})
    dialog.send()
    settle(qtbot)
    assert [paper.number for paper in _page(register, house.gul).documents] == ["P0283714"]


def test_somebody_is_joined_to_a_family_by_typing_a_part_of_a_name(
    qtbot: QtBot, register: Register, house: House
) -> None:
    window, page = _open(qtbot, register, resident_id=house.gul)
    identity.family_dialog(page, _page(register, house.gul))
    settle(qtbot)
    dialog = _dialog(window)
    with register.read() as snapshot:
        found = find(snapshot, text="okaf")[0]
    assert (found.value, found.note, found.detail) == (house.chidi, "K-0017", "Away, overdue")
    dialog.form["with_id"].show_found(found)  # type: ignore[attr-defined]
    dialog.send()
    settle(qtbot)
    assert [each.number for each in _page(register, house.gul).relatives] == ["K-0017"]


def test_the_search_box_says_who_and_where(register: Register, house: House) -> None:
    with register.read() as snapshot:
        people = [found for text in ("gul", "noor", "van") for found in find(snapshot, text=text)]
        by_number = find(snapshot, text="k-0040")[0]
    said = {found.note: (found.text, found.detail) for found in people}
    assert said["K-0012"] == ("Ahmadzai, Gul \u2068گل احمدزی\u2069", "Room 12, bed A")
    assert said["K-0031"][1] == "Present"
    assert said["K-0005"][1] == "Departed"
    assert (by_number.text, by_number.note) == ("K-0040", "")


def test_the_keyboard_alone_goes_from_tab_to_tab(qtbot: QtBot, register: Register, house: House) -> None:
    _window, page = _open(qtbot, register, resident_id=house.gul)
    QTest.keyClick(page.view.tabs.bar, Qt.Key.Key_Right)
    settle(qtbot)
    assert page.view.tabs.key == "identity"
    QTest.keyClick(page.view.tabs.bar, Qt.Key.Key_End)
    settle(qtbot)
    assert page.view.tabs.key == "history"
    with register.read() as snapshot:
        assert residents.roll(snapshot).on_roll == 5
