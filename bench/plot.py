"""Draws cost against size: a line for each cost, over growth in proportion to its first point."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from bench.table import figure

WIDTH, HEIGHT, LEFT, RIGHT, EDGE = 800, 440, 70, 290, 50
COLOURS = ("#4a7fc1", "#c1574a", "#4f9d5c", "#8a63b8", "#b98a2f", "#3f9aa3", "#7a7a7a")
Point = tuple[float, float]


def draw(lines: Mapping[str, Sequence[Point]], along: str, up: str) -> str:
    """An SVG of the lines on logarithmic axes, where growth in proportion runs parallel to the grey ones."""
    points = [point for line in lines.values() for point in line if point[1] > 0]
    x = scale([point[0] for point in points], LEFT, WIDTH - RIGHT)
    y = scale([point[1] for point in points], HEIGHT - EDGE, EDGE)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            'font-family="sans-serif" font-size="12">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            *_axes(points, x, y),
            *(part for n, line in enumerate(lines.items()) for part in _line(*line, COLOURS[n % 7], x, y)),
            *_legend(lines),
            f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">{along}</text>',
            f'<text x="15" y="{EDGE - 25}">{up} (grey: in proportion to size)</text>',
            "</svg>\n",
        ]
    )


class scale:
    """Places values between two ends by their logarithm, with a little room beyond them."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self.low, self.high = math.log10(min(values)) - 0.1, math.log10(max(values)) + 0.1
        self.start, self.end = start, end

    def __call__(self, value: float) -> float:
        return self.start + (math.log10(value) - self.low) / (self.high - self.low) * (self.end - self.start)


def _axes(points: Sequence[Point], x: scale, y: scale) -> Iterator[str]:
    for size in sorted({point[0] for point in points}):
        yield f'<path d="M{x(size):.0f} {EDGE}V{HEIGHT - EDGE}" stroke="#eee"/>'
        yield f'<text x="{x(size):.0f}" y="{HEIGHT - EDGE + 18}" text-anchor="middle">{size:,.0f}</text>'
    for power in range(math.ceil(y.low), math.floor(y.high) + 1):
        yield f'<path d="M{LEFT} {y(10**power):.0f}H{WIDTH - RIGHT}" stroke="#eee"/>'
        yield f'<text x="{LEFT - 6}" y="{y(10**power) + 4:.0f}" text-anchor="end">{10**power:,g}</text>'


def _line(name: str, line: Sequence[Point], colour: str, x: scale, y: scale) -> Iterator[str]:
    seen = [point for point in line if point[1] > 0]
    if not seen:
        return
    (first, cost), last = seen[0], seen[-1][0]
    even = min(y.high, math.log10(cost / first * last))
    far = 10 ** (math.log10(first) + even - math.log10(cost))
    yield f'<path d="M{x(first):.0f} {y(cost):.0f}L{x(far):.0f} {y(10**even):.0f}" stroke="#ccc"/>'
    path = " ".join(f"{x(size):.0f},{y(cost):.0f}" for size, cost in seen)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
    for size, cost in seen:
        title = f"<title>{name}, {size:,.0f}: {figure(cost)}</title>"
        yield f'<circle cx="{x(size):.0f}" cy="{y(cost):.0f}" r="3.5" fill="{colour}">{title}</circle>'


def _legend(lines: Mapping[str, Sequence[Point]]) -> Iterator[str]:
    for n, (name, line) in enumerate(lines.items()):
        y, colour = EDGE + n * 20, COLOURS[n % 7]
        growth = f": {figure(line[0][1])} to {figure(line[-1][1])}"
        yield f'<circle cx="{WIDTH - RIGHT + 20}" cy="{y}" r="4" fill="{colour}"/>'
        yield f'<text x="{WIDTH - RIGHT + 30}" y="{y + 4}">{name}{growth}</text>'
