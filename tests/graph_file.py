"""A small graph file of today's format: its record is a fixture, what follows from it is computed here."""

from __future__ import annotations

import gzip
from pathlib import Path

from graph import schema
from graph.embedded import open_graph

FORMATS = Path(__file__).parent / "formats"
LATER = "f61217944240aa8e"  # an article whose actors are still to be computed


def unpack(version: int, folder: Path) -> Path:
    """The fixture of a format, as it is."""
    file = folder / "graph.db"
    file.write_bytes(gzip.decompress((FORMATS / f"format-{version}.gz").read_bytes()))
    return file


def make_file(folder: Path) -> Path:
    """The newest fixture, its actors computed by the rules of today."""
    file = unpack(schema.VERSION, folder)
    with open_graph(file) as graph:
        graph.refresh()
        schema.soil(graph.connection, "article", LATER)
    return file
