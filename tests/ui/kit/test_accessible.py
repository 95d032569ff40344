"""What is told to those who cannot see: what each thing is, the parts of what is drawn, and what happens."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.errors import Refused
from models.text import message
from tests.ui.audit import told, unannounced, untold
from tests.ui.conftest import activate, press
from ui.banner import Banner, Line
from ui.kit import accessible
from ui.kit.choosing import Choices, Tabs
from ui.kit.fields import ChoiceField, TextField
from ui.kit.form import Form, Section
from ui.kit.labels import Text
from ui.kit.layout import Card, Empty, PageHeader, column, held
from ui.kit.notices import Callout
from ui.kit.search import Found, Popup, SearchLine
from ui.kit.tokens import Tone
from ui.kit.typed_fields import DateField
from ui.scrolled import Scrolled
from ui.today.night_bars import NightBars

TODAY = date(2026, 11, 21)
Role = QAccessible.Role


def tree(top: QWidget) -> list[tuple[QAccessible.Role, str]]:
    """Role and name of all that is in a widget, from the top down."""
    found: list[tuple[QAccessible.Role, str]] = []
    todo = [QAccessible.queryAccessibleInterface(top)]
    while todo:
        each = todo.pop(0)
        found.append((each.role(), each.text(QAccessible.Text.Name)))
        todo[:0] = [each.child(at) for at in range(each.childCount())]
    return found


def show(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_titles_are_headings_and_cards_are_named_groups(qtbot: QtBot) -> None:
    card = Card("Where the person stands", "today")
    page = show(qtbot, held(column(PageHeader("Residents", "3 present"), card)))
    seen = tree(page)
    assert (Role.Heading, "Residents") in seen
    assert (Role.StaticText, "3 present") in seen
    assert (Role.Grouping, "Where the person stands") in seen
    assert (Role.Heading, "Where the person stands") in seen
    card.say("Where the person stood")
    assert (Role.Grouping, "Where the person stood") in tree(page)


def test_headings_stand_under_each_other(qtbot: QtBot) -> None:
    show(qtbot, page := held(column(PageHeader("Residents"), Card("Who"), Form([Section("Papers")]))))
    levels = {each.text(): _level(each) for each in page.findChildren(Text) if each.text()}
    assert levels == {"Residents": 1, "Who": 2, "Papers": 3}


def _level(label: Text) -> int | None:
    told = QAccessible.queryAccessibleInterface(label)
    assert told.textInterface() is None
    attributes = told.attributesInterface()
    return None if attributes is None else int(attributes.attributeValue(QAccessible.Attribute.Level))


def test_a_heading_is_one_too_while_somebody_listens(qtbot: QtBot) -> None:
    """Qt asks for the role at the first word, and never again."""
    QAccessible.setActive(True)
    try:
        assert tree(show(qtbot, Text("Residents", "title"))) == [(Role.Heading, "Residents")]
    finally:
        QAccessible.setActive(False)


def test_tabs_are_tabs_and_what_is_chosen_among_others_are_radio_buttons(qtbot: QtBot) -> None:
    tabs = Tabs("About this resident")
    for key in ("Stay", "Room"):
        tabs.add(key, key, lambda: Empty("Nothing here"))
    tabs.turn_to("Stay")
    seen = tree(show(qtbot, tabs))
    assert [name for role, name in seen if role is Role.PageTab] == ["Stay", "Room"]
    chosen: list[str] = []
    filters = Choices("Which residents", {"roll": "On the roll", "away": "Away", "all": "All"})
    filters.chosen.connect(lambda: chosen.append(filters.value))
    seen = tree(show(qtbot, filters))
    assert [name for role, name in seen if role is Role.RadioButton] == ["On the roll", "Away", "All"]
    assert filters.value == "roll"
    filters.buttons["away"].click()
    filters.choose("all")
    assert (chosen, filters.value) == (["away"], "all")
    assert [button.isChecked() for button in filters.buttons.values()] == [False, False, True]


def test_each_part_of_a_picture_is_told_as_an_entry_and_keeps_its_place(qtbot: QtBot) -> None:
    made = NightBars("Present at midnight")
    show(qtbot, made)
    made.resize(300, 54)
    made.show_nights([(TODAY - timedelta(days=3 - at), 30 + at) for at in range(3)])
    activate(qtbot, made)
    assert tree(made) == [
        (Role.List, "Present at midnight"),
        (Role.ListItem, "Wednesday 18 November 2026: 30"),
        (Role.ListItem, "Thursday 19 November 2026: 31"),
        (Role.ListItem, "Friday 20 November 2026: 32"),
    ]
    made.setFocus()
    assert told(made) == "Present at midnight"
    press(made, Qt.Key.Key_Right)
    assert told(made) == "Wednesday 18 November 2026: 30"
    press(made, Qt.Key.Key_Right)
    whole = QAccessible.queryAccessibleInterface(made)
    states = [whole.child(at).state().focused for at in range(3)]
    assert states == [0, 1, 0]
    assert whole.child(1).rect().left() == made.mapToGlobal(made.rect().topLeft()).x() + 100
    assert whole.indexOfChild(whole.child(2)) == 2
    last = whole.child(2)
    made.show_nights([(TODAY, 5)])
    assert not last.isValid()


def test_a_reader_hears_each_part_that_the_keyboard_comes_to(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[QAccessibleEvent] = []

    def event(about: QWidget, kind: QAccessible.Event) -> QAccessibleEvent:
        heard.append(QAccessibleEvent(about, kind))
        return heard[-1]

    monkeypatch.setattr(accessible, "QAccessibleEvent", event)
    made = NightBars("Present at midnight")
    show(qtbot, made)
    made.show_nights([(TODAY - timedelta(days=3 - at), 30 + at) for at in range(3)])
    activate(qtbot, made)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right):
        press(made, key)
    assert [(each.type(), each.child()) for each in heard] == [(QAccessible.Event.Focus, at) for at in (2, 1, 2)]


def test_an_error_beside_a_field_is_said_with_the_field(qtbot: QtBot, heard: list[str]) -> None:
    form = Form([TextField("family_name", "Family name", required=True), DateField("until", "Last day")])
    show(qtbot, form)
    form["until"].edit.setText("yesterweek")  # type: ignore[attr-defined]
    assert not form.check()
    assert heard[0] == "Family name: Please fill this in."
    assert heard[1].startswith("Last day: ")
    heard.clear()
    form.show_refusal(Refused("Nobody may go.", reasons=(message("A check is missing."),)))
    assert heard == ["Nobody may go.\n•\u00a0A check is missing."]
    form.show_refusal(Refused("Too late.", field="until"))
    assert heard[1:] == ["Last day: Too late."]


def test_notices_and_warnings_are_said_when_they_come(qtbot: QtBot, heard: list[str]) -> None:
    show(qtbot, held(column(Banner(Line("This is a demonstration.")), Callout("Two people have this name."))))
    assert heard == ["This is a demonstration.", "Two people have this name."]


@pytest.mark.parametrize(("field", "reasons"), [(None, 0), ("reason", 0), ("reason", 2), ("reason", 40), ("hidden", 0)])
def test_a_refusal_comes_into_sight_wherever_one_has_scrolled_to(qtbot: QtBot, field: str | None, reasons: int) -> None:
    """And the field that is wrong has the keyboard, also where reasons above it ask to be seen."""
    form = Form(
        [TextField(f"field_{at}", f"Field {at}") for at in range(30)]
        + [TextField("reason", "Reason"), TextField("hidden", "Hidden")]
    )
    form["hidden"].hide()
    area = Scrolled(held(column(form, margins=20)))
    show(qtbot, area)
    area.resize(500, 400)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    bar = area.verticalScrollBar()
    beside = field == "reason"
    bar.setValue(0 if beside else bar.maximum())
    form["field_0" if beside else "reason"].setFocus()
    form.show_refusal(Refused("Nobody may go.", field=field, reasons=[message("No bed.")] * reasons))
    said = form["reason"].error if beside else form.refusal
    qtbot.waitUntil(lambda: not said.visibleRegion().isEmpty())
    qtbot.wait(50)
    assert said.visibleRegion().boundingRect().height() == said.height()
    assert form["reason"].isAncestorOf(area.focusWidget())


def test_what_was_found_is_said_as_one_goes_along_it(qtbot: QtBot, heard: list[str]) -> None:
    line = SearchLine(lambda _snapshot, *, text: (), name="Find", placeholder="Find")
    show(qtbot, line)
    popup = Popup(line)
    popup.show_found([Found(1, "Ahmadi, Zahra", "K-0012"), Found(2, "Ahmadi, Omid", "K-0013")], "Nothing found")
    popup.step(1)
    popup.show_found([], "Nothing found")
    assert heard == ["1 of 2: Ahmadi, Zahra K-0012", "2 of 2: Ahmadi, Omid K-0013", "Nothing found"]


def test_a_refusal_is_red_and_an_alert(qtbot: QtBot) -> None:
    seen = tree(show(qtbot, held(column(Callout("No.", tone=Tone.RED)))))
    assert Role.AlertMessage in [role for role, _name in seen]


def test_the_audit_finds_each_thing_that_a_reader_is_not_told(qtbot: QtBot) -> None:
    """Of a form in which nothing is wrong it says nothing; then one thing after the other is taken away."""
    name, kind = TextField("name", "Name", value="Gul"), ChoiceField("kind", "Kind", [(1, "One"), (2, "Two")])
    form = Form([name, kind, DateField("until", "Last day", required=True)])
    page = show(qtbot, held(column(PageHeader("Residents"), form)))
    assert untold(page) == []
    form.check()
    assert untold(page) == []
    name.edit.setAccessibleName("")
    name.label.setBuddy(kind)
    assert [each.split(":")[0] for each in untold(page)] == ["no name"]
    name.edit.setAccessibleName("Name")
    until = form["until"].edit  # type: ignore[attr-defined]
    until.setAccessibleDescription("How to write it")
    assert [each.split(":")[0] for each in untold(page)] == ["error not told"]
    until.setAccessibleDescription(form["until"].error.text())
    drawn = QWidget(page)
    drawn.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    drawn.setAccessibleName("Picture")
    drawn.show()
    assert [each.split(":")[0] for each in untold(page)] == ["no role"]


def test_the_audit_finds_an_error_that_is_not_read_aloud(qtbot: QtBot, heard: list[str]) -> None:
    form = Form([TextField("name", "Name", required=True)])
    show(qtbot, form)
    form.check()
    assert unannounced(form, heard) == []
    assert unannounced(form, []) == ["not announced: 'Name: Please fill this in.'"]
    form.show_refusal(Refused("Nobody may go."))
    assert unannounced(form, heard) == []
    assert unannounced(form, ["Nobody"]) == ["not announced: 'Nobody may go.'"]


def test_what_stands_alone_is_a_window_and_a_page_in_it_a_pane(qtbot: QtBot) -> None:
    page = QWidget()
    page.setProperty("role", "page")
    page.setWindowTitle("Konak")
    assert tree(show(qtbot, page)) == [(Role.Window, "Konak")]
    around = show(qtbot, held(column(page)))
    page.setAccessibleName("Residents")
    assert tree(around)[1:] == [(Role.Pane, "Residents")]
