"""Ten seconds of each fuzzer; `make fuzz` runs them longer."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.fuzz.run import TARGETS, Outcome, Plan, fuzz_all

AT_A_TIME = 6  # more than a machine has cores: much of the time goes into starting


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Outcome]:
    """What came of ten seconds of each target, begun with the samples alone."""
    plan = Plan(seconds=10, jobs=AT_A_TIME, seed=7, kept=tmp_path_factory.mktemp("fuzz"))
    return {outcome.name: outcome for outcome in fuzz_all(list(TARGETS), plan)}


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_breaks_a_target(outcomes: Mapping[str, Outcome], name: str) -> None:
    outcome = outcomes[name]
    assert outcome.fault is None, str(outcome)
    assert outcome.inputs > 0
