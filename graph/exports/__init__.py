"""Writers of the graph for other tools; a file is written aside and renamed, so none is ever half."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import StoreError

if TYPE_CHECKING:
    from graph.embedded import EmbeddedGraph
    from graph.store import Filter

FORMATS = {".graphml": "graphml", ".jsonl": "jsonl"}


def write_export(
    graph: EmbeddedGraph,
    path: str | Path,
    *,
    form: str | None = None,
    only: Filter | None = None,
    yed: bool = False,
) -> None:
    """Write the graph to a file, its format named or told by the ending; `yed` adds labels yEd shows."""
    path = Path(path)
    kind = form or FORMATS.get(path.suffix.lower())
    if kind is None or kind not in FORMATS.values():
        endings = ", ".join(sorted(FORMATS))
        raise StoreError(f"{path}: can't tell the format; end the name in one of {endings}")
    with open_aside(path) as aside:
        for part in parts(graph, kind, only, yed):
            aside.file.write(part)


def parts(graph: EmbeddedGraph, kind: str, only: Filter | None, yed: bool) -> Iterator[bytes]:
    """The export's bytes, piece by piece."""
    if kind == "jsonl":
        from graph.exports import jsonl

        return jsonl.lines(graph)
    from graph.exports import graphml

    return graphml.pieces(graph, only or graphml.ANY, yed=yed)


class open_aside:
    """A temporary file beside the path, renamed to it when all went well, else removed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> open_aside:
        handle, name = tempfile.mkstemp(prefix=f".{self.path.name[:100]}.", dir=self.path.parent)
        self.aside = Path(name)
        self.file = os.fdopen(handle, "wb")
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            with self.file:
                if kind is None:
                    self.file.flush()
                    os.fsync(self.file.fileno())
            if kind is None:
                mask = os.umask(0)
                os.umask(mask)
                self.aside.chmod(0o666 & ~mask)
                self.aside.replace(self.path)
        finally:
            self.aside.unlink(missing_ok=True)
