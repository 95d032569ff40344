"""How what leaves the house is declared, and what cannot be declared."""

from dataclasses import replace

import pytest

from models.errors import Refused
from models.rules import papers
from models.rules.disclosure import SEALED_AS, Audience, class_of
from models.rules.field_types import FieldClass
from models.rules.papers import CARRY_NAMES, Choice, Outgoing, Paper
from models.rules.people import EVERYBODY, READS_SEALED
from models.rules.vocabulary import Role, SealedKind

NOTE = "health"
LIST = Outgoing(id="x", title="x", roles=EVERYBODY, fields=frozenset({"number"}))


def test_what_is_sealed_leaves_by_those_alone_who_read_it_and_reaches_nobody_outside() -> None:
    assert class_of(NOTE) is class_of("complaint") is FieldClass.SEALED
    told = replace(LIST, fields=frozenset({"complaint"}), roles=READS_SEALED[SealedKind.COMPLAINT])
    for fields in ({"complaint", NOTE}, {"sealed_note"}, {"complaint", "nobody has classed it"}):
        with pytest.raises(ValueError, match="give away"):
            replace(told, fields=frozenset(fields))
    assert all(class_of(field) is FieldClass.SEALED for field in SEALED_AS)
    inside = replace(LIST, fields=frozenset({NOTE}), roles=frozenset({Role.HEALTH_LEGAL}))
    assert inside.audience is None
    for roles in (frozenset({Role.HEALTH_LEGAL, Role.SUPERVISOR}), frozenset({Role.ADMINISTRATOR}), EVERYBODY):
        with pytest.raises(ValueError, match="give away"):
            replace(inside, roles=roles)
    for audience in Audience:
        with pytest.raises(ValueError, match="give away"):
            replace(inside, audience=audience)
        assert replace(LIST, audience=audience).audience is audience


def test_a_paper_is_let_out_by_its_roles_and_offered_where_all_that_it_needs_can_be_chosen() -> None:
    paper = Paper(
        id="x",
        title="x",
        roles=frozenset({Role.CLERK}),
        fields=frozenset({"number"}),
        about="x",
        gather=lambda: 1,
        draw=lambda _figures, _imprint: b"",
        needs=(Choice.MONTH,),
        takes=(Choice.PROGRAMME,),
    )
    paper.check_role(Role.CLERK)
    with pytest.raises(Refused):
        paper.check_role(Role.SUPERVISOR)
    assert paper.choices == (Choice.MONTH, Choice.PROGRAMME)
    assert paper.is_offered
    assert not replace(paper, needs=(Choice.WORDS,)).is_offered
    assert not replace(paper, needs=(Choice.MONTH, Choice.SHEET)).is_offered
    assert (paper.ending, LIST.ending) == (".pdf", ".csv")


def test_names_are_carried_out_by_everybody_but_health_and_legal_staff() -> None:
    assert EVERYBODY - {Role.HEALTH_LEGAL} == CARRY_NAMES
    declared = [*papers.DATA.values(), *(each for each in vars(papers).values() if isinstance(each, Outgoing))]
    named = [each for each in declared if "family_name" in each.fields]
    assert len(named) > 9
    assert all(each.roles <= CARRY_NAMES for each in named)
    assert [each.id for each in declared if each.audience is not None] == ["figures"]
