"""The monthly report of a programme to its partner: figures in, PDF out; numbers only, no names."""

from typing import TYPE_CHECKING

from models.exchange.figures import figures_as_csv
from models.rules.disclosure import hidden_counts
from models.rules.figure_lines import changes
from models.rules.figures import ADDRESSED, Issue, MonthFigures
from models.rules.papers import Imprint
from models.rules.report_sections import chosen
from models.rules.small_counts import ShownMonth, shown_month, shown_text
from models.rules.vocabulary import ReportSection
from models.rules.wording import figure
from models.text import Message, Translator
from reports import first_page, parts, qr, sections, terms
from reports.enclosed import Enclosed, enclose
from reports.page import BODY, GREY, RIGHT, ROOM, SMALL, WARNING, Furniture, Strip, draw_paper, gap, short
from reports.parts import Row

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.monthly_reports import MonthPaper

_CODE = 58.0
"""How wide and high the code beside the title is, in points."""


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
    titled = [*_revised(figures, issue, tr), *sections.sections(shown, tr)]
    enclosed = Enclosed(
        programme=shown.heading.programme,
        number=issue.number if issue else str(shown.month),
        language=imprint.language,
        trail_head=imprint.trail_head,
        figures=shown_text(figures),
        table=figures_as_csv(figures, tr.first),
        is_draft=issue is None,
    )
    strips = [_code(enclosed), *_opening(shown, issue, tr)]
    for place, (title, body) in enumerate(titled, start=1):
        strips += parts.section(title, body, place)
    strips += _grounds(shown, tr, imprint.trail_head)
    if shown.heading.sections:
        strips += _closing(shown, tr)
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


def _opening(shown: ShownMonth, issue: Issue | None, tr: Translator) -> list[Strip]:
    """Title, programme and counting rule; before them to whom it goes, and after them the month in a minute.

    The title and partner of a preset are message ids; others stay as written.
    """
    heading, room = shown.heading, ROOM - _CODE - 16
    is_addressed = bool(heading.sections)
    strips = first_page.addressed(shown, issue, tr, room=room) if is_addressed else []
    programme = tr(
        "Programme {programme}: {title}. For {partner}.",
        programme=heading.programme,
        title=tr(heading.title).rstrip(" ."),
        partner=tr(heading.partner).rstrip(" ."),
    )
    strips += parts.title(_title(shown, tr), room=room) + parts.paragraph(programme, size=BODY, room=room)
    hidden = hidden_counts(heading.small_count)
    rules = [terms.counting_rule(tr, heading), *([tr.render(hidden)] if hidden else [])]
    strips += parts.paragraph(" ".join(rules), size=SMALL, colour=GREY, room=room)
    if shown.cut_off < shown.month.end:
        running = tr("The month is not over: events before {date} are counted.", date=shown.cut_off)
        strips += parts.note(running, colour=WARNING, bold=True)
    strips += _corrects(shown, issue, tr)
    if not is_addressed:
        return strips
    has_chart = any(each.section is ReportSection.PRESENCE for each in chosen(heading.sections))
    strips += first_page.five_figures(shown, tr)
    strips += [gap(8), *sections.chart(shown, tr)] if has_chart else []
    return [*strips, *first_page.news(shown, tr)]


def _corrects(shown: ShownMonth, issue: Issue | None, tr: Translator) -> list[Strip]:
    """What a revision corrects, and why it is issued: on the first page, so that nobody takes it for the one before."""
    changed = issue.changed if issue else ()
    said = []
    if issue is not None and issue.reason and shown.heading.sections:
        said += parts.note(tr("Issued again, because: {reason}", reason=issue.reason), bold=True)
    if changed and shown.hides:
        said += parts.note(
            tr("Corrects the month. Which figures changed is not said: it would give small counts away.")
        )
    elif changed:
        said += parts.note(tr("Corrects: {what}", what="; ".join(tr.render(figure(each)) for each in changed)))
    return said


def _revised(figures: MonthFigures, issue: Issue | None, tr: Translator) -> list[tuple[str, list[Strip]]]:
    """What a revision changed, with both values; nothing, where small counts are hidden.

    Why it was issued stands here as an earlier Konak had it; else on the first page.
    """
    if issue is None or issue.before is None:
        return []
    on_first_page = bool(figures.heading.sections)
    why = [] if on_first_page else parts.note(tr("Issued again, because: {reason}", reason=issue.reason))
    title = tr("What changed since {number}", number=issue.replaces or "")
    if shown_month(figures).hides or shown_month(issue.before).hides:
        return [(title, why)] if why else []
    head = Row(tr("Figure"), [tr("Before"), tr("Now")])
    found = changes(issue.before, figures, tr)
    rows = [
        Row(": ".join(part for part in (tr.render(figure(each.figure)), each.of) if part), [each.before, each.after])
        for each in found
        if each.figure not in ADDRESSED
    ]
    readdressed = [
        (
            tr.render(figure(each.figure)),
            tr("Before: {before}. Now: {after}.", before=each.before or "–", after=each.after or "–"),
        )
        for each in found
        if each.figure in ADDRESSED
    ]
    body = [*(parts.table(head, rows) if rows else []), *parts.facts(readdressed)]
    return [(title, [*why, *body])] if why or body else []


def _grounds(shown: ShownMonth, tr: Translator, trail_head: str) -> list[Strip]:
    """What the figures stand on: the agreement, and the hashes in full."""
    facts: list[tuple[str, str | Message]] = [
        (tr("Legal basis"), tr(shown.heading.legal_basis)),
        (tr("Figures as shown, SHA-256") if shown.hides else tr("Figures, SHA-256"), shown.digest),
        (tr("Head of the register's trail"), trail_head),
    ]
    rows = [(label, tr.value(text)) for label, text in facts if text]
    return parts.together([*parts.heading(tr("What these figures stand on")), *parts.facts(rows)])


def _closing(shown: ShownMonth, tr: Translator) -> list[Strip]:
    """What goes along, and where it is signed."""
    rows = [(tr("Annex {n}", n=place), text) for place, text in enumerate(sections.annexes(tr, shown), start=1)]
    signed = parts.signature([tr("Place and date"), tr("Name and office"), tr("Signature")], tr("Stamp"))
    return parts.together([*parts.heading(tr("Annexes")), *parts.facts(rows), *signed])
