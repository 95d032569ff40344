"""Setting lines of text: letters, order, marks, widths, what has no letter."""

import subprocess
import sys
import unicodedata
from itertools import pairwise

import pytest
import uharfbuzz
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from models.text import translator
from reports import faces, fonts
from reports import type as lettering
from reports.page import Furniture, Strip, Text, draw_paper
from reports.type import set_line, truncate, width, wrap
from tests.reports import pdf_text

ALPHABETS = {
    "Albanian": "AaBbCcÇçDdEeËëFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvXxYyZz",
    "Serbian Latin": "AaBbCcČčĆćDdĐđEeFfGgHhIiJjKkLlMmNnOoPpRrSsŠšTtUuVvZzŽžǄǅǆǇǈǉǊǋǌ",
    "Serbian Cyrillic": "АаБбВвГгДдЂђЕеЖжЗзИиЈјКкЛлЉљМмНнЊњОоПпРрСсТтЋћУуФфХхЦцЧчЏџШш",
    "Vietnamese": "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYàảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ",
    "Yoruba": "ẸẹỌọṢṣÀàÁáÈèÉéÌìÍíÒòÓóÙùÚúǸǹŃńḾḿẸ̀ẹ̀Ẹ́ẹ́Ọ̀ọ̀Ọ́ọ́M̀m̀",
    "Polish": "AaĄąBbCcĆćDdEeĘęLlŁłNnŃńOoÓóSsŚśZzŹźŻż",
    "Arabic": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي٠١٢٣٤٥٦٧٨٩،؛؟",
    "Dari and Pashto": "پچژگکیۀټډړږښځڅڼېۍئګ۰۱۲۳۴۵۶۷۸۹",
    "punctuation": "–—·…‘’“”„«»€£−×°№‐",
}


NAMES_OF_THE_WORLD = {
    "Latin": "Nguyễn Thị Hằng",
    "Greek": "Γιώργος Παπαδόπουλος",
    "Cyrillic": "Ђорђе Љубичић",
    "Arabic": "صلاح احمدزی ښار",
    "Hebrew": "יִצְחָק לוי",
    "Georgian": "გიორგი მაისურაძე",
    "Armenian": "Հայկ Սարգսյան",
    "Devanagari": "कृष्ण त्रिपाठी",
    "Bengali": "শ্রী ক্ষিতিশ মোহাম্মদ",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Tamil": "ஸ்ரீநிவாசன் கௌசல்யா",
    "Sinhala": "ශ්‍රීමති කුමාරි",
    "Thai": "น้ำฝน ปิ่นแก้ว",
    "Lao": "ສົມສັກ ຄຳພູ",
    "Khmer": "ស្រីមុំ ត្រឹម",
    "Myanmar": "အောင်ဆန်းစုကြည်",
    "Ethiopic": "አበበ በቀለ",
    "Tifinagh": "ⴰⵎⴰⵣⵉⵖ ⵢⵓⴳⵓⵔⵜⵏ",
    "Chinese": "歐陽娜娜 王小明",
    "Japanese": "山田 さくら ミュウ",
    "Korean": "김철수 박지민",
    "Gujarati": "શ્રી નરેન્દ્ર",
    "Telugu": "శ్రీనివాస్ రెడ్డి",
    "Kannada": "ಶ್ರೀಕೃಷ್ಣ",
    "Malayalam": "ശ്രീകുമാർ കൃഷ്ണൻ",
    "Oriya": "ଶ୍ରୀ କୃଷ୍ଣ",
    "Tibetan": "བསྟན་འཛིན་རྒྱ་མཚོ",
    "Thaana": "މުހައްމަދު",
    "Syriac": "ܐܫܘܪ",
    "N'Ko": "ߒߞߏ",
    "Adlam": "𞤀𞤣𞤤𞤢𞤥",
}
"""A name in each script that a passport may bear, and in some more that stand beside them."""


def drawn(text: str) -> str:
    return "".join(span.text for span in set_line(text).spans)


