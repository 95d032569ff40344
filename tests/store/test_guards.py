"""What the database itself refuses, whoever writes: tried with raw SQL, beside the rule that it repeats."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from models.errors import Refused
from models.rules.time import Interval, Moment
from models.store import engine, guards
from models.store.keys import Keys
from models.store.register import Register
from models.text import translator
from tests.conftest import PASSPHRASE

NOW = "2026-11-21 08:14:00"
_ENTRY = "number, at, user_id, user, role, action, subject, details, salts, digest, previous_hash, hash"


@pytest.fixture
def sql(register: Register) -> Iterator[Connection]:
    """A connection behind the program's back, in a transaction that is thrown away. Two residents, two beds."""
    keys = Keys.load(register.folder)
    made = engine.make_engine(
        register.folder / engine.FILE_NAME, keys.slot().open(keys.register_id, PASSPHRASE).register_key
    )
    with engine.writing(made).connect() as connection:
        _fill(connection)
        yield connection
    made.dispose()


def _fill(sql: Connection) -> None:
    sql.exec_driver_sql(
        "INSERT INTO programmes (id, code, title, partner, partner_country, legal_basis, regime, window_start,"
        " places_rule, limit_rule, review_every, counting_rule, absences_rule, currency, length_bounds,"
        " report_language, report_due_day, names_ground, small_count, is_closed, version)"
        " VALUES (1, 'US', '', '', 'US', '', 'open', '2026-01-01', 'cumulative', 'none', 90, 'nights', 'always',"
        " 'EUR', '[]', 'en', 5, '', 0, 0, 1)"
    )
    for number in (1, 2):
        sql.exec_driver_sql(
            "INSERT INTO residents (id, number, family_name, given_names, own_script, aliases, sort_name,"
            " birth_as_written, other_nationalities, languages, needs_interpreter, relation, notes, version)"
            f" VALUES ({number}, 'K-{number}', '', '', '', '[]', '', '', '[]', '[]', 0, '', '', 1)"
        )
        sql.exec_driver_sql(
            f"INSERT INTO rooms (id, building, name, note, version) VALUES ({number}, '', '{number}', '', 1)"
        )
        sql.exec_driver_sql(f"INSERT INTO beds (id, room_id, name, is_removed) VALUES ({number}, {number}, 'A', 0)")


def _quoted(value: object) -> str:
    return "NULL" if value is None else f"'{value}'"


def _moment(moment: Moment | None) -> tuple[str, str]:
    if moment is None:
        return "NULL", "NULL"
    at = None if moment.at is None else f"{moment.at:%Y-%m-%d %H:%M:%S}.000000"
    return _quoted(moment.on), _quoted(at)


def _put_stay(sql: Connection, number: int, span: Interval, resident: int = 1) -> None:
    (on, at), (until_on, until_at) = _moment(span.start), _moment(span.end)
    kind = "NULL" if span.end is None else "'not_recorded'"
    sql.exec_driver_sql(
        "INSERT INTO stays (id, resident_id, programme_id, arrived_on, arrived_at, departed_on, departed_at,"
        " departure_kind, destination_place, departure_facts, emergency_reasons, cured_note, version)"
        f" VALUES ({number}, {resident}, 1, {on}, {at}, {until_on}, {until_at}, {kind}, '', '{{}}', '[]', '', 1)"
    )


def _put_placement(sql: Connection, number: int, span: Interval, stay: int = 1, bed: int = 1) -> None:
    (on, at), (until_on, until_at) = _moment(span.start), _moment(span.end)
    sql.exec_driver_sql(
        "INSERT INTO placements (id, stay_id, bed_id, from_on, from_at, until_on, until_at)"
        f" VALUES ({number}, {stay}, {bed}, {on}, {at}, {until_on}, {until_at})"
    )


def _put_absence(sql: Connection, number: int, span: Interval, stay: int = 1) -> None:
    (on, at), (until_on, until_at) = _moment(span.start), _moment(span.end)
    sql.exec_driver_sql(
        "INSERT INTO absences"
        " (id, stay_id, kind, place, from_on, from_at, due_back_on, until_on, until_at, note, version)"
        f" VALUES ({number}, {stay}, 'court', '', {on}, {at}, {on}, {until_on}, {until_at}, '', 1)"
    )


