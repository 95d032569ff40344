"""The dialogs by which a bed that somebody had is entered, put right or taken back, however long ago."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from models.actions import placements
from models.actions import rooms as actions
from models.ids import StayId
from models.queries import rooms
from models.queries.rooms import BedName, PlacementRow
from models.rules.time import Moment
from ui import work
from ui.kit.fields import LongTextField
from ui.kit.form import Anew, FormDialog
from ui.kit.search import Found
from ui.kit.typed_fields import MomentField
from ui.kit.undoing import Undo, former
from ui.language import _, isolated
from ui.picks import PickField
from ui.rooms import presentation
from ui.taking_back import reason_dialog


def enter_bed(owner: QWidget, stay_id: StayId, arrived: Moment | None = None, departed: Moment | None = None) -> None:
    """Enter a bed that somebody had once and that was forgotten, also in a stay that is over.

    Args:
        owner: The page.
        stay_id: The stay.
        arrived: From when on the form says that they had it, to begin with.
        departed: Until when.
    """
    _with_beds(owner, lambda beds: _enter_bed(owner, stay_id, arrived, departed, beds))


def correct_bed(owner: QWidget, placement: PlacementRow) -> None:
    """Put right which bed somebody had, and from when to when."""
    _with_beds(owner, lambda beds: _correct_bed(owner, placement, beds))


def _with_beds(owner: QWidget, form: Callable[[Sequence[Found]], FormDialog]) -> None:
    """Open a form that offers all beds that there are or were."""

    def show(beds: Sequence[BedName]) -> None:
        form([Found(bed.bed_id, presentation.bed_name(bed.building, bed.room, bed.bed)) for bed in beds]).open()

    work.run_query(owner, rooms.every_bed, show)


def _enter_bed(
    owner: QWidget, stay_id: StayId, arrived: Moment | None, departed: Moment | None, beds: Sequence[Found]
) -> FormDialog:
    bed: PickField[int] = PickField("bed_id", _("Bed"), beds, required=True)
    return FormDialog(
        owner,
        _("Enter a bed of the past"),
        [
            bed,
            MomentField("moment", _("From"), value=arrived, required=True),
            MomentField("end", _("To"), value=departed, required=True),
        ],
        actions.place,
        values={"stay_id": stay_id},
        says=_("For a bed that the person had once and that nobody entered then."),
        submit=_("Enter the bed"),
        done=_("The bed is entered."),
        undoes=lambda made: Undo(placements.take_back, {"placement_id": made}),
    )


def _correct_bed(owner: QWidget, placement: PlacementRow, beds: Sequence[Found]) -> FormDialog:
    now = next((bed for bed in beds if bed.value == placement.bed_id), None)
    is_over = placement.departed is not None
    bed: PickField[int] = PickField("bed_id", _("Bed"), beds, value=now, required=True)

    def again(at: QWidget, row: PlacementRow) -> FormDialog:
        return _correct_bed(at, row, beds)

    return FormDialog(
        owner,
        _("Correct the bed of {name}", name=isolated(placement.name)),
        [
            bed,
            MomentField("start", _("From"), value=placement.start, required=True),
            MomentField(
                "end",
                _("To"),
                value=placement.end,
                required=is_over,
                hint="" if is_over else _("Empty: they have it still."),
            ),
            LongTextField("reason", _("How this is known"), required=True),
        ],
        placements.correct,
        values={"placement_id": placement.placement_id, "version": placement.version},
        says=_("The beds just before and after give or take the time."),
        submit=_("Correct the bed"),
        done=_("The bed is corrected."),
        undoes=former(
            placements.correct,
            placement.version,
            "reason",
            placement_id=placement.placement_id,
            bed_id=placement.bed_id,
            start=placement.start,
            end=placement.end,
        ),
        anew=Anew(partial(rooms.placement, placement_id=placement.placement_id), again),
    )


def take_back_bed(owner: QWidget, placement: PlacementRow) -> FormDialog:
    """Take back that somebody got a bed."""
    return reason_dialog(
        owner,
        _("Take back: {bed}", bed=presentation.of_placement(placement)),
        placements.take_back,
        {"placement_id": placement.placement_id},
        says=_("For a bed that the person never had. The bed before goes on, if nobody else has it since."),
        done=lambda goes_on: (
            _("It is taken back; the bed before goes on.")
            if goes_on
            else _("It is taken back; the person had no bed in that time.")
        ),
        undoes=_("It cannot be undone, but the bed can be entered again."),
    )
