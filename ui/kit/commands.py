"""What can be done, each declared once: it feeds the button, the menus, the key, the list of keys, the reader aloud."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from models.store.declaring import Declared
from ui import permissions

Deed = Callable[[], object]
"""What a command does."""
Needs = Declared | Sequence[Declared]
"""The actions of which one must be allowed to the person at the window."""


class Command(QAction):
    """Something that can be done. What the person at the window may not do is shown nowhere and has no key."""

    def __init__(
        self,
        text: str,
        do: Deed,
        *,
        key: str = "",
        hint: str = "",
        icon: QIcon.ThemeIcon | None = None,
        kind: str = "",
        needs: Needs = (),
        parent: QObject | None = None,
    ) -> None:
        """Declare it.

        Args:
            text: What it does, in a verb.
            do: What to do.
            key: Its key, as Qt writes it in English ("Ctrl+N").
            hint: What it will do, in a sentence; read aloud as its description.
            icon: Its sign, where the desktop has one.
            kind: How its button looks: `primary`, `danger`, or empty for the usual one.
            needs: The actions of which one must be allowed.
            parent: What it belongs to.
        """
        super().__init__(text, parent)
        self.kind, self.hint = kind, hint
        self.is_offered = permissions.may(*((needs,) if isinstance(needs, Declared) else needs))
        super().setVisible(self.is_offered)
        if key:
            self.setShortcut(QKeySequence(key))
        if icon is not None:
            self.setIcon(QIcon.fromTheme(icon))
        self.setToolTip(" ".join(part for part in (hint, f"({self.key})" if key and hint else self.key) if part))
        self.triggered.connect(lambda _checked=False: do())

    @property
    def key(self) -> str:
        """Its key in the words of the desktop; empty if it has none."""
        return self.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def menu(commands: Iterable[QAction | None], parent: QWidget) -> QMenu:
    """A menu of what is offered; None parts groups."""
    made = QMenu(parent)
    for each in commands:
        if each is None:
            made.addSeparator()
            continue
        if each.parent() is None:
            each.setParent(made)
        made.addAction(each)
    return made


def within(widget: QWidget, *commands: Command) -> None:
    """Have the keys of commands hold while the keyboard is in a widget, and nowhere else."""
    for each in commands:
        each.setParent(widget)
        each.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        widget.addAction(each)


def takes_key(widget: QWidget, key: str, text: str, *, needs: Needs = ()) -> None:
    """Tell the list of keys of one that a widget hears by itself."""
    Command(text, lambda: None, key=key, needs=needs, parent=widget)  # of no widget an action: it has no shortcut


def with_keys(window: QWidget) -> Iterator[Command]:
    """What has a key in a window now, for the list of keys: first what holds in the page that is shown alone."""
    found = (each for each in window.findChildren(Command) if each.key and each.isVisible())
    shown = [each for each in found if not isinstance(held_by := each.parent(), QWidget) or held_by.isVisible()]
    yield from sorted(shown, key=lambda each: each.parent() is window)
