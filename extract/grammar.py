"""Closed classes of words that the rules ask for, from data/grammar.toml."""

from __future__ import annotations

from extract.gazetteer import word_class


def among(name: str) -> frozenset[str]:
    """The words of a class."""
    return word_class("grammar.toml", name)


def irregular_past() -> dict[str, str]:
    """The verb of each past form that rules of lemmas don't know: "retook" is of "retake"."""
    return dict(pair.split() for pair in among("irregular"))
