"""The graph of seeds/, built once for all tests by the real extractor."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph file."""
    file = tmp_path_factory.mktemp("seeds") / "seeds.db"
    result = CliRunner().invoke(cli.app, ["build", str(SEEDS), "--graph", str(file)], prog_name="dyad")
    assert result.exit_code == 0, result.stderr
    return file
