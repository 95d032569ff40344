"""Makes the fonts that come with the program: run by hand, when Noto Sans has a new version.

    pip install fonttools uharfbuzz fontpkg-noto-sans fontpkg-noto-sans-arabic
    python reports/fonts/make_fonts.py

The packages carry variable fonts. Each is cut down to one weight and to the scripts that Konak writes, and gets a
table of its own, `KNKM`, as JSON, with what the drawing of a line needs and ReportLab cannot find out:

- where a combining mark sits on a letter, taken from the shaper (HarfBuzz) for every letter once;
- how each Arabic letter looks joined; for those of Pashto and others that Unicode gives no joined forms, the forms
  are put together from their parts and set in the private area.

The same input gives the same files.
"""

import importlib
import json
import unicodedata
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.varLib import instancer

HERE = Path(__file__).parent
WEIGHTS = {"Regular": 400, "Bold": 700}
LATIN = [*range(0x20, 0x530), *range(0x1E00, 0x2000), *range(0x2000, 0x2070), *range(0x2070, 0x20D0),
         *range(0x2100, 0x2190), *range(0x2C60, 0x2C80), *range(0xA720, 0xA800), 0x2190, 0x2191, 0x2192, 0x2193,
         0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25CC, 0xFB01, 0xFB02, 0xFFFD]  # fmt: skip
ARABIC = [0x20, 0xA0, *range(0x600, 0x700), *range(0x750, 0x780), *range(0x8A0, 0x900), 0x200C, 0x200D, 0x25CC,
          *range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)]  # fmt: skip
ZWJ = "\u200d"
PLACES = {"above": "\u0310", "below": "\u0329", "over": "\u0337"}
"""A mark for each place that no letter composes with, so that the shaper leaves it a glyph of its own."""
LAM_ALEFS = ("\u0644\u0622", "\u0644\u0623", "\u0644\u0625", "\u0644\u0627")
ARABIC_PLACES = {"above": "\u064e", "below": "\u0650"}
PRIVATE = 0xE100

Shaped = list[tuple[str, int, int, int]]


class Shaper:
    """What HarfBuzz makes of a text with one font file."""

    def __init__(self, file: Path) -> None:
        """Open the font.

        Args:
            file: A static TrueType font.
        """
        self.hb: Any = importlib.import_module("uharfbuzz")
        self.font = self.hb.Font(self.hb.Face(self.hb.Blob.from_file_path(str(file))))
        self.order = TTFont(file).getGlyphOrder()

    def __call__(self, text: str) -> Shaped:
        """The glyphs of a text in the order of drawing: name, advance, and its shift to the right and upwards."""
        buffer = self.hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        self.hb.shape(self.font, buffer, {"kern": False, "liga": False})
        return [
            (self.order[info.codepoint], place.x_advance, place.x_offset, place.y_offset)
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]


def cut(source: Path, weight: str, unicodes: list[int], style: str) -> TTFont:
    """One weight of a variable font with the glyphs of some characters, under a name of its own."""
    font = TTFont(source, recalcTimestamp=False)
    font = instancer.instantiateVariableFont(font, {"wght": WEIGHTS[weight], "wdth": 100})
    options = subset.Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True, glyph_names=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=unicodes)
    cutter.subset(font)
    if "STAT" in font:
        del font["STAT"]
    family = "Noto Sans" + style
    names = {1: family, 2: weight, 3: f"Konak;{family} {weight}", 4: f"{family} {weight}",
             6: f"{family.replace(' ', '')}-{weight}"}  # fmt: skip
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    for number in (16, 17, 21, 22, 25):
        font["name"].removeNames(nameID=number)
    bold = weight == "Bold"
    font["OS/2"].usWeightClass = WEIGHTS[weight]
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if bold else 0x40)
    font["head"].macStyle = 1 if bold else 0
    return font


def shift(shaped: Shaped, glyph: str) -> list[int] | None:
    """Where a glyph was set, counted from the end of the letters before it, or None where it is not there."""
    pen = 0
    for name, advance, right, up in shaped:
        if name == glyph:
            return [pen + right, up]
        pen += advance
    return None


def latin_marks(font: TTFont, shape: Shaper) -> dict[str, Any]:
    """Where marks sit on Latin, Greek and Cyrillic letters; counted from the end of the letter, in font units."""
    cmap = font.getBestCmap()
    letters = [chr(code) for code in sorted(cmap) if unicodedata.category(chr(code)) in {"Lu", "Ll", "Lo", "Nd"}]
    bases: dict[str, dict[str, list[int]]] = {place: {} for place in PLACES}
    for place, mark in PLACES.items():
        for letter in letters:
            shaped = shape(letter + mark)
            found = shift(shaped, cmap[ord(mark)])
            if found is not None:
                bases[place][letter] = [found[0] - sum(advance for _, advance, _, _ in shaped), found[1]]
    marks = {}
    for code in sorted(cmap):
        place_of = {230: "above", 220: "below", 1: "over"}.get(unicodedata.combining(chr(code)))
        found = shift(shape("q" + chr(code)), cmap[code])
        if place_of and found:
            base = bases[place_of]["q"]
            marks[chr(code)] = [found[0] - shape("q")[0][1] - base[0], found[1] - base[1]]
    first, second = (shift(shape("q" + text), cmap[0x310]) for text in ("\u0310", "\u0311\u0310"))
    return {"bases": bases, "marks": marks, "stack": (second or [0, 0])[1] - (first or [0, 0])[1]}


