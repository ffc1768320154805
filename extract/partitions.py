"""A folder of partitions: what was read in each shard, one file a shard, and the plan that orders them.

A partition is compressed JSON Lines: articles with their triples, what was skipped, and last the counts,
so that a cut file shows. Each is written aside and renamed when whole; the same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import os
import re
import uuid
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO

import msgspec

from extract.errors import InputError
from extract.intake import Skip
from extract.model import Article, Triple

PLAN = "plan.json"
FORMAT = 1
LEVEL = 3  # of compression: an eighth of the size for a hundredth of the time that extraction takes
Found = Skip | tuple[Article, list[Triple]]


@dataclass(slots=True)
class Counts:
    """What a partition holds: articles, those without a triple, triples, and skips by reason."""

    articles: int = 0
    bare: int = 0
    triples: int = 0
    skipped: dict[str, int] = field(default_factory=dict)

    def add(self, found: Found) -> None:
        """Count one thing that was read."""
        if isinstance(found, Skip):
            reason = re.split("[:;(]", found.reason)[0].strip()
            self.skipped[reason] = self.skipped.get(reason, 0) + 1
            return
        self.articles += 1
        self.triples += len(found[1])
        self.bare += not found[1]


@dataclass(frozen=True, slots=True)
class Entry:
    """One partition of a plan: the name of its file, and what its shard is called in messages."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a folder of partitions is to hold, in the order of the articles, and who extracts it."""

    extractor: str
    entries: tuple[Entry, ...]
    format: int = FORMAT

    def missing(self, folder: Path) -> list[Entry]:
        """The partitions that are not there."""
        there = set(os.listdir(folder))
        return [entry for entry in self.entries if entry.name not in there]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a partition: one of the three."""

    article: Article | None = None
    triples: list[Triple] = field(default_factory=list)
    skip: Skip | None = None
    counts: Counts | None = None


LINES = msgspec.json.Decoder(Line)
PLANS = msgspec.json.Decoder(Plan)


def write_plan(folder: Path, plan: Plan) -> None:
    """Make the folder and put the plan into it, in place of an older one."""
    folder.mkdir(parents=True, exist_ok=True)
    with renamed(folder / PLAN) as file:
        file.write(msgspec.json.format(msgspec.json.encode(plan), indent=1))


def read_plan(folder: Path) -> Plan:
    """The plan of a folder; InputError when it has none that we read."""
    path = folder / PLAN
    try:
        plan = PLANS.decode(path.read_bytes())
    except FileNotFoundError:
        raise InputError(f"{folder}: no {PLAN} here; dyad extract --out makes such a folder") from None
    except (msgspec.DecodeError, ValueError) as error:
        raise InputError(f"{path}: not a plan: {error}") from None
    if plan.format != FORMAT:
        raise InputError(f"{path}: of another version of dyad (format {plan.format}, not {FORMAT})")
    return plan


def write_partition(path: Path, found: Iterable[Found]) -> Counts:
    """Write what was found into one file, there only when whole."""
    counts = Counts()
    with renamed(path) as file, gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as packed:
        for one in found:
            counts.add(one)
            packed.write(encode(one))
        packed.write(msgspec.json.encode({"counts": counts}) + b"\n")
    return counts


def encode(found: Found) -> bytes:
    """One thing that was read, as a line."""
    if isinstance(found, Skip):
        return msgspec.json.encode({"skip": found}) + b"\n"
    article = {one.name: getattr(found[0], one.name) for one in fields(Article)}
    article["metadata"] = dict(sorted(found[0].metadata.items()))
    return msgspec.json.encode({"article": article, "triples": found[1]}) + b"\n"


@contextmanager
def renamed(path: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when all of it is on disk; nothing is left of one that failed."""
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        with open(aside, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise


def read_partition(path: Path) -> Iterator[Found]:
    """What a partition holds, one thing after another; InputError when it is broken."""
    counts = None
    try:
        with gzip.open(path) as file:
            for raw in file:
                line = LINES.decode(raw)
                counts = line.counts
                if line.skip is not None:
                    yield line.skip
                elif line.article is not None:
                    yield line.article, line.triples
    except (EOFError, gzip.BadGzipFile, zlib.error, msgspec.DecodeError, ValueError) as error:
        raise broken(path, str(error)) from None
    if counts is None:
        raise broken(path, "it ends too soon")


def broken(path: Path, why: str) -> InputError:
    """The error of a partition that can't be read."""
    return InputError(f"{path}: a broken partition: {why}; delete it and run dyad extract again")


def read_partitions(folder: Path, names: Sequence[str]) -> Iterator[Found]:
    """What the partitions of these names hold, in their order."""
    for name in names:
        yield from read_partition(folder / name)
