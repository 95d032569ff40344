"""Every field of a person, a candidate, a document and a stay, and what the history tells of the rest: each once.

The arrival form, the identity form and its card, the labels of the history, the headings of files, the lists and their
export, the search and the disclosure check follow from a line here. The order is that of forms and cards.
"""

from collections.abc import Mapping
from types import MappingProxyType

from models.rules import headings as h
from models.rules.field_types import Asked, Field, FieldClass, FieldType
from models.rules.vocabulary import (
    AbsenceKind,
    AgeBasis,
    Answer,
    ArrivalStep,
    CandidateState,
    CheckKind,
    ContactKind,
    DepartureKind,
    Destination,
    DocumentKind,
    HealthStep,
    IdentityBy,
    IncidentKind,
    LanguageLevel,
    LimitBasis,
    NeedKind,
    Party,
    PropertyKind,
    PropertyOutcome,
    Sex,
    Signature,
)
from models.text import N_, pgettext

OPEN, PERSONAL, SEALED = FieldClass.OPEN, FieldClass.PERSONAL, FieldClass.SEALED
FIRST, LATER, NEVER = Asked.FIRST, Asked.LATER, Asked.NEVER
NAME, TEXT, LONG_TEXT, TEXTS = FieldType.NAME, FieldType.TEXT, FieldType.LONG_TEXT, FieldType.TEXTS
NUMBER, YES_NO, DATE, BIRTH, BED = FieldType.NUMBER, FieldType.YES_NO, FieldType.DATE, FieldType.BIRTH, FieldType.BED
COUNTRY, NATIONALITY, COUNTRIES = FieldType.COUNTRY, FieldType.NATIONALITY, FieldType.COUNTRIES
LANGUAGES = FieldType.LANGUAGES
RESIDENT, MOMENT = FieldType.RESIDENT, FieldType.MOMENT

# fmt: off
PERSON = (
    Field("family_name", N_("Family name"), NAME, PERSONAL, headings=h.FAMILY_NAME, searched=True, asked=FIRST),
    Field("given_names", N_("Given names"), NAME, PERSONAL, headings=h.GIVEN_NAMES, searched=True, asked=FIRST),
    Field("own_script", N_("Name in own script"), NAME, PERSONAL, headings=h.OWN_SCRIPT, searched=True, asked=FIRST),
    Field("aliases", N_("Other names"), TEXTS, PERSONAL, searched=True, asked=LATER),
    Field("sex", N_("Sex"), Sex, PERSONAL, headings=h.SEX, asked=FIRST),
    Field("stated_gender", N_("Gender as stated"), TEXT, PERSONAL, longest=100, in_files=None),
    Field("birth", N_("Born"), BIRTH, PERSONAL, headings=h.BIRTH, in_files="birth_date", asked=FIRST),
    Field("birth_as_written", N_("Birth date as written"), TEXT, PERSONAL, longest=100, asked=NEVER, in_files=None),
    Field("birth_country", N_("Country of birth"), COUNTRY, PERSONAL, headings=h.BIRTH_COUNTRY),
    Field("nationality", N_("Nationality"), NATIONALITY, PERSONAL, headings=h.NATIONALITY),
    Field("other_nationalities", N_("Further nationalities"), COUNTRIES, PERSONAL, asked=LATER),
    Field("languages", N_("Languages"), LANGUAGES, PERSONAL, headings=h.LANGUAGES),
    Field("needs_interpreter", N_("Interpreter"), YES_NO, PERSONAL, question=N_("Needs an interpreter")),
    Field("identity_by", N_("Who says so"), IdentityBy, PERSONAL, in_files=None),
)
"""What is known of a resident: the facts of `models.rules.residents` and the columns of `models.entities.persons`."""

LISTED = tuple(field for field in PERSON if field.disclosure is not SEALED and field.asked is not NEVER)
"""What the list of residents can show of each, and its export with it."""

NEEDS_AND_NOTES = Field("notes", N_("Needs and notes"), LONG_TEXT, SEALED)
"""What a clerk writes of a resident in free words; kept as a sealed note, since what one may not read one adds to."""

PARTNER_NUMBER = Field("partner_number", N_("Partner's number"), TEXT, OPEN, searched=True, longest=64, asked=FIRST)
"""Of a person under a programme: two partners may give the same number to two people."""

