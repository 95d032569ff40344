"""What a person can set for themselves: plain values, and which of them still tell of somebody."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, Union

Preferred: TypeAlias = Union[bool, int, float, str, "Sequence[Preferred]", "Mapping[str, Preferred]", None]
"""Whatever JSON can hold."""


def without(value: Preferred, tells: Callable[[str], bool]) -> Preferred:
    """What is left of a preference without what tells of somebody.

    Of a mapping, such as the filters that a person has named, each part goes whole in which a text does; half a filter
    would show something else. Anything else goes whole itself.

    Args:
        value: The preference.
        tells: Whether a text tells of them.

    Returns:
        What is left; None where it is nothing.
    """
    if isinstance(value, Mapping):
        return {name: part for name, part in value.items() if not any(map(tells, _texts({name: part})))} or None
    return None if any(map(tells, _texts(value))) else value


def _texts(value: Preferred) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for name, part in value.items() for text in (name, *_texts(part))]
    if isinstance(value, Sequence):
        return [text for part in value for text in _texts(part)]
    return []
