"""Names stand in the order of the alphabet of a language, in every list and on every paper."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.sorting import sort_key
from models.text import LANGUAGES

IN_ORDER = {
    "en": "Agim Ahmadzai Çela Dervishi Đorđević Emini Gashi Gjoni Guri Ljajić Lukić Šarić Xhaka Zhubi Žižić Zogu",
    "sq": "Agim Bardhi Cana Cvetić Çela Çobani Dema Duka Đurić Dhima Emini Ëngjëlli Fazliu Gashi Guri Gjoni Hoxha "
    "Leka Luli Lleshi Nura Njazi Rama Ruka Rrustemi Sula Shala Tahiri Tusha Thaçi Vula Xoxa Xhaka Ymeri Zogu Zhubi",
    "sr": "Adžić Car Cvetić Čolić Čović Ćosić Ćurić Dukić Duza Džajić Đorđević Esad Lazić Lukić Ljajić Ljubić Nušić "
    "Njegoš Savić Sudžuka Šarić Tasić Vuk Zorić Zukić Žižić Авдић Бабић Гашић Дукић Ђорђевић Лукић Љубић Ћосић Чолић "
    "Џајић Шарић",
    "da": "Abel Bertelsen Dam Møgelby Møller Nyborg Olsen Zahle Ægidius Ærø Ørsted Østergaard Aaberg Aagaard Åkjær",
}


@pytest.mark.parametrize("language", IN_ORDER)
def test_names_stand_in_the_order_of_the_alphabet(language: str) -> None:
    names = IN_ORDER[language].split()
    assert sorted(reversed(names), key=lambda name: sort_key(name, language)) == names
    assert all(sort_key(one, language) < sort_key(other, language) for one, other in pairwise(names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_family_comes_before_a_longer_one_that_begins_alike_and_marks_decide_nothing(language: str) -> None:
    family = ["Ali Zana", "Alija Ana", "Aliu Ana"]
    assert sorted(reversed(family), key=lambda name: sort_key(name, language)) == family
    assert sort_key("AL-HASSAN O'Neil", language) == sort_key("al hassan ONeil", language)
    assert sort_key("Müller José", language) == sort_key("Muller Jose", language)
    assert sort_key("Zogu", language) < sort_key("محمد", language)
    assert sort_key("Άννα", language) == sort_key("Αννα", language)
    assert sort_key("K-0012", language) < sort_key("K-0102", language)


@given(st.text(max_size=40), st.sampled_from([*LANGUAGES, "xx"]))
def test_every_text_has_a_key_and_letter_case_makes_no_difference(text: str, language: str) -> None:
    key = sort_key(text, language)
    assert key == sort_key(f" {text} ", language)
    assert len(key) <= 18 * max(1, len(text))


@pytest.mark.parametrize(
    ("sign", "pair"), [("ǈubić", "Ljubić"), ("ǌegoš", "Njegoš"), ("Ǆajić", "DŽajić"), ("ǅajić", "Džajić")]
)
def test_two_letters_that_a_code_page_holds_as_one_sign_stand_where_the_two_stand(sign: str, pair: str) -> None:
    for language in LANGUAGES:
        assert sort_key(sign, language) == sort_key(pair, language) == sort_key(sign.upper(), language)


@pytest.mark.parametrize("folder", ["desktop", "models", "reports", "ui"])
def test_nothing_is_sorted_by_small_letters_instead(folder: str) -> None:
    """`casefold` puts Çela, Đurić and Žižić after Zogu."""
    for path in (Path(__file__).resolve().parents[2] / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("sorted", "sort"):
                keys = [ast.unparse(word.value) for word in node.keywords if word.arg == "key"]
                folded = [key for key in keys if re.search(r"\b(casefold|lower|upper|fold)\b", key)]
                assert all(".startswith(" in key for key in folded), f"{path.name}:{node.lineno}"
