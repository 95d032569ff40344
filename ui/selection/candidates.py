"""The candidates of one list, or of a programme, as a table that can be narrowed."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from models.actions import deciding
from models.actions import selection as actions
from models.exchange import import_lists
from models.ids import CandidateId, ListId, ResidentId
from models.queries import arrivals, candidates
from models.queries import selection as queries
from models.queries.candidates import CandidateWhole, ProposalRow
from models.queries.selection import CandidateRow, ListRow, PlacesRow
from models.rules.papers import CANDIDATES
from models.rules.vocabulary import CandidateState
from models.rules.wording import word
from ui.kit.columns import Cell, Column
from ui.kit.commands import Command
from ui.kit.fields import ChoiceField
from ui.kit.labels import Button, CheckBox
from ui.kit.layout import Empty, PageHeader, clear, column, held, row
from ui.kit.notices import toast
from ui.kit.table import Table
from ui.language import _, plural, say, tr
from ui.presentation import birth_column, name_data, name_of
from ui.sealed_corrections import show_remarks
from ui.selection import presentation
from ui.selection.candidate import commands_of
from ui.selection.deciding import confirm_dialog, decide_on, with_waiting
from ui.selection.dialogs import correct_list_dialog
from ui.selection.places import PlacesLine
from ui.selection.replay import of_list
from ui.selection.versions import show_versions
from ui.work import run_action, run_query


def commands_of_list(owner: QWidget, found: ListRow) -> list[Command]:
    """What can be done with a list, above its people and in its row."""
    title = _("What stood above and below the people")

    def look() -> None:
        run_action(owner, actions.look_at_list, on_done=partial(show_remarks, owner, title), list_id=found.id)

    beside = Command(_("Open what stood beside the people"), look, needs=actions.look_at_list)
    replay = Command(_("Replay"), lambda: of_list(owner, found.id))
    versions = Command(_("Versions"), lambda: show_versions(owner, found.id, found.code))

    def mend() -> None:
        run_query(owner, arrivals.programmes, lambda among: correct_list_dialog(owner, found, among).open())

    mended = Command(_("Correct the list"), mend, needs=import_lists.correct)
    return [*([beside] if found.has_remarks else []), versions, mended, replay]


class CandidatesPart(QWidget):
    """One list: its people, by state, doubt and likeness."""

    def __init__(
        self,
        *,
        back: Callable[[], None],
        arrival: Callable[[CandidateId], None],
        opens: Callable[[ResidentId], None],
    ) -> None:
        """Lay out the header and the table."""
        super().__init__()
        self._list_id: ListId | None = None
        self._beside = row()
        self.places = PlacesLine()
        self.decide = Button(
            _("Decide on the selected"), self._decide, kind="primary", needs=actions.decide, hint=_("On all at once")
        )
        self.confirm = Button(_("Confirm the selected"), self._confirm, needs=deciding.confirm)
        self.confirm.setToolTip(_("What somebody else has proposed for them"))
        self.header = PageHeader("", "", [held(self._beside), self.confirm, self.decide, Button(_("All lists"), back)])
        self.states: ChoiceField[CandidateState] = ChoiceField(
            "states", "", [(each, say(word(each))) for each in CandidateState], none=_("All candidates")
        )
        self.states.combo.setAccessibleName(_("Which candidates"))
        self.doubtful = CheckBox(_("Doubtful"))
        self.duplicates = CheckBox(_("Perhaps known"))
        self.duplicates.setToolTip(_("Those who may be the same person as another candidate or a resident"))
        self.waiting = CheckBox(_("Proposed"))
        self.waiting.setToolTip(_("Those of whom a decision waits for a second person"))
        self.table: Table[CandidateRow] = Table(
            _columns(),
            name=_("Candidates"),
            keeps="candidates",
            leaves=CANDIDATES,
            load_ids=queries.ids,
            load_rows=queries.rows,
            sort="list",
            filter_hint=_("Name, number or document"),
            tools=[self.states, self.doubtful, self.duplicates, self.waiting],
            commands=lambda found: [
                *commands_of(
                    self,
                    found.id,
                    arrives=arrival if found.state is CandidateState.ACCEPTED and not found.has_arrived else None,
                    opens=opens if found.has_arrived else None,
                ),
                *self._deciding(found),
            ],
            empty=Empty(_("Nobody here"), _("Choose other candidates above the table.")),
        )
        self.states.edited.connect(self._narrow)
        self.doubtful.toggled.connect(lambda _on: self._narrow())
        self.duplicates.toggled.connect(lambda _on: self._narrow())
        self.waiting.toggled.connect(lambda _on: self._narrow())
        self.table.selected.connect(lambda _ids: self._offer())
        self.table.loaded.connect(lambda _count: self._offer())
        self.setLayout(column(self.header, self.places, (self.table, 1)))
        self._offer()

    @property
    def order(self) -> list[CandidateId]:
        """The candidates as the table shows them: for going from one to the next."""
        return [CandidateId(one) for one in self.table.model.ids]

    def show_list(self, list_id: ListId) -> None:
        """Show the people of a list; another list begins with all of them."""
        if list_id != self._list_id:
            self._list_id = list_id
            for control in (self.states, self.doubtful, self.duplicates, self.waiting, self.table.box):
                control.blockSignals(True)
            self.states.put(None)
            self.doubtful.setChecked(False)
            self.duplicates.setChecked(False)
            self.waiting.setChecked(False)
            self.table.box.clear()
            for control in (self.states, self.doubtful, self.duplicates, self.waiting, self.table.box):
                control.blockSignals(False)
        self._narrow()

    def show_head(self, found: ListRow) -> None:
        """Say which list this is."""
        counts = [
            _("{n} {state}", n=tr().number(found.counts[state]), state=say(word(state)).lower())
            for state in CandidateState
            if found.counts.get(state)
        ]
        people = plural("{n} person", "{n} people", found.total)
        received = _("received {date}", date=found.received_on)
        self.header.say(
            _("List {code}", code=found.code), " · ".join([found.programme, received, people, ", ".join(counts)])
        )
        clear(self._beside)
        for command in commands_of_list(self, found):
            self._beside.addWidget(Button(command))

    def show_places(self, found: PlacesRow, *, two_persons: bool) -> None:
        """Show the places beside the list; what two persons decide shows where the programme asks for it."""
        self.places.show_places(found)
        for part in (self.waiting, self.confirm):
            part.setVisible(two_persons)

    def _offer(self) -> None:
        """Who is not selected is not decided on."""
        some = bool(self.table.selected_ids())
        self.decide.setEnabled(some)
        self.confirm.setEnabled(some)

    def _selected(self) -> list[CandidateId]:
        return [CandidateId(one) for one in self.table.selected_ids()]

    def _decide(self) -> None:
        decide_on(self, self._selected())

    def _confirm(self) -> None:
        with_waiting(self, self._selected(), self._confirm_those)

    def _confirm_those(self, waiting: Sequence[ProposalRow]) -> None:
        others = [each for each in waiting if not each.is_own]
        if others:
            confirm_dialog(self, others).open()
        else:
            toast(self, _("Nothing that somebody else has proposed is among the selected."))

    def _deciding(self, found: CandidateRow) -> list[Command]:
        if found.has_arrived:
            return []
        made = [Command(_("Decide"), lambda: decide_on(self, [found.id]), needs=actions.decide)]
        if found.family > 1:
            made.append(Command(_("Decide on the family"), lambda: self._family(found.id), needs=actions.decide))
        return made

    def _family(self, candidate_id: CandidateId) -> None:
        def decide(found: CandidateWhole) -> None:
            decide_on(self, [found.id, *(each.id for each in found.family if not each.has_arrived)])

        run_query(self, candidates.whole, decide, candidate_id=candidate_id)

    def _narrow(self) -> None:
        state = self.states.read()
        self.table.narrow(
            list_id=self._list_id,
            states=() if state is None else (state,),
            doubtful=self.doubtful.isChecked(),
            duplicates=self.duplicates.isChecked(),
            waiting=self.waiting.isChecked(),
        )


def _columns() -> list[Column[CandidateRow]]:
    return [
        Column("list", _("No."), lambda found: found.list_number, width=58, sort=True),
        Column(
            "name",
            _("Name"),
            _name,
            width=230,
            stretch=True,
            sort=True,
            whom=True,
            data=name_data(lambda found: found, lambda found: found.own_script),
        ),
        Column("number", _("Partner's number"), lambda found: found.partner_number, width=125, sort=True, spare=4),
        birth_column(lambda found: found.birth, width=105, sort=True, spare=3),
        Column(
            "nationality",
            _("Nationality"),
            lambda found: tr().country(found.nationality),
            width=110,
            sort=True,
            spare=1,
        ),
        Column(
            "family",
            _("Family"),
            _family,
            width=120,
            sort=True,
            spare=2,
            data={
                _("Family"): lambda found: found.family_group or None,
                _("People in the family"): lambda found: found.family or None,
                _("Relation"): lambda found: found.relation or None,
            },
        ),
        Column(
            "state",
            _("State"),
            lambda found: Cell(chips=(presentation.state_chip(found.state, has_arrived=found.has_arrived),)),
            width=120,
            sort=True,
        ),
        Column("flags", _("Look at"), lambda found: Cell(chips=presentation.flags(found)), width=228),
    ]


def _name(found: CandidateRow) -> Cell:
    return Cell(name_of(found, found.partner_number), strong=True, muted=found.own_script)


def _family(found: CandidateRow) -> Cell:
    if not found.family:
        return Cell("")
    return Cell(found.family_group, muted=_("of {n}", n=found.family), hint=found.relation)
