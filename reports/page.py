"""The A4 page that every paper shares: what is drawn on it, how it flows from page to page, its head and its foot.

A paper is gathered as strips, laid on pages, and only then drawn: so each page knows how many there are, and
drawing stays linear.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from models.rules.papers import Imprint
from models.sides import each_line, in_line, side
from models.text import Translator, TwoLanguages
from reports import type as lettering
from reports.faces import face_name
from reports.tagged import Role, Structure, artifact, rewritten
from reports.type import Align

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 210 / 25.4 * 72, 297 / 25.4 * 72
LEFT = 45.0
RIGHT = WIDTH - 45.0
ROOM = RIGHT - LEFT
TOP = 80.0
BOTTOM = 772.0
_HEAD = 51.0
_BELOW = 4.0
"""How far letters reach below their base line, and a little more."""

INK = "#111111"
GREY = "#595959"
RULE = "#333333"
LINE = "#cccccc"
BAR = "#5d93b5"
WARNING = "#a01c1c"

BODY = 9.0
SMALL = 8.2


@dataclass(frozen=True, slots=True)
class Size:
    """How large a page is, in points, and how much larger it is drawn."""

    width: float = WIDTH
    height: float = HEIGHT
    scale: float = 1.0

    @property
    def right(self) -> float:
        """Where its words end."""
        return self.width - LEFT

    @property
    def room(self) -> float:
        """How wide its words may be."""
        return self.right - LEFT

    @property
    def bottom(self) -> float:
        """Where what flows ends, from the top."""
        return self.height - (HEIGHT - BOTTOM)

    @property
    def foot(self) -> float:
        """Where the line above its foot is drawn, from the top."""
        return self.bottom + 8


PORTRAIT = Size()
LANDSCAPE = Size(HEIGHT, WIDTH)


@dataclass(frozen=True, slots=True)
class Text:
    """Words on a base line. `x` and `y` are points from the left of the page and from the top of the strip.

    `second`: they are in the second of the two languages of the paper.
    """

    x: float
    y: float
    text: str
    size: float = BODY
    bold: bool = False
    colour: str = INK
    align: Align = "left"
    second: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, or a frame where `line` is set; `y` is its upper edge, from the top of the strip."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    line: float = 0.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, as JPEG; `y` is its upper edge, from the top of the strip."""

    x: float
    y: float
    width: float
    height: float
    image: bytes


Mark = Text | Box | Picture


def rule(y: float, *, colour: str = LINE, weight: float = 0.6, left: float = LEFT, right: float = RIGHT) -> Box:
    """A horizontal line across the page."""
    return Box(left, y - weight / 2, right - left, weight, colour)


@dataclass(frozen=True, slots=True)
class Strip:
    """A slice of a page, as wide as the page, that is cut only where it is higher than a page, between its lines.

    Attributes:
        height: In points.
        marks: What is drawn on it.
        keep: Whether it must stand on one page with the strip after it.
        heads: The strips to be drawn again where a page begins with this one: the head of its table.
        gap: Whether it is only space, which is left out at the top of a page.
        begins: Whether it stands at the top of a page.
        role: What it is to whoever has the paper read aloud.
        outline: Under which words it stands among the bookmarks; empty: it does not.
    """

    height: float
    marks: Sequence[Mark] = ()
    keep: bool = False
    heads: Sequence["Strip"] = ()
    gap: bool = False
    begins: bool = False
    role: Role = "P"
    outline: str = ""


