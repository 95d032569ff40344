"""Several papers as one PDF, each with its own page numbers and a bookmark, read aloud as each would be by itself."""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import OutlineItem, Pdf


def join(papers: Iterable[tuple[str, bytes]]) -> bytes:
    """One PDF of several; the same papers give the same bytes.

    Args:
        papers: Each with what its bookmark says, and its PDF.
    """
    import pikepdf

    target = BytesIO()
    with pikepdf.Pdf.new() as whole:
        marks: list[OutlineItem] = []
        structure = _Structure(whole)
        for name, content in papers:
            with pikepdf.Pdf.open(BytesIO(content)) as one:
                if not marks:
                    _say_as(whole, one)
                begin = len(whole.pages)
                whole.pages.extend(one.pages)
                marks.append(_bookmark(name, one, begin))
                structure.add(one, begin)
        structure.close()
        with whole.open_outline() as outline:
            outline.root.extend(marks)
        whole.save(target, deterministic_id=True)
    return target.getvalue()


def _say_as(whole: "Pdf", first: "Pdf") -> None:
    """The title and the language of the first paper are those of all."""
    import pikepdf

    whole.docinfo["/Title"] = first.docinfo.get("/Title", "")
    if "/Lang" in first.Root:
        whole.Root.Lang = pikepdf.String(str(first.Root.Lang))
    if "/ViewerPreferences" in first.Root:
        whole.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


def _bookmark(name: str, one: "Pdf", begin: int) -> "OutlineItem":
    """The bookmark of a paper, with those of its own below it.

    Args:
        name: What it says.
        one: The paper.
        begin: At which of all pages it begins, from 0.
    """
    import pikepdf

    places = {page.obj.objgen: begin + number for number, page in enumerate(one.pages)}

    def moved(item: "OutlineItem") -> "OutlineItem":
        target: Any = item.destination
        again = pikepdf.OutlineItem(item.title, places[target[0].objgen], "FitH", top=target[2])
        again.children.extend(map(moved, item.children))
        return again

    mark = pikepdf.OutlineItem(name, begin)
    with one.open_outline() as outline:
        mark.children.extend(map(moved, outline.root))
    return mark


class _Structure:
    """The trees of structure of several files as one; qpdf copies pages without them (its issue 490).

    A tree says of each piece of text on a page what it belongs to, and each page by its number in the parent tree which
    pieces it has (ISO 32000-1, 14.7.4.4). So the pages of each file have numbers of their own from where it begins.
    """

    def __init__(self, whole: "Pdf") -> None:
        """Begin without any.

        Args:
            whole: The file that is made.
        """
        import pikepdf

        self._whole = whole
        self._root = whole.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, ParentTree={"/Nums": []}))
        self._root.K = whole.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=self._root, K=pikepdf.Array())
        )
        self._is_whole = True

    def add(self, one: "Pdf", begin: int) -> None:
        """Take in the tree of a file whose pages were added already, so that the copied tree points to the new ones.

        Args:
            one: The file.
            begin: At which of all pages it begins, from 0.
        """
        import pikepdf

        if "/StructTreeRoot" not in one.Root:
            self._is_whole = False
            return
        copied = self._whole.copy_foreign(one.Root.StructTreeRoot)
        for part in copied.K:
            part.S, part.P = pikepdf.Name.Part, self._root.K
            if "/Lang" in one.Root:
                part.Lang = str(one.Root.Lang)
            self._root.K.K.append(part)
        numbers = copied.ParentTree.Nums
        for place in range(0, len(numbers), 2):
            self._root.ParentTree.Nums.append(begin + int(numbers[place]))
            self._root.ParentTree.Nums.append(numbers[place + 1])
        for page in list(self._whole.pages)[begin:]:
            page.obj.StructParents = begin + int(page.obj.StructParents)

    def close(self) -> None:
        """Put the tree into the file, where all of it is told of: half a tree would hide the rest from who listens."""
        import pikepdf

        if self._is_whole:
            self._root.ParentTreeNextKey = len(self._whole.pages)
            self._whole.Root.StructTreeRoot = self._root
            self._whole.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
