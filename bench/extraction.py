"""Extraction beside the model alone, on reports full of claims: one process, one run, processor time.

    python -m bench.extraction [REPORTS.jsonl…]     these reports instead of seeds/ and bench/lessons/

The model alone is `nlp.pipe` of the same pipeline as spaCy loads it. Rounds of the two alternate, and the
fastest of each counts, since other work on the machine only ever adds.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.frame import FULL, ROOT, Row, Size, compare, python, spend
from bench.table import show_row

ROUNDS = 3


def reports() -> list[Path]:
    """The annotated reports of this project."""
    lessons = sorted((ROOT / "bench" / "lessons").glob("*.jsonl"))
    return [ROOT / "seeds" / "gold.jsonl", *(file for file in lessons if file.stem != "leads")]


def take_turns(files: Sequence[Path], rounds: int) -> dict[str, float]:
    """Seconds of processor time of the model alone, of our parse and of the whole, with the counts."""
    import spacy

    from extract import nlp
    from extract.model import Article
    from extract.pipeline import DEFAULT_MODEL, RulesExtractor
    from extract.score import load_gold

    gold = [article for file in files for article in load_gold(file)]
    articles = [Article(g.id, g.text, g.title, g.published) for g in gold]
    bare, extractor = spacy.load(DEFAULT_MODEL), RulesExtractor()
    seconds: dict[str, list[float]] = {"model": [], "parse": [], "whole": []}
    counts = {"articles": len(articles), "tokens": 0, "triples": 0}

    def read_bare() -> None:
        counts["tokens"] = sum(map(len, bare.pipe([article.text for article in articles])))

    def parse() -> None:
        for _ in nlp.parse(nlp.load(DEFAULT_MODEL), iter(articles)):
            pass

    def extract() -> None:
        counts["triples"] = sum(len(found) for _, found in extractor.extract(iter(articles)))

    for number in range(rounds + 1):
        for name, work in (("model", read_bare), ("parse", parse), ("whole", extract)):
            spent = spend(work)
            if number:
                seconds[name].append(spent.cpu)
    return {name: min(found) for name, found in seconds.items()} | counts


def measure(size: Size, files: Sequence[Path] = ()) -> Iterator[Row]:
    """The whole beside the model alone, and beside the same model as we run it."""
    chosen = [str(file) for file in files or reports()]
    said = python("-m", "bench.extraction", "--turns", str(min(size.repeats, ROUNDS)), *chosen).said
    found = json.loads(said.splitlines()[-1])
    about = (
        f"{found['articles']:.0f} articles, {found['tokens']:,.0f} tokens, {found['triples']:,.0f} triples"
    )
    yield compare(
        "extraction", "nlp.pipe", "s of processor time", found["whole"], found["model"], "<= 1.25", about
    )
    yield compare(
        "extraction", "its own parse", "s of processor time", found["whole"], found["parse"], "",
        "the same model with NumPy's products on one thread, headlines and attachments put right",
    )  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    """Take turns in this process, or measure given reports and print the rows."""
    if arguments[:1] == ["--turns"]:
        print(json.dumps(take_turns([Path(file) for file in arguments[2:]], int(arguments[1]))))
        return
    for row in measure(FULL, [Path(file).resolve() for file in arguments]):
        print(show_row(row))


if __name__ == "__main__":
    main(sys.argv[1:])
