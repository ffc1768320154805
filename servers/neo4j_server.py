"""A real Neo4j Community server from Maven Central's jars, for machines with Java but no containers.

    python servers/neo4j_server.py        what `make neo4j` runs; Ctrl-C stops it, data stays in build/neo4j
    with start(home, password) as server  what the tests use, on free ports

The jars (about 140 MB) are copied once into build/neo4j/lib, by pom.xml beside this file.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "build" / "neo4j"
POM = HERE / "pom.xml"
USER, FIRST_PASSWORD, PASSWORD = "neo4j", "neo4j", "dyad-demo"
PATIENCE = 240
JVM = (
    "-Xms256m", "-Xmx512m", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData",
    "-Dio.netty.tryReflectionSetAccessible=true", "-Dfile.encoding=UTF-8",
    "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
)  # fmt: skip


class ServerError(Exception):
    """The server can't be had or does not start; the text says why."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    home: Path
    bolt: int
    http: int
    password: str
    process: subprocess.Popen[bytes]

    @property
    def uri(self) -> str:
        """Where drivers connect."""
        return f"bolt://127.0.0.1:{self.bolt}"

    @property
    def browser(self) -> str:
        """Where people connect."""
        return f"http://127.0.0.1:{self.http}/browser/"

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Shut it down in order; killed when it takes longer than 30 s."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()


def missing() -> str | None:
    """Why the server can't be had on this machine; None when it can."""
    absent = [tool for tool in ("java", "mvn") if shutil.which(tool) is None]
    return f"no {' and no '.join(absent)} on this machine" if absent else None


def fetch_jars() -> Path:
    """The folder of jars, filled on first use and again when the pom changed."""
    done = BUILD / "pom.xml"
    if not done.exists() or done.read_bytes() != POM.read_bytes():
        if reason := missing():
            raise ServerError(reason)
        shutil.rmtree(BUILD / "lib", ignore_errors=True)
        command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies"]
        ran = subprocess.run(
            [*command, f"-DoutputDirectory={BUILD / 'lib'}"], capture_output=True, text=True, check=False
        )
        if ran.returncode != 0:
            raise ServerError(f"Maven can't copy the server's jars: {ran.stdout.strip()[-500:]}")
        shutil.copyfile(POM, done)
    return BUILD / "lib"


def free_port() -> int:
    """A TCP port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def configure(home: Path, bolt: int, http: int, more: Mapping[str, str]) -> None:
    """Write the server's settings, with any more that are given, and make its folders."""
    for folder in ("conf", "data", "logs", "run", "import", "plugins"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    settings = {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{bolt}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt}",
        "server.http.listen_address": f"127.0.0.1:{http}",
        "server.http.advertised_address": f"127.0.0.1:{http}",
        "server.https.enabled": "false",
        "server.memory.pagecache.size": "128m",
        "dbms.usage_report.enabled": "false",
        **more,
    }
    lines = "".join(f"{key}={value}\n" for key, value in settings.items())
    (home / "conf" / "neo4j.conf").write_text(lines, encoding="utf-8")


def die_with_parent() -> None:
    """On Linux, end the child when its parent is killed."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def launch(home: Path, bolt: int, http: int, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the server's process."""
    jars = fetch_jars()
    configure(home, bolt, http, settings)
    path = os.pathsep.join((f"{jars}/*", f"{home / 'plugins'}/*"))
    command = ["java", *JVM, "-cp", path, "org.neo4j.server.CommunityEntryPoint"]
    with open(home / "logs" / "console.log", "ab") as log:
        return subprocess.Popen(
            [*command, f"--home-dir={home}", f"--config-dir={home / 'conf'}"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,
        )  # fmt: skip


def await_login(server: Server) -> None:
    """Return once the server takes the password, set on the first start."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.process.poll() is not None:
            break
        try:
            with neo4j.GraphDatabase.driver(server.uri, auth=(USER, server.password)) as driver:
                driver.verify_connectivity()
                return
        except AuthError:
            change_password(server)
        except (DriverError, Neo4jError, OSError):
            time.sleep(0.25)
    log = server.home / "logs" / "console.log"
    raise ServerError(f"the Neo4j server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def change_password(server: Server) -> None:
    """Change the first password, which a new server insists on."""
    with (
        neo4j.GraphDatabase.driver(server.uri, auth=(USER, FIRST_PASSWORD)) as driver,
        driver.session(database="system") as session,
    ):
        query = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
        session.run(query, old=FIRST_PASSWORD, new=server.password).consume()


@contextlib.contextmanager
def start(
    home: Path,
    password: str = PASSWORD,
    *,
    bolt: int = 0,
    http: int = 0,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Server]:
    """A running server with its data under `home`, on free ports unless told, stopped at the end."""
    bolt, http = bolt or free_port(), http or free_port()
    server = Server(home, bolt, http, password, launch(home, bolt, http, settings))
    try:
        await_login(server)
        yield server
    finally:
        server.stop()


def admin(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run neo4j-admin on a server that is not running: admin(home, "database", "import", "full", …)."""
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    command = ["java", *JVM, "-cp", f"{fetch_jars()}/*", "org.neo4j.cli.AdminTool", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def main() -> int:
    """Run the server until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Run a Neo4j Community server from Maven Central's jars.")
    parser.add_argument("--home", type=Path, default=BUILD / "home", help="where its data stays")
    parser.add_argument("--bolt", type=int, default=7687)
    parser.add_argument("--http", type=int, default=7474)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with start(options.home.resolve(), bolt=options.bolt, http=options.http) as server:
            print(f"Neo4j answers at {server.uri} (Browser: {server.browser}), user {USER}, "
                  f"password {PASSWORD}; Ctrl-C stops it.", flush=True)  # fmt: skip
            server.process.wait()
    except KeyboardInterrupt:
        return 0
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    return server.process.returncode


if __name__ == "__main__":
    sys.exit(main())
