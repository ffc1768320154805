"""Files, folders and standard input as a stream of Articles, and Skips for what is none.

Which reader takes a file follows from its name, else from its first bytes. A folder is read in sorted order;
left out are hidden files and what only speaks of articles: a README, a gold.jsonl. Symbolic links are
followed, each folder once.
"""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

from extract import documents, parquet, plain_text, records
from extract.errors import InputError
from extract.intake import SAMPLE, Skip, Stream, find_encoding
from extract.model import Article

__all__ = ["Skip", "read_articles"]

Reader = Callable[[str, Stream], Iterator[Article | Skip]]
READERS: dict[str, Reader] = {
    "text": plain_text.read_text,
    "html": documents.read_html,
    "feed": documents.read_feed,
    "pdf": documents.read_pdf,
    "json": records.read_json_file,
    "jsonl": records.read_json_lines,
    "csv": records.read_csv,
    "parquet": parquet.read_parquet,
}
SUFFIXES = {  # "" means that the first bytes decide
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".rss": "feed", ".atom": "feed",
    ".pdf": "pdf",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".csv": "csv", ".tsv": "csv",
    ".json": "json", ".xml": "",
    ".parquet": "parquet",
}  # fmt: skip
HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
FEED = re.compile(r"\s*(?:<\?xml|<rss\b|<feed\b|<rdf:RDF\b)", re.I)
FOREIGN = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}")  # a suffix that names a format
NO_ARTICLES = re.compile(r"\.|readme\b|gold\.jsonl$", re.I)  # names in a folder that hold no news
STANDARD_INPUT = "standard input"


def read_articles(paths: Sequence[str], *, strict: bool = False) -> Iterator[Article | Skip]:
    """Everything in the files and folders, in order; "-" is standard input.

    With `strict` the first thing that can't be read raises InputError instead of being a Skip.
    """
    for path in paths:
        if "\0" in path:
            raise InputError(f"{path!r}: no path has a zero in it")
        for found in read_input() if path == "-" else read_path(Path(path)):
            if strict and isinstance(found, Skip):
                raise InputError(f"{found.origin}: {found.reason}")
            yield found


def read_path(root: Path) -> Iterator[Article | Skip]:
    """A file's or folder's articles."""
    for found in find_files(root):
        if isinstance(found, Skip):
            yield found
            continue
        try:
            yield from read_file(found, strange=found != root)
        except OSError as error:
            yield Skip(shown(found), why(error))


def find_files(root: Path) -> Iterator[Path | Skip]:
    """The file, or those in the folder; each folder is read once, so that no link runs in a loop."""
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                key = (status.st_dev, status.st_ino)
                if key in seen:
                    yield Skip(shown(path), "a folder read already: a link back, or a second one")
                    continue
                seen.add(key)
                waiting += reversed(list_folder(path))
            elif stat.S_ISREG(status.st_mode):
                yield path
            else:
                yield Skip(shown(path), f"{kind_of(status.st_mode)}, not a file")
        except OSError as error:
            yield Skip(shown(path), why(error))


def list_folder(path: Path) -> list[Path]:
    """What stands in a folder, in sorted order, but for names that hold no news."""
    return [path / entry for entry in sorted(os.listdir(path)) if not NO_ARTICLES.match(entry)]


def read_file(path: Path, strange: bool, name: str | None = None) -> Iterator[Article | Skip]:
    """The articles of one file; when `strange`, nobody asked for it by name, and its suffix must be known.

    Opened so that a fifo put in its place meanwhile can't block. `name` is how origins call it.
    """
    if strange and foreign(path):
        yield no_format(path)
        return
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with io.BufferedReader(io.FileIO(number), SAMPLE) as stream:
        yield from read_stream(name or shown(path), stream, SUFFIXES.get(path.suffix.lower()) or None)


def foreign(path: Path) -> bool:
    """Whether the file's suffix names a format that holds no articles."""
    return bool(FOREIGN.fullmatch(path.suffix)) and path.suffix.lower() not in SUFFIXES


def no_format(path: Path) -> Skip:
    """Why a foreign file is not read."""
    return Skip(shown(path), f"no format that holds articles ({path.suffix})")


def read_input() -> Iterator[Article | Skip]:
    """The articles on standard input."""
    stream = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer), SAMPLE)
    try:
        yield from read_stream(STANDARD_INPUT, stream, None)
    finally:
        stream.detach()


def read_stream(name: str, stream: Stream, form: str | None) -> Iterator[Article | Skip]:
    """The articles of an open file of this form, or of the form its first bytes show."""
    head = stream.peek(SAMPLE)[:SAMPLE]
    if not head:
        yield Skip(name, "empty")
        return
    try:
        yield from READERS[form_of(head, form)](name, stream)
    except InputError as error:
        yield Skip(name, str(error))
    except OSError as error:
        yield Skip(name, why(error))


def form_of(head: bytes, suffix_says: str | None) -> str:
    """The form of a file that begins with these bytes, and whose suffix says a form or nothing."""
    for mark, form in ((b"%PDF-", "pdf"), (b"PAR1", "parquet")):
        if head.startswith(mark):
            return form
    return suffix_says or sniff(head)


def sniff(head: bytes) -> str:
    """The form of a file that begins with these bytes; plain text when nothing shows another."""
    encoding = find_encoding(head)
    if encoding is None:
        raise InputError("binary data, not text")
    text = head.decode(encoding, errors="ignore").removeprefix("\ufeff")
    if HTML.match(text):
        return "html"
    if FEED.match(text):
        return "feed"
    first = text.lstrip().partition("\n")[0]
    if first.startswith("{"):
        return "jsonl"
    return "csv" if is_header(text.partition("\n")[0]) else "text"


def is_header(line: str) -> bool:
    """Whether the line names the columns of a table with a text column."""
    try:
        _, columns = records.read_header(line)
    except InputError:
        return False
    return len(columns) > 1 and all(re.fullmatch(r"[\w .:-]{1,40}", column) for column in columns)


def kind_of(mode: int) -> str:
    """What a special file is."""
    kinds = (
        (stat.S_ISFIFO, "a fifo"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    return next((kind for test, kind in kinds if test(mode)), "a special file")


def why(error: Exception) -> str:
    """What the system says, without the path again."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def shown(path: Path) -> str:
    """The path as one line of text that can be stored; what is no text, or not printable, becomes visible."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
