"""How long identity takes, and how it grows: python -m bench.identity [MENTIONS...], or --grow EDGES.

Names are made by chance from given and family names of several languages, so that thousands share a word;
a third of the mentions are bare family names. One line of JSON a run: mentions, names, seconds, peak MB.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.frame import ROOT, Row, Size, compare, python
from bench.plot import draw
from extract.model import Article, Triple
from graph.embedded import EmbeddedGraph, open_graph

STARTS = [
    "ka",
    "be",
    "mo",
    "ra",
    "ti",
    "sha",
    "vo",
    "lu",
    "der",
    "gri",
    "nes",
    "ol",
    "pa",
    "zu",
    "hel",
    "fran",
    "jo",
    "mar",
    "il",
    "tan",
    "sor",
    "vek",
    "bri",
    "qas",
    "hu",
]
ENDS = [
    "rin",
    "dov",
    "mash",
    "lek",
    "tani",
    "berg",
    "ullah",
    "vic",
    "santo",
    "wald",
    "ez",
    "anov",
    "ura",
    "kis",
    "holm",
    "idze",
    "oglu",
    "ari",
    "mann",
    "ski",
    "enko",
]
GIVEN = [
    "Mohammed",
    "Ivan",
    "Maria",
    "Anna",
    "Ahmed",
    "Peter",
    "Olga",
    "Juan",
    "Li",
    "Fatima",
    "Sergei",
    "Elena",
    "Carlos",
    "Ali",
    "Paul",
    "Nina",
]
PER_ARTICLE = 10


def names(dice: random.Random, count: int) -> list[str]:
    """Distinct whole names, many sharing a given or a family name."""
    families = [(a + b + c).title() for a in STARTS for b in STARTS for c in ENDS]
    dice.shuffle(families)
    families = families[: max(50, count // 3)]
    found: set[str] = set()
    while len(found) < count:
        given = (
            dice.choice(GIVEN) if dice.random() < 0.3 else (dice.choice(STARTS) + dice.choice(ENDS)).title()
        )
        found.add(f"{given} {dice.choice(families)}")
    return sorted(found)


def triple(article: str, number: int, source: str, target: str, dice: random.Random) -> Triple:
    """A triple between two persons."""
    sentence = f"{source} met {target}."
    return Triple(
        article=article, sentence=sentence, start=number * 100, end=number * 100 + 50, source=source,
        source_type="PERSON", source_mention=source, source_start=number * 100,
        source_end=number * 100 + len(source), relation="meet with", relation_text="met", target=target,
        target_type="PERSON", target_mention=target, target_start=number * 100 + 50,
        target_end=number * 100 + 60,
        symmetric=True, group=None, code=dice.choice(["CONSULT", "ACCUSE", "AID", "ASSAULT"]), mode=None,
        status="actual", attribution=None, confidence=0.7, published="2024-01-01", publisher=None, date=None,
        date_end=None, date_precision=None, location=None, extractor="bench",
    )  # fmt: skip


def write_articles(
    graph: EmbeddedGraph, people: list[str], first: int, count: int, seed: int, *, dense: bool = False
) -> None:
    """Store articles of ten mentions each, the first people named most often; dense ones have twenty."""
    dice = random.Random(seed)
    for number in range(first, first + count):
        article = f"a{number:07}"
        seen = dice.sample(people, 20) if dense else [pick(people, dice) for _ in range(PER_ARTICLE)]
        shown = [name.split()[-1] if dice.random() < (0.05 if dense else 0.33) else name for name in seen]
        pairs = (
            [dice.sample(shown, 2) for _ in range(50)] if dense else zip(shown[::2], shown[1::2], strict=True)
        )
        triples = [triple(article, i, a, b, dice) for i, (a, b) in enumerate(pairs) if a != b]
        text = " ".join(f"w{number}n{i}" for i in range(40))
        graph.write(Article(article, text), triples, "bench")


def pick(people: list[str], dice: random.Random) -> str:
    """A person, the first ones far more often."""
    return people[min(int(dice.paretovariate(0.4)) - 1, dice.randrange(len(people)))]


def resolve(mentions: int) -> dict[str, float]:
    """Resolve this many mentions of a fifth as many names, from nothing."""
    people = names(random.Random(1), mentions // 5)
    with open_graph(":memory:") as graph:
        write_articles(graph, people, 0, mentions // PER_ARTICLE, 2)
        warm()
        started, used = time.monotonic(), time.process_time()
        graph.refresh()
        return {
            "mentions": mentions,
            "names": len(people),
            "seconds": time.monotonic() - started,
            "cpu": time.process_time() - used,
            **graph.sizes(),
        }


def measure(size: Size) -> Iterator[Row]:
    """All the runs, each beside the first, and the picture."""
    runs = [json.loads(python("-m", "bench.identity", str(count)).said) for count in size.mentions]
    first = runs[0]
    for run in runs[1:]:
        times = run["mentions"] / first["mentions"]
        yield compare(
            f"identity of {run['mentions']:,} mentions of {run['names']:,} names",
            f"of {first['mentions']:,}", "s", run["cpu"], first["cpu"], f"<= {1.3 * times:.3g}",
            f"{times:.3g} times the mentions; processor time; peak memory {run['peak_mb']:,} MB",
        )  # fmt: skip
    if size.name == "full":
        line = [(run["mentions"], run["cpu"]) for run in runs]
        picture = draw({"identity": line}, "mentions", "s of processor time")
        (ROOT / "docs" / "identity-cost.svg").write_text(picture, encoding="utf-8")


def grow(edges: int) -> None:
    """Make a graph of about this many edges, then time ten articles more."""
    with tempfile.TemporaryDirectory() as folder, open_graph(Path(folder) / "g.db") as graph:
        people = names(random.Random(1), 20_000)
        number = 0
        while graph.sizes()["edge"] < edges:
            write_articles(graph, people, number, edges // 200, number, dense=True)
            number += edges // 200
            started = time.monotonic()
            graph.refresh()
            report(built=number, seconds=time.monotonic() - started, **graph.sizes())
        started, used = time.monotonic(), time.process_time()
        write_articles(graph, people, number, 10, number, dense=True)
        graph.refresh()
        report(more=10, seconds=time.monotonic() - started, cpu=time.process_time() - used, **graph.sizes())


def warm() -> None:
    """Load the tables, which a process does once."""
    from graph import contexts, places

    places.gazetteer()
    contexts.read("the president of France")


def report(**figures: float) -> None:
    """Print one line."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**{k: round(v, 2) for k, v in figures.items()}, "peak_mb": round(peak)}), flush=True)


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mentions", type=int, nargs="*", default=[10_000, 30_000, 100_000])
    parser.add_argument("--grow", type=int, metavar="EDGES")
    given = parser.parse_args()
    if given.grow:
        grow(given.grow)
    else:
        for mentions in given.mentions:
            report(**resolve(mentions))


if __name__ == "__main__":
    main()
