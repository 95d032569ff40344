"""The structure of a paper: what is a title, a heading, a row of a table, in the order in which it is read.

Whoever cannot see a page has it read aloud by this. What is drawn is marked while it is drawn; the tree of what it is
is put into the file afterwards, since ReportLab has none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pikepdf import Dictionary, Pdf
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

    def put_into(self, pdf: bytes) -> bytes:
        """The file with the tree of what was marked; the same arguments give the same bytes."""
        import pikepdf

        with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
            _Tree(opened).grow(self._pages)
            target = BytesIO()
            opened.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return target.getvalue()


@contextmanager
def artifact(canvas: "Canvas") -> Iterator[None]:
    """What is drawn within is not read: a line, a head that recurs, the foot."""
    canvas.addLiteral("/Artifact BMC")
    yield
    canvas.addLiteral("EMC")


class _Tree:
    """The tree of structure of one file."""

    def __init__(self, pdf: "Pdf") -> None:
        import pikepdf

        self._pdf = pdf
        self._root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        self._document = self._element("Document", self._root)
        self._root.K = pikepdf.Array([self._document])
        pdf.Root.StructTreeRoot = self._root
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        self._before: _Marked | None = None
        self._table: Dictionary | None = None
        self._part = self._leaf = self._document

    def grow(self, pages: list[list[_Marked]]) -> None:
        """Hang what stands on each page into the tree."""
        import pikepdf

        numbers = pikepdf.Array()
        for number, (page, marked) in enumerate(zip(self._pdf.pages, pages, strict=True)):
            page.obj.StructParents = number
            page.obj.Tabs = pikepdf.Name.S
            leaves = pikepdf.Array()
            for place, one in enumerate(marked):
                leaf = self._place_of(one)
                leaf.Pg = page.obj
                leaf.K.append(place)
                leaves.append(leaf)
            numbers.append(number)
            numbers.append(self._pdf.make_indirect(leaves))
        self._root.ParentTree = self._pdf.make_indirect(pikepdf.Dictionary(Nums=numbers))
        self._root.ParentTreeNextKey = len(pages)

    def _place_of(self, one: _Marked) -> "Dictionary":
        """The element to which a text belongs: that of the one before it, or a new one."""
        before, self._before = self._before, one
        begins = before is None or one.part != before.part
        if one.role not in _CELL:
            if begins:
                self._table = None
                self._leaf = self._element(one.role, self._document)
            return self._leaf
        if begins:
            if self._table is None or one.role == "TH":
                self._table = self._element("Table", self._document)
            self._part = self._element("TR", self._table)
        if begins or before is None or one.cell != before.cell:
            self._leaf = self._element(_CELL[one.role], self._part)
        return self._leaf

    def _element(self, kind: str, parent: Any) -> "Dictionary":  # noqa: ANN401 - as pikepdf has it
        import pikepdf

        made = self._pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name("/" + kind), P=parent, K=pikepdf.Array())
        )
        if "/K" in parent:
            parent.K.append(made)
        return made
