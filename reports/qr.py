"""A QR code as boxes: what is drawn on a page is drawn, never a picture."""

from collections.abc import Iterator

from reports.page import INK, Box


def boxes(text: str, x: float, y: float, size: float) -> Iterator[Box]:
    """A QR code of a text.

    Args:
        text: What a scanner reads.
        x: Points from the left of the page to its left edge.
        y: Points from the top of the strip to its upper edge.
        size: How wide and high it is, in points, without the white around it.
    """
    import segno

    rows = segno.make_qr(text, error="m").matrix
    module = size / len(rows)
    for down, row in enumerate(rows):
        begin = None
        for along, dark in enumerate((*row, 0)):
            if dark and begin is None:
                begin = along
            elif not dark and begin is not None:
                # A little over its edge, so that no printer leaves a white line between two rows.
                yield Box(x + begin * module, y + down * module, (along - begin) * module, module * 1.02, INK)
                begin = None
