"""The figures of a month as a table for a spreadsheet: names in the reader's language, numbers plain."""

from dataclasses import fields
from datetime import timedelta

from models.exchange.table_export import as_csv
from models.rules.figures import Claim, LengthFigures, MonthFigures, PlaceFigures
from models.rules.lengths import band_labels
from models.rules.wording import FIGURES, figure
from models.text import Translator

_APART = {"places", "length_present", "length_departed", "claim", "roll_by_night"}


def figures_as_csv(figures: MonthFigures, tr: Translator) -> bytes:
    """The figures as CSV in UTF-8 with a mark, as spreadsheets know it: name, key, value."""
    rows: list[tuple[str, str, object]] = []
    for field in fields(figures):
        if field.name not in FIGURES or field.name in _APART:
            continue
        name, value = tr.render(figure(field.name)), getattr(figures, field.name)
        if isinstance(value, tuple):
            rows += [(name, *_keyed(entry)) for entry in value]
        else:
            rows.append((name, "", "" if value is None else value))
    rows += _places(figures.places, tr)
    for key in ("length_present", "length_departed"):
        rows += _lengths(tr.render(figure(key)), getattr(figures, key), tr)
    rows += _claim(figures.claim, tr)
    for place, number in enumerate(figures.roll_by_night):
        rows.append((tr.render(figure("roll_by_night")), str(figures.month.first + timedelta(days=place)), number))
    return as_csv([tr("Figure"), tr("Of what"), tr("Value")], [[str(cell) for cell in row] for row in rows])


def _keyed(entry: object) -> tuple[str, object]:
    """The key and the value of one entry of a list of figures."""
    if isinstance(entry, tuple):
        return " / ".join(str(part) for part in entry[:-1]), entry[-1]
    return "", entry


def _places(places: PlaceFigures, tr: Translator) -> list[tuple[str, str, object]]:
    name = tr.render(figure("places"))
    pairs = (
        (tr("limit"), places.limit),
        (tr("used"), places.used),
        (tr("held"), places.held),
        (tr("left"), places.left),
    )
    return [(name, label, value) for label, value in pairs if value is not None]


def _lengths(name: str, lengths: LengthFigures, tr: Translator) -> list[tuple[str, str, object]]:
    bands = [tr.render(label) for label in band_labels(lengths.bounds)]
    rows: list[tuple[str, str, object]] = [(name, band, n) for band, n in zip(bands, lengths.counts, strict=True)]
    pairs = ((tr("median"), lengths.median), (tr("mean"), lengths.mean), (tr("longest"), lengths.longest))
    return rows + [(name, label, value) for label, value in pairs if value is not None]


def _claim(claim: Claim | None, tr: Translator) -> list[tuple[str, str, object]]:
    if claim is None:
        return []
    name = tr.render(figure("claim"))
    lines = [
        (name, f"{line.correction_of or ''} {line.nights} × {line.rate}".strip(), line.amount) for line in claim.lines
    ]
    return [*lines, (name, claim.currency, claim.total)]
