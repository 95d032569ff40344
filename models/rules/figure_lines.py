"""The figures of a month line by line, as a file holds them, and what differs between two revisions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal

from models.rules.claim_lines import label
from models.rules.figures import ADDRESSED, Claim, ClaimLine, LengthFigures, Listed, MonthFigures
from models.rules.lengths import band_labels
from models.rules.reissuing import LISTED_AHEAD
from models.rules.report_sections import DECLARED, chosen
from models.rules.small_counts import ShownMonth, ShownPlaces, shown_month
from models.rules.tallies import LINES, line_label
from models.rules.vocabulary import CountingRule, DepartureKind, Destination, ReportSection, Sex
from models.rules.wording import FIGURES, word
from models.text import Message, Translator, Value

_APART = {"places", "length_present", "length_departed", "claim", "roll_by_night", "listed"}

Line = tuple[str, str, Value]
"""The name of the field of `MonthFigures`, of what, and the value."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line that differs between two revisions of a month.

    Attributes:
        figure: The name of the field of `MonthFigures`.
        of: Of what, in the reader's language; empty where the figure is one number.
        before: The value before, as the reader's language writes it; empty where there was none.
        after: The value now.
    """

    figure: str
    of: str
    before: str
    after: str


def changes(before: MonthFigures, after: MonthFigures, tr: Translator) -> list[Change]:
    """Line by line what differs, the address last; nothing is hidden: for the house, and reports that hide nothing."""
    old, new = ({(name, of): value for name, of, value in lines(_open(each), tr)} for each in (before, after))
    paid = {_paid_for(line): line for each in (before, after) for line in each.claimed}
    found = []
    for name, of in dict.fromkeys((*new, *old)):
        if old.get((name, of)) != new.get((name, of)):
            values = [each.get((name, of)) for each in (old, new)]
            if name == "claim":
                called, currency = (label(paid[of], tr), paid[of].currency) if of in paid else (of, of)
                said = [tr.money(value, currency) if isinstance(value, Decimal) else "" for value in values]
            else:
                called, said = _called(name, of, tr), _alike(values, tr)
            found.append(Change(name, called, *said))
    found += _listed(before, after, tr)
    order = tuple(FIGURES)
    return [*sorted(found, key=lambda change: order.index(change.figure)), *_readdressed(before, after)]


def _listed(before: MonthFigures, after: MonthFigures, tr: Translator) -> Iterator[Change]:
    """The lines of lists that differ, each by the number of whom it is about."""
    sides: list[dict[tuple[str, str], list[str]]] = []
    for figures in (before, after):
        told: dict[tuple[str, str], list[str]] = {}
        for each in figures.listed:
            if each.section not in LISTED_AHEAD:
                told.setdefault((each.section, each.number), []).append(_listed_line(each, tr))
        sides.append(told)
    old, new = sides
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            section, number = key
            what = "" if section == ReportSection.ANNEXES else f" ({tr.render(word(ReportSection(section)))})"
            yield Change("listed", f"{number}{what}", *("; ".join(each.get(key, ())) for each in (old, new)))


def _listed_line(line: Listed, tr: Translator) -> str:
    """What a list tells of somebody: from when to when, and in the annex what of it counts."""
    days = " – ".join(tr.date(day) if day else "…" for day in line.days)
    return f"{days}: {tr.number(line.count)}" if line.section == ReportSection.ANNEXES else days


def _readdressed(before: MonthFigures, after: MonthFigures) -> Iterator[Change]:
    """What of the address differs, each in one line."""
    for name in ADDRESSED:
        said = [", ".join(str(getattr(each.heading, name)).splitlines()) for each in (before, after)]
        if said[0] != said[1]:
            yield Change(name, "", *said)


def _open(figures: MonthFigures) -> ShownMonth:
    """The figures with nothing hidden."""
    return shown_month(replace(figures, heading=replace(figures.heading, small_count=0)))


def _alike(values: Sequence[Value], tr: Translator) -> list[str]:
    """What stands beside each other, with all decimals that one of them has."""
    digits = max((_decimals(value) for value in values if isinstance(value, Decimal)), default=0)
    said = [tr.number(value, digits) if isinstance(value, Decimal) else tr.value(value) for value in values]
    are_numbers = [isinstance(value, int | Decimal) for value in values]
    return [text.replace("-", "−") if is_one else text for text, is_one in zip(said, are_numbers, strict=True)]


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def _called(name: str, of: str, tr: Translator) -> str:
    """What a line is of, in words."""
    if name.endswith(("_by_nationality", "_by_country")) and len(of) == len("AF"):
        return tr.country(of)
    if name == "roll_by_night":
        return tr.date(date.fromisoformat(of))
    if name.endswith("_by_sex") and of in tuple(Sex):
        return tr.render(word(Sex(of)))
    if name == "departures_by":
        kind, _, to = of.partition(" / ")
        parts = [word(DepartureKind(kind))] if kind in tuple(DepartureKind) else []
        parts += [word(Destination(to))] if to in tuple(Destination) else []
        return ", ".join(map(tr.render, parts))
    if name in LINES or name in ("children", "needs"):
        return tr.render(line_label(name, of)) if of else ""
    return tr("Not known") if of == "unknown" else of


def lines(shown: ShownMonth, tr: Translator) -> list[Line]:
    """All lines, in the order of the report."""
    rows: list[Line] = []
    for field in fields(shown):
        if field.name not in FIGURES or field.name in _APART:
            continue
        name, value = field.name, getattr(shown, field.name)
        if isinstance(value, tuple):
            rows += [(name, *_keyed(entry)) for entry in value]
        else:
            rows.append((name, "", "" if value is None else value))
    if isinstance(shown.departures_by, Message) and not isinstance(shown.departures_by_kind, Message):
        name = "departures_by"
        rows += [(name, *_keyed(entry)) for entry in shown.departures_by_kind]
    rows += _places(shown.places, tr)
    rows += _lengths("length_present", shown.length_present, tr)
    rows += _lengths("length_departed", shown.length_departed, tr)
    rows += _tallies(shown)
    rows += _claim(shown.claim, shown.heading.counting_rule)
    rows += _roll(shown)
    return rows


def _keyed(entry: Value | tuple[Value, ...]) -> tuple[str, Value]:
    """The key and the value of one entry of a list of figures."""
    if isinstance(entry, tuple):
        return " / ".join(str(part) for part in entry[:-1]), entry[-1]
    return "", entry


def _places(places: ShownPlaces, tr: Translator) -> list[Line]:
    name = "places"
    pairs = (
        (tr("limit"), places.limit),
        (tr("used"), places.used),
        (tr("held"), places.held),
        (tr("left"), places.left),
    )
    return [(name, label, value) for label, value in pairs if value is not None]


def _lengths(field: str, lengths: LengthFigures | Message, tr: Translator) -> list[Line]:
    name = field
    if isinstance(lengths, Message):
        return [(name, "", lengths)]
    bands = [tr.render(label) for label in band_labels(lengths.bounds)]
    rows: list[Line] = [(name, band, n) for band, n in zip(bands, lengths.counts, strict=True)]
    pairs = ((tr("median"), lengths.median), (tr("mean"), lengths.mean), (tr("longest"), lengths.longest))
    return rows + [(name, label, value) for label, value in pairs if value is not None]


def _claim(claim: Claim | Message | None, counting: CountingRule) -> list[Line]:
    name = "claim"
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


def _tallies(shown: ShownMonth) -> list[Line]:
    """The further sections, each count by its key; what is not given is said once for each of them."""
    if isinstance(shown.tallies, Message):
        chosen_ones = (DECLARED[each.section].tally for each in chosen(shown.heading.sections))
        return [(name, "", shown.tallies) for name in chosen_ones if name]
    return [(tally.name, key, n) for tally in shown.tallies for key, n in tally.counts]


def _roll(shown: ShownMonth) -> list[Line]:
    name, roll = "roll_by_night", shown.roll_by_night
    if isinstance(roll, Message):
        return [(name, "", roll)]
    return [(name, str(shown.month.first + timedelta(days=place)), number) for place, number in enumerate(roll)]
