"""Who a resident is, and with whom they belong together, through the real actions."""

from datetime import date
from typing import Any

import pytest

from models.actions import residents
from models.entities.residents import PartnerNumber, Resident
from models.errors import Conflict, Refused
from models.ids import FamilyId, ResidentId
from models.queries import history
from models.rules.birth import BirthDate
from models.rules.residents import PersonFacts
from models.rules.vocabulary import Sex
from models.store import search
from models.store.register import Register
from tests import builders

GUL = PersonFacts(
    family_name="Ahmadzai",
    given_names="Gul",
    own_script="گل احمدزی",
    aliases=("Gul Achmadsai",),
    sex=Sex.MALE,
    birth=BirthDate(1991, about=True),
    nationality="AF",
    other_nationalities=("PK",),
    languages=("prs", "en"),
    needs_interpreter=True,
)


def _row(register: Register, resident_id: ResidentId) -> Resident:
    with register.write() as unit:
        unit.begin(builders.TEST, {})
        row = unit.session.get_one(Resident, resident_id)
        _ = row.partner_numbers
        unit.session.expunge_all()
    return row


def _found(register: Register, typed: str) -> list[ResidentId]:
    with register.read() as snapshot:
        return list(search.find(snapshot.connection, typed))


def test_all_that_is_known_is_kept_and_found_in_any_spelling_or_script(register: Register) -> None:
    resident = builders.resident(register)
    register.perform(residents.change, reason="seen", resident_id=resident, person=GUL)
    row = _row(register, resident)
    assert (row.family_name, row.given_names, row.sort_name) == ("Ahmadzai", "Gul", "ahmadzai gul")
    assert (row.aliases, row.other_nationalities, row.languages) == (["Gul Achmadsai"], ["PK"], ["prs", "en"])
    assert (str(row.birth), row.sex, row.nationality, row.needs_interpreter) == ("~1991", Sex.MALE, "AF", True)
    for typed in ("ahmad", "AHMADZAI g", "احمدزي", "achmadsai", "k-0012", "madza"):
        assert _found(register, typed) == [resident], typed


def test_a_person_whose_name_is_taken_away_is_shown_and_sorted_by_number(register: Register) -> None:
    resident = builders.resident(register, "K-0012", family_name="Wrong")
    register.perform(residents.change, reason="seen", resident_id=resident, person=PersonFacts())
    assert _row(register, resident).sort_name == "k 0012"
    assert _found(register, "wrong") == []
    assert _found(register, "k-0012") == [resident]


@pytest.mark.parametrize(
    ("person", "field"),
    [
        (PersonFacts(birth=BirthDate.exact(date(2026, 11, 22))), "birth"),
        (PersonFacts(birth=BirthDate(1890)), "birth"),
        (PersonFacts(family_name="N" * 401), "family_name"),
        (PersonFacts(other_nationalities=("Pakistan",)), "other_nationalities"),
        (PersonFacts(other_nationalities=("PK", "XX")), "other_nationalities"),
        (PersonFacts(nationality="XX"), "nationality"),
        (PersonFacts(nationality="DEU"), "nationality"),
        (PersonFacts(birth_country="XXA"), "birth_country"),
    ],
)
def test_what_cannot_be_true_of_anybody_is_refused_beside_its_field(
    register: Register, person: PersonFacts, field: str
) -> None:
    resident = builders.resident(register, family_name="Noori")
    with pytest.raises(Refused) as refused:
        register.perform(residents.change, reason="seen", resident_id=resident, person=person)
    assert refused.value.field == field
    assert _row(register, resident).family_name == "Noori"


def test_a_country_is_kept_in_capital_letters_and_a_person_may_have_none(register: Register) -> None:
    resident = builders.resident(register)
    person = PersonFacts(nationality="xxa", birth_country=" af", other_nationalities=("pk", "PK"))
    register.perform(residents.change, resident_id=resident, person=person)
    row = _row(register, resident)
    assert (row.nationality, row.birth_country, row.other_nationalities) == ("XXA", "AF", ["PK"])


def test_a_word_that_is_none_of_the_vocabulary_is_refused_beside_its_field(register: Register) -> None:
    said: dict[str, Any] = {"sex": "woman"}
    with pytest.raises(Refused) as refused:
        register.perform(residents.change, resident_id=builders.resident(register), person=PersonFacts(**said))
    assert refused.value.field == "sex"


def test_a_change_over_somebody_elses_change_is_refused(register: Register) -> None:
    resident = builders.resident(register)
    seen = _row(register, resident).version
    register.perform(residents.change, reason="seen", resident_id=resident, person=GUL, version=seen)
    with pytest.raises(Conflict):
        register.perform(
            residents.change, reason="seen", resident_id=resident, person=PersonFacts(family_name="Noori"), version=seen
        )
    assert _row(register, resident).family_name == "Ahmadzai"


def test_the_trail_says_what_stood_there_before(register: Register) -> None:
    resident = builders.resident(register, family_name="Noori")
    register.perform(residents.change, reason="seen", resident_id=resident, person=GUL)
    with register.read() as snapshot:
        content = snapshot.connection.exec_driver_sql(
            "SELECT details FROM trail WHERE action = 'residents.change'"
        ).scalar_one()
    assert '"family_name":"Noori"' in content
    assert '"family_name":"Ahmadzai"' in content


