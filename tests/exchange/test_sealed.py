"""What a file says beyond what Konak knows is sealed: no clear text of it stands in any table or entry."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.actions import departures, safeguards, selection, stays
from models.entities.residents import PartnerNumber
from models.errors import Refused
from models.exchange import import_lists, remembering
from models.exchange.answers import LEFT_OUT, SEALED, Answers
from models.exchange.contradictions import Choices, Who
from models.exchange.files import read_table
from models.exchange.import_stays import bring_in
from models.exchange.lists_file import read_list
from models.exchange.stays_file import read_stays
from models.ids import CandidateId, ResidentId
from models.queries import candidates
from models.rules.birth import BirthDate
from models.rules.residents import PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import CheckKind, DepartureKind, Role, SealedKind, Sex
from models.store.register import Register
from tests import builders
from tests.actions import leavers
from tests.exchange.bringing import bring, looked

MARK = "Zzyzx"
"""It is in nothing that Konak writes by itself."""


def in_clear(register: Register) -> list[str]:
    """The tables in which the mark stands."""
    with register.read() as snapshot:
        run = snapshot.connection.exec_driver_sql
        names = [name for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'table'").all()]
        return [name for name in names if MARK.casefold() in str(run(f'SELECT * FROM "{name}"').all()).casefold()]


def test_columns_that_nobody_knows_come_in_sealed_with_a_file_of_stays(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register, window_start=date(2020, 1, 1))
    path = tmp_path / "stays.csv"
    path.write_text(
        f"id,surname,arrived,departed,date of birth,nationality,sex,remarks,{MARK} medical conditions,Asylum claim\n"
        f"1,Gjoni,2026-01-01,,{MARK} born,{MARK}land,{MARK}sex,{MARK} remark,{MARK} fever,{MARK} claim\n"
        f"2,Berisha,2026-01-01,,,,,,,\n",
        encoding="utf-8",
    )
    read = read_stays(read_table(path), zone=register.facility.zone)
    register.perform(bring_in, programme_id=programme, read=read)
    assert in_clear(register) == []
    ((whose, kind, text),) = builders.sealed_texts(register)
    assert (whose, kind) == (1, SealedKind.UNSORTED)
    for said in ("born", "land", "sex", "remark", "fever", "claim", "medical conditions"):
        assert f"{MARK}{said}" in text.replace(" ", "") or f"{MARK} {said}" in text
    assert in_clear(register) == []


@pytest.mark.parametrize("held", [None, SEALED, LEFT_OUT])
def test_columns_that_nobody_knows_come_in_sealed_with_a_proposed_list(
    register: Register, tmp_path: Path, held: str | None
) -> None:
    """Whether somebody has said so of the column or not; what is remembered of the file tells its heading neither."""
    programme = builders.programme(register)
    path = tmp_path / "list.csv"
    path.write_text(
        f"Transmitted by {MARK} unit,,,,,,,\n"
        f"No,Surname,Given name,Date of birth,Release date,Needs,Remarks,{MARK} protection concerns\n"
        f"1,Gjoni,Besa,{MARK} born,{MARK} release,{MARK} needs,{MARK} remark,{MARK} concern\n"
        "2,Berisha,Agim,1990-02-03,,,,\n"
        f"Total: 2 {MARK},,,,,,,\n",
        encoding="utf-8",
    )
    told = Answers(mapping={} if held is None else {f"{MARK} protection concerns": held})
    read = read_list(read_table(path), answers=told)
    list_id = register.perform(import_lists.bring_in, programme_id=programme, read=read).value.list_id
    assert in_clear(register) == []
    with register.read() as snapshot:
        (kept,) = remembering.recall(snapshot, programme, "list").values() or [Answers()]
    assert list(kept.mapping.values()) == ([] if held is None else [held])
    again = read_list(read_table(path), answers=kept)
    assert [column.field for column in again.heading.columns] == [column.field for column in read.heading.columns]
    said = dict(builders.sealed_remarks(register))
    (one,) = (who for who in said if who is not None)
    for word in ("born", "release", "needs", "remark"):
        assert f"{MARK} {word}" in said[one]
    for word in ("concern", "protection concerns"):
        assert (f"{MARK} {word}" in said[one]) is (held != LEFT_OUT)
    assert f"Transmitted by {MARK} unit" in said[None]
    assert f"Total: 2 {MARK}" in said[None]
    assert list_id
    assert in_clear(register) == []


def test_who_corrects_a_candidate_leaves_what_is_sealed_and_adds_to_it(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register)
    path = tmp_path / "list.csv"
    path.write_text(f"No,Surname,Given name,Needs\n1,Gjoni,Besa,{MARK} needs\n", encoding="utf-8")
    register.perform(import_lists.bring_in, programme_id=programme, read=read_list(read_table(path)))
    gjoni = CandidateId(1)
    register.person = replace(register.person, role=Role.CLERK, stands_in=False)
    with register.read() as snapshot:
        known = candidates.whole(snapshot, candidate_id=gjoni)
    assert not known.has_remarks
    changed = replace(known.particulars, family_name="Gjonaj")
    register.perform(selection.correct, candidate_id=gjoni, particulars=changed, reason="passport")
    register.perform(selection.add_remark, candidate_id=gjoni, text=f"{MARK} fever")
    assert builders.sealed_remarks(register) == [(gjoni, f"Needs: {MARK} needs\n\n{MARK} fever")]
    assert in_clear(register) == []
    with register.read() as snapshot:
        told = candidates.whole(snapshot, candidate_id=gjoni).history
    assert [event.action for event in told] == ["selection.correct"]


def test_needs_and_notes_of_an_arrival_are_sealed(register: Register) -> None:
    programme = builders.programme(register)
    register.perform(
        stays.admit,
        programme_id=programme,
        arrived=Moment(date(2026, 11, 20), None),
        person=PersonFacts(family_name="Gjoni"),
        notes=f"{MARK} fever",
        emergency_reason="came by night",
    )
    assert builders.sealed_texts(register) == [(1, SealedKind.UNSORTED, f"{MARK} fever")]
    assert in_clear(register) == []


def test_who_may_not_read_adds_and_writes_nothing_over(register: Register) -> None:
    resident = builders.resident(register)
    for role, text in ((Role.CLERK, "first"), (Role.SUPERVISOR, "second"), (Role.CLERK, "third")):
        register.person = replace(register.person, role=role, stands_in=False)
        register.perform(safeguards.add_remark, resident_id=resident, text=f"{MARK} {text}")
    for role in (Role.ADMINISTRATOR, Role.INSPECTOR):
        register.person = replace(register.person, role=role, stands_in=False)
        with pytest.raises(Refused, match="may not do this"):
            register.perform(safeguards.add_remark, resident_id=resident, text="x")
    said = [text for _, _, text in builders.sealed_texts(register)]
    assert said == [f"{MARK} first", f"{MARK} second", f"{MARK} third"]
    assert in_clear(register) == []


def test_what_has_changed_since_a_risk_is_sealed(register: Register) -> None:
    stay = leavers.stay(register, leavers.programme(register))
    leavers.check(register, leavers.plan(register, stay), CheckKind.NON_REFOULEMENT, passed=False, note=f"{MARK} risk")
    with pytest.raises(Refused, match="A risk was found"):
        leavers.plan(register, stay)
    leavers.plan(register, stay, DepartureKind.REMOVAL, what_changed=f"{MARK} court")
    assert builders.sealed_texts(register) == [(ResidentId(1), SealedKind.CHECK, f"{MARK} court")]
    assert in_clear(register) == []
    assert departures.plan.kind is None


HEAD = "person no,surname,given,date of birth,sex,arrival,departure"


@pytest.mark.parametrize(
    "rows",
    [
        (HEAD + ",Father's name", "1,Gashi,Ana,1990-02-03,f,2026-07-01,,Xhemajl"),
        (HEAD, "1,,,1990-02-03,f,2026-07-01,2026-07-02", "1,,,1990-02-03,m,2026-07-03,"),
        (HEAD, "7,Gashi,Ana,1990-02-03,f,2026-07-01,", "7,Noor,Jawad,1980-02-03,m,2026-07-01,"),
        (HEAD, "K7,Gashi,Ana,1990-02-03,m,2026-07-01,"),  # the register says that she is a woman
    ],
    ids=["a column that nobody knows", "two sexes", "a number of two people", "another sex than is known"],
)
def test_what_needs_somebody_who_can_read_it_is_known_before_it_comes_in(
    register: Register, tmp_path: Path, rows: tuple[str, ...]
) -> None:
    programme = builders.programme(register, window_start=date(2020, 1, 1))
    whose = builders.resident(register, "K-1", family_name="Gashi", given_names="Ana", sex=Sex.FEMALE,
                              birth=BirthDate(1990, 2, 3), sort_name="gashi ana")  # fmt: skip
    register.perform(builders.put, row=PartnerNumber(resident_id=whose, programme_id=programme, number="K7"))
    path = tmp_path / "stays.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    choices = Choices(everybody=Who.SAME)
    assert looked(register, programme, path, choices).is_sealing
    bring(register, programme, path, choices)
    assert builders.sealed_texts(register)


def test_nothing_is_sealed_of_a_file_that_konak_knows_whole(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register, window_start=date(2020, 1, 1))
    path = tmp_path / "stays.csv"
    path.write_text(
        HEAD + "\n1,Gashi,Ana,1990-02-03,f,2026-07-01,2026-07-02\n1,Gashi,Ana,,,2026-07-05,\n", encoding="utf-8"
    )
    assert not looked(register, programme, path).is_sealing
    bring(register, programme, path)
    assert not builders.sealed_texts(register)
