"""Forms: fields with their errors beside them, and the dialog that sends them to an action."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from models.errors import Conflict, Named, Refused
from ui import prompts, work
from ui.kit.conflict import bring_over
from ui.kit.field import Field, T
from ui.kit.labels import Button, Text
from ui.kit.layout import column, held, hide_empty, row
from ui.kit.notices import Callout
from ui.kit.tokens import Tone, px
from ui.kit.undoing import Undo, Undoes, tell
from ui.language import _, isolated, say
from ui.reading import say_named
from ui.scrolled import Scrolled, reveal

if TYPE_CHECKING:
    from models.queries.whom import Whom


class Section(Text):
    """A heading between the fields of a long form."""

    def __init__(self, title: str) -> None:
        """Show a heading."""
        super().__init__(title, "section", wrap=True)


class Form(QWidget):
    """Fields below each other, or side by side where they are not wide."""

    edited = Signal()
    kept_for: "ClassVar[Callable[[Form], object]]" = staticmethod(lambda _form: None)
    """Is given each form that says what it is about: fills in what was typed into it when the program was ended."""

    def __init__(self, fields: Sequence[Field[Any] | Section | QWidget], *, columns: int = 2) -> None:
        """Lay the fields out.

        Args:
            fields: Fields in order; a `Section` or any other widget stands between them in the whole width.
            columns: How many fields that are not wide stand side by side.
        """
        super().__init__()
        self.fields: dict[str, Field[Any]] = {}
        self.about = ""
        self.refusal = Callout(tone=Tone.RED)
        self._signs = Text("", "hint")
        self._parts, self._columns = tuple(fields), columns
        self._grid = grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for place in range(columns):
            grid.setColumnStretch(place, 1)
        self._lay_out()
        for part in fields:
            if isinstance(part, Field):
                self.fields[part.name] = part
                part.edited.connect(self.edited)
            part.installEventFilter(self)
        self._outer = outer = column(self.refusal, gap=12)
        outer.addLayout(grid)
        outer.addWidget(self._signs)
        outer.addStretch(1)
        self.setLayout(outer)
        self._explain_sign()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the gap that a field leaves that is hidden, and make room for one that is shown."""
        if event.type() in (QEvent.Type.HideToParent, QEvent.Type.ShowToParent):
            self._lay_out()
            self._explain_sign()
        return super().eventFilter(watched, event)

    def _explain_sign(self) -> None:
        """Say what the star of a field means, where there is one and not all are asked for."""
        asked = any(field.required and field.title and not _is_put_away(field) for field in self.fields.values())
        self._signs.setText(_("* must be filled in") if asked and len(self.fields) > 1 else "")
        hide_empty(self._signs)

    def _lay_out(self) -> None:
        at = beside = 0
        for part in self._parts:
            self._grid.removeWidget(part)
            if _is_put_away(part):
                if part.parent() is None:  # or it would be shown as a window of its own
                    part.setParent(self)
                    part.hide()
                continue
            narrow = isinstance(part, Field) and not part.wide
            if not narrow and beside:
                at, beside = at + 1, 0
            self._grid.addWidget(part, at, beside, 1, 1 if narrow else self._columns, Qt.AlignmentFlag.AlignTop)
            beside = beside + 1 if narrow else self._columns
            if beside == self._columns:
                at, beside = at + 1, 0

    def is_about(self, action: Callable[..., Any], **values: object) -> None:
        """Say what is done with what is typed here, and to whom: by that it is known again after the program ended."""
        named = {name: str(value) for name, value in sorted(values.items()) if name != "version"}
        self.about = f"{getattr(action, 'name', getattr(action, '__qualname__', ''))} {named}"
        Form.kept_for(self)

    def __getitem__(self, name: str) -> Field[Any]:
        """A field by its name."""
        return self.fields[name]

    def values(self) -> dict[str, Any]:
        """What stands in the fields, by their names; call `check` first.

        Raises:
            Unreadable: Something cannot be read.
        """
        return {name: field.read() for name, field in self.fields.items() if not field.isHidden()}

    def put(self, values: Mapping[str, Any]) -> None:
        """Show values; what stands there then counts as unchanged."""
        for name, value in values.items():
            self.fields[name].put(value)
        self.settle()

    def settle(self) -> None:
        """What stands here now counts as unchanged."""
        for field in self.fields.values():
            field.settle()

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return any(field.dirty for field in self.fields.values())

    def check(self) -> bool:
        """Whether all fields can be read; says beside each that cannot what to do, and goes to the first."""
        self.clear_errors()
        first: Field[Any] | None = None
        for field in self.fields.values():
            text = "" if field.isHidden() else field.problem()
            field.show_error(text)
            if text and first is None:
                first = field
        if first is not None:
            self.go_to(first)
        return first is None

    def clear_errors(self) -> None:
        """Take all errors back."""
        self.refusal.say("")
        for field in self.fields.values():
            field.show_error("")

    def show_refusal(self, error: Refused) -> None:
        """Say beside its field why the action was refused; on top if it belongs to none, and all reasons on top."""
        self.clear_errors()
        sentence = say(error.message)
        field = self.fields.get(error.field or "")
        beside = field is not None and not field.isHidden()
        lines = [*([] if beside else [sentence]), *error.lines(say, say_named)]
        self.refusal.say("\n".join(lines))
        if field is not None and beside:
            field.show_error(sentence)
            self.go_to(field)  # last: where there is no room for both, the field is in sight

    def warn(self, text: str) -> None:
        """Say something above the fields."""
        self._outer.insertWidget(0, Callout(text))

    def go_to(self, field: Field[Any]) -> None:
        """Give a field the keyboard, and scroll to it."""
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(field)


