"""Albanian and Serbian say each term of the field by its own word, and by none that means something else in law.

`models/locale/terms.csv` is the glossary. Beside a term and its words stand regular expressions: `said` finds the
English messages that say the term (a value counts as "…"), `sq_word` and `sr_word` what their translations then hold,
`sq_never` and `sr_never` what no translation holds.
"""

import csv
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[1] / "models" / "locale"
LANGUAGES = ("sq", "sr")
_VALUE = re.compile(r"{\w+}")


def _terms() -> list[dict[str, str]]:
    with (LOCALE / "terms.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TERMS = _terms()


def _catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "konak.po").open("rb") as file:
        return read_po(file, locale=language)


def _texts(text: object) -> list[str]:
    """The forms of a message, one or several."""
    return [text] if isinstance(text, str) else [str(each) for each in text] if isinstance(text, list | tuple) else []


def _said(language: str) -> list[tuple[str, str]]:
    """Each English message with each form of its translation."""
    return [(_texts(each.id)[0], form) for each in _catalogue(language) if each.id for form in _texts(each.string)]


def complaints(language: str, said: list[tuple[str, str]]) -> list[str]:
    """What the glossary finds wrong."""
    found = []
    for term in TERMS:
        for message, translation in said:
            word, never = term[f"{language}_word"], term[f"{language}_never"]
            concerned = term["said"] and re.search(term["said"], _VALUE.sub("…", message), re.IGNORECASE)
            if concerned and not re.search(word, translation, re.IGNORECASE):
                found.append(f"{term['term']}: {translation!r} does not say {term[language]!r} ({message})")
            if never and re.search(never, translation, re.IGNORECASE):
                found.append(f"{term['term']}: {translation!r} says what it must not ({message})")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_term_is_said_by_its_own_word(language: str) -> None:
    assert complaints(language, _said(language)) == []


@pytest.mark.parametrize(
    ("language", "message", "translation"),
    [
        ("sq", "Doubtful", "Me dyshim"),
        ("sq", "Residents", "Qiramarrësit"),
        ("sr", "Residents", "Stanari"),
        ("sr", "{n} people are on the roll.", "{n} osoba je na spisku."),
        ("sr", "It holds until {day}.", "Važi do {day}, i ne duže."),
    ],
)
def test_a_wrong_word_is_found(language: str, message: str, translation: str) -> None:
    assert complaints(language, [(message, translation)]) != []


def test_every_rule_of_the_glossary_concerns_a_message() -> None:
    messages = {_VALUE.sub("…", message) for message, _translation in _said("sq")}
    idle = [term["term"] for term in TERMS if term["said"] and not _any(term["said"], messages)]
    assert idle == []


def _any(pattern: str, texts: set[str]) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_wrong_in_meaning_or_law_any_more(language: str, shared_data: Path) -> None:
    file = shared_data.parent / "language" / "findings.csv"
    if not file.is_file():
        pytest.skip("the findings on the translations are not beside the project")
    with file.open(encoding="utf-8", newline="") as rows:
        grave = [row for row in csv.DictReader(rows) if row["severity"] == "A" and row["language"] == language]
    assert grave
    now = {" // ".join(_texts(each.string)) for each in _catalogue(language) if each.id}
    assert [row["msgid"] for row in grave if row["present"] in now] == []
