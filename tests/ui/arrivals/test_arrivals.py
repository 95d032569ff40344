"""The form of an arrival in a real window: accepted, back again, new; what it prefills, shows and refuses."""

from collections import deque
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.actions import rooms
from models.actions import selection as actions
from models.entities.residents import PartnerNumber, Resident
from models.entities.rooms import Placement
from models.entities.stays import Stay
from models.ids import CandidateId, ListId, ProgrammeId
from models.queries import arrivals
from models.rules.birth import BirthDate
from models.rules.kept import restored
from models.rules.vocabulary import Answer, DepartureKind, LimitRule, Role, RoomKind, Sex
from models.store.register import Register
from models.text import translator
from tests import builders
from tests.ui.audit import complaints
from tests.ui.departures.windows import arrival_of, settle, show
from tests.ui.selection.conftest import person, whole
from ui import prompts
from ui.arrivals.against import BedAgainst, StandsAgainst
from ui.arrivals.asked import ACCEPTED, KNOWN, NEW, find_known
from ui.arrivals.form import ArrivalForm, open_arrival
from ui.kit.labels import LinkButton, Text
from ui.picks import PickField
from ui.selection.page import SelectionPage
from ui.shell import MainWindow

SINCE_1984 = {"sort_name": "rahmani mohammad yousuf", "birth": BirthDate(1984, 3, 21)}
"""The name that lists sort by, and the birth date of the list."""


def accept(register: Register, number: str) -> CandidateId:
    who = person(register, number)
    for row in whole(register, who).criteria[1:3]:
        register.perform(actions.answer, candidate_id=who, criterion_id=row.id, given=Answer.NO)
    builders.accept(register, who)
    return who


def opened(qtbot: QtBot, window: MainWindow, candidate_id: CandidateId | None = None) -> ArrivalForm:
    open_arrival(window, **({} if candidate_id is None else {"candidate_id": candidate_id}))
    return arrival_of(qtbot, window)


def send(qtbot: QtBot, form: ArrivalForm) -> None:
    form.send()
    settle(qtbot)


@pytest.fixture
def main(qtbot: QtBot, register: Register, small: ListId) -> MainWindow:
    register.perform(rooms.add_room, name="12", beds=2)
    return show(qtbot, register, "selection", SelectionPage)


def test_an_accepted_candidate_arrives_with_what_the_list_says(
    qtbot: QtBot, register: Register, main: MainWindow
) -> None:
    who = accept(register, "900-441-000")
    form = opened(qtbot, main, who)
    assert complaints(form) == []
    values = form.form.values()
    assert (values["who"], values["candidate_id"], values["family_name"]) == (ACCEPTED, who, "RAHMANI")
    assert (values["number"], values["arrived"].on) == ("P02837100", date(2026, 11, 21))
    assert "emergency_reason" not in values
    bed = form.form["bed_id"]
    assert isinstance(bed, PickField)
    assert [each.text for each in bed._all] == ["12, bed A", "12, bed B"]  # noqa: SLF001 - what is offered
    bed.put(bed._all[1].value)  # noqa: SLF001 - what is offered
    form.form["given_names"].put("Mohammad")
    form.form["languages"].put(("prs",))
    send(qtbot, form)
    with register.write() as unit:
        stay = unit.session.query(Stay).one()
        assert (stay.candidate_id, stay.emergency_reasons, stay.arrived_at is None) == (who, [], False)
        resident = stay.resident
        assert (resident.given_names, resident.languages, resident.number) == ("Mohammad", ["prs"], "K-0001")
        assert [each.number for each in resident.documents] == ["P02837100"]
        assert unit.session.query(Placement).one().bed.name == "B"
        unit.begin(builders.TEST, {})


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.CLERK])
def test_what_is_against_the_bed_is_said_when_it_is_chosen_and_a_supervisor_says_there_why_it_is_allowed(
    qtbot: QtBot, register: Register, main: MainWindow, role: Role
) -> None:
    """Of the list one is a man; whoever is at the desk learns it before all is typed, and not at the end."""
    who = accept(register, "900-441-000")
    register.perform(rooms.add_room, name="20", beds=1, kind=RoomKind.WOMEN)
    register.person = replace(register.person, role=role, stands_in=False)
    form = opened(qtbot, main, who)
    bed, reason, sex = (form.form[name] for name in ("bed_id", "bed_reason", "sex"))
    assert isinstance(bed, PickField)
    form.steps.turn_to("room")

    def waited() -> None:
        qtbot.wait(BedAgainst.PATIENCE + 50)
        settle(qtbot)

    (against,) = form.findChildren(BedAgainst)
    sex.put(Sex.FEMALE)
    bed.show_found(next(each for each in bed._all if each.text.startswith("20")))  # noqa: SLF001 - what is offered
    bed.changed()
    waited()
    assert not against.isVisible()
    sex.put(Sex.MALE)
    waited()
    assert "Room 20 is for women, and RAHMANI, Mohammad Yousuf is male." in against.label.text()
    assert reason.isVisible() is (role is Role.SUPERVISOR)
    assert complaints(form) == []
    send(qtbot, form)
    if role is Role.CLERK:
        assert "ask a supervisor" in bed.error.text()
        return
    assert reason.error.text().endswith("Please fill this in.")
    reason.put("the only bed that is left")
    send(qtbot, form)
    assert builders.rows(register, "SELECT reason FROM placements") == [("the only bed that is left",)]


