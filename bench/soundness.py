"""What checking and repairing a graph file costs: python -m bench.soundness [ARTICLES...]

Articles of five sentences by chance names, all quoted right. One line of JSON a size: file MB, seconds,
processor seconds and peak MB of `dyad check`, and of `dyad check --repair` after a page was zeroed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import replace
from pathlib import Path

from bench.frame import ROOT, Spent, run, work_folder
from bench.identity import names, pick, triple
from extract.model import Article, Triple
from graph.embedded import open_graph
from graph.repair import drop

SENTENCES = 5


def make_graph(file: Path, articles: int) -> None:
    """A fresh graph file with its actors and edges computed."""
    drop(file)
    dice = random.Random(1)
    people = names(random.Random(1), articles)
    with open_graph(file) as graph:
        for number in range(articles):
            article, triples = make_article(f"a{number:07}", people, dice)
            graph.write(article, triples, "bench")
        graph.refresh()


def make_article(key: str, people: list[str], dice: random.Random) -> tuple[Article, list[Triple]]:
    """An article whose sentences are what its triples quote."""
    found, text = [], ""
    for number in range(SENTENCES):
        one, two = pick(people, dice), pick(people, dice)
        told = triple(key, number, one, two, dice)
        start = len(text)
        text += f"{told.sentence} "
        at = start + len(f"{one} met ")
        if one != two:
            found.append(
                replace(
                    told,
                    start=start,
                    end=start + len(told.sentence),
                    source_start=start,
                    source_end=start + len(one),
                    target_start=at,
                    target_end=at + len(two),
                )
            )
    return Article(key, text + " ".join(f"{key}w{i}" for i in range(200))), found


def tear(file: Path) -> None:
    """Zero a page in the middle."""
    with file.open("rb+") as opened:
        opened.seek(file.stat().st_size // 8192 * 4096)
        opened.write(bytes(4096))


def figures(name: str, spent: Spent) -> dict[str, object]:
    """What a command took, and the last it said."""
    last = spent.said.strip().splitlines()[-1]
    return {f"{name}_s": round(spent.wall, 1), f"{name}_cpu_s": round(spent.cpu, 1),
            f"{name}_peak_mb": round(spent.peak), f"{name}_said": last}  # fmt: skip


def measure(articles: int) -> dict[str, object]:
    """One size."""
    file = work_folder() / f"soundness-{articles}.db"
    make_graph(file, articles)
    command: list[str | Path] = [sys.executable, ROOT / "cli.py", "check", "--graph", file]
    found: dict[str, object] = {"articles": articles, "mb": round(file.stat().st_size / 1e6)}
    found |= figures("check", run(command))
    tear(file)
    found |= figures("repair", run([*command, "--repair"]))
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink()
    return found


def main() -> None:
    """Read the sizes and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="*", default=[5_000, 20_000])
    for articles in parser.parse_args().articles:
        print(json.dumps(measure(articles)), flush=True)


if __name__ == "__main__":
    main()
