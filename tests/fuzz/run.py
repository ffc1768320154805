"""Fuzzes whatever reads the outside world, each target in a process of its own, and says what broke.

    python tests/fuzz/run.py [--seconds 60] [--jobs 2] [--blind] [TARGET...]

With atheris (Linux, x86-64) inputs that reach new branches are kept in build/fuzz/corpus/ and changed
further, so that a second run goes on where the first ended; without it, or with --blind, samples are changed
at random.
An input that breaks a target, or takes longer than two minutes, is kept in build/fuzz/, as is the run's log.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.fuzz import engine, extracting, reading, storing
from tests.fuzz.target import KEPT, ROOT

TARGETS = {**reading.TARGETS, **extracting.TARGETS, **storing.TARGETS}
DONE = re.compile(r"#(\d+)\s+DONE\s+cov: (\d+) ft: (\d+)")
TRIED = re.compile(r"^tried (\d+)$", re.M)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One target's run; edges and features are atheris's, None of a blind one."""

    name: str
    inputs: int
    edges: int | None
    features: int | None
    fault: str | None

    def __str__(self) -> str:
        reached = "" if self.edges is None else f", {self.edges:,} edges, {self.features:,} features"
        return f"{self.name}: {self.inputs:,} inputs{reached}, {self.fault or 'none broke it'}"


@dataclass(frozen=True, slots=True)
class Plan:
    """How long each target runs, how many at a time, from which seed (0: any), and where things are kept."""

    seconds: int = 60
    jobs: int = 2
    seed: int = 0
    blind: bool = False
    kept: Path = KEPT


def fuzz(name: str, plan: Plan) -> Outcome:
    """Run one target in a process of its own."""
    command = [sys.executable, __file__, "--here", f"--seconds={plan.seconds}", f"--seed={plan.seed}"]
    command += [f"--kept={plan.kept}", *(["--blind"] if plan.blind else []), name]
    plan.kept.mkdir(parents=True, exist_ok=True)
    log = plan.kept / f"{name}.log"
    with log.open("wb") as out:
        done = subprocess.run(
            command, cwd=ROOT, check=False, stdout=out, stderr=out, stdin=subprocess.DEVNULL
        )
    text = log.read_text("utf-8", "replace")
    found = DONE.findall(text)
    tried = TRIED.search(text)
    inputs, edges, features = map(int, found[-1]) if found else (int(tried[1]) if tried else 0, None, None)
    fault = f"broke (exit {done.returncode}): see {log}" if done.returncode else None
    return Outcome(name, inputs, edges, features, fault)


def fuzz_all(names: Sequence[str], plan: Plan) -> list[Outcome]:
    """Run the targets, so many at a time."""
    with ThreadPoolExecutor(plan.jobs) as pool:
        return list(pool.map(lambda name: fuzz(name, plan), names))


def main() -> int:
    """Fuzz the targets; 1 when anything broke."""
    parser = argparse.ArgumentParser(description="Fuzz whatever reads the outside world.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--jobs", type=int, default=2, help="targets at a time")
    parser.add_argument("--seed", type=int, default=0, help="0 for any")
    parser.add_argument("--blind", action="store_true", help="without atheris")
    parser.add_argument("--kept", type=Path, default=KEPT, help="where inputs and logs are kept")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if unknown := set(given.targets) - set(TARGETS):
        parser.error(f"no target is called {', '.join(sorted(unknown))}; known: {', '.join(TARGETS)}")
    plan = Plan(given.seconds, given.jobs, given.seed, given.blind, given.kept)
    if given.here:
        return run_here(given.targets[0], plan)
    outcomes = fuzz_all(given.targets or list(TARGETS), plan)
    print(*outcomes, sep="\n")
    return any(outcome.fault for outcome in outcomes)


def run_here(name: str, plan: Plan) -> int:
    """Run one target in this process; atheris ends it."""
    if plan.blind or not engine.guided():
        print(f"tried {engine.run_blind(name, TARGETS[name], plan.seconds, plan.seed, plan.kept)}")
    else:
        engine.run_guided(name, TARGETS[name], plan.seconds, plan.seed, plan.kept)
    return 0


if __name__ == "__main__":
    sys.exit(main())
