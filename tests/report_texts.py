"""The texts that a paper for a partner may have: those, and no others, are translated into Danish.

`python -m tests.report_texts` gathers them into the Danish catalogue; what is new stands there without a translation.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from models.rules.presets import PRESETS
from models.rules.vocabulary import CandidateState, CheckKind, DepartureKind, Destination, NeedKind, ReportSection, Sex
from models.rules.wording import ADDRESSES, FIGURES, WORDS

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "models" / "locale" / "da" / "LC_MESSAGES" / "konak.po"
_REPORTS = ("monthly", "periods", "named_annex")
"""The modules that draw papers for a partner; what they import of the reports is theirs too."""
_NOT_DRAWN = {"enclosed", "verifying"}
_MODELS = ("rules/figure_lines", "rules/claim_lines", "rules/lengths", "rules/small_counts", "rules/disclosure",
           "rules/tallies", "exchange/figures", "text")  # fmt: skip
_VOCABULARIES = (DepartureKind, Destination, Sex, CheckKind, NeedKind, ReportSection)
_KEYWORDS = {
    "tr": None, "N_": None, "message": None, "plural": (1, 2), "counted": (1, 2), "pgettext": ((1, "c"), 2)
}  # fmt: skip
"""What marks a text; a refusal is no part of a paper."""

Text = tuple[str, str]
"""Its context, and its id."""


def gathered() -> dict[Text, str]:
    """Each text, with that for other counts than one; empty where it does not count."""
    found: dict[Text, str] = {}
    for file in (*_drawing(), *(ROOT / "models" / f"{name}.py" for name in _MODELS)):
        for _, said, _, context in extract_from_file("python", file, keywords=_KEYWORDS):
            one, many = said if isinstance(said, tuple) else (said, "")
            found[context or "", one] = many
    words = [*FIGURES.values(), *ADDRESSES.values(), *(word for each in _VOCABULARIES for word in WORDS[each].values())]
    presets = (
        getattr(preset.facts, name) for preset in PRESETS.values() for name in ("title", "partner", "legal_basis")
    )
    refusals = (
        reason.text
        for preset in PRESETS.values()
        for reason in preset.reasons
        if reason.outcome is CandidateState.REFUSED
    )
    for text in (*words, *presets, *refusals):
        context, _, one = text.rpartition("\x04")
        if one:
            found[context, one] = ""
    return found


def _drawing() -> Iterator[Path]:
    """The modules that draw, and those of the reports that they import."""
    seen: set[str] = set(_NOT_DRAWN)
    waiting = [*_REPORTS]
    while waiting:
        name = waiting.pop()
        file = ROOT / "reports" / f"{name}.py"
        if name in seen or not file.exists():
            continue
        seen.add(name)
        yield file
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "reports":
                waiting += [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reports."):
                waiting.append(str(node.module).removeprefix("reports."))


def gather() -> Catalog:
    """The catalogue as it is, with what is new and without what is no longer said."""
    with CATALOGUE.open("rb") as file:
        before = read_po(file, locale="da")
    now = Catalog()
    for (context, one), many in gathered().items():
        now.add((one, many) if many else one, context=context or None)
    before.update(now, no_fuzzy_matching=True, update_creation_date=False)
    before.obsolete.clear()
    return before


if __name__ == "__main__":
    made = gather()
    with CATALOGUE.open("wb") as file:
        write_po(file, made, width=100, sort_output=True)
