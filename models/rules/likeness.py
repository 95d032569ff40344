"""Who is perhaps the same: what of two people is compared, and what it says (rules.md, Who is who).

Each fact that both have says something for or against one person, in points; the sum is the likeness. Two of whom
it reaches `LIKELY` are shown to a person who decides; nothing is ever merged by the program. What must be had in common
to be compared at all are the `keys`, so that a long list (`models.rules.pairs`), or a register of hundreds of
thousands, is searched without comparing everybody with everybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import combinations

from models.rules.birth import BirthDate, BirthPrecision
from models.rules.names import fold, fold_query
from models.rules.namesakes import (
    WHOLE,
    Fit,
    NameFit,
    differ_by_endings,
    is_shortened,
    name_fit,
    taken_apart,
    word_likeness,
)
from models.rules.numbers import number_key
from models.rules.sounds import codes
from models.rules.vocabulary import Sex
from models.text import N_, Message, message

LIKELY = 10.0
"""From so many points on two people are shown as perhaps the same.

One whole name of two words says 10, the same birth date 7, the same number alone is enough; names or birth dates that
contradict take 5 to 8 away."""

_SAME_NUMBER = 12.0
_NEAR_NUMBER = 7.0
_OTHER_NUMBER = -0.5
"""People have several papers."""
_SEX_DIFFERS = -2.5
_SEX_AND_ENDING_DIFFER = -4.0
"""Karim and Karima: a brother and a sister, rather than one person who is mistyped."""
_NATIONALITY_DIFFERS = -1.0
_NEARLY, _NEARLY_OF_ANOTHER = 0.0, -0.5
"""Nearly the same birth date suffices beside a whole name that is the same, not beside one that is like it."""
_MISTYPED_YEARS = 12
"""By more years a father and a son of one name differ."""
_SAME_DAY = 7.0
_SHORTENED = LIKELY - _SAME_DAY
"""What a name says that is shortened in one of the two, Chris and Christopher: enough beside the same birth date, where
nothing speaks against it."""
_ABOUT = 2
"""By so many years an estimated year of birth may be wrong."""


@dataclass(frozen=True, slots=True)
class Person:
    """What tells one person from another, of a candidate, a resident or a row of a file.

    Attributes:
        aliases: Other names.
        address: Where the person lives, by part: `house`, `street`, `building`, `town`, `postcode`, `region`.
    """

    family_name: str = ""
    given_names: str = ""
    own_script: str = ""
    birth: BirthDate | None = None
    partner_number: str = ""
    document_numbers: tuple[str, ...] = field(default=())
    sex: Sex | None = None
    nationality: str | None = None
    aliases: tuple[str, ...] = field(default=())
    address: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two people are one, and why.

    Attributes:
        score: Points; never below `LIKELY`.
        reasons: What speaks for it, the strongest first, and what speaks against it.
    """

    score: float
    reasons: tuple[Message, ...]


