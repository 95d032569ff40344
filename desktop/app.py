"""The program around the window: which screen is shown when, and what is remembered."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import sqlalchemy  # noqa: F401 - before PySide6, whose hooks would slow its import
from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtWidgets import QApplication

from desktop import logs, paths
from desktop.backups import Daily
from desktop.idle import Idle
from desktop.kept import Kept, hide_everything
from desktop.settings import Settings
from models.changes import Changes, Kind
from models.rules.facility import FacilityFacts, check_passphrase, checked_facility
from models.rules.wording import word
from models.store.keys import Keys
from models.store.register import Register
from models.text import N_
from ui import areas, search, work
from ui.kit import present
from ui.kit.faults import catch_faults
from ui.kit.qt_words import QtWords
from ui.kit.theme import Scheme, Theme
from ui.shell import Frame, MainWindow
from ui.today import latest
from ui.words import _, say, set_language

if TYPE_CHECKING:  # the screens before the window are loaded where they are shown
    from models.ids import UserId
    from ui.start.assistant import NewRegister
    from ui.start.window import StartWindow

READY = "KONAK_SAY_READY"
"""If it is set, the window says on standard output when it can be used, and closes: to measure a start."""


def run(folder: Path | None, opened: Callable[[], Register] | None) -> int:
    """Open the window and stay until it is closed.

    Args:
        folder: Of the register; None: the one that was open last, or a new one.
        opened: Gives the register where its passphrase is known already.

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
        program.start(folder)
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


class Program:
    """Goes from screen to screen: the assistant or the unlock screen, the window, and back when it is locked."""

    def __init__(self, app: QApplication, settings_file: Path) -> None:
        """Take the look and the language that were chosen last."""
        self.app = app
        self._file = settings_file
        self.settings = Settings.load(settings_file)
        self.window: MainWindow | None = None
        self.before: StartWindow | None = None
        self._register: Register | None = None
        self._daily: Daily | None = None
        self._kept: dict[UserId, Kept] = {}
        self.idle = Idle(app)
        self.idle.gone.connect(self.lock)
        self._minute = QTimer(app, interval=60_000)
        self._minute.timeout.connect(self._look_for_backups)
        set_language(self.settings.language or "en")
        app.installTranslator(QtWords(app))
        Theme.use(app, Scheme(self.settings.scheme))

    def start(self, folder: Path | None) -> None:
        """Unlock a register, or make the first one."""
        from ui.start.window import StartWindow

        before = StartWindow(
            people=people,
            open_register=open_register,
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
            before.unlock(wanted)
        before.show()

    def open(self, register: Register) -> None:
        """Show the window of an open register."""
        self._register = register
        self.settings.register = str(register.folder.absolute())
        self._save()
        present.set_present(register.clock, register.house.zone, register.person.name)
        set_language(self.settings.language or register.house.language)
        kept = self._kept.pop(register.person.id, None)
        if kept is not None and kept.is_of(register.person) and kept.folder == register.folder:
            work.take_up(kept.worker, register)
            self.window = kept.window
            kept.show()
        else:
            if kept is not None:
                kept.window.deleteLater()
            work.start(register).changed.connect(self._heard)
            if register.person.must_change:
                self._ask_for_passphrase()
                return
            self._show_window()
        self._go_on(register)

    def _ask_for_passphrase(self) -> None:
        """Somebody else has set the passphrase: it is changed before anything is shown."""
        from ui.administration.passphrase import change_own_passphrase

        register = self._register
        if register is not None and self.before is None:
            self.start(register.folder)
        if register is None or self.before is None:
            return
        says = _("Somebody else has set your passphrase. Choose one that only you know.")
        dialog = change_own_passphrase(self.before, says=says, on_done=lambda: self._changed(register))
        dialog.rejected.connect(self._go_back)

    def _changed(self, register: Register) -> None:
        self._show_window()
        self._go_on(register)

    def _go_back(self) -> None:
        """The passphrase was not changed, so the register stays closed."""
        if self.window is None and self._register is not None:
            self._let_go_of_register()

    def _go_on(self, register: Register) -> None:
        """What goes on around an open window."""
        self.idle.watch(register.house.lock_after)
        self._daily = Daily(register, lambda: QTimer.singleShot(0, self.app, self._tell_backups))
        self._minute.start()
        if self.before is not None:
            self.before.close()
            self.before.deleteLater()
            self.before = None

    def lock(self) -> None:
        """Hide everything at once, close the register with its keys, and ask for the passphrase again.

        What was typed stays in the hidden window, for whoever typed it.
        """
        register, window = self._register, self.window
        if register is None or window is None:
            return
        self._remember_window()
        dialogs = hide_everything(window)
        window.rest()
        self.idle.rest()
        self._end_backups()
        worker = work.leave()
        self._kept[register.person.id] = Kept(register.folder, register.person, window, worker, dialogs)
        self.window = self._register = None
        latest.forget()
        register.lock()
        self.start(register.folder)

    def end(self) -> None:
        """Close the register when the program ends; what others have left unfinished goes with it."""
        for kept in self._kept.values():
            kept.window.deleteLater()
        self._kept.clear()
        self._let_go_of_register()
        self._save()

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
        self.window = window
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
            ribbon=_("This is a demonstration. All people in it are invented.")
            if register.house.is_demonstration
            else "",
            warnings=list(warnings(register)),
            settings=[(_("Change my passphrase"), self._change_passphrase)],
        )

    def _change_passphrase(self) -> None:
        from ui.administration.passphrase import change_own_passphrase

        if self.window is not None:
            change_own_passphrase(self.window)

    def _speak(self, language: str) -> None:
        """Make the window anew in another language."""
        self._keep_language(language)
        set_language(language)
        self._renew()

    def _heard(self, changes: Changes) -> None:
        """Make the window anew, a little later, when the facility has another name or calendar."""
        if Kind.FACILITY in changes and self._register is not None:
            present.set_present(self._register.clock, self._register.house.zone, self._register.person.name)
            self.idle.watch(self._register.house.lock_after)
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

    def _end_backups(self) -> None:
        self._minute.stop()
        if self._daily is not None:
            self._daily.stop()
            self._daily = None

    def _let_go_of_register(self) -> None:
        self.idle.rest()
        self._end_backups()
        work.stop()
        latest.forget()
        if self._register is not None:
            self._register.close()
            self._register = None

    def _save(self) -> None:
        self.settings.save(self._file)


def warnings(register: Register) -> Iterator[str]:
    """What is not as it should be with an open register, and what to do."""
    if register.holder is not None:
        yield say(register.holder.refusal().message)
    if register.clock_lags:
        yield _(
            "The clock of this computer is behind the last entry of the register. Set the clock, then lock and unlock."
        )
    if register.is_on_network:
        yield _("This register lies on the network. It is slower there; keep it on a disk of this computer if you can.")


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
