"""Extraction by several processes: batches go out, triples come back in the order of the articles.

Each worker is a process with a model of its own that gets batches over a line and answers one after another;
one batch lies ready for it while it reads another. What a worker held when it died is given to others: the
batch it was reading article by article, and an article that ends a worker alone MOST times is given up.
The lines close with the parent, however that ends, and a worker ends with its line.
Workers keep the memory a batch took for the next one: a tenth of their time went into giving it back.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

import msgspec

from extract import errors
from extract.batches import batches
from extract.errors import DyadError, ModelError
from extract.intake import one_line
from extract.model import Article, Extractor, Triple

FEW = 2  # batches that are read sooner here than by workers, each of which loads the model first
AHEAD = 2  # batches a worker holds: the one it reads and the next
WINDOW = 8  # batches a worker may be ahead of the slowest, so that memory is bounded
MOST = 2  # workers an article may end alone
STILLBORN = 2  # workers in a row that may end before they begin, until there are to be fewer
ROOT = Path(__file__).resolve().parent.parent
KEPT = {-1: 2**29, -3: 2**25}  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc's mallopt, in bytes
CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from extract import crew; crew.serve(int(sys.argv[2]), sys.argv[3])"
)
Answer = list[list[Triple]]
PACK, UNPACK = msgspec.msgpack.encode, msgspec.msgpack.decode


class Recipe(msgspec.Struct, frozen=True):
    """What an extractor by rules is made of, in this process or another."""

    model: str
    vocabulary: str | None = None

    def make(self) -> Extractor:
        """The extractor."""
        from extract.pipeline import RulesExtractor

        return RulesExtractor(self.model, Path(self.vocabulary) if self.vocabulary else None)


class Refusal(msgspec.Struct, frozen=True):
    """An error a worker can't go on with, by the name of its class."""

    kind: str
    text: str

    def error(self) -> DyadError:
        """The error again."""
        made: DyadError = getattr(errors, self.kind)(self.text)
        return made


@dataclass(slots=True)
class Batch:
    """Articles and what is known of them: their triples, or None for one that was given up."""

    articles: list[Article]
    found: dict[int, list[Triple] | None] = field(default_factory=dict)

    def results(self) -> Iterator[tuple[Article, list[Triple]]]:
        """The articles that were read with their triples."""
        for number, article in enumerate(self.articles):
            triples = self.found[number]
            if triples is not None:
                yield article, triples


@dataclass(frozen=True, slots=True)
class Job:
    """Articles of a batch, by number, that one worker reads at once; `deaths` it caused alone."""

    batch: Batch
    numbers: tuple[int, ...]
    deaths: int = 0

    def message(self) -> bytes:
        """The articles as a worker gets them; extraction reads no metadata."""
        return PACK([replace(self.batch.articles[n], metadata={}) for n in self.numbers])


@dataclass(slots=True, eq=False)
class Worker:
    """A process, the line to it, and the jobs it holds."""

    process: subprocess.Popen[bytes]
    line: Connection
    jobs: deque[Job] = field(default_factory=deque)
    ready: bool = False
    fault: str = ""

    def end(self) -> str:
        """End the process if it is still there; returns what ended it."""
        self.line.close()
        self.process.kill()
        code = self.process.wait()
        return self.fault or (signal.Signals(-code).name if code < 0 else f"exit status {code}")


def ignore(*_: object) -> None:
    """Hear a message and do nothing."""


