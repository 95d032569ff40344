"""Where a departure plan stands, where it leads, and who leaves with whom (rules.md, Departures)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

from models.errors import Refused
from models.ids import CheckId, PlanId, StayId
from models.rules import departures
from models.rules.codes import checked_country
from models.rules.departures import RETURNS, CheckFacts, Objection, ObjectionState
from models.rules.people import READS_SEALED
from models.rules.time import Moment
from models.rules.vocabulary import (
    SEALED_CHECKS,
    CheckKind,
    DepartureKind,
    Destination,
    PlanState,
    Role,
    SealedKind,
)
from models.rules.wording import word
from models.text import N_, Message, message

CLOSE = 7
"""Within so many days of travel a step that is not done yet stands in the way."""
ON_THE_DAY = frozenset({CheckKind.PROPERTY_RETURNED})
"""Steps that may wait for the day of travel."""
WITHDRAWABLE = frozenset({CheckKind.CONSENT, CheckKind.ACCEPTANCE})
"""What somebody gave, and can take back up to the departure."""
OF_THE_DESTINATION = (CheckKind.CONSENT, CheckKind.NON_REFOULEMENT, CheckKind.ACCEPTANCE)
"""Checks that were held for one country, and say nothing of another."""


class Standing(StrEnum):
    """Where a plan stands, as the page of departures shows it."""

    STOPPED = "stopped"
    """A risk was found: no prospect of return on this plan."""
    BLOCKED = "blocked"
    """Something stands in the way that will not settle itself, or the day is close."""
    PLANNED = "planned"
    """Steps are still to do, and there is time."""
    READY = "ready"
    """All is there: the departure can be recorded."""
    DEPARTED = "departed"
    CANCELLED = "cancelled"


class Together(StrEnum):
    """What a check of family unity found; it stands in its details under `family`."""

    ALONE = "alone"
    TOGETHER = "together"
    SEPARATE = "separate"
    """There is a decision to separate."""


_BY_KIND: Mapping[DepartureKind, Destination] = {
    DepartureKind.BACK_TO_PARTNER: Destination.PARTNER,
    DepartureKind.STAY_GRANTED: Destination.HOST,
    DepartureKind.RELEASE_BY_ORDER: Destination.HOST,
}
"""Where the kinds lead that say so themselves."""


class Origins(NamedTuple):
    """What tells which country is whose.

    Attributes:
        partner_country: The country of the partner of the programme.
        nationality: Of the person; None where it is not known.
        others: Further nationalities.
    """

    partner_country: str
    nationality: str | None
    others: Sequence[str] = ()

    @property
    def known(self) -> frozenset[str]:
        """All nationalities of the person."""
        return frozenset(self.others) | ({self.nationality} if self.nationality else set())


class Way(NamedTuple):
    """How and where to somebody leaves."""

    kind: DepartureKind
    country: str | None = None
    destination: Destination = Destination.NOT_RECORDED


class Stop(NamedTuple):
    """A plan that a risk has stopped, and where it led."""

    id: PlanId
    way: Way


class Made(Protocol):
    """A plan that was made for a stay; a later one has a higher number."""

    @property
    def id(self) -> PlanId:
        """Its number."""

    @property
    def kind(self) -> DepartureKind:
        """How the person leaves."""

    @property
    def state(self) -> PlanState:
        """Where it stands."""

    @property
    def way(self) -> Way:
        """Where it leads, and how."""


P = TypeVar("P", bound=Made)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check as it was entered.

    Attributes:
        passed: None where what it found is sealed.
        late_reason: Why it was entered later than it was held; None where that was not said, empty where it is sealed.
    """

    check_id: CheckId
    kind: CheckKind
    held_on: date
    passed: bool | None
    valid_until: date | None
    withdrawn_on: date | None
    who: str
    details: Mapping[str, str]
    note: str
    late_reason: str | None
    entered_by: str
    entered_at: datetime

    @property
    def is_sealed(self) -> bool:
        """Whether what it found is sealed: outcome, note and details stand nowhere else."""
        return self.kind in SEALED_CHECKS


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody of the family who is on the roll.

    Attributes:
        stay_id: The stay.
        name: How the person is called on the screen.
        is_child: Whether the person may be under eighteen on the day of travel.
        plan_id: The open plan, None where there is none.
        planned_on: The day of travel of that plan.
    """

    stay_id: StayId
    name: str
    is_child: bool = False
    plan_id: PlanId | None = None
    planned_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """All that decides whether somebody may leave.

    Attributes:
        kind: How the stay is to end.
        travel_on: The local date of travel.
        checks: All checks, in the order in which they were entered.
        permitted: The kinds that the programme permits.
        extra: What the programme requires beyond rules.md.
        is_child: Whether the person may be under eighteen on the day of travel.
        relatives: The family on the roll, without the person.
        together: What the check of family unity says that counts; None where it does not say.
        at: The moment of a departure that is recorded on a later day, so that it is judged by what stood then; None:
            by what stands.
        is_stopped: Whether a risk has stopped the plan: that stands against it whatever its checks say.
    """

    kind: DepartureKind
    travel_on: date
    checks: Sequence[CheckFacts] = ()
    permitted: Collection[DepartureKind] = ()
    extra: Collection[CheckKind] = ()
    is_child: bool = False
    relatives: Sequence[Relative] = field(default=())
    together: Together | None = None
    at: Moment | None = None
    is_stopped: bool = False

    @property
    def has_children(self) -> bool:
        """Whether a child leaves, or a child's family does."""
        return self.is_child or any(relative.is_child for relative in self.relatives)

    @property
    def required(self) -> tuple[CheckKind, ...]:
        """The checks that this departure requires, in the order of the table."""
        return departures.required_checks(self.kind, extra=self.extra, has_children=self.has_children)


