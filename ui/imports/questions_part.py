"""What is asked of a file that comes in: each question as a field, and the words that nobody knows as a table."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from models.exchange.questions import Asks, Offer, Question
from models.text import Message
from ui.codes import countries
from ui.kit.fields import ChoiceField
from ui.kit.form import Form
from ui.kit.labels import Elided, Text
from ui.kit.layout import Card, column, held
from ui.language import _, isolated, plural, say

_SHOWN = 4
Answered = Callable[[Question, str], None]


class QuestionsPart(QWidget):
    """The questions of a file: those that must be answered, and those that were, which can be answered otherwise."""

    def __init__(self, answered: Answered) -> None:
        """Lay it out, empty.

        Args:
            answered: Is given a question and its answer as soon as one is chosen.
        """
        super().__init__()
        self._answered = answered
        self._shown: tuple[Question, ...] = ()
        self.card = Card(_("Questions"))
        self.words = Card(_("Words of the file"))
        self.choices: dict[tuple[Asks, str], ChoiceField[str]] = {}
        self.card.setVisible(False)
        self.words.setVisible(False)
        self.setLayout(column(self.card, self.words, gap=12))

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Show them, unless they are shown already."""
        if tuple(questions) == self._shown:
            return
        self._shown = tuple(questions)
        self.choices = {}
        self._show_fields([each for each in questions if each.asks is not Asks.VALUE])
        self._show_words([each for each in questions if each.asks is Asks.VALUE])

    def _show_fields(self, questions: Sequence[Question]) -> None:
        self.card.clear()
        self.card.setVisible(bool(questions))
        asked = sum(each.is_open for each in questions)
        note = plural("{n} must be answered", "{n} must be answered", asked) if asked else _("Nothing is open")
        self.card.say(_("Questions"), note)
        if questions:
            # What is open stands first.
            self.card.append(Form([self._field(each) for each in sorted(questions, key=lambda each: not each.is_open)]))

    def _field(self, question: Question) -> ChoiceField[str]:
        said = [_("As in {examples}.", examples=", ".join(map(isolated, question.samples)))] if question.samples else []
        if question.answer is None and question.asks in (Asks.COLUMN, Asks.ENCODING):
            # What tells the answers apart is seen before one is chosen.
            said += [f"{_offered(each)}." for each in question.choices[:_SHOWN] if each.samples]
        if question.consequence is not None:
            said.append(say(question.consequence))
        if question.is_as_last_time:
            said.append(_("As last time."))
        field = ChoiceField(
            f"{question.asks}:{question.about}",
            say(question.text),
            [(each.value, _offered(each)) for each in question.choices],
            value=question.answer,
            required=question.is_needed,
            hint=" ".join(said),
        )
        return self._kept(question, field)

    def _kept(self, question: Question, field: ChoiceField[str]) -> ChoiceField[str]:
        self.choices[question.asks, question.about] = field
        field.edited.connect(lambda: self._choose(question, field))
        return field

    def _choose(self, question: Question, field: ChoiceField[str]) -> None:
        chosen = field.read()
        if chosen is not None and chosen != question.answer:
            self._answered(question, chosen)

    def _show_words(self, questions: Sequence[Question]) -> None:
        self.words.clear()
        self.words.setVisible(bool(questions))
        asked = sum(each.is_open for each in questions)
        note = plural("{n} must be answered", "{n} must be answered", asked) if asked else ""
        self.words.say(_("Words of the file"), note)
        if not questions:
            return
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, title in enumerate((_("Column of the file"), _("What stands there"), _("What it stands for"))):
            grid.addWidget(Text(title, "note"), 0, place)
        for at, question in enumerate(questions, 1):
            self._word(grid, at, question)
        self.words.append(held(grid))

    def _word(self, grid: QGridLayout, at: int, question: Question) -> None:
        (word,) = question.samples
        offered = [(each.value, _offered(each)) for each in question.choices] or [
            (each.value, each.text) for each in countries(stateless=True)
        ]
        none = _("Choose") if question.is_needed else _("Leave it as a sealed note")
        field = ChoiceField(f"value:{question.about}", "", offered, value=question.answer, none=none)
        field.combo.setAccessibleName(
            _("What “{word}” stands for in the column {column}", word=word, column=question.column)
        )
        field.setFixedWidth(260)
        head = Text(question.column, "strong", wrap=True)
        head.setFixedWidth(200)
        said = [isolated(word), *([say(question.consequence)] if question.consequence else [])]
        if question.is_as_last_time:
            said.append(_("As last time."))
        grid.addWidget(head, at, 0)
        grid.addWidget(Elided(" · ".join(said), "subtitle"), at, 1)
        grid.addWidget(self._kept(question, field), at, 2)


def _offered(offer: Offer) -> str:
    """An answer with some of what stands there."""
    label = say(offer.label) if isinstance(offer.label, Message) else offer.label
    return f"{label}: {' · '.join(offer.samples)}" if offer.samples else label
