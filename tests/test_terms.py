"""Albanian and Serbian say each term of the field by its own word, and by none that means something else in law.

`models/locale/terms.csv` is the glossary. Beside a term and its words stand regular expressions: `said` finds the
English messages that say the term (a value counts as "…", a context stands before the message in brackets), `sq_word`
and `sr_word` what their translations then hold, `sq_never` and `sr_never` what no translation holds. A message that
says the word in another sense stands in `exceptions.csv`, one by one, with the reason.
"""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[1] / "models" / "locale"
LANGUAGES = ("sq", "sr")
_VALUE = re.compile(r"{\w+}")


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


TERMS = _rows(LOCALE / "terms.csv")
EXCEPTIONS = {(row["term"], row["language"], row["message"]): row["reason"] for row in _rows(LOCALE / "exceptions.csv")}
"""Where a message says the word of a term and does not mean the term: why."""


def _catalogue(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "konak.po").open("rb") as file:
        return read_po(file, locale=language)


def _texts(text: object) -> list[str]:
    """The forms of a message, one or several."""
    return [text] if isinstance(text, str) else [str(each) for each in text] if isinstance(text, list | tuple) else []


@cache
def _said(language: str) -> list[tuple[str, str]]:
    """Each English message, with its context, and each form of its translation."""
    return [(_english(each), form) for each in _catalogue(language) if each.id for form in _texts(each.string)]


def _english(each: Message) -> str:
    return f"[{each.context}] {_texts(each.id)[0]}" if each.context else _texts(each.id)[0]


def _says(term: dict[str, str], message: str) -> bool:
    """Whether an English message says a term."""
    return bool(term["said"]) and bool(re.search(term["said"], _VALUE.sub("…", message), re.IGNORECASE))


def _lacks(term: dict[str, str], language: str, message: str, translation: str) -> bool:
    """Whether a message says a term, and its translation does not."""
    return _says(term, message) and not re.search(term[f"{language}_word"], translation, re.IGNORECASE)


def complaints(language: str, said: list[tuple[str, str]]) -> list[str]:
    """What the glossary finds wrong."""
    found = []
    for term in TERMS:
        never = term[f"{language}_never"]
        for message, translation in said:
            excepted = (term["term"], language, message) in EXCEPTIONS
            if not excepted and _lacks(term, language, message, translation):
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
        ("sr", "Departures of the month", "Polasci u mesecu"),
        ("sq", "Departures of the month", "Nisjet e muajit"),
        ("sr", "Nobody can skip a check.", "Kontrolu niko ne može preskočiti."),
        ("sq", "Nobody can skip a check.", "Verifikimin nuk e anashkalon askush."),
        ("sr", "Final order", "Konačna odluka"),
        ("sq", "Final order", "Vendim përfundimtar"),
        ("sr", "{name} has changed this.", "{name} je izmenio/la ovo."),
        ("sq", "The document was taken back.", "Dokumenti u kthye."),
        ("sr", 'Like "this"', 'Kao "ovo"'),
    ],
)
def test_a_wrong_word_is_found(language: str, message: str, translation: str) -> None:
    assert complaints(language, [(message, translation)]) != []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("term", [each for each in TERMS if each["said"]], ids=lambda each: str(each["term"]))
def test_every_term_is_missed_where_another_word_stands(language: str, term: dict[str, str]) -> None:
    concerned = [message for message, _form in _said(language) if _says(term, message)]
    concerned = [message for message in concerned if (term["term"], language, message) not in EXCEPTIONS]
    assert concerned
    missed = complaints(language, [(concerned[0], "Xyz")])
    assert [each for each in missed if each.startswith(f"{term['term']}: ")]


def test_every_exception_is_needed_and_says_why() -> None:
    forms: dict[tuple[str, str], list[str]] = {}
    for language in LANGUAGES:
        for message, form in _said(language):
            forms.setdefault((language, message), []).append(form)
    terms = {term["term"]: term for term in TERMS}
    idle = [
        (name, language, message)
        for name, language, message in EXCEPTIONS
        if not any(_lacks(terms[name], language, message, form) for form in forms.get((language, message), []))
    ]
    assert idle == []
    assert all(EXCEPTIONS.values())


def test_the_glossary_holds_every_agreed_term(shared_data: Path) -> None:
    file = shared_data.parent / "language" / "terms.csv"
    if not file.is_file():
        pytest.skip("the agreed terms are not beside the project")
    agreed = [(row["English"], row["Albanian"], row["Serbian"], row["note"]) for row in _rows(file)]
    ours = {(term["term"], term["sq"], term["sr"], term["note"]) for term in TERMS}
    assert [row for row in agreed if row not in ours] == []
    assert [row[0] for row in agreed if not any(term["term"] == row[0] and _holds(term) for term in TERMS)] == []


def _holds(term: dict[str, str]) -> bool:
    """Whether a term has a rule for each language."""
    return bool(term["said"] and term["sq_word"] and term["sr_word"])


_PARTED = {"All", "Departed", "Held on"}
"""Messages of which one meaning was found wrong: that one has a context of its own now, and the other stays."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_as_it_was_when_it_was_found_wrong(language: str, shared_data: Path) -> None:
    file = shared_data.parent / "language" / "findings.csv"
    if not file.is_file():
        pytest.skip("the findings on the translations are not beside the project")
    found = [row for row in _rows(file) if row["language"] == language and row["proposed"] != row["present"]]
    assert {row["severity"] for row in found} == {"A", "B", "C"}
    now = {(_texts(each.id)[0], " // ".join(_texts(each.string))) for each in _catalogue(language) if each.id}
    still = [row["msgid"] for row in found if (row["msgid"], row["present"]) in now]
    assert [each for each in still if each not in _PARTED] == []
    grave = {row["present"] for row in found if row["severity"] == "A"}
    assert [text for _message, text in now if text in grave] == []
