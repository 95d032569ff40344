"""The programmes that ship with Konak, as data. Nothing of them is coded anywhere else.

Their texts are kept in English, as the ids of messages, and shown in the reader's language.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict

from models.rules.admissions import BY_STANDARD
from models.rules.limits import months_later
from models.rules.money import Payment
from models.rules.programmes import CriterionFacts, DepartureFacts, ProgrammeFacts, ReasonFacts
from models.rules.vocabulary import (
    CandidateState,
    CriterionEffect,
    CriterionTest,
    DepartureKind,
    LimitRule,
    PaymentKind,
    PlacesRule,
    Regime,
)
from models.text import N_


class Asked(StrEnum):
    """What an agreement lays down and nobody has published: it is empty, and asked for when the programme is added."""

    PLACES = "places"
    LIMIT = "limit"
    PAYMENTS = "payments"
    REPORTS = "reports"


class Stated(TypedDict, total=False):
    """What whoever adds a programme states of its agreement, by the names of `ProgrammeFacts`."""

    legal_basis: str
    source: str
    places: int | None
    limit_rule: LimitRule
    limit_amount: int | None
    currency: str
    arrival_steps: tuple[str, ...]
    addressee: str
    agreement_reference: str
    claim_reference: str
    names_ground: str
    report_sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preset:
    """A programme that can be added as it stands, and changed afterwards like any other.

    Attributes:
        facts: The agreement, as far as it is public; its `source` says from where. Where `window_start` is None, the
            window opens on the day on which it is added.
        criteria: For the screening, in their order.
        departures: The ways in which people may leave.
        asked: What is not public.
        reasons: Of decisions on candidates: what its public criteria give, and what every house decides by.
        yearly: A fixed sum in euros for each of ten years, from the first day of the window on.
    """

    facts: ProgrammeFacts
    criteria: tuple[CriterionFacts, ...]
    departures: tuple[DepartureFacts, ...]
    asked: tuple[Asked, ...]
    reasons: tuple[ReasonFacts, ...]
    yearly: Decimal | None = None

    def facts_in(self, today: date, start: date | None, end: date | None) -> ProgrammeFacts:
        """The agreement with a window of one's own; of an arrival it asks what the standards ask.

        Args:
            today: The local date, for a window that opens on the day on which the programme is added.
            start: The first day of the window; None: as the preset says.
            end: Its last day; None: as the preset says, moved with its first day.
        """
        own = self.facts.window_start
        first = start or own or today
        if end is None and own is not None and self.facts.window_end is not None:
            end = self.facts.window_end + (first - own)
        return replace(self.facts, window_start=first, window_end=end, arrival_steps=BY_STANDARD)

    def payments_from(self, start: date) -> tuple[Payment, ...]:
        """What is public of what is paid, from the first day of the window on."""
        if self.yearly is None:
            return ()
        return (Payment(PaymentKind.YEAR, self.yearly, start, months_later(start, 120)),)


_UNACCOMPANIED = CriterionFacts(
    N_("Is this an unaccompanied child?"), CriterionEffect.EXCLUDES, CriterionTest.UNACCOMPANIED_CHILD
)

_ACCEPTED, _HELD = CandidateState.ACCEPTED, CandidateState.HELD
_REFUSED, _WITHDRAWN = CandidateState.REFUSED, CandidateState.WITHDRAWN
_ALWAYS = (
    ReasonFacts(_HELD, N_("Who this is must be cleared up first")),
    ReasonFacts(_HELD, N_("An answer of the partner is awaited")),
    ReasonFacts(_HELD, N_("No place is left now")),
    ReasonFacts(_REFUSED, N_("The partner does not propose the person any more")),
    ReasonFacts(_REFUSED, N_("The person is on another list already")),
    ReasonFacts(_WITHDRAWN, N_("The partner has withdrawn the person")),
    ReasonFacts(_WITHDRAWN, N_("Something came to light after the acceptance")),
)
"""What every agreement leaves to the house that selects."""
_CRITERIA_MET = ReasonFacts(_ACCEPTED, N_("All criteria of the agreement are met"))
_CHILD_ALONE = ReasonFacts(_REFUSED, N_("Unaccompanied child"))
_PUBLIC_ORDER = ReasonFacts(_REFUSED, N_("Danger to public order or security"))

_US_2025 = Preset(
    ProgrammeFacts(
        code="US-2025",
        title=N_("Temporary relocation of up to 50 persons in one year"),
        partner=N_("the Government of the United States of America"),
        partner_country="US",
        legal_basis=N_("Decision of 11 June 2025 on the temporary relocation of up to 50 persons"),
        source=N_(
            "Public: the decision of 11 June 2025, up to 50 persons in one year. Not public: the limit of a stay, "
            "what is paid, and the article on reports."
        ),
        window_start=date(2026, 6, 11),
        window_end=date(2027, 6, 10),
        places=50,
        places_rule=PlacesRule.CUMULATIVE,
    ),
    (
        _UNACCOMPANIED,
        CriterionFacts(
            N_("Rule of law: was this person sentenced for a serious crime?"),
            CriterionEffect.EXCLUDES,
        ),
        CriterionFacts(
            N_("Public order: is this person a danger to public order or security?"), CriterionEffect.EXCLUDES
        ),
        CriterionFacts(
            N_("Does the partner state a criminal history?"), CriterionEffect.WEIGHS, CriterionTest.CRIMINAL_HISTORY
        ),
        CriterionFacts(
            N_("Did the partner order the departure for good?"), CriterionEffect.WEIGHS, CriterionTest.FINAL_ORDER
        ),
        CriterionFacts(
            N_("Does a document show who this is?"), CriterionEffect.WEIGHS, CriterionTest.IDENTITY_DOCUMENT
        ),
    ),
    (
        DepartureFacts(DepartureKind.VOLUNTARY_RETURN),
        DepartureFacts(DepartureKind.REMOVAL),
        DepartureFacts(DepartureKind.ONWARD_RESETTLEMENT),
        DepartureFacts(DepartureKind.BACK_TO_PARTNER),
        DepartureFacts(DepartureKind.STAY_GRANTED),
    ),
    (Asked.LIMIT, Asked.PAYMENTS, Asked.REPORTS),
    (
        _CRITERIA_MET,
        _CHILD_ALONE,
        ReasonFacts(_REFUSED, N_("Sentenced for a serious crime (rule of law)")),
        _PUBLIC_ORDER,
        *_ALWAYS,
    ),
)

_UK_RETURN = Preset(
    ProgrammeFacts(
        code="UK-RETURN",
        title=N_("Return of rejected asylum seekers"),
        partner=N_("the Government of the United Kingdom"),
        partner_country="GB",
        legal_basis="",
        source=N_(
            "Public: what both governments have said of return hubs. No agreement is published: the places, the "
            "limit of a stay, what is paid and the article on reports are not known."
        ),
        places_rule=PlacesRule.CONCURRENT,
    ),
    (
        _UNACCOMPANIED,
        CriterionFacts(
            N_("Was the asylum claim refused for good, so that no appeal is open?"),
            CriterionEffect.REQUIRED,
            CriterionTest.FINAL_ORDER,
        ),
        CriterionFacts(
            N_("Does a document show who this is?"), CriterionEffect.WEIGHS, CriterionTest.IDENTITY_DOCUMENT
        ),
    ),
    (
        DepartureFacts(DepartureKind.VOLUNTARY_RETURN),
        DepartureFacts(DepartureKind.REMOVAL),
        DepartureFacts(DepartureKind.BACK_TO_PARTNER),
    ),
    (Asked.PLACES, Asked.LIMIT, Asked.PAYMENTS, Asked.REPORTS),
    (
        _CRITERIA_MET,
        _CHILD_ALONE,
        ReasonFacts(_REFUSED, N_("The procedure of the partner is not closed for good")),
        *_ALWAYS,
    ),
)

_DK_GJILAN = Preset(
    ProgrammeFacts(
        code="DK-GJILAN",
        title=N_("Serving of sentences before expulsion from Denmark"),
        partner=N_("the Government of the Kingdom of Denmark"),
        partner_country="DK",
        legal_basis=N_("Treaty of 2022 on the use of 300 prison places, ratified on 23 May 2024"),
        source=N_(
            "Public: the treaty signed in 2022 and ratified on 23 May 2024, 300 places for ten years, 15 million "
            "euros a year whatever the nights. Not public: on which days the sum is due, and the article on "
            "reports."
        ),
        regime=Regime.DETAINED,
        places=300,
        places_rule=PlacesRule.CONCURRENT,
        limit_rule=LimitRule.FIXED_DATE,
    ),
    (
        CriterionFacts(N_("Was the expulsion ordered?"), CriterionEffect.REQUIRED, CriterionTest.EXPULSION_ORDERED),
        CriterionFacts(N_("Is the release date known?"), CriterionEffect.REQUIRED, CriterionTest.RELEASE_DATE_KNOWN),
        CriterionFacts(N_("Was this person sentenced, and is the sentence final?"), CriterionEffect.REQUIRED),
        CriterionFacts(N_("Is the sentence for life?"), CriterionEffect.EXCLUDES, CriterionTest.LIFE_SENTENCE),
        CriterionFacts(N_("Was the sentence for terrorism?"), CriterionEffect.EXCLUDES),
        CriterionFacts(N_("Was the sentence for a war crime?"), CriterionEffect.EXCLUDES),
        CriterionFacts(N_("Does this person have a serious mental illness?"), CriterionEffect.EXCLUDES),
    ),
    (
        DepartureFacts(DepartureKind.REMOVAL),
        DepartureFacts(DepartureKind.TRANSFER_OF_CUSTODY),
    ),
    (Asked.REPORTS,),
    (
        _CRITERIA_MET,
        ReasonFacts(_REFUSED, N_("No expulsion is ordered")),
        ReasonFacts(_REFUSED, N_("The sentence is for life")),
        ReasonFacts(_REFUSED, N_("Sentenced for terrorism or a war crime")),
        ReasonFacts(_REFUSED, N_("Excluded by the treaty; the ground is kept sealed")),
        *_ALWAYS,
    ),
    Decimal(15_000_000),
)

_LIYA_2021 = Preset(
    ProgrammeFacts(
        code="LIYA-2021",
        title=N_("Temporary accommodation of evacuees and their families"),
        partner=N_("the Government of the United States of America"),
        partner_country="US",
        legal_basis=N_("Agreement of 2021 on the temporary accommodation of up to 2,000 evacuees at a time"),
        source=N_(
            "Public: what both governments said in 2021, up to 2,000 evacuees at a time, each for up to one year. "
            "Not public: what is paid, and the article on reports."
        ),
        window_start=date(2021, 8, 1),
        places=2_000,
        places_rule=PlacesRule.CONCURRENT,
        limit_rule=LimitRule.MONTHS,
        limit_amount=12,
    ),
    (
        CriterionFacts(
            N_("Is this an unaccompanied child?"), CriterionEffect.WEIGHS, CriterionTest.UNACCOMPANIED_CHILD
        ),
        CriterionFacts(
            N_("Is this an evacuee, or does this person belong to the family of one?"), CriterionEffect.REQUIRED
        ),
        CriterionFacts(
            N_("Has the partner finished the vetting?"), CriterionEffect.WEIGHS, CriterionTest.VETTING_CLEARED
        ),
        CriterionFacts(
            N_("Public order: is this person a danger to public order or security?"), CriterionEffect.EXCLUDES
        ),
    ),
    (
        DepartureFacts(DepartureKind.ONWARD_RESETTLEMENT),
        DepartureFacts(DepartureKind.STAY_GRANTED),
    ),
    (Asked.PAYMENTS, Asked.REPORTS),
    (
        ReasonFacts(_ACCEPTED, N_("Evacuee, or of the family of one")),
        ReasonFacts(_HELD, N_("The partner has not finished the vetting")),
        ReasonFacts(_REFUSED, N_("Neither an evacuee nor of the family of one")),
        _PUBLIC_ORDER,
        *_ALWAYS,
    ),
)

PRESETS = {preset.facts.code: preset for preset in (_US_2025, _UK_RETURN, _DK_GJILAN, _LIYA_2021)}
"""By code, in the order in which they are offered."""

FORMER_TEXTS = (
    N_("Arrangement on the temporary relocation of up to 50 persons; reports by Art. 6: numbers only"),
    N_("Agreement on the return of rejected asylum seekers"),
    N_("Treaty on the use of 300 prison places"),
    N_("Agreement on the temporary accommodation of up to 2,000 evacuees at a time"),
)
"""What presets of an earlier Konak said: it stands in registers and on issued paper, drawn in whatever language."""
