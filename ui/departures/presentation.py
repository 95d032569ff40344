"""How plans and their checks look wherever they are shown: titles, chips, and a line for each step."""

from collections.abc import Mapping, Sequence
from datetime import date

from models.actions.departures import Finding
from models.queries.departures import PlanRow, StayDepartures, StepRow
from models.rules.departures import FACT_LABELS, LATE_REASON, MOST_DAYS_BEFORE, ObjectionState
from models.rules.leaving import CheckRow, Relative, Standing, Together
from models.rules.vocabulary import SEALED_CHECKS, CheckKind, Destination
from models.rules.wording import word
from models.text import N_
from ui import session
from ui.kit.tokens import Tone
from ui.language import _, isolated, plural, say, tr

STANDINGS: Mapping[Standing, tuple[str, Tone]] = {
    Standing.STOPPED: (N_("No prospect"), Tone.RED),
    Standing.BLOCKED: (N_("Blocked"), Tone.RED),
    Standing.PLANNED: (N_("Planned"), Tone.BLUE),
    Standing.READY: (N_("Ready"), Tone.GREEN),
    Standing.DEPARTED: (N_("Departed"), Tone.GREY),
    Standing.CANCELLED: (N_("Cancelled"), Tone.GREY),
}
"""For each standing its chip."""

OPEN = frozenset({Standing.BLOCKED, Standing.PLANNED, Standing.READY})
"""The standings of an open plan."""

APPEALS: Mapping[str, str] = {
    "time_over": N_("the time to appeal is over"),
    "not_suspensive": N_("an appeal does not suspend it"),
}
"""What a decision says of the appeal, as it is kept and in words."""


def chip(standing: Standing) -> tuple[str, Tone]:
    """Where a plan stands."""
    text, tone = STANDINGS[standing]
    return _(text), tone


def heading(row: PlanRow) -> str:
    """A plan in one line: kind, where to, which day."""
    parts = [
        say(word(row.kind)),
        row.place or (tr().country(row.country) if row.country else ""),
        tr().date(row.planned_on),
    ]
    return ", ".join(part for part in parts if part)


def where_to(row: PlanRow) -> str:
    """Where a plan leads, as a list shows it."""
    return place_line(row.destination, row.country, row.place)


def place_line(destination: Destination | None, country: str | None, place: str) -> str:
    """A destination: town and country, or its group where neither is known."""
    parts = [place, tr().country(country) if country else ""]
    known = ", ".join(part for part in parts if part)
    return known or ("" if destination is None else say(word(destination)))


def days_line(days: int) -> str:
    """How far the day of travel is."""
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days < 0:
        return plural("{n} day ago", "{n} days ago", -days)
    return plural("in {n} day", "in {n} days", days)


def why_line(row: PlanRow) -> str:
    """What stands in the way, in one line; the first reason, and how many more there are."""
    if not row.reasons:
        return _("All steps are done") if row.standing is Standing.READY else ""
    first, more = say(row.reasons[0]), len(row.reasons) - 1
    return first if not more else plural("{first} And {n} more.", "{first} And {n} more.", more, first=first)


def sign(step: StepRow) -> str:
    """The sign of a step, as `Step` knows it."""
    if step.holds:
        return "done"
    return "open" if step.is_missing else "stop"


def step_line(step: StepRow, relatives: Sequence[Relative]) -> str:
    """What there is of a step, or why it is not good enough."""
    check, objection = step.check, step.objection
    if check is None and step.kind in SEALED_CHECKS:
        # Who may not read what such a check has found is told at most that it is not ready, and whom to ask.
        return _("Done") if objection is None else say(objection.message)
    if check is None:
        return _missing(step.kind)
    if objection is None:
        return _good(check, relatives) + _late(check)
    match objection.state:
        case ObjectionState.TOO_OLD:
            return plural(
                "Last {day}: older than {n} day on the day of travel",
                "Last {day}: older than {n} days on the day of travel",
                MOST_DAYS_BEFORE[step.kind],
                day=tr().day(check.held_on),
            )
        case ObjectionState.WITHDRAWN:
            return _("Withdrawn on {day}", day=tr().day(check.withdrawn_on or check.held_on))
        case ObjectionState.NOT_VALID if check.valid_until is not None:
            return _("Valid to {day}, before the day of travel", day=check.valid_until)
        case ObjectionState.AFTER_TRAVEL:
            return _("Dated {day}, after the day of travel", day=check.held_on)
        case _:
            return say(objection.message)