def test_the_family_is_offered_one_after_the_other(qtbot: QtBot, register: Register, main: MainWindow) -> None:
    one, two = accept(register, "900-441-000"), accept(register, "900-441-001")
    form = opened(qtbot, main, one)
    prompts.answers = deque([True])
    send(qtbot, form)
    assert prompts.asked[-1].title.endswith("Register \u2068RAHMANI, Zarghuna\u2069 too?")
    following = arrival_of(qtbot, main)
    assert following.form["candidate_id"].read() == two
    send(qtbot, following)
    with register.read() as snapshot:
        assert list(arrivals.expected(snapshot)) == []
    assert whole(register, two).resident == "K-0002"


def test_what_stands_against_it_is_named_and_an_emergency_needs_its_reason(
    qtbot: QtBot, register: Register, main: MainWindow
) -> None:
    who = person(register, "900-441-001")
    form = opened(qtbot, main, who)
    (against,) = form.findChildren(StandsAgainst)
    assert "The person was not accepted yet." in against.label.text(), "before anything is typed"
    assert form.form["emergency"].read()
    send(qtbot, form)
    assert form.form["emergency_reason"].error.text().endswith("Please fill this in.")
    form.form["emergency_reason"].put("brought by night, ill")
    send(qtbot, form)
    with register.write() as unit:
        stay = unit.session.query(Stay).one()
        said = [translator("en").render(each) for each in restored(stay.emergency_reasons)]
        unit.begin(builders.TEST, {})
    assert said == ["Emergency arrival: brought by night, ill", "The person was not accepted yet."]


def test_somebody_new_is_an_emergency_and_the_form_says_what_is_missing(
    qtbot: QtBot, register: Register, main: MainWindow
) -> None:
    form = opened(qtbot, main)
    form.form["who"].put(NEW)
    form._arrange()  # noqa: SLF001 - as the choice does
    form.form["family_name"].put("Okafor")
    qtbot.wait(400)
    settle(qtbot)
    assert form._missing.isVisible()  # noqa: SLF001 - what the form says
    said = form._missing.label.text()  # noqa: SLF001 - what the form says
    assert "the sex, the birth date, the nationality, a language, a document" in said
    assert form._emergency_says.isVisible()  # noqa: SLF001 - what the form says
    send(qtbot, form)
    assert form.form["emergency_reason"].error.text()
    form.form["emergency_reason"].put("handed over at the gate")
    send(qtbot, form)
    with register.write() as unit:
        stay = unit.session.query(Stay).one()
        assert (stay.candidate_id, stay.resident.family_name) == (None, "Okafor")
        assert stay.emergency_reasons
        unit.begin(builders.TEST, {})


