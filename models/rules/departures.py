"""What must be there before somebody leaves, and what stands against it (rules.md, Departures)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from models.rules.time import Moment
from models.rules.vocabulary import PLANNED_KINDS, UNPLANNED_KINDS, CheckKind, DepartureKind, Regime
from models.rules.wording import word
from models.text import N_, Message, counted, message

_RETURN = (
    CheckKind.COUNSELLING,
    CheckKind.CONSENT,
    CheckKind.NON_REFOULEMENT,
    CheckKind.TRAVEL_DOCUMENT,
    CheckKind.FIT_TO_TRAVEL,
    CheckKind.FAMILY_UNITY,
    CheckKind.BEST_INTERESTS,
)
_ORDERED = (
    CheckKind.DECISION,
    CheckKind.NON_REFOULEMENT,
    CheckKind.TRAVEL_DOCUMENT,
    CheckKind.FIT_TO_TRAVEL,
    CheckKind.FAMILY_UNITY,
    CheckKind.BEST_INTERESTS,
    CheckKind.ACCEPTANCE,
    CheckKind.PROPERTY_RETURNED,
)

REQUIRED: Mapping[DepartureKind, tuple[CheckKind, ...]] = MappingProxyType(
    {
        DepartureKind.VOLUNTARY_RETURN: (*_RETURN, CheckKind.PROPERTY_RETURNED),
        DepartureKind.REMOVAL: _ORDERED,
        DepartureKind.ONWARD_RESETTLEMENT: (*_RETURN, CheckKind.ACCEPTANCE, CheckKind.PROPERTY_RETURNED),
        DepartureKind.BACK_TO_PARTNER: _ORDERED,
        DepartureKind.TRANSFER_OF_CUSTODY: tuple(kind for kind in _ORDERED if kind is not CheckKind.TRAVEL_DOCUMENT),
        DepartureKind.STAY_GRANTED: (CheckKind.DECISION, CheckKind.BEST_INTERESTS, CheckKind.PROPERTY_RETURNED),
    }
)
"""The checks that each kind of departure requires, as the table in rules.md has them."""

MOST_DAYS_BEFORE: Mapping[CheckKind, int] = MappingProxyType(
    {CheckKind.NON_REFOULEMENT: 30, CheckKind.FIT_TO_TRAVEL: 7}
)
"""How many days before the day of travel a check may be dated at most."""

RETURNS = (DepartureKind.VOLUNTARY_RETURN, DepartureKind.REMOVAL)
"""The kinds that lead to the country of origin."""


class ObjectionState(StrEnum):
    """Why a required check does not hold."""

    MISSING = "missing"
    FAILED = "failed"
    ELSEWHERE = "elsewhere"
    WITHDRAWN = "withdrawn"
    TOO_OLD = "too_old"
    NOT_VALID = "not_valid"
    AFTER_TRAVEL = "after_travel"
    ENTERED_LATER = "entered_later"


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """One check as it was recorded.

    Attributes:
        kind: What was checked.
        held_on: The local date of the check.
        passed: Whether it found what the rule asks for: a language understood, consent signed, a decision that is
            enforceable, served, and no longer open to an appeal that suspends; no risk; fit to travel. None where the
            register does not say: such a check is as good as none.
        valid_until: The last day on which it holds, where the check itself says so; needed for a travel document.
        withdrawn_on: The day on which it was taken back, as consent and acceptance can be.
        who: Who held the check.
        entered: When it was entered; None: in time.
        is_explained: Whether it was said why it was entered later than it was held.
        is_elsewhere: Whether it was held for another destination.
    """

    kind: CheckKind
    held_on: date
    passed: bool | None
    valid_until: date | None = None
    withdrawn_on: date | None = None
    who: str = ""
    entered: Moment | None = None
    is_explained: bool = False
    is_elsewhere: bool = False

    def is_later(self, than: Moment) -> bool:
        """Whether it was surely entered after a moment."""
        return self.entered is not None and than.surely_before(self.entered)

    def stood(self, at: Moment) -> bool:
        """Whether it counts at a moment: it was held and entered by then, or entered later and said why."""
        return self.held_on <= at.on and (self.is_explained or not self.is_later(at))


class Objection(NamedTuple):
    """One thing that stands against a departure."""

    check: CheckKind
    state: ObjectionState
    message: Message


_MISSING: Mapping[CheckKind, str] = {
    CheckKind.COUNSELLING: N_("Counselling in a language that the person understands is missing."),
    CheckKind.CONSENT: N_("The signed consent is missing."),
    CheckKind.DECISION: N_(
        "The decision is missing: enforceable, served, and no longer open to an appeal that suspends it."
    ),
    CheckKind.NON_REFOULEMENT: N_(
        "The non-refoulement check is missing. It must be dated within {days} days of travel."
    ),
    CheckKind.TRAVEL_DOCUMENT: N_("A travel document that is valid on the day of travel is missing."),
    CheckKind.FIT_TO_TRAVEL: N_(
        "The check that the person is fit to travel is missing. It must be dated within {days} days of travel."
    ),
    CheckKind.FAMILY_UNITY: N_("State that the person travels alone, or that the family leaves together."),
    CheckKind.BEST_INTERESTS: N_("The decision on the best interests of each child is missing."),
    CheckKind.ACCEPTANCE: N_("The acceptance by the destination or the receiver is missing."),
    CheckKind.PROPERTY_RETURNED: N_("The property must be returned. It can be handed over on the day."),
}
_FAMILY_MISSING = N_("The family must leave together, or there must be a decision to separate. Record which.")

_FAILED: Mapping[CheckKind, str] = {
    CheckKind.COUNSELLING: N_("The counselling was not in a language that the person understands. Hold it again."),
    CheckKind.CONSENT: N_("The person did not consent."),
    CheckKind.DECISION: N_(
        "The decision cannot be enforced yet: it must be served, and no longer open to an appeal that suspends it."
    ),
    CheckKind.NON_REFOULEMENT: N_("The non-refoulement check found a risk. This departure is stopped."),
    CheckKind.TRAVEL_DOCUMENT: N_("The travel document cannot be used for this journey."),
    CheckKind.FIT_TO_TRAVEL: N_("The person is not fit to travel."),
    CheckKind.FAMILY_UNITY: N_("The family does not leave together, and there is no decision to separate."),
    CheckKind.BEST_INTERESTS: N_("The departure is not in the best interests of a child."),
    CheckKind.ACCEPTANCE: N_("The destination or the receiver did not accept."),
    CheckKind.PROPERTY_RETURNED: N_("Not all property was returned."),
}


def required_checks(
    kind: DepartureKind, *, extra: Collection[CheckKind] = (), has_children: bool
) -> tuple[CheckKind, ...]:
    """The checks that a departure requires, in the order of the table.

    Args:
        kind: How the stay ends; a kind that is not planned requires no checks.
        extra: What the programme requires beyond the table; it can only add.
        has_children: Whether there is a child among the leavers: best interests are asked of each child, so without
            one there is nothing to ask, unless the programme asks all the same.
    """
    table = REQUIRED.get(kind, ())
    wanted = {*table, *extra} if table else set()
    if not has_children and CheckKind.BEST_INTERESTS not in extra:
        wanted.discard(CheckKind.BEST_INTERESTS)
    return tuple(check for check in CheckKind if check in wanted)


def current_checks(checks: Iterable[CheckFacts], *, at: Moment | None = None) -> dict[CheckKind, CheckFacts]:
    """The check of each kind that counts: the one recorded last, which supersedes those before it.

    Args:
        checks: All checks of a plan, in the order in which they were recorded.
        at: The moment of a departure that is recorded on a later day: of what did not stand at that moment nothing
            counts, unless there is nothing else, and what was entered since supersedes nothing that was held after it.
    """
    current: dict[CheckKind, CheckFacts] = {}
    for check in checks:
        before = current.get(check.kind)
        if before is None or at is None or _supersedes(check, before, at):
            current[check.kind] = check
    return current


def _supersedes(check: CheckFacts, before: CheckFacts, at: Moment) -> bool:
    if not before.stood(at) or (before.is_elsewhere and check.stood(at) and not check.is_elsewhere):
        return True
    return check.stood(at) and (not check.is_later(at) or check.held_on >= before.held_on)


def objections(
    kind: DepartureKind,
    checks: Sequence[CheckFacts],
    *,
    travel_on: date,
    at: Moment | None = None,
    extra_required: Collection[CheckKind] = (),
    has_family: bool,
    has_children: bool,
) -> tuple[Objection, ...]:
    """What stands against a planned departure, one for each required check that does not hold.

    A check that is not required stands against nothing.

    Args:
        kind: How the stay is to end.
        checks: All checks of the plan, in the order in which they were recorded.
        travel_on: The local date of travel.
        at: The moment of a departure that is recorded on a later day, which is judged by the checks as they stood
            then; None: they are judged as they stand.
        extra_required: What the programme requires beyond the table.
        has_family: Whether the person has family in the house.
        has_children: Whether there is a child among the leavers.
    """
    current = current_checks(checks, at=at)
    wanted = required_checks(kind, extra=extra_required, has_children=has_children)
    found = (_objection(check, current.get(check), travel_on, at, has_family=has_family) for check in wanted)
    return tuple(objection for objection in found if objection is not None)


def _missing(kind: CheckKind, *, has_family: bool) -> Objection:
    """What stands against a departure where a required check is not there."""
    text = _FAMILY_MISSING if kind is CheckKind.FAMILY_UNITY and has_family else _MISSING[kind]
    days = {"days": MOST_DAYS_BEFORE[kind]} if kind in MOST_DAYS_BEFORE else {}
    return Objection(kind, ObjectionState.MISSING, Message(text, days))


def failed(kind: CheckKind) -> Objection:
    """What stands against a departure where a required check did not pass."""
    return Objection(kind, ObjectionState.FAILED, Message(_FAILED[kind]))


def _objection(
    kind: CheckKind, check: CheckFacts | None, travel_on: date, at: Moment | None, *, has_family: bool
) -> Objection | None:
    """What stands against one check: the gravest thing, if any."""
    if check is None or check.passed is None:
        return _missing(kind, has_family=has_family)
    label = word(kind)
    if not check.passed:
        return failed(kind)
    if check.is_elsewhere:
        text = message("{check}: held for another destination. Enter the one for this destination.", check=label)
        return Objection(kind, ObjectionState.ELSEWHERE, text)
    if check.withdrawn_on is not None and (at is None or check.withdrawn_on <= at.on):
        text = message("{check}: withdrawn on {date}.", check=label, date=check.withdrawn_on)
        return Objection(kind, ObjectionState.WITHDRAWN, text)
    if check.held_on > travel_on:
        text = message("{check}: dated {date}, after the day of travel.", check=label, date=check.held_on)
        return Objection(kind, ObjectionState.AFTER_TRAVEL, text)
    if at is not None and not check.stood(at):
        text = message(
            "{check}: entered after the departure. Enter it again with its own day, and say why it is late.",
            check=label,
        )
        return Objection(kind, ObjectionState.ENTERED_LATER, text)
    return _outdated(check, travel_on)


def _outdated(check: CheckFacts, travel_on: date) -> Objection | None:
    """What stands against a check that was good on its day but is not on the day of travel."""
    age = (travel_on - check.held_on).days
    if age > MOST_DAYS_BEFORE.get(check.kind, age):
        return Objection(check.kind, ObjectionState.TOO_OLD, _too_old(check.kind, age))
    if check.valid_until is None:
        if check.kind is not CheckKind.TRAVEL_DOCUMENT:
            return None
        text = message("State until when the travel document is valid.")
        return Objection(check.kind, ObjectionState.NOT_VALID, text)
    if check.valid_until < travel_on:
        label = word(check.kind)
        text = message("{check}: valid until {date}, before the day of travel.", check=label, date=check.valid_until)
        return Objection(check.kind, ObjectionState.NOT_VALID, text)
    return None


def _too_old(kind: CheckKind, age: int) -> Message:
    if kind is CheckKind.FIT_TO_TRAVEL:
        return counted(
            "The check that the person is fit to travel must be dated within {days} days of travel. "
            "The last one is {n} day old.",
            "The check that the person is fit to travel must be dated within {days} days of travel. "
            "The last one is {n} days old.",
            age,
            days=MOST_DAYS_BEFORE[kind],
        )
    return counted(
        "A non-refoulement check must be dated within {days} days of travel. The last one is {n} day old.",
        "A non-refoulement check must be dated within {days} days of travel. The last one is {n} days old.",
        age,
        days=MOST_DAYS_BEFORE[kind],
    )


def kind_objection(kind: DepartureKind, permitted: Collection[DepartureKind]) -> Message | None:
    """Why a stay may not be planned to end in this way under a programme, or None where it may.

    Args:
        kind: How the stay is to end.
        permitted: The kinds that the programme permits. Escape, death and release by order are not planned.
    """
    if kind not in PLANNED_KINDS:
        return message("This departure is not planned. Record it when it has happened.")
    return None if kind in permitted else message("The agreement does not permit this kind of departure.")


def stops(kind: DepartureKind, checks: Iterable[CheckFacts], *, extra: Collection[CheckKind] = ()) -> bool:
    """Whether a plan stops, because the non-refoulement check that it requires, the one that counts, found a risk.

    Args:
        kind: How the stay is to end.
        checks: All checks of the plan, in the order in which they were recorded.
        extra: What the programme requires beyond the table.
    """
    check = current_checks(checks).get(CheckKind.NON_REFOULEMENT)
    is_required = CheckKind.NON_REFOULEMENT in required_checks(kind, extra=extra, has_children=False)
    return is_required and check is not None and check.passed is False


LATE_REASON = "late_reason"
"""The name under which it stands with a departure why it was recorded on a later day."""

FACT_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "last_seen": N_("Where and when last seen"),
        "reported_to": N_("Reported to"),
        "seen_last": N_("Where and when last seen"),
        "how_known": N_("How it is known that the person is not coming back"),
        "place": N_("Place of death"),
        "certified_by": N_("Death certified by"),
        "family_told": N_("Family or consulate told"),
        "authority": N_("Authority that ordered the release"),
        "order_number": N_("Number of the order"),
        "order_date": N_("Date of the order"),
        "language": N_("Language"),
        "decision_number": N_("Number of the decision"),
        "served": N_("Served on, and how"),
        "appeal": N_("Appeal: time over, or not suspensive"),
        "document_number": N_("Number of the document"),
        "accepted_by": N_("Accepted by"),
    }
)
"""What stands beside the field of each fact that must be stated."""

_FACTS: Mapping[DepartureKind, tuple[str, ...]] = {
    DepartureKind.ESCAPE: ("last_seen", "reported_to"),
    DepartureKind.LEFT_ON_OWN: ("seen_last", "how_known"),
    DepartureKind.DEATH: ("place", "certified_by", "family_told"),
    DepartureKind.RELEASE_BY_ORDER: ("authority", "order_number", "order_date"),
}
_DETAILS: Mapping[CheckKind, tuple[str, ...]] = {
    CheckKind.COUNSELLING: ("language",),
    CheckKind.DECISION: ("decision_number", "served", "appeal"),
    CheckKind.TRAVEL_DOCUMENT: ("document_number",),
    CheckKind.ACCEPTANCE: ("accepted_by",),
}


_ONLY_IN: Mapping[DepartureKind, Regime] = {
    DepartureKind.ESCAPE: Regime.DETAINED,
    DepartureKind.LEFT_ON_OWN: Regime.OPEN,
}


def fits_regime(kind: DepartureKind, regime: Regime) -> bool:
    """Whether a stay can end in a way where people are held so (rules.md, Departures)."""
    return _ONLY_IN.get(kind, regime) is regime


def ends_without_plan(regime: Regime) -> tuple[DepartureKind, ...]:
    """The kinds that need no plan, of those that can be where people are held so."""
    return tuple(kind for kind in UNPLANNED_KINDS if fits_regime(kind, regime))


def kind_under(regime: Regime, kind: DepartureKind) -> DepartureKind:
    """What a way of going is called where people are held so: who absconds has escaped, or has left on their own."""
    if fits_regime(kind, regime):
        return kind
    return next(other for other, where in _ONLY_IN.items() if where is regime)


def regime_objection(kind: DepartureKind, regime: Regime) -> Message | None:
    """What stands against a kind where people are held so, in words that say what to enter instead."""
    if fits_regime(kind, regime):
        return None
    if kind is DepartureKind.ESCAPE:
        return message("Nobody can escape from an open house. Enter that the person left on their own.")
    return message("Whoever is detained cannot leave on their own. Enter an escape.")


def required_facts(kind: DepartureKind) -> tuple[str, ...]:
    """The names of what must be stated where a stay ends without a plan; rules.md leaves them to the registrar.

    An escape: where the person was last seen and to whom it was reported. Who left on their own: the same, and how it
    is known that they are not coming back. A death: where, who certified it, who was told. A release: the authority,
    the number and the date of its order.
    """
    return _FACTS.get(kind, ())


def required_details(kind: CheckKind) -> tuple[str, ...]:
    """The names of what a check must state beside its date, its result and who held it."""
    return _DETAILS.get(kind, ())


def missing_facts(names: Iterable[str], stated: Mapping[str, str]) -> tuple[Message, ...]:
    """One sentence for each fact that must be stated and is not.

    Args:
        names: `required_facts` or `required_details`.
        stated: What was stated, by name.
    """
    return tuple(
        message("Fill in: {label}.", label=Message(FACT_LABELS[name]))
        for name in names
        if not stated.get(name, "").strip()
    )
