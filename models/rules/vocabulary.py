"""The closed vocabularies of the register; the words of rules.md, as they are stored."""

from enum import StrEnum


class Sex(StrEnum):
    """As a travel document states it (ICAO Doc 9303); X where the document does."""

    FEMALE = "F"
    MALE = "M"
    OTHER = "X"


class Regime(StrEnum):
    """Whether residents may leave the house."""

    OPEN = "open"
    DETAINED = "detained"


class RoomKind(StrEnum):
    """For whom a room is; a room of which nothing is stated is for everybody."""

    WOMEN = "women"
    MEN = "men"
    FAMILIES = "families"
    DETENTION = "detention"
    """A cell."""
    ISOLATION = "isolation"
    """For who is kept apart from others."""
    SICK = "sick"


class BedKind(StrEnum):
    """What kind of bed it is."""

    PLAIN = "plain"
    ACCESSIBLE = "accessible"
    CRIB = "crib"
    """For a child under three."""


class SheetSize(StrEnum):
    """How large the sheet of a roll call is."""

    A4 = "a4"
    A5 = "a5"
    LARGE = "large"
    """A4, in large letters."""


class BlankForm(StrEnum):
    """Which form for the day on which the computer is off."""

    ARRIVAL = "arrival"
    RECORD = "record"
    PROPERTY = "property"
    LEAVE = "leave"
    GATE = "gate"
    ROLL_CALL = "roll_call"
    SEPARATION = "separation"
    NOTE = "note"
    COMPLAINT = "complaint"
    SELF_HARM = "self_harm"
    INCIDENT = "incident"
    DEPARTURE = "departure"


class PlacesRule(StrEnum):
    """How a programme counts its places (rules.md, Places)."""

    CUMULATIVE = "cumulative"
    CONCURRENT = "concurrent"


class LimitRule(StrEnum):
    """How a programme limits a stay (rules.md, Limits)."""

    NONE = "none"
    DAYS = "days"
    MONTHS = "months"
    FIXED_DATE = "fixed_date"


class LimitBasis(StrEnum):
    """Where a limit of a stay comes from."""

    PROGRAMME = "programme"
    FIXED_DATE = "fixed_date"
    EXTENSION = "extension"
    CONTINUED = "continued"
    """Of the stay before: the person came back, and it goes on."""
    TAKEN_BACK = "taken_back"
    """The decision before it was taken back, so that the one before that holds again."""


class CountingRule(StrEnum):
    """Which dates count as presence (rules.md, Counting presence)."""

    NIGHTS = "nights"
    DAYS = "days"
    NIGHTS_MIN_ONE = "nights_min_one"


class AbsencesRule(StrEnum):
    """Whether absent nights count (rules.md, Counting presence)."""

    ALWAYS = "always"
    NEVER = "never"
    FIRST = "first"


class PaymentKind(StrEnum):
    """What an agreement pays for (rules.md, Money)."""

    PERSON_NIGHT = "person_night"
    PERSON_DAY = "person_day"
    PLACE_NIGHT = "place_night"
    """A place held ready, used or not."""
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ONCE = "once"

    @property
    def is_by_person(self) -> bool:
        """Whether it hangs on who is there."""
        return self in (PaymentKind.PERSON_NIGHT, PaymentKind.PERSON_DAY)


class CandidateState(StrEnum):
    """Where a candidate stands: the outcome of the last decision, or none yet."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    HELD = "held"
    WITHDRAWN = "withdrawn"


class ProposalState(StrEnum):
    """Where a decision stands that one person has proposed and another is to confirm."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"
    """By the one who proposed it, or by whoever was to confirm it."""


class ListChange(StrEnum):
    """What a version of a proposed list means for a candidate."""

    CAME = "came"
    CHANGED = "changed"
    GONE = "gone"
    """Not on it any more; what was decided stays."""


class CriterionEffect(StrEnum):
    """What it means that a criterion is met."""

    EXCLUDES = "excludes"
    """Whoever meets it may not be accepted."""
    REQUIRED = "required"
    """Whoever does not meet it may not be accepted."""
    WEIGHS = "weighs"
    """It is looked at, and named in the reason; it decides nothing alone."""


