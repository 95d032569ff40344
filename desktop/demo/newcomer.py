"""One arrival of the demonstration with what is on record of it, and with what is still missing."""

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select

from desktop.demo.story import Story
from models.actions import admissions, programmes
from models.actions import property as things
from models.actions.needs import NEEDS
from models.entities.stays import Stay
from models.ids import ProgrammeId, StayId
from models.queries import programmes as agreements
from models.rules.admissions import BY_STANDARD
from models.rules.vocabulary import (
    ArrivalStep,
    LanguageLevel,
    NeedKind,
    PropertyKind,
    PropertyOutcome,
    Signature,
)


def asks(story: Story, programme_id: ProgrammeId) -> None:
    """Have an agreement ask of arrivals what the standards ask, and a photo."""
    with story.register.read() as snapshot:
        programme = agreements.whole(snapshot, programme_id=programme_id)
    facts = replace(programme.facts, arrival_steps=(*BY_STANDARD, ArrivalStep.PHOTO))
    story.do(programmes.change, programme_id=programme_id, version=programme.version, facts=facts)


def is_received(story: Story, stay_id: StayId) -> None:
    """Enter some of what is on record of an arrival; the order, the injuries and the health check are still missing."""
    (resident_id,) = story.ask(select(Stay.resident_id).where(Stay.id == stay_id))
    today = story.now.on
    story.do(
        admissions.LANGUAGES.enter, resident_id=resident_id, languages=("ro",), level=LanguageLevel.MOTHER_TONGUE,
        interpreter=True,
    )  # fmt: skip
    story.do(NEEDS.enter, resident_id=resident_id, kind=NeedKind.DIET, detail="No pork")
    story.do(
        things.ITEMS.enter, stay_id=stay_id, kind=PropertyKind.MONEY, what="Banknotes", amount=Decimal("120.00"),
        currency="EUR", outcome=PropertyOutcome.KEPT, seal="S-0417", place="Safe, shelf 2",
    )  # fmt: skip
    story.do(
        things.ITEMS.enter, stay_id=stay_id, kind=PropertyKind.ITEM, what="Pocket knife",
        outcome=PropertyOutcome.REFUSED, why="Not allowed in the house",
    )  # fmt: skip
    story.do(things.RECEIPTS.enter, stay_id=stay_id, signed_on=today, signature=Signature.SIGNED, staff="B. Hoxha")
    story.do(
        admissions.ROOM_DECISIONS.enter, stay_id=stay_id, decided_on=today, decided_by="A. Berisha",
        reasons="The only bed that was free by night",
    )  # fmt: skip
