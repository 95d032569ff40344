"""One window for each register and user: whoever starts Konak again gets the window that is there.

They speak through a socket in a folder that nobody but the user may enter, never in a shared one. What is said raises a
window and names a backup; it opens nothing, so that whoever could write there would gain nothing by it.
"""

import json
import os
import stat
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop import paths
from models.errors import Unavailable
from models.store.files import make_private_folder

_PATIENCE = 2000
"""Milliseconds."""
_LARGEST = 20_000


def tell(register: Path | None, backup: Path | None) -> bool:
    """Raise the window of a register, and have it restore a backup.

    Args:
        register: Its folder; None: the one that asks for the first register.
        backup: The file; None: it is only raised.

    Returns:
        Whether there is such a window; it has heard it then.
    """
    if not _is_private():
        return False
    socket = QLocalSocket()
    socket.connectToServer(_name(register))
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(json.dumps({"restore": "" if backup is None else str(backup.absolute())}).encode() + b"\n")
    heard = socket.waitForReadyRead(_PATIENCE)  # a window that hangs is as none
    socket.disconnectFromServer()
    return heard


class Single(QObject):
    """Hears of every later start on the register that this window shows."""

    raised = Signal(object)
    """Konak was started again: with the `Path` of a backup that is to be restored, or None."""

    def __init__(self, parent: QObject) -> None:
        """Hear nothing yet."""
        super().__init__(parent)
        self._server: QLocalServer | None = None
        self._at = ""

    def stand_for(self, register: Path | None) -> None:
        """Hear of the starts on a register from now on, and of no other.

        Where another window does, or others may enter the folder, it hears nothing.

        Args:
            register: Its folder; None: of starts without any.
        """
        name = _name(register)
        if name == self._at:
            return
        self.stop()
        with suppress(Unavailable):
            make_private_folder(paths.run_folder())
        if not _is_private():
            return
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not server.listen(name) and not _answers(name):
            QLocalServer.removeServer(name)  # of a window that was killed
            server.listen(name)
        if server.isListening():
            server.newConnection.connect(self._connected)
            self._server, self._at = server, name

    def is_for(self, register: Path | None) -> bool:
        """Whether it hears of the starts on this register."""
        return self._at == _name(register)

    def stop(self) -> None:
        """Hear no more."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
        self._server, self._at = None, ""

    def _connected(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LARGEST:
                socket.abort()
            return
        said = bytes(socket.readLine(_LARGEST).data())
        socket.write(b"heard\n")
        socket.flush()
        named = ""
        with suppress(ValueError, AttributeError, RecursionError):
            named = str(json.loads(said).get("restore", ""))
        self.raised.emit(Path(named) if named and "\0" not in named else None)


def _answers(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    return socket.waitForConnected(_PATIENCE)


def _is_private() -> bool:
    """Whether nobody but the user may enter the folder: in any other, somebody else could pass for the window."""
    if sys.platform == "win32":
        return True
    with suppress(OSError):
        found = paths.run_folder().stat(follow_symlinks=False)
        return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return False


def _name(register: Path | None) -> str:
    """The socket of a register: a short name, since no longer one may be had, in the user's own folder."""
    told = "" if register is None else os.path.realpath(register)
    digest = sha256(told.encode(errors="surrogateescape")).hexdigest()[:16]
    if sys.platform == "win32":  # a pipe, which stands in no folder: `UserAccessOption` keeps it to the user
        return f"konak-{sha256(str(Path.home()).encode()).hexdigest()[:16]}-{digest}"
    return str(paths.run_folder() / f"{digest}.socket")
