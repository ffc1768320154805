"""Many articles in one run with flat memory, then questions from many processes while another build runs.

    python -m tests.crash.soak [--articles 20000] [--questions 2000] [--askers 8] [--later 3000]

Memory is that of `dyad build` and its workers together, as the kernel tells it five times a second. Every
answer is compared with what was planted: no tie, no hop, no article that was not, and no edge missing.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path

import networkx as nx

from tests.crash.child import Ended, run, warm
from tests.crash.plant import Told, tell

ROOT = Path(__file__).resolve().parents[2]
GRAPH, EVERY, MOST = "soak.db", 0.2, 1.1


@dataclass(slots=True)
class Truth:
    """What was planted: who told what, by pair; articles by actor; and who is how far from whom."""

    ties: dict[frozenset[str], list[Told]]
    articles: dict[str, set[str]]
    acts: nx.Graph


def write_articles(file: Path, numbers: range) -> None:
    """The articles with these numbers as JSON Lines."""
    with file.open("w", encoding="utf-8") as out:
        for number in numbers:
            article, _ = tell(number)
            fields = {"id": article.id, "text": article.text, "published": article.published}
            out.write(json.dumps(fields) + "\n")


def plant(count: int) -> Truth:
    """The truth of so many articles."""
    truth = Truth(defaultdict(list), defaultdict(set), nx.Graph())
    for number in range(count):
        for told in tell(number)[1]:
            truth.ties[frozenset((told.source, told.target))].append(told)
            truth.articles[told.source].add(told.article)
            truth.articles[told.target].add(told.article)
            if told.status == "actual":
                truth.acts.add_edge(told.source, told.target)
    return truth


def build(folder: Path, articles: str) -> subprocess.Popen[bytes]:
    """Begin a build in a process of its own."""
    command = [sys.executable, str(ROOT / "cli.py"), "build", articles, "-g", GRAPH]
    with (folder / f"{articles}.log").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, stderr=log, start_new_session=True)


def watch(build: subprocess.Popen[bytes], graph: Path, half: int) -> tuple[int, int]:
    """The most memory (bytes) that the build took while it stored either half of its articles."""
    peaks = [0, 0]
    second = False
    while build.poll() is None:
        second = second or stored(graph) >= half
        peaks[second] = max(peaks[second], memory(build.pid))
        time.sleep(EVERY)
    if build.returncode:
        raise SystemExit(f"the build ended with exit code {build.returncode}")
    return peaks[0], peaks[1]


def stored(graph: Path) -> int:
    """How many articles the graph file holds."""
    with (
        contextlib.suppress(sqlite3.Error),
        closing(sqlite3.connect(f"file:{graph}?mode=ro", uri=True)) as db,
    ):
        return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])
    return 0


def memory(pid: int) -> int:
    """Bytes of memory of a process and its children."""
    total = 0
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        total = pages * os.sysconf("SC_PAGE_SIZE")
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            total += memory(int(child))
    return total


def misread(graph: Path, count: int) -> tuple[int, int]:
    """How many planted tellings the build did not find, and how many it found that were not planted."""
    planted = Counter(found for n in range(count) for found in map(key_of, tell(n)[1]))
    sql = "SELECT body FROM triples"
    with closing(sqlite3.connect(f"file:{graph}?mode=ro", uri=True)) as db:
        rows = [json.loads(body) for (body,) in db.execute(sql)]
    found = Counter(
        key_of(Told(r["article"], r["source"], r["target"], r["code"], r["status"], r["symmetric"]))
        for r in rows
    )
    return (planted - found).total(), (found - planted).total()


def key_of(told: Told) -> tuple[str, ...]:
    """A telling, the ends of what both do in order."""
    ends = sorted((told.source, told.target)) if told.symmetric else (told.source, told.target)
    return (told.article, *ends, told.code, told.status)


def ask(folder: Path, notes: Path, truth: Truth, seed: int, count: int) -> Iterator[str]:
    """Ask so many questions, one after another; yields what was wrong."""
    dice = random.Random(f"asker {seed}")
    names = sorted(truth.articles)
    pairs = sorted(map(sorted, truth.ties))
    for _ in range(count):
        kind = dice.choice((ask_ties, ask_path, ask_actor))
        pair = dice.choice(pairs) if kind is ask_ties else dice.sample(names, 2)
        if wrong := kind(folder, notes, truth, pair):
            yield f"{kind.__name__} {pair}: {wrong}"


def question(folder: Path, notes: Path, *words: str) -> tuple[Ended, object]:
    """Ask; the answer's JSON, or None."""
    ended = run([*words, "--json", "-g", GRAPH], folder, notes=notes)
    return ended, json.loads(ended.out) if ended.code == 0 else None


def ask_ties(folder: Path, notes: Path, truth: Truth, pair: list[str]) -> str | None:
    """All that is told of the two: every line planted, every planted edge there."""
    ended, answer = question(folder, notes, "ties", *pair)
    if not isinstance(answer, dict):
        return f"exit code {ended.code}: {ended.err}"
    planted = truth.ties[frozenset(pair)]
    told = {
        key_of(Told(t["evidence"]["article"], t["source"], t["target"], t["code"], t["status"],
                    t["edge"]["symmetric"]))
        for t in answer["timeline"]
    }  # fmt: skip
    if strange := told - set(map(key_of, planted)):
        return f"not planted: {sorted(strange)[:3]}"
    missing = {key_of(t)[1:] for t in planted} - {key[1:] for key in told}
    return f"missing: {sorted(missing)[:3]}" if missing else None


