"""Papers in two languages: the official one, and beside it that of the person whom the paper is for."""

from collections.abc import Callable, Sequence

from models.text import LANGUAGES, Translator, Value
from reports import entries, parts, terms
from reports import type as lettering
from reports.page import BODY, GREY, INK, LEFT, ROOM, Mark, Strip, Text, gap

_GUTTER = 18.0
_SMALLER = BODY - 0.4


class Bilingual:
    """What says each thing in the official language, and in the person's where that is another."""

    def __init__(self, official: str, spoken: Sequence[str]) -> None:
        """Choose the language that stands beside the official one.

        Args:
            official: One of `models.text.LANGUAGES`.
            spoken: The languages of the person, the best first: the first that Konak knows, or else English.

        Raises:
            Unavailable: The catalogue of a language is not there.
        """
        own = next((code for code in spoken if code in LANGUAGES), "en")
        self.tr = terms.translator_of(official)
        self.other = None if own == official else terms.translator_of(own)

    @property
    def translators(self) -> tuple[Translator, ...]:
        """The official language, and the other where there is one."""
        return (self.tr,) if self.other is None else (self.tr, self.other)

    def both(self, say: Callable[[Translator], str]) -> str:
        """What is said in both languages, one behind the other; once, where it is the same."""
        return " / ".join(dict.fromkeys(map(say, self.translators)))

    def title(self, text: str) -> list[Strip]:
        """The title, and under it in the person's language."""
        first = parts.title(self.tr(text))
        return first if self.other is None else [*first[:-1], *parts.paragraph(self.other(text), size=11, colour=GREY)]

    def pairs(self, said: Sequence[tuple[str, Callable[[Translator], str]]]) -> list[Strip]:
        """Labels with what was said beside them, each in both languages; what says nothing is left out."""
        found = [(self.label(label), self.both(say)) for label, say in said]
        return entries.pairs([each for each in found if each[1]])

    def label(self, text: str) -> str:
        """A message id in both languages."""
        return self.both(lambda tr: tr(text))

    def paragraph(self, text: str, **values: Value) -> list[Strip]:
        """A sentence in the official language at the left, and in the person's beside it."""
        if self.other is None:
            return parts.paragraph(self.tr(text, **values))
        half = (ROOM - _GUTTER) / 2
        columns = [lettering.wrap(tr(text, **values), half, _SMALLER) for tr in self.translators]
        strips = []
        for at in range(max(map(len, columns))):
            marks: list[Mark] = [
                Text(
                    LEFT + place * (half + _GUTTER), _SMALLER * 1.1, lines[at], _SMALLER, colour=GREY if place else INK
                )
                for place, lines in enumerate(columns)
                if at < len(lines)
            ]
            strips.append(Strip(_SMALLER * 1.45, marks))
        return [*parts.together(strips), gap(6)]

    def signatures(self, *who: str) -> list[Strip]:
        """A line for each who signs."""
        return entries.signatures(self.tr, *map(self.label, who))
