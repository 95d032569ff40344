"""Decisions on candidates: one or many at once, by one person or proposed by one and confirmed by another."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from models.entities.selection import Candidate, CandidateDecision, DecisionProposal
from models.errors import Named, Refused, by_reason
from models.ids import CandidateId, DecisionId, ProgrammeId, ProposalId
from models.repositories.deciding import Candidacy, asks_two, listed_reasons, read_candidacies
from models.rules import rested
from models.rules.entry import needed, the_mistake
from models.rules.people import DECIDES
from models.rules.selection import Said, check_decision, checked_said
from models.rules.vocabulary import CandidateState, ProposalState
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_, Message, counted, message

Known = Sequence[Message]
"""What is in doubt and was read before it was decided all the same."""


@action("selection.decide_many", about="candidate_ids", roles=DECIDES, told=N_("Decided on several candidates"))
def decide_many(
    unit: UnitOfWork,
    *,
    candidate_ids: Sequence[CandidateId],
    outcome: CandidateState,
    reasons: Sequence[str] = (),
    reason: str = "",
    decided_by: str = "",
    knowing: Known = (),
) -> tuple[DecisionId, ...]:
    """Decide on several candidates of one programme at once, such as a family; on all of them or on nobody.

    Returns:
        The decisions, in the order of the candidates.

    Raises:
        Refused: As of `decide`; what stands against them is told reason by reason with the people.
    """
    return decided(unit, candidate_ids, Said(outcome, decided_by, tuple(reasons), reason), knowing)


@action("selection.propose", about="candidate_ids", roles=DECIDES, told=N_("Proposed a decision on the candidate"))
def propose(
    unit: UnitOfWork,
    *,
    candidate_ids: Sequence[CandidateId],
    outcome: CandidateState,
    reasons: Sequence[str] = (),
    reason: str = "",
    decided_by: str = "",
    knowing: Known = (),
) -> tuple[ProposalId, ...]:
    """Propose a decision on one or several candidates, where the programme asks for two persons. Nothing holds yet.

    Raises:
        Refused: The decision could not be made now, a proposal waits already, or one person decides here.
    """
    candidacies = _candidacies(unit, candidate_ids)
    _check_two(unit, candidacies[0].programme_id, two=True)
    said = _checked(unit, candidacies, Said(outcome, decided_by, tuple(reasons), reason), knowing)
    return _propose(unit, candidacies, said, [None] * len(candidacies))


@action(
    "selection.propose_taking_back",
    about="candidate_ids",
    roles=DECIDES,
    told=N_("Proposed to take a decision on the candidate back"),
)
def propose_taking_back(
    unit: UnitOfWork, *, candidate_ids: Sequence[CandidateId], reason: str
) -> tuple[ProposalId, ...]:
    """Propose to take back the last decision on each candidate, where the programme asks for two persons.

    Raises:
        Refused: As of `take_back`; or a proposal waits already, or one person decides here.
    """
    candidacies = _candidacies(unit, candidate_ids)
    _check_two(unit, candidacies[0].programme_id, two=True)
    why = the_mistake(reason)
    made: list[ProposalId] = []
    for each in candidacies:
        gone, outcome = _to_take_back(unit, each)
        made += _propose(unit, [each], Said(outcome, unit.person.name, (), why), [gone.id])
    return tuple(made)


@action(
    "selection.confirm",
    about="proposal_ids",
    of=DecisionProposal.candidate_id,
    roles=DECIDES,
    told=N_("Confirmed a proposed decision on the candidate"),
)
def confirm(unit: UnitOfWork, *, proposal_ids: Sequence[ProposalId], knowing: Known = ()) -> tuple[DecisionId, ...]:
    """Confirm what somebody else has proposed: it is decided now, on what is so now. On all of them or on nobody.

    Args:
        unit: The transaction.
        proposal_ids: Which.
        knowing: What is in doubt or has changed since it was proposed, as a refusal has told it.

    Raises:
        Refused: One was settled by now, the same person has proposed it, or it cannot be decided so any more.
    """
    proposals = [_waiting(unit, one) for one in proposal_ids]
    if any(each.proposed_by == unit.person.id for each in proposals):
        raise Refused(
            "You have proposed this yourself. Another person who decides must confirm it; you can drop it.",
            field="proposal_ids",
        )
    by_id = {each.id: each for each in _candidacies(unit, [each.candidate_id for each in proposals])}
    _ask(_doubts_of(unit, [(each, by_id[each.candidate_id]) for each in proposals]), knowing)
    against = [found for each in proposals for found in _against(by_id[each.candidate_id], each.outcome)
               if each.outcome is not CandidateState.PROPOSED and not _only_corrects(each, by_id)]  # fmt: skip
    _refuse(against, len(proposals))
    made: list[DecisionId] = []
    for each in proposals:
        if each.takes_back is not None and _to_take_back(unit, by_id[each.candidate_id])[0].id != each.takes_back:
            raise Refused("It was decided anew since this was proposed. Drop it, and look at the page again.")
        each.state, each.settled_by, each.settled_at = ProposalState.CONFIRMED, unit.person.id, unit.now
        said = Said(each.outcome, each.decided_by, tuple(each.reasons), each.reason)
        made.append(_enter(unit, by_id[each.candidate_id], said, takes_back=each.takes_back, proposal=each.id))
    return tuple(made)


@action(
    "selection.drop_proposal",
    about="proposal_ids",
    of=DecisionProposal.candidate_id,
    roles=DECIDES,
    told=N_("Dropped a proposed decision on the candidate"),
)
def drop_proposal(unit: UnitOfWork, *, proposal_ids: Sequence[ProposalId], reason: str) -> None:
    """Let a proposed decision go: nothing is decided, and it can be proposed anew. Who proposed it can do so too.

    Raises:
        Refused: It was settled already, or there is no reason.
    """
    said = needed(reason, Refused("Say why it is not to be decided so.", field="reason"))
    for one in proposal_ids:
        found = _waiting(unit, one)
        found.state, found.settled_reason = ProposalState.DROPPED, said
        found.settled_by, found.settled_at = unit.person.id, unit.now


@action("selection.take_back_many", about="candidate_ids", roles=DECIDES, told=N_("Took decisions back"))
def take_back_many(
    unit: UnitOfWork, *, candidate_ids: Sequence[CandidateId], decision_ids: Sequence[DecisionId], reason: str
) -> None:
    """Take back what was decided on several candidates at once, on all of them or on nobody.

    Args:
        unit: The transaction.
        candidate_ids: Who was decided on.
        decision_ids: The decision on each of them, in the same order.
        reason: What the mistake was.

    Raises:
        Refused: As of `take_back`; or it was decided anew on somebody since.
    """
    said = the_mistake(reason)
    candidacies = _candidacies(unit, candidate_ids)
    _check_two(unit, candidacies[0].programme_id, two=False)
    for each, decision in zip(candidacies, decision_ids, strict=True):
        if _to_take_back(unit, each)[0].id != decision:
            raise Refused(
                "It was decided anew on {name} since. Take that back on the page of the candidate.", name=each.who.name
            )
        _take_back(unit, each, said)


@action(
    "selection.correct_decision",
    about="candidate_id",
    roles=DECIDES,
    told=N_("Corrected who had accepted the candidate, or why"),
)
def correct_decision(
    unit: UnitOfWork,
    *,
    candidate_id: CandidateId,
    decided_by: str,
    why: str,
    reasons: Sequence[str] = (),
    reason: str = "",
) -> DecisionId:
    """Put right what was written of an acceptance that stands, also once the person has arrived. The outcome stays.

    One person does it also where two decide: nothing is decided otherwise. What stood there stays in the history; the
    correction is of the same moment as the decision, so that no month counts it once more.

    Args:
        unit: The transaction.
        candidate_id: Who was accepted.
        decided_by: The name of the person who decided.
        why: What the correction rests on.
        reasons: Of the programme's list, or as they were given then.
        reason: Free words.

    Raises:
        Refused: No acceptance stands, nothing is different, or something is missing.
    """
    (found,) = _candidacies(unit, [candidate_id])
    laid = _laid(unit, candidate_id)
    if not laid or laid[-1].outcome is not CandidateState.ACCEPTED:
        raise Refused("No acceptance stands. Decide anew.", field="candidate_id")
    last = laid[-1]
    unit.note(reason=needed(why, Refused("Say how this is known.", field="why")))
    given = [(CandidateState.ACCEPTED, each) for each in last.reasons]
    listed = [*dict.fromkeys((*listed_reasons(unit.connection, found.programme_id), *given))]
    said = checked_said(Said(CandidateState.ACCEPTED, decided_by, tuple(reasons), reason), listed)
    if (said.decided_by, said.reasons, said.reason) == (last.decided_by, tuple(last.reasons), last.reason):
        raise Refused("Nothing is different from before. Correct something, or go back.")
    row = CandidateDecision(
        candidate_id=candidate_id,
        outcome=CandidateState.ACCEPTED,
        reasons=list(said.reasons),
        reason=said.reason,
        decided_by=said.decided_by,
        entered_by=unit.person.id,
        decided_at=last.decided_at,
        facts=last.facts,
    )
    unit.session.add(row)
    unit.session.flush()
    return row.id


# -- what these share -------------------------------------------------------------------------------------------------


def decided(
    unit: UnitOfWork, candidate_ids: Sequence[CandidateId], said: Said, knowing: Known
) -> tuple[DecisionId, ...]:
    """Decide on one or several; see `models.actions.selection.decide`."""
    candidacies = _candidacies(unit, candidate_ids)
    _check_two(unit, candidacies[0].programme_id, two=False)
    said = _checked(unit, candidacies, said, knowing)
    return tuple(_enter(unit, each, said) for each in candidacies)


def _candidacies(unit: UnitOfWork, candidate_ids: Sequence[CandidateId]) -> list[Candidacy]:
    """How they stand, all of one programme.

    Raises:
        Refused: There is nobody, somebody is not in the register, or they are of several programmes.
    """
    wanted = [*dict.fromkeys(candidate_ids)]
    found = read_candidacies(unit.connection, wanted, today=unit.today)
    if not wanted or len(found) < len(wanted):
        raise Refused("This candidate is not in the register. Choose one from the list.", field="candidate_id")
    if len({each.programme_id for each in found.values()}) > 1:
        raise Refused("These people are of several programmes. Decide on those of one at a time.")
    return [found[one] for one in wanted]


def _check_two(unit: UnitOfWork, programme_id: ProgrammeId, *, two: bool) -> None:
    asked = asks_two(unit.connection, programme_id)
    if asked and not two:
        raise Refused("This programme asks for two persons: propose the decision, and let somebody else confirm it.")
    if two and not asked:
        raise Refused("Under this programme one person decides. Enter the decision itself.")


def _checked(unit: UnitOfWork, candidacies: Sequence[Candidacy], said: Said, knowing: Known) -> Said:
    """What is decided, if it may be on all of them.

    Raises:
        Refused: It may not; of several people with each reason and to whom it applies.
    """
    said = checked_said(said, listed_reasons(unit.connection, candidacies[0].programme_id))
    _refuse([found for each in candidacies for found in _against(each, said.outcome)], len(candidacies))
    if said.outcome is CandidateState.ACCEPTED:
        _ask([(each.who, doubt) for each in candidacies for doubt in each.doubts], knowing)
    return said


def _against(found: Candidacy, outcome: CandidateState) -> list[tuple[Named, Refused]]:
    try:
        check_decision(outcome, found.standing)
    except Refused as refused:
        return [(found.who, refused)]
    return []


def _refuse(against: Sequence[tuple[Named, Refused]], of: int) -> None:
    """Refuse what stands against somebody: of one person as it is, of several reason by reason with their names."""
    if not against:
        return
    if of == 1:
        raise against[0][1]
    told = [(who, said) for who, error in against for said in error.reasons or (error.message,)]
    reasons, whom = by_reason(told)
    raise Refused(
        "On {n} of {total} people it cannot be decided so; on nobody it was. Leave them out, or settle it first.",
        field="outcome",
        reasons=reasons,
        whom=whom,
        n=len(against),
        total=of,
    )


def _ask(doubts: Sequence[tuple[Named, Message]], knowing: Known) -> None:
    """Refuse until whoever decides has read what is in doubt.

    Raises:
        Refused: Of the field `knowing`, with each doubt that is not among what was read.
    """
    if all(doubt in knowing for _name, doubt in doubts):
        return
    reasons, whom = by_reason(doubts)
    raise Refused(
        "Something is in doubt. Look at it, and decide all the same or settle it first.",
        field="knowing",
        reasons=reasons,
        whom=whom,
    )


def _only_corrects(proposal: DecisionProposal, now: Mapping[CandidateId, Candidacy]) -> bool:
    """Whether what is proposed takes a correction back, so that the acceptance stays as it was written before."""
    state = now[proposal.candidate_id].standing.state
    return proposal.takes_back is not None and proposal.outcome is state is CandidateState.ACCEPTED


def _doubts_of(unit: UnitOfWork, proposed: Sequence[tuple[DecisionProposal, Candidacy]]) -> list[tuple[Named, Message]]:
    """What is in doubt of what is to be confirmed, and what has changed since it was proposed."""
    found: list[tuple[Named, Message]] = []
    for proposal, now in proposed:
        if proposal.outcome is CandidateState.ACCEPTED:
            found += [(now.who, doubt) for doubt in now.doubts]
        before = rested.read(proposal.facts)
        changed = () if before is None else rested.changed(before, now.rested)
        found += [(now.who, message("Changed since it was proposed: {what}", what=what)) for what in changed]
    return found


def _propose(
    unit: UnitOfWork, candidacies: Sequence[Candidacy], said: Said, takes_back: Sequence[DecisionId | None]
) -> tuple[ProposalId, ...]:
    waiting = select(DecisionProposal.candidate_id).where(
        DecisionProposal.candidate_id.in_([each.id for each in candidacies]),
        DecisionProposal.state == ProposalState.WAITING,
    )
    if there := {*unit.session.scalars(waiting)}:
        names = [each.who for each in candidacies if each.id in there]
        raise Refused(
            "A decision waits for a second person already. Confirm it or drop it first.",
            reasons=[counted("{n} decision waits.", "{n} decisions wait.", len(there))],
            whom=[names],
        )
    rows = [
        DecisionProposal(
            candidate_id=each.id,
            outcome=said.outcome,
            reasons=list(said.reasons),
            reason=said.reason,
            decided_by=said.decided_by,
            takes_back=gone,
            facts=each.rested.written(),
            proposed_by=unit.person.id,
            proposed_at=unit.now,
        )
        for each, gone in zip(candidacies, takes_back, strict=True)
    ]
    unit.session.add_all(rows)
    unit.session.flush()
    return tuple(row.id for row in rows)


def _waiting(unit: UnitOfWork, proposal_id: ProposalId) -> DecisionProposal:
    found = unit.session.get(DecisionProposal, proposal_id)
    if found is None or found.state is not ProposalState.WAITING:
        raise Refused("This was settled in the meantime. Look at the page again.", field="proposal_ids")
    return found


def _enter(
    unit: UnitOfWork,
    found: Candidacy,
    said: Said,
    *,
    takes_back: DecisionId | None = None,
    proposal: ProposalId | None = None,
) -> DecisionId:
    """Enter a decision with the facts that it rests on."""
    row = CandidateDecision(
        candidate_id=found.id,
        outcome=said.outcome,
        reasons=list(said.reasons),
        reason=said.reason,
        decided_by=said.decided_by,
        entered_by=unit.person.id,
        decided_at=unit.now,
        takes_back_id=takes_back,
        facts=found.rested.written(),
        proposal_id=proposal,
    )
    unit.session.add(row)
    unit.session.get_one(Candidate, found.id).state = said.outcome
    unit.session.flush()
    return row.id


def _to_take_back(unit: UnitOfWork, found: Candidacy) -> tuple[CandidateDecision, CandidateState]:
    """The last decision that stands, and where the candidate stands without it.

    Raises:
        Refused: Nothing was decided, the person has arrived, or something stands against an earlier acceptance.
    """
    laid = _laid(unit, found.id)
    if not laid:
        raise Refused("Nothing was decided on this candidate; there is nothing to take back.", field="candidate_id")
    if found.standing.has_arrived:
        raise Refused("This person has arrived. Take the arrival back first.", field="candidate_id")
    outcome = laid[-2].outcome if len(laid) > 1 else CandidateState.PROPOSED
    if outcome is CandidateState.ACCEPTED and outcome is not found.standing.state:
        check_decision(outcome, found.standing)
    return laid[-1], outcome


def _laid(unit: UnitOfWork, candidate_id: CandidateId) -> list[CandidateDecision]:
    """The decisions on somebody that stand, and their corrections, the last one last."""
    rows = unit.session.scalars(
        select(CandidateDecision).where(CandidateDecision.candidate_id == candidate_id).order_by(CandidateDecision.id)
    ).all()
    gone = {row.takes_back_id for row in rows}
    return [row for row in rows if row.takes_back_id is None and row.id not in gone]


def _take_back(unit: UnitOfWork, found: Candidacy, why: str) -> CandidateState:
    last, outcome = _to_take_back(unit, found)
    _enter(unit, found, Said(outcome, unit.person.name, (), why), takes_back=last.id)
    return outcome


def taken_back(unit: UnitOfWork, candidate_id: CandidateId, reason: str) -> CandidateState:
    """Take back the last decision on one; see `models.actions.selection.take_back`."""
    candidacies = _candidacies(unit, [candidate_id])
    _check_two(unit, candidacies[0].programme_id, two=False)
    return _take_back(unit, candidacies[0], the_mistake(reason))
