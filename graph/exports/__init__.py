"""Writers of the graph for other tools; a file is written aside and renamed, so none is ever half."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO

from extract.errors import StoreError

if TYPE_CHECKING:
    from graph.exports.part import Part

FORMATS: Mapping[str, tuple[str, ...]] = {
    "graphml": (".graphml",),
    "gexf": (".gexf",),
    "jsonl": (".jsonl",),
    "csv": (".csv",),
    "ftm": (".ftm.json", ".ftm.jsonl", ".ftm"),
    "html": (".html", ".htm"),
    "neo4j-csv": (".neo4j",),
}
"""The formats by name, each with the endings that tell it; each has a module of its name here."""


def tell_format(path: str | Path) -> str:
    """The format that a file's ending tells; an unknown one raises StoreError."""
    name = Path(path).name.lower()
    endings = {ending: form for form, known in FORMATS.items() for ending in known}
    for ending in sorted(endings, key=len, reverse=True):
        if name.endswith(ending):
            return endings[ending]
    raise StoreError(f"{path}: can't tell the format; end the name in one of {', '.join(sorted(endings))}")


def write_export(part: Part, path: str | Path, *, form: str | None = None, **options: Any) -> list[Path]:
    """Write a part of the graph, its format named or told by the ending; gives the files written.

    Where others may write to the graph meanwhile, call it, and choose the part, within `store.snapshot()`.
    `options` are the format's own: `yed=True` adds to GraphML the labels yEd shows.
    A module of a format has `pieces(part, **options)`, the bytes of one file, or, for a format of several,
    `files(part, path, **options)`, the bytes of each.
    """
    path = Path(path)
    module = find_format(form or tell_format(path))
    several = getattr(module, "files", None)
    files = several(part, path, **options) if several else {path: module.pieces(part, **options)}
    write_together(files)
    return list(files)


def write_stream(part: Part, stream: BinaryIO, *, form: str, **options: Any) -> None:
    """Write a part of the graph to an open stream; a format of several files raises StoreError."""
    module = find_format(form)
    if not hasattr(module, "pieces"):
        raise StoreError(f"-: {form} is several files; give a file's name in place of -")
    stream.writelines(module.pieces(part, **options))


def find_format(form: str) -> ModuleType:
    """The module that writes the format."""
    if form not in FORMATS:
        raise StoreError(f"no export format is called {form!r}; choose from {', '.join(FORMATS)}")
    return import_module(f"graph.exports.{form.replace('-', '_')}")


def write_together(files: Mapping[Path, Iterator[bytes]]) -> None:
    """Write the files aside, and rename them only when all of them are whole and on the disk."""
    asides: list[open_aside] = []
    try:
        for path in files:
            asides.append(open_aside(path))
        for aside, parts in zip(asides, files.values(), strict=True):
            aside.file.writelines(parts)
            aside.finish()
        for aside in asides:
            aside.rename()
    finally:
        for aside in asides:
            aside.drop()


class open_aside:
    """A temporary file beside the path, renamed to it when all went well, else removed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
        self.aside = Path(name)
        self.file = os.fdopen(handle, "wb")

    def finish(self) -> None:
        """Bring all of it to the disk, with the rights a new file has here."""
        with self.file:
            self.file.flush()
            os.fsync(self.file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        self.aside.chmod(0o666 & ~mask)

    def rename(self) -> None:
        """Give the file its name."""
        self.aside.replace(self.path)

    def drop(self) -> None:
        """Remove the file, unless it got its name."""
        with suppress(OSError):  # the disk is full: what is still to be written goes nowhere
            self.file.close()
        self.aside.unlink(missing_ok=True)
