"""Draws docs/graph.svg: the best connected persons and states of a graph file and what they did.

    python docs/draw.py dyad.db

One line for each pair of actors, in the colour of the class that most of its evidence has, thicker with more
independent sources, dashed where all of it is denied, planned or supposed; a point's size is its degree.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx

from graph.embedded import open_graph
from graph.networks import to_networkx
from graph.store import Filter

OUT = Path(__file__).with_name("graph.svg")
ACTORS, WIDTH, HEIGHT = 20, 1000, 640
FILLS = {"PERSON": "#e8a33d", "STATE": "#4a7fc1", "ORG": "#a066b5", "GROUP": "#5a9e5a", "PLACE": "#4fa8a8"}
COOPERATION, CONFLICT, OTHER = "#3c8d5a", "#c9503f", "#9aa3ad"
GOOD = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"}
BAD = {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}


def choose(graph: nx.MultiDiGraph) -> nx.Graph:
    """The best connected persons and states, one link for each pair."""
    named = [n for n, d in graph.nodes(data=True) if d["type"] in ("PERSON", "STATE")]
    best = sorted(named, key=lambda n: (-len(set(nx.all_neighbors(graph, n))), n))[:ACTORS]
    drawn = nx.Graph()
    drawn.add_nodes_from((n, graph.nodes[n] | {"degree": len(set(nx.all_neighbors(graph, n)))}) for n in best)
    for a, b, edge in graph.subgraph(best).edges(data=True):
        links: list[dict[str, Any]] = drawn.edges[a, b]["links"] if drawn.has_edge(a, b) else []
        drawn.add_edge(a, b, links=[*links, edge], weight=1.0)
    return drawn.subgraph(max(nx.connected_components(drawn), key=len))


def place(drawn: nx.Graph) -> dict[str, tuple[float, float]]:
    """Where each actor stands: of several layouts the one whose nearest two are farthest apart."""
    layouts = (spread(drawn, seed) for seed in range(60))
    return max(layouts, key=lambda spots: min(math.dist(a, b) for a, b in combinations(spots.values(), 2)))


def spread(drawn: nx.Graph, seed: int) -> dict[str, tuple[float, float]]:
    """One layout, filling the picture."""
    spots = nx.spring_layout(drawn, seed=seed, k=3.5 / math.sqrt(len(drawn)), iterations=200)
    xs, ys = zip(*spots.values(), strict=True)

    def scale(value: float, low: float, high: float, size: int) -> float:
        return 70 + (value - low) / (high - low) * (size - 150)

    return {n: (scale(x, min(xs), max(xs), WIDTH), scale(y, min(ys), max(ys), HEIGHT))
            for n, (x, y) in spots.items()}  # fmt: skip


def line(a: tuple[float, float], b: tuple[float, float], links: list[dict[str, Any]]) -> str:
    """The link of one pair, with what its strongest edge says."""
    best = max(links, key=lambda e: (e["status"] == "actual", e["code"] != "ROLE", e["weight"], e["id"]))
    code = Counter({e["code"]: e["evidence"] for e in links}).most_common(1)[0][0]
    colour = COOPERATION if code in GOOD else CONFLICT if code in BAD else OTHER
    dash = "" if any(e["status"] == "actual" for e in links) else ' stroke-dasharray="5 4"'
    thick = min(5.0, 1 + 0.7 * max(e["sources"] for e in links))
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    title = f"{best['relations'][0]} ({best['code']}, {best['status']})"
    text = (
        f'<text x="{middle[0]:.0f}" y="{middle[1]:.0f}" class="edge">{escape(best["relations"][0])}</text>'
        if best["code"] not in ("ROLE", "OTHER", "SAY") and best["sources"] > 1
        else ""
    )
    return (
        f'<g><title>{escape(title)}</title><line x1="{a[0]:.0f}" y1="{a[1]:.0f}" x2="{b[0]:.0f}" '
        f'y2="{b[1]:.0f}" stroke="{colour}" stroke-width="{thick:.1f}"{dash}/>{text}</g>'
    )


def point(at: tuple[float, float], actor: dict[str, Any]) -> str:
    """An actor with its name below."""
    size = 6 + 2.2 * math.sqrt(actor["degree"])
    return (
        f'<circle cx="{at[0]:.0f}" cy="{at[1]:.0f}" r="{size:.0f}" fill="{FILLS[actor["type"]]}"/>'
        f'<text x="{at[0]:.0f}" y="{at[1] + size + 13:.0f}">{escape(actor["name"])}</text>'
    )


def legend() -> str:
    """What the colours mean."""
    points = (("#e8a33d", "person"), ("#4a7fc1", "state"))
    lines = ((COOPERATION, "cooperation"), (CONFLICT, "conflict"), (OTHER, "role or other"))
    parts = [f'<circle cx="{20 + 80 * i}" cy="{HEIGHT - 14}" r="6" fill="{fill}"/>'
             f'<text class="key" x="{30 + 80 * i}" y="{HEIGHT - 10}">{name}</text>'
             for i, (fill, name) in enumerate(points)]  # fmt: skip
    parts += [f'<line x1="{180 + 110 * i}" x2="{200 + 110 * i}" y1="{HEIGHT - 14}" y2="{HEIGHT - 14}" '
              f'stroke="{colour}" stroke-width="3"/>'
              f'<text class="key" x="{206 + 110 * i}" y="{HEIGHT - 10}">{name}</text>'
              for i, (colour, name) in enumerate(lines)]  # fmt: skip
    parts.append(
        f'<text class="key" x="520" y="{HEIGHT - 10}">dashed: only denied, planned or supposed</text>'
    )
    return "\n".join(parts)


def draw(drawn: nx.Graph) -> str:
    """The whole picture."""
    spots = place(drawn)
    lines = [line(spots[a], spots[b], links) for a, b, links in drawn.edges(data="links")]
    points = [point(spots[n], actor) for n, actor in drawn.nodes(data=True)]
    style = (
        "text{font:600 13px sans-serif;fill:#222;text-anchor:middle;paint-order:stroke;stroke:#fff;"
        "stroke-width:3px}.edge{font:11px sans-serif;fill:#555}line{opacity:.65}"
        "circle{stroke:#fff;stroke-width:2}.key{font:11px sans-serif;text-anchor:start}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f'<style>{style}</style><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        + "\n".join([*lines, *points, legend()])
        + "</svg>\n"
    )


if __name__ == "__main__":
    with open_graph(sys.argv[1], readonly=True) as store:
        OUT.write_text(draw(choose(to_networkx(store, only=Filter(statuses=())))), encoding="utf-8")
