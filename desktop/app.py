"""The program around the window: which screen is shown when, and what is remembered."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import sqlalchemy  # noqa: F401 - before PySide6, whose hooks would slow its import
from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtWidgets import QApplication

from desktop import logs, paths
from desktop.backups import Daily
from desktop.idle import Idle
from desktop.ribbons import ribbons
from desktop.settings import Settings
from models.changes import EVERYTHING, Changes, Kind
from models.clock import SystemClock
from models.rules.facility import FacilityFacts, check_passphrase, checked_facility
from models.rules.wording import word
from models.store import attempts
from models.store.keys import Keys
from models.store.reading import House, Person
from models.store.recovery import secret_of
from models.store.register import Register
from models.text import N_
from ui import areas, search, work
from ui.away import Away
from ui.kit import present
from ui.kit.faults import catch_faults
from ui.kit.notices import toast
from ui.kit.qt_words import QtWords
from ui.kit.theme import Scheme, Theme
from ui.shell import Frame, MainWindow
from ui.today import latest
from ui.words import _, say, set_language

if TYPE_CHECKING:  # the screens before the window are loaded where they are shown
    from ui.start.assistant import NewRegister
    from ui.start.window import StartWindow

READY = "KONAK_SAY_READY"
"""If it is set, the window says on standard output when it can be used, and closes: to measure a start."""


def run(folder: Path | None, opened: Callable[[], Register] | None, person: str | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        folder: Of the register; None: the one that was open last, or a new one.
        opened: Gives the register where its passphrase is known already.
        person: Who is chosen on the unlock screen at first.

    Raises:
        Refused: The passphrase is wrong.
        Unavailable: The register cannot be opened.
    """
    logs.begin(paths.log_file())
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Konak")
    _watch_faults()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    program = Program(app, paths.settings_file())
    if opened is not None:
        program.open(opened())
    else:
        program.start(folder, person)
    spare_what_stays()
    status = app.exec()
    program.end()
    return status


def spare_what_stays() -> None:
    """Collect garbage from now on, and look no more at what was loaded for the start, which stays to the end."""
    gc.freeze()
    gc.enable()


def _watch_faults() -> None:
    """Write each fault of the program to the log before it is shown; where it happened, and nothing of whom."""
    catch_faults()
    shown = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logs.log.error("a fault in the window\n%s", logs.where(error))
        shown(kind, error, trace)

    sys.excepthook = hook


@dataclass(frozen=True, slots=True)
class Kept:
    """The window of a person who has locked it, with what was typed into it and without any key.

    Attributes:
        away: The window, out of sight.
        worker: Its worker, which rests.
        person: Who it is, as the window was made for.
        house: The facility, as the window was made for.
    """

    away: Away
    worker: work.Worker
    person: Person
    house: House


