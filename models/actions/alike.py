"""Whether two who may be one person are one: what a person finds when they stand side by side."""

from sqlalchemy import ColumnElement, or_, select

from models.entities.residents import Resident
from models.entities.selection import Candidate, LikenessVerdict
from models.errors import Refused
from models.ids import CandidateId, ResidentId, VerdictId
from models.repositories.alike import same_candidates
from models.rules.entry import needed, the_mistake
from models.rules.people import DESK
from models.rules.vocabulary import CandidateState
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action(
    "selection.tell_apart", about="candidate_id", roles=DESK, told=N_("Settled whether the candidate is somebody else")
)
def settle(
    unit: UnitOfWork,
    *,
    candidate_id: CandidateId,
    is_same: bool,
    reason: str,
    other_id: CandidateId | None = None,
    resident_id: ResidentId | None = None,
) -> VerdictId:
    """Say that a candidate and somebody else are two persons, or that two candidates are one.

    Args:
        unit: The transaction.
        candidate_id: The candidate.
        is_same: Whether they are one. That a candidate is a resident is said by `joinings.join_candidate`.
        reason: How it is known.
        other_id: The other candidate.
        resident_id: Or the resident.

    Raises:
        Refused: It was settled already, there is no reason, or both are accepted and cannot be one.
    """
    said = needed(reason, Refused("Say how it is known.", field="reason"))
    if (other_id is None) is (resident_id is None) or other_id == candidate_id:
        raise Refused("Choose one other person.", field="other_id")
    for entity, number in ((Candidate, candidate_id), (Candidate, other_id), (Resident, resident_id)):
        if number is not None and unit.session.get(entity, number) is None:
            raise Refused("This person is not in the register any more. Look at the page again.")
    if is_same and resident_id is not None:
        raise Refused("Join the candidate with the resident instead: then no second place is counted.")
    pair: ColumnElement[bool] = (LikenessVerdict.candidate_id == candidate_id) & (
        LikenessVerdict.resident_id == resident_id
    )
    if other_id is not None:
        here, there = LikenessVerdict.candidate_id, LikenessVerdict.other_id
        pair = or_((here == candidate_id) & (there == other_id), (here == other_id) & (there == candidate_id))
    if unit.session.scalars(select(LikenessVerdict).where(pair, LikenessVerdict.undone_at.is_(None))).first():
        raise Refused("This was settled in the meantime. Look at the page again.")
    if is_same and other_id is not None:
        unit.concerns("candidate", [other_id])
        all_of_them = {candidate_id, other_id}
        for each in (candidate_id, other_id):
            all_of_them |= same_candidates(unit.connection, each)
        accepted = select(Candidate.id).where(Candidate.id.in_(all_of_them), Candidate.state == CandidateState.ACCEPTED)
        if len(unit.session.scalars(accepted).all()) > 1:
            raise Refused("Both are accepted, and one person holds one place. Withdraw one acceptance first.")
    row = LikenessVerdict(
        candidate_id=candidate_id,
        other_id=other_id,
        resident_id=resident_id,
        is_same=is_same,
        reason=said,
        settled_by=unit.person.id,
        settled_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()
    return row.id


@action(
    "selection.ask_again",
    about="verdict_id",
    of=LikenessVerdict.candidate_id,
    roles=DESK,
    told=N_("Took back whether the candidate is somebody else"),
)
def take_back(unit: UnitOfWork, *, verdict_id: VerdictId, reason: str) -> None:
    """Take back what was found: the two are perhaps the same again.

    Raises:
        Refused: It was taken back already, or there is no reason.
    """
    said = the_mistake(reason)
    row = unit.session.get(LikenessVerdict, verdict_id)
    if row is None or row.undone_at is not None:
        raise Refused("This was settled in the meantime. Look at the page again.")
    row.undone_by, row.undone_at, row.undone_reason = unit.person.id, unit.now, said
