"""What the search box finds, as one types."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.entities.selection import Candidate, ProposedList
from models.ids import CandidateId
from models.queries.residents import ResidentRow, rows
from models.rules.birth import BirthDate
from models.rules.vocabulary import CandidateState
from models.store import search
from models.store.rows import Rows
from models.store.snapshot import Snapshot

MOST = 12


@dataclass(frozen=True, slots=True)
class FoundCandidate:
    """A candidate who is no resident yet.

    Attributes:
        list_code: The list that proposes the person.
        list_number: The number that the list itself gives to the row.
    """

    id: CandidateId
    family_name: str
    given_names: str
    own_script: str
    birth: BirthDate | None
    list_code: str
    list_number: str
    partner_number: str
    state: CandidateState


_CANDIDATES = Rows(FoundCandidate, Candidate, list_code=ProposedList.code)
_FOUND = _CANDIDATES.select().join(ProposedList, ProposedList.id == Candidate.list_id)


def box(snapshot: Snapshot, *, text: str, most: int = MOST) -> Sequence[ResidentRow]:
    """The residents whom the typed text may mean, the likeliest first.

    Args:
        snapshot: The reading.
        text: A part of a name in any spelling or script, or as it sounds; of a number, of a document.
        most: How many at most.
    """
    return _residents(snapshot, search.ranked(snapshot.connection, text, most))


def everyone(snapshot: Snapshot, *, text: str, most: int = MOST) -> Sequence[ResidentRow | FoundCandidate]:
    """The same, and the candidates who have not arrived; of those found in the same way residents come first."""
    matches = search.ranked(snapshot.connection, text, most)
    listed = search.ranked_candidates(snapshot.connection, text, most)
    if not listed:
        return _residents(snapshot, matches)
    ordered = sorted((*matches, *listed), key=lambda match: match.rank)[:most]
    found: dict[int, ResidentRow | FoundCandidate] = {
        row.id: row for row in _residents(snapshot, [match for match in ordered if match.who > 0])
    }
    wanted = [search.candidate_of(match) for match in ordered if match.who < 0]
    asked = snapshot.connection.execute(_FOUND.where(Candidate.id.in_(wanted)))
    found |= {-row.id: row for row in _CANDIDATES.rows(asked)}
    return [found[match.who] for match in ordered if match.who in found]


def candidates(snapshot: Snapshot, *, text: str, most: int = MOST) -> Sequence[FoundCandidate]:
    """Of those the candidates alone."""
    wanted = [search.candidate_of(match) for match in search.ranked_candidates(snapshot.connection, text, most)]
    asked = snapshot.connection.execute(_FOUND.where(Candidate.id.in_(wanted)))
    by_id: dict[int, FoundCandidate] = {row.id: row for row in _CANDIDATES.rows(asked)}
    return [by_id[each] for each in wanted if each in by_id]


def _residents(snapshot: Snapshot, matches: Sequence[search.Match]) -> Sequence[ResidentRow]:
    if not matches:
        return ()
    by_id: dict[int, ResidentRow] = {
        row.id: row for row in rows(snapshot, [search.resident_of(each) for each in matches])
    }
    return [by_id[match.who] for match in matches if match.who in by_id]
