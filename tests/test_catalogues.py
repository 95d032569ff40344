"""Every text that the program says is translated, and says the same with the same values."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from models.rules.vocabulary import PlanState
from models.rules.wording import word
from models.text import LANGUAGES, pgettext, translator

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
    "pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"{(\w+)}")
TRANSLATED = sorted(set(LANGUAGES) - {"en"})


Said = tuple[str | None, str | tuple[str, ...]]
"""The context of a message, if it has one, and its id."""


def _said() -> set[Said]:
    """The messages in the source."""
    found: set[Said] = set()
    for wing in ("desktop", "ui", "reports", "models"):
        rows = extract_from_dir(ROOT / wing, method_map=[("**.py", "python")], keywords=KEYWORDS)
        found |= {(context, ids if isinstance(ids, str) else tuple(ids)) for _file, _line, ids, _notes, context in rows}
    return found


@pytest.fixture(scope="module")
def said() -> set[Said]:
    return _said()


def _catalogue(language: str) -> Catalog:
    with (ROOT / "models" / "locale" / language / "LC_MESSAGES" / "konak.po").open("rb") as file:
        return read_po(file, locale=language)


def _id(message: Message) -> Said:
    return message.context, message.id if isinstance(message.id, str) else tuple(message.id)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str, said: set[Said]) -> None:
    translated = {_id(message) for message in _catalogue(language) if _whole(message) and not message.fuzzy}
    assert sorted(map(str, said - translated)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_of_a_text_that_is_gone(language: str, said: set[Said]) -> None:
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


def test_the_extraction_finds_each_way_of_saying(said: set[Said]) -> None:
    assert (None, "Monthly reports") in said
    assert (None, "This bed is taken at that time. Choose another bed, or move who has it first.") in said
    assert ("total", "All") in said
    assert any(isinstance(each, tuple) for _context, each in said)


def _whole(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(message.id) and bool(strings) and all(strings)


@pytest.mark.parametrize(
    ("language", "state", "figure"), [("en", "Departed", "Departed"), ("sq", "Larguar", "Largime")]
)
def test_a_text_is_translated_as_its_context_asks(language: str, state: str, figure: str) -> None:
    tr = translator(language)
    assert (tr("Departed"), tr(pgettext("figure", "Departed"))) == (state, figure)
    assert tr.render(word(PlanState.DEPARTED)) == state
