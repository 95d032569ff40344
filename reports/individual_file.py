"""The individual file on paper, and the copy of it that the person may have (standards.md, C5)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from models.rules.fields import DOCUMENT, PERSON
from models.rules.papers import Imprint
from models.rules.presence import length
from models.rules.rooms import bed_name
from models.rules.time import Moment
from models.rules.vocabulary import FilePart
from models.rules.wording import word
from models.text import N_, Translator
from reports import entries, parts, terms
from reports import type as lettering
from reports.page import (
    GREY,
    LEFT,
    LINE,
    RIGHT,
    ROOM,
    SMALL,
    Box,
    Furniture,
    Mark,
    Picture,
    Strip,
    Text,
    draw_paper,
    gap,
    rule,
)

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.individual_file import IndividualFile, PlannedDeparture
    from models.queries.stays import LimitRow, StayRow

_PHOTO = (81.0, 104.0)
_WHEN = 124.0
_WHO = 118.0
_PAD = 8.0
_LEADING = 11.0
RECORD = (
    ("legal_grounds", N_("Legal order")),
    ("notices", N_("Whom to tell")),
    ("contacts", N_("Family elsewhere and other contacts")),
    ("language_skills", N_("Languages")),
    ("needs", N_("Needs of everyday life")),
    ("room_decisions", N_("Why this room")),
    ("rights_talks", N_("Rights explained")),
    ("health_checks", N_("First health check")),
    ("child_records", N_("The child")),
    ("property_items", N_("Property")),
    ("property_receipts", N_("Property signed for")),
    ("property_returns", N_("Property given back")),
    ("waivers", N_("What was not asked of the arrival")),
)
"""What was entered of somebody beside their stays, in the order in which it stands; nothing of it is sealed."""

Lines = Sequence[tuple[str, str, str]]


def draw(found: "IndividualFile", imprint: Imprint) -> bytes:
    """The file as a PDF; the same arguments give the same bytes."""
    tr = terms.translator_of(imprint.language)
    title = tr("Copy for the person") if found.is_own_copy else tr("Individual file")
    number = found.page.row.number
    strips = [*_cover(found, tr)]
    for at, (heading, body) in zip(count(1), _sections(found, tr)):
        strips += parts.heading(heading, number=at)
        strips += body or parts.note(tr("Nothing is entered."))
    strips[-1] = replace(strips[-1], keep=True)  # what closes the file stands on no page alone
    strips += parts.together(_closing(found, tr))
    furniture = Furniture.of(
        imprint,
        tr,
        title=title,
        head_right=terms.of_person(tr, imprint, f"{title} {number}"),
        discloses=tr("Personal data: keep it locked"),
    )
    return draw_paper(strips, furniture, tr=tr)


# -- inside ------------------------------------------------------------------------------------------------------------


def _cover(found: "IndividualFile", tr: Translator) -> Iterator[Strip]:
    """Who it is, with the photo at the right."""
    page, facts = found.page, found.page.facts
    wide, high = _PHOTO
    room = ROOM - wide - 14
    marks: list[Mark] = []
    y = 0.0

    def say(text: str, size: float, *, bold: bool = False, colour: str = "#111111") -> None:
        nonlocal y
        for line in lettering.wrap(text, room, size, bold=bold):
            marks.append(Text(LEFT, y + size * 1.1, line, size, bold=bold, colour=colour))
            y += size * 1.45

    say(page.row.name, 15, bold=True)
    if facts.own_script:
        say(facts.own_script, 10, colour=GREY)
    y += 4
    for line in _who(found, tr):
        say(line, SMALL)
    photo = page.photo
    if FilePart.PHOTO not in found.parts:
        pass
    elif photo is None:
        marks.append(Box(RIGHT - wide, 2, wide, high, LINE, line=0.7))
        marks.append(Text(RIGHT - wide / 2, 2 + high / 2, tr("No photo"), SMALL, colour=GREY, align="centre"))
    else:
        marks.append(Picture(RIGHT - wide, 2, wide, high, photo.image))
    yield Strip(max(y, high + 4), marks)


def _who(found: "IndividualFile", tr: Translator) -> Iterator[str]:
    page, facts = found.page, found.page.facts
    born = "" if facts.birth is None else tr("born {date}", date=terms.birth(tr, facts.birth))
    if facts.birth is not None and facts.birth.doubtful:
        born = tr("{born} (1 January is often a guess)", born=born)
    yield " · ".join(part for part in ("" if facts.sex is None else tr.render(word(facts.sex)), born) if part)
    spoken = ", ".join(map(tr.language_name, facts.languages))
    interpreter = tr("interpreter needed") if facts.needs_interpreter else ""
    country = terms.nationality(tr, facts.nationality) if facts.nationality else ""
    yield " · ".join(part for part in (country, spoken, interpreter) if part)
    for known in page.partner_numbers:
        if known.number:
            yield tr("{programme} · number with the partner {number}", programme=known.programme, number=known.number)
    stay = page.stay
    if stay is None:
        yield tr("Never admitted")
    elif stay.departed is not None:
        yield tr("Departed {day}, day {n}", day=stay.departed.on, n=stay.day)
    elif stay.days_allowed is None:
        yield tr("On the roll since {day}, day {n}", day=stay.arrived.on, n=stay.day)
    else:
        yield tr("On the roll since {day}, day {n} of {total}", day=stay.arrived.on, n=stay.day,
                 total=stay.days_allowed)  # fmt: skip


def _sections(found: "IndividualFile", tr: Translator) -> Iterator[tuple[str, list[Strip]]]:
    """The parts that were chosen, each with its heading; who is kept apart from nobody has no such part."""
    for part in found.parts:
        if part in _DRAWN and (part is not FilePart.SEPARATIONS or found.separations):
            yield tr.render(word(part)), _DRAWN[part](found, tr)


def _chronology(found: "IndividualFile", tr: Translator) -> list[Strip]:
    return _lines([
        (entries.moment(tr, found.zone, event.when), tr.render(event.what), event.by) for event in found.chronology
    ])  # fmt: skip


def _decisions(found: "IndividualFile", tr: Translator) -> list[Strip]:
    return _lines([
        (tr.date(each.on), _with(tr.render(each.what), each.reason, tr), each.by) for each in found.decisions
    ])  # fmt: skip


def _identity(found: "IndividualFile", tr: Translator) -> list[Strip]:
    page = found.page
    said = entries.said(tr, found.zone, PERSON, page.facts)
    if page.relatives:
        kin = "; ".join(
            " ".join(part for part in (each.number, each.name, f"({each.relation})" if each.relation else "") if part)
            for each in page.relatives
        )
        said.append((tr("Family here"), kin))
    said += [
        (tr("Found to be the same person"), tr("{number}, on {day}", number=each.number or each.list_code,
                                               day=each.joined_at.astimezone(found.zone).date()))
        for each in page.joinings
    ]  # fmt: skip
    return entries.pairs(said)


def _limits(stays: Sequence["StayRow"], tr: Translator) -> list[Strip]:
    lines = []
    for stay in reversed(stays):
        for limit in stay.limits:
            lines.append(_limit(limit, tr))
        for review in reversed(stay.reviews):
            held = tr("held on {day}", day=review.held_on) if review.held_on else tr.render(word(review.state)).lower()
            lines.append((tr.date(review.due_on), tr("Review: {outcome}", outcome=held), review.held_by))
    return _lines(lines)


def _limit(limit: "LimitRow", tr: Translator) -> tuple[str, str, str]:
    day = tr("no limit") if limit.limit_on is None else tr.date(limit.limit_on)
    what = tr("Last day {day}", day=day)
    basis = tr.render(word(limit.basis)).lower()
    from_on = tr("from {day} on", day=limit.valid_from)
    said = tr.join([what, basis, from_on, *([limit.authority] if limit.authority else [])])
    return tr.date(limit.valid_from), _with(said, limit.reason, tr), limit.decided_by


def _placements(found: "IndividualFile", tr: Translator) -> list[Strip]:
    today = found.today
    lines = []
    for row in reversed(found.page.placements):
        where = tr.render(bed_name(row.building, row.room, row.bed))
        end = row.end or row.departed
        nights = length(row.start.on, None if end is None else end.on, today)
        lines.append((_span(tr, found, row.start, end), _with(where, row.reason, tr),
                      tr.plural("{n} night", "{n} nights", nights)))  # fmt: skip
    return _lines(lines)


def _absences(found: "IndividualFile", tr: Translator) -> list[Strip]:
    lines = []
    for row in reversed(found.page.absences):
        end = row.returned or row.departed
        what = tr.join([part for part in (tr.render(word(row.kind)), row.place) if part])
        due = tr("due back {due}", due=entries.moment(tr, found.zone, row.due_back))
        lines.append((_span(tr, found, row.left, end), what, "" if row.returned else due))
    return _lines(lines)


def _separations(found: "IndividualFile", tr: Translator) -> list[Strip]:
    return _lines([
        (_span(tr, found, row.began, row.ended or row.departed), row.grounds, row.ordered_by)
        for row in found.separations
    ])  # fmt: skip


def _documents(found: "IndividualFile", tr: Translator) -> list[Strip]:
    strips: list[Strip] = []
    for paper in found.page.documents:
        strips += parts.together([*entries.pairs(entries.said(tr, found.zone, DOCUMENT, paper)), gap(6)])
    return strips


def _record(found: "IndividualFile", tr: Translator) -> list[Strip]:
    strips: list[Strip] = []
    for table, title in RECORD:
        for entry in (each for each in found.record if each.table == table):
            said = entries.entered(tr, found.zone, entry, tells_who=not found.is_own_copy)
            strips += parts.together([*parts.note(tr(title), bold=True), *entries.pairs(said), gap(6)])
    return strips


def _departure(planned: "PlannedDeparture", tr: Translator) -> list[Strip]:
    where = tr.join([part for part in (planned.place, tr.country(planned.country) if planned.country else "") if part])
    kind = tr.render(word(planned.kind))
    what = tr("{kind}: {where}", kind=kind, where=where) if where else kind
    lines = [(tr.date(planned.planned_on), what, tr("departed") if planned.has_left else tr("planned"))]
    for check in planned.checks:
        said = [tr.render(word(check.kind))]
        if check.passed is False:
            said.append(tr("not passed"))
        if check.withdrawn_on is not None:
            said.append(tr("withdrawn {day}", day=check.withdrawn_on))
        lines.append((tr.date(check.held_on), tr.join(said), check.who))
    return [*_lines(lines), gap(6)]


def _papers(found: "IndividualFile", tr: Translator) -> list[Strip]:
    return _lines([
        (tr.value(each.at.astimezone(found.zone)), tr("{title}: {way}", title=each.title, way=each.way), each.by)
        for each in found.papers
    ])  # fmt: skip


def _closing(found: "IndividualFile", tr: Translator) -> list[Strip]:
    sealed = tr("What is sealed, such as health, asylum and complaints, is not in this file.")
    if not found.is_whole:
        parts_ = tr.join(tr.render(word(part)) for part in found.parts)
        sealed = " ".join((sealed, tr("Not all of the file, but of its parts these: {parts}.", parts=parts_)))
    if not found.is_own_copy:
        return [gap(10), *parts.note(sealed)]
    own = tr(
        "This is what the register holds about you and you may see. Of the staff only who decided is named, and no "
        "other resident. Ask for anything that is wrong to be put right. {sealed}",
        sealed=sealed,
    )
    return [gap(10), *parts.note(own), *entries.signatures(tr, tr("The person"), tr("For the house"))]


_DRAWN: Mapping[FilePart, Callable[["IndividualFile", Translator], list[Strip]]] = {
    FilePart.IDENTITY: _identity,
    FilePart.CHRONOLOGY: _chronology,
    FilePart.DECISIONS: _decisions,
    FilePart.LIMITS: lambda found, tr: _limits(found.page.stays, tr),
    FilePart.PLACEMENTS: _placements,
    FilePart.ABSENCES: _absences,
    FilePart.SEPARATIONS: _separations,
    FilePart.DOCUMENTS: _documents,
    FilePart.ARRIVAL: _record,
    FilePart.DEPARTURE: lambda found, tr: [strip for each in found.departures for strip in _departure(each, tr)],
    FilePart.PAPERS: _papers,
}


def _with(said: str, reason: str, tr: Translator) -> str:
    return tr.join((said, reason), ". ") if reason else said


def _span(tr: Translator, found: "IndividualFile", start: Moment, end: Moment | None) -> str:
    first = entries.moment(tr, found.zone, Moment(start.on))
    return f"{first} – {tr.date(end.on) if end else ''}".rstrip()


def _lines(lines: Lines) -> list[Strip]:
    """When, what and who, beside each other; the middle one over as many lines as it needs."""
    room = ROOM - _WHEN - _WHO
    strips = []
    for at, what, who in lines:
        columns = [
            lettering.wrap(at, _WHEN - _PAD, SMALL),
            lettering.wrap(what, room - _PAD, SMALL),
            lettering.wrap(who, _WHO - _PAD, SMALL) if who else [],
        ]
        height = 5 + _LEADING * max(1, *map(len, columns))
        marks: list[Mark] = []
        for lines_, x in zip(columns[:2], (LEFT, LEFT + _WHEN), strict=True):
            marks += [Text(x, 10.5 + _LEADING * down, line, SMALL) for down, line in enumerate(lines_)]
        marks += [
            Text(RIGHT, 10.5 + _LEADING * down, line, SMALL, colour=GREY, align="right")
            for down, line in enumerate(columns[2])
        ]
        strips.append(Strip(height, (*marks, rule(height))))
    return strips