class CriterionTest(StrEnum):
    """What the program itself can tell of a candidate; the rest a person must answer."""

    MANUAL = "manual"
    UNACCOMPANIED_CHILD = "unaccompanied_child"
    CRIMINAL_HISTORY = "criminal_history"
    EXPULSION_ORDERED = "expulsion_ordered"
    LIFE_SENTENCE = "life_sentence"
    RELEASE_DATE_KNOWN = "release_date_known"
    FINAL_ORDER = "final_order"
    IDENTITY_DOCUMENT = "identity_document"
    VETTING_CLEARED = "vetting_cleared"


class Answer(StrEnum):
    """The answer to a criterion."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class DepartureKind(StrEnum):
    """How a stay ends (rules.md, Departures)."""

    VOLUNTARY_RETURN = "voluntary_return"
    REMOVAL = "removal"
    ONWARD_RESETTLEMENT = "onward_resettlement"
    BACK_TO_PARTNER = "back_to_partner"
    TRANSFER_OF_CUSTODY = "transfer_of_custody"
    STAY_GRANTED = "stay_granted"
    ESCAPE = "escape"
    """From a house that detains."""
    LEFT_ON_OWN = "left_on_own"
    """From an open house: the person went and is not coming back."""
    DEATH = "death"
    RELEASE_BY_ORDER = "release_by_order"
    NOT_RECORDED = "not_recorded"


PLANNED_KINDS = (
    DepartureKind.VOLUNTARY_RETURN,
    DepartureKind.REMOVAL,
    DepartureKind.ONWARD_RESETTLEMENT,
    DepartureKind.BACK_TO_PARTNER,
    DepartureKind.TRANSFER_OF_CUSTODY,
    DepartureKind.STAY_GRANTED,
)
UNPLANNED_KINDS = (
    DepartureKind.ESCAPE,
    DepartureKind.LEFT_ON_OWN,
    DepartureKind.DEATH,
    DepartureKind.RELEASE_BY_ORDER,
)


class Destination(StrEnum):
    """Where somebody went, as the report groups it."""

    COUNTRY_OF_ORIGIN = "country_of_origin"
    THIRD_COUNTRY = "third_country"
    PARTNER = "partner"
    HOST = "host"
    NOT_RECORDED = "not_recorded"


class CheckKind(StrEnum):
    """What must be there before a departure (rules.md, Departures)."""

    COUNSELLING = "counselling"
    CONSENT = "consent"
    DECISION = "decision"
    NON_REFOULEMENT = "non_refoulement"
    TRAVEL_DOCUMENT = "travel_document"
    FIT_TO_TRAVEL = "fit_to_travel"
    FAMILY_UNITY = "family_unity"
    BEST_INTERESTS = "best_interests"
    ACCEPTANCE = "acceptance"
    PROPERTY_RETURNED = "property_returned"


class ImportKind(StrEnum):
    """What a file holds that is brought in."""

    STAYS = "stays"
    LIST = "list"


class PlanState(StrEnum):
    """Where a departure plan stands."""

    OPEN = "open"
    STOPPED = "stopped"
    """A risk was found: no prospect of return on this plan."""
    CANCELLED = "cancelled"
    DEPARTED = "departed"


class TransportMeans(StrEnum):
    """By what people come who are expected together."""

    BUS = "bus"
    FLIGHT = "flight"
    CONVOY = "convoy"
    OTHER = "other"


class AbsenceKind(StrEnum):
    """Why somebody is away."""

    HOSPITAL = "hospital"
    COURT = "court"
    LEAVE = "leave"
    OUT = "out"
    """Through the gate of an open house for some hours, without a leave."""
    OTHER = "other"


class RollMarkState(StrEnum):
    """What a counter says of somebody."""

    HERE = "here"
    NOT_HERE = "not_here"


class CountedBy(StrEnum):
    """How somebody was counted."""

    KEY = "key"
    CARD = "card"
    SHEET = "sheet"
    """Ticked on paper, and entered afterwards."""
    LOOKED_FOR = "looked_for"
    """Not found at first, and found when looked for."""


class RollAnswer(StrEnum):
    """What was done where a count and the register differ, and neither was put right."""

    REPORTED = "reported"
    """As missing."""
    EXPLAINED = "explained"


class RollStanding(StrEnum):
    """How somebody stands in a roll call."""

    COUNTED = "counted"
    TO_COUNT = "to_count"
    MISSING = "missing"
    """Should be here, and was not found."""
    UNEXPECTED = "unexpected"
    """Was found, and is away as the register has it."""
    AWAY = "away"
    OVERDUE = "overdue"
    """Away, and should have been back."""
    CAME_BACK = "came_back"
    """While it was counted, as the four below."""
    ARRIVED = "arrived"
    WENT_OUT = "went_out"
    DEPARTED = "departed"


class DocumentKind(StrEnum):
    """A paper that names its holder."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity_card"
    TRAVEL_CERTIFICATE = "travel_certificate"
    BIRTH_CERTIFICATE = "birth_certificate"
    OTHER = "other"


