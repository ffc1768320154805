"""What rules find in a sentence before it becomes a triple: two mentions and the words that relate them."""

from __future__ import annotations

from dataclasses import dataclass

from extract.model import Code, Mention, Status


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation between two mentions; `first`, `last` (exclusive) span the relation's tokens.

    `stated` is the verb that says a role ("was named chairman"), None for one told in passing ("Chairman X").
    """

    source: Mention
    target: Mention
    relation: str
    first: int
    last: int
    trigger: int
    code: Code
    mode: str | None = None
    symmetric: bool = False
    group: str | None = None
    status: Status = "actual"
    attribution: str | None = None
    features: tuple[str, ...] = ()
    stated: int | None = None
