"""What a decision on several candidates would do, before it is made: who it cannot be made on, and the places."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.errors import Named, Refused
from models.ids import CandidateId, ProgrammeId
from models.queries.selection import PlacesRow, places_of
from models.repositories.deciding import Candidacy, asks_two, listed_reasons, read_candidacies
from models.repositories.programmes import read_places
from models.rules.selection import check_decision
from models.rules.vocabulary import CandidateState
from models.store.snapshot import Snapshot
from models.text import Message


@dataclass(frozen=True, slots=True)
class DecidingRow:
    """One of those on whom it would be decided.

    Attributes:
        against: What stands against it; nothing where it can be decided so.
        doubts: What nobody has settled.
    """

    id: CandidateId
    who: Named
    against: tuple[Message, ...]
    doubts: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Deciding:
    """What a decision on several would do.

    Attributes:
        two_persons: Whether it would be proposed, and confirmed by somebody else.
        reasons: Those that the programme lists, each with the decision that it is a reason of.
        places: As they are counted now.
        uses: How many places it would hold, by those of whom it can be decided.
    """

    programme_id: ProgrammeId
    two_persons: bool
    reasons: tuple[tuple[CandidateState, str], ...]
    places: PlacesRow
    uses: int
    rows: tuple[DecidingRow, ...]


def deciding(
    snapshot: Snapshot, *, candidate_ids: Sequence[CandidateId], outcome: CandidateState | None = None
) -> Deciding:
    """What a decision on some candidates of one programme would do.

    Args:
        snapshot: The reading.
        candidate_ids: Of whom.
        outcome: The decision; None: it is not chosen yet, and nothing stands against anybody.

    Raises:
        Refused: They are of several programmes, or nobody is there.
    """
    found = [*read_candidacies(snapshot.connection, candidate_ids, today=snapshot.today).values()]
    programmes = {each.programme_id for each in found}
    if len(programmes) != 1:
        raise Refused("Choose people of one programme.")
    (programme_id,) = programmes
    rows = tuple(DecidingRow(each.id, each.who, _against(each, outcome), each.doubts) for each in found)
    places = places_of(snapshot, programme_id=programme_id)
    uses = 0
    if outcome is CandidateState.ACCEPTED:
        able = [row.id for row in rows if not row.against]
        then = read_places(snapshot.connection, programme_id, today=snapshot.today, with_candidates=able)
        uses = then.taken - places.taken
    return Deciding(
        programme_id,
        asks_two(snapshot.connection, programme_id),
        tuple(listed_reasons(snapshot.connection, programme_id)),
        places,
        uses,
        rows,
    )


def _against(found: Candidacy, outcome: CandidateState | None) -> tuple[Message, ...]:
    if outcome is None:
        return ()
    try:
        check_decision(outcome, found.standing)
    except Refused as refused:
        return refused.reasons or (refused.message,)
    return ()
