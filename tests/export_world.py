"""The small world with what exports stumble over: parallel edges, spans of time, names that would be code."""

from __future__ import annotations

from dataclasses import replace

from extract.model import Article
from graph.embedded import EmbeddedGraph
from tests.small_world import fill, triple

HOSTILE = (
    '=HYPERLINK("http://x.example","a")</script><img src=x onerror="document.title=1">'
    "&amp;<!--\x00\x1b[31m\u2028\ufffe\U0001f600 Ünïcode; 'q' ]]>"
)
TANGLED = [
    ("a4", "Sergei Shoigu", "summon", "Bashar Assad", "CONSULT", "actual", "2016-06", False),
    ("a4", "Bashar Assad", "accuse", "Ismail Hamo", "ACCUSE", "negated", "2016-07-02", False),
    ("a4", "Bashar Assad", "threaten", "Ismail Hamo", "THREATEN", "actual", "2016-07", False),
    ("a4", "Bashar Assad", "warn", "Ismail Hamo", "THREATEN", "actual", "2016-07-09", False),
    ("a4", "Bashar Assad", "warn", HOSTILE, "THREATEN", "actual", "2018", False),
    ("a4", HOSTILE, "attack", "Syria", "ASSAULT", "actual", None, False),
]


def fill_tangled(graph: EmbeddedGraph) -> None:
    """Write the small world and the article that tangles it."""
    fill(graph, ["a1", "a2", "a3"])
    told = [replace(triple(*row), relation_text=f"{row[2]}ed {HOSTILE[:3]}") for row in TANGLED]
    title, url = HOSTILE, "javascript:document.title=2"
    graph.write(Article("a4", f"Another story, {HOSTILE}.", title, "2016-07-10", url, HOSTILE), told, "test")
