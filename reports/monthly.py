"""The monthly report of a programme to its partner: figures in, PDF out; numbers only, no names."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.exchange.figures import figures_as_csv
from models.rules.disclosure import hidden_counts
from models.rules.figure_lines import changes
from models.rules.figures import Issue, MonthFigures
from models.rules.papers import Imprint
from models.rules.small_counts import ShownMonth, ShownPlaces, shown_month, shown_text
from models.rules.vocabulary import PlacesRule
from models.rules.wording import figure
from models.text import Message, Translator, pgettext
from reports import breakdowns, claim, parts, qr, terms
from reports.enclosed import Enclosed, enclose
from reports.page import BODY, GREY, RIGHT, ROOM, SMALL, WARNING, Furniture, Strip, draw_paper, short
from reports.parts import Row

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.monthly_reports import MonthPaper

_CODE = 58.0
"""How wide and high the code beside the title is, in points."""
_LISTED_DAYS = 12
"""So many days past the limit are listed one by one."""


def paper(month: "MonthPaper", imprint: Imprint) -> bytes:
    """The report of a month: to the byte as it was issued, from its frozen figures in another language, or a draft."""
    if month.issued is None:
        return draw(month.figures, imprint)
    if month.issued.language == imprint.language:
        return month.pdf
    return draw_issued(month.figures, imprint.language, month.issued.issue(month.before))


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
        figures: The figures of the month; what is drawn of them is what may be shown.
        imprint: What stands on every paper.
        issue: Under which number it is issued; None for a draft, which says so on every page.

    Raises:
        ValueError: The report is to be issued and does not balance, which is a bug (rules.md, The balance).
    """
    if issue is not None and not figures.balances:
        raise ValueError("figures that do not balance cannot be issued")
    tr, shown = terms.translator_of(imprint.language), shown_month(figures)
    sections = [
        *_revised(figures, issue, tr),
        (tr("Movement"), _movement(shown, tr)),
        (tr("Presence by night"), _presence(shown, tr)),
        (tr("Places under the agreement"), _places(shown.places, tr)),
        (tr("Departures by kind and destination"), breakdowns.departures(shown, tr)),
        (tr("Length of stay of those present"), _stays(shown, tr)),
        (tr("Cost claim"), claim.section(shown, tr)),
        *breakdowns.sections(shown, tr),
    ]
    enclosed = Enclosed(
        programme=shown.heading.programme,
        number=issue.number if issue else str(shown.month),
        language=imprint.language,
        trail_head=imprint.trail_head,
        figures=shown_text(figures),
        table=figures_as_csv(figures, tr.first),
    )
    strips = [_code(enclosed), *_opening(shown, issue.changed if issue else (), tr)]
    for place, (title, body) in enumerate(sections, start=1):
        heading = parts.heading(title, number=place)
        strips += parts.together([*heading, *body]) if len(body) <= breakdowns.SHORT else [*heading, *body]
    strips += _grounds(shown, tr, imprint.trail_head)
    return enclose(draw_paper(strips, _furniture(shown, imprint, issue, tr), tr=tr), enclosed)


def _code(enclosed: Enclosed) -> Strip:
    """Beside the title: which report it is, and the hash of its figures, to be held against another copy."""
    said = f"KONAK {enclosed.programme} {enclosed.number} {enclosed.digest}"
    return Strip(0, tuple(qr.boxes(said, RIGHT - _CODE, 4, _CODE)), keep=True)


def _furniture(shown: ShownMonth, imprint: Imprint, issue: Issue | None, tr: Translator) -> Furniture:
    programme, number = shown.heading.programme, str(shown.month)
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
        title=" ".join((named, _title(shown, tr))),
        head_right=(named, state),
        mark="" if issue else tr("Draft – not issued"),
        hashes=[tr("figures {figures}", figures=short(shown.digest))],
        discloses=tr("No names: numbers only"),
    )


def _title(shown: ShownMonth, tr: Translator) -> str:
    return tr("Monthly report, {month}", month=tr.month(shown.month.first))


