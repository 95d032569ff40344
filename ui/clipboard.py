"""What is copied in the window carries no sign that nobody sees."""

from PySide6.QtGui import QClipboard, QGuiApplication

from ui.language import bare


def keep_clean() -> None:
    """Take the signs that keep names from turning their line out of whatever is copied here; to be called once."""
    clipboard = QGuiApplication.clipboard()

    def clean(mode: QClipboard.Mode) -> None:
        text = clipboard.text(mode)
        # Not by who owns it: not every platform knows. Whatever is copied while another program is used is left alone.
        if QGuiApplication.focusWindow() is not None and bare(text) != text:
            clipboard.setText(bare(text), mode)

    clipboard.changed.connect(clean)
