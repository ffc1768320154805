"""Files of articles cut into shards of about equal size, to be read apart and in any order.

JSON Lines are cut at ends of lines, Parquet between rows; any other file is a piece by itself, and small
pieces share a shard. A piece goes by the hash of its bytes, so that an archive that grew, or was moved,
keeps the shards it had. Planning reads every byte once and holds one block of it.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from extract import parquet, readers, records
from extract.errors import InputError
from extract.intake import SAMPLE, Skip, find_encoding
from extract.model import Article, content_id

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK = 2**20
# Encodings in which a line ends with the byte 10 and nothing before it matters: those that can be cut.
PLAIN = frozenset({"utf-8", "utf-8-sig", "ascii", "cp1252", "mac_roman", "cp1250", "iso8859_2"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file: bytes of JSON Lines, rows of Parquet, or the whole of any other.

    `name` is the path as it was given, `path` the same for every machine; `size` is about how many bytes it
    has, `first` the number of its first line. `low` and `high` bound the bytes that `digest` is the hash of.
    """

    name: str
    path: str
    form: Literal["jsonl", "parquet", "file"]
    start: int
    end: int
    low: int
    high: int
    digest: str
    size: int
    first: int = 1
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Shard:
    """What one worker reads at a time."""

    pieces: tuple[Piece, ...]

    @property
    def id(self) -> str:
        """Hash of what is in it and what its articles' origins are."""
        parts = ((p.name, p.form, str(p.start), str(p.end), str(p.first), p.digest) for p in self.pieces)
        return content_id(*(part for piece in parts for part in piece))

    @property
    def title(self) -> str:
        """Its first piece, for messages."""
        piece, more = self.pieces[0], len(self.pieces) - 1
        where = {"jsonl": f":{piece.first}", "parquet": f", row {piece.start + 1}"}.get(piece.form, "")
        others = f" and {more} more" if more else ""
        return f"{piece.name}{where}{others}"


def make_shards(paths: Sequence[str], size: int) -> Iterator[Shard | Skip]:
    """Shards of about `size` bytes, in the order of the articles, and what could not be read."""
    held: list[Piece] = []
    full = 0
    for piece in cut_all(paths, size):
        if isinstance(piece, Skip):
            yield piece
            continue
        if held and full + piece.size > size:
            yield Shard(tuple(held))
            held, full = [], 0
        held.append(piece)
        full += piece.size
    if held:
        yield Shard(tuple(held))


def cut_all(paths: Sequence[str], size: int) -> Iterator[Piece | Skip]:
    """The pieces of all files in the paths, in order."""
    for path in paths:
        if path == "-":
            raise InputError("standard input can't be cut into shards; put it into a file all workers see")
        root = Path(path)
        for found in readers.find_files(root):
            if isinstance(found, Skip):
                yield found
                continue
            try:
                yield from cut_file(found, found != root, size)
            except OSError as error:
                yield Skip(readers.shown(found), readers.why(error))


def cut_file(path: Path, strange: bool, size: int) -> Iterator[Piece | Skip]:
    """The pieces of one file; one that can't be cut is a piece as it is."""
    name = readers.shown(path)
    if strange and readers.foreign(path):
        yield readers.no_format(path)
    elif name != str(path):
        yield Skip(name, "its name is no text, so it can't be told to others")
    elif (form := find_form(path)) == "parquet":
        yield from cut_parquet(path, size)
    elif form in PLAIN:
        yield from cut_lines(path, size, form)
    else:
        length = path.stat().st_size
        yield Piece(
            name, os.path.abspath(path), "file", 0, length, 0, length, digest(path, 0, length), length
        )


def find_form(path: Path) -> str | None:
    """The encoding of JSON Lines, "parquet", or None."""
    with open(path, "rb") as file:
        head = file.read(SAMPLE)
    try:
        form = readers.form_of(head, readers.SUFFIXES.get(path.suffix.lower()) or None) if head else None
    except InputError:
        return None
    return find_encoding(head) if form == "jsonl" else form if form == "parquet" else None