class NeedKind(StrEnum):
    """What somebody needs in everyday life, and what a room has to take account of (standards.md, A10)."""

    HELP_TO_LEAVE = "help_to_leave"
    """In a fire: cannot leave the house alone."""
    ACCESSIBLE_BED = "accessible_bed"
    CRIB = "crib"
    NOT_SHARED = "not_shared"
    """A risk in a shared room: whoever places people is told no more than this."""
    SEPARATE_FROM = "separate_from"
    DIET = "diet"
    RELIGION = "religion"
    INTERPRETER = "interpreter"
    AGE_IN_DOUBT = "age_in_doubt"
    DISABILITY = "disability"
    PREGNANCY = "pregnancy"
    MEDICINE = "medicine"
    OTHER = "other"


class IdentityBy(StrEnum):
    """Who says who somebody is (standards.md, A1)."""

    DOCUMENT = "document"
    PARTNER = "partner"
    PERSON = "person"
    RELATIVE = "relative"
    OTHER = "other"


class ContactKind(StrEnum):
    """Who somebody is to a resident (standards.md, A6 and A7)."""

    RELATIVE = "relative"
    LAWYER = "lawyer"
    GUARDIAN = "guardian"
    OTHER = "other"


class Party(StrEnum):
    """Who is to be told that somebody is here, if the person wants it (standards.md, A7)."""

    FAMILY = "family"
    LAWYER = "lawyer"
    CONSULATE = "consulate"
    OTHER = "other"


class Signature(StrEnum):
    """Whether a person has signed."""

    SIGNED = "signed"
    REFUSED = "refused"
    UNABLE = "unable"


class PropertyKind(StrEnum):
    """What somebody brings along (standards.md, A5)."""

    ITEM = "item"
    MONEY = "money"
    DOCUMENT = "document"
    MEDICINE = "medicine"


class PropertyOutcome(StrEnum):
    """What became of what somebody brought along."""

    KEPT = "kept"
    LEFT = "left"
    """With the person."""
    REFUSED = "refused"
    DESTROYED = "destroyed"


class AgeBasis(StrEnum):
    """How the age of a child is known (standards.md, A11)."""

    DOCUMENT = "document"
    PERSON = "person"
    RELATIVE = "relative"
    ASSESSMENT = "assessment"


class LanguageLevel(StrEnum):
    """How well somebody speaks a language."""

    MOTHER_TONGUE = "mother_tongue"
    FLUENT = "fluent"
    SOME = "some"


class HealthStep(StrEnum):
    """How far the first health check is (standards.md, A9)."""

    ORDERED = "ordered"
    HELD = "held"


class ArrivalStep(StrEnum):
    """What belongs to a complete arrival (standards.md, On arrival)."""

    IDENTITY = "identity"
    PHOTO = "photo"
    LEGAL_GROUND = "legal_ground"
    INJURIES = "injuries"
    PROPERTY = "property"
    NOTICES = "notices"
    RIGHTS = "rights"
    HEALTH_CHECK = "health_check"
    LANGUAGES = "languages"
    ROOM = "room"
    CHILD = "child"