def objections(
    facts: PlanFacts, *, leaving: Collection[StayId] | None = None, tells_findings: bool = True
) -> tuple[Objection, ...]:
    """What stands against a departure.

    Beyond what each check says for itself, the check of family unity must be true: nobody leaves "together" with
    family that stays behind, or "alone" with family in the house.

    Args:
        facts: The plan.
        leaving: The stays that end at the very moment; None: not recorded now, and whoever plans to travel that day
            counts as leaving.
        tells_findings: Whether whoever asks may know what checks of fitness and of non-refoulement have found. Others
            are told that such a check is not ready, whatever the reason (rules.md, Disclosure).
    """
    found = departures.objections(
        facts.kind,
        facts.checks,
        travel_on=facts.travel_on,
        at=facts.at,
        extra_required=facts.extra,
        has_family=bool(facts.relatives),
        has_children=facts.has_children,
    )
    if facts.is_stopped and not any(objection.check is CheckKind.NON_REFOULEMENT for objection in found):
        found = (departures.failed(CheckKind.NON_REFOULEMENT), *found)
    found = found if tells_findings else tuple(map(_veiled, found))
    wrong = {objection.check for objection in found}
    if CheckKind.FAMILY_UNITY in facts.required and CheckKind.FAMILY_UNITY not in wrong:
        found = (*found, *_untrue(facts, leaving))
    order = tuple(CheckKind)
    return tuple(sorted(found, key=lambda objection: order.index(objection.check)))


def _veiled(objection: Objection) -> Objection:
    """An objection as it is told to who may not know what was found: missing, failed and expired are one."""
    if objection.check not in SEALED_CHECKS:
        return objection
    asked = word(next(role for role in Role if role in READS_SEALED[SealedKind.CHECK]))
    text = message("{check}: not ready. Ask: {asked}.", check=word(objection.check), asked=asked)
    return Objection(objection.check, ObjectionState.MISSING, text)


def refusals(facts: PlanFacts, *, leaving: Collection[StayId], tells_findings: bool = True) -> tuple[Message, ...]:
    """Every reason why a departure may not be recorded now, in words; empty where it may.

    Args:
        facts: The plan.
        leaving: The stays that end at the very moment.
        tells_findings: As of `objections`.
    """
    return tuple(words for _check, words in against(facts, leaving=leaving, tells_findings=tells_findings))


def against(
    facts: PlanFacts, *, leaving: Collection[StayId], tells_findings: bool
) -> tuple[tuple[CheckKind | None, Message], ...]:
    """As `refusals`, each with the check that it is about; None: the programme does not permit this way of leaving."""
    forbidden = departures.kind_objection(facts.kind, facts.permitted)
    found = objections(facts, leaving=leaving, tells_findings=tells_findings)
    words = tuple((objection.check, objection.message) for objection in found)
    return words if forbidden is None else ((None, forbidden), *words)


def standing(state: PlanState, found: Sequence[Objection], *, travel_on: date, today: date) -> Standing:
    """Where a plan stands.

    Args:
        state: As it is kept.
        found: Its `objections`.
        travel_on: The local date of travel.
        today: The local date.
    """
    if state is not PlanState.OPEN:
        return Standing(state.value)
    if not found:
        return Standing.READY
    close = (travel_on - today).days <= CLOSE
    return Standing.BLOCKED if any(_is_in_the_way(each, close=close) for each in found) else Standing.PLANNED


