"""Stays, absences and rates as hypothesis makes them up: around a few months of 2028, a leap year."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from models.rules.figures import Heading
from models.rules.money import Payment
from models.rules.months import AbsenceRow, ReviewRow, StayRow
from models.rules.time import Month
from models.rules.vocabulary import AbsencesRule, CountingRule, DepartureKind, Destination, PaymentKind, Sex

MONTH = Month(2028, 2)
_DAYS = st.dates(date(2027, 12, 20), date(2028, 4, 5))


@st.composite
def stay_lists(draw: st.DrawFn, most: int = 12) -> list[StayRow]:
    """Stays that may be in one register: of one person they touch at most, and only the last is open."""
    rows: list[StayRow] = []
    for resident in range(draw(st.integers(0, 5))):
        bounds = sorted(draw(st.lists(_DAYS, min_size=1, max_size=most)))
        pairs = [(bounds[n], bounds[n + 1] if n + 1 < len(bounds) else None) for n in range(0, len(bounds), 2)]
        nationality = draw(st.sampled_from(["AF", "CU", "XXA", None]))
        for arrived_on, departed_on in pairs:
            gone = departed_on is not None
            rows.append(
                StayRow(
                    len(rows),
                    resident,
                    arrived_on,
                    departed_on,
                    draw(st.sampled_from(DepartureKind)) if gone else None,
                    draw(st.sampled_from([*Destination, None])) if gone else None,
                    draw(st.sampled_from(["AF", "IT", None])) if gone else None,
                    nationality,
                    draw(st.sampled_from([*Sex, None])),
                    draw(st.sampled_from(["1991-07-02", "2014-09", "1968", "~2010", None])),
                    draw(st.sampled_from([arrived_on + timedelta(days=20), None])),
                    draw(st.booleans()),
                )
            )
    return rows


@st.composite
def absences_of(draw: st.DrawFn, stays: list[StayRow]) -> list[AbsenceRow]:
    """Absences of some of the stays, some of them open."""
    if not stays:
        return []
    rows = []
    for stay in draw(st.lists(st.sampled_from(stays), max_size=6)):
        from_on = stay.arrived_on + timedelta(days=draw(st.integers(0, 40)))
        length = draw(st.one_of(st.none(), st.integers(0, 30)))
        rows.append(AbsenceRow(stay.stay_id, from_on, None if length is None else from_on + timedelta(days=length)))
    return rows


@st.composite
def reviews_of(draw: st.DrawFn, stays: list[StayRow]) -> list[ReviewRow]:
    """Reviews that were held for some of the stays."""
    held = draw(st.lists(st.sampled_from(stays), max_size=4)) if stays else []
    return [ReviewRow(stay.stay_id, stay.arrived_on + timedelta(days=30), draw(_DAYS)) for stay in held]


@st.composite
def rate_lists(draw: st.DrawFn, kind: PaymentKind = PaymentKind.PERSON_NIGHT) -> tuple[Payment, ...]:
    """Rates one after the other, with gaps."""
    bounds = sorted(draw(st.lists(_DAYS, max_size=6, unique=True)))
    cents = st.integers(1, 20_000).map(lambda number: Decimal(number) / 1000)
    return tuple(
        Payment(kind, draw(cents), bounds[n], bounds[n + 1] if n + 1 < len(bounds) else None)
        for n in range(0, len(bounds), 2)
    )


absence_terms = st.one_of(
    st.tuples(st.sampled_from([AbsencesRule.ALWAYS, AbsencesRule.NEVER]), st.none()),
    st.tuples(st.just(AbsencesRule.FIRST), st.integers(1, 10)),
)


def heading(
    counting_rule: CountingRule = CountingRule.NIGHTS,
    absences_rule: AbsencesRule = AbsencesRule.ALWAYS,
    absences_first: int | None = None,
) -> Heading:
    """The heading of an invented programme."""
    return Heading(
        facility="Reception Centre North",
        letterhead="Ministria e Punëve të Brendshme · Ђорђе",
        time_zone="Europe/Belgrade",
        programme="US-2025",
        title="temporary relocation",
        partner="United States of America",
        legal_basis="",
        counting_rule=counting_rule,
        absences_rule=absences_rule,
        absences_first=absences_first,
        small_count=0,
        names_ground="",
    )
