"""The photo of a resident: from a file, the clipboard or a camera, cut to 35 to 45, and small."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QImageReader,
    QImageWriter,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QDialog, QWidget

from models.actions import photos
from models.ids import ResidentId
from models.rules.photos import HEIGHT, MOST, WIDTH
from ui import prompts
from ui.kit.field import Field
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import column, row
from ui.kit.painting import Drawing
from ui.kit.tokens import px
from ui.kit.undoing import Undo, do
from ui.language import _

_KINDS = "*.jpg *.jpeg *.png *.bmp *.webp"
_LARGEST = 2_000
"""Pixels of a side of a picture that a part is chosen of; a larger one is read smaller."""
_STEP, _ZOOM = 0.02, 0.9


def encoded(image: QImage, part: QRectF | None = None) -> bytes:
    """A part of a picture as it is kept: a small JPEG of nothing but the picture.

    Args:
        image: As it was read.
        part: Which part of it, in its pixels; None: what fits best.
    """
    drawn = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    drawn.fill(QColor("white"))
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0, 0, WIDTH, HEIGHT), image, part or best_part(image.size()))
    painter.end()
    for quality in range(85, 0, -10):
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, b"JPEG")
        writer.setQuality(quality)
        writer.write(drawn)
        written = bytes(buffer.data().data())
        if len(written) <= MOST:
            break
    return written


def best_part(size: QSize) -> QRectF:
    """The largest part of 35 to 45, in the middle; of an upright picture the upper one, where the face is."""
    wide = min(size.width(), size.height() * WIDTH / HEIGHT)
    high = wide * HEIGHT / WIDTH
    return QRectF((size.width() - wide) / 2, (size.height() - high) / 4, wide, high)


def read_picture(path: str) -> QImage | None:
    """A picture of a file, the way it is to be looked at; None where it is none."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > _LARGEST:
        reader.setScaledSize(size.scaled(_LARGEST, _LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


class CropView(Drawing):
    """A picture with the part that is kept: dragged, or moved by the arrow keys; + and - make it smaller or larger."""

    def __init__(self, image: QImage) -> None:
        """Begin with what fits best."""
        super().__init__(_("Part of the picture that is kept"))
        self.image, self.kept = image, best_part(image.size())
        self._grip: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(self.summary())
        scale = min(px(420) / image.width(), px(420) / image.height())
        self._scale = scale
        self.setFixedSize(round(image.width() * scale), round(image.height() * scale))

    def move_by(self, across: float, down: float) -> None:
        """Move the part by pixels of the picture, as far as there is picture."""
        part = self.kept.translated(across, down)
        part.moveLeft(min(max(part.left(), 0.0), self.image.width() - part.width()))
        part.moveTop(min(max(part.top(), 0.0), self.image.height() - part.height()))
        self.kept = part
        self.update()

    def zoom(self, by: float) -> None:
        """Make the part smaller or larger, about its middle."""
        largest = best_part(self.image.size())
        wide = min(max(self.kept.width() * by, largest.width() / 8), largest.width())
        middle = self.kept.center()
        self.kept = QRectF(0, 0, wide, wide * HEIGHT / WIDTH)
        self.kept.moveCenter(middle)
        self.move_by(0, 0)

    def summary(self) -> str:
        """What can be done with it."""
        return _("The arrow keys move it, + and - make it smaller or larger.")

    def parts(self) -> list[tuple[str, QRect]]:
        """It has no parts."""
        return []

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, and veil what is not kept."""
        painter = QPainter(self)
        painter.drawImage(QRectF(self.rect()), self.image, QRectF(self.image.rect()))
        shown = QRectF(self.kept.topLeft() * self._scale, self.kept.size() * self._scale)
        painter.setClipRegion(self.rect())
        veil = QColor(0, 0, 0, 140)
        for rest in (
            QRectF(0, 0, self.width(), shown.top()),
            QRectF(0, shown.bottom(), self.width(), self.height() - shown.bottom()),
            QRectF(0, shown.top(), shown.left(), shown.height()),
            QRectF(shown.right(), shown.top(), self.width() - shown.right(), shown.height()),
        ):
            painter.fillRect(rest, veil)
        painter.setPen(QColor("white"))
        painter.drawRect(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move it by the arrow keys."""
        step = self.image.width() * _STEP
        moves = {
            Qt.Key.Key_Left: (-step, 0.0),
            Qt.Key.Key_Right: (step, 0.0),
            Qt.Key.Key_Up: (0.0, -step),
            Qt.Key.Key_Down: (0.0, step),
        }
        if event.key() in moves:
            self.move_by(*moves[Qt.Key(event.key())])
        elif event.text() in ("+", "-"):
            self.zoom(_ZOOM if event.text() == "+" else 1 / _ZOOM)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        self._grip = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if self._grip is not None:
            by = (event.position() - self._grip) / self._scale
            self._grip = event.position()
            self.move_by(by.x(), by.y())


class CropDialog(QDialog):
    """The picture that was chosen, and which part of it is kept."""

    def __init__(self, owner: QWidget, image: QImage, done: Callable[[bytes], object]) -> None:
        """Lay it out; show it with `open`. `done` is given the photo."""
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Photo"))
        self._done = done
        self.view = CropView(image)
        about = Text(
            _("Drag the frame, or move it by the arrow keys; + and - make it smaller or larger."), "note", wrap=True
        )
        self.take = Button(_("Take this photo"), self._take, kind="primary")
        tools = row(
            Button(_("Smaller"), lambda: self.view.zoom(_ZOOM)),
            Button(_("Larger"), lambda: self.view.zoom(1 / _ZOOM)),
            None,
            Button(_("Cancel"), self.reject),
            self.take,
            gap=8,
        )
        self.setLayout(column(Text(_("Photo"), "title"), about, row(None, self.view, None), tools, gap=12, margins=20))
        self.view.setFocus()

    def _take(self) -> None:
        photo = encoded(self.view.image, self.view.kept)
        self.accept()
        self._done(photo)


class CameraDialog(QDialog):
    """What a camera sees, until a picture is taken."""

    def __init__(self, owner: QWidget, done: Callable[[QImage], object]) -> None:
        """Lay it out and start the camera; `done` is given the picture."""
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Camera"))
        media: Any = import_module("PySide6.QtMultimedia")
        shown: Any = import_module("PySide6.QtMultimediaWidgets")
        self._session, self._camera, self._capture = (
            media.QMediaCaptureSession(),
            media.QCamera(),
            media.QImageCapture(),
        )
        view = shown.QVideoWidget()
        view.setMinimumSize(px(480), px(360))
        self._session.setCamera(self._camera)
        self._session.setImageCapture(self._capture)
        self._session.setVideoOutput(view)

        def taken(_number: int, image: QImage) -> None:
            self.accept()
            done(QImage(image))

        self._capture.imageCaptured.connect(taken)
        take = Button(_("Take the picture"), self._capture.capture, kind="primary")
        self.setLayout(column(view, row(None, Button(_("Cancel"), self.reject), take, gap=8), gap=12, margins=20))
        self.finished.connect(lambda _result: self._camera.stop())
        self._camera.start()


def has_camera() -> bool:
    """Whether pictures can be taken here: the part of Qt for it is there, and so is a camera."""
    parts = ("PySide6.QtMultimedia", "PySide6.QtMultimediaWidgets")
    if any(find_spec(part) is None for part in parts):
        return False
    media: Any = import_module("PySide6.QtMultimedia")
    return bool(media.QMediaDevices.videoInputs())


def from_file(owner: QWidget, done: Callable[[bytes], object]) -> None:
    """Ask for a file, and which part of it."""
    path = prompts.ask_open_path(owner, _("Choose a photo"), _("Pictures ({kinds})", kinds=_KINDS))
    if path is None:
        return
    image = read_picture(str(path))
    if image is None:
        prompts.tell(owner, _("This is no picture that can be read"), _("Choose a picture such as a JPEG or a PNG."))
        return
    CropDialog(owner, image, done).open()


def from_clipboard(owner: QWidget, done: Callable[[bytes], object]) -> None:
    """Take the picture that was copied, and ask which part of it."""
    image = QGuiApplication.clipboard().image()
    if image.isNull():
        prompts.tell(owner, _("There is no picture on the clipboard"), _("Copy a picture first, then paste it here."))
        return
    CropDialog(owner, image, done).open()


def from_camera(owner: QWidget, done: Callable[[bytes], object]) -> None:
    """Take a picture, and ask which part of it."""
    CameraDialog(owner, lambda image: CropDialog(owner, image, done).open()).open()


def ways(owner: QWidget, done: Callable[[bytes], object]) -> list[tuple[str, Callable[[], None]]]:
    """The ways to a photo that there are here, each by its name."""
    found: list[tuple[str, Callable[[], None]]] = [
        (_("Photo from a file"), lambda: from_file(owner, done)),
        (_("Paste the photo"), lambda: from_clipboard(owner, done)),
    ]
    if has_camera():
        found.append((_("Take a photo"), lambda: from_camera(owner, done)))
    return found


class PhotoField(Field[bytes]):
    """The photo of whoever arrives: from a file, the clipboard or a camera."""

    def __init__(self, name: str, label: str) -> None:
        """Begin without one."""
        super().__init__(name, label)
        self._image: bytes | None = None
        self.picture = Text("", "note")
        self.picture.setFixedHeight(px(96))
        self.picture.hide()
        self.links = [LinkButton(text, way) for text, way in ways(self, self.take)]
        self.gone = LinkButton(_("No photo"), lambda: self.take(None))
        self.gone.hide()
        self.inner.addLayout(row(self.picture, *self.links, self.gone, None, gap=14))
        self.adopt(self.links[0], name=self.links[0].text())
        self.settle()

    def take(self, image: bytes | None) -> None:
        """Show another photo, as somebody has chosen it."""
        self.put(image)
        self.changed()

    def read(self) -> bytes | None:
        """The photo, as it is kept."""
        return self._image

    def put(self, value: bytes | None) -> None:
        """Show a photo."""
        self._image = value
        shown = QPixmap()
        there = value is not None and shown.loadFromData(value)
        if there:
            self.picture.setPixmap(shown.scaledToHeight(px(96), Qt.TransformationMode.SmoothTransformation))
            self.picture.setAccessibleName(_("Photo"))
        self.picture.setVisible(there)
        self.gone.setVisible(there)

    def state(self) -> object:
        """Nothing: a photo is kept beside what was typed, or chosen again."""
        return None

    def put_state(self, state: Any) -> None:  # noqa: ANN401 - as of `Field`
        """Keep what is there."""

    def shown(self) -> str:
        """Whether there is one."""
        return _("Photo") if self._image else ""


def choose(owner: QWidget, done: Callable[[bytes], object]) -> None:
    """Ask from where a photo comes, and which part of it; `done` is given the photo."""
    found = ways(owner, done)
    chosen = prompts.choose(owner, _("Photo"), _("Where is the photo?"), [name for name, _way in found])
    if chosen is not None:
        found[chosen][1]()


def set_photo(owner: QWidget, resident_id: ResidentId) -> None:
    """Ask for the photo of a resident, and keep it."""

    def keep(image: bytes) -> None:
        do(
            owner,
            photos.put,
            _("The photo is set."),
            lambda photo_id: Undo(photos.take_back, {"photo_id": photo_id}),
            resident_id=resident_id,
            image=image,
        )

    choose(owner, keep)