@dataclass(frozen=True)
class Known:
    """A person with all that is compared, made ready once.

    Attributes:
        person: The person.
        scoped: The numbers under which several partners know the person, by a name of each: two partners may give
            one number to two people. The person's own `partner_number` has no such name.
    """

    person: Person
    scoped: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """The words of each name."""
        person = self.person
        return names_of(person.family_name, person.given_names, person.own_script, person.aliases)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The numbers of documents as they are compared, and as they are written."""
        said = ((number_key(number), number) for number in self.person.document_numbers)
        return {compared: number for compared, number in said if compared}

    @cached_property
    def partners(self) -> Mapping[str, str]:
        """The numbers with partners as they are compared, and as they are written."""
        said = (("", self.person.partner_number), *self.scoped.items())
        return {f"{scope}:{compared}": number for scope, number in said if (compared := number_key(number))}

    @cached_property
    def address(self) -> Mapping[str, str]:
        """The address, folded."""
        return {part: said for part, text in self.person.address.items() if (said := fold(text).replace(" ", ""))}

    @cached_property
    def keys(self) -> frozenset[str]:
        """What two people must have one of in common to be compared."""
        return frozenset(_keys(self))


def names_of(
    family_name: str, given_names: str, own_script: str, aliases: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    """The words of each name of a person."""
    return taken_apart((f"{family_name} {given_names}", own_script, *aliases))


def likely_same(one: Person, other: Person) -> Likeness | None:
    """Why two may be one person, or None; likely duplicates are shown, never merged by the program."""
    return compared(Known(one), Known(other))


def compared(one: Known, other: Known) -> Likeness | None:
    """The same for people who are made ready. Who has nothing of `Known.keys` in common is never likely the same."""
    return None if one.keys.isdisjoint(other.keys) else weighed(one, other)


def weighed(one: Known, other: Known) -> Likeness | None:
    """The same for two of whom it is known that they share a key."""
    births, more = _births(one.person.birth, other.person.birth), _have_more(one, other)
    if not more and births[0] + WHOLE < LIKELY:
        return None  # no name can outweigh it, and what else is compared can only take away
    names = name_fit(one.names, other.names)
    if names.points < _SHORTENED and births[0] == _SAME_DAY and is_shortened(one.names, other.names):
        names = NameFit(Fit.PARTLY, _SHORTENED)
    if births[0] == _NEARLY and names.fit is not Fit.SAME:
        births = (_NEARLY_OF_ANOTHER, births[1])
    if not more and births[0] + names.points < LIKELY:
        return None
    facts = (
        *(_numbers(one, other) if more else ()),
        _of_names(names, one.person.birth, other.person.birth),
        births,
        *([_addresses(one.address, other.address)] if more else ()),
        *_particulars(one, other),
    )
    points = sum(weight for weight, _ in facts)
    if any(weight >= _SAME_NUMBER for weight, _ in facts):
        # A question for a person, however much else differs.
        points = max(points, LIKELY)
    if points < LIKELY:
        return None
    said = [(weight, reason) for weight, reason in facts if reason is not None]
    return Likeness(round(points, 2), tuple(reason for _, reason in sorted(said, key=lambda each: -each[0])))


def _have_more(one: Known, other: Known) -> bool:
    """Whether both have something besides name and birth date that can speak for them."""
    return bool((one.numbers and other.numbers) or (one.partners and other.partners) or (one.address and other.address))


def differ(one: Known, other: Known) -> bool:
    """Whether two who have one number differ in name, sex or birth date, so that it is not of one person."""
    a, b = one.person, other.person
    if name_fit(one.names, other.names).fit is Fit.NOT or (a.sex and b.sex and a.sex is not b.sex):
        return True
    return _births(a.birth, b.birth)[0] < -1


def births_agree(one: BirthDate | None, other: BirthDate | None) -> bool:
    """Whether two birth dates may be the same day; estimates are taken at their word, an unknown date may be any."""
    return one is None or other is None or (one.earliest <= other.latest and other.earliest <= one.latest)


# -- keys -------------------------------------------------------------------------------------------------------------


def name_keys(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The codes of each two words of a name, in one order; of a name of one word, that one."""
    heard = [codes(word) or (fold_query(word),) for word in words]
    if len(heard) == 1:
        yield from ((code,) for code in heard[0])
    for one, other in combinations(heard, 2):
        yield from (tuple(sorted((a, b))) for a in one for b in other)


def number_keys(known: Known) -> Iterator[str]:
    """The numbers by which a person is known, each after what it is: `p` with a partner, `d` of a document."""
    for number in known.partners:
        yield f"p{number}"
    for number in known.numbers:
        yield f"d{number}"


def _keys(known: Known) -> Iterator[str]:
    """Two words of the name by their sound, a number, one word with the day or the year of birth or an address."""
    yield from number_keys(known)
    birth = known.person.birth
    when = birth_keys(birth)
    for words in known.names:
        for pair in name_keys(words):
            yield "n" + " ".join(pair)
        for word in words:
            for code in codes(word) or (fold_query(word),):
                yield from (f"w{code} {fact}" for fact in (*when, *_places(known.address)))
    yield from (f"b{day}" for day in when if len(day) > 4 and not (birth and birth.doubtful))
    yield from _address_keys(known.address)


def birth_keys(birth: BirthDate | None) -> tuple[str, ...]:
    """How a birth date is looked for: its day with the month and day in one order, and its year."""
    if birth is None:
        return ()
    year = f"{birth.year:04}"
    if birth.month is None or birth.day is None:
        return (year,)
    low, high = sorted((birth.month, birth.day))
    return (f"{year}{low:02}{high:02}", year)


def _places(address: Mapping[str, str]) -> Iterator[str]:
    """The parts of an address that, with a word of a name, are worth a look."""
    for part in ("postcode", "town", "street"):
        if part in address:
            yield address[part]


def _address_keys(address: Mapping[str, str]) -> Iterator[str]:
    """Two parts of an address."""
    parts = [address[part] for part in ("house", "street", "town", "postcode", "building") if part in address]
    for one, other in combinations(parts, 2):
        yield f"a{one} {other}"


# -- facts ------------------------------------------------------------------------------------------------------------

_Fact = tuple[float, Message | None]
"""What a fact says in points, and in words."""


