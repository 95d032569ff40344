"""Words in the reader's language: messages that wait for one, and translators that give it to them.

gettext by Babel, and not Qt's own translator: a report's language is not the screen's, and models and reports
know no Qt. Message ids are the English sentences. Dates, numbers and names of countries come from the CLDR.
"""

import datetime as dt
import gettext
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from models.rounding import decimals_of, half_up
from models.sides import pair, side

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = {"en": "English", "sq": "Shqip", "sr": "Srpski"}
"""The languages of screen and paper, each by its own name."""

PAPER_LANGUAGES = {**LANGUAGES, "cyr": "Српски"}
"""The languages of every paper: the same, and Serbian in Cyrillic letters, which is made of Serbian (`cyrillic`)."""

REPORT_LANGUAGES = {**PAPER_LANGUAGES, "da": "Dansk"}
"""The languages of papers for a partner. Danish has the texts of those papers and no others."""

BESIDE = "+"
"""What stands between two languages that a paper has side by side, as in `en+sq`: the first leads."""

_LOCALES = {"en": "en_GB", "sq": "sq", "sr": "sr_Latn", "cyr": "sr_Cyrl", "da": "da"}
_CATALOGUES = Path(__file__).parent / "locale"
_CONTEXT = "\x04"
"""What gettext writes between a context and the text."""
_PLACEHOLDER = re.compile(r"{(\w+)}([.,;:?!)]?)")
_ORDINAL = re.compile(r"\d\.$")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is not yet in any language.

    Attributes:
        text: The English sentence with `{placeholders}`.
        values: What the placeholders stand for; a value may itself be a message.
        plural: The English sentence for other counts than one, if the sentence counts; `values["n"]` is the count.
    """

    text: str
    values: Mapping[str, "Value"] = field(default_factory=dict)
    plural: str | None = None


Value = str | int | Decimal | dt.date | dt.datetime | Message | None


def message(text: str, /, **values: Value) -> Message:
    """A sentence to be translated later; also the mark by which the translators' tools find it."""
    return Message(text, values)


def counted(one: str, many: str, n: int, /, **values: Value) -> Message:
    """A sentence that counts, to be translated later. `{n}` stands for the count."""
    return Message(one, {"n": n, **values}, many)


def N_(text: str, /) -> str:  # noqa: N802 - the name that every gettext program uses
    """Mark a text for translation where it stands, and leave it as it is."""
    return text


def pgettext(context: str, text: str, /) -> str:
    """Mark a text that is translated otherwise in this context than elsewhere, and give the id that it has there.

    English has one word for the state of a person and for a figure of a month; other languages have two.
    """
    return f"{context}{_CONTEXT}{text}"


def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    if language == "cyr":
        from models.cyrillic import Catalogue  # only now: no window is in Cyrillic letters

        return gettext.translation("konak", _CATALOGUES, ["sr"], class_=Catalogue)
    return gettext.translation("konak", _CATALOGUES, [language])