def _span(start: int, end: int | None = None) -> Interval:
    """From one day of August 2026 to another, known to the day."""
    return Interval(Moment(date(2026, 8, start)), None if end is None else Moment(date(2026, 8, end)))


def _at(day: int, hour: int) -> Moment:
    return Moment(date(2026, 8, day), datetime(2026, 8, day, hour))


def _refused(sql: Connection, statement: str) -> str:
    """The word of the guard that refuses a statement."""
    with pytest.raises(IntegrityError) as error:
        sql.exec_driver_sql(statement)
    assert guards.refusal(error.value) is not None
    return str(error.value.orig).partition("konak: ")[2]


# -- stays -------------------------------------------------------------------------------------------------------------


def test_a_resident_has_one_stay_at_a_time(sql: Connection) -> None:
    _put_stay(sql, 1, _span(5, 10))
    for overlapping in (_span(1, 6), _span(6, 7), _span(9, 12), _span(1, 12), _span(9), _span(1)):
        with pytest.raises(IntegrityError, match="konak: stay overlaps"):
            _put_stay(sql, 2, overlapping)
    _put_stay(sql, 2, _span(1, 5))
    _put_stay(sql, 3, _span(10))
    _put_stay(sql, 4, _span(5, 10), resident=2)


def test_two_stays_of_one_day_touch_and_do_not_overlap(sql: Connection) -> None:
    _put_stay(sql, 1, Interval(_at(1, 8), _at(3, 9)))
    with pytest.raises(IntegrityError, match="konak: stay overlaps"):
        _put_stay(sql, 2, Interval(_at(3, 8)))
    _put_stay(sql, 2, Interval(_at(3, 17)))


def test_a_stay_cannot_be_changed_into_an_overlap(sql: Connection) -> None:
    _put_stay(sql, 1, _span(1, 5))
    _put_stay(sql, 2, _span(5, 10))
    _put_stay(sql, 3, _span(7, 9), resident=2)
    assert _refused(sql, "UPDATE stays SET departed_on = '2026-08-06' WHERE id = 1") == "stay overlaps"
    assert _refused(sql, "UPDATE stays SET arrived_on = '2026-08-04' WHERE id = 2") == "stay overlaps"
    assert _refused(sql, "UPDATE stays SET departed_on = NULL, departure_kind = NULL WHERE id = 1") == "stay overlaps"
    assert _refused(sql, "UPDATE stays SET resident_id = 1 WHERE id = 3") == "stay overlaps"
    sql.exec_driver_sql("UPDATE stays SET departed_on = '2026-08-04' WHERE id = 1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stays SET departed_on = '2026-07-31' WHERE id = 1",
        "UPDATE stays SET departed_on = NULL WHERE id = 1",
        "UPDATE stays SET departure_kind = NULL WHERE id = 1",
        "UPDATE stays SET departed_on = NULL, departure_kind = NULL, departed_at = '2026-08-05 10:00' WHERE id = 1",
    ],
)
def test_an_end_before_the_start_or_half_a_departure_is_refused(sql: Connection, statement: str) -> None:
    _put_stay(sql, 1, _span(1, 5))
    with pytest.raises(IntegrityError, match="CHECK constraint"):
        sql.exec_driver_sql(statement)


def test_an_end_before_the_start_within_one_day_is_refused(sql: Connection) -> None:
    _put_stay(sql, 1, Interval(_at(1, 9), _at(1, 9)))
    with pytest.raises(IntegrityError, match="CHECK constraint"):
        _put_stay(sql, 2, Interval(_at(2, 9), _at(2, 8)))


# -- beds --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_stays(sql: Connection) -> Connection:
    """Two residents, each on the roll since 5 August 2026."""
    _put_stay(sql, 1, _span(5))
    _put_stay(sql, 2, _span(5), resident=2)
    return sql


