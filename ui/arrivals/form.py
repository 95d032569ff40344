"""The form of an arrival, step by step: of an accepted candidate, a former resident, or an emergency arrival."""

import json
from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from models.actions import arrival_drafts as arrival_draft_actions
from models.actions import corrections, stays
from models.errors import Refused
from models.exchange.mrz_facts import with_spelling
from models.queries import arrivals
from models.queries.arrival_drafts import DraftRow
from models.queries.arrivals import Prospect
from models.queries.candidates import AlikeRow
from models.rules.residents import DocumentFacts, PersonFacts, missing_facts
from models.rules.vocabulary import ArrivalStep
from ui import prompts
from ui.arrivals import left
from ui.arrivals.against import BedAgainst, StandsAgainst
from ui.arrivals.asked import ACCEPTED, KNOWN, NEW, Choices, bed_field, first_fields
from ui.arrivals.entries import seals
from ui.arrivals.fields import (
    DOCUMENT_NAMES,
    IDENTITY,
    documents_of,
    further_fields,
    identity_fields,
    notes_field,
    person_of,
    read_now,
)
from ui.arrivals.left import HalfEntered
from ui.arrivals.marks import TELLS, asked_of, marks_of
from ui.arrivals.pending import PENDING, PendingCard
from ui.arrivals.photo import PhotoField
from ui.arrivals.record import Wanted
from ui.arrivals.same import SamePeople
from ui.arrivals.steps import STEPS, Step, SteppedForm, Steps
from ui.arrivals.zone import ScannedZone, ZoneSays
from ui.kit.field import Field
from ui.kit.form import Form, FormDialog, Section
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import Card, PageHeader, column, held, row
from ui.kit.notices import Callout
from ui.kit.page import Page
from ui.kit.search import Found
from ui.kit.tokens import GAP
from ui.kit.undoing import Undo
from ui.language import _, isolated, plural, say, tr
from ui.picks import PickField
from ui.presentation import name_of
from ui.reading import Unreadable
from ui.work import run_query

if TYPE_CHECKING:
    from models.ids import CandidateId, ResidentId

_FRESH = count(1)
"""Tells one new arrival from the next, so that the way back leads to the one that was left."""
_PATIENCE = 350
"""Milliseconds after the last letter before the register is asked who this may be."""


def open_arrival(owner: QWidget, **where: object) -> None:
    """Go to the page of an arrival.

    Args:
        owner: The page or window that asks.
        where: As the page knows it: `candidate_id`, `draft_id`, `stay_id`; nothing: the form asks who it is.
    """
    page: Any = owner
    page.open("arrival", **({"fresh": next(_FRESH)} | where))


