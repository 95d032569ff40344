"""Who has the saved figures of all months of a programme, knows how counts are hidden, and reckons what they must be.

It reads the files with a reader of its own and knows of the program what its manual says: how the figures of a month
and of the months beside it belong together; and, by running the program, which files a guess would have made.
"""

import csv
import io
from collections import defaultdict
from decimal import Decimal

from tests.disclosure.puzzle import Name, Puzzle

PLAIN = {
    "On the roll at the start": "start", "Admitted": "admitted", "Departed": "departed",
    "On the roll at the end": "end", "Person-nights": "nights", "Person-days": "days",
    "Person-nights, at least one": "min_one",
    "Stays of one day": "same_day", "Counted for the claim": "counted", "Reviews held": "reviews_held",
    "Reviews late": "reviews_late", "Emergency arrivals": "emergencies",
}  # fmt: skip
TABLES = {
    **{f"{label}, by {how}": (what, how) for label, what in (("Admitted", "admitted"), ("Departed", "departed"),
       ("Present", "end")) for how in ("nationality", "sex", "age")},
    "Departed, by kind and destination": ("departed", "kind"),
    "Departed, by country": ("departed", "country"),
    "Length of stay of those present": ("end", "length"),
    "Length of stay of those departed": ("departed", "length"),
}  # fmt: skip
BANDS = ("0-5", "6-11", "12-17", "18-24", "25-39", "40-59", "60+", "unknown")

File = bytes
Keys = dict[str, list[str]]


def read(puzzle: Puzzle, file: File, month: int, keys: Keys) -> None:
    """Take what the file of a month says.

    Args:
        puzzle: What is known.
        file: The saved figures, as CSV in English.
        month: Its place among the months.
        keys: By which keys people are divided up: what does not stand in a table that is shown is 0.
    """
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, key, value in list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))[1:]:
        told[name].append((key, value))
    for label, count in PLAIN.items():
        for _, value in told[label]:
            puzzle.know((count, month), *_bounds(value))
    for night, (key, value) in enumerate(told["Presence by night"]):
        if key:
            puzzle.know(("roll", night, month), *_bounds(value))
    past = [value for _, value in told["Past the stay limit"]]
    puzzle.know(("past", month), *(_bounds(past[0]) if past else (0, 0)))
    puzzle.know(("past", month), bool(past))
    claimed = sum(int(key.split()[-3]) for key, _ in told["Cost claim"] if "×" in key)
    if claimed:
        puzzle.know(("claimed", month), claimed, claimed)
    places = {key: _bounds(value) for key, value in told["Places"]}
    puzzle.know(("held", month), *places["held"])
    if "left" in places and places["left"][0] == places["left"][1]:
        taken = places["limit"][0] - places["left"][0]
        puzzle.relate([(1, ("end", month)), (1, ("held", month))], taken, taken)
    for label, (what, how) in TABLES.items():
        _read_table(puzzle, dict(told[label]), (what, how), month, keys)


def _read_table(puzzle: Puzzle, told: dict[str, str], table: tuple[str, str], month: int, keys: Keys) -> None:
    if list(told) == [""]:
        return  # a sentence stands there
    what, how = table
    if how == "kind" and not any("/" in key for key in told):
        how = "kind_alone"
    for key in keys[how]:
        puzzle.know((what, how, key, month), *_bounds(told.get(key, "0")))


def _bounds(value: str) -> tuple[int, int]:
    if value.startswith("<"):
        return 1, int(value[1:]) - 1
    if value.endswith(" or more"):
        return int(value.split()[0]), 100_000
    try:
        return int(Decimal(value)), int(Decimal(value))
    except ArithmeticError:
        return 0, 100_000


