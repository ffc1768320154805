"""Closed classes of words that the rules ask for, from data/grammar.toml."""

from __future__ import annotations

from extract.gazetteer import word_class


def among(name: str) -> frozenset[str]:
    """The words of a class."""
    return word_class("grammar.toml", name)