def _numbers(one: Known, other: Known) -> Iterator[_Fact]:
    if same := next((key for key in one.partners if key in other.partners), None):
        yield _SAME_NUMBER, message("The same number with the partner: {number}.", number=one.partners[same])
    if same := next((key for key in one.numbers if key in other.numbers), None):
        yield _SAME_NUMBER, message("The same document number: {number}.", number=one.numbers[same])
        return
    for key, number in one.numbers.items():
        if near := next((other.numbers[each] for each in other.numbers if _mistyped(key, each)), None):
            yield (
                _NEAR_NUMBER,
                message("Nearly the same document number: {number} and {other}.", number=number, other=near),
            )
            return
    if one.numbers and other.numbers:
        yield _OTHER_NUMBER, None


@lru_cache(maxsize=65536)
def _mistyped(one: str, other: str) -> bool:
    """Whether two numbers of some length differ in one sign, or in two that have changed places."""
    from rapidfuzz.distance import OSA

    return min(len(one), len(other)) > 5 and OSA.distance(one, other, score_cutoff=1) == 1


_NAMES: Mapping[Fit, str] = {
    Fit.SAME: N_("The same name."),
    Fit.SPELLED: N_("The same name in another spelling."),
    Fit.PARTLY: N_("A similar name."),
    Fit.NOT: N_("But the names do not fit."),
}


def _of_names(names: NameFit, one: BirthDate | None, other: BirthDate | None) -> _Fact:
    if names.fit is Fit.SAME and births_agree(one, other):
        return names.points, message("The same name, and a birth date that may be the same.")
    said = _NAMES.get(names.fit)
    return names.points, None if said is None else Message(said)


_UNKNOWN_BIRTH = 1.0


def _births(one: BirthDate | None, other: BirthDate | None) -> _Fact:
    """What two birth dates say. Estimates and dates without a day agree within what they leave open."""
    if one is None or other is None:
        return _UNKNOWN_BIRTH, None
    if one.precision is other.precision is BirthPrecision.DAY:
        return _days(one, other)
    if BirthPrecision.ABOUT in (one.precision, other.precision):
        near = abs(one.year - other.year)
        if near > _ABOUT:
            return -5.0, Message(N_("But the birth dates differ."))
        return (2.5 if near == 0 else 1.0), Message(N_("A birth date that may be the same."))
    if not births_agree(one, other):
        return (-2.0 if one.year == other.year else -5.0), Message(N_("But the birth dates differ."))
    return (4.0 if one.month and other.month else 2.5), Message(N_("A birth date that may be the same."))


def _days(one: BirthDate, other: BirthDate) -> _Fact:
    if one == other:
        # Offices write 1 January where they do not know: many have it.
        return (4.0 if one.doubtful else _SAME_DAY), Message(N_("The same birth date."))
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return 5.5, Message(N_("The same birth date with day and month exchanged."))
    if one.year == other.year and (one.doubtful or other.doubtful):
        return 1.0, Message(N_("The same year of birth; 1 January may stand for a day that is not known."))
    alike = (one.year == other.year) + (one.month == other.month) + (one.day == other.day)
    if alike:
        a, b = str(one), str(other)
        wrong = sum(x != y for x, y in zip(a, b, strict=True))
        if wrong == 1 or (wrong == 2 and sorted(a) == sorted(b)):
            is_near = abs(one.year - other.year) <= _MISTYPED_YEARS
            return (_NEARLY if is_near else _NEARLY_OF_ANOTHER), Message(N_("Nearly the same birth date."))
    return (-1.5 if alike == 2 else -5.0), Message(N_("But the birth dates differ."))


_PARTS: Mapping[str, tuple[float, float]] = {
    "street": (3.0, -0.5), "building": (3.0, 0.0), "town": (2.0, -0.5), "postcode": (2.5, -0.5), "house": (1.5, -0.25),
    "region": (0.25, -0.25),
}  # fmt: skip
"""What each part of an address says where it is the same, and where it is another; people move."""
_ADDRESS = 11.0


def _addresses(one: Mapping[str, str], other: Mapping[str, str]) -> _Fact:
    points = 0.0
    for part, (same, another) in _PARTS.items():
        a, b = one.get(part), other.get(part)
        if a and b:
            points += same if a == b else 0.75 * same if _alike(a, b) else another
    reason = Message(N_("The same address.")) if points >= _PARTS["street"][0] else None
    return min(_ADDRESS, points), reason


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) <= 4:
        return len(one) == len(other) > 2 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return word_likeness(one, other) > 0


def _particulars(one: Known, other: Known) -> Iterator[_Fact]:
    a, b = one.person, other.person
    if a.sex and b.sex and a.sex is not b.sex:
        is_ending = differ_by_endings(one.names, other.names)
        yield _SEX_AND_ENDING_DIFFER if is_ending else _SEX_DIFFERS, Message(N_("But the sex differs."))
    if a.nationality and b.nationality and a.nationality != b.nationality:
        yield _NATIONALITY_DIFFERS, Message(N_("But the nationality differs."))
