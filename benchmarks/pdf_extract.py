"""The register extract against a bare canvas loop that draws the same strings with the same font.

Prints the median seconds of each, their ratio (at most 1.5), the peak memory of each, and LibreOffice's seconds for
the same rows as CSV where it is installed. Run: `python -m benchmarks.pdf_extract`.
"""

import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from statistics import median

from models.rules.extract import ExtractRow
from models.text import translator

ROUNDS = 5
STAYS = 38_867
_DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "stays" / "nyc-doc-2019.csv"
_FAMILIES = ("Ahmadzai", "Krasniqi", "Đorđević", "Nguyễn", "Kowalski", "Husseini", "Gjokaj", "Милошевић", "Adéọlá")
_GIVEN = ("Gul", "Bardha", "Живко", "Łukasz", "Phượng", "Zainab", "Çlirim", "Omar")


def stays() -> list[tuple[date, date | None]]:
    """The dates of the real stays where they are beside the project, else as many made up."""
    if _DATA.is_file():
        with _DATA.open(newline="", encoding="utf-8") as file:
            return [
                (
                    date.fromisoformat(row["entry_date"][:10]),
                    date.fromisoformat(row["exit_date"][:10]) if row["exit_date"] else None,
                )
                for row in csv.DictReader(file)
            ]
    first = date(2019, 1, 1)
    return [(first + timedelta(n % 365), first + timedelta(n % 365 + n % 90)) for n in range(STAYS)]


def rows() -> list[ExtractRow]:
    """The rows of the extract; the names are made up."""
    cut_off = date(2020, 1, 1)
    return [
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
        for at, (arrived, departed) in enumerate(stays(), start=1)
    ]


def floor(cells: Sequence[Sequence[str]]) -> bytes:
    """The bare loop: every string at its place, as many rows to a page as the extract has."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    from reports.type import face_name

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


def once(what: str) -> dict[str, float]:
    """Draw one of the two in this process, fonts and caches cold: the seconds, and the peak memory in MB."""
    from reports import extract

    table = rows()
    draw: Callable[[], bytes]
    if what == "floor":
        cells = extract.texts(table, translator("en"))
        draw = lambda: floor(cells)  # noqa: E731
    else:
        draw = lambda: extract.draw(table, language="en", facility="Reception Centre North")  # noqa: E731
    begin = time.perf_counter()
    draw()
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def in_a_process(what: str) -> dict[str, float]:
    """The same in a process of its own, so that neither helps or hinders the other."""
    output = subprocess.run(
        [sys.executable, "-m", "benchmarks.pdf_extract", "--once", what], capture_output=True, check=True, text=True
    ).stdout
    result: dict[str, float] = json.loads(output)
    return result


def libreoffice() -> float | None:
    """LibreOffice's seconds for the same rows as CSV; None where it is not installed."""
    from reports import extract

    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "rows.csv"
        with os.fdopen(os.open(source, os.O_CREAT | os.O_WRONLY, 0o600), "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(extract.texts(rows(), translator("en")))
        begin = time.perf_counter()
        subprocess.run(
            [program, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)],
            capture_output=True,
            check=True,
        )
        return time.perf_counter() - begin


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--once"]:
        print(json.dumps(once(sys.argv[2])))
        return
    rounds = [(in_a_process("floor"), in_a_process("extract")) for _ in range(ROUNDS)]  # by turns: load hits both
    bare, ours = ({key: median(run[which][key] for run in rounds) for key in rounds[0][which]} for which in (0, 1))
    ratio = median(extract["seconds"] / loop["seconds"] for loop, extract in rounds)
    print(f"register extract as PDF, {len(rows()):,} stays, medians of {ROUNDS}")
    print(f"  bare canvas loop  {bare['seconds']:6.2f} s   peak {bare['peak_mb']:4.0f} MB")
    print(f"  extract           {ours['seconds']:6.2f} s   peak {ours['peak_mb']:4.0f} MB")
    print(f"  ratio             {ratio:6.2f}     (at most 1.5)")
    beside = libreoffice()
    print("  LibreOffice       not installed" if beside is None else f"  LibreOffice       {beside:6.2f} s")


if __name__ == "__main__":
    main()
