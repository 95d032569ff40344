"""Every paper once: which query gathers it, which report draws it, who may have it.

All else follows from the entry: the Papers page, `konak print`, the menu of a resident, what the door asks. No Qt here:
the command line reads it too.
"""

from typing import Any

from models.actions import people
from models.queries import (
    admission_papers,
    in_house,
    individual_file,
    monthly_reports,
    named_annex,
    newcomers,
    papers,
    periods,
    replay,
    residents,
    rooms,
    safeguards,
)
from models.queries import as_on as rolls
from models.queries import extract as stays
from models.queries import notices as of_stays
from models.queries import roll_calls as counts
from models.queries import trail as entries
from models.rules.disclosure import UNSEALED, Audience
from models.rules.fields import PERSON
from models.rules.papers import CARRY_NAMES, NAME_TO_PARTNER, Choice, Paper, Section
from models.rules.people import EVERYBODY, READS, READS_SEALED
from models.rules.vocabulary import SealedKind
from models.text import N_, REPORT_LANGUAGES
from reports import (
    admissions,
    as_on,
    blank_forms,
    cards,
    complaints,
    extract,
    first_night,
    house,
    incidents,
    monthly,
    notices,
    recovery,
    roll_calls,
    selection,
    trail,
)
from reports import individual_file as files
from reports import named_annex as annex
from reports import periods as period_report
from reports import residents as resident_papers
from reports import rooms as room_papers

REGISTER_EXTRACT = Paper(
    id="register_extract",
    title=N_("Register extract"),
    about=N_(
        "One line for each stay, with names: for the house only. Up to 5,000 lines, a table also when read aloud."
    ),
    gather=stays.rows,
    draw=extract.draw,
    takes=(Choice.PROGRAMME, Choice.FROM, Choice.UNTIL, Choice.CERTIFIED, Choice.READER),
    is_long=True,
    section=Section.REGISTERS,
    roles=CARRY_NAMES,
    fields=frozenset(
        {"number", "family_name", "given_names", "birth", "nationality", "arrived_on", "departed_on", "departure_kind"}
    ),
)

MONTHLY_REPORT = Paper(
    id="monthly_report",
    title=N_("Monthly report"),
    about=N_("The figures of a month for the partner: numbers only, no names."),
    gather=monthly_reports.paper,
    draw=monthly.paper,
    needs=(Choice.PROGRAMME, Choice.MONTH),
    takes=(Choice.DRAFT,),
    section=Section.PARTNER,
    roles=CARRY_NAMES,
    fields=frozenset({"counts"}),
    audience=Audience.PARTNER,
    languages=REPORT_LANGUAGES,
    beside=True,
)

PERIOD_REPORT = Paper(
    id="period_report",
    title=N_("Report of a period"),
    about=N_("The sum of the monthly reports of a year or a period, for the partner: numbers only."),
    gather=periods.months,
    draw=period_report.draw,
    needs=(Choice.PROGRAMME,),
    takes=(Choice.FROM, Choice.UNTIL),
    section=Section.PARTNER,
    roles=CARRY_NAMES,
    fields=frozenset({"counts"}),
    audience=Audience.PARTNER,
    languages=REPORT_LANGUAGES,
)

NAMED_ANNEX = Paper(
    id="named_annex",
    title=N_("Annex by name"),
    about=N_("Who was there in the month of an issued report, for the partner, where the agreement cites the ground."),
    gather=named_annex.of_report,
    draw=annex.draw,
    needs=(Choice.REPORT,),
    section=Section.PARTNER,
    roles=NAME_TO_PARTNER,
    fields=frozenset(
        {"number", "partner_number", "family_name", "given_names", "birth", "arrived_on", "departed_on", "counts"}
    ),
    audience=Audience.PARTNER,
    languages=REPORT_LANGUAGES,
)

TRAIL = Paper(
    id="trail",
    title=N_("Trail"),
    about=N_("Who did what, to whom and when, for an inspector."),
    gather=entries.paper,
    draw=trail.draw,
    takes=(Choice.USER, Choice.RESIDENT, Choice.FROM, Choice.UNTIL, Choice.TEXT),
    is_long=True,
    section=Section.REGISTERS,
    roles=READS["trail"],
    fields=UNSEALED,
)

