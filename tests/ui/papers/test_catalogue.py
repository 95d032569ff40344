"""The catalogue of papers: each is declared once, and none can be declared so that it gives away what is sealed."""

from dataclasses import replace

import pytest

from models.rules.disclosure import FIELD_CLASSES, Audience, class_of
from models.rules.field_types import FieldClass
from models.rules.vocabulary import Role
from tests.papers import LISTS
from ui.papers.catalogue import MONTHLY_REPORT, NAMED_ANNEX, PAPERS, PERIOD_REPORT, REGISTER_EXTRACT

SEALED = [field for field, kind in FIELD_CLASSES.items() if kind is FieldClass.SEALED]


def test_all_that_leaves_is_named_once_and_someone_may_let_it_out() -> None:
    everything = (*PAPERS, *LISTS)
    ids = [each.id for each in everything]
    assert len(set(ids)) == len(ids)
    assert all(each.roles and each.title for each in everything)
    assert all(paper.about and not set(paper.needs) & set(paper.takes) for paper in PAPERS)


def test_what_a_partner_is_given_shows_nothing_but_what_is_open_and_names_on_one_paper() -> None:
    """The annex by name is refused where the agreement cites no ground (`test_named_annex`)."""
    given = [paper for paper in PAPERS if paper.audience is not None]
    assert given == [MONTHLY_REPORT, PERIOD_REPORT, NAMED_ANNEX]
    assert {class_of(field) for paper in given[:2] for field in paper.fields} == {FieldClass.OPEN}
    assert {class_of(field) for field in NAMED_ANNEX.fields} == {FieldClass.OPEN, FieldClass.PERSONAL}


@pytest.mark.parametrize("field", [*SEALED, "a field that nobody has classed"])
def test_what_is_sealed_reaches_no_partner_and_no_role_that_may_not_read_it(field: str) -> None:
    fields = frozenset({"number", field})
    with pytest.raises(ValueError, match="sealed"):
        replace(REGISTER_EXTRACT, fields=fields)
    with pytest.raises(ValueError, match="sealed"):
        replace(MONTHLY_REPORT, fields=fields, roles=frozenset({Role.HEALTH_LEGAL}), audience=Audience.PARTNER)
    assert replace(REGISTER_EXTRACT, fields=fields, roles=frozenset({Role.HEALTH_LEGAL})).fields == fields
