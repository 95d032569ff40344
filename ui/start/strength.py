"""How hard a passphrase is to guess, in words (zxcvbn)."""

from collections.abc import Sequence

from ui.kit.tokens import Tone
from ui.language import _

_LOOKED_AT = 72
"""So many letters zxcvbn can look at; more only make it stronger."""


def strength(passphrase: str, others: Sequence[str] = ()) -> tuple[str, Tone]:
    """What to say of a passphrase, and its colour.

    Args:
        passphrase: What was typed so far; nothing is said of nothing.
        others: Words that a guesser would try first: the names of the facility and of the person.
    """
    if not passphrase:
        return "", Tone.GREY
    from zxcvbn import zxcvbn

    known = [part for other in others for part in (other, *other.split()) if part]
    score = int(zxcvbn(passphrase[:_LOOKED_AT], user_inputs=known)["score"])
    return (
        (_("Very easy to guess. Add more words."), Tone.RED),
        (_("Easy to guess. Add more words."), Tone.RED),
        (_("Not strong yet. One more word helps."), Tone.AMBER),
        (_("Good."), Tone.GREEN),
        (_("Strong."), Tone.GREEN),
    )[score]
