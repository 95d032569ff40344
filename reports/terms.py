"""The words in which papers name what the register keeps as codes."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from models.errors import Unavailable
from models.rules.birth import BirthDate, BirthPrecision
from models.rules.field_types import COUNTRIES
from models.rules.figures import Heading
from models.rules.papers import Imprint
from models.rules.vocabulary import AbsencesRule, CountingRule, DepartureKind, Destination, Sex
from models.rules.wording import word
from models.text import BESIDE, LANGUAGES, N_, Translator, language_name, translator
from reports import type as lettering

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.history import Detail, Value

DATA_FILES = ("figures.json", "figures.csv")
"""The names under which the figures go along inside the PDF of a report."""


def translator_of(language: str) -> Translator:
    """The translator of a paper, which is in one language or is not made.

    Raises:
        Unavailable: The catalogue of the language is not there.
    """
    try:
        return translator(language)
    except OSError as error:
        raise Unavailable(
            "The texts in {language} are missing from this Konak, so no paper can be made in it. Install Konak again, "
            "or choose another language.",
            language=language_name(language),
        ) from error


def with_own(official: str, spoken: Sequence[str]) -> Translator:
    """The official language, and beside it that of the person for whom a paper is.

    Args:
        official: One of `models.text.PAPER_LANGUAGES`.
        spoken: The languages of the person, the best first: the first that Konak knows, or else English.

    Raises:
        Unavailable: The catalogue of a language is not there.
    """
    own = next((code for code in spoken if code in LANGUAGES), "en")
    is_one = own == official or {own, official} == {"sr", "cyr"}  # whoever reads one of its two scripts reads the other
    return translator_of(official if is_one else f"{official}{BESIDE}{own}")


def own_script(tr: Translator, name: str) -> str:
    """A name in its own script; that it cannot be printed, where no font has its letters."""
    return name if not name or lettering.can_print(name) else tr("own script: cannot be printed")


def departure_kind(tr: Translator, kind: str | None) -> str:
    """How a stay ended; an empty text while it has not."""
    return tr.render(word(DepartureKind(kind))) if kind else ""


def destination(tr: Translator, where: str) -> str:
    """Where somebody went, as the report groups it."""
    return tr.render(word(Destination(where)))


def sexes(tr: Translator) -> dict[str, str]:
    """The sexes in the order of the report, and what is not known."""
    return {**{sex.value: tr.render(word(sex)) for sex in Sex}, "unknown": tr("Not known")}


def age_group(tr: Translator, band: str) -> str:
    """An age group in full years."""
    if band == "unknown":
        return tr("Not known")
    if band.endswith("+"):
        return tr("{years} and over", years=band.removesuffix("+"))
    return band.replace("-", "–")


def nationality(tr: Translator, code: str) -> str:
    """A nationality by the name of its country, or a country of destination."""
    known = {"unknown": N_("Not known"), "XXA": N_("Stateless")}
    return tr(known[code]) if code in known else tr.country(code)


def birth(tr: Translator, born: BirthDate) -> str:
    """A birth date as far as it is known."""
    match born.precision:
        case BirthPrecision.DAY:
            return tr.date(born.earliest)
        case BirthPrecision.MONTH:
            return tr.month(born.earliest)
        case BirthPrecision.YEAR:
            return str(born.year)
        case BirthPrecision.ABOUT:
            return tr("about {year}", year=str(born.year))


def detail(tr: Translator, one: "Detail", typed: Callable[[str], str] = str) -> str:
    """What an entry of the trail has changed.

    Args:
        tr: The reader's language.
        one: The change.
        typed: What becomes of a text that somebody typed: the screen keeps it from turning the line around it.
    """
    name, before, after = tr.render(one.what), *(_value(tr, one, each, typed) for each in (one.before, one.after))
    if one.before is None:
        return tr("{what}: {value}", what=name, value=after)
    if one.after is None:
        return tr("{what}: {value} taken away", what=name, value=before)
    return tr("{what}: {before} → {after}", what=name, before=before, after=after)


def _value(tr: Translator, one: "Detail", value: "Value", typed: Callable[[str], str]) -> str:
    if isinstance(value, str) and one.codes is not None:
        named = tr.country if one.codes in COUNTRIES else tr.language_name
        return typed(", ".join(map(named, value.split(", "))))
    if isinstance(value, str):
        return typed(value)
    if isinstance(value, Decimal):  # an amount, with its cents
        return tr.number(value, max(0, -int(value.as_tuple().exponent)))
    return birth(tr, value) if isinstance(value, BirthDate) else tr.value(value)


def counting_rule(tr: Translator, heading: Heading) -> str:
    """Which dates count under an agreement, in words (rules.md, Counting presence)."""
    match heading.counting_rule:
        case CountingRule.NIGHTS:
            rule = tr(
                "Counting rule: a person-night is counted for each person on the roll at midnight; "
                "the day of departure is not counted."
            )
        case CountingRule.DAYS:
            rule = tr(
                "Counting rule: each day from arrival to departure is counted, both of them included, "
                "and once for each person."
            )
        case CountingRule.NIGHTS_MIN_ONE:
            rule = tr(
                "Counting rule: a person-night is counted for each person on the roll at midnight; "
                "who comes and leaves on one day is counted for that night."
            )
    return " ".join((rule, absences_rule(tr, heading), tr("Times are local ({zone}).", zone=heading.time_zone)))


def absences_rule(tr: Translator, heading: Heading) -> str:
    """Whether nights of absence count under an agreement, in words."""
    match heading.absences_rule:
        case AbsencesRule.ALWAYS:
            return tr("Nights of absence are counted.")
        case AbsencesRule.NEVER:
            return tr("Nights of absence are not counted.")
        case AbsencesRule.FIRST:
            return tr.plural(
                "Of each absence the first night is counted.",
                "Of each absence the first {n} nights are counted.",
                heading.absences_first or 0,
            )


def chosen(tr: Translator, imprint: Imprint, *more: str) -> str:
    """What a paper holds, as far as its choices say, and perhaps how much of it."""
    return " · ".join(part for part in (*map(tr.value, imprint.chosen), *more) if part)


def reader(tr: Translator, imprint: Imprint) -> str:
    """For whom a paper is; empty where that was not said."""
    return tr("For: {reader}", reader=imprint.reader) if imprint.reader else ""


def of_person(tr: Translator, imprint: Imprint, title: str) -> list[str]:
    """What stands at the right of the head of a paper about one person: what it is, for whom, and of which day."""
    day = "" if imprint.printed_at is None else tr.date(imprint.printed_at.date())
    return [title, reader(tr, imprint), day]
