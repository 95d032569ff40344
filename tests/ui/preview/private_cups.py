"""A print server of a test's own: CUPS with the PDF printer of Debian, in a folder of /tmp, heard by nobody else."""

import grp
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

PDF_PRINTER = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
_SERVER = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
_ADMIN = shutil.which("lpadmin", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
_FILES = """\
SystemGroup root
User {user}
Group {group}
ServerRoot {folder}/etc
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/state
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
FileDevice Yes
"""
_SETTINGS = """\
Listen {folder}/socket
LogLevel info
Browsing No
WebInterface No
DefaultAuthType None
PageLogFormat "%p %C %{{job-name}} %{{sides}} %{{media}} %{{print-scaling}}"
<Location />
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_TAKES_PDF = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "TAKESPDF.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Takes PDF"
*ShortNickName: "Takes PDF"
*NickName: "Takes PDF"
*PSVersion: "(3010.000) 0"
*ColorDevice: True
*cupsManualCopies: True
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Page Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*OpenUI *Duplex/Sides: PickOne
*DefaultDuplex: None
*Duplex None/One: ""
*Duplex DuplexNoTumble/Long: ""
*Duplex DuplexTumble/Short: ""
*CloseUI: *Duplex
"""


class PrivateCups:
    """A server that runs as long as the test, with two printers, whose output lies in `out`."""

    DEBIAN, MODERN = "Debian", "Office"
    """The PDF printer of Debian, which is sent PostScript; and one that takes a PDF, as those of today do."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="konak-cups-"))
        self.folder.chmod(0o755)
        self.out = self.folder / "out"
        for name in ("spool/tmp", "cache", "state", "log", "out", "etc/ppd"):
            (self.folder / name).mkdir(parents=True)
        is_root = os.geteuid() == 0  # then the server gives its filters to somebody who may less
        user = "lp" if is_root else pwd.getpwuid(os.geteuid()).pw_name
        group = "lp" if is_root else grp.getgrgid(os.getegid()).gr_name
        values = {"folder": self.folder, "user": user, "group": group}
        if is_root:
            for each in self.folder.rglob("*"):
                shutil.chown(each, user, group)
        (self.folder / "etc/cups-files.conf").write_text(_FILES.format(**values))
        (self.folder / "etc/cupsd.conf").write_text(_SETTINGS.format(**values))
        (self.folder / "takes.ppd").write_text(_TAKES_PDF)
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and set both printers up."""
        command = [
            str(_SERVER),
            "-f",
            "-c",
            f"{self.folder}/etc/cupsd.conf",
            "-s",
            f"{self.folder}/etc/cups-files.conf",
        ]
        self._server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        until = time.monotonic() + 10
        while "is running" not in self.says("lpstat", "-r").replace("not running", ""):
            if self._server.poll() is not None or time.monotonic() > until:
                error = self._server.communicate()[1] if self._server.poll() is not None else b"it does not answer"
                pytest.skip(f"the print server of the test does not start: {error.decode()}")
            time.sleep(0.05)
        for name, ppd in ((self.DEBIAN, PDF_PRINTER), (self.MODERN, self.folder / "takes.ppd")):
            file = self.file(name)
            file.touch(mode=0o666)
            file.chmod(0o666)
            self.says(str(_ADMIN), "-p", name, "-E", "-v", f"file://{file}", "-P", str(ppd))
        self.says(str(_ADMIN), "-d", self.MODERN)

    def stop(self) -> None:
        """End it, and leave nothing behind."""
        if self._server is not None:
            self._server.terminate()
            self._server.wait(10)
            if self._server.stderr is not None:
                self._server.stderr.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def address(self) -> str:
        """Where it listens, for CUPS_SERVER."""
        return f"{self.folder}/socket"

    def file(self, printer: str) -> Path:
        """What a printer has put out last."""
        return self.out / printer

    def says(self, *command: str) -> str:
        """What a command of CUPS says of this server."""
        around = {**os.environ, "CUPS_SERVER": self.address, "LC_ALL": "C"}
        return subprocess.run(command, env=around, capture_output=True, text=True, check=False).stdout

    def waiting(self) -> list[str]:
        """The jobs that are still in a queue."""
        return [line.split()[0] for line in self.says("lpstat", "-o").splitlines()]

    def told(self) -> str:
        """What was noted of the pages: printer, copies, title, sides, paper, scaling."""
        file = self.folder / "log/page"
        return file.read_text() if file.exists() else ""


def server() -> PrivateCups:
    """A server that runs; the test is skipped where there is none to be had."""
    if _SERVER is None or _ADMIN is None or shutil.which("lp") is None or not PDF_PRINTER.exists():
        pytest.skip("CUPS and its PDF printer are not here: install cups, cups-client and printer-driver-cups-pdf")
    made = PrivateCups()
    made.start()
    return made
