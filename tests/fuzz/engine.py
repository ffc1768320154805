"""What drives a target: atheris, which keeps inputs that reach new branches, or else blind changes."""

from __future__ import annotations

import pkgutil
import random
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.target import Target, Test

SLOW = 120  # seconds that one input may take, on a busy machine too
MEMORY = 4096  # MB
OURS = ("extract", "graph", "graph.exports")
PIECES = (b"\x00", b"\xff\xfe", b"<", b"]]>", b'"', b"\\", b"{" * 200, b"\n\n", b",", b"&#0;",
          b"\xe2\x80\xae", b"\xed\xa0\x80", b"9" * 40, b"%PDF-1.7", b"<!ENTITY a '&a;'>")  # fmt: skip


def guided() -> bool:
    """Whether atheris is there: it is made for Linux on x86-64."""
    return find_spec("atheris") is not None


def run_guided(name: str, target: Target, seconds: int, seed: int, kept: Path) -> None:
    """Fuzz by atheris, seed 0 for any; it ends this process, and what broke the target is kept."""
    import atheris

    with atheris.instrument_imports(include=list(target.rooms), enable_loader_override=False):
        for room in target.rooms:
            load(room)
        test = target.make()
    for sample in target.samples():
        test(sample)
    corpus = fill_corpus(name, target, kept)
    longest = max(path.stat().st_size for path in corpus.iterdir())
    flags = (
        f"-max_total_time={seconds}",
        f"-timeout={SLOW}",
        f"-rss_limit_mb={MEMORY}",
        f"-max_len={max(8192, longest)}",
        "-len_control=20",
        "-print_final_stats=1",
        f"-seed={seed}",
        f"-artifact_prefix={kept}/{name}-",
        str(corpus),
    )
    atheris.Setup([sys.argv[0], *flags], lambda data: void(test, data))
    atheris.Fuzz()


def load(room: str) -> None:
    """Import a module, and all below a package of ours, so that what is imported late is watched as well."""
    path = getattr(import_module(room), "__path__", None)
    for found in pkgutil.walk_packages(path, f"{room}.") if path and room in OURS else ():
        import_module(found.name)


def void(test: Test, data: bytes) -> None:
    """Run the test, whose answer atheris would take for an order."""
    test(data)


def fill_corpus(name: str, target: Target, kept: Path) -> Path:
    """The folder of inputs worth keeping, with the samples in it."""
    corpus = kept / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, sample in enumerate(target.samples()):
        (corpus / f"sample-{number}").write_bytes(sample)
    return corpus


def run_blind(name: str, target: Target, seconds: float, seed: int, kept: Path) -> int:
    """Fuzz by changes made at random; how many were tried. What breaks the target is kept, and raised."""
    test = target.make()
    chance = random.Random(seed)
    samples = list(target.samples())
    tried, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        data = mutate(chance, chance.choice(samples))
        begun = time.monotonic()
        try:
            test(data)
            if time.monotonic() - begun > SLOW:
                raise TimeoutError(f"one input took {time.monotonic() - begun:.0f} s")
        except BaseException:
            kept.mkdir(parents=True, exist_ok=True)
            (kept / f"{name}-blind").write_bytes(data)
            raise
        tried += 1
    return tried


def mutate(chance: random.Random, data: bytes) -> bytes:
    """The data with a few bytes changed, cut, doubled or slipped in."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(out) + 1), chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(5):
            case 0 if at < len(out):
                out[at] ^= 1 << chance.randrange(8)
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[at : at + length] * chance.randint(1, 4)
            case 3:
                out[at:at] = chance.choice(PIECES)
            case _:
                out[at : at + length] = chance.randbytes(length)
    return bytes(out)
