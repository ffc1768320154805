"""What a damaged SQLite file still holds: every row out of its pages, whether or not a tree leads to them.

After "Database File Format" (sqlite.org/fileformat2.html). Pages that are free are left out, since they may
hold rows that were deleted; the write-ahead log beside the file counts up to its last commit. Rows of tables
without rowids stand in index pages, inner ones too. A cell that makes no sense is passed over: whoever takes
the rows verifies them.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

Value = str | bytes | int | float | None
MAGIC = b"SQLite format 3\0"
PAGE = 4096  # bytes, where the header does not say
WAL_HEADER, FRAME_HEADER = 32, 24
INNER_INDEX, LEAF_INDEX, LEAF_TABLE = 0x02, 0x0A, 0x0D
SIZES = (0, 1, 2, 3, 4, 6, 8)  # bytes of an integer, by its serial type
NONSENSE = (IndexError, ValueError, struct.error)


@dataclass(slots=True)
class Pages:
    """An open file as numbered pages, counted from 1; those in the log come before those in the file."""

    file: BinaryIO
    log: BinaryIO
    size: int
    count: int
    logged: dict[int, int]

    def read(self, number: int) -> bytes:
        """One page; what is missing of it is zero."""
        if number in self.logged:
            found = read(self.log, self.logged[number], self.size)
        else:
            found = read(self.file, (number - 1) * self.size, self.size)
        return found.ljust(self.size, b"\0")


def read(file: BinaryIO, at: int, size: int) -> bytes:
    """This many bytes from a place in a file, fewer at its end."""
    file.seek(at)
    return file.read(size)


def read_rows(path: Path) -> Iterator[tuple[Value, ...]]:
    """Every row of the file that can be read; an integer primary key takes its NULL's place."""
    log = path.with_name(f"{path.name}-wal")
    with path.open("rb") as file, (log if log.exists() else Path(os.devnull)).open("rb") as logged:
        pages = open_pages(file, logged)
        free = free_pages(pages)
        for number in range(1, pages.count + 1):
            if number not in free:
                yield from rows_of(pages, number)


def open_pages(file: BinaryIO, log: BinaryIO) -> Pages:
    """The file's pages with those of the log."""
    header = read(file, 0, 100)
    told = int.from_bytes(header[16:18])
    size = 65536 if told == 1 else told
    if not header.startswith(MAGIC) or size < 512 or size & (size - 1):
        size = PAGE
    logged = read_log(log, size)
    count = max(file.seek(0, os.SEEK_END) // size + 1, *logged, 1)
    return Pages(file, log, size, count, logged)


def read_log(log: BinaryIO, size: int) -> dict[int, int]:
    """Where in the log the newest committed version of each page starts."""
    header = read(log, 0, WAL_HEADER)
    found: dict[int, int] = {}
    waiting: dict[int, int] = {}
    at = WAL_HEADER
    while len(frame := read(log, at, FRAME_HEADER)) == FRAME_HEADER and frame[8:16] == header[16:24]:
        number, committed = struct.unpack(">II", frame[:8])
        waiting[number] = at + FRAME_HEADER
        if committed:
            found |= waiting
            waiting = {}
        at += FRAME_HEADER + size
    return found


def free_pages(pages: Pages) -> set[int]:
    """The numbers of pages that the file's header says are free; none when it miscounts them."""
    free: set[int] = set()
    trunk, count = struct.unpack(">II", pages.read(1)[32:40])
    while 0 < trunk <= pages.count and trunk not in free:
        free.add(trunk)
        page = pages.read(trunk)
        following, leaves = struct.unpack(">II", page[:8])
        listed = page[8 : 8 + 4 * min(leaves, pages.size // 4 - 2)]
        free.update(number for (number,) in struct.iter_unpack(">I", listed))
        trunk = following
    return free if len(free) == count else set()


def rows_of(pages: Pages, number: int) -> Iterator[tuple[Value, ...]]:
    """The rows whose cells stand on a page."""
    page = pages.read(number)
    start = 100 if number == 1 else 0
    kind = page[start]
    if kind not in (INNER_INDEX, LEAF_INDEX, LEAF_TABLE):
        return
    (cells,) = struct.unpack(">H", page[start + 3 : start + 5])
    first = start + (12 if kind == INNER_INDEX else 8)
    for at in range(first, min(first + 2 * cells, pages.size - 1), 2):
        try:
            (cell,) = struct.unpack(">H", page[at : at + 2])
            yield read_cell(pages, page, cell, kind)
        except NONSENSE:
            continue


def read_cell(pages: Pages, page: bytes, at: int, kind: int) -> tuple[Value, ...]:
    """The row of one cell."""
    at += 4 if kind == INNER_INDEX else 0
    length, at = varint(page, at)
    rowid = None
    if kind == LEAF_TABLE:
        rowid, at = varint(page, at)
    row = read_record(read_payload(pages, page, at, length, kind))
    return (rowid, *row[1:]) if row[0] is None else row


def read_payload(pages: Pages, page: bytes, at: int, length: int, kind: int) -> bytes:
    """A cell's bytes, from its page and the chain of pages it flows over to."""
    if length > pages.count * pages.size:
        raise ValueError("longer than the file")
    most = pages.size - 35 if kind == LEAF_TABLE else (pages.size - 12) * 64 // 255 - 23
    if length <= most:
        return page[at : at + length]
    least = (pages.size - 12) * 32 // 255 - 23
    here = least + (length - least) % (pages.size - 4)
    here = here if here <= most else least
    parts, (following,) = [page[at : at + here]], struct.unpack(">I", page[at + here : at + here + 4])
    missing = length - here
    while missing > 0:
        if not 0 < following <= pages.count:
            raise ValueError("the chain breaks off")
        flow = pages.read(following)
        parts.append(flow[4 : 4 + missing])
        (following,) = struct.unpack(">I", flow[:4])
        missing -= pages.size - 4
    return b"".join(parts)


def read_record(payload: bytes) -> tuple[Value, ...]:
    """The values of a record."""
    end, at = varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = varint(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        value, at = read_value(payload, at, kind)
        values.append(value)
    if at != len(payload):
        raise ValueError("not a record")
    return tuple(values)


def read_value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    """A value by its serial type, and where the next begins."""
    if kind >= 12:
        raw = payload[at : at + (kind - 12) // 2]
        return (raw.decode(errors="replace") if kind % 2 else raw), at + (kind - 12) // 2
    if kind == 7:
        (number,) = struct.unpack(">d", payload[at : at + 8])
        return float(number), at + 8
    if kind in (8, 9):
        return kind - 8, at
    if kind == 0:
        return None, at
    size = SIZES[kind]
    return int.from_bytes(payload[at : at + size], signed=True), at + size


def varint(raw: bytes, at: int) -> tuple[int, int]:
    """A variable-length integer, and where the next thing begins."""
    value = 0
    for step in range(8):
        byte = raw[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    return value << 8 | raw[at + 8], at + 9
