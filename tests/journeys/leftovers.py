"""Finds texts on the screen that are still in English although the language has words for them."""

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[2] / "models" / "locale"
_GAP = re.compile(r"\{\w+\}")


def untranslated(texts: str, language: str) -> list[str]:
    """The lines that a text of the program makes in English, and that another language says otherwise.

    Args:
        texts: What is on the screen, one text a line.
        language: Of the screen.
    """
    return [line for line in dict.fromkeys(texts.splitlines()) if _is_english(line, language)]


@cache
def _is_english(line: str, language: str) -> bool:
    plain, patterns = _english(language)
    return line in plain or patterns.fullmatch(line) is not None


@cache
def _english(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """The texts without a gap, and those with gaps as one pattern; only what the language says otherwise."""
    plain: set[str] = set()
    patterns: list[str] = []
    with (LOCALE / language / "LC_MESSAGES" / "konak.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    for entry in catalogue:
        ids = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        said = {entry.string} if isinstance(entry.string, str) else set(entry.string or ())
        for text in ids:
            if not text or text in said:
                continue
            rest = _GAP.sub(" ", text)
            if rest == text:
                plain.add(text)
            elif re.search(r"[A-Za-z]{4,}.*[A-Za-z]{3,}", rest):
                patterns.append(_GAP.sub(".+", re.escape(text).replace(r"\{", "{").replace(r"\}", "}")))
    return frozenset(plain), re.compile("|".join(patterns))
