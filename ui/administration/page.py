"""Administration: the facility with its letterhead and calendar, and who may open the register."""

from typing import ClassVar

from models.actions import setup
from models.changes import Changes, Kind
from models.queries import facility as queries
from models.queries.facility import Administration, UserRow
from models.rules.wording import word
from models.text import LANGUAGES
from ui.administration.fields import letterhead_field, name_field, time_zone_field
from ui.kit.columns import Cell, Column
from ui.kit.fields import ChoiceField, TextField
from ui.kit.form import FormDialog
from ui.kit.labels import Button
from ui.kit.layout import Card, KeyValues, PageHeader, row
from ui.kit.page import Page
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.words import _, say, tr
from ui.work import run_query


class AdministrationPage(Page):
    """The facility and the people who work with its register."""

    kinds: ClassVar[Changes] = frozenset({Kind.FACILITY, Kind.PEOPLE})

    def __init__(self) -> None:
        """Lay both cards out."""
        super().__init__()
        self._known: Administration | None = None
        self._facts = KeyValues(names=220)
        self.change = Button(_("Change the facility"), self._change)
        self.change.setEnabled(False)
        card = Card(_("Facility"))
        card.body.addWidget(self._facts)
        card.body.addLayout(row(self.change, None))
        self.users: Table[UserRow] = Table(
            [
                Column("name", _("Name"), lambda user: Cell(user.name, strong=True), stretch=True),
                Column("role", _("Role"), lambda user: say(word(user.role)), width=200),
                Column("since", _("Since"), lambda user: tr().date(user.created_at.date()), width=130),
                Column("state", _("State"), _state, width=140),
            ],
            name=_("Who may open the register"),
            fits=True,
            framed=False,
            choosable=False,
        )
        people = Card(_("Who may open the register"), flush=True)
        people.body.addWidget(self.users)
        for part in (PageHeader(_("Administration")), card, people):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read both."""
        run_query(self, queries.administration, self._show, latest="administration")

    def _show(self, read: Administration) -> None:
        self._known = read
        facts = read.facility
        self._facts.clear()
        for name, value in (
            (_("Facility"), facts.name),
            (_("Letterhead"), facts.letterhead or _("none")),
            (_("Language"), LANGUAGES[facts.language]),
            (_("Time zone"), facts.time_zone),
            (_("Before each number"), facts.number_prefix or _("nothing")),
        ):
            self._facts.add(name, value)
        self.change.setEnabled(True)
        self.users.show_rows(read.users)

    def _change(self) -> None:
        if self._known is None:
            return
        facts = self._known.facility
        FormDialog(
            self,
            _("The facility"),
            [
                name_field(facts.name),
                letterhead_field(facts.letterhead),
                ChoiceField(
                    "language",
                    _("Language"),
                    list(LANGUAGES.items()),
                    value=facts.language,
                    hint=_("In which the window greets whoever has chosen none."),
                    required=True,
                    wide=False,
                ),
                TextField(
                    "number_prefix",
                    _("Before each number"),
                    value=facts.number_prefix,
                    hint=_("Such as K- in K-0012; numbers that were given stay."),
                    wide=False,
                    longest=8,
                ),
                time_zone_field(facts.time_zone),
            ],
            setup.change_facility,
            prepare=lambda values: {name: value or "" for name, value in values.items()},
            submit=_("Save"),
            says=_("Papers that were issued keep the name and the letterhead that they have."),
            done=_("The facility was changed."),
        ).open()


def _state(user: UserRow) -> Cell:
    return Cell(chips=((_("Active"), Tone.GREEN),) if user.is_active else ((_("Not active"), Tone.GREY),))
