"""Java tools that tests check our files with, as jars from Maven Central, kept in build/jars."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

JARS = Path(__file__).parent.parent / "build" / "jars"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
GEPHI = "org.gephi:gephi-toolkit:0.10.1:jar:all"
# With what it needs beside the server's jars: these have a part of Hadoop, which APOC then wants whole.
APOC = (
    "org.neo4j.procedure:apoc-core:5.26.19", "org.neo4j.procedure:apoc-common:5.26.19",
    "com.fasterxml.woodstox:woodstox-core:6.7.0", "org.codehaus.woodstox:stax2-api:4.2.2",
    "org.apache.commons:commons-collections4:4.4",
    "org.apache.hadoop.thirdparty:hadoop-shaded-guava:1.5.0",
)  # fmt: skip


def fetch_jar(artifact: str) -> Path:
    """The jar of `group:name:version[:jar:classifier]`, alone; skips where it can't be had."""
    _, name, version, *rest = artifact.split(":")
    jar = JARS / f"{'-'.join([name, version, *rest[1:]])}.jar"
    if not jar.exists():
        if absent := [tool for tool in ("java", "mvn") if shutil.which(tool) is None]:
            pytest.skip(f"no {' and no '.join(absent)} on this machine")
        command = ["mvn", "-q", "-B", COPY, f"-Dartifact={artifact}", f"-DoutputDirectory={JARS}"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode != 0:
            pytest.skip(f"Maven can't copy {artifact}: {ran.stdout.strip()[-300:]}")
    return jar
