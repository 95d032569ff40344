"""The assistant that brings in a proposed list."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from models.exchange import import_lists
from models.exchange.answers import Answers
from models.exchange.fields import LIST_FIELDS
from models.exchange.import_lists import ListBroughtIn, ListPreview, summary_of_list
from models.exchange.list_versions import Overwritten, Version
from models.exchange.lists_file import CandidateLine, ListReading, read_list
from models.exchange.tables import Table as FileTable
from models.ids import ListId
from models.queries import selection
from models.queries.arrivals import ProgrammeChoice
from models.queries.selection import ListRow
from models.rules.field_values import plain, valued
from models.rules.papers import REFUSED_ROWS
from models.rules.selection import PARTICULARS
from models.store.register import Register
from ui import session
from ui.declared import said
from ui.imports.rows_part import NamedRows
from ui.imports.steps import Importer, ask_file, fill, programme_field
from ui.kit.columns import Cell, Column
from ui.kit.fields import ChoiceField, TextField
from ui.kit.form import Form
from ui.kit.labels import CheckBox, LinkButton, Text
from ui.kit.layout import Empty, held, row
from ui.kit.notices import Callout
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.kit.typed_fields import DateField
from ui.language import _, isolated, plural, say
from ui.presentation import birth_column, name_of
from ui.sealed import cannot_seal
from ui.work import Progress, run_query

_PARTICULARS = {field.name: field for field in PARTICULARS}
_NAMED = 20
"""So many who are not on a new version any more are named."""


def import_list(owner: QWidget, on_done: Callable[[ListId], None] | None = None, path: Path | None = None) -> None:
    """Ask for a file and open the assistant.

    Args:
        owner: The page that asks.
        on_done: Is given the new list.
        path: The file, where it is known already.
    """
    ask_file(
        owner,
        _("Choose the proposed list"),
        lambda file, programmes: ListImporter(owner, file, programmes, on_done),
        without=_("Add the programme first: a list is proposed under one."),
        path=path,
    )


class ListImporter(Importer[ListReading, ListPreview]):
    """Brings in a proposed list, step by step."""

    fields = LIST_FIELDS
    kind = "list"

    def __init__(
        self,
        owner: QWidget,
        path: Path,
        programmes: Sequence[ProgrammeChoice],
        on_done: Callable[[ListId], None] | None,
    ) -> None:
        """Read the file.

        Args:
            owner: The page that asks.
            path: The file.
            programmes: Under which people can be proposed.
            on_done: Is given the new list.
        """
        self._on_done = on_done
        self._over: set[Overwritten] = set()
        self._people: Table[CandidateLine] = Table(
            _columns(),
            name=_("People on the list"),
            keeps="list file",
            leaves=REFUSED_ROWS,
            row_id=lambda line: line.row_number,
            choosable=False,
            empty=Empty(_("There is nobody on this list"), _("Go back, and see which row has the headings.")),
        )
        # What is in doubt stands beside each person.
        self.rows = NamedRows(_("Rows of which something must be said"), doubts=False)
        self._alike = Callout()
        self._anew = LinkButton(_("Bring it in as a new version of that list"), self._is_version)
        self._alike.across.addWidget(self._anew)
        form = Form(
            [
                programme_field(programmes, _likely(path, programmes)),
                ChoiceField(
                    "replaces",
                    _("A new version of"),
                    [],
                    none=_("No other list: it is new"),
                    hint=_("Who is on that list already stays, with what was decided on them."),
                ),
                TextField("code", _("Name of the list"), value=path.stem[:64], required=True, wide=False, longest=64),
                DateField("received_on", _("Received"), value=session.today(), required=True, wide=False),
                self._alike,
            ]
        )
        self._lists: Sequence[ListRow] = ()
        super().__init__(
            owner,
            path,
            title=_("Bring in a list"),
            bringing=_("Bringing in the list"),
            form=form,
            preview=import_lists.preview_list,
        )
        for name in ("programme_id", "replaces", "code"):
            form[name].edited.connect(self._arrange)
        run_query(self, selection.lists, self._offer, latest="lists")

    def _offer(self, lists: Sequence[ListRow]) -> None:
        self._lists = lists
        self._arrange()

    def _arrange(self) -> None:
        """Offer the lists of the programme, and say at once where one has the name: a new version keeps the old one."""
        replaces = self.form["replaces"]
        if isinstance(replaces, ChoiceField):
            replaces.offer([(each.id, each.code) for each in self._own()])
        is_new = replaces.read() is None
        self.form["code"].setVisible(is_new)
        alike = self._called_alike() if is_new else None
        if alike is None:
            self._alike.say("")
            return
        self._alike.say(
            _(
                "This programme has a list {code} already. Type another name, unless it is a new version.",
                code=alike.code,
            )
        )

    def _own(self) -> list[ListRow]:
        programme_id = self.form["programme_id"].read()
        return [each for each in self._lists if each.programme_id == programme_id]

    def _called_alike(self) -> ListRow | None:
        """The list of the programme that has the name that is typed."""
        own = {each.code: each for each in self._own()}
        return own.get(import_lists.called_alike(self.form["code"].read() or "", own) or "")

    def _is_version(self) -> None:
        """It is a new version of the list that has this name."""
        alike = self._called_alike()
        self.form["replaces"].put(None if alike is None else alike.id)
        self._arrange()

    def looked_over_with(self) -> dict[str, Any]:
        """What it is called, and of which list it is a new version."""
        return {"replaces": self.form["replaces"].read(), "code": self.form["code"].read() or ""}

    def read_rows(self, table: FileTable, answers: Answers, zone: Any) -> ListReading:  # noqa: ANN401
        """Read the people, in the worker."""
        return read_list(table, answers=answers)

    def show_preview(self, preview: ListPreview) -> None:
        """Show who will come in, and who may be known."""
        parts: list[QWidget] = []
        people = plural("{n} person will come in.", "{n} people will come in.", len(preview.candidates))
        doubtful = sum(bool(each.doubts) for each in preview.candidates)
        kept = sum(len(each.notes) for each in preview.candidates)
        told = [people]
        if doubtful:
            told.append(plural("{n} of them is in doubt.", "{n} of them are in doubt.", doubtful))
        if kept:
            cells = plural(
                "{n} cell has no field of its own and is kept sealed.",
                "{n} cells have no field of their own and are kept sealed.",
                kept,
            )
            told.append(cells)
        why = cannot_seal() if preview.is_sealing else None
        if why is not None:
            parts.append(Callout(say(why), tone=Tone.RED))
        if preview.already is not None:
            parts.append(Callout(say(preview.already), tone=Tone.RED))
        parts.append(Text(" ".join(told), "strong", wrap=True))
        parts += self.said_of_file()
        if preview.version is not None:
            parts.append(Text(_said_of_version(preview.version), "body", wrap=True))
            parts += self._corrected(preview.version)
        self._people.show_rows(preview.candidates)
        named = self.named_rows(summary_of_list(self.read_of_file, preview.candidates, preview.version))
        fill(self.plan_box, [*parts, self._people, *named])
        self.go_to(1)
        self.allow_next(
            preview.already is None and why is None and bool(preview.candidates or preview.version),
            plural("Bring in {n} person", "Bring in {n} people", len(preview.candidates)),
        )

    def bring_in(self, register: Register, progress: Progress, is_stopped: Callable[[], bool], **values: Any) -> Any:  # noqa: ANN401
        """Bring the list in."""
        progress(0, 0, _("Bringing in the list"))
        return register.perform(import_lists.bring_in, over=frozenset(self._over), **values)

    def _corrected(self, version: Version) -> list[QWidget]:
        """What was corrected here and the new version says otherwise: it is kept, unless somebody says so of each."""
        self._over.clear()
        boxes: list[QWidget] = []
        for each in version.changed:
            for name in () if each.has_arrived else sorted(each.corrected):
                field = _PARTICULARS[name]
                before, after = (
                    said(field, valued(field, plain(values[name]))) for values in (each.before, each.values)
                )
                words = _(
                    "{name}: {field} is {before} here, {after} on the list.",
                    name=isolated(name_of(each.line, each.line.partner_number)),
                    field=_(field.label),
                    before=before or _("nothing"),
                    after=after,
                )
                box = CheckBox(_("Take what the list says"))
                box.setAccessibleName(_("{command}: {what}", command=box.text(), what=words))
                box.toggled.connect(partial(self._take, (each.candidate_id, name)))
                boxes.append(held(row((Text(words, "body", wrap=True), 1), box, gap=10)))
        if not boxes:
            return []
        head = plural(
            "{n} value was corrected here and would be overwritten. It is kept unless you say otherwise.",
            "{n} values were corrected here and would be overwritten. They are kept unless you say otherwise.",
            len(boxes),
        )
        return [Callout(head), *boxes]

    def _take(self, which: Overwritten, is_taken: bool) -> None:
        (self._over.add if is_taken else self._over.discard)(which)

    def show_result(self, done: ListBroughtIn) -> None:
        """Show who has come in."""
        people = plural("{n} person has come in.", "{n} people have come in.", done.candidates)
        doubtful = plural("{n} of them is in doubt.", "{n} of them are in doubt.", done.doubtful)
        words = [Text(people, "cardTitle"), Text(_("None of them is decided on yet."), "body", wrap=True)]
        if done.changed or done.gone:
            words.append(Text(_said_of_people(done.changed, done.gone), "body", wrap=True))
        if done.doubtful:
            words.insert(1, Text(doubtful, "body", wrap=True))
        named = self.named_rows(done.summary)
        fill(self.result_box, [*words, *self.said_of_file(), *named], stretch=not named)
        self.go_to(2)
        self.allow_next(allowed=True, text=_("Open the list") if self._on_done else _("Close"))
        if self._on_done is not None:
            on_done, list_id = self._on_done, done.list_id
            self.accepted.connect(lambda: on_done(list_id))


def _said_of_version(version: Version) -> str:
    names = [isolated(name) for _id, name in version.gone]
    gone = _("Not on it any more: {names}", names="; ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else ""))
    return " ".join((_said_of_people(len(version.changed), len(names)), *((gone,) if names else ())))


def _said_of_people(changed: int, gone: int) -> str:
    """Of how many people a new version says something otherwise, and how many are not on it."""
    told = (
        plural("Of {n} person it says something otherwise.", "Of {n} people it says something otherwise.", changed),
        plural("{n} person is not on it any more.", "{n} people are not on it any more.", gone),
    )
    return " ".join(told)


def _likely(path: Path, programmes: Sequence[ProgrammeChoice]) -> Any:  # noqa: ANN401 - the id of a programme
    """The programme whose code begins as the name of the file does."""
    word = path.stem.partition("-")[0].casefold()
    fitting = [each.id for each in programmes if each.code.partition("-")[0].casefold() == word]
    return fitting[0] if len(fitting) == 1 else None


def _columns() -> list[Column[CandidateLine]]:
    return [
        Column(
            "row", _("Row"), lambda line: str(line.row_number), width=70, right=True, data=lambda line: line.row_number
        ),
        Column("name", _("Name"), _name, width=300, whom=True),
        Column("number", _("Partner's number"), lambda line: line.partner_number, width=140),
        birth_column(lambda line: line.birth, width=110),
        Column("doubts", _("In doubt"), _doubts, stretch=True),
    ]


def _name(line: CandidateLine) -> Cell:
    return Cell(name_of(line, line.partner_number), strong=True, muted=line.own_script)


def _doubts(line: CandidateLine) -> Cell:
    told = [say(each.message) for each in line.doubts]
    return Cell(" ".join(told), hint="\n".join(told))
