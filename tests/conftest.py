"""What all tests share: where a run that must be complete (CI=true) skips a test, the test fails.

Only tests that read ../shared may be skipped there; their reason names it.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest

from tests.neo4j_world import address, link
from tests.seeds_world import seeds

__all__ = ["address", "link", "seeds"]

COMPLETE = os.environ.get("CI") == "true"
SHARED = "../shared"


def forbid_skip(report: Any) -> None:
    """Turn the skip of a test that could have run into a failure that gives the skip's reason."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if COMPLETE and report.skipped and not hasattr(report, "wasxfail") and SHARED not in reason:
        report.outcome = "failed"
        report.longrepr = f"skipped where every test must run (CI=true): {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    report = yield
    forbid_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    report = yield
    forbid_skip(report)
    return report
