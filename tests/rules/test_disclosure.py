"""What may be told to whom."""

import pytest

from models.rules.disclosure import (
    FIELD_CLASSES,
    Audience,
    class_of,
    hidden_counts,
    is_small,
    least_shown,
    may_reach,
)
from models.rules.field_types import FieldClass

SEALED = [field for field, kind in FIELD_CLASSES.items() if kind is FieldClass.SEALED]


@pytest.mark.parametrize("field", [*SEALED, "something new"])
@pytest.mark.parametrize("audience", Audience)
def test_a_sealed_field_reaches_nobody_outside_whatever_the_ground(field: str, audience: Audience) -> None:
    assert not may_reach(field, audience, names_ground="Art. 6")


@pytest.mark.parametrize("field", ["asylum_claim", "health", "complaint", "non_refoulement_outcome"])
def test_what_the_rules_seal_is_sealed(field: str) -> None:
    assert class_of(field) is FieldClass.SEALED


def test_names_reach_a_partner_only_where_the_programme_cites_the_ground_and_no_country_of_origin() -> None:
    assert not may_reach("family_name", Audience.PARTNER)
    assert not may_reach("family_name", Audience.PARTNER, names_ground="  ")
    assert may_reach("family_name", Audience.PARTNER, names_ground="Art. 6")
    assert not may_reach("family_name", Audience.COUNTRY_OF_ORIGIN, names_ground="Art. 6")


def test_counts_and_reference_numbers_reach_a_partner() -> None:
    assert may_reach("counts", Audience.PARTNER)
    assert may_reach("number", Audience.PARTNER)


@pytest.mark.parametrize(("small_count", "least"), [(0, 0), (1, 0), (2, 3), (3, 3), (5, 5)])
def test_a_count_of_1_alone_cannot_be_hidden_so_2_is_hidden_with_it(small_count: int, least: int) -> None:
    assert least_shown(small_count) == least


def test_what_is_small_begins_with_1_and_ends_before_k() -> None:
    assert [count for count in range(-1, 8) if is_small(count, 5)] == [1, 2, 3, 4]
    assert not any(is_small(count, k) for k in (0, 1) for count in range(3))


def test_a_programme_says_up_to_which_count_it_hides() -> None:
    assert [hidden_counts(k) for k in (0, 1)] == [None, None]
    assert [said.values for k in (2, 3, 5) if (said := hidden_counts(k))] == [{"last": 2}, {"last": 2}, {"last": 4}]
