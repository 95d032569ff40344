"""What the window is made of: its areas in order, their badges, the search, the frequent actions, the status bar.

A page is loaded when it is first visited, so that the window is there at once.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from models.actions import stays
from models.changes import Kind
from models.queries import residents
from models.queries.backups import newest_good
from models.queries.search import FoundCandidate
from models.store.snapshot import Snapshot
from ui import permissions, work
from ui.imports.kinds import KINDS
from ui.kit.commands import Command
from ui.kit.page import Page
from ui.kit.search import Found
from ui.kit.tokens import Tone
from ui.language import _, plural, tr
from ui.navigation import Area, Badge
from ui.shell import MainWindow
from ui.today import latest

_ROLL = frozenset({Kind.STAY, Kind.RESIDENT})
_NOTES = frozenset({Kind.NOTE})


def areas() -> list[Area]:
    """The navigation."""
    paper, set_up = _("Paper"), _("Set-up")
    whole = [
        Area("today", _("Today"), _today, badge=_needing),
        Area("arrival", _("Arrival"), _arrival, under="today"),
        Area("residents", _("Residents"), _residents, badge=_on_roll, badge_kinds=_ROLL),
        Area("duplicates", _("Who may be the same"), _duplicates, under="residents"),
        Area("roll", _("Roll"), _roll, badge=_owed, badge_kinds=frozenset({Kind.ROLL_CALL})),
        Area("rooms", _("Rooms"), _rooms),
        Area("departures", _("Departures"), _departures, badge=_planned, badge_kinds=frozenset({Kind.PLAN, Kind.STAY})),
        Area("selection", _("Selection"), _selection, badge=_undecided, badge_kinds=frozenset({Kind.CANDIDATE})),
        Area("transports", _("Expected arrivals"), _transports, under="selection"),
        Area("reports", _("Monthly reports"), _reports, section=paper, badge=_due),
        Area("papers", _("Papers"), _papers, section=paper),
        Area("safeguards", _("Incidents"), _safeguards, section=paper, badge=_unanswered, badge_kinds=_NOTES),
        Area("programmes", _("Programmes"), _programmes, section=set_up),
        Area("administration", _("Administration"), _administration, section=set_up),
    ]
    if work.keeps_gate():
        after = next(at for at, area in enumerate(whole) if area.key == "roll") + 1
        whole.insert(after, Area("gate", _("Gate"), _gate, badge=_overdue, badge_kinds=frozenset({Kind.ABSENCE})))
    if work.may_read("trail"):
        whole.append(Area("trail", _("Trail"), _trail, section=set_up))
    return whole


def commands(window: Callable[[], MainWindow | None]) -> list[Command]:
    """What is most frequent and what is most urgent, in the top bar.

    Args:
        window: Gives the window, once it is there.
    """

    def arrive() -> None:
        from ui.arrivals.form import open_arrival

        owner = window()
        if owner is not None:
            open_arrival(owner)

    def fire() -> None:
        owner = window()
        if owner is not None:
            owner.open("papers", paper="fire_list", made=True)

    return [
        Command(
            _("Register arrival"),
            arrive,
            key="Ctrl+N",
            kind="primary",
            hint=_("Admit somebody, from a list or without one"),
            needs=stays.admit,
        ),
        Command(_("Fire list"), fire, key="F9", hint=_("Shows who is in the house, room by room; Ctrl+P prints it")),
    ]


def go_to(window: MainWindow | None, found: Found) -> None:
    """Show who was found."""
    if window is None:
        return
    if isinstance(found.value, FoundCandidate):
        window.open("selection", candidate_id=found.value.id)
    else:
        window.open("residents", resident_id=found.value)


def status(snapshot: Snapshot) -> Sequence[str]:
    """The state of the register, for the status bar."""
    found = latest.counts(snapshot)
    number = tr().number
    return (
        _(
            "{present} present, {away} away, {roll} on the roll",
            present=number(found.on_roll - found.away),
            away=number(found.away),
            roll=number(found.on_roll),
        ),
        _("Register: encrypted, this workstation"),
        *_backed_up(snapshot),
    )


def _backed_up(snapshot: Snapshot) -> Sequence[str]:
    newest = newest_good(snapshot)
    if newest is None:
        return ()
    at = newest.astimezone(snapshot.facility.zone)
    if at.date() == snapshot.today:
        return (_("Backed up today {time}", time=f"{at:%H:%M}"),)
    return (_("Backed up {day}", day=tr().date(at.date())),)


def first_read(snapshot: Snapshot) -> None:
    """Read what the window reads first, and forget it."""
    for area in areas():
        if area.badge is not None:
            area.badge(snapshot)
    status(snapshot)
    latest.forget()


# -- badges -----------------------------------------------------------------------------------------------------------


def _needing(snapshot: Snapshot) -> Badge | None:
    needing = len(latest.around(snapshot).items)
    said = plural("{n} thing needs you", "{n} things need you", needing)
    return Badge(tr().number(needing), Tone.RED, said) if needing else None


def _due(snapshot: Snapshot) -> Badge | None:
    due = latest.reports_due(snapshot)
    return Badge(tr().number(due), Tone.RED, plural("{n} due", "{n} due", due)) if due else None


def _on_roll(snapshot: Snapshot) -> Badge | None:
    return _number(latest.counts(snapshot).on_roll, _("on the roll"))


def _overdue(snapshot: Snapshot) -> Badge | None:
    overdue = residents.roll(snapshot).overdue
    said = plural("{n} overdue", "{n} overdue", overdue)
    return Badge(tr().number(overdue), Tone.RED, said) if overdue else None


def _owed(snapshot: Snapshot) -> Badge | None:
    from models.queries.roll_calls import due

    owed = due(snapshot)
    number = len(owed.missed) + (owed.roll_call is not None)
    said = plural("{n} roll call to hold", "{n} roll calls to hold", number)
    return Badge(tr().number(number), Tone.RED if owed.missed else Tone.AMBER, said) if number else None


def _planned(snapshot: Snapshot) -> Badge | None:
    return _number(latest.counts(snapshot).planned, _("planned"))


def _undecided(snapshot: Snapshot) -> Badge | None:
    return _number(latest.counts(snapshot).undecided, _("not decided"))


def _unanswered(snapshot: Snapshot) -> Badge | None:
    from models.queries.safeguards import unanswered

    late = sum(row.is_overdue(snapshot.today) for row in unanswered(snapshot))
    said = plural("{n} complaint not answered in time", "{n} complaints not answered in time", late)
    return Badge(tr().number(late), Tone.RED, said) if late else None


def _number(count: int, what: str) -> Badge | None:
    number = tr().number(count)
    return Badge(number, None, f"{number} {what}") if count else None


# -- pages ------------------------------------------------------------------------------------------------------------


def _today() -> Page:
    from ui.today.page import TodayPage

    return TodayPage()


def _arrival() -> Page:
    from ui.residents.arrival_page import ArrivalPage

    return ArrivalPage()


def _residents() -> Page:
    from ui.residents.page import ResidentsPage

    return ResidentsPage()


def _duplicates() -> Page:
    from ui.residents.duplicates import DuplicatesPage

    return DuplicatesPage()


def _roll() -> Page:
    from ui.roll.page import RollPage

    return RollPage()


def _rooms() -> Page:
    from ui.rooms.page import RoomsPage

    return RoomsPage()


def _gate() -> Page:
    from ui.gate.page import GatePage

    return GatePage()


def _departures() -> Page:
    from ui.departures.page import DeparturesPage

    return DeparturesPage()


def _selection() -> Page:
    from ui.selection.page import SelectionPage

    return SelectionPage()


def _safeguards() -> Page:
    from ui.safeguards.page import SafeguardsPage

    return SafeguardsPage()


def _transports() -> Page:
    from ui.transports.page import TransportsPage

    return TransportsPage()


def _reports() -> Page:
    from ui.months.page import ReportsPage

    return ReportsPage()


def _papers() -> Page:
    from ui.papers.page import PapersPage

    return PapersPage()


def _programmes() -> Page:
    from ui.programmes.page import ProgrammesPage

    return ProgrammesPage()


def _trail() -> Page:
    from ui.trail.page import TrailPage

    return TrailPage()


def _administration() -> Page:
    from ui.administration.page import AdministrationPage

    return AdministrationPage()


def takes() -> frozenset[str]:
    """The endings of files that may be dropped on the window: a backup, and tables for who can bring them in."""
    from models.exchange import import_lists
    from models.exchange import import_stays as stay_files

    tables = KINDS.split() if permissions.may(import_lists.bring_in, stay_files.bring_in) else ()
    return frozenset({".konak", *(kind.removeprefix("*") for kind in tables)})


def bring_in(window: MainWindow, file: Path) -> None:
    """Do with a table what its page does with one that is chosen."""
    from ui.selection.page import SelectionPage

    page = window.open("selection")
    if isinstance(page, SelectionPage):
        page.bring_in(file)
