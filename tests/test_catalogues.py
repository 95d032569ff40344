"""Every text that the program says is translated, and says the same with the same values."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from models.exchange import encodings, letters
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
WINGS = ("desktop", "ui", "reports", "models")
PLACEHOLDER = re.compile(r"{(\w+)}")
TRANSLATED = sorted(set(LANGUAGES) - {"en"})


Said = tuple[str | None, str | tuple[str, ...]]
"""The context of a message, if it has one, and its id."""


def _said() -> set[Said]:
    """The messages in the source."""
    found: set[Said] = set()
    for wing in WINGS:
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


_TWICE = re.compile(r"(.{8,}?)(?:\s*\1)+", re.DOTALL)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_text_said_twice(language: str) -> None:
    forms = [(message.id, form) for message in _catalogue(language) if message.id for form in _forms(message)]
    assert [said for said, form in forms if _TWICE.fullmatch(form)] == []
    assert _TWICE.fullmatch("Ovo je isto.Ovo je isto.")


_ENDS = ".?!:…"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_sentence_ends_in_a_translation_as_it_ends_in_english(language: str) -> None:
    wrong = []
    for message in _catalogue(language):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        for form in _forms(message) if message.id else []:
            ends = {each[-1] if each[-1] in _ENDS else "" for each in ids}
            if (form[-1] if form[-1] in _ENDS else "") not in ends:
                wrong.append((ids[0], form))
    assert wrong == []


def test_the_extraction_finds_each_way_of_saying(said: set[Said]) -> None:
    assert (None, "Monthly reports") in said
    assert (None, "This bed is taken at that time. Choose another bed, or move who has it first.") in said
    assert ("total", "All") in said
    assert any(isinstance(each, tuple) for _context, each in said)


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _whole(message: Message) -> bool:
    strings = _forms(message)
    return bool(message.id) and bool(strings) and all(strings)


@pytest.mark.parametrize(
    ("language", "state", "figure"), [("en", "Departed", "Departed"), ("sq", "Larguar", "Largime")]
)
def test_a_text_is_translated_as_its_context_asks(language: str, state: str, figure: str) -> None:
    tr = translator(language)
    assert (tr("Departed"), tr(pgettext("figure", "Departed"))) == (state, figure)
    assert tr.render(word(PlanState.DEPARTED)) == state


def _calls(node: ast.AST, *, embedded: bool = False) -> Iterator[tuple[ast.Call, list[ast.expr], bool]]:
    """Each call that says a text, with what it gives for the text, and whether it stands inside an f-string."""
    for child in ast.iter_child_nodes(node):
        inside = embedded or isinstance(child, ast.JoinedStr)
        if isinstance(child, ast.Call):
            name = child.func.attr if isinstance(child.func, ast.Attribute) else getattr(child.func, "id", "")
            if name in KEYWORDS:
                yield child, child.args[: len(KEYWORDS[name] or (1,))], inside
        yield from _calls(child, embedded=inside)


def _literal(given: list[ast.expr]) -> tuple[str, ...]:
    return tuple(each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str))


def _built(given: ast.expr) -> bool:
    """Whether a text is put together from pieces, of which no translator can make a sentence."""
    if isinstance(given, ast.Call) and isinstance(given.func, ast.Attribute):
        return isinstance(given.func.value, ast.Constant)
    return isinstance(given, ast.JoinedStr | ast.BinOp | ast.IfExp | ast.BoolOp)


def _unfindable(source: str) -> list[str]:
    """The calls whose text the translators' tools do not find on every Python, or not as it is said."""
    return [
        ast.unparse(call)
        for call, given, embedded in _calls(ast.parse(source))
        if (embedded and _literal(given)) or any(_built(each) for each in given)
    ]


def _sources() -> Iterator[tuple[str, str]]:
    """Each file of the program, and what stands in it."""
    for wing in WINGS:
        for file in (ROOT / wing).rglob("*.py"):
            yield str(file.relative_to(ROOT)), file.read_text("utf-8")


def test_every_text_is_one_literal_outside_of_any_f_string() -> None:
    wrong = {name: _unfindable(source) for name, source in _sources()}
    assert {name: calls for name, calls in wrong.items() if calls} == {}


@pytest.mark.parametrize(
    "source",
    [
        "f\"{_('good')}: {place}\"",
        "f\"{said} {tr.plural('{n} row', '{n} rows', n)}\"",
        '_(f"{n} rows")',
        '_("{n} rows".format(n=n))',
        'message("one" if n == 1 else "many")',
        'Refused("No place is left" + ".", field="n")',
        '_(given or "nobody")',
    ],
)
def test_a_text_that_the_tools_do_not_find_is_refused(source: str) -> None:
    assert _unfindable(source)


def test_the_tools_find_each_text_as_it_is_said(said: set[Said]) -> None:
    literal = {_literal(given) for _name, source in _sources() for _call, given, _in in _calls(ast.parse(source))}
    found = {ids if isinstance(ids, tuple) else (ids,) if context is None else (context, ids) for context, ids in said}
    assert sorted(literal - found - {()}) == []


_SENTENCE = re.compile(r"[A-Z][a-z]+[^\W\d]* [^|=]*[\w.?!:”)]")
_NO_WORDS_OF_OURS = {
    *("Noto Sans", "Noto Sans Arabic", "OpenDocument (*.ods)"),
    *(title for _region, several in encodings.REGIONS for _name, title in several),
    *letters.NAMES.values(),
}
"""Proper names, and names of people by which the language of a file is told."""


def _strays(source: str, known: set[str]) -> list[str]:
    """What reads like a sentence that nobody translates, and is neither a docstring nor the key of a table."""
    tree = ast.parse(source)
    passed = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    passed |= {id(key) for each in ast.walk(tree) if isinstance(each, ast.Dict) for key in each.keys}
    texts = [each.value for each in ast.walk(tree) if isinstance(each, ast.Constant) and id(each) not in passed]
    return [each for each in texts if isinstance(each, str) and _SENTENCE.fullmatch(each) and each not in known]


def test_what_reads_like_a_sentence_is_translated(said: set[Said]) -> None:
    known = {text for _context, ids in said for text in ([ids] if isinstance(ids, str) else ids)} | _NO_WORDS_OF_OURS
    strays = {
        name: _strays(source, known)
        for name, source in _sources()
        if not name.startswith("desktop")  # the command line is English
    }
    assert {name: texts for name, texts in strays.items() if texts} == {}


def test_a_sentence_that_nobody_translates_is_found() -> None:
    assert _strays('"""Of a page."""\nlabel.setText("No backup yet")', {"No backup"}) == ["No backup yet"]
