"""Several papers as one PDF, each with its own page numbers and a bookmark."""

from collections.abc import Iterable
from io import BytesIO


def join(papers: Iterable[tuple[str, bytes]]) -> bytes:
    """One PDF of several; the same papers give the same bytes.

    Args:
        papers: Each with what its bookmark says, and its PDF.
    """
    import pikepdf

    target = BytesIO()
    with pikepdf.Pdf.new() as whole:
        begins: list[tuple[str, int]] = []
        for name, content in papers:
            with pikepdf.Pdf.open(BytesIO(content)) as one:
                if not begins:
                    whole.docinfo["/Title"] = one.docinfo.get("/Title", "")
                    if "/Lang" in one.Root:
                        whole.Root.Lang = pikepdf.String(str(one.Root.Lang))
                begins.append((name, len(whole.pages)))
                whole.pages.extend(one.pages)
        with whole.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(name, page) for name, page in begins)
        whole.save(target, deterministic_id=True)
    return target.getvalue()
