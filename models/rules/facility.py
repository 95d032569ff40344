"""What a facility is, as facts, and which facts make none; which passphrases are too easily guessed to be any."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from zoneinfo import available_timezones

from models.errors import Refused
from models.text import LANGUAGES, N_, Message

SHORTEST_PASSPHRASE = 8
"""In letters. A strong one is longer."""

LONGEST_UNLOCKED = 240
"""In minutes: so long a window may be left alone at most, unless it never locks itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityFacts:
    """The facility as a person describes it.

    Attributes:
        name: As it stands on paper.
        letterhead: The lines above the name on every paper.
        language: In which the window greets whoever has chosen none; one of `models.text.LANGUAGES`.
        time_zone: Of the IANA database.
        number_prefix: What stands before the number of each new resident.
        lock_after: Minutes without a key or a movement after which the window locks itself; 0: never.
    """

    name: str
    letterhead: str = ""
    language: str = "en"
    time_zone: str = "Europe/Belgrade"
    number_prefix: str = "K-"
    lock_after: int = 10


def checked_facility(facts: FacilityFacts) -> FacilityFacts:
    """The facts as they are kept: texts stripped line by line.

    Raises:
        Refused: There is no name, something is too long, or there is no such language or time zone; `field` is the
            name of the fact.
    """
    facts = replace(
        facts,
        name=facts.name.strip(),
        letterhead="\n".join(line.strip() for line in facts.letterhead.strip().splitlines()),
        number_prefix=facts.number_prefix.strip(),
    )
    if not facts.name:
        raise Refused("Write the name of the facility.", field="name")
    if len(facts.name) > 200:
        raise Refused("Write the name in at most {most} letters.", field="name", most=200)
    if facts.language not in LANGUAGES:
        raise Refused("Choose one of the languages.", field="language")
    if facts.time_zone not in available_timezones():
        raise Refused("Choose the time zone of the facility, such as Europe/Belgrade.", field="time_zone")
    if len(facts.number_prefix) > 8:
        raise Refused("Use at most {most} letters before the number.", field="number_prefix", most=8)
    if not 0 <= facts.lock_after <= LONGEST_UNLOCKED:
        raise Refused(
            "Choose between {least} and {most} minutes; 0: never.", field="lock_after", least=0, most=LONGEST_UNLOCKED
        )
    return facts


def guessing(passphrase: str, others: Iterable[str] = ()) -> tuple[int, tuple[Message, ...]]:
    """How hard a passphrase is to guess, from 0 to 4 as zxcvbn counts it, and what would make it harder.

    Args:
        passphrase: What was typed.
        others: Words that a guesser would try first: the names of the facility and of the person.
    """
    from zxcvbn import zxcvbn  # its lists of words take a while to load

    known = [part for other in others for part in (other, *other.split()) if part]
    found = zxcvbn(passphrase[:_LOOKED_AT], user_inputs=known)
    said = (found["feedback"]["warning"], *found["feedback"]["suggestions"])
    return int(found["score"]), tuple(Message(text, {}) for text in said if text in ADVICE)


def check_passphrase(passphrase: str, *, others: Iterable[str] = (), field: str = "passphrase") -> None:
    """Refuse a passphrase that keeps nothing.

    Args:
        passphrase: What was typed.
        others: As of `guessing`.
        field: Of the form.

    Raises:
        Refused: It is too short or easily guessed, of the field that was named.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refused(
            "Use at least {least} letters. Four or five words that only you would put together are best.",
            field=field,
            least=SHORTEST_PASSPHRASE,
        )
    score, advice = guessing(passphrase, others)
    if score < _HARD_ENOUGH:
        raise Refused(
            "This passphrase is easily guessed. Four or five words that only you would put together are best.",
            field=field,
            reasons=advice,
        )


_LOOKED_AT = 72
"""So many letters zxcvbn can look at; more only make it stronger."""
_HARD_ENOUGH = 3
"""Of 4: more than 100 million guesses."""
ADVICE = frozenset(
    {
        N_("Use a few words, avoid common phrases."),
        N_("No need for symbols, digits, or uppercase letters."),
        N_("Add another word or two. Uncommon words are better."),
        N_("Straight rows of keys are easy to guess."),
        N_("Short keyboard patterns are easy to guess."),
        N_("Use a longer keyboard pattern with more turns."),
        N_('Repeats like "aaa" are easy to guess.'),
        N_('Repeats like "abcabcabc" are only slightly harder to guess than "abc".'),
        N_("Avoid repeated words and characters."),
        N_('Sequences like "abc" or "6543" are easy to guess.'),
        N_("Avoid sequences."),
        N_("Recent years are easy to guess."),
        N_("Avoid recent years."),
        N_("Avoid years that are associated with you."),
        N_("Dates are often easy to guess."),
        N_("Avoid dates and years that are associated with you."),
        N_("This is a top-10 common password."),
        N_("This is a top-100 common password."),
        N_("This is a very common password."),
        N_("This is similar to a commonly used password."),
        N_("A word by itself is easy to guess."),
        N_("Names and surnames by themselves are easy to guess."),
        N_("Common names and surnames are easy to guess."),
        N_("Capitalization doesn't help very much."),
        N_("All-uppercase is almost as easy to guess as all-lowercase."),
        N_("Reversed words aren't much harder to guess."),
        N_("Predictable substitutions like '@' instead of 'a' don't help very much."),
    }
)
"""What zxcvbn says (its `feedback.py`), in its own words."""