CANDIDATE_FAMILY = (
    Field("family_group", N_("Family group"), TEXT, PERSONAL, headings=h.FAMILY_GROUP, longest=64),
    Field("relation", N_("Relation"), TEXT, PERSONAL, headings=h.RELATION, longest=100),
)
CANDIDATE_DOCUMENT = (
    Field("document_kind", N_("Kind of document"), TEXT, PERSONAL, headings=h.DOCUMENT_KIND, longest=100),
    Field("document_number", N_("Number of the document"), TEXT, PERSONAL, headings=h.DOCUMENT_NUMBER, searched=True,
          longest=100),
    Field("document_expires_on", N_("Document expires"), DATE, PERSONAL, headings=h.DOCUMENT_EXPIRY,
          in_files="document_expiry"),
)
CANDIDATE_LAW = (
    Field("final_order_on", N_("Final order"), DATE, PERSONAL, headings=h.FINAL_ORDER),
    Field("criminal_history", N_("Criminal history"), Answer, PERSONAL, headings=h.CRIMINAL_HISTORY),
    Field("expulsion_ordered", N_("Expulsion ordered"), Answer, PERSONAL, headings=h.EXPULSION_ORDERED),
    Field("life_sentence", N_("Sentence for life"), Answer, PERSONAL, headings=h.LIFE_SENTENCE),
    Field("sentenced_on", N_("Sentenced on"), DATE, PERSONAL, headings=h.SENTENCED_ON),
    Field("sentence_months", N_("Sentence in months"), NUMBER, PERSONAL, headings=h.SENTENCE_MONTHS),
    Field("release_on", N_("Expected release"), DATE, PERSONAL, headings=h.RELEASE_ON),
)
CANDIDATE_FURTHER = (
    Field("destination", N_("Destination"), TEXT, PERSONAL, headings=h.DESTINATION, longest=200),
    Field("vetting", N_("Vetting"), TEXT, PERSONAL, headings=h.VETTING, longest=200),
)
CANDIDATE = (*CANDIDATE_FAMILY, *CANDIDATE_DOCUMENT, *CANDIDATE_LAW, *CANDIDATE_FURTHER)
"""What a proposed list says of somebody beside the person."""
REMARKS = (
    Field("needs", N_("Needs"), LONG_TEXT, SEALED, headings=h.NEEDS),
    Field("remarks", N_("Remarks"), LONG_TEXT, SEALED, headings=h.REMARKS),
)
"""What stands in files in free words. It is kept sealed, beside all that no field of Konak is."""

DOCUMENT = (
    Field("kind", N_("Document"), DocumentKind, PERSONAL),
    Field("number", N_("Number"), TEXT, PERSONAL, searched=True, longest=100),
    Field("country", N_("Issued by"), COUNTRY, PERSONAL),
    Field("issued_on", N_("Issued on"), DATE, PERSONAL),
    Field("expires_on", N_("Valid until"), DATE, PERSONAL),
    Field("note", N_("Note"), LONG_TEXT, SEALED, asked=LATER),
)

STAY = (
    Field("arrived_on", pgettext("date", "Arrived"), DATE, OPEN),
    Field("departed_on", pgettext("date", "Departed"), DATE, OPEN),
    Field("departure_kind", N_("Left by"), DepartureKind, OPEN),
    Field("destination", N_("Destination"), Destination, PERSONAL),
    Field("destination_country", N_("Country"), COUNTRY, PERSONAL),
    Field("destination_place", N_("Place"), TEXT, PERSONAL, longest=200),
    Field("cured_note", N_("How it was put in order"), LONG_TEXT, SEALED),
)

