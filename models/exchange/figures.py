"""The figures of a month as a table for a spreadsheet: names in the reader's language, numbers plain.

They are what a partner may have beside the report: the same rule shows and hides in both.
"""

from dataclasses import fields
from datetime import timedelta

from models.exchange.table_export import as_csv
from models.rules.figures import Claim, ClaimLine, LengthFigures, MonthFigures
from models.rules.lengths import band_labels
from models.rules.small_counts import ShownMonth, ShownPlaces, shown_month
from models.rules.vocabulary import CountingRule
from models.rules.wording import FIGURES, figure
from models.text import Message, Translator

_APART = {"places", "length_present", "length_departed", "claim", "roll_by_night"}

_Line = tuple[str, str, object]


def figures_as_csv(figures: MonthFigures, tr: Translator) -> bytes:
    """The figures as CSV in UTF-8 with a mark, as spreadsheets know it: name, key, value."""
    shown = shown_month(figures)
    rows: list[_Line] = []
    for field in fields(shown):
        if field.name not in FIGURES or field.name in _APART:
            continue
        name, value = tr.render(figure(field.name)), getattr(shown, field.name)
        if isinstance(value, tuple):
            rows += [(name, *_keyed(entry)) for entry in value]
        else:
            rows.append((name, "", "" if value is None else value))
    if isinstance(shown.departures_by, Message) and not isinstance(shown.departures_by_kind, Message):
        name = tr.render(figure("departures_by"))
        rows += [(name, *_keyed(entry)) for entry in shown.departures_by_kind]
    rows += _places(shown.places, tr)
    rows += _lengths("length_present", shown.length_present, tr)
    rows += _lengths("length_departed", shown.length_departed, tr)
    rows += _claim(shown.claim, shown.heading.counting_rule, tr)
    rows += _roll(shown, tr)
    lines = [[tr.render(cell) if isinstance(cell, Message) else str(cell) for cell in row] for row in rows]
    return as_csv([tr("Figure"), tr("Of what"), tr("Value")], lines)


def _keyed(entry: object) -> tuple[str, object]:
    """The key and the value of one entry of a list of figures."""
    if isinstance(entry, tuple):
        return " / ".join(str(part) for part in entry[:-1]), entry[-1]
    return "", entry


def _places(places: ShownPlaces, tr: Translator) -> list[_Line]:
    name = tr.render(figure("places"))
    pairs = (
        (tr("limit"), places.limit),
        (tr("used"), places.used),
        (tr("held"), places.held),
        (tr("left"), places.left),
    )
    return [(name, label, value) for label, value in pairs if value is not None]


def _lengths(field: str, lengths: LengthFigures | Message, tr: Translator) -> list[_Line]:
    name = tr.render(figure(field))
    if isinstance(lengths, Message):
        return [(name, "", lengths)]
    bands = [tr.render(label) for label in band_labels(lengths.bounds)]
    rows: list[_Line] = [(name, band, n) for band, n in zip(bands, lengths.counts, strict=True)]
    pairs = ((tr("median"), lengths.median), (tr("mean"), lengths.mean), (tr("longest"), lengths.longest))
    return rows + [(name, label, value) for label, value in pairs if value is not None]


def _claim(claim: Claim | Message | None, counting: CountingRule, tr: Translator) -> list[_Line]:
    name = tr.render(figure("claim"))
    if claim is None:
        return []
    if isinstance(claim, Message):
        return [(name, "", claim)]
    lines = [(name, _paid_for(line), line.amount) for line in claim.whole_lines(counting)]
    return [*lines, *((name, total.currency, total.amount) for total in claim.totals)]


def _paid_for(line: ClaimLine) -> str:
    """What a line is paid for, in codes and figures: month that it corrects, currency, kind, how many, and the rate."""
    count = f"{line.nights}/{line.of}" if line.of else str(line.nights)
    places = "" if line.places is None else f"{line.places} × "
    said = (line.correction_of or "", line.currency, line.kind or "", line.purpose, f"{places}{count} × {line.rate:f}")
    return " ".join(part for part in said if part)


def _roll(shown: ShownMonth, tr: Translator) -> list[_Line]:
    name, roll = tr.render(figure("roll_by_night")), shown.roll_by_night
    if isinstance(roll, Message):
        return [(name, "", roll)]
    return [(name, str(shown.month.first + timedelta(days=place)), number) for place, number in enumerate(roll)]
