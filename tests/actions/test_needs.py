"""Needs of residents, and who is told of which."""

import pytest

from models.actions.needs import NEEDS
from models.errors import Refused
from models.ids import ResidentId
from models.queries import history
from models.queries import needs as queries
from models.rules.needs import CLASS_OF, SEALED_NEEDS
from models.rules.vocabulary import NeedKind, Role
from models.store.register import Register
from tests import builders
from tests.actions import leavers


def do_needs(register: Register) -> None:
    """Each action of needs to its end."""
    resident = builders.resident(register, "N-9")
    entry = register.perform(NEEDS.enter, resident_id=resident, kind=NeedKind.DIET, detail="no pork").value
    register.perform(NEEDS.correct, entry_id=entry, kind=NeedKind.DIET, detail="no meat", reason="misheard")
    register.perform(NEEDS.take_back, entry_id=entry, reason="another person")


def _needs(register: Register, resident: ResidentId) -> list[tuple[NeedKind, str]]:
    with register.read() as snapshot:
        return [(row.kind, row.detail) for row in queries.of_resident(snapshot, resident_id=resident)]


def test_every_kind_has_its_class() -> None:
    assert set(CLASS_OF) == set(NeedKind)


def test_a_need_is_entered_corrected_with_a_reason_and_taken_back(register: Register) -> None:
    resident, other = builders.resident(register, "N-1"), builders.resident(register, "N-2")
    entry = register.perform(NEEDS.enter, resident_id=resident, kind=NeedKind.SEPARATE_FROM, other_id=other).value
    with register.read() as snapshot:
        (row,) = queries.of_resident(snapshot, resident_id=resident)
        assert (row.other, row.entered_by) == ("N-2", "A. Berisha")
        assert queries.by_resident(snapshot, [NeedKind.SEPARATE_FROM]) == {resident: (NeedKind.SEPARATE_FROM,)}
        assert queries.by_resident(snapshot, [NeedKind.DIET]) == {}
    with pytest.raises(Refused, match="Say why"):
        register.perform(NEEDS.correct, entry_id=entry, kind=NeedKind.DIET, detail="no pork")
    register.perform(NEEDS.correct, entry_id=entry, kind=NeedKind.DIET, detail="no pork", reason="misheard")
    assert _needs(register, resident) == [(NeedKind.DIET, "no pork")]
    register.perform(NEEDS.take_back, entry_id=entry, reason="another person")
    assert _needs(register, resident) == []
    with register.read() as snapshot:
        told = [row.what.text for row in history.of_resident(snapshot, resident_id=resident)]
    assert told[:4] == ["Took a need back", "Corrected a need", "Refused: {what}", "Entered a need"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": None}, "kind"),
        ({"kind": NeedKind.OTHER}, "detail"),
        ({"kind": NeedKind.SEPARATE_FROM}, "other_id"),
        ({"kind": NeedKind.SEPARATE_FROM, "other_id": 1}, "other_id"),
        ({"kind": NeedKind.SEPARATE_FROM, "other_id": 77}, "other_id"),
        ({"kind": NeedKind.DIET, "other_id": 1}, "other_id"),
        ({"kind": "sleep"}, "kind"),
    ],
)
def test_what_says_too_little_is_refused_beside_its_field(
    register: Register, said: dict[str, object], field: str
) -> None:
    resident = builders.resident(register)
    with pytest.raises(Refused) as refused:
        register.perform(NEEDS.enter, resident_id=resident, **said)
    assert refused.value.field == field


def test_what_is_sealed_is_entered_by_a_clerk_and_told_to_health_staff_alone(register: Register) -> None:
    resident = builders.resident(register)
    leavers.at_desk(register, Role.CLERK)
    for kind in sorted(SEALED_NEEDS):
        register.perform(NEEDS.enter, resident_id=resident, kind=kind, detail="Zzyzx")
    register.perform(NEEDS.enter, resident_id=resident, kind=NeedKind.CRIB)
    with pytest.raises(Refused, match="Only who is to be"):
        register.perform(NEEDS.enter, resident_id=resident, kind=NeedKind.PREGNANCY, other_id=resident)
    for role in (Role.CLERK, Role.SUPERVISOR, Role.INSPECTOR, Role.ADMINISTRATOR):
        leavers.at_desk(register, role)
        assert _needs(register, resident) == [(NeedKind.CRIB, "")]
        with register.read() as snapshot:
            assert queries.by_resident(snapshot) == {resident: (NeedKind.CRIB,)}
            told = repr(history.of_resident(snapshot, resident_id=resident))
            assert "Zzyzx" not in told
            assert "Refused" not in told
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    assert len(_needs(register, resident)) == 4
    with register.read() as snapshot:
        assert "Zzyzx" in repr(history.of_resident(snapshot, resident_id=resident))


def test_who_guesses_the_number_of_a_sealed_need_learns_nothing_also_not_from_the_history(register: Register) -> None:
    resident = builders.resident(register)
    leavers.at_desk(register, Role.CLERK)
    sealed = register.perform(NEEDS.enter, resident_id=resident, kind=NeedKind.PREGNANCY).value
    for guess in (sealed, sealed + 7):
        for action, said in ((NEEDS.correct, {"kind": NeedKind.CRIB}), (NEEDS.take_back, {})):
            with pytest.raises(Refused, match="not there any more"):
                register.perform(action, entry_id=guess, reason="guessed", **said)
    with register.read() as snapshot:
        assert history.of_resident(snapshot, resident_id=resident) == ()
    refused = builders.rows(register, "SELECT kind FROM trail WHERE action LIKE 'needs.%' AND details LIKE '%refused%'")
    assert refused == [("health",)] * 4, "of what is there and of what is not alike"
