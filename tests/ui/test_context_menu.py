"""The menu of the right button and the menu key."""

from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.kit.test_commands import offered
from tests.ui.kit.test_parts import show
from ui.context_menu import context_menu
from ui.departures.steps import Step, Steps
from ui.kit.commands import Command
from ui.kit.labels import Button, LinkButton, MenuButton
from ui.kit.layout import Card, PageHeader, column, held


def test_the_context_menu_of_a_row_offers_its_own_deed_then_the_card_then_the_page(qtbot: QtBot) -> None:
    done: list[str] = []
    steps = Steps(
        [
            Step("open", "Consent", link="Enter check", follow=lambda: done.append("consent")),
            Step("open", "Papers", link="Enter paper", follow=lambda: done.append("papers")),
        ]
    )
    card = Card("Plan")
    card.append(steps, LinkButton("Cancel the plan", lambda: done.append("cancel")))
    page = held(column(PageHeader("Departures", "", [Button("Plan", lambda: done.append("plan"))]), card))
    page.setProperty("role", "page")
    window = QWidget()
    window.setLayout(column(page))
    show(qtbot, window)
    second = steps.findChildren(LinkButton)[1]
    menu = context_menu(second)
    assert offered(menu) == ["Enter paper", "-", "Cancel the plan", "-", "Plan"]
    assert menu is not None
    menu.actions()[0].trigger()
    assert done == ["papers"]
    assert offered(context_menu(card.title)) == ["Cancel the plan", "-", "Plan"]


def test_a_menu_in_a_card_stands_in_its_context_menu_as_a_whole(qtbot: QtBot) -> None:
    card = Card("Papers")
    stopped = Button("Save")
    stopped.setEnabled(False)
    card.append(MenuButton("Print", [Command("Card", list), Command("Sheet", list)]), stopped)
    show(qtbot, window := held(column(card)))
    assert window.isVisible()
    menu = context_menu(card.title)
    assert offered(menu) == ["Print", "Save"]
    assert menu is not None
    inner = menu.actions()[0].menu()
    assert isinstance(inner, QMenu)
    assert offered(inner) == ["Card", "Sheet"]
    assert not menu.actions()[1].isEnabled()
