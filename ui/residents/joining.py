"""Two residents who are one person: who is perhaps the same, both side by side, joining them and taking it back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.actions import joinings
from models.ids import ApartId, CandidateId, JoiningId, ResidentId
from models.queries import joinings as queries
from models.queries.candidates import AlikeRow
from models.queries.joinings import ApartRow, Beside, JoiningRow, ListDoubts
from models.queries.resident_page import ResidentPage
from models.queries.residents import ResidentRow
from models.queries.stays import StayRow
from models.rules.joining import Side
from ui import permissions, work
from ui.declared import said
from ui.kit.fields import ChoiceField, LongTextField
from ui.kit.form import FormDialog
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import Card, column, held, row
from ui.kit.page import Page
from ui.kit.tokens import Tone, px
from ui.kit.undoing import Undo
from ui.language import _, isolated, say
from ui.picks import PickField
from ui.presentation import alike_head, at_clock, born, name_of, reasons_of, when
from ui.reading import Unreadable
from ui.scrolled import Scrolled
from ui.search import find
from ui.side_by_side import side_by_side


class SameCard(Card):
    """Who else may be this person, and who was found to be: shown, never merged by the program."""

    def __init__(self, owner: QWidget, open_resident: Callable[[int], None]) -> None:
        """Begin empty.

        Args:
            owner: The page, which outlives the card: dialogs belong to it.
            open_resident: Goes to another resident.
        """
        super().__init__(_("One person, entered twice"))
        self._owner, self._open = owner, open_resident
        self._page: ResidentPage | None = None

    def show_resident(self, page: ResidentPage) -> None:
        """Show who was joined to a resident, and ask who else may be the same."""
        self._page = page
        self._show(())
        work.run_query(self, queries.alike, self._show, latest="alike", resident_id=page.row.id)
        work.run_query(self, queries.list_doubts, self._show_doubts, latest="doubts", resident_id=page.row.id)

    def _show_doubts(self, found: Sequence[ListDoubts]) -> None:
        """What the list left in doubt stays in sight until it is settled on the page of the candidate."""
        for each in found:
            for doubt in each.doubts:
                text = _("In doubt: {what}", what=say(doubt))
                look = LinkButton(_("Look"), partial(self._to_candidate, each.candidate_id))
                look.setAccessibleName(_("{command}: {what}", command=look.text(), what=say(doubt)))
                self.append(held(row((Text(text, "body", wrap=True, tone=Tone.AMBER), 1), look, gap=10)))

    def _show(self, found: Sequence[AlikeRow]) -> None:
        page = self._page
        if page is None:
            return
        self.clear()
        for joined in page.joinings:
            self.append(self._joined(joined))
        for apart in page.apart:
            self.append(self._apart(apart))
        for each in found:
            self.append(self._alike(page, each))
        if not found and not page.joinings:
            self.append(Text(_("Nobody else in this register seems to be this person."), "note", wrap=True))
        if permissions.may(joinings.join):
            self.append(self._picks(page.row.id))

    def _to_candidate(self, candidate_id: CandidateId | None) -> None:
        if isinstance(self._owner, Page):
            self._owner.open("selection", candidate_id=candidate_id)

    def _picks(self, resident_id: ResidentId) -> QWidget:
        """Join with whomever one picks."""
        whom: PickField[Any] = PickField(
            "other_id", _("Join with somebody else"), find, placeholder=_("Name, number or document")
        )

        def picked() -> None:
            try:
                other = whom.read()
            except Unreadable:
                return
            if other is not None:
                whom.put(None)
                join_dialog(self._owner, resident_id, other)

        whom.edited.connect(picked)
        return whom

    def _joined(self, joined: JoiningRow) -> QWidget:
        whom = joined.number or _("A candidate of the list {list}", list=joined.list_code)
        text = _("{whom} was found to be this person, on {day} by {who}: {reason}", whom=whom,
                 day=at_clock(joined.joined_at), who=joined.by, reason=joined.reason)  # fmt: skip
        back = LinkButton(
            _("Take back"), partial(take_back_dialog, self._owner, joined.id, whom), needs=joinings.take_back
        )
        back.setAccessibleName(_("{command}: {what}", command=back.text(), what=whom))
        return held(row((Text(text, "body", wrap=True), 1), back, gap=10))

    def _apart(self, apart: ApartRow) -> QWidget:
        text = _("{whom} was found to be somebody else, on {day} by {who}: {reason}", whom=apart.number,
                 day=at_clock(apart.settled_at), who=apart.by, reason=apart.reason)  # fmt: skip
        back = LinkButton(
            _("Take back"), partial(ask_again_dialog, self._owner, apart.id, apart.number), needs=joinings.ask_again
        )
        back.setAccessibleName(_("{command}: {what}", command=back.text(), what=apart.number))
        return held(row((Text(text, "note", wrap=True), 1), back, gap=10))

    def _alike(self, page: ResidentPage, found: AlikeRow) -> QWidget:
        name = isolated(name_of(found, found.where))
        head = Text(_("Perhaps the same as {who}", who=alike_head(found)), "strong", wrap=True)
        words = held(column(head, Text(reasons_of(found), "note", wrap=True), gap=1))
        if found.resident_id is not None:
            look = LinkButton(_("Look"), partial(self._open, int(found.resident_id)))
            join = LinkButton(
                _("Join"), partial(join_dialog, self._owner, page.row.id, found.resident_id), needs=joinings.join
            )
        else:
            look = LinkButton(_("Look"), partial(self._to_candidate, found.candidate_id))
            join = LinkButton(
                _("Join"), partial(candidate_dialog, self._owner, page, found, name), needs=joinings.join_candidate
            )
        for link in (look, join):
            link.setAccessibleName(_("{command}: {what}", command=link.text(), what=name))
        return held(row((words, 1), look, join, gap=10))


def join_dialog(owner: QWidget, resident_id: ResidentId, other_id: ResidentId) -> None:
    """Show two residents side by side, and let a supervisor choose what is right where they differ."""

    def show(found: Beside) -> None:
        _beside_dialog(owner, found).open()

    work.run_query(owner, queries.beside, show, resident_id=resident_id, other_id=other_id)


def _beside_dialog(owner: QWidget, found: Beside) -> FormDialog:
    this, other = found.this, found.other
    choices = [
        ChoiceField(
            each.field.name,
            _(each.field.label),
            [
                (Side.THIS, _("{value} ({number})", value=said(each.field, each.this), number=this.number)),
                (Side.OTHER, _("{value} ({number})", value=said(each.field, each.other), number=other.number)),
            ],
            required=True,
        )
        for each in found.differs
    ]
    both = column(
        Text(_who(this, found.stays), "body", wrap=True), Text(_who(other, found.other_stays), "body", wrap=True), gap=8
    )
    return FormDialog(
        owner,
        _("Join {other} with {this}", other=other.number, this=this.number),
        [held(both), *choices, LongTextField("reason", _("How it is known"), required=True, lines=2)],
        joinings.join,
        submit=_("Join"),
        values={"resident_id": this.id, "other_id": other.id},
        prepare=lambda values: {
            "reason": values["reason"],
            "chosen": {each.field.name: values[each.field.name] for each in found.differs},
        },
        says=_(
            "{this} remains, with the stays, documents and numbers of both. {other} still leads there. It can be taken "
            "back.",
            this=this.number,
            other=other.number,
        ),
        done=_("They are one person now."),
        undoes=lambda joining: Undo(joinings.take_back, {"joining_id": joining}),
        width=680,
    )


def _who(row: ResidentRow, stays: Sequence[StayRow]) -> str:
    """One of the two, and when the person was here."""
    return "\n".join([f"{row.number} · {isolated(row.name)} · {born(row.facts.birth)}", *_spans(stays)])


def _spans(stays: Sequence[StayRow]) -> list[str]:
    """When somebody was here, a line for each stay."""
    return [
        _("{programme}: here since {first}", programme=stay.programme, first=when(stay.arrived))
        if stay.departed is None
        else _(
            "{programme}: {first} to {last}",
            programme=stay.programme,
            first=when(stay.arrived),
            last=when(stay.departed),
        )
        for stay in stays
    ]


def compare(owner: QWidget, resident_id: ResidentId, other_id: ResidentId) -> None:
    """Show two residents side by side, to find whether they are one."""

    def show(found: Beside) -> None:
        SameDialog(owner, found).open()

    work.run_query(owner, queries.beside, show, resident_id=resident_id, other_id=other_id)


class SameDialog(QDialog):
    """Two residents side by side: the same person, somebody else, or later."""

    def __init__(self, owner: QWidget, found: Beside) -> None:
        """Lay it out."""
        super().__init__(owner.window())
        self._owner, self._found = owner, found
        self.setWindowTitle(_("The same person?"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        spent = (_("Stays"), "\n".join(_spans(found.stays)), "\n".join(_spans(found.other_stays)))
        both = side_by_side(_called(found.this), _called(found.other), found.lines, [spent])
        same = Button(_("The same person"), self._join, needs=joinings.join)
        apart = Button(_("Somebody else"), self._tell_apart, needs=joinings.tell_apart)
        foot = row(None, Button(_("Not now"), self.reject), apart, same, gap=8)
        inner = held(column(both, None, margins=(0, 0, 12, 0)))
        title = Text(_("The same person?"), "title")
        self.setLayout(column(title, (Scrolled(inner, sideways=False), 1), foot, margins=20))
        self.resize(px(820), px(520))

    def _join(self) -> None:
        self.accept()
        _beside_dialog(self._owner, self._found).open()

    def _tell_apart(self) -> None:
        self.accept()
        this, other = self._found.this, self._found.other
        apart_dialog(self._owner, (this.id, this.number), (other.id, other.number)).open()


def _called(found: ResidentRow) -> str:
    return f"{found.number} · {isolated(found.name)}"


def apart_dialog(owner: QWidget, this: tuple[ResidentId, str], other: tuple[ResidentId, str]) -> FormDialog:
    """Ask how it is known that two residents, each with the number, are two persons."""
    return FormDialog(
        owner,
        _("Two persons: {one} and {other}", one=this[1], other=other[1]),
        [LongTextField("reason", _("How it is known"), required=True, lines=2)],
        joinings.tell_apart,
        values={"resident_id": this[0], "other_id": other[0]},
        submit=_("Somebody else"),
        done=_("They are two persons, and not asked about again."),
        undoes=lambda made: Undo(joinings.ask_again, {"apart_id": made}),
    )


def ask_again_dialog(owner: QWidget, apart_id: ApartId, whom: str) -> None:
    """Take back that two are two persons."""
    FormDialog(
        owner,
        _("Take back that {whom} is somebody else", whom=whom),
        [LongTextField("reason", _("Reason"), required=True, lines=2)],
        joinings.ask_again,
        submit=_("Take back"),
        values={"apart_id": apart_id},
        done=_("They are perhaps the same again."),
        undoes=_("It cannot be undone, but it can be found again that they are two persons."),
    ).open()


def candidate_dialog(owner: QWidget, page: ResidentPage, found: AlikeRow, name: str) -> None:
    """Say that a candidate is this resident."""
    FormDialog(
        owner,
        _("Join {other} with {this}", other=name, this=page.row.number),
        [LongTextField("reason", _("How it is known"), required=True, lines=2)],
        joinings.join_candidate,
        submit=_("Join"),
        values={"resident_id": page.row.id, "candidate_id": found.candidate_id},
        says=_("The place that is held for the candidate counts no second time. It can be taken back."),
        done=_("They are one person now."),
        undoes=lambda joining: Undo(joinings.take_back, {"joining_id": joining}),
    ).open()


def take_back_dialog(owner: QWidget, joining_id: JoiningId, whom: str) -> None:
    """Say that two who were joined are two persons."""
    FormDialog(
        owner,
        _("Take back that {whom} is this person", whom=whom),
        [LongTextField("reason", _("Why they are two persons"), required=True, lines=2)],
        joinings.take_back,
        submit=_("Take back"),
        values={"joining_id": joining_id},
        says=_("What was joined becomes as it was. What was entered since stays where it is."),
        done=_("They are two persons again."),
        undoes=_("It cannot be undone, but they can be joined again."),
    ).open()