def test_a_bed_has_one_resident_at_a_time(two_stays: Connection) -> None:
    sql = two_stays
    _put_placement(sql, 1, _span(5, 10))
    with pytest.raises(IntegrityError, match="konak: bed taken"):
        _put_placement(sql, 2, _span(9), stay=2)
    _put_placement(sql, 2, _span(10), stay=2)
    assert _refused(sql, "UPDATE placements SET from_on = '2026-08-09' WHERE id = 2") == "bed taken"
    assert _refused(sql, "UPDATE placements SET until_on = NULL WHERE id = 1") == "bed taken"


def test_a_resident_has_one_bed_at_a_time(two_stays: Connection) -> None:
    sql = two_stays
    _put_placement(sql, 1, _span(5, 10))
    with pytest.raises(IntegrityError, match="konak: placed twice"):
        _put_placement(sql, 2, _span(9), bed=2)
    _put_placement(sql, 2, _span(10), bed=2)
    assert _refused(sql, "UPDATE placements SET until_on = '2026-08-11' WHERE id = 1") == "placed twice"


def test_a_bed_is_not_moved_to_another_that_is_taken_nor_to_another_person_who_has_one(
    two_stays: Connection,
) -> None:
    sql = two_stays
    _put_placement(sql, 1, _span(5))
    _put_placement(sql, 2, _span(5), stay=2, bed=2)
    assert _refused(sql, "UPDATE placements SET bed_id = 1 WHERE id = 2") == "bed taken"
    assert _refused(sql, "UPDATE placements SET stay_id = 1 WHERE id = 2") == "placed twice"


def test_a_bed_is_given_within_the_stay_alone(sql: Connection) -> None:
    _put_stay(sql, 1, _span(5, 10))
    for outside in (_span(4, 6), _span(9, 11), _span(9), _span(11, 12)):
        with pytest.raises(IntegrityError, match="konak: placement outside stay"):
            _put_placement(sql, 1, outside)
    _put_placement(sql, 1, _span(5, 10))
    assert _refused(sql, "UPDATE placements SET until_on = NULL WHERE id = 1") == "placement outside stay"
    assert _refused(sql, "UPDATE placements SET from_on = '2026-08-04' WHERE id = 1") == "placement outside stay"


def test_a_stay_does_not_shrink_over_its_bed(sql: Connection) -> None:
    _put_stay(sql, 1, _span(5, 10))
    _put_placement(sql, 1, _span(6, 9))
    assert _refused(sql, "UPDATE stays SET arrived_on = '2026-08-07' WHERE id = 1") == "stay inside"
    assert _refused(sql, "UPDATE stays SET departed_on = '2026-08-08' WHERE id = 1") == "stay inside"
    sql.exec_driver_sql("UPDATE stays SET arrived_on = '2026-08-06', departed_on = '2026-08-09' WHERE id = 1")


def test_a_stay_does_not_end_while_its_bed_is_open(sql: Connection) -> None:
    _put_stay(sql, 1, _span(5))
    _put_placement(sql, 1, _span(5))
    ending = "UPDATE stays SET departed_on = '2026-08-10', departure_kind = 'escape' WHERE id = 1"
    assert _refused(sql, ending) == "stay inside"
    sql.exec_driver_sql("UPDATE placements SET until_on = '2026-08-10' WHERE id = 1")
    sql.exec_driver_sql(ending)


def test_a_room_out_of_use_and_a_bed_that_was_removed_take_nobody(two_stays: Connection) -> None:
    sql = two_stays
    sql.exec_driver_sql("UPDATE rooms SET out_of_use = 'Painting' WHERE id = 1")
    with pytest.raises(IntegrityError, match="konak: room out of use"):
        _put_placement(sql, 1, _span(5))
    sql.exec_driver_sql("UPDATE beds SET is_removed = 1 WHERE id = 2")
    with pytest.raises(IntegrityError, match="konak: room out of use"):
        _put_placement(sql, 1, _span(5), bed=2)
    sql.exec_driver_sql("UPDATE beds SET is_removed = 0 WHERE id = 2")
    _put_placement(sql, 1, _span(5), bed=2)
    assert _refused(sql, "UPDATE placements SET bed_id = 1 WHERE id = 1") == "room out of use"


