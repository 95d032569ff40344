"""Asks how a paper is to be printed: where, which pages, how many, on which sides, how large."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.errors import Refused
from ui import prompts
from ui.kit.fields import CheckField, ChoiceField, TextField
from ui.kit.form import Form
from ui.kit.labels import Button, Text
from ui.kit.layout import column, row
from ui.kit.notices import Callout
from ui.kit.tokens import GAP, px
from ui.kit.typed_fields import NumberField
from ui.language import _
from ui.printing import devices, queues
from ui.printing.queues import Queues
from ui.printing.settings import FIT, MOST_COPIES, SCALES, Printing, Sides, read_pages

_WIDE = 540


class PrintDialog(QDialog):
    """What is chosen for a printing. Nothing has left before its button is pressed."""

    last: ClassVar[Printing] = Printing()
    """What was chosen last in this session: the printer, the sides and the scale are offered again."""

    def __init__(self, owner: QWidget, title: str, pages: int, chosen: Callable[[Printing], object]) -> None:
        """Lay it out; show it with `open`.

        Args:
            owner: The page that asks.
            title: What is printed.
            pages: How many pages it has.
            chosen: Is given what was chosen, once it is to be printed.
        """
        super().__init__(owner.window())
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title, self._pages, self._chosen, last = title, pages, chosen, PrintDialog.last
        printers: ChoiceField[str] = ChoiceField("queue", _("Printer"), [], required=True)
        copies = NumberField("copies", _("How many copies"), value=1, required=True, wide=False)
        sides = [(each, _(each)) for each in Sides]
        scales = [(FIT, _("As large as it fits the paper")), *((each, _percent(each)) for each in SCALES)]
        hint = _("Empty: all. Or 2-4, 7.")
        self.form = Form(
            [
                printers,
                TextField("pages", _("Which pages"), placeholder=f"1-{pages}", hint=hint, wide=False),
                copies,
                CheckField("by_set", _("One whole set after the other"), value=True),
                ChoiceField("sides", _("Sides"), sides, value=last.sides, required=True, wide=False),
                ChoiceField("scale", _("Size"), scales, value=last.scale, required=True, wide=False),
            ]
        )
        self.form["pages"].setVisible(pages > 1)
        self.form["by_set"].setVisible(False)
        copies.edited.connect(self._weigh_copies)
        self.none = Callout(_("No printer is set up on this workstation. Set one up, or save the paper as PDF."))
        self.none.hide()
        self.other = Button(
            _("Other settings…"), self._ask_system, hint=_("What this printer can do else, in the dialog of the system")
        )
        self.print_button = Button(_("Print"), self.send, kind="primary")
        self.print_button.setDefault(True)
        cancel = Button(_("Cancel"), self.reject)
        recorded = Text(_("Each printing is recorded before it leaves."), "note", wrap=True)
        below = row(self.other, None, cancel, self.print_button, gap=8)
        head = Text(title, "title", wrap=True)
        self._whole = column(head, self.none, self.form, recorded, below, gap=GAP, margins=20)
        self.setLayout(self._whole)
        self._fit()
        for each in (self.print_button, self.other):
            each.setEnabled(False)  # until it is known which printers there are
        if queues.are_known():
            queues.ask_which(self, self._offer)
        else:
            self._offer(devices.found())

    def send(self) -> None:
        """Print as it was chosen, if it can be read."""
        if not self.form.check():
            return
        try:
            printing = self._printing()
        except Refused as refused:
            self.form.show_refusal(refused)
            return
        self._done(printing)

    def _printing(self) -> Printing:
        values = self.form.values()
        if not 1 <= values["copies"] <= MOST_COPIES:
            raise Refused("Print 1 to {most} copies at once.", field="copies", most=MOST_COPIES)
        name = values["queue"]
        by_queue = queues.are_known()
        return Printing(
            queue=name if by_queue else "",
            device=None if by_queue else devices.device(name),
            pages=read_pages(values.get("pages") or "", self._pages),
            copies=values["copies"],
            by_set=bool(values.get("by_set", True)),
            sides=values["sides"],
            scale=values["scale"],
        )

    def _ask_system(self) -> None:
        device = devices.device(self.form["queue"].read() or "")
        if prompts.ask_print(self, self._title, device):
            self._done(devices.printing_on(device))

    def _done(self, printing: Printing) -> None:
        if printing.queue:
            PrintDialog.last = printing
        self.accept()
        self._chosen(printing)

    def _offer(self, found: Queues) -> None:
        field = self.form["queue"]
        if isinstance(field, ChoiceField):
            field.offer([(name, name) for name in found.names])
            last = PrintDialog.last.queue
            field.put(last if last in found.names else found.usual or None)
        self.none.setVisible(not found.names)
        self._fit()
        for each in (self.print_button, self.other):
            each.setEnabled(bool(found.names))

    def _weigh_copies(self) -> None:
        """In which order copies come is asked only where there are several, of several pages."""
        field = self.form["copies"]
        several = not field.problem() and (field.read() or 1) > 1
        self.form["by_set"].setVisible(several and self._pages > 1)
        self._fit()

    def _fit(self) -> None:
        """As high as what stands in it, whose lines break as the language has them."""
        self._whole.activate()
        self.resize(px(_WIDE), self._whole.totalHeightForWidth(px(_WIDE)))


def _percent(scale: int) -> str:
    if scale == 100:
        return _("As large as it is")
    return _("70 %: A4 on A5") if scale == 70 else _("{n} %", n=scale)