def _is_in_the_way(objection: Objection, *, close: bool) -> bool:
    if objection.state is not ObjectionState.MISSING:
        return True
    return close and objection.check not in ON_THE_DAY


def _untrue(facts: PlanFacts, leaving: Collection[StayId] | None) -> tuple[Objection, ...]:
    """What makes the check of family unity untrue."""
    if facts.together is Together.ALONE:
        text = N_("The check says that the person travels alone, but {name} is family in the house.")
        wrong = facts.relatives
    elif facts.together is Together.TOGETHER:
        text = N_("The family leaves together, but {name} does not leave at the same time.")
        wrong = [relative for relative in facts.relatives if not _leaves(relative, facts.travel_on, leaving)]
    else:
        return ()
    return tuple(
        Objection(CheckKind.FAMILY_UNITY, ObjectionState.FAILED, Message(text, {"name": relative.name}))
        for relative in wrong
    )


def _leaves(relative: Relative, travel_on: date, leaving: Collection[StayId] | None) -> bool:
    return relative.planned_on == travel_on if leaving is None else relative.stay_id in leaving


def companions(facts: PlanFacts) -> tuple[PlanId, ...]:
    """The plans of the family that must be recorded at the same moment: those who leave together."""
    if facts.together is not Together.TOGETHER:
        return ()
    return tuple(
        relative.plan_id
        for relative in facts.relatives
        if relative.plan_id is not None and relative.planned_on == facts.travel_on
    )


def leads_elsewhere(kind: CheckKind, held_for: str | None, country: str | None) -> bool:
    """Whether a check says nothing of where a plan leads.

    Args:
        kind: What was checked.
        held_for: The country for which it was held; empty where the plan named none, None where that is not known.
        country: Where the plan leads; None where it names no country.
    """
    return kind in OF_THE_DESTINATION and held_for is not None and held_for != (country or "")


def destination_of(kind: DepartureKind, country: str | None, origins: Origins) -> Destination:
    """The group under which the report counts where somebody goes, typed or brought in (rules.md, Departures).

    The country says it, or the kind where it names the place itself. What nobody stated is not recorded: where somebody
    was removed to, or whether a country is that of the origin where no nationality is known.

    Args:
        kind: How the stay ends.
        country: Where to, ISO 3166 alpha-2; None where that is not stated.
        origins: What tells whose country it is.
    """
    usual = _BY_KIND.get(kind, Destination.NOT_RECORDED)
    if country is None or usual is Destination.HOST or kind is DepartureKind.DEATH:
        return usual
    is_partner = country == origins.partner_country
    if country in origins.known and (kind in RETURNS or not is_partner):
        return Destination.COUNTRY_OF_ORIGIN
    if is_partner:
        return Destination.PARTNER
    return Destination.THIRD_COUNTRY if origins.known else Destination.NOT_RECORDED


def country_of(kind: DepartureKind, stated: str | None, origins: Origins) -> str | None:
    """The country to which a plan leads: the one that is stated, or else the partner's where the kind says so.

    Raises:
        Refused: Of the field `country`: there is no such country.
    """
    if stated and stated.strip():
        return checked_country(stated, "country")
    return origins.partner_country if _BY_KIND.get(kind) is Destination.PARTNER else None


def way_of(kind: DepartureKind, stated: str | None, origins: Origins) -> Way:
    """How and where to somebody leaves, as `country_of` and `destination_of` say it.

    Raises:
        Refused: Of the field `country`: there is no such country.
    """
    country = country_of(kind, stated, origins)
    return Way(kind, country, destination_of(kind, country, origins))


def held_for(stated: str | None, leads_to: str | None, *, has_left: bool) -> str:
    """The country for which a check was held; empty where none was named.

    Args:
        stated: What was stated; None: for where the plan leads.
        leads_to: Where the plan leads.
        has_left: Whether the person has left: the plan may have named the wrong country then.

    Raises:
        Refused: Of the field `country`: there is no such country, or the plan has to be changed first.
    """
    if stated is None:
        return leads_to or ""
    code = checked_country(stated, "country") if stated.strip() else ""
    if not has_left and code != (leads_to or ""):
        raise Refused("This plan leads elsewhere. Change the plan first, then enter the check.", field="country")
    return code


