"""The tables of the monthly report that divide people up: small counts are hidden so that no total gives them away."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from models.rules.disclosure import is_small, shown_count, shown_counts
from models.rules.figures import AGE_BANDS, Counts, LengthFigures, MonthFigures
from models.rules.lengths import band_labels
from models.rules.vocabulary import DepartureKind, Destination
from models.text import Translator, pgettext
from reports import parts, terms
from reports.page import Strip, gap
from reports.parts import Row

SHORT = 16
"""A section of so many strips stays on one page."""

Section = tuple[str, list[Strip]]


def shown(count: int, small_count: int, tr: Translator) -> str:
    """A count that stands alone (rules.md, Disclosure)."""
    return tr.value(shown_count(count, small_count))


def _line(counts: Sequence[int], small_count: int, tr: Translator) -> list[str]:
    """Counts whose total is shown beside them, and is not small itself."""
    return [tr.value(count) for count in shown_counts(counts, small_count)]


def _too_few(total: int, small_count: int, tr: Translator) -> list[Strip]:
    """What stands instead of a table of persons who are too few to be divided up; nothing where they are not.

    Their number stands under Movement, where the balance needs it, so a table with one line would give that line away.
    """
    if not is_small(total, small_count):
        return []
    return parts.figures([Row(tr("Fewer than {k} persons: not divided up.", k=small_count), [""])])


def sections(figures: MonthFigures, tr: Translator) -> list[Section]:
    """The sections that follow the first page, with their titles."""
    by_nationality = (
        figures.admissions_by_nationality,
        figures.departures_by_nationality,
        figures.present_by_nationality,
    )
    by_sex = (figures.admissions_by_sex, figures.departures_by_sex, figures.present_by_sex)
    nationalities = _by_name(by_nationality, lambda code: terms.nationality(tr, code))
    return [
        (tr("By nationality"), _moves(figures, tr, tr("Nationality"), nationalities, by_nationality)),
        (tr("By sex"), _moves(figures, tr, tr("Sex"), terms.sexes(tr), by_sex)),
        (tr("By age group"), _ages(figures, tr)),
        (tr("Departures by country of destination"), _countries(figures, tr)),
        (tr("Length of stay of those departed"), _departed(figures, tr)),
        (tr("Roll by night"), _roll(figures, tr)),
    ]


def departures(figures: MonthFigures, tr: Translator) -> list[Strip]:
    """Kinds against destinations; as two lists where a small count could be worked out from the rows and columns."""
    if not figures.departures:
        return parts.figures([Row(tr("Nobody departed."), [""])])
    small_count = figures.heading.small_count
    if too_few := _too_few(figures.departures, small_count, tr):
        return too_few
    cells = {(kind, destination): n for kind, destination, n in figures.departures_by}
    kinds = [kind for kind in DepartureKind if any(row == kind for row, _ in cells)]
    destinations = [one for one in Destination if any(column == one for _, column in cells)]
    by_kind = [sum(cells.get((kind, one), 0) for one in destinations) for kind in kinds]
    by_destination = [sum(cells.get((kind, one), 0) for kind in kinds) for one in destinations]
    total = tr.number(figures.departures)
    if any(is_small(n, small_count) for n in cells.values()):
        strips: list[Strip] = []
        for head, labels, counts in (
            (tr("Kind"), [terms.departure_kind(tr, kind) for kind in kinds], by_kind),
            (tr("Destination"), [terms.destination(tr, one) for one in destinations], by_destination),
        ):
            strips += [*_persons(head, labels, _line(counts, small_count, tr), total, tr), gap(8)]
        return strips[:-1]
    matrix = Row(tr("Kind"), [*(terms.destination(tr, one) for one in destinations), tr(pgettext("total", "All"))])
    lines = [
        Row(
            terms.departure_kind(tr, kind),
            [*(_cell(cells.get((kind, one), 0), tr) for one in destinations), tr.number(n)],
        )
        for kind, n in zip(kinds, by_kind, strict=True)
    ]
    return parts.table(matrix, [*lines, _all([*(tr.number(n) for n in by_destination), total], tr)])


def _persons(head: str, labels: Iterable[str], counts: Iterable[str], total: str, tr: Translator) -> list[Strip]:
    """Counts of persons below each other, and all of them."""
    rows = [Row(label, [count]) for label, count in zip(labels, counts, strict=True)]
    return parts.table(Row(head, [tr("Persons")]), [*rows, _all([total], tr)])


def _all(totals: Sequence[str], tr: Translator) -> Row:
    """The last row of a table."""
    return Row(tr(pgettext("total", "All")), totals, strong=True)


def _cell(count: int, tr: Translator) -> str:
    return tr.number(count) if count else ""


def lengths(figures: LengthFigures, total: int, small_count: int, tr: Translator) -> list[Strip]:
    """Stays by length band; downwards where there are too many bands for the width of the page."""
    if too_few := _too_few(total, small_count, tr):
        return too_few
    labels = [tr.render(label) for label in band_labels(figures.bounds)]
    counts = _line(figures.counts, small_count, tr)
    head = Row(tr("Nights"), [*labels, tr(pgettext("total", "All"))])
    row = Row(tr("Persons"), [*counts, tr.number(total)])
    if parts.fits(head, [row]):
        return parts.table(head, [row])
    return _persons(tr("Nights"), labels, counts, tr.number(total), tr)


def summary(figures: LengthFigures, total: int, small_count: int, tr: Translator) -> str:
    """What lies in the middle and at the end of the lengths of stay; nothing where the stays are too few to show."""
    if figures.median is None or figures.mean is None or figures.longest is None or is_small(total, small_count):
        return ""
    if small_count > 1:  # the longest stay is that of one person
        return tr("Median {median}, mean {mean} nights.", median=figures.median, mean=tr.number(figures.mean, 1))
    return tr(
        "Median {median}, mean {mean}, longest {longest} nights.",
        median=figures.median,
        mean=tr.number(figures.mean, 1),
        longest=figures.longest,
    )


def _moves(
    figures: MonthFigures, tr: Translator, title: str, labels: Mapping[str, str], columns: Sequence[Counts]
) -> list[Strip]:
    """Admitted, departed and on the roll, divided up in one way; a line that is nothing throughout is left out."""
    small_count = figures.heading.small_count
    totals = (figures.admissions, figures.departures, figures.on_roll_at_end)
    counts = [dict(column) for column in columns]
    shown_columns = [column for column, total in zip(counts, totals, strict=True) if not is_small(total, small_count)]
    keys = [key for key in labels if any(column.get(key) for column in shown_columns)]
    if not keys and (too_few := _too_few(max(totals), small_count, tr)):
        return too_few
    cells = [
        [tr("not shown")] * len(keys)
        if is_small(total, small_count)
        else _line([column.get(key, 0) for key in keys], small_count, tr)
        for column, total in zip(counts, totals, strict=True)
    ]
    head = Row(title, [tr("Admitted"), tr(pgettext("figure", "Departed")), tr("On the roll at the end")])
    rows = [Row(labels[key], line) for key, line in zip(keys, zip(*cells, strict=True), strict=True)]
    return parts.table(head, [*rows, _all([tr.number(n) for n in totals], tr)])


def _ages(figures: MonthFigures, tr: Translator) -> list[Strip]:
    body = _moves(
        figures,
        tr,
        tr("Full years"),
        {band: terms.age_group(tr, band) for band in AGE_BANDS},
        (figures.admissions_by_age, figures.departures_by_age, figures.present_by_age),
    )
    when = tr(
        "Age on the day of arrival, on the day of departure, and on the last day of the month; "
        "where a birth date is not known in full, the years that are certain."
    )
    return [*body, *parts.note(when)]


def _countries(figures: MonthFigures, tr: Translator) -> list[Strip]:
    if not figures.departures:
        return parts.figures([Row(tr("Nobody departed."), [""])])
    if too_few := _too_few(figures.departures, figures.heading.small_count, tr):
        return too_few
    counts = dict(figures.departures_by_country)
    labels = _by_name((figures.departures_by_country,), lambda code: terms.nationality(tr, code))
    line = _line([counts[code] for code in labels], figures.heading.small_count, tr)
    return _persons(tr("Country"), labels.values(), line, tr.number(figures.departures), tr)


def _departed(figures: MonthFigures, tr: Translator) -> list[Strip]:
    stays, total, small_count = figures.length_departed, figures.departures, figures.heading.small_count
    words_under = " ".join((summary(stays, total, small_count, tr), tr("Counted from arrival to departure."))).strip()
    return [*lengths(stays, total, small_count, tr), *parts.note(words_under)]


def _roll(figures: MonthFigures, tr: Translator) -> list[Strip]:
    """Every night of the month with its roll; nights that are still to come have a dash."""
    first = figures.month.first
    over = (figures.cut_off - first).days
    pairs = [
        (tr.date(first + timedelta(days=night)), tr.number(roll) if night < over else "–")
        for night, roll in enumerate(figures.roll_by_night)
    ]
    sum_of_all = tr("Sum of all nights: {n}.", n=figures.person_nights)
    return [*parts.grid(pairs, columns=4), *parts.note(sum_of_all)]


def _by_name(columns: Sequence[Counts], name: Callable[[str], str]) -> dict[str, str]:
    """The keys of some counts with their names, in the order of the names; what is not known comes last."""
    names = {key: name(key) for column in columns for key, _ in column}
    return dict(sorted(names.items(), key=lambda item: (item[0] == "unknown", _folded(item[1]), item[0])))


def _folded(text: str) -> str:
    """A text as it is sorted: small letters without marks."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if letter.isalnum())
