"""The workstation: an open register, the window on it, and the windows of those who have locked theirs here."""

import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic, sleep

import shiboken6
from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtWidgets import QApplication

from desktop.backups import Daily
from desktop.banners import banners
from desktop.computer import Computer
from desktop.idle import Idle
from desktop.look import Look
from desktop.settings import Settings
from models.actions import backups, people
from models.changes import EVERYTHING, Changes, Kind, Outcome
from models.errors import Refused
from models.queries import backups as backup_queries
from models.rules.backups import SUFFIX
from models.rules.wording import word
from models.store.register import Register
from models.store.snapshot import FacilityProfile, Person
from ui import about, areas, drafts, preferences, search, session, work
from ui.banner import Line
from ui.fixed import fixed
from ui.hiding import Away
from ui.kit.commands import Command
from ui.kit.notices import toast
from ui.language import _, say
from ui.shell import Frame, MainWindow
from ui.today import latest
from ui.work import explanation

READY = "KONAK_SAY_READY"
"""If it is set, the window says on standard output when it can be used, and closes: to measure a start."""
_ANSWERS = 2.0
"""Seconds for which whoever ends the program waits for what was sent."""
_ELSEWHERE: Changes = EVERYTHING - {Kind.FACILITY}
"""What others may have changed meanwhile; whoever announces that sees to the window itself."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The window of a person who has locked it, with what was typed into it and without any key.

    Attributes:
        away: The window, out of sight.
        worker: Its worker, which rests.
        person: Who it is, as the window was made for.
        facility: The facility, as the window was made for.
    """

    away: Away
    worker: work.Worker
    person: Person
    facility: FacilityProfile


