"""Who in the register may be the same person, as it leaves for the command line, through the one door."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from models.actions import papers
from models.exchange.door import Ready
from models.exchange.file_kinds import FileKind
from models.queries import duplicates
from models.queries.duplicates import Found, PairRow
from models.rules.likeness import LIKELY
from models.rules.papers import DUPLICATES
from models.text import counted, message, translator

if TYPE_CHECKING:
    from models.ids import ImportId
    from models.store.register import Register

_ENGLISH = translator("en")


def likely_same(
    register: "Register",
    kind: FileKind,
    *,
    import_id: "ImportId | None" = None,
    most: int = duplicates.MOST,
    progress: Callable[[int, int], None] | None = None,
) -> Ready:
    """The likely pairs of residents, ready to be let out.

    Args:
        register: The open register.
        kind: JSON; whatever else: a line for each pair.
        import_id: One of each pair must have come with this import.
        most: So many pairs at the most.
        progress: Is told how far it is.

    Raises:
        Refused: The role may not have it, which is entered in the trail; or there is no such import.
    """
    subject = "data:duplicates" if import_id is None else f"data:duplicates {import_id}"
    if register.person.role not in DUPLICATES.roles:
        # The action says no, and that it was asked for becomes an entry.
        register.perform(papers.saved, what=DUPLICATES, subject=subject, digest="")
    telling = {} if progress is None else {"progress": progress}
    with register.read() as snapshot:
        found = duplicates.find(snapshot, import_id=import_id, most=most, **telling)
        pairs = duplicates.rows(snapshot, pairs=found.pairs)
    said = _as_json(found, pairs) if kind is FileKind.JSON else _as_lines(found, pairs)
    return Ready(DUPLICATES, said.encode(), subject, DUPLICATES.id)


def _as_json(found: Found, pairs: tuple[PairRow, ...]) -> str:
    said = {
        "residents": found.compared,
        "threshold": LIKELY,
        "found": found.n,
        "more": found.is_more,
        "pairs": [
            {
                "numbers": [each.number for each in (pair.this, pair.other)],
                "names": [each.name for each in (pair.this, pair.other)],
                "births": [
                    None if each.facts.birth is None else str(each.facts.birth) for each in (pair.this, pair.other)
                ],
                "score": pair.score,
                "reasons": [_ENGLISH.render(reason) for reason in pair.reasons],
            }
            for pair in pairs
        ],
    }
    return f"{json.dumps(said, ensure_ascii=False, indent=2)}\n"


def _as_lines(found: Found, pairs: tuple[PairRow, ...]) -> str:
    lines = []
    for pair in pairs:
        who = [
            f"{each.number} {each.name} ({each.facts.birth or 'birth not known'})" for each in (pair.this, pair.other)
        ]
        reasons = " ".join(_ENGLISH.render(reason) for reason in pair.reasons)
        lines.append(f"{who[0]} and {who[1]}, {pair.score:g}: {reasons}")
    told = [
        counted("{n} resident was compared.", "{n} residents were compared.", found.compared),
        counted(
            "{n} pair may be one person. Somebody has to look: nothing is merged.",
            "{n} pairs may be one person each. Somebody has to look: nothing is merged.",
            found.n,
        ),
    ]
    if found.is_more:
        told.append(message("There are more pairs than {n}.", n=found.n))
    if found.n > len(pairs):
        told.append(message("The {n} likeliest are named.", n=len(pairs)))
    return "\n".join([*lines, *map(_ENGLISH.render, told)]) + "\n"
