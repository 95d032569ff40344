"""All that can be read out of a file by whoever has it: its text, what is attached, said of it, remarked, hidden."""

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pikepdf

from tests.reports import pdf_text


class _LeftOut(dict[int, str | None]):
    """What becomes of each letter, for `str.translate`: letters that are not seen, spaces and dashes go."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        is_left_out = sign.isspace() or unicodedata.category(sign) in ("Cf", "Cc", "Pd")
        self[code] = None if is_left_out else sign
        return self[code]


_LEFT_OUT = _LeftOut()


def squeezed(text: str) -> str:
    """A text as marks are sought in it: whatever the letters' case and forms, wherever a line was broken."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_LEFT_OUT)


def read_out(content: bytes) -> str:
    """All texts of a file, squeezed."""
    return squeezed("\n".join(_texts(content)))


def _texts(content: bytes) -> Iterator[str]:
    if content.startswith(b"%PDF"):
        yield from _of_pdf(content)
    elif is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name
                yield from _texts(packed.read(name))
    else:
        for encoding in ("utf-8", "utf-16", "latin-1"):
            yield content.decode(encoding, errors="ignore")


def _of_pdf(content: bytes) -> Iterator[str]:
    """The pages as they are read; then every object of the file, whether a page shows it or not.

    What is written from right to left is read by a slower reader, too, which turns nothing around that stands in it.
    """
    pages = "\n".join(pdf_text.as_read(content))
    yield pages
    if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in set(pages)):
        for page in pdf_text.reader(content).pages:
            yield page.extract_text()
    with pikepdf.open(BytesIO(content)) as pdf:
        for name, attached in pdf.attachments.items():
            yield name
            yield from _texts(attached.get_file().read_bytes())
        for each in pdf.objects:
            yield from _of_object(each)
        yield from _of_object(pdf.trailer)
    yield content.decode("latin-1")


def _of_object(found: object) -> Iterator[str]:
    """The texts that an object holds itself; what it points to is an object of the file and comes by itself."""
    if isinstance(found, pikepdf.Stream):
        if found.get("/Subtype") == "/Image":
            yield f"picture {found.Width} x {found.Height}"
        else:
            data = found.read_bytes()
            yield data.decode("utf-8", errors="ignore")
            yield data.decode("utf-16-be", errors="ignore")
        yield from _of_object(found.stream_dict)
    elif isinstance(found, pikepdf.String | pikepdf.Name):
        yield str(found)
    elif isinstance(found, pikepdf.Array | pikepdf.Dictionary):
        inner = found.values() if isinstance(found, pikepdf.Dictionary) else iter(found)
        for each in inner:
            if not getattr(each, "is_indirect", False):
                yield from _of_object(each)
