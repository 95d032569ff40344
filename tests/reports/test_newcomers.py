"""The cards and the sheet of the first night: who is on them, what they tell, and what they do not."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import segno
from pypdf import PdfReader

from models.actions import needs, transports
from models.clock import FixedClock
from models.errors import Refused
from models.ids import ResidentId, TransportId
from models.queries import newcomers
from models.queries.newcomers import CardRow
from models.queries.transports import name_of, one
from models.rules.papers import Imprint
from models.rules.time import Moment
from models.rules.vocabulary import NeedKind, Role, Sex
from models.store import search
from models.store.register import Register
from models.text import LANGUAGES, translator
from reports import cards, first_night, terms
from reports.page import INK, Box, Furniture
from tests import builders
from tests.actions.leavers import at_desk
from tests.actions.test_transports import CAME, admit, expected, listed
from tests.reports import pdf_text

IMPRINT = Imprint(
    language="en", facility="North", printed_by="A. Berisha", printed_at=datetime(2026, 11, 21, 5, 30, tzinfo=UTC)
)


@pytest.fixture
def bus(register: Register) -> TransportId:
    """Nine people on a bus of this morning who are admitted, and one of September who is not of it."""
    programme = builders.programme(register, places=None)
    builders.stay(register, builders.resident(register, "K-0900", family_name="Earlier"), programme, date(2026, 9, 1))
    people = listed(
        register,
        programme,
        {"family_name": "Đorđević", "given_names": "Žarko", "own_script": "Жарко Ђорђевић", "nationality": "RS"},
        *({"sex": Sex.FEMALE} for _ in range(8)),
    )
    transport_id = expected(register, people)
    register.perform(transports.come, transport_id=transport_id, came=CAME)
    admit(register, transport_id)
    return transport_id


def _cards(
    register: Register,
    *,
    resident_id: ResidentId | None = None,
    transport_id: TransportId | None = None,
    from_on: date | None = None,
) -> tuple[CardRow, ...]:
    with register.read() as snapshot:
        return newcomers.cards(snapshot, resident_id=resident_id, transport_id=transport_id, from_on=from_on)


def test_a_card_names_the_person_and_tells_neither_nationality_nor_reason(register: Register, bus: TransportId) -> None:
    (zarko,) = [card for card in _cards(register, transport_id=bus) if card.family_name == "Đorđević"]
    text = pdf_text.text(cards.one_each([zarko], IMPRINT))
    for said in ("North", "Đorđević, Žarko", "Жарко Ђорђевић", zarko.number, "until the departure", "21 Nov 2026"):
        assert said in text, said
    for secret in ("RS", "Serbia", "US-2025", "relocation"):
        assert secret not in text


def test_the_code_of_a_card_is_the_number_and_the_search_box_finds_it_however_a_scanner_types_it(
    register: Register, bus: TransportId
) -> None:
    card = _cards(register, transport_id=bus)[0]
    furniture = Furniture.of(IMPRINT, terms.translator_of("en"), title="Cards")
    (strip,) = cards.strips_of([card], IMPRINT, terms.translator_of("en"), furniture)
    drawn = [mark for mark in strip.marks if isinstance(mark, Box) and mark.colour == INK and mark.height > 1]
    left, top = min(box.x for box in drawn), min(box.y for box in drawn)
    boxes = [replace(box, x=box.x - left, y=box.y - top) for box in drawn]
    matrix = segno.make_qr(card.number, error="m").matrix
    size = boxes[0].height / 1.02
    dark = {
        (round(box.y / size), round(box.x / size) + along) for box in boxes for along in range(round(box.width / size))
    }
    assert dark == {(down, along) for down, row in enumerate(matrix) for along, bit in enumerate(row) if bit}
    builders.resident(register, f"{card.number}0", family_name="Longer")
    with register.read() as snapshot:
        for typed in (card.number, card.number.replace("-", "/"), card.number.replace("-", "'"), f"{card.number} "):
            assert search.find(snapshot.connection, typed)[0] == card.resident_id, typed


def test_eight_cards_stand_on_a_page_and_each_of_nine_has_one(register: Register, bus: TransportId) -> None:
    found = _cards(register, transport_id=bus)
    assert len(found) == 9
    for letterhead in ("", "Republic of Kosovo\nMinistry of Internal Affairs\nDepartment of Citizenship"):
        made = cards.eight(found, replace(IMPRINT, letterhead=letterhead))
        assert len(PdfReader(BytesIO(made)).pages) == 2
    single = PdfReader(BytesIO(cards.one_each(found, IMPRINT))).pages
    assert len(single) == 9
    assert [round(float(side) / 72 * 25.4, 1) for side in single[0].mediabox[2:]] == [85.6, 54.0]
    text = pdf_text.text(cards.eight(found, IMPRINT))
    assert all(card.number in text for card in found)


def test_without_a_choice_there_are_the_cards_of_last_night_alone(register: Register, bus: TransportId) -> None:
    assert {card.number for card in _cards(register)} == {card.number for card in _cards(register, transport_id=bus)}
    assert len(_cards(register, from_on=date(2026, 9, 1))) == 10
    (one,) = _cards(register, resident_id=ResidentId(1))
    assert one.number == "K-0900"
    with pytest.raises(Refused, match="A card is for somebody on the roll"):
        _cards(register, resident_id=ResidentId(999))
    for draw in (cards.one_each, cards.eight):
        assert "Nobody has come." in pdf_text.text(draw((), IMPRINT))


def test_the_first_night_tells_what_may_be_told_and_nothing_that_is_sealed(
    register: Register, bus: TransportId
) -> None:
    who = _cards(register, transport_id=bus)[0]
    at_desk(register, Role.HEALTH_LEGAL)
    for kind in (NeedKind.HELP_TO_LEAVE, NeedKind.PREGNANCY):
        register.perform(needs.NEEDS.enter, resident_id=who.resident_id, kind=kind)
    for role in (Role.HEALTH_LEGAL, Role.SUPERVISOR, Role.CLERK):
        at_desk(register, role)
        with register.read() as snapshot:
            night = newcomers.first_night(snapshot)
        assert {row.needs for row in night.rows if row.resident_id == who.resident_id} == {(NeedKind.HELP_TO_LEAVE,)}
    text = pdf_text.text(first_night.draw(night, IMPRINT))
    assert "9 people have come since 20 Nov 2026" in text
    assert "Help to leave the house" in text
    assert "Pregnan" not in text
    assert "speaks" in text


def test_a_night_on_which_nobody_came_says_so(register: Register, bus: TransportId) -> None:
    with register.read() as snapshot:
        night = replace(newcomers.first_night(snapshot), rows=())
    assert "Nobody has come since" in pdf_text.text(first_night.draw(night, IMPRINT))


def test_the_hour_stands_alone_where_all_came_in_one_night_and_beside_its_day_elsewhere(
    register: Register, bus: TransportId
) -> None:
    with register.read() as snapshot:
        night = newcomers.first_night(snapshot)
    first, *rest = night.rows
    earlier = replace(first, arrived=Moment(date(2026, 11, 18), datetime(2026, 11, 18, 1, 0, tzinfo=UTC)))
    assert "21 Nov 2026" not in pdf_text.text(first_night.draw(night, IMPRINT)).partition("Printed")[0]
    text = pdf_text.text(first_night.draw(replace(night, rows=(earlier, *rest)), IMPRINT))
    assert "18 Nov 2026 02:00" in text
    assert text.partition("Printed")[0].count("21 Nov 2026") == len(rest)


def test_who_came_the_evening_before_is_still_of_tonight_in_the_morning(
    register: Register, bus: TransportId, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
    with register.read() as snapshot:
        assert len(newcomers.first_night(snapshot).rows) == 9
    clock.instant = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
    with register.read() as snapshot:
        assert newcomers.first_night(snapshot).rows == ()


def test_the_papers_of_a_transport_say_of_which_whenever_it_came(
    register: Register, bus: TransportId, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
    with register.read() as snapshot:
        papers = newcomers.transport_papers(snapshot, transport_id=bus)
        name = translator("en").render(name_of(one(snapshot, transport_id=bus)))
    page = pdf_text.pages(first_night.transport_papers(papers, IMPRINT))[0]
    assert "21 Nov 2026" in name
    assert f"{name} 9 people of it are on the roll" in page
    assert "have come since" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_papers_of_a_transport_are_one_file_with_the_same_bytes_each_time(
    register: Register, bus: TransportId, language: str
) -> None:
    imprint = Imprint(language=language, facility="North", printed_by="A", printed_at=IMPRINT.printed_at)
    with register.read() as snapshot:
        papers = newcomers.transport_papers(snapshot, transport_id=bus)
    made = first_night.transport_papers(papers, imprint)
    assert made == first_night.transport_papers(papers, imprint)
    pages = pdf_text.pages(made)
    assert len(pages) == 1 + 9 + 2, "the first night, an admission sheet for each, nine cards"
    assert all(f"{number} / 12" in page for number, page in enumerate(pages, 1))
