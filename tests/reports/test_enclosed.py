"""What goes along inside a report: its figures as data, and by what its parts are known to belong together."""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO, StringIO
from typing import Any

import pikepdf
import pytest
import segno
from pikepdf import Dictionary, Name, Pdf
from pypdf import PdfReader

from models.errors import Refused
from models.rules.figures import MonthFigures
from models.rules.small_counts import shown_month
from models.text import translator
from reports import enclosed
from reports.enclosed import CSV, JSON, MANIFEST, examined
from tests.reports import samples
from tests.reports.test_monthly import draft_pdf, issued_pdf

ENGLISH = translator("en")


def said(content: bytes) -> list[str]:
    return [ENGLISH.render(fault) for fault in examined(content).faults]


def saved_anew(content: bytes, change: Callable[[Pdf], object]) -> bytes:
    target = BytesIO()
    with Pdf.open(BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(target)
    return target.getvalue()


@pytest.mark.parametrize("language", ["en", "sq", "sr"])
def test_the_figures_go_along_as_json_and_csv_under_the_hash_that_is_printed(language: str) -> None:
    figures = samples.october()
    content = draft_pdf(figures, language)
    attached = {name: bytes(parts[0]) for name, parts in PdfReader(BytesIO(content)).attachments.items()}
    assert MonthFigures.from_json(attached[JSON].decode()) == figures
    assert examined(content).digest == figures.digest
    rows = list(csv.reader(StringIO(attached[CSV].decode("utf-8-sig"))))
    assert len(rows) > 20
    assert said(content) == []


def test_where_small_counts_are_hidden_the_data_hold_nothing_but_what_is_shown() -> None:
    figures = samples.huge(small_count=5)
    content = draft_pdf(figures, "en")
    attached = {name: bytes(parts[0]) for name, parts in PdfReader(BytesIO(content)).attachments.items()}
    assert figures.to_json() not in attached[JSON].decode()
    shown = shown_month(figures)
    assert examined(content).digest == shown.digest != figures.digest
    told = json.loads(attached[JSON])
    assert isinstance(told["admissions_by_nationality"], dict) == hasattr(shown.admissions_by_nationality, "text")


def test_the_code_on_the_first_page_says_which_report_it_is_and_the_hash_of_its_figures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    real = segno.make_qr

    def made(text: str, **how: Any) -> segno.QRCode:
        asked.append(text)
        return real(text, **how)

    monkeypatch.setattr("segno.make_qr", made)
    draft_pdf(samples.october(), "en")
    assert asked == [f"KONAK US-2025 2026-10 {samples.october().digest}"]


def test_a_changed_byte_anywhere_is_found() -> None:
    content = draft_pdf(samples.october(), "en")
    for at in range(1200, len(content) - 2000, len(content) // 40):
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        try:
            assert said(changed), at
        except Refused:
            continue  # it cannot be read any more


def test_an_added_page_a_changed_page_and_what_was_attached_are_named() -> None:
    content = issued_pdf(samples.october())
    before = examined(content).pages

    def add_page(pdf: Pdf) -> None:
        pdf.add_blank_page()

    def write_on_page(pdf: Pdf) -> None:
        pdf.pages[0].contents_add(b"BT ET", prepend=False)

    def exchange(pdf: Pdf) -> None:
        del pdf.attachments[CSV]
        pdf.attachments["more.txt"] = b"more"

    assert f"It was made with {before} pages and has {before + 1}." in said(saved_anew(content, add_page))
    assert "Page 1 was changed." in said(saved_anew(content, write_on_page))
    found = said(saved_anew(content, exchange))
    assert "The attachment figures.csv is missing." in found
    assert "The attachment more.txt was added afterwards." in found
    assert said(saved_anew(content, lambda _pdf: None)) == ["The file is not byte for byte what was made."]
    assert said(content + b"\n%%EOF\n") == ["Something was added to the file after it was made."]


def test_changed_figures_are_found_though_the_rest_is_as_it_was() -> None:
    content = issued_pdf(samples.october())

    def change(pdf: Pdf) -> None:
        told = pdf.attachments[JSON].get_file().read_bytes()
        pdf.attachments[JSON] = told.replace(b'"admissions":', b'"admissions": ')

    assert "The attachment figures.json was changed." in said(saved_anew(content, change))


def test_other_figures_are_found_by_what_is_printed_though_all_else_was_reckoned_anew() -> None:
    other = samples.whole().to_json().encode()

    def change(pdf: Pdf) -> None:
        manifest = json.loads(pdf.attachments[MANIFEST].get_file().read_bytes())
        manifest["attachments"][JSON] = sha256(other).hexdigest().upper()
        pdf.attachments[JSON], pdf.attachments[MANIFEST] = other, json.dumps(manifest).encode()
        pdf.docinfo["/KonakSeal"] = "0" * 64

    changed = enclosed._sealed(saved_anew(issued_pdf(samples.october()), change))  # noqa: SLF001 - as who knows how
    assert said(changed) == ["The figures that are attached are not those whose hash is printed on its pages."]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"a letter", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_report_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Refused, match="no report in which Konak has enclosed"):
        examined(content)


def _nested(pdf: Pdf) -> None:
    inner = pdf.make_indirect(pikepdf.Array())
    for _depth in range(3000):
        inner = pdf.make_indirect(pikepdf.Array([inner]))
    pdf.pages[0].obj.Nested = inner


def _nested_in_manifest(pdf: Pdf) -> None:
    pdf.attachments[MANIFEST] = b"[" * 200_000


@pytest.mark.parametrize("change", [_nested, _nested_in_manifest])
def test_what_is_nested_without_end_is_refused_in_words(change: Callable[[Pdf], None]) -> None:
    with pytest.raises(Refused, match="no report in which Konak has enclosed"):
        examined(saved_anew(draft_pdf(samples.october(), "en"), change))


def test_the_library_that_reads_pdfs_says_nothing_of_a_damaged_one_beside() -> None:
    """Its end is cut off, a page hangs on nothing; in a process of its own, since pytest listens to what is logged."""
    damaged = draft_pdf(samples.october(), "en").replace(b" 0 R ] /Type /Pages", b" 0!R ] /Type /Pages", 1)[:-20]
    judge = "import sys; from reports.enclosed import examined; print(len(examined(sys.stdin.buffer.read()).faults))"
    done = subprocess.run([sys.executable, "-c", judge], input=damaged, capture_output=True, check=True)
    assert int(done.stdout) > 0
    assert done.stderr == b""


def test_an_encrypted_report_is_asked_for_without_its_passphrase() -> None:
    target = BytesIO()
    with Pdf.open(BytesIO(draft_pdf(samples.october(), "en"))) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Refused, match="encrypted"):
        examined(target.getvalue())


def test_what_pdf_a_asks_for_is_there() -> None:
    """ISO 19005-3: fonts embedded, colours by a profile, properties as XMP, each attachment related to the document."""
    with Pdf.open(BytesIO(draft_pdf(samples.october(), "sr"))) as pdf:
        assert pdf.Root.OutputIntents[0].S == Name.GTS_PDFA1
        assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert pdf.Root.Lang == "sr-Latn"
        assert not pdf.is_encrypted
        with pdf.open_metadata() as properties:
            assert (properties["pdfaid:part"], properties["pdfaid:conformance"]) == ("3", "B")
            assert properties["dc:title"] == pdf.docinfo["/Title"]
        assert {str(spec.AFRelationship) for spec in pdf.Root.AF} == {"/Data"}
        assert len(pdf.Root.AF) == len(pdf.attachments) == 3
        fonts = [each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/Type") == Name.Font]
        assert fonts
        for font in fonts:
            assert "/FontFile2" in font.FontDescriptor, font.BaseFont
        raw = b"".join(each.unparse() for each in pdf.objects)
        assert not re.search(rb"/(JavaScript|Launch|EmbeddedGoTo)\b", raw)
    assert MANIFEST == "konak.json"