class Program:
    """Goes from screen to screen: the assistant or the unlock screen, the window, and back when it is locked.

    Several people can share the workstation: each has a window, and those who have locked theirs find it as it was.
    """

    def __init__(self, app: QApplication, settings_file: Path) -> None:
        """Take the look and the language that were chosen last."""
        self.app = app
        self._file = settings_file
        self.settings = Settings.load(settings_file)
        self.window: MainWindow | None = None
        self.before: StartWindow | None = None
        self._register: Register | None = None
        self._daily: Daily | None = None
        self._made_for: tuple[Person, House] | None = None
        self._kept: dict[tuple[Path, int], Kept] = {}
        self._closing: threading.Thread | None = None
        self._idle = Idle(app)
        self._idle.locks.connect(self.lock)
        self._minute = QTimer(app, interval=60_000)
        self._minute.timeout.connect(self._look_for_backups)
        set_language(self.settings.language or "en")
        app.installTranslator(QtWords(app))
        Theme.use(app, Scheme(self.settings.scheme))

    def start(self, folder: Path | None, person: str | None = None) -> None:
        """Unlock a register, or make the first one.

        Args:
            folder: Of the register; None: the one that was open last.
            person: Who is chosen at first.
        """
        from ui.start.unlock import Doors
        from ui.start.window import StartWindow

        before = StartWindow(
            doors=Doors(people, self._open_register, remaining, self._recover_register),
            create=create,
            proposed=paths.new_register(),
            language=self.settings.language or "en",
        )
        before.opened.connect(lambda register, _folder: self.open(register))
        before.language_chosen.connect(self._keep_language)
        self.before = before
        wanted = folder or self.settings.folder
        if wanted is None:
            before.make_new()
        else:
            before.unlock(wanted, person)
        before.show()

    def open(self, register: Register) -> None:
        """Show the window of an open register: the one that this person has locked, or a new one."""
        self._register = register
        if self.settings.register != str(register.folder.absolute()):
            self.settings.register = str(register.folder.absolute())
            self._save()
        present.set_present(register.clock, register.house.zone, register.person.name)
        kept = self._kept.pop(_key(register), None)
        if kept is not None:
            self._take_up(kept, register)
        else:
            set_language(self.settings.language or register.house.language)
            work.start(register).changed.connect(self._heard)
            self._show_window()
        self._idle.begin(register.house.lock_after)
        self._daily = Daily(register, lambda: QTimer.singleShot(0, self.app, self._tell_backups))
        self._minute.start()
        if self.before is not None:
            self.before.close()
            self.before.deleteLater()
            self.before = None

    def lock(self) -> None:
        """Hide everything at once, keep what was typed, close the register, and ask for the passphrase again.

        What was sent is still done, in a thread of its own; whoever unlocks waits for that.
        """
        register, window, daily = self._register, self.window, self._daily
        if register is None or window is None:
            return
        away = Away(window)
        self._idle.stop()
        self._minute.stop()
        self._remember_window()
        worker = work.rest()
        person, house = self._made_for or (register.person, register.house)
        self._kept[_key(register)] = Kept(away, worker, person, house)
        self._register = self.window = self._daily = None
        self._closing = threading.Thread(target=_close, args=(worker, daily, register), name="closing")
        self._closing.start()
        self.start(register.folder, register.person.name)

    def end(self) -> None:
        """Close the register when the program ends, and let go of the windows that were locked."""
        self._idle.stop()
        self._wait_until_closed()
        if self._register is not None:
            from desktop.closing import back_up_on_closing

            self._end_daily()
            back_up_on_closing(self._register)
        self._let_go_of_register()
        for kept in self._kept.values():
            kept.away.drop()
        self._kept.clear()
        self._save()

    def _take_up(self, kept: Kept, register: Register) -> None:
        """Show a window that was locked as it was; its pages read again."""
        window = kept.away.window
        if not isinstance(window, MainWindow):
            raise TypeError("another window was put away")
        set_language(window.language)
        self.window, self._made_for = window, (kept.person, kept.house)
        work.resume(kept.worker, register)
        window.show_ribbons(ribbons(register, self._try_to_write))
        kept.away.come_back()
        if _differs(kept, register) and not kept.away.has_forms:
            self._renew()
        elif kept.away.lost_words:
            toast(window, _("The recovery sheet is closed. If it was not written down, make a new one."))
        work.worker().announce(EVERYTHING - {Kind.FACILITY})

    def _open_register(self, folder: Path, person: str, passphrase: str) -> Register:
        self._wait_until_closed()
        return open_register(folder, person, passphrase)

    def _recover_register(self, folder: Path, words: str, person: str, passphrase: str) -> Register:
        self._wait_until_closed()
        return recover_register(folder, words, person, passphrase)

    def _wait_until_closed(self) -> None:
        """Wait until a register that was locked is closed; in any thread."""
        if self._closing is not None:
            self._closing.join()

    def _show_window(self) -> None:
        register = self._register
        if register is None:
            return
        window = MainWindow(
            self._frame(register),
            language=self.settings.language or register.house.language,
            scheme=Scheme(self.settings.scheme),
        )
        window.language_chosen.connect(self._speak)
        window.scheme_chosen.connect(self._dress)
        window.locked.connect(self.lock)
        window.closing.connect(self._remember_window)
        if self.settings.window:
            window.restoreGeometry(QByteArray(self.settings.window))
        self.window, self._made_for = window, (register.person, register.house)
        window.show_ribbons(ribbons(register, self._try_to_write))
        window.show()
        if os.environ.get(READY):
            self._say_when_ready(window)

    def _say_when_ready(self, window: MainWindow) -> None:
        from desktop.ready import Watch

        Watch(window)

    def _frame(self, register: Register) -> Frame:
        return Frame(
            facility=register.house.name,
            who=f"{register.person.name} · {say(word(register.person.role))}",
            areas=areas.areas(),
            find=search.find,
            taken=lambda found: areas.go_to(self.window, found),
            deeds=areas.deeds(lambda: self.window),
            status=areas.status,
            settings=[(_("Change my passphrase"), self._change_passphrase)],
        )

    def _change_passphrase(self) -> None:
        from ui.administration.passphrase import change_own_passphrase

        if self.window is not None:
            change_own_passphrase(self.window)

    def _try_to_write(self) -> None:
        """Ask whether whoever has the register open for writing has closed it."""
        if self.window is not None:
            work.take_writing(self.window, self._show_writing)

    def _show_writing(self, may_write: bool) -> None:
        if self.window is None or self._register is None:
            return
        self.window.show_ribbons(ribbons(self._register, self._try_to_write))
        if may_write:
            toast(self.window, _("You can write here now."))
            work.worker().announce(EVERYTHING - {Kind.FACILITY})
        else:
            toast(self.window, _("It is still open for writing there."))

    def _speak(self, language: str) -> None:
        """Make the window anew in another language."""
        self._keep_language(language)
        set_language(language)
        self._renew()

    def _heard(self, changes: Changes) -> None:
        """Make the window anew, a little later, when the facility has another name or calendar."""
        if Kind.FACILITY in changes and self._register is not None:
            register = self._register
            present.set_present(register.clock, register.house.zone, register.person.name)
            self._idle.begin(register.house.lock_after)
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

    def _keep_language(self, language: str) -> None:
        self.settings.language = language
        self._save()

    def _dress(self, scheme: str) -> None:
        self.settings.scheme = scheme
        Theme.use(self.app, Scheme(scheme))
        self._save()

    def _remember_window(self) -> None:
        if self.window is not None:
            self.settings.window = bytes(self.window.saveGeometry().data())
            self._save()

    def _look_for_backups(self) -> None:
        if self._daily is not None:
            self._daily.look()

    def _tell_backups(self) -> None:
        """Have the pages read again what a backup in its own thread has entered."""
        if self._register is not None:
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
        if self._register is not None:
            self._register.close()
            self._register = None

    def _save(self) -> None:
        self.settings.save(self._file)


