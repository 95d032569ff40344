"""The program around the window: which screen is shown when, and what is remembered."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop import access, logs, paths, single
from desktop.collector import GarbageCollector
from desktop.computer import Computer
from desktop.ending import Ending
from desktop.garbage import spare_what_stays
from desktop.loading import Loading
from desktop.look import Look
from desktop.settings import Settings
from ui import clipboard, prompts
from ui.accelerators import Accelerators
from ui.faults import catch_faults
from ui.fixed import fix, fixed
from ui.kit import accessible
from ui.language import _
from ui.qt_texts import QtWords
from ui.start.unlock import Access
from ui.start.window import StartWindow

if TYPE_CHECKING:  # what stands on the store is loaded while the unlock screen is shown
    from desktop.workstation import Workstation
    from models.store.register import Register
    from ui.shell import MainWindow


_FOR_BACKUPS = 20.0
"""Seconds for the closing backup where the program is told to end: a session of systemd waits 90, others less."""


def run(
    folder: Path | None,
    opened: "Callable[[], Register] | None",
    person: str | None = None,
    backup: Path | None = None,
) -> int:
    """Open the window and stay until it is closed; where one is open on the register already, raise that.

    Args:
        folder: Of the register; None: the one that was open last, or a new one.
        opened: Gives the register where its passphrase is known already.
        person: Who is chosen on the unlock screen at first.
        backup: What is to be restored.

    Raises:
        Refused: The passphrase is wrong.
        Unavailable: The register cannot be opened.
    """
    logs.begin(paths.log_file())
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Konak")
    GarbageCollector(app)
    Accelerators(app)
    _watch_faults()
    program = Program(app, paths.settings_file())
    if opened is None and single.tell(program.meant(folder), backup):
        return 0
    ending = Ending(app)
    ending.asked.connect(program.end_at_once)
    ending.comes.connect(program.keep)
    app.aboutToQuit.connect(program.keep)
    if opened is not None:
        program.open(opened())
        spare_what_stays()
    else:
        program.start(folder, person)
        if backup is not None:
            program.restore(backup)
        program.load_behind(spare_what_stays)
    # What is asked while the window is read for the first time, `exec` would not hear any more.
    status = 0 if program.is_to_end else app.exec()
    program.end()
    ending.stop()
    return status


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
        self.computer = Computer.load()
        self._look = Look(app, self.settings, self.computer)
        fix(self.computer.as_fixed())
        prompts.LastFolder.path = self.settings.files
        self.before: StartWindow | None = None
        self.workstation: Workstation | None = None
        self._loading: Loading | None = None
        self._asks = self._is_ending = False
        self._ends_within: float | None = None
        self.single = single.Single(app)
        self.single.raised.connect(self._started_again)
        app.installTranslator(QtWords(app))
        self._look.greet()
        accessible.install()
        clipboard.keep_clean()

    @property
    def window(self) -> "MainWindow | None":
        """The window of the open register."""
        return self.workstation.window if self.workstation is not None else None

    def meant(self, folder: Path | None) -> Path | None:
        """The register that is to be unlocked where a folder was named or not; None: the first one is to be made."""
        of_all = self.computer.register
        return of_all if fixed().register else folder or self.settings.folder or of_all

    def start(self, folder: Path | None, person: str | None = None, says: str = "") -> None:
        """Unlock a register, or make the first one.

        Args:
            folder: Of the register; None: the one that was open last.
            person: Who is chosen at first.
            says: What is said above, such as why the window was locked.
        """
        self._look.greet()
        before = StartWindow(
            access=Access(access.people, self._open_register, access.remaining, self._recover_register),
            create=access.create,
            proposed=paths.new_register(),
            language=self._look.greeting,
        )
        before.opened.connect(lambda register, _folder: self.open(register))
        before.language_chosen.connect(self._keep_language)
        self.before = before
        wanted = self.meant(folder)
        self.single.stand_for(wanted)
        if wanted is None:
            before.make_new()
        else:
            before.unlock(wanted, person, says=says)
        before.show()

    def load_behind(self, done: Callable[[], None]) -> None:
        """Load what an open register needs once the first screen is painted, while somebody types.

        Args:
            done: Is called, in another thread, once that is loaded.
        """
        if self.before is not None:
            self.before.painted.connect(lambda: self._load(done), Qt.ConnectionType.QueuedConnection)

    def open(self, register: "Register") -> None:
        """Show the window of an open register: the one that this person has locked, or a new one."""
        if self.workstation is None:
            from desktop.workstation import Workstation
            from ui import about  # only now: the unlock screen does not wait for it

            about.tell(about.Program(paths.log_file(), self._said_of_settings))
            self.workstation = Workstation(
                self.app,
                self.settings,
                computer=self.computer,
                look=self._look,
                save=self._save,
                locked=self.start,
                restore=self.restore,
            )
        self.settings.register = str(register.folder.absolute())
        self.settings.greeting = register.facility.language
        self._save()
        self.single.stand_for(register.folder)
        self.workstation.open(register)
        if self.before is not None:
            if self.before.fire_first and self.window is not None:
                self.window.open("papers", paper="fire_list", made=True)
            self.before.close()
            self.before.deleteLater()
            self.before = None

    def lock(self) -> None:
        """Hide everything at once, keep what was typed, close the register, and ask for the passphrase again."""
        if self.workstation is not None:
            self.workstation.lock()

    def restore(self, backup: Path) -> None:
        """Go to the screen that restores a backup; a window of an open register is locked for it, if that is wanted.

        While that is asked, another one is passed over: whoever opens a file clicks twice, and waits for nothing.
        """
        if self._asks:
            return
        if self.window is not None:
            said = _("The window is locked first. What you have typed is kept until you unlock it again.")
            self._asks = True
            is_wanted = prompts.confirm(self.window, _("Restore this backup?"), said, yes=_("Lock and restore"))
            self._asks = False
            if not is_wanted:
                return
            self.lock()
        if self.before is not None:
            self.before.restore(backup)

    def _started_again(self, backup: Path | None) -> None:
        """Show the window that is there to whoever has started Konak again."""
        shown = self.window or self.before
        if shown is not None:
            shown.setWindowState(shown.windowState() & ~Qt.WindowState.WindowMinimized)
            shown.show()
            shown.raise_()
            shown.activateWindow()
        if backup is not None:
            self.restore(backup)

    def keep(self) -> None:
        """Keep what was typed for its person, and the place of the window."""
        if self.workstation is not None:
            self.workstation.keep()

    def end_at_once(self) -> None:
        """End without a question: what was typed is kept. Asked a second time, wait for nothing more."""
        self._ends_within = _FOR_BACKUPS if self._ends_within is None else 0.0
        if not self._is_ending:
            self.app.exit(0)
        elif self.workstation is not None:
            self.workstation.skip_backup(within=self._ends_within)

    @property
    def is_to_end(self) -> bool:
        """Whether it was told to end."""
        return self._ends_within is not None

    def end(self) -> None:
        """Close the register when the program ends, and let go of the windows that were locked."""
        self._is_ending = True
        self.single.stop()
        if self.before is not None:
            self.before.close()  # what was unpacked of a backup goes, and a register that waits for a passphrase
        if self.workstation is not None:
            self.workstation.end(within=self._ends_within)
        self._save()

    def _load(self, done: Callable[[], None]) -> None:
        self._loading = Loading(done)

    def _open_register(self, folder: Path, person: str, passphrase: str) -> "Register":
        self._wait()
        return access.open_register(folder, person, passphrase)

    def _recover_register(self, folder: Path, words: str, person: str, passphrase: str) -> "Register":
        self._wait()
        return access.recover_register(folder, words, person, passphrase)

    def _wait(self) -> None:
        """Wait, in a thread of the unlock screen, until all is loaded and a register that was locked is closed."""
        if self._loading is not None:
            self._loading.wait()
        if self.workstation is not None:
            self.workstation.wait_until_closed()

    def _keep_language(self, language: str) -> None:
        self.settings.greeting = language
        self._save()

    def _said_of_settings(self) -> dict[str, object]:
        """What of the settings a report tells: no path, which may hold a name."""
        mine, computer = self.settings, self.computer
        return {
            "language": mine.language or "as the facility",
            "scheme": mine.scheme,
            "text size": mine.text_size,
            "fixed on this computer": ", ".join(sorted(computer.fixed)) or "nothing",
            "makes no sense": ", ".join(name for name in computer.wrong if name.isidentifier()) or "nothing",
        }

    def _save(self) -> None:
        self.settings.files = prompts.LastFolder.path
        self.settings.save(self._file)
