"""Whether a graph file is sound, and how it becomes so again: check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import stores
from commands.options import DEFAULT_GRAPH, AsJson, Graph
from commands.progress import counting
from commands.screen import number_of, one_line, say, write, write_json

if TYPE_CHECKING:
    from graph.repair import Repaired
    from graph.soundness import Problem

DAMAGED = 5  # the exit code of a file that can't be read
SHOWN = 20  # problems of one kind on a screen; JSON has more
LISTED = 1000
Repair = Annotated[
    bool,
    typer.Option("--repair", help="Keep what is whole, compute the rest anew; the damaged file is kept."),
]


def check(graph: Graph = DEFAULT_GRAPH, repair: Repair = False, as_json: AsJson = False) -> None:
    """Verify the graph file: pages, checksums, references, quotations, and what was computed from them."""
    stores.prepare(graph)
    file = Path(graph)
    listed, counts = [], Counter[str]()
    for problem in problems_of(file):
        counts[problem.kind] += 1
        if counts[problem.kind] <= LISTED:
            listed.append(problem)
        if not as_json and counts[problem.kind] <= SHOWN:
            write(one_line(f"{problem.kind}: {problem.place}: {problem.what}"))
    mended = mend(file) if counts and repair else None
    if as_json:
        write_json(fields(graph, listed, counts, mended))
    else:
        tell(graph, counts, mended)
    if counts and not mended:
        raise typer.Exit(DAMAGED)


def problems_of(file: Path) -> Iterator[Problem]:
    """What is wrong with the file, with a bar of the articles checked."""
    from graph.soundness import articles_in, examine

    with counting(articles_in(file), "articles") as step:
        yield from examine(file, step)


def mend(file: Path) -> Repaired:
    """Repair the file, dated today."""
    from graph.repair import repair

    return repair(file, datetime.now(UTC).date().isoformat())


def tell(graph: str, counts: Counter[str], mended: Repaired | None) -> None:
    """What was found and done, and what to do."""
    if not counts:
        write(one_line(f"{graph} is sound"))
        return
    for kind, count in counts.items():
        if count > SHOWN:
            write(f"{kind}: {count - SHOWN:,} more")
    told = ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
    say(f"{graph}: {number_of(counts.total(), 'problem')} ({told})")
    if mended is None:
        say(f"dyad check --repair --graph {graph} keeps what is whole, and the damaged file beside it")
        return
    for lost in mended.lost:
        write(
            one_line(f"taken out: article {lost.id}: {lost.title or 'no title'}, from {lost.origin or '?'}")
        )
    for word in mended.lost_words:
        write(one_line(f"taken out: {word}"))
    say(
        f"repaired: {number_of(mended.articles, 'article')} and {number_of(mended.words, 'decision')} kept, "
        f"{number_of(len(mended.lost), 'article')} taken out (dyad build reads them again); "
        f"as it was, it is kept in {mended.damaged}"
    )


def fields(
    graph: str, listed: list[Problem], counts: Counter[str], mended: Repaired | None
) -> dict[str, object]:
    """What was found, and done about it, as JSON shows it."""
    return {
        "graph": graph,
        "sound": not counts,
        "counts": dict(counts),
        "problems": [{"kind": p.kind, "place": p.place, "what": p.what} for p in listed],
        "repaired": mended and {
            "damaged": str(mended.damaged),
            "articles": mended.articles,
            "decisions": mended.words,
            "lost": [{"id": lost.id, "title": lost.title, "origin": lost.origin} for lost in mended.lost],
            "lost_decisions": list(mended.lost_words),
        },
    }  # fmt: skip
