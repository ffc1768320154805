"""Closed classes of words that the rules ask for, from data/grammar.toml."""

from __future__ import annotations

from functools import lru_cache

from extract.gazetteer import split, table


@lru_cache(maxsize=64)
def among(name: str) -> frozenset[str]:
    """The words of a class."""
    return frozenset(split(table("grammar.toml")[name]))
