"""Builds the demonstration register and issues its reports."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select

from desktop.demo import chapters, housing
from desktop.demo.staff import ADMINISTRATOR, PASSPHRASE, Staff
from desktop.demo.story import Story
from models.actions import months as actions
from models.actions import stays
from models.actions.facility import change_facility
from models.clock import Clock, FixedClock, SystemClock
from models.entities.stays import Stay
from models.exchange import door
from models.ids import ProgrammeId
from models.queries import issued_months, monthly_reports, programmes
from models.rules.facility import FacilityFacts
from models.rules.papers import Choice
from models.rules.time import Moment, Month
from models.rules.vocabulary import RoomKind, SendingWay
from models.store.files import make_private_folder
from models.store.keys import Stretch
from models.store.opening import create_register
from models.store.recovery import new_secret
from models.store.register import Register
from reports import monthly
from ui.papers.catalogue import MONTHLY_REPORT

__all__ = ["PASSPHRASE", "build"]

REPORTS = "reports"
_ZONE = ZoneInfo("Europe/Belgrade")
_BEFORE = 14
"""The months that the demonstration reaches back."""


def build(
    folder: Path,
    *,
    clock: Clock | None = None,
    progress: Callable[[int, int], None] | None = None,
    told: Sequence[Callable[[Story], None]] = chapters.ALL,
) -> list[Path]:
    """Make the demonstration register in a folder that is not there yet or is empty.

    Args:
        folder: Of the register; the papers come into its folder `reports`.
        clock: Where the present comes from; the same date gives the same people and figures.
        progress: Is told how many steps are done, of how many that are known.
        told: The chapters to tell.

    Returns:
        The paper of last month of each programme.
    """
    end = (clock or SystemClock()).now().astimezone(_ZONE)
    start = Month.of(end.date()).next(-_BEFORE)
    fixed = FixedClock(datetime(start.year, start.number, 1, 5, tzinfo=UTC))
    secret = new_secret()
    # The passphrase of a demonstration is printed for all to see, so stretching it would protect nothing.
    with create_register(
        folder,
        facility="Reception Centre North",
        letterhead="Ministry of Internal Affairs",
        administrator=ADMINISTRATOR,
        passphrase=PASSPHRASE,
        time_zone=_ZONE.key,
        is_demonstration=True,
        clock=fixed,
        stretch=Stretch(memory_kib=8192, rounds=1, lanes=1),
        secret=secret,
    ) as register:
        facts = FacilityFacts(
            name=register.facility.name,
            letterhead=register.facility.letterhead,
            time_zone=_ZONE.key,
            number_prefix=register.facility.number_prefix,
            uses_gate=True,
            sender="Invented Department for Reception\nExample Street 1, Prishtina",
            bank_details="Invented Central Bank\nIBAN XK05 0000 0000 0000 0000",
        )
        register.perform(change_facility, **asdict(facts))
        story = Story(register, Staff.engage(register, secret), fixed, Random(end.date().isoformat()), end)
        story.furnish(chapters.HOUSE, 11, 4, floors=2, out_of_use="Water damage; repair ordered")
        story.furnish(chapters.VILLAGE, 70, 4)
        story.furnish(chapters.CELLS, 114, 1, floors=3, kind=RoomKind.DETENTION)
        for chapter in told:
            chapter(story)
        month = start
        while month.next() < Month.of(end.date()):
            story.at(month.end.replace(day=4), partial(_issue_all, story, month), hour=16)
            month = month.next()
        corrected = start.next(7)
        story.at(corrected.end.replace(day=20), partial(_correct_one, story, corrected), hour=9)
        story.tell(progress)
        if told is chapters.ALL:
            housing.settle(story, chapters.HOUSE)
        _issue_all(story, month)
        return _save(register, month, folder / REPORTS)


def _programmes(register: Register) -> list[tuple[ProgrammeId, str]]:
    with register.read() as snapshot:
        return [(row.id, row.code) for row in programmes.rows(snapshot)]


def _issue_all(story: Story, month: Month) -> None:
    """Issue a month of every programme that has begun."""
    for programme_id, _code in _programmes(story.register):
        with story.register.read() as snapshot:
            begun = any(row.month == month for row in monthly_reports.months_of(snapshot, programme_id, compares=False))
        if begun:
            _issue(story, programme_id, month)


def _issue(story: Story, programme_id: ProgrammeId, month: Month, reason: str = "") -> None:
    """Issue a month, and send it at once."""
    issued_id = story.do(
        actions.issue, programme_id=programme_id, month=month, language="en", draw=monthly.draw_issued, reason=reason
    )
    story.do(actions.send, issued_id=issued_id, sent=story.now, way=SendingWay.EMAIL, to_whom="The partner’s desk")


def _correct_one(story: Story, month: Month) -> None:
    """An arrival of an issued month turns out to have been a day earlier; the month is issued again."""
    code = "DK-GJILAN"
    programme_id = next((id_ for id_, of in _programmes(story.register) if of == code), None)
    if programme_id is None:
        return
    with story.register.read() as snapshot:
        found = snapshot.connection.execute(
            select(Stay.id, Stay.arrived_at)
            .where(Stay.programme_id == programme_id, Stay.arrived_on > month.first, Stay.arrived_on <= month.last)
            .order_by(Stay.arrived_on)
            .limit(1)
        ).first()
    if found is None or found.arrived_at is None:
        return
    arrived = Moment.of(found.arrived_at - timedelta(days=1), story.register.facility.zone)
    reason = "The transport paper names the day before"
    story.do(stays.correct, stay_id=found.id, arrived=arrived, reason=reason)
    _issue(story, programme_id, month, reason)


def _save(register: Register, month: Month, folder: Path) -> list[Path]:
    """Write the issued papers of a month to files, named by programme and number."""
    make_private_folder(folder)
    paths = []
    for programme_id, code in _programmes(register):
        with register.read() as snapshot:
            issued = issued_months.issued(snapshot, programme_id, month)
        if issued:
            paths.append(folder / f"{code}-{issued[-1].number.replace(' ', '-')}.pdf")
            chosen = {Choice.PROGRAMME: programme_id, Choice.MONTH: month}
            paper = door.drawn(register, MONTHLY_REPORT, language="en", chosen=chosen)
            door.save(register, paper, paths[-1])
    return paths
