"""What a judge makes of claims: confidence, meetings believed as a whole, rivals in one sentence."""

from __future__ import annotations

import pytest

from extract.judge import Judge, Weights, share
from extract.model import Article
from extract.pipeline import RulesExtractor

JUDGE = Judge(Weights(0.0, 0.5, {"near": 2.0, "far": -2.0}))


@pytest.mark.parametrize(
    ("features", "confidence"),
    [((), 0.5), (("never seen",), 0.5), (("near",), 0.881), (("far",), 0.119), (("near", "far"), 0.5)],
)
def test_features_weigh_for_and_against(features: tuple[str, ...], confidence: float) -> None:
    assert JUDGE.confidence(features) == pytest.approx(confidence, abs=0.001)
    assert JUDGE.accepts(confidence) == (confidence >= 0.5)


@pytest.mark.parametrize(
    ("alone", "groups", "shared"),
    [
        ([0.2, 0.8], [None, None], [0.2, 0.8]),
        ([0.2, 0.8], ["g", "g"], [0.5, 0.5]),
        ([0.9, 0.2, 0.4, 0.6], [None, "g", "h", "g"], [0.9, 0.4, 0.4, 0.4]),
        ([], [], []),
    ],
)
def test_a_meeting_is_believed_as_a_whole(
    alone: list[float], groups: list[str | None], shared: list[float]
) -> None:
    assert share(alone, groups) == pytest.approx(shared)


def test_the_pairs_of_one_meeting_are_equally_sure() -> None:
    text = "The foreign ministers of Norway, Peru, Kenya and Japan met in Oslo on Monday."
    ((_, triples),) = RulesExtractor().extract(iter([Article("a", text)]))
    met = [t for t in triples if t.group]
    assert len(met) == 6
    assert len({t.group for t in met}) == len({t.confidence for t in met}) == 1
