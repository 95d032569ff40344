"""The fields that describe the facility: the assistant and Administration ask for the same."""

from functools import cache
from zoneinfo import available_timezones

from ui.kit.fields import LongTextField, TextField
from ui.kit.search import Found
from ui.language import _
from ui.picks import PickField


def name_field(value: str) -> TextField:
    """The name of the facility."""
    return TextField(
        "name", _("Name of the facility"), value=value, hint=_("As it stands on paper."), required=True, longest=200
    )


def letterhead_field(value: str) -> LongTextField:
    """The lines above the name."""
    return LongTextField(
        "letterhead",
        _("Letterhead"),
        value=value,
        hint=_("The lines above the name on every paper, such as the ministry."),
        lines=2,
    )


def time_zone_field(value: str) -> PickField[str]:
    """The time zone, by typing a part of its name."""
    field: PickField[str] = PickField(
        "time_zone", _("Time zone"), _zones(), hint=_("Such as Europe/Belgrade."), required=True
    )
    field.put(value)
    field.settle()
    return field


@cache
def _zones() -> tuple[Found, ...]:
    """The time zones of places, without the historical names that say no place."""
    return tuple(Found(name, name) for name in sorted(available_timezones()) if "/" in name)
