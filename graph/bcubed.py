"""B-cubed precision, recall and F1 of a clustering against a gold one (Bagga and Baldwin 1998)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def bcubed(found: Mapping[Item, Hashable], gold: Mapping[Item, Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the items that both place; each maps an item to its cluster."""
    items = found.keys() & gold.keys()
    if not items:
        return 1.0, 1.0, 1.0
    ours: dict[Hashable, set[Item]] = defaultdict(set)
    theirs: dict[Hashable, set[Item]] = defaultdict(set)
    for item in items:
        ours[found[item]].add(item)
        theirs[gold[item]].add(item)
    shared = {item: len(ours[found[item]] & theirs[gold[item]]) for item in items}
    precision = sum(shared[i] / len(ours[found[i]]) for i in items) / len(items)
    recall = sum(shared[i] / len(theirs[gold[i]]) for i in items) / len(items)
    return precision, recall, 2 * precision * recall / (precision + recall)
