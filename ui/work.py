"""The seam between the window and the register: all work on the register is done in one worker thread.

A page calls `run_action` or `run_query` and gets the answer back in the window's own thread. If the page is gone
by then, the answer is dropped. Nothing in the window ever waits.
"""

import itertools
import threading
import weakref
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from models.changes import Changes, Outcome
from models.errors import KonakError, Refused, Revoked, Unavailable
from models.rules.people import READS
from ui import permissions, prompts
from ui.busy import BusyDialog
from ui.faults import report, show_report
from ui.language import _, say
from ui.reading import say_named

if TYPE_CHECKING:  # the unlock screen is shown before the store is loaded
    from models.rules.papers import Outgoing
    from models.rules.preferences import Preferred
    from models.store.register import Register
    from models.store.snapshot import Person

T = TypeVar("T")


Progress = Callable[..., None]
"""Called as `progress(done, total, text="")`; raises `Stopped` once the user has cancelled."""


class Stopped(Exception):
    """The user has cancelled. It unwinds a long job, whose transaction then leaves nothing behind."""


@dataclass(slots=True)
class _Job:
    """One piece of work. It lives in the window's thread, which alone may let go of what the callbacks hold."""

    owner: "weakref.ref[QObject]"
    function: Callable[[int], Any]
    deliver: Callable[[Any], None] | None
    on_refused: Callable[[Refused], None] | None
    key: tuple[int, Hashable] | None
    progress: Callable[[int, int, str], None] | None = None
    finished: Callable[[], None] | None = None
    on_stopped: Callable[[], None] | None = None
    asks: bool = False
    """Whether it only asks, so that it can as well be asked later."""
    cut: Callable[[], None] | None = None
    """Has a long piece stop at its next step."""
    title: str = ""
    """What a long piece does, in words."""
    is_cut: bool = False
    """Whether it was to stop because the window was locked."""


