"""How entries of the trail look wherever they are shown."""

from collections.abc import Sequence

from models.queries.history import Detail, Value
from models.rules.birth import BirthDate
from ui.kit.columns import Cell
from ui.kit.reading import say_birth
from ui.language import _, isolated, say, tr


def told(details: Sequence[Detail]) -> Cell:
    """What an entry has changed, in one line; all of it in the tool tip."""
    said = [_detail(each) for each in details]
    return Cell(" · ".join(said), hint="\n".join(said))


def _detail(detail: Detail) -> str:
    name, before, after = say(detail.what), _value(detail, detail.before), _value(detail, detail.after)
    if detail.before is None:
        return _("{what}: {value}", what=name, value=after)
    if detail.after is None:
        return _("{what}: {value} taken away", what=name, value=before)
    return _("{what}: {before} → {after}", what=name, before=before, after=after)


def _value(detail: Detail, value: Value) -> str:
    if isinstance(value, str):
        return ", ".join(map(tr().country, value.split(", "))) if detail.is_country else isolated(value)
    return say_birth(value) if isinstance(value, BirthDate) else tr().value(value)
