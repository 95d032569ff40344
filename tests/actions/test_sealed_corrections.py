"""What was sealed by mistake is put right beside it; who does not read what it becomes is told of nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.actions import corrections, erasing, imports, joinings, people, safeguards, selection, stays
from models.actions import sealed_corrections as mending
from models.errors import Refused
from models.exchange import import_lists
from models.exchange.files import read_table
from models.exchange.import_stays import bring_in
from models.exchange.lists_file import read_list
from models.exchange.stays_file import read_stays
from models.ids import CandidateId, ImportId, ProgrammeId, ResidentId, SealedNoteId
from models.queries import candidates, history, residents, trail
from models.queries import imports as imported
from models.queries import safeguards as queries
from models.queries.residents import Shown
from models.queries.safeguards import NoteRow
from models.queries.veil import HIDDEN
from models.rules.people import READS_SEALED, kinds_within
from models.rules.residents import PersonFacts
from models.rules.safeguards import LONGEST_NOTE
from models.rules.time import Moment
from models.rules.vocabulary import NOTE_KINDS, Role, SealedKind
from models.store import engine as engines
from models.store.register import Register
from tests import builders
from tests.actions import leavers
from tests.actions.test_imports import reasons
from tests.actions.test_kept_notes import _renew
from tests.entries import last
from tests.exchange.test_sealed import MARK, in_clear

OTHER = "quite another phrase of theirs"


@pytest.fixture
def ann(register: Register) -> ResidentId:
    return builders.resident(register, "K-1", family_name="Aa")


@pytest.fixture
def ben(register: Register) -> ResidentId:
    return builders.resident(register, "K-2", family_name="Bb")


def _note(register: Register, whose: ResidentId, kind: SealedKind = SealedKind.HEALTH) -> SealedNoteId:
    """A note, and whoever reads it at the desk."""
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    if kind is SealedKind.UNSORTED:
        return register.perform(safeguards.add_remark, resident_id=whose, text=f"{MARK} fever").value
    return register.perform(safeguards.enter_note, resident_id=whose, kind=kind, text=f"{MARK} fever").value


def _correct(
    register: Register, note: SealedNoteId, whose: ResidentId, kind: SealedKind = SealedKind.HEALTH
) -> SealedNoteId:
    said: dict[str, Any] = {"kind": kind, "text": f"{MARK} fever", "reason": f"{MARK} reason"}
    return register.perform(mending.correct_note, note_id=note, resident_id=whose, **said).value


def _notes(register: Register, whose: ResidentId, role: Role = Role.HEALTH_LEGAL) -> list[NoteRow]:
    leavers.at_desk(register, role)
    with register.read() as snapshot:
        return list(queries.notes(snapshot, resident_id=whose))


def _read(register: Register, note: SealedNoteId) -> str:
    with builders.reading(register):
        return register.perform(safeguards.look, note_id=note).value


def _history(register: Register, whose: ResidentId, role: Role) -> list[str]:
    leavers.at_desk(register, role)
    with register.read() as snapshot:
        return [row.what.text for row in history.of_resident(snapshot, resident_id=whose)]


def test_a_note_of_the_wrong_person_is_given_to_the_right_one_and_stays_on_record_with_the_reason(
    register: Register, ann: ResidentId, ben: ResidentId
) -> None:
    note = _note(register, ann)
    instead = _correct(register, note, ben)
    (before,), (after,) = _notes(register, ann), _notes(register, ben)
    assert (before.id, before.holds) == (note, False)
    assert (after.id, after.holds) == (instead, True)
    assert _read(register, instead) == f"{MARK} fever"
    assert _read(register, note) == (
        f"Corrected: another holds instead (K-2). The mistake: {MARK} reason\n\n{MARK} fever"
    )
    for whose in (ann, ben):
        assert "Corrected a sealed note" in _history(register, whose, Role.HEALTH_LEGAL)
        assert "Corrected a sealed note" not in _history(register, whose, Role.SUPERVISOR)
    assert in_clear(register) == []
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    with pytest.raises(Refused, match="corrected or taken back already"):
        _correct(register, note, ben)


def test_who_may_read_a_remark_says_what_it_is_and_is_told_of_it_no_more_where_the_role_may_not(
    register: Register, ann: ResidentId
) -> None:
    note = _note(register, ann, SealedKind.UNSORTED)
    leavers.at_desk(register, Role.SUPERVISOR)
    told = _history(register, ann, Role.SUPERVISOR)
    instead = _correct(register, note, ann, SealedKind.ASYLUM_CLAIM)
    assert _notes(register, ann, Role.SUPERVISOR) == []
    assert _history(register, ann, Role.SUPERVISOR) == told
    for each in (note, instead):
        with pytest.raises(Refused, match="no such note that you may read"):
            register.perform(safeguards.look, note_id=each)
        with pytest.raises(Refused, match="no such note that you may read"):
            _correct(register, each, ann, SealedKind.HEALTH)
    assert [row.id for row in _notes(register, ann)] == [instead, note]
    leavers.at_desk(register, Role.CLERK)
    with pytest.raises(Refused, match="may not do this"):
        register.perform(mending.restore_note, note_id=note, reason="x")
    assert _history(register, ann, Role.SUPERVISOR) == told
    assert _read(register, instead) == f"{MARK} fever"
    assert len([each for each in _history(register, ann, Role.HEALTH_LEGAL) if each == "Opened a sealed note"]) == 1


def test_somebody_of_whom_nothing_is_left_but_notes_is_listed_to_who_reads_them(register: Register) -> None:
    programme = leavers.programme(register)
    who: dict[str, Any] = {"person": PersonFacts(family_name="Toska"), "emergency_reason": "came by night"}
    arrived = Moment(leavers.TODAY)
    stay = register.perform(stays.admit, programme_id=programme, arrived=arrived, notes="fever", **who).value
    register.perform(corrections.take_back, stay_id=stay, reason="of the wrong person")
    listed = [_listed(register, role) for role in (Role.SUPERVISOR, Role.HEALTH_LEGAL, Role.CLERK)]
    assert listed == [[1], [1], []]
    leavers.at_desk(register, Role.SUPERVISOR)
    _correct(register, SealedNoteId(1), ResidentId(1))
    listed = [_listed(register, role) for role in (Role.SUPERVISOR, Role.HEALTH_LEGAL, Role.CLERK)]
    assert listed == [[], [1], []]


def _listed(register: Register, role: Role) -> list[ResidentId]:
    leavers.at_desk(register, role)
    with register.read() as snapshot:
        return list(residents.ids(snapshot, shown=Shown.ALL))


@pytest.mark.parametrize("kind", SealedKind)
def test_nobody_reads_what_is_corrected_who_could_not_before(kind: SealedKind) -> None:
    for other in kinds_within(kind):
        assert READS_SEALED[other] <= READS_SEALED[kind]
        assert other in (*NOTE_KINDS, kind)
    assert kind in kinds_within(kind)


@pytest.mark.parametrize("kind", [SealedKind.UNSORTED, SealedKind.COMPLAINT, SealedKind.CHECK])
def test_a_note_is_corrected_to_no_kind_that_more_may_read(
    register: Register, ann: ResidentId, kind: SealedKind
) -> None:
    note = _note(register, ann)
    with pytest.raises(Refused, match="Choose what the note is about") as refused:
        _correct(register, note, ann, kind)
    assert refused.value.field == "kind"
    assert [row.id for row in _notes(register, ann)] == [note]


def test_who_has_entered_a_note_takes_it_back_unread_and_nobody_else_of_their_role_does(
    register: Register, ann: ResidentId
) -> None:
    leavers.at_desk(register, Role.CLERK)
    note = register.perform(safeguards.add_remark, resident_id=ann, text=f"{MARK} fever").value
    register.perform(mending.take_back_note, note_id=note, reason=f"{MARK} reason")
    (row,) = _notes(register, ann)
    assert not row.holds
    assert _read(register, note) == f"Taken back. The mistake: {MARK} reason\n\n{MARK} fever"
    assert in_clear(register) == []
    register.perform(mending.restore_note, note_id=note, reason="it was right")
    leavers.at_desk(register, Role.ADMINISTRATOR)
    register.perform(people.add, name="C. Clerk", role=Role.CLERK, passphrase=OTHER)
    other = register.beside(person="C. Clerk", passphrase=OTHER)
    for number in (note, SealedNoteId(note + 7)):
        with pytest.raises(Refused, match="no such note that you may read"):
            other.perform(mending.take_back_note, note_id=number, reason="x")
    (row,) = _notes(register, ann)
    assert row.holds


def test_what_was_done_with_a_note_since_makes_no_difference_to_who_has_entered_it(
    register: Register, ann: ResidentId
) -> None:
    leavers.at_desk(register, Role.CLERK)
    note = register.perform(safeguards.add_remark, resident_id=ann, text="fever").value
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    _correct(register, note, ann)
    leavers.at_desk(register, Role.CLERK)
    register.perform(mending.take_back_note, note_id=note, reason=f"{MARK} mine")
    assert [row.holds for row in _notes(register, ann)] == [True, True, False]
    assert f"took it back: {MARK} mine" in _read(register, _notes(register, ann)[0].id)
    assert _notes(register, ann)[0].kind is SealedKind.HEALTH
    assert in_clear(register) == []


def test_a_correction_is_undone_and_what_came_instead_holds_no_more(
    register: Register, ann: ResidentId, ben: ResidentId
) -> None:
    cem = builders.resident(register, "K-3", family_name="Cc")
    note = _note(register, ann)
    instead = _correct(register, note, ben)
    later = _correct(register, instead, cem)
    with pytest.raises(Refused, match="Undo that first"):
        register.perform(mending.restore_note, note_id=note, reason="x")
    register.perform(mending.restore_note, note_id=instead, reason="it was")
    register.perform(mending.restore_note, note_id=note, reason=f"{MARK} again")
    (first,), (second,) = _notes(register, ann), _notes(register, ben)
    assert (first.holds, second.holds) == (True, False)
    assert _read(register, note) == f"{MARK} fever"
    assert _read(register, instead) == f"Taken back. The mistake: {MARK} again\n\n{MARK} fever"
    assert [row.holds for row in _notes(register, cem)] == [False]
    with pytest.raises(Refused, match="holds as it is"):
        register.perform(mending.restore_note, note_id=note, reason="x")
    again = _correct(register, note, ben)
    assert [row.id for row in _notes(register, ben) if row.holds] == [again]
    register.perform(mending.take_back_note, note_id=again, reason="of nobody")
    register.perform(mending.restore_note, note_id=note, reason="of her after all")
    assert [row.id for whose in (ann, ben, cem) for row in _notes(register, whose) if row.holds] == [note]
    assert later != again
    assert in_clear(register) == []
    assert register.verified().problem is None


def test_whatever_a_chain_of_corrections_ends_in_is_read_by_nobody_else_at_its_beginning(
    register: Register, ann: ResidentId, ben: ResidentId
) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    first = register.perform(safeguards.add_remark, resident_id=ann, text=f"{MARK} fever").value
    second = _correct(register, first, ben, SealedKind.UNSORTED)
    third = _correct(register, second, ben, SealedKind.UNSORTED)
    assert len([*_notes(register, ann, Role.SUPERVISOR), *_notes(register, ben, Role.SUPERVISOR)]) == 3
    _notes(register, ann)
    claim = _correct(register, third, ben, SealedKind.ASYLUM_CLAIM)
    for whose in (ann, ben):
        assert _notes(register, whose, Role.SUPERVISOR) == []
    for each in (first, second, third):
        with pytest.raises(Refused, match="no such note that you may read"):
            register.perform(mending.restore_note, note_id=each, reason="x")
    assert len(_notes(register, ben)) == 3
    register.perform(mending.restore_note, note_id=third, reason="x")
    assert [row.id for row in _notes(register, ben, Role.SUPERVISOR)] == [third, second]
    assert [row.id for row in _notes(register, ann, Role.SUPERVISOR)] == [first]
    assert claim not in {row.id for row in _notes(register, ben, Role.SUPERVISOR)}
    assert register.verified().problem is None


def test_no_entry_tells_whether_there_is_what_somebody_has_tried_to_put_right(
    register: Register, ann: ResidentId, ben: ResidentId, brought: ImportId
) -> None:
    note = _note(register, ann)
    with builders.reading(register):
        (remark,) = register.perform(selection.look, candidate_id=CandidateId(1)).value
        said: dict[str, Any] = {"kind": SealedKind.HEALTH, "text": "x", "reason": "x"}
        register.perform(mending.correct_remark, remark_id=remark.id, candidate_id=CandidateId(1), **said)
    leavers.at_desk(register, Role.ADMINISTRATOR)
    register.perform(people.add, name="S. Second", role=Role.SUPERVISOR, passphrase=OTHER)
    other = register.beside(person="S. Second", passphrase=OTHER)
    for role in (Role.SUPERVISOR, Role.CLERK, Role.INSPECTOR):
        for what, number in (("note_id", note), ("note_id", 99), ("remark_id", remark.id), ("remark_id", 99)):
            before = _told(register)
            action: Any = mending.take_back_note if what == "note_id" else mending.take_back_remark
            leavers.at_desk(other, role)
            with pytest.raises(Refused):
                other.perform(action, **{what: number}, reason="x")
            assert _told(register) == [*before, HIDDEN.text], (role, what, number)


def _told(register: Register) -> list[str]:
    """What a supervisor is told of each entry, the last first."""
    leavers.at_desk(register, Role.SUPERVISOR)
    with register.read() as snapshot:
        return [row.what.text for row in trail.rows(snapshot, ids=trail.ids(snapshot))]


def test_what_is_put_right_of_somebody_who_was_joined_is_theirs_once_they_are_parted(
    register: Register, ann: ResidentId
) -> None:
    ben = builders.resident(register, "K-2", family_name="Aa")
    note = _note(register, ben)
    leavers.at_desk(register, Role.CLERK)
    by_clerk = register.perform(safeguards.add_remark, resident_id=ben, text="fever").value
    leavers.at_desk(register, Role.SUPERVISOR)
    joining = register.perform(joinings.join, resident_id=ann, other_id=ben, reason="x").value
    _notes(register, ann)
    _correct(register, note, ben, SealedKind.OTHER)
    with pytest.raises(Refused, match="was joined to"):
        _correct(register, _note(register, ann), ben)
    _correct(register, by_clerk, ben)
    leavers.at_desk(register, Role.CLERK)
    register.perform(mending.take_back_note, note_id=by_clerk, reason="x")  # as if nobody had corrected it
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(joinings.take_back, joining_id=joining, reason="x")
    held = [row.kind for row in _notes(register, ben) if row.holds]
    assert held == [SealedKind.HEALTH, SealedKind.HEALTH, SealedKind.OTHER]  # first what the clerk has said


def test_what_a_file_has_brought_is_put_right_however_long_it_is(register: Register, ann: ResidentId) -> None:
    long = "x" * (LONGEST_NOTE + 5)
    register.perform(builders.seal_note, whose=ann, text=long)
    (row,) = _notes(register, ann)
    note = row.id
    said: dict[str, Any] = {"resident_id": ann, "kind": SealedKind.HEALTH, "reason": "x"}
    with pytest.raises(Refused, match="in at most"):
        register.perform(mending.correct_note, note_id=note, text=long + "x" * 2_000, **said)
    register.perform(mending.correct_note, note_id=note, text=long, **said)


@pytest.mark.parametrize("what", [mending.correct_note, mending.take_back_note, mending.restore_note])
def test_a_reason_is_asked(register: Register, ann: ResidentId, what: Any) -> None:
    note = _note(register, ann)
    if what is mending.restore_note:
        register.perform(mending.take_back_note, note_id=note, reason="x")
    said: dict[str, Any] = (
        {"resident_id": ann, "kind": SealedKind.OTHER, "text": "x"} if what is mending.correct_note else {}
    )
    with pytest.raises(Refused) as refused:
        register.perform(what, note_id=note, reason=" ", **said)
    assert refused.value.field == "reason"


def test_what_is_corrected_opens_with_another_key_too_and_cannot_be_written_past_konak(
    register: Register, ann: ResidentId
) -> None:
    note = _note(register, ann)
    _correct(register, note, ann, SealedKind.OTHER)
    with builders.reading(register):
        register.perform(_renew)
    assert f"{MARK} reason" in _read(register, note)
    connection = engines.connect(register.folder / engines.FILE_NAME, register.source.key)
    for statement in (
        "DELETE FROM note_corrections",
        "UPDATE note_corrections SET reason = x'00'",
        "UPDATE note_corrections SET instead_id = NULL",
        "INSERT OR REPLACE INTO note_corrections SELECT * FROM note_corrections",
    ):
        with pytest.raises(Exception, match="note fixed"):
            connection.execute(statement)
    connection.close()


# -- remarks of lists --------------------------------------------------------------------------------------------------


@pytest.fixture
def brought(register: Register, tmp_path: Path) -> Iterator[ImportId]:
    programme = builders.programme(register)
    path = tmp_path / "list.csv"
    path.write_text(f"Made by {MARK} unit,,\nNo,Surname,Needs\n1,Gjoni,{MARK} needs\n2,Hoti,\n", encoding="utf-8")
    register.perform(import_lists.bring_in, programme_id=programme, read=read_list(read_table(path)))
    with register.read() as snapshot:
        yield imported.latest(snapshot)[0].id


def _remarks(register: Register, who: int, role: Role = Role.HEALTH_LEGAL) -> list[tuple[SealedKind, str, bool]]:
    with builders.reading(register):
        leavers.at_desk(register, role)
        said = register.perform(selection.look, candidate_id=CandidateId(who)).value
    return [(each.kind, each.text, each.holds) for each in said]


def test_a_remark_of_a_list_is_given_to_another_candidate_and_said_to_be_of_a_kind(
    register: Register, brought: ImportId
) -> None:
    with builders.reading(register):
        leavers.at_desk(register, Role.SUPERVISOR)
        (remark,) = register.perform(selection.look, candidate_id=CandidateId(1)).value
    said: dict[str, Any] = {"kind": SealedKind.HEALTH, "text": f"{MARK} needs", "reason": f"{MARK} reason"}
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(mending.correct_remark, remark_id=remark.id, candidate_id=CandidateId(2), **said)
    for who in (1, 2):
        assert _remarks(register, who, Role.SUPERVISOR) == []
        leavers.at_desk(register, Role.SUPERVISOR)
        with register.read() as snapshot:
            assert not candidates.whole(snapshot, candidate_id=CandidateId(who)).has_remarks
    assert _remarks(register, 2) == [(SealedKind.HEALTH, f"{MARK} needs", True)]
    ((kind, text, holds),) = _remarks(register, 1)
    assert (kind, holds) == (SealedKind.HEALTH, False)
    assert text.startswith(
        f"Corrected: another holds instead (list / 4). The mistake: {MARK} reason\n\nNeeds: {MARK} needs"
    )
    assert in_clear(register) == []
    for who in (1, 2):
        leavers.at_desk(register, Role.HEALTH_LEGAL)
        with register.read() as snapshot:
            told = [event.action for event in candidates.whole(snapshot, candidate_id=CandidateId(who)).history]
        assert mending.correct_remark.name in told


def test_what_a_list_says_of_a_resident_is_offered_to_who_reads_what_it_is(
    register: Register, brought: ImportId
) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    builders.accept(register, CandidateId(1))
    programme = ProgrammeId(int(str(builders.rows(register, "SELECT id FROM programmes")[0][0])))
    register.perform(
        stays.admit,
        programme_id=programme,
        candidate_id=CandidateId(1),
        person=PersonFacts(family_name="Gjoni"),
        arrived=Moment(leavers.TODAY),
    )
    with builders.reading(register):
        (remark,) = register.perform(selection.look, candidate_id=CandidateId(1)).value
    said: dict[str, Any] = {"kind": SealedKind.HEALTH, "text": "x", "reason": "a fever"}
    offered = []
    for _twice in range(2):
        for role in (Role.SUPERVISOR, Role.HEALTH_LEGAL, Role.CLERK):
            leavers.at_desk(register, role)
            with register.read() as snapshot:
                offered.append(len(queries.listed(snapshot, resident_id=ResidentId(1))))
        leavers.at_desk(register, Role.HEALTH_LEGAL)
        if not _twice:
            register.perform(mending.correct_remark, remark_id=remark.id, candidate_id=CandidateId(1), **said)
    assert offered == [1, 1, 0, 0, 1, 0]


def test_a_remark_that_is_given_to_a_candidate_of_another_list_stands_with_that_list(
    register: Register, brought: ImportId, tmp_path: Path
) -> None:
    path = tmp_path / "other.csv"
    path.write_text("No,Surname\n1,Musa\n", encoding="utf-8")
    (programme,) = builders.rows(register, "SELECT id FROM programmes")[0]
    other = register.perform(
        import_lists.bring_in, programme_id=ProgrammeId(int(str(programme))), read=read_list(read_table(path))
    ).value.list_id
    with builders.reading(register):
        (remark,) = register.perform(selection.look, candidate_id=CandidateId(1)).value
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    said: dict[str, Any] = {"kind": SealedKind.HEALTH, "text": "x", "reason": "of another"}
    moved = register.perform(mending.correct_remark, remark_id=remark.id, candidate_id=CandidateId(3), **said).value
    assert builders.rows(register, f"SELECT list_id FROM list_remarks WHERE id = {moved}") == [(other,)]


def test_what_stood_above_the_people_is_found_to_be_of_one_of_them_or_is_taken_back(
    register: Register, brought: ImportId
) -> None:
    with register.read() as snapshot:
        list_id = candidates.whole(snapshot, candidate_id=CandidateId(1)).list_id
    with builders.reading(register):
        (above,) = register.perform(selection.look_at_list, list_id=list_id).value
    leavers.at_desk(register, Role.SUPERVISOR)
    said: dict[str, Any] = {"kind": SealedKind.UNSORTED, "text": "of him", "reason": "a footnote"}
    moved = register.perform(mending.correct_remark, remark_id=above.id, candidate_id=CandidateId(2), **said).value
    assert last(register)["subject"] == f"remark:{above.id}"
    assert _remarks(register, 2) == [(SealedKind.UNSORTED, "of him", True)]
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(mending.restore_remark, remark_id=above.id, reason="no")
    register.perform(mending.take_back_remark, remark_id=above.id, reason="nothing")
    with builders.reading(register):
        (above,) = register.perform(selection.look_at_list, list_id=list_id).value
    assert not above.holds
    assert above.text.startswith("Taken back. The mistake: nothing\n\n")
    assert [holds for _kind, _text, holds in _remarks(register, 2)] == [False]
    assert moved != above.id


# -- files -------------------------------------------------------------------------------------------------------------


def _gone(register: Register) -> list[tuple[object, ...]]:
    counted = "(SELECT count(*) FROM {})"
    tables = ("candidates", "residents", "list_remarks", "remark_corrections", "note_corrections")
    return builders.rows(register, f"SELECT {', '.join(counted.format(each) for each in tables)}")


def test_a_file_is_taken_back_once_what_was_added_by_hand_is_taken_back(register: Register, brought: ImportId) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    remark = register.perform(selection.add_remark, candidate_id=CandidateId(2), text="limps").value
    with pytest.raises(Refused, match="Take that back first"):
        register.perform(imports.take_back, import_id=brought, reason="The wrong list")
    register.perform(mending.take_back_remark, remark_id=remark, reason="of another")
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(imports.take_back, import_id=brought, reason="The wrong list")
    assert _gone(register) == [(0, 0, 0, 0, 0)]
    assert register.verified().problem is None


def test_a_file_is_not_taken_back_where_its_remark_was_corrected_until_that_is_undone(
    register: Register, brought: ImportId
) -> None:
    with builders.reading(register):
        (remark,) = register.perform(selection.look, candidate_id=CandidateId(1)).value
    said: dict[str, Any] = {"kind": SealedKind.HEALTH, "text": "limps", "reason": "clearer"}
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    register.perform(mending.correct_remark, remark_id=remark.id, candidate_id=CandidateId(1), **said)
    leavers.at_desk(register, Role.SUPERVISOR)
    with pytest.raises(Refused, match="Take that back first"):
        register.perform(imports.take_back, import_id=brought, reason="The wrong list")
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    register.perform(mending.restore_remark, remark_id=remark.id, reason="no")
    by_hand = register.perform(selection.add_remark, candidate_id=CandidateId(2), text="limps").value
    leavers.at_desk(register, Role.SUPERVISOR)
    with pytest.raises(Refused, match="Take that back first"):  # what was undone is no bar for good
        register.perform(imports.take_back, import_id=brought, reason="The wrong list")
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    register.perform(mending.take_back_remark, remark_id=by_hand, reason="of another")
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(imports.take_back, import_id=brought, reason="The wrong list")
    assert _gone(register) == [(0, 0, 0, 0, 0)]
    assert register.verified().problem is None


def test_a_note_of_a_file_that_was_given_to_somebody_else_goes_with_the_file_once_that_is_undone(
    register: Register, ben: ResidentId, tmp_path: Path
) -> None:
    programme = builders.programme(register, window_start=date(2020, 1, 1))
    path = tmp_path / "stays.csv"
    path.write_text(
        f"person no,surname,given,arrival,departure,Claim\n7,Cc,Cem,2026-07-01,,{MARK} claim\n", encoding="utf-8"
    )
    read = read_stays(read_table(path), zone=register.facility.zone)
    register.perform(bring_in, programme_id=programme, read=read)
    with register.read() as snapshot:
        came = imported.latest(snapshot)[0].id
    ((note, whose),) = builders.rows(register, "SELECT id, resident_id FROM sealed_notes")
    assert whose != ben
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    _correct(register, SealedNoteId(int(str(note))), ben, SealedKind.ASYLUM_CLAIM)
    leavers.at_desk(register, Role.SUPERVISOR)
    with pytest.raises(Refused, match="Take that back first") as refused:
        register.perform(imports.take_back, import_id=came, reason="The wrong file")
    assert reasons(refused) == ["1 row was changed since: K-0001"]
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    register.perform(mending.restore_note, note_id=SealedNoteId(int(str(note))), reason="x")
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(imports.take_back, import_id=came, reason="The wrong file")
    assert _notes(register, ben) == []
    assert builders.rows(register, "SELECT count(*) FROM sealed_notes") == [(0,)]
    assert builders.rows(register, "SELECT count(*) FROM note_corrections") == [(0,)]
    assert register.verified().problem is None


def test_a_note_that_stands_for_one_of_somebody_else_does_not_go_with_a_file_unseen(
    register: Register, ann: ResidentId, tmp_path: Path
) -> None:
    """Else the note of the other, whom it was not about, would hold again."""
    programme = builders.programme(register, window_start=date(2020, 1, 1))
    path = tmp_path / "stays.csv"
    path.write_text("person no,surname,given,arrival,departure\n7,Cc,Cem,2026-07-01,\n", encoding="utf-8")
    read = read_stays(read_table(path), zone=register.facility.zone)
    register.perform(bring_in, programme_id=programme, read=read)
    with register.read() as snapshot:
        came = imported.latest(snapshot)[0].id
    ((cem,),) = builders.rows(register, f"SELECT id FROM residents WHERE id <> {ann}")
    note = _note(register, ann)
    instead = _correct(register, note, ResidentId(int(str(cem))))
    register.perform(mending.take_back_note, note_id=instead, reason="of nobody")
    leavers.at_desk(register, Role.SUPERVISOR)
    with pytest.raises(Refused, match="Take that back first"):
        register.perform(imports.take_back, import_id=came, reason="The wrong file")
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    register.perform(mending.restore_note, note_id=instead, reason="x")
    register.perform(mending.restore_note, note_id=note, reason="x")
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(imports.take_back, import_id=came, reason="The wrong file")
    assert [(row.id, row.holds) for row in _notes(register, ann)] == [(note, True)]
    assert builders.rows(register, "SELECT count(*) FROM note_corrections") == [(0,)]
    assert register.verified().problem is None


# -- erasing -----------------------------------------------------------------------------------------------------------


def _erase(register: Register, whose: ResidentId) -> None:
    leavers.at_desk(register, Role.ADMINISTRATOR)
    register.perform(people.add, name="S. Second", role=Role.SUPERVISOR, passphrase=OTHER)
    second = register.beside(person="S. Second", passphrase=OTHER)
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(erasing.ask, resident_id=whose, reason="over")
    second.perform(erasing.erase, resident_id=whose)


def test_what_was_said_of_another_by_mistake_is_erased_with_the_one_of_whom_it_is(
    register: Register, ann: ResidentId, ben: ResidentId
) -> None:
    cem = builders.resident(register, "K-3", family_name="Cc")
    note = _note(register, ann)
    theirs = _note(register, ann, SealedKind.OTHER)
    between = _correct(register, note, cem)
    _correct(register, between, ben)
    _erase(register, ben)
    assert [(row.id, row.holds) for row in _notes(register, ann)] == [(theirs, True)]
    assert _notes(register, cem) == []
    assert builders.rows(register, "SELECT count(*) FROM note_corrections") == [(0,)]
    assert register.verified().problem is None


def test_what_was_undone_is_erased_with_the_one_of_whom_it_was_all_along(
    register: Register, ann: ResidentId, ben: ResidentId
) -> None:
    note = _note(register, ann)
    _correct(register, note, ben)
    register.perform(mending.restore_note, note_id=note, reason="x")
    _erase(register, ann)
    assert _notes(register, ben) == []
    assert builders.rows(register, "SELECT count(*) FROM sealed_notes") == [(0,)]
    assert register.verified().problem is None


def test_what_was_undone_stays_with_the_one_of_whom_it_is_when_the_other_is_erased(
    register: Register, ann: ResidentId, ben: ResidentId
) -> None:
    note = _note(register, ann)
    _correct(register, note, ben)
    register.perform(mending.restore_note, note_id=note, reason="x")
    _erase(register, ben)
    assert [(row.id, row.holds) for row in _notes(register, ann)] == [(note, True)]
    assert _read(register, note) == f"{MARK} fever"
    assert builders.rows(register, "SELECT count(*) FROM note_corrections") == [(0,)]
    assert register.verified().problem is None


def test_who_is_erased_takes_no_note_along_that_is_of_another(
    register: Register, ann: ResidentId, ben: ResidentId
) -> None:
    note = _note(register, ann)
    instead = _correct(register, note, ben)
    _erase(register, ann)
    assert [(row.id, row.holds) for row in _notes(register, ben)] == [(instead, True)]
    assert _read(register, instead) == f"{MARK} fever"
    assert builders.rows(register, "SELECT count(*) FROM note_corrections") == [(0,)]
    assert register.verified().problem is None