def gap(height: float) -> Strip:
    """Space between two parts."""
    return Strip(height, keep=True, gap=True)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page of a paper.

    Attributes:
        title: The title of the document, for the reader of its properties.
        author: Who answers for it: the facility.
        head_left: The lines of the letterhead, the authority first.
        head_right: The number of the paper and what goes with it.
        mark: A warning such as that a report is a draft; empty: none.
        foot_left: The hashes.
        foot_centre: What the paper discloses.
        foot_below: Who printed it and when; empty: nothing.
        size: Of its pages.
    """

    title: str
    author: str
    head_left: Sequence[str] = ()
    head_right: Sequence[str] = ()
    mark: str = ""
    foot_left: str = ""
    foot_centre: str = ""
    foot_below: str = ""
    size: Size = PORTRAIT

    @classmethod
    def of(
        cls,
        imprint: Imprint,
        tr: Translator,
        *,
        title: str,
        head_right: Sequence[str] = (),
        mark: str = "",
        hashes: Sequence[str] = (),
        discloses: str = "",
        size: Size = PORTRAIT,
    ) -> "Furniture":
        """The furniture of a paper from what every paper is given.

        Args:
            imprint: What every paper is given.
            tr: The reader's language.
            title: What the paper is called.
            head_right: The number of the paper and what goes with it; without it the title.
            mark: As above.
            hashes: What stands behind the head of the register.
            discloses: Whom the paper is for.
            size: Of its pages.
        """
        head = tr("Register head {trail}", trail=short(imprint.trail_head)) if imprint.trail_head else ""
        by, at = imprint.printed_by, imprint.printed_at
        printed = tr("Printed by {name}, {when}", name=by, when=at) if at else tr("Printed by {name}", name=by)
        return cls(
            title=in_line(title),
            author=imprint.facility,
            head_left=[line for line in (*imprint.letterhead.splitlines(), imprint.facility) if line.strip()],
            head_right=each_line([line for line in head_right if line] or [title]),
            mark=in_line(mark),
            foot_left=side(" · ".join(part for part in (head, *hashes) if part), 0),
            foot_centre=in_line(discloses),
            foot_below=in_line(printed) if by else "",
            size=size,
        )


def short(digest: str) -> str:
    """The ends of a hash: enough to compare by eye."""
    return f"{digest[:4]}…{digest[-4:]}"


@dataclass(slots=True)
class _Page:
    placed: list[tuple[float, Strip]] = field(default_factory=list)
    y: float = TOP

    def add(self, strip: Strip) -> None:
        self.placed.append((self.y, strip))
        self.y += strip.height


def flow(strips: Iterable[Strip], *, top: float = TOP, bottom: float = BOTTOM) -> list[list[tuple[float, Strip]]]:
    """Lay strips on pages, one under the other; what must stay together goes to the next page together.

    Returns:
        For each page its strips, each with the distance of its upper edge from the top of the page.
    """
    pages = [_Page(y=top)]
    for group in _groups(part for strip in strips for part in _parts(strip, bottom - top)):
        height = sum(strip.height for strip in group)
        page = pages[-1]
        if page.placed and (page.y + height > bottom or group[0].begins):
            pages.append(page := _Page(y=top))
            for head in next((strip.heads for strip in group if not strip.gap), ()):
                page.add(head)
        for strip in group:
            if not strip.gap or page.placed:
                if page.placed and page.y + strip.height > bottom:
                    pages.append(page := _Page(y=top))
                page.add(strip)
    return [page.placed for page in pages]


def _parts(strip: Strip, room: float) -> Iterator[Strip]:
    """The strip, or of one that is higher than a page what has room on each."""
    room -= sum(head.height for head in strip.heads)
    while strip.height > room:
        ends = [mark.y + _BELOW for mark in strip.marks if isinstance(mark, Text)]
        cut = max((end for end in ends if end <= room), default=room)
        yield replace(strip, height=cut, marks=[mark for mark in strip.marks if mark.y < cut], keep=False)
        rest = [replace(mark, y=mark.y - cut) for mark in strip.marks if mark.y >= cut]
        strip = replace(strip, height=strip.height - cut, marks=rest, begins=False, outline="")
    yield strip


def _groups(strips: Iterable[Strip]) -> Iterable[list[Strip]]:
    group: list[Strip] = []
    for strip in strips:
        if strip.begins and group:
            yield group
            group = []
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group


def new_canvas(target: BytesIO, *, tr: Translator, title: str, author: str, size: Size = PORTRAIT) -> "Canvas":
    """A canvas that gives the same bytes for the same drawing, with its language, title and author set."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # a PDF may be binary; as ASCII it is a quarter larger and slower to write
    canvas = Canvas(
        target,
        pagesize=(size.width * size.scale, size.height * size.scale),
        invariant=1,
        lang=tr.locale.replace("_", "-"),
        initialFontName=face_name(),
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(title)
    canvas.setCreator("Konak")
    canvas.setProducer("Konak")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


@cache
def rgb(colour: str) -> tuple[float, float, float]:
    """A colour such as `#595959` as PDF has them: red, green and blue from 0 to 1."""
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _fill(canvas: "Canvas", colour: str) -> None:
    """Draw in a colour from here on. A list sets one for every word: its text is not made anew each time."""
    canvas._fillColorObj = rgb(colour)  # noqa: SLF001 - what `setFillColorRGB` keeps, beside what it writes
    canvas.addLiteral(_filled(colour))


@cache
def _filled(colour: str) -> str:
    from reportlab.lib.rl_accel import fp_str

    return f"{fp_str(*rgb(colour))} rg"


def draw_mark(canvas: "Canvas", mark: Mark, top: float, size: Size = PORTRAIT) -> None:
    """Draw one mark of a strip whose upper edge lies `top` points under the top of the page."""
    y = size.height - top - mark.y
    if isinstance(mark, Text):
        _fill(canvas, mark.colour)
        lettering.draw(canvas, mark.x, y, mark.text, size=mark.size, bold=mark.bold, align=mark.align)
    elif isinstance(mark, Picture):
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(BytesIO(mark.image)), mark.x, y - mark.height, mark.width, mark.height)
    elif mark.line:
        canvas.setStrokeColorRGB(*rgb(mark.colour))
        canvas.setLineWidth(mark.line)
        canvas.addLiteral(f"{_area(mark, y)} S")
    else:
        _fill(canvas, mark.colour)
        canvas.addLiteral(f"{_area(mark, y)} f")


