"""The programmes that ship with Konak, as data (product.md, Programmes). Nothing of them is coded anywhere else.

Their texts are kept in English, as the ids of messages, and shown in the reader's language.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from models.rules.money import RatePeriod
from models.rules.programmes import CriterionFacts, DepartureFacts, ProgrammeFacts
from models.rules.vocabulary import (
    CriterionEffect,
    CriterionTest,
    DepartureKind,
    LimitRule,
    PlacesRule,
    Regime,
)
from models.text import N_


@dataclass(frozen=True, slots=True)
class Preset:
    """A programme that can be added as it stands, and changed afterwards like any other.

    Attributes:
        facts: The agreement. Where `window_start` is None, the window opens on the day on which it is added.
        criteria: For the screening, in their order.
        departures: The ways in which people may leave.
        rate: For each night from the first day of the window on, None where the agreement names none.
    """

    facts: ProgrammeFacts
    criteria: tuple[CriterionFacts, ...]
    departures: tuple[DepartureFacts, ...]
    rate: Decimal | None = None

    def facts_in(self, today: date, start: date | None, end: date | None) -> ProgrammeFacts:
        """The agreement with a window of one's own.

        Args:
            today: The local date, for a window that opens on the day on which the programme is added.
            start: The first day of the window; None: as the preset says.
            end: Its last day; None: as the preset says, moved with its first day.
        """
        own = self.facts.window_start
        first = start or own or today
        if end is None and own is not None and self.facts.window_end is not None:
            end = self.facts.window_end + (first - own)
        return replace(self.facts, window_start=first, window_end=end)

    def rates_from(self, start: date) -> tuple[RatePeriod, ...]:
        """The rate from the first day of the window on, if there is one."""
        return () if self.rate is None else (RatePeriod(start, None, self.rate),)


_UNACCOMPANIED = CriterionFacts(
    N_("Is this an unaccompanied child?"), CriterionEffect.EXCLUDES, CriterionTest.UNACCOMPANIED_CHILD
)

_US_2025 = Preset(
    ProgrammeFacts(
        code="US-2025",
        title=N_("Temporary relocation of up to 50 persons in one year"),
        partner=N_("the Government of the United States of America"),
        partner_country="US",
        legal_basis=N_("Arrangement on the temporary relocation of up to 50 persons; reports by Art. 6: numbers only"),
        window_start=date(2026, 6, 11),
        window_end=date(2027, 6, 10),
        places=50,
        places_rule=PlacesRule.CUMULATIVE,
        limit_rule=LimitRule.DAYS,
        limit_amount=180,
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
    Decimal("41.00"),
)

_UK_RETURN = Preset(
    ProgrammeFacts(
        code="UK-RETURN",
        title=N_("Return of rejected asylum seekers"),
        partner=N_("the Government of the United Kingdom"),
        partner_country="GB",
        legal_basis=N_("Agreement on the return of rejected asylum seekers"),
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
)

_DK_GJILAN = Preset(
    ProgrammeFacts(
        code="DK-GJILAN",
        title=N_("Serving of sentences before expulsion from Denmark"),
        partner=N_("the Government of the Kingdom of Denmark"),
        partner_country="DK",
        legal_basis=N_("Treaty on the use of 300 prison places"),
        regime=Regime.DETAINED,
        places=300,
        places_rule=PlacesRule.CONCURRENT,
        limit_rule=LimitRule.FIXED_DATE,
    ),
    (
        CriterionFacts(N_("Was the expulsion ordered?"), CriterionEffect.REQUIRED, CriterionTest.EXPULSION_ORDERED),
        CriterionFacts(N_("Is the release date known?"), CriterionEffect.REQUIRED, CriterionTest.RELEASE_DATE_KNOWN),
        CriterionFacts(N_("Was this person sentenced, and is the sentence final?"), CriterionEffect.REQUIRED),
        CriterionFacts(N_("Is the sentence for life?"), CriterionEffect.EXCLUDES),
        CriterionFacts(N_("Was the sentence for terrorism?"), CriterionEffect.EXCLUDES),
        CriterionFacts(N_("Was the sentence for a war crime?"), CriterionEffect.EXCLUDES),
        CriterionFacts(N_("Does this person have a serious mental illness?"), CriterionEffect.EXCLUDES),
    ),
    (
        DepartureFacts(DepartureKind.REMOVAL),
        DepartureFacts(DepartureKind.TRANSFER_OF_CUSTODY),
    ),
)

_LIYA_2021 = Preset(
    ProgrammeFacts(
        code="LIYA-2021",
        title=N_("Temporary accommodation of evacuees and their families"),
        partner=N_("the Government of the United States of America"),
        partner_country="US",
        legal_basis=N_("Agreement on the temporary accommodation of up to 2,000 evacuees at a time"),
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
)

PRESETS = {preset.facts.code: preset for preset in (_US_2025, _UK_RETURN, _DK_GJILAN, _LIYA_2021)}
"""By code, in the order in which they are offered."""