class Workstation:
    """Shows the window of an open register, and locks it.

    Several people can share the workstation: each has a window, and those who have locked theirs find it as it was.

    Attributes:
        register: The open register; None while it is locked.
        window: The window on it.
    """

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        *,
        computer: Computer,
        look: Look,
        save: Callable[[], None],
        locked: Callable[[Path, str, str], None],
        restore: Callable[[Path], None],
    ) -> None:
        """Begin without a register.

        Args:
            app: The application.
            settings: What is remembered on this workstation.
            computer: What its administrator has set for all.
            look: Has all that is shown look and speak as its person likes.
            save: Writes the settings.
            locked: Is called when the window is locked: with the folder of the register, who has worked in it, and what
                is to be said, such as why that person may not come back.
            restore: Goes to the screen that restores a backup.
        """
        self.window: MainWindow | None = None
        self.register: Register | None = None
        self._app, self._settings, self._computer, self._look = app, settings, computer, look
        self._save, self._locked, self._restore = save, locked, restore
        self._daily: Daily | None = None
        self._made_for: tuple[Person, FacilityProfile] | None = None
        self._kept: dict[tuple[Path, int], Kept] = {}
        self._closing: threading.Thread | None = None
        self._idle = Idle(app)
        self._idle.locks.connect(lambda: self.lock())
        self._minute = QTimer(app, interval=60_000)
        self._minute.timeout.connect(self._look_for_backups)

    def open(self, register: Register) -> None:
        """Show the window of an open register: the one that this person has locked, or a new one."""
        self.register = register
        session.begin_session(register.clock, register.facility.zone)
        drafts.take(register, lambda: QTimer.singleShot(0, self._app, self._show_lines))
        kept = self._kept.pop(_key(register), None)
        if kept is not None:
            self._take_up(kept, register)
        else:
            worker = work.start(register)
            worker.changed.connect(self._heard)
            worker.revoked.connect(lambda error: self.lock(explanation(error)))
            self._show_window()
        self._add_places(register)
        self._idle.begin(self._lock_after(register))
        self._daily = Daily(register, lambda: QTimer.singleShot(0, self._app, self._tell_backups))
        self._minute.start()

    def lock(self, says: str = "") -> None:
        """Hide everything at once, keep what was typed, and close the register.

        What was sent is still done, in a thread of its own; whoever unlocks waits for that.

        Args:
            says: Why, where it was not the person who has locked it.
        """
        register, window, daily = self.register, self.window, self._daily
        if register is None or window is None:
            return
        typed = drafts.gather(window)
        away = Away(window)
        self._idle.stop()
        self._minute.stop()
        self._remember_window()
        worker = work.rest()
        person, facility = self._made_for or (register.person, register.facility)
        self._kept[_key(register)] = Kept(away, worker, person, facility)
        self.register = self.window = self._daily = None
        self._closing = threading.Thread(target=_close, args=(worker, daily, register, typed), name="closing")
        self._closing.start()
        self._locked(register.folder, register.person.name, says)

    def wait_until_closed(self) -> None:
        """Wait until a register that was locked is closed; in any thread."""
        if self._closing is not None:
            self._closing.join()

    def keep(self) -> None:
        """Keep what was typed and the place of the window, because the program may be ended any moment."""
        self._remember_window()
        window, register = self.window, self.register
        if window is not None and register is not None and shiboken6.isValid(window):
            drafts.keep(register, drafts.gather(window))

    def skip_backup(self, *, within: float) -> None:
        """Give the closing backup up that is being made, if it is not made within so many seconds."""
        from desktop.closing import ClosingBackup

        QTimer.singleShot(round(within * 1000), self._app, ClosingBackup.skips.set)

    def end(self, *, within: float | None = None) -> None:
        """Close the register when the program ends, and let go of the windows that were locked.

        Args:
            within: Seconds that there are for the closing backup, where the program was told to end; None: as long as
                somebody waits for it.
        """
        self._idle.stop()
        self.wait_until_closed()
        if self.register is not None:
            from desktop.closing import back_up_on_closing

            self._wait_for_answers()
            self.keep()
            self._end_daily()
            back_up_on_closing(self.register, within=within)
        self._let_go_of_register()
        for kept in self._kept.values():
            kept.away.drop()
        self._kept.clear()

    def _lock_after(self, register: Register) -> int:
        """Minutes: what was fixed on this computer, else as the facility has it."""
        minutes = fixed().lock_after
        return register.facility.lock_after if minutes is None else minutes

    def _add_places(self, register: Register) -> None:
        """Have backups kept where the administrator of this computer wants them, if this person may say so."""
        if not self._computer.backup_places or not register.may(backups.add_place) or self.window is None:
            return

        def add(register: Register) -> Outcome[None]:
            with register.read() as snapshot:
                known = {each.folder for each in backup_queries.backups(snapshot).places}
            for folder in self._computer.backup_places:
                with suppress(Refused, OSError):
                    if folder not in known and Path(folder).is_dir():  # a stick that is not there is added when it is
                        register.perform(backups.add_place, folder=folder)
            return Outcome(None, frozenset({Kind.BACKUP}))

        work.run_job(self.window, add, lambda _nothing: None)

    def _wait_for_answers(self) -> None:
        """Hear what came of what was sent, so that nothing is kept as unsaved that is saved."""
        until = monotonic() + _ANSWERS
        while work.is_busy() and monotonic() < until:
            self._app.processEvents()
            sleep(0.01)

    def _take_up(self, kept: Kept, register: Register) -> None:
        """Show a window that was locked as it was; its pages read again."""
        window = kept.away.window
        if not isinstance(window, MainWindow):
            raise TypeError("another window was put away")
        self.window, self._made_for = window, (kept.person, kept.facility)
        work.resume(kept.worker, register)
        drafts.stand_in(window)
        self._look.dress(register)
        self._show_banners(window, register)
        window.read_state()
        kept.away.come_back()
        writes = window.property("writes") == (register.holder is None)
        if (_differs(self._made_for, register) or not writes) and not kept.away.has_forms:
            self._renew()
        elif kept.away.lost_words:
            toast(window, _("The recovery sheet is closed. If it was not written down, make a new one."))
        work.worker().announce(_ELSEWHERE)

    def _show_window(self) -> None:
        register = self.register
        if register is None:
            return
        self._look.dress(register)
        # What is shown first is read while the window is made.
        work.run_query(self._app, latest.today, lambda _read: None)
        window = MainWindow(
            self._frame(register),
            language=self._look.language(register),
            scheme=self._look.scheme,
        )
        window.language_chosen.connect(self._speak)
        window.scheme_chosen.connect(self._dress)
        window.text_size_chosen.connect(self._size_text)
        window.locked.connect(lambda: self.lock())
        window.dropped.connect(self._dropped)
        window.closing.connect(self._remember_window)
        if self._settings.window:
            window.restoreGeometry(QByteArray(self._settings.window))
        self.window, self._made_for = window, (register.person, register.facility)
        window.setProperty("writes", register.holder is None)
        self._show_banners(window, register)
        window.read_state()
        window.show()
        if os.environ.get(READY):
            self._say_when_ready(window)

    def _say_when_ready(self, window: MainWindow) -> None:
        from desktop.ready import Watch

        Watch(window)

    def _frame(self, register: Register) -> Frame:
        return Frame(
            facility=register.facility.name,
            who=f"{register.person.name} · {say(word(register.person.role))}",
            areas=areas.areas(),
            find=search.find_everyone,
            taken=lambda found: areas.go_to(self.window, found),
            commands=areas.commands(lambda: self.window),
            status=areas.status,
            takes=areas.takes,
            settings=[
                Command(_("Change my passphrase"), self._change_passphrase, needs=people.change_passphrase),
                *self._about(),
            ],
        )

    def _about(self) -> list[Command]:
        """What the program says of itself; it belongs to the window, which is not there yet."""
        offered = (
            (_("What is new"), about.what_is_new),
            (_("Show the log"), about.show_log),
            (_("Save a problem report"), about.save_report),
            (_("About Konak"), about.about),
        )
        return [Command(text, partial(self._in_window, show)) for text, show in offered]

    def _dropped(self, file: Path) -> None:
        """Do with a file what the page for it does."""
        if file.suffix.lower() == SUFFIX:
            self._restore(file)
        elif self.window is not None:
            areas.bring_in(self.window, file)

    def _in_window(self, show: Callable[[MainWindow], object]) -> None:
        if self.window is not None:
            show(self.window)

    def _change_passphrase(self) -> None:
        from ui.passphrases import change_own_passphrase

        if self.window is not None:
            change_own_passphrase(self.window)

    def _show_banners(self, window: MainWindow, register: Register) -> None:
        lines = banners(register, self._try_to_write, self._enter_put_back)
        if said := drafts.sentence():
            lines.append(Line(said, _("Show"), lambda: drafts.KeptDialog(window).open()))
        window.show_banners(lines)

    def _show_lines(self) -> None:
        if self.window is not None and self.register is not None:
            self._show_banners(self.window, self.register)

    def _enter_put_back(self) -> None:
        """Ask why the register lacks what this computer knows of it."""
        from ui.trail.put_back import ask

        if self.window is not None and self.register is not None:
            window, register = self.window, self.register
            ask(window, lambda _done: self._show_banners(window, register))

    def _try_to_write(self) -> None:
        """Ask whether whoever has the register open for writing has closed it."""
        if self.window is not None:
            work.take_writing(self.window, self._show_writing)

    def _show_writing(self, may_write: bool) -> None:
        if self.window is None or self.register is None:
            return
        self._show_banners(self.window, self.register)
        if may_write:
            self._renew()  # what could not be done here is offered from now on
            toast(self.window, _("You can write here now."))
            work.worker().announce(_ELSEWHERE)
        else:
            toast(self.window, _("It is still open for writing there."))

    def _speak(self, language: str) -> None:
        """Make the window anew in another language."""
        preferences.put("language", language)
        self._renew()

    def _heard(self, changes: Changes) -> None:
        """Make the window anew, a little later, if the facility has another name, or the person may do other things."""
        register = self.register
        if register is None or changes == _ELSEWHERE or not changes & {Kind.FACILITY, Kind.PEOPLE}:
            return
        if not _differs(self._made_for, register):
            return
        session.begin_session(register.clock, register.facility.zone)
        self._idle.begin(self._lock_after(register))
        QTimer.singleShot(0, self._renew)

    def _renew(self) -> None:
        """The same place in a new window."""
        old = self.window
        if old is None:
            return
        self._remember_window()
        self._show_window()
        if self.window is not None and old.here is not None:
            area, where = old.here
            self.window.open(area, **where)
        old.close()
        old.deleteLater()

    def _dress(self, scheme: str) -> None:
        """Show the colours that were chosen."""
        preferences.put("theme", scheme)
        if self.register is not None:
            self._look.dress(self.register)

    def _size_text(self, percent: int) -> None:
        """Make the window anew with larger or smaller texts."""
        preferences.put("text size", percent)
        self._renew()

    def _remember_window(self) -> None:
        if self.window is not None and shiboken6.isValid(self.window):
            self._settings.window = bytes(self.window.saveGeometry().data())
            self._save()

    def _look_for_backups(self) -> None:
        if self._daily is not None:
            self._daily.look()

    def _tell_backups(self) -> None:
        """Have the pages read again what a backup in its own thread has entered."""
        if self.register is not None:
            work.worker().announce(frozenset({Kind.BACKUP}))

    def _end_daily(self) -> None:
        self._minute.stop()
        if self._daily is not None:
            self._daily.stop()
            self._daily = None

    def _let_go_of_register(self) -> None:
        self._end_daily()
        work.stop()
        latest.forget()
        if self.register is not None:
            self.register.close()
            self.register = None


def _key(register: Register) -> tuple[Path, int]:
    """Whose window it is."""
    return register.folder.absolute(), register.person.id


def _close(worker: work.Worker, daily: Daily | None, register: Register, typed: Sequence[drafts.Draft]) -> None:
    """Finish what was sent, keep what was typed in case the program ends first, then close and let go of the keys."""
    worker.let_go()
    drafts.keep(register, typed)
    if daily is not None:
        daily.stop()
    latest.forget()
    register.lock()


def _differs(made_for: tuple[Person, FacilityProfile] | None, register: Register) -> bool:
    """Whether what stands around the pages, or what the person may do, has changed since the window was made."""
    if made_for is None:
        return False
    before, now = made_for[0], register.person
    may = (before.role, before.stands_in, before.name) != (now.role, now.stands_in, now.name)
    return may or made_for[1] != register.facility
