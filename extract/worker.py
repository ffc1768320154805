"""What a worker does, on this machine or another: one shard of articles into one partition."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from threading import Lock

import msgspec

from extract.errors import DyadError, InputError
from extract.intake import Skip
from extract.model import Article, Extractor, content_id
from extract.partitions import Counts, Found, write_partition
from extract.shards import Shard, check, read_shard

ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to make the extractor by rules; `vocabulary` is the content of the user's file."""

    model: str
    vocabulary: bytes = b""


@dataclass(frozen=True, slots=True)
class Job:
    """One shard to be read by this recipe into this folder; `versions` is what the worker must have."""

    shard: Shard
    folder: str
    recipe: Recipe
    versions: dict[str, str]

    @property
    def name(self) -> str:
        """The partition's file: other input, extractor or model makes another name."""
        return partition_name(self.shard, self.versions)


@dataclass(frozen=True, slots=True)
class Report:
    """How a job went: the counts, or who is at fault ("worker", "shard", a "file", or "dyad") and why."""

    counts: Counts | None = None
    fault: str = ""
    why: str = ""


def partition_name(shard: Shard, versions: dict[str, str]) -> str:
    """The file name of a shard's partition."""
    return f"{content_id(shard.id, versions['extractor'], versions['model'])}.jsonl.gz"


@lru_cache(maxsize=2)
def make_reader(recipe: Recipe) -> Extractor:
    """The extractor of a recipe; its model is loaded with the first article."""
    from extract.pipeline import make_extractor

    if not recipe.vocabulary:
        return make_extractor(model=recipe.model)
    with tempfile.NamedTemporaryFile(suffix=".toml") as file:
        file.write(recipe.vocabulary)
        file.flush()
        return make_extractor(model=recipe.model, vocabulary=Path(file.name))


def find_versions(recipe: Recipe) -> dict[str, str]:
    """What must be the same everywhere for the same triples, by name."""
    model = recipe.model.replace("_", "-")
    return {
        "extractor": make_reader(recipe).name,
        "model": f"{model} {version_of(model)}",
        "spacy": version_of("spacy"),
        "dyad": f"{version_of('dyad')} (code {code_hash()})",
    }


def version_of(package: str) -> str:
    """The version of an installed package."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


@lru_cache(maxsize=1)
def code_hash() -> str:
    """Hash of all that extraction is made of: code, tables, weights."""
    root = Path(__file__).parent
    found = hashlib.blake2b(digest_size=4)
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(f"{path.relative_to(root).as_posix()} {path.stat().st_size}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def work(job: Job) -> Counts:
    """Write the shard's partition; raises OSError or a DyadError."""
    check(job.shard)
    return write_partition(Path(job.folder) / job.name, extract(job))


def extract(job: Job) -> Iterator[Found]:
    """What is found in a shard: the articles with their triples, then what was skipped."""
    skips: list[Skip] = []

    def articles() -> Iterator[Article]:
        for found in read_shard(job.shard):
            if isinstance(found, Skip):
                skips.append(found)
            else:
                yield found

    yield from make_reader(job.recipe).extract(articles())
    yield from skips


def perform(raw: bytes) -> bytes:
    """A job and its report as bytes, for a line on which nothing else of ours is known."""
    with ONE_AT_A_TIME:
        return msgspec.json.encode(report(raw))


def report(raw: bytes) -> Report:
    """Do a job and say how it went."""
    try:
        job = msgspec.json.decode(raw, type=Job)
    except msgspec.ValidationError:
        return Report(fault="worker", why="its dyad is another version")
    try:
        if differs := compare(job.versions, find_versions(job.recipe)):
            return Report(fault="worker", why=differs)
        return Report(work(job))
    except InputError as error:
        return Report(fault="shard", why=str(error))
    except DyadError as error:
        return Report(fault="worker", why=str(error))
    except OSError as error:
        return Report(fault="file", why=told(error))
    except Exception as error:
        return Report(fault="dyad", why=f"{type(error).__name__}: {error}"[:200])


def compare(ours: dict[str, str], its: dict[str, str]) -> str:
    """What of the worker's is another version than ours; nothing when all is the same."""
    odd = [f"its {key} is {its.get(key)}, not {mine}" for key, mine in ours.items() if its.get(key) != mine]
    return ", ".join(odd)


def told(error: OSError) -> str:
    """What the system says, on one line."""
    return f"{error.filename or 'storage'}: {(error.strerror or str(error)).lower()}"