def _area(box: Box, y: float) -> str:
    """What writes the outline of a box whose upper edge is at `y`, to a hundredth of a point as the letters are."""
    return f"{box.x:.2f} {y - box.height:.2f} {box.width:.2f} {box.height:.2f} re"


def head_height(furniture: Furniture) -> float:
    """How far down the head of a page reaches, in points from the top; the body begins there."""
    lines = max(len(_head_left(furniture)), len(_head_right(furniture)) + (2 if furniture.mark else 0))
    return max(TOP, _HEAD + 12 * lines + 5)


def _head_left(furniture: Furniture) -> list[str]:
    return [part for line in furniture.head_left for part in lettering.wrap(line, furniture.size.room * 0.58, SMALL)]


def _head_right(furniture: Furniture) -> list[str]:
    return [part for line in furniture.head_right for part in lettering.wrap(line, furniture.size.room * 0.4, SMALL)]


def draw_head(canvas: "Canvas", furniture: Furniture) -> None:
    """Draw the head of a page, before what stands on it."""
    draw_once(canvas, "furniture", _head(furniture), size=furniture.size)


def draw_foot(canvas: "Canvas", furniture: Furniture, *, page: int, pages: int) -> None:
    """Draw the foot of a page, after what stands on it; all but its number is put into the file once."""
    size = furniture.size
    draw_once(canvas, "foot", _foot(furniture, f"{pages} / {pages}"), size=size)
    number = Text(size.right, size.foot + 13, f"{page} / {pages}", SMALL, colour=GREY, align="right")
    draw_mark(canvas, number, 0, size)


def draw_once(canvas: "Canvas", name: str, marks: Iterable[Mark], *, top: float = 0, size: Size = PORTRAIT) -> None:
    """Draw what recurs: it is put into the file the first time, and named from then on.

    Args:
        canvas: The document.
        name: What it is called within the document.
        marks: What it is, the same each time.
        top: Where it begins, in points from the top of the page.
        size: Of the page.
    """
    if not canvas.hasForm(name):
        canvas.beginForm(name, 0, 0, size.width, size.height)
        for mark in marks:
            draw_mark(canvas, mark, 0, size)
        canvas.endForm()
    canvas.saveState()
    canvas.translate(0, -top)
    canvas.doForm(name)
    canvas.restoreState()


