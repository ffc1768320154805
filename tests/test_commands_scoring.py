"""dyad score: the figures of the seeds, by part, with errors, wire leads and the scoreboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
GOLD = SEEDS / "gold.jsonl"
LEAD = {
    "id": "w1",
    "text": "France sanctioned Syria on Monday.",
    "event": "SANCTION",
    "pairs": [["France", "Syria"]],
}


def dyad(*args: str | Path) -> Result:
    result = CliRunner().invoke(cli.app, [str(a) for a in args], prog_name="dyad")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The triples of the seeds as dyad extract prints them."""
    file = tmp_path_factory.mktemp("found") / "found.jsonl"
    result = dyad("extract", SEEDS)
    assert result.exit_code == 0
    file.write_text(result.stdout, encoding="utf-8")
    return file


@pytest.fixture
def holdout(tmp_path: Path) -> Path:
    """Half of the gold articles' ids."""
    file = tmp_path / "holdout.txt"
    ids = [json.loads(line)["id"] for line in GOLD.read_text("utf-8").splitlines()]
    file.write_text("\n".join(ids[::2]) + "\n")
    return file


def figures(*args: str | Path) -> dict[str, dict[str, object]]:
    result = dyad("score", GOLD, *args, "--json")
    assert result.exit_code == 0, result.output
    parts: dict[str, dict[str, object]] = json.loads(result.stdout)["articles"]
    return parts


def test_found_triples_and_fresh_ones_score_the_same(found: Path) -> None:
    assert figures("--found", found) == figures()


def test_parts_add_up(found: Path, holdout: Path) -> None:
    parts = figures("--found", found, "--holdout", holdout)
    assert set(parts) == {"all", "open", "holdout"}
    for key in ("core_gold", "found"):
        assert parts["all"][key] == parts["open"][key] + parts["holdout"][key]  # type: ignore[operator]


def test_reliability_counts_every_found_triple(found: Path) -> None:
    part = figures("--found", found)["all"]
    rows: list[dict[str, int]] = part["reliability"]  # type: ignore[assignment]
    assert sum(row["triples"] for row in rows) == part["found"]


def test_the_table_names_phenomena_codes_and_errors(found: Path) -> None:
    out = dyad("score", GOLD, "--found", found, "--errors", "2").stdout
    for word in (
        "triples F1",
        "phenomenon (all)",
        "both ends named",
        "expected calibration error",
        "gold code",
    ):
        assert word in out
    assert out.count("missed in ") == out.count("wrong in ") == 2


def test_errors_of_the_holdout_are_not_shown(found: Path, holdout: Path) -> None:
    out = dyad("score", GOLD, "--found", found, "--holdout", holdout, "--errors", "1000").stdout
    held = set(holdout.read_text().split())
    named = {
        line.split(" in ", 1)[1].split(": ")[0]
        for line in out.splitlines()
        if line.startswith(("missed", "wrong"))
    }
    assert named and not {article for article in named if article in held}


def test_the_scoreboard_keeps_every_part(found: Path, holdout: Path, tmp_path: Path) -> None:
    board = tmp_path / "SCOREBOARD.md"
    result = dyad("score", GOLD, "--found", found, "--holdout", holdout, "--scoreboard", board)
    assert f"added 3 rows to {board}" in result.stderr
    text = board.read_text("utf-8")
    assert all(f"| {part} |" in text for part in ("all", "open", "holdout")) and "phenomenon" in text


def test_wire_leads(tmp_path: Path) -> None:
    leads = tmp_path / "leads.jsonl"
    leads.write_text(json.dumps(LEAD) + "\n")
    result = json.loads(dyad("score", "--plover", leads, "--json").stdout)
    assert result["leads"]["all"]["coded_recall"] == 1.0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{broken\n", "found.jsonl:1: not a triple"),
        ("\n[1]\n", "found.jsonl:2: "),
        ('{"article": "a"}\n', ":1: "),
    ],
)
def test_wrong_triples_are_named_by_line(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "found.jsonl"
    file.write_text(text)
    result = dyad("score", GOLD, "--found", file)
    assert result.exit_code == 5 and says in result.stderr and result.stderr.count("\n") == 1
