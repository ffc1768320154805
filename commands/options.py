"""Options that several commands share, each with its one meaning."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from extract.model import Extractor

DEFAULT_GRAPH = "dyad.db"


class ExtractorKind(StrEnum):
    """Which extractor reads the articles."""

    rules = "rules"
    llm = "llm"


Graph = Annotated[
    str,
    typer.Option("--graph", "-g", envvar="DYAD_GRAPH", metavar="FILE", help="The graph file."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Inputs = Annotated[
    list[str], typer.Argument(metavar="PATHS...", help="Files or folders of articles; - is standard input.")
]
Model = Annotated[str | None, typer.Option(metavar="NAME", help="Any installed spaCy pipeline for English.")]
Vocabulary = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Your own verbs and nouns (TOML), over the built-in ones."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first article that can't be read.")]
Kind = Annotated[ExtractorKind, typer.Option("--extractor", help="What reads the articles.")]


def open_extractor(kind: ExtractorKind, model: str | None, vocabulary: Path | None) -> Extractor:
    """The extractor that the options name."""
    from extract.pipeline import DEFAULT_MODEL, make_extractor

    return make_extractor(kind.value, model=model or DEFAULT_MODEL, vocabulary=vocabulary)