def _is_put_away(part: QWidget) -> bool:
    """Whether a part was hidden, and not only never shown yet."""
    return part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and part.isHidden()


@dataclass(frozen=True, slots=True)
class Anew(Generic[T]):
    """How a form is made again from what stands in the register now.

    Attributes:
        read: A query that reads it; None where it is not there any more.
        show: Makes the form from what was read, as it was made at first; its first argument is the window. None where
            what the form was about is not there any more.
    """

    read: Callable[[Any], T | None]
    show: "Callable[[QWidget, T], FormDialog | None]"


class FormDialog(QDialog):
    """A form in front of the window that sends itself to an action.

    It stays open, with what was typed, until the action has done its work or the user lets it go.
    """

    done_with = Signal(object)
    """The action is done: what it returned."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        fields: Sequence[Field[Any] | Section | QWidget],
        action: Callable[..., Any],
        *,
        submit: str = "",
        values: Mapping[str, object] | None = None,
        prepare: Callable[[dict[str, Any]], Mapping[str, Any]] | None = None,
        says: str = "",
        danger: bool = False,
        done: str | Callable[[Any], str] = "",
        on_done: Callable[[Any], None] | None = None,
        undoes: Undoes | str,
        of: Mapping[str, object] | None = None,
        anew: Anew[Any] | None = None,
        width: int = 560,
    ) -> None:
        """Lay the dialog out; show it with `open`.

        Args:
            parent: The page that asks.
            title: What is done, in the clerk's words.
            fields: The fields of the form.
            action: A function of `models.actions`.
            submit: What the button says: the command itself; empty: it is the title.
            values: Arguments of the action that are not asked for, such as `stay_id`.
            prepare: Makes the arguments of the action from the form's values, where they are not the same.
            says: What the step will do, where it is dangerous or cannot be undone.
            danger: Whether it cannot be undone.
            done: What to say when it is done; may be made from what the action returned.
            on_done: Is given what the action returned, after the dialog has closed.
            undoes: What takes it back, offered with `done`; or in words that it cannot be undone, said before.
            of: By what it is found out about whom the form is, where that is no argument of the action.
            anew: How the form is made again when somebody else has changed the same in the meantime.
            width: In pixels.
        """
        self._window = parent.window()
        super().__init__(self._window)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page, self._action, self._values = parent, action, dict(values or {})
        self._prepare, self._done, self._on_done, self._undoes = prepare, done, on_done, undoes
        self._anew, self._danger = anew, danger
        self._left_at: QWidget | None = None
        self._sending = False
        self.form = self._make_form(fields)
        self.submit = Button(submit or title, self.send, kind="danger" if danger else "primary")
        self.submit.setDefault(True)
        self.cancel = Button(_("Cancel"), self.reject)
        self._about, self._name = Text("", "note", wrap=True), ""
        self._lasts = Text(undoes if isinstance(undoes, str) else "", "note", wrap=True)
        self._wide = px(width)
        self._lay_out(title, says)
        from models.queries.whom import NAMES, whom  # only now: the window before this one knows forms and no database

        named = {name: value for name, value in {**self._values, **(of or {})}.items() if name in NAMES}
        about, of = getattr(action, "about", ""), getattr(action, "of", None)
        if not named and of is not None and about in self._values and about.endswith("_id"):  # of several it tells none
            named = {about: self._values[about]}
        self._about.setVisible(bool(named))  # its place is kept, so that nothing jumps once it is known who it is
        self._fit()
        if named:
            work.run_query(self, whom, self._show_whom, values=named, of=of)

    def _make_form(self, fields: Sequence[Field[Any] | Section | QWidget]) -> Form:
        """The form itself; what has it in steps overrides this."""
        return Form(fields)

    def _lay_out(self, title: str, says: str) -> None:
        """Whom it is about above, the form, and what can be done below; what stands in a page overrides this."""
        content = column(*([Callout(says)] if says else []), self.form, gap=12, margins=20)
        area = Scrolled(held(content), sideways=False)
        head = held(column(Text(title, "title", wrap=True), self._about, gap=2, margins=(20, 18, 20, 0)))
        foot = held(column(self._lasts, row(None, self.cancel, self.submit, gap=8), gap=10, margins=(20, 12, 20, 16)))
        self.setLayout(column(head, (area, 1), foot, gap=0))
        hide_empty(self._lasts)
        self._content, self._head, self._foot = content, head, foot
        area.verticalScrollBar().rangeChanged.connect(lambda *_range: self._fit())

    @property
    def about(self) -> str:
        """Whom the form is about, in words; empty where it is about nobody or that is not read yet."""
        return self._about.text()

    def _show_whom(self, found: "Whom | None") -> None:
        """Name the person under the title, so that two of one name are not taken for each other."""
        if found is not None:
            self._name = found.name
            self._about.setText(say_named(Named(found.name, found.number, str(found.birth or ""))))
            self.setAccessibleDescription(self._about.text())

    def _fit(self) -> None:
        """As high as what is in it, errors too, as far as the screen allows."""
        room = self.screen().availableGeometry().height() - 80
        wide = max(self.width(), self._wide, self._content.totalMinimumSize().width())
        needed = self._content.totalHeightForWidth(wide) + 4
        for part in (self._head, self._foot):  # one in which no line can break knows no height for a width
            needed += part.heightForWidth(wide) if part.hasHeightForWidth() else part.sizeHint().height()
        if self.height() < min(room, needed) or self.width() < wide or not self.isVisible():
            self.resize(wide, min(room, needed))

    def showEvent(self, event: QShowEvent) -> None:
        """What was typed here when the program was ended stands here again; Enter sends what asks for nothing."""
        super().showEvent(event)
        if not self.form.about:
            self.form.is_about(self._action, **self._values)
        if not self.form.fields and not self._danger:
            self.submit.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        """Check the form and send it to the action."""
        if self._sending or not self.form.check():
            return
        values = self.form.values()
        try:
            arguments = {**self._values, **(self._prepare(values) if self._prepare else values)}
        except Refused as refused:  # what two fields say together may make no sense
            self.form.show_refusal(refused)
            return
        self._busy(sending=True)
        work.run_action(
            self,
            self._action,
            on_done=self._finish,
            on_refused=self._refused,
            on_end=lambda: self._busy(sending=False),
            **arguments,
        )

    def _refused(self, error: Refused) -> None:
        if self._anew is None or not isinstance(error, Conflict):
            self.form.show_refusal(error)
            return
        self._busy(sending=True)
        work.run_query(
            self,
            self._anew.read,
            on_done=lambda now: self._make_anew(now, error),
            on_refused=self.form.show_refusal,
            on_end=lambda: self._busy(sending=False),
        )

    def _make_anew(self, now: object, error: Conflict) -> None:
        """Go on in a form that holds what stands in the register now, with what was typed here brought over."""
        other = None if self._anew is None or now is None else self._anew.show(self._window, now)
        if other is None:
            self.form.show_refusal(Refused("This is not there any more. Close the form and look at the page."))
            return
        first = bring_over(self.form.fields, other.form.fields)
        self.form.settle()
        self.accept()
        other.open()
        if first is not None:
            who = error.message.values.get("name")
            other.warn(
                _("{name} has changed this in the meantime. Look at what is marked, then save again.", name=who)
                if who
                else _("Somebody has changed this in the meantime. Look at what is marked, then save again.")
            )
            other.form.go_to(first)
        else:  # what the other person changed does not stand in this form
            other.send()

    def warn(self, text: str) -> None:
        """Say something above the form."""
        self.form.warn(text)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter sends from anywhere; Escape cancels."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.send()
        elif event.matches(QKeySequence.StandardKey.Close):
            self.reject()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """One that stands in a page leaves it to the window, which offers what the buttons around do."""
        event.setAccepted(self.isWindow())

    def reject(self) -> None:
        """Close, but ask before what was typed is lost."""
        if not self._sending and self._may_go():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own cross does the same."""
        if self._sending or not self._may_go():
            event.ignore()
        else:
            self.form.settle()
            super().closeEvent(event)

    def _may_go(self) -> bool:
        return not self.form.dirty or prompts.confirm(
            self,
            _("Throw away what you typed?"),
            _("It has not been saved."),
            yes=_("Throw away"),
            no=_("Keep typing"),
            danger=True,
        )

    def _busy(self, *, sending: bool) -> None:
        self._sending = sending
        if sending:
            self._left_at = self.focusWidget()
        # What is typed while it is being sent would neither be sent nor kept.
        self.form.setEnabled(not sending)
        if not sending and self._left_at is not None and shiboken6.isValid(self._left_at):
            self._left_at.setFocus(Qt.FocusReason.OtherFocusReason)
        self.submit.setEnabled(not sending)
        self.cancel.setEnabled(not sending)

    def _finish(self, value: object) -> None:
        self.form.settle()
        self.accept()
        text = self._done(value) if callable(self._done) else self._done
        if text:
            if self._name and self._name not in text:
                text = _("{name}: {what}", name=isolated(self._name), what=text)
            undo = () if isinstance(self._undoes, str) else self._undoes(value)
            tell(self._page, text, *((undo,) if isinstance(undo, Undo) else undo))
        self.done_with.emit(value)
        if self._on_done is not None:
            self._on_done(value)
