"""The papers of an arrival: what stands on them, in each language, and what never does."""

import unicodedata
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from models.actions import admissions as actions
from models.actions import photos
from models.actions import property as things
from models.actions.needs import NEEDS
from models.errors import Refused
from models.ids import ResidentId, StayId
from models.queries import admission_papers
from models.rules import leaflets
from models.rules.papers import Imprint
from models.rules.vocabulary import NeedKind
from models.store.register import Register
from reports import admissions
from reports import type as lettering
from tests import builders
from tests.actions.test_admissions import _KEPT, EACH, SIGNED, TODAY, arrived, owner_of
from tests.conftest import NOON
from tests.reports.pdf_text import reader
from tests.reports.pdf_text import text as text_of


def _imprint(language: str) -> Imprint:
    return Imprint(language=language, facility="North", printed_by="A. Berisha", printed_at=NOON, trail_head="ab" * 32)


def _facts(register: Register, stay: StayId) -> admission_papers.AdmissionFacts:
    whose = ResidentId(owner_of(register, actions.CHILDREN, stay)["resident_id"])
    with register.read() as snapshot:
        return admission_papers.of_resident(snapshot, resident_id=whose)


@pytest.fixture
def stay(register: Register) -> StayId:
    stay = arrived(register, languages=("sq", "prs"))
    for what, said, _more in EACH:
        if what not in (things.ITEMS, actions.WAIVERS, actions.CHILDREN):
            register.perform(what.enter, **owner_of(register, what, stay), **said)
    owner = owner_of(register, NEEDS, stay)
    register.perform(NEEDS.enter, kind=NeedKind.DIET, detail="no pork", **owner)
    register.perform(NEEDS.enter, kind=NeedKind.PREGNANCY, detail="Zzyzx", **owner)
    return stay


def test_the_admission_sheet_says_what_is_on_record_and_what_is_missing_and_nothing_sealed(
    register: Register, stay: StayId
) -> None:
    said = text_of(admissions.sheet(_facts(register, stay), _imprint("en")))
    for words in ("Rahmani", "2026-118", "Mina", "no pork", "Kabul", "near the family", "Still missing", "Consulate"):
        assert words in said, words
    for sealed in ("Zzyzx", "Pregnancy", "a bruise"):
        assert sealed not in said


def test_the_receipt_says_each_thing_with_its_seal_and_what_was_given_back(register: Register, stay: StayId) -> None:
    item: dict[str, Any] = _KEPT | EACH[10][1] | {"seal": "S-17"}
    kept = register.perform(things.ITEMS.enter, stay_id=stay, **item).value
    register.perform(
        things.RETURNS.enter, stay_id=stay, item_id=kept, returned_on=TODAY, amount=Decimal("20.50"), to_whom="him",
        **SIGNED,
    )  # fmt: skip
    said = text_of(admissions.receipt(_facts(register, stay), _imprint("en")))
    for words in ("120", "EUR", "S-17", "Given back", "20.5", "him", "For the house"):
        assert words in said, words


@pytest.mark.parametrize(
    ("language", "house", "own"),
    [
        ("en", "in private", "Mund të flisni"),
        ("sr", "nasamo", "Mund të flisni"),
        ("sq", "Mund të flisni", "Mund të flisni"),
    ],
)
def test_the_leaflet_is_in_the_language_of_the_house_and_beside_it_in_the_person_s(
    register: Register, stay: StayId, language: str, house: str, own: str
) -> None:
    pdf = admissions.rights(_facts(register, stay), _imprint(language))
    said = text_of(pdf)
    assert pdf == admissions.rights(_facts(register, stay), _imprint(language)), "the same input gives the same bytes"
    assert house in said
    assert own in said


@pytest.mark.parametrize("language", sorted(leaflets.TEXTS))
def test_a_leaflet_in_a_language_that_konak_speaks_nowhere_else_says_every_sentence(language: str) -> None:
    labels = {"Leaflet on rights", "Your rights", "In which language", "Interpreter", "Explained by"}
    signed = {"The person, or why not signed", "{who}: date and signature"}
    every = {*admissions.RIGHTS, admissions.ACKNOWLEDGED, *signed, *labels}
    assert leaflets.TEXTS[language].keys() == every
    for text in leaflets.TEXTS[language].values():
        assert lettering.can_print(text), text


@pytest.mark.parametrize(
    ("spoken", "says_none"),
    [
        (("ar", "en"), ""),
        (("fa",), ""),
        (("prs", "ps"), ""),
        (("ti", "am"), "There is no leaflet on rights in Tigrinya, Amharic. Have it interpreted."),
        ((), "Which language the person understands is not entered."),
        (("en",), ""),
    ],
)
def test_a_language_without_a_leaflet_is_said_on_it_and_nobody_gets_another_in_silence(
    register: Register, spoken: tuple[str, ...], says_none: str
) -> None:
    facts = _facts(register, arrived(register, languages=spoken))
    drawn = text_of(admissions.rights(facts, _imprint("en")))
    assert (says_none in drawn) is True
    assert ("leaflet on rights in" in drawn or "is not entered" in drawn) is bool(says_none)
    other = leaflets.language_of(spoken)
    assert any(unicodedata.bidirectional(letter) == "AL" for letter in drawn) is (other in leaflets.TEXTS)
    foreign = text_of(admissions.rights(facts, _imprint("sq")))
    assert ("lawyer" in foreign) is (other in (None, "en")), "English stands for none but itself"


def test_of_who_never_arrived_there_is_no_paper(register: Register) -> None:
    resident = builders.resident(register)
    with register.read() as snapshot, pytest.raises(Refused, match="no arrival"):
        admission_papers.of_resident(snapshot, resident_id=resident)


def test_the_photo_stands_on_the_admission_sheet_where_there_is_one(register: Register, stay: StayId) -> None:
    whose = ResidentId(owner_of(register, actions.CHILDREN, stay)["resident_id"])
    assert not reader(admissions.sheet(_facts(register, stay), _imprint("en"))).pages[0].images
    face = BytesIO()
    Image.new("RGB", (35, 45), "grey").save(face, "JPEG")
    register.perform(photos.put, resident_id=whose, image=face.getvalue())
    drawn = reader(admissions.sheet(_facts(register, stay), _imprint("en")))
    assert len(drawn.pages[0].images) == 1
