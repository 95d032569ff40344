"""The sections of the monthly report: how each is drawn of the figures as they may be shown.

Which there are and what each needs is declared in `models.rules.report_sections`; a section that only counts needs
nothing here but its tally (`models.rules.tallies`).
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from models.rounding import quotient
from models.rules.report_sections import DECLARED, EARLIER, ChosenSection, chosen
from models.rules.small_counts import ShownMonth, ShownPlaces
from models.rules.tallies import CHILDREN, MISSING, MOVES, line_label
from models.rules.vocabulary import CheckKind, DepartureKind, PlacesRule, ReportSection
from models.rules.wording import figure, word
from models.text import Message, Translator, message, pgettext
from reports import breakdowns, charts, claim, parts, terms
from reports.page import WARNING, Strip
from reports.parts import Row

_LISTED_DAYS = 12
"""So many days past the limit are listed one by one."""

Titled = tuple[str, list[Strip]]


def sections(shown: ShownMonth, tr: Translator) -> list[Titled]:
    """The sections that the programme has chosen, with their titles; what stands in a section of its own comes last."""
    if not shown.heading.sections:
        return _earlier(shown, tr)
    return [(tr.render(word(each.section)), _drawn(each, shown, tr)) for each in chosen(shown.heading.sections)]


def annexes(tr: Translator, shown: ShownMonth) -> list[str]:
    """What goes along with a monthly report: its figures as data, inside the file, and whom it lists by number."""
    lists = any(each.section is ReportSection.ANNEXES for each in chosen(shown.heading.sections))
    by_number = [tr("Everybody who was there in the month, by number")] if lists else []
    names = any(each.section is ReportSection.NAMES for each in chosen(shown.heading.sections))
    by_name = [tr("Everybody who was there in the month, by name, on a paper of its own")] if names else []
    data = [tr("The figures as data: {name}, enclosed in the PDF", name=name) for name in terms.DATA_FILES]
    return data + by_number + by_name


def _drawn(each: ChosenSection, shown: ShownMonth, tr: Translator) -> list[Strip]:
    body = _DRAWN[each.section](shown, tr) if each.section in _DRAWN else tally(DECLARED[each.section].tally, shown, tr)
    return body if each.counts_only else [*body, *_LISTED[each.section](shown, tr)]


def _earlier(shown: ShownMonth, tr: Translator) -> list[Titled]:
    """As an earlier Konak has drawn what it issued: to the byte."""
    drawn = {
        **_DRAWN,
        ReportSection.PRESENCE: _presence_with_chart,
        ReportSection.PLACES: lambda shown, tr: _places(shown.places, tr),
        ReportSection.LENGTHS: _stays,
        ReportSection.LENGTHS_DEPARTED: breakdowns.departed_in_a_row,
    }
    found = [(tr.render(word(each.section)), drawn[each.section](shown, tr)) for each in EARLIER]
    return [*found, (tr("Roll by night"), breakdowns.roll(shown, tr))]


def tally(name: str, shown: ShownMonth, tr: Translator) -> list[Strip]:
    """The counts of a further section, line by line."""
    counts = shown.tally(name)
    if isinstance(counts, Message):
        return breakdowns.instead(counts, tr)
    if not counts:
        return breakdowns.instead(message("Nothing was counted."), tr)
    return parts.figures([Row(tr.render(line_label(name, key)), [tr.number(n)]) for key, n in counts])


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


def chart(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """The roll of each night as bars, with what it comes to."""
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
        return [*breakdowns.instead(shown.roll_by_night, tr), *parts.note(caption)]
    return parts.chart(
        shown.roll_by_night,
        first=tr.day(shown.month.first),
        last=tr.day(shown.month.last),
        caption=caption,
        limit=limit if concurrent else None,
        limit_label=tr("places {n}", n=limit) if limit is not None and concurrent else "",
    )


def _presence_with_chart(shown: ShownMonth, tr: Translator) -> list[Strip]:
    return [*chart(shown, tr), *_counted(shown, tr)]


def _counted(shown: ShownMonth, tr: Translator) -> list[Strip]:
    return parts.note(
        tr(
            "Person-days, both ends counted: {days}. Counted by the rule of this agreement: {counted}.",
            days=shown.person_days,
            counted=shown.counted,
        )
    )


def _presence(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """What the chart of the first page shows, as a table, and how far the places were used."""
    used = _occupancy(shown)
    said = [tr("Places used over all nights: {share} %.", share=tr.number(used, 1))] if used is not None else []
    return [*breakdowns.roll(shown, tr), *parts.note(" ".join(said)), *_counted(shown, tr)]


def _occupancy(shown: ShownMonth) -> Decimal | None:
    """How much of the places that may be used at once was used, in per cent; None where that is not known or told."""
    places, nights = shown.places, (shown.cut_off - shown.month.first).days
    is_known = isinstance(shown.person_nights, int) and not isinstance(shown.roll_by_night, Message)
    if places.rule is not PlacesRule.CONCURRENT or not places.limit or not nights or not is_known:
        return None
    return quotient(Decimal(100) * Decimal(str(shown.person_nights)), places.limit * nights, 1)


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


def _drawn_places(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """How many of the places are taken, as a bar above the figures; none where they are not all told."""
    places = shown.places
    if places.limit is None or not isinstance(places.used, int) or not isinstance(places.held, int):
        return _places(places, tr)
    taken = [(tr("taken: {n}", n=places.used), places.used)]
    taken += [(tr("held for somebody accepted: {n}", n=places.held), places.held)] if places.held else []
    return parts.together([*charts.share(taken, places.limit), *_places(places, tr)])


def _left(places: ShownPlaces, tr: Translator, *, beyond: bool) -> str:
    if beyond:
        return tr("Beyond the places of the agreement")
    if places.window_end:
        return tr("Places left until {date}", date=tr.full_date(places.window_end))
    return tr("Places left")


def _lengths(shown: ShownMonth, tr: Translator) -> list[Strip]:
    body = breakdowns.drawn_lengths(shown.length_present, shown.on_roll_at_end, tr)
    return [*body, *parts.note(breakdowns.summary(shown.length_present, tr))]


def _stays(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """Lengths, limits and reviews in one, as they stood before they had sections of their own."""
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


def _limits(shown: ShownMonth, tr: Translator) -> list[Strip]:
    past = shown.past_limit
    if isinstance(shown.tallies, Message):
        n = past if isinstance(past, Message) else len(past)
        return parts.figures([Row(tr.render(line_label("limits", "past")), [tr.value(n)])])
    body = tally("limits", shown, tr)
    if not past or isinstance(past, Message) or len(past) > _LISTED_DAYS:
        return body
    days = ", ".join(tr.number(each) for each in past)
    return [*body, *parts.note(tr("Days past the limit: {days}.", days=days))]


def _reviews(shown: ShownMonth, tr: Translator) -> list[Strip]:
    if not isinstance(shown.tallies, Message):
        return tally("reviews", shown, tr)
    lines = (("held", shown.reviews_held), ("late", shown.reviews_late))
    return parts.figures([Row(tr.render(line_label("reviews", key)), [tr.value(n)]) for key, n in lines])


def _children(shown: ShownMonth, tr: Translator) -> list[Strip]:
    counts = shown.tally("children")
    if isinstance(counts, Message):
        return breakdowns.instead(counts, tr)
    of = dict(counts)
    head = Row("", [tr.render(Message(label)) for label in MOVES.values()])
    rows = [
        Row(tr.render(Message(label)), [tr.value(of.get(f"{who}/{move}")) for move in MOVES])
        for who, label in CHILDREN.items()
    ]
    note = tr(
        "Under 18 as far as it is certain, on the day of arrival, of departure, and on the last day of the month. "
        "In the second line: no adult of the family was in the house."
    )
    return [*parts.table(head, rows), *parts.note(note)]


def _needs(shown: ShownMonth, tr: Translator) -> list[Strip]:
    if not shown.tally("needs"):
        return breakdowns.instead(message("Nobody on the roll has a need that may be told."), tr)
    note = tr("People on the roll at the end of the month. Needs of health are told to nobody outside the house.")
    return [*tally("needs", shown, tr), *parts.note(note)]


def _plans(shown: ShownMonth, tr: Translator) -> list[Strip]:
    note = tr("As it stood when this report was drawn. One departure can lack several things.")
    counts = shown.tally("plans")
    if isinstance(counts, Message) or not counts:
        return tally("plans", shown, tr)
    stages = [(key, n) for key, n in counts if not key.startswith(MISSING)]
    missing = [(key, n) for key, n in counts if key.startswith(MISSING)]
    rows = [Row(tr.render(line_label("plans", key)), [tr.number(n)]) for key, n in stages]
    head = Row(tr("Stage"), [tr("Persons")])
    lacking = parts.figures([Row(tr.render(line_label("plans", key)), [tr.number(n)]) for key, n in missing])
    return [*charts.measured(head, rows, [n for _, n in stages]), *lacking, *parts.note(note)]


def _corrections(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """The reports of earlier months that were issued again, and what they have changed."""
    if not shown.corrected:
        return breakdowns.instead(message("No earlier report was corrected."), tr)
    rows = []
    for each in shown.corrected:
        what = "; ".join(tr.render(figure(name)) for name in each.changed)
        number = tr("{number}, issued {day}", number=each.number, day=each.issued_on)
        rows.append((number, what or tr("corrected")))
    return parts.facts(rows)


def _annexes(shown: ShownMonth, tr: Translator) -> list[Strip]:
    if isinstance(shown.listed, Message):
        return breakdowns.instead(shown.listed, tr)
    lines = shown.lines_of(ReportSection.ANNEXES)
    head = Row(tr("Number"), [tr(pgettext("date", "Arrived")), tr(pgettext("date", "Departed")), tr("Counted")])
    rows = [Row(each.number, [*map(tr.value, each.days), tr.number(each.count)]) for each in lines]
    total = Row(tr(pgettext("total", "All")), ["", "", tr.number(sum(each.count for each in lines))], strong=True)
    return [*parts.table(head, [*rows, total]), *parts.note(tr("Counted: by the rule of this agreement."))]


def _names(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """Where the names stand, and by what right; here are none, so that none is frozen."""
    people = len(shown.lines_of(ReportSection.ANNEXES))
    said = [
        tr("The names stand on a paper of their own, as they are known on the day on which it is printed."),
        tr.plural("It lists {n} person.", "It lists {n} persons.", people),
        tr("Legal ground to name people: {ground}", ground=tr(shown.heading.names_ground)),
    ]
    return parts.paragraph(" ".join(said))


# -- one by one, by number ----------------------------------------------------------------------------------------


def _limits_listed(shown: ShownMonth, tr: Translator) -> list[Strip]:
    head = Row(tr("Number"), [tr("Last permitted day"), tr("Days past"), tr("Days left")])
    rows = []
    for each in shown.lines_of(ReportSection.LIMITS):
        past, left = (each.count, None) if each.count > 0 else (None, -each.count)
        rows.append(Row(each.number, [tr.value(each.days[0]), tr.value(past), tr.value(left)]))
    return parts.table(head, rows) if rows else []


def _absences_listed(shown: ShownMonth, tr: Translator) -> list[Strip]:
    head = Row(tr("Number"), [tr("Away since"), tr("Back by"), tr("Nights")])
    lines = shown.lines_of(ReportSection.ABSENCES)
    rows = [Row(each.number, [*map(tr.value, each.days), tr.number(each.count)]) for each in lines]
    return parts.table(head, rows) if rows else []


def _plans_listed(shown: ShownMonth, tr: Translator) -> list[Strip]:
    rows = []
    for each in shown.lines_of(ReportSection.PLANS):
        kind, _standing, *checks = each.keys
        missing = ", ".join(tr.render(word(CheckKind(check))) for check in checks)
        planned = tr("{kind}, {day}", kind=word(DepartureKind(kind)), day=each.days[0])
        text = tr("{plan}: still missing: {checks}", plan=planned, checks=missing) if missing else planned
        rows.append((each.number, text))
    return parts.facts(rows)


def _nothing_more(_shown: ShownMonth, _tr: Translator) -> list[Strip]:
    return []


Draw = Callable[[ShownMonth, Translator], list[Strip]]

_DRAWN: Mapping[ReportSection, Draw] = {
    ReportSection.MOVEMENT: _movement,
    ReportSection.PRESENCE: _presence,
    ReportSection.PLACES: _drawn_places,
    ReportSection.DEPARTURES: breakdowns.departures,
    ReportSection.COUNTRIES: breakdowns.countries,
    ReportSection.NATIONALITY: breakdowns.by_nationality,
    ReportSection.SEX: breakdowns.by_sex,
    ReportSection.AGE: breakdowns.by_age,
    ReportSection.CHILDREN: _children,
    ReportSection.LENGTHS: _lengths,
    ReportSection.LENGTHS_DEPARTED: breakdowns.departed,
    ReportSection.LIMITS: _limits,
    ReportSection.PLANS: _plans,
    ReportSection.REVIEWS: _reviews,
    ReportSection.NEEDS: _needs,
    ReportSection.CLAIM: claim.section,
    ReportSection.CORRECTIONS: _corrections,
    ReportSection.ANNEXES: _annexes,
    ReportSection.NAMES: _names,
}
"""How sections are drawn that are more than the lines of their tally."""

_LISTED: Mapping[ReportSection, Draw] = {
    ReportSection.LIMITS: _limits_listed,
    ReportSection.ABSENCES: _absences_listed,
    ReportSection.PLANS: _plans_listed,
    ReportSection.ANNEXES: _nothing_more,
    ReportSection.NAMES: _nothing_more,
}
