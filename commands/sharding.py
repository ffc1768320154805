"""Extraction shard by shard into a folder of partitions, here or on a cluster, and what such folders hold."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from commands.options import ExtractorKind, open_extractor
from commands.progress import Progress
from commands.running import Tally, is_new, stoppable
from commands.screen import number_of, say
from extract.errors import InputError

if TYPE_CHECKING:
    from extract.cluster import Cluster, Event, Failed
    from extract.model import Article, Triple
    from extract.partitions import Counts, Found, Plan
    from extract.shards import Shard
    from extract.worker import Job, Recipe
    from graph.embedded import EmbeddedGraph

EVERY = 10.0  # seconds between two lines of progress
APPEAR = 5.0  # seconds that shared storage may take to show a file
SHOWN = 10  # missing partitions named one by one


@dataclass(slots=True)
class Course:
    """How far a run is, and what it found."""

    shards: int
    tally: Tally = field(default_factory=Tally)
    done: int = 0
    failed: list[Failed] = field(default_factory=list)
    told: float = field(default_factory=time.monotonic)

    def add(self, counts: Counts) -> None:
        """Count a shard, and say how far it is, but not too often."""
        self.done += 1
        self.tally.new += counts.articles
        self.tally.bare += counts.bare
        self.tally.triples += counts.triples
        self.tally.skipped.update(counts.skipped)
        if time.monotonic() - self.told >= EVERY:
            self.told = time.monotonic()
            say(self.state())

    def state(self) -> str:
        """How many shards are done, at which rate, and when all will be."""
        spent = time.monotonic() - self.tally.started
        left = span(spent / self.done * (self.shards - self.done))
        done = f"{self.done:,} of {number_of(self.shards, 'shard')}"
        return f"{done}, {self.tally.new / spent:,.1f} articles/s, {left} left"

    def stopped(self) -> str:
        """What a run that was stopped leaves behind."""
        return f"{number_of(self.done, 'partition')} written, the same command goes on with the rest"


def span(seconds: float) -> str:
    """A stretch of time as one reads it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def extract_apart(
    paths: list[str],
    out: Path | None,
    address: str | None,
    shard_mb: float,
    strict: bool,
    kind: ExtractorKind,
    model: str | None,
    vocabulary: Path | None,
) -> None:
    """Write the partitions of all shards that are not there yet, and the plan that orders them."""
    if out is None:
        raise typer.BadParameter("--cluster needs --out, a folder on storage that every worker sees")
    if kind != ExtractorKind.rules:
        raise typer.BadParameter("--out and --cluster extract by rules; leave --extractor out")
    from extract.pipeline import DEFAULT_MODEL
    from extract.worker import Recipe

    open_extractor(kind, model, vocabulary)  # its faults are told before anything is read
    recipe = Recipe(model or DEFAULT_MODEL, vocabulary.read_bytes() if vocabulary else b"")
    with link(address) as cluster:
        jobs = make_jobs(cut(paths, int(shard_mb * 1e6), strict), out, recipe)
        run(jobs, out, cluster, strict)


def link(address: str | None) -> AbstractContextManager[Cluster | None]:
    """The cluster at an address, or none."""
    if address is None:
        return nullcontext()
    from extract.cluster import connected

    return connected(address)


def cut(paths: Sequence[str], size: int, strict: bool) -> Iterator[Shard]:
    """The shards of all files; what can't be read is named."""
    from extract.readers import Skip
    from extract.shards import make_shards

    for found in make_shards(paths, size):
        if not isinstance(found, Skip):
            yield found
        elif strict:
            raise InputError(f"{found.origin}: {found.reason}")
        else:
            say(f"skipped {found.origin}: {found.reason}")


def make_jobs(shards: Iterable[Shard], out: Path, recipe: Recipe) -> list[Job]:
    """The jobs that write the shards' partitions."""
    from extract.worker import Job, find_versions

    versions = find_versions(recipe)
    return [Job(shard, os.path.abspath(out), recipe, versions) for shard in shards]


