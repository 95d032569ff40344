"""A proposed list that comes once more: nobody twice, what changed is shown, and decisions stay with their people."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.actions import alike, corrections, imports, programmes, selection, stays
from models.errors import Refused
from models.exchange.files import read_table
from models.exchange.import_lists import ListBroughtIn, bring_in, correct, preview_list
from models.exchange.lists_file import read_list
from models.ids import CandidateId, CriterionId, ImportId, ListId, ProgrammeId
from models.queries import candidates, list_versions
from models.rules.birth import BirthDate
from models.rules.kept import restored
from models.rules.programmes import CriterionFacts
from models.rules.time import Moment
from models.rules.vocabulary import Answer, CandidateState, CriterionEffect, ListChange
from models.store.register import Register
from models.text import translator
from tests import builders
from tests.builders import rows

HEAD = "A number,Last name,First name,Date of birth,Nationality\n"
FIRST = "A-1,Noori,Ali,1980-02-03,AF\nA-2,Gashi,Besa,1990-03-04,\n,Hoti,Drita,1991-03-04,XK\n"
SECOND = "a1,Noori,Ali,1980-02-03,AF\nA 2,Gashi,Besa,1990-03-04,AL\nA-4,Musa,Omar,1970-03-04,SD\n"


def bring(
    register: Register, programme: ProgrammeId, folder: Path, content: str, replaces: ListId | None = None
) -> ListBroughtIn:
    path = folder / f"list-{len(content)}.csv"
    path.write_text(HEAD + content, encoding="utf-8")
    read = read_list(read_table(path))
    with register.read() as snapshot:
        preview_list(snapshot, programme_id=programme, read=read, replaces=replaces)
    done = register.perform(
        bring_in, programme_id=programme, read=read, code="L-1", received_on=date(2026, 11, 20), replaces=replaces
    )
    return done.value


def doubts(register: Register, name: str) -> list[str]:
    ((said,),) = rows(register, f"SELECT doubts FROM candidates WHERE family_name = '{name}'")
    return [translator("en").render(each) for each in restored(json.loads(str(said)))]


def test_a_new_version_adds_who_is_new_changes_what_changed_and_keeps_decisions(
    register: Register, tmp_path: Path
) -> None:
    programme = builders.programme(register)
    first = bring(register, programme, tmp_path, FIRST)
    register.perform(
        selection.decide,
        candidate_id=CandidateId(2),
        outcome=CandidateState.REFUSED,
        reason="No place",
        decided_by="V. Gashi",
    )
    with pytest.raises(Refused, match="a new version of that list"):
        bring(register, programme, tmp_path, SECOND)
    done = bring(register, programme, tmp_path, SECOND, first.list_id)
    assert (done.list_id, done.candidates, done.changed, done.gone) == (first.list_id, 1, 1, 1)
    assert rows(register, "SELECT family_name, nationality, state FROM candidates ORDER BY id") == [
        ("Noori", "AF", "proposed"), ("Gashi", "AL", "refused"), ("Hoti", "XK", "proposed"), ("Musa", "SD", "proposed"),
    ]  # fmt: skip
    assert doubts(register, "Gashi")[-1] == "The new version of the list says otherwise: Nationality."
    assert doubts(register, "Hoti")[-1] == "Not on the version of the list of 20 Nov 2026 any more."
    summary = done.summary
    assert (summary.came_in, [each.row_number for each in summary.changed]) == ((4,), [3])
    assert [each.row_number for each in summary.set_aside] == [2]
    assert register.verified().problem is None


def test_a_new_version_is_taken_back_and_the_list_is_as_it_was(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register)
    first = bring(register, programme, tmp_path, FIRST)
    state = "SELECT id, family_name, nationality, doubts, state FROM candidates ORDER BY id"
    before = rows(register, state), rows(register, "SELECT file_hash FROM proposed_lists")
    bring(register, programme, tmp_path, SECOND, first.list_id)
    register.perform(imports.take_back, import_id=ImportId(2), reason="The wrong version")
    assert (rows(register, state), rows(register, "SELECT file_hash FROM proposed_lists")) == before


def test_a_list_of_another_programme_is_none_of_which_this_is_a_version(register: Register, tmp_path: Path) -> None:
    first = bring(register, builders.programme(register), tmp_path, FIRST)
    other = builders.programme(register, "OTHER")
    with pytest.raises(Refused) as refused:
        bring(register, other, tmp_path, SECOND, first.list_id)
    assert refused.value.field == "replaces"


def test_a_new_version_says_beforehand_whom_the_register_may_know_and_what_cannot_be(
    register: Register, tmp_path: Path
) -> None:
    programme = builders.programme(register)
    builders.resident(
        register, "K-7", family_name="Moussa", given_names="Omar", birth=BirthDate(1970, 3, 4), sort_name="moussa omar"
    )
    first = bring(register, programme, tmp_path, FIRST)
    path = tmp_path / "second.csv"
    head = HEAD.replace("Nationality", "Nationality,Sentenced on")
    said = "a1,Noori,Ali,1980-02-03,AF,2027-01-01\nA-4,Musa,Omar,1970-03-04,SD,\nA-5,Sok,Ana,2028-03-04,KH,\n"
    path.write_text(head + said, encoding="utf-8")
    read = read_list(read_table(path))
    with register.read() as snapshot:
        planned = preview_list(snapshot, programme_id=programme, read=read, replaces=first.list_id)
    done = register.perform(bring_in, programme_id=programme, read=read, replaces=first.list_id).value
    assert tuple(doubt for line in planned.candidates for doubt in line.doubts) == done.summary.doubts
    assert doubts(register, "Musa")[0] == "Perhaps the same person as the resident K-7."
    assert doubts(register, "Sok") == ["This birth date lies in the future. Correct it."]
    assert doubts(register, "Noori")[-1] == "This date lies in the future. Correct it."


def corrected(register: Register, number: int, **said: object) -> None:
    with register.read() as snapshot:
        found = candidates.whole(snapshot, candidate_id=CandidateId(number))
    particulars = replace(found.particulars, **said)  # type: ignore[arg-type]
    register.perform(
        selection.correct, candidate_id=CandidateId(number), particulars=particulars, reason="the passport"
    )


def stands(register: Register, number: int) -> tuple[object, ...]:
    ((nationality, listed),) = rows(register, f"SELECT nationality, listed FROM candidates WHERE id = {number}")
    return nationality, json.loads(str(listed))


def test_what_was_corrected_here_is_kept_and_said_until_somebody_takes_what_the_list_says(
    register: Register, tmp_path: Path
) -> None:
    programme = builders.programme(register)
    first = bring(register, programme, tmp_path, FIRST)
    corrected(register, 2, nationality="XK")
    assert stands(register, 2) == ("XK", {"nationality": None})
    done = bring(register, programme, tmp_path, SECOND, first.list_id)
    assert stands(register, 2) == ("XK", {"nationality": "AL"})
    kept = "The new version of the list says otherwise, and what was corrected here is kept: Nationality."
    assert doubts(register, "Gashi")[-1] == kept
    assert [translator("en").render(each.message) for each in done.summary.changed] == [kept]
    third = SECOND.replace("Omar", "Omer")
    done = bring(register, programme, tmp_path, third + "\n", first.list_id)
    assert done.changed == 1, "the list says of Gashi what it said before"
    fourth = third.replace(",AL", ",MK").replace("Omer", "Omar")
    path = tmp_path / "fourth.csv"
    path.write_text(HEAD + fourth, encoding="utf-8")
    read = read_list(read_table(path))
    register.perform(
        bring_in, programme_id=programme, read=read, replaces=first.list_id, over={(CandidateId(2), "nationality")}
    )
    assert stands(register, 2) == ("MK", {})
    register.perform(imports.take_back, import_id=ImportId(4), reason="The wrong version")
    assert stands(register, 2) == ("XK", {"nationality": "AL"})
    corrected(register, 2, nationality="AL")
    assert stands(register, 2) == ("AL", {}), "as the list says: nothing is corrected any more"
    assert register.verified().problem is None


def test_each_version_is_kept_with_its_file_who_and_what_it_changed(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register)
    first = bring(register, programme, tmp_path, FIRST)
    corrected(register, 2, nationality="XK")
    bring(register, programme, tmp_path, SECOND.replace("Noori,Ali", "Noori,Aly"), first.list_id)
    with register.read() as snapshot:
        second, one = list_versions.of_list(snapshot, list_id=first.list_id)
        told = candidates.whole(snapshot, candidate_id=CandidateId(1)).history
    assert (one.number, one.is_last, one.changes, one.counts) == (1, False, (), {"candidates": 3})
    assert (second.number, second.is_last, second.entered_by) == (2, True, "A. Berisha")
    assert (second.file_hash != one.file_hash, second.entered_at) == (True, register.clock.now())
    assert [(each.what, each.name, each.before, each.after, each.not_taken) for each in second.changes] == [
        (ListChange.CAME, "Musa, Omar", {}, {}, ()),
        (ListChange.CHANGED, "Noori, Aly", {"given_names": "Ali"}, {"given_names": "Aly"}, ()),
        (ListChange.CHANGED, "Gashi, Besa", {"nationality": "XK"}, {"nationality": "AL"}, ("nationality",)),
        (ListChange.GONE, "Hoti, Drita", {}, {}, ()),
    ]
    assert [(event.before.get("given_names"), event.after.get("given_names")) for event in told][:1] == [("Ali", "Aly")]


def test_the_name_and_the_day_of_a_list_are_put_right_and_the_months_that_count_it_are_touched(
    register: Register,
) -> None:
    programme = builders.programme(register)
    builders.candidate(register, programme, family_name="Gashi")
    builders.candidate(register, programme, family_name="Noori")
    builders.named_report(register, programme)  # of October 2026
    right: dict[str, Any] = {"list_id": ListId(1), "code": "L-7", "received_on": date(2026, 5, 30), "reason": "letter"}
    for wrong, field in (
        ({"code": " "}, "code"),
        ({"code": "l2"}, "code"),
        ({"code": "x" * 65}, "code"),
        ({"received_on": date(2027, 5, 30)}, "received_on"),
        ({"reason": ""}, "reason"),
        ({"list_id": ListId(9)}, "list_id"),
        ({"code": "L1", "received_on": date(2026, 6, 1)}, None),
    ):
        with pytest.raises(Refused) as refused:
            register.perform(correct, **right | wrong)
        assert refused.value.field == field
    assert builders.rows(register, "SELECT month FROM touched_months") == []
    register.perform(correct, **right)
    assert builders.rows(register, "SELECT code, received_on FROM proposed_lists ORDER BY id") == [
        ("L-7", "2026-05-30"),
        ("L2", "2026-06-01"),
    ]
    assert builders.rows(register, "SELECT month FROM touched_months") == [("2026-10-01",)]
    ((before,),) = builders.rows(register, "SELECT entry FROM touched_months")
    register.perform(correct, **right | {"programme_id": builders.programme(register, "NO-2026")})
    ((after,),) = builders.rows(register, "SELECT entry FROM touched_months")
    assert (before, after) != (after, before), "the month of the programme that it leaves is touched once more"


def test_a_list_under_the_wrong_programme_goes_to_the_right_one_also_after_an_arrival_that_was_taken_back(
    register: Register, tmp_path: Path
) -> None:
    wrong, right = builders.programme(register), builders.programme(register, "NO-2026")
    first = bring(register, wrong, tmp_path, FIRST).list_id
    who = CandidateId(1)
    builders.accept(register, who)
    stay = register.perform(stays.admit, programme_id=wrong, candidate_id=who, arrived=Moment(date(2026, 11, 20))).value

    def move() -> None:
        register.perform(
            correct,
            list_id=first,
            code="L-1",
            received_on=date(2026, 11, 20),
            reason="the letter",
            programme_id=right,
        )

    def against() -> list[str]:
        with pytest.raises(Refused, match="Take that back first") as refused:
            move()
        return [translator("en").render(each) for each in refused.value.reasons]

    assert against() == ["1 person has arrived: 2"]
    register.perform(corrections.take_back, stay_id=stay, reason="the wrong programme")
    assert against() == ["1 person is decided on: 2"]
    register.perform(selection.take_back, candidate_id=who, reason="the wrong programme")
    with pytest.raises(Refused, match="correct the programme of the list"):
        register.perform(imports.take_back, import_id=ImportId(1), reason="the wrong programme")
    with pytest.raises(Refused, match="If that is the wrong programme, correct the list there"):
        register.perform(
            bring_in, programme_id=right, read=read_list(read_table(next(tmp_path.glob("*.csv")))), code="L-1"
        )
    move()
    placed = "SELECT DISTINCT programme_id FROM "
    for table in ("proposed_lists", "candidates", "imports"):
        assert rows(register, placed + table) == [(right,)]
    with register.read() as snapshot:
        told = candidates.whole(snapshot, candidate_id=CandidateId(3)).history
        assert candidates.whole(snapshot, candidate_id=who).programme == "NO-2026"
    assert told[0].action == "import_lists.correct"
    builders.accept(register, who)
    register.perform(stays.admit, programme_id=right, candidate_id=who, arrived=Moment(date(2026, 11, 20)))
    assert register.verified().problem is None


def test_a_list_goes_nowhere_while_criteria_of_its_programme_are_answered_or_that_of_the_other_is_closed(
    register: Register, tmp_path: Path
) -> None:
    wrong, right = builders.programme(register), builders.programme(register, "NO-2026")
    first = bring(register, wrong, tmp_path, FIRST).list_id
    asked = [CriterionFacts("Is it so?", CriterionEffect.WEIGHS)]
    register.perform(programmes.set_criteria, programme_id=wrong, version=1, criteria=asked)

    def answer(*, given: Answer | None) -> None:
        asks = CriterionId(1)
        register.perform(selection.answer, candidate_id=CandidateId(2), criterion_id=asks, given=given, note="passport")

    answer(given=Answer.YES)

    def move() -> None:
        register.perform(
            correct,
            list_id=first,
            code="L-1",
            received_on=date(2026, 11, 20),
            reason="the letter",
            programme_id=right,
        )

    with pytest.raises(Refused) as refused:
        move()
    assert [translator("en").render(each) for each in refused.value.reasons] == ["Criteria are answered of 1 person: 3"]
    answer(given=None)
    register.perform(programmes.close, programme_id=right, version=1)
    with pytest.raises(Refused, match="is closed and takes no lists"):
        move()
    register.perform(programmes.reopen, programme_id=right, version=2)
    move()
    assert rows(register, "SELECT DISTINCT programme_id FROM candidates") == [(right,)]


def test_a_list_is_taken_back_also_where_two_of_it_were_told_apart_and_that_was_taken_back(
    register: Register, tmp_path: Path
) -> None:
    bring(register, builders.programme(register), tmp_path, FIRST)
    verdict = register.perform(
        alike.settle, candidate_id=CandidateId(1), other_id=CandidateId(2), is_same=False, reason="brothers"
    ).value
    with pytest.raises(Refused, match="Take that back first"):
        register.perform(imports.take_back, import_id=ImportId(1), reason="the wrong file")
    register.perform(alike.take_back, verdict_id=verdict, reason="not sure")
    register.perform(imports.take_back, import_id=ImportId(1), reason="the wrong file")
    assert rows(register, "SELECT count(*) FROM candidates") == [(0,)]
    assert register.verified().problem is None
