"""The monthly file: the same stays once more, what is new, what has ended, and what contradicts."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from models.actions import absences, rooms, stays
from models.actions.separations import SEPARATIONS
from models.errors import Refused
from models.exchange.contradictions import Choice, Choices
from models.ids import ProgrammeId, ResidentId, StayId
from models.queries import history
from models.queries.months import figures
from models.rules.time import Moment, Month
from models.rules.vocabulary import AbsenceKind, LimitRule, Role
from models.store.register import Register
from tests import builders
from tests.actions import leavers
from tests.builders import rows
from tests.exchange.bringing import ENGLISH, bring, looked, refusals

HEAD = "stay id,person id,surname,arrived,departed,departure kind\n"


def written(folder: Path, name: str, content: str, head: str = HEAD) -> Path:
    path = folder / name
    path.write_text(head + content, encoding="utf-8")
    return path


def test_july_after_june_ends_two_stays_adds_one_and_asks_about_one(
    register: Register, programme: ProgrammeId, shared_data: Path
) -> None:
    june, july = (shared_data / "cases" / name for name in ("w1_june.csv", "w2_july.csv"))
    assert bring(register, programme, june).stays == 3
    planned = looked(register, programme, july)
    assert [(change.line.row_number, change.stay.whose) for change in planned.ending] == [(2, "K-0001"), (3, "K-0002")]
    assert [(line.row_number, line.stay_id) for line in planned.coming] == [(5, "4")]
    assert [ENGLISH.render(each.said) for each in planned.contradictions] == [
        "The register says 12 May 2026, the file 13 May 2026."
    ]
    with pytest.raises(Refused) as refused:
        bring(register, programme, july)
    assert refused.value.field == "contradictions"
    assert rows(register, "SELECT count(*) FROM stays WHERE departed_on IS NULL") == [(2,)]
    done = bring(register, programme, july, Choices(Choice.KEEP))
    assert (done.stays, done.ended, done.changed, done.repeated, done.kept, done.problems) == (1, 2, 0, 0, 1, ())
    assert rows(register, "SELECT source_key, departed_on, departure_kind FROM stays ORDER BY source_key") == [
        ("1", "2026-06-20", "not_recorded"), ("2", "2026-06-25", "not_recorded"),
        ("3", "2026-05-12", "not_recorded"), ("4", None, None),
    ]  # fmt: skip
    with register.read() as snapshot:
        assert figures(snapshot, programme, Month(2026, 7)).on_roll_at_start == 1
    assert register.verified().problem is None


def test_what_the_file_says_is_taken_with_a_reason_and_history_says_so(
    register: Register, programme: ProgrammeId, shared_data: Path
) -> None:
    june, july = (shared_data / "cases" / name for name in ("w1_june.csv", "w2_july.csv"))
    bring(register, programme, june)
    with pytest.raises(Refused) as refused:
        bring(register, programme, july, Choices(Choice.TAKE, reason=" "))
    assert refused.value.field == "reason"
    done = bring(register, programme, july, Choices(rows={4: Choice.TAKE}, reason="Letter of 1 July"))
    assert (done.ended, done.changed, done.kept) == (2, 1, 0)
    assert rows(register, "SELECT departed_on FROM stays WHERE source_key = '3'") == [("2026-05-13",)]
    with register.read() as snapshot:
        whose = ResidentId(
            snapshot.connection.execute(text("SELECT resident_id FROM stays WHERE source_key = '3'")).scalar_one()
        )
        latest = history.of_resident(snapshot, resident_id=whose)[0]
    told = [(ENGLISH.render(each.what), each.before, each.after) for each in latest.details]
    assert told == [("Departed", date(2026, 5, 12), date(2026, 5, 13)), ("Reason", None, "Letter of 1 July")]


def test_the_trail_names_the_stays_that_a_file_has_ended(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, written(tmp_path, "may.csv", "A,1,Noori,2026-05-01,,\nB,2,Gashi,2026-05-02,,\n"))
    bring(
        register,
        programme,
        written(tmp_path, "june.csv", "A,1,Noori,2026-05-01,2026-06-01,removal\nB,2,Gashi,2026-05-02,,\n"),
    )
    ((said, number),) = rows(register, "SELECT details, number FROM trail ORDER BY number DESC LIMIT 1")
    assert json.loads(str(said))["notes"]["stays_ended"] == [1]
    assert ("stay:1",) in rows(register, f"SELECT subject FROM trail_subjects WHERE number = {number}")
    assert rows(register, "SELECT departure_kind, destination FROM stays WHERE id = 1") == [("removal", "not_recorded")]


def test_a_bed_and_an_absence_end_with_the_stay_that_a_file_ends(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, written(tmp_path, "may.csv", "A,1,Noori,2026-05-01,,\nB,2,Gashi,2026-05-02,,\n"))
    register.perform(rooms.place, stay_id=StayId(1), bed_id=builders.bed(register), moment=Moment(date(2026, 5, 3)))
    register.perform(
        absences.record,
        stay_id=StayId(1),
        kind=AbsenceKind.HOSPITAL,
        left=Moment(date(2026, 6, 2)),
        due_back=Moment(date(2026, 6, 9)),
    )
    early = bring(register, programme, written(tmp_path, "early.csv", "A,1,Noori,2026-05-01,2026-06-01,\n"))
    assert early.ended == 0
    assert refusals(early) == [
        (2, "The register has a bed, an absence, a review or a separation of this stay on 2 Jun 2026, after this "
            "departure. Correct the departure here, or what the register has."),
    ]  # fmt: skip
    assert bring(register, programme, written(tmp_path, "june.csv", "A,1,Noori,2026-05-01,2026-06-05,\n")).ended == 1
    assert rows(register, "SELECT until_on FROM placements") == [("2026-06-05",)]
    assert rows(register, "SELECT until_on FROM absences") == [("2026-06-05",)]


def test_a_file_ends_no_stay_before_a_review_or_a_separation_and_says_the_row(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    bring(register, programme, written(tmp_path, "may.csv", "A,1,Noori,2026-05-01,,\nB,2,Gashi,2026-05-02,,\n"))
    apart = Moment(date(2026, 6, 2))
    register.perform(SEPARATIONS.enter, stay_id=StayId(1), began=apart, grounds="threats", ordered_by="V. Gashi")
    what: dict[str, Any] = {"outcome": "stays", "held_by": "V. Gashi", "held_on": apart.on, "due_on": date(2026, 7, 31)}
    register.perform(stays.hold_review, stay_id=StayId(2), **what)
    lines = "A,1,Noori,2026-05-01,2026-06-01,\nB,2,Gashi,2026-05-02,2026-06-01,\n"
    early = bring(register, programme, written(tmp_path, "early.csv", lines))
    assert (early.ended, [row for row, _what in refusals(early)]) == (0, [2, 3])
    late = lines.replace("2026-06-01", "2026-06-05")
    assert bring(register, programme, written(tmp_path, "june.csv", late)).ended == 2


def test_one_arrival_after_a_bed_that_was_over_is_refused_by_its_row(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, written(tmp_path, "may.csv", "A,1,Noori,2026-05-01,,\nB,2,Gashi,2026-05-02,,\n"))
    register.perform(rooms.place, stay_id=StayId(1), bed_id=builders.bed(register), moment=Moment(date(2026, 5, 1)))
    register.perform(rooms.free, stay_id=StayId(1), moment=Moment(date(2026, 5, 5)))
    lines = "A,1,Noori,2026-05-08,,\nB,2,Gashi,2026-05-09,,\n"
    done = bring(register, programme, written(tmp_path, "june.csv", lines), Choices(Choice.TAKE, reason="The letter"))
    assert refusals(done) == [
        (2, "The register has a bed, an absence, a review or a separation of this stay from 1 May 2026 on. Correct the "
            "arrival here, or what the register has."),
    ]  # fmt: skip
    assert rows(register, "SELECT arrived_on FROM stays ORDER BY id") == [("2026-05-01",), ("2026-05-09",)]


def test_one_departure_before_an_absence_that_was_over_that_day_is_refused_by_its_row(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    """The bed ended with the stay, and moves with it; the person had come back by themselves."""
    bring(register, programme, written(tmp_path, "may.csv", "A,1,Noori,2026-05-01,,\nB,2,Gashi,2026-05-01,,\n"))
    for stay, room in ((StayId(1), "1"), (StayId(2), "2")):
        bed = builders.bed(register, room)
        register.perform(rooms.place, stay_id=stay, bed_id=bed, moment=Moment(date(2026, 5, 1)))
    left, back = Moment(date(2026, 5, 5)), Moment(date(2026, 5, 9))
    register.perform(
        absences.record, stay_id=StayId(1), kind=AbsenceKind.HOSPITAL, left=left, due_back=back, returned=back
    )
    june = "A,1,Noori,2026-05-01,2026-05-09,\nB,2,Gashi,2026-05-01,2026-05-09,\n"
    bring(register, programme, written(tmp_path, "june.csv", june))
    july = written(tmp_path, "july.csv", june.replace("05-09", "05-08"))
    done = bring(register, programme, july, Choices(Choice.TAKE, reason="The letter"))
    assert [row for row, _what in refusals(done)] == [2]
    assert rows(register, "SELECT departed_on FROM stays ORDER BY id") == [("2026-05-09",), ("2026-05-08",)]
    assert rows(register, "SELECT until_on FROM placements ORDER BY id") == [("2026-05-09",), ("2026-05-08",)]
    assert rows(register, "SELECT until_on FROM absences") == [("2026-05-09",)]


LIMITS = "SELECT limit_on, counted_from FROM stays ORDER BY id"


@pytest.mark.parametrize("first", ["left on own", ""])
def test_the_limit_of_who_came_again_follows_a_departure_that_a_file_puts_right(
    register: Register, tmp_path: Path, first: str
) -> None:
    programme = builders.programme(register, window_start=date(2026, 1, 1), limit_rule=LimitRule.DAYS, limit_amount=180)
    lines = f"A,1,Noori,2026-05-01,2026-05-09,{first}\nB,1,Noori,2026-06-01,,\nC,2,Gashi,2026-05-01,2026-05-09,\n"
    bring(register, programme, written(tmp_path, "may.csv", lines))
    goes_on, anew = ("2026-10-27", "2026-05-01"), ("2026-11-27", None)
    assert rows(register, LIMITS)[1] == (goes_on if first else anew)
    right = lines.replace(f"-09,{first}\nB", "-09,removal\nB" if first else "-09,left on own\nB")
    bring(register, programme, written(tmp_path, "june.csv", right), Choices(Choice.TAKE, reason="The letter"))
    assert rows(register, LIMITS)[1] == (anew if first else goes_on)
    assert rows(register, "SELECT count(*) FROM stay_limits") == [(4,)]


def test_where_stays_are_summed_a_departure_that_a_file_moves_moves_the_limit_after_it(
    register: Register, tmp_path: Path
) -> None:
    programme = builders.programme(
        register, window_start=date(2026, 1, 1), limit_rule=LimitRule.DAYS, limit_amount=180, sums_stays=True
    )
    lines = "A,1,Noori,2026-05-01,2026-05-09,removal\nB,1,Noori,2026-06-01,,\n"
    bring(register, programme, written(tmp_path, "may.csv", lines))
    assert rows(register, LIMITS)[1] == ("2026-11-18", "2026-05-23"), "22 days away"
    june = written(tmp_path, "june.csv", lines.replace("05-09", "05-19"))
    bring(register, programme, june, Choices(Choice.TAKE, reason="The letter"))
    assert rows(register, LIMITS)[1] == ("2026-11-08", "2026-05-13")


def test_the_next_stay_may_stand_above_the_row_that_ends_the_last_one(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, written(tmp_path, "may.csv", "A,1,Noori,2026-05-01,,\n"))
    done = bring(
        register,
        programme,
        written(tmp_path, "june.csv", "B,1,Noori,2026-06-20,,\nA,1,Noori,2026-05-01,2026-06-10,\n"),
    )
    assert (done.stays, done.ended, done.problems) == (1, 1, ())


def test_a_kind_that_was_not_recorded_is_filled_in_and_one_that_differs_is_asked_about(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    may = "A,1,Noori,2026-05-01,2026-05-09,\nB,2,Gashi,2026-05-02,2026-05-09,removal\n"
    bring(register, programme, written(tmp_path, "may.csv", may))
    june = may.replace("09,\n", "09,escape\n").replace("removal", "death")
    planned = looked(register, programme, written(tmp_path, "june.csv", june))
    assert [(each.row_number, each.field) for each in planned.contradictions] == [(3, "departure_kind")]
    assert [change.line.row_number for change in planned.changing] == [2]
    done = bring(register, programme, tmp_path / "june.csv", Choices(Choice.KEEP))
    assert (done.changed, done.kept) == (1, 1)
    assert rows(register, "SELECT departure_kind FROM stays ORDER BY id") == [("left_on_own",), ("removal",)]


def test_an_arrival_that_is_taken_moves_the_first_bed_with_it(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, written(tmp_path, "may.csv", "A,1,Noori,2026-05-04,,\n"))
    register.perform(rooms.place, stay_id=StayId(1), bed_id=builders.bed(register), moment=Moment(date(2026, 5, 4)))
    done = bring(
        register,
        programme,
        written(tmp_path, "june.csv", "A,1,Noori,2026-05-02,2026-06-01,\n"),
        Choices(Choice.TAKE, reason="The gate's book"),
    )
    assert (done.ended, done.changed) == (1, 0)
    assert rows(register, "SELECT arrived_on, departed_on FROM stays") == [("2026-05-02", "2026-06-01")]
    assert rows(register, "SELECT from_on, until_on FROM placements") == [("2026-05-02", "2026-06-01")]


def test_two_rows_of_one_stay_with_two_ends_are_not_both_taken(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, written(tmp_path, "may.csv", "A,1,Noori,2026-05-04,,\n"))
    june = "A,1,Noori,2026-05-04,2026-06-01,\nA,1,Noori,2026-05-04,2026-06-02,\nA,1,Noori,2026-05-04,2026-06-01,\n"
    done = bring(register, programme, written(tmp_path, "june.csv", june))
    assert (done.ended, done.repeated) == (1, 1)
    assert refusals(done) == [(3, "This stay stands in row 2 already, with another end. Correct one of them.")]


def test_people_without_numbers_are_known_again_by_name_and_arrival(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    head = "surname,given name,born,arrived,departed\n"
    may = "Noori,Ali,,2026-05-01 10:30,\nGashi,Besa,1990,2026-05-02,\nHoti,Ana,1991-05-05,2026-05-02,\n"
    bring(register, programme, written(tmp_path, "may.csv", may, head))
    june = (
        "Noori,Ali,,2026-05-01,2026-06-01\nGashi,Besa,1990-03-04,2026-05-02 08:00,\n"
        "Hoti,Ana,1991-05-05,2026-05-02,2026-06-03\n"
    )
    done = bring(register, programme, written(tmp_path, "june.csv", june, head))
    assert (done.stays, done.new_residents, done.ended, done.repeated) == (0, 0, 2, 1)


def test_a_stay_that_got_another_number_is_known_by_the_person_and_the_arrival(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, written(tmp_path, "may.csv", "A,1,Noori,2026-05-01,,\n"))
    done = bring(register, programme, written(tmp_path, "june.csv", "X-9,1,Noori,2026-05-01,2026-06-02,\n"))
    assert (done.stays, done.ended, done.problems) == (0, 1, ())


def test_of_an_open_row_whose_stay_has_ended_it_is_said_that_the_register_keeps_the_end(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, written(tmp_path, "may.csv", "A,1,Noori,2026-05-01,2026-05-20,\n"))
    done = bring(register, programme, written(tmp_path, "june.csv", "A,1,Noori,2026-05-01,,\n"))
    assert (done.repeated, done.problems) == (1, ())
    said = [ENGLISH.render(doubt.message) for doubt in done.summary.doubts if doubt.column == "departed"]
    assert said == [
        "The file has this stay as open, the register says that it ended on 20 May 2026. The register keeps what it "
        "says."
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_who_comes_again_in_the_file_that_ends_the_last_stay_is_not_taken_for_the_same_stay(
    register: Register, programme: ProgrammeId, tmp_path: Path, order: int
) -> None:
    head = "case no,surname,arrived,departed,departure kind\n"
    june = "A-1,Gjoni,2026-06-01,,\nA-2,Berisha,2026-06-02,,\nA-3,Hoti,2026-06-03,,\n"
    bring(register, programme, written(tmp_path, "june.csv", june, head))
    rows_of_july = [
        "A-1,Gjoni,2026-06-01,2026-07-05,voluntary return\n",
        "A-1,Gjoni,2026-07-10,,\n",
        "A-2,Berisha,2026-06-02,2026-07-07,died\n",
        "A-2,Berisha,2026-07-12,,\n",
        "A-3,Hoti,2026-06-04,,\n",
    ]
    july = written(tmp_path, "july.csv", "".join(rows_of_july[::order]), head)
    planned = looked(register, programme, july)
    assert [line.arrived.on for line in planned.coming] == [date(2026, 7, 10)]
    ((number, why),) = refusals(planned)
    assert (number, "died on 7 Jul 2026" in why) == (5 if order == 1 else 3, True)
    assert [each.field for each in planned.contradictions] == ["arrived_on"]
    assert planned.same == ()
    done = bring(register, programme, july, Choices(Choice.KEEP))
    assert (done.stays, done.ended, done.kept) == (1, 2, 1)
    assert rows(register, "SELECT arrived_on, departed_on FROM stays ORDER BY arrived_on") == [
        ("2026-06-01", "2026-07-05"), ("2026-06-02", "2026-07-07"), ("2026-06-03", None), ("2026-07-10", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("months", "becomes"),
    [
        (("2026-05-01,2026-05-09", "2026-06-01,2026-06-09"), ("2026-06-01", "2026-06-09")),
        (("2026-06-01,2026-06-09", "2026-05-01,2026-05-09"), ("2026-05-01", "2026-05-09")),
    ],
)
def test_a_stay_that_was_entered_in_the_wrong_month_is_moved_as_a_whole(
    register: Register, programme: ProgrammeId, tmp_path: Path, months: tuple[str, str], becomes: tuple[str, str]
) -> None:
    first, right = months
    bring(register, programme, written(tmp_path, "first.csv", f"S1,P-1,Noori,{first},\n"))
    done = bring(
        register,
        programme,
        written(tmp_path, "right.csv", f"S1,P-1,Noori,{right},\n"),
        Choices(Choice.TAKE, reason="the partner corrected it"),
    )
    assert [each.row_number for each in done.summary.changed] == [2]
    assert rows(register, "SELECT arrived_on, departed_on FROM stays") == [becomes]


@pytest.mark.parametrize("column", ["destination", "destination country"])
def test_another_country_of_destination_is_asked_about(
    register: Register, programme: ProgrammeId, tmp_path: Path, column: str
) -> None:
    head = f"case no,surname,arrived,departed,{column}\n"
    bring(register, programme, written(tmp_path, "a.csv", "P-1,Noori,2026-05-01,2026-05-09,Turkey\n", head))
    other = written(tmp_path, "b.csv", "P-1,Noori,2026-05-01,2026-05-09,Germany\n", head)
    planned = looked(register, programme, other)
    assert [(each.column, ENGLISH.render(each.said)) for each in planned.contradictions] == [
        (column, "The register says TR, the file DE.")
    ]
    with pytest.raises(Refused):
        bring(register, programme, other)
    assert bring(register, programme, other, Choices(Choice.KEEP)).kept == 1
    assert bring(register, programme, other, Choices(Choice.TAKE, reason="the ticket")).changed == 1
    assert rows(register, "SELECT destination_country FROM stays") == [("DE",)]
