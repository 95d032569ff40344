"""Encodings: guessed right, or said to be weak; wrong letters never come in silently."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.exchange.encodings import ENCODINGS, TWICE, known_encoding
from models.exchange.files import read_table
from models.exchange.tables import Table
from models.text import translator

NAMES = {
    "cp1252 mac-roman cp850 iso8859-1 iso8859-15": (
        "Sørine", "Højlund", "Ågård", "Bækkelund", "Grønkjær", "Lefèvre", "Muñiz", "Jürgens", "Çollaku", "Përmeti",
        "Brøndum", "Thorsøe", "Nguéma", "Zéphirin", "Göransson",
    ),
    "cp1250 iso8859-2 cp852 mac-croatian": (
        "Đurđević", "Žaklina", "Ćulibrk", "Šušnjar", "Božović", "Šćepanović", "Krstić", "Žujović", "Hadžić", "Čolić",
    ),
    "cp1250 iso8859-2 mac-latin2 cp852": ("Řehoř", "Němec", "Łęcka", "Gołąb", "Wiśniewski", "Lőrincz", "Szűts"),
    "cp1251 iso8859-5 mac-cyrillic cp866 cp855 koi8-r koi8-u": (
        "Мухамедов", "Иванова", "Сидоренко", "Гусейнов", "Рустам", "Ольга", "Павел", "Шамиль", "Хасанова", "Зульфия",
    ),
    "cp1251 iso8859-5 mac-cyrillic cp855": ("Ђурђевић", "Ћулибрк", "Шушњар", "Љубиша", "Хаџић", "Живојин"),
    "cp1256 iso8859-6 mac-arabic cp720 mac-farsi": (
        "عبدالكريم", "جميل", "الحسن", "زياد", "بلال", "هاني", "سمير", "رنا", "ياسين", "قاسم", "لينا", "خليل",
    ),
    "cp1253 iso8859-7 mac-greek cp737 cp869": (
        "Καραγιάννης", "Πέτρος", "Μακρής", "Ιωάννα", "Ξένος", "Φώτης", "Ψαρράς", "Ηλίας", "Δήμητρα",
    ),
    "cp1254 iso8859-9 mac-turkish cp857": ("Güngör", "Şükrü", "Çağlayan", "İsmail", "Yağmur", "Işıl", "Köroğlu"),
    "cp1255 iso8859-8 cp862": ("פרידמן", "אורי", "גולן", "תמר", "שפירא", "נועם"),
    "cp1257 iso8859-13 cp775": ("Žemaitė", "Jūratė", "Šimkus", "Ąžuolas", "Kęstutis", "Būga"),
    "gb18030 big5hkscs euc_jp cp932": ("李明", "王大中", "林文山", "高田", "中村", "小林"),
    "utf-8 utf-16 utf-16-le utf-16-be utf-32 utf-32-le": ("Sørensen", "Đorđević", "أحمد", "李明", "Ольга"),
}  # fmt: skip
"""Names that the statistics of letters do not know by heart, by the encodings in which they are written."""
CASES = [(encoding, names) for encodings, names in NAMES.items() for encoding in encodings.split()]


def listed(folder: Path, names: list[str], encoding: str, told: str | None = None) -> Table:
    text = "No,Family name,Nationality\n" + "".join(f"{n},{name},Denmark\n" for n, name in enumerate(names, 1))
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return read_table(path, encoding=told)


def column(table: Table) -> list[str]:
    return [row.text(1) for row in table.rows[1:]]


@given(st.data())
def test_letters_are_right_or_said_to_be_weak(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    encoding, names = data.draw(st.sampled_from(CASES))
    some = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=60))
    table = listed(tmp_path_factory.getbasetemp(), some, encoding)
    assert not table.source.is_sure or column(table) == some


def _reads(folder: Path, names: list[str], encoding: str, told: str) -> bool:
    try:
        return column(listed(folder, names, encoding, told)) == names
    except Refused:
        return False


@pytest.mark.parametrize(("encoding", "names"), CASES)
def test_the_right_encoding_is_among_those_that_are_offered_first(
    tmp_path: Path, encoding: str, names: tuple[str, ...]
) -> None:
    some = list(names) * 3
    source = listed(tmp_path, some, encoding).source
    right = [each.encoding for each in source.spellings if _reads(tmp_path, some, encoding, each.encoding)]
    assert right or source.encoding == encoding
    shown = "\n".join(line for each in source.spellings if each.encoding in right for line in each.sample)
    assert names[0] in shown or encoding.startswith(("utf-16", "utf-32"))


@pytest.mark.parametrize("encoding", ["cp1252", "cp1250", "cp1251", "cp1253"])
def test_a_list_with_many_such_letters_is_sure(tmp_path: Path, encoding: str) -> None:
    names = next(list(names) for encodings, names in NAMES.items() if encodings.startswith(encoding))
    assert listed(tmp_path, names * 2, encoding).source.is_sure


def test_the_lists_with_letters_of_other_code_pages_are_right_or_weak(shared_data: Path) -> None:
    for name, letters in (("k_macroman.csv", "Sørensen"), ("k_cp1256.csv", "أحمد كريم")):
        source = read_table(shared_data / "cases" / name).source
        assert any(letters in line for each in source.spellings for line in each.sample)
        assert not source.is_sure or any(letters in line for line in source.spellings[0].sample)
    assert read_table(shared_data / "lists" / "DK-01.csv").source.encoding == "cp1252"


@pytest.mark.parametrize(
    "name",
    ["გიორგი", "Հակոբյան", "አበበ", "राम कुमार", "রহিম", "குமார்", "නිමල්", "សុខ សុភា", "ສົມພອນ", "ဆန်း", "ܝܘܚܢܢ", "ⵣⵉⵔⵉ",
     "Gʻulom Oʻtkir", "ʿAbd al-Raḥmān", "Nino (ნინო)"],
)  # fmt: skip
def test_utf_8_without_a_mark_is_sure_in_every_script(tmp_path: Path, name: str) -> None:
    table = listed(tmp_path, [name], "utf-8")
    assert (column(table), table.source.encoding, table.source.is_sure) == ([name], "utf-8", True)


@pytest.mark.parametrize("rows", [("1,Ana", "2,Beni"), ("1,Đorđe", "2,Gëzim")])
def test_files_that_were_put_behind_each_other_keep_no_mark_in_the_middle(
    tmp_path: Path, rows: tuple[str, str]
) -> None:
    path = tmp_path / "both.csv"
    path.write_bytes("".join(f"\ufeffNumber,Name\n{row}\n" for row in rows).encode())
    table = read_table(path)
    assert table.source.is_sure
    assert [row.cells for row in table.rows][::2] == [("Number", "Name")] * 2
    path.write_bytes("".join(f"\ufeff{row}\n" for row in ("Number,Name", *rows)).encode())
    assert [row.cells[0] for row in read_table(path).rows] == ["Number", "1", "2"]


@pytest.mark.parametrize("name", ["тата", "рам", "яма"])
def test_a_short_name_that_is_valid_utf_8_by_chance_is_weak(tmp_path: Path, name: str) -> None:
    for encoding, text in product(("cp866", "iso8859-5"), (name, name * 2)):
        table = listed(tmp_path, [text.upper(), text], encoding)
        assert column(table) == [text.upper(), text] or not table.source.is_sure


def test_letters_that_were_lost_before_are_said(tmp_path: Path) -> None:
    for name in ("S?rensen", "S\ufffdrensen"):
        source = listed(tmp_path, [name], "utf-8").source
        assert (source.is_sure, source.lost_letters) == (False, 1)
    assert listed(tmp_path, ["Why? No"], "utf-8").source.is_sure


def test_utf_8_that_was_written_twice_is_weak_and_can_be_undone(tmp_path: Path) -> None:
    twice = "Sørensen Åse Đorđević".encode().decode("cp1252", "surrogateescape")
    twice = "".join(sign if ord(sign) < 0xDC80 else chr(ord(sign) - 0xDC00) for sign in twice)
    source = listed(tmp_path, [twice], "utf-8").source
    assert (source.is_sure, source.spellings[0].encoding) == (False, TWICE)
    assert column(listed(tmp_path, [twice], "utf-8", TWICE)) == ["Sørensen Åse Đorđević"]


def test_encodings_are_known_by_many_names_and_none_that_is_no_text(tmp_path: Path) -> None:
    known = {
        "Windows-1252": "cp1252",
        "latin1": "iso8859-1",
        "Mac Roman": "mac-roman",
        "DOS 850": "cp850",
        "cp437": "cp437",
    }
    assert {name: known_encoding(name) for name in known} == known
    for name in ("hex", "unicode_escape", "rot13", "klingon"):
        with pytest.raises(Refused, match="does not know the encoding"):
            known_encoding(name)
    labels = [translator("sq").render(each.label) for each in ENCODINGS]
    assert len(set(labels)) == len(ENCODINGS)
    assert all("{" not in label for label in labels)


def test_an_encoding_that_the_bytes_are_not_of_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not written in the encoding") as refused:
        listed(tmp_path, ["Sørensen"], "cp1252", "utf-8")
    assert refused.value.field == "encoding"


@pytest.mark.parametrize("encoding", ["utf-7", "iso2022_jp", "hz"])
def test_letters_that_are_written_in_ascii_are_weak(tmp_path: Path, encoding: str) -> None:
    names = ["Sørensen", "Åse"] if encoding == "utf-7" else ["中村", "小林"]
    source = listed(tmp_path, names, encoding).source
    assert (source.encoding, source.is_sure) == (encoding, False)
    assert column(listed(tmp_path, names, encoding, encoding)) == names
    assert listed(tmp_path, ["+383 44-123-456", "a+bc-d", "~{x}"], "ascii").source.is_sure