def _opening(shown: ShownMonth, changed: Sequence[str], tr: Translator) -> list[Strip]:
    """Title, programme and counting rule. The title and partner of a preset are message ids; others stay as written."""
    heading = shown.heading
    programme = tr(
        "Programme {programme}: {title}. For {partner}.",
        programme=heading.programme,
        title=tr(heading.title).rstrip(" ."),
        partner=tr(heading.partner).rstrip(" ."),
    )
    room = ROOM - _CODE - 16
    strips = parts.title(_title(shown, tr), room=room) + parts.paragraph(programme, size=BODY, room=room)
    hidden = hidden_counts(heading.small_count)
    rules = [terms.counting_rule(tr, heading), *([tr.render(hidden)] if hidden else [])]
    strips += parts.paragraph(" ".join(rules), size=SMALL, colour=GREY, room=room)
    if shown.cut_off < shown.month.end:
        running = tr("The month is not over: events before {date} are counted.", date=shown.cut_off)
        strips += parts.note(running, colour=WARNING, bold=True)
    if changed and shown.hides:
        strips += parts.note(
            tr("Corrects the month. Which figures changed is not said: it would give small counts away.")
        )
    elif changed:
        strips += parts.note(tr("Corrects: {what}", what="; ".join(tr.render(figure(each)) for each in changed)))
    return strips


def _revised(figures: MonthFigures, issue: Issue | None, tr: Translator) -> list[tuple[str, list[Strip]]]:
    """What a revision changed, with both values, and why; only why, where small counts are hidden."""
    if issue is None or issue.before is None:
        return []
    why = parts.note(tr("Issued again, because: {reason}", reason=issue.reason))
    title = tr("What changed since {number}", number=issue.replaces or "")
    if shown_month(figures).hides or shown_month(issue.before).hides:
        return [(title, why)]
    head = Row(tr("Figure"), [tr("Before"), tr("Now")])
    rows = [
        Row(": ".join(part for part in (tr.render(figure(each.figure)), each.of) if part), [each.before, each.after])
        for each in changes(issue.before, figures, tr)
    ]
    return [(title, [*why, *parts.table(head, rows)])]


def _movement(shown: ShownMonth, tr: Translator) -> list[Strip]:
    rows = [
        Row(tr("On the roll on {day}, 00:00", day=tr.full_date(shown.month.first)), [tr.value(shown.on_roll_at_start)]),
        Row(tr("Admitted"), [tr.value(shown.admissions)]),
        Row(tr(pgettext("figure", "Departed")), [tr.value(shown.departures)]),
        Row(
            tr("On the roll on {day}, 00:00", day=tr.full_date(shown.cut_off)),
            [tr.value(shown.on_roll_at_end)],
            strong=True,
        ),
    ]
    more = []
    if shown.same_day_stays and not isinstance(shown.admissions, Message):
        more.append(tr("Came and left on the same day: {n}.", n=shown.same_day_stays))
    if shown.emergencies:
        more.append(tr("Emergency arrivals still to be put in order: {n}.", n=shown.emergencies))
    return [*parts.figures(rows), *_proof(shown, tr), *parts.note(" ".join(more))]


