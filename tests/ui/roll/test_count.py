"""A roll call in the window: its keys, a scanner, two counters, what is done about whom, and what is signed."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from models.actions import absences, people, roll_calls, rooms
from models.actions.roll_calls import Marked
from models.clock import FixedClock
from models.exchange import handed_counts
from models.ids import ProgrammeId, StayId
from models.queries import roll_calls as queries
from models.queries.roll_calls import Count
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, CountedBy, Role, RollMarkState, RollStanding
from models.store.opening import open_register
from models.store.register import Register
from tests import builders
from tests.actions.leavers import at_desk
from tests.conftest import NOON, PASSPHRASE
from tests.ui.audit import complaints
from tests.ui.conftest import activate, press
from tests.ui.departures.windows import settle, show
from ui import prompts, session, work
from ui.kit.fields import ChoiceField, TicksField
from ui.kit.form import FormDialog
from ui.kit.notices import Toast
from ui.kit.undoing import UndoCommand
from ui.language import bare
from ui.picks import PickField
from ui.presentation import at_clock
from ui.roll import count, counting, presentation
from ui.roll.keys import AT_ONCE
from ui.roll.page import RollPage

if TYPE_CHECKING:
    from ui.shell import MainWindow

NAMES = ("Hadi, Ali", "Noori, Najib", "Popescu, Ștefan", "Salman, Haidar", "Tran, Minh")


class Door:
    """Somebody who counts five people, one of them away, in the window."""

    def __init__(self, qtbot: QtBot, register: Register) -> None:
        self.qtbot, self.register = qtbot, register
        register.clock = FixedClock(NOON)
        programme = builders.programme(register)
        self.stays: list[StayId] = []
        for number, name in enumerate(NAMES, 1):
            family, given = name.split(", ")
            who = builders.resident(
                register, f"K-{number}", family_name=family, given_names=given, sort_name=family.lower()
            )
            self.stays.append(builders.stay(register, who, programme, date(2026, 11, 1)))
        left, back = Moment(date(2026, 11, 20)), Moment(date(2026, 11, 23))
        hospital = AbsenceKind.HOSPITAL
        register.perform(absences.record, stay_id=self.stays[4], kind=hospital, left=left, due_back=back)
        self.window: MainWindow = show(qtbot, register, "roll", RollPage)
        page = self.window.page("roll")
        assert isinstance(page, RollPage)
        self.page = page
        activate(qtbot, self.window)

    def begins(self) -> None:
        self.page.begin.click()
        settle(self.qtbot)

    def keys(self, *keys: Qt.Key) -> None:
        for key in keys:
            press(self.page.count.table.view, key)
            if key is Qt.Key.Key_N:
                self.qtbot.wait(2 * AT_ONCE)
        settle(self.qtbot)

    def scans(self, number: str) -> None:
        QTest.keyClicks(self.page.count.table.view, number)
        press(self.page.count.table.view, Qt.Key.Key_Return)
        settle(self.qtbot)

    @property
    def at(self) -> str:
        (which,) = self.page.count.table.selected_ids()
        return NAMES[self.stays.index(StayId(which))]

    def standings(self) -> list[RollStanding]:
        return [line.standing for line in self.page.count.counting.lines]

    def kept(self) -> Count:
        with self.register.read() as snapshot:
            return queries.count(snapshot, roll_call_id=queries.calls(snapshot)[0].id)

    def presses(self, text: str) -> None:
        found = [each for each in self.page.findChildren(QPushButton) if each.text().replace("&", "") == text]
        next(each for each in found if each.isVisible()).click()
        settle(self.qtbot)

    def said(self) -> list[str]:
        found = self.page.findChildren(type(self.page.header.title))
        return [each.text() for each in found if each.isVisible()]

    def form(self) -> FormDialog:
        return next(each for each in self.window.findChildren(FormDialog) if each.isVisible())


@pytest.fixture
def door(qtbot: QtBot, register: Register) -> Door:
    return Door(qtbot, register)


def test_the_space_bar_counts_and_goes_to_the_next_who_is_not_away(door: Door) -> None:
    door.begins()
    assert door.at == "Hadi, Ali"
    door.keys(Qt.Key.Key_Space, Qt.Key.Key_Space)
    assert door.at == "Popescu, Ștefan"
    assert complaints(door.window) == []
    door.keys(Qt.Key.Key_Space, Qt.Key.Key_Space)
    assert door.page.count.counting.balance.balances
    door.presses("Close and sign")
    door.form().send()
    settle(door.qtbot)
    signed = door.kept().call
    assert (signed.on_roll, signed.away, signed.counted, signed.balances) == (5, 1, 4, True)
    assert door.page.table.isVisible()
    assert complaints(door.window) == []


def test_the_list_by_name_stands_in_the_order_of_the_alphabet(
    qtbot: QtBot, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_order = ["Çela, Ana", "Đurić, Ana", "Dushi, Ilir", "Žižić, Ana", "Zogu, Ben"]
    monkeypatch.setattr("tests.ui.roll.test_count.NAMES", tuple(reversed(in_order)))
    door = Door(qtbot, register)
    door.begins()
    door.page.count.order.choose(count.NAMES)
    assert [line.name for line in door.page.count.shown()] == in_order


def test_two_people_at_two_doors_count_at_two_workstations_and_it_is_one_roll_call(door: Door, qtbot: QtBot) -> None:
    """Each in a window of their own; only one of them writes."""
    first = door.register
    given, own = f"{PASSPHRASE}, the first one", f"{PASSPHRASE}, her own"
    first.perform(people.add, name="T. Gashi", role=Role.CLERK, passphrase=given)
    first.beside(person="T. Gashi", passphrase=given).perform(people.change_passphrase, old=given, new=own)
    at_desk(first, Role.SUPERVISOR)
    door.begins()
    door.keys(Qt.Key.Key_Space, Qt.Key.Key_N)
    door.page.count.counting.send()
    settle(qtbot)
    second = open_register(first.folder, passphrase=own, person="T. Gashi", clock=first.clock)
    assert second.holder is not None
    there = show(qtbot, second, "roll", RollPage)
    page = there.page("roll")
    assert isinstance(page, RollPage)
    activate(qtbot, there)
    said = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
    assert any("handed to it, room by room" in each for each in said), said
    assert complaints(there) == []
    page.count.table.select(door.stays[1])
    press(page.count.table.view, Qt.Key.Key_Space)
    press(page.count.table.view, Qt.Key.Key_Space)
    press(page.count.table.view, Qt.Key.Key_Space)
    page.count.counting.send()
    settle(qtbot)
    assert page.count.counting.balance.to_count == 0, "what is counted here shows here"
    with first.read() as snapshot:
        assert queries.house(snapshot).open is not None
        marked = queries.count(snapshot, roll_call_id=queries.calls(snapshot)[0].id).lines
    assert [line.standing for line in marked].count(RollStanding.COUNTED) == 1, "nothing of it is written yet"
    (file,) = (first.folder / "handed").iterdir()
    assert b"Gashi" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    there.close()
    second.close()
    work.start(first)
    door.window = show(qtbot, first, "roll", RollPage)
    again = door.window.page("roll")
    assert isinstance(again, RollPage)
    door.page = again
    settle(qtbot)
    door.presses("Take in what \u2068T. Gashi\u2069 counted: 3 people")
    found = door.kept()
    assert [(each.name, each.part) for each in found.call.counters] == [("A. Berisha", ""), ("T. Gashi", "")]
    assert found.balance.balances, "whoever was seen at one door is here"
    assert list((first.folder / "handed").iterdir()) == []
    assert complaints(door.window) == []
    door.presses("Close and sign")
    door.form().send()
    settle(qtbot)
    assert door.kept().call.balances


def test_what_is_handed_over_by_a_stranger_or_was_changed_is_passed_over(door: Door) -> None:
    door.begins()
    which = door.kept().call.id
    mark = (Marked(door.stays[0], RollMarkState.HERE),)
    handed_counts.hand_over(door.register, roll_call_id=which, part="", marks=mark)
    assert [each.marks for each in handed_counts.waiting(door.register, roll_call_id=which)] == [mark]
    (file,) = (door.register.folder / "handed").iterdir()
    raw = bytearray(file.read_bytes())
    raw[-20] ^= 1
    file.write_bytes(raw)
    (file.parent / "1-x.handed").write_bytes(b"nothing")
    assert handed_counts.waiting(door.register, roll_call_id=which) == ()


def test_n_says_not_here_and_the_arrow_leads_back_to_put_it_right(door: Door) -> None:
    door.begins()
    door.keys(Qt.Key.Key_N)
    assert door.standings()[0] is RollStanding.MISSING
    assert door.at == "Noori, Najib"
    door.keys(Qt.Key.Key_Up)
    assert door.at == "Hadi, Ali"
    door.keys(Qt.Key.Key_Space)
    assert door.standings()[0] is RollStanding.COUNTED
    door.keys(Qt.Key.Key_Up, Qt.Key.Key_Backspace)
    assert RollStanding.TO_COUNT in door.standings()[:2]


def test_a_scanned_card_counts_its_holder_wherever_that_is(door: Door) -> None:
    door.begins()
    door.scans("k-4")
    assert door.standings()[3] is RollStanding.COUNTED
    door.page.count.counting.send()
    settle(door.qtbot)
    marks = {line.stay_id: line.mark for line in door.kept().lines if line.mark is not None}
    assert marks[door.stays[3]].counted_by is CountedBy.CARD
    assert set(marks) == {door.stays[3]}


def test_a_number_whose_letters_are_keys_is_no_key_and_an_unknown_one_counts_nobody(door: Door) -> None:
    door.begins()
    door.scans("N-77")
    assert set(door.standings()[:4]) == {RollStanding.TO_COUNT}


def test_whoever_is_scanned_and_is_away_is_unexpected_until_the_return_is_entered(door: Door) -> None:
    door.begins()
    door.scans("K-5")
    assert door.standings()[4] is RollStanding.UNEXPECTED
    door.page.count.go_to(door.stays[4])
    settle(door.qtbot)
    door.presses("Record return")
    door.form().send()
    settle(door.qtbot)
    assert door.standings()[4] is RollStanding.COUNTED  # the clock stands: back at the instant of the count


def test_of_who_has_left_no_return_can_be_entered_and_the_page_of_the_person_is_offered(door: Door) -> None:
    who = builders.resident(door.register, "K-0009", family_name="Karimi", given_names="Yousuf")
    stay = builders.stay(door.register, who, ProgrammeId(1), date(2026, 10, 1), date(2026, 10, 9))
    door.begins()
    door.scans("K-0009")
    door.page.count.counting.send()
    settle(door.qtbot)
    door.page.count.go_to(stay)
    settle(door.qtbot)
    offered = [each.text() for each in door.page.count.findChildren(QPushButton) if each.isVisible()]
    assert {"Open \u2068Karimi, Yousuf\u2069", "Explain"} <= set(offered)
    assert "Record return" not in offered


def test_what_was_seen_at_another_door_is_not_silently_kept(door: Door) -> None:
    door.begins()
    door.keys(Qt.Key.Key_Space)
    door.page.count.counting.send()
    settle(door.qtbot)
    door.presses("Count at another door")
    form = door.form()
    form.form["counter"].put("T. Gashi")
    form.send()
    settle(door.qtbot)
    for key in (Qt.Key.Key_N, Qt.Key.Key_Backspace):
        door.page.count.go_to(door.stays[0])
        door.keys(key)
        assert door.standings()[0] is RollStanding.COUNTED
        toast = next(each for each in door.window.findChildren(Toast) if each.isVisible())
        assert "A. Berisha has seen Hadi, Ali." in bare(toast.label.text())


def test_marks_are_written_by_themselves_and_all_of_them_when_the_page_is_left(door: Door) -> None:
    door.begins()
    door.keys(Qt.Key.Key_Space)
    assert door.kept().balance.counted == 0
    door.window.open("roll", register=True)
    settle(door.qtbot)
    assert door.kept().balance.counted == 1
    door.page.count.counting._soon.setInterval(10)  # noqa: SLF001 - nobody waits for seconds here
    door.window.open("roll")
    settle(door.qtbot)
    door.page.count.go_to(door.stays[1])
    door.keys(Qt.Key.Key_Space)
    door.qtbot.waitUntil(lambda: door.kept().balance.counted == 2)


def test_no_more_than_a_few_marks_wait(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST", 2)
    door.begins()
    door.keys(Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Space)
    assert door.kept().balance.counted == 2


def test_it_is_not_signed_before_it_is_said_what_was_done_and_then_with_what_was_said(door: Door) -> None:
    door.begins()
    door.keys(Qt.Key.Key_N, Qt.Key.Key_Space, Qt.Key.Key_Space)
    prompts.answers.append(None)  # type: ignore[union-attr]
    door.presses("Close and sign")
    assert "1 person is not counted yet, 1 person was not found" in prompts.asked[-1].text
    assert door.at == "Salman, Haidar"
    door.keys(Qt.Key.Key_Space)
    assert door.at == "Hadi, Ali"
    door.presses("Report missing")
    form = door.form()
    form.form["words"].put("To the police, 21:40")
    form.send()
    settle(door.qtbot)
    door.presses("Close and sign")
    door.form().send()
    settle(door.qtbot)
    signed = door.kept()
    assert (signed.call.missing, signed.call.balances) == (1, False)
    assert [line.mark.words for line in signed.lines if line.mark and line.mark.words] == ["To the police, 21:40"]


def test_who_is_found_when_looked_for_is_here(door: Door) -> None:
    door.begins()
    door.keys(Qt.Key.Key_N, Qt.Key.Key_Up)
    door.presses("Found")
    door.page.count.counting.send()
    settle(door.qtbot)
    marks = {line.stay_id: line.mark for line in door.kept().lines if line.mark}
    assert marks[door.stays[0]].counted_by is CountedBy.LOOKED_FOR


def test_what_another_counter_marks_meanwhile_is_shown_and_nothing_of_ones_own_is_lost(door: Door) -> None:
    door.begins()
    door.keys(Qt.Key.Key_Space)
    call = door.kept().call.id
    other = door.register.perform(roll_calls.join, roll_call_id=call, counter="T. Gashi", part="House B").value
    marks = [Marked(door.stays[2], RollMarkState.HERE)]
    door.register.perform(roll_calls.mark, roll_call_id=call, counter_id=other, marks=marks)
    door.page.refresh()
    settle(door.qtbot)
    assert [each is RollStanding.COUNTED for each in door.standings()] == [True, False, True, False, False]
    assert "T. Gashi (House B)" in bare(door.page.header.subtitle.text())


def test_what_is_counted_at_another_door_is_marked_for_whoever_counts_there(door: Door) -> None:
    for building in ("House A", "House B"):
        door.register.perform(rooms.add_room, name="1", building=building)
    door.begins()
    door.keys(Qt.Key.Key_Space)
    door.presses("Count at another door")
    door.form().form["counter"].put("T. Gashi")
    door.form().form["part"].put("House B")
    door.form().send()
    settle(door.qtbot)
    assert door.page.count.part.currentData() == "House B"
    door.page.count.go_to(door.stays[1])
    door.keys(Qt.Key.Key_Space)
    door.page.count.counting.send()
    settle(door.qtbot)
    kept = door.kept()
    names = {each.id: each.name for each in kept.call.counters}
    by = [names[line.mark.counter_id] for line in kept.lines if line.mark and line.mark.counter_id]
    assert by == [kept.call.begun_by, "T. Gashi"]
    door.presses("Count at another door")
    door.form().send()
    settle(door.qtbot)
    assert door.page.count.part.currentData() == ""
    assert len(door.kept().call.counters) == 2, "who counts again is no third"


def test_what_was_counted_on_the_sheet_of_the_whole_house_is_entered(door: Door) -> None:
    door.presses("Enter from the printed sheet")
    door.form().form["counter"].put("T. Gashi")
    door.form().send()
    settle(door.qtbot)
    assert [(each.name, each.part) for each in door.kept().call.counters] == [("T. Gashi", "")]


def test_a_paused_count_takes_no_key_until_it_is_taken_up_again(door: Door) -> None:
    door.begins()
    door.keys(Qt.Key.Key_Space)
    door.presses("Pause")
    door.keys(Qt.Key.Key_Space)
    assert door.kept().balance.counted == 1
    door.presses("Take it up again")
    door.page.count.go_to(door.stays[1])
    door.keys(Qt.Key.Key_Space)
    door.page.count.counting.send()
    settle(door.qtbot)
    assert door.kept().balance.counted == 2


def test_going_back_to_the_page_begins_nothing_again(door: Door) -> None:
    door.window.open("roll", begins=True)
    settle(door.qtbot)
    first = door.kept().call
    assert first.is_open
    door.register.perform(roll_calls.take_back, roll_call_id=first.id, reason="Wrong key")
    door.page.show_at(door.page.where())
    settle(door.qtbot)
    assert door.kept().call.id == first.id


def misses_a_week(door: Door) -> None:
    """Let a week pass in which nobody counts."""
    door.register.clock = FixedClock(NOON - timedelta(days=7))
    door.register.perform(roll_calls.schedule, roll_calls="07:00 21:00", fire_lists="")
    door.register.clock = FixedClock(NOON)
    door.page.refresh()
    settle(door.qtbot)


def test_a_week_of_missed_counts_is_answered_with_one_reason_and_undone(door: Door) -> None:
    misses_a_week(door)
    door.presses("Say why")
    form = door.form()
    ticks = form.form["due_at"]
    assert isinstance(ticks, TicksField)
    first, *others = ticks.boxes.values()
    assert len(others) == 13
    first.click()
    form.form["reason"].put("The house was closed")
    form.send()
    settle(door.qtbot)
    with door.register.read() as snapshot:
        (left,) = queries.due(snapshot).missed
        assert [each.not_held for each in queries.calls(snapshot)] == ["The house was closed"] * 13
    assert f"Roll call of {at_clock(left)} was not held" in door.said()
    undo = door.window.findChild(UndoCommand)
    assert undo is not None
    undo.trigger()
    settle(door.qtbot)
    with door.register.read() as snapshot:
        assert len(queries.due(snapshot).missed) == 14
        rows = queries.calls(snapshot)
    assert {presentation.result(each).plain for each in rows} == {"taken back"}
    assert "The house was closed" not in {each.words for each in rows}, "why it was taken back stands there"


def test_a_count_that_is_begun_hours_late_asks_for_which_hour_it_is_and_says_so(door: Door) -> None:
    door.register.clock = FixedClock(datetime(2026, 11, 21, 4, 0, tzinfo=NOON.tzinfo))
    door.register.perform(roll_calls.schedule, roll_calls="06:00", fire_lists="")
    door.register.clock = FixedClock(NOON)
    door.page.refresh()
    settle(door.qtbot)
    door.begins()
    form = door.form()
    field = form.form["held_for"]
    assert isinstance(field, ChoiceField)
    assert [field.combo.itemText(at) for at in range(field.combo.count())] == [
        "The hour at which it begins",
        "21 Nov 2026 06:00",
    ]
    field.put(datetime(2026, 11, 21, 5, 0, tzinfo=UTC))
    form.send()
    settle(door.qtbot)
    assert door.page.header.title.text() == "Roll call, 06:00"
    assert any("held late, for 21 Nov 2026 06:00" in each for each in door.said())


def test_a_sheet_is_offered_the_missed_hours_of_its_own_day_alone(door: Door) -> None:
    misses_a_week(door)
    door.presses("Enter from the printed sheet")
    form = door.form().form
    late = form["held_for"]
    assert isinstance(late, ChoiceField)

    def offered() -> list[str]:
        return [] if late.isHidden() else [late.combo.itemText(at) for at in range(1, late.combo.count())]

    assert offered() == ["20 Nov 2026 21:00", "21 Nov 2026 07:00"]
    form["began"].put(Moment.of(NOON - timedelta(days=4), session.zone()))
    assert offered() == ["16 Nov 2026 21:00", "17 Nov 2026 07:00"]
    form["began"].put(Moment.of(NOON - timedelta(days=20), session.zone()))
    assert offered() == []


def test_the_hour_for_which_it_was_held_and_that_somebody_had_departed_are_put_right_in_the_window(door: Door) -> None:
    door.register.clock = FixedClock(datetime(2026, 11, 21, 4, 0, tzinfo=NOON.tzinfo))
    door.register.perform(roll_calls.schedule, roll_calls="06:00", fire_lists="")
    door.register.clock = FixedClock(NOON)
    call = door.register.perform(roll_calls.begin).value
    counter = door.kept().call.counters[0].id
    marks = [Marked(each, RollMarkState.HERE) for each in door.stays[:4]]
    door.register.perform(roll_calls.mark, roll_call_id=call, counter_id=counter, marks=marks)
    door.register.perform(roll_calls.close, roll_call_id=call)
    door.window.open("roll", roll_call_id=call)
    settle(door.qtbot)
    door.presses("Correct times and counters")
    form = door.form()
    form.form[f"counter_{counter}"].put("T. Gashi")
    form.form["held_for"].put(datetime(2026, 11, 21, 5, 0, tzinfo=UTC))
    form.form["reason"].put("The log of the door")
    form.send()
    settle(door.qtbot)
    assert door.page.header.title.text() == "Roll call, 06:00"
    assert any("counted by" in each and "T. Gashi" in each for each in door.said())
    door.page.count.go_to(door.stays[0])
    settle(door.qtbot)
    door.presses("Correct the roll call")
    form = door.form()
    form.form["standing"].put(RollStanding.DEPARTED)
    form.form["reason"].put("Left with the bus at eight")
    form.send()
    settle(door.qtbot)
    assert door.standings()[0] is RollStanding.DEPARTED


def test_who_was_here_and_was_not_asked_for_is_added_to_a_signed_roll_call(door: Door) -> None:
    call = door.register.perform(roll_calls.begin).value
    counter = door.kept().call.counters[0].id
    marks = [Marked(each, RollMarkState.HERE) for each in door.stays[:4]]
    door.register.perform(roll_calls.mark, roll_call_id=call, counter_id=counter, marks=marks)
    door.register.perform(roll_calls.close, roll_call_id=call)
    with door.register.read() as snapshot:
        programme = snapshot.connection.exec_driver_sql("SELECT id FROM programmes").scalar_one()
    late, later = (
        builders.stay(door.register, builders.resident(door.register, number), programme, arrived)
        for number, arrived in (("K-71", date(2026, 11, 20)), ("K-72", date(2026, 11, 22)))
    )
    door.window.open("roll", roll_call_id=call)
    settle(door.qtbot)
    door.presses("Add somebody")
    form = door.form()
    who = form.form["stay_id"]
    assert isinstance(who, PickField)
    find = who.line._find  # noqa: SLF001 - what a key asks
    assert callable(find)
    with door.register.read() as snapshot:
        assert [each.value for each in find(snapshot, text="K-71")] == [late]
        assert not find(snapshot, text="K-72"), f"stay {later} began after it"
        assert not find(snapshot, text="K-1"), "stands in it already"
        who.show_found(find(snapshot, text="K-71")[0])
    form.form["standing"].put(RollStanding.COUNTED)
    form.form["reason"].put("Entered late: slept here")
    form.send()
    settle(door.qtbot)
    assert [(line.stay_id, line.standing) for line in door.kept().lines if line.stay_id == late] == [
        (late, RollStanding.COUNTED)
    ]
    assert [each.standing_before for each in door.kept().corrections] == [None]
    with door.register.read() as snapshot:
        assert not find(snapshot, text="K-71")


def test_the_register_of_counts_has_all_that_were_ever_held_and_finds_them(door: Door) -> None:
    door.register.clock = FixedClock(NOON - timedelta(days=10))
    door.register.perform(roll_calls.schedule, roll_calls="07:00 21:00", fire_lists="")
    for days, why in ((7, "Snow"), (0, "The house was closed")):
        door.register.clock = FixedClock(NOON - timedelta(days=days))
        with door.register.read() as snapshot:
            missed = queries.due(snapshot).missed
        door.register.perform(roll_calls.not_held, due_at=missed, reason=why)
    door.page.refresh()
    settle(door.qtbot)
    table = door.page.table
    assert table.model.rowCount() == 20
    with door.register.read() as snapshot:
        assert list(table.model.ids) == [each.id for each in queries.calls(snapshot)]
        assert len(queries.ids(snapshot, text="snow")) == 6
        first = queries.ids(snapshot, sort="due", descending=False)[0]
    door.window.open("roll", roll_call_id=first)
    settle(door.qtbot)
    assert door.page.header.title.text() == "Roll call, 21:00"


@pytest.mark.parametrize("hour", ["09:00", "09:14"])
def test_the_page_says_which_hour_is_to_be_held(door: Door, hour: str) -> None:
    door.register.clock = FixedClock(datetime(2026, 11, 21, 7, 0, tzinfo=NOON.tzinfo))
    door.register.perform(roll_calls.schedule, roll_calls=hour, fire_lists="")
    door.register.clock = FixedClock(NOON)
    door.page.refresh()
    settle(door.qtbot)
    assert f"Hold the roll call of 21 Nov 2026 {hour} now" in door.said()
    door.begins()
    assert door.page.header.title.text() == f"Roll call, {hour}"
