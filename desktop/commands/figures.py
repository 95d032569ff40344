"""`konak figures`: prints the figures of a month as JSON, for scripts and tests."""

import argparse
import json
import sys
from decimal import Decimal

from desktop.commands.opening import open_register
from desktop.commands.report import differences_said
from models.actions import papers
from models.exchange import door
from models.exchange.door import Ready
from models.queries import issued_months, months, programmes
from models.rules.figures import Claim, LengthFigures, MonthFigures
from models.rules.papers import FIGURES
from models.rules.small_counts import shown_month
from models.rules.vocabulary import CountingRule
from models.text import Message, translator


def run(typed: argparse.Namespace) -> int:
    """Print the figures.

    Raises:
        Refused: There is no such programme, the month has not begun, or the register was not named.
        Unavailable: The register cannot be opened.
    """
    with open_register(typed, for_reading=True) as register:
        with register.read() as snapshot:
            programme_id = programmes.of_code(snapshot, typed.programme)
            figures = months.figures(snapshot, programme_id, typed.month)
            issued = issued_months.issued(snapshot, programme_id, typed.month)
            said = differences_said(snapshot, issued[-1]) if issued else ""
        if said:
            print(f"konak: {said}", file=sys.stderr)
        content = json.dumps(as_json(figures), indent=2).encode()
        ready = Ready(FIGURES, content, f"month:{typed.programme} {typed.month}", FIGURES.id)
        door.let_out(register, ready, entry=papers.saved, way=lambda told: print(told.decode()))
    return 0


def as_json(figures: MonthFigures) -> dict[str, object]:
    """The figures under names that scripts can rely on, as the report shows them: what is hidden is a text in English.

    Lengths are in nights; the roll has a number for each night. What is left out as a whole is one text under its name.
    A claim is there where the agreement names a payment.
    """
    shown = shown_month(figures)
    told: dict[str, object] = {
        "month": str(shown.month),
        "on_roll_at_start": shown.on_roll_at_start,
        "admissions": shown.admissions,
        "departures": shown.departures,
        "on_roll_at_end": shown.on_roll_at_end,
        "person_nights": shown.person_nights,
        "average_daily_population": _number(shown.average),
        "person_days_inclusive": shown.person_days,
        "same_day_stays": shown.same_day_stays,
        "person_nights_min_one": shown.person_nights_min_one,
        **_departed(shown.length_departed),
        "roll_by_night": shown.roll_by_night,
    }
    if shown.claim is not None:
        told["claim"] = _claimed(shown.claim, shown.heading.counting_rule)
    english = translator("en")
    if isinstance(shown.tallies, Message):
        told["sections"] = shown.tallies
    elif shown.tallies:
        told["sections"] = {tally.name: dict(tally.counts) for tally in shown.tallies}
    return {name: english.render(value) if isinstance(value, Message) else value for name, value in told.items()}


def _claimed(claim: Claim | Message, counting: CountingRule) -> object:
    """The claim; amounts and rates are texts, since a float would round them."""
    if isinstance(claim, Message):
        return claim
    return {
        "lines": [
            {
                "paid_for": line.kind,
                "count": line.nights,
                "of_days": line.of or None,
                "places": line.places,
                "rate": f"{line.rate:f}",
                "amount": f"{line.amount:f}",
                "currency": line.currency,
                "purpose": line.purpose,
                "correction_of": line.correction_of,
            }
            for line in claim.whole_lines(counting)
        ],
        "totals": {total.currency: f"{total.amount:f}" for total in claim.totals},
        "unrated": claim.unrated_nights,
    }


def _departed(lengths: LengthFigures | Message) -> dict[str, object]:
    if isinstance(lengths, Message):
        return {"departed": lengths}
    return {
        "departed_median_nights": _number(lengths.median),
        "departed_mean_nights": _number(lengths.mean),
        **{f"departed_{band}": count for band, count in zip(_bands(lengths), lengths.counts, strict=True)},
    }


def _bands(lengths: LengthFigures) -> list[str]:
    """The names of the bands: 0_7, 8_31, …, over_730."""
    starts = (0, *(bound + 1 for bound in lengths.bounds))
    closed = [f"{first}_{last}" for first, last in zip(starts, lengths.bounds, strict=False)]
    return [*closed, f"over_{lengths.bounds[-1]}"]


def _number(value: Decimal | Message | None) -> int | float | Message | None:
    """As JSON has numbers; four decimals, which a float holds exactly enough to print them again."""
    if value is None or isinstance(value, Message):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
