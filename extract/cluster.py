"""Shards extracted on a cluster: Dask brings jobs to its workers, and says which workers there are.

One job at a time goes to each worker, by its address: so a worker that dies is to blame for one shard, a slow
one holds up one, and any number of new ones may join. A shard whose worker died waits behind all others; one
that several died of is given up. When none is left to begin, idle workers try what takes unusually long.
"""

from __future__ import annotations

import json
import logging
import re
import socket
import time
import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median
from threading import Event as Signal
from typing import TYPE_CHECKING

import msgspec

from extract import shards
from extract.errors import DyadError, ModelError, UnreachableError
from extract.intake import quiet
from extract.partitions import Counts
from extract.worker import Job, Report, told

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT = 5.0  # seconds to reach the scheduler
RESULT = 5.0  # seconds to fetch a report that is said to be there
GLANCE = 0.5  # seconds between two looks at which workers there are
PATIENCE = 60.0  # seconds without a worker before a run ends
DEATHS = 3  # workers that may die of one shard
LATE = 2.0  # times the median after which a shard is tried on a second worker, too
ADDRESS = re.compile(
    r"(?:(?P<scheme>tcp|tls|wss?)://)?(?P<host>[\w.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5})"
)
Submit = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Finished:
    """A job's partition is written."""

    job: Job
    counts: Counts


@dataclass(frozen=True, slots=True)
class Failed:
    """A job was given up."""

    job: Job
    why: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What a user should know of the cluster."""

    text: str


Event = Finished | Failed | Notice


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """A job on its way at a worker."""

    job: Job
    worker: str
    future: Future[bytes]
    since: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """A scheduler that answered; `warning` is what Dask warns of, on one line."""

    client: Client
    address: str
    warning: str = ""


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster of the scheduler at an address; raises UnreachableError when none answers in seconds."""
    try:
        from distributed import Client
    except ImportError:
        raise ModelError("--cluster needs Dask: pip install 'dyad[cluster]'") from None
    with ExitStack() as stack:
        stack.enter_context(quiet())  # all that Dask's log has to say, we say
        hush("distributed", "tornado", "asyncio")  # its threads may log after the client is closed, too
        caught = stack.enter_context(warnings.catch_warnings(record=True))
        warnings.simplefilter("always")
        try:
            knock(address)
            client = Client(address, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError, ImportError) as error:
            why = " ".join(str(error).split()) or type(error).__name__
            raise UnreachableError(
                f"{address}: no Dask scheduler answers ({why[:200]}); is it running (dask scheduler)?"
            ) from None
        stack.callback(client.close, timeout=CONNECT)
        yield Cluster(client, address, " ".join(" ".join(str(one.message) for one in caught).split()))


def hush(*families: str) -> None:
    """Let these packages' loggers write nowhere for as long as the process lives."""
    for name in [*families, *logging.root.manager.loggerDict]:
        if name.partition(".")[0] in families:
            logger = logging.getLogger(name)
            logger.handlers, logger.propagate = [logging.NullHandler()], False


def knock(address: str) -> None:
    """See that a Dask scheduler is there: it speaks first, and begins with the length of what it says.

    Dask itself waits without end for something else that takes the call. Over TLS the caller speaks first.
    """
    found = ADDRESS.fullmatch(address)
    if found is None:
        raise UnreachableError(f"{address!r}: no address of a Dask scheduler; it looks like tcp://HOST:8786")
    if found["scheme"] not in (None, "tcp"):
        return
    with socket.create_connection((found["host"].strip("[]"), int(found["port"])), CONNECT) as line:
        line.settimeout(CONNECT)
        greeting = line.recv(8, socket.MSG_WAITALL)
    if len(greeting) < 8 or int.from_bytes(greeting, "little") > 2**20:
        raise OSError("something else does")


def extract_on(cluster: Cluster, jobs: Iterable[Job], patience: float = PATIENCE) -> Iterator[Event]:
    """Do all jobs on the cluster and tell what happens.

    Raises UnreachableError when the scheduler is lost or no worker comes, ModelError when none can be used;
    what is written stays.
    """
    if cluster.warning:
        yield Notice(f"Dask warns: {cluster.warning}")
    yield from Run(cluster.client, cluster.address, jobs, patience).events()


def make_remote() -> Submit:
    """The function that workers run; sent by value, so that the scheduler needs no dyad.

    No exception leaves it: Dask's client breaks on some that it can't unpack.
    """

    def remote(raw: bytes) -> bytes:
        try:
            from extract.worker import perform
        except ImportError as error:
            why = f"it has no dyad, or not all of it ({error})"
            return json.dumps({"fault": "worker", "why": why}).encode()
        return perform(raw)

    return remote


