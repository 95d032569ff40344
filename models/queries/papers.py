"""What every paper has in common: its imprint, its subject in the trail, its name, and what can be chosen for it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import IssuedMonthId, ListId, ProgrammeId, ResidentId, TransportId
from models.queries import named_annex, people, selection, transports
from models.queries.residents import SHOWN, Shown
from models.repositories.joinings import remaining
from models.repositories.papers import next_number
from models.rules.disclosure import may_reach
from models.rules.forms import FORMS, Form, forms_of
from models.rules.names import display_name
from models.rules.papers import CERTIFY, Choice, Chosen, Imprint, Paper
from models.rules.people import READS, check_may_do
from models.rules.time import Moment, Month
from models.rules.vocabulary import BlankForm
from models.store import trail
from models.store.snapshot import Snapshot
from models.text import Message, message


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be chosen for papers.

    Attributes:
        programmes: Each with its code.
        months: Those since the first arrival, the last first.
        users: Of whom the trail can tell, for those who may read it.
        transports: Those that have come, each with its name.
        lists: The proposed lists, the newest first, each with its name and its programme.
        reports: The issued reports that have an annex by name, the last first, each with its programme and number.
    """

    programmes: tuple[tuple[ProgrammeId, str], ...]
    months: tuple[Month, ...]
    users: tuple[str, ...]
    transports: tuple[tuple[TransportId, Message], ...]
    lists: tuple[tuple[ListId, str], ...]
    reports: tuple[tuple[IssuedMonthId, str], ...] = ()


