"""The steps that both import assistants share: the file, what will come in, and what has come in."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from models.errors import Refused
from models.exchange.answers import Answers
from models.exchange.heading_words import Fields
from models.exchange.opening import open_file
from models.exchange.readings import FileReading
from models.exchange.remembering import recall
from models.exchange.summary import Summary
from models.exchange.tables import Table
from models.ids import ProgrammeId
from models.queries import arrivals
from models.queries.arrivals import ProgrammeChoice
from models.store.register import Register
from ui import prompts
from ui.imports.file_part import FilePart, Look
from ui.imports.kinds import KINDS
from ui.imports.rows_part import NamedRows
from ui.kit.fields import ChoiceField
from ui.kit.form import Form
from ui.kit.labels import Button, Text
from ui.kit.layout import column, held, row
from ui.language import _, isolated, say
from ui.scrolled import Scrolled
from ui.work import Progress, run_long, run_query

R = TypeVar("R", bound=FileReading)
P = TypeVar("P")


class Importer(QDialog, Generic[R, P]):
    """The steps of an import: the file, what will come in, and what has come in.

    A subclass says which fields there are, reads the rows, and shows what would come in and what has.
    """

    fields: Fields
    rows: NamedRows
    kind: str
    """As what is remembered of it: `stays` or `list`."""

    def __init__(
        self, owner: QWidget, path: Path, *, title: str, bringing: str, form: Form, preview: Callable[..., P]
    ) -> None:
        """Lay the steps out and read the file.

        Args:
            owner: The page that asks.
            path: The file.
            title: What is brought in.
            bringing: The same, while it is done.
            form: What is asked besides: the programme, the name of the list.
            preview: The query for what would come in: `preview(snapshot, programme_id=…, read=…)`.
        """
        super().__init__(owner.window())
        self.owner, self.path, self.form = owner, path, form
        self._bringing, self._preview = bringing, preview
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.told = Answers()
        self.look: Look[R] | None = None
        self.title = Text(title, "title", wrap=True)
        self.step_word = Text("", "subtitle", wrap=True)
        self.file_part = FilePart(self.fields, self._changed)
        self.plan_box, self.result_box = column(gap=10), column(gap=10)
        self._stack = QStackedWidget()
        self.cancel = Button(_("Cancel"), self.reject)
        self.back = Button(_("Back"), lambda: self.go_to(0))
        self.next = Button(_("Look over"), self._go_on, kind="primary")
        self.next.setDefault(True)
        self.form["programme_id"].edited.connect(lambda: self.read_again(anew=True))
        self._lay_out()
        self.go_to(0)
        self.read_again()

    def _lay_out(self) -> None:
        inner = held(column(self.form, self.file_part, None, gap=12, margins=(20, 4, 20, 4)))
        self._stack.addWidget(Scrolled(inner, sideways=False))
        for box in (self.plan_box, self.result_box):
            box.setContentsMargins(20, 4, 20, 4)
            self._stack.addWidget(held(box))
        head = column(self.title, self.step_word, gap=3, margins=(20, 18, 20, 8))
        foot = row(self.cancel, None, self.back, self.next, gap=8, margins=(20, 12, 20, 16))
        self.setLayout(column(head, (self._stack, 1), foot, gap=0))
        self.resize(980, 660)

    # -- what a subclass says -------------------------------------------------------------------------------------

    def read_rows(self, table: Table, answers: Answers, zone: Any) -> R:  # noqa: ANN401 - the facility's time zone
        """Read the rows, in the worker.

        Raises:
            Refused: They cannot be read like that.
        """
        raise NotImplementedError

    def looked_over_with(self) -> dict[str, Any]:
        """What the preview is asked besides."""
        return {}

    def show_preview(self, preview: P) -> None:
        """Show what would come in."""
        raise NotImplementedError

    def bring_in(self, register: Register, progress: Progress, is_stopped: Callable[[], bool], **values: Any) -> Any:  # noqa: ANN401
        """Bring it in, in the worker; `values` are what was read and what was asked besides."""
        raise NotImplementedError

    def show_result(self, done: Any) -> None:  # noqa: ANN401 - whatever the action returned
        """Show what has come in."""
        raise NotImplementedError

    def stopped(self) -> None:
        """Nothing was brought in: the clerk has stopped it."""
        self.go_to(1)

    # -- the steps ------------------------------------------------------------------------------------------------

    @property
    def step(self) -> int:
        """0: the file; 1: what will come in; 2: what has come in."""
        return self._stack.currentIndex()

    def go_to(self, step: int) -> None:
        """Show a step."""
        self._stack.setCurrentIndex(step)
        self._say_step()
        self.back.setVisible(step == 1)
        self.cancel.setVisible(step < 2)
        self._call_next((_("Look over"), _("Bring in"), _("Close"))[step])
        self._allow()

    def _call_next(self, text: str) -> None:
        """Say what the button does; it grows and never shrinks, so that it stays under the pointer."""
        self.next.setText(text)
        self.next.setMinimumWidth(max(self.next.minimumWidth(), self.next.sizeHint().width()))

    def _say_step(self) -> None:
        words = (
            _("Step 1 of 3: what was found out about the file. Change what is not right."),
            _("Step 2 of 3: what will come in. Nothing is in the register yet."),
            _("Step 3 of 3: what has come in."),
        )
        self.step_word.setText(words[self.step])

    def allow_next(self, allowed: bool, text: str = "") -> None:
        """Say whether the step can be left, and what the button says."""
        self.next.setEnabled(allowed)
        if text:
            self._call_next(text)

    def _go_on(self) -> None:
        if self.step == 2:
            self.accept()
        elif self.look is not None and self.look.read is not None:
            if self.step == 1:
                self._bring_in(self.look.read)
            elif self.form.check():
                self.next.setEnabled(False)
                self.step_word.setText(_("Looking at every row"))
                run_query(
                    self,
                    self._preview,
                    self.show_preview,
                    on_refused=self._refused,
                    programme_id=self.form["programme_id"].read(),
                    read=self.look.read,
                    **self.looked_over_with(),
                )

    def _bring_in(self, read: R) -> None:
        """Bring it in, all at once, with progress and a way to stop."""
        values = {"read": read, **self.form.values()}
        self.next.setEnabled(False)
        run_long(
            self,
            lambda register, progress, is_stopped: self.bring_in(register, progress, is_stopped, **values),
            title=self._bringing,
            on_done=self.show_result,
            on_refused=self._refused,
            on_stopped=self.stopped,
        )

    def _refused(self, error: Refused) -> None:
        self.go_to(0)
        at = self.form if error.field in self.form.fields else self.file_part
        at.show_refusal(error)

    def _allow(self) -> None:
        ready = self.look is not None and self.look.read is not None and not self.look.read.open_questions
        self.next.setEnabled(self.step == 2 or ready)

    @property
    def read_of_file(self) -> R:
        """The file as it was read.

        Raises:
            ValueError: It was not.
        """
        if self.look is None or self.look.read is None:
            raise ValueError("no file was read")
        return self.look.read

    def named_rows(self, summary: Summary, *, asked: Collection[int] = ()) -> list[QWidget]:
        """The table of the rows of which something must be said, where there are any.

        Args:
            summary: What becomes of the rows.
            asked: The rows of which somebody is asked above: they are not refused yet.
        """
        return [self.rows] if self.rows.show_summary(summary, self.read_of_file.source, asked) else []

    def said_of_file(self) -> list[QWidget]:
        """What is to be known of the file as a whole, and of the columns that nobody knows."""
        read = None if self.look is None else self.look.read
        if read is None:
            return []
        said = [say(each) for each in read.said]
        if read.sealed_columns:
            columns = ", ".join(map(isolated, read.sealed_columns))
            said.append(_("Kept sealed: {columns}.", columns=columns))
        return [Text("\n".join(said), "note", wrap=True)] if said else []

    # -- reading --------------------------------------------------------------------------------------------------

    def _changed(self, told: Answers) -> None:
        self.told = told
        self.read_again()

    def read_again(self, *, anew: bool = False) -> None:
        """Read the file as it was told, in the worker; the earlier reading stays in sight until then.

        Args:
            anew: Whether nothing holds of how it was read before, since another programme was chosen.
        """
        self.next.setEnabled(False)
        self.step_word.setText(_("Reading the file"))
        told, path, programme_id = self.told, self.path, self.form["programme_id"].read()
        before = None if anew or self.look is None else self.look.opened

        def read(snapshot: Any) -> Look[R]:  # noqa: ANN401 - the reading of any query
            recalled = {} if programme_id is None else recall(snapshot, programme_id, self.kind)
            opened = open_file(path, self.fields, told, recalled, before=before)
            try:
                return Look(opened, self.read_rows(opened.table, opened.answers, snapshot.facility.zone))
            except Refused as refusal:
                return Look(opened, None, refusal=refusal)

        run_query(
            self, read, self._show_look, on_refused=self.file_part.show_refusal, on_end=self._say_step, latest="file"
        )

    def _show_look(self, look: Look[R]) -> None:
        self.look = look
        self.file_part.show_look(look, self.told)
        self._allow()


def ask_file(
    owner: QWidget,
    title: str,
    importer: Callable[[Path, Sequence[ProgrammeChoice]], Importer[Any, Any]],
    *,
    without: str,
    path: Path | None = None,
) -> None:
    """Ask for a file and open the assistant that brings it in.

    Args:
        owner: The page that asks.
        title: Which file is asked for.
        importer: Makes the assistant from the file and the programmes.
        without: What to do where there is no programme yet.
        path: The file, where it is known.
    """
    path = path or prompts.ask_open_path(owner, title, _("Tables ({kinds})", kinds=KINDS))
    if path is None:
        return

    def show(programmes: Sequence[ProgrammeChoice]) -> None:
        if programmes:
            importer(path, programmes).open()
        else:
            prompts.tell(owner, _("There is no programme yet"), without)

    run_query(owner, arrivals.programmes, show)


def programme_field(programmes: Sequence[ProgrammeChoice], likely: ProgrammeId | None = None) -> ChoiceField[Any]:
    """Under which programme it is; the only one is chosen at first, else the likely one."""
    chosen = programmes[0].id if len(programmes) == 1 else likely
    offered = [(each.id, each.code) for each in programmes]
    return ChoiceField("programme_id", _("Programme"), offered, value=chosen, required=True, wide=False)


def fill(box: QVBoxLayout, widgets: Sequence[QWidget], *, stretch: bool = False) -> None:
    """Show other widgets in a step; those that stay are kept.

    Args:
        box: The layout of the step.
        widgets: From top to bottom.
        stretch: Whether what room is left stays empty; else the last one takes it.
    """
    while (item := box.takeAt(0)) is not None:
        old = item.widget()
        if old is not None and old not in widgets:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        box.addWidget(widget)
        widget.show()
    if stretch:
        box.addStretch(1)
