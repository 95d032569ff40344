"""The first page of the monthly report: to whom it goes, five figures, what changed and what needs a decision.

Whoever reads nothing else should know after a minute how the month was. Nothing stands here that the sections behind it
do not tell as well, and nothing that may not be shown.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from models.rules.figures import Claim, Issue
from models.rules.report_sections import chosen
from models.rules.small_counts import Cell, ShownMonth
from models.rules.tallies import MISSING
from models.rules.time import Month
from models.rules.vocabulary import CheckKind, DepartureKind, PlacesRule, ReportSection
from models.rules.wording import figure, word
from models.sides import short, sides
from models.text import Message, Translator, pgettext
from reports import parts, sections
from reports.page import GREY, INK, LEFT, LINE, ROOM, RULE, SMALL, Box, Mark, Strip, Text, gap, rule
from reports.type import width, wrap

_NUMBER = 14.0
"""The size of the five figures."""
_INSET = 6.0
_KINDS = 3
"""So many ways of leaving are named under the figure of departures."""


class _Figure(NamedTuple):
    """One of the five: the number, what it is, and what puts it in its place."""

    number: str
    label: str
    beside: str = ""


def addressed(shown: ShownMonth, issue: Issue | None, tr: Translator, *, room: float) -> list[Strip]:
    """To whom the report goes, who sends it, and by which references.

    Args:
        shown: The month.
        issue: Under which number it is issued; None for a draft.
        tr: The reader's language.
        room: How wide it may be, in points.
    """
    heading = shown.heading
    to, *more = (heading.addressee or tr(heading.partner).rstrip(" .")).splitlines()
    lines = [(tr("To: {who}", who=to), INK), *((line, INK) for line in more)]
    if heading.sender:
        sender, *more = heading.sender.splitlines()
        lines += [(tr("From: {who}", who=sender), GREY), *((line, GREY) for line in more)]
    lines.append((references(shown, issue, tr), GREY))
    strips = [part for text, ink in lines for part in parts.paragraph(text, size=SMALL, colour=ink, after=0, room=room)]
    return [*strips, gap(6)]


def references(shown: ShownMonth, issue: Issue | None, tr: Translator) -> str:
    """The references of the agreement and of the claim, and how many annexes there are."""
    heading = shown.heading
    claim = tr("claim {reference}", reference=claim_reference(shown, issue)) if isinstance(shown.claim, Claim) else ""
    annexes = tr("annexes: {n}", n=len(sections.annexes(tr, shown)))
    return tr(
        "Ref.: {references}", references=" · ".join(x for x in (heading.agreement_reference, claim, annexes) if x)
    )


def claim_reference(shown: ShownMonth, issue: Issue | None) -> str:
    """By which a claim is known: what the programme puts before it, the month, and the revision."""
    heading = shown.heading
    return f"{heading.claim_reference or heading.programme} {issue.number if issue else shown.month}"


def five_figures(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """The figures of the month that everybody asks for, side by side."""
    figures = [_on_roll(shown, tr), _nights(shown, tr), _moves(shown, tr), _places(shown, tr), _past(shown, tr)]
    wide = ROOM / len(figures)
    columns = []
    for at, each in enumerate(figures):
        lines: list[Mark] = []
        x, room = LEFT + at * wide + (_INSET if at else 0), wide - 2 * _INSET
        number = short(each.number)
        size = _NUMBER if width(number, _NUMBER, bold=True) <= room else SMALL
        lines.append(Text(x, 21, number, size, bold=True))
        y = 33.0
        (label, again), (beside, beside_again) = sides(each.label), sides(each.beside)
        for text, colour in ((label, INK), (beside, GREY), (again, GREY), (beside_again, GREY)):
            y += 3 if text and text is again else 0
            for line in wrap(text, room, SMALL) if text else ():
                lines.append(Text(x, y, line, SMALL, colour=colour))
                y += 10.5
        columns.append((lines, y))
    height = max(y for _, y in columns)
    marks = [mark for lines, _ in columns for mark in lines]
    marks += [Box(LEFT + at * wide - 0.3, 4, 0.6, height - 8, LINE) for at in range(1, len(figures))]
    return [gap(4), Strip(height, [rule(0, colour=RULE, weight=0.75), *marks, rule(height, colour=RULE, weight=0.75)])]


def _on_roll(shown: ShownMonth, tr: Translator) -> _Figure:
    start, end = shown.on_roll_at_start, shown.on_roll_at_end
    beside = ""
    if isinstance(start, int) and isinstance(end, int):
        if end > start:
            beside = tr("{n} more than at the start", n=end - start)
        elif end < start:
            beside = tr("{n} fewer than at the start", n=start - end)
        else:
            beside = tr("as many as at the start")
    return _Figure(tr.value(end), tr("on the roll on {day}, 00:00", day=tr.day(shown.cut_off)), beside)


def _nights(shown: ShownMonth, tr: Translator) -> _Figure:
    average = shown.average
    beside = "" if isinstance(average, Message) else tr("average {n}", n=tr.number(average, 2))
    return _Figure(tr.value(shown.person_nights), tr("person-nights"), beside)


def _moves(shown: ShownMonth, tr: Translator) -> _Figure:
    kinds = _kinds(shown)
    named = [tr("{n} × {kind}", n=n, kind=word(kind)) for kind, n in kinds[:_KINDS]]
    beside = ", ".join([*named, *(["…"] if len(kinds) > _KINDS else [])])
    moved = (shown.admissions, shown.departures)
    if all(isinstance(each, Message) for each in moved):
        return _Figure(tr.value(moved[0]), tr("admitted / departed"))
    return _Figure(" / ".join(map(tr.value, moved)), tr("admitted / departed"), beside)


def _kinds(shown: ShownMonth) -> list[tuple[DepartureKind, int]]:
    """How many departed how, the most first; none where that is not told."""
    if isinstance(shown.departures_by_kind, Message):
        return []
    told = [(DepartureKind(kind), n) for kind, n in shown.departures_by_kind if isinstance(n, int)]
    return sorted(told, key=lambda each: -each[1])


def _places(shown: ShownMonth, tr: Translator) -> _Figure:
    places = shown.places
    used: Cell = shown.on_roll_at_end if places.rule is PlacesRule.CONCURRENT else places.used
    number = tr.value(used)
    if places.limit is not None and isinstance(used, int):
        number = tr("{used} of {limit}", used=used, limit=places.limit)
    beside = []
    if places.held:
        beside.append(tr("{n} held", n=places.held))
    if isinstance(places.left, int):
        beside.append(tr("{n} beyond", n=-places.left) if places.left < 0 else tr("{n} left", n=places.left))
    if beside and places.window_end:
        beside.append(tr("until {day}", day=tr.date(places.window_end)))
    return _Figure(number, tr("places used"), ", ".join(beside))


def _past(shown: ShownMonth, tr: Translator) -> _Figure:
    past = shown.past_limit
    soon = _count(shown, "limits", "soon")
    beside = ""
    if soon is not None:
        beside = tr.plural("{n} reaches it within 30 days", "{n} reach it within 30 days", soon)
    return _Figure(tr.value(past if isinstance(past, Message) else len(past)), tr("past the limit"), beside)


def _count(shown: ShownMonth, name: str, key: str) -> int | None:
    """A count of a further section; None where it is not there, or not told."""
    counts = shown.tally(name)
    return None if isinstance(counts, Message) else dict(counts).get(key)


def news(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """What changed since the month before, and what needs a decision, each with its heading."""
    before = tr.month(shown.month.next(-1).first)
    changed = [*_changed(shown, tr, before)] or [tr("Nothing is told of the month before.")]
    open_ones = [*_to_decide(shown, tr)] or [tr("Nothing needs a decision.")]
    return [
        *parts.heading(tr("What changed since {month}", month=before)),
        *parts.lines(changed),
        *parts.heading(tr("What needs a decision")),
        *parts.lines(open_ones),
    ]


def _changed(shown: ShownMonth, tr: Translator, before: str) -> Iterator[str]:
    last = shown.last_month
    if last is not None:
        pairs = (
            (tr("Admitted"), shown.admissions, last.admissions),
            (tr(pgettext("figure", "Departed")), shown.departures, last.departures),
            (tr("Person-nights"), shown.person_nights, last.person_nights),
        )
        told = [
            tr("{what} {now} ({before})", what=what, now=now, before=was)
            for what, now, was in pairs
            if isinstance(now, int)
        ]
        if told:
            yield tr("{figures}; in brackets {month}.", figures=" · ".join(told), month=before)
    for each in shown.corrected:
        what = "; ".join(tr.render(figure(name)) for name in each.changed)
        said = tr("Report {number} of {day} corrects an earlier one", number=each.number, day=each.issued_on)
        yield tr("{said}: {what}.", said=said, what=what) if what else f"{said}."
    if isinstance(shown.claim, Claim):
        yield from _claim_corrections(shown.claim, shown, tr)


def _claim_corrections(claim: Claim, shown: ShownMonth, tr: Translator) -> Iterator[str]:
    sums: dict[tuple[str, str], Decimal] = {}
    for line in claim.whole_lines(shown.heading.counting_rule):
        if line.correction_of:
            key = (line.correction_of, line.currency)
            sums[key] = sums.get(key, Decimal(0)) + line.amount
    for (of, currency), amount in sorted(sums.items()):
        month = tr.month(Month.parse(of).first)
        yield tr(
            "The claim of {month} is corrected by {amount}, which stands in the claim of this report.",
            month=month,
            amount=tr.money(amount, currency),
        )


def _to_decide(shown: ShownMonth, tr: Translator) -> Iterator[str]:
    """Each with what there is to decide; small counts that are hidden are not told of here."""
    past = shown.past_limit
    if past and not isinstance(past, Message):
        yield tr.plural(
            "{n} person is past the limit of stay, by {days} days: an extension or a departure is to be decided.",
            "{n} persons are past the limit of stay, the longest by {days} days: extensions or departures are to be "
            "decided.",
            len(past),
            days=max(past),
        )
    counts = {
        each.section: shown.tally(name)
        for each in chosen(shown.heading.sections)
        if (name := _DECIDED.get(each.section))
    }
    of = {section: dict(told) for section, told in counts.items() if not isinstance(told, Message)}
    if n := of.get(ReportSection.LIMITS, {}).get("soon", 0):
        yield tr.plural(
            "{n} person reaches the limit of stay within 30 days.",
            "{n} persons reach the limit of stay within 30 days.",
            n,
        )
    plans = of.get(ReportSection.PLANS, {})
    if n := plans.get("blocked", 0):
        said = tr.plural("{n} planned departure is held up.", "{n} planned departures are held up.", n)
        yield " ".join(part for part in (said, _most_often(plans, tr)) if part)
    if n := of.get(ReportSection.REVIEWS, {}).get("late", 0):
        yield tr.plural("{n} review is late.", "{n} reviews are late.", n)
    if n := of.get(ReportSection.SELECTION, {}).get("pending", 0):
        yield tr.plural("{n} candidate waits for a decision.", "{n} candidates wait for a decision.", n)
    if n := of.get(ReportSection.ABSENCES, {}).get("overdue", 0):
        yield tr.plural("{n} person is away and overdue.", "{n} persons are away and overdue.", n)
    if isinstance(shown.emergencies, int) and shown.emergencies:
        yield tr.plural(
            "{n} emergency arrival is still to be put in order.",
            "{n} emergency arrivals are still to be put in order.",
            shown.emergencies,
        )
    if isinstance(shown.places.left, int) and shown.places.left < 0:
        yield tr.plural(
            "{n} place is used beyond the agreement.", "{n} places are used beyond the agreement.", -shown.places.left
        )


_DECIDED = {
    ReportSection.LIMITS: "limits",
    ReportSection.PLANS: "plans",
    ReportSection.REVIEWS: "reviews",
    ReportSection.SELECTION: "selection",
    ReportSection.ABSENCES: "absences",
}
"""The tallies of which something is to be decided."""


def _most_often(plans: dict[str, int], tr: Translator) -> str:
    """What most plans lack."""
    missing = {key: n for key, n in plans.items() if key.startswith(MISSING)}
    if not missing:
        return ""
    most = max(missing, key=lambda key: missing[key])
    return tr("What is missing most often: {check}.", check=word(CheckKind(most.removeprefix(MISSING))))