def forms_of(letter: str, shape: Shaper) -> list[str]:
    """The letter in the contexts of its isolated, first, middle and last form; empty where it does not join so."""
    alone = [name for name, *_ in shape(letter)]

    def joins(text: str) -> bool:
        return [name for name, *_ in shape(text) if name != "space"] != alone

    first, last = letter + ZWJ, ZWJ + letter
    return [letter, first if joins(first) else "", ZWJ + first if joins(first) else "", last if joins(last) else ""]


def joined_characters(cmap: dict[int, str]) -> dict[tuple[str, int], str]:
    """The characters of joined forms, by the letters that they are a form of and the form: 0 to 3 as in `forms_of`."""
    tags = {"<isolated>": 0, "<initial>": 1, "<medial>": 2, "<final>": 3}
    known: dict[tuple[str, int], str] = {}
    for code in sorted(code for code in cmap if code >= 0xFB50):
        tag, *parts = unicodedata.decomposition(chr(code)).split() or [""]
        text = "".join(chr(int(part, 16)) for part in parts)
        if tag in tags and (len(text) == 1 or text in LAM_ALEFS):
            known[text, tags[tag]] = chr(code)
    return known


def arabic_tables(font: TTFont, shape: Shaper) -> dict[str, Any]:
    """How Arabic letters join, and where marks sit on each form. Adds the forms that have no character."""
    cmap = font.getBestCmap()
    known = joined_characters(cmap)
    joins: dict[str, list[str]] = {}
    contexts = {known[text, index]: ZWJ * (index == 3) + text for text in LAM_ALEFS for index in (0, 3)}
    private = PRIVATE
    for letter in (chr(code) for code in sorted(cmap) if 0x620 <= code < 0x900):
        if unicodedata.category(letter) != "Lo":
            continue
        joins[letter] = [letter, "", "", ""]
        for index, context in enumerate(forms_of(letter, shape)):
            if not context:
                continue
            form = letter if index == 0 else known.get((letter, index), "")
            if not form:
                form = chr(private)
                private += 1
                add_composite(font, form, shape(context))
            joins[letter][index] = form
            contexts[form] = context
    bases = {place: arabic_bases(contexts, cmap, shape, mark) for place, mark in ARABIC_PLACES.items()}
    return {"joins": joins, "bases": bases, "marks": arabic_marks(cmap, shape, bases), "stack": 250}


def arabic_bases(contexts: dict[str, str], cmap: dict[int, str], shape: Shaper, mark: str) -> dict[str, list[int]]:
    """Where a mark sits on each form; counted from the end of the form, in font units."""
    bases = {}
    for form, context in contexts.items():
        letters = context.rstrip(ZWJ)
        shaped = shape(letters + mark + context[len(letters) :])
        found = shift(shaped, cmap[ord(mark)])
        if found is not None:
            bases[form] = [found[0] - sum(advance for _, advance, _, _ in shaped), found[1]]
    return bases


def arabic_marks(cmap: dict[int, str], shape: Shaper, bases: dict[str, dict[str, list[int]]]) -> dict[str, list[int]]:
    """How far each mark is set from the one that the bases were measured with."""
    marks = {}
    for code in sorted(code for code in cmap if 0x610 <= code < 0x900):
        if unicodedata.category(chr(code)) != "Mn":
            continue
        place = "below" if unicodedata.combining(chr(code)) in {29, 32, 220} else "above"
        found = shift(shape("ح" + chr(code)), cmap[code])
        if found:
            base = bases[place]["ح"]
            marks[chr(code)] = [found[0] - shape("ح")[0][1] - base[0], found[1] - base[1]]
    return marks


def add_composite(font: TTFont, form: str, shaped: Shaped) -> None:
    """Put a glyph together from the parts that the shaper named, and set it at a character of the private area."""
    name = f"uni{ord(form):04X}"
    pen = TTGlyphPen(font.getGlyphSet())
    at = 0
    for part, advance, right, up in shaped:
        if part != "space":
            pen.addComponent(part, (1, 0, 0, 1, at + right, up))
        at += advance
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    glyph = pen.glyph()
    font["glyf"].glyphs[name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"].metrics[name] = (at, glyph.xMin)
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap[ord(form)] = name


def make() -> None:
    """Write the four fonts and their licence beside this script."""
    packages: dict[str, tuple[Any, list[int]]] = {
        "": (importlib.import_module("fontpkg_noto_sans"), LATIN),
        " Arabic": (importlib.import_module("fontpkg_noto_sans_arabic"), ARABIC),
    }
    for style, (package, unicodes) in packages.items():
        (source,) = [file for file in (package.ROOT / "files").iterdir() if "Italic" not in file.name]
        for weight in WEIGHTS:
            file = HERE / f"NotoSans{style.strip()}-{weight}.ttf"
            font = cut(source, weight, unicodes, style)
            font.save(file)
            font = TTFont(file, recalcTimestamp=False)
            tables = arabic_tables(font, Shaper(file)) if style else latin_marks(font, Shaper(file))
            own = newTable("KNKM")
            own.data = json.dumps(tables, separators=(",", ":"), sort_keys=True).encode()
            font["KNKM"] = own
            font.save(file)
    latin, arabic = ((package.ROOT / "LICENSE").read_text("utf-8") for package, _ in packages.values())
    (HERE / "OFL.txt").write_text(arabic.splitlines(keepends=True)[0] + latin, "utf-8")


if __name__ == "__main__":
    make()
