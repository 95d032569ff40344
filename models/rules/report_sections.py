"""The sections of the monthly report: which there are, which figures each shows, and how a programme chooses them.

How each is drawn stands in `reports.sections`. A programme writes its choice as names in their order; `:counts` behind
a name says that the section tells of nobody by number. Without a choice there are the usual ones, in counts alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from models.errors import Refused
from models.rules.vocabulary import ReportSection

_COUNTS = ":counts"


class ChosenSection(NamedTuple):
    """A section as a programme has chosen it.

    Attributes:
        counts_only: Whether it tells of nobody one by one.
    """

    section: ReportSection
    counts_only: bool = True

    def __str__(self) -> str:
        """As a programme writes it."""
        lists = DECLARED[self.section].lists
        return f"{self.section.value}{_COUNTS}" if lists and self.counts_only else self.section.value


@dataclass(frozen=True, slots=True)
class SectionFigures:
    """What a section is made of.

    Attributes:
        shows: The names of the figures, fields of `MonthFigures` or of tallies, that stand on the paper because of it.
        tally: The tally that it alone shows; empty: none.
        lists: Whether it can tell of people one by one, by their numbers.
        is_usual: Whether it is there where a programme has chosen nothing.
    """

    shows: tuple[str, ...] = ()
    tally: str = ""
    lists: bool = False
    is_usual: bool = True


def _divided(how: str) -> SectionFigures:
    return SectionFigures(tuple(f"{what}_by_{how}" for what in ("admissions", "departures", "present")))


DECLARED: Mapping[ReportSection, SectionFigures] = {
    ReportSection.MOVEMENT: SectionFigures(),
    ReportSection.PRESENCE: SectionFigures(("roll_by_night", "highest", "highest_on")),
    ReportSection.PLACES: SectionFigures(("places",)),
    ReportSection.SELECTION: SectionFigures(tally="selection"),
    ReportSection.ADMISSIONS: SectionFigures(tally="admissions_by_kind"),
    ReportSection.DEPARTURES: SectionFigures(("departures_by", "departures_by_kind")),
    ReportSection.COUNTRIES: SectionFigures(("departures_by_country",)),
    ReportSection.NATIONALITY: _divided("nationality"),
    ReportSection.SEX: _divided("sex"),
    ReportSection.AGE: _divided("age"),
    ReportSection.CHILDREN: SectionFigures(tally="children"),
    ReportSection.ABSENCES: SectionFigures(tally="absences", lists=True),
    ReportSection.LENGTHS: SectionFigures(("length_present",)),
    ReportSection.LENGTHS_DEPARTED: SectionFigures(("length_departed",)),
    ReportSection.LIMITS: SectionFigures(("past_limit",), tally="limits", lists=True),
    ReportSection.PLANS: SectionFigures(tally="plans", lists=True),
    ReportSection.REVIEWS: SectionFigures(("reviews_held", "reviews_late"), tally="reviews"),
    ReportSection.SAFEGUARDS: SectionFigures(tally="safeguards"),
    ReportSection.INCIDENTS: SectionFigures(tally="incidents", is_usual=False),
    ReportSection.NEEDS: SectionFigures(tally="needs"),
    ReportSection.CLAIM: SectionFigures(("claim",)),
    ReportSection.CORRECTIONS: SectionFigures(("corrected",)),
    ReportSection.QUALITY: SectionFigures(tally="quality"),
    ReportSection.ANNEXES: SectionFigures(lists=True, is_usual=False),
    ReportSection.NAMES: SectionFigures(lists=True, is_usual=False),
}
"""Each section, in the usual order."""

ANNEXED = frozenset({ReportSection.ANNEXES, ReportSection.NAMES})
"""The sections that list everybody, or are not there. Names are frozen with no month: they stand on a paper of their
own, and the month keeps the numbers of whom it names."""

EARLIER = tuple(
    ChosenSection(section)
    for section in (
        ReportSection.MOVEMENT,
        ReportSection.PRESENCE,
        ReportSection.PLACES,
        ReportSection.DEPARTURES,
        ReportSection.LENGTHS,
        ReportSection.CLAIM,
        ReportSection.NATIONALITY,
        ReportSection.SEX,
        ReportSection.AGE,
        ReportSection.COUNTRIES,
        ReportSection.LENGTHS_DEPARTED,
    )
)
"""The sections of a month that an earlier Konak has issued, after which came the roll by night."""

USUAL = tuple(ChosenSection(section) for section, figures in DECLARED.items() if figures.is_usual)
"""What a report has where nothing is chosen."""


def chosen(sections: Sequence[str]) -> tuple[ChosenSection, ...]:
    """The sections of a report as a programme has written them; the usual ones where it has written none."""
    found = []
    for written in sections:
        name = written.removesuffix(_COUNTS)
        found.append(ChosenSection(ReportSection(name), name != written or not DECLARED[ReportSection(name)].lists))
    return tuple(found) or USUAL


def written(sections: Iterable[ChosenSection]) -> tuple[str, ...]:
    """Sections as a programme writes them; nothing where they are the usual ones."""
    given = tuple(sections)
    return () if given == USUAL else tuple(map(str, given))


def resolved(sections: Sequence[str]) -> tuple[str, ...]:
    """The sections of a programme as they are frozen with a month: each is named, the usual ones too."""
    return tuple(map(str, chosen(sections)))


def checked_sections(sections: Sequence[str]) -> tuple[str, ...]:
    """The sections of a report as a programme keeps them.

    Raises:
        Refused: There is no such section, one is named twice, or the movement is missing, by which a month is proven.
    """
    if not sections:
        return ()
    try:
        found = chosen([each.strip().casefold() for each in sections])
    except ValueError:
        raise Refused(
            "The report has no section of this name. Its sections are: {known}.",
            field="report_sections",
            known=", ".join(section.value for section in ReportSection),
        ) from None
    names = [each.section for each in found]
    if len({*names}) < len(names):
        raise Refused("A section is named twice. Take one of them out.", field="report_sections")
    if any(each.section in ANNEXED and each.counts_only for each in found):
        raise Refused(
            "An annex lists everybody. Write it without {counts}, or leave the annex out.",
            field="report_sections",
            counts=_COUNTS,
        )
    if ReportSection.MOVEMENT not in names:
        raise Refused("The movement proves that the month balances. Leave it in.", field="report_sections")
    return written(found)


def left_out(sections: Sequence[str]) -> frozenset[str]:
    """The names of the figures that no section of a report shows, as they were frozen with a month.

    Args:
        sections: Of the heading; empty in what an earlier Konak has issued, which shows all that it has.
    """
    if not sections:
        return frozenset()
    shown = {name for each in chosen(sections) for name in DECLARED[each.section].shows}
    return frozenset(name for figures in DECLARED.values() for name in figures.shows) - shown
