"""The trail in words: by person, by resident, by day; and only for those who may read it."""

from dataclasses import replace
from datetime import date

import pytest

from models.actions import incidents, rooms, safeguards, selection
from models.errors import Refused
from models.exchange import door
from models.ids import ProgrammeId, ResidentId, SealedNoteId
from models.queries import history, trail
from models.rules.papers import Choice
from models.rules.people import reads
from models.rules.time import Moment
from models.rules.vocabulary import NOTE_KINDS, Answer, CriterionEffect, IncidentKind, Role, SealedKind
from models.store.register import Register
from models.text import Message, translator
from tests import builders
from tests.actions.test_roles import OF_KONAK
from tests.actions.test_selection import candidate, criterion, proposed
from ui.papers.catalogue import LIMIT_NOTICE


def test_every_action_is_called_by_words() -> None:
    assert [name for name, each in OF_KONAK.items() if not each.told] == []


@pytest.fixture
def filled(register: Register) -> Register:
    programme = builders.programme(register)
    gul = builders.resident(register, "K-0012", family_name="Ahmadzai", given_names="Gul")
    other = builders.resident(register, "K-0013", family_name="Noori")
    stay = builders.stay(register, gul, programme, date(2026, 8, 1))
    builders.stay(register, other, programme, date(2026, 8, 1))
    bed = builders.bed(register)
    register.perform(rooms.place, stay_id=stay, bed_id=bed, moment=Moment(date(2026, 8, 1), None))
    with pytest.raises(Refused):
        register.perform(rooms.place, stay_id=stay, bed_id=bed, moment=Moment(date(2026, 8, 2), None))
    return register


def test_an_entry_says_who_did_what_to_whom_and_what_changed(filled: Register) -> None:
    with filled.read() as snapshot:
        found = trail.rows(snapshot, ids=trail.ids(snapshot))
    placed = next(row for row in found if row.what.text == "Gave a bed")
    assert (placed.user, placed.whom) == ("A. Berisha", "AHMADZAI, Gul") or "hmadzai" in placed.whom
    assert ("Bed", "12 · A") in [(each.what.text, each.after) for each in placed.details]
    refused = [row for row in found if row.is_refusal]
    assert len(refused) == 1
    assert translator("en").render(refused[0].what) == "Refused: Gave a bed"
    assert [each.what.text for each in refused[0].details] == ["Why"]
    assert found[-1].hash


def test_a_paper_that_was_refused_is_called_by_its_title(filled: Register) -> None:
    with pytest.raises(Refused):
        door.drawn(filled, LIMIT_NOTICE, language="en", chosen={Choice.RESIDENT: ResidentId(99)})
    with filled.read() as snapshot:
        (last,) = trail.rows(snapshot, ids=trail.ids(snapshot)[:1])
    assert (last.is_refusal, last.whom) == (True, "")
    assert Message(LIMIT_NOTICE.title) in [each.after for each in last.details]


def test_of_what_has_no_name_the_people_are_told_the_first_by_name_and_how_many_more(filled: Register) -> None:
    """A count of a house or a transport of forty concerns many; a line of the trail has room for some."""
    builders.resident(filled, "K-0014", family_name="Zadran")
    builders.resident(filled, "K-0015", family_name="Popal")
    named = ["AHMADZAI, Gul", "NOORI", "ZADRAN"]

    def told(*residents: int) -> str:
        people = [ResidentId(each) for each in residents]
        happened = Moment(date(2026, 8, 2), None)
        filled.perform(
            incidents.enter,
            programme_id=ProgrammeId(1),
            kind=IncidentKind.INCIDENT,
            happened=happened,
            what="A quarrel at the meal.",
            residents=people,
        )
        with filled.read() as snapshot:
            return trail.rows(snapshot, ids=trail.ids(snapshot)[:1])[0].whom

    assert told(1, 2).upper() == "; ".join(named[:2]).upper()
    assert told(1, 2, 3).upper() == "; ".join(named).upper()
    assert told(1, 2, 3, 4).upper() == f"{'; '.join(named)} (+1)".upper()
    assert told() == ""


def test_it_is_narrowed_by_resident_person_and_day(filled: Register) -> None:
    with filled.read() as snapshot:
        everything = trail.ids(snapshot)
        assert everything == sorted(everything, reverse=True)
        of_gul = trail.rows(snapshot, ids=trail.ids(snapshot, resident_id=ResidentId(1)))
        assert {row.what.text for row in of_gul if not row.is_refusal} == {"Gave a bed"}
        assert trail.ids(snapshot, user="A. Berisha") == everything
        assert trail.ids(snapshot, user="nobody") == []
        today = trail.ids(snapshot, from_on=snapshot.today, until_on=snapshot.today)
        assert 1 not in today
        assert set(today) < set(everything)
        assert trail.ids(snapshot, until_on=date(2020, 1, 1)) == []