def test_whoever_may_be_known_is_shown_and_can_be_chosen(
    qtbot: QtBot, register: Register, main: MainWindow, programme: ProgrammeId
) -> None:
    known = builders.resident(
        register, "K-0007", family_name="Rahmani", given_names="Mohammad Yousuf", sort_name="rahmani mohammad yousuf"
    )
    builders.stay(register, known, programme, date(2026, 7, 1), date(2026, 8, 1))
    who = accept(register, "900-441-000")
    form = opened(qtbot, main, who)
    links = [each for each in form.findChildren(LinkButton) if each.isVisible() and "same person" in each.text()]
    assert [each.text() for each in links] == ["This is the same person"]
    assert complaints(form) == []
    links[0].click()
    qtbot.wait(400)
    settle(qtbot)
    assert "Not the same person" in [each.text() for each in form.findChildren(LinkButton) if each.isVisible()]
    send(qtbot, form)
    with register.write() as unit:
        assert unit.session.query(Resident).count() == 1
        assert [each.candidate_id for each in unit.session.query(Stay).order_by(Stay.id)] == [None, who]
        assert unit.session.query(PartnerNumber).one().number == "900-441-000"
        unit.begin(builders.TEST, {})
    assert whole(register, who).resident == "K-0007"


def test_the_bed_is_asked_about_for_the_resident_who_is_said_to_be_the_same(
    qtbot: QtBot, register: Register, main: MainWindow, programme: ProgrammeId
) -> None:
    """What the register knows is never written over: of the list one is a man, of the register a woman."""
    register.perform(rooms.add_room, name="20", beds=1, kind=RoomKind.WOMEN)
    known = builders.resident(
        register, "K-0007", family_name="Rahmani", given_names="Mohammad Yousuf", sex=Sex.FEMALE, **SINCE_1984
    )
    builders.stay(register, known, programme, date(2026, 7, 1), date(2026, 8, 1))
    form = opened(qtbot, main, accept(register, "900-441-000"))
    bed = form.form["bed_id"]
    assert isinstance(bed, PickField)
    bed.show_found(next(each for each in bed._all if each.text.startswith("20")))  # noqa: SLF001 - what is offered
    bed.changed()
    (against,) = form.findChildren(BedAgainst)

    def is_said() -> bool:
        qtbot.wait(BedAgainst.PATIENCE + 50)
        settle(qtbot)
        return bool(against.label.text())

    assert is_said()
    for word in ("This is the same person", "Not the same person"):
        next(each for each in form.findChildren(LinkButton) if each.isVisible() and each.text() == word).click()
        assert is_said() is (word == "Not the same person")


@pytest.mark.parametrize("departed", [None, date(2026, 8, 1)])
def test_who_cannot_arrive_is_shown_as_perhaps_the_same_and_not_offered(
    qtbot: QtBot, register: Register, main: MainWindow, programme: ProgrammeId, departed: date | None
) -> None:
    known = builders.resident(register, "K-0007", family_name="Rahmani", given_names="Mohammad Yousuf", **SINCE_1984)
    kind = {"departure_kind": DepartureKind.DEATH} if departed else {}
    builders.stay(register, known, programme, date(2026, 7, 1), departed, **kind)
    form = opened(qtbot, main, accept(register, "900-441-000"))
    said = [each.text() for each in form.findChildren(QLabel) if each.isVisible() and "K-0007" in each.text()]
    assert len(said) == 1
    assert ("Died on 1 Aug 2026" if departed else "On the roll") in said[0]
    links = [each.text() for each in form.findChildren(LinkButton) if each.isVisible()]
    assert "This is the same person" not in links
    assert complaints(form) == []


