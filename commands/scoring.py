"""How good the extraction is: score."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

GoldFile = Annotated[Path, typer.Argument(metavar="GOLD", help="Gold articles (JSON Lines).")]


def score(gold: GoldFile) -> None:
    """Score the extraction against gold."""