def test_a_room_or_bed_that_somebody_has_is_not_taken_out_of_use(two_stays: Connection) -> None:
    sql = two_stays
    _put_placement(sql, 1, _span(5))
    assert _refused(sql, "UPDATE rooms SET out_of_use = 'Painting' WHERE id = 1") == "room in use"
    assert _refused(sql, "UPDATE beds SET is_removed = 1 WHERE id = 1") == "room in use"
    sql.exec_driver_sql("UPDATE placements SET until_on = '2026-08-10' WHERE id = 1")
    sql.exec_driver_sql("UPDATE rooms SET out_of_use = 'Painting' WHERE id = 1")
    assert _refused(sql, "UPDATE placements SET until_on = NULL WHERE id = 1") == "room out of use"
    sql.exec_driver_sql("UPDATE placements SET until_on = '2026-08-09' WHERE id = 1")


# -- absences ----------------------------------------------------------------------------------------------------------


def test_an_absence_lies_within_its_stay(sql: Connection) -> None:
    _put_stay(sql, 1, _span(5, 10))
    for outside in (_span(4, 6), _span(9, 11), _span(9)):
        with pytest.raises(IntegrityError, match="konak: absence outside stay"):
            _put_absence(sql, 1, outside)
    _put_absence(sql, 1, _span(6, 9))
    assert _refused(sql, "UPDATE absences SET until_on = NULL WHERE id = 1") == "absence outside stay"
    assert _refused(sql, "UPDATE stays SET departed_on = '2026-08-08' WHERE id = 1") == "stay inside"


def test_nobody_is_away_twice_at_a_time(two_stays: Connection) -> None:
    sql = two_stays
    _put_absence(sql, 1, _span(6, 9))
    with pytest.raises(IntegrityError, match="konak: absence overlaps"):
        _put_absence(sql, 2, _span(8))
    _put_absence(sql, 2, _span(9))
    _put_absence(sql, 3, _span(6), stay=2)
    assert _refused(sql, "UPDATE absences SET until_on = NULL WHERE id = 1") == "absence overlaps"
    assert _refused(sql, "UPDATE absences SET stay_id = 2, until_on = '2026-08-20' WHERE id = 2") == "absence overlaps"


# -- what is never changed ---------------------------------------------------------------------------------------------


def test_the_trail_is_neither_changed_nor_shortened(sql: Connection) -> None:
    sql.exec_driver_sql(
        f"INSERT INTO trail ({_ENTRY}) VALUES (101, '{NOW}', 1, 'A', 'r', 'a', 'b:1', '{{}}', x'', '0', '0', '1')"
    )
    assert _refused(sql, "UPDATE trail SET user = 'B'") == "trail fixed"
    assert _refused(sql, "DELETE FROM trail") == "trail fixed"
    for number, digest in ((101, "2"), (102, "1")):
        replaced = (
            f"INSERT OR REPLACE INTO trail ({_ENTRY}) VALUES "
            f"({number}, '{NOW}', 1, 'B', 'r', 'a', 'b:1', '{{}}', x'', '0', '0', '{digest}')"
        )
        assert _refused(sql, replaced) == "trail fixed"
    sql.exec_driver_sql("INSERT INTO trail_subjects (subject, number) VALUES ('b:1', 101)")
    again = "INSERT OR REPLACE INTO trail_subjects (subject, number) VALUES ('b:1', 101)"
    assert _refused(sql, again) == "trail fixed"


def test_an_issued_month_is_neither_changed_nor_removed(sql: Connection) -> None:
    sql.exec_driver_sql(
        "INSERT INTO issued_months (id, programme_id, month, revision, figures, figures_hash, trail_head, language,"
        " pdf, changed, reason, issued_on, issued_at, issued_by)"
        f" VALUES (1, 1, '2026-10-01', 1, '{{}}', 'a', 'b', 'en', x'25', '[]', '', '2026-11-01', '{NOW}', 1)"
    )
    assert _refused(sql, "UPDATE issued_months SET figures = '{\"nights\": 1}'") == "issued fixed"
    assert _refused(sql, "DELETE FROM issued_months") == "issued fixed"
    columns = (
        "programme_id, month, revision, figures, figures_hash, trail_head, language, pdf, changed, reason, issued_on,"
        " issued_at, issued_by"
    )
    for number in (1, 2):
        again = f"INSERT OR REPLACE INTO issued_months (id, {columns}) SELECT {number}, {columns} FROM issued_months"
        assert _refused(sql, again) == "issued fixed"


