"""SCOREBOARD.md: every run worth keeping, and what each phenomenon of the newest costs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HEAD = "# Scoreboard\n\nWritten by `dyad score`; one row a run and part, newest last.\n"
TITLES = (
    "date", "commit", "model", "part", "core", "found", "triple P", "triple R", "triple F1", "pair F1",
    "event F1", "role F1", "code", "status", "denied as fact", "attribution F1", "one name",
    "one actor", "ECE",
)  # fmt: skip
LEADS = "\n## Wire leads\n"
LEAD_TITLES = (
    "date", "commit", "model", "part", "pairs", "found", "pair R", "pair P", "coded R", "coded P", "code"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """One part (open, holdout, all, …) of one run, with its figures."""

    date: str
    commit: str
    model: str
    part: str
    figures: Mapping[str, Any]
    ece: float | None = None
    phenomena: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    confusion: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeadRun:
    """One part of the wire leads in one run, with its figures by their titles."""

    date: str
    commit: str
    model: str
    part: str
    figures: Mapping[str, float]


def write_scoreboard(path: Path, runs: Sequence[Run], leads: Sequence[LeadRun] = ()) -> None:
    """Add the runs to the tables of earlier ones, and replace the details by theirs."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    articles, _, rest = text.partition("\n## ")
    leading = f"\n## {rest}".partition(LEADS)[2].partition("\n## ")[0]
    blocks = [HEAD, *_table(TITLES, articles, map(_cells, runs))]
    told = _table(LEAD_TITLES, leading, map(_lead_cells, leads))
    if len(told) > 2:
        blocks += [LEADS, *told]
    blocks += [block for run in runs if run.phenomena for block in _details(run)]
    path.write_text("\n".join(blocks) + "\n", encoding="utf-8", newline="\n")


def _table(titles: Sequence[str], earlier: str, cells: Iterable[Sequence[object]]) -> list[str]:
    """The table with the rows that an earlier text holds, and the new ones."""
    rows = [line for line in earlier.splitlines() if re.match(r"\| \d{4}-", line)]
    rows += [row for row in map(_line, cells) if row not in rows]
    return [_line(titles), _line(["---"] * len(titles)), *rows]


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _cells(run: Run) -> list[object]:
    f = run.figures
    return [
        run.date, run.commit, run.model, run.part, f["core_gold"], f["found"],
        f["triple"]["p"], f["triple"]["r"], f["triple"]["f1"], f["dyad"]["f1"], f["events"]["f1"],
        f["roles"]["f1"], f["code_accuracy"], f["status_accuracy"], f["denied_as_fact"],
        f["attribution"]["f1"], f["one_name_per_actor"], f["one_actor_per_name"],
        "" if run.ece is None else run.ece,
    ]  # fmt: skip


def _lead_cells(run: LeadRun) -> list[object]:
    return [run.date, run.commit, run.model, run.part, *run.figures.values()]


def _details(run: Run) -> list[str]:
    recalls = [
        _line([name, int(c["core"]), c["recall"], c["pair_recall"]]) for name, c in run.phenomena.items()
    ]
    lines = [
        f"\n## {run.part}, {run.date} ({run.commit}): recall per phenomenon\n",
        _line(["phenomenon", "core triples", "triple recall", "pair recall"]),
        _line(["---"] * 4),
        *recalls,
    ]
    if run.confusion:
        lines += ["\nCodes confused:\n", _line(["gold", "found", "times"]), _line(["---"] * 3)]
        lines += [_line([gold, found, times]) for (gold, found), times in run.confusion.items()]
    return lines
