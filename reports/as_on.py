"""The roll as on a moment: how many were here, from where, how long, the places then, and a line for each person."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from models.rules.lengths import band_labels
from models.rules.papers import Imprint
from models.rules.rooms import short_name
from models.rules.vocabulary import PlacesRule
from models.rules.wording import word
from models.text import Translator, pgettext
from reports import long_table, parts, terms
from reports.long_table import PaperColumn
from reports.page import LEFT, RIGHT, SMALL, Furniture, Strip, gap

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.as_on import AsOn, AsOnRow, PlacesThen
    from models.rules.time import Moment


def draw(found: "AsOn", imprint: Imprint) -> bytes:
    """The roll as a PDF; the same arguments give the same bytes.

    Args:
        found: The roll.
        imprint: What stands on every paper.
    """
    tr = terms.translator_of(imprint.language)
    title = tr("The roll as on {moment}", moment=said(found.at, found.zone, tr))
    furniture = Furniture.of(imprint, tr, title=title, discloses=tr("Personal data: keep it locked"))
    known = tr("By what is known now; the register may have known less, or otherwise, on that day.")
    night = "" if found.at.at is not None else tr("The night of that day: who came on it or before, and left later.")
    opening = [
        *parts.title(title),
        *parts.paragraph(terms.chosen(tr, imprint), size=SMALL),
        *parts.note(" ".join(part for part in (known, night) if part)),
        gap(4),
        *_counted(found, tr),
        *_from_where(found, tr),
        *_how_long(found, tr),
        *_places(found, tr),
        gap(8),
    ]
    cells = [_cells(row, found.zone, tr) for row in found.rows]
    columns = long_table.fitted(_columns(tr), cells, RIGHT - LEFT)
    return long_table.draw(cells, columns, opening=opening, furniture=furniture, tr=tr)


def said(moment: "Moment | None", zone: ZoneInfo, tr: Translator) -> str:
    """A moment as far as it is known; empty where there is none."""
    if moment is None:
        return ""
    day = tr.date(moment.on)
    return day if moment.at is None else tr("{day}, {time}", day=day, time=f"{moment.at.astimezone(zone):%H:%M}")


def _counted(found: "AsOn", tr: Translator) -> list[Strip]:
    rows = [
        parts.Row(tr("In the house"), [tr.number(found.present)]),
        parts.Row(tr("Away"), [tr.number(found.away)]),
        parts.Row(tr("On the roll"), [tr.number(len(found.rows))], strong=True),
    ]
    strips = parts.figures(rows)
    if found.gone_that_day:
        left = tr.plural(
            "{n} person left on this day at an hour that is not known, and is not among them.",
            "{n} people left on this day at an hour that is not known, and are not among them.",
            found.gone_that_day,
        )
        strips += parts.note(left)
    return strips


def _from_where(found: "AsOn", tr: Translator) -> list[Strip]:
    pairs = [(terms.nationality(tr, code), tr.number(number)) for code, number in found.nationalities]
    return [*parts.heading(tr("Nationalities")), *parts.grid(pairs, columns=3)] if pairs else []


def _how_long(found: "AsOn", tr: Translator) -> list[Strip]:
    lengths = found.lengths
    if lengths.longest is None:
        return []
    labels = map(tr.render, band_labels(lengths.bounds))
    bands = [
        (tr("{nights} nights", nights=band), tr.number(number))
        for band, number in zip(labels, lengths.counts, strict=True)
    ]
    longest = tr(
        "Nights: median {median}, longest {longest}.", median=tr.value(lengths.median or 0), longest=lengths.longest
    )
    return [*parts.heading(tr("Length of stay so far")), *parts.grid(bands, columns=4), *parts.note(longest)]


def _places(found: "AsOn", tr: Translator) -> list[Strip]:
    """The house never above its places, or since when and why."""
    if not found.places:
        return []
    strips = [*parts.heading(tr("Places"))]
    for each in found.places:
        strips += parts.figures(
            [parts.Row(_place_line(each, tr), [f"{tr.number(each.taken)} / {tr.number(each.places)}"])]
        )
        if each.since is not None:
            since = tr("Above the places since {moment}.", moment=said(each.since, found.zone, tr))
            why = "; ".join(f"{tr.render(reason)} ({tr.number(number)})" for reason, number in each.reasons)
            strips += parts.note(f"{since} {why}".strip(), bold=True)
    return strips


def _place_line(each: "PlacesThen", tr: Translator) -> str:
    if each.rule is PlacesRule.CUMULATIVE:
        return tr("{code}: admitted so far, of the places", code=each.code)
    return tr("{code}: on the roll, of the places", code=each.code)


def _columns(tr: Translator) -> tuple[PaperColumn, ...]:
    return (
        PaperColumn(tr("Number")),
        PaperColumn(tr("Name")),
        PaperColumn(tr("Born")),
        PaperColumn(tr("Nationality")),
        PaperColumn(tr("Programme")),
        PaperColumn(tr(pgettext("date", "Arrived"))),
        PaperColumn(tr("Nights"), right=True),
        PaperColumn(tr("Room")),
        PaperColumn(tr("State")),
    )


def _cells(row: "AsOnRow", zone: ZoneInfo, tr: Translator) -> tuple[str, ...]:
    arrived = tr.date(row.arrived.on)
    return (
        row.number,
        row.name,
        "" if row.birth is None else terms.birth(tr, row.birth),
        terms.nationality(tr, row.nationality or "unknown"),
        row.programme,
        arrived if row.hour_known else tr("{day} (hour not known)", day=arrived),
        tr.number(row.nights),
        short_name(row.building, row.room, row.bed),
        _state(row, zone, tr),
    )


def _state(row: "AsOnRow", zone: ZoneInfo, tr: Translator) -> str:
    if row.away is None:
        return ""
    why = row.place or tr.render(word(row.away))
    return tr("away: {why}, since {moment}", why=why, moment=said(row.left, zone, tr))
