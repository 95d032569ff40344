"""What stands across the window of a register: that it only reads, that the clock is wrong, what is missing."""

from collections.abc import Callable
from datetime import datetime

from models.actions.trail import put_back
from models.store.register import Register
from models.store.write_lock import Holder
from ui.banner import Line
from ui.language import _, lacking, say, tr


def banners(register: Register, try_again: Callable[[], object], enter_put_back: Callable[[], object]) -> list[Line]:
    """All that holds for a register; several can stand at once.

    Args:
        register: The open register.
        try_again: Tries to write in a window that only reads.
        enter_put_back: Asks why the register lacks what this computer knows of it.
    """
    lines = [Line(lacking())] if lacking() else []
    if register.holder is not None:
        lines.append(Line(_held(register.holder, register), _("Try again"), try_again))
    if register.strange_keys:
        lines.append(
            Line(
                _(
                    "The file keys.json was changed outside Konak. Let an administrator take out on the page "
                    "Administration what belongs to nobody, and find out who may write into the folder."
                )
            )
        )
    if register.behind is not None:
        may = register.person.may(put_back) and register.holder is None
        lines.append(Line(say(register.behind), _("Enter why") if may else "", enter_put_back))
    if register.clock_lags:
        lines.append(
            Line(
                _(
                    "The clock of this computer is behind the last entry of the register. Set its date and time right, "
                    "then lock and unlock; until then wrong times are entered."
                )
            )
        )
    if register.is_on_network:
        lines.append(
            Line(
                _(
                    "This register lies on a network drive, where a broken connection can damage it. Keep it on this "
                    "computer, and only its backups on the network."
                )
            )
        )
    if register.facility.is_demonstration:
        lines.append(Line(_("This is a demonstration. All people in it are invented.")))
    return lines


def _held(holder: Holder, register: Register) -> str:
    if not holder.person:
        return _("This register is open for writing elsewhere. Here it can only be read.")
    return _(
        "{person} has this register open for writing on {workstation} since {time}. Here it can only be read.",
        person=holder.person,
        workstation=holder.workstation,
        time=_since(holder, register),
    )


def _since(holder: Holder, register: Register) -> str:
    """The time; with its day where that is another one."""
    try:
        since = datetime.fromisoformat(holder.since).astimezone(register.facility.zone)
    except ValueError:
        return "?"
    today = register.clock.now().astimezone(register.facility.zone).date()
    return f"{since:%H:%M}" if since.date() == today else f"{tr().date(since.date())} {since:%H:%M}"
