"""How counts were hidden before: each column by itself, beside a total that is shown: what the adversary can."""

from collections.abc import Mapping, Sequence

from tests.disclosure.puzzle import WIDE, Name, Puzzle


def shown(counts: Sequence[int], k: int) -> list[tuple[int, int]]:
    """Between what each count of a column lies for whoever sees it: small ones "<k", then the next larger ones, too."""
    if sum(counts) < k:
        return [(0, WIDE)] * len(counts)
    small = [at for at, count in enumerate(counts) if 0 < count < k]
    spare = sorted((at for at, count in enumerate(counts) if count >= k), key=counts.__getitem__)
    large: list[int] = []
    while small and not _is_open([counts[at] for at in small], [counts[at] for at in large], k):
        if not spare:
            return [(0, WIDE) if count else (0, 0) for count in counts]
        large.append(spare.pop(0))
    return [
        (1, k - 1) if at in small else (k, WIDE) if at in large else (count, count) for at, count in enumerate(counts)
    ]


def _is_open(small: Sequence[int], large: Sequence[int], k: int) -> bool:
    total, others = sum(small) + sum(large), len(small) - 1
    lowest = 1 if large else max(1, total - others * (k - 1))
    return lowest < min(k - 1, total - others - len(large) * k)


def read(puzzle: Puzzle, truth: Mapping[Name, int], k: int) -> list[Name]:
    """Take what the reports of that time say; gives the counts that they show as "<k"."""
    columns: dict[tuple[object, ...], list[Name]] = {}
    for name, count in truth.items():
        if len(name) == 4 and name[0] in ("admitted", "departed", "end") and name[1] in ("nationality", "sex", "age"):
            columns.setdefault((name[0], name[1], name[3]), []).append(name)
        elif name[0] in ("start", "admitted", "departed", "end", "roll", "nights", "days") and len(name) < 4:
            puzzle.know(name, count, count)
    hidden: list[Name] = []
    for names in columns.values():
        for name, bounds in zip(names, shown([truth[name] for name in names], k), strict=True):
            puzzle.know(name, *bounds)
            hidden += [name] if bounds == (1, k - 1) else []
    return hidden
