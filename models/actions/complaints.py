"""Complaints and their answers, and self-harm: all of it sealed, and that there is some as well (standards.md, B4)."""

from datetime import date

from models.actions.admissions import check_past
from models.actions.entering import entering, make_way, sealed_entry
from models.entities.safeguards import Complaint, SelfHarm
from models.errors import Refused
from models.rules.entry import needed, the_mistake
from models.rules.people import READS_SEALED, WRITES_NOTES
from models.rules.safeguards import ComplaintDays, answer_owed_by, check_complaint, check_told
from models.rules.vocabulary import SealedKind
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_, message, translator


def _check_complaint(unit: UnitOfWork, row: Complaint) -> None:
    check_past(unit, row.received_on, "received_on")
    check_past(unit, row.answered_on, "answered_on")
    if row.answer_by is None:
        row.answer_by = answer_owed_by(row.received_on, unit.facility.answer_within)
    check_complaint(ComplaintDays(row.received_on, row.answer_by, row.answered_on), has_answer=row.answer is not None)


def _check_self_harm(unit: UnitOfWork, row: SelfHarm) -> None:
    check_past(unit, row.happened, "happened")
    check_past(unit, row.told, "told")
    check_told(row.happened, row.told, row.told_whom)


COMPLAINTS = entering(
    "complaints",
    Complaint,
    owner=Complaint.resident_id,
    roles=WRITES_NOTES,
    told=(N_("Entered a complaint"), N_("Corrected a complaint"), N_("Took a complaint back")),
    check=_check_complaint,
    sealed_as=SealedKind.COMPLAINT,
    is_sealed=lambda _row: True,
    finds=SealedKind.COMPLAINT,
    kind=SealedKind.COMPLAINT,
)
SELF_HARM = entering(
    "self_harm",
    SelfHarm,
    owner=SelfHarm.resident_id,
    roles=WRITES_NOTES,
    told=(N_("Entered self-harm"), N_("Corrected self-harm"), N_("Took self-harm back")),
    check=_check_self_harm,
    sealed_as=SealedKind.HEALTH,
    is_sealed=lambda _row: True,
    finds=SealedKind.HEALTH,
    kind=SealedKind.HEALTH,
)


@action(
    "complaints.answer",
    about="entry_id",
    of=Complaint.resident_id,
    roles=WRITES_NOTES,
    told=N_("Answered a complaint"),
    kind=SealedKind.COMPLAINT,
)
def answer(unit: UnitOfWork, *, entry_id: int, answered_on: date, answer: str) -> None:
    """Enter the answer to a complaint; a later correction puts it right.

    Raises:
        Refused: The complaint is not there or was answered, the day cannot be, or nothing is said.
    """
    row = unit.session.get(Complaint, entry_id)
    if row is None:
        raise Refused("This is not there any more. Look at the page again.", field="entry_id")
    if row.answered_on is not None:
        raise Refused(
            "It was answered already. Correct the complaint instead, or take the answer back where it is that to "
            "another one.",
            field="answer",
        )
    said = needed(answer, Refused("Write the answer.", field="answer"))
    check_past(unit, answered_on, "answered_on")
    check_complaint(ComplaintDays(row.received_on, row.answer_by, answered_on), has_answer=True)
    row.answered_on, row.answer = answered_on, unit.seal(said, Complaint.answer, row.id)


@action(
    "complaints.take_back_answer",
    about="entry_id",
    of=Complaint.resident_id,
    roles=WRITES_NOTES & READS_SEALED[SealedKind.COMPLAINT],
    told=N_("Took the answer to a complaint back"),
    opens_sealed=True,
    kind=SealedKind.COMPLAINT,
)
def take_back_answer(unit: UnitOfWork, *, entry_id: int, reason: str) -> None:
    """Take back an answer that is none to this complaint: it waits again; what it said is kept as a sealed note.

    Raises:
        Refused: The complaint is not there or waits for its answer, or there is no reason.
    """
    row = unit.session.get(Complaint, entry_id)
    if row is None:
        raise Refused("This is not there any more. Look at the page again.", field="entry_id")
    if row.answered_on is None:
        raise Refused("It was not answered yet; there is nothing to take back.", field="entry_id")
    unit.note(reason=the_mistake(reason))
    make_way(unit, row, SealedKind.COMPLAINT, [each for each in COMPLAINTS.fields if each.name == Complaint.answer.key])
    row.answered_on = row.answer = None


@action(
    "complaints.look",
    about="entry_id",
    of=Complaint.resident_id,
    roles=READS_SEALED[SealedKind.COMPLAINT],
    told=N_("Read a complaint"),
    opens_sealed=True,
    kind=SealedKind.COMPLAINT,
)
def look(unit: UnitOfWork, *, entry_id: int) -> str:
    """A complaint, and the answer to it; that it was read stands in the trail.

    Raises:
        Refused: It is not there, or the role may not read it.
        Unavailable: It was changed outside Konak.
    """
    row = sealed_entry(unit, Complaint, entry_id)
    text = unit.unseal(SealedKind.COMPLAINT, row, Complaint.said)
    if row.answer is None:
        return text
    answered = message(
        "Answered on {day}: {answer}",
        day=row.answered_on,
        answer=unit.unseal(SealedKind.COMPLAINT, row, Complaint.answer),
    )
    return f"{text}\n\n{translator(unit.facility.language).render(answered)}"


@action(
    "self_harm.look",
    about="entry_id",
    of=SelfHarm.resident_id,
    roles=READS_SEALED[SealedKind.HEALTH],
    told=N_("Read of self-harm"),
    opens_sealed=True,
    kind=SealedKind.HEALTH,
)
def look_at_self_harm(unit: UnitOfWork, *, entry_id: int) -> str:
    """What is written of self-harm; that it was read stands in the trail.

    Raises:
        Refused: It is not there, or the role may not read it.
        Unavailable: It was changed outside Konak.
    """
    row = sealed_entry(unit, SelfHarm, entry_id)
    return unit.unseal(SealedKind.HEALTH, row, SelfHarm.found)