def said(text: str) -> str | None:
    """What is read of a line that runs from the left; None where it is what is drawn."""
    (piece,) = set_line(text).pieces
    return piece.said


def glyphs(text: str, bold: bool = False) -> list[tuple[str, int]]:
    """The font and the number of each shape of a line, from left to right, but for the blanks."""
    named = {one.name: one for one in map(faces.face, fonts.FACES)}
    return [
        (span.font, named[span.font].font.face.charToGlyph.get(ord(letter), 0))
        for span in set_line(text, bold).spans
        for letter in span.text
        if letter != " "
    ]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("alphabet", [*ALPHABETS.values(), *NAMES_OF_THE_WORLD.values()])
def test_every_letter_has_a_shape(alphabet: str, bold: bool) -> None:
    assert lettering.can_print(alphabet)
    for text in [*alphabet, alphabet]:
        assert all(glyph for _, glyph in glyphs(text, bold)), text


@pytest.mark.parametrize("script", [*NAMES_OF_THE_WORLD][3:])  # the first three are drawn letter by letter
def test_what_is_drawn_are_the_shapes_that_harfbuzz_names(script: str) -> None:
    """Word by word, straight from the font file: so nothing of the line's own making is taken for right."""
    for name in NAMES_OF_THE_WORLD[script].split():
        word = unicodedata.normalize("NFC", name)
        (face,) = {font for font, _ in glyphs(word)}
        blob = uharfbuzz.Blob.from_file_path(str(fonts.path_of(face)))
        buffer = uharfbuzz.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(blob)), buffer, {"kern": False})
        wanted = [info.codepoint for info in buffer.glyph_infos]
        drawn_now = [glyph for _, glyph in glyphs(word)]
        if buffer.direction == "rtl":  # a letter is drawn before its marks
            wanted, drawn_now = sorted(wanted), sorted(drawn_now)
        assert drawn_now == wanted, script


def test_letters_join_and_change_their_order_as_their_scripts_have_it() -> None:
    assert len(glyphs("क्ष")) == 1, "two letters of Devanagari become one"
    alone = glyphs("क")
    assert glyphs("कि")[-1:] == alone, "a sign that is written after its letter stands before it"
    assert glyphs("สี")[0] == glyphs("ส")[0]
    assert len(glyphs("한")) == 1


def test_each_name_is_read_again_by_poppler() -> None:
    """Also what runs from the right, which readers turn around."""
    names = [name for script, name in NAMES_OF_THE_WORLD.items() if script not in {"Thaana", "N'Ko", "Adlam"}]
    strips = [Strip(16, [Text(60, 10, name)]) for name in names]
    pdf = draw_paper(strips, Furniture(title="Names", author="Konak"), tr=translator("en"))
    text = pdf_text.poppler(pdf)
    for name in names:
        assert unicodedata.normalize("NFC", name) in text
    assert pdf == draw_paper(strips, Furniture(title="Names", author="Konak"), tr=translator("en"))


def test_each_name_is_found_in_the_preview(qapp: QApplication) -> None:
    """Whose reader turns lines in a way of its own; of letters with vowel signs it makes what it likes."""
    names = [name for script, name in NAMES_OF_THE_WORLD.items() if script not in {"Hebrew", "Adlam"}]
    strips = [Strip(40, [Text(60, 20, name)]) for name in names]  # lines that touch it takes for one
    pdf = QBuffer()
    pdf.setData(draw_paper(strips, Furniture(title="Names", author="Konak"), tr=translator("en")))
    pdf.open(QBuffer.OpenModeFlag.ReadOnly)
    shown = QPdfDocument()
    shown.load(pdf)
    text = "".join(shown.getAllText(page).text() for page in range(shown.pageCount()))
    for name in names:
        assert unicodedata.normalize("NFC", name) in text
    shown.close()


def test_a_line_of_two_directions_is_in_the_order_of_reading() -> None:
    line = drawn("Ali (علی 15)")
    assert (line[:5], line[5:7], line[-1]) == ("Ali (", "15", ")")


