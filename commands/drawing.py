"""How actors, ties and counts look on a terminal; sentences are wrapped there, and left whole in a pipe."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from commands.fields import speaker
from commands.screen import TYPE_STYLES, number_of, one_line, paint, width, write

if TYPE_CHECKING:
    from extract.model import Status, Triple
    from graph.model import Actor
    from graph.questions import Hop, Path, Tie

MARKS: dict[Status, str] = {"negated": "denied", "future": "planned", "hypothetical": "possible"}
PAINT = re.compile(r"\x1b\[[0-9;]*m")
BAR, LONGEST, MONTHS = 40, 120, 24


def name(actor: Actor) -> str:
    """The actor's name in its type's colour."""
    return paint(one_line(actor.name), TYPE_STYLES[actor.type])


def arrow(hop: Hop) -> str:
    """The step as the path walks it."""
    if hop.edge.symmetric:
        return f"— {relation(hop.tie)} —"
    return f"— {relation(hop.tie)} →" if hop.forward else f"← {relation(hop.tie)} —"


def show_chain(found: Path) -> None:
    """The path in one line, or on a terminal in as many as it takes, broken before arrows."""
    column, line = 0, ""
    for number, end in enumerate(found.actors):
        link = f" {arrow(found.hops[number - 1])} " if number else ""
        part, size = link + name(end), bare_width(link) + width(one_line(end.name))
        if sys.stdout.isatty() and number and column + size > room():
            write(line)
            line, column = " ", 1
        line, column = line + part, column + size
    write(line)


def bare_width(text: str) -> int:
    """Columns the painted text takes."""
    return width(PAINT.sub("", text))


def relation(tie: Tie) -> str:
    """What is done, marked when it is not told as a fact."""
    text = paint(one_line(tie.evidence.triple.relation))
    status = tie.edge.status
    return text if status == "actual" else f"{paint(f'[{MARKS[status]}]', 'red')} {text}"


def claim(tie: Tie) -> str:
    """Who does what to whom."""
    line = "—" if tie.edge.symmetric else "→"
    return f"{name(tie.source)} — {relation(tie)} {line} {name(tie.target)}"


def facts(tie: Tie) -> str:
    """What the edge is and how well it is founded."""
    edge = tie.edge
    when = edge.first if edge.first == edge.last else f"{edge.first} to {edge.last}"
    parts = (edge.code, edge.status, when, number_of(edge.sources, "independent source"),
             f"confidence {edge.confidence:.2f}")  # fmt: skip
    return ", ".join(part for part in parts if part)


def origin(tie: Tie) -> str:
    """Who says it, and in which article."""
    t = tie.evidence.triple
    said = speaker(tie)
    title = f"“{tie.title}”" if tie.title else None
    parts = (f"as {said} says" if said else None, title, t.publisher, t.published, f"article {t.article}")
    return one_line(", ".join(part for part in parts if part))


def show_proof(tie: Tie, indent: str = "   ") -> None:
    """The sentence, who says it and where it stands."""
    show_text(f"“{one_line(tie.evidence.triple.sentence)}”", indent)
    show_text(origin(tie), indent, "dim")


def show_text(text: str, indent: str, *styles: str) -> None:
    """Text under an indent, wrapped on a terminal."""
    for line in lines(text, len(indent)):
        write(indent + paint(line, *styles))


def lines(text: str, indent: int) -> list[str]:
    """The text in the lines that fit beside so many columns of a terminal; whole in a pipe."""
    return wrap(text, room() - indent) if sys.stdout.isatty() else [text]


def room() -> int:
    """Columns there are to write in."""
    return min(LONGEST, shutil.get_terminal_size().columns)


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most so many columns, also where letters are two columns wide."""
    shrunk = columns if width(text) == len(text) else columns * len(text) // max(width(text), 1) - 1
    return textwrap.wrap(text, max(20, shrunk), break_on_hyphens=False) or [""]


def show_bars(rows: Sequence[tuple[str, int]]) -> None:
    """Counts as bars, the longest as long as there is room."""
    if not rows:
        return
    most = max(count for _, count in rows)
    label, figure = max(width(text) for text, _ in rows), len(str(most))
    unit = min(BAR, room() - label - figure - 6) / most
    for text, count in rows:
        bar = "█" * max(1, round(count * unit)) if count else ""
        write(f"  {text}{' ' * (label - width(text))}  {count:>{figure}}  {paint(bar, 'cyan')}".rstrip())


def fill_months(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Counts by month with the empty months between; by year when there are more than two years of them."""
    found = dict(counts)
    if not found:
        return []
    first, last = (int(m[:4]) * 12 + int(m[5:7]) - 1 for m in (min(found), max(found)))
    if last - first < MONTHS:
        months = (f"{m // 12:04}-{m % 12 + 1:02}" for m in range(first, last + 1))
        return [(month, found.get(month, 0)) for month in months]
    years = {f"{year:04}": 0 for year in range(first // 12, last // 12 + 1)}
    for month, count in found.items():
        years[month[:4]] += count
    return list(years.items())


def show_triple(triple: Triple) -> None:
    """What a sentence tells, in its own article's names."""
    line = "—" if triple.symmetric else "→"
    mark = "" if triple.status == "actual" else f"[{MARKS[triple.status]}] "
    source, done, target = map(one_line, (triple.source, triple.relation, triple.target))
    write(f"   {paint(f'{source} — {mark}{done} {line} {target}')} {paint(triple.code, 'dim')}")
