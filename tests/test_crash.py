"""A short pass of the crash tests; `make crash` is the whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.neo4j_world import Address

ROOT = Path(__file__).resolve().parent.parent


def crash(*arguments: str, environment: dict[str, str] | None = None) -> str:
    """Run parts of it; what it says."""
    command = [sys.executable, "-m", "tests.crash.run", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_killed_commands_leave_whole_articles_and_end_alike() -> None:
    told = crash("kills", "together", "--moments", "8", "--rounds", "1", "--articles", "8", "--seed", "5")
    assert all(f"{name}: 2 killed" in told for name in ("build", "merge", "forget", "export"))
    assert "kills: all held" in told and "together: all held" in told


@pytest.mark.neo4j
def test_killed_loads_end_alike(address: Address) -> None:
    told = crash("loads", "--loads", "2", "--articles", "8", environment=address.environment())
    assert "load: 2 killed against Neo4j" in told and "loads: all held" in told