def test_a_line_that_goes_on_runs_as_its_paragraph_does_whatever_letter_it_begins_with() -> None:
    _first, name = wrap("Own script: علی ولی · Sex", width("Own script: علی ول", 9), 9)
    assert drawn(name).endswith(" · Sex")
    _first, number = wrap("علی ولی Konak 15", width("علی ولی Ko", 9), 9)
    assert lettering.runs_from_right(number)
    assert drawn(number) == "Konak 15"
    assert wrap("Own script: Ali Wali", width("Own script: Ali W", 9), 9) == ["Own script: Ali", "Wali"]


def test_what_is_drawn_does_not_hang_on_what_was_drawn_before() -> None:
    first = set_line("कृष्ण क्ष")
    lettering.set_line.cache_clear()
    set_line("क्ष ज्ञ त्र श्र")
    assert set_line("कृष्ण क्ष") == first


def test_a_paper_in_latin_letters_loads_no_other_font() -> None:
    code = (
        "from reports import type as lettering; lettering.set_line('Ђорђе Ségolène Παπαδόπουλος');"
        "from reportlab.pdfbase import pdfmetrics as known;"
        "print(sorted(each for each in known._fonts if each.startswith('Noto')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['NotoSans-Regular']"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ann 😀", "Ann [U+1F600]"),
        ("\x00", "[U+0000]"),
        ("ᏣᎳᎩ Ann", "Tsalagi [U+13E3 U+13B3 U+13A9] Ann"),
        ("𠮷田", "[U+20BB7]田"),
    ],
)
def test_a_letter_that_no_font_has_is_written_by_its_number_and_refuses_nothing(text: str, written: str) -> None:
    assert drawn(text) == written
    assert not lettering.can_print(text)


def test_letters_and_marks_are_the_same_however_they_were_typed() -> None:
    for name in ("Đặng Hữu Ước", "Ọ̀ṣunlékè", "Żółć", "Këlmendi"):
        assert set_line(unicodedata.normalize("NFD", name)) == set_line(unicodedata.normalize("NFC", name))


def test_a_mark_over_a_capital_is_raised_and_over_a_small_letter_is_not() -> None:
    small, capital = (max(span.y for span in set_line(letter).spans) for letter in ("ọ̀", "Ọ̀"))
    assert capital > small + 100
    assert width("ọ̀", 10) == width("ọ", 10), "a mark takes no room"


def test_a_mark_stands_over_the_middle_of_wide_and_narrow_letters() -> None:
    wide, narrow = set_line("m̀").spans[1].x - width("m", 1000), set_line("l̀").spans[1].x - width("l", 1000)
    assert narrow - wide == pytest.approx((width("m", 1000) - width("l", 1000)) / 2, abs=30)


def test_two_marks_over_one_letter_stand_above_each_other() -> None:
    _, first, second = set_line("x̀̄").spans
    assert second.y > first.y + 100


def test_arabic_runs_from_the_right_with_joined_letters() -> None:
    assert [piece.said for piece in set_line("سلیم").pieces] == list("میلس")
    first, alone = glyphs("سس")[-1], glyphs("س")[-1]
    assert first != alone
    assert glyphs("دس")[0] == alone, "nothing joins to the left of dal"


def test_lam_and_alef_take_the_shapes_that_they_have_together() -> None:
    assert glyphs("لا") != [*glyphs("ا"), *glyphs("ل")]


def test_letters_of_pashto_that_unicode_gives_no_joined_forms_are_joined() -> None:
    letters = [piece for piece in set_line("ښښښ").pieces if piece.said == "ښ"]
    assert len({piece.spans[0].text for piece in letters}) == 3


def test_a_letter_and_its_vowel_sign_are_one_piece_and_the_sign_is_told_first() -> None:
    last, first = (piece.said for piece in set_line("بَر").pieces)
    assert (first, last) == ("\u064eب", "ر")


