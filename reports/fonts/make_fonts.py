"""Makes the fonts that come with the program: run by hand, when one of them has a new version.

    pip install fonttools fontpkg-noto-sans fontpkg-noto-sans-arabic justmytype-intl-cjk
    apt-get download fonts-noto-core fonts-droid-fallback
    dpkg-deb -x fonts-noto-core_*.deb unpacked; dpkg-deb -x fonts-droid-fallback_*.deb unpacked
    python reports/fonts/make_fonts.py unpacked/usr/share

Each is cut down to one weight, to the letters for which it is asked (`reports.fonts.BLOCKS`) and to what HarfBuzz needs
to set them. ReportLab embeds TrueType outlines only, so Chinese and Japanese come from Droid Sans Fallback.

The same input gives the same files.
"""

import importlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from reports import fonts

HERE = Path(__file__).parent
WEIGHTS = {"Regular": 400, "Bold": 700}
LATIN = [*range(0x20, 0x530), *range(0x1E00, 0x2000), *range(0x2000, 0x2070), *range(0x2070, 0x20D0),
         *range(0x2100, 0x2190), *range(0x2C60, 0x2C80), *range(0xA720, 0xA800), 0x2190, 0x2191, 0x2192, 0x2193,
         0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25CC, 0xFB01, 0xFB02, 0xFFFD]  # fmt: skip
IN_THE_WINDOW = ("Noto Sans", "Noto Sans Arabic")
COMMON = [0x20, 0xA0, 0x200C, 0x200D, 0x25CC]
"""What is set together with the letters of any script."""


def cut(source: Path, weight: str, unicodes: Iterable[int], family: str) -> TTFont:
    """One weight of a font with the glyphs of some characters, under a name of its own."""
    font = TTFont(source, recalcTimestamp=False)
    if "fvar" in font:
        axes = {"wght": WEIGHTS[weight], "wdth": 100}
        font = instancer.instantiateVariableFont(font, {axis.axisTag: axes[axis.axisTag] for axis in font["fvar"].axes})
    options = subset.Options(
        layout_features=["*"], name_IDs=["*"], notdef_outline=True, glyph_names=False, hinting=family in IN_THE_WINDOW
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=unicodes)
    cutter.subset(font)
    if "STAT" in font:
        del font["STAT"]
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


def packed(package: str) -> Path:
    """The upright font that a package of PyPI carries."""
    root = Path(str(importlib.import_module(package).ROOT))
    (source,) = [file for file in (root / "files").iterdir() if "Italic" not in file.name]
    return source


def source_of(name: fonts.Face, share: Path) -> Path:
    """The font that a face is cut from."""
    file = fonts.FACES[name]
    family = file.partition("-")[0]
    match family:
        case "NotoSans":
            return packed("fontpkg_noto_sans")
        case "NotoSansArabic":
            return packed("fontpkg_noto_sans_arabic")
        case "NotoSansKR":
            pack = Path(str(importlib.import_module("justmytype_intl_cjk").__file__)).parent
            return pack / "fonts" / "ofl" / "notosanskr" / "NotoSansKR[wght].ttf"
        case "DroidSansFallback":
            return share / "fonts" / "truetype" / "droid" / "DroidSansFallbackFull.ttf"
        case _:
            return share / "fonts" / "truetype" / "noto" / file


def make(share: Path) -> None:
    """Write the fonts beside this script.

    Args:
        share: What was unpacked of Debian's packages.
    """
    wanted: dict[fonts.Face, list[int]] = {"regular": LATIN, "bold": LATIN}
    for first, last, name in fonts.BLOCKS:
        wanted.setdefault(name, [*COMMON]).extend(range(first, last + 1))
    wanted["arabic_bold"] = wanted["arabic"]
    for face, unicodes in wanted.items():
        family, _, weight = fonts.FACES[face].removesuffix(".ttf").partition("-")
        spaced = re.sub("(?<=[a-z])(?=[A-Z])", " ", family)
        cut(source_of(face, share), weight, unicodes, spaced).save(HERE / fonts.FACES[face])


if __name__ == "__main__":
    make(Path(sys.argv[1]))