def belong_together(puzzle: Puzzle, nights: list[int], keys: Keys, rule: str) -> None:
    """How the figures of a month belong together, and to those of the month after it.

    Args:
        puzzle: What is known.
        nights: The nights of each month.
        keys: By which keys people are divided up.
        rule: The counting rule of the agreement.
    """
    for month, many in enumerate(nights):
        _totals(puzzle, month, many, rule)
        for how in ("nationality", "sex", "age"):
            for what in ("start", "admitted", "departed", "end"):
                _adds_up(puzzle, what, how, month, keys)
            _moves(puzzle, how, month, keys)
        for how in ("kind", "country", "length"):
            _adds_up(puzzle, "departed", how, month, keys)
        _adds_up(puzzle, "end", "length", month, keys)
        for kind in keys["kind_alone"]:
            pairs: list[tuple[int, Name]] = [
                (1, ("departed", "kind", key, month)) for key in keys["kind"] if key.split(" / ")[0] == kind
            ]
            puzzle.relate([*pairs, (-1, ("departed", "kind_alone", kind, month))])
        if month:
            puzzle.relate([(1, ("start", month)), (-1, ("end", month - 1))])
            for how in ("nationality", "sex", "age"):
                for key in keys[how]:
                    puzzle.relate([(1, ("start", how, key, month)), (-1, ("end", how, key, month - 1))])
            # Who is still not in order was not in the month before, or has come since.
            terms = [(1, ("emergencies", month - 1)), (1, ("admitted", month)), (-1, ("emergencies", month))]
            puzzle.relate(terms, 0, _ANY)


_ANY = 100_000


def _totals(puzzle: Puzzle, month: int, nights: int, rule: str) -> None:
    def at(name: str) -> Name:
        return name, month

    def at_most(less: str, *more: str) -> None:
        puzzle.relate([*((1, at(each)) for each in more), (-1, at(less))], 0, _ANY)

    puzzle.relate([(1, at("start")), (1, at("admitted")), (-1, at("departed")), (-1, at("end"))])
    roll: list[Name] = [("roll", night, month) for night in range(nights)]
    puzzle.relate([*((1, each) for each in roll), (-1, at("nights"))])
    puzzle.relate([(1, roll[-1]), (-1, at("end"))])
    # A night has as many more people as were admitted on its day, less who departed.
    before: Name = ("start", month)
    for night, each in enumerate(roll):
        moves = [(1, ("came", night, month)), (-1, ("went", night, month))]
        puzzle.relate([(1, before), *moves, (-1, each)])
        before = each
    for total, by_day in (("admitted", "came"), ("departed", "went")):
        puzzle.relate([*((1, (by_day, night, month)) for night in range(nights)), (-1, at(total))])
    for less, *more in (("same_day", "admitted"), ("same_day", "departed"), ("past", "end"), ("again", "departed"),
                        ("again", "admitted"), ("emergencies", "start", "admitted")):  # fmt: skip
        at_most(less, *more)
    puzzle.relate([(1, at("nights")), (1, at("departed")), (-1, at("again")), (-1, at("days"))])
    puzzle.relate([(1, at("nights")), (1, at("same_day")), (-1, at("min_one"))])
    at_most("admitted", "min_one")  # each stay that begins counts in it once at least
    counted = {"nights": "nights", "days": "days", "nights_min_one": "min_one"}[rule]
    puzzle.relate([(1, at(counted)), (-1, at("counted"))])
    puzzle.relate([(1, at("claimed")), (1, at("unrated")), (-1, at("counted"))])
    # Who has been there for seven nights at the most has come since the eighth night from the end.
    young = ("end", "length", "0–7", month)
    puzzle.relate([(1, young), (1, ("roll", nights - 8, month)), (-1, at("end"))], 0, _ANY)


def _adds_up(puzzle: Puzzle, what: str, how: str, month: int, keys: Keys) -> None:
    puzzle.relate([*((1, (what, how, key, month)) for key in keys[how]), (-1, (what, month))])


def _moves(puzzle: Puzzle, how: str, month: int, keys: Keys) -> None:
    """Each group balances as the whole does; of age, who has a birthday goes over to the next group."""
    before: Name | None = None
    for key in keys[how]:
        signs = (("start", 1), ("admitted", 1), ("departed", -1), ("end", -1))
        terms: list[tuple[int, Name]] = [(sign, (what, how, key, month)) for what, sign in signs]
        if how == "age":
            after: Name = ("birthdays", key, month)
            puzzle.know(after, 0, 0 if key in ("60+", "unknown") else _ANY)
            terms += [(-1, after), *([(1, before)] if before is not None and key != "unknown" else [])]
            before = after
        puzzle.relate(terms)