def test_the_numbers_of_partners_are_set_changed_and_taken_away(register: Register) -> None:
    one, two = builders.programme(register), builders.programme(register, "UK-RETURN")
    resident = builders.resident(register)

    def numbers(**given: Any) -> dict[int, str]:
        register.perform(residents.change, reason="seen", resident_id=resident, person=GUL, **given)
        return {row.programme_id: row.number for row in _row(register, resident).partner_numbers}

    assert numbers(partner_numbers={one: "A-1", two: " B-2 "}) == {one: "A-1", two: "B-2"}
    assert numbers(partner_numbers={one: "A-9"}) == {one: "A-9", two: "B-2"}
    assert numbers() == {one: "A-9", two: "B-2"}
    assert numbers(partner_numbers={two: ""}) == {one: "A-9"}
    assert _found(register, "A-9") == [resident]
    assert _found(register, "B-2") == []


def test_a_number_of_another_resident_or_one_too_long_is_refused(register: Register) -> None:
    programme = builders.programme(register)
    other, resident = builders.resident(register, "K-0001"), builders.resident(register, "K-0002")
    register.perform(builders.put, row=PartnerNumber(resident_id=other, programme_id=programme, number="A-1"))
    for number in ("A-1", "9" * 65):
        with pytest.raises(Refused) as refused:
            register.perform(
                residents.change, reason="seen", resident_id=resident, person=GUL, partner_numbers={programme: number}
            )
        assert refused.value.field == f"partner_numbers_{programme}"


def test_who_joins_somebody_belongs_to_all_of_the_family(register: Register) -> None:
    mother, child, uncle = (builders.resident(register, f"K-000{n}", family_name="Rahimi") for n in (1, 2, 3))
    family = register.perform(residents.join_family, resident_id=child, with_id=mother, relation=" child ").value
    assert register.perform(residents.join_family, resident_id=uncle, with_id=child).value == family
    assert {_row(register, each).family_id for each in (mother, child, uncle)} == {family}
    assert _row(register, child).relation == "child"


def test_nobody_is_their_own_family_or_of_two(register: Register) -> None:
    ids = [builders.resident(register, f"K-000{n}") for n in range(1, 5)]
    with pytest.raises(Refused) as refused:
        register.perform(residents.join_family, resident_id=ids[0], with_id=ids[0])
    assert refused.value.field == "with_id"
    register.perform(residents.join_family, resident_id=ids[0], with_id=ids[1])
    register.perform(residents.join_family, resident_id=ids[2], with_id=ids[3])
    with pytest.raises(Refused) as refused:
        register.perform(residents.join_family, resident_id=ids[0], with_id=ids[2])
    assert refused.value.field == "with_id"


def test_who_leaves_a_family_of_two_leaves_nobody_in_it(register: Register) -> None:
    one, two = builders.resident(register, "K-0001"), builders.resident(register, "K-0002")
    register.perform(residents.join_family, resident_id=one, with_id=two, relation="brother")
    with pytest.raises(Refused) as refused:
        register.perform(residents.leave_family, resident_id=one, reason="")
    assert refused.value.field == "reason"
    register.perform(residents.leave_family, resident_id=one, reason="They are neighbours.")
    assert [_row(register, each).family_id for each in (one, two)] == [None, None]
    assert _row(register, one).relation == ""
    with pytest.raises(Refused):
        register.perform(residents.leave_family, resident_id=one, reason="Again.")


def test_what_somebody_is_in_a_family_is_corrected_with_a_reason_and_both_are_told_of_it(register: Register) -> None:
    one, two = builders.resident(register, "K-0001"), builders.resident(register, "K-0002", family_name="Noor")
    register.perform(residents.join_family, resident_id=one, with_id=two, relation="son")
    with pytest.raises(Refused, match="correct that"):
        register.perform(residents.join_family, resident_id=two, with_id=one, relation="uncle")
    for said, field in (
        ({"relation": "nephew", "reason": " "}, "reason"),
        ({"relation": "x" * 101, "reason": "seen"}, "relation"),
        ({"relation": "son", "family_name": "Noor", "reason": "seen"}, None),
    ):
        with pytest.raises(Refused) as refused:
            register.perform(residents.correct_family, resident_id=one, **said)
        assert refused.value.field == field
    register.perform(residents.correct_family, resident_id=two, relation="uncle", reason="He said so.")
    register.perform(residents.correct_family, resident_id=one, relation="nephew", family_name="Noori", reason="Seen.")
    assert [_row(register, each).relation for each in (one, two)] == ["nephew", "uncle"]
    assert builders.rows(register, "SELECT name FROM families") == [("Noori",)]
    register.perform(residents.leave_family, resident_id=one, reason="They are neighbours.")
    with register.read() as snapshot:
        told = [each.what.text for each in history.of_resident(snapshot, resident_id=two)]
    joined, left = "Joined the person to a family", "Took the person out of the family"
    corrected = "Corrected what the person is in the family, or what it is called"
    assert [each for each in told if "Refused" not in each][:4] == [left, corrected, corrected, joined]
    with pytest.raises(Refused, match="This family is not there any more"):
        register.perform(residents.join_family, resident_id=one, with_id=two, family_id=FamilyId(999))
    register.perform(residents.join_family, resident_id=one, with_id=two, family_id=FamilyId(1))
    assert [_row(register, each).family_id for each in (one, two)] == [1, 1]
    third, fourth = builders.resident(register, "K-0003"), builders.resident(register, "K-0004")
    with pytest.raises(Refused, match="belongs to this family again"):
        register.perform(residents.join_family, resident_id=third, with_id=fourth, family_id=FamilyId(1))


def test_who_leaves_a_family_of_three_leaves_two(register: Register) -> None:
    ids = [builders.resident(register, f"K-000{n}") for n in range(1, 4)]
    family = register.perform(residents.join_family, resident_id=ids[0], with_id=ids[1]).value
    register.perform(residents.join_family, resident_id=ids[2], with_id=ids[0])
    register.perform(residents.leave_family, resident_id=ids[2], reason="They are neighbours.")
    assert [_row(register, each).family_id for each in ids] == [family, family, None]
