"""Two who are found to be one: what contradicts is chosen, what one lacks comes from the other, lists add up."""

from dataclasses import replace
from datetime import date

import pytest

from models.errors import Refused
from models.rules.birth import BirthDate
from models.rules.joining import Side, brought, check_overlaps, contradictions, read, together, written
from models.rules.residents import PersonFacts
from models.rules.time import Interval, Moment
from models.rules.vocabulary import Sex
from models.text import translator

THIS = PersonFacts(
    family_name="Ahmadzai",
    given_names="Gul",
    birth=BirthDate(1991, 7, 2),
    birth_as_written="2/7/91",
    sex=Sex.MALE,
    nationality="AF",
    languages=("prs",),
    birth_country=None,
)
OTHER = replace(
    THIS,
    family_name="Ahmadzay",
    birth=BirthDate(1991, 2, 7),
    birth_as_written="7/2/91",
    nationality=None,
    languages=("ps", "prs"),
    birth_country="AF",
    needs_interpreter=True,
)


def test_only_what_both_say_and_say_otherwise_contradicts() -> None:
    assert contradictions(THIS, THIS) == ()
    assert contradictions(THIS, PersonFacts()) == ()
    assert {each.field.name for each in contradictions(THIS, OTHER)} == {"family_name", "birth"}


def test_what_contradicts_must_be_chosen_each_by_its_name() -> None:
    with pytest.raises(Refused) as refused:
        together(THIS, OTHER, {"family_name": Side.THIS})
    assert refused.value.field == "birth"
    assert len(refused.value.reasons) == 1


@pytest.mark.parametrize("birth", Side)
def test_the_birth_as_written_follows_the_birth_that_was_chosen(birth: Side) -> None:
    found = together(THIS, OTHER, {"family_name": Side.OTHER, "birth": birth})
    of = THIS if birth is Side.THIS else OTHER
    assert (found.birth, found.birth_as_written) == (of.birth, of.birth_as_written)


def test_what_one_lacks_is_taken_lists_add_up_and_a_need_of_either_holds() -> None:
    found = together(THIS, OTHER, {"family_name": Side.OTHER, "birth": Side.THIS})
    assert (found.family_name, found.nationality, found.birth_country) == ("Ahmadzay", "AF", "AF")
    assert found.languages == ("prs", "ps")
    assert found.needs_interpreter
    assert not together(THIS, replace(THIS), {}).needs_interpreter
    assert found.aliases == ("Gul Ahmadzai",), "the name that was not chosen is found as well"


def test_values_that_are_kept_come_back_as_they_were() -> None:
    values = {"birth": BirthDate.parse("1991"), "sex": Sex.FEMALE, "family_name": "A", "nationality": None}
    assert read(written(values)) == values
    nobody = {"birth": None, "sex": None, "aliases": ["A"]}
    assert read(written(nobody)) == nobody


def test_a_joining_brought_what_is_there_now_and_of_lists_what_was_not_there_before() -> None:
    before = written({"aliases": ["A"], "family_name": "Ahmadzai", "sex": Sex.MALE, "languages": ["prs"]})
    after = written({"aliases": ["A", "B", ""], "family_name": "Ahmadzay", "sex": None, "languages": ["prs"]})
    assert brought(before, after) == {"aliases": ("B",), "family_name": ("Ahmadzay",), "sex": (), "languages": ()}


def test_who_were_in_the_house_at_the_same_time_are_not_one_and_each_time_is_named() -> None:
    may, june, july = (Moment(date(2026, month, 1)) for month in (5, 6, 7))
    check_overlaps([Interval(may, june)], [Interval(june)], numbers=("K-1", "K-2"))
    check_overlaps([], [Interval(june)], numbers=("K-1", "K-2"))
    with pytest.raises(Refused) as refused:
        check_overlaps([Interval(may, july)], [Interval(june), Interval(may, june)], numbers=("K-1", "K-2"))
    assert refused.value.field == "other_id"
    assert [translator("en").render(each) for each in refused.value.reasons] == [
        "K-1 was here from 1 May 2026 to 1 Jul 2026, K-2 since 1 Jun 2026.",
        "K-1 was here from 1 May 2026 to 1 Jul 2026, K-2 from 1 May 2026 to 1 Jun 2026.",
    ]
