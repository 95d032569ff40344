"""What stands under the tab of the arrival of a resident, and the photo at the head of the page."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.actions import photos
from models.ids import ResidentId
from models.queries.departures import StayDepartures
from models.queries.photos import PhotoRow
from models.queries.resident_page import ResidentPage
from models.rules import leaflets
from models.rules.papers import Choice
from ui.arrivals.record import RecordView
from ui.arrivals.steps import done, missing
from ui.kit import outgoing
from ui.kit.commands import Command
from ui.kit.labels import Button, Text
from ui.kit.layout import Card, KeyValues, clear, column, held, row
from ui.kit.notices import Callout
from ui.kit.page import Page
from ui.kit.tokens import px
from ui.language import _, plural, tr
from ui.papers.catalogue import PAPERS
from ui.presentation import at_clock
from ui.residents import identity, presentation
from ui.residents.tabs import Identity, Tab, bed_of
from ui.taking_back import reason_dialog

ON_ARRIVAL = ("admission_sheet", "card", "property_receipt", "rights_leaflet")
"""The papers that belong to an arrival, by their names."""


class ArrivalTab(Tab):
    """What is on record of the last arrival step by step, and what is missing."""

    def __init__(self, owner: Page, open_resident: Callable[[int], None]) -> None:
        """Begin empty."""
        super().__init__(owner, open_resident)
        self._goes = owner
        self._identity = Identity(owner, open_resident)
        self._identity.setParent(self)
        self._identity.hide()
        self._photo = Text("", "photo")
        self._photo.setFixedSize(px(140), px(180))
        self._photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._deeds = column(gap=6)
        photo = Card(_("Photo"))
        photo.append(row(self._photo, (column(self._deeds, None), 1), gap=14))
        self._bed = KeyValues(names=130)
        room = Card(_("Room"))
        room.append(self._bed)
        self._prints = column(gap=6)
        papers = Card(_("Papers"), _("Shown before they are printed"))
        papers.append(held(self._prints), None)
        self._leaflet = Callout()
        own = {
            "rights": self._leaflet,
            "document": self._identity.papers,
            "identity": self._identity.who,
            "photo": photo,
            "room": room,
            "papers": papers,
        }
        self.view = RecordView(owner, own)
        self.view.identity_wanted.connect(lambda _number: self._change_identity())
        self.page: ResidentPage | None = None
        self.setLayout(column(self.view, None))

    def show_resident(self, page: ResidentPage, leaving: StayDepartures | None) -> None:
        """Read what is on record of a resident."""
        self.page = page
        self._identity.show_resident(page, leaving)
        show_photo(self._photo, page.photo, presentation.initials(page.facts))
        self._offer(self._deeds, photo_commands(self.owner, page))
        self._offer(self._prints, papers_of(self._goes, page.row.id, ON_ARRIVAL))
        self._bed.say([(_("Room"), bed_of(page))])
        self._say_leaflet(page)
        papers = plural("{n} document", "{n} documents", len(page.documents))
        self.view.marks = {"document": done(papers) if page.documents else missing(_("no document"))}
        if page.stay is not None:
            self.view.show_stay(page.stay.id)

    def _say_leaflet(self, page: ResidentPage) -> None:
        """Say where the leaflet on rights is in no language of the person, before it is handed out."""
        spoken = page.facts.languages
        names = ", ".join(map(tr().language_name, spoken))
        lacks = (
            _("There is no leaflet on rights in {languages}. Have it interpreted.", languages=names)
            if names
            else _("Which language the person understands is not entered. Have the leaflet interpreted.")
        )
        self._leaflet.say(lacks if leaflets.language_of(spoken) is None else "")

    def _offer(self, into: QVBoxLayout, commands: Sequence[Command]) -> None:
        clear(into)
        for each in commands:
            if each.isVisible():
                into.addLayout(row(Button(each), None))

    def _change_identity(self) -> None:
        if self.page is not None:
            identity.identity_dialog(self.owner, self.page).open()


def papers_of(owner: Page, resident_id: ResidentId, which: Collection[str] = ()) -> list[Command]:
    """The papers about a resident that one may print, each with the way to it.

    Args:
        owner: The page.
        resident_id: Whom they are about.
        which: Only these, by their names; empty: all.
    """
    about = [paper for paper in outgoing.printable(PAPERS) if Choice.RESIDENT in paper.choices]
    return [
        Command(
            _("Print: {what}", what=_(paper.title)),
            partial(owner.open, "papers", paper=paper.id, resident_id=resident_id),
        )
        for paper in about
        if not which or paper.id in which
    ]


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
