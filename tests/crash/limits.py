"""No room on the disk, files and folders that can't be written, no memory: one line, nothing lost, and again.

Room is taken by RLIMIT_FSIZE and, where this process may mount one, by a small tmpfs; memory by RLIMIT_AS.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from tests.crash.child import Ended, run
from tests.crash.kills import OLD, Course, Deed, deeds, drop, place_old, read_outputs, undisturbed
from tests.crash.world import BUILD, GRAPH, Broken, World, canonical, check_whole

UNREADABLE, NOBODY = 5, 65534
SIZES = (2, 8, 30, 60, 90, 120, 150, 180, 220, 300, 450)  # kilobytes a file may have
ROOMS = (20, 60, 120, 250, 500)  # kilobytes of a disk
MORE = (0.0, 0.2, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)  # megabytes beyond what a warm process has
WHOLE = (60, 120, 200, 300, 480, 600)  # megabytes of a process of its own
ROOT = Path(__file__).resolve().parents[2]


def starve_of_room(world: World) -> Iterator[str]:
    """Every command with files that may not grow, on a disk that is full, and where it may not write."""
    plan = {deed: undisturbed(world, deed) for deed in deeds(world)}
    count = failed = 0
    for size in SIZES:
        for deed, course in plan.items():
            failed += starve(world, deed, course, partial(limit, resource.RLIMIT_FSIZE, size * 1000))
            count += 1
    yield f"files limited to {SIZES[0]}–{SIZES[-1]} kB: {count} runs, {failed} of them stopped by it"
    if may_mount(world):
        runs = [fill(world, deed, course, room) for room in ROOMS for deed, course in plan.items()]
        yield f"on a full disk: {len(runs)} runs, {sum(runs)} of them stopped by it"
    else:
        yield "on a full disk: not run, as this user may not mount a tmpfs"
    runs = [forbid(world, deed, course, what) for what in ("file", "folder") for deed, course in plan.items()]
    yield f"read-only file or folder: {len(runs)} runs, {sum(runs)} of them refused"


def starve_of_memory(world: World) -> Iterator[str]:
    """Every command with little memory: warm ones with a little more than they have, and cold ones."""
    plan = {deed: undisturbed(world, deed) for deed in deeds(world)}
    count = failed = 0
    for more in MORE:
        for deed, course in plan.items():
            failed += starve(world, deed, course, partial(limit_memory, more), memory=True)
            count += 1
    yield f"{MORE[0]}–{MORE[-1]} MB beyond a warm process: {count} runs, {failed} of them stopped by it"
    codes = [cold(world, size) for size in WHOLE]
    stopped = sum(map(bool, codes))
    yield f"processes of {WHOLE[0]}–{WHOLE[-1]} MB: {len(codes)} builds, {stopped} of them stopped by it"


def limit(what: int, most: int) -> None:
    """Bound a resource of this process."""
    resource.setrlimit(what, (most, most))


def limit_memory(more: float) -> None:
    """Bound this process's memory at so many megabytes more than it has."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit(resource.RLIMIT_AS, pages * resource.getpagesize() + int(more * 2**20))


def starve(
    world: World, deed: Deed, course: Course, before: Callable[[], None], *, memory: bool = False
) -> bool:
    """Run a deed under a limit, look at what it left, and run it again without; whether it was stopped."""
    folder = world.fresh(deed.template)
    old = place_old(folder, deed)
    ended = run(deed.command, folder, before=lambda: (deed.set_portion(), before())[0])
    stopped = told(deed, ended, memory=memory)
    mend_and_compare(world, deed, course, folder, old=old)
    drop(folder)
    return stopped


def told(deed: Deed, ended: Ended, *, memory: bool = False) -> bool:
    """Whether it failed; a failure must be told in one line, with the right exit code."""
    if ended.code == 0:
        return False
    last = ended.err.splitlines()[-1:] or [""]
    ours = [line for line in ended.err.splitlines() if line.startswith("dyad: ")]
    if ended.code != UNREADABLE or len(ours) != 1 or "Traceback" in ended.err or last != ours:
        raise Broken(f"{' '.join(deed.command)}: exit code {ended.code}: {ended.err[-2000:]!r}")
    if memory and not any(sign in last[0] for sign in ("memory", "disk I/O error")):
        raise Broken(f"{' '.join(deed.command)}: no word of memory: {last[0]}")
    return True


