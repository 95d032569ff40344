"""The dialogs by which a bed that somebody had is put right or taken back, however long ago."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from models.actions import rooms as actions
from models.queries import rooms
from models.queries.rooms import BedName, PlacementRow
from ui import work
from ui.kit.fields import LongTextField
from ui.kit.form import Anew, FormDialog
from ui.kit.pick import PickField
from ui.kit.search import Found
from ui.kit.taking_back import reason_dialog
from ui.kit.typed_fields import MomentField
from ui.language import _, isolated
from ui.rooms import presentation


def correct_bed(owner: QWidget, placement: PlacementRow) -> None:
    """Put right which bed somebody had, and from when to when."""

    def show(beds: Sequence[BedName]) -> None:
        offered = [Found(bed.bed_id, presentation.bed_name(bed.building, bed.room, bed.bed)) for bed in beds]
        _correct_bed(owner, placement, offered).open()

    work.run_query(owner, rooms.every_bed, show)


def _correct_bed(owner: QWidget, placement: PlacementRow, beds: Sequence[Found]) -> FormDialog:
    now = next((bed for bed in beds if bed.value == placement.bed_id), None)
    bed: PickField[int] = PickField("bed_id", _("Bed"), beds, value=now, required=True)

    def again(at: QWidget, row: PlacementRow) -> FormDialog:
        return _correct_bed(at, row, beds)

    return FormDialog(
        owner,
        _("Correct the bed of {name}", name=isolated(placement.name)),
        [
            bed,
            MomentField("start", _("From"), value=placement.start, required=True),
            MomentField("end", _("To"), value=placement.end, hint=_("Empty: they have it still.")),
            LongTextField("reason", _("How this is known"), required=True),
        ],
        actions.correct,
        values={"placement_id": placement.placement_id, "version": placement.version},
        says=_("The beds just before and after give or take the time."),
        submit=_("Correct the bed"),
        done=_("The bed is corrected."),
        anew=Anew(partial(rooms.placement, placement_id=placement.placement_id), again),
    )


def take_back_bed(owner: QWidget, placement: PlacementRow) -> FormDialog:
    """Take back that somebody got a bed."""
    return reason_dialog(
        owner,
        _("Take back: {bed}", bed=presentation.of_placement(placement)),
        actions.take_back,
        {"placement_id": placement.placement_id},
        says=_("For a bed that the person never had. The bed before goes on, if nobody else has it since."),
        done=lambda goes_on: (
            _("It is taken back; the bed before goes on.")
            if goes_on
            else _("It is taken back; the person had no bed in that time.")
        ),
    )
