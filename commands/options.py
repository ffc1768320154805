"""Options that several commands share, each with its one meaning."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.verbose import read_secret

if TYPE_CHECKING:
    from extract.model import Extractor

DEFAULT_GRAPH = "dyad.db"


class ExtractorKind(StrEnum):
    """Which extractor reads the articles."""

    rules = "rules"
    llm = "llm"


Graph = Annotated[
    str,
    typer.Option(
        "--graph",
        "-g",
        envvar="DYAD_GRAPH",
        metavar="FILE",
        help="The graph file; for questions also bolt://HOST:7687.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Inputs = Annotated[
    list[str], typer.Argument(metavar="PATHS", help="Files or folders of articles; - is standard input.")
]
Model = Annotated[str | None, typer.Option(metavar="NAME", help="Any installed spaCy pipeline for English.")]
Vocabulary = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Your own verbs and nouns (TOML), over the built-in ones."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first article that can't be read.")]
Kind = Annotated[ExtractorKind, typer.Option("--extractor", help="What reads the articles.")]
Processes = Annotated[
    int | None,
    typer.Option(
        "--processes",
        metavar="N",
        min=1,
        help="Processes that extract by rules, each with its own model; by default one a core.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help="Write partitions there, for dyad build --extracted; those that are there are not made again.",
    ),
]
ClusterAddress = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Extract on the workers of this Dask scheduler; PATHS and --out on storage that all see.",
    ),
]
ShardSize = Annotated[
    float,
    typer.Option("--shard-mb", metavar="MB", min=0.001, help="Articles in one partition, in megabytes."),
]
Extracted = Annotated[
    bool, typer.Option("--extracted", help="PATHS are folders that dyad extract --out has written.")
]

LlmUrl = Annotated[
    str | None,
    typer.Option(
        "--llm-url",
        envvar="DYAD_LLM_URL",
        metavar="URL",
        help="Endpoint of the llm extractor (OpenAI's way).",
    ),
]
LlmModel = Annotated[
    str | None,
    typer.Option("--llm-model", envvar="DYAD_LLM_MODEL", metavar="NAME", help="The endpoint's model."),
]
LlmKey = Annotated[
    Path | None,
    typer.Option(
        "--llm-key", metavar="FILE", help="File with the endpoint's key; else DYAD_LLM_KEY holds it."
    ),
]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the llm extractor asks; the key is never an option, since others can see a command's options."""

    url: str | None = None
    model: str | None = None
    key_file: Path | None = None

    def key(self) -> str | None:
        """The key in the file, else in the environment."""
        if self.key_file is None:
            return os.environ.get("DYAD_LLM_KEY")
        return read_secret(self.key_file)


def open_extractor(
    kind: ExtractorKind, model: str | None, vocabulary: Path | None, llm: Endpoint | None = None
) -> Extractor:
    """The extractor that the options name."""
    from extract.pipeline import DEFAULT_MODEL, make_extractor

    if kind == ExtractorKind.llm:
        at = llm or Endpoint()
        return make_extractor("llm", url=at.url, llm=at.model, key=at.key())
    return make_extractor(kind.value, model=model or DEFAULT_MODEL, vocabulary=vocabulary)
