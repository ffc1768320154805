"""SIGKILL at random moments of build, merge, forget, load and export: nothing half, nothing lost.

Half of the moments are spread over the time an undisturbed run takes; the others follow at once, or within
two milliseconds, on a change of the files beside the graph, so that they fall into its commits.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from commands import running
from tests.crash.child import Child, changes, run, start
from tests.crash.world import BUILD, EXPORTS, GRAPH, Broken, World, canonical, check_whole, page_is_there

MISSES = 20  # runs in a row that may end before their moment comes
AFTER = (0.0, 0.0002, 0.001, 0.002)  # seconds from a change of files to the kill


@dataclass(frozen=True, slots=True)
class Deed:
    """A command with the folder it starts in, and the exit codes with which it may end the second time."""

    name: str
    template: str
    command: tuple[str, ...]
    again: tuple[int, ...] = (0,)
    outputs: tuple[str, ...] = ()
    portion: int = running.PORTION
    """articles that a build stores at a time"""

    def begin(self, folder: Path) -> Child:
        """Start the command."""
        return start(self.command, folder, before=self.set_portion)

    def begin_in(self, folder: Path, number: int) -> Child:
        """Start the command as one of several."""
        notes = folder.with_name(f"{folder.name}.notes{number}")
        return start(self.command, folder, notes=notes, before=self.set_portion)

    def set_portion(self) -> None:
        """Let the build store so few articles at a time that this small one has several commits."""
        running.PORTION = self.portion


@dataclass(slots=True)
class Course:
    """What an undisturbed run of a deed took and left: seconds, changes of files, the graph, its outputs."""

    seconds: float
    changes: int
    graph: bytes
    outputs: dict[str, bytes] = field(default_factory=dict)


def deeds(world: World) -> list[Deed]:
    """What is killed, the builds thrice: from nothing, on a graph that has half, and from partitions."""
    held = sorted(world.whole)
    names = Counter(t.source for _, triples in world.whole.values() for t in triples if " " in t.source)
    one, two = sorted(name for name, _ in names.most_common(2))
    exports = [name for name in EXPORTS if page_is_there() or name != "x.html"]
    return [
        Deed("build", "bare", BUILD, portion=3),
        Deed("build", "half", BUILD, portion=1),
        Deed("build", "bare", ("build", "--extracted", "parts", "-g", GRAPH), portion=2),
        *[Deed("merge", "full", ("merge", one, two, "-g", GRAPH), (0, 5))] * 2,
        *[Deed("forget", "full", ("forget", key, "-g", GRAPH), (0, 1)) for key in held[:2]],
        *[Deed("export", "full", ("export", name, "-g", GRAPH), (0,), outputs(name)) for name in exports],
    ]


def outputs(name: str) -> tuple[str, ...]:
    """The files an export writes."""
    if name == "x.csv":
        return tuple(f"x-{part}.csv" for part in ("actors", "edges", "evidence"))
    if name == "x.neo4j":
        parts = ("articles", "actors", "statements", "statement_ends", "statement_articles", "edges")
        tables = (f"x.neo4j/{part}.csv" for part in (*parts, "claims", "claim_ends"))
        return (*tables, "x.neo4j/import.sh")
    return (name,)


def undisturbed(world: World, deed: Deed) -> Course:
    """Run the deed twice to its end: for its time and result, and for the changes of files it makes."""
    folder = world.fresh(deed.template)
    begun = time.monotonic()
    ended = run(deed.command, folder)
    seconds = time.monotonic() - begun
    if ended.code:
        raise Broken(f"{' '.join(deed.command)}: exit code {ended.code}: {ended.err}")
    course = Course(seconds, 1, canonical(folder / GRAPH), read_outputs(folder, deed))
    watched = world.fresh(deed.template)
    child = deed.begin(watched)
    course.changes = max((1, *changes(child, watched)))
    child.wait()
    drop(folder, watched)
    return course


def read_outputs(folder: Path, deed: Deed) -> dict[str, bytes]:
    """The files that the deed has written under their final names."""
    return {name: (folder / name).read_bytes() for name in deed.outputs if (folder / name).exists()}


def strike(child: Child, folder: Path, course: Course, dice: random.Random) -> str:
    """Kill the child at a moment of its run; how the moment was chosen."""
    if dice.random() < 0.5:
        time.sleep(dice.uniform(0, course.seconds))
        child.kill()
        return "time"
    wanted = dice.randint(1, course.changes)
    for count in changes(child, folder):
        if count >= wanted:
            time.sleep(dice.choice(AFTER))
            child.kill()
            break
    return "write"


def kill_once(world: World, deed: Deed, course: Course, dice: random.Random) -> str | None:
    """Kill one run, look at what it left, run it again; None when it ended before it was killed."""
    folder = world.fresh(deed.template)
    old = dice.random() < 0.5 and place_old(folder, deed)
    child = deed.begin(folder)
    how = strike(child, folder, course, dice)
    if child.wait().code != -9:
        drop(folder)
        return None
    check_whole(world, folder / GRAPH)
    for name, found in read_outputs(folder, deed).items():
        if found != course.outputs[name] and not (old and found == OLD):
            raise Broken(f"{folder / name} is half")
    ended = run(deed.command, folder)
    if ended.code not in deed.again or ended.err.count("\n") > 3 + len(world.whole):
        raise Broken(f"{folder}: run again: exit code {ended.code}: {ended.err}")
    if canonical(folder / GRAPH) != course.graph or read_outputs(folder, deed) != course.outputs:
        raise Broken(f"{folder}: run again, it ends otherwise than an undisturbed run")
    drop(folder)
    return how


OLD = b"what was here before"


def place_old(folder: Path, deed: Deed) -> bool:
    """Put older files under the final names."""
    for name in deed.outputs:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(OLD)
    return True


def drop(*folders: Path) -> None:
    """Remove what a run left."""
    for folder in folders:
        for gone in (folder, folder.with_name(f"{folder.name}.notes")):
            shutil.rmtree(gone, ignore_errors=True)


def kill_all(
    world: World, moments: int, seed: int, say: Callable[[str], None] = print
) -> Mapping[str, Counter[str]]:
    """Kill so many runs, the deeds in turn; how many of each command were killed, by how it was chosen."""
    dice = random.Random(seed)
    plan = deeds(world)
    courses = {deed: undisturbed(world, deed) for deed in plan}
    struck: dict[str, Counter[str]] = {}
    for number in range(moments):
        deed = turn(plan, number)
        how = next(filter(None, tries(world, deed, courses[deed], dice)))
        struck.setdefault(deed.name, Counter())[how] += 1
        if (number + 1) % 50 == 0:
            say(f"{number + 1} killed")
    return struck


def turn(plan: list[Deed], number: int) -> Deed:
    """The deed whose turn it is: the commands one after another, and each command's deeds likewise."""
    commands = list(dict.fromkeys(deed.name for deed in plan))
    mine = [deed for deed in plan if deed.name == commands[number % len(commands)]]
    return mine[number // len(commands) % len(mine)]


def tries(world: World, deed: Deed, course: Course, dice: random.Random) -> Iterator[str | None]:
    """Try until a run is killed before its end."""
    for _ in range(MISSES):
        with contextlib.suppress(ChildProcessError):
            yield kill_once(world, deed, course, dice)
    raise Broken(f"{' '.join(deed.command)}: always ends before it is killed")