def ask_path(folder: Path, notes: Path, truth: Truth, pair: list[str]) -> str | None:
    """The path has as many hops as it should, each of them planted; none between islands."""
    ended, answer = question(folder, notes, "path", *pair)
    there = all(name in truth.acts for name in pair) and nx.has_path(truth.acts, *pair)
    if not there:
        return None if ended.code == 1 and "no path" in ended.err else f"a path: {ended}"
    if not isinstance(answer, dict):
        return f"exit code {ended.code}: {ended.err}"
    hops = answer["paths"][0]["hops"]
    if len(hops) != nx.shortest_path_length(truth.acts, *pair):
        return f"{len(hops)} hops"
    strange = [h for h in hops if not truth.acts.has_edge(h["source"], h["target"])]
    return f"not planted: {strange[0]}" if strange else None


def ask_actor(folder: Path, notes: Path, truth: Truth, pair: list[str]) -> str | None:
    """The actor bears the name, and every article named tells of it."""
    ended, answer = question(folder, notes, "actor", pair[0])
    if not isinstance(answer, dict):
        return f"exit code {ended.code}: {ended.err}"
    if answer["name"] != pair[0]:
        return f"is called {answer['name']}"
    strange = {found["id"] for found in answer["articles"]} - truth.articles[pair[0]]
    return f"not planted: {sorted(strange)[:3]}" if strange or not answer["articles"] else None


def ask_all(folder: Path, truth: Truth, questions: int, askers: int) -> list[str]:
    """Ask from many processes at once; what was wrong."""
    pids = [asker(folder, truth, number, questions // askers) for number in range(askers)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    wrong = [f"an asker ended with {code}" for code in codes if code]
    for number in range(askers):
        wrong += (folder / f"asker{number}.txt").read_text("utf-8").splitlines()
    return wrong


def asker(folder: Path, truth: Truth, number: int, count: int) -> int:
    """A process that asks and writes down what was wrong."""
    if pid := os.fork():
        return pid
    code = 1
    try:
        with (folder / f"asker{number}.txt").open("w", encoding="utf-8") as out:
            for wrong in ask(folder, folder / f"notes{number}", truth, number, count):
                out.write(" ".join(wrong.split()) + "\n")
        code = 0
    finally:
        os._exit(code)


def soak(folder: Path, given: argparse.Namespace) -> int:
    """Build, then ask while another build runs; 1 when memory grew or an answer was wrong."""
    if not (folder / GRAPH).exists():
        write_articles(folder / "articles.jsonl", range(given.articles))
        begun = time.monotonic()
        first, second = watch(build(folder, "articles.jsonl"), folder / GRAPH, given.articles // 2)
        print(f"{given.articles:,} articles in {(time.monotonic() - begun) / 60:.1f} min; most memory "
              f"{first / 1e6:.0f} MB in the first half, {second / 1e6:.0f} MB in the second: "
              f"{second / first:.2f} times", flush=True)  # fmt: skip
    else:
        first = second = 1
    missed, strange = misread(folder / GRAPH, given.articles)
    tellings = sum(len(tell(n)[1]) for n in range(given.articles))
    print(f"of {tellings:,} planted tellings {missed:,} not found; {strange:,} found beside them", flush=True)
    write_articles(folder / "later.jsonl", range(-given.later, 0))
    truth = plant(given.articles)
    warm(folder, [("path", "A", "B", "-g", GRAPH, "--json")])
    held = stored(folder / GRAPH)
    other = build(folder, "later.jsonl")
    while other.poll() is None and stored(folder / GRAPH) == held:
        time.sleep(EVERY)
    begun = time.monotonic()
    wrong = ask_all(folder, truth, given.questions, given.askers)
    seconds = time.monotonic() - begun
    running = other.poll() is None
    print(*wrong[:50], sep="\n", flush=True)
    print(f"{given.questions:,} questions from {given.askers} processes in {seconds:.0f} s, "
          f"{len(wrong)} wrong; the other build stored {stored(folder / GRAPH) - held:,} articles meanwhile"
          f"{'' if running else ', and ended'}", flush=True)  # fmt: skip
    if other.wait():
        print(f"the other build ended with exit code {other.returncode}")
    return int(bool(wrong) or bool(other.returncode) or second > MOST * first)


def main() -> int:
    """Soak."""
    parser = argparse.ArgumentParser(description="Many articles, then many questions during another build.")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--later", type=int, default=3_000, help="articles of the build beside the questions")
    parser.add_argument("--questions", type=int, default=2_000)
    parser.add_argument("--askers", type=int, default=8)
    parser.add_argument("--keep", type=Path, help="a folder to work in and to leave")
    given = parser.parse_args()
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as folder:
        return soak(Path(folder).resolve(), given)


if __name__ == "__main__":
    sys.exit(main())
