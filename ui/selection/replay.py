"""The selection, step by step: what was decided, by whom, and on which facts as they stood at that moment."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.queries import replay as queries
from models.queries.replay import Replay, Step
from models.rules.selection import PARTICULARS
from models.rules.vocabulary import Answer, CandidateState
from models.rules.wording import word
from ui import work
from ui.declared import said
from ui.kit.choosing import Slider
from ui.kit.labels import Button, Text
from ui.kit.layout import KeyValues, column, held, row
from ui.kit.tokens import px
from ui.language import _, isolated, plural, say, tr
from ui.presentation import at_clock
from ui.scrolled import Scrolled
from ui.selection.places import used_words


def replay(owner: QWidget, query: Callable[..., Replay], **values: Any) -> None:  # noqa: ANN401 - of the query
    """Read the steps of a list or of a candidate, and show them."""
    work.run_query(owner, query, lambda found: ReplayDialog(owner, found).open(), **values)


def of_list(owner: QWidget, list_id: int) -> None:
    """Replay a whole list."""
    replay(owner, queries.of_list, list_id=list_id)


def of_candidate(owner: QWidget, candidate_id: int) -> None:
    """Replay one candidate."""
    replay(owner, queries.of_candidate, candidate_id=candidate_id)


class ReplayDialog(QDialog):
    """Goes through the decisions by a slider, two buttons or the arrow keys."""

    def __init__(self, parent: QWidget, found: Replay) -> None:
        """Begin with the first decision."""
        super().__init__(parent.window())
        self._found = found
        title = _("Replay of the selection: {list}", list=found.code)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.slider = Slider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(_("Step"))
        self.slider.setRange(0, max(len(found.steps) - 1, 0))
        self.slider.valueChanged.connect(self._show)
        self.earlier = Button(_("Earlier"), lambda: self.slider.setValue(self.slider.value() - 1))
        self.later = Button(_("Later"), lambda: self.slider.setValue(self.slider.value() + 1))
        self._place, self._counts = Text("", "note"), Text("", "strong", wrap=True)
        self.head, self.why = Text("", "cardTitle", wrap=True), Text("", "body", wrap=True)
        self.facts = KeyValues(names=300)
        inner = held(column(self.head, self.why, self.facts, None, margins=(0, 0, 12, 0)))
        close = Button(_("Close"), self.accept, kind="primary")
        steps = row(self.earlier, self.later, (self.slider, 1), self._place, gap=8)
        self.setLayout(
            column(
                Text(title, "title", wrap=True),
                steps,
                self._counts,
                (Scrolled(inner, sideways=False), 1),
                row(None, close),
                margins=20,
            )
        )
        self.resize(px(900), px(560))
        self._show(0)
        self.slider.setFocus()

    def _show(self, at: int) -> None:
        steps = self._found.steps
        for part in (self.slider, self.facts):
            part.setVisible(bool(steps))
        self.earlier.setEnabled(at > 0)
        self.later.setEnabled(at + 1 < len(steps))
        if not steps:
            self.head.setText(_("Nothing was decided yet."))
            return
        step = steps[at]
        self._place.setText(_("{n} of {total}", n=at + 1, total=len(steps)))
        self._counts.setText(_counts(step.counts))
        self.head.setText(
            _(
                "{when}: {name}, {state}",
                when=at_clock(step.decided_at),
                name=isolated(step.name),
                state=say(word(step.outcome)),
            )
        )
        self.why.setText("\n".join(_why(step)))
        self.facts.clear()
        self.facts.say(_facts(step))


def _counts(counts: Mapping[CandidateState, int]) -> str:
    """Where the people stood from then on."""
    return " · ".join(
        _("{n} {state}", n=tr().number(counts[state]), state=say(word(state)).lower())
        for state in CandidateState
        if counts.get(state)
    )


def _why(step: Step) -> list[str]:
    by = [_("Decided by {name}.", name=step.decided_by)]
    if step.proposed_by:
        by.append(_("Proposed by {one}, confirmed by {other}.", one=step.proposed_by, other=step.entered_by))
    else:
        by.append(_("Entered by {name}.", name=step.entered_by))
    if step.takes_back:
        by.append(_("It took an earlier decision back."))
    if step.corrects:
        by.append(_("It put right who had accepted the person, or why."))
    reasons = [*(_(each) for each in step.reasons), *([step.reason] if step.reason else [])]
    said = [" ".join(by), *([_("Reason: {reason}", reason="; ".join(reasons))] if reasons else [])]
    if step.since:
        since = tr().join(map(say, step.since), "; ")
        said.append(_("Corrected since, as the history of the person tells: {what}", what=since))
    return said


def _facts(step: Step) -> list[tuple[str, str]]:
    """On what it rested, as it stood then."""
    found = step.rested
    if found is None:
        return [(_("On what it rested"), _("An earlier version of Konak did not keep it."))]
    rows = [(_("Places before"), used_words(found.places.taken, found.places.held, found.places.places))]
    for answered in found.criteria:
        words = say(word(answered.answer)) if answered.answer is not Answer.UNKNOWN else _("not answered")
        who = answered.by or (_("from the list") if answered.automatic is not Answer.UNKNOWN else "")
        rows.append((_(answered.question), "; ".join(part for part in (words, who, answered.note) if part)))
    rows += [(_("In doubt"), say(doubt)) for doubt in found.doubts]
    if found.alike:
        people = plural("{n} person who may be the same", "{n} people who may be the same", len(found.alike))
        rows.append((_("Perhaps the same person"), people))
    for field in PARTICULARS:
        value = getattr(found.said, field.name)
        if value != field.empty and value is not None:
            rows.append((_(field.label), said(field, value)))
    return rows
