"""Serbian in Cyrillic letters: the rule, its exceptions, and every text of the catalogue."""

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from models.cyrillic import in_cyrillic
from models.text import translator

_LATIN = re.compile("[A-Za-zČĆŽŠĐčćžšđ]")
_WORD = re.compile(r"[^\W\d_]+")
_SAME = {"administrator", "disk", "filter", "partner", "plan", "program", "solar"}
"""Serbian words that are written like the English ones of the same text."""


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Mesečni izveštaj", "Месечни извештај"),
        ("Ljubljana, NJEGOŠ, Njegoš, Džep, budžet", "Љубљана, ЊЕГОШ, Његош, Џеп, буџет"),
        ("injekcija, konjunktura, konjugacija, Tanjug", "инјекција, конјунктура, конјугација, Танјуг"),
        ("nadživeti, odžaliti, odžak", "надживети, оджалити, оџак"),
        ("đački ćevap", "ђачки ћевап"),
        ("Izveštaj {programme} / {number} r{revision}", "Извештај {programme} / {number} r{revision}"),
        ("SHA-256 brojki u PDF-u", "SHA-256 бројки у PDF-у"),
        ("Pritisni Ctrl+K ili Enter", "Притисни Ctrl+K или Enter"),
        ("Upiši `konak verify FILE.pdf` u K-0012", "Упиши `konak verify FILE.pdf` у K-0012"),
        ("Konak, format A4, XLSX", "Конак, формат A4, XLSX"),
        ("mimo Konaka", "мимо Конака"),
        ("zabrana vraćanja (non-refoulement), a non je nula", "забрана враћања (non-refoulement), а нон је нула"),
    ],
)
def test_each_word_is_written_as_it_is_in_serbian(latin: str, cyrillic: str) -> None:
    assert in_cyrillic(latin) == cyrillic


def _each(text: object) -> list[str]:
    return [*text] if isinstance(text, (tuple, list)) else [str(text or "")]


def test_every_text_of_the_catalogue_is_in_cyrillic_but_for_what_is_no_serbian() -> None:
    """What stays Latin is a placeholder, the program, or stands in the English text as well: a key, a code."""
    file = Path(__file__).parents[1] / "models" / "locale" / "sr" / "LC_MESSAGES" / "konak.po"
    with file.open("rb") as opened:
        catalogue = read_po(opened, locale="sr")
    for message in catalogue:
        ids, said = _each(message.id), _each(message.string)
        english = {*_WORD.findall(" ".join(ids).lower())}
        for text in said if message.id else ():
            cyrillic = in_cyrillic(text)
            assert re.findall(r"{\w+}", cyrillic) == re.findall(r"{\w+}", text)
            left = {word for word in _WORD.findall(re.sub(r"{\w+}", " ", cyrillic)) if _LATIN.search(word)}
            assert {word.lower() for word in left} <= english | {"konak"}, (text, cyrillic)
            assert not {word.lower() for word in left} & _SAME, (text, cyrillic)
            assert not any(_LATIN.search(word) and re.search("[а-џ]", word) for word in left), (text, cyrillic)


def test_a_paper_in_cyrillic_says_dates_months_countries_and_plurals_in_it() -> None:
    tr = translator("cyr")
    assert tr.month(date(2026, 10, 1)) == "октобар 2026"
    assert tr.country("AF") == "Авганистан"
    assert tr.day(date(2026, 12, 5)) == "5. дец"
    assert tr.number(1046) == "1.046"
    assert [tr.plural("{n} stay", "{n} stays", n) for n in (1, 2, 5)] == [
        in_cyrillic(translator("sr").plural("{n} stay", "{n} stays", n)) for n in (1, 2, 5)
    ]
    assert tr("Written by hand: Njegoš") == "Written by hand: Njegoš", "what no catalogue has is not rewritten"