class Crew:
    """An extractor by up to `processes` workers, used in a `with` block; few articles are read without any.

    `tell` hears of workers that died, `lose` of articles given up and why.
    """

    def __init__(
        self,
        recipe: Recipe,
        processes: int,
        *,
        tell: Callable[[str], None] = ignore,
        lose: Callable[[Article, str], None] = ignore,
    ) -> None:
        self.alone = recipe.make()
        self.name = self.alone.name
        self.recipe = recipe
        self.processes = processes
        self.stillborn = 0
        self.tell = tell
        self.lose = lose
        self.workers: list[Worker] = []
        self.again: deque[Job] = deque()
        self.order: deque[Batch] = deque()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End all workers; what they hold is lost."""
        while self.workers:
            self.workers.pop().end()

    def extract(self, articles: Iterator[Article]) -> Iterator[tuple[Article, list[Triple]]]:
        """Yield each article with its triples, in the order they came; those given up are left out."""
        portions = batches(articles)
        first = list(islice(portions, FEW + 1))
        if self.processes == 1 or len(first) <= FEW:
            for portion in chain(first, portions):
                yield from self.read_here(portion)
            return
        jobs = self.jobs(chain(first, portions))
        while self.feed(jobs):
            self.hear()
            while self.order and len(self.order[0].found) == len(self.order[0].articles):
                yield from self.order.popleft().results()

    def read_here(self, articles: Sequence[Article]) -> Iterator[tuple[Article, list[Triple]]]:
        """A batch read in this process; of what fails, article by article, those that fail are given up."""
        read = 0
        try:
            for found in self.alone.extract(iter(articles)):
                read += 1
                yield found
        except (DyadError, MemoryError):
            raise
        except Exception as error:
            rest = articles[read:]
            if len(rest) == 1:
                self.lose(
                    rest[0],
                    f"could not be read ({type(error).__name__}: {one_line(str(error))}); please report it",
                )
                return
            for article in rest:
                yield from self.read_here([article])

    def jobs(self, portions: Iterable[list[Article]]) -> Iterator[Job]:
        """Each batch as one job."""
        for articles in portions:
            batch = Batch(articles)
            self.order.append(batch)
            yield Job(batch, tuple(range(len(articles))))

    def feed(self, jobs: Iterator[Job]) -> bool:
        """Give the workers what they can hold; False when all is done."""
        while worker := self.free():
            room = len(self.order) < WINDOW * self.processes
            job = self.again.popleft() if self.again else next(jobs, None) if room else None
            if job is None:
                break
            worker = worker if isinstance(worker, Worker) else self.start()
            worker.jobs.append(job)
            try:
                worker.line.send_bytes(job.message())
            except OSError:
                self.bury(worker)
        return bool(self.order)

    def free(self) -> Worker | bool:
        """The worker that holds least, True for one to be started, False when all hold enough."""
        least = min(self.workers, key=lambda worker: len(worker.jobs), default=None)
        if least is not None and not least.jobs:
            return least
        if len(self.workers) < self.processes:
            return True
        return least if least is not None and len(least.jobs) < AHEAD else False

    def start(self) -> Worker:
        """Start a worker, out of reach of the terminal's Ctrl-C."""
        ours, theirs = Pipe()
        with theirs:
            process = subprocess.Popen(
                [
                    sys.executable, "-P", "-W", "ignore", "-c", CHILD,
                    str(ROOT), str(theirs.fileno()), msgspec.json.encode(self.recipe).decode(),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                process_group=0,
            )  # fmt: skip
        self.workers.append(Worker(process, ours))
        return self.workers[-1]

    def hear(self) -> None:
        """Wait for workers to answer or die, and take in what they say."""
        lines = {worker.line: worker for worker in self.workers}
        for line in wait(list(lines)) if lines else ():
            worker = lines[line]  # type: ignore[index]
            try:
                self.take(worker, worker.line.recv_bytes())
            except (EOFError, OSError):
                self.bury(worker)

    def take(self, worker: Worker, message: bytes) -> None:
        """Keep an answer; an error that is no fault of an article is raised."""
        said = UNPACK(message, type=Answer | str | Refusal | None)
        if said is None:
            worker.ready = True
            self.stillborn = 0
        elif isinstance(said, Refusal):
            raise said.error()
        elif isinstance(said, str):
            worker.fault = said
        else:
            job = worker.jobs.popleft()
            job.batch.found.update(zip(job.numbers, said, strict=True))

    def bury(self, worker: Worker) -> None:
        """Share out what a dead worker held."""
        self.workers.remove(worker)
        reason = worker.end()
        held = list(worker.jobs)
        if not worker.ready:
            self.shrink(reason)
        elif held:
            held = [*self.suspects(held[0], reason), *held[1:]]
        self.again.extendleft(reversed(held))

    def shrink(self, reason: str) -> None:
        """Go on with one worker less when several could not even begin; ModelError when none is left."""
        self.stillborn += 1
        if self.stillborn <= STILLBORN:
            self.tell(f"a worker process could not begin ({reason}); another takes its place")
            return
        self.processes -= 1
        if not self.processes:
            raise ModelError(f"no worker process can begin ({reason}); try --processes 1, or free memory")
        self.tell(f"a worker process could not begin ({reason}); going on with {self.processes}")

    def suspects(self, job: Job, reason: str) -> list[Job]:
        """What a worker read when it died, as jobs of one article each; one that did it alone is given up."""
        if len(job.numbers) > 1:
            self.tell(f"a worker process died ({reason}); its {len(job.numbers)} articles are read again")
            return [Job(job.batch, (number,)) for number in job.numbers]
        (number,) = job.numbers
        if job.deaths + 1 < MOST:
            return [replace(job, deaths=job.deaths + 1)]
        job.batch.found[number] = None
        self.lose(job.batch.articles[number], f"ended every process that read it ({reason})")
        return []


def serve(number: int, recipe: str) -> None:
    """In the worker: read batch after batch that comes over the line, until it closes."""
    keep_memory()
    line: Connection = Connection(number)
    todo: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=listen, args=(line, todo), daemon=True).start()
    try:
        reader = msgspec.json.decode(recipe, type=Recipe).make()
        for _ in reader.extract(iter([Article("", "Nobody met anybody.")])):
            line.send_bytes(PACK(None))
        while True:
            articles = UNPACK(todo.get(), type=list[Article])
            line.send_bytes(PACK([triples for _, triples in reader.extract(iter(articles))]))
    except DyadError as error:
        line.send_bytes(PACK(Refusal(type(error).__name__, str(error))))
    except Exception as error:
        line.send_bytes(PACK(f"a fault in dyad: {type(error).__name__}: {error}"[:200]))


def keep_memory() -> None:
    """Let glibc, where it is, keep the memory of one batch for the next."""
    mallopt: Any = getattr(ctypes.CDLL(None), "mallopt", None)
    for option, size in KEPT.items() if mallopt else ():
        mallopt(option, size)


def listen(line: Connection, todo: SimpleQueue[bytes]) -> None:
    """Take batches off the line while another is read; end the process when the line closes."""
    try:
        while True:
            todo.put(line.recv_bytes())
    except (EOFError, OSError):
        os._exit(0)
