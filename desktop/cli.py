"""The `konak` command: reads what was typed, hands it to the command, and says in one line what went wrong."""

import argparse
import gc
import os
import signal
import sys
import threading
from collections.abc import Sequence
from importlib import import_module

from desktop import grammar, logs, paths
from desktop.garbage import collect_seldom
from desktop.protection import protect
from models.errors import KonakError
from models.text import translator

DONE, REFUSED, USAGE, STOPPED = 0, 1, 2, 130
_TOLD_TO_END = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
_MODULES = {
    "print": "printing",
    "import": "imports",
    "backup": "backups",
    "restore": "backups",
    "check": "backups",
    "put-back": "verify",
    "find-same": "find_same",
    "export": "exporting",
    "roll-call": "roll_call",
}
"""Where a command is done, if the module is not named as the command is."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: What was typed after `konak`; None: what this process was given.

    Returns:
        The exit status: 0 done, 1 refused, 2 wrong usage, 130 stopped by Ctrl+C or told to end.
    """
    protect()
    _end_as_stopped()
    _forgive_odd_letters()
    try:
        given = sys.argv[1:] if arguments is None else arguments
        typed = grammar.parser().parse_args(grammar.with_command(given))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else USAGE
    try:
        status = _dispatch(typed)
        sys.stdout.flush()
        return status
    except KonakError as error:
        return _say(_sentence(error), REFUSED)
    except KeyboardInterrupt:
        return _say("Stopped.", STOPPED)
    except BrokenPipeError:
        # Whoever reads has enough. Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception as error:
        logs.begin(paths.log_file())
        logs.log.error("a fault in Konak\n%s", logs.where(error))
        return _say(
            f"This is a fault in Konak; nothing was saved. Where it happened stands in {paths.log_file()}", REFUSED
        )


def _end_as_stopped() -> None:
    """Whoever is told to end, ends as by Ctrl+C: nothing half done stays, and the register is let go of."""
    if threading.current_thread() is threading.main_thread():
        for number in _TOLD_TO_END:
            if signal.getsignal(number) is signal.SIG_DFL:  # `nohup` has a command outlive its terminal
                signal.signal(number, signal.default_int_handler)


def _dispatch(typed: argparse.Namespace) -> int:
    """Run the module of the command; only that one is loaded, so that `konak figures` knows no window."""
    command = typed.command or "window"
    if command == "window":
        # What is loaded would be looked through again and again, and nothing of it is garbage; see `collector`.
        gc.disable()
    else:
        collect_seldom()
    status: int = import_module(f"desktop.commands.{_MODULES.get(command, command)}").run(typed)
    return status


def _sentence(error: KonakError) -> str:
    """What the error says, in English, the language of scripts, on one line.

    Where it is about several people, each reason has a line, and those below it to whom it applies.
    """
    english = translator("en")
    said = [english.render(error.message), *error.lines(english.render, mark="", inset="")]
    if not error.whom:
        return " ".join(" ".join(said).split())
    first, *rest = (" ".join(each.split()) for each in said)
    return "\n".join([first, *(f"{'    ' if at % 2 else '  '}{each}" for at, each in enumerate(rest))])


def _say(sentence: str, status: int) -> int:
    print(f"konak: {sentence}", file=sys.stderr)
    return status


def _forgive_odd_letters() -> None:
    """Print what the terminal cannot show as numbers, instead of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
