"""Foreign parsers in a process of their own, which a hostile file may crash, stall or fill, but not ours.

One child serves all files, one after another; it is started when first needed, and again after it had to be
stopped. It gets the kind of file and the file itself, and gives back JSON: records, or what is wrong.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

import msgspec

from extract.errors import InputError

SECONDS = 30.0
MEMORY = 3 * 2**30  # bytes
ROOT = Path(__file__).resolve().parent.parent
CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from extract import apart, documents; apart.serve(int(sys.argv[2]), int(sys.argv[3]), documents.PARSERS)"
)
Record = dict[str, str | None]
Parser = Callable[[bytes], list[Record]]


class Apart:
    """The child and the line to it; a file gets so many seconds, the child so many bytes."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds = seconds
        self.memory = memory
        self.child: subprocess.Popen[bytes] | None = None
        self.line: Connection | None = None

    def ask(self, kind: str, data: bytes) -> list[Record]:
        """What the parser of that kind makes of the bytes; InputError when it can't, or takes too long."""
        line = self.line if self.line is not None else self.start()
        try:
            line.send_bytes(kind.encode() + b"\n" + data)
            if not line.poll(self.seconds):
                raise InputError(f"reading it takes more than {self.seconds:g} s")
            answer = msgspec.json.decode(line.recv_bytes(), type=list[Record] | str)
        except (EOFError, OSError):
            self.stop()
            raise InputError(f"its {kind} parser broke down") from None
        except BaseException:
            self.stop()
            raise
        if isinstance(answer, str):
            raise InputError(answer)
        return answer

    def start(self) -> Connection:
        """Start the child and open the line to it."""
        ours, theirs = Pipe()
        self.child = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", CHILD, str(ROOT), str(theirs.fileno()), str(self.memory)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
        )
        theirs.close()
        self.line = ours
        return ours

    def stop(self) -> None:
        """End the child, if there is one."""
        if self.child is not None and self.line is not None:
            self.line.close()
            self.child.kill()
            self.child.wait()
        self.child = self.line = None


@lru_cache(maxsize=1)
def shared() -> Apart:
    """The one child that all readers share; it ends with us."""
    apart = Apart()
    atexit.register(apart.stop)
    return apart


def serve(number: int, memory: int, parsers: Mapping[str, Parser]) -> None:
    """In the child: parse what comes over the line until it is closed."""
    bound_memory(memory)
    line: Connection = Connection(number)
    while True:
        try:
            kind, _, data = line.recv_bytes().partition(b"\n")
        except EOFError:
            return
        line.send_bytes(msgspec.json.encode(answer(parsers[kind.decode()], kind.decode(), data)))


def answer(parser: Parser, kind: str, data: bytes) -> list[Record] | str:
    """The parser's records, or one line on what is wrong: these libraries may raise anything."""
    try:
        return parser(data)
    except InputError as error:
        return str(error)
    except MemoryError:
        return "reading it takes too much memory"
    except Exception as error:
        return f"not readable as {kind} ({type(error).__name__})"


def bound_memory(memory: int) -> None:
    """Let this process take no more than so many bytes, where the system can say so."""
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    least = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (least, hard))
