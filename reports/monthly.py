"""The monthly report of a programme to its partner: figures in, PDF out; numbers only, no names."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from models.rules.disclosure import hidden_counts
from models.rules.figures import ClaimLine, Issue, MonthFigures, PlaceFigures
from models.rules.papers import Imprint
from models.rules.time import Month
from models.rules.vocabulary import CountingRule, PlacesRule
from models.rules.wording import figure
from models.text import Message, Translator, pgettext
from reports import breakdowns, parts, terms
from reports.page import BODY, GREY, SMALL, WARNING, Furniture, Strip, draw_paper, short
from reports.parts import Row

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.months import MonthPaper

_LISTED_DAYS = 12
"""So many days past the limit are listed one by one."""


def paper(month: "MonthPaper", imprint: Imprint) -> bytes:
    """The report of a month: to the byte as it was issued, from its frozen figures in another language, or a draft."""
    if month.issued is None:
        return draw(month.figures, imprint)
    if month.issued.language == imprint.language:
        return month.pdf
    return draw_issued(month.figures, imprint.language, month.issued.issue)


def draw_issued(figures: MonthFigures, language: str, issue: Issue) -> bytes:
    """The report as it is issued, or was: everything on it is frozen, so it is the same whenever it is drawn."""
    heading = figures.heading
    frozen = Imprint(
        language=language,
        facility=heading.facility,
        letterhead=heading.letterhead,
        printed_by=issue.issued_by,
        trail_head=issue.trail_head,
    )
    return draw(figures, frozen, issue)


def draw(figures: MonthFigures, imprint: Imprint, issue: Issue | None = None) -> bytes:
    """The report as a PDF; the same arguments give the same bytes.

    Args:
        figures: The figures of the month.
        imprint: What stands on every paper.
        issue: Under which number it is issued; None for a draft, which says so on every page.

    Raises:
        Refused: A text of the programme or of the letterhead has a letter that no font has.
        ValueError: The report is to be issued and does not balance, which is a bug (rules.md, The balance).
    """
    if issue is not None and not figures.balances:
        raise ValueError("figures that do not balance cannot be issued")
    tr = terms.translator_of(imprint.language)
    sections = [
        (tr("Movement"), _movement(figures, tr)),
        (tr("Presence by night"), _presence(figures, tr)),
        (tr("Places under the agreement"), _places(figures, tr)),
        (tr("Departures by kind and destination"), breakdowns.departures(figures, tr)),
        (tr("Length of stay of those present"), _stays(figures, tr)),
        (tr("Cost claim"), _claim(figures, tr)),
        *breakdowns.sections(figures, tr),
    ]
    strips = _opening(figures, issue.changed if issue else (), tr)
    for place, (title, body) in enumerate(sections, start=1):
        heading = parts.heading(title, number=place)
        strips += parts.together([*heading, *body]) if len(body) <= breakdowns.SHORT else [*heading, *body]
    strips += _grounds(figures, tr, imprint.trail_head)
    return draw_paper(strips, _furniture(figures, imprint, issue, tr), tr=tr)


def _furniture(figures: MonthFigures, imprint: Imprint, issue: Issue | None, tr: Translator) -> Furniture:
    programme, number = figures.heading.programme, str(figures.month)
    if issue is None:
        named, state = tr("Report {programme} / {number}", programme=programme, number=number), ""
    elif issue.replaces is None:
        named = tr("Report {programme} / {number}", programme=programme, number=number)
        state = tr("Issued {date}", date=issue.issued_on)
    else:
        named = tr("Report {programme} / {number} r{revision}", programme=programme, number=number,
                   revision=str(issue.revision))  # fmt: skip
        state = tr("Replaces {replaced} · issued {date}", replaced=issue.replaces, date=issue.issued_on)
    return Furniture.of(
        imprint,
        tr,
        title=" ".join((named, _title(figures, tr))),
        head_right=(named, state),
        mark="" if issue else tr("Draft – not issued"),
        hashes=[tr("figures {figures}", figures=short(figures.digest))],
        discloses=tr("No names: numbers only"),
    )


def _title(figures: MonthFigures, tr: Translator) -> str:
    return tr("Monthly report, {month}", month=tr.month(figures.month.first))


def _opening(figures: MonthFigures, changed: Sequence[str], tr: Translator) -> list[Strip]:
    """Title, programme and counting rule. The title and partner of a preset are message ids; others stay as written."""
    heading = figures.heading
    programme = tr(
        "Programme {programme}: {title}. For {partner}.",
        programme=heading.programme,
        title=tr(heading.title).rstrip(" ."),
        partner=tr(heading.partner).rstrip(" ."),
    )
    strips = parts.title(_title(figures, tr)) + parts.paragraph(programme, size=BODY)
    hidden = hidden_counts(heading.small_count)
    rules = [terms.counting_rule(tr, heading), *([tr.render(hidden)] if hidden else [])]
    strips += parts.paragraph(" ".join(rules), size=SMALL, colour=GREY)
    if figures.cut_off < figures.month.end:
        running = tr("The month is not over: events before {date} are counted.", date=figures.cut_off)
        strips += parts.note(running, colour=WARNING, bold=True)
    if changed:
        strips += parts.note(tr("Corrects: {what}", what="; ".join(tr.render(figure(each)) for each in changed)))
    return strips


def _movement(figures: MonthFigures, tr: Translator) -> list[Strip]:
    start, end = figures.on_roll_at_start, figures.on_roll_at_end
    rows = [
        Row(tr("On the roll on {day}, 00:00", day=tr.full_date(figures.month.first)), [tr.number(start)]),
        Row(tr("Admitted"), [tr.number(figures.admissions)]),
        Row(tr(pgettext("figure", "Departed")), [tr.number(figures.departures)]),
        Row(tr("On the roll on {day}, 00:00", day=tr.full_date(figures.cut_off)), [tr.number(end)], strong=True),
    ]
    values = {"start": start, "admitted": figures.admissions, "departed": figures.departures, "end": end}
    nights = (figures.cut_off - figures.month.first).days
    if figures.balances:
        proof = parts.note(
            tr.plural(
                "{start} + {admitted} − {departed} = {end}: balances with the daily roll on the one night.",
                "{start} + {admitted} − {departed} = {end}: balances with the daily roll on all {n} nights.",
                nights,
                **values,
            )
        )
    else:
        wrong = tr(
            "{start} + {admitted} − {departed} against {end}: does not balance. This report cannot be issued.", **values
        )
        proof = parts.note(wrong, colour=WARNING, bold=True)
    small_count = figures.heading.small_count
    more = []
    if figures.same_day_stays:
        same_day = breakdowns.shown(figures.same_day_stays, small_count, tr)
        more.append(tr("Came and left on the same day: {n}.", n=same_day))
    if figures.emergencies:
        emergencies = breakdowns.shown(figures.emergencies, small_count, tr)
        more.append(tr("Emergency arrivals still to be put in order: {n}.", n=emergencies))
    return [*parts.figures(rows), *proof, *parts.note(" ".join(more))]


def _presence(figures: MonthFigures, tr: Translator) -> list[Strip]:
    limit = figures.places.limit
    concurrent = figures.places.rule is PlacesRule.CONCURRENT
    facts = [
        tr("person-nights {n}", n=figures.person_nights),
        tr("average {n}", n=tr.number(figures.average, 2)),
        tr("highest {n} on {day}", n=figures.highest, day=tr.day(figures.highest_on)) if figures.highest_on else "",
        tr("places {n}", n=limit) if limit is not None else "",
    ]
    chart = parts.chart(
        figures.roll_by_night,
        first=tr.day(figures.month.first),
        last=tr.day(figures.month.last),
        caption=" · ".join(fact for fact in facts if fact),
        limit=limit if concurrent else None,
        limit_label=tr("places {n}", n=limit) if limit is not None and concurrent else "",
    )
    counted = tr(
        "Person-days, both ends counted: {days}. Counted by the rule of this agreement: {counted}.",
        days=figures.person_days,
        counted=figures.counted,
    )
    return [*chart, *parts.note(counted)]


def _places(figures: MonthFigures, tr: Translator) -> list[Strip]:
    places = figures.places
    if places.rule is None or places.limit is None:
        rows = [Row(tr("The agreement sets no number of places."), [""])]
    elif places.rule is PlacesRule.CUMULATIVE:
        since = tr.full_date(places.window_start) if places.window_start else ""
        used = (
            tr("Admitted since {date} (limit {limit})", date=since, limit=places.limit)
            if since
            else tr("Admitted since the beginning (limit {limit})", limit=places.limit)
        )
        rows = [Row(used, [tr.number(places.used)])]
    else:
        rows = [Row(tr("Most on the roll at once in the month (limit {limit})", limit=places.limit),
                    [tr.number(places.used)])]  # fmt: skip
    if places.held:
        rows.append(Row(tr("Accepted and not yet arrived"), [tr.number(places.held)]))
    if places.limit is not None and places.left is not None:
        rows.append(Row(_left(places, tr), [tr.number(abs(places.left))], strong=places.left < 0))
    return parts.figures(rows)


def _left(places: PlaceFigures, tr: Translator) -> str:
    if (places.left or 0) < 0:
        return tr("Beyond the places of the agreement")
    if places.window_end:
        return tr("Places left until {date}", date=tr.full_date(places.window_end))
    return tr("Places left")


def _stays(figures: MonthFigures, tr: Translator) -> list[Strip]:
    small_count = figures.heading.small_count
    body = breakdowns.lengths(figures.length_present, figures.on_roll_at_end, small_count, tr)
    summary = breakdowns.summary(figures.length_present, figures.on_roll_at_end, small_count, tr)
    past = figures.past_limit
    shown = breakdowns.shown(len(past), small_count, tr)
    if not past:
        limit = tr("Nobody is past the limit of stay.")
    elif shown == tr.number(len(past)) and len(past) <= _LISTED_DAYS:
        listed = ", ".join(tr.number(days) for days in past)
        limit = tr.plural(
            "Past the limit of stay: {n} person (days past: {days}).",
            "Past the limit of stay: {n} persons (days past: {days}).",
            len(past),
            days=listed,
        )
    else:
        limit = tr("Past the limit of stay: {n}.", n=shown)
    reviews = tr("Reviews held {held}, due and not held {late}.", held=figures.reviews_held, late=figures.reviews_late)
    return [*body, *parts.note(" ".join(part for part in (summary, limit, reviews) if part))]


def _claim(figures: MonthFigures, tr: Translator) -> list[Strip]:
    claim = figures.claim
    if claim is None:
        return parts.figures([Row(tr("The agreement sets no daily rate; nothing is claimed."), [""])])
    days = figures.heading.counting_rule is CountingRule.DAYS
    rows = [
        Row(_claim_label(line, claim.currency, tr, days=days), [money(line.amount, claim.currency, tr)])
        for line in claim.lines
    ]
    rows.append(Row(tr("Claimed"), [money(claim.total, claim.currency, tr)], strong=True))
    unrated = ""
    if claim.unrated_nights:
        unrated = tr.plural(
            "{n} night had no rate in force and is not claimed.",
            "{n} nights had no rate in force and are not claimed.",
            claim.unrated_nights,
        )
    return [*parts.figures(rows), *parts.note(unrated)]


def _claim_label(line: ClaimLine, currency: str, tr: Translator, *, days: bool) -> str:
    n, rate = line.nights, money(line.rate, currency, tr)
    if days:
        counted = tr.plural("{n} person-day at {rate}", "{n} person-days at {rate}", n, rate=rate)
    else:
        counted = tr.plural("{n} person-night at {rate}", "{n} person-nights at {rate}", n, rate=rate)
    if line.correction_of is None:
        return counted
    corrected = tr.month(Month.parse(line.correction_of).first)
    return tr("Correction to {month}: {counted}", month=corrected, counted=_minus(counted))


def money(amount: Decimal, currency: str, tr: Translator) -> str:
    """An amount with its currency and a true minus sign."""
    return _minus(tr.money(amount, currency))


def _minus(text: str) -> str:
    """A text whose number is below nothing, with a minus sign instead of a hyphen."""
    return f"−{text[1:]}" if text.startswith("-") else text


def _grounds(figures: MonthFigures, tr: Translator, trail_head: str) -> list[Strip]:
    """What the figures stand on: the agreement, and the hashes in full."""
    facts: list[tuple[str, str | Message]] = [
        (tr("Legal basis"), tr(figures.heading.legal_basis)),
        (tr("Figures, SHA-256"), figures.digest),
        (tr("Head of the register's trail"), trail_head),
    ]
    rows = [(label, tr.value(text)) for label, text in facts if text]
    return parts.together([*parts.heading(tr("What these figures stand on")), *parts.facts(rows)])
