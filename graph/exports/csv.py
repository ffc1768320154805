"""CSV that spreadsheets, pandas and Gephi's own import open: actors, edges and the evidence under these.

Column names are those Gephi looks for. A cell that a spreadsheet would run as a formula gets an apostrophe
in front; UTF-8 with a byte order mark, without which Excel garbles every accent.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from graph.belief import date_of, weight
from graph.exports.part import Part, kind

ACTORS = ("Id", "Label", "Kind", "Aliases", "Articles")
EDGES = ("Source", "Target", "Type", "Id", "Label", "Weight", "Kind", "Code", "Status", "Symmetric",
         "Relations", "Evidence", "Articles", "Sources", "First", "Last", "Confidence")  # fmt: skip
EVIDENCE = ("Id", "Edge", "Date", "Source", "Relation", "Target", "Code", "Status", "Said by", "Sentence",
            "Article", "Publisher", "Published", "Start", "End", "Confidence")  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def files(part: Part, path: Path) -> dict[Path, Iterator[bytes]]:
    """The three tables: graph.csv stands for graph-actors.csv, graph-edges.csv and graph-evidence.csv."""
    stem = path.name[: -len(path.suffix)] if path.suffix.lower() == ".csv" else path.name
    tables = {
        "actors": table(ACTORS, actors(part)),
        "edges": table(EDGES, edges(part)),
        "evidence": table(EVIDENCE, evidence(part)),
    }
    return {path.with_name(f"{stem}-{name}.csv"): rows for name, rows in tables.items()}


def actors(part: Part) -> Iterator[Sequence[Any]]:
    """A row for each actor."""
    for a in part.actors():
        aliases = ";".join(alias.replace(";", ",") for alias in a.aliases)
        yield a.id, a.name, a.type, aliases, len({seen.article for seen in a.appearances})


def edges(part: Part) -> Iterator[Sequence[Any]]:
    """A row for each edge; all are Directed, as Gephi breaks off at mixed ones, and symmetric is a column."""
    for e, label in part.labelled():
        yield (
            e.source, e.target, "Directed", e.id, label, weight(e), kind(e), e.code, e.status,
            str(e.symmetric).lower(), ";".join(e.relations),
            e.evidence, e.articles, e.sources, e.first, e.last, e.confidence,
        )  # fmt: skip


def evidence(part: Part) -> Iterator[Sequence[Any]]:
    """A row for each sentence under an edge, names as the graph knows them."""
    names = {actor.id: actor.name for actor in part.actors()}
    for e, proofs in part.proven():
        for v in proofs:
            t = v.triple
            yield (
                v.id, e.id, date_of(t), names[e.source], t.relation, names[e.target], e.code, e.status,
                t.attribution, t.sentence, t.article, t.publisher, t.published, t.start, t.end, t.confidence,
            )  # fmt: skip


def table(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The table's bytes, row by row."""
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(titles)
    yield line.getvalue().encode("utf-8-sig")
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow([harmless(cell) for cell in row])
        yield line.getvalue().encode()


def harmless(cell: Any) -> Any:
    """The cell, text that begins like a formula made plain text, without NUL."""
    if not isinstance(cell, str):
        return cell
    bare = cell.replace("\0", "")
    return f"'{bare}" if bare.lstrip(" ").startswith(FORMULA) else bare
