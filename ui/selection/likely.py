"""Who else a candidate may be, asked while the list is corrected: shown as one types, and nobody is merged."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame

from models.ids import CandidateId, ProgrammeId
from models.queries import arrivals
from models.queries.candidates import AlikeRow
from models.rules.fields import PARTNER_NUMBER
from models.rules.residents import PERSON_SAID, DocumentFacts, PersonFacts
from models.rules.vocabulary import DocumentKind
from ui.arrivals.fields import read_now
from ui.kit.form import Form
from ui.kit.labels import Text
from ui.kit.layout import clear, column
from ui.language import _
from ui.presentation import alike_head, reasons_of
from ui.work import run_query

_PATIENCE = 350
"""Milliseconds after the last letter before the register is asked."""
_NAMES = (*(field.name for field in PERSON_SAID), PARTNER_NUMBER.name, "document_number")


class LikelySame(QFrame):
    """Who may be the same person as the form says now; hidden where it is nobody."""

    def __init__(self, programme_id: ProgrammeId, candidate_id: CandidateId) -> None:
        """Begin with nobody.

        Args:
            programme_id: Of the candidate: the partner's number is of this programme.
            candidate_id: Who is not somebody else.
        """
        super().__init__()
        self.setProperty("role", "says")
        self._whose: dict[str, Any] = {"programme_id": programme_id, "candidate_id": candidate_id}
        self._lines = column(gap=6)
        self.setLayout(column(Text(_("Perhaps the same person"), "strong"), self._lines, gap=6, margins=(10, 8, 10, 8)))
        self._soon = QTimer(self, singleShot=True)
        self._soon.setInterval(_PATIENCE)
        self.setVisible(False)

    def follow(self, form: Form) -> None:
        """Ask anew whenever what tells people apart is typed."""
        self._soon.timeout.connect(lambda: self._ask(form))
        for name in _NAMES:
            if name in form.fields:
                form[name].edited.connect(self._soon.start)

    def _ask(self, form: Form) -> None:
        said = {name: read_now(form[name]) for name in _NAMES if name in form.fields}
        number = said.pop("document_number", None)
        person = PersonFacts(**{name: value for name, value in said.items() if value is not None}).tidy()
        papers = (DocumentFacts(kind=DocumentKind.OTHER, number=number),) if number else ()
        run_query(self, arrivals.likely, self._show, latest="likely", person=person, documents=papers, **self._whose)

    def _show(self, found: Sequence[AlikeRow]) -> None:
        clear(self._lines)
        for each in found:
            self._lines.addWidget(Text(f"{alike_head(each)}\n{reasons_of(each)}", "body", wrap=True))
        self.setVisible(bool(found))
