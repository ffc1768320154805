"""Articles in Parquet, one a row, through pyarrow (an extra); rows are read in small batches.

Columns are called as the fields of other records; of a number that counts rows the first is 1.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING, Any

from extract.errors import InputError
from extract.intake import SURROGATE, Skip, Stream, one_line
from extract.model import Article
from extract.records import from_record, plain

if TYPE_CHECKING:
    from pyarrow.parquet import FileMetaData, ParquetFile

JSON = (str, bool, int, float, list, dict)
BATCH = 64  # rows in memory at a time: articles are long


def open_parquet(stream: Stream) -> ParquetFile:
    """The open Parquet file; InputError when it is none, or nothing here reads it."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError("reading Parquet needs pyarrow: pip install 'dyad[parquet]'") from None
    if not seekable(stream):
        raise InputError("Parquet is read from its end, so it must be a file")
    try:
        file = ParquetFile(stream, pre_buffer=False)
        "".join(file.schema_arrow.names)  # decodes them
        return file
    except (ArrowException, OSError, ValueError) as error:
        raise InputError(f"not readable as Parquet: {one_line(str(error))}") from None


def seekable(stream: Stream) -> bool:
    """Whether the stream can be read from its end; standard input says so of a pipe, too."""
    try:
        return stream.seekable() and stream.seek(0, io.SEEK_END) > 0
    except OSError:
        return False


def read_parquet(
    name: str, stream: Stream, start: int = 0, end: int | None = None
) -> Iterator[Article | Skip]:
    """One article a row, of rows `start` to `end` (exclusive) or all; a row that is none is skipped."""
    from_file = open_parquet(stream)
    columns = from_file.schema_arrow.names
    if "text" not in map(str.lower, columns):
        raise InputError(f"no column is called text; they are {one_line(', '.join(columns)[:200])}")
    number = start
    try:
        for row in rows(from_file, start, from_file.metadata.num_rows if end is None else end):
            number += 1
            yield read_row(f"{name}, row {number}", row)
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        RuntimeError,
        MemoryError,
        OverflowError,
    ) as error:  # as pyarrow's are
        yield Skip(
            f"{name}, row {number + 1}", f"broken Parquet: {one_line(str(error))}; the rest is left out"
        )


def rows(file: ParquetFile, start: int, end: int) -> Iterator[dict[str, Any]]:
    """The rows of a range; row groups outside it are not read."""
    first = 0
    for group in range(file.metadata.num_row_groups):
        behind = first + file.metadata.row_group(group).num_rows
        if first < end and start < behind:
            yield from rows_of_group(file, group, max(0, start - first), min(end, behind) - first)
        first = behind


def rows_of_group(file: ParquetFile, group: int, start: int, end: int) -> Iterator[dict[str, Any]]:
    """Some rows of one row group."""
    here = 0
    for batch in file.iter_batches(batch_size=BATCH, row_groups=[group]):
        if here >= end:
            return
        skip = max(0, start - here)
        if skip < batch.num_rows:
            yield from batch.slice(skip, end - here - skip).to_pylist()
        here += batch.num_rows


def read_row(origin: str, row: dict[str, Any]) -> Article | Skip:
    """The article in one row."""
    record = {str(key).lower(): worded(value) for key, value in row.items()}
    if any(SURROGATE.search(value) for value in record.values()):
        return Skip(origin, "broken encoding: bytes that are no character")
    return from_record(origin, record)


def worded(value: Any) -> str:
    """A cell as text: dates in ISO 8601, lists and structures in JSON."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, date | time):
        return value.isoformat()
    try:
        return plain(value) if value is None or isinstance(value, JSON) else str(value)
    except (TypeError, ValueError, RecursionError):
        return str(value)


def group_spans(metadata: FileMetaData) -> list[tuple[int, int, int]]:
    """Each row group as its number of rows and the bytes from which to which it lies in the file."""
    return [group_span(metadata, number) for number in range(metadata.num_row_groups)]


def group_span(metadata: FileMetaData, number: int) -> tuple[int, int, int]:
    """One row group's rows, first byte and end."""
    group = metadata.row_group(number)
    chunks = [group.column(at) for at in range(group.num_columns)]
    starts = [min(c.data_page_offset, c.dictionary_page_offset or c.data_page_offset) for c in chunks]
    ends = [at + c.total_compressed_size for at, c in zip(starts, chunks, strict=True)]
    return group.num_rows, min(starts), max(ends)
