"""What becomes of every row of a file of stays."""

from collections.abc import Iterator

from models.exchange.problems import Problem
from models.exchange.stays_file import StaysReading
from models.exchange.stays_objections import written
from models.exchange.stays_preview import StaysPreview
from models.exchange.stays_sorting import StayChange
from models.exchange.summary import Summary, told_columns
from models.rules.fields import PARTNER_NUMBER
from models.text import Message, message


def summary_of_stays(read: StaysReading, planned: StaysPreview) -> Summary:
    """Account for every row.

    Args:
        read: The file.
        planned: What would come in; a row that contradicts the register is refused until somebody has decided on it.
    """
    lines = [*planned.coming, *(change.line for change in planned.changing)]
    return Summary(
        read=read.rows,
        came_in=tuple(line.row_number for line in planned.coming),
        changed=tuple(_changed(read, change) for change in planned.changing),
        refused=tuple(sorted((*planned.problems, *_undecided(planned)), key=lambda each: each.row_number)),
        set_aside=tuple(sorted((*read.aside, *_left(planned)), key=lambda each: each.row_number)),
        doubts=tuple(
            sorted(
                (*(doubt for line in lines for doubt in line.doubts), *planned.doubts),
                key=lambda doubt: doubt.row_number,
            )
        ),
        people_new=tuple(lines[0].row_number for lines in planned.new.values()),
        outside_dates=tuple(each.row_number for each in planned.not_covered.outside),
        beyond_places=tuple(each.row_number for each in planned.not_covered.beyond),
        sealed_columns=read.sealed_columns,
        columns=told_columns(read.heading),
    )


def _changed(read: StaysReading, change: StayChange) -> Problem:
    what: Message
    if change.corrects:
        what = message("The stay of the register is corrected, as it was said.")
    elif change.told:
        column, value = _told(read, change)
        return Problem(
            change.line.row_number, column, value, message("The register says more of the person than before.")
        )
    elif change.ends:
        what = message("The stay that was open ends.")
    else:
        what = message("The stay of the register says more than before.")
    return Problem(change.line.row_number, read.heading.header("departed_on"), written(change.line), what)


_SPELLED = ("family_name", "given_names", "full_name")
_TOLD_BY = {
    "aliases": (*_SPELLED, "aliases"),
    "own_script": ("own_script", *_SPELLED),
    "other_nationalities": ("nationality", "other_nationalities"),
    "birth": ("birth_date",),
    "birth_as_written": ("birth_date",),
    "family_name": ("family_name", "full_name"),
    "given_names": ("given_names", "full_name"),
    PARTNER_NUMBER.name: ("person_id",),
}
"""In which columns what is added to a person may stand, where it is none of the same name."""


def _told(read: StaysReading, change: StayChange) -> tuple[str | None, str]:
    """The heading of the first thing that a row tells of the person, and what it says there."""
    line, told = change.line, change.told[0]
    columns = (read.heading.header(column) for column in _TOLD_BY.get(told, (told,)))
    if told in _SPELLED or told in ("aliases", "own_script"):
        value: object = ", ".join(part for part in (line.family_name, line.given_names) if part)
    elif told == "other_nationalities":
        value = line.nationality
    elif told in ("birth", "birth_as_written"):
        value = line.birth_as_written or line.birth
    else:
        value = getattr(line, told)
    shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
    return next((column for column in columns if column), None), shown


def _undecided(planned: StaysPreview) -> Iterator[Problem]:
    """The rows that contradict the register, as long as nobody has said which of the two holds."""
    done = {*planned.kept, *planned.refused_rows, *(change.line.row_number for change in planned.changing)}
    for each in planned.contradictions:
        if each.row_number not in done:
            yield Problem(each.row_number, each.column, "" if each.theirs is None else str(each.theirs), each.said)


def _left(planned: StaysPreview) -> Iterator[Problem]:
    """The rows that change nothing: what the register has already, and what it keeps."""
    for number in planned.same:
        yield Problem(number, None, "", message("The register has this stay already. It adds nothing."))
    for number in planned.kept:
        said = next(each for each in planned.contradictions if each.row_number == number)
        yield Problem(
            number,
            said.column,
            "" if said.theirs is None else str(said.theirs),
            message("The register keeps what it says. {said}", said=said.said),
        )
