"""The form of an arrival: an accepted candidate, somebody who was here before, or an emergency arrival."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.actions import arrival_drafts as arrival_draft_actions
from models.actions import corrections, stays
from models.actions import transports as admissions
from models.exchange.mrz import Zone
from models.exchange.mrz_facts import facts_of, with_spelling
from models.exchange.mrz_repairs import repair
from models.ids import ArrivalDraftId, CandidateId, ResidentId
from models.queries import arrival_drafts, arrivals, rooms, transports
from models.queries.arrival_drafts import DraftRow
from models.queries.arrivals import ExpectedRow, KnownRow, ProgrammeChoice, Prospect
from models.queries.candidates import AlikeRow
from models.queries.rooms import FreeBed
from models.rules.residents import DocumentFacts, PersonFacts, missing_facts
from models.rules.time import Moment
from models.rules.vocabulary import DepartureKind
from ui import prompts, search, session
from ui.arrivals import left
from ui.arrivals.against import StandsAgainst
from ui.arrivals.fields import (
    DOCUMENT_NAMES,
    IDENTITY,
    document_fields,
    documents_of,
    expected_one,
    fields_of_zone,
    found_bed,
    further_fields,
    identity_fields,
    notes_field,
    person_of,
    programme_words,
    read_now,
    says_the_same,
)
from ui.arrivals.photo import PhotoField
from ui.arrivals.same import SamePeople
from ui.arrivals.zone import ZoneField, ZoneSays
from ui.kit.field import Field
from ui.kit.fields import CheckField, ChoiceField, LongTextField
from ui.kit.form import FormDialog, Section
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import held, row
from ui.kit.notices import Callout
from ui.kit.pick import PickField
from ui.kit.search import Found
from ui.kit.typed_fields import DateField, MomentField
from ui.kit.undoing import Undo
from ui.language import _, isolated, plural, say
from ui.presentation import name_of
from ui.reading import Unreadable
from ui.search import Whom
from ui.work import run_query

ACCEPTED, KNOWN, NEW = "accepted", "known", "new"
_PATIENCE = 350
"""Milliseconds after the last letter before the register is asked who this may be."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the form."""

    programmes: Sequence[ProgrammeChoice]
    expected: Sequence[ExpectedRow]
    beds: Sequence[FreeBed]
    prospect: Prospect | None
    transports: int
    """How many are expected, or have come and are not admitted whole."""
    draft: DraftRow | None = None


def choices(snapshot: Any, *, candidate_id: CandidateId | None, draft_id: ArrivalDraftId | None = None) -> Choices:  # noqa: ANN401 - the reading of any query
    """Gather what the form offers, in one look at the register."""
    return Choices(
        arrivals.programmes(snapshot),
        arrivals.expected(snapshot),
        rooms.free_beds(snapshot),
        None if candidate_id is None else arrivals.prospect(snapshot, candidate_id=candidate_id),
        sum(not each.is_over for each in transports.transports(snapshot)),
        None if draft_id is None else arrival_drafts.one(snapshot, draft_id=draft_id),
    )


def arrival_dialog(
    owner: QWidget, candidate_id: CandidateId | None = None, draft_id: ArrivalDraftId | None = None
) -> None:
    """Open the form of an arrival.

    Args:
        owner: The page or window that asks.
        candidate_id: The accepted candidate who arrives; None: the form asks who it is.
        draft_id: The half-entered arrival that is gone on with.
    """

    def show(found: Choices) -> None:
        if draft_id is not None and found.draft is None:
            prompts.tell(owner, _("This arrival was finished or dropped meanwhile. Look at Today."))
        elif found.programmes:
            ArrivalDialog(owner, found).open()
        else:
            prompts.tell(
                owner, _("There is no programme yet"), _("Add the programme first: people arrive under an agreement.")
            )

    run_query(owner, choices, show, candidate_id=candidate_id, draft_id=draft_id)


def find_known(snapshot: Any, *, text: str) -> list[Found]:  # noqa: ANN401 - the reading of any query
    """Residents of the register who are not in the house, as one types."""
    return search.people(_known(each) for each in arrivals.known(snapshot, text=text) if not each.is_here)


def _known(known: KnownRow) -> Whom:
    left = "" if known.departed_on is None else _("left {date}", date=known.departed_on)
    if known.departure_kind is DepartureKind.DEATH:
        left = _("Died on {date}", date=known.departed_on)
    last = f"{known.programme} {left}".strip()
    return Whom(known.id, name_of(known, known.number), known.number, known.birth, last)


