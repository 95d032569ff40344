"""A card of facts of a programme, with the form that changes them."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from models.actions import programmes as actions
from models.queries.programmes import ProgrammeWhole
from models.rules.programmes import ProgrammeFacts
from ui.kit.labels import Button
from ui.kit.layout import Card, KeyValues, column, row
from ui.language import _
from ui.programmes import dialogs, forms

_NAMES = 220
"""The width of the names of facts."""


def facts_card(
    title: str,
    programme: ProgrammeWhole,
    fields: Callable[[ProgrammeFacts | None], forms.Fields],
    rows: Sequence[tuple[str, str]],
) -> QWidget:
    """Facts with the form that changes them."""
    card = Card(title)
    facts = KeyValues(names=_NAMES)
    facts.say(rows)
    card.append(facts)
    page = QWidget()

    def change() -> None:
        dialogs.change_dialog(page, title, programme, fields).open()

    button = Button(_("Change"), change, needs=actions.change)
    button.setAccessibleName(_("{command}: {what}", command=_("Change"), what=title))
    card.append(row(button, None))
    page.setLayout(column(card, None))
    return page
