"""Where backups are kept, when they are made, and whether the register is whole: a card of the administration."""

from collections.abc import Callable

from models.actions import backups as actions
from models.changes import Kind, Outcome
from models.ids import BackupPlaceId
from models.queries import backups as queries
from models.queries.backups import Backups, PlaceRow
from models.rules.backups import ABSENT
from models.rules.papers import WORKPLACE
from models.store import check
from models.store.check import Finding
from models.store.register import Register
from models.text import Message
from ui import permissions, prompts
from ui.backups.making import Result, back_up
from ui.fixed import fixed, said
from ui.kit.columns import Cell, Column
from ui.kit.fields import TextField
from ui.kit.form import FormDialog
from ui.kit.labels import Button
from ui.kit.layout import Card, Empty, row
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.kit.undoing import Undo, do
from ui.language import _, plural, say, tr
from ui.presentation import instant_data
from ui.session import zone
from ui.work import Progress, run_long, run_query


class BackupsCard(Card):
    """The places with their state, and what can be done about them."""

    def __init__(self) -> None:
        """Lay it out; `refresh` fills it."""
        super().__init__(_("Backups"), flush=True)
        self._known: Backups | None = None
        self.places: Table[PlaceRow] = Table(
            [
                Column("folder", _("Folder"), lambda place: Cell(place.folder, strong=True), stretch=True),
                Column("state", _("State"), _state, width=130),
                Column(
                    "good",
                    _("Last good backup"),
                    _good,
                    width=190,
                    data=instant_data(_("Last good backup"), lambda place: place.good_at),
                ),
                Column(
                    "do",
                    "",
                    _removal,
                    width=110,
                    right=True,
                ),
            ],
            name=_("Places for backups"),
            keeps="backups",
            leaves=WORKPLACE,
            fits=True,
            framed=False,
            empty=Empty(
                _("No backups are made yet"),
                _("Add a place for them: a second disk, a stick, or a share of the network."),
            ),
        )
        self.places.followed.connect(lambda place_id, _column: self._remove(place_id))
        self.now = Button(_("Back up now"), self._back_up, kind="primary", needs=actions.made)
        self.add = Button(_("Add a place"), self._add, needs=actions.add_place)
        self.time = Button(_("Set the daily time"), self._schedule, needs=actions.schedule)
        self.check = Button(_("Check the register"), self._check)
        self.rebuild = Button(_("Rebuild the search index"), self._rebuild)
        self.append(self.places)
        self.append(row(self.now, self.add, self.time, self.check, self.rebuild, None, margins=12))

    def refresh(self) -> None:
        """Read the places."""
        run_query(self, queries.backups, self._show, latest="backups")

    def _show(self, read: Backups) -> None:
        self._known = read
        daily = _("Each day at {time}", time=read.back_up_at) if read.back_up_at else _("Only on demand")
        self.say(_("Backups"), daily)
        self.places.show_rows(read.places)
        self.now.setEnabled(bool(read.places))

    def _add(self) -> None:
        folder = prompts.ask_folder(self, _("Where backups are kept"))
        if folder is not None:
            done = _("Backups are kept there too: {folder}", folder=str(folder))
            do(self, actions.add_place, done, _taken_away, folder=str(folder))

    def _remove(self, place_id: BackupPlaceId) -> None:
        places = self._known.places if self._known is not None else ()
        if any(each.id == place_id and each.folder in fixed().backup_places for each in places):
            prompts.tell(self, said(_("Places for backups")), _("Whoever looks after this computer can change it."))
            return
        text = _("The backups that lie there stay.")
        if prompts.confirm(self, _("Keep no more backups there?"), text, yes=_("Remove the place")):
            back = tuple(
                Undo(actions.add_place, {"folder": place.folder}, why="")
                for place in (self._known.places if self._known else ())
                if place.id == place_id
            )
            done = _("No more backups are kept there.")
            do(self, actions.remove_place, done, lambda _none: back, backup_place_id=place_id)

    def _schedule(self) -> None:
        if self._known is None:
            return
        before = self._known.back_up_at
        FormDialog(
            self,
            _("The daily backup"),
            [
                TextField(
                    "back_up_at",
                    _("Time"),
                    value=self._known.back_up_at,
                    hint=_("Such as 12:00; leave it empty to make backups only on demand."),
                    wide=False,
                    longest=5,
                )
            ],
            actions.schedule,
            prepare=lambda values: {name: value or "" for name, value in values.items()},
            submit=_("Save"),
            done=_("The time was set."),
            undoes=lambda _none: Undo(actions.schedule, {"back_up_at": before}, why=""),
        ).open()

    def _back_up(self) -> None:
        if self._known is None:
            return
        places = self._known.places

        def job(register: Register, progress: Progress, _cancelled: Callable[[], bool]) -> Outcome[list[Result]]:
            told = back_up(register, places, lambda done, total, what: progress(done, total, say(Message(what, {}))))
            return Outcome(told, frozenset({Kind.BACKUP}))

        run_long(self, job, title=_("Backing up the register"), on_done=self._backed_up)

    def _backed_up(self, results: list[Result]) -> None:
        prompts.tell(self, _("What came of the backups"), "\n".join(_came_of(each) for each in results))

    def _check(self) -> None:
        def job(register: Register, progress: Progress, _cancelled: Callable[[], bool]) -> tuple[Finding, ...]:
            return check.check(
                register.source, register.verified, lambda: progress(0, 0, ""), taken_out=register.strangers
            )

        run_long(self, job, title=_("Checking the register"), on_done=self._checked)

    def _checked(self, found: tuple[Finding, ...]) -> None:
        lines = [f"{say(finding.said)} {say(finding.todo)}" for finding in found]
        title = _("This was found in the register") if found else _("The register is whole")
        prompts.tell(self, title, "\n".join(lines))

    def _rebuild(self) -> None:
        def job(register: Register, _progress: Progress, _cancelled: Callable[[], bool]) -> int:
            if register.holder is not None:
                raise register.holder.refusal()
            return check.rebuild_search(register.source)

        run_long(self, job, title=_("Rebuilding the search index"), on_done=self._rebuilt)

    def _rebuilt(self, number: int) -> None:
        said = plural("{n} resident can be found again.", "{n} residents can be found again.", number)
        prompts.tell(self, _("The search index was written anew"), said)


def _removal(place: PlaceRow) -> Cell:
    """The way to remove a place, or that it is fixed."""
    if place.folder in fixed().backup_places:
        return Cell(_("fixed"))
    return Cell(_("Remove"), link=True) if permissions.may(actions.remove_place) else Cell("")


def _taken_away(place_id: BackupPlaceId) -> Undo:
    return Undo(actions.remove_place, {"backup_place_id": place_id}, why="")


def _came_of(result: Result) -> str:
    outcome = _("good") if result.error is None else say(result.error.message)
    return f"{result.place.folder}: {outcome}"


def _state(place: PlaceRow) -> Cell:
    if place.failure == ABSENT:
        return Cell(chips=((_("Not there"), Tone.AMBER),), hint=say(Message(place.failure, {})))
    if place.failed_at is not None:
        return Cell(chips=((_("Failed"), Tone.RED),), hint=say(Message(place.failure, {})))
    if place.good_at is not None:
        return Cell(chips=((_("Good"), Tone.GREEN),))
    return Cell(chips=((_("None yet"), Tone.GREY),))


def _good(place: PlaceRow) -> str:
    if place.good_at is None:
        return ""
    at = place.good_at.astimezone(zone())
    return f"{tr().date(at.date())} {at:%H:%M}"
