"""The structure of a paper: what is a title, a heading, a row of a table, in the order in which it is read.

Whoever cannot see a page has it read aloud by this. What is drawn is marked while it is drawn; ReportLab has no tree of
what it is, and is given one in the end.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Role = Literal["H1", "H2", "P", "TH", "TR"]
"""A title, a heading, words, the head of a table, a row of a table."""

_CELL = {"TH": "TH", "TR": "TD"}


@dataclass(frozen=True, slots=True)
class _Marked:
    """One text on a page; what has the same part and cell belongs together."""

    role: Role
    part: int
    cell: float


@dataclass(slots=True)
class Structure:
    """What stands on each page of a paper, filled while it is drawn.

    Attributes:
        other: The second language of the paper, as in `sr-Latn`; empty: it has none.
    """

    other: str = ""
    _pages: list[list[_Marked]] = field(default_factory=list)
    _parts: int = 0

    def new_page(self) -> None:
        """What follows stands on another page."""
        self._pages.append([])

    def new_part(self) -> None:
        """What follows is another title, heading, row."""
        self._parts += 1

    @contextmanager
    def text(self, canvas: "Canvas", role: Role, cell: float, *, is_second: bool = False) -> Iterator[None]:
        """Mark the text that is drawn within.

        Args:
            canvas: The document.
            role: What the part is.
            cell: Where it stands in its row.
            is_second: Whether it is in the second language, so that it is read aloud in that.
        """
        page = self._pages[-1]
        language = f" /Lang ({self.other})" if is_second and self.other else ""
        canvas.addLiteral(f"/{_CELL.get(role, role)} <</MCID {len(page)}{language}>> BDC")
        page.append(_Marked(role, self._parts, cell))
        yield
        canvas.addLiteral("EMC")

    def row(self, columns: int) -> int:
        """Take in a row of a table, for whoever writes its cells themselves: the number of its first on this page.

        Args:
            columns: How many cells it has; they are numbered one after the other, and each is marked as `TD`.
        """
        self.new_part()
        page = self._pages[-1]
        first = len(page)
        page.extend(_Marked("TR", self._parts, place) for place in range(columns))
        return first

    def put_into(self, canvas: "Canvas") -> None:
        """Give the document the tree of what was marked, when all its pages were drawn."""
        from reportlab.pdfbase.pdfdoc import PDFPage

        document = canvas._doc  # noqa: SLF001 - its objects belong to the document, and a canvas has no other way to it
        numbers = [document.idToObjectNumberAndVersion[f"Page{at}"][0] for at in range(1, len(self._pages) + 1)]
        tree = _Tree(document.objectcounter + 1, numbers)
        tree.grow(self._pages)
        root, *_ = [document.Reference(each, f"Tree{at}") for at, each in enumerate(tree.written())]
        document.Catalog.StructTreeRoot, document.Catalog.MarkInfo = root, "<</Marked true>>"
        for number, page in enumerate(document.Pages.pages):
            page.__NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = number, "/S"


def rewritten(pdf: bytes, *, packed: bool = False) -> bytes:
    """A file as qpdf writes it: a report that an earlier Konak drew has the same bytes again.

    Args:
        pdf: The file.
        packed: Whether its objects are compressed: each cell of a list is one, and they outweigh what they tell of.
    """
    import pikepdf

    mode = pikepdf.ObjectStreamMode
    target = BytesIO()
    with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
        opened.save(target, deterministic_id=True, object_stream_mode=mode.generate if packed else mode.disable)
    return target.getvalue()


@contextmanager
def artifact(canvas: "Canvas") -> Iterator[None]:
    """What is drawn within is not read: a line, a head that recurs, the foot."""
    canvas.addLiteral("/Artifact BMC")
    yield
    canvas.addLiteral("EMC")


@dataclass(slots=True)
class _Element:
    """An element of the tree: its number in the file, its kind, that of its parent, its page, and what is in it."""

    number: int
    kind: str
    parent: int
    page: int = 0
    kids: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        page = f"/Pg {self.page} 0 R" if self.page else ""
        return f"<</Type/StructElem/S/{self.kind}/P {self.parent} 0 R{page}/K[{' '.join(self.kids)}]>>"


class _Tree:
    """The tree of structure of one file."""

    def __init__(self, first: int, pages: Sequence[int]) -> None:
        """Begin with an empty document.

        Args:
            first: The number of the first object that the file does not have yet.
            pages: Those of its pages.
        """
        self._first, self._pages = first, pages
        self._objects: list[_Element | str] = [""]
        self._document = self._element("Document", first)
        self._before: _Marked | None = None
        self._table: _Element | None = None
        self._part = self._leaf = self._document

    def grow(self, pages: list[list[_Marked]]) -> None:
        """Hang what stands on each page into the tree."""
        numbers = []
        for number, (page, marked) in enumerate(zip(self._pages, pages, strict=True)):
            leaves = []
            for place, one in enumerate(marked):
                leaf = self._place_of(one)
                leaf.page = page
                leaf.kids.append(str(place))
                leaves.append(f"{leaf.number} 0 R")
            numbers.append(f"{number} {self._add(f'[{chr(32).join(leaves)}]')} 0 R")
        parents = self._add(f"<</Nums[{' '.join(numbers)}]>>")
        self._objects[0] = (
            f"<</Type/StructTreeRoot/K[{self._document.number} 0 R]"
            f"/ParentTree {parents} 0 R/ParentTreeNextKey {len(pages)}>>"
        )

    def written(self) -> Iterator[str]:
        """The objects of the tree as they stand in the file, its root first."""
        return map(str, self._objects)

    def _place_of(self, one: _Marked) -> _Element:
        """The element to which a text belongs: that of the one before it, or a new one."""
        before, self._before = self._before, one
        begins = before is None or one.part != before.part
        if one.role not in _CELL:
            if begins:
                self._table = None
                self._leaf = self._within(self._document, one.role)
            return self._leaf
        if begins:
            if self._table is None or one.role == "TH":
                self._table = self._within(self._document, "Table")
            self._part = self._within(self._table, "TR")
        if begins or before is None or one.cell != before.cell:
            self._leaf = self._within(self._part, _CELL[one.role])
        return self._leaf

    def _within(self, parent: _Element, kind: str) -> _Element:
        """A new element at the end of another."""
        made = self._element(kind, parent.number)
        parent.kids.append(f"{made.number} 0 R")
        return made

    def _element(self, kind: str, parent: int) -> _Element:
        made = _Element(self._first + len(self._objects), kind, parent)
        self._objects.append(made)
        return made

    def _add(self, written: str) -> int:
        """Take in an object; its number."""
        self._objects.append(written)
        return self._first + len(self._objects) - 1