def test_a_decision_and_a_limit_are_neither_changed_nor_removed(two_stays: Connection) -> None:
    sql = two_stays
    sql.exec_driver_sql(
        "INSERT INTO stay_limits (id, stay_id, limit_on, basis, valid_from, reason, decided_by, authority, entered_at)"
        f" VALUES (1, 1, '2026-12-01', 'programme', '2026-08-01', '', '', '', '{NOW}')"
    )
    sql.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    sql.exec_driver_sql(
        "INSERT INTO candidate_decisions (id, candidate_id, outcome, reason, decided_by, entered_by, decided_at)"
        f" VALUES (1, 1, 'refused', 'x', 'A', 1, '{NOW}')"
    )
    for table, change in (("stay_limits", "limit_on = '2027-12-01'"), ("candidate_decisions", "outcome = 'accepted'")):
        assert _refused(sql, f"UPDATE {table} SET {change}") == "decision fixed"
        assert _refused(sql, f"DELETE FROM {table}") == "decision fixed"
        assert _refused(sql, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}") == "decision fixed"


def test_a_check_is_never_edited_or_removed_but_may_be_withdrawn(two_stays: Connection) -> None:
    sql = two_stays
    sql.exec_driver_sql(
        "INSERT INTO plans (id, stay_id, kind, destination, destination_place, planned_on, note, state, state_reason,"
        " made_by, made_at, version)"
        f" VALUES (1, 1, 'removal', 'country_of_origin', '', '2026-12-01', '', 'open', '', 1, '{NOW}', 1)"
    )
    sql.exec_driver_sql(
        "INSERT INTO checks (id, plan_id, kind, held_on, passed, who, details, note, entered_by, entered_at)"
        f" VALUES (1, 1, 'consent', '2026-11-14', 1, 'A', '{{}}', '', 1, '{NOW}')"
    )
    for change in (
        "plan_id = 1",
        "kind = 'decision'",
        "held_on = '2026-11-15'",
        "passed = 0",
        "valid_until = '2026-12-31'",
        "who = 'B'",
        'details = \'{"language": "prs"}\'',
        "note = 'x'",
        "entered_by = 1",
        "entered_at = '2026-11-22 08:00:00'",
    ):
        assert _refused(sql, f"UPDATE checks SET {change}") == "check fixed"
    assert _refused(sql, "DELETE FROM checks") == "check fixed"
    assert _refused(sql, "INSERT OR REPLACE INTO checks SELECT * FROM checks") == "check fixed"
    sql.exec_driver_sql("UPDATE checks SET withdrawn_on = '2026-11-16'")
    assert _refused(sql, "UPDATE checks SET withdrawn_on = NULL") == "check fixed"


def test_one_plan_of_a_stay_is_open_at_a_time(two_stays: Connection) -> None:
    insert = (
        "INSERT INTO plans (stay_id, kind, destination, destination_place, planned_on, note, state, state_reason,"
        " made_by, made_at, version)"
        " VALUES (1, 'removal', 'country_of_origin', '', '2026-12-01', '', '{state}', '', 1, '" + NOW + "', 1)"
    )
    two_stays.exec_driver_sql(insert.format(state="stopped"))
    two_stays.exec_driver_sql(insert.format(state="open"))
    with pytest.raises(IntegrityError, match="UNIQUE constraint"):
        two_stays.exec_driver_sql(insert.format(state="open"))


def test_a_plan_is_of_a_stay_which_goes_only_where_its_arrival_was_taken_back(two_stays: Connection) -> None:
    sql = two_stays
    insert = (
        "INSERT INTO plans (stay_id, kind, destination, destination_place, planned_on, note, state, state_reason,"
        " made_by, made_at, version)"
        " VALUES ({stay}, 'removal', 'country_of_origin', '', '2026-12-01', '', 'open', '', 1, '" + NOW + "', 1)"
    )
    assert _refused(sql, insert.format(stay=99)) == "plan of nobody"
    sql.exec_driver_sql(insert.format(stay=1))
    assert _refused(sql, "UPDATE plans SET stay_id = 99") == "plan of nobody"
    assert _refused(sql, "DELETE FROM stays WHERE id = 1") == "stay planned"
    sql.exec_driver_sql(
        "INSERT INTO taken_back_arrivals (stay_id, resident_id, programme_id, arrived_on, reason, taken_back_by,"
        f" taken_back_at) VALUES (1, 1, 1, '2026-06-26', 'x', 1, '{NOW}')"
    )
    sql.exec_driver_sql("DELETE FROM stays WHERE id = 1")
    assert sql.exec_driver_sql("SELECT count(*) FROM plans").scalar_one() == 1


