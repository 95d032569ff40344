"""What a reader of the screen does: walks the tree of a program over AT-SPI, and keeps what is announced.

Runs under the Python of the system, whose Gio speaks D-Bus. Each line on its input is a wish, each line that it writes
the answer as JSON: `walk` the tree as [depth, role, name, states], `heard` the texts announced since it was last asked,
`forget` the same without waiting for more.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

Gio, GLib = (import_module(f"gi.repository.{each}") for each in ("Gio", "GLib"))  # of the system, not of the program
ACCESSIBLE = "org.a11y.atspi.Accessible"
ROOT = "/org/a11y/atspi/accessible/root"
SHOWING, FOCUSABLE, ENABLED, FOCUSED = 25, 11, 8, 12
"""Bits of a state (AtspiStateType)."""
_STATES = {"focusable": FOCUSABLE, "enabled": ENABLED, "focused": FOCUSED}
MOST = 60
"""So many children of one thing are looked at."""


class Listener:
    """Listens on the bus of accessibility."""

    def __init__(self) -> None:
        """Go on the bus."""
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        self._bus = session
        (address,) = self._call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        flags = Gio.DBusConnectionFlags
        kind = flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION
        self._bus = Gio.DBusConnection.new_for_address_sync(address, kind, None, None)
        self._heard: list[str] = []
        event = "org.a11y.atspi.Event.Object"
        self._bus.signal_subscribe(None, event, "Announcement", None, None, Gio.DBusSignalFlags.NONE, self._hear)
        registry = ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "RegisterEvent")
        self._call(*registry, GLib.Variant("(sass)", ("object:announcement", [], "")))

    def _call(self, *where: Any) -> tuple[Any, ...]:
        name, path, interface, method, *arguments = where
        given = arguments[0] if arguments else None
        none = Gio.DBusCallFlags.NONE
        answer: tuple[Any, ...] = self._bus.call_sync(
            name, path, interface, method, given, None, none, 20_000, None
        ).unpack()
        return answer

    def _hear(self, *signal: Any) -> None:
        self._heard.append(str(signal[5].unpack()[3]))

    def heard(self, wait: float = 0.5) -> list[str]:
        """What was announced since this was last asked, and within some seconds."""
        context = GLib.MainContext.default()
        until = time.monotonic() + wait
        while context.iteration(False) or time.monotonic() < until:
            time.sleep(0.005)
        found, self._heard = self._heard, []
        return found

    def walk(self) -> list[tuple[int, str, str, list[str]]]:
        """The tree of the one program that is there, from its windows down, as far as it is shown."""
        until = time.monotonic() + 20
        while not (programs := self._children("org.a11y.atspi.Registry", ROOT)) and time.monotonic() < until:
            time.sleep(0.2)
        found: list[tuple[int, str, str, list[str]]] = []
        todo = [(0, *each) for each in programs]
        while todo:
            depth, name, path = todo.pop()
            (low, _high), *_rest = self._call(name, path, ACCESSIBLE, "GetState")
            states = [each for each, bit in _STATES.items() if low >> bit & 1]
            if depth and not low >> SHOWING & 1:
                continue
            (role,) = self._call(name, path, ACCESSIBLE, "GetRoleName")
            wanted = GLib.Variant("(ss)", (ACCESSIBLE, "Name"))
            (called,) = self._call(name, path, "org.freedesktop.DBus.Properties", "Get", wanted)
            if role == "heading":
                (told,) = self._call(name, path, ACCESSIBLE, "GetAttributes")
                states += [f"level {told['level']}"] if "level" in told else []
            found.append((depth, role, called, states))
            todo += [(depth + 1, *each) for each in reversed(self._children(name, path)[:MOST])]
        return found

    def _children(self, name: str, path: str) -> list[tuple[str, str]]:
        (found,) = self._call(name, path, ACCESSIBLE, "GetChildren")
        return list(found)


if __name__ == "__main__":
    listener = Listener()
    wishes: dict[str, Callable[[], object]] = {
        "walk": listener.walk,
        "heard": listener.heard,
        "forget": lambda: listener.heard(0),
    }
    for wish in sys.stdin:
        print(json.dumps(wishes[wish.strip()]()), flush=True)