def offers(snapshot: Snapshot) -> Offers:
    """What can be chosen for papers now."""
    connection = snapshot.connection
    codes = connection.execute(select(Programme.id, Programme.code).order_by(Programme.code)).all()
    last = Month.of(snapshot.today)
    first = Month.of(min(connection.scalar(select(func.min(Stay.arrived_on))) or snapshot.today, snapshot.today))
    months = [last]
    while months[-1] > first:
        months.append(months[-1].next(-1))
    return Offers(
        tuple((ProgrammeId(id_), code) for id_, code in codes),
        tuple(months),
        people.names(snapshot) if snapshot.person.role in READS["trail"] else (),
        tuple((each.id, transports.name_of(each)) for each in transports.transports(snapshot) if each.came is not None),
        tuple((each.id, f"{each.code} ({each.programme})") for each in selection.lists(snapshot)),
        named_annex.reports(snapshot),
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a recovery sheet.

    Attributes:
        number: Of the sheet, by which one can tell whether it is the one that holds.
        made_on: The local date.
        words: The twelve words, parted by spaces.
    """

    number: str
    made_on: date
    words: str


def sheet(snapshot: Snapshot, *, number: str, words: str) -> Sheet:
    """The recovery sheet of words that were just made; they are kept nowhere."""
    return Sheet(number, snapshot.today, words)


def blank_forms(snapshot: Snapshot, *, form: str | None = None) -> tuple[Form, ...]:
    """The blank form that was chosen, or all of the house; they hold nothing of the register."""
    return forms_of(keeps_gate=snapshot.facility.uses_gate) if form is None else (FORMS[BlankForm(form)],)


def resident_of(snapshot: Snapshot, number: str) -> ResidentId:
    """The resident of a number.

    Raises:
        Refused: There is none.
    """
    found = snapshot.connection.scalar(select(Resident.id).where(Resident.number == number.strip().upper()))
    if found is None:
        raise Refused("There is no resident {number}.", field="resident_id", number=number)
    return remaining(snapshot.connection, found)


@dataclass(frozen=True, slots=True)
class About:
    """What goes with a paper.

    Attributes:
        imprint: What stands on it, as on every paper.
        subject: What the trail says that it is about: the person, else the month, else the programme, else the day.
        name: Of its file, without the ending: no names of persons.
    """

    imprint: Imprint
    subject: str
    name: str


def about(snapshot: Snapshot, *, paper: Paper[Any], language: str, chosen: Chosen) -> About:
    """What goes with a paper, whatever stands on it.

    Args:
        snapshot: The look at the register.
        paper: Its declaration.
        language: Of the paper.
        chosen: What was chosen for it.

    Raises:
        Refused: It would name people to somebody outside the house, and the programme cites no legal ground for that
            (rules.md, Disclosure); or the resident is not there.
    """
    programme_id, resident_id = chosen.get(Choice.PROGRAMME), chosen.get(Choice.RESIDENT)
    report = ""
    if Choice.REPORT in chosen:
        programme_id, report = named_annex.whose(snapshot, chosen[Choice.REPORT])
    found = snapshot.connection.execute(
        select(Programme.code, Programme.names_ground).where(Programme.id == programme_id)
    ).one_or_none()
    code, ground = ("", "") if found is None else found
    if not all(paper.audience is None or may_reach(each, paper.audience, names_ground=ground) for each in paper.fields):
        raise Refused(
            "This paper names people, and the programme cites no legal ground to tell its reader who they are."
        )
    name, number = ("", "") if resident_id is None else _resident(snapshot, resident_id)
    at: Moment | None = chosen.get(Choice.AT)
    day = snapshot.today if at is None else at.on
    moment = str(chosen.get(Choice.MONTH) or report or chosen.get(Choice.SHEET) or day)
    if resident_id is not None:
        subject = f"resident:{resident_id}"
    elif Choice.TRANSPORT in chosen:
        subject = f"transport:{chosen[Choice.TRANSPORT]}"
    elif Choice.LIST in chosen:
        subject = f"list:{chosen[Choice.LIST]}"
    elif Choice.MONTH in chosen or report:
        subject = f"month:{code} {moment}"
    elif Choice.SHEET in chosen:
        subject = f"sheet:{moment}"
    else:
        subject = f"day:{moment}" if programme_id is None else f"programme:{programme_id}"
    parts = (paper.id.replace("_", "-"), code.replace("/", "-"), number, moment.replace(" ", "-"))
    told = tuple(_told(paper, chosen, code, [part for part in (name, number, report and f"{code} {report}") if part]))
    head = imprint(snapshot, language, told)
    if Choice.READER in chosen:
        head = replace(head, reader=" ".join(chosen[Choice.READER].split()))
    if chosen.get(Choice.CERTIFIED):
        check_may_do(snapshot.person.role, CERTIFY, stands_in=snapshot.person.stands_in)
        year = snapshot.today.year
        head = replace(head, number=f"{next_number(snapshot.connection, paper.id, year)}/{year}")
    return About(head, subject, "-".join(part for part in parts if part))


def imprint(snapshot: Snapshot, language: str, told: tuple[str | Message, ...]) -> Imprint:
    """What stands on every paper, and what was chosen for this one."""
    _, head = trail.head(snapshot.connection)
    return Imprint(
        language=language,
        facility=snapshot.facility.name,
        letterhead=snapshot.facility.letterhead,
        chosen=told,
        printed_by=snapshot.person.name,
        printed_at=snapshot.now.astimezone(snapshot.facility.zone),
        trail_head=head,
    )


def _told(paper: Paper[Any], chosen: Chosen, programme: str, resident: list[str]) -> list[str | Message]:
    """What a paper holds, as far as its choices say."""
    told: list[str | Message] = [chosen[Choice.USER]] if Choice.USER in chosen else []
    told += resident
    period = _period(chosen.get(Choice.FROM), chosen.get(Choice.UNTIL))
    if Choice.PROGRAMME in paper.choices:
        what = programme or message("All programmes")
        told.append(what if period is None else message("{what}, {period}", what=what, period=period))
    elif period is not None:
        told.append(period)
    if Choice.SHOWN in paper.choices:
        told.append(message(SHOWN[Shown(chosen.get(Choice.SHOWN, Shown.ON_ROLL))]))
    if Choice.TEXT in chosen:
        told.append(message("with “{text}”", text=chosen[Choice.TEXT]))
    return told or ([message("everything")] if paper.choices else [])


def _period(first: date | None, last: date | None) -> Message | None:
    if first is not None and last is not None:
        return message("from {first} to {last}", first=first, last=last)
    if first is not None:
        return message("from {day} on", day=first)
    return None if last is None else message("up to {day}", day=last)


def number_of(snapshot: Snapshot, resident_id: ResidentId) -> str:
    """The number by which people call a resident."""
    return _resident(snapshot, resident_id)[1]


def _resident(snapshot: Snapshot, resident_id: ResidentId) -> tuple[str, str]:
    """The name and the number of a resident."""
    found = snapshot.connection.execute(
        select(Resident.family_name, Resident.given_names, Resident.number).where(Resident.id == resident_id)
    ).one_or_none()
    if found is None:
        raise Refused("This resident is not in the register. Choose one from the list.", field="resident_id")
    return display_name(found.family_name, found.given_names, ""), found.number