RECOVERY_SHEET = Paper(
    id="recovery_sheet",
    title=N_("Recovery sheet"),
    about=N_("Twelve words that open the register when all passphrases are forgotten."),
    gather=papers.sheet,
    draw=recovery.draw,
    needs=(Choice.SHEET, Choice.WORDS),
    roles=people.make_recovery_sheet.roles,
    fields=frozenset(),
)

FIRE_LIST = Paper(
    id="fire_list",
    title=N_("Fire list"),
    about=N_("Who is in the house at this moment, room by room, and who is away: for whoever stands at the door."),
    gather=in_house.roll,
    draw=house.fire_list,
    takes=(Choice.PHOTOS,),
    roles=EVERYBODY,
    fields=frozenset({"number", "family_name", "given_names", "birth", "room", "personal_needs", "photo"}),
)

ROLL_SHEET = Paper(
    id="roll_sheet",
    title=N_("Roll-call sheet"),
    about=N_("Who is expected in which room, with boxes to tick, and a balance to be signed."),
    gather=in_house.sheet,
    draw=house.roll_sheet,
    takes=(Choice.SIZE,),
    roles=CARRY_NAMES,
    fields=frozenset({"number", "family_name", "given_names", "birth", "room"}),
)

_IN_BEDS = frozenset({"number", "family_name", "given_names", "room"})

ROOM_LIST = Paper(
    id="room_list",
    title=N_("Room list"),
    about=N_("Every bed on a line: where it is, for whom, who has it, or why nobody may."),
    gather=rooms.overview,
    draw=room_papers.room_list,
    roles=CARRY_NAMES,
    fields=_IN_BEDS,
)

BED_PLAN = Paper(
    id="bed_plan",
    title=N_("Bed plan"),
    about=N_("A drawing of each block: its rooms with their beds, and the names of those who sleep there."),
    gather=rooms.overview,
    draw=room_papers.bed_plan,
    roles=CARRY_NAMES,
    fields=_IN_BEDS,
)

_ON_CARDS = frozenset({"number", "family_name", "given_names", "own_script", "photo", "limit_on"})
_ON_NIGHT = frozenset(
    {"number", "family_name", "given_names", "birth", "arrived_on", "room", "languages", "personal_needs"}
)

CARD = Paper(
    id="card",
    title=N_("Card"),
    about=N_(
        "For a printer of cards: photo, names, number and its code. Without a choice, of all who came last night."
    ),
    gather=newcomers.cards,
    draw=cards.one_each,
    is_card=True,
    takes=(Choice.RESIDENT, Choice.TRANSPORT, Choice.FROM),
    section=Section.PEOPLE,
    roles=CARRY_NAMES,
    fields=_ON_CARDS,
)

CARDS = Paper(
    id="cards",
    title=N_("Cards, eight on a page"),
    about=N_("The same cards on A4, to be cut out. Without a choice, of all who came last night."),
    gather=newcomers.cards,
    draw=cards.eight,
    takes=(Choice.RESIDENT, Choice.TRANSPORT, Choice.FROM),
    section=Section.PEOPLE,
    roles=CARRY_NAMES,
    fields=_ON_CARDS,
)

FIRST_NIGHT = Paper(
    id="first_night",
    title=N_("First night"),
    about=N_("Who has come tonight, room by room, and what whoever is on duty is to know. Nothing of it is sealed."),
    gather=newcomers.first_night,
    draw=first_night.draw,
    takes=(Choice.TRANSPORT, Choice.FROM),
    section=Section.PEOPLE,
    roles=CARRY_NAMES,
    fields=_ON_NIGHT,
)

ROLL_AS_ON = Paper(
    id="roll_as_on",
    title=N_("The roll as on"),
    about=N_("Who was on the roll at a moment of the past, from where, how long, in which room, and the places then."),
    gather=rolls.roll,
    draw=as_on.draw,
    takes=(Choice.AT, Choice.PROGRAMME),
    section=Section.REGISTERS,
    roles=CARRY_NAMES,
    fields=frozenset({"number", "family_name", "given_names", "birth", "nationality", "arrived_on", "room"}),
)

REGISTER_OF_COUNTS = Paper(
    id="register_of_counts",
    title=N_("Register of counts"),
    about=N_("When the house was counted, by whom and with what result, and what was done about who was not found."),
    gather=counts.register,
    draw=roll_calls.draw,
    takes=(Choice.FROM, Choice.UNTIL),
    section=Section.REGISTERS,
    roles=CARRY_NAMES,
    fields=frozenset({"counts", "number", "family_name", "given_names"}),
)