class ArrivalForm(FormDialog):
    """Who arrives, when, under which programme, into which bed; and who it may be already.

    It sends itself as a dialog does, and stands in a page.
    """

    went = Signal()
    """Nothing more is to be entered here now: it was left, or dropped."""

    def __init__(self, owner: QWidget, offered: Choices) -> None:
        """Lay the steps out.

        Args:
            owner: The page that it stands in.
            offered: What can be chosen.
        """
        self._offered = offered
        self._prospect: Prospect | None = None
        self._same: ResidentId | None = None
        self._missing = Callout()
        self._kin = Text("", "note", wrap=True)
        self._emergency_says = Callout(
            _("An emergency arrival is flagged on Today and in the report until it is put in order.")
        )
        self._waits: dict[str, PendingCard] = {}
        self._people = SamePeople()
        self._against = StandsAgainst()
        self._bed_against = BedAgainst()
        self._zone_says = ZoneSays()
        self.wants = Wanted()
        super().__init__(
            owner,
            _("Register arrival"),
            [],
            stays.admit,
            submit=_("Admit"),
            prepare=self._arguments,
            undoes=lambda stay: Undo(corrections.take_back, {"stay_id": stay}),
            on_done=lambda _stay: self._next_of_kin(owner),
        )
        self._soon = QTimer(self, singleShot=True)
        self._soon.setInterval(_PATIENCE)
        self._soon.timeout.connect(self._look_for_same)
        for name in ("who", "emergency", "programme_id"):
            self.form[name].edited.connect(self._arrange)
        self.form["candidate_id"].edited.connect(self._candidate_picked)
        for name in (*IDENTITY, *DOCUMENT_NAMES, "programme_id"):
            self.form[name].edited.connect(self._soon.start)
        self._people.chosen.connect(self._is_known)
        self._against.asked.connect(self._stands_against)
        for name in ("who", "programme_id", "arrived", "resident_id", "fixed_limit", "journey_failed"):
            self.form[name].edited.connect(self._ask_against)
        self._bed_against.watch(self.form, lambda: (self._listed, self._same))
        self._scanned = ScannedZone(self.form, self._zone_says)
        if offered.prospect is not None:
            self.form.put({"who": ACCEPTED, "candidate_id": offered.prospect.candidate_id})
            self._take(offered.prospect)
        elif len(offered.programmes) == 1:
            self.form.put({"programme_id": offered.programmes[0].id})
        if offered.draft is not None:
            self.half.go_on_with(offered.draft)
            self._show_waiting()
            if self.half.step in {step.key for step in STEPS}:
                self.steps.turn_to(self.half.step)
        self._arrange()
        self._ask_against()
        for name in TELLS.values():
            self.form[name].edited.connect(self._show_marks)
        for name in ("family_name", "given_names", "own_script"):
            self.form[name].edited.connect(self._show_whose)
        self._show_whose()
        self._show_marks()

    # -- its steps ------------------------------------------------------------------------------------------------

    def _make_form(self, _fields: Sequence[Field[Any] | Section | QWidget]) -> Form:
        self._stepped = SteppedForm(
            {
                "document": first_fields(
                    self._page, self._offered, self._kin, self._zone_says, self._against, self._emergency_says
                ),
                "identity": [*identity_fields(), *further_fields()],
                "photo": [PhotoField("photo", _("Photo"))],
                "needs": [notes_field()],
                "room": [bed_field(self._offered), self._bed_against, self._bed_against.reason],
            }
        )
        return self._stepped

    def _lay_out(self, title: str, _says: str) -> None:
        """The steps, with what is to be done about the whole above them."""
        self.half = HalfEntered(self.form, self._page)
        self.half.changed.connect(self._show_waiting)
        self.half.left.connect(self.went)
        # It is put where it stands, and so are its cards, while they hold nothing: the look of all that is moved is
        # reckoned anew.
        self.setParent(self._page.body.parentWidget() if isinstance(self._page, Page) else self._page)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Moved)  # or Qt would put it into the middle of the screen
        self.cancel.setText(_("Leave for later"))
        self.leave = self.cancel
        self._drops = Button(_("Drop"), self.half.drop, kind="danger", needs=arrival_draft_actions.throw_away)
        self.whose = PageHeader(
            title, _("Kept as you go: leave it, and come back at any step."), [self._drops, self.leave, self.submit]
        )
        beside = held(column(self.wants, self._missing, None, gap=GAP))
        cards = {step.key: Card(_(step.title)) for step in STEPS}
        self.steps = Steps(cards, beside)
        self._stepped.wanted.connect(self.steps.turn_to)
        # Who it may be already stands above whichever step is looked at: it must be seen before saving.
        self.setLayout(column(self.whose, self.form, self._people, (self.steps, 1), gap=GAP))
        for step in STEPS:
            self._fill(cards[step.key], step)
        self._drops.setVisible(self._offered.draft is not None)
        self.steps.turned.connect(self._turned)

    def _fill(self, card: Card, step: Step) -> None:
        """Put what is asked at a step on its card."""
        if step.key in self._stepped.steps:
            card.append(self._stepped.steps[step.key])
        for part in step.parts:
            table = part.what.entity.__tablename__
            if table in PENDING:
                self._waits[table] = PendingCard(self._page, part, self.half.wait, self.half.wait_no_more)
                card.append(self._waits[table])
        sealed = [_(part.title) for part in step.parts if seals(part)]
        if sealed or step.key == "papers":
            words = (
                _("The papers are printed once the person is registered.")
                if step.key == "papers"
                else _("{what}: entered once the person is registered.", what=tr().join(sealed))
            )
            card.append(Text(words, "note", wrap=True))
            go_on = LinkButton(_("Admit now and go on here"), self.send, needs=stays.admit)
            go_on.setAccessibleName(_("{command}: {what}", command=go_on.text(), what=_(step.title)))
            card.append(row(go_on, None))
        card.append(None)

    def _fit(self) -> None:
        """The page says how large it is."""

    def _turned(self, key: str) -> None:
        self.half.step = key
        self.half.keep(tells=False)

    def focus_first(self) -> None:
        """The keyboard to where one begins or goes on, and not to the link above it."""
        if self.steps.key != STEPS[0].key:
            self.steps.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.form["who" if self._offered.prospect is None else "zone"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_whose(self) -> None:
        """The name of whoever arrives, as far as it is typed."""
        name = left.name_in(self.form)
        native = read_now(self.form["own_script"]) or ""
        words = " ".join(isolated(part) for part in (name, native) if part)
        title = _("Register arrival")
        self.whose.title.setText(_("{title}: {name}", title=title, name=words) if words else title)

    def _show_marks(self) -> None:
        """How far each step is, as far as it can be before the person is registered."""
        chosen = self.form["programme_id"].read()
        programme = next((each for each in self._offered.programmes if each.id == chosen), None)
        wanted = asked_of(self.form, programme)
        self.steps.say(marks_of(self.form, self.half.waiting, wanted))
        self.wants.show_asked([step for step in ArrivalStep if step in wanted], is_chosen=chosen is not None)

    # -- what depends on what ---------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Show what is asked of this kind of arrival."""
        who = self.form["who"].read()
        known = who == KNOWN
        self.form["candidate_id"].setVisible(who == ACCEPTED)
        self.form["resident_id"].setVisible(known)
        self.form["journey_failed"].setVisible(known)
        self._kin.setVisible(who == ACCEPTED and bool(self._kin.text()))
        for name in IDENTITY:
            self.form[name].setVisible(not known)
        self.form["emergency"].setVisible(who != NEW)
        emergency = who == NEW or bool(self.form["emergency"].read())
        self.form["emergency_reason"].setVisible(emergency)
        self._emergency_says.setVisible(emergency)
        chosen = self.form["programme_id"].read()
        needs = any(each.needs_last_day for each in self._offered.programmes if each.id == chosen)
        self.form["fixed_limit"].setVisible(needs)
        if who != ACCEPTED and self._prospect is not None:
            # What the list said was of somebody else.
            self._prospect = self._same = None
            self.form.put({name: None for name in (*IDENTITY, *DOCUMENT_NAMES, "candidate_id", "fixed_limit")})
        self._people.setVisible(not known and self._people.has_rows)
        self._show_marks()
        self._soon.start()

    @property
    def _listed(self) -> "CandidateId | None":
        """Who is chosen of a list."""
        return None if self._prospect is None else self._prospect.candidate_id

    def _ask_against(self) -> None:
        self._against.ask_of(self.form, candidate_id=self._listed, same=self._same)

    def _stands_against(self, is_against: bool) -> None:
        """Ask for the reason of an emergency where there is one, before the rest is typed."""
        if self.form["who"].read() != NEW and bool(self.form["emergency"].read()) is not is_against:
            self.form["emergency"].put(is_against)
            self._arrange()

    def _candidate_picked(self) -> None:
        try:
            candidate_id = self.form["candidate_id"].read()
        except Unreadable:
            return
        if candidate_id is None or candidate_id == self._listed:
            return
        run_query(self, arrivals.prospect, self._take, latest="prospect", candidate_id=candidate_id)

    def _take(self, prospect: Prospect) -> None:
        """Fill in what the list says of a candidate."""
        self._prospect, self._same = prospect, None
        person = prospect.person
        self.form.put({name: getattr(person, name) for name in IDENTITY})
        self.form.put({"programme_id": prospect.programme_id, "fixed_limit": prospect.release_on})
        paper = prospect.documents[0] if prospect.documents else None
        self.form.put({name: getattr(paper, name, None) for name in DOCUMENT_NAMES})
        names = "; ".join(isolated(name_of(each, each.partner_number)) for each in prospect.family)
        self._kin.setText(_("Of the same family are expected: {names}.", names=names) if names else "")
        self._arrange()
        self._ask_against()
        self._scanned.read()

    def _look_for_same(self) -> None:
        """Ask who of the register this may be, and say what is not known."""
        who = self.form["who"].read()
        person, documents = self._said()
        missing = missing_facts(person, documents)
        words = ", ".join(say(each) for each in missing)
        lacks = _("Not known yet: {what}. It can be entered later.", what=words)
        self._missing.say(lacks if missing and who != KNOWN else "")
        programme_id = self.form["programme_id"].read()
        if who == KNOWN or programme_id is None or not (person.is_named or documents or person.partner_number):
            self._show_same(())
            return
        run_query(
            self,
            arrivals.likely,
            self._show_same,
            latest="likely",
            programme_id=programme_id,
            person=person,
            documents=documents,
            candidate_id=self._listed,
        )

    def _show_same(self, found: Sequence[AlikeRow]) -> None:
        self._people.show_rows(found, chosen=self._same)
        self._people.setVisible(self._people.has_rows and self.form["who"].read() != KNOWN)

    def _is_known(self, found: AlikeRow | None) -> None:
        """Somebody says that it is the same person, or that it is not."""
        self._same = None if found is None else found.resident_id
        if found is not None and found.resident_id is None and found.candidate_id is not None:
            self.form["who"].put(ACCEPTED)
            listed = self.form["candidate_id"]
            if isinstance(listed, PickField):
                listed.show_found(Found(found.candidate_id, name_of(found, found.where), found.where))
            run_query(self, arrivals.prospect, self._take, latest="prospect", candidate_id=found.candidate_id)
        elif found is not None and self.form["who"].read() == NEW:
            picked = self.form["resident_id"]
            if isinstance(picked, PickField):
                picked.show_found(Found(found.resident_id, name_of(found, found.where), found.where))
            self.form["who"].put(KNOWN)
            self._arrange()
        else:
            self._soon.start()
            self._ask_against()
            self._bed_against.soon.start()

    # -- sending ----------------------------------------------------------------------------------------------------

    def _said(self) -> tuple[PersonFacts, tuple[DocumentFacts, ...]]:
        """What the form says of the person and of the document; what cannot be read yet counts as not known."""
        person = person_of({name: read_now(self.form[name]) for name in IDENTITY}, self._prospect)
        return person, documents_of({name: read_now(self.form[name]) for name in DOCUMENT_NAMES})

    def _arguments(self, values: dict[str, Any]) -> dict[str, Any]:
        who = values["who"]
        return {
            "programme_id": values["programme_id"],
            "arrived": values["arrived"],
            "candidate_id": values["candidate_id"] if who == ACCEPTED else None,
            "resident_id": values["resident_id"] if who == KNOWN else self._same,
            "person": None if who == KNOWN else self._person(values),
            "documents": documents_of(values),
            "bed_id": values["bed_id"],
            "bed_reason": values.get("bed_reason") or "",
            "fixed_limit": values.get("fixed_limit"),
            "notes": values["notes"] or "",
            "emergency_reason": values.get("emergency_reason") or "",
            "journey_failed": who == KNOWN and bool(values.get("journey_failed")),
            "photo": values["photo"],
            "draft_id": None if self.half.draft is None else self.half.draft.id,
            "waiting": tuple(json.dumps(each) for each in self.half.waiting),
        }

    def _person(self, values: dict[str, Any]) -> PersonFacts:
        person, zone = person_of(values, self._prospect), self._scanned.zone
        return person if zone is None else with_spelling(person, zone)

    def send(self) -> None:
        """Register the person, once what is being kept is kept."""
        self.half.when_kept(super().send)

    def _refused(self, error: Refused) -> None:
        """Say why; what is half entered may be finished or dropped by now."""
        self.half.refused(error)

    def _finish(self, value: Any) -> None:  # noqa: ANN401 - what the action returned: the number of the stay
        """Enter what has waited, name who was registered, and offer the ways on and back."""
        page, name, half = self._page, self._name or left.name_in(self.form), self.half
        back = half.content() if half.draft is not None or half.waiting else None
        waits = bool(half.waiting)
        left.registered(page, value, name, back, waits=waits, was_here=self.form["who"].read() == KNOWN)
        super()._finish(value)

    # -- leaving ----------------------------------------------------------------------------------------------------

    def reject(self) -> None:
        """Leave: what is typed is kept, and stands on Today."""
        if not self._sending:
            self.half.keep(leaves=True)

    def _may_go(self) -> bool:
        """Nothing is thrown away: it is kept."""
        return True

    @property
    def draft(self) -> DraftRow | None:
        """What is kept of it in the register."""
        return self.half.draft

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not kept."""
        return self.half.dirty

    def keep(self) -> None:
        """Keep what was typed since it was kept last, and say so."""
        if not self._sending:
            self.half.keep()

    def _show_waiting(self) -> None:
        for table, card in self._waits.items():
            card.show_entries([each for each in self.half.waiting if each["table"] == table])
        self._drops.setVisible(self.half.draft is not None)
        self._show_marks()

    def _next_of_kin(self, owner: QWidget) -> None:
        """Offer to go on with the family."""
        if self._prospect is None or not self._prospect.family:
            return
        following = self._prospect.family[0]
        name = isolated(name_of(following, following.partner_number))
        left = plural("{n} of the family is expected.", "{n} of the family are expected.", len(self._prospect.family))
        if prompts.confirm(owner, _("Register {name} too?", name=name), left, yes=_("Register"), no=_("Not now")):
            open_arrival(owner, candidate_id=following.id)