class ArrivalDialog(FormDialog):
    """Who arrives, when, under which programme, into which bed; and who it may be already."""

    def __init__(self, owner: QWidget, offered: Choices) -> None:
        """Lay the form out.

        Args:
            owner: The page or window that asks.
            offered: What can be chosen.
        """
        self._offered = offered
        self._prospect: Prospect | None = None
        self._same: ResidentId | None = None
        self._missing = Callout("")
        self._kin = Text("", "note", wrap=True)
        self._emergency_says = Callout(
            _("An emergency arrival is flagged on Today and in the report until it is put in order.")
        )
        self._people = SamePeople()
        self._against = StandsAgainst()
        self._zone_says = ZoneSays()
        self._identity_title, self._document_title = Section(_("Who it is")), Section(_("Document"))
        super().__init__(
            owner,
            _("Register arrival"),
            [
                *self._many_at_once(owner),
                *self._who_fields(),
                self._kin,
                ZoneField(),
                self._zone_says,
                *self._when_fields(),
                self._against,
                self._identity_title,
                *identity_fields(),
                # Beside what is typed, and not below the fold: it must be seen before saving.
                self._people,
                *further_fields(),
                self._document_title,
                *document_fields(),
                PhotoField("photo", _("Photo")),
                notes_field(),
                self._missing,
                CheckField("emergency", _("Admit as an emergency arrival although something stands against it")),
                self._emergency_says,
                LongTextField("emergency_reason", _("Why it is an emergency"), required=True, lines=2),
            ],
            stays.admit,
            submit=_("Register arrival"),
            prepare=self._arguments,
            done=_("The arrival is registered."),
            undoes=lambda stay: Undo(corrections.take_back, {"stay_id": stay}),
            on_done=lambda _stay: self._next_of_kin(owner),
            width=720,
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
        for name in ("who", "programme_id", "arrived", "resident_id", "fixed_limit"):
            self.form[name].edited.connect(self._ask_against)
        self._scanned = QTimer(self, singleShot=True)
        self._scanned.setInterval(_PATIENCE)
        self._scanned.timeout.connect(self._read_zone)
        self.form["zone"].edited.connect(self._scanned.start)
        self._zone_says.repaired.connect(self.form["zone"].put)
        self._zone_says.born.connect(self.form["birth"].put)
        self._zone_says.taken.connect(lambda: self._read_zone(over=True))
        if offered.prospect is not None:
            self.form.put({"who": ACCEPTED, "candidate_id": offered.prospect.candidate_id})
            self._take(offered.prospect)
        elif len(offered.programmes) == 1:
            self.form.put({"programme_id": offered.programmes[0].id})
        self._offer_to_leave()
        if offered.draft is not None:
            left.restore(self.form, offered.draft)
        self._arrange()
        self._ask_against()
        if offered.prospect is None:  # and not the link above it
            self.form["who"].setFocus()

    # -- fields ---------------------------------------------------------------------------------------------------

    def _many_at_once(self, owner: QWidget) -> list[QWidget]:
        """The way to those of a bus, where one is expected."""
        opens = getattr(owner, "open", None)
        if not self._offered.transports or self._offered.prospect is not None or opens is None:
            return []

        def go() -> None:
            self.reject()
            opens("transports")

        link = LinkButton(_("A bus, a flight or a convoy: admit all of it at once"), go, needs=admissions.admit)
        return [held(row(link, None))]

    def _who_fields(self) -> list[Field[Any]]:
        prospect = self._offered.prospect
        expected = [expected_one(each) for each in self._offered.expected]
        if prospect is not None and prospect.candidate_id not in [each.value for each in expected]:
            person = prospect.person
            expected.append(Whom(prospect.candidate_id, name_of(person), person.partner_number, person.birth))
        return [
            ChoiceField(
                "who",
                _("Who arrives"),
                [
                    (ACCEPTED, _("Somebody who was accepted")),
                    (KNOWN, _("Somebody who was here before")),
                    (NEW, _("Somebody new: an emergency arrival")),
                ],
                value=ACCEPTED if expected else NEW,
                required=True,
            ),
            PickField(
                "candidate_id",
                _("Accepted candidate"),
                search.people(expected),
                required=True,
                placeholder=_("Name or number; the down key shows all"),
            ),
            PickField(
                "resident_id",
                _("Former resident"),
                find_known,
                required=True,
                placeholder=_("Name, number or document"),
            ),
            CheckField(
                "journey_failed",
                _("Comes back because the journey failed"),
                hint=_(
                    "The limit of the stay before goes on, as it does after an escape and after leaving on one's own."
                ),
            ),
        ]

    def _when_fields(self) -> list[Field[Any]]:
        now = Moment.of(session.clock().now(), session.zone())
        return [
            MomentField("arrived", _("Arrival"), value=now, required=True),
            ChoiceField(
                "programme_id",
                _("Programme"),
                [(each.id, programme_words(each)) for each in self._offered.programmes],
                required=True,
                wide=False,
            ),
            PickField(
                "bed_id",
                _("Bed"),
                [found_bed(each) for each in self._offered.beds],
                wide=False,
                placeholder=_("Room; the down key shows all"),
                hint=_("A bed can also be given later."),
            ),
            DateField(
                "fixed_limit",
                _("Last day of the stay"),
                hint=_("Such as the release date; this programme needs it."),
            ),
        ]

    # -- what depends on what ---------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Show what is asked of this kind of arrival."""
        who = self.form["who"].read()
        known = who == KNOWN
        self.form["candidate_id"].setVisible(who == ACCEPTED)
        self.form["resident_id"].setVisible(known)
        self.form["journey_failed"].setVisible(known)
        self._kin.setVisible(who == ACCEPTED and bool(self._kin.text()))
        for part in (self._identity_title, *(self.form[name] for name in IDENTITY)):
            part.setVisible(not known)
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
        self._soon.start()

    def _ask_against(self) -> None:
        """Ask what stands against the arrival, as far as it is said who arrives when."""
        programme_id, arrived = self.form["programme_id"].read(), read_now(self.form["arrived"])
        who = self.form["who"].read()
        known = read_now(self.form["resident_id"]) if who == KNOWN else self._same
        if programme_id is None or arrived is None or (who == KNOWN and known is None):
            return
        candidate = None if who != ACCEPTED or self._prospect is None else self._prospect.candidate_id
        if who == ACCEPTED and candidate is None:
            return
        self._against.ask(
            self,
            programme_id=programme_id,
            arrived=arrived,
            candidate_id=candidate,
            resident_id=known,
            fixed_limit=read_now(self.form["fixed_limit"]),
        )

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
        if candidate_id is None or (self._prospect is not None and self._prospect.candidate_id == candidate_id):
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
        self._read_zone()

    def _zone(self) -> Zone | None:
        field = self.form["zone"]
        try:
            return field.zone() if isinstance(field, ZoneField) else None
        except Unreadable:
            return None

    def _read_zone(self, *, over: bool = False) -> None:
        """Fill in what the zone says and the form does not; `over`: also where the form says something else."""
        zone, differing = self._zone(), list[str]()
        facts = None if zone is None else facts_of(zone, today=session.today())
        for name, value in ({} if facts is None else fields_of_zone(facts)).items():
            field = self.form[name]
            stands = read_now(field)
            if over or stands in (None, "", ()):
                field.put(value)
            elif not says_the_same(stands, value):
                differing.append(field.title)
        offered = repair(read_now(self.form["zone"]) or "")
        self._zone_says.show_zone(zone, offered, facts, differing)

    def _look_for_same(self) -> None:
        """Ask who of the register this may be, and say what is not known."""
        who = self.form["who"].read()
        person, documents = self._said()
        missing = missing_facts(person, documents)
        words = ", ".join(say(each) for each in missing)
        self._missing.label.setText(_("Not known yet: {what}. It can be entered later.", what=words))
        self._missing.setVisible(bool(missing) and who != KNOWN)
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
            candidate_id=None if self._prospect is None else self._prospect.candidate_id,
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
            "fixed_limit": values.get("fixed_limit"),
            "notes": values["notes"] or "",
            "emergency_reason": values.get("emergency_reason") or "",
            "journey_failed": who == KNOWN and bool(values.get("journey_failed")),
            "photo": values["photo"],
            "draft_id": None if self._offered.draft is None else self._offered.draft.id,
        }

    def _person(self, values: dict[str, Any]) -> PersonFacts:
        person, zone = person_of(values, self._prospect), self._zone()
        return person if zone is None else with_spelling(person, zone)

    def _finish(self, value: object) -> None:
        """Name who was registered, and offer to go there and to print."""
        self._name = self._name or left.name_in(self.form)
        page = self._page
        super()._finish(value)
        left.offer_next(page, value)

    def _offer_to_leave(self) -> None:
        """Beside the other ways out: to leave the arrival for later, and to drop one that was left."""
        draft = self._offered.draft
        foot = self._foot.layout()
        last = None if foot is None else foot.itemAt(foot.count() - 1)
        ways = None if last is None else last.layout()
        if not isinstance(ways, QHBoxLayout):
            return
        self.leave = Button(
            _("Leave for later"), lambda: left.leave(self, self._page, draft), needs=arrival_draft_actions.keep
        )
        ways.insertWidget(0, self.leave)
        if draft is not None:
            drop = Button(
                _("Drop"),
                lambda: left.drop(self, self._page, draft),
                kind="danger",
                needs=arrival_draft_actions.throw_away,
            )
            ways.insertWidget(1, drop)

    def _next_of_kin(self, owner: QWidget) -> None:
        """Offer to go on with the family."""
        if self._prospect is None or not self._prospect.family:
            return
        following = self._prospect.family[0]
        name = isolated(name_of(following, following.partner_number))
        left = plural("{n} of the family is expected.", "{n} of the family are expected.", len(self._prospect.family))
        if prompts.confirm(owner, _("Register {name} too?", name=name), left, yes=_("Register"), no=_("Not now")):
            arrival_dialog(owner, following.id)