# -- the guards and the rule -------------------------------------------------------------------------------------------


@st.composite
def _spans(draw: st.DrawFn) -> Interval:
    """An interval within ten days, its ends known to the day or to the hour."""

    def moment(day: int, hour: int | None) -> Moment:
        on = date(2026, 8, 1) + timedelta(days=day)
        return Moment(on, None if hour is None else datetime(on.year, on.month, on.day, hour))

    hours = st.none() | st.integers(0, 23)
    start = moment(draw(st.integers(0, 9)), draw(hours))
    if draw(st.booleans()):
        return Interval(start)
    end = moment(draw(st.integers((start.on - date(2026, 8, 1)).days, 10)), draw(hours))
    if end.on == start.on and start.at is not None and end.at is not None and end.at < start.at:
        end = Moment(end.on, start.at)
    return Interval(start, end)


@pytest.fixture(scope="module")
def shared_sql(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """One connection for many examples, each in a savepoint that is rolled back."""
    import shutil

    folder = tmp_path_factory.mktemp("guards") / "register"
    shutil.copytree(empty_register, folder)
    keys = Keys.load(folder)
    made = engine.make_engine(folder / engine.FILE_NAME, keys.slot().open(keys.register_id, PASSPHRASE).register_key)
    with engine.writing(made).connect() as connection:
        _fill(connection)
        yield connection
    made.dispose()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(one=_spans(), other=_spans())
def test_the_guard_of_stays_and_the_rule_agree_on_every_pair(
    shared_sql: Connection, one: Interval, other: Interval
) -> None:
    point = shared_sql.begin_nested()
    try:
        _put_stay(shared_sql, 1, one)
        said = ""
        try:
            with shared_sql.begin_nested():
                _put_stay(shared_sql, 2, other)
        except IntegrityError as error:
            said = str(error.orig)
        assert said in ("", "konak: stay overlaps")
        assert bool(said) is one.overlaps(other) is other.overlaps(one)
    finally:
        point.rollback()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(stay=_spans(), one=_spans(), other=_spans())
def test_whatever_gets_in_no_two_beds_or_absences_of_a_stay_overlap_and_none_lies_outside(
    shared_sql: Connection, stay: Interval, one: Interval, other: Interval
) -> None:
    for put in (_put_placement, _put_absence):
        point = shared_sql.begin_nested()
        try:
            _put_stay(shared_sql, 1, stay)
            inside: list[Interval] = []
            for number, span in enumerate((one, other), 1):
                try:
                    with shared_sql.begin_nested():
                        put(shared_sql, number, span)
                except IntegrityError:
                    assert _outside(span, stay) or any(span.overlaps(before) for before in inside)
                else:
                    assert not _outside(span, stay)
                    assert not any(span.overlaps(before) for before in inside)
                    inside.append(span)
        finally:
            point.rollback()


def _outside(span: Interval, stay: Interval) -> bool:
    """Whether a span surely reaches beyond a stay."""
    if span.start.surely_before(stay.start):
        return True
    return stay.end is not None and (span.end is None or stay.end.surely_before(span.end))


def test_every_word_of_a_guard_has_its_sentence_and_every_sentence_its_guard() -> None:
    statements = " ".join(guards.TRIGGERS.values())
    for word, sentence in guards.SENTENCES.items():
        assert f"'konak: {word}'" in statements
        refused = guards.refusal(Exception(f"konak: {word}"))
        assert isinstance(refused, Refused)
        assert translator("en").render(refused.message) == sentence
    assert guards.refusal(Exception("CHECK constraint failed")) is None
