"""Passphrases as they are chosen, with a word on how strong each is; one's own changed; the words of a sheet."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import people
from models.errors import Refused
from models.rules.passphrases import SHORTEST_PASSPHRASE, guessing
from ui import work
from ui.kit.fields import LongTextField, TextField
from ui.kit.form import FormDialog
from ui.kit.labels import Text
from ui.kit.tokens import Tone
from ui.language import _


def strength(passphrase: str, others: Sequence[str] = ()) -> tuple[str, Tone]:
    """What to say of a passphrase, and its colour.

    Args:
        passphrase: What was typed so far; nothing is said of nothing.
        others: Words that a guesser would try first: the names of the facility and of the person.
    """
    if not passphrase:
        return "", Tone.GREY
    score, _advice = guessing(passphrase, others)
    return (
        (_("Very easy to guess. Add more words."), Tone.RED),
        (_("Easy to guess. Add more words."), Tone.RED),
        (_("Not strong yet. One more word helps."), Tone.AMBER),
        (_("Good."), Tone.GREEN),
        (_("Strong."), Tone.GREEN),
    )[score]


def new_passphrase_fields(
    name: str,
    title: str,
    others: Callable[[], Sequence[str]],
    *,
    value: str = "",
    wide: bool = True,
    required: bool = True,
) -> tuple[TextField, Text]:
    """The field of a new passphrase, and the line below it that says how hard it is to guess.

    Args:
        name: Of the field.
        title: What stands above it.
        others: Gives the words that a guesser would try first, such as the person's name.
        value: What stands in the field at first.
        wide: Whether the field takes the whole width of its form.
        required: Whether there has to be one.
    """
    field = TextField(
        name,
        title,
        value=value,
        hint=_(
            "At least {n} letters. Four or five words that only you would put together are best.", n=SHORTEST_PASSPHRASE
        ),
        required=required,
        secret=True,
        wide=wide,
    )
    hint = Text("", "strong")

    def judge() -> None:
        words, tone = strength(str(field.raw()), others())
        hint.setText(words)
        hint.set_tone(tone)

    field.edited.connect(judge)
    return field, hint


def house() -> str:
    """The name of the facility, which a guesser would try."""
    return work.worker().register.facility.name


def words_field(label: str, hint: str, *, required: bool = True, lines: int = 2) -> LongTextField:
    """The words of a recovery sheet, which are cleared when the window is locked."""
    return LongTextField("words", label, hint=hint, required=required, lines=lines, secret=True)


def change_own_passphrase(parent: QWidget, *, says: str = "", on_done: Callable[[], None] | None = None) -> FormDialog:
    """Ask for one's own passphrase and a new one, and change it.

    Args:
        parent: The window.
        says: What stands on top, such as why it is to be changed now.
        on_done: Called once it was changed.
    """
    field, hint = new_passphrase_fields("new", _("New passphrase"), lambda: [work.person().name, house()])

    def prepare(values: dict[str, Any]) -> dict[str, Any]:
        if values["again"] != values["new"]:
            raise Refused("The two are not the same. Type it again.", field="again")
        return {"old": values["old"], "new": values["new"]}

    dialog = FormDialog(
        parent,
        _("Change my passphrase"),
        [
            TextField("old", _("The passphrase until now"), required=True, secret=True),
            field,
            hint,
            TextField("again", _("The same again"), required=True, secret=True),
        ],
        people.change_passphrase,
        prepare=prepare,
        submit=_("Change"),
        says=says,
        done=_("Your passphrase was changed."),
        undoes=_("It cannot be undone, but the passphrase can be changed again."),
        on_done=None if on_done is None else lambda _nothing: on_done(),
    )
    dialog.open()
    return dialog
