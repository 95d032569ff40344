"""Stays out of files into the register: all good rows or nothing, nothing twice, and no overlap."""

import csv
import json
import stat
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.commands.figures import as_json
from models.actions import stays as stay_actions
from models.errors import Refused
from models.exchange import door, import_stays
from models.exchange.answers import Answers
from models.exchange.contradictions import Choice, Choices, Who
from models.exchange.dates import DayOrder
from models.exchange.door import Ready
from models.exchange.files import read_table
from models.exchange.import_stays import StaysBroughtIn, Stopped, bring_in
from models.exchange.refused_rows import refused_rows
from models.exchange.stays_file import StaysReading, read_stays
from models.exchange.stays_preview import preview_stays
from models.exchange.table_export import neutral
from models.exchange.tables import Table
from models.ids import ProgrammeId, StayId
from models.queries.months import figures
from models.rules.months import StayRow, Terms, month_figures
from models.rules.papers import REFUSED_ROWS
from models.rules.time import Month
from models.rules.vocabulary import DepartureKind, LimitRule, SealedKind
from models.store import search
from models.store.register import Register
from models.text import translator
from tests import builders
from tests.builders import rows
from tests.covering import LONG
from tests.rules.strategies import heading


def table_of(folder: Path, content: str, name: str = "stays.csv") -> Table:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read_table(path)


def read(register: Register, folder: Path, content: str) -> StaysReading:
    answers = Answers(open_stays=True)
    return read_stays(table_of(folder, content), zone=register.facility.zone, answers=answers)


def bring(register: Register, programme: ProgrammeId, found: StaysReading) -> StaysBroughtIn:
    return register.perform(bring_in, programme_id=programme, read=found).value


def sentences(done: StaysBroughtIn) -> list[tuple[int, str | None, str, str]]:
    render = translator("en").render
    return [(each.row_number, each.column, each.value, render(each.message)) for each in done.problems]


def test_a_file_brings_people_numbers_stays_limits_and_the_search_index(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register, window_start=date(1990, 1, 1), limit_rule=LimitRule.DAYS, limit_amount=180)
    done = bring(
        register,
        programme,
        read(
            register,
            tmp_path,
            "stay id,person id,surname,first name,sex,nationality,arrived,arrival time,departed,departure kind,"
            "destination,remarks\n"
            "S1,7,Đorđević,Žarko,M,Serbia,2026-06-26,10:30,,,,has a dog\n"
            "S2,8,,,,Laos,2026-01-01,,2026-01-05,,,\n"
            "S3,8,Sisavath,Somchai,M,Laos,2026-02-01,,2026-02-05,removal,Laos,\n",
        ),
    )
    assert (done.stays, done.new_residents, done.known_residents, done.repeated) == (3, 2, 0, 0)
    assert rows(register, "SELECT number, family_name, sort_name, sex FROM residents ORDER BY id") == [
        ("K-0001", "Đorđević", "dordevic zarko", "M"),
        ("K-0002", "Sisavath", "sisavath somchai", "M"),
    ]
    assert rows(
        register,
        "SELECT source_key, arrived_on, arrived_at, departed_on, departure_kind, destination, limit_on FROM stays",
    ) == [
        ("S1", "2026-06-26", "2026-06-26 08:30:00.000000", None, None, None, "2026-12-22"),
        ("S2", "2026-01-01", None, "2026-01-05", "not_recorded", "not_recorded", "2026-06-29"),
        ("S3", "2026-02-01", None, "2026-02-05", "removal", "country_of_origin", "2026-07-30"),
    ]
    assert rows(register, "SELECT stay_id, limit_on, basis, valid_from FROM stay_limits ORDER BY id")[0] == (
        1, "2026-12-22", "programme", "2026-06-26",
    )  # fmt: skip
    assert rows(register, "SELECT number FROM partner_numbers ORDER BY id") == [("7",), ("8",)]
    # Remarks are kept where those alone can read them who may.
    assert builders.sealed_texts(register) == [(1, SealedKind.UNSORTED, "remarks: has a dog")]
    assert register.verified().problem is None
    with register.read() as snapshot:
        assert search.find(snapshot.connection, "dordev") == [1]