FIELDS_OF: Mapping[str, tuple[Field, ...]] = MappingProxyType({
    "residents": (*PERSON, Field("relation", N_("In the family"), TEXT, PERSONAL, longest=100)),
    "partner_numbers": (Field("number", N_("Number with the partner"), TEXT, OPEN, searched=True, longest=64),),
    "documents": DOCUMENT,
    "stays": STAY,
    "stay_limits": (
        Field("limit_on", N_("Last day"), DATE, OPEN),
        Field("basis", N_("On the ground of"), LimitBasis, PERSONAL),
        Field("valid_from", N_("Holds from"), DATE, PERSONAL),
        Field("reason", N_("Reason"), LONG_TEXT, PERSONAL),
        Field("decided_by", N_("Decided by"), TEXT, PERSONAL, longest=200),
        Field("authority", N_("Authority"), TEXT, PERSONAL, longest=200),
    ),
    "reviews": (
        Field("due_on", N_("Due on"), DATE, PERSONAL),
        Field("held_on", N_("Held on"), DATE, PERSONAL),
        Field("outcome", N_("Outcome"), LONG_TEXT, PERSONAL),
        Field("held_by", N_("Held by"), TEXT, PERSONAL, longest=200),
    ),
    "absences": (
        Field("kind", N_("Reason"), AbsenceKind, PERSONAL),
        Field("place", N_("Place"), TEXT, PERSONAL, longest=200),
        Field("from_on", N_("Left on"), DATE, PERSONAL),
        Field("due_back_on", N_("Due back"), DATE, PERSONAL),
        Field("until_on", N_("Back on"), DATE, PERSONAL),
        Field("escort", N_("Escort"), TEXT, PERSONAL, longest=200),
        Field("note", N_("Note"), LONG_TEXT, SEALED),
    ),
    "planned_leaves": (
        Field("kind", N_("Reason"), AbsenceKind, PERSONAL),
        Field("reason", N_("Why"), LONG_TEXT, SEALED),
        Field("place", N_("Place"), TEXT, PERSONAL, longest=200),
        Field("escort", N_("Escort"), TEXT, PERSONAL, longest=200),
        Field("from_on", N_("From"), DATE, PERSONAL),
        Field("due_back_on", N_("Due back"), DATE, PERSONAL),
        Field("called_off", N_("Called off"), LONG_TEXT, SEALED),
    ),
    "placements": (
        Field("bed_id", N_("Bed"), BED, PERSONAL),
        Field("from_on", N_("From"), DATE, PERSONAL),
        Field("until_on", N_("Until"), DATE, PERSONAL),
    ),
    "plans": (
        Field("kind", N_("Departure"), DepartureKind, PERSONAL),
        Field("destination", N_("Destination"), Destination, PERSONAL),
        Field("destination_country", N_("Country"), COUNTRY, PERSONAL),
        Field("destination_place", N_("Place"), TEXT, PERSONAL, longest=200),
        Field("planned_on", N_("Planned for"), DATE, PERSONAL),
        Field("note", N_("Note"), LONG_TEXT, SEALED),
    ),
    "checks": (  # what a check found is sealed, so it is not told (rules.md, Disclosure)
        Field("kind", N_("Check"), CheckKind, PERSONAL),
        Field("held_on", pgettext("check", "Held on"), DATE, PERSONAL),
        Field("withdrawn_on", N_("Withdrawn on"), DATE, PERSONAL),
    ),
    "separations": (
        Field("grounds", N_("Why"), LONG_TEXT, PERSONAL, required=True),
        Field("ordered_by", N_("Who decided"), TEXT, PERSONAL, longest=200, required=True),
        Field("began", N_("From"), MOMENT, PERSONAL, required=True),
        Field("ended", N_("To"), MOMENT, PERSONAL),
    ),
    "health_visits": (
        Field("seen", N_("Seen"), MOMENT, PERSONAL, required=True),
        Field("seen_by", N_("Seen by"), TEXT, PERSONAL, longest=200, required=True),
    ),
    "needs": (
        Field("kind", N_("What is needed"), NeedKind, PERSONAL, required=True),
        Field("other_id", N_("From whom"), RESIDENT, PERSONAL),
        Field("detail", N_("In detail"), TEXT, PERSONAL),
    ),
    "legal_grounds": (
        Field("ground", N_("Legal ground"), TEXT, PERSONAL, required=True),
        Field("authority", N_("Authority that decided"), TEXT, PERSONAL, longest=200, required=True),
        Field("number", N_("Number of the decision"), TEXT, PERSONAL, longest=100),
        Field("decided_on", N_("Decided on"), DATE, PERSONAL),
        Field("served_on", N_("Served on"), DATE, PERSONAL),
        Field("taken", N_("Taken in charge"), MOMENT, PERSONAL),
        Field("taken_at_place", N_("Taken in charge at"), TEXT, PERSONAL, longest=200),
        Field("brought_by", N_("Brought by"), TEXT, PERSONAL, longest=200),
    ),
    "injury_reports": (
        Field("looked_on", N_("Looked at on"), DATE, PERSONAL, required=True),
        Field("looked_by", N_("Looked at by"), TEXT, PERSONAL, longest=200, required=True),
        Field("found", N_("What was seen and said"), LONG_TEXT, SEALED, required=True),
    ),
    "property_items": (
        Field("kind", pgettext("thing", "Kind"), PropertyKind, PERSONAL, required=True),
        Field("what", N_("What it is"), TEXT, PERSONAL, longest=200, required=True),
        Field("amount", N_("Amount"), NUMBER, PERSONAL),
        Field("currency", N_("Currency"), TEXT, PERSONAL, longest=3),
        Field("outcome", N_("What became of it"), PropertyOutcome, PERSONAL, required=True),
        Field("why", N_("Why refused or destroyed"), TEXT, PERSONAL),
        Field("seal", N_("Number of the seal"), TEXT, PERSONAL, longest=50),
        Field("place", N_("Kept at"), TEXT, PERSONAL, longest=200),
    ),
    "property_receipts": (
        Field("signed_on", N_("Signed on"), DATE, PERSONAL, required=True),
        Field("signature", N_("The person"), Signature, PERSONAL, required=True),
        Field("why", N_("Why not signed"), TEXT, PERSONAL),
        Field("staff", N_("For the house signed"), TEXT, PERSONAL, longest=200, required=True),
    ),
    "property_returns": (
        Field("item_id", N_("What it is"), FieldType.ENTRY, PERSONAL, required=True, asked=NEVER),
        Field("returned_on", N_("Returned on"), DATE, PERSONAL, required=True),
        Field("amount", N_("Amount, where not all"), NUMBER, PERSONAL),
        Field("to_whom", N_("Returned to"), TEXT, PERSONAL, longest=200, required=True),
        Field("signature", N_("The person"), Signature, PERSONAL, required=True),
        Field("staff", N_("For the house signed"), TEXT, PERSONAL, longest=200, required=True),
        Field("note", N_("What was not returned, and why"), TEXT, PERSONAL),
    ),
    "contacts": (
        Field("kind", pgettext("contact", "Who it is"), ContactKind, PERSONAL, required=True),
        Field("name", pgettext("contact", "Name"), TEXT, PERSONAL, longest=200, required=True),
        Field("relation", N_("Relation"), TEXT, PERSONAL, longest=100),
        Field("age", N_("Age, of a child"), TEXT, PERSONAL, longest=50),
        Field("whereabouts", N_("Where they are"), TEXT, PERSONAL, longest=200),
        Field("cared_for_by", N_("Who looks after them"), TEXT, PERSONAL, longest=200),
        Field("reached", N_("Telephone or address"), TEXT, PERSONAL),
        Field("in_emergency", N_("In an emergency"), YES_NO, PERSONAL, question=N_("To be told in an emergency")),
    ),
    "notices": (
        Field("party", N_("Who was asked about"), Party, PERSONAL, required=True),
        Field("wanted", N_("To be told"), YES_NO, PERSONAL, question=N_("The person wants them to be told")),
        Field("asked_on", N_("Asked on"), DATE, PERSONAL, required=True),
        Field("told", N_("Told"), MOMENT, PERSONAL),
        Field("told_by", N_("Told by"), TEXT, PERSONAL, longest=200),
        Field("note", N_("Remark"), TEXT, PERSONAL),
    ),
    "rights_talks": (
        Field("explained", N_("Explained"), MOMENT, PERSONAL, required=True),
        Field("languages", N_("In which language"), LANGUAGES, PERSONAL, required=True),
        Field("in_writing", N_("In writing"), YES_NO, PERSONAL, question=N_("Given in writing too")),
        Field("explained_by", N_("Explained by"), TEXT, PERSONAL, longest=200, required=True),
        Field("interpreter", N_("Interpreter"), TEXT, PERSONAL, longest=200),
        Field("signature", N_("The person"), Signature, PERSONAL, required=True),
        Field("why", N_("Why not signed"), TEXT, PERSONAL),
    ),
    "health_checks": (
        Field("step", N_("First health check"), HealthStep, PERSONAL, required=True),
        Field("done", pgettext("health", "When"), MOMENT, PERSONAL, required=True),
        Field("by_whom", pgettext("health", "By whom"), TEXT, PERSONAL, longest=200, required=True),
        Field("found", N_("What was found"), LONG_TEXT, SEALED),
    ),
    "language_skills": (
        Field("languages", pgettext("field", "Language"), LANGUAGES, PERSONAL, required=True),
        Field("level", N_("How well"), LanguageLevel, PERSONAL, required=True),
        Field("reads", N_("Reads it"), YES_NO, PERSONAL),
        Field("interpreter", N_("Interpreter"), YES_NO, PERSONAL, question=N_("Needs an interpreter")),
    ),
    "room_decisions": (
        Field("decided_on", N_("Decided on"), DATE, PERSONAL, required=True),
        Field("decided_by", N_("Decided by"), TEXT, PERSONAL, longest=200, required=True),
        Field("reasons", N_("Why this room"), TEXT, PERSONAL, required=True),
    ),
    "child_records": (
        Field("age_by", N_("How the age is known"), AgeBasis, PERSONAL, required=True),
        Field("guardian_id", N_("Parent or guardian here"), RESIDENT, PERSONAL),
        Field("appointed", N_("Guardian who was appointed"), TEXT, PERSONAL, longest=200),
        Field("decided_on", N_("Best interests decided on"), DATE, PERSONAL),
        Field("decided_by", N_("Best interests decided by"), TEXT, PERSONAL, longest=200),
        Field("decision", N_("What is in the child’s best interests"), TEXT, PERSONAL),
    ),
    "waivers": (
        Field("step", N_("What is not asked"), ArrivalStep, PERSONAL, required=True),
        Field("why", N_("Reason"), TEXT, PERSONAL, required=True),
    ),
    "incidents": (
        Field("kind", N_("Kind"), IncidentKind, PERSONAL, required=True),
        Field("happened", N_("When it happened"), MOMENT, PERSONAL, required=True),
        Field("place", N_("Where it happened"), TEXT, PERSONAL, longest=200),
        Field("what", N_("What happened"), LONG_TEXT, SEALED, required=True),
        Field("by_whom", pgettext("health", "By whom"), TEXT, PERSONAL, longest=200),
        Field("means", N_("With what"), TEXT, PERSONAL, longest=200),
        Field("why", N_("Why"), LONG_TEXT, SEALED),
        Field("told_whom", N_("Reported to"), TEXT, PERSONAL, longest=200),
        Field("told", N_("Reported on"), MOMENT, PERSONAL),
    ),
    "self_harms": (
        Field("happened", pgettext("health", "When"), MOMENT, PERSONAL, required=True),
        Field("found", N_("What happened"), LONG_TEXT, SEALED, required=True),
        Field("told_whom", N_("Reported to"), TEXT, PERSONAL, longest=200),
        Field("told", N_("Reported on"), MOMENT, PERSONAL),
    ),
    "complaints": (
        Field("received_on", N_("Received on"), DATE, PERSONAL, required=True),
        Field("said", N_("What the complaint is"), LONG_TEXT, SEALED, required=True),
        Field("answer_by", N_("Answer owed by"), DATE, PERSONAL),
        Field("answered_on", N_("Answered on"), DATE, PERSONAL),
        Field("answer", N_("The answer"), LONG_TEXT, SEALED),
    ),
    "candidate_answers": (
        Field("answer", pgettext("field", "Answer"), Answer, PERSONAL),
        Field("note", N_("Note"), LONG_TEXT, SEALED),
    ),
    "candidate_decisions": (
        Field("outcome", N_("Decision"), CandidateState, PERSONAL),
        Field("reason", N_("Reason"), LONG_TEXT, PERSONAL),
        Field("decided_by", N_("Decided by"), TEXT, PERSONAL, longest=200),
    ),
})
"""What the history tells of the rows of each table, by the name of the table."""
