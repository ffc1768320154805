"""Throws damaged input at what reads the outside world, for as long as told, and says what broke.

    python tests/fuzz/run.py [--seconds 60] [--seed 1] [TARGET...]

articles    seeds/ files, mutated, through the readers: only articles and named skips may come out
ledger      ledgers of judgements, mutated: only LedgerError may come out, and nothing is half-applied
vocabulary  vocabulary tables, mutated: only VocabularyError may come out
graph       graph files, mutated: only StoreError may come out
graphml     a graph of hostile names, written and read back by NetworkX

A mutant that breaks a target or takes longer than ten seconds is kept in build/fuzz/.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from extract import ontology  # noqa: E402
from extract.errors import LedgerError, StoreError, VocabularyError  # noqa: E402
from extract.readers import Skip, read_articles  # noqa: E402
from graph.embedded import open_graph  # noqa: E402
from graph.exports import write_export  # noqa: E402
from graph.exports.part import Part  # noqa: E402
from graph.store import Filter  # noqa: E402
from tests.small_world import fill, one_name_one_actor  # noqa: E402

KEPT = ROOT / "build" / "fuzz"
SLOW = 10.0
BITS = (b"\x00", b"\xff\xfe", b"<", b"]]>", b'"', b"\\", b"{" * 200, b"\n\n", b",", b"&#0;", b"\xe2\x80\xae",
        b"\xed\xa0\x80", b"9" * 40, b"%PDF-1.7", b"<!ENTITY a '&a;'>")  # fmt: skip


def mutate(chance: random.Random, data: bytes) -> bytes:
    """The data with a few bytes changed, cut, doubled or slipped in."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(out) + 1), chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(5):
            case 0 if at < len(out):
                out[at] ^= 1 << chance.randrange(8)
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[at : at + length] * chance.randint(1, 4)
            case 3:
                out[at:at] = chance.choice(BITS)
            case _:
                out[at : at + length] = chance.randbytes(length)
    return bytes(out)


@contextmanager
def file_of(data: bytes, suffix: str) -> Iterator[Path]:
    """A file that holds the data."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"mutant{suffix}")
        path.write_bytes(data)
        yield path


def articles(chance: random.Random) -> tuple[bytes, Callable[[], None]]:
    """A damaged seed file, read."""
    seed = chance.choice(sorted(f for f in (ROOT / "seeds").iterdir() if f.name != "README.md"))
    data = mutate(chance, seed.read_bytes())

    def test() -> None:
        with file_of(data, chance.choice((seed.suffix, seed.suffix, ".txt", ".pdf", ""))) as path:
            for found in read_articles([str(path)]):
                assert isinstance(found, Skip) or found.text
                if not isinstance(found, Skip):
                    found.text.encode("utf-8")

    return data, test


def ledger(chance: random.Random) -> tuple[bytes, Callable[[], None]]:
    """A damaged ledger, imported."""
    from graph import ledger as room

    names = ("Sergei Shoigu [PERSON]", "Bashar Assad [PERSON]", "Assad @ a1", "Shoigu @ a2")
    rows = [
        f"{v}\t{a}\t{b}\tme\t2020-01-01"
        for v in ("same", "different", "unsure")
        for a in names
        for b in names
    ]
    text = "\n".join([room.HEADER, *chance.sample(rows, 5)]) + "\n"
    data = mutate(chance, text.encode())

    def test() -> None:
        with open_graph(":memory:", resolver=one_name_one_actor) as graph:
            fill(graph, ["a1", "a2"])
            lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace")
            before = list(graph.judgements())
            try:
                with graph.changing() as db:
                    room.import_lines(db, lines, "ledger")
            except LedgerError:
                assert list(graph.judgements()) == before
            graph.refresh()

    return data, test


def vocabulary(chance: random.Random) -> tuple[bytes, Callable[[], None]]:
    """A damaged table, loaded."""
    data = mutate(chance, b'[verbs.CONSULT]\nmeet = ["with"]\n[nouns.AID]\nhelp = ["to", "for"]\n')

    def test() -> None:
        with file_of(data, ".toml") as path:
            try:
                ontology.load(path)
            except VocabularyError:
                return

    return data, test


def graph(chance: random.Random) -> tuple[bytes, Callable[[], None]]:
    """A damaged graph file, asked."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "g.db")
        with open_graph(path, resolver=one_name_one_actor) as store:
            fill(store, ["a1", "a2", "a3"])
            store.refresh()
        data = mutate(chance, path.read_bytes())

    def test() -> None:
        with file_of(data, ".db") as path:
            try:
                with open_graph(path, readonly=True) as store:
                    list(store.edges(None, None, Filter()))
                    store.find("Shoigu")
            except StoreError:
                return

    return data, test


def graphml(chance: random.Random) -> tuple[bytes, Callable[[], None]]:
    """Hostile names, written and read back."""
    import networkx as nx

    from extract.model import Article
    from tests.small_world import triple

    letters = [
        "<",
        "&",
        "]]>",
        '"',
        "'",
        "\x00",
        "\x1b",
        "\ufffe",
        "\U0001f600",
        "é",
        " ",
        "{",
        "\u202e",
        "a",
    ]
    name = "".join(chance.choices(letters, k=chance.randint(1, 30)))

    def test() -> None:
        with open_graph(":memory:", resolver=one_name_one_actor) as store, file_of(b"", ".graphml") as path:
            claim = triple("a1", name, "meet", "Other", "CONSULT", "actual", None, True)
            store.write(Article("a1", claim.sentence), [claim], "fuzz")
            write_export(Part(store), path)
            back = nx.read_graphml(path, force_multigraph=True, edge_key_type=str)
            assert back.number_of_edges() == sum(1 for _ in store.edges(None, None, Filter()))

    return name.encode("utf-8", "surrogatepass"), test


TARGETS = {
    "articles": articles,
    "ledger": ledger,
    "vocabulary": vocabulary,
    "graph": graph,
    "graphml": graphml,
}


def fuzz(name: str, seconds: float, chance: random.Random) -> tuple[int, int]:
    """Mutants tried and mutants kept."""
    tried = kept = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data, test = TARGETS[name](chance)
        begun, fault = time.monotonic(), ""
        try:
            test()
        except Exception:
            fault = traceback.format_exc()
        if time.monotonic() - begun > SLOW:
            fault = fault or f"took {time.monotonic() - begun:.1f} s\n"
        tried += 1
        if fault:
            kept += 1
            keep(name, kept, data, fault)
    return tried, kept


def keep(name: str, number: int, data: bytes, fault: str) -> None:
    """Put the mutant and what it did aside."""
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{name}-{number}.bin").write_bytes(data)
    (KEPT / f"{name}-{number}.txt").write_text(fault, encoding="utf-8")
    print(
        f"{name}: {fault.strip().splitlines()[-1]}; kept in build/fuzz/{name}-{number}.bin", file=sys.stderr
    )


def main() -> int:
    """Fuzz each target in turn; 1 when anything broke."""
    parser = argparse.ArgumentParser(description="Throw damaged input at what reads the outside world.")
    parser.add_argument("targets", nargs="*", default=list(TARGETS), metavar="TARGET")
    parser.add_argument("--seconds", type=float, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    broken = 0
    for name in options.targets:
        tried, kept = fuzz(name, options.seconds, random.Random(options.seed))
        print(f"{name}: {tried} mutants, {kept} broke it")
        broken += kept
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
