"""The assistant that brings in stays: the history of another register, or of paper that was typed."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from models.exchange import import_stays as engine
from models.exchange.answers import Answers
from models.exchange.contradictions import Choices
from models.exchange.door import Ready
from models.exchange.fields import STAY_FIELDS
from models.exchange.import_stays import StaysBroughtIn
from models.exchange.refused_rows import refused_rows
from models.exchange.stays_file import StaysReading, read_stays
from models.exchange.stays_preview import StaysPreview, preview_stays
from models.exchange.stays_summary import summary_of_stays
from models.exchange.tables import Table as FileTable
from models.ids import ImportId
from models.queries.arrivals import ProgrammeChoice
from models.rules.papers import DUPLICATES, REFUSED_ROWS
from models.store.register import Register
from ui import work
from ui.imports.contradictions import Asked, ContradictionsPart
from ui.imports.rows_part import NamedRows
from ui.imports.steps import Importer, ask_file, fill, programme_field
from ui.kit import outgoing
from ui.kit.form import Form
from ui.kit.labels import Button, Text
from ui.kit.layout import held, row
from ui.kit.notices import Callout, toast
from ui.kit.page import Page
from ui.kit.tokens import Tone
from ui.language import _, plural, say, tr
from ui.sealed import cannot_seal
from ui.work import Progress


def import_stays(owner: QWidget, on_done: Callable[[], None] | None = None, path: Path | None = None) -> None:
    """Ask for a file and open the assistant.

    Args:
        owner: The page that asks.
        on_done: Is called when the assistant is closed after stays have come in.
        path: The file, where it is known already.
    """
    ask_file(
        owner,
        _("Choose the file with the stays"),
        lambda file, programmes: StaysImporter(owner, file, programmes, on_done),
        without=_("Add the programme first: people stay under one."),
        path=path,
    )


class StaysImporter(Importer[StaysReading, StaysPreview]):
    """Brings in stays, step by step."""

    fields = STAY_FIELDS
    kind = "stays"

    def __init__(
        self, owner: QWidget, path: Path, programmes: Sequence[ProgrammeChoice], on_done: Callable[[], None] | None
    ) -> None:
        """Read the file.

        Args:
            owner: The page that asks.
            path: The file.
            programmes: Under which people stayed.
            on_done: Is called when the assistant is closed after stays have come in.
        """
        self._on_done = on_done
        self._done: StaysBroughtIn | None = None
        self._allowed, self._choices = False, Choices()
        self.contradictions = ContradictionsPart()
        self.contradictions.edited.connect(self._chosen)
        self.rows = NamedRows(_("Rows of which something must be said"))
        super().__init__(
            owner,
            path,
            title=_("Bring in stays"),
            bringing=_("Bringing in the stays"),
            form=Form([programme_field(programmes)]),
            preview=preview_stays,
        )

    def read_rows(self, table: FileTable, answers: Answers, zone: Any) -> StaysReading:  # noqa: ANN401
        """Read the stays, in the worker."""
        return read_stays(table, zone=zone, answers=answers)

    def show_preview(self, preview: StaysPreview) -> None:
        """Show what will come in, and what is wrong with the other rows."""
        coming, refused = len(preview.coming), len(preview.refused_rows)
        said = [plural("{n} stay will come in.", "{n} stays will come in.", coming)]
        if preview.new:
            said.append(
                plural("{n} person is new in the register.", "{n} people are new in the register.", len(preview.new))
            )
        if preview.known:
            said.append(plural("{n} person is known already.", "{n} people are known already.", len(preview.known)))
        if preview.repeated:
            said.append(
                plural(
                    "{n} row is here already and adds nothing.",
                    "{n} rows are here already and add nothing.",
                    preview.repeated,
                )
            )
        parts: list[QWidget] = [Text(" ".join(said), "strong", wrap=True)]
        if refused:
            words = plural(
                "{n} row cannot come in. It can be saved to a file afterwards, mended, and brought in again.",
                "{n} rows cannot come in. They can be saved to a file afterwards, mended, and brought in again.",
                refused,
            )
            parts.append(Text(words, "body", wrap=True))
        elif not (preview.contradictions or preview.questions):
            parts.append(Text(_("Every row can come in; nothing has to be mended."), "body", wrap=True))
        parts[1:1] = self.said_changes(preview)
        parts += self.said_of_file()
        summary = summary_of_stays(self.read_of_file, preview)
        if summary.not_covered:
            parts.insert(1, Callout("\n".join(map(say, summary.not_covered)), tone=Tone.AMBER))
        questions: list[Asked] = [*preview.questions, *preview.contradictions]
        asked = {each.row_number for each in questions}
        named = self.named_rows(summary, asked=asked)
        parts += named
        why = cannot_seal() if preview.is_sealing else None
        if why is not None:
            parts.insert(0, Callout(say(why), tone=Tone.RED))
        fill(self.plan_box, parts, stretch=not named)
        self.go_to(1)
        self._allowed = why is None and bool(coming or preview.changing or preview.contradictions or preview.questions)
        self._can_go_on()
        brings = plural("Bring in {n} stay", "Bring in {n} stays", coming)
        self.next.setText(brings if coming or not self._allowed else _("Bring in the changes"))

    def said_changes(self, preview: StaysPreview) -> list[QWidget]:
        """What changes of stays that the register has, and what is asked."""
        said = []
        if ending := len(preview.ending):
            said.append(plural("{n} stay that is open will end.", "{n} stays that are open will end.", ending))
        if more := len(preview.changing) - ending:
            said.append(plural("{n} stay will say more.", "{n} stays will say more.", more))
        questions: list[Asked] = [*preview.questions, *preview.contradictions]
        self.contradictions.show_rows(questions)
        self.contradictions.setVisible(bool(questions))
        asked = [self.contradictions] if questions else []
        return [*([Text(" ".join(said), "strong", wrap=True)] if said else []), *asked]

    def _can_go_on(self) -> None:
        """Everything that contradicts must be decided."""
        if self.step == 1:
            self.allow_next(self._allowed and self.contradictions.is_answered)

    def bring_in(self, register: Register, progress: Progress, is_stopped: Callable[[], bool], **values: Any) -> Any:  # noqa: ANN401
        """Bring the stays in."""
        values["choices"] = self._choices
        return register.perform(engine.bring_in, progress=progress, is_stopped=is_stopped, **values)

    def _chosen(self) -> None:
        self._choices = self.contradictions.choices()  # read by the worker, which may not look at a widget
        self._can_go_on()

    def stopped(self) -> None:
        """Say so."""
        super().stopped()
        toast(self.owner, _("Stopped. Nothing was brought in."))

    def show_result(self, done: StaysBroughtIn) -> None:
        """Show what has come in, and what has not."""
        self._done = done
        came = plural("{n} stay has come in.", "{n} stays have come in.", done.stays)
        parts: list[QWidget] = [Text(came, "cardTitle")]
        if done.ended:
            ended = plural("{n} stay has ended.", "{n} stays have ended.", done.ended)
            parts.append(Text(ended, "body", wrap=True))
        if done.changed:
            changed = plural("{n} stay was changed.", "{n} stays were changed.", done.changed)
            parts.append(Text(changed, "body", wrap=True))
        if done.kept:
            kept = plural(
                "Of {n} row the register keeps what it says.", "Of {n} rows the register keeps what it says.", done.kept
            )
            parts.append(Text(kept, "body", wrap=True))
        if new := done.new_residents:
            said = plural("{n} person is new in the register.", "{n} people are new in the register.", new)
            parts.append(Text(said, "body", wrap=True))
        if done.known_residents:
            known = plural("{n} person was known already.", "{n} people were known already.", done.known_residents)
            parts.append(Text(known, "body", wrap=True))
        if done.repeated:
            again = plural(
                "{n} row was here already and added nothing.",
                "{n} rows were here already and added nothing.",
                done.repeated,
            )
            parts.append(Text(again, "body", wrap=True))
        if done.new_residents and done.import_id is not None and work.may_let_out(DUPLICATES):
            look = Button(_("Who of them was here before?"), partial(self._look_for_known, done.import_id))
            parts.append(held(row(look, None)))
        parts += self.said_of_file()
        named = self.named_rows(done.summary)
        left = len({each.row_number for each in done.problems})
        if left:
            words = plural("{n} row has not come in.", "{n} rows have not come in.", left)
            button = Button(_("Save the refused rows"), self.save_refused, kind="primary")
            parts.append(held(row(Text(words, "strong"), button, None, gap=12)))
        parts += named
        fill(self.result_box, parts, stretch=not named)
        self.go_to(2)
        if self._on_done is not None:
            self.accepted.connect(self._on_done)

    def _look_for_known(self, import_id: ImportId) -> None:
        """Go to the list of who may be the same, of those who came with this file."""
        self.accept()
        if isinstance(self.owner, Page):
            self.owner.open("duplicates", import_id=import_id)

    def save_refused(self) -> None:
        """Ask where, and write the rows that have not come in."""
        if self.look is None or self._done is None:
            return
        table, heading, translate, problems = (
            self.look.opened.table,
            self.read_of_file.heading,
            tr(),
            self._done.problems,
        )
        name, subject = _("{file}-refused", file=self.path.stem), f"programme:{self.form.values()['programme_id']}"

        def make(_register: object, _progress: object) -> Ready:
            content = refused_rows(table=table, heading=heading, problems=problems, translate=translate)
            return Ready(REFUSED_ROWS, content, subject, name)

        rows = len({each.row_number for each in problems})
        outgoing.make_and_save(
            self, REFUSED_ROWS, name, make, title=_("Save the refused rows"), on_done=lambda: self._saved(rows)
        )

    def _saved(self, rows: int) -> None:
        said = plural("{n} row was saved.", "{n} rows were saved.", rows)
        toast(self.owner, said)
        self.step_word.setText(said)
