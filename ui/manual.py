"""The manual: a page for each area of the window, read where the clerk is (F1)."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QWidget

from ui.kit.labels import Button, Text
from ui.kit.layout import clear, column, held, row
from ui.kit.tokens import px
from ui.language import _
from ui.scrolled import Scrolled


def pages() -> Mapping[str, tuple[str, ...]]:
    """What each area is for and how one works there, in short paragraphs, by the key of the area."""
    return {
        "today": (
            _("Today shows what needs a person, the most urgent first: a limit that was passed, somebody who should be "
              "back, a review that is due, an emergency arrival that lacks something."),
            _("The link at the end of a line does the next thing about it. A line goes when its cause is gone; nothing "
              "is ticked off by hand."),
            _("The figures above and the chart count as the monthly report does: who was present at midnight."),
        ),
        "arrival": (
            _("The steps of an arrival stand at the left, each with a tick, a sign that it is missing, or the time "
              "that is left. Ctrl+PgDown goes to the next, Ctrl+PgUp to the one before."),
            _("What is typed is kept as soon as you go elsewhere, and stands on Today until it is admitted or "
              "dropped. Admit as soon as somebody is at the door: what is missing is entered on the same page "
              "afterwards."),
        ),
        "residents": (
            _("The list holds everybody who is on the roll. The filters above show those who are away, past their "
              "limit, or departed."),
            _("Ctrl+K finds a person by any spelling of the name, a number, a document or a birth date; Ctrl+F narrows "
              "the list."),
            _("The page of a person shows identity, stay, rooms, absences, sealed notes, departure and history. What "
              "was entered wrongly is corrected or taken back there, with a reason; the history keeps both."),
        ),
        "duplicates": (
            _("Residents who may be one person stand here in pairs, the likeliest first, with what speaks for it. "
              "Nothing is joined by itself."),
            _("Compare the two, then join them, or say that they are two persons: then they are not shown again until "
              "that is taken back."),
        ),
        "gate": (
            _("Scan the card of whoever stands at the gate, or type the number or a part of the name, and Enter: "
              "whoever is in goes out, and whoever is out comes in. Undo takes it back."),
            _("A going out is an absence: there is no other record of it. Without a leave the person is due back by "
              "the hour that the house has set; from the next minute on they are overdue."),
            _("A supervisor decides on leaves beforehand. Who is detained goes out by such a leave, or with an escort "
              "and a reason."),
        ),
        "roll": (
            _("A roll call is held against the roll at the instant when it begins: who is present is expected, who is "
              "away is not. Who arrives, goes out or comes back while it is counted is accounted for."),
            _("Space says that the person is here and goes to the next, N says not here, the arrow leads back. A "
              "scanned card counts its holder wherever that is. Several can count at several doors: it is one roll "
              "call."),
            _("It is signed once everybody is counted, and it is said what was done about whoever was not found. What "
              "is signed is kept in the register of counts; a correction stands beside it, with its reason."),
            _("The hours at which the house is counted, and at which shifts begin that want a fire list on paper, are "
              "set here. What is missed stands on Today until it is entered, or somebody says why."),
        ),
        "rooms": (
            _("Each card is a room with its beds. Choose a bed to give it, to free it, to move somebody, or to see who "
              "had it before; choose the head of a room to change it or to take it out of use."),
            _("Who has no bed is named above. A bed is never given twice, and a room in which somebody sleeps is not "
              "taken out of use."),
        ),
        "departures": (
            _("Nobody leaves on a plan before each of its checks is held and still valid. What stands in the way is "
              "said with the plan."),
            _("A risk that was found stops every way that leads into it. An earlier date cures nothing: a check counts "
              "as it stood on the day of the departure."),
            _("Who leaves on their own, a death and a release by order need no plan; they are entered on the page of "
              "the person."),
        ),
        "selection": (
            _("A partner proposes people on a list, which is brought in from a spreadsheet. What is unclear in the "
              "file is asked before anything of it comes in."),
            _("Decide on each person with the facts and the criteria side by side. A decision can be taken back, with "
              "a reason."),
            _("Accepted people hold a place until they arrive or are struck off."),
        ),
        "transports": (
            _("A bus, a flight or a convoy is entered here with the list whose people it brings. Whoever is accepted "
              "and on none stands below."),
            _("When it has come, the table holds all who were on it: the space bar takes out who did not come, B "
              "chooses another bed than the proposed one. What has to be decided first is marked."),
            _("Ctrl+Enter admits all who are ready in one step. If one of them cannot be admitted nobody is, and it is "
              "said why; the whole bus can be taken back."),
        ),
        "reports": (
            _("A month can be issued when it is over and its movement balances. What is issued stays as it is."),
            _("When something is corrected later that changes an issued month, the list, Today and the badge say so; a "
              "revision shows the old and the new figures and the reason."),
        ),
        "papers": (
            _("Every paper is listed with what it is for and who may print it. Each printing and each file is an entry "
              "in the trail before it leaves."),
        ),
        "safeguards": (
            _("What happens in the house and the use of force are entered here, with whom it concerns; injuries become "
              "sealed notes. What was entered wrongly is corrected or taken back with a reason."),
            _("Complaints and self-harm are entered with the resident, under Sealed notes, by health and legal staff. "
              "That there is one is sealed as well."),
            _("A monthly report counts all this only where the agreement names it: the section is chosen under "
              "Programmes."),
        ),
        "programmes": (
            _("A programme is an agreement with a partner: who may come, how long people stay, which departures it "
              "permits and what they require, what is paid, and what the report may say."),
            _("A change holds from the day it is entered; months that were issued keep the figures that they had."),
        ),
        "administration": (
            _("The facility, the people who work with Konak and their roles, the recovery sheet and the backups."),
            _("Keep the recovery sheet on paper in a safe: it alone opens the register when passphrases are lost. A "
              "backup on another disk saves what a broken disk takes away."),
        ),
        "trail": (
            _("Every change is an entry: who, when, what, and why. Nothing of it can be altered without being found; "
              "Verify the trail looks through all of it."),
        ),
    }  # fmt: skip


class Manual(QDialog):
    """The pages beside their titles; the window behind it can be worked in meanwhile."""

    def __init__(self, parent: QWidget, titles: Mapping[str, str], at: str) -> None:
        """Open the manual.

        Args:
            parent: The window.
            titles: What the areas are called, by their keys, in order.
            at: The area that one is in.
        """
        super().__init__(parent.window())
        self.setWindowTitle(_("Manual"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pages, self._keys = pages(), [key for key in titles if key in pages()]
        self.contents = QListWidget()
        self.contents.setProperty("role", "contents")
        self.contents.setAccessibleName(_("Pages of the manual"))
        self.contents.addItems([titles[key] for key in self._keys])
        self.contents.setFixedWidth(px(190))
        self.title = Text("", "title", wrap=True)
        self._paragraphs = column(gap=10)
        text = held(column(self.title, self._paragraphs, None, gap=12, margins=(0, 0, 12, 0)))
        close = Button(_("Close"), self.accept)
        close.setDefault(True)
        parts = row(self.contents, (Scrolled(text, sideways=False), 1), gap=20)
        self.setLayout(column((held(parts), 1), row(None, close), gap=12, margins=20))
        self.contents.currentRowChanged.connect(self._turn)
        self.contents.setCurrentRow(self._keys.index(at) if at in self._keys else 0)
        self.resize(px(720), px(440))

    def _turn(self, at: int) -> None:
        self.title.setText(self.contents.item(at).text())
        clear(self._paragraphs)
        for each in self._pages[self._keys[at]]:
            said = Text(each, wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._paragraphs.addWidget(said)


def show_manual(parent: QWidget, titles: Mapping[str, str], at: str) -> Manual:
    """Show the page of the area that one is in."""
    manual = Manual(parent, titles, at)
    manual.show()
    return manual
