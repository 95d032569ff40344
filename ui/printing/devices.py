"""The printers of a system that takes no PDF, or whatever its own dialog has set up: they are drawn on."""

from typing import TYPE_CHECKING

from ui.printing.queues import Queues
from ui.printing.settings import Printing

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def found() -> Queues:
    """The printers that Qt knows."""
    from PySide6.QtPrintSupport import QPrinterInfo

    names = tuple(QPrinterInfo.availablePrinterNames())
    usual = QPrinterInfo.defaultPrinterName()
    return Queues(names, usual if usual in names else next(iter(names), ""))


def device(name: str) -> "QPrinter":
    """A printer by its name, to be drawn on at its own resolution."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    return QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)


def printing_on(printer: "QPrinter") -> Printing:
    """What was chosen in the dialog of the system, whose printer knows the rest itself."""
    pages: tuple[int, ...] = ()
    if printer.printRange() is printer.PrintRange.PageRange:
        pages = tuple(range(max(printer.fromPage(), 1), printer.toPage() + 1))
    return Printing(device=printer, pages=pages, copies=printer.copyCount(), by_set=printer.collateCopies(), scale=100)
