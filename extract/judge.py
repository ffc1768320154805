"""How sure a claim is: a linear model over the features that the rules leave, weights in data/judge.json.

Confidence is 1 / (1 + exp(-(bias + sum of the features' weights))); below the threshold a claim is dropped.
The weights are written by `python -m extract.training`; features that the model never saw count nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

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
