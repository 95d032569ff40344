"""What is typed into a form, before anything is decided about it."""

from models.errors import Refused


def needed(text: str, refusal: Refused) -> str:
    """The text without spaces around it.

    Raises:
        Refused: The refusal that was handed in, because nothing was typed.
    """
    typed = text.strip()
    if not typed:
        raise refusal
    return typed


def the_mistake(reason: str) -> str:
    """What the mistake was, as whoever takes something back has said it.

    Raises:
        Refused: Of the field `reason`: nothing was typed.
    """
    return needed(reason, Refused("Say what the mistake was.", field="reason"))
