"""Articles as records: JSON Lines and CSV, read one by one, so that memory does not grow with the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from extract.errors import InputError
from extract.intake import (
    MAX_FILE,
    SAMPLE,
    SURROGATE,
    Skip,
    Stream,
    admit,
    decode,
    find_encoding,
    read_bounded,
)
from extract.model import Article

FIELDS = ("id", "title", "text", "published", "url", "publisher")
DELIMITERS = ",;\t|"


class TooLong(Exception):
    """A line longer than any record may be."""


def read_json_lines(
    name: str, stream: Stream, first: int = 1, encoding: str | None = None
) -> Iterator[Article | Skip]:
    """One article a line, numbered from `first`; a line that is none is skipped by its number."""
    for number, line in enumerate(lines(stream, "\n", encoding), first):
        origin = f"{name}:{number}"
        if line is None:
            yield Skip(origin, f"a line longer than {MAX_FILE // 2**20} MB")
        elif line.strip():
            yield read_json(origin, line)


def read_json_file(name: str, stream: Stream) -> Iterator[Article | Skip]:
    """The articles of one JSON value, an object or an array of objects; else the file is read by lines."""
    data = read_bounded(stream)
    try:
        value = msgspec.json.decode(decode(data))
    except (msgspec.DecodeError, RecursionError, ValueError):
        yield from read_json_lines(name, io.BufferedReader(io.BytesIO(data), SAMPLE))
        return
    for number, record in enumerate(value if isinstance(value, list) else [value], 1):
        yield from_value(f"{name}, record {number}", record)


def read_json(origin: str, line: str) -> Article | Skip:
    """The article in one JSON object."""
    if SURROGATE.search(line):
        return Skip(origin, "broken encoding: bytes that are no character")
    try:
        record = msgspec.json.decode(line.removeprefix("\ufeff").encode())
    except RecursionError:
        return Skip(origin, "not a record: nested too deep")
    except (msgspec.DecodeError, ValueError) as error:
        return Skip(origin, f"not valid JSON: {error}")
    return from_value(origin, record)


def from_value(origin: str, record: Any) -> Article | Skip:
    """The article in one decoded JSON value."""
    if not isinstance(record, dict):
        return Skip(origin, f"a JSON {type(record).__name__}, not an object with a text")
    try:
        return from_record(origin, {str(key): plain(value) for key, value in record.items()})
    except RecursionError:
        return Skip(origin, "not a record: nested too deep")


def plain(value: Any) -> str:
    """A JSON value as text: strings as they are, nothing for null, the rest in JSON."""
    if isinstance(value, str):
        return value
    return "" if value is None else msgspec.json.encode(value).decode()


def read_csv(name: str, stream: Stream) -> Iterator[Article | Skip]:
    """One article a row under a header that has a `text` column; comma, semicolon, tab or bar between."""
    source = checked(lines(stream, newline=""))
    try:
        header_line = next(source, "").removeprefix("\ufeff")
        delimiter, header = read_header(header_line)
    except (TooLong, InputError) as error:
        yield Skip(f"{name}:1", str(error) or f"a line longer than {MAX_FILE // 2**20} MB")
        return
    csv.field_size_limit(MAX_FILE)
    rows = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        origin = f"{name}:{rows.line_num + 2}"
        try:
            row = next(rows, None)
        except TooLong:
            yield Skip(origin, f"a line longer than {MAX_FILE // 2**20} MB; the rest of the file is left out")
            return
        except csv.Error as error:
            yield Skip(origin, f"not valid CSV: {error}")
            if "field larger" in str(error):
                return
            continue
        if row is None:
            return
        if row:
            yield read_row(origin, header, row)


def read_header(line: str) -> tuple[str, list[str]]:
    """The delimiter and the columns' names in small letters; InputError when no column is called text."""
    for delimiter in DELIMITERS:
        cells = [cell.strip().lower() for cell in cells_of(line, delimiter)]
        if "text" in cells:
            return delimiter, cells
    raise InputError(
        f"no column is called text; the header is {line.strip()[:200]!r}" if line.strip() else "empty"
    )


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of one line; InputError when it is no CSV."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error as error:
        raise InputError(f"not valid CSV: {error}") from None


def read_row(origin: str, header: Sequence[str], row: Sequence[str]) -> Article | Skip:
    """The article in one row."""
    if len(row) != len(header):
        return Skip(origin, f"{len(row)} cells under {len(header)} columns")
    if any(SURROGATE.search(cell) for cell in row):
        return Skip(origin, "broken encoding: bytes that are no character")
    return from_record(origin, dict(zip(header, row, strict=True)))


def from_record(origin: str, record: Mapping[str, str]) -> Article | Skip:
    """The article of a record: its own fields, all others as metadata."""
    if "text" not in record:
        return Skip(origin, "no field is called text")
    known = {name: record.get(name) or None for name in FIELDS}
    rest = {key: value for key, value in record.items() if key not in FIELDS and value}
    return admit(
        origin,
        record["text"],
        own_id=known["id"],
        title=known["title"],
        published=known["published"],
        url=known["url"],
        publisher=known["publisher"],
        metadata=rest,
    )


def lines(stream: Stream, newline: str, encoding: str | None = None) -> Iterator[str | None]:
    """The lines of a file in its own encoding, None for one that is too long; bad bytes become surrogates.

    A part of a file is given the encoding of the whole.
    """
    encoding = encoding or find_encoding(stream.peek(SAMPLE)[:SAMPLE])
    if encoding is None:
        raise InputError("binary data or a broken encoding")
    text = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline=newline)
    try:
        while line := text.readline(MAX_FILE):
            if len(line) < MAX_FILE:
                yield line
                continue
            while line and not line.endswith("\n"):
                line = text.readline(MAX_FILE)
            yield None
    except UnicodeDecodeError:
        raise InputError(f"broken encoding: not {encoding}; the rest of the file is left out") from None
    finally:
        text.detach()


def checked(source: Iterator[str | None]) -> Iterator[str]:
    """The lines, for a reader that can't go on after one that is too long."""
    for line in source:
        if line is None:
            raise TooLong
        yield line
