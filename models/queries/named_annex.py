"""The annex of a monthly report by name: whom the frozen figures list by number, named as the register has them today.

No name is frozen with a month. So a name that was put right is the right one also beside an old report, and of
somebody who was erased, or who is no longer known under that number, the number alone stands there.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from models.entities.months import IssuedMonth
from models.entities.programmes import Programme
from models.entities.residents import PartnerNumber, Resident
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import IssuedMonthId, ProgrammeId, ResidentId
from models.queries.issued_months import stored_figures
from models.queries.month_tallies import touching
from models.rules.birth import BirthDate
from models.rules.disclosure import least_shown
from models.rules.figures import Listed, MonthFigures, number_of
from models.rules.names import display_name
from models.rules.report_sections import chosen
from models.rules.time import Month
from models.rules.vocabulary import ReportSection
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class NamedRow:
    """Somebody who was there in the month.

    Attributes:
        number: As the report has it.
        name: Family name first; empty where it was never known. None: nobody is known under this number any more.
        partner_numbers: Those that the partner gave.
        arrived_on: The first day, as the report has it.
        departed_on: The last day; None: they stayed on.
        counted: What of the month counts by the rule of the agreement.
    """

    number: str
    name: str | None
    partner_numbers: tuple[str, ...]
    birth: BirthDate | None
    arrived_on: date
    departed_on: date | None
    counted: int


@dataclass(frozen=True, slots=True)
class NamedAnnex:
    """The annex of one report.

    Attributes:
        number: Of the report: 2026-10 r2.
        figures: Those of the report, as they were frozen.
        ground: The legal ground of the agreement, as it stands today.
        today: The day as of which the names are.
    """

    number: str
    figures: MonthFigures
    ground: str
    today: date
    rows: tuple[NamedRow, ...]


def reports(snapshot: Snapshot) -> tuple[tuple[IssuedMonthId, str], ...]:
    """The issued reports that have an annex by name, of agreements that cite the ground for it, the last first."""
    found = snapshot.connection.execute(
        select(IssuedMonth.id, Programme.code, IssuedMonth.month, IssuedMonth.revision)
        .join(Programme, Programme.id == IssuedMonth.programme_id)
        .where(Programme.names_ground != "")
        .order_by(IssuedMonth.month.desc(), IssuedMonth.revision.desc(), Programme.code)
    )
    return tuple(
        (IssuedMonthId(id_), f"{code} {number_of(Month.of(month), revision)}")
        for id_, code, month, revision in found.all()
        if _names(snapshot, IssuedMonthId(id_))
    )


def report_named(snapshot: Snapshot, said: str) -> IssuedMonthId:
    """The issued report of a name such as `US-2025 2026-10 r2`, where it has an annex by name.

    Raises:
        Refused: It has none; naming those that have.
    """
    offered = reports(snapshot)
    wanted = " ".join(said.split()).casefold()
    for id_, name in offered:
        if name.casefold() == wanted:
            return id_
    if not offered:
        raise Refused(
            "No report has an annex by name. The agreement must cite the legal ground, and the section be chosen "
            "before the month is issued.",
            field="report_id",
        )
    raise Refused(
        "The report {report} has no annex by name. These have: {known}.",
        field="report_id",
        report=said,
        known=", ".join(name for _, name in offered),
    )


def whose(snapshot: Snapshot, report_id: IssuedMonthId) -> tuple[ProgrammeId, str]:
    """The programme of an issued report, and the number of the report within it.

    Raises:
        Refused: There is no such report.
    """
    row = snapshot.connection.execute(
        select(IssuedMonth.programme_id, IssuedMonth.month, IssuedMonth.revision).where(IssuedMonth.id == report_id)
    ).one_or_none()
    if row is None:
        raise Refused("This report has no annex by name. Choose another one.", field="report_id")
    return row.programme_id, number_of(Month.of(row.month), row.revision)


def of_report(snapshot: Snapshot, *, report_id: IssuedMonthId) -> NamedAnnex:
    """The annex of an issued report.

    Raises:
        Refused: The report lists nobody by name.
    """
    if not _names(snapshot, report_id):
        raise Refused("This report has no annex by name. Choose another one.", field="report_id")
    figures = stored_figures(snapshot, report_id)
    row = snapshot.connection.execute(
        select(IssuedMonth.programme_id, IssuedMonth.revision, Programme.names_ground)
        .join(Programme, Programme.id == IssuedMonth.programme_id)
        .where(IssuedMonth.id == report_id)
    ).one()
    listed = [each for each in figures.listed if each.section == ReportSection.ANNEXES]
    rows = _named(snapshot, row.programme_id, figures, listed)
    return NamedAnnex(number_of(figures.month, row.revision), figures, row.names_ground, snapshot.today, rows)


# -- inside ------------------------------------------------------------------------------------------------------------


def _names(snapshot: Snapshot, report_id: IssuedMonthId) -> bool:
    """Whether a report that hides no count was issued with an annex by name; read once, since it never changes."""
    key = ("months.names", report_id)
    if key not in snapshot.memory:
        text = snapshot.connection.scalar(select(IssuedMonth.figures).where(IssuedMonth.id == report_id)) or "{}"
        heading = json.loads(text).get("heading", {})
        sections = chosen(heading["sections"]) if heading.get("sections") else ()
        hides = least_shown(heading.get("small_count", 0)) > 0
        snapshot.memory[key] = not hides and any(each.section is ReportSection.NAMES for each in sections)
    found: bool = snapshot.memory[key]
    return found


def _named(
    snapshot: Snapshot, programme_id: ProgrammeId, figures: MonthFigures, listed: Sequence[Listed]
) -> tuple[NamedRow, ...]:
    remains = aliased(Resident)
    was_there = select(Stay.resident_id).where(touching(programme_id, figures.month.first, figures.month.end))
    found = snapshot.connection.execute(
        select(Resident.number, remains.id, remains.family_name, remains.given_names, remains.birth)
        .join(remains, remains.id == func.coalesce(Resident.joined_into_id, Resident.id))
        .where(remains.id.in_(was_there))
    )
    people = {row.number: row for row in found.all()}
    numbers: dict[ResidentId, list[str]] = {}
    asked = select(PartnerNumber.resident_id, PartnerNumber.number).where(PartnerNumber.programme_id == programme_id)
    for resident_id, number in snapshot.connection.execute(asked.order_by(PartnerNumber.id)):
        numbers.setdefault(resident_id, []).append(number)
    rows = []
    for each in listed:
        arrived, departed = each.days
        assert arrived is not None
        who = people.get(each.number)
        if who is None:
            rows.append(NamedRow(each.number, None, (), None, arrived, departed, each.count))
            continue
        name, theirs = display_name(who.family_name, who.given_names, ""), tuple(numbers.get(who.id, ()))
        rows.append(NamedRow(each.number, name, theirs, who.birth, arrived, departed, each.count))
    return tuple(rows)
