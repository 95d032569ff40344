"""The words by which screen and paper name what the register keeps as codes: each code has one name everywhere."""

from collections.abc import Mapping
from enum import StrEnum

from models.rules.limits import ReviewState
from models.rules.vocabulary import (
    AbsenceKind,
    AbsencesRule,
    Answer,
    BedKind,
    CandidateState,
    CheckKind,
    CountingRule,
    CriterionEffect,
    CriterionTest,
    DepartureKind,
    Destination,
    DocumentKind,
    ImportKind,
    LimitBasis,
    LimitRule,
    NeedKind,
    PaymentKind,
    PlacesRule,
    PlanState,
    Regime,
    Role,
    RoomKind,
    SealedKind,
    Sex,
    TransportMeans,
)
from models.text import N_, Message, pgettext

WORDS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Sex: {
        Sex.FEMALE: N_("Female"),
        Sex.MALE: N_("Male"),
        Sex.OTHER: N_("Other (X)"),
    },
    ImportKind: {
        ImportKind.STAYS: N_("Stays"),
        ImportKind.LIST: N_("Proposed list"),
    },
    NeedKind: {
        NeedKind.HELP_TO_LEAVE: N_("Help to leave the house"),
        NeedKind.ACCESSIBLE_BED: N_("Accessible bed"),
        NeedKind.CRIB: N_("Crib"),
        NeedKind.NOT_SHARED: N_("Not a shared room"),
        NeedKind.SEPARATE_FROM: N_("Separate from somebody"),
        NeedKind.DIET: N_("Diet"),
        NeedKind.RELIGION: N_("Religion"),
        NeedKind.INTERPRETER: N_("Interpreter"),
        NeedKind.AGE_IN_DOUBT: N_("Age in doubt"),
        NeedKind.DISABILITY: N_("Disability"),
        NeedKind.PREGNANCY: N_("Pregnancy"),
        NeedKind.MEDICINE: N_("Medicine"),
        NeedKind.OTHER: pgettext("need", "Other"),
    },
    TransportMeans: {
        TransportMeans.BUS: N_("Bus"),
        TransportMeans.FLIGHT: N_("Flight"),
        TransportMeans.CONVOY: N_("Convoy"),
        TransportMeans.OTHER: N_("Other way"),
    },
    Regime: {
        Regime.OPEN: N_("Open house"),
        Regime.DETAINED: N_("Detained"),
    },
    RoomKind: {
        RoomKind.WOMEN: N_("For women"),
        RoomKind.MEN: N_("For men"),
        RoomKind.FAMILIES: N_("For families"),
        RoomKind.DETENTION: N_("Cell"),
        RoomKind.ISOLATION: N_("Isolation"),
        RoomKind.SICK: N_("Sick bay"),
    },
    BedKind: {
        BedKind.PLAIN: N_("Bed"),
        BedKind.ACCESSIBLE: N_("Accessible bed"),
        BedKind.CRIB: N_("Crib"),
    },
    PlacesRule: {
        PlacesRule.CUMULATIVE: N_("Persons admitted in all"),
        PlacesRule.CONCURRENT: N_("Persons at one time"),
    },
    LimitRule: {
        LimitRule.NONE: N_("No limit"),
        LimitRule.DAYS: N_("So many days"),
        LimitRule.MONTHS: N_("So many months"),
        LimitRule.FIXED_DATE: N_("A date for each person"),
    },
    LimitBasis: {
        LimitBasis.PROGRAMME: N_("By the agreement"),
        LimitBasis.FIXED_DATE: N_("Fixed date"),
        LimitBasis.EXTENSION: N_("Extension"),
        LimitBasis.CONTINUED: N_("Goes on from the stay before"),
        LimitBasis.TAKEN_BACK: N_("The decision was taken back"),
    },
    CountingRule: {
        CountingRule.NIGHTS: N_("Nights"),
        CountingRule.DAYS: N_("Days, both ends"),
        CountingRule.NIGHTS_MIN_ONE: N_("Nights, at least one"),
    },
    AbsencesRule: {
        AbsencesRule.ALWAYS: N_("Absent nights count"),
        AbsencesRule.NEVER: N_("Absent nights do not count"),
        AbsencesRule.FIRST: N_("The first nights of each absence count"),
    },
    PaymentKind: {
        PaymentKind.PERSON_NIGHT: N_("For each person and night"),
        PaymentKind.PERSON_DAY: N_("For each person and day"),
        PaymentKind.PLACE_NIGHT: N_("For each place held ready and night"),
        PaymentKind.MONTH: N_("Fixed sum for each month"),
        PaymentKind.QUARTER: N_("Fixed sum for each quarter"),
        PaymentKind.YEAR: N_("Fixed sum for each year"),
        PaymentKind.ONCE: N_("Single sum"),
    },
    CandidateState: {
        CandidateState.PROPOSED: N_("Not decided"),
        CandidateState.ACCEPTED: N_("Accepted"),
        CandidateState.REFUSED: N_("Refused"),
        CandidateState.HELD: N_("On hold"),
        CandidateState.WITHDRAWN: N_("Withdrawn"),
    },
    CriterionEffect: {
        CriterionEffect.EXCLUDES: N_("Excludes"),
        CriterionEffect.REQUIRED: N_("Required"),
        CriterionEffect.WEIGHS: N_("Weighs"),
    },
    CriterionTest: {
        CriterionTest.MANUAL: N_("Answered by a person"),
        CriterionTest.UNACCOMPANIED_CHILD: N_("Unaccompanied child"),
        CriterionTest.CRIMINAL_HISTORY: N_("Criminal history"),
        CriterionTest.EXPULSION_ORDERED: N_("Expulsion ordered"),
        CriterionTest.LIFE_SENTENCE: N_("Sentence for life"),
        CriterionTest.RELEASE_DATE_KNOWN: N_("Release date known"),
        CriterionTest.FINAL_ORDER: N_("Final order"),
        CriterionTest.IDENTITY_DOCUMENT: N_("Identity document"),
        CriterionTest.VETTING_CLEARED: N_("Vetting cleared"),
    },
    Answer: {
        Answer.YES: N_("Yes"),
        Answer.NO: N_("No"),
        Answer.UNKNOWN: N_("Not known"),
    },
    DepartureKind: {
        DepartureKind.VOLUNTARY_RETURN: N_("Assisted voluntary return"),
        DepartureKind.REMOVAL: N_("Removal"),
        DepartureKind.ONWARD_RESETTLEMENT: N_("Onward resettlement"),
        DepartureKind.BACK_TO_PARTNER: N_("Back to the partner"),
        DepartureKind.TRANSFER_OF_CUSTODY: N_("Transfer of custody"),
        DepartureKind.STAY_GRANTED: N_("Stay granted"),
        DepartureKind.ESCAPE: N_("Escape"),
        DepartureKind.LEFT_ON_OWN: N_("Left on own"),
        DepartureKind.DEATH: N_("Death"),
        DepartureKind.RELEASE_BY_ORDER: N_("Release by order"),
        DepartureKind.NOT_RECORDED: N_("Kind not recorded"),
    },
    Destination: {
        Destination.COUNTRY_OF_ORIGIN: N_("Country of origin"),
        Destination.THIRD_COUNTRY: N_("Third country"),
        Destination.PARTNER: N_("Partner"),
        Destination.HOST: N_("Host country"),
        Destination.NOT_RECORDED: N_("Not recorded"),
    },
    CheckKind: {
        CheckKind.COUNSELLING: N_("Counselling"),
        CheckKind.CONSENT: N_("Consent"),
        CheckKind.DECISION: N_("Decision"),
        CheckKind.NON_REFOULEMENT: N_("Non-refoulement check"),
        CheckKind.TRAVEL_DOCUMENT: N_("Travel document"),
        CheckKind.FIT_TO_TRAVEL: N_("Fit to travel"),
        CheckKind.FAMILY_UNITY: N_("Family unity"),
        CheckKind.BEST_INTERESTS: N_("Best interests of each child"),
        CheckKind.ACCEPTANCE: N_("Acceptance by the destination"),
        CheckKind.PROPERTY_RETURNED: N_("Property returned"),
    },
    PlanState: {
        PlanState.OPEN: N_("Planned"),
        PlanState.STOPPED: N_("No prospect of return"),
        PlanState.CANCELLED: N_("Cancelled"),
        PlanState.DEPARTED: N_("Departed"),
    },
    AbsenceKind: {
        AbsenceKind.HOSPITAL: N_("Hospital"),
        AbsenceKind.COURT: N_("Court"),
        AbsenceKind.LEAVE: N_("Leave"),
        AbsenceKind.OUT: N_("Went out"),
        AbsenceKind.OTHER: N_("Other reason"),
    },
    DocumentKind: {
        DocumentKind.PASSPORT: N_("Passport"),
        DocumentKind.IDENTITY_CARD: N_("Identity card"),
        DocumentKind.TRAVEL_CERTIFICATE: N_("Travel certificate"),
        DocumentKind.BIRTH_CERTIFICATE: N_("Birth certificate"),
        DocumentKind.OTHER: N_("Other document"),
    },
    SealedKind: {
        SealedKind.ASYLUM_CLAIM: N_("Asylum claim"),
        SealedKind.HEALTH: N_("Health"),
        SealedKind.COMPLAINT: N_("Complaint"),
        SealedKind.OTHER: N_("Other sealed note"),
        SealedKind.UNSORTED: N_("Not sorted yet"),
        SealedKind.CHECK: N_("Finding of a check"),
    },
    Role: {
        Role.CLERK: N_("Clerk"),
        Role.SUPERVISOR: N_("Supervisor"),
        Role.HEALTH_LEGAL: N_("Health and legal staff"),
        Role.ADMINISTRATOR: N_("Administrator"),
        Role.INSPECTOR: N_("Inspector"),
    },
    ReviewState: {
        ReviewState.DUE: N_("Due"),
        ReviewState.HELD: N_("Held"),
        ReviewState.LATE: N_("Late"),
    },
}
"""By vocabulary first: the same stored word may stand in two of them with two meanings."""

