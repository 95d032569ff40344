"""How people and moments look in every area: a name, a birth date, a moment as far as it is known."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Protocol, TypeVar, Unpack

from models.queries.candidates import AlikeRow
from models.queries.exports import Datum, datum
from models.rules.birth import BirthDate
from models.rules.names import display_name
from models.rules.time import Moment
from ui import session
from ui.kit.columns import Column, Laid
from ui.language import _, isolated, say, tr
from ui.reading import say_birth

Row = TypeVar("Row")


class Named(Protocol):
    """Whoever has a family name and given names."""

    @property
    def family_name(self) -> str:
        """The family name; empty where it is not known."""
        ...

    @property
    def given_names(self) -> str:
        """The given names; empty where they are not known."""
        ...


def name_of(person: Named, number: str = "") -> str:
    """The name as lists show it, else the number."""
    return display_name(person.family_name, person.given_names, number or _("no name"))


def alike_head(found: AlikeRow) -> str:
    """Who may be the same person: the name, the birth date, where the person is found, on the roll or dead."""
    where = found.where
    if found.candidate_id is not None:
        where = _("list {list}, no. {number}", list=found.where, number=found.number)
    if found.died_on is not None:
        where += " · " + _("Died on {date}", date=found.died_on)
    elif found.is_on_roll:
        where += " · " + _("On the roll")
    return f"{isolated(name_of(found, found.where))} · {born(found.birth)} · {where}"


def reasons_of(found: AlikeRow) -> str:
    """Why somebody may be the same person."""
    return " ".join(map(say, found.reasons))


def born(birth: BirthDate | None) -> str:
    """A birth date as a table shows it."""
    return _("not known") if birth is None else say_birth(birth)


def when(moment: Moment | None) -> str:
    """A moment as far as it is known, in the facility's time; never a midnight that stands for a day."""
    if moment is None:
        return ""
    if moment.at is None:
        return tr().date(moment.on)
    return _("{day}, {time}", day=moment.on, time=f"{moment.at.astimezone(session.zone()):%H:%M}")


def moment_data(title: str, moment: Callable[[Row], Moment | None]) -> Mapping[str, Callable[[Row], Datum]]:
    """A moment as a file has it: its date, and its time of day where that is known, each under its own title."""

    def on(row: Row) -> date | None:
        found = moment(row)
        return None if found is None else found.on

    def at(row: Row) -> time | None:
        found = moment(row)
        known = None if found is None else found.at
        return None if known is None else known.astimezone(session.zone()).time().replace(second=0, microsecond=0)

    return {title: on, _("{what}: time", what=title): at}


def instant_data(title: str, instant: Callable[[Row], datetime | None]) -> Mapping[str, Callable[[Row], Datum]]:
    """An instant as a file has it, in the facility's time."""

    def known(row: Row) -> Moment | None:
        found = instant(row)
        return None if found is None else Moment.of(found, session.zone())

    return moment_data(title, known)


def moment_column(name: str, title: str, of: Callable[[Row], Moment | None], **laid: Unpack[Laid]) -> Column[Row]:
    """A column of moments, each as far as it is known."""
    return Column(name, title, lambda row: when(of(row)), data=moment_data(title, of), **laid)


def instant_column(name: str, title: str, of: Callable[[Row], datetime], **laid: Unpack[Laid]) -> Column[Row]:
    """A column of instants, each in the facility's time."""
    return Column(name, title, lambda row: at_clock(of(row)), data=instant_data(title, of), **laid)


def birth_column(of: Callable[[Row], BirthDate | None], **laid: Unpack[Laid]) -> Column[Row]:
    """A column of birth dates, each as far as it is known."""
    return Column("birth", _("Born"), lambda row: born(of(row)), data=lambda row: datum(of(row)), **laid)


def name_data(said: Callable[[Row], Named], own_script: Callable[[Row], str]) -> Mapping[str, Callable[[Row], Datum]]:
    """A name as a file has it: its parts, each in a column, and how it is written in its own script."""
    return {
        _("Family name"): lambda row: said(row).family_name or None,
        _("Given names"): lambda row: said(row).given_names or None,
        _("Name in own script"): lambda row: own_script(row) or None,
    }


def at_clock(instant: datetime) -> str:
    """An instant in the facility's time: 21 Nov 2026 09:14."""
    return tr().value(instant.astimezone(session.zone()))