def _missing(kind: CheckKind) -> str:
    match kind:
        case CheckKind.COUNSELLING:
            return _("Not held yet")
        case CheckKind.CONSENT:
            return _("Not signed yet")
        case CheckKind.PROPERTY_RETURNED:
            return _("Can be handed over on the day")
        case CheckKind.TRAVEL_DOCUMENT:
            return _("None checked yet")
        case _:
            return _("Still to do")


def _late(check: CheckRow) -> str:
    """That a check was entered later than it was held, where that was said."""
    if check.late_reason is None:
        return ""
    day = tr().day(check.entered_at.astimezone(session.zone()).date())
    if not check.late_reason:
        return "; " + _("entered later, on {day}; the reason is sealed", day=day)
    return "; " + _("entered later, on {day}: {reason}", day=day, reason=isolated(check.late_reason))


def _good(check: CheckRow, relatives: Sequence[Relative]) -> str:
    day, who, details = tr().day(check.held_on), isolated(check.who), check.details
    match check.kind:
        case CheckKind.COUNSELLING:
            return _("{day}, in {language}, {who}", day=day, language=tr().language_name(details["language"]), who=who)
        case CheckKind.CONSENT:
            return _("{day}; can be withdrawn up to departure", day=day)
        case CheckKind.DECISION:
            return _(
                "No. {number}, {day}, {appeal}", number=details["decision_number"], day=day, appeal=_appeal(details)
            )
        case CheckKind.TRAVEL_DOCUMENT if check.valid_until is not None:
            return _("{number}, valid to {day}", number=details["document_number"], day=check.valid_until)
        case CheckKind.FAMILY_UNITY:
            return _family(details.get("family", ""), relatives) or f"{day}, {who}"
        case CheckKind.ACCEPTANCE:
            return f"{day}, {isolated(details['accepted_by'])}"
        case _ if check.is_sealed:
            return _("{day}, {who}; the finding is sealed", day=day, who=who)
        case _:
            return f"{day}, {who}"


def finding_text(found: Finding) -> str:
    """What a sealed check has found, as whoever may read it sees it."""
    result = _("Passed") if found.passed else _("Not passed")
    details = [f"{_(FACT_LABELS.get(name, name))}: {value}" for name, value in found.details.items()]
    if found.late_reason:
        details.append(_("Entered late: {reason}", reason=found.late_reason))
    return "\n".join(part for part in (result, *details, found.note) if part)


def _appeal(details: Mapping[str, str]) -> str:
    stated = details["appeal"]
    return _(APPEALS[stated]) if stated in APPEALS else stated


def _family(how: str, relatives: Sequence[Relative]) -> str:
    names = "; ".join(isolated(relative.name) for relative in relatives)
    match how:
        case Together.ALONE:
            return _("Travels alone; no family in the house")
        case Together.TOGETHER:
            return _("Leaves together with {names}", names=names) if names else _("The family leaves together")
        case Together.SEPARATE:
            return _("There is a decision to separate")
        case _:
            return ""


_FACTS = {**FACT_LABELS, "note": N_("Note"), LATE_REASON: N_("Recorded on a later day, because")}


def facts(stay: StayDepartures) -> list[tuple[str, str]]:
    """What an end without a plan states, each with its name."""
    found = []
    for name, value in stay.facts.items():
        label = _(_FACTS[name])
        found.append((label, tr().date(date.fromisoformat(value)) if name == "order_date" else value))
    return found