REGISTER_OF_INCIDENTS = Paper(
    id="register_of_incidents",
    title=N_("Register of incidents"),
    about=N_(
        "What happened in the house and where force was used, by day and number; whom it concerns by number alone."
    ),
    gather=safeguards.register_of_incidents,
    draw=incidents.draw,
    takes=(Choice.FROM, Choice.UNTIL),
    section=Section.REGISTERS,
    roles=EVERYBODY,
    fields=frozenset({"number", "incidents"}),
)

REGISTER_OF_COMPLAINTS = Paper(
    id="register_of_complaints",
    title=N_("Register of complaints"),
    about=N_("When each complaint was received, by when an answer was owed and when it came; not what it says."),
    gather=safeguards.register_of_complaints,
    draw=complaints.draw,
    takes=(Choice.FROM, Choice.UNTIL),
    section=Section.REGISTERS,
    roles=READS_SEALED[SealedKind.COMPLAINT],
    fields=frozenset({"number", "complaint", "counts"}),
)

_OF_ARRIVAL = frozenset({field.name for field in PERSON} | {"number", "arrived_on", "arrival_record"})

ADMISSION_SHEET = Paper(
    id="admission_sheet",
    title=N_("Admission sheet"),
    about=N_("Who arrived, on what ground, and what was entered on arrival; nothing of it is sealed. To be signed."),
    gather=admission_papers.of_resident,
    draw=admissions.sheet,
    needs=(Choice.RESIDENT,),
    section=Section.PEOPLE,
    roles=CARRY_NAMES,
    fields=_OF_ARRIVAL | {"photo", "document_kind", "document_number", "document_expires_on", "room", "personal_needs"},
)

_ON_FILE = ADMISSION_SHEET.fields | {
    "photo", "departed_on", "departure_kind", "destination", "limit_on", "decisions", "absences", "departure_checks",
    "partner_number", "document_country", "document_issued_on", "property",
}  # fmt: skip

INDIVIDUAL_FILE = Paper(
    id="individual_file",
    title=N_("Individual file"),
    about=N_(
        "All that the register holds about one person, for an authority that may have it. Nothing of it is sealed."
    ),
    gather=individual_file.of_resident,
    draw=files.draw,
    needs=(Choice.RESIDENT,),
    takes=(Choice.PARTS, Choice.READER),
    section=Section.PEOPLE,
    roles=CARRY_NAMES,
    fields=_ON_FILE | {"family"},
)

OWN_COPY = Paper(
    id="own_copy",
    title=N_("Copy for the person"),
    about=N_(
        "The individual file as the person may have it: it names no other resident, and of the staff only who decided."
    ),
    gather=individual_file.own_copy,
    draw=files.draw,
    needs=(Choice.RESIDENT,),
    section=Section.PEOPLE,
    roles=CARRY_NAMES,
    fields=_ON_FILE,
)

_IN_NOTICES = frozenset({"number", "family_name", "given_names", "own_script", "birth", "nationality", "arrived_on"})

STAY_CERTIFICATE = Paper(
    id="stay_certificate",
    title=N_("Stay certificate"),
    about=N_("That somebody stays in the house, since when and until when; not why. In the person’s language as well."),
    gather=of_stays.certificate,
    draw=notices.certificate,
    needs=(Choice.RESIDENT,),
    takes=(Choice.READER,),
    section=Section.PEOPLE,
    roles=CARRY_NAMES,
    fields=_IN_NOTICES | {"photo", "limit_on", "departed_on", "languages"},
)

LIMIT_NOTICE = Paper(
    id="limit_notice",
    title=N_("Notice of the last day of the stay"),
    about=N_("Until when somebody may stay, on what ground and by whose decision, in the person’s language as well."),
    gather=of_stays.on_roll,
    draw=notices.last_day,
    needs=(Choice.RESIDENT,),
    section=Section.PEOPLE,
    roles=CARRY_NAMES,
    fields=_IN_NOTICES | {"limit_on", "decisions", "languages"},
)

REVIEW_NOTICE = Paper(
    id="review_notice",
    title=N_("Notice of a review"),
    about=N_("When a stay is looked at again, and what the person may do, in the person’s language as well."),
    gather=of_stays.on_roll,
    draw=notices.review,
    needs=(Choice.RESIDENT,),
    section=Section.PEOPLE,
    roles=CARRY_NAMES,
    fields=_IN_NOTICES | {"languages"},
)

