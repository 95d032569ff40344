"""What stands under the tab of the arrival of a resident, and the photo at the head of the page."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from models.actions import photos
from models.queries.departures import StayDepartures
from models.queries.photos import PhotoRow
from models.queries.resident_page import ResidentPage
from ui.kit.commands import Command
from ui.kit.labels import Text
from ui.kit.layout import column
from ui.language import _
from ui.presentation import at_clock
from ui.residents import identity
from ui.residents.tabs import Tab
from ui.taking_back import reason_dialog


class ArrivalTab(Tab):
    """What is on record of the last arrival, and what is missing."""

    def __init__(self, owner: QWidget, open_resident: Callable[[int], None]) -> None:
        """Begin empty."""
        super().__init__(owner, open_resident)
        from ui.arrivals.record import RecordView

        self.view = RecordView(owner)
        self.view.identity_wanted.connect(lambda _number: self._change_identity())
        self._page: ResidentPage | None = None
        self.setLayout(column(self.view, None))

    def show_resident(self, page: ResidentPage, leaving: StayDepartures | None) -> None:
        """Read what is on record of a resident."""
        self._page = page
        if page.stay is not None:
            self.view.show_stay(page.stay.id)

    def _change_identity(self) -> None:
        if self._page is not None:
            identity.identity_dialog(self.owner, self._page).open()


def show_photo(where: Text, photo: PhotoRow | None, initials: str) -> None:
    """Show a photo, or the initials where there is none."""
    picture = QPixmap()
    if photo is not None and picture.loadFromData(photo.image):
        ratio = where.devicePixelRatioF()
        high = round(where.height() * ratio)
        scaled = picture.scaledToHeight(high, Qt.TransformationMode.SmoothTransformation)
        scaled.setDevicePixelRatio(ratio)
        where.setPixmap(scaled)
        name = _("Photo, set by {name}, {time}", name=photo.entered_by, time=at_clock(photo.entered_at))
        where.setAccessibleName(name)
        where.setToolTip(name)
    else:
        where.setPixmap(QPixmap())
        where.setText(initials)
        where.setAccessibleName(_("No photo"))
        where.setToolTip("")


def photo_commands(owner: QWidget, page: ResidentPage) -> list[Command]:
    """What can be done about the photo of a resident."""

    def put() -> None:
        from ui.arrivals.photo import set_photo

        set_photo(owner, page.row.id)

    found = [Command(_("Set the photo…"), put, needs=photos.put)]
    photo = page.photo
    if photo is not None:

        def take_back() -> None:
            reason_dialog(
                owner,
                _("Take the photo back"),
                photos.take_back,
                {"photo_id": photo.id},
                done=_("The photo was taken back."),
                undoes=_("Nothing of it is kept; a photo that was set before shows again."),
            ).open()

        found.append(Command(_("Take the photo back…"), take_back, needs=photos.take_back))
    return found
