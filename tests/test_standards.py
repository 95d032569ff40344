"""docs/standards.md answers each line of the standards, and names tests that are there."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
_HEAD = ["nr", "entered where", "seen where", "printed on", "tested by"]
_ARRIVAL = [f"A{number}" for number in range(1, 12)]


def _rows() -> list[list[str]]:
    lines = (ROOT / "docs" / "standards.md").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]


def test_every_line_is_answered_once_and_no_cell_is_empty() -> None:
    head, rule, *rows = _rows()
    assert head == _HEAD
    assert all(set(cell) == {"-"} for cell in rule)
    numbers = [row[0] for row in rows]
    assert [number for number in numbers if number.startswith("A")] == _ARRIVAL
    assert len(numbers) == len(set(numbers))
    assert "B9" in numbers
    assert [row for row in rows if len(row) != len(_HEAD) or not all(row)] == []


def test_the_tests_that_are_named_are_there_and_test_something() -> None:
    for row in _rows()[2:]:
        for name in row[-1].split(","):
            assert "def test_" in (ROOT / name.strip()).read_text(encoding="utf-8"), (row[0], name)
