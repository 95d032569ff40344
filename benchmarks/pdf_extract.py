"""The register extract as PDF, over a bare canvas loop that draws the same strings with the same font.

Beside it stand LibreOffice's seconds for the same rows as CSV, where it is installed.
"""

import csv
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from benchmarks import data
from benchmarks.running import Ended, Job, Line, compared, peak, run
from models.rules.extract import ExtractRow, ExtractRows
from models.rules.papers import Imprint
from models.text import translator

_MOST = 1.5
_TIMES, _MORE_MB = 13, 150
"""Half a million stays instead of those of the city's year, and how much more memory they may take."""
_FAMILIES = ("Ahmadzai", "Krasniqi", "Đorđević", "Nguyễn", "Kowalski", "Husseini", "Gjokaj", "Милошевић", "Adéọlá")
_GIVEN = ("Gul", "Bardha", "Живко", "Łukasz", "Phượng", "Zainab", "Çlirim", "Omar")


def rows(count: int) -> ExtractRows:
    """The rows of the extract, with the dates of the first so many stays; the names are made up."""
    cut_off = date(2020, 1, 1)
    return ExtractRows(
        ExtractRow(
            number=f"K-{at:05}",
            name=f"{_FAMILIES[at % 9]}{at % 997}, {_GIVEN[at % 8]}",
            born=("1991-07-02", "1985", "~1979", None)[at % 4],
            nationality=("AF", "VN", "NG", "PL", None)[at % 5],
            arrived_on=arrived,
            departed_on=departed,
            nights=((departed or cut_off) - arrived).days,
            kind=("removal", "voluntary_return")[at % 2] if departed else None,
        )
        for at, (_, _, arrived, _, departed, _) in enumerate(data.rows(count), start=1)
    )


def floor(cells: Sequence[Sequence[str]]) -> bytes:
    """The bare loop: every string at its place, as many rows to a page as the extract has."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    from reports.faces import face_name

    target = BytesIO()
    font = face_name()
    canvas = Canvas(target, pagesize=A4, invariant=1, initialFontName=font)
    lefts = (45, 87, 211, 259, 321, 371, 421, 452)
    for begin in range(0, len(cells), 63):
        canvas.setFont(font, 7)
        y = 740.0
        for row in cells[begin : begin + 63]:
            for x, text in zip(lefts, row, strict=True):
                canvas.drawString(x, y, text)
            y -= 10.6
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def once(what: str, count: int) -> dict[str, float]:
    """Draw one of the two in this process, fonts and caches cold: the seconds, and the peak memory in MB."""
    from reports import extract

    table = rows(count)
    draw: Callable[[], bytes]
    if what == "floor":
        cells = list(extract.texts(table, translator("en")))
        draw = lambda: floor(cells)  # noqa: E731
    else:
        draw = lambda: extract.draw(table, Imprint(language="en", facility="Reception Centre North"))  # noqa: E731
    begin = time.perf_counter()
    draw()
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "peak_mb": peak()}


def in_a_process(what: str, count: int) -> dict[str, float]:
    """The same in a process of its own, so that neither helps or hinders the other."""
    result: dict[str, float] = json.loads(run(["-m", "benchmarks.pdf_extract", what, str(count)]).lines[0])
    return result


def libreoffice(count: int) -> Ended | None:
    """LibreOffice's seconds and memory for the same rows as CSV; None where it is not installed."""
    from reports import extract

    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "rows.csv"
        with os.fdopen(os.open(source, os.O_CREAT | os.O_WRONLY, 0o600), "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(extract.texts(rows(count), translator("en")))
        return run(["--headless", "--convert-to", "pdf", "--outdir", folder, str(source)], program=program)


def measure(job: Job) -> list[Line]:
    """By turns, so that other load hits both; then LibreOffice, where it is."""
    pairs = [(in_a_process("extract", job.stays), in_a_process("floor", job.stays)) for _ in range(job.rounds)]
    beside = libreoffice(job.stays)
    count = _TIMES * job.stays
    many = in_a_process("extract", count)
    small = max(ours["peak_mb"] for ours, _ in pairs)
    lines = [
        compared(
            "register extract as PDF",
            [ours["seconds"] for ours, _ in pairs],
            [bare["seconds"] for _, bare in pairs],
            most=_MOST,
            peak=max(ours["peak_mb"] for ours, _ in pairs),
            floor_peak=max(bare["peak_mb"] for _, bare in pairs),
            note="" if beside is not None else "LibreOffice is not installed here, so nothing stands beside it",
        ),
        Line(
            f"the same of {count:,} stays",
            many["seconds"],
            most_peak=small + _MORE_MB,
            peak=many["peak_mb"],
            note=f"at most {_MORE_MB} MB above that of {job.stays:,}",
        ),
    ]
    if beside is not None:
        lines.append(Line("LibreOffice: the same rows from CSV", beside.whole, peak=beside.peak))
    return lines


def main() -> None:
    """Draw one of the two once, and print what it took."""
    print(json.dumps(once(sys.argv[1], int(sys.argv[2]))))


if __name__ == "__main__":
    main()