FIGURES: Mapping[str, str] = {
    "on_roll_at_start": N_("On the roll at the start"),
    "admissions": N_("Admitted"),
    "departures": pgettext("figure", "Departed"),
    "on_roll_at_end": N_("On the roll at the end"),
    "roll_by_night": N_("Presence by night"),
    "person_nights": N_("Person-nights"),
    "person_days": N_("Person-days"),
    "person_nights_min_one": N_("Person-nights, at least one"),
    "same_day_stays": N_("Stays of one day"),
    "counted": N_("Counted for the claim"),
    "average": N_("Average per night"),
    "highest": N_("Highest number at midnight"),
    "highest_on": N_("Day of the highest number at midnight"),
    "places": N_("Places"),
    "admissions_by_nationality": N_("Admitted, by nationality"),
    "admissions_by_sex": N_("Admitted, by sex"),
    "admissions_by_age": N_("Admitted, by age"),
    "present_by_nationality": N_("Present, by nationality"),
    "present_by_sex": N_("Present, by sex"),
    "present_by_age": N_("Present, by age"),
    "departures_by": N_("Departed, by kind and destination"),
    "departures_by_country": N_("Departed, by country"),
    "departures_by_nationality": N_("Departed, by nationality"),
    "departures_by_sex": N_("Departed, by sex"),
    "departures_by_age": N_("Departed, by age"),
    "length_present": N_("Length of stay of those present"),
    "length_departed": N_("Length of stay of those departed"),
    "past_limit": N_("Past the stay limit"),
    "reviews_held": N_("Reviews held"),
    "reviews_late": N_("Reviews late"),
    "emergencies": N_("Emergency arrivals"),
    "claim": N_("Cost claim"),
}
"""The names of the fields of `MonthFigures`, as a revision names what has changed."""


def word(code: StrEnum) -> Message:
    """The name of a code."""
    return Message(WORDS[type(code)][code])


def figure(name: str) -> Message:
    """The name of a figure of a month."""
    return Message(FIGURES[name])
