"""Setting up: the lock files pin what is declared, the wheel holds all of it, the scripts are sound."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUN, DEV = "requirements.lock", "requirements-dev.lock"


def pinned(name: str) -> dict[str, set[str]]:
    """The versions of each package in a lock file, for any platform."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / name).read_text("utf-8").splitlines():
        if match := re.match(r"([a-z0-9-]+)==([^ ;\\]+)", line):
            found.setdefault(match[1], set()).add(match[2])
    return found


def declared(dev: bool) -> list[str]:
    return [*PROJECT["dependencies"], *(PROJECT["optional-dependencies"]["dev"] if dev else [])]


@pytest.mark.parametrize(("name", "dev"), [(RUN, False), (DEV, True)])
def test_the_lock_pins_what_is_declared(name: str, dev: bool) -> None:
    locked = pinned(name)
    wrong = []
    for line in declared(dev):
        wanted = Requirement(line)
        versions = locked.get(canonicalize_name(wanted.name), set())
        if not versions or not all(wanted.specifier.contains(v, prereleases=True) for v in versions):
            wrong.append(line)
    assert wrong == []


def test_both_locks_agree() -> None:
    dev = pinned(DEV)
    assert {name: versions for name, versions in pinned(RUN).items() if dev.get(name) != versions} == {}


@pytest.mark.parametrize("name", [RUN, DEV])
def test_every_pin_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    pins = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in pin for pin in pins)
    assert not re.search(r"https?:|--(extra-)?index|--find-links|file:", text)
    for marker in re.findall(r"==\S+ ; (.+?) \\", text):
        Marker(marker)


def test_the_wheel_holds_every_file(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    listed = subprocess.run(
        ["git", "ls-files", "extract", "graph", "commands", "cli.py"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    assert listed and [name for name in listed if (ROOT / name).exists() and name not in held] == []
    assert not any(name.startswith(("tests", "bench", "seeds")) for name in held)


def test_the_script_for_bare_machines_is_sound() -> None:
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)
    text = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "set -euo pipefail" in text and "make test" in text


@pytest.mark.parametrize(
    "target", ["demo", "test", "check", "docs", "bench", "fuzz", "neo4j", "lock", "clean"]
)
def test_every_target_can_be_planned(target: str) -> None:
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
