"""Which encoding a text is written in: told by the letters that names and words of many languages have side by side.

No single test tells a code page: each has a letter for nearly every byte. So every candidate reads the lines that have
letters beyond ASCII, and each reading is weighed by how likely its letters follow each other in some language. Where
the likeliest reading is not far ahead of all that read otherwise, it is not sure, and a person must look.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import log

from models.exchange.encodings import ENCODINGS
from models.exchange.tables import Spelling

SAMPLED_LINES = 300
SHOWN_LINES = 5
_SHOWN_LETTERS = 160
_OFFERED = 8

_LANGUAGES = {
    "Latin": ("da", "sq", "sr_Latn", "nb", "sv", "fi", "is", "de", "fr", "es", "pt", "it", "nl", "sl", "cs", "sk", "pl",
              "hu", "ro", "tr", "et", "lv", "lt", "vi", "az"),
    "Cyrillic": ("sr", "ru", "uk", "bg", "mk", "be"),
    "Greek": ("el",),
    "Arabic": ("ar", "fa", "ur", "ps"),
    "Hebrew": ("he",),
    "Thai": ("th",),
    "Wide": ("zh", "zh_Hant", "ja", "ko"),
}  # fmt: skip

NAMES = {
    "da": "Sørensen Jørgensen Østergaard Åse Bjørn Søren Kjær Nørgaard Møller Håkon Øyvind Bøhm Børge Åge Pål "
          "Skovgård Kjærgård Jæger Lærke Sønderby Højgaard Ågård Vestergård Bæk Næss Størmer Brønd Køn Født "
          "Nationalitet Mærsk",
    "sq": "Çeku Çela Arbër Gëzim Përparim Bekë Shqipëria Dëfrim Fatmirë Çlirim Agë Lulëzim Njësi Kosovë "
          "Prishtinë Bërisha Krasniqi Zymër Mbiemër Lindjes Gjëra Këlmend Ismailaj Besë Kujtesë Ymerë Çollaku "
          "Shpëtim Gjinovci Nënë Babë",
    "sr_Latn": "Đorđević Đoković Petrović Živković Žarko Čedomir Šimić Ćirić Jovanović Nikolić Đurić Šešelj Čović "
          "Žiža Milošević Dušan Saša Mladenović Miloš Anđela Gašić Ružica Đina Ćosić Škoro Čabrilo Krešimir "
          "Mađar Hadžić Begović Pavlović Stojković Zorić Božić Nešić Jakšić Kovačević Ilić Vučić Tadić "
          "Bogdanović Šarić Lukić Milić Marić Perić Janković Todorović Savić Matić Simić Popović Pašić Hodžić "
          "Imširović Delić Ivić",
    "de": "Müller Jürgen Günther Böhm Schröder Weiß Köhler Jäger Schäfer Krüger Groß",
    "fr": "Lefèvre Agnès Aïssatou Diallo Zéphirin Kouamé Désiré Traoré Bénédicte Rémi Guérin Mère Père "
          "Étienne Joël Maëlle Hervé Adèle Geneviève Solène Anaïs Loïc Nguyên Chloé Théo Mélanie Père "
          "Félicité Kévin Ménard Léger François Élodie Béatrice Hélène Benoît Gérard Léa Zoé Mamadou Aïcha "
          "Thérèse André Noël Cédric Frédéric",
    "es": "Muñoz Núñez Peña González Rodríguez Hernández Martínez López Pérez Sánchez Ramírez José María "
          "Ibáñez Íñigo",
    "pt": "João Conceição Araújo Gonçalves Simões Magalhães Antônio Fátima São",
    "cs": "Dvořák Novák Černý Jiří Veselý Růžička Kučera Procházka Šťastný Žáček",
    "pl": "Łukasz Wałęsa Kowalczyk Żółć Święty Małgorzata Piątek Zając Stanisław Paweł Michał",
    "hu": "Kovács Szabó Tóth Nagy Horváth Győrgy Erdős Szűcs Lőrinc Gábor",
    "ro": "Ștefan Țepeș Ionuț Brătianu Ceaușescu Mănescu Călin Iliescu Dumitrașcu Mureşan Ştefănescu",
    "tr": "Şahin Yıldız Öztürk Çelik Doğan Yılmaz Kılıç Gülşen İbrahim Aydın Özgür Ayşe Işık Güneş Çağlar "
          "Tuğçe",
    "sr": "Ђорђевић Ђоковић Петровић Живковић Жарко Чедомир Јовановић Николић Љубица Његош Џаџић Ћирић Шешељ "
          "Милош Душан",
    "ru": "Иванов Пётр Сергей Наталья Юрий Жуков Щербаков Александр Дмитрий Мухаммад Ахмедов Рахимов Фарида "
          "Гульнара Андрей Ольга Татьяна Владимир Екатерина Кузнецов Соколов Попов Новикова Морозова Фёдоров "
          "Хамидов Яковлева",
    "uk": "Шевченко Коваленко Олександр Сергій Наталія Юлія Їжакевич Євген Микола Андрій Бондаренко Ткаченко "
          "Кравчук",
    "el": "Παπαδόπουλος Γεώργιος Νικόλαος Ιωάννης Μαρία Ελένη Δημήτριος Κωνσταντίνος Χρήστος Αικατερίνη "
          "Βασίλειος Σοφία Αθανάσιος Παναγιώτης Παύλος Θεόδωρος Οικονόμου Αγγελική Ευάγγελος Σταύρος Σπύρος "
          "Ζωή",
    "ar": "أحمد محمد علي حسن حسين فاطمة عبد الله عبدالرحمن كريم هدى صالح ناصر إبراهيم خالد يوسف مريم عائشة "
          "عمر عثمان سعيد نور الدين مصطفى محمود جمال زينب رحمن سليمان موسى عيسى طارق وليد ياسر رشيد حميد أمين "
          "فهد سلطان بكر قاسم جابر",
    "fa": "احمدی حسینی رحیمی کریمی محمدی نوری گلالی زریفه پروین شیرزاد فرهاد بهرام چنگیز ژاله مهدی علیرضا "
          "غلام سخی عزیزی کبیر نظری صدیقی هاشمی اکبری یعقوبی قربانی موسوی جعفری",
    "he": "כהן לוי אברהם יצחק שרה דוד משה יעקב רחל מרים יוסף חיים",
    "zh": "王伟 李娜 张敏 刘洋 陈静 杨帆 赵磊 黄强 周杰 吴秀英 徐明 孙丽 马超 朱军 胡霞 郭平 何勇 林芳 高峰 "
          "姓名 国籍 性别 出生 日期",
    "zh_Hant": "陳志明 林美玲 黃建國 張雅婷 李淑芬 王俊傑 吳怡君 劉家豪 蔡宗翰 楊惠如 姓名 國籍 性別 出生",
    "ja": "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 サトウ タナカ ヤマモト 氏名 国籍 生年月日",
    "ko": "김민수 이영희 박지훈 최수진 정현우 강미경 조성민 윤서연 장동건 임지은 이름 국적 성별 생년월일",
}  # fmt: skip
"""Names and words as lists have them, beside those that the CLDR has of each language."""

_WIDE = frozenset({"gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "johab"})
_COMMON = frozenset({
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859-2", "iso8859-5",
    "iso8859-7", "mac-roman", "mac-latin2", "mac-cyrillic", "mac-greek", "cp850", "cp852", "cp866", "cp737", "cp862",
    "koi8-r", "koi8-u",
})  # fmt: skip
"""Of these alone letters can be sure; the others are so like one of these, or so rare, that a person must look."""
_ESCAPED = frozenset({"hz", "iso2022_jp", "iso2022_kr"})
"""These write in ASCII alone: they are told by their escapes."""
_WORD = re.compile(r"[\w’'`´\-\u00a1-\u00bf\u02b0-\u02ff\u2010-\u2bff\u0300-\u036f]*[^\x00-\x7f][^\s,;|\t\"]*")
_PRIOR = {
    "cp1252": 6.0, "cp1250": 4.0, "cp1251": 4.0, "cp1256": 3.0, "cp1253": 3.0, "cp1254": 3.0, "mac-roman": 3.0,
    "cp850": 2.0, "cp1255": 2.0, "cp852": 1.0, "cp866": 1.0, "koi8-r": 1.0, "iso8859-16": -3.0, "iso8859-10": -3.0,
    "iso8859-4": -3.0, "iso8859-13": -3.0, "cp775": -2.0, "gb18030": -3.0, "johab": -8.0, "cp874": -2.0,
}  # fmt: skip
"""How much likelier than others a file is to come in an encoding, before one has looked."""
_ODD = -13.0
"""What a reading costs that has a sign within a word, two scripts in one, or a letter that no language has."""
_WITHIN = "’ʼ–"
_MONEY = "€£°§№"
_AROUND = "’‘“”«»„´·،؛؟…–—¿¡()[]."
"""Signs that stand within names, and around words."""
_LETTERS_OF_ANY = "ʹʺʻʼʽʾʿˀˁ"
"""Letters that look like apostrophes: `Gʻulom`, `ʿAbd`."""
_TWICE_IN_ASCII = frozenset("-,. \"'/0123456789()")
_UNSEEN = 0.02
_SURE_AHEAD = 30.0
_SURE_WORDS = 6
_SURE_LEAST = -5.2
_TWICE = re.compile(r"[Â-ô][\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_LOST = re.compile(r"\ufffd|(?<=[^\W\d_])\?(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Guess:
    """What an encoding is, as far as letters tell.

    Attributes:
        encoding: The likeliest one.
        is_sure: Whether no other that reads otherwise comes near.
        spellings: The likeliest first, one of each different reading.
    """

    encoding: str
    is_sure: bool
    spellings: tuple[Spelling, ...]


def guess(lines: Sequence[bytes], high_bytes: Iterable[int]) -> Guess:
    """Which encoding lines are written in, none of which is UTF-8 or UTF-16.

    Args:
        lines: Lines of the file with letters beyond ASCII.
        high_bytes: All bytes beyond ASCII that the whole file has: what one of them is no letter in, is out.
    """
    sample = b"\n".join(lines[:SAMPLED_LINES])
    every = bytes(high_bytes)
    readings: dict[str, str] = {}
    for each in ENCODINGS:
        text = _read(sample, each.name, every)
        if text is not None and text not in readings:
            readings[text] = each.name
    if not readings:
        return Guess("cp1252", is_sure=False, spellings=())
    weighed = sorted((_weighed(text, name, sample) for text, name in readings.items()), key=lambda one: -one[0])
    best, words, least, name, text = weighed[0]
    others = [one[0] for one in weighed[1:]]
    is_sure = (
        name in _COMMON
        and words >= _SURE_WORDS
        and least > _SURE_LEAST
        and (not others or best - others[0] > _SURE_AHEAD)
    )
    offered = tuple(Spelling(name, shown(text.splitlines())) for _, _, _, name, text in weighed[:_OFFERED])
    return Guess(name, is_sure, offered)


def _weighed(text: str, name: str, sample: bytes) -> tuple[float, int, float, str, str]:
    total, words, least = weight(text)
    if name.startswith("mac-") and len(text) == len(sample):
        # Arabic and Hebrew code pages of the Mac have the signs of ASCII twice, the second time for text from right to
        # left: none stands in a Latin word, and no quotation mark alone.
        twice = _TWICE_IN_ASCII - {'"'} if text.count('"') % 2 else _TWICE_IN_ASCII
        for place, (byte, sign) in enumerate(zip(sample, text, strict=True)):
            if byte > 127 and sign.isascii():
                around = text[max(0, place - 1) : place + 2].lower()
                is_odd = sign not in twice or any("a" <= each <= "z" for each in around)
                total += 0.7 * _ODD if is_odd else -0.5
    return total + _PRIOR.get(name, 0.0), words, least, name, text


def _read(sample: bytes, encoding: str, every: bytes) -> str | None:
    """The sample in an encoding, None where it is not written in it."""
    if encoding.startswith("utf") or encoding in _ESCAPED:
        return None
    try:
        if encoding not in _WIDE:
            every.decode(encoding)
        text = sample.decode(encoding)
    except UnicodeError:
        return None
    return None if any(unicodedata.category(sign) in ("Cc", "Co", "Cn") for sign in set(text) - set("\n\r\t")) else text


def shown(lines: Iterable[str]) -> tuple[str, ...]:
    """Some lines with letters beyond ASCII, as a clerk is shown them."""
    found: list[str] = []
    for line in lines:
        if not line.isascii() and len(found) < SHOWN_LINES:
            found.append(line.strip()[:_SHOWN_LETTERS])
    return tuple(found)


def weight(text: str) -> tuple[float, int, float]:
    """How likely a reading is (a logarithm), by how many words, and how likely its letters are on the average."""
    counts = Counter(_WORD.findall(text))
    total, letters = 0.0, 0.0
    for word, often in counts.items():
        likely, several = _word(word)
        # A name that stands often is told once and a little more: it is the same evidence.
        times = 1 + log(often)
        total += likely * times
        letters += several * times
    return total, len(counts), total / max(letters, 1.0)


def looks_right(text: str) -> bool:
    """Whether text that was read as UTF-8 looks like words: a short text of an old code page can be valid by chance."""
    words = {word for word in _WORD.findall(text) if any(map(str.isalpha, word))}
    odd = sum(1 for word in words if _is_odd(word) and not _is_of_one_script(word))
    return odd * 3 <= len(words)


def _is_of_one_script(word: str) -> bool:
    """Whether a word has letters of one script and no other sign, whatever script: by chance bytes are none such."""
    signs = [sign for sign in word.strip(_AROUND) if not sign.isascii()]
    scripts = {unicodedata.name(sign, "?").split()[0] for sign in signs}
    return len(signs) > 1 and len(scripts) == 1 and all(unicodedata.category(sign)[0] in "LM" for sign in signs)


def lost_letters(text: str) -> int:
    """How many letters of a text were lost before it came: `S?rensen`, `S�rensen`, and `SÃ¸rensen`."""
    return len(_LOST.findall(text)) + len(_TWICE.findall(text))


def is_written_twice(text: str) -> bool:
    """Whether a text is UTF-8 that was taken for Windows-1252 and written as UTF-8 again."""
    found = _TWICE.findall(text)
    return bool(found) and sum(not sign.isascii() for sign in text) <= 2.5 * len(found) and unfold(text) != text


def unfold(text: str) -> str:
    """A text that was written in UTF-8 twice, as it was before; a line that was not stays as it is."""
    return "".join(map(_unfold, text.splitlines(keepends=True)))


def _unfold(line: str) -> str:
    if line.isascii():
        return line
    try:
        return b"".join(map(_byte, line)).decode("utf-8")
    except UnicodeError:
        return line


@lru_cache(maxsize=1024)
def _byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


@lru_cache(maxsize=65_536)
def _word(word: str) -> tuple[float, int]:
    """How likely the letters of a word follow each other in the language that they fit best, and of how many pairs."""
    pairs = _pairs(word)
    if _is_odd(word):
        return _ODD * len([sign for sign in word if not sign.isascii()]), max(1, len(pairs))
    if not pairs:
        return sum(-3.0 if sign in _AROUND or sign in _MONEY else -8.0 for sign in word if not sign.isascii()), 1
    script = _script(next(sign for sign in word if not sign.isascii() and sign.isalpha()))
    models = _models(script)
    if not models:
        return _ODD * len(pairs), len(pairs)
    likely = max(sum(model.likely(*pair) for pair in pairs) for model in models)
    return likely + _case(word), len(pairs)


def _pairs(word: str) -> list[tuple[str, str]]:
    """The letters of a word, each with the one before it, where one of both is beyond ASCII."""
    letters = ["", *(sign for sign in word.lower() if sign.isalpha()), ""]
    return [(one, other) for one, other in pairwise(letters) if not (one.isascii() and other.isascii())]


def _is_odd(word: str) -> bool:
    """Whether a word has a sign within, or letters of two scripts."""
    scripts = {_script(sign) for sign in word if sign.isalpha() or unicodedata.combining(sign)} - {"Any"}
    if len(scripts) > 1 or "Other" in scripts:
        return True
    if not scripts:
        return False
    return any(
        not sign.isascii()
        and not sign.isalpha()
        and unicodedata.category(sign) not in ("Mn", "Mc", "Nd")
        and sign not in _WITHIN
        for sign in word.strip(_AROUND)
    )


def _case(word: str) -> float:
    """What a word costs whose capitals stand where no name has them: KOI8 read as Windows-1251 is `хБЮМНБ`."""
    cost = 0.0
    for before, sign in pairwise(word):
        if before.islower() and sign.isupper():
            cost -= 4
    if len(word) > 2 and word[0].isupper() and word[1].isupper() and any(map(str.islower, word[2:])):
        cost -= 3
    return cost


@lru_cache(maxsize=8192)
def _script(sign: str) -> str:
    name = unicodedata.name(sign, "")
    for script in ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "THAI"):
        if name.startswith(script):
            return script.capitalize()
    if name.startswith(("CJK UNIFIED", "HIRAGANA", "KATAKANA", "HANGUL SYLLABLE", "HALFWIDTH KATAKANA")):
        return "Wide"
    return "Any" if name.startswith("COMBINING") or sign in _LETTERS_OF_ANY else "Other"


class _Model:
    """How often letters follow each other in a language."""

    def __init__(self, words: Iterable[str], *, is_wide: bool) -> None:
        self._is_wide = is_wide
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._firsts: Counter[str] = Counter()
        self._letters: Counter[str] = Counter()
        for word in words:
            letters = ["", *(sign for sign in word.lower() if sign.isalpha()), ""]
            self._letters.update(letters[1:])
            self._firsts.update(letters[:-1])
            self._pairs.update(pairwise(letters))
        self._total = sum(self._letters.values())

    @lru_cache(maxsize=4096)  # noqa: B019 - the models are made once and stay
    def likely(self, one: str, other: str) -> float:
        """The logarithm of how likely a letter follows another; rare pairs lean on how frequent the letter is."""
        alone = (self._letters[other] + _UNSEEN) / (self._total + 1)
        if self._is_wide:
            return log(max(alone, 1e-5)) / 2
        return log((self._pairs[one, other] + 2 * alone) / (self._firsts[one] + 2))


@cache
def _models(script: str) -> tuple[_Model, ...]:
    return tuple(_Model(_words(language), is_wide=script == "Wide") for language in _LANGUAGES.get(script, ()))


def _words(language: str) -> list[str]:
    """Words of a language: names of countries, languages and months of the CLDR; names of people weigh more."""
    from babel import Locale

    locale = Locale.parse(language)
    texts = [*locale.territories.values(), *locale.languages.values(), *locale.months["format"]["wide"].values()]
    words = [word for text in texts for word in re.findall(r"[^\W\d_]+", text)]
    return words + NAMES.get(language, "").split() * 3
