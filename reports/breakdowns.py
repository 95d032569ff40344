"""The tables of the monthly report that divide people up, drawn as they may be shown (`models.rules.small_counts`)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from models.rules.figures import AGE_BANDS, LengthFigures
from models.rules.lengths import band_labels
from models.rules.small_counts import Cell, Cells, ShownMonth
from models.rules.sorting import sort_key
from models.rules.vocabulary import DepartureKind, Destination
from models.text import Message, Translator, pgettext
from reports import charts, parts, terms
from reports.page import Strip
from reports.parts import Row


def by_nationality(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """Admitted, departed and on the roll, by the names of the countries in the order of the language."""
    columns = (shown.admissions_by_nationality, shown.departures_by_nationality, shown.present_by_nationality)
    labels = by_name(columns, lambda code: terms.nationality(tr, code), tr.language)
    return _moves(shown, tr, tr("Nationality"), labels, columns)


def by_sex(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """Admitted, departed and on the roll, by sex."""
    columns = (shown.admissions_by_sex, shown.departures_by_sex, shown.present_by_sex)
    return _moves(shown, tr, tr("Sex"), terms.sexes(tr), columns)


def instead(said: Message, tr: Translator) -> list[Strip]:
    """What stands where something is not shown."""
    return parts.figures([Row(tr.render(said), [""])])


def departures(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """Kinds against destinations; kinds alone where a count of both would be too small to be shown."""
    if not shown.departures:
        return parts.figures([Row(tr("Nobody departed."), [""])])
    total = tr.value(shown.departures)
    if isinstance(shown.departures_by, Message):
        if isinstance(shown.departures_by_kind, Message):
            return instead(shown.departures_by_kind, tr)
        by_kind = dict(shown.departures_by_kind)
        rows = [
            Row(terms.departure_kind(tr, kind), [tr.value(by_kind[kind])]) for kind in DepartureKind if kind in by_kind
        ]
        return parts.table(
            Row(tr("Kind"), [tr("Persons")]), [*rows, Row(tr(pgettext("total", "All")), [total], strong=True)]
        )
    cells = {(kind, destination): n for kind, destination, n in shown.departures_by}
    kinds = [kind for kind in DepartureKind if any(row == kind for row, _ in cells)]
    destinations = [one for one in Destination if any(column == one for _, column in cells)]
    by_destination = [sum(cells.get((kind, one), 0) for kind in kinds) for one in destinations]
    matrix = Row(tr("Kind"), [*(terms.destination(tr, one) for one in destinations), tr(pgettext("total", "All"))])
    lines = []
    for kind in kinds:
        counts = [cells.get((kind, one), 0) for one in destinations]
        said = [*(tr.number(count) if count else "" for count in counts), tr.number(sum(counts))]
        lines.append(Row(terms.departure_kind(tr, kind), said))
    last = Row(tr(pgettext("total", "All")), [*(tr.number(n) for n in by_destination), total], strong=True)
    return parts.table(matrix, [*lines, last])


def lengths(figures: LengthFigures | Message, total: Cell, tr: Translator) -> list[Strip]:
    """Stays by length band; downwards where there are too many bands for the width of the page."""
    if isinstance(figures, Message):
        return instead(figures, tr)
    labels = [tr.render(label) for label in band_labels(figures.bounds)]
    counts = [tr.number(count) for count in figures.counts]
    head = Row(tr("Nights"), [*labels, tr(pgettext("total", "All"))])
    row = Row(tr("Persons"), [*counts, tr.value(total)])
    if parts.fits(head, [row]):
        return parts.table(head, [row])
    rows = [Row(label, [count]) for label, count in zip(labels, counts, strict=True)]
    total_row = Row(tr(pgettext("total", "All")), [tr.value(total)], strong=True)
    return parts.table(Row(tr("Nights"), [tr("Persons")]), [*rows, total_row])


def drawn_lengths(figures: LengthFigures | Message, total: Cell, tr: Translator) -> list[Strip]:
    """Stays by length band, each with a bar."""
    if isinstance(figures, Message):
        return instead(figures, tr)
    if total == 0:
        return parts.figures([Row(tr("Nobody."), [""])])
    rows = [
        Row(tr.render(label), [tr.number(count)])
        for label, count in zip(band_labels(figures.bounds), figures.counts, strict=True)
    ]
    total_row = Row(tr(pgettext("total", "All")), [tr.value(total)], strong=True)
    return charts.measured(Row(tr("Nights"), [tr("Persons")]), [*rows, total_row], figures.counts)


def summary(figures: LengthFigures | Message, tr: Translator) -> str:
    """What lies in the middle and at the end of the lengths of stay."""
    if isinstance(figures, Message) or figures.median is None or figures.mean is None or figures.longest is None:
        return ""
    return tr(
        "Nights: median {median}, mean {mean}, longest {longest}.",
        median=figures.median,
        mean=tr.number(figures.mean, 1),
        longest=figures.longest,
    )


def _moves(
    shown: ShownMonth, tr: Translator, title: str, labels: Mapping[str, str], columns: Sequence[Cells | Message]
) -> list[Strip]:
    """Admitted, departed and on the roll, divided up in one way, as far as each is shown; lines of nothing left out."""
    heads = (tr("Admitted"), tr(pgettext("figure", "Departed")), tr("On the roll at the end"))
    totals = (shown.admissions, shown.departures, shown.on_roll_at_end)
    told = [
        (head, dict(cells), total)
        for head, cells, total in zip(heads, columns, totals, strict=True)
        if not isinstance(cells, Message)
    ]
    (*_, present) = columns
    if not told or isinstance(present, Message):
        return instead(present, tr) if isinstance(present, Message) else []
    keys = [key for key in labels if any(cells.get(key) for _, cells, _ in told)]
    rows = [Row(labels[key], [tr.value(cells.get(key, 0)) for _, cells, _ in told]) for key in keys]
    last = Row(tr(pgettext("total", "All")), [tr.value(total) for *_, total in told], strong=True)
    return parts.table(Row(title, [head for head, *_ in told]), [*rows, last])


def by_age(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """Admitted, departed and on the roll, by age group."""
    columns = (shown.admissions_by_age, shown.departures_by_age, shown.present_by_age)
    labels = {band: terms.age_group(tr, band) for band in AGE_BANDS}
    when = tr(
        "Age on the day of arrival, on the day of departure, and on the last day of the month; "
        "where a birth date is not known in full, the years that are certain."
    )
    return [*_moves(shown, tr, tr("Full years"), labels, columns), *parts.note(when)]


def countries(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """Those departed by the country to which they went."""
    if not shown.departures:
        return parts.figures([Row(tr("Nobody departed."), [""])])
    if isinstance(shown.departures_by_country, Message):
        return instead(shown.departures_by_country, tr)
    counts = dict(shown.departures_by_country)
    labels = by_name((shown.departures_by_country,), lambda code: terms.nationality(tr, code), tr.language)
    rows = [Row(label, [tr.value(counts[code])]) for code, label in labels.items()]
    total = Row(tr(pgettext("total", "All")), [tr.value(shown.departures)], strong=True)
    return parts.table(Row(tr("Country"), [tr("Persons")]), [*rows, total])


def departed(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """Those departed by their length of stay."""
    return [*drawn_lengths(shown.length_departed, shown.departures, tr), *_on_departed(shown, tr)]


def departed_in_a_row(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """The same as an earlier Konak has drawn it."""
    return [*lengths(shown.length_departed, shown.departures, tr), *_on_departed(shown, tr)]


def _on_departed(shown: ShownMonth, tr: Translator) -> list[Strip]:
    stays = shown.length_departed
    if isinstance(stays, Message):
        return []
    told = summary(stays, tr)
    return parts.note(" ".join((told, tr("Counted from arrival to departure.")))) if told else []


def roll(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """Every night of the month with its roll; nights that are still to come have a dash."""
    if isinstance(shown.roll_by_night, Message):
        return instead(shown.roll_by_night, tr)
    first = shown.month.first
    over = (shown.cut_off - first).days
    pairs = [
        (tr.date(first + timedelta(days=night)), tr.number(roll) if night < over else "–")
        for night, roll in enumerate(shown.roll_by_night)
    ]
    sum_of_all = tr("Sum of all nights: {n}.", n=shown.person_nights)
    return [*parts.grid(pairs, columns=4), *parts.note(sum_of_all)]


def by_name(columns: Sequence[Cells | Message], name: Callable[[str], str], language: str) -> dict[str, str]:
    """The keys of some counts with their names, in the order of the names; what is not known comes last."""
    names = {key: name(key) for column in columns if not isinstance(column, Message) for key, _ in column}
    return dict(sorted(names.items(), key=lambda item: (item[0] == "unknown", sort_key(item[1], language), item[0])))
