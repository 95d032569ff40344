"""The documents say what holds."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_rules_that_docstrings_cite_stand_in_the_documents(shared_data: Path) -> None:
    assert (ROOT / "docs/rules.md").read_text("utf-8") == (shared_data.parent / "rules.md").read_text("utf-8")


def test_every_file_that_contributing_names_for_a_rule_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rows = re.findall(r"^\| (?!rule |---)[^|]+\| ([^|]+) \|$", text, re.MULTILINE)
    named = [path for row in rows for path in re.findall(r"`([^`]+\.py)`", row)]
    assert len(named) > 40
    assert [path for path in named if not (ROOT / "models" / path).exists() and not (ROOT / path).exists()] == []
