"""The forms of roll calls: begin from a sheet, count at another door, answer, sign, correct, and when they are held."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from models.actions import roll_calls as actions
from models.ids import RollCallId, RollCounterId
from models.queries import roll_calls as queries
from models.queries.roll_calls import CallRow, Counter, Hours, Line
from models.rules import roll_calls as rules
from models.rules.time import Moment
from models.rules.vocabulary import RollAnswer, RollStanding
from models.rules.wording import word
from models.store.snapshot import Snapshot
from ui import search, session
from ui.kit.fields import ChoiceField, LongTextField, TextField, TicksField
from ui.kit.form import FormDialog
from ui.kit.search import Found
from ui.kit.typed_fields import MomentField
from ui.kit.undoing import Undo
from ui.language import _, isolated, say
from ui.picks import PickField
from ui.presentation import at_clock
from ui.reading import Unreadable
from ui.taking_back import reason_dialog

if TYPE_CHECKING:
    from ui.kit.field import Field


_FEW = 16
"""So many hours to tick stand in two columns; more in three."""
_MOST = 62
"""So many are answered at once, two a day in a month; who counts every hour does so in several steps."""


def _part(parts: Sequence[str]) -> ChoiceField[str]:
    return ChoiceField("part", _("Counts"), [(part, part) for part in parts], none=_("The whole house"), wide=False)


def _whole_house(values: dict[str, Any]) -> dict[str, Any]:
    """What was filled in; no building is all of them."""
    return values | {"part": values["part"] or ""}


def _held_for(hours: Sequence[datetime], value: datetime | None = None) -> ChoiceField[datetime]:
    """For which hour it is counted: of one that is counted late whoever counts says it, nobody guesses."""
    return ChoiceField(
        "held_for",
        _("Held for"),
        [(each, at_clock(each)) for each in hours],
        value=value,
        none=_("The hour at which it begins"),
        hint=_("An hour that is over, if it is held for that one."),
    )


def begin_dialog(owner: QWidget, late: Sequence[datetime]) -> FormDialog:
    """Begin a roll call where none was held at the hour before: it may be that one, held late, or another one."""
    return FormDialog(
        owner,
        _("Begin a roll call"),
        [_held_for(late)],
        actions.begin,
        submit=_("Begin"),
        done=_("The roll call began."),
        undoes=lambda made: Undo(actions.take_back, {"roll_call_id": made}),
    )


def sheet_dialog(
    owner: QWidget, parts: Sequence[str], missed: Sequence[datetime], on_done: Callable[[RollCallId], None]
) -> FormDialog:
    """Begin to enter what was counted on the printed sheet."""
    began, late = MomentField("began", _("Counted from"), value=session.now(), required=True), _held_for(missed)

    def offer() -> None:
        """Those hours alone for which one that began then can have been held."""
        try:
            at = began.read()
        except Unreadable:
            return
        near = [] if at is None or at.at is None else [each for each in missed if rules.is_near(each, at.at)]
        late.offer([(each, at_clock(each)) for each in near])
        late.setVisible(bool(near))

    began.edited.connect(offer)
    dialog = FormDialog(
        owner,
        _("Enter from the printed sheet"),
        [
            began,
            MomentField("ended", _("Counted until"), value=session.now(), required=True),
            late,
            TextField("counter", _("Counted by"), required=True, wide=False, longest=200),
            _part(parts),
        ],
        actions.begin,
        prepare=_whole_house,
        submit=_("Enter the sheet"),
        says=_("Who is expected follows from the roll at the time on the sheet."),
        on_done=on_done,
        undoes=lambda made: Undo(actions.take_back, {"roll_call_id": made}),
    )
    offer()  # only now: a field that stands nowhere yet would be shown as a window of its own
    return dialog


def join_dialog(
    owner: QWidget, call: CallRow, parts: Sequence[str], on_done: Callable[[RollCounterId], None]
) -> FormDialog:
    """Enter what is counted at another door: a register is written in one window at a time."""
    return FormDialog(
        owner,
        _("Count at another door"),
        [
            TextField(
                "counter",
                _("Who counts"),
                wide=False,
                longest=200,
                hint=_("Empty: you yourself."),
            ),
            _part(parts),
        ],
        actions.join,
        values={"roll_call_id": call.id},
        prepare=lambda values: _whole_house(values | {"counter": values["counter"] or ""}),
        submit=_("Count here"),
        says=_(
            "Whoever has a workstation of their own opens the register there and counts on the page Roll: it is handed "
            "to this one. Here the other door calls in, or hands over its sheet: what is marked from now on is theirs, "
            "and whoever was seen at one door is here."
        ),
        on_done=on_done,
        undoes=_("To count yourself again, choose this once more and leave the name empty."),
    )


def answer_dialog(owner: QWidget, call: CallRow, line: Line, answer: RollAnswer) -> FormDialog:
    """Say what was done about somebody of whom count and register differ."""
    is_reported = answer is RollAnswer.REPORTED
    return FormDialog(
        owner,
        _("Report missing") if is_reported else _("Explain"),
        [
            LongTextField(
                "words",
                _("To whom, and when") if is_reported else _("What was found out"),
                required=True,
            )
        ],
        actions.answer,
        values={"roll_call_id": call.id, "stay_id": line.stay_id, "answer": answer},
        submit=_("Save"),
        done=_("It is kept with the roll call of {time}.", time=at_clock(call.began_at)),
        undoes=_("It can be said anew until the roll call is signed."),
    )


def close_dialog(owner: QWidget, call: CallRow, sentence: str) -> FormDialog:
    """Close a roll call and sign it."""
    return FormDialog(
        owner,
        _("Close and sign"),
        [LongTextField("remark", _("Remark"), lines=2)],
        actions.close,
        values={"roll_call_id": call.id},
        prepare=lambda values: {"remark": values["remark"] or ""},
        says=sentence,
        done=_("The roll call is signed."),
        undoes=_("What is signed is kept; a supervisor can correct it with a reason."),
    )


def _counted_by(counter: Counter, name: str) -> TextField:
    label = _("Counted by ({part})", part=counter.part) if counter.part else _("Counted by")
    return TextField(name, label, value=counter.name, required=True, wide=False, longest=200)


def _really(but: RollStanding | None = None) -> "list[Field[Any]]":
    choices = [(each, say(word(each))) for each in rules.REAL if each is not but]
    return [
        ChoiceField("standing", _("Really was"), choices, required=True),
        LongTextField("reason", _("How is this known"), required=True),
    ]


def add_dialog(owner: QWidget, call: CallRow) -> FormDialog:
    """Put right how somebody stood in a signed roll call in which nobody asked for them."""

    def find(snapshot: Snapshot, *, text: str) -> Sequence[Found]:
        found = search.find(snapshot, text=text)
        stays = queries.not_on(snapshot, roll_call_id=call.id, resident_ids=[each.value for each in found])
        return [replace(each, value=stays[each.value]) for each in found if each.value in stays]

    return FormDialog(
        owner,
        _("Add somebody to the roll call"),
        [PickField("stay_id", _("Who"), find, required=True, placeholder=_("Name or number")), *_really()],
        actions.correct,
        values={"roll_call_id": call.id},
        submit=_("Correct"),
        says=_("Who stayed here at the time and was not asked for. What was signed remains readable beside it."),
        done=_("The roll call was corrected."),
        undoes=_("It can be corrected again; each correction is kept."),
    )


def correct_dialog(owner: QWidget, call: CallRow, line: Line) -> FormDialog:
    """Put right how somebody stood in a signed roll call."""
    return FormDialog(
        owner,
        _("Correct the roll call"),
        _really(None if line.is_explained else line.standing),
        actions.correct,
        values={"roll_call_id": call.id, "stay_id": line.stay_id},
        submit=_("Correct"),
        says=" ".join(
            [
                _("What was signed remains readable beside it."),
                *(
                    [_("If only the words of the answer are wrong, choose the same, and write the right ones below.")]
                    if line.is_explained
                    else []
                ),
            ]
        ),
        done=_("{name}: corrected.", name=isolated(line.name)),
        undoes=_("It can be corrected again; each correction is kept."),
    )


def times_dialog(owner: QWidget, call: CallRow, hours: Sequence[datetime]) -> FormDialog:
    """Put right from when to when a signed roll call was counted, for which hour, by whom, and its remark.

    Args:
        owner: The page.
        call: Which one.
        hours: For which it can have been held.
    """
    zone, ended = session.zone(), call.ended_at or call.began_at
    who = {each.id: f"counter_{each.id}" for each in call.counters}

    def arguments(values: dict[str, Any]) -> dict[str, Any]:
        said = {name: value for name, value in values.items() if name not in who.values()}
        names = {which: values[name] for which, name in who.items()}
        return {**said, "remark": values["remark"] or "", "counters": names}

    began_then, ended_then = Moment.of(call.began_at, zone), Moment.of(ended, zone)
    return FormDialog(
        owner,
        _("Correct times and counters"),
        [
            MomentField("began", _("Counted from"), value=began_then, required=True),
            MomentField("ended", _("Counted until"), value=ended_then, required=True),
            *([_held_for(hours, call.held_late_for)] if hours else []),
            *(_counted_by(each, who[each.id]) for each in call.counters),
            LongTextField("remark", _("Remark"), value=call.remark, lines=2),
            LongTextField("reason", _("How is this known"), required=True),
        ],
        actions.correct_times,
        values={"roll_call_id": call.id},
        prepare=arguments,
        submit=_("Correct"),
        says=_("The signed figures remain."),
        done=_("The roll call was corrected."),
        undoes=_("It can be corrected again; each correction is kept."),
    )


def take_back_dialog(owner: QWidget, call: CallRow) -> FormDialog:
    """Take back a roll call that was begun or entered by mistake."""
    return reason_dialog(
        owner,
        _("Take the roll call back"),
        actions.take_back,
        {"roll_call_id": call.id},
        says=_("It is kept in the register of counts, as taken back."),
        done=_("The roll call was taken back."),
        undoes=_("Count anew, or enter the sheet anew."),
    )


def not_held_dialog(owner: QWidget, missed: Sequence[datetime]) -> FormDialog:
    """Say why no roll call was held at an hour of the facility, or at several with one reason."""
    hours = {each.isoformat(): at_clock(each) for each in missed[:_MOST]}
    wide = 3 if len(hours) > _FEW else 2
    ticks = [TicksField("due_at", _("At these hours"), hours, value=tuple(hours), columns=wide)] if missed[1:] else []

    def chosen(values: dict[str, Any]) -> dict[str, Any]:
        named = values.get("due_at", tuple(hours))
        return values | {"due_at": tuple(datetime.fromisoformat(each) for each in named)}

    return FormDialog(
        owner,
        _("Why was no roll call held?"),
        [LongTextField("reason", _("Reason"), required=True), *ticks],
        actions.not_held,
        prepare=chosen,
        submit=_("Save"),
        says="" if ticks else _("At {moment}.", moment=at_clock(missed[0])),
        done=_("It stands in the register of counts."),
        undoes=lambda made: tuple(Undo(actions.take_back, {"roll_call_id": each}) for each in made),
    )


def hours_dialog(owner: QWidget, hours: Hours) -> FormDialog:
    """Set when the house is counted, and when shifts begin."""
    fields: list[Field[str]] = [
        TextField(
            "roll_calls",
            _("Roll calls"),
            value=hours.roll_calls,
            hint=_("Hours such as 07:00 21:00; empty: none are asked for."),
        ),
        TextField(
            "fire_lists",
            _("Shifts begin"),
            value=hours.fire_lists,
            hint=_("Konak then asks for a fire list on paper; empty: it does not."),
        ),
    ]
    return FormDialog(
        owner,
        _("When the house is counted"),
        fields,
        actions.schedule,
        prepare=lambda values: {name: value or "" for name, value in values.items()},
        submit=_("Save"),
        says=_(
            "It holds from now on. A roll call that is missed stands on Today until somebody says why, for a month."
        ),
        done=_("The hours were set."),
        undoes=_("It can be set again at any time."),
    )
