"""dyad's commands as children of a process in which everything is loaded: forked, watched, limited, killed.

What runs in a child is `cli.main()` with the command's own arguments, as the console script runs it; only the
loading of modules and of the language model, which stores nothing, is done before the fork.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cli

OUT, ERR = ".out", ".err"
PATIENCE = 180.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit code, minus the signal that killed it, and what it printed."""

    code: int
    out: str
    err: str


@dataclass(slots=True)
class Child:
    """A running command."""

    pid: int
    notes: Path
    code: int | None = None

    def over(self) -> bool:
        """Whether it has ended."""
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if pid else None
        return self.code is not None

    def kill(self) -> None:
        """SIGKILL it, unless it has ended."""
        if not self.over():
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> Ended:
        """How it ended; one that takes longer than any may is killed."""
        end = time.monotonic() + PATIENCE
        while not self.over():
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.002)
        assert self.code is not None
        return Ended(self.code, *((self.notes / n).read_text("utf-8", "replace") for n in (OUT, ERR)))


def start(
    arguments: Sequence[str],
    folder: Path,
    *,
    notes: Path | None = None,
    before: Callable[[], None] = lambda: None,
    environment: Mapping[str, str] | None = None,
) -> Child:
    """Begin a command in a folder; what it prints goes into `notes`, outside of the folder unless told."""
    notes = notes or folder.with_name(f"{folder.name}.notes")
    notes.mkdir(exist_ok=True)
    with (notes / OUT).open("wb") as out, (notes / ERR).open("wb") as err:
        pid = os.fork()
        if pid:
            return Child(pid, notes)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
    code = cli.FAULT
    try:
        os.chdir(folder)
        os.environ.update(environment or {})
        sys.argv = ["dyad", *arguments]
        before()
        cli.main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
        os._exit(code)


def run(
    arguments: Sequence[str],
    folder: Path,
    *,
    notes: Path | None = None,
    before: Callable[[], None] = lambda: None,
    environment: Mapping[str, str] | None = None,
) -> Ended:
    """Run a command to its end."""
    return start(arguments, folder, notes=notes, before=before, environment=environment).wait()


def warm(folder: Path, commands: Sequence[Sequence[str]]) -> None:
    """Run commands in this very process, so that children find everything loaded."""
    arguments, here = sys.argv, Path.cwd()
    with open(os.devnull, "w") as nothing, contextlib.redirect_stderr(nothing), silent(nothing):
        os.chdir(folder)
        try:
            for command in commands:
                sys.argv = ["dyad", *command]
                with contextlib.suppress(SystemExit):
                    cli.main()
        finally:
            sys.argv = arguments
            os.chdir(here)


def silent(nothing: object) -> contextlib.AbstractContextManager[object]:
    """Standard output thrown away."""
    return contextlib.redirect_stdout(nothing)  # type: ignore[type-var]


def state(folder: Path) -> frozenset[tuple[str, int, int]]:
    """What can be seen from outside of a folder's files: names, sizes and times."""
    seen = set()
    for entry in os.scandir(folder):
        with contextlib.suppress(OSError):
            told = entry.stat(follow_symlinks=False)
            seen.add((entry.name, told.st_size, told.st_mtime_ns))
    return frozenset(seen)


def changes(child: Child, folder: Path) -> Iterator[int]:
    """Count the changes of a folder's files as they come, until the child ends."""
    seen, count = state(folder), 0
    while not child.over():
        now = state(folder)
        if now != seen:
            seen, count = now, count + 1
            yield count