def test_who_died_and_is_chosen_is_said_to_be_dead_before_anything_else_is_typed(
    qtbot: QtBot, register: Register, main: MainWindow, programme: ProgrammeId
) -> None:
    dead = builders.resident(register, "K-0007", family_name="Noori", sort_name="noori")
    gone = builders.resident(register, "K-0008", family_name="Noorzai", sort_name="noorzai")
    for who, kind in ((dead, DepartureKind.DEATH), (gone, DepartureKind.NOT_RECORDED)):
        builders.stay(register, who, programme, date(2026, 7, 1), date(2026, 8, 1), departure_kind=kind)
    form = opened(qtbot, main)
    form.form["who"].put(KNOWN)
    form._arrange()  # noqa: SLF001 - as the choice does
    picked = form.form["resident_id"]
    assert isinstance(picked, PickField)
    (against,) = form.findChildren(StandsAgainst)
    with register.read() as snapshot:
        found = {each.note: each for each in find_known(snapshot, text="noo")}
    for number, is_dead in (("K-0007", True), ("K-0008", False)):
        picked.show_found(found[number])
        picked.changed()
        settle(qtbot)
        assert ("K-0007 died on 1 Aug 2026. If that is wrong" in against.label.text()) is is_dead
        assert ("on no proposed list" in against.label.text()) is not is_dead
        assert form.form["emergency"].read() is not is_dead


def test_a_former_resident_is_found_and_comes_back(
    qtbot: QtBot, register: Register, main: MainWindow, programme: ProgrammeId
) -> None:
    known = builders.resident(register, "K-0007", family_name="Noori", sort_name="noori")
    builders.stay(register, known, programme, date(2026, 7, 1), date(2026, 8, 1))
    form = opened(qtbot, main)
    form.form["who"].put(KNOWN)
    form._arrange()  # noqa: SLF001 - as the choice does
    picked = form.form["resident_id"]
    assert isinstance(picked, PickField)
    assert not form.form["family_name"].isVisible()
    with register.read() as snapshot:
        found = find_known(snapshot, text="noo")
    assert [(each.note, each.detail) for each in found] == [("K-0007", "US-2025 left 1 Aug 2026")]
    picked.show_found(found[0])
    send(qtbot, form)
    assert "on no proposed list" in form.form.refusal.label.text()
    form.form["emergency"].put(True)
    form._arrange()  # noqa: SLF001 - as a press on the box does
    form.form["emergency_reason"].put("came back by herself")
    send(qtbot, form)
    with register.write() as unit:
        assert unit.session.query(Stay).filter(Stay.departed_on.is_(None)).one().resident_id == known
        unit.begin(builders.TEST, {})


def test_a_programme_with_dates_of_release_asks_for_the_last_day(qtbot: QtBot, register: Register) -> None:
    builders.programme(register, "DK-GJILAN", limit_rule=LimitRule.FIXED_DATE)
    form = opened(qtbot, show(qtbot, register, "selection", SelectionPage))
    assert form.form["fixed_limit"].isVisible()
    form.form["who"].put(NEW)
    form._arrange()  # noqa: SLF001 - as the choice does
    form.form["family_name"].put("Öztürk")
    form.form["fixed_limit"].put(date(2027, 4, 19))
    form.form["emergency_reason"].put("sent before the list came")
    send(qtbot, form)
    with register.write() as unit:
        assert unit.session.query(Stay).one().limit_on == date(2027, 4, 19)
        unit.begin(builders.TEST, {})


def test_without_a_programme_the_form_says_what_to_do_first(qtbot: QtBot, register: Register) -> None:
    window = show(qtbot, register, "selection", SelectionPage)
    open_arrival(window)
    settle(qtbot)
    assert "There is no programme yet" in [each.text() for each in window.page("arrival").findChildren(Text)]


def test_needs_that_nobody_could_read_are_not_asked_for(qtbot: QtBot, register: Register, main: MainWindow) -> None:
    assert opened(qtbot, main).form["notes"].isEnabled()
    register.facility = replace(register.facility, has_holder=False)
    assert not opened(qtbot, main).form["notes"].isEnabled()
