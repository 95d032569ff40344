"""Every query once with each of its choices, on a register where there is something to be found."""

import inspect
import pkgutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from itertools import cycle, islice
from types import GeneratorType
from typing import Any

from sqlalchemy import text

import models.queries
from models.errors import Refused
from models.queries import departures, issued_months, needing_stays, selection
from models.queries.duplicates import LikelyPair
from models.queries.residents import SORTS, Shown
from models.rules.leaving import Standing
from models.rules.likeness import Likeness
from models.rules.papers import Choice
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import BlankForm, CandidateState, DepartureKind, DocumentKind, NeedKind, SheetSize
from models.store.snapshot import Snapshot
from ui.papers.catalogue import MONTHLY_REPORT, REGISTER_EXTRACT, TRAIL

_FEW = 3


def queries() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of models.queries that reads, by name."""
    for found in pkgutil.iter_modules(models.queries.__path__):
        module = import_module(f"{models.queries.__name__}.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and "snapshot" in inspect.signature(function).parameters:
                yield f"{found.name}.{name}", function


def ask_all(snapshot: Snapshot) -> None:
    """Call every query with each value of each of its parameters."""
    for _asked in asked(snapshot, values_of(snapshot)):
        pass


def asked(
    snapshot: Snapshot,
    values: Mapping[str, Sequence[Any]],
    names: Collection[str] | None = None,
    *,
    is_wanted: Callable[[str, int], bool] = lambda _name, _at: True,
) -> Iterator[tuple[str, Mapping[str, Any], object]]:
    """Every query with each value of each of its parameters: its name, what it was given, what it answered.

    A refusal is an answer too.

    Args:
        snapshot: The reading.
        values: What they are asked with.
        names: Of which queries; None: of all.
        is_wanted: Which calls of a query are made, by its name and their places; the first always is.

    Raises:
        LookupError: Nothing is said of what a parameter may be asked with.
    """
    for name, function in queries():
        if names is not None and name not in names:
            continue
        _, *parameters = inspect.signature(function).parameters.values()
        choices = {each.name: _choices(name, each.name, values) for each in parameters}
        needed = {each.name: choices[each.name] for each in parameters if each.default is inspect.Parameter.empty}
        first = next(_in_turn(needed), None)
        if first is None:
            raise LookupError(f"there is nothing in this register to ask {name} with")
        further = (
            {each.name: value}
            for each in parameters
            if each.name not in needed
            for value in choices[each.name]
            if value != each.default  # with which it is called anyway
        )
        for at, given in enumerate((*_in_turn(needed), *(first | more for more in further))):
            if at == 0 or is_wanted(name, at):
                yield name, given, _answer(function, snapshot, given)


def _answer(function: Callable[..., Any], snapshot: Snapshot, given: Mapping[str, Any]) -> object:
    try:
        found = function(snapshot, **given)
        return list(found) if isinstance(found, GeneratorType) else found
    except Refused as refused:
        return refused.message, refused.reasons


def _in_turn(choices: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """All choices of each parameter, side by side: as many calls as the longest has choices."""
    most = max(map(len, choices.values()), default=1)
    for values in zip(*(islice(cycle(values), most) for values in choices.values()), strict=True):
        yield dict(zip(choices, values, strict=True))
    if not choices:
        yield {}


def _choices(query: str, parameter: str, values: Mapping[str, Sequence[Any]]) -> Sequence[Any]:
    """What to call a query with: by its own name, by the area, or by the name of the parameter."""
    area = query.partition(".")[0]
    for name in (f"{query}.{parameter}", f"{area}.{parameter}", parameter):
        if name in values:
            return values[name]
    raise LookupError(f"say here what {query} may be asked with as its {parameter}")


def values_of(snapshot: Snapshot) -> dict[str, Sequence[Any]]:
    def some(statement: str) -> list[Any]:
        return list(snapshot.connection.execute(text(f"{statement} LIMIT {_FEW}")).scalars())

    stays = some("SELECT id FROM stays WHERE departed_on IS NULL") + some("SELECT stay_id FROM plans ORDER BY id DESC")
    open_stays = some("SELECT id FROM stays WHERE departed_on IS NULL")
    residents = some("SELECT resident_id FROM stays ORDER BY id") + some("SELECT id FROM residents WHERE family_id > 0")
    accepted = some("SELECT id FROM candidates WHERE state = 'accepted'")
    candidates = accepted + some("SELECT id FROM candidates WHERE doubts <> '[]'")
    plans = some("SELECT id FROM plans WHERE state = 'open'") + some("SELECT id FROM plans WHERE state = 'stopped'")
    entries = some("SELECT number FROM trail ORDER BY number DESC")
    months = [Month.of(snapshot.today).next(-by) for by in (1, 2, 0)]
    programmes = some("SELECT id FROM programmes")
    chosen = [
        {Choice.PROGRAMME: programmes[0], Choice.MONTH: months[0], Choice.RESIDENT: residents[0]},
        {Choice.PROGRAMME: programmes[0]},
    ]
    person = PersonFacts(family_name="Ahmadzai", given_names="Gul", partner_number="A-1")
    days = [snapshot.today.replace(day=1), date(2026, 6, 1)]
    return {
        "as_on.roll.at": [Moment(days[1]), Moment.of(snapshot.now, snapshot.facility.zone), None],
        "absence_id": some("SELECT id FROM absences"),
        "arrived": [Moment(snapshot.today)],
        "fixed_limit": [snapshot.today],
        "bed_id": some("SELECT bed_id FROM placements"),
        "candidate_id": candidates,
        "candidate_ids": [candidates],
        "candidates.ids": [candidates],
        "certified": [True, False],
        "chosen": chosen,
        "code": ["US-2025"],
        "compares": [True, False],
        "departures.ids": [plans],
        "departures.then": [(("kind", False), ("name", True))],
        "departures.sort": ["urgency", "planned_on", "name", "kind", "destination", "standing", "steps"],
        "descending": [True, False],
        "document_id": some("SELECT id FROM documents"),
        "documents": [[DocumentFacts(kind=DocumentKind.PASSPORT, number="P0283714")]],
        "doubtful": [True],
        "draft": [True, False, True],
        "draft_id": [1],
        "duplicates": [True],
        "duplicates.find.import_id": some("SELECT id FROM imports")[:1],
        "pairs": [[LikelyPair(residents[0], residents[1], Likeness(10.0, ()))]],
        "form": list(BlankForm),
        "frozen": [issued_months.stored_figures(snapshot, each) for each in some("SELECT id FROM issued_months")],
        "found": [[like for likes in selection.likes(snapshot, candidates).values() for like in likes]],
        "from_on": days,
        "history.contents": [[{"changed": [{"table": "placements", "before": {}, "after": {"bed_id": 1}}]}]],
        "is_over": [True, False],
        "issued_months.of_number.number": [str(month) for month in months],
        "issued_months.of_number.programme": some("SELECT code FROM programmes"),
        "issued_id": some("SELECT id FROM issued_months"),
        "journey_failed": [True, False],
        "kind": list(DepartureKind)[:2],
        "known": [()],
        "gate.at_gate.text": ["1", "ahm"],
        "gate.departed.text": ["1", "K-0002"],
        "language": ["en"],
        "leave_id": some("SELECT id FROM planned_leaves"),
        "limit": [3],
        "import_id": some("SELECT id FROM imports"),
        "incident_id": some("SELECT id FROM incidents"),
        "list_id": some("SELECT id FROM proposed_lists"),
        "moment": [Moment(snapshot.today)],
        "month": months,
        "most": [3],
        "number": some("SELECT number FROM residents"),
        "kinds": [list(NeedKind)[:3]],
        "resident_ids": [residents],
        "needing_stays.cases.plans": [departures.plans(snapshot)],
        "needing_stays.cases.roll": [needing_stays.on_roll(snapshot)],
        "outcome": list(CandidateState)[1:],
        "whom.whom.of": [None],
        "beside.other_id": [None, candidates[0]],
        "beside.resident_id": [residents[0], None],
        "other_id": residents[1:] + residents[:1],
        "parts": [("photo", "papers")],
        "paper": [MONTHLY_REPORT, REGISTER_EXTRACT],
        "person": [person],
        "photos": [True, False],
        "helped": [False, True],
        "placement_id": some("SELECT id FROM placements"),
        "plan_id": plans,
        "programme": programmes,
        "programme_id": programmes,
        "papers.about.paper": [REGISTER_EXTRACT, MONTHLY_REPORT, TRAIL],
        "papers.about.chosen": [
            {Choice.PROGRAMME: 1},
            {Choice.PROGRAMME: 1, Choice.MONTH: months[0]},
            {Choice.PROGRAMME: 1, Choice.CERTIFIED: True},
            {Choice.RESIDENT: residents[0]},
        ],
        "papers.resident_of.number": some("SELECT number FROM residents"),
        "papers.sheet.number": ["4F2A9C01"],
        "words": ["abandon"],
        "progress": [lambda _done, _all: None],
        "resident_id": residents,
        "residents.ids": [residents],
        "residents.sort": list(SORTS),
        "residents.then": [((name, down),) for name in SORTS for down in (False, True)],
        "roll_calls.ids": [some("SELECT id FROM roll_calls")],
        "roll_calls.sort": ["began", "due", "on_roll", "away", "expected", "counted"],
        "roll_calls.text": ["", "hox", "trip"],
        "roll_calls.then": [(("due", False), ("counted", True))],
        "roll_call_id": some("SELECT id FROM roll_calls"),
        "report_id": some("SELECT id FROM issued_months"),
        "named_annex.report_named.said": ["US-2025 2026-10"],
        "room_id": some("SELECT id FROM rooms"),
        "rooms.choice.stay_id": open_stays,
        "rooms.asked.moves": [[(stay, 1) for stay in open_stays]],
        "rooms.sleeping.stay_id": open_stays,
        "selection.ids": [candidates],
        "selection.then": [(("state", False), ("name", True))],
        "selection.sort": ["list", "name", "number", "birth", "nationality", "family", "state"],
        "shown": list(Shown),
        "size": list(SheetSize),
        "standing": list(Standing),
        "states": [[CandidateState.ACCEPTED, CandidateState.HELD]],
        "stay_id": stays,
        "stay_ids": [stays],
        "replay.list_of_code.code": ["L1"],
        "transport_id": some("SELECT id FROM transports"),
        "text": ["", "ahm", "K-00", "ber"],
        "trail.ids": [entries],
        "trail.paper.from_on": days[:1],  # all that is asked for is read, and reading it all takes a second
        "trail.paper.progress": [None],
        "trail.paper.text": ["ahm"],
        "trail.paper.until_on": days[-1:],
        "told": [("Away", "with Gul")],
        "trail.then": [(("at", True),)],
        "trail.sort": ["at", "user"],
        "values": [
            {"resident_id": residents[0]},
            {"stay_id": stays[0]},
            {"plan_id": plans[0]},
            {"candidate_id": candidates[0]},
            *({"absence_id": each} for each in some("SELECT id FROM absences")),
            *({"document_id": each} for each in some("SELECT id FROM documents")),
            *({"placement_id": each} for each in some("SELECT id FROM placements")),
        ],
        "until_on": days,
        "user": ["A. Berisha"],
        "user_id": some("SELECT id FROM users"),
        "waiting": [True, False],
        "what": [MONTHLY_REPORT, REGISTER_EXTRACT],
        "within": [7],
    }