def cut_lines(path: Path, size: int, encoding: str) -> Iterator[Piece]:
    """JSON Lines in pieces of whole lines; each line is in the one in which it begins."""
    start = at = 0
    first = line = 1
    whole = new_hash()

    def piece() -> Piece:
        bounds = start, at, start, at
        return Piece(
            str(path), os.path.abspath(path), "jsonl", *bounds, whole.hexdigest(), at - start, first, encoding
        )

    with open(path, "rb") as file:
        for block in blocks(file, size):
            whole.update(block)
            at += len(block)
            line += block.count(b"\n")
            if at - start >= size and block.endswith(b"\n"):
                yield piece()
                start, first, whole = at, line, new_hash()
    if at > start:
        yield piece()


def blocks(file: io.BufferedReader, size: int) -> Iterator[bytes]:
    """The file in blocks: up to `size` bytes, then to the end of the line, and so on."""
    while True:
        left = size
        while left > 0 and (block := file.read(min(left, BLOCK))):
            left -= len(block)
            yield block
        if left > 0:
            return
        while (rest := file.readline(BLOCK)) and not rest.endswith(b"\n"):
            yield rest
        if not rest:
            return
        yield rest


def cut_parquet(path: Path, size: int) -> Iterator[Piece | Skip]:
    """Rows of Parquet in pieces: whole row groups where they are small, else parts of one."""
    try:
        with io.BufferedReader(io.FileIO(path)) as stream:
            groups = parquet.group_spans(parquet.open_parquet(stream).metadata)
    except InputError as error:
        yield Skip(str(path), str(error))
        return
    first = 0
    for rows, low, high in groups:
        whole = digest(path, low, high)
        parts = max(1, min(rows, round((high - low) / size))) if rows else 0
        for part in range(parts):
            start, end = first + rows * part // parts, first + rows * (part + 1) // parts
            bounds, share = (start, end, low, high), (high - low) // parts
            yield Piece(str(path), os.path.abspath(path), "parquet", *bounds, whole, share)
        first += rows


def new_hash() -> hashlib.blake2b:
    """An empty hash of eight bytes."""
    return hashlib.blake2b(digest_size=8)


def digest(path: Path, low: int, high: int) -> str:
    """Hash of some bytes of a file."""
    found = new_hash()
    left = high - low
    with open(path, "rb") as file:
        file.seek(low)
        while left > 0 and (block := file.read(min(left, BLOCK))):
            found.update(block)
            left -= len(block)
    return found.hexdigest()


def check(shard: Shard) -> None:
    """Refuse a shard whose files are not here, or are not what was planned; raises OSError or InputError."""
    for path, low, high, planned in {(p.path, p.low, p.high, p.digest) for p in shard.pieces}:
        if digest(Path(path), low, high) != planned:
            raise InputError(f"{path}: not what it was when the shards were cut")


def read_shard(shard: Shard) -> Iterator[Article | Skip]:
    """The articles of a shard, as reading its files whole gives them."""
    for piece in shard.pieces:
        try:
            yield from read_piece(piece)
        except InputError as error:
            yield Skip(piece.name, str(error))


def read_piece(piece: Piece) -> Iterator[Article | Skip]:
    """The articles of a piece."""
    if piece.form == "file":
        yield from readers.read_file(Path(piece.path), strange=False, name=piece.name)
        return
    with io.FileIO(piece.path) as file:
        if piece.form == "parquet":
            stream = io.BufferedReader(file, SAMPLE)
            yield from parquet.read_parquet(piece.name, stream, piece.start, piece.end)
        else:
            part = io.BufferedReader(Section(file, piece.start, piece.end), SAMPLE)
            yield from records.read_json_lines(piece.name, part, piece.first, piece.encoding)


class Section(io.RawIOBase):
    """Some bytes of a file, as a file."""

    def __init__(self, file: io.FileIO, start: int, end: int) -> None:
        self.file, self.left = file, end - start
        file.seek(start)

    def readable(self) -> bool:
        """It is only read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer as far as the section goes."""
        count = self.file.readinto(memoryview(buffer)[: self.left]) or 0
        self.left -= count
        return count
