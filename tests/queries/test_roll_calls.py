"""What the house owes its own hours stands on Today; the fire list says who needs help; the register of counts."""

from datetime import date, timedelta

from models.actions import roll_calls
from models.actions.roll_calls import Marked
from models.clock import FixedClock
from models.entities.needs import Need as NeedRow
from models.queries import in_house
from models.queries import roll_calls as queries
from models.queries.needing import Need
from models.queries.today import today
from models.rules.papers import Imprint
from models.rules.vocabulary import NeedKind, RollAnswer, RollMarkState, RollStanding
from models.store.register import Register
from reports import house as papers
from reports import roll_calls as paper
from reports import terms
from tests import builders
from tests.conftest import NOON
from tests.reports.pdf_text import text as text_of

IMPRINT = Imprint(language="en", facility="Reception Centre North")


def needs(register: Register) -> list[tuple[Need, str]]:
    with register.read() as snapshot:
        items = today(snapshot).items
    owed = (Need.ROLL_CALL, Need.ROLL_CALL_MISSED, Need.FIRE_LIST)
    return [(item.need, item.number) for item in items if item.need in owed]


def at(register: Register, minutes: int) -> None:
    register.clock = FixedClock(NOON + timedelta(minutes=minutes))


def test_a_house_without_hours_is_reminded_of_nothing(register: Register) -> None:
    at(register, 24 * 60)
    assert needs(register) == []


def test_roll_calls_and_fire_lists_stand_on_today_until_they_are_done(register: Register) -> None:
    at(register, 0)  # 09:14
    register.perform(roll_calls.schedule, roll_calls="09:30", fire_lists="10:00")
    assert needs(register) == []
    at(register, 16)
    assert needs(register) == [(Need.ROLL_CALL, "09:30")]
    at(register, 80)
    assert needs(register) == [(Need.ROLL_CALL_MISSED, "09:30"), (Need.FIRE_LIST, "10:00")]
    with register.read() as snapshot:
        assert queries.shift(snapshot) == queries.due(snapshot).fire_list
        (missed,) = queries.due(snapshot).missed
    register.perform(roll_calls.fire_list_printed)
    register.perform(roll_calls.not_held, due_at=[missed], reason="A trip")
    assert needs(register) == []
    with register.read() as snapshot:
        assert queries.shift(snapshot) is None


def test_what_was_missed_in_a_week_stands_on_today_in_one_line(register: Register) -> None:
    at(register, 0)
    register.perform(roll_calls.schedule, roll_calls="07:00 21:00", fire_lists="")
    at(register, 7 * 24 * 60)
    with register.read() as snapshot:
        (item,) = (each for each in today(snapshot).items if each.need is Need.ROLL_CALL_MISSED)
    assert (item.text.plural, item.text.values["n"], item.on) == (
        "{n} roll calls were not held, and nobody says why",
        14,
        date(2026, 11, 21),
    )


def test_a_fire_list_that_is_printed_shortly_before_the_shift_is_the_list_of_that_shift(register: Register) -> None:
    at(register, 0)
    register.perform(roll_calls.schedule, roll_calls="", fire_lists="10:00")
    at(register, 30)
    register.perform(roll_calls.fire_list_printed)
    at(register, 50)
    assert needs(register) == []
    at(register, 24 * 60 + 50)
    assert needs(register) == [(Need.FIRE_LIST, "10:00")]


def test_the_fire_list_names_who_needs_help_to_leave_and_counts_them(register: Register) -> None:
    programme = builders.programme(register)
    who = builders.resident(register, "K-1", family_name="Noori", given_names="Najib")
    other = builders.resident(register, "K-2", family_name="Hadi", given_names="Ali")
    for each in (who, other):
        builders.stay(register, each, programme, date(2026, 11, 1))
    about = {"entered_by": register.person.id, "entered_at": NOON}
    register.perform(
        builders.put, row=NeedRow(resident_id=who, kind=NeedKind.HELP_TO_LEAVE, detail="wheelchair", **about)
    )
    register.perform(builders.put, row=NeedRow(resident_id=other, kind=NeedKind.DIET, detail="no pork", **about))
    with register.read() as snapshot:
        found = in_house.roll(snapshot)
    assert {row.number: row.help for row in found.rows} == {"K-1": "wheelchair", "K-2": None}
    assert found.helped == 1
    said = text_of(papers.fire_list(found, IMPRINT))
    assert "help to leave: wheelchair" in said
    assert "no pork" not in said


def test_the_register_of_counts_says_who_counted_with_what_result_and_what_was_done(register: Register) -> None:
    at(register, 0)
    programme = builders.programme(register)
    who = builders.resident(register, "K-1", family_name="Noori", given_names="Najib")
    stay = builders.stay(register, who, programme, date(2026, 11, 1))
    call = register.perform(roll_calls.begin, part="House A").value
    with register.read() as snapshot:
        counter = queries.count(snapshot, roll_call_id=call).call.counters[0].id
    marks = [Marked(stay, RollMarkState.NOT_HERE)]
    register.perform(roll_calls.mark, roll_call_id=call, counter_id=counter, marks=marks)
    register.perform(
        roll_calls.answer, roll_call_id=call, stay_id=stay, answer=RollAnswer.REPORTED, words="To the police at ten"
    )
    register.perform(roll_calls.close, roll_call_id=call, remark="Fog")
    register.perform(
        roll_calls.correct, roll_call_id=call, stay_id=stay, standing=RollStanding.COUNTED, reason="Was in the attic"
    )
    with register.read() as snapshot:
        found = queries.register(snapshot, from_on=date(2026, 11, 21), until_on=date(2026, 11, 21))
        assert queries.register(snapshot, until_on=date(2026, 11, 20)).rows == ()
    (row,) = paper.texts(found, terms.translator_of("en"))
    assert row[0] == "21 Nov 2026 09:14–09:14"
    assert row[2].endswith("(House A)")
    assert row[3:9] == ("1", "0", "1", "0", "1", "0")
    for words in ("does not balance", "To the police at ten", "Was in the attic", "Fog", "Noori, Najib (K-1)"):
        assert words in row[9]
    assert "Register of counts" in text_of(paper.draw(found, IMPRINT))