def _key(register: Register) -> tuple[Path, int]:
    """Whose window it is."""
    return register.folder.absolute(), register.person.id


def _close(worker: work.Worker, daily: Daily | None, register: Register) -> None:
    """Finish what was sent, then close the file and let go of the keys."""
    worker.let_go()
    if daily is not None:
        daily.stop()
    latest.forget()
    register.lock()


def _differs(kept: Kept, register: Register) -> bool:
    """Whether what stands around the pages, or what the person may do, has changed while the window was locked."""
    before, now = kept.person, register.person
    may = (before.role, before.stands_in, before.name) != (now.role, now.stands_in, now.name)
    return may or kept.house != register.house


def people(folder: Path) -> Sequence[str]:
    """Who may open the register of a folder.

    Raises:
        Unavailable: There is none.
    """
    return [slot.label for slot in Keys.load(folder).slots]


def open_register(folder: Path, person: str, passphrase: str) -> Register:
    """Open a register for a person.

    Raises:
        Refused: The passphrase is wrong.
        Unavailable: It cannot be opened.
    """
    return Register.open(folder, passphrase=passphrase, person=person)


def remaining(folder: Path, person: str) -> int:
    """Seconds until a person may try the next passphrase.

    Raises:
        Refused: Nobody of that name may open the register.
        Unavailable: There is no register.
    """
    return attempts.remaining(folder, Keys.load(folder).slot(person).id, SystemClock().now())


def recover_register(folder: Path, words: str, person: str, passphrase: str) -> Register:
    """Open a register with the words of its recovery sheet, and give a person a new passphrase.

    Raises:
        Refused: The words are wrong, or the passphrase is too short.
        Unavailable: It cannot be opened or written.
    """
    secret = secret_of(words)
    check_passphrase(passphrase)
    return Register.recover(folder, secret=secret, person=person, passphrase=passphrase)


def create(answers: "NewRegister", tell: Callable[[str], None]) -> Register:
    """Make the register that the assistant asked for.

    Args:
        answers: What was answered.
        tell: Is told what is being done, in English, to be translated.

    Raises:
        Refused: An answer makes no sense, or the folder holds something.
        Unavailable: The disk says no.
    """
    from models.actions import programmes

    facts = checked_facility(
        FacilityFacts(
            name=answers.name,
            letterhead=answers.letterhead,
            language=answers.language,
            time_zone=answers.time_zone,
        )
    )
    check_passphrase(answers.passphrase)
    tell(N_("Making the key and the encrypted file"))
    register = Register.create(
        answers.folder,
        facility=facts.name,
        administrator=answers.administrator,
        passphrase=answers.passphrase,
        letterhead=facts.letterhead,
        language=facts.language,
        time_zone=facts.time_zone,
        secret=answers.secret,
    )
    tell(N_("Adding the programmes"))
    for code in answers.programmes:
        register.perform(programmes.add_preset, code=code)
    return register
