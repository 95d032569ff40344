"""What other programs of the same user can take from this process: no core file, and no look into its memory."""

import ctypes
import sys
from contextlib import suppress

_SET_DUMPABLE = 4
"""PR_SET_DUMPABLE of prctl(2): no core file, and nobody without rights of the system attaches or reads the memory."""
_NO_REPORT = 0x0001 | 0x0002
"""SEM_FAILCRITICALERRORS and SEM_NOGPFAULTERRORBOX of Windows: a crash is not offered to be reported."""


def protect() -> None:
    """Keep the memory of this process, in which keys are, out of core files and from other programs.

    As far as the platform can; where it cannot, the program runs all the same. What is started from here is as any
    other program.
    """
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(_NO_REPORT)
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # a C library without it
            ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
