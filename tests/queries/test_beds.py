"""What stands against a bed for somebody who is not on the roll yet."""

from datetime import date

from models.actions import rooms, selection, stays
from models.ids import BedId
from models.queries import beds
from models.queries import rooms as room_rows
from models.rules.birth import BirthDate
from models.rules.residents import PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import BedKind, CandidateState, Regime, RoomKind, Sex
from models.store.register import Register
from models.text import translator
from tests import builders
from tests.actions.test_selection import candidate, proposed


def _bed(register: Register, name: str, kind: RoomKind | None, bed: BedKind = BedKind.PLAIN) -> BedId:
    (room,) = register.perform(rooms.add_room, name=name, beds=1, kind=kind).value
    with register.read() as snapshot:
        found = room_rows.one(snapshot, room_id=room)
    assert found is not None
    bed_id = found.beds[0].bed_id
    register.perform(rooms.change_bed, bed_id=bed_id, name="A", kind=bed)
    return bed_id


def _said(register: Register, **of: object) -> tuple[list[str], bool]:
    with register.read() as snapshot:
        found = beds.asked(snapshot, **of)  # type: ignore[arg-type]
    return [translator("en").render(each.said) for each in found.objections], found.is_final


def test_what_is_typed_counts_before_what_the_list_says(register: Register) -> None:
    programme = builders.programme(register, "OPEN", regime=Regime.OPEN)
    women, cell = _bed(register, "1", RoomKind.WOMEN), _bed(register, "2", RoomKind.DETENTION)
    crib = _bed(register, "3", None, BedKind.CRIB)
    man = candidate(register, programme, proposed(register, programme), sex=Sex.MALE)
    assert _said(register, bed_id=women, candidate_id=man) == (
        ["Room 1 is for women, and Ahmadzai, Gul 5 is male."],
        False,
    )
    typed = PersonFacts(family_name="Noori", sex=Sex.FEMALE, birth=BirthDate(2000, 1, 1))
    assert _said(register, bed_id=women, candidate_id=man, person=typed) == ([], False)
    assert _said(register, bed_id=cell, programme_id=programme, person=typed)[1], "nobody may allow it"
    assert _said(register, bed_id=crib, programme_id=programme, person=typed)[1]
    detained = builders.programme(register, "SHUT", regime=Regime.DETAINED)
    assert _said(register, bed_id=cell, programme_id=detained, person=typed) == ([], False)


def test_a_family_of_the_list_is_one_before_the_first_of_them_has_come_and_a_single_person_is_none(
    register: Register,
) -> None:
    """As it is with the arrival itself: what is said before and what is refused then are one."""
    programme = builders.programme(register, "OPEN", regime=Regime.OPEN)
    on, family = proposed(register, programme), _bed(register, "1", RoomKind.FAMILIES)
    mother, child, alone = (
        candidate(register, programme, on, row, family_group=group) for row, group in ((2, "F1"), (3, "F1"), (4, "F2"))
    )
    assert [_said(register, bed_id=family, candidate_id=each)[0] == [] for each in (mother, child, alone)] == [
        True,
        True,
        False,
    ]
    register.perform(selection.decide, candidate_id=mother, outcome=CandidateState.ACCEPTED, decided_by="L. Hoxha")
    register.perform(
        stays.admit, programme_id=programme, candidate_id=mother, arrived=Moment(date(2026, 11, 20)), bed_id=family
    )
    with register.read() as snapshot:
        (row,) = room_rows.people(snapshot)
    assert row.bed == "A"
    assert _said(register, bed_id=family, candidate_id=child) == ([], False)
