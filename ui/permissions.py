"""What the person at the window may do: what one may not do is not offered, so that nobody guesses why it is grey.

The register refuses it all the same; this only hides it.
"""

from collections.abc import Callable

from models.store.declaring import Declared

May = Callable[[Declared], bool]


class _Allowed:
    """Whoever is at the window."""

    may: May | None = None


def let(may: May | None) -> None:
    """Ask this from now on whether an action may be done; None: everything is offered."""
    _Allowed.may = may


def may(*actions: Declared) -> bool:
    """Whether one of these actions at least may be done, such as `stays.extend`; without any: yes."""
    asked = _Allowed.may
    if asked is None or not actions:
        return True
    return any(asked(each) for each in actions)
