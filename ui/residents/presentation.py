"""How residents look wherever they are shown: chips, moments, the line of facts."""

from models.queries.departures import StayDepartures
from models.queries.residents import ResidentRow, Whereabouts
from models.queries.stays import StayRow
from models.rules.leaving import Standing
from models.rules.residents import PersonFacts
from models.rules.wording import word
from ui import session
from ui.kit.tokens import Tone
from ui.language import _, plural, say, tr
from ui.reading import say_birth

Chips = list[tuple[str, Tone]]

_NEARLY = 5
"""In the last fifth of the days that the limit allows, the day is shown in amber."""


def whereabouts(row: ResidentRow) -> tuple[str, Tone]:
    """Where the person is."""
    match row.whereabouts:
        case Whereabouts.OVERDUE:
            return _("Away, overdue"), Tone.RED
        case Whereabouts.AWAY:
            return _("Away"), Tone.AMBER
        case Whereabouts.DEPARTED:
            return _("Departed"), Tone.GREY
        case _:
            return _("Present"), Tone.GREEN


def day_of(day: int | None, allowed: int | None) -> str:
    """Day N of M; day N where there is no limit."""
    if day is None:
        return ""
    number = tr().number
    return _("Day {n}", n=number(day)) if allowed is None else _("Day {n} of {m}", n=number(day), m=number(allowed))


def day_chip(row: ResidentRow) -> tuple[str, Tone]:
    """Where the stay stands against its limit."""
    if row.days_past:
        return plural("{n} day past the limit", "{n} days past the limit", row.days_past), Tone.RED
    left = None if row.day is None or row.days_allowed is None else row.days_allowed - row.day
    near = left is not None and row.days_allowed is not None and left * _NEARLY <= row.days_allowed
    return day_of(row.day, row.days_allowed), Tone.AMBER if near else Tone.GREY


def list_chips(row: ResidentRow) -> Chips:
    """The chips of a row of the list."""
    chips = [whereabouts(row)]
    if row.days_past:
        chips.append((_("Limit passed"), Tone.RED))
    if row.is_provisional:
        chips.append((_("Provisional"), Tone.RED))
    elif row.is_emergency:
        chips.append((_("Emergency"), Tone.AMBER))
    return chips


def page_chips(row: ResidentRow, stay: StayRow | None, leaving: StayDepartures | None) -> Chips:
    """The chips below the name."""
    chips = [whereabouts(row)]
    if stay is None:
        return [(_("No stay"), Tone.GREY)]
    chips.append((stay.programme, Tone.BLUE))
    if stay.is_open:
        chips.append(day_chip(row))
    if stay.is_provisional:
        chips.append((_("Provisional"), Tone.RED))
    if stay.is_emergency:
        chips.append((_("Emergency arrival"), Tone.AMBER))
    if leaving is not None and stay.is_open:
        chips += _leaving_chip(leaving)
    return chips


def _leaving_chip(leaving: StayDepartures) -> Chips:
    if leaving.no_prospect:
        return [(_("No prospect of return"), Tone.RED)]
    standing = None if leaving.current is None else leaving.current.row.standing
    match standing:
        case Standing.BLOCKED:
            return [(_("Departure blocked"), Tone.RED)]
        case Standing.READY:
            return [(_("Departure ready"), Tone.GREEN)]
        case Standing.PLANNED:
            return [(_("Departure planned"), Tone.BLUE)]
        case _:
            return []


def person_line(number: str, facts: PersonFacts) -> str:
    """One line about a person: number, sex and birth, nationalities, languages."""
    about = []
    if facts.sex is not None:
        about.append(say(word(facts.sex)))
    if facts.birth is not None:
        age = facts.birth.age(session.today())
        about.append(_("born {born}, {age} years", born=say_birth(facts.birth), age=age))
    nations = [tr().country(code) for code in (facts.nationality, *facts.other_nationalities) if code]
    spoken = ", ".join(tr().language_name(code) for code in facts.languages)
    if facts.needs_interpreter:
        spoken = _("{languages} (interpreter needed)", languages=spoken) if spoken else _("interpreter needed")
    parts = [number, ", ".join(about), ", ".join(nations) or _("nationality not known"), spoken]
    return " · ".join(part for part in parts if part)


def initials(facts: PersonFacts) -> str:
    """Two letters in the place of a photo."""
    return "".join(name[0] for name in (facts.given_names, facts.family_name) if name).upper()


def stay_span(stay: StayRow) -> str:
    """From when to when a stay lasted or may last."""
    arrived = stay.arrived.on
    if stay.departed is not None:
        return _("{start} to {end}", start=arrived, end=stay.departed.on)
    if stay.limit_on is not None:
        return _("{start} to limit {end}", start=arrived, end=stay.limit_on)
    return _("since {start}, without a limit", start=arrived)
