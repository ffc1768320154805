"""How sure a claim is: a linear model over the features that the rules leave, weights in data/judge.json.

Confidence is 1 / (1 + exp(-(bias + sum of the features' weights))); below the threshold a claim is dropped.
The weights are written by `python -m bench.train_judge`; features that the model never saw count nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from extract.model import Triple

AGAIN = 0.1  # how much surer a second claim about one pair in one sentence must be
WEIGHTS = Path(__file__).parent / "data" / "judge.json"


class Weights(msgspec.Struct, frozen=True):
    """The model: a bias, what each feature adds, and the confidence a claim must reach."""

    bias: float
    threshold: float
    features: Mapping[str, float]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The packaged model."""
    return msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights)


@dataclass(frozen=True, slots=True)
class Judge:
    """Believes or drops claims by their features."""

    model: Weights

    def confidence(self, features: Iterable[str]) -> float:
        """The probability that a careful reader would sign the claim."""
        known = self.model.features
        total = self.model.bias + sum(known.get(feature, 0.0) for feature in features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def accepts(self, confidence: float) -> bool:
        """Whether a claim of this confidence is kept."""
        return confidence >= self.model.threshold


def share(confidences: Sequence[float], groups: Sequence[str | None]) -> list[float]:
    """Confidences by claim: the pairs of one meeting are believed or not as a whole, each with their mean."""
    members: dict[str, list[float]] = {}
    for confidence, group in zip(confidences, groups, strict=True):
        if group is not None:
            members.setdefault(group, []).append(confidence)
    means = {group: sum(found) / len(found) for group, found in members.items()}
    return [
        confidence if group is None else means[group]
        for confidence, group in zip(confidences, groups, strict=True)
    ]


def select(claims: Sequence[tuple[Triple, int, float]], threshold: float) -> list[int]:
    """Places of the claims to keep: each a triple, its trigger's token and its confidence.

    Of several claims about one pair in one sentence the surest stays; another stays when it tells of a
    different event and is surer than the threshold by AGAIN.
    """
    order = sorted(range(len(claims)), key=lambda n: (-claims[n][2], n))
    kept: dict[tuple[str, int, frozenset[str]], list[int]] = {}
    for n in order:
        triple, _trigger, confidence = claims[n]
        if confidence < threshold:
            break
        pair = (triple.article, triple.start, frozenset((triple.source, triple.target)))
        rivals = kept.setdefault(pair, [])
        if not rivals or (confidence >= threshold + AGAIN and _differs(n, rivals, claims)):
            rivals.append(n)
    return sorted(n for found in kept.values() for n in found)


def _differs(n: int, rivals: Sequence[int], claims: Sequence[tuple[Triple, int, float]]) -> bool:
    triple, trigger, _ = claims[n]
    return all(claims[r][0].code != triple.code and claims[r][1] != trigger for r in rivals)
