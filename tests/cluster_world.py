"""Dask schedulers and workers as processes of their own, and hosts: network namespaces behind a switch."""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bench.articles import make_articles
from extract.model import Article, Triple
from extract.partitions import read_partitions, read_plan
from extract.pipeline import make_extractor
from extract.readers import Skip, read_articles

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 300.0
Process = subprocess.Popen[bytes]
Read = tuple[Article, list[Triple]]
Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Host:
    """Where processes run: this machine, or a network namespace of it."""

    address: str = "127.0.0.1"
    space: str = ""


HERE = Host()


@dataclass(slots=True)
class Cluster:
    """The processes of one test, each with a file that it writes to."""

    folder: Path
    started: list[Process] = field(default_factory=list)

    def start(self, host: Host, *command: str, **more: str) -> Process:
        """Start a Python program on a host; it leads a group of processes of its own."""
        prefix = ["ip", "netns", "exec", host.space] if host.space else []
        with open(self.folder / f"process-{len(self.started)}.log", "wb") as log:
            process = subprocess.Popen(
                [*prefix, sys.executable, *command], cwd=self.folder, env={**os.environ, **more},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.started.append(process)
        return process

    def logged(self, process: Process) -> str:
        """What the process has written so far."""
        return (self.folder / f"process-{self.started.index(process)}.log").read_text(errors="replace")

    def scheduler(self, host: Host = HERE) -> str:
        """Start a scheduler and wait for its address."""
        options = ("--host", host.address, "--port", "0", "--no-dashboard")
        process = self.start(host, "-m", "dask", "scheduler", *options)
        return wait_for(lambda: re.search(r"tcp://[\d.]+:\d+", self.logged(process)))[0]

    def worker(self, scheduler: str, *options: str, host: Host = HERE, **more: str) -> Process:
        """Start a worker that has one thread."""
        options = ("--host", host.address, "--nthreads", "1", "--no-dashboard",
                   "--local-directory", str(self.folder / "scratch"), *options)  # fmt: skip
        return self.start(host, "-m", "dask", "worker", scheduler, *options, **more)

    def wait_for_workers(self, *workers: Process) -> None:
        """Wait until the scheduler knows them."""
        for worker in workers:
            wait_for(lambda worker=worker: "Registered to" in self.logged(worker), worker)  # type: ignore[misc]

    def dyad(self, *args: str, host: Host = HERE) -> Process:
        """Start a dyad command."""
        return self.start(host, str(ROOT / "cli.py"), *args)

    def stop(self) -> None:
        """End all that was started here, with their children."""
        for process in self.started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        for process in self.started:
            process.wait()


@contextmanager
def processes(folder: Path) -> Iterator[Cluster]:
    """Processes that end with the block."""
    cluster = Cluster(folder)
    try:
        yield cluster
    finally:
        cluster.stop()


def wait_for(look: Callable[[], Seen | None], process: Process | None = None) -> Seen:
    """What look gives as soon as it gives something; a process that ends before that is a failure."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if found := look():
            return found
        assert process is None or process.poll() is None, f"it ended with {process.returncode}"
        time.sleep(0.02)
    raise AssertionError("waited in vain")


@contextmanager
def namespaces(count: int) -> Iterator[list[Host]]:
    """So many hosts, each a network namespace with one cable to a switch in a namespace of its own."""
    mark = f"dyad-{secrets.token_hex(3)}"
    hosts = [Host(f"10.213.0.{n + 1}", f"{mark}-{n}") for n in range(count)]
    switch = f"{mark}-switch"
    try:
        ip("netns", "add", switch)
        ip("-n", switch, "link", "add", "switch", "type", "bridge")
        ip("-n", switch, "link", "set", "switch", "up")
        for number, host in enumerate(hosts):
            plug_in(host, switch, f"port{number}")
        yield hosts
    finally:
        for space in (*(host.space for host in hosts), switch):
            subprocess.run(["ip", "netns", "del", space], check=False, capture_output=True)


def plug_in(host: Host, switch: str, port: str) -> None:
    """Make the host and its cable."""
    ip("netns", "add", host.space)
    ip("-n", switch, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", host.space)
    ip("-n", switch, "link", "set", port, "master", "switch", "up")
    ip("-n", host.space, "addr", "add", f"{host.address}/24", "dev", "eth0")
    for device in ("lo", "eth0"):
        ip("-n", host.space, "link", "set", device, "up")


def unplug(host: Host) -> None:
    """Cut the host off, as a machine that loses power: nobody is told."""
    ip("-n", host.space, "link", "set", "eth0", "down")


def ip(*words: str) -> None:
    """Run a command of iproute2."""
    subprocess.run(["ip", *words], check=True, capture_output=True)


def forbidden() -> str:
    """Why no network namespace can be made here; nothing where it can."""
    try:
        with namespaces(1):
            return ""
    except (OSError, subprocess.CalledProcessError) as error:
        return f"needs root and iproute2 to make network namespaces: {error}"


@contextmanager
def slowed(process: Process, share: float = 0.15) -> Iterator[None]:
    """Let the process run for only this share of the time."""
    done = threading.Event()

    def brake() -> None:
        while not done.wait(share / 2):
            process.send_signal(signal.SIGSTOP)
            done.wait((1 - share) / 2)
            process.send_signal(signal.SIGCONT)

    thread = threading.Thread(target=brake)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def write_news(file: Path, count: int, *more: str) -> None:
    """A file of made-up articles, and some texts of one's own behind them."""
    rows = [
        {"id": a.id, "title": a.title, "text": a.text, "published": a.published, "publisher": a.publisher}
        for a, _ in make_articles(count, seed=8)
    ]
    rows += [{"id": str(number), "text": text} for number, text in enumerate(more)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))


def read_here(file: Path, name: str) -> list[Read]:
    """What one process, this one, reads in the file when it goes by that name."""
    found = [one for one in read_articles([str(file)]) if not isinstance(one, Skip)]
    renamed = (Article(a.id, a.text, a.title, a.published, a.url, a.publisher, a.metadata,
                       a.origin.replace(str(file), name)) for a in found)  # fmt: skip
    return list(make_extractor().extract(renamed))


def read_out(folder: Path) -> list[Read]:
    """What the partitions of a folder hold, in order; those that are missing hold nothing."""
    plan = read_plan(folder)
    gone = {entry.name for entry in plan.missing(folder)}
    names = [entry.name for entry in plan.entries if entry.name not in gone]
    return [one for one in read_partitions(folder, names) if not isinstance(one, Skip)]
