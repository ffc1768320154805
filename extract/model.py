"""What flows from text to graph: articles, mentions, triples.

Offsets count characters of the article's `text`, ends are exclusive.
Dates are ISO 8601 strings (YYYY, YYYY-MM or YYYY-MM-DD), so that they sort and never shift by a time zone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, Protocol

import msgspec

ActorType = Literal["PERSON", "STATE", "ORG", "GROUP", "PLACE"]
Status = Literal["actual", "future", "hypothetical", "negated"]
Code = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    "SAY", "ROLE", "OTHER",
]  # fmt: skip
MentionKind = Literal["name", "adjective", "nominal", "pronoun"]
Precision = Literal["day", "month", "year"]


def content_id(*parts: str) -> str:
    """Hash of the parts, 16 hex digits; the same parts give the same id on every machine."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Article:
    """One news article; `text` is verbatim, `origin` names the file (and line) it came from."""

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that stands for an actor; `first`, `last` (exclusive), `head` are token indices in its Doc.

    `name` is the actor's fullest form in the article, without title: its key inside that article.
    """

    name: str
    type: ActorType
    kind: MentionKind
    text: str
    start: int
    end: int
    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class Triple:
    """Who did what to whom, as one sentence says it; field names are the keys of `dyad extract`."""

    article: str
    sentence: str
    start: int
    end: int
    source: str
    source_type: ActorType
    source_mention: str
    source_start: int
    source_end: int
    relation: str
    relation_text: str
    target: str
    target_type: ActorType
    target_mention: str
    target_start: int
    target_end: int
    symmetric: bool
    group: str | None
    code: Code
    mode: str | None
    status: Status
    attribution: str | None
    confidence: float
    published: str | None
    publisher: str | None
    date: str | None
    date_end: str | None
    date_precision: Precision | None
    location: str | None
    extractor: str

    @property
    def id(self) -> str:
        """Hash of what is claimed and where it stands; the same through any number of runs."""
        return content_id(
            self.article, str(self.start), str(self.source_start), str(self.target_start),
            self.source, self.relation, self.target, self.code, self.status,
        )  # fmt: skip


class Extractor(Protocol):
    """Turns a stream of articles into triples, article by article, in the order they came."""

    name: str

    def extract(self, articles: Iterator[Article]) -> Iterator[tuple[Article, list[Triple]]]:
        """Yield each article with its triples (none is a valid answer)."""
        ...


def triple_to_dict(triple: Triple) -> dict[str, Any]:
    """The triple as a dict, keys in the order of the fields."""
    builtins: dict[str, Any] = msgspec.to_builtins(triple)
    return builtins


def triple_from_dict(row: Mapping[str, Any]) -> Triple:
    """The triple in a decoded JSON object; raises msgspec.ValidationError on a wrong one."""
    return msgspec.convert(dict(row), Triple)
