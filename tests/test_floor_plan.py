"""Who may import whom, who may print, and that no import runs in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ("extract", "graph", "commands", "cli.py")
OURS = {"extract", "graph", "commands", "cli", "servers", "tests"}
READING = ("extract.documents", "extract.plain_text", "extract.records", "extract.intake")
# The longest path that fits a file says which of our modules it may import.
PLAN: dict[str, set[str]] = {
    "extract": {"extract"},
    "extract/model.py": set(),
    "extract/errors.py": set(),
    "extract/readers.py": {
        "extract.model",
        "extract.errors",
        "extract.intake",
        "extract.plain_text",
        "extract.records",
        "extract.documents",
        "extract.parquet",
    },
    "extract/parquet.py": {"extract.model", "extract.errors", "extract.intake", "extract.records"},
    "extract/intake.py": {"extract.model", "extract.errors"},
    "extract/plain_text.py": {"extract.model", "extract.errors", "extract.intake"},
    "extract/records.py": {"extract.model", "extract.errors", "extract.intake"},
    "extract/documents.py": {"extract.model", "extract.errors", "extract.intake", "extract.apart"},
    "extract/apart.py": {"extract.errors"},
    "graph": {"graph", "extract.model", "extract.errors"},
    "graph/model.py": {"extract.model"},
    "commands": {"commands", "extract", "graph"},
    "commands/screen.py": set(),
    "cli.py": {"commands", "extract.errors"},
}
# Libraries that only these rooms may import, so that the rest works and starts without them.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "typer": ("cli.py", "commands"),
    "rich": ("commands",),
    "spacy": ("extract",),
    "networkx": ("graph",),
    "neo4j": ("graph", "commands"),
    "pyarrow": ("extract/parquet.py",),
    "distributed": ("extract/cluster.py",),
}


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module a file imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, allowed: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


def fits(path: str, room: str) -> bool:
    return path == room or path.startswith(f"{room}/")


def files(root: Path) -> Iterator[tuple[str, ast.Module]]:
    for room in HOUSE:
        for file in sorted([root / room] if room.endswith(".py") else (root / room).rglob("*.py")):
            yield file.relative_to(root).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def wrong_imports(root: Path) -> list[str]:
    """Imports that the plan forbids."""
    found = []
    for path, tree in files(root):
        allowed = PLAN[max((room for room in PLAN if fits(path, room)), key=len)]
        for name in imports(tree):
            top = name.partition(".")[0]
            strange = top in OURS and not within(name, allowed)
            heavy = top in LIBRARIES and not any(fits(path, room) for room in LIBRARIES[top])
            if strange or heavy:
                found.append(f"{path} imports {name}")
    return found


def test_imports_only_point_up() -> None:
    assert wrong_imports(ROOT) == []


@pytest.mark.parametrize(
    ("path", "line", "wrong"),
    [
        ("extract/readers.py", "from graph.store import Filter", True),
        ("extract/relations.py", "def f():\n    import graph.model", True),
        ("extract/model.py", "from extract.errors import DyadError", True),
        ("graph/belief.py", "from extract.pipeline import make_extractor", True),
        ("graph/belief.py", "import commands.screen", True),
        ("graph/belief.py", "from extract.model import Triple", False),
        ("graph/belief.py", "import typer", True),
        ("extract/nlp.py", "import spacy", False),
        ("commands/screen.py", "import spacy", True),
        ("commands/asking.py", "from graph import questions", False),
        ("cli.py", "from graph.embedded import open_graph", True),
    ],
)
def test_a_wrong_import_is_seen(tmp_path: Path, path: str, line: str, wrong: bool) -> None:
    for room in HOUSE:
        if not room.endswith(".py"):
            (tmp_path / room).mkdir()
    (tmp_path / "cli.py").touch()
    (tmp_path / path).write_text(line)
    assert bool(wrong_imports(tmp_path)) == wrong


def test_a_relative_import_is_seen() -> None:
    with pytest.raises(AssertionError, match="absolute"):
        list(imports(ast.parse("from . import model")))


def test_imports_run_in_no_circle() -> None:
    trees = dict(files(ROOT))
    known = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in trees}
    needs = {
        name: {other for found in imports(trees[path]) for other in (found, found.rpartition(".")[0])
               if other in known and other != name}
        for name, path in known.items()
    }  # fmt: skip
    order = tuple(TopologicalSorter(needs).static_order())
    assert set(order) == set(known)


def test_only_the_command_rooms_print_or_read_the_environment() -> None:
    loud = []
    for path, tree in files(ROOT):
        if fits(path, "commands") or path == "cli.py":
            continue
        for node in ast.walk(tree):
            called = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            )
            read = isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "stdout", "stderr"}
            if called or read:
                loud.append(f"{path}:{node.lineno}")
    assert loud == []
