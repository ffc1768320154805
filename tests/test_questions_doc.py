"""docs/QUESTIONS.md can't rot: its examples are run and compared, and every question has them in every form.

`python -m tests.test_questions_doc` writes what the commands print now.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest

from graph.embedded import open_graph
from tests.question_world import fill_world
from tests.test_docs import BLOCK, ROOT, agrees, blocks, examples, run

PAGE = ROOT / "docs" / "QUESTIONS.md"
QUESTIONS = ("path", "ties", "actor", "search", "top", "communities", "between", "diff")


def make_world(folder: Path) -> None:
    with open_graph(folder / "dyad.db") as graph:
        fill_world(graph)


def test_the_page_prints_what_it_shows(tmp_path: Path) -> None:
    make_world(tmp_path)
    wrong = [
        f"$ {e.command}\nshown:\n{e.shown}\nprinted:\n{printed}"
        for block in blocks(PAGE.read_text("utf-8"), "console")
        for e in examples(block)
        if not agrees(e.shown, printed := run(e.command, tmp_path))
    ]
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("form", ["", "--json", "--csv"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_an_example_of_every_form(question: str, form: str) -> None:
    commands = [e.command for b in blocks(PAGE.read_text("utf-8"), "console") for e in examples(b)]
    of_it = [c for c in commands if c.split()[:2] == ["dyad", question]]
    assert any((form in c) if form else not re.search("--json|--csv", c) for c in of_it)


def rewrite(folder: Path) -> None:
    """Put what the commands print now into the page."""
    make_world(folder)

    def fill(match: re.Match[str]) -> str:
        if match["kind"] != "console":
            return match[0]
        parts = [f"$ {e.command}\n{run(e.command, folder)}" for e in examples(match["body"])]
        assert "Traceback" not in "".join(parts)
        return f"```console\n{''.join(parts)}```"

    PAGE.write_text(BLOCK.sub(fill, PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        rewrite(Path(name))