def test_a_letter_is_drawn_before_its_marks_and_a_blank_ends_where_it_does() -> None:
    (piece,) = set_line("مَّ").pieces
    letter, *marks, blank = piece.spans
    assert letter.x == 0
    assert marks
    assert all(0 < mark.x < width("م", 1000) for mark in marks)
    assert blank.text == " "
    assert blank.x + width(" ", 1000) == pytest.approx(width("م", 1000))


def test_a_name_cannot_turn_the_line() -> None:
    assert drawn("\u202eabc\u202c def\u200f") == "abc def"
    assert drawn("a\tb\nc") == "a b c"


def test_what_is_read_aloud_is_kept_beside_what_is_drawn() -> None:
    assert "".join(piece.said or piece.spans[0].text for piece in set_line("گل علی").pieces)[::-1] == "گل علی"
    assert said("Ọ̀ṣun") == unicodedata.normalize("NFC", "Ọ̀ṣun")
    assert said("त्रि") == "त्रि"
    assert said("राम") is None
    assert said("Đorđe") is None


def test_bold_is_wider() -> None:
    for name in ("Đorđe", "گل", "Ђорђе"):
        assert width(name, 9, bold=True) > width(name, 9)


NAMES = st.text(st.sampled_from("abcdeëç WMi.đ Ђorđ Nguyễn" + "ọ̀ẹ́" + " گلی"), max_size=60)


@given(NAMES, st.floats(30, 300))
def test_what_is_truncated_fits(name: str, room: float) -> None:
    short = truncate(name, room, 9)
    assert width(short, 9) <= room
    if width(name, 9) <= room:
        assert short == name
    else:
        assert short.endswith("…")


SIGNS = dict.fromkeys(map(ord, "\ufdd3\ufdd4"))
"""What wrapped lines say of their paragraph beside the letters."""


@given(NAMES, st.floats(30, 300))
def test_what_is_wrapped_fits_and_loses_nothing(name: str, room: float) -> None:
    lines = wrap(name, room, 9)
    assert all(width(line, 9) <= room for line in lines)
    # Spaces go first: a mark that stood alone behind one would join the letter before it.
    kept, wanted = ("".join(said).translate(SIGNS).replace(" ", "") for said in (lines, [name]))
    assert unicodedata.normalize("NFC", kept) == unicodedata.normalize("NFC", wanted)


def test_words_are_kept_whole_and_long_ones_broken_between_letters_and_not_before_marks() -> None:
    assert wrap("one two three", width("one two", 9) + 1, 9) == ["one two", "three"]
    pieces = wrap("ẹ̀" * 40, 50, 9)
    assert len(pieces) > 1
    assert not any(unicodedata.combining(piece[0]) for piece in pieces)
    for piece in wrap("क्ष्मी" * 40, 50, 9):
        assert unicodedata.category(piece[0]) == "Lo"
        assert not piece.endswith("\u094d"), "letters that join stay together"


def test_the_fonts_are_static_have_names_of_their_own_and_a_licence() -> None:
    names = set()
    for one in fonts.FACES:
        face = faces.face(one).font.face
        names.add(face.name)
        assert b"fvar" not in fonts.path(one).read_bytes()[:600]
        assert fonts.path(one).stat().st_size < (5_000_000 if one in {"han", "hangul"} else 600_000)
    assert len(names) == len(fonts.FACES)
    folder = fonts.path("regular").parent
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text("utf-8")
    assert "Apache License" in (folder / "APACHE.txt").read_text("utf-8")
    assert {file.name for file in folder.glob("*.ttf")} == set(fonts.FACES.values())


def test_the_blocks_of_the_fonts_follow_each_other() -> None:
    assert list(fonts.BLOCKS) == sorted(fonts.BLOCKS)
    assert all(one[1] < next_one[0] for one, next_one in pairwise(fonts.BLOCKS))


@pytest.mark.parametrize("name", ["می\u200cتوانید", "\u200cعلی", "آن\u200cها 24 Noori", "Nur\u200bi"])
def test_a_sign_without_a_letter_between_letters_that_run_from_the_right_is_set(name: str) -> None:
    assert lettering.width(name, 10) > 0
