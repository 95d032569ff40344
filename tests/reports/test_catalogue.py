"""The catalogue of papers."""

import pytest

from models.rules.vocabulary import Role
from reports import catalogue


def test_every_paper_is_named_once_and_someone_may_print_it() -> None:
    ids = [paper.id for paper in catalogue.PAPERS]
    assert len(set(ids)) == len(ids)
    assert all(paper.printed_by and paper.title and paper.about for paper in catalogue.PAPERS)
    assert all(catalogue.paper(one).id == one for one in ids)


def test_a_paper_with_names_is_marked_and_the_monthly_report_is_none() -> None:
    assert not catalogue.MONTHLY_REPORT.personal
    assert catalogue.REGISTER_EXTRACT.personal


def test_a_role_prints_what_the_catalogue_allows_it() -> None:
    assert catalogue.may_print(Role.SUPERVISOR, catalogue.MONTHLY_REPORT)
    assert not catalogue.may_print(Role.HEALTH_LEGAL, catalogue.MONTHLY_REPORT)


def test_an_unknown_paper_is_an_error() -> None:
    with pytest.raises(KeyError):
        catalogue.paper("no such paper")