def _proof(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """That the month balances, in numbers where they are shown."""
    start, end = shown.on_roll_at_start, shown.on_roll_at_end
    values = {"start": start, "admitted": shown.admissions, "departed": shown.departures, "end": end}
    nights = (shown.cut_off - shown.month.first).days
    if any(isinstance(value, Message) for value in values.values()):
        why = tr("Who came and went is shown only where it gives no small count away.")
        balances = tr.plural(
            "The figures behind balance with the daily roll on the one night.",
            "The figures behind balance with the daily roll on all {n} nights.",
            nights,
        )
        return parts.note(f"{why} {balances}" if shown.balances else why)
    if shown.balances:
        return parts.note(
            tr.plural(
                "{start} + {admitted} − {departed} = {end}: balances with the daily roll on the one night.",
                "{start} + {admitted} − {departed} = {end}: balances with the daily roll on all {n} nights.",
                nights,
                **values,
            )
        )
    wrong = tr(
        "{start} + {admitted} − {departed} against {end}: does not balance. This report cannot be issued.", **values
    )
    return parts.note(wrong, colour=WARNING, bold=True)


def _presence(shown: ShownMonth, tr: Translator) -> list[Strip]:
    limit = shown.places.limit
    concurrent = shown.places.rule is PlacesRule.CONCURRENT
    average = shown.average if isinstance(shown.average, Message) else tr.number(shown.average, 2)
    highest_on = shown.highest_on
    facts = [
        "" if isinstance(shown.person_nights, Message) else tr("person-nights {n}", n=shown.person_nights),
        "" if isinstance(average, Message) else tr("average {n}", n=average),
        tr("highest at midnight {n} on {day}", n=shown.highest, day=tr.day(highest_on))
        if isinstance(highest_on, date)
        else "",
        tr("places {n}", n=limit) if limit is not None else "",
    ]
    caption = " · ".join(fact for fact in facts if fact)
    if isinstance(shown.roll_by_night, Message):
        chart = [*breakdowns.instead(shown.roll_by_night, tr), *parts.note(caption)]
    else:
        chart = parts.chart(
            shown.roll_by_night,
            first=tr.day(shown.month.first),
            last=tr.day(shown.month.last),
            caption=caption,
            limit=limit if concurrent else None,
            limit_label=tr("places {n}", n=limit) if limit is not None and concurrent else "",
        )
    counted = tr(
        "Person-days, both ends counted: {days}. Counted by the rule of this agreement: {counted}.",
        days=shown.person_days,
        counted=shown.counted,
    )
    return [*chart, *parts.note(counted)]


def _places(places: ShownPlaces, tr: Translator) -> list[Strip]:
    if places.rule is None or places.limit is None:
        rows = [Row(tr("The agreement sets no number of places."), [""])]
    elif places.rule is PlacesRule.CUMULATIVE:
        since = tr.full_date(places.window_start) if places.window_start else ""
        used = (
            tr("Admitted since {date} (limit {limit})", date=since, limit=places.limit)
            if since
            else tr("Admitted since the beginning (limit {limit})", limit=places.limit)
        )
        rows = [Row(used, [tr.value(places.used)])]
    else:
        rows = [Row(tr("Most on the roll at a midnight of the month (limit {limit})", limit=places.limit),
                    [tr.value(places.used)])]  # fmt: skip
    if places.held:
        rows.append(Row(tr("Accepted and not yet arrived"), [tr.value(places.held)]))
    if places.limit is not None and places.left is not None:
        beyond = isinstance(places.left, int) and places.left < 0
        left = abs(places.left) if isinstance(places.left, int) else places.left
        rows.append(Row(_left(places, tr, beyond=beyond), [tr.value(left)], strong=beyond))
    return parts.figures(rows)


def _left(places: ShownPlaces, tr: Translator, *, beyond: bool) -> str:
    if beyond:
        return tr("Beyond the places of the agreement")
    if places.window_end:
        return tr("Places left until {date}", date=tr.full_date(places.window_end))
    return tr("Places left")


def _stays(shown: ShownMonth, tr: Translator) -> list[Strip]:
    body = breakdowns.lengths(shown.length_present, shown.on_roll_at_end, tr)
    summary = breakdowns.summary(shown.length_present, tr)
    past = shown.past_limit
    if not past:
        limit = tr("Nobody is past the limit of stay.")
    elif isinstance(past, Message):
        limit = tr("Past the limit of stay: {n}.", n=past)
    elif len(past) <= _LISTED_DAYS:
        listed = ", ".join(tr.number(days) for days in past)
        limit = tr.plural(
            "Past the limit of stay: {n} person (days past: {days}).",
            "Past the limit of stay: {n} persons (days past: {days}).",
            len(past),
            days=listed,
        )
    else:
        limit = tr("Past the limit of stay: {n}.", n=len(past))
    reviews = tr("Reviews held {held}, due and not held {late}.", held=shown.reviews_held, late=shown.reviews_late)
    return [*body, *parts.note(" ".join(part for part in (summary, limit, reviews) if part))]


def _grounds(shown: ShownMonth, tr: Translator, trail_head: str) -> list[Strip]:
    """What the figures stand on: the agreement, and the hashes in full."""
    facts: list[tuple[str, str | Message]] = [
        (tr("Legal basis"), tr(shown.heading.legal_basis)),
        (tr("Figures as shown, SHA-256") if shown.hides else tr("Figures, SHA-256"), shown.digest),
        (tr("Head of the register's trail"), trail_head),
    ]
    rows = [(label, tr.value(text)) for label, text in facts if text]
    return parts.together([*parts.heading(tr("What these figures stand on")), *parts.facts(rows)])
