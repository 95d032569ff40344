"""Every text that the program says is translated, and says the same with the same values."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from models.text import LANGUAGES

ROOT = Path(__file__).parents[1]
KEYWORDS = {
    "_": None,
    "N_": None,
    "message": None,
    "tr": None,
    "Refused": None,
    "Conflict": None,
    "Unavailable": None,
    "counted": (1, 2),
    "plural": (1, 2),
}
PLACEHOLDER = re.compile(r"{(\w+)}")
TRANSLATED = sorted(set(LANGUAGES) - {"en"})


def _said() -> set[str | tuple[str, ...]]:
    """The message ids in the source."""
    found: set[str | tuple[str, ...]] = set()
    for wing in ("desktop", "ui", "reports", "models"):
        rows = extract_from_dir(ROOT / wing, method_map=[("**.py", "python")], keywords=KEYWORDS)
        found |= {ids if isinstance(ids, str) else tuple(ids) for _file, _line, ids, _comments, _context in rows}
    return found


@pytest.fixture(scope="module")
def said() -> set[str | tuple[str, ...]]:
    return _said()


def _catalogue(language: str) -> Catalog:
    with (ROOT / "models" / "locale" / language / "LC_MESSAGES" / "konak.po").open("rb") as file:
        return read_po(file, locale=language)


def _id(message: Message) -> str | tuple[str, ...]:
    return message.id if isinstance(message.id, str) else tuple(message.id)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str, said: set[str | tuple[str, ...]]) -> None:
    translated = {_id(message) for message in _catalogue(language) if _whole(message) and not message.fuzzy}
    assert sorted(map(str, said - translated)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_of_a_text_that_is_gone(language: str, said: set[str | tuple[str, ...]]) -> None:
    kept = [_id(message) for message in _catalogue(language) if message.id]
    assert sorted(str(each) for each in kept if each not in said) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_has_the_same_values(language: str) -> None:
    wrong = []
    for message in _catalogue(language):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
        wanted = set(PLACEHOLDER.findall(ids[-1]))
        if message.id and any(set(PLACEHOLDER.findall(each)) != wanted for each in strings):
            wrong.append(message.id)
    assert wrong == []


def test_the_extraction_finds_each_way_of_saying(said: set[str | tuple[str, ...]]) -> None:
    assert "Monthly reports" in said
    assert "This bed is taken at that time. Choose another bed, or move who has it first." in said
    assert any(isinstance(each, tuple) for each in said)


def _whole(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(message.id) and bool(strings) and all(strings)
