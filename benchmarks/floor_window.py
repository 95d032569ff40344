"""The floor of a start: a bare process that imports PySide6 and SQLAlchemy and shows an empty window.

With the argument `orm` it loads what SQLAlchemy itself loads for any program that maps classes onto SQLite, too.
"""

import sys

import sqlalchemy  # noqa: F401 - before PySide6, whose hooks would slow its import: the floor is as fast as it can be
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Empty(QMainWindow):
    """A window that closes once it was painted."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - as Qt calls it
        """Paint, then say so."""
        super().paintEvent(event)
        QTimer.singleShot(0, self, self._say)

    def _say(self) -> None:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        self.close()


def main() -> None:
    if sys.argv[1:] == ["orm"]:
        from sqlalchemy import create_engine, orm  # noqa: F401

        create_engine("sqlite://")
    app = QApplication(sys.argv[:1])
    window = Empty()
    window.resize(1366, 768)
    window.show()
    sys.exit(app.exec())


if __name__ == "__main__":
    main()