TRANSPORT_PAPERS = Paper(
    id="transport_papers",
    title=N_("Papers of a transport"),
    about=N_("The first night, the admission sheets and the cards of all who came with a transport, in one go."),
    gather=newcomers.transport_papers,
    draw=first_night.transport_papers,
    needs=(Choice.TRANSPORT,),
    section=Section.PEOPLE,
    roles=CARRY_NAMES,
    fields=_ON_CARDS | _ON_NIGHT | ADMISSION_SHEET.fields,
)

PROPERTY_RECEIPT = Paper(
    id="property_receipt",
    title=N_("Property receipt"),
    about=N_("What the person brought, where it is kept, what was refused or given back. To be signed by both."),
    gather=admission_papers.of_resident,
    draw=admissions.receipt,
    needs=(Choice.RESIDENT,),
    section=Section.PEOPLE,
    roles=CARRY_NAMES,
    fields=frozenset({"number", "family_name", "given_names", "own_script", "arrived_on", "property"}),
)

RIGHTS_LEAFLET = Paper(
    id="rights_leaflet",
    title=N_("Leaflet on rights"),
    about=N_("The rights in plain words, in the language of the house and the person’s, with an acknowledgement."),
    gather=admission_papers.of_resident,
    draw=admissions.rights,
    needs=(Choice.RESIDENT,),
    section=Section.PEOPLE,
    roles=CARRY_NAMES,
    fields=frozenset({"number", "family_name", "given_names", "own_script", "arrived_on", "languages"}),
)

SELECTION_LIST = Paper(
    id="selection_list",
    title=N_("Selection list with reasons"),
    about=N_("Who was proposed on a list, what was decided by whom and when, and why: for the house and an inspector."),
    gather=replay.of_list,
    draw=selection.draw,
    needs=(Choice.LIST,),
    section=Section.REGISTERS,
    roles=CARRY_NAMES,
    fields=frozenset({"number", "family_name", "given_names", "birth", "partner_number"}),
)

RESIDENT_LIST = Paper(
    id="resident_list",
    title=N_("List of residents"),
    about=N_("Who is on the roll, away, past the limit or departed; the page Residents prints its own columns."),
    gather=residents.listed,
    draw=resident_papers.draw,
    takes=(Choice.SHOWN, Choice.PROGRAMME, Choice.TEXT, Choice.SORT),
    roles=CARRY_NAMES,
    fields=frozenset(
        {
            "number",
            "family_name",
            "given_names",
            "nationality",
            "arrived_on",
            "departed_on",
            "departure_kind",
            "limit_on",
            "room",
        }
    ),
)
SORTED = {
    "name": N_("Name"),
    "number": N_("Number"),
    "nationality": N_("Nationality"),
    "programme": N_("Programme"),
    "arrived": N_("Arrival"),
    "limit": N_("Last day"),
    "departed": N_("Departure"),
    "room": N_("Room"),
}
"""By what that list can be sorted, and what it is called."""

BLANK_FORMS = Paper(
    id="blank_forms",
    title=N_("Blank forms"),
    about=N_(
        "For the day on which the computer is off: to be written on by hand, and entered later in the same order."
    ),
    gather=papers.blank_forms,
    draw=blank_forms.draw,
    takes=(Choice.FORM,),
    roles=EVERYBODY,
    fields=frozenset(),
)

PAPERS: tuple[Paper[Any], ...] = (
    REGISTER_EXTRACT,
    MONTHLY_REPORT,
    PERIOD_REPORT,
    NAMED_ANNEX,
    TRAIL,
    FIRE_LIST,
    ROLL_SHEET,
    INDIVIDUAL_FILE,
    OWN_COPY,
    STAY_CERTIFICATE,
    LIMIT_NOTICE,
    REVIEW_NOTICE,
    ADMISSION_SHEET,
    PROPERTY_RECEIPT,
    RIGHTS_LEAFLET,
    ROOM_LIST,
    BED_PLAN,
    FIRST_NIGHT,
    CARDS,
    CARD,
    TRANSPORT_PAPERS,
    ROLL_AS_ON,
    REGISTER_OF_COUNTS,
    REGISTER_OF_INCIDENTS,
    REGISTER_OF_COMPLAINTS,
    SELECTION_LIST,
    RESIDENT_LIST,
    BLANK_FORMS,
    RECOVERY_SHEET,
)