class Translator:
    """Everything that depends on the reader's language."""

    def __init__(self, language: str) -> None:
        """Take the catalogue of a language.

        Args:
            language: One of `REPORT_LANGUAGES`; anything else is read in English.

        Raises:
            OSError: The catalogue is not there, or cannot be read.
        """
        self.language = language if language in REPORT_LANGUAGES else "en"
        self.locale = _LOCALES[self.language]
        self._catalogue = _catalogue(self.language)

    @property
    def first(self) -> "Translator":
        """The translator of one language, where a thing can be told in one only: the first of two side by side."""
        return self

    def __call__(self, text: str, /, **values: Value) -> str:
        """The text in this language, its placeholders filled."""
        return self._fill(self._catalogue.gettext(text).rpartition(_CONTEXT)[2] if text else "", values)

    def plural(self, one: str, many: str, n: int, /, **values: Value) -> str:
        """The text for a count, which `{n}` stands for."""
        return self._fill(self._catalogue.ngettext(one, many, n), {"n": n, **values})

    def render(self, waiting: Message) -> str:
        """A waiting message in this language."""
        if waiting.plural is None:
            return self(waiting.text, **waiting.values)
        rest = {name: value for name, value in waiting.values.items() if name != "n"}
        count = waiting.values["n"]
        if not isinstance(count, int):
            raise TypeError("a message that counts needs a whole number")
        return self.plural(waiting.text, waiting.plural, count, **rest)

    def _fill(self, text: str, values: Mapping[str, Value]) -> str:
        if not values:
            return text
        said = {name: self.value(value) for name, value in values.items()}
        return _PLACEHOLDER.sub(lambda found: self._before(found[2], said[found[1]]), text)

    def _before(self, sign: str, value: str) -> str:
        """A value and the sign behind it: no second point, and in Serbian no sign behind the point of a date."""
        if value.endswith(".") and sign == ".":
            return value
        if self._is_serbian and sign.strip() and _ORDINAL.search(value):
            value = value[:-1]
        return value + sign

    @property
    def _is_serbian(self) -> bool:
        return self.locale.startswith("sr")

    def join(self, parts: Iterable[str], sign: str = ", ") -> str:
        """Facts in one line, with a sign between them."""
        *firsts, last = [*parts] or [""]
        return "".join(self._before(sign[0], part) + sign[1:] for part in firsts) + last

    def value(self, value: Value) -> str:
        """Any value as this language writes it; an empty text where there is none."""
        match value:
            case None:
                return ""
            case str():
                return value
            case Message():
                return self.render(value)
            case dt.datetime():
                return f"{self.date(value.date())} {value:%H:%M}"
            case dt.date():
                return self.date(value)
            case _:
                return self.number(value)

    def date(self, day: dt.date) -> str:
        """A date as in 5 Dec 2026."""
        return _date(day, "d MMM y" if self.language == "en" else "medium", self.locale)

    def day(self, day: dt.date) -> str:
        """A date of this year, as in 5 Dec."""
        return _date(day, "d. MMM" if self._is_serbian or self.language == "da" else "d MMM", self.locale)

    def long_date(self, day: dt.date) -> str:
        """A date with its weekday, as in Saturday 21 November 2026."""
        return _date(day, "EEEE d MMMM y" if self.language == "en" else "full", self.locale)

    def full_date(self, day: dt.date) -> str:
        """A date without its weekday, as in 11 June 2026; in Serbian in figures, which need no case."""
        return _date(day, "medium" if self._is_serbian else "long", self.locale)

    def month(self, day: dt.date) -> str:
        """The month of a date, as in October 2026."""
        return _date(day, "LLLL y", self.locale)

    def short_month(self, day: dt.date) -> str:
        """The month of a date in a narrow place, as in Oct."""
        return _date(day, "LLL", self.locale)

    def number(self, value: int | Decimal, digits: int | None = None) -> str:
        """A number with the separators of this language.

        Args:
            value: The number.
            digits: How many digits to show behind the separator, rounded half up; as many as there are if None.
        """
        from babel.numbers import format_decimal

        if digits is None and type(value) is int:  # a count, of which lists are full
            return _whole(value, self.locale)
        if digits is None:
            return format_decimal(value, locale=_locale(self.locale), decimal_quantization=False)
        rounded = half_up(value, digits)
        return format_decimal(rounded, "#,##0" + ("." + "0" * digits if digits else ""), locale=_locale(self.locale))

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount of money with its currency: never rounded, whatever the habit of the currency in this language.

        Args:
            amount: An amount, or a rate; it is written with all its decimals, and at least with the minor unit.
            currency: ISO 4217.
        """
        from babel.numbers import format_currency

        digits = max(minor_digits(currency), decimals_of(amount))
        locale = _locale(self.locale)
        pattern = locale.currency_formats["standard"].pattern
        exact = re.sub(r"0\.0+", "0" + ("." + "0" * digits if digits else ""), pattern)
        said = format_currency(
            amount, currency, exact, locale=locale, currency_digits=False, decimal_quantization=False
        )
        return re.sub(r"(?<=[A-Z])(?=\d)", "\N{NO-BREAK SPACE}", said.replace("-", "\N{MINUS SIGN}"))

    @property
    def decimal_sign(self) -> str:
        """What stands before the decimals."""
        from babel.numbers import get_decimal_symbol

        return get_decimal_symbol(self.locale)

    def country(self, code: str | None) -> str:
        """The name of a country or of the lack of one, from its two letters.

        Args:
            code: ISO 3166 alpha-2, `XXA` for a stateless person (ICAO Doc 9303), or None where it is not known.
        """
        if code is None:
            return self(N_("not known"))
        if code == "XXA":
            return self(N_("stateless"))
        return _territories(self.locale).get(code, code)

    def language_name(self, code: str) -> str:
        """The name of a language from its ISO 639 code; what is not a code comes back as it was written."""
        # The CLDR knows Dari as the Persian of Afghanistan only.
        name = _locale(self.locale).languages.get({"prs": "fa_AF"}.get(code, code))
        return name if isinstance(name, str) else code


_Rest = ParamSpec("_Rest")


def _in_both(
    say: Callable[Concatenate[Translator, _Rest], str],
) -> Callable[Concatenate["TwoLanguages", _Rest], str]:
    """A saying of the translator, in both languages; of what it is given, each takes its own side."""

    def both(self: "TwoLanguages", /, *given: _Rest.args, **named: _Rest.kwargs) -> str:
        said = []
        for place, one in enumerate((self.first, self.second)):
            values = [_side(each, place) for each in given]
            rest = {name: _side(each, place) for name, each in named.items()}
            said.append(say(one, *values, **rest))  # type: ignore[arg-type] # the same kinds as were given
        return pair(*said)

    return both


def _side(value: object, place: int) -> object:
    match value:
        case str():
            return side(value, place)
        case list() | tuple():
            return [_side(each, place) for each in value]
        case _:
            return value


class TwoLanguages(Translator):
    """Everything in two languages side by side, as pairs (`models.sides`); what is no text is of the first."""

    def __init__(self, first: Translator, second: Translator) -> None:
        """Take two translators; the first leads."""
        self.language, self.locale = first.language, first.locale
        self._first, self.second = first, second

    @property
    def first(self) -> Translator:
        """The translator of the first language."""
        return self._first

    __call__ = _in_both(Translator.__call__)
    plural = _in_both(Translator.plural)
    render = _in_both(Translator.render)
    join = _in_both(Translator.join)
    value = _in_both(Translator.value)
    date = _in_both(Translator.date)
    day = _in_both(Translator.day)
    long_date = _in_both(Translator.long_date)
    full_date = _in_both(Translator.full_date)
    month = _in_both(Translator.month)
    short_month = _in_both(Translator.short_month)
    number = _in_both(Translator.number)
    money = _in_both(Translator.money)
    country = _in_both(Translator.country)
    language_name = _in_both(Translator.language_name)


def language_name(code: str) -> str:
    """What a language of a paper is called, or two: each by its own name."""
    return " + ".join(REPORT_LANGUAGES.get(each, each) for each in code.split(BESIDE))


def choices_of(languages: Mapping[str, str], *, beside: bool) -> dict[str, str]:
    """In which languages a paper can be had, each by its own name: in one of them, or in two side by side."""
    pairs = permutations(languages, 2) if beside else ()
    codes = [*languages, *(BESIDE.join(both) for both in pairs if {*both} != {"sr", "cyr"})]
    return {code: language_name(code) for code in codes}


_WHOLE = " BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF "
_THOUSANDTHS = " BHD IQD JOD KWD LYD OMR TND "


def minor_digits(currency: str) -> int:
    """The decimals of a currency's minor unit as ISO 4217 lists them, not as people in one country leave them out."""
    code = f" {currency} "
    return 0 if code in _WHOLE else 3 if code in _THOUSANDTHS else 2


@lru_cache(maxsize=4096)
def _date(day: dt.date, pattern: str, locale: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=_locale(locale))


@lru_cache(maxsize=4096)
def _whole(value: int, locale: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_locale(locale), decimal_quantization=False)


@cache
def _locale(name: str) -> "Locale":
    """What Babel knows of a locale; it parses the name anew wherever it is given one."""
    from babel import Locale

    return Locale.parse(name)


@cache
def _territories(locale: str) -> Mapping[str, str]:
    names = dict(_locale(locale).territories)
    return {code: name for code, name in names.items() if len(code) == 2}


@cache
def translator(language: str) -> Translator:
    """The translator for a language, or for two as in `en+sq`, made once.

    Raises:
        OSError: Its catalogue is not there. A paper is then refused (`reports.terms.translator_of`), and the screen
            speaks English and says so (`ui.language.set_language`).
    """
    first, beside, second = language.partition(BESIDE)
    return TwoLanguages(translator(first), translator(second)) if beside else Translator(language)
