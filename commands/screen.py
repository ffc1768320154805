"""What every command prints with: data to standard output, messages to standard error.

Nothing from an article is ever interpreted: control characters come out visible, markup is not read.
Colour is used on a terminal only, and never when NO_COLOR is set.
"""

from __future__ import annotations

import csv
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import IO, Any

import msgspec

STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34",
          "magenta": "35", "cyan": "36"}  # fmt: skip
TYPE_STYLES = {"PERSON": "yellow", "STATE": "blue", "ORG": "magenta", "GROUP": "green", "PLACE": "cyan"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def printable(text: str) -> str:
    """The text with control characters made visible, so that no article drives the terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\x{ord(c):02x}" for c in text)


def one_line(text: str) -> str:
    """The text on one line, printable."""
    return printable(" ".join(text.split()))


def say(message: str) -> None:
    """Write a message to standard error; one that can't be written there is lost, not the work."""
    with suppress(OSError):
        print(printable(message), file=sys.stderr, flush=True)


def write(text: str = "") -> None:
    """Write a line of text to standard output; what it quotes must be printable or painted."""
    sys.stdout.write(text + "\n")


def write_json(value: Any) -> None:
    """Write one JSON value to standard output, indented."""
    write(escaped(msgspec.json.format(msgspec.json.encode(value), indent=2).decode()))


def write_json_line(value: Any) -> None:
    """Write one JSON value to standard output as a line."""
    write(escaped(msgspec.json.encode(value).decode()))


def escaped(text: str) -> str:
    """JSON in which characters that could drive a terminal are written as escapes: the same data."""
    return "\n".join(line if line.isprintable() else escaped_line(line) for line in text.split("\n"))


def escaped_line(line: str) -> str:
    """One line of JSON with what is not printable as escapes."""
    units = (c.encode("utf-16-be", "surrogatepass").hex() for c in line)
    return "".join(
        c if c.isprintable() else "".join(f"\\u{unit[i : i + 4]}" for i in range(0, len(unit), 4))
        for c, unit in zip(line, units, strict=True)
    )


def write_csv(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows as CSV, printable; a cell a spreadsheet would take for a formula gets a quote in front."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(titles)
    writer.writerows([harmless(cell) for cell in row] for row in rows)


def harmless(cell: Any) -> Any:
    """The cell, printable, text that begins like a formula made plain text."""
    if not isinstance(cell, str):
        return cell
    return printable(f"'{cell}" if cell.startswith(FORMULA) else cell)


def write_table(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows as aligned columns, numbers to the right; the last column is never padded."""
    body = list(rows)
    texts = [[shown(cell) for cell in row] for row in body]
    right = [bool(body) and all(isinstance(row[i], int | float) for row in body) for i in range(len(titles))]
    widths = [max(map(width, column)) for column in zip(titles, *texts, strict=True)]
    for number, row in enumerate([list(titles), *texts]):
        cells = [pad(cell, w, r) for cell, w, r in zip(row, widths, right, strict=True)]
        line = "  ".join(cells).rstrip()
        write(paint(line, "bold") if number == 0 else line)


def shown(cell: Any) -> str:
    """The cell as a table shows it."""
    if cell is None:
        return ""
    return f"{cell:.3f}" if isinstance(cell, float) else one_line(str(cell))


def pad(text: str, columns: int, right: bool) -> str:
    """The text filled up with blanks to this many columns."""
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def width(text: str) -> int:
    """Columns the text takes on a terminal."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(bool(unicodedata.combining(c)) for c in text)


def paint(text: str, *styles: str, to: IO[str] | None = None) -> str:
    """The text in colour where the stream (standard output) is a terminal, made printable always."""
    plain = printable(text)
    if not styles or not coloured(to or sys.stdout):
        return plain
    return f"\x1b[{';'.join(STYLES[s] for s in styles)}m{plain}\x1b[0m"


def coloured(stream: IO[str]) -> bool:
    """Whether the stream shows colour."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def quoted(sentence: str) -> str:
    """The sentence in quotation marks on one line."""
    return f"“{one_line(sentence)}”"


def number_of(count: int, noun: str) -> str:
    """The count with its noun: 1 article, 2 articles."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
