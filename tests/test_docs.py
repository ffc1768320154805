"""The README can't rot: its commands run in order and print what it shows, and every command has help.

A fenced `console` block holds commands after "$ " and what they print (both streams); a line of "…" stands
for any lines, and seconds are not compared. `python tests/test_docs.py` writes what the commands print now.
"""

from __future__ import annotations

import ast
import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
HINT = "If the new output is right: make docs\n"
ROOMS = ("extract", "graph", "graph/exports", "commands")
PLAN = re.compile(r"(?<=<!-- rooms -->\n).*?(?=<!-- end of rooms -->)", re.S)
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.M | re.S)
SECONDS = re.compile(r"\b\d+\.\d s\b")


@dataclass(frozen=True)
class Example:
    """A command of the README with what it is said to print."""

    command: str
    shown: str


def blocks(text: str, kind: str) -> Iterator[str]:
    return (m["body"] for m in BLOCK.finditer(text) if m["kind"] == kind)


def examples(block: str) -> Iterator[Example]:
    """The commands of one console block."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, shown = part.partition("\n")
        yield Example(command, shown)


def run(command: str, folder: Path) -> str:
    """What the command prints, both streams, in a folder that has seeds/."""
    if not (folder / "seeds").exists():
        (folder / "seeds").symlink_to(ROOT / "seeds")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DYAD", "NEO4J", "NO_COLOR"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env={**kept, "PATH": path, "COLUMNS": "80"},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, check=False,
    )  # fmt: skip
    return done.stdout.decode()


def agrees(shown: str, printed: str) -> bool:
    """Whether the output is the shown one, an ellipsis standing for any lines."""
    parts = SECONDS.sub("S", shown).split("…\n")
    pattern = "(?:.*\n)*?".join(map(re.escape, parts))
    return re.fullmatch(pattern, SECONDS.sub("S", printed)) is not None


def commands() -> dict[str, Any]:
    from cli import app

    return dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_the_readme_prints_what_it_shows(tmp_path: Path) -> None:
    found = [e for block in blocks(README.read_text("utf-8"), "console") for e in examples(block)]
    assert len(found) >= 10
    for example in found:
        printed = run(example.command, tmp_path)
        if not agrees(example.shown, printed):
            pytest.fail(f"{HINT}$ {example.command}\nshown:\n{example.shown}\nprinted:\n{printed}")


def test_the_readme_s_python_is_right(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python examples run on the graph of the seeds, as doctests."""
    shutil.copy(seeds, tmp_path / "dyad.db")
    text = README.read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    source = "\n".join(blocks(text, "pycon"))
    test = doctest.DocTestParser().get_doctest(source, {}, "README", "README.md", 0)
    assert len(test.examples) >= 3
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test)
    assert result.failed == 0


@pytest.mark.parametrize(
    ("shown", "printed", "right"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n…\nb\n", "a\nx\ny\nb\n", True),
        ("a\n…\nb\n", "a\nb\n", True),
        ("found 3 in 1.2 s\n", "found 3 in 9.9 s\n", True),
        ("found 3 in 1.2 s\n", "found 4 in 1.2 s\n", False),
        ("a\n…\nb\n", "a\nx\n", False),
        ("a (b)\n", "a b\n", False),
    ],
)
def test_a_wrong_output_is_seen(shown: str, printed: str, right: bool) -> None:
    assert agrees(shown, printed) == right


def test_every_command_and_option_has_help() -> None:
    bare = [
        f"{name} {param.name}"
        for name, command in commands().items()
        for param in command.params
        if not getattr(param, "help", None)
    ]
    assert bare == []
    assert [name for name, command in commands().items() if not command.help] == []


def test_no_summary_is_cut_short() -> None:
    listed = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "--help"], capture_output=True, text=True,
        env={**os.environ, "COLUMNS": "80"}, check=True,
    ).stdout  # fmt: skip
    assert not re.search(r"\w\.\.\.$", listed, re.M)
    assert all(re.search(rf"^  {name}\s+\S", listed, re.M) for name in commands())


def test_the_readme_tells_of_every_command() -> None:
    text = README.read_text("utf-8")
    assert [name for name in commands() if f"dyad {name}" not in text] == []


def rooms() -> str:
    """Every file of the packages with the first line of its docstring."""
    lines = []
    for room in ROOMS:
        lines += [f"\n**`{room}/`** {first_line(ROOT / room / '__init__.py')}\n"]
        files = sorted(f for f in (ROOT / room).glob("*.py") if f.name != "__init__.py")
        lines += [f"- `{file.name}` {first_line(file)}" for file in files]
    return "\n".join(lines) + "\n\n"


def first_line(file: Path) -> str:
    doc = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return doc.partition("\n")[0]


def test_the_floor_plan_names_every_room() -> None:
    found = PLAN.search(CONTRIBUTING.read_text("utf-8"))
    assert found and found[0] == rooms(), HINT
    assert all(first_line(f) for room in ROOMS for f in (ROOT / room).glob("*.py"))


def abridge(printed: str, shown: str) -> str:
    """What is printed now, cut where the shown output is: as many lines before and after its ellipsis."""
    if "…\n" not in shown:
        return printed
    before, after = (part.count("\n") for part in shown.split("…\n", 1))
    lines = printed.splitlines(keepends=True)
    return "".join([*lines[:before], "…\n", *lines[len(lines) - after :]])


def rewrite(folder: Path) -> None:
    """Put what the commands print now into the README, where it differs from what is shown."""

    def fill(match: re.Match[str]) -> str:
        if match["kind"] != "console":
            return match[0]
        parts = []
        for e in examples(match["body"]):
            printed = run(e.command, folder)
            now = e.shown if agrees(e.shown, printed) else abridge(printed, e.shown)
            parts.append(f"$ {e.command}\n{now}")
        return f"```console\n{''.join(parts)}```"

    README.write_text(BLOCK.sub(fill, README.read_text("utf-8")), "utf-8")
    CONTRIBUTING.write_text(PLAN.sub(lambda _: rooms(), CONTRIBUTING.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        rewrite(Path(name))
