"""What is done with candidates: answer criteria, decide, correct, settle doubts."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, select

from models.actions.deciding import Known, decided, taken_back
from models.entities.people import User
from models.entities.programmes import Criterion
from models.entities.selection import Candidate, CandidateAnswer, ListRemark
from models.errors import Refused
from models.ids import CandidateId, CriterionId, DecisionId, ListId
from models.repositories import safeguards
from models.repositories.programmes import has_arrived
from models.repositories.sealed_corrections import holding, may_open, told
from models.repositories.selection import read_screenings
from models.rules.entry import needed
from models.rules.field_types import Asked
from models.rules.field_values import plain
from models.rules.kept import restored, stored
from models.rules.people import CARES, CHECKS, DECIDES, DESK, narrowest
from models.rules.safeguards import OpenedRemark, checked_note
from models.rules.selection import OF_THE_LIST, PARTICULARS, Particulars, Said, check_answer, checked_particulars
from models.rules.vocabulary import Answer, CandidateState, SealedKind
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_, Message


@action("selection.answer", about="candidate_id", roles=DESK, told=N_("Answered a criterion"))
def answer(
    unit: UnitOfWork, *, candidate_id: CandidateId, criterion_id: CriterionId, given: Answer | None, note: str = ""
) -> None:
    """Answer a criterion for a candidate. A person's answer counts before what the program itself can tell.

    Args:
        unit: The transaction.
        candidate_id: Who is screened.
        criterion_id: A criterion of the candidate's programme.
        given: The answer; None takes a person's answer back, so that the program's counts again.
        note: What the answer rests on; needed where it contradicts what the list says, and once the person has arrived.

    Raises:
        Refused: The note is missing.
    """
    candidate = _candidate(unit, candidate_id)
    if _has_arrived(unit, candidate_id):
        asked = Refused("This person has arrived. Write on what the correction of the answer rests.", field="note")
        unit.note(reason=needed(note, asked))
    _answer(unit, candidate, criterion_id, given, note)


@action("selection.answer_many", about="candidate_id", roles=DESK, told=N_("Answered several criteria"))
def answer_many(unit: UnitOfWork, *, candidate_id: CandidateId, given: Mapping[CriterionId, Answer | None]) -> None:
    """Answer several criteria for a candidate at once, those that are still to answer; or none of them.

    Args:
        unit: The transaction.
        candidate_id: Who is screened.
        given: The answer to each; None takes a person's answer back.

    Raises:
        Refused: As of `answer`; or the person has arrived.
    """
    if _has_arrived(unit, candidate_id):
        raise Refused("This person has arrived. Correct each answer on its own, with what the correction rests on.")
    candidate = _candidate(unit, candidate_id)
    for criterion_id, each in given.items():
        _answer(unit, candidate, criterion_id, each, "")


@action("selection.decide", about="candidate_id", roles=DECIDES, told=N_("Decided on the candidate"))
def decide(
    unit: UnitOfWork,
    *,
    candidate_id: CandidateId,
    outcome: CandidateState,
    reasons: Sequence[str] = (),
    reason: str = "",
    decided_by: str = "",
    knowing: Known = (),
) -> DecisionId:
    """Decide on a candidate. The earlier decisions stay; an acceptance holds a place, its withdrawal frees it.

    Args:
        unit: The transaction.
        candidate_id: Who is decided on.
        outcome: Accepted, held, refused or withdrawn.
        reasons: Of the programme's list.
        reason: Why, in free words; for all but an acceptance one of both is needed.
        decided_by: The name of the person who decided; who enters it is kept as well.
        knowing: What is in doubt about the candidate, as a refusal has told it: accepted all the same.

    Raises:
        Refused: With every criterion that is in the way, or because no place is left, the reason is missing, something
            is in doubt that `knowing` does not name (of that field), the person has arrived already, or the programme
            asks for two persons.
    """
    (made,) = decided(unit, [candidate_id], Said(outcome, decided_by, tuple(reasons), reason), knowing)
    return made


@action("selection.take_back", about="candidate_id", roles=DECIDES, told=N_("Took a decision back"))
def take_back(unit: UnitOfWork, *, candidate_id: CandidateId, reason: str) -> CandidateState:
    """Take back the last decision on a candidate that stands: what was decided before counts again, or nothing is.

    Each time it goes back by one decision, until nothing is decided. What is taken back stays in the history. A place
    that it held is free; one that it freed is taken.

    Args:
        unit: The transaction.
        candidate_id: Who was decided on.
        reason: What the mistake was.

    Returns:
        Where the candidate stands now.

    Raises:
        Refused: Nothing was decided, the person has arrived, an acceptance would count again against which something
            stands by now, there is no reason, or the programme asks for two persons.
    """
    return taken_back(unit, candidate_id, reason)


@action("selection.correct", about="candidate_id", roles=DESK, told=N_("Corrected what the list says"))
def correct(
    unit: UnitOfWork, *, candidate_id: CandidateId, particulars: Particulars, reason: str, version: int | None = None
) -> None:
    """Correct what the list says of a candidate; the trail keeps what it said before, and why it was changed.

    Args:
        unit: The transaction.
        candidate_id: Who is meant.
        particulars: All of them, as they are from now on.
        reason: What the correction rests on: a document, a letter of the partner.
        version: The version that the form was filled in from; None: whatever is there.

    Raises:
        Refused: The reason is missing, a particular cannot be, or the person has arrived and it is one of those that
            are put right of the resident.
        Conflict: Somebody else has changed the candidate in the meantime.
    """
    candidate = _candidate(unit, candidate_id)
    unit.check_version(candidate, version)
    tidy = checked_particulars(particulars, today=unit.today)
    fields = [field for field in PARTICULARS if field.asked is not Asked.NEVER]
    if _has_arrived(unit, candidate_id):
        _refuse_of_resident(candidate, tidy)
        fields = [*OF_THE_LIST]
    said = reason.strip()
    if not said:
        raise Refused("Enter what the correction rests on, such as a document or a letter.", field="reason")
    listed = dict(candidate.listed)
    for field in fields:
        before, after = getattr(candidate, field.name), field.stored(getattr(tidy, field.name))
        if before != after:
            setattr(candidate, field.name, after)
            said_by_list = listed.pop(field.name, plain(before))
            if said_by_list != plain(after):
                listed[field.name] = said_by_list
    if listed != candidate.listed:
        candidate.listed = listed
    if not unit.session.is_modified(candidate):
        raise Refused("Nothing is different from before. Correct something, or go back.")
    unit.note(reason=said)


@action(
    "selection.add_remark",
    about="candidate_id",
    roles=CHECKS,
    told=N_("Added a sealed remark"),
    kind=SealedKind.UNSORTED,
)
def add_remark(unit: UnitOfWork, *, candidate_id: CandidateId, text: str) -> int:
    """Add to what is kept sealed of a candidate: who may not read that writes nothing of it over.

    Returns:
        The number of the remark.

    Raises:
        Refused: It says nothing or too much.
    """
    candidate = _candidate(unit, candidate_id)
    remark_id = safeguards.add_remark(unit, candidate.list_id, candidate_id, checked_note(text))
    assert remark_id is not None
    return remark_id


@action(
    "selection.look",
    about="candidate_id",
    roles=CARES,
    told=N_("Opened the sealed remarks of the list"),
    opens_sealed=True,
    kind=SealedKind.UNSORTED,
)
def look(unit: UnitOfWork, *, candidate_id: CandidateId) -> tuple[OpenedRemark, ...]:
    """Open what a list says of a candidate beyond what Konak knows, and what was added; the trail tells of the look.

    Returns:
        What the person may read of it, the first first.

    Raises:
        Refused: The role may not read it.
        Unavailable: It was changed outside Konak.
    """
    _candidate(unit, candidate_id)
    return _opened(unit, ListRemark.candidate_id == candidate_id)


@action(
    "selection.look_at_list",
    about="list_id",
    roles=CARES,
    told=N_("Opened the sealed remarks of the list"),
    opens_sealed=True,
    kind=SealedKind.UNSORTED,
)
def look_at_list(unit: UnitOfWork, *, list_id: ListId) -> tuple[OpenedRemark, ...]:
    """Open what stood above and below the people of a list: titles, totals, footnotes; as `look`.

    Raises:
        Refused: The role may not read it.
        Unavailable: It was changed outside Konak.
    """
    return _opened(unit, ListRemark.list_id == list_id, ListRemark.candidate_id.is_(None))


def _opened(unit: UnitOfWork, *which: ColumnElement[bool]) -> tuple[OpenedRemark, ...]:
    may = may_open(ListRemark, unit.person.role)
    found = unit.session.scalars(select(ListRemark).where(may, *which).order_by(ListRemark.id)).all()
    opened = tuple(_remark(unit, row) for row in found)
    if opened:
        unit.tells_of(narrowest(each.kind for each in opened))
    return opened


def _remark(unit: UnitOfWork, row: ListRemark) -> OpenedRemark:
    correction = holding(unit, row)
    whose = None if row.candidate_id is None else unit.session.get(Candidate, row.candidate_id)
    return OpenedRemark(
        id=row.id,
        candidate_id=row.candidate_id,
        family_name="" if whose is None else whose.family_name,
        given_names="" if whose is None else whose.given_names,
        partner_number="" if whose is None else whose.partner_number,
        kind=row.kind if correction is None else correction.kind,
        text=told(unit, row, unit.unseal(row.kind, row, ListRemark.sealed)),
        holds=correction is None,
        entered_by=unit.session.scalar(select(User.name).where(User.id == row.entered_by)) or "",
        entered_at=row.entered_at,
    )


@action("selection.settle_doubt", about="candidate_id", roles=DESK, told=N_("Settled a doubt"))
def settle_doubt(
    unit: UnitOfWork, *, candidate_id: CandidateId, doubt: int, explanation: str, version: int | None = None
) -> None:
    """Take a doubt off a candidate because a person has cleared it up; the trail keeps both.

    Args:
        unit: The transaction.
        candidate_id: Who is meant.
        doubt: Its place among the candidate's doubts, from 0.
        explanation: How it was cleared up.
        version: Of the candidate as it was read, by which the doubt has its place; None: whatever is there.

    Raises:
        Refused: The explanation is missing, or the doubt is there no more.
        Conflict: Somebody else has changed the candidate in the meantime.
    """
    candidate = _candidate(unit, candidate_id)
    unit.check_version(candidate, version)
    said = explanation.strip()
    if not 0 <= doubt < len(restored(candidate.doubts)):
        raise Refused("This doubt was settled in the meantime. Look at the page again.", field="doubt")
    if not said:
        raise Refused("Enter how this was cleared up.", field="explanation")
    candidate.doubts = [kept for place, kept in enumerate(candidate.doubts) if place != doubt]
    unit.note(explanation=said)


@action("selection.doubt_again", about="candidate_id", roles=DESK, told=N_("Raised a doubt again"))
def doubt_again(unit: UnitOfWork, *, candidate_id: CandidateId, doubt: Message, reason: str) -> None:
    """Take back that a doubt was cleared up: it stands with the candidate again.

    Args:
        unit: The transaction.
        candidate_id: Who is meant.
        doubt: As it stood there.
        reason: Why it is not cleared up.

    Raises:
        Refused: It stands there, or there is no reason.
    """
    candidate = _candidate(unit, candidate_id)
    unit.note(reason=needed(reason, Refused("Say why this is not cleared up.", field="reason")))
    (again,) = stored([doubt])
    if again in candidate.doubts:
        raise Refused("This doubt stands with the candidate already.", field="doubt")
    candidate.doubts = [*candidate.doubts, again]


def _candidate(unit: UnitOfWork, candidate_id: CandidateId) -> Candidate:
    found = unit.session.get(Candidate, candidate_id)
    if found is None:
        raise Refused("This candidate is not in the register. Choose one from the list.", field="candidate_id")
    return found


def _refuse_of_resident(candidate: Candidate, said: Particulars) -> None:
    """Refuse what is of a person who has arrived: it would be put right here, and stay wrong with the resident."""
    for field in PARTICULARS:
        is_other = field not in OF_THE_LIST and field.asked is not Asked.NEVER
        if is_other and getattr(candidate, field.name) != field.stored(getattr(said, field.name)):
            raise Refused(
                "This person has arrived. Names, birth, numbers, family and papers are put right on the page of the "
                "resident.",
                field=field.name,
            )


def _has_arrived(unit: UnitOfWork, candidate_id: CandidateId) -> bool:
    return bool(unit.session.scalar(select(has_arrived()).select_from(Candidate).where(Candidate.id == candidate_id)))


def _answer(unit: UnitOfWork, candidate: Candidate, criterion_id: CriterionId, given: Answer | None, note: str) -> None:
    criterion = unit.session.get(Criterion, criterion_id)
    if criterion is None or criterion.programme_id != candidate.programme_id:
        raise Refused("This is not asked of this candidate any more. Look at the page again.", field="criterion_id")
    note = note.strip()
    row = unit.session.scalars(
        select(CandidateAnswer).where(
            CandidateAnswer.candidate_id == candidate.id, CandidateAnswer.criterion_id == criterion_id
        )
    ).one_or_none()
    unit.note(question=criterion.text)  # its number alone would say nothing once the criterion is gone
    if given is None:
        if row is not None:
            unit.session.delete(row)
        return
    automatic = read_screenings(unit.connection, [candidate.id], on=unit.today)[candidate.id].automatic
    check_answer(given, automatic.get(criterion_id, Answer.UNKNOWN), note)
    if row is None:
        row = CandidateAnswer(candidate_id=candidate.id, criterion_id=criterion_id)
        unit.session.add(row)
    row.answer, row.note = given, note
    row.answered_by, row.answered_at = unit.person.id, unit.now
