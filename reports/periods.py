"""The report of a year or any period of whole months, from the same figures as the reports of its months."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from models.rules.disclosure import hidden_counts
from models.rules.figures import AGE_BANDS
from models.rules.papers import Imprint
from models.rules.periods import Sums, sums
from models.rules.small_counts import Cell, Cells, ShownMonth, shown_month
from models.rules.vocabulary import DepartureKind, PlacesRule
from models.rules.wording import word
from models.text import Message, Translator
from reports import charts, parts, terms
from reports.breakdowns import by_name
from reports.page import BODY, GREY, SMALL, WARNING, Furniture, Strip, draw_paper, short
from reports.parts import Row

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.periods import PeriodMonth


def draw(months: "Sequence[PeriodMonth]", imprint: Imprint) -> bytes:
    """The report as a PDF; the same arguments give the same bytes."""
    tr = terms.translator_of(imprint.language)
    shown = [shown_month(each.figures) for each in months]
    found = sums(shown)
    first, last = shown[0].month, shown[-1].month
    heading = shown[-1].heading
    title = tr("Report of a period")
    which = tr("From {first} to {last}", first=tr.month(first.first), last=tr.month(last.first))
    programme = tr(
        "Programme {programme}: {title}. For {partner}.",
        programme=heading.programme,
        title=tr(heading.title).rstrip(" ."),
        partner=tr(heading.partner).rstrip(" ."),
    )
    hidden = hidden_counts(heading.small_count)
    rules = [terms.counting_rule(tr, heading), *([tr.render(hidden)] if hidden else [])]
    strips = [
        *parts.title(title),
        *parts.paragraph(which, size=BODY + 2),
        *parts.paragraph(programme),
        *parts.paragraph(" ".join(rules), size=SMALL, colour=GREY),
        *_standing(months, found, tr),
    ]
    for place, (named, body) in enumerate(_sections(months, shown, found, tr), start=1):
        strips += parts.section(named, body, place)
    is_issued = all(each.number for each in months)
    furniture = Furniture.of(
        imprint,
        tr,
        title=title,
        head_right=(title, which),
        mark="" if is_issued else tr("Draft – not every month is issued"),
        discloses=tr("No names: numbers only"),
    )
    return draw_paper(strips, furniture, tr=tr)


def _standing(months: "Sequence[PeriodMonth]", found: Sums, tr: Translator) -> list[Strip]:
    """Which months are not what they were, in words."""
    said = []
    missing = [tr.month(each.figures.month.first) for each in months if not each.number]
    if missing:
        said.append(tr("Not issued, so as the register has it now: {months}.", months=", ".join(missing)))
    revised = [tr.month(each.figures.month.first) for each in months if each.revision > 1]
    if revised:
        said.append(tr("Revised since it was issued first: {months}.", months=", ".join(revised)))
    differs = [tr.month(each.figures.month.first) for each in months if each.differs]
    if differs:
        said.append(tr("No longer as it was issued, and not revised yet: {months}.", months=", ".join(differs)))
    gaps = ", ".join(tr.month(month.first) for month in found.gaps)
    if gaps:
        said.append(tr("The roll at the start is not that at the end of the month before: {months}.", months=gaps))
    if not said:
        said.append(tr("Each month is as it was issued; the period is their sum."))
    return parts.note(" ".join(said), colour=WARNING if missing or differs or gaps else GREY)


def _sections(
    months: "Sequence[PeriodMonth]", shown: Sequence[ShownMonth], found: Sums, tr: Translator
) -> list[tuple[str, list[Strip]]]:
    kinds = {kind.value: tr.render(word(kind)) for kind in DepartureKind} | {"unknown": tr("Not known")}
    ages = {band: terms.age_group(tr, band) for band in AGE_BANDS}
    by_country = (found.departures_by_nationality, found.admissions_by_nationality)
    countries = by_name(by_country, lambda code: terms.nationality(tr, code), tr.language)
    return [
        (tr("The period"), _movement(shown, found, tr)),
        (tr("Month by month"), _months(months, shown, found, tr)),
        (tr("Departures by kind"), _divided(found.departures_by_kind, kinds, tr)),
        (tr("Departures by nationality"), _divided(found.departures_by_nationality, countries, tr)),
        (tr("Admissions by nationality"), _divided(found.admissions_by_nationality, countries, tr)),
        (tr("Admissions by sex"), _divided(found.admissions_by_sex, terms.sexes(tr), tr)),
        (tr("Admissions by age"), _divided(found.admissions_by_age, ages, tr)),
        (tr("Cost claim"), _claimed(found, tr)),
        (tr("What these figures stand on"), _grounds(months, shown, tr)),
    ]


def _movement(shown: Sequence[ShownMonth], found: Sums, tr: Translator) -> list[Strip]:
    start, end = tr.full_date(shown[0].month.first), tr.full_date(shown[-1].month.end)
    rows = [
        Row(tr("On the roll on {day}, 00:00", day=start), [tr.value(found.start)]),
        Row(tr("Admitted"), [tr.value(found.admissions)]),
        Row(tr("Departed in the period"), [tr.value(found.departures)]),
        Row(tr("On the roll on {day}, 00:00", day=end), [tr.value(found.end)], strong=True),
        Row(tr("Person-nights"), [tr.value(found.person_nights)]),
        Row(tr("Person-days"), [tr.value(found.person_days)]),
        Row(tr("Reviews held"), [tr.value(found.reviews_held)]),
    ]
    values = {"start": found.start, "admitted": found.admissions, "departed": found.departures, "end": found.end}
    said = ""
    if found.balances:
        said = tr("{start} + {admitted} − {departed} = {end}: the period balances.", **values)
    elif found.balances is False:
        said = tr("{start} + {admitted} − {departed} is not {end}: see which month was put right since.", **values)
    return [*parts.figures(rows), *parts.note(said)]


def _months(months: "Sequence[PeriodMonth]", shown: Sequence[ShownMonth], found: Sums, tr: Translator) -> list[Strip]:
    head = Row(tr("Month"), [tr("No."), tr("At the start"), tr("Admitted"), tr("Departed in the month"),
                             tr("At the end"), tr("Person-nights")])  # fmt: skip

    def line(cells: Sequence[Cell]) -> list[str]:
        return [tr.value(cell) for cell in cells]

    rows = [
        Row(
            tr.month(each.month.first),
            [
                of.number or tr("not issued"),
                *line(
                    (each.on_roll_at_start, each.admissions, each.departures, each.on_roll_at_end, each.person_nights)
                ),
            ],
        )
        for of, each in zip(months, shown, strict=True)
    ]
    drawn = _drawn_months(shown, tr)
    sums_ = ["", *line((found.start, found.admissions, found.departures, found.end, found.person_nights))]
    return [*drawn, *parts.table(head, [*rows, Row(tr("All"), sums_, strong=True)])]


def _drawn_months(shown: Sequence[ShownMonth], tr: Translator) -> list[Strip]:
    """Who came and went in each month, and who was there at its end, as bars; none where it is not all told."""
    labels = [tr.short_month(each.month.first) for each in shown]
    strips: list[Strip] = []
    moved = [(each.admissions, each.departures) for each in shown]
    told = [(came, gone) for came, gone in moved if isinstance(came, int) and isinstance(gone, int)]
    if len(told) == len(moved) > 1:
        strips += charts.pairs(told, labels, means=(tr("Admitted"), tr("Departed in the month")))
    there = [each.on_roll_at_end for each in shown]
    known = [n for n in there if isinstance(n, int)]
    if len(known) == len(there) > 1:
        places = shown[-1].places
        limit = places.limit if places.rule is PlacesRule.CONCURRENT else None
        strips += parts.chart(
            known,
            first=labels[0],
            last=labels[-1],
            caption=tr("On the roll at the end of each month"),
            limit=limit,
            limit_label="" if limit is None else tr("places {n}", n=limit),
        )
    return strips


def _divided(cells: Cells | Message, labels: Mapping[str, str], tr: Translator) -> list[Strip]:
    """Some counts in the order of their labels, as in the reports of the months."""
    if isinstance(cells, Message):
        return parts.note(tr.render(cells))
    counts = dict(cells)
    rows = [Row(label, [tr.value(counts[key])]) for key, label in labels.items() if counts.get(key)]
    return parts.figures(rows) if rows else parts.note(tr("Nobody."))


def _claimed(found: Sums, tr: Translator) -> list[Strip]:
    if isinstance(found.claimed, Message):
        return parts.note(tr.render(found.claimed))
    rows = [Row(tr("Claimed"), [tr.money(each.amount, each.currency)], strong=True) for each in found.claimed]
    return parts.figures(rows) if rows else parts.note(tr("Nothing is claimed."))


def _grounds(months: "Sequence[PeriodMonth]", shown: Sequence[ShownMonth], tr: Translator) -> list[Strip]:
    return parts.facts(
        [
            (of.number or tr.month(each.month.first), f"SHA-256 {short(each.digest)}")
            for of, each in zip(months, shown, strict=True)
        ]
    )