def check_late(*, passed: bool, late_reason: str) -> None:
    """Refuse a check of who has left that did not pass, or of which it is not said why it is entered only now.

    Raises:
        Refused: With the field that is at fault.
    """
    if not passed:
        raise Refused(
            "The person has left, so only a check that passed can be entered. Legal staff can keep what was found "
            "otherwise as a sealed note of the person.",
            field="passed",
        )
    if not late_reason.strip():
        raise Refused("The person has left. Say why this check is entered only now.", field="late_reason")


def closed_by_risk(stopped: Collection[DepartureKind]) -> frozenset[DepartureKind]:
    """The kinds that a risk has closed, given the kinds of the plans that it has stopped."""
    closed = set(stopped)
    return frozenset(closed | set(RETURNS) if closed & set(RETURNS) else closed)


def closes(stop: Stop, way: Way) -> bool:
    """Whether a risk has closed a way: it is of the same kind, or another one that leads to the same country.

    Where one of the two names no country, both lead to that of the origin.
    """
    if way.kind in closed_by_risk([stop.way.kind]):
        return True
    if stop.way.country is not None and way.country is not None:
        return way.country == stop.way.country
    return _to_origin(stop.way) and _to_origin(way)


def _to_origin(way: Way) -> bool:
    return way.kind in RETURNS or way.destination is Destination.COUNTRY_OF_ORIGIN


def plan_for(made: Iterable[P], stops: Collection[Stop], way: Way) -> P | None:
    """The plan by whose checks an end is judged: one that was made since a risk closed the way last.

    A plan of before says nothing of the risk; a later one that leads there was made with what has changed since. One
    that leads elsewhere was not.

    Args:
        made: The plans of the stay, in any order.
        stops: What a risk has stopped of the person.
        way: How the stay ended.
    """
    against = [stop for stop in stops if closes(stop, way)]
    counted = [
        plan
        for plan in made
        if plan.kind is way.kind
        and plan.state is not PlanState.STOPPED
        and all(stop.id < plan.id and closes(stop, plan.way) for stop in against)
    ]
    order = (PlanState.DEPARTED, PlanState.OPEN, PlanState.CANCELLED)
    return min(counted, key=lambda plan: (order.index(plan.state), -plan.id), default=None)


def is_closed(made: Iterable[Made], stops: Collection[Stop], way: Way) -> bool:
    """Whether a risk has closed a way for a stay, and nothing was planned with what has changed since."""
    return any(closes(stop, way) for stop in stops) and plan_for(made, stops, way) is None


def check_order(stated: Mapping[str, str], released_on: date) -> None:
    """Refuse an order of release that is dated after the release, or whose date is none.

    Args:
        stated: What was stated of the release, by name.
        released_on: The local date of the release.

    Raises:
        Refused: Of the field `order_date`.
    """
    try:
        ordered_on = date.fromisoformat(stated["order_date"])
    except ValueError:
        raise Refused("Enter the date of the order, as 2026-07-25.", field="order_date") from None
    if ordered_on > released_on:
        raise Refused("The order cannot be dated after the release.", field="order_date")


def check_facts(facts: CheckFacts, details: Mapping[str, str], *, today: date) -> None:
    """Refuse a check that states less than its kind requires, or whose dates cannot be.

    A check that did not pass states what it can: only a good one must be complete.

    Args:
        facts: What was entered.
        details: What was stated beside it, by name, stripped.
        today: The local date.

    Raises:
        Refused: With the field that is at fault.
    """
    if facts.held_on > today:
        raise Refused("A check is entered when it was held. Enter a day that is not in the future.", field="held_on")
    if not facts.who:
        raise Refused("Enter who held the check, signed or decided.", field="who")
    if not facts.passed:
        return
    if facts.valid_until is not None and facts.valid_until < facts.held_on:
        raise Refused(
            "This had expired when it was checked. Correct the dates, or choose another.", field="valid_until"
        )
    names = departures.required_details(facts.kind)
    missing = departures.missing_facts(names, details)
    if missing:
        first = next(name for name in names if not details.get(name))
        raise Refused("Something is missing.", field=first, reasons=missing)
    if facts.kind is CheckKind.TRAVEL_DOCUMENT and facts.valid_until is None:
        raise Refused("State until when the travel document is valid.", field="valid_until")


def check_day(planned_on: date, *, arrived_on: date) -> None:
    """Refuse a day of travel before the arrival.

    Raises:
        Refused: Of the field `planned_on`.
    """
    if planned_on < arrived_on:
        raise Refused("The day of travel cannot lie before the arrival on {day}.", field="planned_on", day=arrived_on)