def mend_and_compare(world: World, deed: Deed, course: Course, folder: Path, *, old: bool = False) -> None:
    """What was left is whole; the same command, with room, ends as an undisturbed run."""
    check_whole(world, folder / GRAPH)
    for name, found in read_outputs(folder, deed).items():
        if found != course.outputs[name] and not (old and found == OLD):
            raise Broken(f"{folder / name} is half")
    if deed.outputs and (litter := [f.name for f in folder.iterdir() if f.name.startswith(".x")]):
        raise Broken(f"{' '.join(deed.command)}: leaves {litter}")
    ended = run(deed.command, folder)
    if ended.code not in deed.again:
        raise Broken(f"{' '.join(deed.command)}: with room again: exit code {ended.code}: {ended.err}")
    if canonical(folder / GRAPH) != course.graph or read_outputs(folder, deed) != course.outputs:
        raise Broken(f"{' '.join(deed.command)}: with room again it ends otherwise")


def may_mount(world: World) -> bool:
    """Whether this process may mount a tmpfs."""
    place = world.root / "probe"
    place.mkdir()
    with suppress(subprocess.CalledProcessError, FileNotFoundError), disk(place, 100):
        return True
    return False


@contextmanager
def disk(place: Path, kilobytes: int) -> Iterator[None]:
    """A small file system of its own at a folder."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def fill(world: World, deed: Deed, course: Course, kilobytes: int) -> bool:
    """Run a deed on a disk with so much room beyond what it starts with, then with enough."""
    template = world.fresh(deed.template)
    used = sum(4 + f.stat().st_size // 4096 * 4 for f in template.rglob("*"))
    place = world.root / f"disk{world.number}"
    place.mkdir()
    with disk(place, used + kilobytes):
        folder = place / "work"
        shutil.copytree(template, folder)
        ended = run(deed.command, folder, before=deed.set_portion, notes=template)
        stopped = told(deed, ended)
        shutil.rmtree(template)
        shutil.copytree(folder, template)
    mend_and_compare(world, deed, course, template)
    drop(template)
    return stopped


def forbid(world: World, deed: Deed, course: Course, what: str) -> bool:
    """Run a deed as somebody who may read the file, or all of the folder, but not write."""
    folder = world.fresh(deed.template)
    for path in (world.root, *folder.rglob("*"), folder):
        path.chmod(0o777 if path.is_dir() else 0o666)
    if what == "folder":
        folder.chmod(0o555)
    if (folder / GRAPH).exists():
        (folder / GRAPH).chmod(0o444)
    ended = run(deed.command, folder, before=drop_rights)
    stopped = told(deed, ended)
    folder.chmod(0o777)
    if (folder / GRAPH).exists():
        (folder / GRAPH).chmod(0o666)
    mend_and_compare(world, deed, course, folder)
    drop(folder)
    return stopped


def drop_rights() -> None:
    """Be nobody, where this process is root, for whom nothing is read-only."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def cold(world: World, megabytes: int) -> int:
    """Build in a process of its own with so much memory, then without a bound; the first one's exit code."""
    folder = world.fresh("bare")
    command: Sequence[str] = [sys.executable, str(ROOT / "cli.py"), *BUILD]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False,
        preexec_fn=lambda: limit(resource.RLIMIT_AS, megabytes * 2**20),
    )  # fmt: skip
    told(Deed("build", "bare", BUILD), Ended(done.returncode, done.stdout, done.stderr))
    check_whole(world, folder / GRAPH)
    ended = run(BUILD, folder)
    if ended.code or canonical(folder / GRAPH) != canonical(world.root / "full" / GRAPH):
        raise Broken(f"built with {megabytes} MB and again without a bound, the graph is another one")
    drop(folder)
    return done.returncode
