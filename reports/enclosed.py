"""What goes along inside the PDF of a report: its figures as data, and by what its parts are known to belong together.

A reader finds `figures.json` and `figures.csv` among the attachments. `konak.json` says which report it is, with a hash
of each attachment and of each page; a hash of the whole file stands in its properties, reckoned with zeros in its own
place. Whoever changes the file and knows how can reckon all of them anew: who has made it, only the register says, or a
signature.
"""

import json
import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

from models.errors import Refused
from models.text import Message, message
from reports.signing import before_signing, is_signed
from reports.terms import DATA_FILES

if TYPE_CHECKING:
    from pikepdf import Pdf

for _library in ("pikepdf", "pyhanko"):
    # What is wrong with a file is said in words; where nobody listens, Python prints what they log of it as it is.
    logging.getLogger(_library).addHandler(logging.NullHandler())

JSON, CSV = DATA_FILES
MANIFEST = "konak.json"
_KINDS = {JSON: "application/json", CSV: "text/csv", MANIFEST: "application/json"}
_MADE = "D:20000101000000Z"
"""When the attachments say they were made, as all papers: the same figures give the same bytes."""
_SEAL = b"/KonakSeal ("
_ZEROS = b"0" * 64
_NO_CONTENT = frozenset({"/Parent", "/Length", "/Filter", "/DecodeParms", "/StructParents"})
"""What a page is not known by: where it hangs, and how its streams are packed."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What goes along with a report.

    Attributes:
        programme: The code of the programme.
        number: Of the report within its programme.
        language: In which it is written.
        trail_head: The hash of the last entry of the register's trail when it was made.
        figures: The canonical JSON of the figures as they may be shown.
        table: The same as CSV.
        is_draft: Whether nothing was issued of it.
    """

    programme: str
    number: str
    language: str
    trail_head: str
    figures: str
    table: bytes
    is_draft: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 of the figures, in hexadecimal."""
        return sha256(self.figures.encode()).hexdigest()


def enclose(paper: bytes, enclosed: Enclosed) -> bytes:
    """The PDF of a report with what goes along with it, as PDF/A-3b has it; the same arguments give the same bytes."""
    import pikepdf

    with pikepdf.Pdf.open(BytesIO(paper)) as pdf:
        parts = {JSON: enclosed.figures.encode(), CSV: enclosed.table}
        manifest = {
            "programme": enclosed.programme,
            "number": enclosed.number,
            "language": enclosed.language,
            "trail_head": enclosed.trail_head,
            "attachments": {name: _sha(content) for name, content in parts.items()},
            "pages": _pages(pdf),
        } | ({"draft": True} if enclosed.is_draft else {})
        parts[MANIFEST] = json.dumps(manifest, sort_keys=True, indent=1).encode()
        for name, content in parts.items():
            pdf.attachments[name] = pikepdf.AttachedFileSpec(
                pdf,
                content,
                filename=name,
                mime_type=_KINDS[name],
                relationship=pikepdf.Name.Data,
                creation_date=_MADE,
                mod_date=_MADE,
            )
        _make_archival(pdf)
        pdf.docinfo["/KonakSeal"] = _ZEROS.decode()
        target = BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return _sealed(target.getvalue())


@dataclass(frozen=True, slots=True)
class Examined:
    """What a report says it is, and what of it does not belong together.

    Attributes:
        pages: How many it has.
        faults: What is wrong, in words; none where all belongs together.
        is_draft: Whether nothing was issued of it.
    """

    programme: str
    number: str
    language: str
    digest: str
    trail_head: str
    pages: int
    faults: tuple[Message, ...]
    is_draft: bool = False


def examined(content: bytes) -> Examined:
    """Look whether figures, pages and attachments of a report belong together; no register is needed.

    Raises:
        Refused: It is no PDF that can be read, or none in which Konak has enclosed its figures.
    """
    import pikepdf

    issued = before_signing(content) if is_signed(content) else content
    try:
        with pikepdf.Pdf.open(BytesIO(issued)) as pdf:
            report = _examined(issued, pdf)
            if len(issued) == len(content):
                return report
            with pikepdf.Pdf.open(BytesIO(content)) as signed:
                return replace(report, faults=(*report.faults, *_beside_signing(pdf, signed)))
    except pikepdf.PasswordError as error:
        raise Refused(
            "This PDF is encrypted. Open it with its passphrase, save the report that is attached to it, and try that."
        ) from error
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unknown() from error


def _examined(content: bytes, pdf: "Pdf") -> Examined:
    there = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    if MANIFEST not in there and any(name.endswith(".pdf") for name in there):
        raise Refused("The report is attached to this PDF. Save it from there, and try that.")
    if MANIFEST not in there:
        raise _unknown()
    said = json.loads(there[MANIFEST])
    known: Mapping[str, str] = said["attachments"]
    pages = _pages(pdf)
    return Examined(
        str(said["programme"]),
        str(said["number"]),
        str(said["language"]),
        known[JSON].lower(),
        str(said["trail_head"]),
        len(pages),
        (*_faults(content, there, known, said["pages"], pages), *_unlike_its_pages(pdf, known[JSON].lower())),
        is_draft="draft" in said,
    )


def _faults(
    content: bytes, there: Mapping[str, bytes], known: Mapping[str, str], said: Sequence[str], pages: Sequence[str]
) -> Iterator[Message]:
    for name in sorted({*known, *there} - {MANIFEST}):
        if name not in there:
            yield message("The attachment {name} is missing.", name=name)
        elif name not in known:
            yield message("The attachment {name} was added afterwards.", name=name)
        elif _sha(there[name]) != known[name]:
            yield message("The attachment {name} was changed.", name=name)
    if len(pages) != len(said):
        yield message("It was made with {before} pages and has {now}.", before=len(said), now=len(pages))
    for place, page in enumerate(pages, start=1):
        if place <= len(said) and page != said[place - 1]:
            yield message("Page {number} was changed.", number=place)
    if content.count(b"%%EOF") > 1:
        yield message("Something was added to the file after it was made.")
    elif not _is_sealed(content):
        yield message("The file is not byte for byte what was made.")


def _unlike_its_pages(pdf: "Pdf", digest: str) -> Iterator[Message]:
    """Whether the hash of the figures that are attached is the one that is printed: then all else was reckoned anew."""
    import pikepdf

    for page in pdf.pages:
        content = page.obj.get("/Contents", pikepdf.Array())
        parts = content.as_list() if isinstance(content, pikepdf.Array) else [content]
        if any(digest.encode() in part.read_bytes() for part in parts):  # the fonts of Konak leave ASCII as it is
            return
    yield message("The figures that are attached are not those whose hash is printed on its pages.")


def _beside_signing(issued: "Pdf", signed: "Pdf") -> Iterator[Message]:
    """What is otherwise in a signed file than as it was issued, but for the signatures."""
    for pdf in (issued, signed):
        _without_signatures(pdf)
    before, after = _pages(issued), _pages(signed)
    if len(before) != len(after):
        yield message("It was issued with {before} pages and has {now}.", before=len(before), now=len(after))
    for place, (one, other) in enumerate(zip(before, after, strict=False), start=1):
        if one != other:
            yield message("Page {number} was changed.", number=place)
    if before == after and _hash(issued.Root, {}) != _hash(signed.Root, {}):
        yield message("More than a signature was put to the file after it was issued.")


def _without_signatures(pdf: "Pdf") -> None:
    """Take out what a signature puts into a file, so that the rest can be compared."""
    import pikepdf

    for page in pdf.pages:
        signs = [each for each in page.get("/Annots", []) if _is_place_of_signature(each)]
        if signs and len(signs) == len(page.Annots):
            del page.obj[pikepdf.Name.Annots]
    for name in ("/AcroForm", "/Extensions", "/Version"):
        if name in pdf.Root:
            del pdf.Root[name]


def _is_place_of_signature(annotation: Any) -> bool:  # noqa: ANN401 - of a PDF
    """Whether it is the place of a signature, which shows nothing."""
    shows_nothing = all(float(each) == 0 for each in annotation.get("/Rect", [1])) and "/AP" not in annotation
    return bool(
        annotation.get("/FT") == "/Sig" and shows_nothing and "/A" not in annotation and "/AA" not in annotation
    )


def _unknown() -> Refused:
    return Refused("This is no report in which Konak has enclosed its figures. Choose the PDF as it was received.")


def _sha(content: bytes) -> str:
    """In large letters: what stands in small ones on a paper is the head of a trail or the hash of its figures."""
    return sha256(content).hexdigest().upper()


# -- the whole file ---------------------------------------------------------------------------------------------------


def _sealed(content: bytes) -> bytes:
    """The file with the hash of itself in the place of the zeros."""
    at = content.index(_SEAL + _ZEROS) + len(_SEAL)
    return content[:at] + _sha(content).encode() + content[at + len(_ZEROS) :]


def _is_sealed(content: bytes) -> bool:
    if content.count(_SEAL) != 1:
        return False
    at = content.index(_SEAL) + len(_SEAL)
    seal = content[at : at + len(_ZEROS)]
    return _sha(content[:at] + _ZEROS + content[at + len(_ZEROS) :]).encode() == seal


# -- pages ------------------------------------------------------------------------------------------------------------


def _pages(pdf: "Pdf") -> list[str]:
    """A hash of all that each page is drawn of: its words, its forms and its fonts."""
    known: dict[tuple[int, int], str] = {}
    return [_hash(page.obj, known) for page in pdf.pages]


def _hash(thing: Any, known: dict[tuple[int, int], str]) -> str:  # noqa: ANN401 - whatever a PDF holds
    """A hash of an object and of all that it refers to, the same however the file is packed."""
    import pikepdf

    if not isinstance(thing, pikepdf.Object):
        return _sha(repr(thing).encode())
    place = thing.objgen
    if place != (0, 0) and place in known:
        return known[place]
    if place != (0, 0):
        known[place] = "again"  # what refers back to itself
    if isinstance(thing, pikepdf.Array):
        told = _sha(" ".join(_hash(each, known) for each in thing.as_list()).encode())
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        entries = sorted((key, value) for key, value in thing.items() if key not in _NO_CONTENT)
        inner = "".join(f"{key} {_hash(value, known)}" for key, value in entries)
        body = thing.read_bytes() if isinstance(thing, pikepdf.Stream) else b""
        told = _sha(inner.encode() + b"\0" + body)
    else:
        told = _sha(thing.unparse())
    if place != (0, 0):
        known[place] = told
    return told


# -- PDF/A ------------------------------------------------------------------------------------------------------------


def _make_archival(pdf: "Pdf") -> None:
    """What PDF/A-3b asks for beside embedded fonts: colours that mean the same everywhere, and properties as XMP."""
    import pikepdf

    profile = pikepdf.Stream(pdf, _profile())
    profile.N = 3
    pdf.Root.OutputIntents = pikepdf.Array(
        [
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.OutputIntent,
                    S=pikepdf.Name.GTS_PDFA1,
                    OutputConditionIdentifier="sRGB",
                    Info="sRGB",
                    DestOutputProfile=pdf.make_indirect(profile),
                )
            )
        ]
    )
    names = pdf.Root.Names.EmbeddedFiles.Names
    pdf.Root.AF = pikepdf.Array([names[at] for at in range(1, len(names), 2)])
    if "/Trapped" in pdf.docinfo:
        del pdf.docinfo["/Trapped"]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as properties:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of properties that XMP has no name for
            properties.load_from_docinfo(pdf.docinfo)
        properties["pdfaid:part"] = "3"
        properties["pdfaid:conformance"] = "B"


@cache
def _profile() -> bytes:
    """The colour profile sRGB, the same bytes each time: its day is taken out."""
    from PIL import ImageCms

    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made[:24] + bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0)) + made[36:]