def _head(furniture: Furniture) -> Iterable[Mark]:
    for down, line in enumerate(_head_left(furniture)):
        yield Text(LEFT, _HEAD + 12 * down, line, SMALL, colour=GREY)
    right = _head_right(furniture)
    for down, line in enumerate(right):
        yield Text(furniture.size.right, _HEAD + 12 * down, line, SMALL, colour=GREY, align="right")
    if furniture.mark:
        y = _HEAD + 12 * len(right)
        width = lettering.width(furniture.mark, BODY, bold=True) + 12
        yield Box(furniture.size.right - width, y - 7, width, 15, WARNING, line=0.9)
        yield Text(furniture.size.right - 6, y + 3.6, furniture.mark, BODY, bold=True, colour=WARNING, align="right")


def _foot(furniture: Furniture, widest_number: str) -> Iterable[Mark]:
    """The foot: hashes left, disclosure in the middle; under each other where they have no room beside each other."""
    yield rule(furniture.size.foot, colour=RULE, weight=0.5, right=furniture.size.right)
    y = furniture.size.foot + 13
    yield Text(LEFT, y, furniture.foot_left, SMALL, colour=GREY)
    free_left = LEFT + lettering.width(furniture.foot_left, SMALL) + 12
    free_right = furniture.size.right - lettering.width(widest_number, SMALL) - 12
    wide = lettering.width(furniture.foot_centre, SMALL)
    below = [furniture.foot_below] if furniture.foot_below else []
    if furniture.foot_centre and wide <= free_right - free_left:
        middle = min(max(furniture.size.width / 2, free_left + wide / 2), free_right - wide / 2)
        yield Text(middle, y, furniture.foot_centre, SMALL, colour=GREY, align="centre")
    elif furniture.foot_centre:
        below.insert(0, furniture.foot_centre)
    for line in (part for text in below for part in lettering.wrap(text, furniture.size.room, SMALL)):
        y += 11
        yield Text(LEFT, y, line, SMALL, colour=GREY)


def draw_paper(strips: Iterable[Strip], furniture: Furniture, *, tr: Translator) -> bytes:
    """The PDF of a paper."""
    target = BytesIO()
    size = furniture.size
    canvas = new_canvas(target, tr=tr, title=furniture.title, author=furniture.author, size=size)
    other = tr.second.locale.replace("_", "-") if isinstance(tr, TwoLanguages) else ""
    structure, drawn, titled = Structure(other), set[int](), False
    pages = flow(strips, top=head_height(furniture), bottom=size.bottom)
    for number, placed in enumerate(pages, start=1):
        if size.scale != 1.0:
            canvas.scale(size.scale, size.scale)
        structure.new_page()
        with artifact(canvas):
            draw_head(canvas, furniture)
        for top, strip in placed:
            if strip.outline:
                titled = titled or strip.role == "H1"
                _bookmark(canvas, strip, size.height - top, level=int(titled and strip.role != "H1"))
            if id(strip) in drawn:  # the head of a table that goes on
                with artifact(canvas):
                    for mark in strip.marks:
                        draw_mark(canvas, mark, top, size)
                continue
            drawn.add(id(strip))
            draw_strip(canvas, strip, top, size, structure)
        with artifact(canvas):
            draw_foot(canvas, furniture, page=number, pages=len(pages))
        canvas.showPage()
    structure.put_into(canvas)
    canvas.save()
    return rewritten(target.getvalue())


def draw_strip(canvas: "Canvas", strip: Strip, top: float, size: Size, structure: Structure) -> None:
    """Draw a strip: its words as what they are, all else as what is not read."""
    structure.new_part()
    for is_text, marks in groupby(strip.marks, key=lambda mark: isinstance(mark, Text)):
        if not is_text:
            with artifact(canvas):
                for mark in marks:
                    draw_mark(canvas, mark, top, size)
            continue
        for mark in marks:
            is_second = isinstance(mark, Text) and mark.second
            with structure.text(canvas, strip.role, mark.x, is_second=is_second):
                draw_mark(canvas, mark, top, size)


def _bookmark(canvas: "Canvas", strip: Strip, y: float, *, level: int) -> None:
    key = f"{canvas.getPageNumber()}:{y:.1f}:{strip.outline}"
    canvas.bookmarkHorizontal(key, 0, y)
    canvas.addOutlineEntry(strip.outline, key, level)