class Worker(QObject):
    """Does the work on one register, one piece after the other.

    While the window is locked it rests: it has no register and no thread, and what was answered too late for the window
    is given when the same person comes back, with the register that was opened anew.
    """

    changed = Signal(object)
    """Emitted once after each action that changed something, with its `Changes`."""
    advanced = Signal(int, int, int, str)
    """How far a long piece of work is: its number, done, total, text. Emitted by the worker's thread."""
    given = Signal()
    """Emitted after each answer, once it was given to whoever asked."""
    revoked = Signal(object)
    """Emitted with the `Revoked` that says why the person at the window may not work with the register any more."""
    _answered = Signal(int, object, object)

    def __init__(self, register: "Register") -> None:
        """Start the thread for a register."""
        super().__init__()
        self._register: Register | None = register
        self._jobs: dict[int, _Job] = {}
        self._latest: dict[tuple[int, Hashable], int] = {}
        self._numbers = itertools.count(1)
        self._resumed = 0
        self._thread = _thread()
        self._rests = False
        self._preferred: tuple[Mapping[str, Preferred], int] = ({}, 0)
        self._held: list[tuple[int, object, Exception | None]] = []
        self._put_off: list[int] = []
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self.advanced.connect(self._advance, Qt.ConnectionType.QueuedConnection)

    @property
    def register(self) -> "Register":
        """The open register.

        Raises:
            RuntimeError: The window is locked.
        """
        if self._register is None:
            raise RuntimeError("the register is locked")
        return self._register

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._jobs)

    def owes(self, owner: QObject) -> bool:
        """Whether an answer to this owner is still to come."""
        return any(job.owner() is owner for job in self._jobs.values())

    def stop(self) -> None:
        """Let the running piece finish, drop all the others, and end the thread."""
        self._jobs.clear()
        self._latest.clear()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def rest(self) -> None:
        """Begin nothing more for the window, which is locked; comes back at once.

        What was sent is still done, since whoever sent it takes it for done. What takes long is cancelled, as by its
        own button: it would keep the keys in memory for as long. What only asks is put off.
        """
        self._rests = True
        for job in self._jobs.values():
            if job.cut is not None:
                job.is_cut = True
                job.cut()

    def let_go(self) -> None:
        """Wait until what was sent is done, then forget the register; in any thread, after `rest`."""
        self._thread.shutdown(wait=True)
        preferences = None if self._register is None else self._register.preferences
        self._preferred = ({}, 0) if preferences is None else (preferences.unwritten, preferences.erasings)
        self._register = None

    def resume(self, register: "Register") -> None:
        """Go on with the register, opened anew by the same person: give what was answered, ask what was put off."""
        self._register, self._thread, self._rests = register, _thread(), False
        register.preferences.go_on(*self._preferred)  # of a window that may not write: they last until it closes
        self._resumed = next(self._numbers)
        held, self._held = self._held, []
        for number, answer, error in held:
            self._answered.emit(number, answer, error)
        put_off, self._put_off = self._put_off, []
        for number in put_off:
            self._thread.submit(self._run, number)

    def submit(self, job: _Job) -> int:
        """Queue a piece of work; a later one with the same key replaces it."""
        number = next(self._numbers)
        self._jobs[number] = job
        if job.key is not None:
            self._latest[job.key] = number
        self._thread.submit(self._run, number)
        return number

    def announce(self, changes: Changes) -> None:
        """Tell every page what has changed."""
        if changes:
            self.changed.emit(changes)

    def _superseded(self, job: _Job, number: int) -> bool:
        return job.key is not None and self._latest.get(job.key) != number

    def _run(self, number: int) -> None:
        job = self._jobs.get(number)
        if job is not None and job.asks and self._rests:
            self._put_off.append(number)
            return
        answer: Any = None
        error: Exception | None = None
        if job is not None and not self._superseded(job, number):
            try:
                answer = job.function(number)
            except (KonakError, Stopped) as raised:
                error = _bare(raised)
            except Exception as raised:
                error = _Fault(report(raised))
        del job
        self._answered.emit(number, answer, error)

    def _advance(self, number: int, done: int, total: int, text: str) -> None:
        job = self._jobs.get(number)
        if job is not None and job.progress is not None and _alive(job):
            job.progress(done, total, text)

    def _end_revoked(self, number: int, error: Revoked) -> None:
        """Nothing is told to whoever asked: the window is locked, and what was typed stays for who may come back."""
        job = self._jobs.pop(number, None)
        if job is not None and job.finished is not None and _alive(job):
            job.finished()
        if not self._rests and number > self._resumed:  # what was asked before was asked of a register that is closed
            self.revoked.emit(error)

    def _deliver(self, number: int, answer: object, error: Exception | None) -> None:
        if isinstance(error, Revoked):
            self._end_revoked(number, error)
            return
        if self._rests:
            self._held.append((number, answer, error))
            return
        job = self._jobs.pop(number, None)
        if job is None:
            return
        stale = self._superseded(job, number)
        if job.key is not None and not stale:
            del self._latest[job.key]
        owner = job.owner() if _alive(job) else None
        if job.finished is not None and owner is not None:
            job.finished()
        changes: Changes = frozenset()
        if isinstance(answer, Outcome):
            changes = answer.changes
            answer = answer.value
        if error is not None:
            _fail(owner, error, job)
        elif owner is not None and not stale and job.deliver is not None:
            job.deliver(answer)
        self.announce(changes)
        self.given.emit()


def _alive(job: _Job) -> bool:
    owner = job.owner()
    return owner is not None and shiboken6.isValid(owner)


def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="register")


class _Fault(Exception):
    """A fault that was met in the worker; its argument is the report."""


