"""Draws cost against size.

    python -m bench.identity 10000 30000 100000 | python -m bench.plot docs/identity-cost.svg

Reads one JSON object a line from standard input; `mentions` goes along, `seconds` up, with a straight line
through the smallest run, so that what grows faster than its size shows above it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

WIDTH, HEIGHT, EDGE = 640, 400, 60
Point = tuple[float, float]


def draw(points: Sequence[Point], along: str, up: str) -> str:
    """An SVG of the points, joined, over the line that would be proportional growth."""
    far = max(x for x, _ in points)
    first = min(points)
    high = max(*(y for _, y in points), first[1] / first[0] * far)
    place = [
        (EDGE + x / far * (WIDTH - 2 * EDGE), HEIGHT - EDGE - y / high * (HEIGHT - 2 * EDGE))
        for x, y in points
    ]
    path = " ".join(f"{x:.0f},{y:.0f}" for x, y in place)
    even = HEIGHT - EDGE - first[1] / first[0] * far / high * (HEIGHT - 2 * EDGE)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-size="14">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            f'<path d="M{EDGE} {EDGE}V{HEIGHT - EDGE}H{WIDTH - EDGE}" fill="none" stroke="#888"/>',
            f'<path d="M{EDGE} {HEIGHT - EDGE}L{WIDTH - EDGE} {even:.0f}" stroke="#bbb"/>',
            f'<polyline points="{path}" fill="none" stroke="#4a7fc1"/>',
            *_labels(points, place),
            f'<text x="{WIDTH / 2}" y="{HEIGHT - 15}" text-anchor="middle">{along}</text>',
            f'<text x="15" y="{EDGE - 20}">{up} (grey: proportional)</text>',
            "</svg>\n",
        ]
    )


def _labels(points: Sequence[Point], place: Sequence[Point]) -> Iterator[str]:
    for (size, cost), (x, y) in zip(points, place, strict=True):
        yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="#4a7fc1"/>'
        at = f'x="{x:.0f}" y="{y - 10:.0f}"'
        yield f'<text {at} text-anchor="end" font-size="12">{size:,.0f}: {cost:.1f}</text>'


def main() -> None:
    """Plot the runs on standard input into the file named."""
    runs = [json.loads(line) for line in sys.stdin if line.startswith("{")]
    points = sorted((float(run["mentions"]), float(run["seconds"])) for run in runs)
    Path(sys.argv[1]).write_text(draw(points, "mentions", "seconds"), encoding="utf-8")


if __name__ == "__main__":
    main()
