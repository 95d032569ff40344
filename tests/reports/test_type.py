"""Setting lines of text: letters, order, marks, widths, what has no letter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from reports import fonts
from reports import type as lettering
from reports.type import set_line, truncate, width, wrap

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


def drawn(text: str) -> str:
    return "".join(span.text for span in set_line(text).spans)


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("language", ALPHABETS)
def test_every_letter_of_the_languages_has_a_shape(language: str, bold: bool) -> None:
    for letter in ALPHABETS[language]:
        line = set_line(letter, bold)
        faces = {face.name: face for face in lettering.faces(bold=bold)}
        for span in line.spans:
            glyphs = [faces[span.font].font.face.charToGlyph.get(ord(one), 0) for one in span.text]
            assert all(glyphs), f"U+{ord(letter):04X}"


@pytest.mark.parametrize("text", ["Ram राम", "家", "Ann 😀", "\x00"])
def test_a_letter_that_no_font_has_is_refused_loudly(text: str) -> None:
    with pytest.raises(Refused) as refused:
        set_line(text)
    assert "U+" in str(refused.value.message.values["letters"])


def test_the_refusal_names_nobody() -> None:
    name = "राम कुमार"
    with pytest.raises(Refused) as refused:
        set_line(name)
    told = str(refused.value) + str(refused.value.message.values)
    assert not set(name.replace(" ", "")) & set(told)
    assert told.index("U+0915") < told.index("U+0930"), "in the order of the numbers, not of the name"


def test_letters_and_marks_are_the_same_however_they_were_typed() -> None:
    for name in ("Đặng Hữu Ước", "Ọ̀ṣunlékè", "Żółć", "Këlmendi"):
        assert set_line(unicodedata.normalize("NFD", name)) == set_line(unicodedata.normalize("NFC", name))


def test_a_mark_over_a_capital_is_raised_and_over_a_small_letter_is_not() -> None:
    (_, small), (_, capital) = set_line("ọ̀").spans, set_line("Ọ̀").spans
    assert small.y == 0
    assert capital.y > 100
    assert width("ọ̀", 10) == width("ọ", 10), "a mark takes no room"


def test_a_mark_stands_over_the_middle_of_wide_and_narrow_letters() -> None:
    wide, narrow = set_line("m̀").spans[1].x - width("m", 1000), set_line("l̀").spans[1].x - width("l", 1000)
    assert narrow - wide == pytest.approx((width("m", 1000) - width("l", 1000)) / 2, abs=30)


def test_two_marks_over_one_letter_stand_above_each_other() -> None:
    _, first, second = set_line("x̀̄").spans
    assert second.y > first.y + 100


def test_arabic_runs_from_the_right_with_joined_letters() -> None:
    forms = drawn("سلیم")
    assert unicodedata.normalize("NFKC", forms) == "میلس"
    assert all(unicodedata.decomposition(form).startswith("<") for form in forms), "each in a joined form"


def test_lam_and_alef_become_one() -> None:
    assert drawn("لا") == "\ufefb"


def test_letters_of_pashto_that_unicode_gives_no_joined_forms_are_joined() -> None:
    last, middle, first = list(drawn("ښښښ"))
    assert len({first, middle, last, "ښ"}) == 4
    assert drawn("ښار")[-1] == first
    assert drawn("دښ") == "ښد", "nothing joins to the left of dal"


def test_letters_in_the_private_area_do_not_disturb_the_order() -> None:
    words = "ښه ګل"
    line = drawn(words)
    assert line.index(" ") == 2
    assert drawn("ګل") == line[:2]


def test_vowel_signs_stand_over_their_letters() -> None:
    letters, over_the_first = set_line("بَر").spans
    over_the_last = set_line("برَ").spans[1]
    begins = width(letters.text[0], 1000)
    assert begins - 100 < over_the_first.x < width(letters.text, 1000)
    assert over_the_last.x < begins


def test_the_doubling_sign_stands_nearest_to_its_letter() -> None:
    shadda, fatha = (span for span in set_line("مَّ").spans if unicodedata.combining(span.text[0]))
    assert (shadda.text, fatha.text) == ("\u0651", "\u064e")
    assert fatha.y > shadda.y


def test_a_name_cannot_turn_the_line() -> None:
    assert drawn("\u202eabc\u202c def\u200f") == "abc def"
    assert drawn("a\tb\nc") == "a b c"


def test_what_is_read_aloud_is_kept_beside_what_is_drawn() -> None:
    assert set_line("گل احمدزی").said == "گل احمدزی"
    assert set_line("Ọ̀ṣun").said == unicodedata.normalize("NFC", "Ọ̀ṣun")
    assert set_line("Đorđe").said is None


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


@given(NAMES, st.floats(30, 300))
def test_what_is_wrapped_fits_and_loses_nothing(name: str, room: float) -> None:
    lines = wrap(name, room, 9)
    assert all(width(line, 9) <= room for line in lines)
    # Spaces go first: a mark that stood alone behind one would join the letter before it.
    kept, wanted = ("".join(said).replace(" ", "") for said in (lines, [name]))
    assert unicodedata.normalize("NFC", kept) == unicodedata.normalize("NFC", wanted)


def test_words_are_kept_whole_and_long_ones_broken_between_letters_and_not_before_marks() -> None:
    assert wrap("one two three", width("one two", 9) + 1, 9) == ["one two", "three"]
    pieces = wrap("ẹ̀" * 40, 50, 9)
    assert len(pieces) > 1
    assert not any(unicodedata.combining(piece[0]) for piece in pieces)


def test_the_fonts_are_static_have_names_of_their_own_and_a_licence() -> None:
    names = set()
    for one in fonts.FACES:
        face = lettering.face(one).font.face
        names.add(face.name)
        assert b"fvar" not in fonts.path(one).read_bytes()[:600]
        assert fonts.path(one).stat().st_size < 500_000
    assert len(names) == len(fonts.FACES)
    assert "SIL OPEN FONT LICENSE" in (fonts.path("regular").parent / "OFL.txt").read_text("utf-8")
