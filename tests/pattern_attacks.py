"""Texts made against the project's own regular expressions: what each repeats, repeated without an end.

    python -m tests.pattern_attacks [--length 20000] [--seconds 2]

Run by itself it prints the patterns that take more processor seconds for one text than allowed.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import pkgutil
import re
import signal
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice, product
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("extract", "graph", "commands")
CALLS = {"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
KILLERS = ("", "\x00", "\n", " A")
CATEGORIES = {
    kinds.CATEGORY_DIGIT: "1", kinds.CATEGORY_NOT_DIGIT: "a", kinds.CATEGORY_SPACE: " ",
    kinds.CATEGORY_NOT_SPACE: "a", kinds.CATEGORY_WORD: "a", kinds.CATEGORY_NOT_WORD: "-",
}  # fmt: skip
REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)
Pattern = re.Pattern[str] | re.Pattern[bytes]


def rooms() -> Iterator[ModuleType]:
    """All modules of the project."""
    for name in PACKAGES:
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            yield importlib.import_module(found.name)


def patterns() -> dict[str, Pattern]:
    """Every pattern that a module keeps, or writes in a call; by where it stands."""
    found: dict[str, Pattern] = {}
    for room in rooms():
        for name, value in vars(room).items():
            for number, one in enumerate(kept(value)):
                found[f"{room.__name__}.{name}.{number}"] = one
        for method, line, text in written(room):
            found[f"{room.__name__}.{method}.{line}"] = re.compile(text)
    return found


def kept(value: object) -> Iterator[Pattern]:
    """The patterns in a module's variable: alone, behind a method, or in a list, tuple or dict."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(owner := getattr(value, "__self__", None), re.Pattern):
        yield owner
    elif isinstance(value, dict):
        for each in value.values():
            yield from kept(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from kept(each)


def written(room: ModuleType) -> Iterator[tuple[str, int, str]]:
    """Patterns that stand as plain text in a call of the re module, with the call and its line."""
    tree = ast.parse(Path(str(room.__file__)).read_text("utf-8"))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in CALLS
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ):
            yield node.func.attr, node.lineno, node.args[0].value


def least(nodes: Iterable[Any]) -> str:
    """A short text that the parsed pattern matches, but for what stands around it."""
    out = ""
    for kind, value in nodes:
        if kind is kinds.LITERAL:
            out += chr(value)
        elif kind is kinds.NOT_LITERAL:
            out += "a" if value != ord("a") else "b"
        elif kind is kinds.ANY:
            out += "a"
        elif kind is kinds.IN:
            out += next(iter(members(value)))
        elif kind is kinds.BRANCH:
            out += least(value[1][0])
        elif kind is kinds.SUBPATTERN:
            out += least(value[-1])
        elif kind in REPEATS:
            out += least(value[2]) * max(value[0], 1)
        elif kind is kinds.ATOMIC_GROUP:
            out += least(value)
    return out


def members(values: list[Any]) -> Iterator[str]:
    """Some characters of a class."""
    if values[0][0] is kinds.NEGATE:
        taken = set("".join(members(values[1:])))
        yield from (char for char in "a A1-.,\n" if char not in taken)
        return
    for kind, value in values:
        if kind is kinds.LITERAL:
            yield chr(value)
        elif kind is kinds.RANGE:
            yield chr((value[0] + value[1]) // 2)
            yield chr(value[0])
        elif kind is kinds.CATEGORY:
            yield CATEGORIES[value]


def loops(nodes: Iterable[Any], before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each repetition: what leads to it, and texts that it repeats."""
    for kind, value in nodes:
        if kind in REPEATS:
            if value[1] is kinds.MAXREPEAT or value[1] > 50:
                yield before, [*dict.fromkeys([least(value[2]), *islice(variants(value[2]), 8)])]
            yield from loops(value[2], before)
        elif kind is kinds.SUBPATTERN:
            yield from loops(value[-1], before)
        elif kind is kinds.BRANCH:
            for branch in value[1]:
                yield from loops(branch, before)
        elif kind in (kinds.ASSERT, kinds.ASSERT_NOT):
            yield from loops(value[1], before)
        before += least([(kind, value)])


def variants(nodes: Any) -> Iterator[str]:
    """Other texts of one repetition: each branch, each kind of character."""
    nodes = list(nodes)
    for at, (kind, value) in enumerate(nodes):
        others: list[str] = []
        if kind is kinds.IN:
            others = list(members(value))
        elif kind is kinds.BRANCH:
            others = [least(branch) for branch in value[1]]
        elif kind is kinds.SUBPATTERN:
            others = list(variants(value[-1]))
        elif kind in REPEATS:
            others = [*variants(value[2]), least(value[2]) * 2]
        for other in others:
            yield least(nodes[:at]) + other + least(nodes[at + 1 :])


def attacks(pattern: Pattern, length: int) -> Iterator[str]:
    """Texts of about this length against a pattern."""
    tree = parser.parse(
        pattern.pattern, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    )
    whole = least(tree)
    units: dict[tuple[str, str], None] = {("", whole): None}
    found = list(loops(tree))
    for before, repeated in found:
        for unit in repeated:
            units[before, unit] = None
            units["", before + unit] = None
            units["", unit + " "] = None
        for one, other in islice(product(repeated, repeated), 20):
            units[before, one + other] = None
    for before, unit in units:
        if unit:
            text = unit * (length // len(unit) + 1)
            for killer in KILLERS:
                yield f"{before}{text[:length]}{killer}"


USES: dict[str, Callable[[Any, Any], Any]] = {
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "search": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
}


def called(name: str) -> set[str]:
    """How the project uses a pattern of that name; "search" stands for all methods that look further."""
    found = {name} if name in CALLS else methods().get(name, set(USES))
    return {method if method in ("match", "fullmatch") else "search" for method in found}


@lru_cache(maxsize=1)
def methods() -> dict[str, set[str]]:
    """For each name the methods of patterns that the project calls on it."""
    found: dict[str, set[str]] = {}
    for room in rooms():
        for node in ast.walk(ast.parse(Path(str(room.__file__)).read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in CALLS:
                owner = node.value
                name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                found.setdefault(name, set()).add(node.attr)
    return found


class Stalled(Exception):
    """A pattern took too long."""


def stall(*_: object) -> None:
    """The alarm."""
    raise Stalled


def slow(length: int, seconds: float) -> Iterator[tuple[str, str, str]]:
    """Where patterns stand that need more processor time for one text, with the pattern and the text."""
    signal.signal(signal.SIGVTALRM, stall)
    for where, pattern in sorted(patterns().items()):
        try:
            for text in attacks(pattern, length):
                data: Any = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
                signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
                for use in called(where.rsplit(".", 2)[-2] if "." in where else ""):
                    USES[use](pattern, data)
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        except Stalled:
            yield where, str(pattern.pattern), text[:60]


def main() -> None:
    """Print the slow patterns, and how many were tried."""
    options = argparse.ArgumentParser()
    options.add_argument("--length", type=int, default=20_000)
    options.add_argument("--seconds", type=float, default=2.0)
    given = options.parse_args()
    for where, pattern, text in slow(given.length, given.seconds):
        print(f"{where}\t{pattern!r}\t{text!r}", flush=True)
    print(f"tried {len(patterns())} patterns")


if __name__ == "__main__":
    main()