class Run:
    """Jobs on their way through a cluster."""

    def __init__(self, client: Client, address: str, jobs: Iterable[Job], patience: float) -> None:
        self.client = client
        self.address = address
        self.patience = patience
        self.waiting = deque(jobs)
        self.open = {job.name for job in self.waiting}
        self.running: list[Attempt] = []
        self.blamed: Counter[str] = Counter()
        self.spans: list[float] = []  # seconds that finished jobs took
        self.unfit: dict[str, str] = {}  # worker to reason
        self.known: set[str] = set()
        self.seen = self.looked = time.monotonic()
        self.tries = 0
        self.stir = Signal()
        self.remote = make_remote()

    def events(self) -> Iterator[Event]:
        """All jobs to their ends."""
        self.look(0)
        while self.open:
            yield from self.collect()
            self.check_workers()
            self.assign()
            self.stir.wait(GLANCE)
            self.stir.clear()
            self.look(GLANCE)

    def look(self, rest: float) -> None:
        """See which workers there are, if the last look is so many seconds ago."""
        if self.client.status == "closed":
            raise UnreachableError(f"{self.address}: the scheduler is gone; run the same again to go on")
        if time.monotonic() - self.looked < rest:
            return
        self.looked = time.monotonic()
        try:
            self.known = set(self.client.nthreads())
        except (OSError, ValueError):  # no answer now: the client finds out whether that lasts
            return

    def fit(self) -> list[str]:
        """The workers that can be used, in a fixed order."""
        return sorted(self.known - set(self.unfit))

    def check_workers(self) -> None:
        """End the run when nobody has been there to work for too long."""
        if self.fit():
            self.seen = time.monotonic()
        waited = time.monotonic() - self.seen
        none_ever = self.unfit and not self.spans and not self.blamed  # else one may be starting again
        if none_ever and waited > min(CONNECT, self.patience):
            worker, why = next(reversed(self.unfit.items()))
            raise ModelError(f"no worker can be used; {worker}: {why}")
        if waited > self.patience:
            raise UnreachableError(
                f"{self.address}: no worker for {self.patience:g} s; start some (dask worker {self.address}) "
                "and run the same again to go on"
            )

    def assign(self) -> None:
        """Give each idle worker a job."""
        if self.client.status != "running":
            return
        busy = {attempt.worker for attempt in self.running}
        for worker in self.fit():
            if worker in busy:
                continue
            job = self.find_next() or self.find_late()
            if job is None:
                return
            self.send(job, worker)

    def find_next(self) -> Job | None:
        """The first job that waits and has not come to its end elsewhere."""
        while self.waiting:
            if (job := self.waiting.popleft()).name in self.open:
                return job
        return None

    def send(self, job: Job, worker: str) -> None:
        """Have one worker do a job."""
        self.tries += 1
        future = self.client.submit(
            self.remote, msgspec.json.encode(job), key=f"dyad-{job.name}-{self.tries}", workers=[worker]
        )
        future.add_done_callback(lambda _: self.stir.set())
        self.running.append(Attempt(job, worker, future, time.monotonic()))

    def find_late(self) -> Job | None:
        """The job that takes longest and longer than usual, unless two workers have it already."""
        if not self.spans:
            return None
        tried = Counter(attempt.job.name for attempt in self.running)
        bound = time.monotonic() - LATE * median(self.spans) - GLANCE
        late = [a for a in self.running if a.since < bound and tried[a.job.name] == 1 and self.is_open(a)]
        return min(late, key=lambda attempt: attempt.since).job if late else None

    def is_open(self, attempt: Attempt) -> bool:
        """Whether the attempt's job still waits for an end."""
        return attempt.job.name in self.open

    def collect(self) -> Iterator[Event]:
        """What became of the attempts since the last time."""
        for attempt in list(self.running):
            status = attempt.future.status
            gone = attempt.worker not in self.known
            if status == "pending" and not gone:
                continue
            self.running.remove(attempt)
            if not self.is_open(attempt):
                continue
            if status == "finished":
                yield from self.finish(attempt)
            elif status == "error":  # Dask's own, as when it can't bring the job there
                yield from self.blame(attempt, f"{attempt.worker} could not begin")
            elif gone:
                attempt.future.cancel()
                yield from self.blame(attempt, f"{attempt.worker} died")
            else:
                self.again(attempt)

    def finish(self, attempt: Attempt) -> Iterator[Event]:
        """Take a report."""
        try:
            report = msgspec.json.decode(attempt.future.result(timeout=RESULT), type=Report)
        except Exception:  # whatever it was, the report did not come
            self.again(attempt)
            return
        if report.fault == "file":
            report = accuse(attempt.job, report)
        if report.counts is not None:
            self.spans.append(time.monotonic() - attempt.since)
            self.open.discard(attempt.job.name)
            yield Finished(attempt.job, report.counts)
        elif report.fault == "shard":
            self.open.discard(attempt.job.name)
            yield Failed(attempt.job, report.why)
        elif report.fault == "dyad":
            yield from self.blame(attempt, report.why)
        else:
            yield from self.dismiss(attempt, report.why)

    def dismiss(self, attempt: Attempt, why: str) -> Iterator[Event]:
        """Use the worker no more; its job is as good as before."""
        self.unfit[attempt.worker] = why
        self.waiting.appendleft(attempt.job)
        yield Notice(f"left out {attempt.worker}: {why}")

    def blame(self, attempt: Attempt, why: str) -> Iterator[Event]:
        """Try a job again behind all others, or give it up."""
        job = attempt.job
        self.blamed[job.name] += 1
        if self.blamed[job.name] >= DEATHS:
            self.open.discard(job.name)
            yield Failed(job, f"given up after {DEATHS} tries; the last: {why}")
        else:
            self.again(attempt)
            yield Notice(f"{job.shard.title} will be read again: {why}")

    def again(self, attempt: Attempt) -> None:
        """Let a job wait behind all others, unless another worker has it."""
        if all(other.job.name != attempt.job.name for other in self.running):
            self.waiting.append(attempt.job)


def accuse(job: Job, report: Report) -> Report:
    """Who is at fault when a worker could not read or write a file: the shard, if we can't read it either."""
    try:
        shards.check(job.shard)
    except OSError as error:
        return Report(fault="shard", why=told(error))
    except DyadError as error:
        return Report(fault="shard", why=str(error))
    return Report(fault="worker", why=f"{report.why}; is it on storage that every worker sees?")
