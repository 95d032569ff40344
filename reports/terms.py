"""The words in which papers name what the register keeps as codes."""

from datetime import datetime

from models.errors import Unavailable
from models.rules.figures import Heading
from models.rules.vocabulary import AbsencesRule, CountingRule, DepartureKind, Destination, Sex
from models.rules.wording import word
from models.text import LANGUAGES, N_, Translator, translator


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
            language=LANGUAGES[language],
        ) from error


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


def printed(tr: Translator, by: str | None, at: datetime | None) -> str:
    """Who printed a paper, and when; empty where nobody is said."""
    if by and at:
        return tr("Printed by {name}, {when}", name=by, when=at)
    return tr("Printed by {name}", name=by) if by else ""


def register_head(tr: Translator, trail_head: str | None) -> str:
    """The first and the last signs of the hash of the last entry of the trail."""
    return tr("Register head {trail}", trail=f"{trail_head[:4]}…{trail_head[-4:]}") if trail_head else ""