class MonthState(StrEnum):
    """Where the report of a month stands (rules.md, Issued months)."""

    OPEN = "open"
    CHECKED = "checked"
    """Somebody has looked through what is missing or doubtful."""
    ISSUED = "issued"
    REVISED = "revised"
    """Issued again, under a number that replaces an earlier one."""
    SENT = "sent"
    """What was issued last has gone to the partner."""


class SendingWay(StrEnum):
    """By what a report goes to the partner."""

    EMAIL = "email"
    PORTAL = "portal"
    """Handed in on a page of the partner's."""
    POST = "post"
    COURIER = "courier"
    BY_HAND = "by_hand"
    OTHER = "other"


class FilePart(StrEnum):
    """The parts of an individual file that may be left out, in their order."""

    PHOTO = "photo"
    IDENTITY = "identity"
    CHRONOLOGY = "chronology"
    DECISIONS = "decisions"
    LIMITS = "limits"
    PLACEMENTS = "placements"
    ABSENCES = "absences"
    SEPARATIONS = "separations"
    DOCUMENTS = "documents"
    ARRIVAL = "arrival"
    DEPARTURE = "departure"
    PAPERS = "papers"


class Protection(StrEnum):
    """By what a report that is sent is closed against others."""

    NONE = "none"
    PASSPHRASE = "passphrase"
    CERTIFICATE = "certificate"
    """Of whom it is for."""


class DoubtKind(StrEnum):
    """What is missing or doubtful of a month before it is issued."""

    NATIONALITY = "nationality"
    SEX = "sex"
    BIRTH = "birth"
    DESTINATION = "destination"
    EMERGENCY = "emergency"
    OVERDUE = "overdue"
    LIMIT = "limit"
    REVIEW = "review"
    RATE = "rate"
    LETTERHEAD = "letterhead"
    EARLIER = "earlier"
    """An earlier month that is not issued, or is no longer what was issued."""


class ReportSection(StrEnum):
    """A section of the monthly report, in the order in which a report has them where nothing else is agreed."""

    MOVEMENT = "movement"
    PRESENCE = "presence"
    PLACES = "places"
    SELECTION = "selection"
    ADMISSIONS = "admissions"
    DEPARTURES = "departures"
    COUNTRIES = "countries"
    NATIONALITY = "nationality"
    SEX = "sex"
    AGE = "age"
    CHILDREN = "children"
    ABSENCES = "absences"
    LENGTHS = "lengths"
    LENGTHS_DEPARTED = "lengths_departed"
    LIMITS = "limits"
    PLANS = "plans"
    REVIEWS = "reviews"
    SAFEGUARDS = "safeguards"
    INCIDENTS = "incidents"
    NEEDS = "needs"
    CLAIM = "claim"
    CORRECTIONS = "corrections"
    QUALITY = "quality"
    ANNEXES = "annexes"
    NAMES = "names"


class IncidentKind(StrEnum):
    """What happened in the house; self-harm is kept apart from it, sealed."""

    INCIDENT = "incident"
    FORCE = "force"


class Role(StrEnum):
    """Who sits in front of Konak."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    HEALTH_LEGAL = "health_legal"
    ADMINISTRATOR = "administrator"
    INSPECTOR = "inspector"


class SealedKind(StrEnum):
    """What is sealed, by who may read it (rules.md, Disclosure)."""

    ASYLUM_CLAIM = "asylum_claim"
    HEALTH = "health"
    COMPLAINT = "complaint"
    OTHER = "other"
    UNSORTED = "unsorted"
    """What nobody who may read it has said yet what it is: columns of files that Konak does not know, free remarks."""
    CHECK = "check"
    """What a non-refoulement check or a check of fitness to travel has found."""


NOTE_KINDS = (SealedKind.ASYLUM_CLAIM, SealedKind.HEALTH, SealedKind.OTHER)
"""The kinds of which a sealed note of a resident can be; a complaint is one that an answer is owed to."""
SEALED_CHECKS = (CheckKind.NON_REFOULEMENT, CheckKind.FIT_TO_TRAVEL)
"""The checks of which what they found is sealed."""
