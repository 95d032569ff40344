"""By which texts somebody is known, and whether another text says one of them, in whatever spelling."""

from collections.abc import Iterable, Iterator, Mapping

from models.rules.names import fold, fold_query

_LEAST = 3
"""Letters of a folded text that tell of somebody at all: fewer begin too many words of other people."""
_ANYWHERE = 4
"""Letters from which on a text tells of somebody wherever it stands; a shorter one begins a word."""


class KnownBy:
    """Texts by which somebody is known. Compared is what `fold` and `fold_query` make of them and of what is said."""

    def __init__(self, texts: Iterable[str], words: Iterable[str] = ()) -> None:
        """Take what to look for.

        Args:
            texts: What stands anywhere: numbers, whole names.
            words: What begins a word: a name alone.
        """
        anywhere, beginning = list(texts), list(words)
        self._plain = _sought(map(fold, anywhere), map(fold, beginning))
        self._sounded = _sought(map(fold_query, anywhere), map(fold_query, beginning))

    def is_in(self, value: object) -> bool:
        """Whether a text, or one within lists and mappings, says one of them."""
        return bool(self._plain) and any(self._says(text) for text in texts_in(value))

    def _says(self, text: str) -> bool:
        plain = f" {fold(text)}"
        if any(each in plain for each in self._plain):
            return True
        sounded = f" {fold_query(text)}"
        return any(each in sounded for each in self._sounded)


def texts_in(value: object) -> Iterator[str]:
    """All texts in what was read from JSON; a number is one, too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from (name, *texts_in(each))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)


def _sought(anywhere: Iterable[str], beginning: Iterable[str]) -> frozenset[str]:
    found = {text if len(text) >= _ANYWHERE else f" {text}" for text in anywhere if len(text) >= _LEAST}
    return frozenset(found | {f" {text}" for text in beginning if len(text) >= _LEAST})