def test_after_many_came_the_search_index_is_of_one_piece(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    """Whoever looks for somebody looks into each piece, and each writing adds one."""
    for number in range(3):
        builders.resident(register, f"L-{number:04}", family_name="Noori")
    pieces = "SELECT count(DISTINCT segid) FROM search_starts_idx"
    assert rows(register, pieces) == [(3,)]
    bring(register, programme, read(register, tmp_path, "person id,arrived,departed\n9,2026-01-01,2026-01-05\n"))
    assert rows(register, pieces) == [(1,)]


def test_the_same_file_twice_adds_nothing(register: Register, programme: ProgrammeId, tmp_path: Path) -> None:
    with_numbers = "stay id,person id,arrived,departed\nS1,7,2026-01-01,2026-01-05\nS2,7,2026-01-05,\n"
    by_arrival = "person id,arrived,departed\n9,2026-01-01,2026-01-05\n9,2026-01-07,\n"
    by_name = (
        "surname,first name,date of birth,arrived,departed\nA,B,1990-05-05,2026-01-01,2026-01-05\n"
        "A,B,1990-05-05,2026-02-01,\nC,D,1980,2026-01-01,2026-01-02\nC,D,1980,2026-03-01,\nE,F,,2026-01-01,\n"
    )
    for content, stays, people in ((with_numbers, 2, 1), (by_arrival, 2, 1), (by_name, 5, 4)):
        found = read(register, tmp_path, content)
        first = bring(register, programme, found)
        assert (first.stays, first.new_residents, first.problems) == (stays, people, ())
        again = bring(register, programme, found)
        assert (again.stays, again.new_residents, again.repeated, again.problems) == (0, 0, stays, ())
    assert rows(register, "SELECT count(*) FROM stays") == [(9,)]


def test_no_overlap_gets_in_and_each_names_the_stay_it_overlaps(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, read(register, tmp_path, "stay id,person id,arrived\nS1,7,2026-05-01\n"))
    other = builders.programme(register, "OTHER", window_start=date(1990, 1, 1))
    done = bring(
        register,
        programme,
        read(
            register,
            tmp_path,
            "stay id,person id,arrived,departed\n"
            "S2,7,2026-04-01,2026-05-02\n"
            "S3,7,2026-04-01,2026-05-01\n"
            "S4,8,2026-04-01,2026-04-20\n"
            "S5,8,2026-04-19,2026-04-25\n"
            "S4,9,2026-04-01,2026-04-20\n"
            ",7,2026-06-01,\n",
        ),
    )
    assert done.stays == 2
    assert sentences(done) == [
        (
            2,
            "arrived",
            "2026-04-01",
            "It overlaps the stay S1 of this person in the register, from 1 May 2026 to still open. Correct the dates "
            "here or there.",
        ),
        (
            5,
            "arrived",
            "2026-04-19",
            "It overlaps the stay S4 of this person in row 4, from 1 Apr 2026 to 20 Apr 2026. Correct one of them.",
        ),
        (6, "stay id", "S4", "This number of a stay stands in row 4 already. Correct one of them."),
        (
            7,
            "arrived",
            "2026-06-01",
            "It overlaps the stay S1 of this person in the register, from 1 May 2026 to still open. Correct the dates "
            "here or there.",
        ),
    ]
    # The same number with another partner is another person.
    assert bring(register, other, read(register, tmp_path, "person id,arrived\n7,2026-06-01\n")).new_residents == 1


def test_a_known_stay_that_the_file_tells_otherwise_is_asked_about_and_not_changed(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    head = "stay id,person id,arrived,departed\n"
    bring(register, programme, read(register, tmp_path, head + "S1,7,2026-05-01,\nS2,8,2026-05-01,2026-06-01\n"))
    again = read(
        register, tmp_path, head + "S1,7,2026-05-01,2026-05-09\nS2,8,2026-05-02,2026-06-01\nS2,9,2026-05-01,\n"
    )
    with pytest.raises(Refused) as refused:
        bring(register, programme, again)
    assert (refused.value.field, refused.value.message.values["row"]) == ("contradictions", 3)
    assert rows(register, "SELECT departed_on FROM stays ORDER BY id") == [(None,), ("2026-06-01",)]
    done = register.perform(bring_in, programme_id=programme, read=again, choices=Choices(Choice.KEEP)).value
    assert (done.stays, done.ended, done.kept, done.new_residents, done.repeated) == (0, 1, 1, 0, 0)
    assert [(row, column) for row, column, _, _ in sentences(done)] == [(4, "person id")]
    assert rows(register, "SELECT arrived_on, departed_on FROM stays ORDER BY id") == [
        ("2026-05-01", "2026-05-09"), ("2026-05-01", "2026-06-01"),
    ]  # fmt: skip


def test_an_older_file_whose_open_stay_has_ended_since_adds_nothing(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    head = "stay id,person id,arrived,departed\n"
    bring(register, programme, read(register, tmp_path, head + "S1,7,2026-05-01,2026-05-09\n"))
    done = bring(register, programme, read(register, tmp_path, head + "S1,7,2026-05-01,\n"))
    assert (done.repeated, done.problems) == (1, ())


def test_what_lies_in_the_future_does_not_come_in(register: Register, programme: ProgrammeId, tmp_path: Path) -> None:
    done = bring(
        register,
        programme,
        read(
            register,
            tmp_path,
            "id,arrived,departed,born\n1,2026-11-21,,\n2,2026-11-22,,\n3,2026-11-01,2026-12-01,\n"
            "4,2026-11-01,,2027-01-05\n",
        ),
    )
    assert done.stays == 1
    assert [(row, column) for row, column, _, _ in sentences(done)] == [(3, "arrived"), (4, "departed"), (5, "born")]


def test_people_of_one_name_are_one_person_only_with_one_birth_date_known_to_the_day(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    done = bring(
        register,
        programme,
        read(
            register,
            tmp_path,
            "surname,given name,born,arrived,departed\n"
            "Ahmadzai,Gul,1990-05-05,2026-01-01,2026-01-05\n"
            "AHMADZAI,Gul,1990-05-05,2026-02-01,2026-02-05\n"
            "Ahmadzai,Gul,1991,2026-03-01,2026-03-05\n"
            "Ahmadzai,Gul,1991,2026-04-01,2026-04-05\n"
            "Ahmadzai,Gul,1992-01-01,2026-05-01,2026-05-05\n"
            "Ahmadzai,Gul,1992-01-01,2026-05-02,2026-05-06\n",
        ),
    )
    assert (done.stays, done.new_residents) == (6, 5)
    stays = rows(register, "SELECT count(*) FROM stays GROUP BY resident_id ORDER BY resident_id")
    assert stays == [(2,), (1,), (1,), (1,), (1,)]


def test_a_further_file_adds_to_a_known_person_and_writes_nothing_over(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, read(register, tmp_path, "id,arrived,departed,sex,room\n7,2026-01-01,2026-01-05,F,12\n"))
    found = read(register, tmp_path, "id,arrived,surname,given name,sex,room\n7,2026-02-01,Gjoni,Besa,M,12\n")
    same = Choices(everybody=Who.SAME)
    done = register.perform(bring_in, programme_id=programme, read=found, choices=same).value
    assert (done.stays, done.new_residents, done.known_residents) == (1, 0, 1)
    assert rows(register, "SELECT family_name, given_names, sex FROM residents") == [("Gjoni", "Besa", "F")]
    said = [text for _, _, text in builders.sealed_texts(register)]
    assert said == ["room: 12", "room: 12\nsex: M"]
    with register.read() as snapshot:
        assert search.find(snapshot.connection, "gjoni") == [1]


def test_a_plan_says_what_will_come_in_and_changes_nothing(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    found = read(register, tmp_path, "id,arrived,departed\n7,2026-01-01,2026-01-05\n7,2026-01-02,\n8,bad,\n")
    with register.read() as snapshot:
        planned = preview_stays(snapshot, programme_id=programme, read=found)
    assert (len(planned.coming), len(planned.new), set(planned.refused_rows)) == (1, 1, {3, 4})
    assert rows(register, "SELECT count(*) FROM stays") == [(0,)]
    done = bring(register, programme, found)
    assert (done.stays, done.problems) == (1, planned.problems)


def test_dates_that_can_be_read_both_ways_must_be_settled_first(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    table = table_of(tmp_path, "id,arrived\n7,01/02/2026\n")
    with pytest.raises(Refused, match="Something must be said of the file first") as refused:
        bring(register, programme, read_stays(table, zone=register.facility.zone))
    assert [translator("en").render(each) for each in refused.value.reasons] == [
        "No column is known to end the stays. Which one does?",
        "Does the day or the month come first in the column “arrived”?",
    ]
    answers = Answers(orders={"arrived_on": DayOrder.DAY_FIRST}, open_stays=True)
    assert bring(register, programme, read_stays(table, zone=register.facility.zone, answers=answers)).stays == 1


def test_stopping_at_any_step_leaves_nothing_behind(
    register: Register, programme: ProgrammeId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_stays, "_AT_ONCE", 100)
    lines = "".join(f"S{n},{n},2026-01-01,2026-01-05,A{n}\n" for n in range(250))
    found = read(register, tmp_path, "stay id,id,arrived,departed,surname\n" + lines)
    tables = ("residents", "stays", "partner_numbers", "stay_limits", "search_starts", "trail")
    before = [rows(register, f"SELECT count(*) FROM {table}") for table in tables]
    steps: list[tuple[int, int]] = []
    asked = 0
    for stop_at in (1, 2, 4, 6, 9, 10):
        asked = 0

        def is_stopped(stop_at: int = stop_at) -> bool:
            nonlocal asked
            asked += 1
            return asked == stop_at

        with pytest.raises(Stopped):
            register.perform(bring_in, programme_id=programme, read=found, is_stopped=is_stopped)
        assert [rows(register, f"SELECT count(*) FROM {table}") for table in tables] == before
    done = register.perform(
        bring_in, programme_id=programme, read=found, progress=lambda at, total: steps.append((at, total))
    )
    assert done.value.stays == 250
    assert steps[0] == (0, 750)
    assert len(steps) > 9
    assert steps[-1] == (750, 750)
    assert rows(register, "SELECT number FROM residents ORDER BY id LIMIT 1") == [("K-0001",)]


def test_the_import_is_one_entry_of_the_trail_and_names_the_file_by_its_hash(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    before = rows(register, "SELECT max(number) FROM trail")[0][0]
    found = read(register, tmp_path, "id,arrived\n7,2026-01-01\n8,2026-01-01\n")
    bring(register, programme, found)
    entries = rows(register, f"SELECT action, subject, details FROM trail WHERE number > {before}")
    assert [(entry[0], entry[1]) for entry in entries] == [("import_stays.bring_in", f"programme:{programme}")]
    assert found.source.digest in str(entries[0][2])


def test_the_refused_rows_can_be_mended_and_brought_again(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    table = table_of(
        tmp_path,
        "Stays of the house\nstay id;person id;arrived;departed;surname;phone;age\n"
        "S1;7;2026-01-01;2026-01-05;Gjoni;;\n"
        "S2;8;32.01.2026;;=cmd|'/c calc'!A1;+383 44 123 456;-5\n"
        "S3;9;2026-01-01;2025-12-31;@x;-;\n",
    )
    found = read_stays(table, zone=register.facility.zone)
    done = bring(register, programme, found)
    path = tmp_path / "refused.csv"
    told = refused_rows(table=table, heading=found.heading, problems=done.problems, translate=translator("en"))
    door.save(register, Ready(REFUSED_ROWS, told, f"programme:{programme}", "refused"), path)
    assert done.stays == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().decode("utf-8-sig").split("\r\n") == [
        "stay id;person id;arrived;departed;surname;phone;age;Konak: What to do",
        "S2;8;32.01.2026;;'=cmd|'/c calc'!A1;+383 44 123 456;-5;"
        "arrived: There is no such day in the calendar. Correct it.",
        "S3;9;2026-01-01;2025-12-31;'@x;'-;;"
        "departed: The departure lies before the arrival of 1 Jan 2026. Correct one of them.",
        "",
    ]
    mended = path.read_text(encoding="utf-8-sig").replace("32.01.2026", "31.01.2026").replace("2025-12-31", "")
    path.write_text(mended, encoding="utf-8-sig")
    done = bring(register, programme, read_stays(read_table(path), zone=register.facility.zone))
    assert (done.stays, done.problems) == (2, ())
    assert rows(register, "SELECT family_name FROM residents WHERE id > 1 ORDER BY id") == [
        ("=cmd|'/c calc'!A1",),
        ("@x",),
    ]
    assert [(whose, text) for whose, _, text in builders.sealed_texts(register) if whose > 1] == [
        (2, "phone: +383 44 123 456\nage: -5"),
        (3, "phone: -"),
    ]


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd", "-cmd|' /C'", "\t=1", '="a"'])
def test_what_a_spreadsheet_would_reckon_is_made_text(cell: str) -> None:
    assert neutral(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-5", "+383 44 123", "-12.5", "2026-01-01", "O'Brien", "", "a=b"])
def test_what_no_spreadsheet_reckons_stays_as_it_is(cell: str) -> None:
    assert neutral(cell) == cell


def known_figures(shared_data: Path) -> list[dict[str, Decimal | str]]:
    with (shared_data / "stays" / "nyc-doc-2019-expected-months.csv").open(encoding="utf-8", newline="") as file:
        return [
            {name: value if name == "month" else Decimal(value) for name, value in row.items()}
            for row in csv.DictReader(file)
        ]


def known_nights(shared_data: Path) -> list[int]:
    with (shared_data / "stays" / "nyc-doc-2019-expected-nights.csv").open(encoding="utf-8", newline="") as file:
        return [int(row["on_roll_at_midnight"]) for row in csv.DictReader(file)]


_COUNTED = (
    "on_roll_at_start", "admissions", "departures", "on_roll_at_end", "roll_by_night", "person_nights", "person_days",
    "person_nights_min_one", "same_day_stays", "average", "highest", "highest_on", "length_present",
    "length_departed",
)  # fmt: skip
_ENDS = "SELECT departure_kind, count(*) FROM stays GROUP BY 1"


def part_of_the_year(shared_data: Path, every: int) -> tuple[list[dict[str, str]], Path]:
    """The stays of each so manieth person of the city's year, and of those of the file of overlaps; and that file."""
    overlaps = shared_data / "stays" / "nyc-doc-2019-overlaps.csv"
    with overlaps.open(encoding="utf-8", newline="") as file:
        people = {row["person_id"] for row in csv.DictReader(file)}
    with (shared_data / "stays" / "nyc-doc-2019.csv").open(encoding="utf-8", newline="") as file:
        whole = list(csv.DictReader(file))
    return [row for row in whole if row["person_id"] in people or int(row["person_id"][1:]) % every == 0], overlaps


def test_the_city_s_year_comes_in_has_its_figures_and_refuses_the_six_overlaps(
    register: Register, programme: ProgrammeId, tmp_path: Path, shared_data: Path
) -> None:
    """One person of twenty; with `KONAK_LONG=1` all, who have the known figures.

    That the rule gives the known figures of all of them is proven with every change, in `rules/test_months.py`.
    """
    part, overlaps = part_of_the_year(shared_data, 1 if LONG else 20)
    path = tmp_path / "year.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(part[0]))
        writer.writeheader()
        writer.writerows(part)
    found = read_stays(read_table(path), zone=register.facility.zone)
    done = bring(register, programme, found)
    people = {row["person_id"] for row in part}
    assert (done.stays, done.new_residents, done.problems) == (len(part), len(people), ())
    assert (len(part), len(people)) == ((38_867, 30_846) if LONG else (1946, 1547))
    ends = Counter(DepartureKind.NOT_RECORDED.value if row["exit_date"] else None for row in part)
    assert ends == Counter({kind: number for kind, number in rows(register, _ENDS)})
    known = known_figures(shared_data)
    with register.read() as snapshot:
        months = [figures(snapshot, programme, Month.parse(str(row["month"]))) for row in known]
    told = [json.loads(json.dumps(as_json(month)), parse_float=Decimal) for month in months]
    if LONG:
        assert [{name: month[name] for name in known[0]} for month in told] == known
        assert [number for month in told for number in month["roll_by_night"]] == known_nights(shared_data)
    straight = [
        StayRow(
            row["stay_id"],
            row["person_id"],
            date.fromisoformat(row["entry_date"]),
            date.fromisoformat(row["exit_date"]) if row["exit_date"] else None,
            sex=row["sex"] or None,
        )
        for row in part
    ]
    for month in months:
        reckoned = month_figures(month.month, heading(), Terms(), straight, cut_off=date(2030, 1, 1))
        assert [getattr(month, name) for name in _COUNTED] == [getattr(reckoned, name) for name in _COUNTED]
    assert bring(register, programme, found).repeated == len(part)
    refused = bring(register, programme, read_stays(read_table(overlaps), zone=register.facility.zone))
    assert refused.stays == 0
    assert [(each.row_number, each.message.values["stay"]) for each in refused.problems] == [
        (2, "S000881"), (3, "S000255"), (4, "S000885"), (5, "S004991"), (6, "S002551"), (7, "S002551"),
    ]  # fmt: skip


def test_a_time_of_the_file_is_of_the_house_s_zone(register: Register, programme: ProgrammeId, tmp_path: Path) -> None:
    bring(register, programme, read(register, tmp_path, "id,arrived,arrival time\n7,2026-07-01,00:30\n"))
    (arrived,) = rows(register, "SELECT arrived_on, arrived_at FROM stays")
    assert arrived == ("2026-07-01", datetime(2026, 6, 30, 22, 30, tzinfo=UTC).strftime("%Y-%m-%d %H:%M:%S.%f"))


def test_a_stay_that_has_no_number_is_known_by_the_person_and_the_arrival(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    heading = "person id,arrived,departed\n"
    bring(register, programme, read(register, tmp_path, heading + "7,2026-01-01,\n8,2026-01-01,2026-01-05\n"))
    found = read(register, tmp_path, heading + "7,2026-01-01,2026-02-01\n8,2026-01-01,2026-01-06\n8,2026-01-01,\n")
    done = register.perform(bring_in, programme_id=programme, read=found, choices=Choices(Choice.KEEP)).value
    assert (done.stays, done.ended, done.repeated, done.kept, done.problems) == (0, 1, 1, 1, ())
    assert rows(register, "SELECT departed_on FROM stays ORDER BY id") == [("2026-02-01",), ("2026-01-05",)]


def test_the_same_stay_with_and_without_its_times_is_one(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    heading = "stay id,person id,arrived,departed\n"
    bring(register, programme, read(register, tmp_path, heading + "S1,7,2026-01-01 10:00,2026-01-05 11:00\n"))
    for dates, repeated in (("2026-01-01,2026-01-05", 1), ("2026-01-01 10:30,2026-01-05", 0)):
        found = read(register, tmp_path, f"{heading}S1,7,{dates}\n")
        done = register.perform(bring_in, programme_id=programme, read=found, choices=Choices(Choice.KEEP)).value
        assert (done.stays, done.repeated, done.kept) == (0, repeated, 1 - repeated)


def test_a_column_that_writes_both_orders_is_asked_about_with_an_example_of_each(
    register: Register, tmp_path: Path
) -> None:
    found = read(register, tmp_path, "person id,arrived\n7,13/07/2026\n8,07/14/2026\n")
    assert [each.samples for each in found.open_questions] == [("13/07/2026", "07/14/2026")]


def test_the_limit_of_who_comes_back_after_going_goes_on_in_a_file_too(register: Register, tmp_path: Path) -> None:
    """180 days from 1 January 2026 end on 29 June; for who left by plan another limit begins."""
    programme = builders.programme(register, window_start=date(1990, 1, 1), limit_rule=LimitRule.DAYS, limit_amount=180)
    head = "stay id,person id,surname,arrived,departed,departure kind\n"
    bring(register, programme, read(register, tmp_path, head
        + "S1,7,Noori,2026-01-01,2026-02-01,left on own\nS2,7,Noori,2026-03-01,2026-04-01,absconded\n"
        "S4,8,Gashi,2026-01-01,2026-02-01,removal\nS5,8,Gashi,2026-03-01,,\n"))  # fmt: skip
    bring(register, programme, read(register, tmp_path, head + "S3,7,Noori,2026-05-01,,\n"))
    assert rows(register, "SELECT source_key, limit_on, counted_from FROM stays ORDER BY source_key") == [
        ("S1", "2026-06-29", None),
        ("S2", "2026-06-29", "2026-01-01"),
        ("S3", "2026-06-29", "2026-01-01"),
        ("S4", "2026-06-29", None),
        ("S5", "2026-08-27", None),
    ]
    assert rows(register, "SELECT DISTINCT departure_kind FROM stays WHERE source_key IN ('S1', 'S2')") == [
        ("left_on_own",)
    ]
    assert rows(register, "SELECT basis FROM stay_limits ORDER BY stay_id")[1] == ("continued",)


def test_a_limit_that_had_not_begun_to_hold_does_not_go_on_in_a_file(register: Register, tmp_path: Path) -> None:
    """Extended from 1 March, gone on 1 February: the 180 days from 1 January go on, as at an arrival by hand."""
    programme = builders.programme(register, window_start=date(1990, 1, 1), limit_rule=LimitRule.DAYS, limit_amount=180)
    head = "stay id,person id,surname,arrived,departed,departure kind\n"
    bring(register, programme, read(register, tmp_path, head + "S1,7,Noori,2026-01-01,,\nS2,8,Gashi,2026-01-01,,\n"))
    for stay, from_on in ((1, date(2026, 3, 1)), (2, date(2026, 1, 20))):
        register.perform(
            stay_actions.extend, stay_id=StayId(stay), until=date(2026, 12, 31), valid_from=from_on,
            reason="A hearing", decided_by="A. Berisha", authority="Decision 4",
        )  # fmt: skip
    gone = "S1,7,Noori,2026-01-01,2026-02-01,escape\nS2,8,Gashi,2026-01-01,2026-02-01,escape\n"
    bring(register, programme, read(register, tmp_path, head + gone))
    bring(register, programme, read(register, tmp_path, head + "S3,7,Noori,2026-05-01,,\nS4,8,Gashi,2026-05-01,,\n"))
    assert rows(register, "SELECT source_key, limit_on FROM stays WHERE id > 2 ORDER BY id") == [
        ("S3", "2026-06-29"),
        ("S4", "2026-12-31"),
    ]


def test_a_date_that_was_fixed_goes_on_in_a_file_where_the_agreement_fixes_each(
    register: Register, tmp_path: Path
) -> None:
    programme = builders.programme(register, window_start=date(1990, 1, 1), limit_rule=LimitRule.FIXED_DATE)
    head = "stay id,person id,surname,arrived,departed,departure kind\n"
    bring(register, programme, read(register, tmp_path, head + "S1,7,Noori,2026-01-01,,\n"))
    register.perform(
        stay_actions.fix_limit, stay_id=StayId(1), until=date(2027, 9, 9), valid_from=date(2026, 1, 1),
        reason="Sentence", decided_by="A. Berisha", authority="Judgment 4",
    )  # fmt: skip
    bring(register, programme, read(register, tmp_path, head
        + "S1,7,Noori,2026-01-01,2026-06-01,escape\nS2,7,Noori,2026-06-20,,\n"))  # fmt: skip
    assert rows(register, "SELECT source_key, limit_on, counted_from FROM stays WHERE id = 2") == [
        ("S2", "2027-09-09", "2026-01-01")
    ]
