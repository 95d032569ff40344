"""The encodings that a file of a clerk may be written in, by a plain name."""

import codecs
from dataclasses import dataclass
from functools import cache

from models.errors import Refused
from models.text import N_, Message, message

REGIONS = (
    (N_("All languages"), (("utf-8", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16 LE"),
                           ("utf-16-be", "UTF-16 BE"), ("utf-32", "UTF-32"), ("utf-32-le", "UTF-32 LE"),
                           ("utf-32-be", "UTF-32 BE"), ("utf-7", "UTF-7"))),
    (N_("Western Europe"), (("cp1252", "Windows-1252"), ("mac-roman", "Mac Roman"), ("iso8859-15", "ISO 8859-15"),
                            ("iso8859-1", "ISO 8859-1"), ("cp850", "DOS 850"), ("cp858", "DOS 858"),
                            ("cp437", "DOS 437"))),
    (N_("Central Europe"), (("cp1250", "Windows-1250"), ("iso8859-2", "ISO 8859-2"),
                            ("mac-latin2", "Mac Central Europe"), ("mac-croatian", "Mac Croatian"),
                            ("mac-romanian", "Mac Romanian"), ("cp852", "DOS 852"), ("iso8859-16", "ISO 8859-16"))),
    (N_("Northern Europe"), (("cp1257", "Windows-1257"), ("iso8859-13", "ISO 8859-13"), ("iso8859-4", "ISO 8859-4"),
                             ("iso8859-10", "ISO 8859-10"), ("cp775", "DOS 775"), ("cp865", "DOS 865"),
                             ("cp861", "DOS 861"), ("mac-iceland", "Mac Icelandic"), ("iso8859-14", "ISO 8859-14"))),
    (N_("Southern Europe"), (("iso8859-3", "ISO 8859-3"), ("cp860", "DOS 860"), ("cp863", "DOS 863"))),
    (N_("Cyrillic"), (("cp1251", "Windows-1251"), ("iso8859-5", "ISO 8859-5"), ("koi8-r", "KOI8-R"),
                      ("koi8-u", "KOI8-U"), ("mac-cyrillic", "Mac Cyrillic"), ("cp866", "DOS 866"),
                      ("cp855", "DOS 855"), ("cp1125", "DOS 1125"))),
    (N_("Greek"), (("cp1253", "Windows-1253"), ("iso8859-7", "ISO 8859-7"), ("mac-greek", "Mac Greek"),
                   ("cp737", "DOS 737"), ("cp869", "DOS 869"))),
    (N_("Turkish"), (("cp1254", "Windows-1254"), ("iso8859-9", "ISO 8859-9"), ("mac-turkish", "Mac Turkish"),
                     ("cp857", "DOS 857"))),
    (N_("Arabic and Persian"), (("cp1256", "Windows-1256"), ("iso8859-6", "ISO 8859-6"), ("mac-arabic", "Mac Arabic"),
                                ("mac-farsi", "Mac Farsi"), ("cp864", "DOS 864"), ("cp720", "DOS 720"))),
    (N_("Hebrew"), (("cp1255", "Windows-1255"), ("iso8859-8", "ISO 8859-8"), ("cp862", "DOS 862"))),
    (N_("Vietnamese"), (("cp1258", "Windows-1258"),)),
    (N_("Thai"), (("cp874", "Windows-874"), ("iso8859-11", "ISO 8859-11"))),
    (N_("Chinese"), (("gb18030", "GB18030"), ("big5hkscs", "Big5"), ("hz", "HZ"))),
    (N_("Japanese"), (("cp932", "Shift-JIS"), ("euc_jp", "EUC-JP"), ("iso2022_jp", "ISO-2022-JP"))),
    (N_("Korean"), (("cp949", "EUC-KR"), ("johab", "Johab"), ("iso2022_kr", "ISO-2022-KR"))),
)  # fmt: skip

_ALSO = {
    "mac": "mac-roman", "macroman": "mac-roman", "macintosh": "mac-roman", "mac-ce": "mac-latin2", "ansi": "cp1252",
    "dos": "cp850", "oem": "cp850", "unicode": "utf-16", "shift-jis": "cp932", "shift_jis": "cp932", "sjis": "cp932",
    "euc-kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "windows-874": "cp874",
    "mac-central-europe": "mac-latin2", "mac-icelandic": "mac-iceland", "utf-8 written twice": "utf-8-twice",
}  # fmt: skip
"""What else people call them; the wider set of letters is taken where one holds the other."""

TWICE = "utf-8-twice"
"""Text in UTF-8 that a program took for Windows-1252 and wrote in UTF-8 once more: `SÃ¸rensen`."""
_NO_TEXT = frozenset({"unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "mbcs", "oem"})


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding that can be chosen.

    Attributes:
        name: Its Python name, which `read_table` takes.
        label: What it is called: `Western Europe (Windows-1252)`.
    """

    name: str
    label: Message


ENCODINGS: tuple[Encoding, ...] = (
    *(
        Encoding(name, message("{region} ({encoding})", region=Message(region), encoding=title))
        for region, several in REGIONS
        for name, title in several
    ),
    Encoding(TWICE, message("UTF-8 that was written twice")),
)
"""All that can be chosen, those of one region together."""


@cache
def _by_name() -> dict[str, str]:
    """The encodings by all that they may be called, in small letters without blanks around."""
    found = {codecs.lookup(each.name).name: each.name for each in ENCODINGS if each.name != TWICE}
    found |= {_tidy(title): name for _, several in REGIONS for name, title in several}
    return found | {_tidy(also): name for also, name in _ALSO.items()} | {TWICE: TWICE}


def _tidy(name: str) -> str:
    return "-".join(name.casefold().replace("_", " ").replace("-", " ").split())


def known_encoding(name: str) -> str:
    """The Python name of an encoding, from whatever it is called: `Windows-1252`, `latin1`, `mac`, `DOS 850`.

    Raises:
        Refused: There is no such encoding, or it is none of texts.
    """
    if found := _by_name().get(_tidy(name)):
        return found
    try:
        known = codecs.lookup(name).name
        "".encode(known)
    except (LookupError, UnicodeError, ValueError):
        known = ""
    if not known or known.replace("_", "-") in _NO_TEXT:
        raise Refused(
            "Konak does not know the encoding “{encoding}”. Use utf-8, windows-1252, windows-1250, mac-roman "
            "or another.",
            field="encoding",
            encoding=name,
        )
    return _by_name().get(known, known)


def label_of(name: str) -> Message:
    """What an encoding is called on the screen."""
    return next((each.label for each in ENCODINGS if each.name == name), Message(name))