def test_a_clerk_may_not_read_it(filled: Register) -> None:
    filled.person = replace(filled.person, role=Role.CLERK, stands_in=False)
    with filled.read() as snapshot:
        for ask in (lambda: trail.ids(snapshot), lambda: trail.rows(snapshot, ids=[1]), lambda: trail.users(snapshot)):
            with pytest.raises(Refused, match="may not"):
                ask()


def test_an_entry_about_what_a_role_may_not_read_is_told_by_number_and_time_alone(filled: Register) -> None:
    entries = {}
    for kind in NOTE_KINDS:
        filled.person = replace(filled.person, role=Role.HEALTH_LEGAL, stands_in=False)
        filled.perform(safeguards.enter_note, resident_id=ResidentId(1), kind=kind, text="Zzyzx")
        with filled.read() as snapshot:
            entries[kind] = history.of_resident(snapshot, resident_id=ResidentId(1))[0].id
    for role in (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.INSPECTOR):
        filled.person = replace(filled.person, role=role, stands_in=False)
        hidden = {entry for kind, entry in entries.items() if not reads(role, kind)}
        with filled.read() as snapshot:
            everything = trail.ids(snapshot)
            assert set(entries.values()) <= set(everything)
            for narrowed in (
                *(trail.ids(snapshot, text=text) for text in ("asylum_claim", "sealed", "safeguards", "Berisha", "1")),
                trail.ids(snapshot, user=filled.person.name),
                trail.ids(snapshot, resident_id=ResidentId(1)),
            ):
                assert not hidden & set(narrowed)
            for row in trail.rows(snapshot, ids=sorted(hidden)):
                assert row.what.text == "An entry that your role may not read"
                assert (row.user, row.whom, row.details, row.is_refusal, row.hash) == ("", "", (), False, "")
            found = set(trail.ids(snapshot, text="safeguards")) & set(trail.ids(snapshot, resident_id=ResidentId(1)))
            assert found == set(entries.values()) - hidden
            told = {row.id for row in history.of_resident(snapshot, resident_id=ResidentId(1))}
            assert told & set(entries.values()) == set(entries.values()) - hidden
            by_name = trail.ids(snapshot, sort="user", descending=False)
            assert set(by_name[: len(hidden)]) == hidden


def test_a_look_that_was_refused_does_not_tell_that_there_is_something(filled: Register) -> None:
    filled.person = replace(filled.person, role=Role.HEALTH_LEGAL, stands_in=False)
    note = filled.perform(safeguards.enter_note, resident_id=ResidentId(1), kind=SealedKind.HEALTH, text="Zzyzx").value
    said = []
    for role in (Role.CLERK, Role.INSPECTOR):
        filled.person = replace(filled.person, role=role, stands_in=False)
        for note_id in (note, SealedNoteId(note + 1)):
            with pytest.raises(Refused) as refused:
                filled.perform(safeguards.look, note_id=note_id)
            said.append((role, refused.value.message))
    assert len(dict(said)) == len(set(map(str, said))) == 2
    filled.person = replace(filled.person, role=Role.SUPERVISOR, stands_in=False)
    with filled.read() as snapshot:
        last = trail.rows(snapshot, ids=trail.ids(snapshot)[:4])
    assert {(row.what.text, row.whom) for row in last} == {("An entry that your role may not read", "")}


def test_an_inspectors_look_at_a_page_is_an_entry_once_in_a_while(filled: Register) -> None:
    from models.queries import resident_page

    filled.person = replace(filled.person, role=Role.INSPECTOR, stands_in=False)
    for _ in range(3):
        with filled.read() as snapshot:
            assert resident_page.page(snapshot, resident_id=ResidentId(1)) is not None
    with filled.read() as snapshot:
        looks = [row for row in trail.rows(snapshot, ids=trail.ids(snapshot)) if row.what.text == "Looked at the page"]
    assert len(looks) == 1
    assert "hmadzai" in looks[0].whom.lower()


def test_an_answer_names_its_question_each_time(register: Register) -> None:
    us = builders.programme(register)
    gul = candidate(register, us, proposed(register, us))
    asked = criterion(register, us, CriterionEffect.EXCLUDES)
    for given in (Answer.NO, Answer.YES, None):
        register.perform(selection.answer, candidate_id=gul, criterion_id=asked, given=given)
    with register.read() as snapshot:
        said = [row for row in trail.rows(snapshot, ids=trail.ids(snapshot)) if row.what.text == "Answered a criterion"]
    assert len(said) == 3
    for row in said:
        assert [translator("en").render(each.what) for each in row.details[:2]] == ["Question", "Answer"]
        assert row.details[0].after == Message("Question 1?")
