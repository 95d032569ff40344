"""A paper of a list in a window of its own, before it is printed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.exchange.door import Ready
from ui.kit.labels import Button
from ui.kit.layout import column, row
from ui.kit.tokens import GAP, MARGIN
from ui.language import _
from ui.preview.sending import print_
from ui.preview.view import PdfView


def show_preview(owner: QWidget, ready: Ready) -> None:
    """Show a paper, with a button that prints it."""
    dialog = QDialog(owner.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_("Print: {what}", what=_(ready.what.title)))
    view = PdfView(_(ready.what.title))
    print_button = Button(_("Print"), lambda: print_(owner, ready), kind="primary")
    print_button.clicked.connect(dialog.accept)
    close = Button(_("Close"), dialog.reject)
    dialog.setLayout(column((view, 1), row(None, close, print_button, gap=8), gap=GAP, margins=MARGIN))
    dialog.resize(owner.window().size() * 0.9)
    view.show_bytes(ready.content)
    dialog.open()
