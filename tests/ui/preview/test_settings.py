"""Which pages are meant by what is typed, and the drawing of a paper on a printer that takes no PDF."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter

from models.errors import Refused
from tests.ui.preview.test_queues import paper
from ui.printing import devices
from ui.printing.drawing import draw
from ui.printing.settings import FIT, Printing, read_pages, written


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", ()),
        ("1-7", ()),
        ("3", (3,)),
        ("2-4, 7", (2, 3, 4, 7)),
        ("7;2–4", (2, 3, 4, 7)),
        ("5-", (5, 6, 7)),
        ("-2", (1, 2)),
        ("3-3,3", (3,)),
    ],
)
def test_pages_are_read_as_they_are_typed(text: str, pages: tuple[int, ...]) -> None:
    assert read_pages(text, 7) == pages
    assert read_pages(written(pages), 7) == pages


@pytest.mark.parametrize("text", ["0", "8", "4-2", "2-9", "a", "1-2-3", "-", "٣", "1.5"])
def test_pages_that_are_none_are_refused_beside_their_field(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_pages(text, 7)
    assert refused.value.field == "pages"


def test_pages_are_written_as_a_queue_takes_them() -> None:
    assert written((2, 3, 4, 7)) == "2-4,7"


def _on_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(path))
    return printer


def _sizes(path: Path) -> list[tuple[int, int]]:
    return [page.images[0].image.size for page in PdfReader(path).pages]  # type: ignore[union-attr]


def test_a_printer_that_makes_no_copies_is_drawn_each_at_the_size_that_was_chosen(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    for scale, by_set in ((FIT, True), (50, False)):
        printer = _on_file(tmp_path / f"{scale}.pdf")
        printing = Printing(device=printer, pages=(2, 3), copies=2, by_set=by_set, scale=scale)
        assert draw(printing, paper(), lambda done, total: told.append((done, total))) == 4
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4)] * 2
    assert _sizes(tmp_path / f"{FIT}.pdf") == [(595, 842)] * 4
    assert {round(wide / 595, 1) for wide, _high in _sizes(tmp_path / "50.pdf")} == {0.5}


def test_a_paper_larger_than_the_sheet_is_made_to_fit(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(842, 1191))
    canvas.drawString(72, 700, "A3")
    canvas.save()
    draw(Printing(device=_on_file(tmp_path / "a3.pdf")), out.getvalue())
    ((wide, high),) = _sizes(tmp_path / "a3.pdf")
    assert (wide <= 596, high <= 843) == (True, True)


def test_what_the_dialog_of_the_system_has_set_up_is_printed_so(tmp_path: Path) -> None:
    printer = _on_file(tmp_path / "out.pdf")
    assert devices.printing_on(printer).pages == ()
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    printing = devices.printing_on(printer)
    assert (printing.pages, printing.copies) == ((2, 3), 1)
    assert draw(printing, paper()) == 2
