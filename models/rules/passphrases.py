"""Which passphrases keep nothing, what would make them harder to guess, and how long wrong ones are waited for."""

from collections.abc import Iterable

from models.errors import Refused
from models.text import N_, Message

SHORTEST_PASSPHRASE = 8
"""In letters. A strong one is longer."""
_LOOKED_AT = 72
"""So many letters zxcvbn can look at; more only make it stronger."""
_HARD_ENOUGH = 3
"""Of 4: more than 100 million guesses."""
ADVICE = frozenset({
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
})  # fmt: skip
"""What zxcvbn says (its `feedback.py`), in its own words."""


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


FREE_ATTEMPTS = 3
"""So many wrong passphrases cost nothing but the half second that each takes."""
LONGEST_WAIT = 300
"""Seconds that one waits at most after a wrong passphrase."""


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong passphrases in a row: twice as long each time, up to five minutes."""
    return 0 if wrong < FREE_ATTEMPTS else min(LONGEST_WAIT, 2 ** min(wrong - FREE_ATTEMPTS + 1, 20))