def run(jobs: list[Job], out: Path, cluster: Cluster | None, strict: bool) -> None:
    """Do the jobs whose partitions are not there; partitions that came about stay, whatever happens."""
    from extract.partitions import Entry, Plan, write_plan

    if not jobs:
        say("nothing to read")
        raise typer.Exit(1)
    plan = Plan(jobs[0].versions["extractor"], tuple(Entry(job.name, job.shard.title) for job in jobs))
    write_plan(out, plan)
    missing = {entry.name for entry in plan.missing(out)}
    if known := len(jobs) - sum(job.name in missing for job in jobs):
        say(f"{known:,} of {number_of(len(jobs), 'partition')} are there already")
    if not missing:
        return
    waiting = [job for job in jobs if job.name in missing]
    course = Course(len(waiting))
    with stoppable(course.stopped):
        for event in do_jobs(waiting, cluster):
            take(event, course, strict)
    say(course.tally.summary())
    for failed in course.failed:
        say(f"not extracted: {failed.job.shard.title}: {failed.why}")
    if course.failed:
        raise InputError(f"{out}: {len(course.failed):,} of {number_of(len(jobs), 'partition')} missing")
    if lost := wait_for_all(plan, out):
        raise InputError(
            f"{out}: {number_of(lost, 'partition')} that workers wrote can't be seen here; "
            "is it on storage that every worker and this machine see?"
        )


def wait_for_all(plan: Plan, out: Path) -> int:
    """How many partitions are missing; shared storage gets some seconds to show the last ones."""
    until = time.monotonic() + APPEAR
    while (missing := len(plan.missing(out))) and time.monotonic() < until:
        time.sleep(0.2)
    return missing


def do_jobs(jobs: list[Job], cluster: Cluster | None) -> Iterator[Event]:
    """Do jobs on a cluster, or one after another here."""
    if cluster is not None:
        from extract.cluster import extract_on

        return extract_on(cluster, jobs)
    from extract.cluster import Finished
    from extract.worker import work

    return (Finished(job, work(job)) for job in jobs)


def take(event: Event, course: Course, strict: bool) -> None:
    """Count what happened, and say what a user should know."""
    from extract.cluster import Failed, Finished

    if isinstance(event, Failed):
        course.failed.append(event)
    elif isinstance(event, Finished):
        if strict and event.counts.skipped:
            raise InputError(f"{event.job.shard.title}: {', '.join(event.counts.skipped)}")
        course.add(event.counts)
    else:
        say(event.text)


def open_folders(folders: Sequence[str], strict: bool) -> Iterator[tuple[Path, str, list[str]]]:
    """Each folder of partitions with its extractor and the partitions there, in order; others are named."""
    from extract.partitions import read_plan

    for folder in map(Path, folders):
        plan = read_plan(folder)
        missing = plan.missing(folder)
        for entry in missing[:SHOWN]:
            say(f"missing in {folder}: {entry.title}")
        if missing:
            told = f"{folder}: {len(missing):,} of {number_of(len(plan.entries), 'partition')} missing"
            if strict:
                raise InputError(f"{told}; run dyad extract again")
            say(f"{told}; the graph is built from the others")
        gone = {entry.name for entry in missing}
        yield folder, plan.extractor, [one.name for one in plan.entries if one.name not in gone]


def only_new(
    found: Iterable[Found], store: EmbeddedGraph, name: str, tally: Tally, progress: Progress
) -> Iterator[tuple[Article, list[Triple]]]:
    """The articles with their triples that the graph does not have yet; skips are named and counted."""
    from extract.readers import Skip

    seen: dict[int, int] = {}
    for one in found:
        if isinstance(one, Skip):
            tally.skip(one, progress)
        elif is_new(one[0], seen, store, name, tally, progress):
            yield one
