"""Mutants: one thing of `models` is changed at a time, in a copy of the tree, and its tests have to see it.

`make mutants` tries all (for a night), `MUTANTS=300 SEED=7 ONLY="models/rules models/store/keys.py" make mutants` some.
cosmic-ray changes the source. Left out is what every import sees (`|` in an annotation), what mypy never lets pass
(`>>` for `+`, a write to what is frozen), what nobody runs (the body of a protocol) and what only memory notices
(`slots`, what a cache keeps); added is how guards are lost: a call left out, `in` turned round, a comprehension without
its condition.
"""

import ast
import difflib
import importlib
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parent.parent
GROUPS = ("models/rules", "models/store", "models/actions")
UNSEEN = re.compile(r" *@(dataclass\(|lru_cache\(|cache$)")
"""What a dataclass is made of, and what is kept to be quick: nothing that a caller could tell."""
SETTINGS: dict[str, Any] = tomllib.loads((ROOT / "tests/mutants.toml").read_text(encoding="utf-8"))


class LeftOut:
    """An operator as those of cosmic-ray, for what it has none."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if self._instead(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, _index: int) -> Any:
        made = get_ast(self._instead(node)).children[0]
        made.get_first_leaf().prefix = node.get_first_leaf().prefix
        return made

    def _instead(self, node: Any) -> str:
        code = node.get_code(include_prefix=False)
        if node.parent is not None and node.parent.type == "comp_if" and node is node.parent.children[1]:
            return "True"
        if node.type == "comparison" and node.children[1].get_code().strip() in ("in", "not in"):
            return f"(not ({code}))"
        alone = node.type == "atom_expr" and node.parent.type == "simple_stmt" and code.endswith(")")
        return "pass" if alone else ""


class Mutant(NamedTuple):
    path: str
    line: int
    operator: Any
    occurrence: int


def mutants_of(path: str) -> Iterator[Mutant]:
    source = Path(path).read_text(encoding="utf-8")
    parts = list(ast.walk(ast.parse(source)))
    hints = [getattr(part, "annotation", None) or getattr(part, "returns", None) for part in parts]
    spans = [((h.lineno, h.col_offset), (h.end_lineno, h.end_col_offset)) for h in hints if isinstance(h, ast.expr)]
    unseen = {at for at, line in enumerate(source.splitlines(), 1) if UNSEEN.match(line)}
    for part in parts:
        if isinstance(part, ast.ClassDef) and "Protocol" in map(ast.unparse, part.bases):
            unseen.update(range(part.lineno, (part.end_lineno or part.lineno) + 1))
    operators = re.compile("|".join(SETTINGS["operators"]))
    nodes = list(ast_nodes(get_ast(source)))
    for operator in (LeftOut(), *(get_operator(name)() for name in operator_names() if operators.fullmatch(name))):
        places = (place for node in nodes for place, _end in operator.mutation_positions(node))
        for occurrence, place in enumerate(places):
            if place[0] not in unseen and not any(start <= place < end for start, end in spans):
                yield Mutant(path, place[0], operator, occurrence)


def tests_of(path: str) -> tuple[str, ...]:
    """The test files that concern a module, in the order in which they are tried."""
    _models, folder, name = path.removesuffix(".py").split("/")
    named = SETTINGS[folder]
    others = f"{named.get(name, named[''])} {named['*']}".split()
    files = [f"tests/{test}.py" for test in (f"{folder}/test_{name}", *others)]
    return tuple(file for file in dict.fromkeys(files) if Path(file).exists())


def growing(source: str, names: set[str]) -> set[str]:
    """Names, and those of the functions of a source in which one of them stands, and so on."""
    functions = [part for part in ast.walk(ast.parse(source)) if isinstance(part, ast.FunctionDef)]
    said = {
        each.name: {getattr(part, "attr", getattr(part, "id", "")) for part in ast.walk(each)} for each in functions
    }
    while more := {name for name, within in said.items() if within & names} - names:
        names = names | more
    return names


def quick_tests_of(mutant: Mutant) -> Iterator[tuple[str, ...]]:
    """Of each long test file those tests that name the function which was changed, or what leads to it."""
    source = Path(mutant.path).read_text(encoding="utf-8")
    tree, names = ast.parse(source), set[str]()
    for part in ast.walk(tree):
        if isinstance(part, ast.FunctionDef) and part.lineno <= mutant.line <= (part.end_lineno or 0):
            names.add(part.name)
    for constant in tree.body:
        if isinstance(constant, ast.Assign) and constant.lineno <= mutant.line <= (constant.end_lineno or 0):
            names.update(each.id for each in ast.walk(constant) if isinstance(each, ast.Name))
    names = growing(source, names)
    for file in tests_of(mutant.path) if Path(mutant.path).parent.name in SETTINGS["long"] else ():
        found = growing(Path(file).read_text(encoding="utf-8"), names) - names
        if tests := tuple(f"{file}::{name}" for name in sorted(found) if name.startswith("test_")):
            yield tests


def outcome(tests: tuple[str, ...], limit: float) -> str:
    """Whether they all `passed` within so many seconds, one `failed`, or the time ran out: `stopped`."""
    child = os.fork()
    if child == 0:
        os.setsid()
        signal.alarm(int(limit))
        with Path("mutants.log").open("wb") as said:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
        os._exit(int(importlib.import_module("pytest").main([*SETTINGS["pytest"], *tests])))
    _pid, status = os.waitpid(child, 0)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # what a test had started
    shutil.rmtree(".hypothesis", ignore_errors=True)
    return {0: "passed", signal.SIGALRM: "stopped"}.get(status, "failed")


def changed(mutant: Mutant) -> str:
    """The source with it, empty where that is none: `*` is not always a product."""
    with suppress(SyntaxError):
        text: str = mutate_code(Path(mutant.path).read_text(encoding="utf-8"), mutant.operator, mutant.occurrence)
        return text if ast.parse(text) else ""
    return ""


def seconds(tests: tuple[str, ...], known: dict[tuple[str, ...], float]) -> float:
    """How long some tests take; that they pass while nothing is changed is tried once."""
    if tests not in known:
        sys.dont_write_bytecode, begun = False, time.monotonic()
        if outcome(tests, 1800) != "passed":
            sys.exit(f"{' '.join(tests)} must pass before anything is changed:\n{Path('mutants.log').read_text()}")
        known[tests] = time.monotonic() - begun
    return known[tests]


def tried(mutant: Mutant, known: dict[tuple[str, ...], float]) -> str:
    """The outcome with it of the tests of its file, of the first that do not pass; most are seen by the quick ones."""
    path, mutated = Path(mutant.path), changed(mutant)
    source, as_it_was = path.read_text(encoding="utf-8"), path.stat()
    for tests in (*quick_tests_of(mutant), *((file,) for file in tests_of(mutant.path))):
        limit = 30 + 4 * seconds(tests, known)
        sys.dont_write_bytecode = True
        path.write_text(mutated, encoding="utf-8")
        found = outcome(tests, limit)
        path.write_text(source, encoding="utf-8")
        os.utime(path, ns=(as_it_was.st_atime_ns, as_it_was.st_mtime_ns))  # what was compiled of it goes on to hold
        if found != "passed":
            return found
    before, after = source.splitlines(), mutated.splitlines()
    diff = difflib.unified_diff(before, after, f"{mutant.path}:{mutant.line}", "changed", lineterm="", n=1)
    print("", *diff, sep="\n", flush=True)
    return "passed"


def main() -> None:
    names = map(Path, os.environ.get("ONLY", "").split() or GROUPS)
    files = sorted({str(file) for name in names for file in ([name] if name.is_file() else name.glob("*.py"))})
    every = [mutant for file in files for mutant in mutants_of(file)]
    seed, size = int(os.environ.get("SEED", "1")), int(os.environ.get("MUTANTS", "0")) or len(every)
    random.Random(seed).shuffle(every)
    chosen = sorted(islice(filter(changed, every), size), key=lambda one: one[:2])
    print(f"{len(chosen)} of about {len(every)} mutants, seed {seed}", flush=True)
    known: dict[tuple[str, ...], float] = {}
    outcomes = [(mutant.path, tried(mutant, known)) for mutant in chosen]
    for group in [*GROUPS, *dict(outcomes)]:
        if found := [each for path, each in outcomes if path.startswith(group)]:
            killed, stopped = len(found) - found.count("passed"), found.count("stopped")
            print(f"{group}: {killed} of {len(found)} killed, {killed / len(found):.1%}; {stopped} by the time alone")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="konak-mutants-") as tree:
        unneeded = shutil.ignore_patterns(".git", ".venv", "build", "__pycache__", ".*_cache")
        shutil.copytree(ROOT, tree, ignore=unneeded, dirs_exist_ok=True)
        sys.path[0] = os.environ["PYTHONPATH"] = tree
        os.chdir(tree)
        for library in SETTINGS["loaded"]:
            importlib.import_module(library)
        main()
