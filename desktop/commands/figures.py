"""`konak figures`: prints the figures of a month as JSON, for scripts and tests."""

import argparse
import json
from decimal import Decimal

from desktop.commands.opening import open_register
from models.actions import papers
from models.exchange import door
from models.exchange.door import Ready
from models.queries import months
from models.rules.figures import LengthFigures, MonthFigures
from models.rules.papers import FIGURES


def run(typed: argparse.Namespace) -> int:
    """Print the figures.

    Raises:
        Refused: There is no such programme, the month has not begun, or the register was not named.
        Unavailable: The register cannot be opened.
    """
    with open_register(typed, for_reading=True) as register:
        with register.read() as snapshot:
            figures = months.figures(snapshot, months.of_code(snapshot, typed.programme), typed.month)
        content = json.dumps(as_json(figures), indent=2).encode()
        ready = Ready(FIGURES, content, f"month:{typed.programme} {typed.month}", FIGURES.id)
        door.let_out(register, ready, entry=papers.saved, way=lambda told: print(told.decode()))
    return 0


def as_json(figures: MonthFigures) -> dict[str, object]:
    """The figures under names that scripts can rely on. Lengths are in nights; the roll has a number for each night."""
    departed = figures.length_departed
    return {
        "month": str(figures.month),
        "on_roll_at_start": figures.on_roll_at_start,
        "admissions": figures.admissions,
        "departures": figures.departures,
        "on_roll_at_end": figures.on_roll_at_end,
        "person_nights": figures.person_nights,
        "average_daily_population": _number(figures.average),
        "person_days_inclusive": figures.person_days,
        "same_day_stays": figures.same_day_stays,
        "person_nights_min_one": figures.person_nights_min_one,
        "departed_median_nights": _number(departed.median),
        "departed_mean_nights": _number(departed.mean),
        **{f"departed_{band}": count for band, count in zip(_bands(departed), departed.counts, strict=True)},
        "roll_by_night": list(figures.roll_by_night),
    }


def _bands(lengths: LengthFigures) -> list[str]:
    """The names of the bands: 0_7, 8_31, …, over_730."""
    starts = (0, *(bound + 1 for bound in lengths.bounds))
    closed = [f"{first}_{last}" for first, last in zip(starts, lengths.bounds, strict=False)]
    return [*closed, f"over_{lengths.bounds[-1]}"]


def _number(value: Decimal | None) -> int | float | None:
    """As JSON has numbers; four decimals, which a float holds exactly enough to print them again."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
