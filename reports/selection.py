"""The selection list with reasons: who was proposed, what was decided by whom and when, and why; nothing sealed."""

from collections import defaultdict
from typing import TYPE_CHECKING

from models.rules.papers import Imprint
from models.rules.vocabulary import Answer, CandidateState
from models.rules.wording import word
from models.text import Translator
from reports import long_table, parts, terms
from reports.long_table import PaperColumn
from reports.page import LEFT, RIGHT, SMALL, Furniture

if TYPE_CHECKING:  # what is drawn knows no database
    from models.queries.replay import Person, Replay, Step


def draw(found: "Replay", imprint: Imprint) -> bytes:
    """The list as a PDF; the same arguments give the same bytes.

    Args:
        found: The list.
        imprint: What stands on every paper.
    """
    tr = terms.translator_of(imprint.language)
    title = tr("Selection list with reasons")
    furniture = Furniture.of(imprint, tr, title=title, discloses=tr("Personal data: keep it locked"))
    said = tr(
        "List {code} of {programme}, received {date}",
        code=found.code,
        programme=found.programme,
        date=found.received_on,
    )
    states = [each.state for each in found.people]
    counts = ", ".join(
        tr("{n} {state}", n=tr.number(states.count(state)), state=tr.render(word(state)).lower())
        for state in CandidateState
        if state in states
    )
    opening = parts.title(title) + parts.paragraph(tr.join([said, counts], "; "), size=SMALL)
    cells = texts(found, tr, imprint)
    columns = long_table.fitted(_columns(tr), cells, RIGHT - LEFT)
    return long_table.draw(cells, columns, opening=opening, furniture=furniture, tr=tr)


def _columns(tr: Translator) -> tuple[PaperColumn, ...]:
    return (
        PaperColumn(tr("No.")),
        PaperColumn(tr("Name")),
        PaperColumn(tr("Born")),
        PaperColumn(tr("Decision")),
        PaperColumn(tr("When, and by whom")),
        PaperColumn(tr("Reason, and on what it rested")),
    )


def texts(found: "Replay", tr: Translator, imprint: Imprint) -> list[tuple[str, ...]]:
    """What stands in each cell: a line for each decision, and one for whoever nothing was decided on."""
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in found.steps:
        steps[step.candidate_id].append(step)
    rows: list[tuple[str, ...]] = []
    for person in found.people:
        who = _who(person, tr)
        decided = steps.get(person.id)
        if not decided:
            rows.append((*who, tr.render(word(person.state)), "", ""))
        for place, step in enumerate(decided or ()):
            rows.append((*(who if place == 0 else ("", "", "")), *_step(step, tr, imprint)))
    return rows


def _who(person: "Person", tr: Translator) -> tuple[str, str, str]:
    number = f"{person.name}, {person.partner_number}" if person.partner_number else person.name
    return person.number, number, "" if person.birth is None else terms.birth(tr, person.birth)


def _step(step: "Step", tr: Translator, imprint: Imprint) -> tuple[str, str, str]:
    zone = None if imprint.printed_at is None else imprint.printed_at.tzinfo
    when = tr.value(step.decided_at.astimezone(zone))
    by = [tr("decided by {name}", name=step.decided_by)]
    if step.proposed_by:
        by.append(tr("proposed by {name}", name=step.proposed_by))
        by.append(tr("confirmed by {name}", name=step.entered_by))
    elif step.entered_by == step.decided_by:
        by = [tr("decided and entered by {name}", name=step.entered_by)]
    else:
        by.append(tr("entered by {name}", name=step.entered_by))
    state = tr.render(word(step.outcome))
    what = tr("{state} (taken back)", state=state) if step.takes_back else state
    if step.corrects:
        what = tr("{state} (corrected)", state=state)
    return what, ", ".join((when, *by)), " ".join(_why(step, tr))


def _why(step: "Step", tr: Translator) -> list[str]:
    """The reasons, and on how much it rested: what was answered may tell of health or of asylum, and stays inside."""
    said = [f"{tr(each)}." for each in step.reasons]
    if step.reason:
        said.append(step.reason if step.reason.endswith(".") else f"{step.reason}.")
    facts = step.rested
    if facts is None:
        return [*said, tr("On what it rested was not kept.")]
    answered = sum(each.answer is not Answer.UNKNOWN for each in facts.criteria)
    said.append(tr("{n} of {total} questions answered.", n=answered, total=len(facts.criteria)))
    if facts.doubts or facts.alike:
        n = len(facts.doubts) + len(facts.alike)
        said.append(tr.plural("{n} doubt was open.", "{n} doubts were open.", n))
    if facts.places.places is not None:
        taken, places = facts.places.taken, facts.places.places
        said.append(tr("{taken} of {places} places were taken.", taken=taken, places=places))
    return said
