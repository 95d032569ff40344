"""What a form does when somebody else has changed the same: it shows both, and lets one choose."""

from collections.abc import Mapping
from typing import Any

from ui.kit.field import Field
from ui.kit.labels import LinkButton
from ui.kit.notices import Callout
from ui.language import _, isolated

Fields = Mapping[str, Field[Any]]
"""The fields of a form by their names."""


class Beside(Callout):
    """Below a field that two people changed: what the other one wrote, and a way to take it and to take it back."""

    def __init__(self, field: Field[Any], theirs: object, shown: str) -> None:
        """Show it.

        Args:
            field: Holds what this person wrote.
            theirs: What is in the register.
            shown: The same in words.
        """
        super().__init__()
        self._field = field
        self._theirs, self._mine = (theirs, shown), (field.read(), field.shown())
        self._is_taken = False
        self.swap = LinkButton("", self._swap)
        self.across.addWidget(self.swap)
        self._say()

    def _swap(self) -> None:
        if not self._is_taken and not self._field.problem():
            self._mine = (self._field.read(), self._field.shown())
        self._is_taken = not self._is_taken
        self._field.put((self._theirs if self._is_taken else self._mine)[0])
        self._say()

    def _say(self) -> None:
        if self._is_taken:
            self.say(_("You wrote: {value}", value=_or_nothing(self._mine[1])))
            self.swap.setText(_("Take yours back"))
        else:
            self.say(_("In the register now: {value}", value=_or_nothing(self._theirs[1])))
            self.swap.setText(_("Take this"))
        self.swap.setAccessibleName(f"{self._field.title}: {self.swap.text()}")


class Before(Callout):
    """Below a field that only the other person changed: what stood there when this person began."""

    def __init__(self, shown: str) -> None:
        """Show it."""
        super().__init__(_("Changed in the meantime; before: {value}", value=_or_nothing(shown)))


def bring_over(typed: Fields, now: Fields) -> Field[Any] | None:
    """Bring what a person typed into a form that holds what stands in the register now.

    Args:
        typed: The fields of the form as it was sent; all can be read.
        now: Those of the same form, made anew.

    Returns:
        The first field to look at, because somebody else has changed what stands in it; None where there is none.
    """
    first: Field[Any] | None = None
    for name, field in now.items():
        mine = typed.get(name)
        if mine is None:
            continue
        is_changed = field.raw() != mine.initial
        if mine.dirty and mine.raw() != field.raw():
            theirs, shown = field.read(), field.shown()
            field.bring_over(mine)
            if field.read() != mine.read():  # what was chosen is not offered any more
                field.put(theirs)
                field.add_below(Before(mine.shown()))
                first = first or field
            elif is_changed:
                field.add_below(Beside(field, theirs, shown))
                first = first or field
        elif is_changed and not mine.dirty:
            field.add_below(Before(mine.initially_shown))
            first = first or field
    return first


def _or_nothing(shown: str) -> str:
    return isolated(shown) if shown.strip() else _("nothing")
