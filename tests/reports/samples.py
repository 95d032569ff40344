"""Figures made by hand, for papers: a full month like the drawing of the report, and months at the edges."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from models.rules.figures import (
    AGE_BANDS,
    Claim,
    ClaimLine,
    Corrected,
    Counts,
    Heading,
    LastMonth,
    LengthFigures,
    Listed,
    MonthFigures,
    PlaceFigures,
    Tally,
)
from models.rules.report_sections import chosen, resolved
from models.rules.time import Month
from models.rules.vocabulary import AbsencesRule, CountingRule, PlacesRule

BOUNDS = (7, 31, 91, 182, 365, 547, 730)
NO_LENGTHS = LengthFigures(BOUNDS, (0,) * 8, None, None, None)

HEADING = Heading(
    facility="Reception Centre North",
    letterhead="Republic of Kosovo · Ministry of Internal Affairs",
    time_zone="Europe/Belgrade",
    programme="US-2025",
    title="Temporary relocation of up to 50 persons in one year",
    partner="the Government of the United States of America",
    legal_basis="Arrangement on the temporary relocation of up to 50 persons; reports by Art. 6: numbers only",
    counting_rule=CountingRule.NIGHTS,
    absences_rule=AbsencesRule.ALWAYS,
    absences_first=None,
    small_count=0,
    names_ground="",
)


def ages(**counts: int) -> Counts:
    """Counts by age group, every group there; `from_18=2` counts in the group that begins at 18."""
    starts = {f"from_{band.split('-')[0].rstrip('+')}": band for band in AGE_BANDS}
    by_band = {starts[name]: n for name, n in counts.items()}
    return tuple((band, by_band.get(band, 0)) for band in AGE_BANDS)


def october(**changes: Any) -> MonthFigures:
    """October 2026 of the drawing: 32 on the roll, 7 come, 4 go."""
    roll = (32, 32, 33, 33, 33, 33, 34, 34, 33, 33, 33, 34, 34, 35, 35, 34, 34, 33, 33, 34, 36, 36, 35, 34, 34, 33, 33,
            33, 34, 34, 35)  # fmt: skip
    figures = MonthFigures(
        month=Month(2026, 10),
        heading=HEADING,
        cut_off=date(2026, 11, 1),
        on_roll_at_start=32,
        admissions=7,
        departures=4,
        on_roll_at_end=35,
        roll_by_night=roll,
        person_nights=sum(roll),
        person_days=1050,
        person_nights_min_one=1046,
        same_day_stays=1,
        counted=1046,
        average=Decimal("33.7419"),
        highest=36,
        highest_on=date(2026, 10, 21),
        places=PlaceFigures(PlacesRule.CUMULATIVE, 50, date(2026, 6, 11), date(2027, 6, 10), 45, 3, 2),
        admissions_by_nationality=(("AF", 4), ("VN", 2), ("NG", 1)),
        admissions_by_sex=(("M", 5), ("F", 2)),
        admissions_by_age=ages(from_18=3, from_25=4),
        present_by_nationality=(("AF", 20), ("VN", 9), ("NG", 4), ("XXA", 1), ("unknown", 1)),
        present_by_sex=(("M", 25), ("F", 10)),
        present_by_age=ages(from_0=2, from_6=3, from_18=10, from_25=15, from_40=4, from_unknown=1),
        departures_by=(
            ("voluntary_return", "country_of_origin", 2),
            ("onward_resettlement", "third_country", 1),
            ("back_to_partner", "partner", 1),
        ),
        departures_by_country=(("AF", 2), ("CA", 1), ("US", 1)),
        departures_by_nationality=(("AF", 3), ("VN", 1)),
        departures_by_sex=(("M", 4),),
        departures_by_age=ages(from_25=3, from_40=1),
        length_present=LengthFigures(BOUNDS, (2, 6, 12, 13, 2, 0, 0, 0), Decimal(84), Decimal("80.4571"), 201),
        length_departed=LengthFigures(BOUNDS, (1, 0, 2, 1, 0, 0, 0, 0), Decimal("60.5"), Decimal("70.2500"), 130),
        past_limit=(2,),
        reviews_held=11,
        reviews_late=0,
        emergencies=1,
        claim=Claim(
            "EUR",
            (
                ClaimLine(1046, Decimal("41.00"), Decimal("42886.00")),
                ClaimLine(-2, Decimal("41.00"), Decimal("-82.00"), "2026-09"),
            ),
            Decimal("42804.00"),
            0,
        ),
    )
    return replace(figures, **changes)


def whole(*, sections: tuple[str, ...] = (), **changes: Any) -> MonthFigures:
    """October with all that a report can tell: addressed, with every section and, where they are asked for, numbers."""
    heading = replace(
        HEADING,
        sections=resolved(sections),
        addressee="Department of State\nBureau of Population, Refugees and Migration",
        sender="Ministry of Internal Affairs\nLuan Haradinaj Street, Prishtina",
        agreement_reference="Arrangement of 11 June 2025",
        claim_reference="US-2025 claim",
        bank_details="Central Bank\nIBAN XK05 1212 0123 4567 8906",
    )
    moves = ("admitted", "departed", "present")
    tallies = {
        "selection": {"proposed": 12, "accepted": 5, "held": 1, "withdrawn": 0, "refused": 3,
                      "refused/Unaccompanied child": 1, "refused/": 2, "pending": 4},
        "admissions_by_kind": {"listed": 5, "emergency": 1, "other": 1, "again_here": 1},
        "children": {**{f"children/{move}": n for move, n in zip(moves, (2, 0, 5), strict=True)},
                     **{f"alone/{move}": n for move, n in zip(moves, (1, 0, 1), strict=True)}},
        "absences": {"begun": 3, "ended": 2, "nights": 9, "away": 2, "overdue": 1, "left_on_own": 0},
        "limits": {"past": 1, "soon": 2, "later": 4, "none": 3},
        "plans": {"ready": 1, "planned": 3, "blocked": 2, "none": 29, "missing/travel_document": 4,
                  "missing/consent": 1},
        "reviews": {"due": 12, "held": 11, "late": 0, "extensions": 2},
        "safeguards": {"open_checks": 14, "by_plan": 4, "health": 7, "rights": 7, "counts": 62, "escapes": 0,
                       "left_on_own": 0, "deaths": 0},
        "needs": {"need/diet": 6, "need/interpreter": 3},
        "quality": {"nationality": 1, "sex": 0, "birth": 1, "birth_in_part": 2, "birth_doubtful": 3, "no_time": 1,
                    "destination": 0, "emergencies": 1},
    }  # fmt: skip
    lists = (
        Listed("limits", "K-0007", (date(2026, 10, 29),), 2),
        Listed("limits", "K-0012", (date(2026, 11, 26),), -26),
        Listed("absences", "K-0009", (date(2026, 10, 28), date(2026, 10, 30)), 4),
        Listed("plans", "K-0003", (date(2026, 12, 5),), 1, ("voluntary_return", "planned", "travel_document")),
        Listed("annexes", "K-0003", (date(2026, 9, 1), None), 31),
        Listed("annexes", "K-0005", (date(2026, 10, 2), date(2026, 10, 9)), 7),
    )
    by_number = {each.section.value for each in chosen(sections) if not each.counts_only}
    return october(
        heading=heading,
        tallies=tuple(Tally(name, tuple(counts.items())) for name, counts in tallies.items()),
        listed=tuple(each for each in lists if each.section in by_number),
        last_month=LastMonth(admissions=9, departures=2, person_nights=980, past_limit=0),
        corrected=(Corrected("2026-09 r2", date(2026, 10, 9), ("admissions", "claim")),),
        **changes,
    )


def empty(month: Month) -> MonthFigures:
    """A month in which nobody is there, and nothing is agreed about places and money."""
    return october(
        month=month,
        cut_off=month.end,
        on_roll_at_start=0,
        admissions=0,
        departures=0,
        on_roll_at_end=0,
        roll_by_night=(0,) * month.nights,
        person_nights=0,
        person_days=0,
        person_nights_min_one=0,
        same_day_stays=0,
        counted=0,
        average=Decimal("0.0000"),
        highest=0,
        highest_on=None,
        places=PlaceFigures(None, None, None, None, 0, 0, None),
        **{
            f"{what}_by_{how}": () for what in ("admissions", "present", "departures") for how in ("nationality", "sex")
        },
        **{f"{what}_by_age": ages() for what in ("admissions", "present", "departures")},
        departures_by=(),
        departures_by_country=(),
        length_present=NO_LENGTHS,
        length_departed=NO_LENGTHS,
        past_limit=(),
        reviews_held=0,
        emergencies=0,
        claim=None,
    )


def huge(*, small_count: int = 0) -> MonthFigures:
    """A month of seven-digit numbers, every kind, every destination and sixty nationalities, with long texts."""
    people = 1_234_567
    codes = [f"{first}{second}" for first in "ABC" for second in "ADEFGLMNORSTUVZ"]
    codes += ["DE", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "ER", "ES", "ET", "FI", "FJ", "FM", "FR", "GA"]
    by_code = tuple((code, people // 60 + index) for index, code in enumerate(codes))
    kinds = ("voluntary_return", "removal", "onward_resettlement", "back_to_partner", "transfer_of_custody",
             "stay_granted", "escape", "death", "release_by_order", "not_recorded")  # fmt: skip
    places = ("country_of_origin", "third_country", "partner", "host", "not_recorded")
    matrix = tuple((kind, place, 1000 + 10 * i + j) for i, kind in enumerate(kinds) for j, place in enumerate(places))
    gone = sum(n for *_, n in matrix)
    heading = replace(
        HEADING,
        facility="Qendra e Pranimit për Persona të Zhvendosur Përkohësisht, Njësia e Veriut, Objekti Nr. 12",
        letterhead="Republika e Kosovës · Ministria e Punëve të Brendshme\nDepartamenti për Shtetësi, Azil dhe Migrim",
        title="A very long title of an agreement " * 6,
        small_count=small_count,
    )
    return october(
        heading=heading,
        on_roll_at_start=people + gone - 7,
        admissions=7,
        departures=gone,
        on_roll_at_end=people,
        roll_by_night=(people,) * 31,
        person_nights=people * 31,
        person_days=people * 31,
        counted=people * 31,
        average=Decimal(people),
        highest=people,
        places=PlaceFigures(PlacesRule.CONCURRENT, 2_000_000, None, None, people, 0, 2_000_000 - people),
        present_by_nationality=by_code,
        departures_by=matrix,
        departures_by_country=by_code,
        departures_by_nationality=by_code,
        departures_by_sex=(("F", gone - 5), ("M", 3), ("X", 1), ("unknown", 1)),
        length_present=LengthFigures(BOUNDS, (people,) * 8, Decimal("12345.5"), Decimal("12345.6789"), 98765),
        past_limit=tuple(range(400, 100, -1)),
        claim=Claim(
            "EUR",
            tuple(ClaimLine(people * n, Decimal("41.35") + n, Decimal("123456789.12") * n) for n in range(1, 5)),
            Decimal("1234567891.20"),
            12,
        ),
    )