def _bare(error: Exception) -> Exception:
    """The error without its frames: they hold the page's objects, and no widget may die in the worker's thread."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def _fail(owner: QObject | None, error: Exception, job: _Job) -> None:
    parent = owner if isinstance(owner, QWidget) else QApplication.activeWindow()
    if isinstance(error, Stopped):
        if owner is not None and job.on_stopped is not None:
            job.on_stopped()
        if job.is_cut:
            prompts.tell(
                parent, _("Stopped when the window was locked"), _("{what}: nothing of it was kept.", what=job.title)
            )
    elif isinstance(error, Refused):
        if owner is not None and job.on_refused is not None:
            job.on_refused(error)
        else:
            show_refusal(parent, error)
    elif isinstance(error, Unavailable):
        show_unavailable(parent, error)
    else:
        show_report(parent, str(error))


def explanation(error: KonakError) -> str:
    """What an error says, with all its reasons, one below the other."""
    return "\n".join([say(error.message), *error.lines(say, say_named)])


def show_refusal(parent: QWidget | None, error: Refused) -> None:
    """Say in a dialog why a rule says no."""
    prompts.tell(parent, _("This cannot be done"), explanation(error))


def show_unavailable(parent: QWidget | None, error: Unavailable) -> None:
    """Say in a dialog what is in the way and what to do."""
    prompts.tell(parent, _("This did not work; nothing was changed"), explanation(error))


class _Service:
    """The worker of the moment."""

    worker: Worker | None = None


def start(register: "Register") -> Worker:
    """Begin to work on a register; an earlier one is let go."""
    stop()
    at = _Service.worker = Worker(register)
    permissions.let(lambda what: at.register.may(what))
    return at


def stop() -> None:
    """End the work: on locking, and before the program closes."""
    if _Service.worker is not None:
        _Service.worker.stop()
        _Service.worker = None


def rest() -> Worker:
    """Let the worker of a window that is locked rest: then there is none.

    Raises:
        RuntimeError: No register is open.
    """
    resting = worker()
    _Service.worker = None
    resting.rest()
    return resting


def resume(resting: Worker, register: "Register") -> None:
    """Go on with a worker that has rested, and with the register that was opened anew."""
    stop()
    _Service.worker = resting
    resting.resume(register)
    permissions.let(lambda what: resting.register.may(what))


def worker() -> Worker:
    """The worker of the open register.

    Raises:
        RuntimeError: No register is open.
    """
    if _Service.worker is None:
        raise RuntimeError("no register is open")
    return _Service.worker


def is_open() -> bool:
    """Whether a register is open, and the window not locked."""
    return _Service.worker is not None


def person() -> "Person":
    """Who has opened the register.

    Raises:
        RuntimeError: No register is open.
    """
    return worker().register.person


def may_read(what: str) -> bool:
    """Whether the person at the window may read what is not open to everybody, as `models.rules.people.READS` has it.

    While no register is open, everything is shown: so pages can be listed without one.
    """
    at = _Service.worker
    return at is None or at.register.person.role in READS[what]


def only_reads() -> bool:
    """Whether another workstation writes the register now, so that this window only reads."""
    at = _Service.worker
    return at is not None and at.register.holder is not None


def keeps_gate() -> bool:
    """Whether the facility keeps a gate; as `may_read` while no register is open."""
    at = _Service.worker
    return at is None or at.register.facility.uses_gate


def may_let_out(what: "Outgoing") -> bool:
    """Whether the person at the window may let out what is declared so; as `may_read` while no register is open."""
    at = _Service.worker
    return at is None or at.register.person.role in what.roles


def is_busy() -> bool:
    """Whether the worker of an open register still has an answer to give."""
    return _Service.worker is not None and _Service.worker.busy


def run_action(
    owner: QObject,
    action: Callable[..., T],
    /,
    *,
    on_done: Callable[[T], None] | None = None,
    on_refused: Callable[[Refused], None] | None = None,
    on_end: Callable[[], None] | None = None,
    **values: object,
) -> None:
    """Do an action of `models.actions` in the worker.

    Args:
        owner: The widget that asks; when it is gone the answer is dropped (but the action is done all the same).
        action: A function of `models.actions`; its first argument comes from the register.
        on_done: Is given what the action returned, in the window's thread, before `changed` is emitted.
        on_refused: Is given the refusal; without it a dialog says why.
        on_end: Is called before anything else once the action has ended, well or not.
        values: The arguments of the action.
    """
    at = worker()

    def perform(_number: int) -> Outcome[T]:
        return at.register.perform(action, **values)

    at.submit(_Job(weakref.ref(owner), perform, on_done, on_refused, None, finished=on_end))


def run_query(
    owner: QObject,
    query: Callable[..., T],
    /,
    on_done: Callable[[T], None],
    *,
    on_refused: Callable[[Refused], None] | None = None,
    on_end: Callable[[], None] | None = None,
    latest: Hashable = None,
    **values: object,
) -> None:
    """Ask a query of `models.queries` in the worker. A page that still asks while the register closes gets no answer.

    Args:
        owner: The widget that asks; when it is gone the answer is dropped.
        query: A function of `models.queries`; its first argument is the reading.
        on_done: Is given the answer, in the window's thread.
        on_refused: Is given a refusal; without it a dialog says why.
        on_end: Is called before anything else once the query has ended, well or not.
        latest: Of several queries of one owner with this key only the last one is answered: for search as one types.
        values: The arguments of the query.
    """

    def ask(register: "Register") -> T:
        with register.read() as snapshot:
            return query(snapshot, **values)

    run_job(owner, ask, on_done, on_refused=on_refused, on_end=on_end, latest=latest, asks=True)


def run_job(
    owner: QObject,
    job: "Callable[[Register], T]",
    /,
    on_done: Callable[[T], None],
    *,
    on_refused: Callable[[Refused], None] | None = None,
    on_end: Callable[[], None] | None = None,
    latest: Hashable = None,
    asks: bool = False,
) -> None:
    """Have the worker do what is neither one action nor one query, and does not take long; else as `run_query`.

    Args:
        owner: The widget that asks.
        job: Is given the register.
        on_done: Is given what it returned.
        on_refused: Is given a refusal.
        on_end: Is called before anything else once it has ended.
        latest: As of a query.
        asks: Whether it only asks, so that it is put off while the window is locked.
    """
    at = _Service.worker
    if at is None:
        return
    key = None if latest is None else (id(owner), latest)
    ask = _Job(weakref.ref(owner), lambda _number: job(at.register), on_done, on_refused, key, finished=on_end)
    ask.asks = asks
    at.submit(ask)


def take_writing(owner: QObject, on_done: Callable[[bool], None]) -> None:
    """Try to write from now on, in a window that only reads; tells whether it may."""
    at = worker()
    at.submit(_Job(weakref.ref(owner), lambda _number: at.register.take_writing(), on_done, None, None))


def run_long(
    owner: QWidget,
    job: "Callable[[Register, Progress, Callable[[], bool]], object]",
    /,
    *,
    title: str,
    on_done: Callable[[Any], None] | None = None,
    on_refused: Callable[[Refused], None] | None = None,
    on_stopped: Callable[[], None] | None = None,
) -> BusyDialog:
    """Do something that takes long, with a progress bar and a way to cancel.

    Args:
        owner: The widget that asks.
        job: Is given the register, a `Progress`, and a function that tells whether the user has cancelled. Calling the
            progress raises `Stopped` after a cancel, so that an action that reports its progress rolls back by itself.
            What it returns may be the outcome of `register.perform`: then its changes are announced.
        title: What is being done, in the clerk's words.
        on_done: Is given what the job returned (of an outcome, its value).
        on_refused: Is given a refusal; without it a dialog says why.
        on_stopped: Is called when the job has stopped because the user cancelled.
    """
    at = worker()
    cancel = threading.Event()
    dialog = BusyDialog(owner, title)
    dialog.cancelled.connect(cancel.set)

    def perform(number: int) -> object:
        def progress(done: int, total: int, text: str = "") -> None:
            if cancel.is_set():
                raise Stopped
            at.advanced.emit(number, done, total, text)

        try:
            return job(at.register, progress, cancel.is_set)
        except KonakError as error:
            if cancel.is_set():
                raise Stopped from error
            raise

    sent = _Job(weakref.ref(owner), perform, on_done, on_refused, None, dialog.advance, dialog.finish, on_stopped)
    sent.cut, sent.title = cancel.set, title
    at.submit(sent)
    dialog.begin()
    return dialog
