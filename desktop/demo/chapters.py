"""The four programmes of the demonstration, each with its lists, its people and what becomes of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from operator import attrgetter
from random import Random
from typing import TypeVar

from sqlalchemy import select

from desktop.demo import newcomer, persons
from desktop.demo.counts import counted_house
from desktop.demo.persons import Invented
from desktop.demo.staff import SUPERVISOR
from desktop.demo.story import Guest, Story, Way
from models.actions import endings, stays, transports
from models.actions.programmes import add_preset
from models.entities.transports import Passenger
from models.ids import CandidateId, ProgrammeId, TransportId
from models.rules.birth import BirthDate
from models.rules.departures import REQUIRED
from models.rules.money import Payment
from models.rules.presets import Stated
from models.rules.report_sections import USUAL
from models.rules.residents import PersonFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import (
    AbsenceKind,
    CheckKind,
    DepartureKind,
    LimitRule,
    PaymentKind,
    ReportSection,
    SealedKind,
    Sex,
    TransportMeans,
)
from models.text import N_

T = TypeVar("T")

HOUSE, VILLAGE, CELLS = "House A", "Village", "Block G"

RETURN = Way(DepartureKind.VOLUNTARY_RETURN)
REMOVAL = Way(DepartureKind.REMOVAL)
CANADA = Way(DepartureKind.ONWARD_RESETTLEMENT, "CA", "Toronto")
SPAIN = Way(DepartureKind.ONWARD_RESETTLEMENT, "ES", "Madrid")
AMERICA = Way(DepartureKind.ONWARD_RESETTLEMENT, "US", "Dulles")
PARTNER = Way(DepartureKind.BACK_TO_PARTNER)
CUSTODY = Way(DepartureKind.TRANSFER_OF_CUSTODY)
GRANTED = Way(DepartureKind.STAY_GRANTED)


ASKS_NOTHING: Stated = {"arrival_steps": ()}
"""Of those who came before, nothing is asked; only the last arrival of UK-RETURN is asked what the standards ask."""


def _addressed(office: str, reference: str) -> Stated:
    """To whom the invented reports of a programme go."""
    return {**ASKS_NOTHING, "addressee": office, "agreement_reference": reference}


_TO_AMERICA = _addressed("Invented Bureau of Relocation\n1 Example Avenue, Washington", "Invented note 11/2025")
_TO_LONDON = _addressed("Invented Returns Directorate\n2 Example Street, London", "Invented letter 7")
_TO_COPENHAGEN: Stated = {
    **_addressed("Invented Prison Service\n3 Example Gade, Copenhagen", "Invented treaty note 3"),
    "names_ground": "Invented treaty note 4: the partner names those whose sentence it enforces",
    "report_sections": (*map(str, USUAL), ReportSection.NAMES.value),
}


def _day(start: date, days: int) -> date:
    return start + timedelta(days=days)


# -- United States: 47 residents of 64 candidates ---------------------------------------------------------------------

_REFUSED_FIRST = {
    3: "Sentenced for armed robbery",
    9: "Sentenced for trafficking",
    12: "Sentenced for assault",
    17: "Sentenced for smuggling of people",
    21: "Sentenced for arson",
    28: "Sentenced for robbery",
}
_REFUSED_SECOND = {
    2: "Sentenced for extortion",
    8: "Sentenced for robbery",
    15: "Sentenced for assault",
    19: "Danger to public security",
}


INVENTED = N_(
    "A demonstration: the limit of 180 days and the 41 euros for each person and night are invented. Public: the "
    "decision of 11 June 2025, up to 50 persons in one year."
)


def united_states(story: Story) -> None:
    """Two lists, places that run out, and every situation that Today knows."""
    start = Month.of(story.today).next(-10).first
    programme = story.do(
        add_preset,
        code="US-2025",
        window_start=start,
        stated={"limit_rule": LimitRule.DAYS, "limit_amount": 180, "source": INVENTED, **_TO_AMERICA},
        payments=[Payment(PaymentKind.PERSON_NIGHT, Decimal("41.00"), start)],
    )
    chance, today = story.chance, story.today
    first = [persons.single(chance, chance.choice(persons.OVERSEAS), f"900-1{n:02}", today) for n in range(32)]
    first += persons.family(chance, persons.AFGHANISTAN, "900-171", today, children=2)
    first += persons.family(chance, persons.VENEZUELA, "900-172", today, children=2)
    first[9] = replace(first[9], history="Y", remarks="served a sentence of four years")
    first[14] = replace(first[14], history="see file")
    second = [persons.single(chance, chance.choice(persons.OVERSEAS), f"900-2{n:02}", today) for n in range(24)]
    story.at(_day(start, 2), partial(_us_first, story, programme, first))
    story.at(_day(today, -150), partial(_us_second, story, programme, second))


_US_ABOUT = "Transmitted under the arrangement. For selection by the receiving Government."


def _us_first(story: Story, programme: ProgrammeId, listed: Sequence[Invented]) -> None:
    """Forty people, 32 alone and two families: six are refused, one acceptance is withdrawn, 33 come."""
    start = story.now.on
    guests = story.propose(programme, "US-01", _US_ABOUT, listed)
    coming = _select(story, guests, _REFUSED_FIRST, start)
    gone = coming.pop(4)
    story.at(_day(start, 18), partial(story.withdraw, gone, "The partner has taken the proposal back"))
    groups = _groups(coming)
    ways = [RETURN] * 11 + [CANADA] * 4 + [PARTNER] * 2 + [REMOVAL] * 2 + [GRANTED] + [RETURN] * 12
    for place, group in enumerate(groups):
        arrives_on = _day(start, 24 + 4 * (place // 4))
        for guest in group:
            story.at(arrives_on, partial(story.arrive, guest, HOUSE), hour=11, minute=5 * (place % 4))
        leaves_on = _day(arrives_on, 62 + (place * 37) % 105)
        if place == 0:
            leaves_on = _day(arrives_on, 47)
            story.at(leaves_on, partial(_dies, story, group[0]), hour=7)
        elif place == 1:
            leaves_on = _day(arrives_on, 67)
            story.at(leaves_on, partial(_leaves, story, group[0]), hour=7)
        elif place == len(groups) - 1:
            leaves_on = _family_stays(story, group, arrives_on)
        else:
            story.leave(group, SPAIN if len(group) > 1 else ways[place], leaves_on)
        for guest in group:
            story.reviews(guest, arrives_on, leaves_on)
        away = partial(story.away, group[0], AbsenceKind.HOSPITAL, "Regional hospital", hours=30)
        story.at(_day(arrives_on, 30), away)


def _select(story: Story, guests: Sequence[Guest], refused: dict[int, str], start: date) -> list[Guest]:
    """Screen everybody of a list within two weeks; gives who was accepted."""
    for place, guest in enumerate(guests):
        if place in refused:
            story.at(_day(start, 9), partial(story.refuse, guest, refused[place]))
        else:
            story.at(_day(start, 10 + place % 5), partial(story.accept, guest), hour=10)
    return [guest for place, guest in enumerate(guests) if place not in refused]


def _groups(guests: Sequence[T], who: Callable[[T], Invented] = attrgetter("who")) -> list[list[T]]:
    """Who travels together: families, and everybody else alone."""
    groups: dict[str, list[T]] = {}
    for guest in guests:
        groups.setdefault(who(guest).group or who(guest).case, []).append(guest)
    return list(groups.values())


def _family_stays(story: Story, group: Sequence[Guest], arrived_on: date) -> date:
    """A family whose resettlement takes longer than its limit, which is extended in time."""
    limit = max(_day(story.today, 70), _day(arrived_on, 260))
    for guest in group:
        story.at(_day(arrived_on, 168), partial(story.extend, guest, limit, "Resettlement is under way"))
    return story.today


def _dies(story: Story, guest: Guest) -> None:
    story.do(
        endings.record_death,
        stay_id=guest.stay,
        moment=story.now,
        place="Regional hospital",
        certified_by="Dr. A. Shala",
        family_told="Sister, by telephone, on the same day",
    )
    story.vacate([guest])


def _leaves(story: Story, guest: Guest) -> None:
    story.do(
        endings.record_left,
        stay_id=guest.stay,
        moment=story.now,
        seen_last="House A, at the roll call of 22:00",
        how_known="A note on the bed says so",
    )
    story.vacate([guest])


def _us_second(story: Story, programme: ProgrammeId, listed: Sequence[Invented]) -> None:
    """Twenty-four people: four refused, two on hold, two not decided, two expected, fourteen here or gone."""
    start, today = story.now.on, story.today
    guests = story.propose(programme, "US-02", _US_ABOUT, listed)
    for guest in guests[20:22]:
        story.at(_day(start, 12), partial(story.hold, guest, "The partner's file is awaited"))
    coming = _select(story, guests[:20], _REFUSED_SECOND, start)
    here, last = coming[:14], Month.of(today).next(-1).first
    leaving = {5: (CANADA, 12), 8: (RETURN, 17), 9: (PARTNER, 23)}
    for place, guest in enumerate(here):
        arrives_on = _day(start, 22 + 4 * place) if place < 12 else _day(last, 3 + 6 * (place - 12))
        story.at(arrives_on, partial(story.arrive, guest, HOUSE), hour=11)
        leaves_on = _day(last, leaving[place][1]) if place in leaving else today
        story.reviews(guest, arrives_on, leaves_on, but_last=place == 7)
        if place in leaving:
            story.leave([guest], leaving[place][0], leaves_on)
    limit_on = _day(today, -3)
    story.at(_day(today, -20), partial(_shorten, story, here[0], limit_on), hour=15)
    _soon_leaving(story, here[1], RETURN, _day(today, 2), stale=True)
    _soon_leaving(story, here[2], RETURN, _day(today, 1), stale=False)
    _sealed_notes(story, here)
    story.at(_day(today, -30), partial(story.plan, [here[3]], REMOVAL, _day(today, 20)), hour=9)
    risk = partial(story.check, here[3], CheckKind.NON_REFOULEMENT, passed=False)
    story.at(_day(today, -9), risk, hour=12)
    story.at(_day(today, -12), partial(story.plan, [here[4]], CANADA, _day(today, 25)), hour=10)
    overdue = partial(story.away, here[6], AbsenceKind.HOSPITAL, "Regional hospital", hours=8, back=False)
    story.at(_day(today, -1), overdue, hour=10)
    story.at(today, partial(story.away, here[7], AbsenceKind.COURT, "Basic court", hours=30), hour=7)
    wedding = partial(story.plan_leave, here[10], "Rruga e Dëshmorëve 14, Gjilan", "The wedding of a cousin")
    story.at(today, wedding, hour=7)


def _sealed_notes(story: Story, here: Sequence[Guest]) -> None:
    """What only health and legal staff may read; of complaints the inspector too."""
    claim = "Says that an asylum claim is to be lodged; counsel was called on the same day."
    for guest, kind, text in (
        (here[0], SealedKind.HEALTH, "High blood pressure. Takes medicine twice a day; kept in the infirmary."),
        (here[2], SealedKind.ASYLUM_CLAIM, claim),
        (here[3], SealedKind.ASYLUM_CLAIM, claim),
        (here[3], SealedKind.HEALTH, "Sleeps badly since the arrival. Sees the psychologist each week."),
    ):
        story.at(_day(story.today, -16), partial(story.note, guest, kind, text), hour=13)
    telephone = "Complains that the telephone was out of order for two days."
    told = partial(story.complaint, here[3], telephone, "Repaired; told so in writing.")
    story.at(_day(story.today, -16), told, hour=14)
    window = "Complains that the window of the room does not close."
    story.at(_day(story.today, -15), partial(story.complaint, here[1], window), hour=15)
    story.at(_day(story.today, -11), partial(story.fight, [here[3], here[4]]), hour=21)


def _shorten(story: Story, guest: Guest, limit_on: date) -> None:
    """A date of the partner replaces the limit, and passes."""
    story.do(
        stays.fix_limit,
        stay_id=guest.stay,
        until=limit_on,
        reason="The partner names the day of onward travel",
        decided_by="US Department of State",
        authority="Note verbale 118",
    )


def _soon_leaving(story: Story, guest: Guest, way: Way, travel_on: date, *, stale: bool) -> None:
    """A plan whose day is near: all is there, or the non-refoulement check is too old by then."""
    story.at(_day(travel_on, -40), partial(story.plan, [guest], way, travel_on), hour=10)
    for kind in REQUIRED[way.kind]:
        if kind is CheckKind.BEST_INTERESTS:
            continue
        days = 36 if stale and kind is CheckKind.NON_REFOULEMENT else 3 if kind is CheckKind.FIT_TO_TRAVEL else 12
        on = story.today if kind is CheckKind.PROPERTY_RETURNED else _day(travel_on, -days)
        if not (stale and kind is CheckKind.PROPERTY_RETURNED):
            story.at(on, partial(story.check, guest, kind), hour=7)


# -- United Kingdom: 12 residents -------------------------------------------------------------------------------------


def united_kingdom(story: Story) -> None:
    """A small programme; its last arrival is an emergency that is not yet in order."""
    start = Month.of(story.today).next(-14).first
    programme = story.do(add_preset, code="UK-RETURN", window_start=start, stated=_TO_LONDON)
    listed = [
        persons.single(story.chance, story.chance.choice(persons.ASYLUM), f"HO-{5100 + n}", story.today)
        for n in range(12)
    ]
    story.at(_day(start, 3), partial(_uk_list, story, programme, listed))
    story.at(_day(story.today, -6), partial(_uk_emergency, story, programme), hour=2)


def _uk_list(story: Story, programme: ProgrammeId, listed: Sequence[Invented]) -> None:
    start = story.now.on
    about = "Persons whose asylum claims were refused for good."
    guests = story.propose(programme, "UK-01", about, listed)
    coming = _select(story, guests, {7: "An appeal is open"}, start)
    ways = [RETURN, REMOVAL, RETURN, PARTNER, RETURN, REMOVAL]
    for place, guest in enumerate(coming):
        arrives_on = _day(start, 20 + 30 * place)
        leaves_on = _day(arrives_on, 130 + 12 * place)
        story.at(arrives_on, partial(story.arrive, guest, HOUSE), hour=13)
        story.reviews(guest, arrives_on, leaves_on if place < len(ways) else story.today)
        if place < len(ways):
            story.leave([guest], ways[place], leaves_on)


def _uk_emergency(story: Story, programme: ProgrammeId) -> None:
    person = PersonFacts(
        family_name="Ardelean",
        given_names="Vlad",
        sex=Sex.MALE,
        birth=BirthDate(1989, about=True),
        nationality="RO",
        languages=("ro",),
        partner_number="HO-5199",
    )
    newcomer.asks(story, programme)
    stay_id = story.do(
        stays.admit,
        by=SUPERVISOR,
        programme_id=programme,
        arrived=story.now,
        person=person,
        bed_id=story.bed(HOUSE),
        emergency_reason="Came with the night flight without being on a list",
    )
    newcomer.is_received(story, stay_id)


# -- Denmark: 120 residents -------------------------------------------------------------------------------------------


def denmark(story: Story) -> None:
    """A prison: one cell each, until the release date of the sentence."""
    start = Month.of(story.today).next(-14).first
    programme = story.do(add_preset, code="DK-GJILAN", window_start=start, stated=_TO_COPENHAGEN)
    chance = story.chance
    listed = []
    for n in range(126):
        person = persons.single(
            chance, chance.choice(persons.PRISON), f"{7000 + n}-{23972 + n * 31}", story.today, women=0
        )
        release_on = _day(start, 200 + chance.randint(0, 1400))
        listed.append(replace(person, expulsion="Ja", release=release_on))
    for batch in range(3):
        part, code = listed[batch * 42 : (batch + 1) * 42], f"DK-0{batch + 1}"
        story.at(_day(start, 1 + 90 * batch), partial(_dk_list, story, programme, part, code))


def _dk_list(story: Story, programme: ProgrammeId, listed: Sequence[Invented], code: str) -> None:
    start = story.now.on
    about = "Sentenced persons with a decision on expulsion."
    guests = story.propose(programme, code, about, listed)
    coming = _select(story, guests, {6: "Sentenced for terrorism", 30: "Serious mental illness"}, start)
    waits_for_escape = code == "DK-01"
    for place, guest in enumerate(coming):
        arrives_on = _day(start, 20 + 2 * place)
        release_on = guest.who.release or story.today
        if release_on <= _day(arrives_on, 40):
            release_on = _day(arrives_on, 60)
            guest.who = replace(guest.who, release=release_on)
        story.at(arrives_on, partial(story.arrive, guest, CELLS), hour=10, minute=place % 50)
        leaves_on = _day(arrives_on, 80) if place == 5 else _day(release_on, -1)
        story.reviews(guest, arrives_on, leaves_on)
        if place == 5:
            story.at(leaves_on, partial(_released, story, guest), hour=12)
        elif waits_for_escape and leaves_on < story.today:
            waits_for_escape = False
            story.at(leaves_on, partial(_escapes, story, guest), hour=3)
        else:
            story.leave([guest], CUSTODY if place % 9 == 4 else REMOVAL, leaves_on)


def _escapes(story: Story, guest: Guest) -> None:
    story.do(
        endings.record_escape,
        stay_id=guest.stay,
        moment=story.now,
        last_seen="Block G, at the count of 22:00",
        reported_to="Police station 2",
    )
    story.vacate([guest])


def _released(story: Story, guest: Guest) -> None:
    story.do(
        endings.record_release,
        stay_id=guest.stay,
        moment=story.now,
        authority="Court of Appeal",
        order_number=f"AP {guest.stay}/{story.now.on.year}",
        order_date=_day(story.now.on, -1),
    )
    story.vacate([guest])


# -- Evacuees: 300 residents ------------------------------------------------------------------------------------------


def evacuees(story: Story) -> None:
    """Families who come by the busload, and travel on once the vetting ends."""
    start = Month.of(story.today).next(-14).first
    programme = story.do(add_preset, code="LIYA-2021", stated=_TO_AMERICA)
    listed = _families(story, 300)
    groups = _groups(listed, lambda person: person)
    half = sum(map(len, groups[: len(groups) * 11 // 20]))
    story.at(_day(start, 1), partial(_evacuee_list, story, programme, listed[:half], "LIYA-01"))
    story.at(_day(start, 190), partial(_evacuee_list, story, programme, listed[half:], "LIYA-02"))
    story.at(_day(story.today, -9), partial(_bus, story, programme, listed[0]), hour=10)


_BUS = 16
"""So many cases less one are on the last bus; two people do not come."""


def _bus(story: Story, programme: ProgrammeId, gone: Invented) -> None:
    """A bus of this morning: it has come, and nobody of it is admitted yet."""
    chance = Random(f"bus {story.today}")
    listed: list[Invented] = []
    for case in range(1, _BUS):
        children = chance.randint(0, 4) if case % 3 else 0
        group = persons.family(chance, persons.AFGHANISTAN, f"B{case:04}", story.today, children=children)
        single = persons.single(chance, persons.AFGHANISTAN, f"B{case:04}", story.today)
        listed += group if children else [single]
    first, last = [place for place, person in enumerate(listed) if not person.group][:2]
    listed[first] = replace(
        listed[first], family=gone.family, given=gone.given, script=gone.script, sex=gone.sex, born=gone.born
    )
    listed[last] = replace(listed[last], born=f"approx. {story.today.year - 17}")
    guests = story.propose(programme, "LIYA-03", "Evacuees and their families.", listed)
    for guest in guests:
        story.accept(guest)
    story.at(_day(story.today, -2), partial(_expect_bus, story, [guest.candidate_id for guest in guests]), hour=15)


def _expect_bus(story: Story, candidates: Sequence[CandidateId]) -> None:
    hour = Moment.of_clock(story.today, time(5, 30), story.register.facility.zone)
    transport_id = story.do(
        transports.add,
        means=TransportMeans.BUS,
        number="01-482-KS",
        from_place="Prishtina airport",
        escort="Border police, Lt. Kelmendi",
        expected=hour,
        candidate_ids=candidates,
    )
    story.at(story.today, partial(_bus_comes, story, transport_id), hour=5, minute=52)


def _bus_comes(story: Story, transport_id: TransportId) -> None:
    story.do(transports.come, transport_id=transport_id, came=story.now)
    last = select(Passenger.id).where(Passenger.transport_id == transport_id).order_by(Passenger.id.desc()).limit(2)
    story.do(transports.board, transport_id=transport_id, passenger_ids=list(story.ask(last)), is_aboard=False)


def _families(story: Story, many: int) -> list[Invented]:
    listed: list[Invented] = []
    case = 0
    while len(listed) < many:
        case += 1
        children = min(story.chance.randint(0, 5), max(many - len(listed) - 2, 0))
        if many - len(listed) < 2 or story.chance.random() < 0.15:
            group = [persons.single(story.chance, persons.AFGHANISTAN, f"L{case:04}", story.today)]
        else:
            group = persons.family(story.chance, persons.AFGHANISTAN, f"L{case:04}", story.today, children=children)
        listed += [replace(person, vetting=story.chance.choice(("pending", "second review"))) for person in group]
    return listed


def _evacuee_list(story: Story, programme: ProgrammeId, listed: Sequence[Invented], code: str) -> None:
    start = story.now.on
    guests = story.propose(programme, code, "Evacuees and their families.", listed)
    for guest in guests:
        story.at(_day(start, 2), partial(story.accept, guest), hour=8)
    for place, group in enumerate(_groups(guests)):
        arrives_on = _day(start, 4 + place // 16)
        leaves_on = _day(arrives_on, 110 + (place * 53) % 330)
        for guest in group:
            story.at(arrives_on, partial(story.arrive, guest, VILLAGE), hour=5, minute=place % 16)
            story.reviews(guest, arrives_on, leaves_on)
            if leaves_on > _day(arrives_on, 350):
                extend = partial(story.extend, guest, _day(arrives_on, 450), "The vetting has not ended")
                story.at(_day(arrives_on, 340), extend)
        story.leave(group, CANADA if place % 6 == 5 else GRANTED if place % 17 == 3 else AMERICA, leaves_on)


ALL = (united_states, united_kingdom, denmark, evacuees, counted_house)
"""The chapters of the demonstration, in the order in which their programmes are added."""
