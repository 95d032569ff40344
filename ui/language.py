"""The language of the screen: the words that pages and widgets show.

A page asks for its words when it is made. When the language changes the pages are made anew, so nothing here
needs to tell a widget to translate itself again.
"""

from models.text import LANGUAGES, Message, Translator, Value, translator


class _Screen:
    """Holds the translator of the moment; one screen has one language."""

    translator: Translator = translator("en")
    lacks: str = ""


def set_language(code: str) -> None:
    """Choose the language of everything that is made from now on; English where its catalogue is not there.

    Args:
        code: One of `models.text.LANGUAGES`; anything else is read in English.
    """
    try:
        _Screen.translator, _Screen.lacks = translator(code), ""
    except OSError:
        _Screen.translator, _Screen.lacks = translator("en"), code


def lacking() -> str:
    """What to say where the screen speaks English because the chosen language is not there; else an empty text."""
    if not _Screen.lacks:
        return ""
    return _(
        "The texts in {language} are missing from this Konak, so it speaks English. Install Konak again.",
        language=LANGUAGES[_Screen.lacks],
    )


def tr() -> Translator:
    """The translator of the screen's language, for dates, numbers, countries and waiting messages."""
    return _Screen.translator


def _(text: str, /, **values: Value) -> str:
    """A text in the screen's language, its placeholders filled."""
    return _Screen.translator(text, **values)


def plural(one: str, many: str, n: int, /, **values: Value) -> str:
    """A text for a count, which `{n}` stands for, in the screen's language."""
    return _Screen.translator.plural(one, many, n, **values)


def say(waiting: Message) -> str:
    """A waiting message in the screen's language."""
    return _Screen.translator.render(waiting)


def isolated(text: str) -> str:
    """A name or another foreign text, kept from turning the line around it when it runs from right to left."""
    return f"\u2068{text}\u2069" if text else ""


_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))


def bare(text: str) -> str:
    """A text without what `isolated` put around its parts, which is for painting alone."""
    return text.translate(_ISOLATES)
