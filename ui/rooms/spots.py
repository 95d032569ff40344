"""A place of the plan of rooms that can be chosen."""

from dataclasses import dataclass

from PySide6.QtCore import QRect

from models.ids import BedId, RoomId
from models.queries.rooms import BedRow, RoomRow
from ui.rooms import presentation


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that can be chosen: a bed, or the head of a room."""

    rect: QRect
    room: RoomRow
    bed: BedRow | None = None

    @property
    def key(self) -> tuple[RoomId, BedId | None]:
        """What stays the same when the house is read again."""
        return self.room.room_id, None if self.bed is None else self.bed.bed_id

    @property
    def said(self) -> str:
        """What it is, read aloud."""
        return presentation.room_line(self.room) if self.bed is None else presentation.bed_line(self.room, self.bed)
