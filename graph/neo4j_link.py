"""The line to a Neo4j server: checked when opened, retried when it falters; errors are one line."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import neo4j
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
)

from extract.errors import LoginError, StoreError, UnreachableError

if TYPE_CHECKING:
    from typing import LiteralString

Answer = TypeVar("Answer")
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


@dataclass(frozen=True, slots=True)
class Link:
    """An open connection to one database."""

    driver: neo4j.Driver
    database: str
    uri: str
    user: str

    def ask(self, query: str, **values: Any) -> list[Any]:
        """All rows of a read query, each a list; retried while the server asks for it."""
        return self.reading(lambda tx: [row.values() for row in tx.run(literal(query), values)])

    def reading(self, work: Callable[[neo4j.ManagedTransaction], Answer]) -> Answer:
        """Do the work in a managed read transaction."""
        with translated(self.uri, self.user), self.session(neo4j.READ_ACCESS) as session:
            return session.execute_read(work)

    def writing(self, work: Callable[[neo4j.ManagedTransaction], Answer]) -> Answer:
        """Do the work in a managed write transaction; it may run more than once."""
        with translated(self.uri, self.user), self.session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(work)

    def change(self, query: str, **values: Any) -> Counter[str]:
        """Run one write query in a managed transaction; what the server says it changed."""
        return self.writing(lambda tx: counters(tx, query, **values))

    def session(self, access: str) -> neo4j.Session:
        """A session on the database."""
        return self.driver.session(database=self.database, default_access_mode=access, fetch_size=10_000)


@contextmanager
def connect(uri: str, *, user: str = "neo4j", password: str = "", database: str = "neo4j") -> Iterator[Link]:
    """A checked connection; UnreachableError within two seconds when nobody answers, or LoginError."""
    check_address(uri)
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    with translated(uri, user):
        driver = neo4j.GraphDatabase.driver(
            uri,
            auth=(user, password),
            connection_timeout=1.5,
            notifications_min_severity="OFF",
            user_agent="dyad",
        )
    with driver:
        with translated(uri, user):
            driver.verify_connectivity()
        yield Link(driver, database, uri, user)


def check_address(uri: str) -> None:
    """Refuse what is no Bolt address, with a hint."""
    scheme, found, rest = uri.partition("://")
    if "@" in rest:
        raise StoreError(
            "a login doesn't belong in the server's address; give NEO4J_USERNAME and NEO4J_PASSWORD"
        )
    if found and scheme in ("http", "https"):
        host = rest.split("/")[0].split(":")[0]
        raise StoreError(f"{uri}: that is the address of Neo4j Browser; programs use bolt://{host}:7687")
    if not found or scheme not in SCHEMES:
        raise StoreError(f"{uri}: not the address of a Neo4j server; write bolt://HOST:7687")


@contextmanager
def translated(uri: str, user: str) -> Iterator[None]:
    """Turn the driver's errors into ours: one line, no password."""
    try:
        yield
    except AuthError:
        raise LoginError(
            f"{uri}: login of {user!r} refused; give NEO4J_USERNAME and NEO4J_PASSWORD"
        ) from None
    except ConfigurationError as error:
        raise StoreError(f"{uri}: {first_line(error)}") from None
    except (ServiceUnavailable, OSError):
        raise UnreachableError(
            f"{uri}: no Neo4j server answers; is it running (docker compose up, or make neo4j)?"
        ) from None
    except Neo4jError as error:
        if "CredentialsExpired" in (error.code or ""):
            raise LoginError(f"{uri}: the first password of {user!r} must be changed") from None
        raise StoreError(f"{uri}: {first_line(error)}") from None
    except DriverError as error:
        raise StoreError(f"{uri}: {first_line(error)}") from None


def first_line(error: Exception) -> str:
    """What the server says, without the codes around it."""
    text = error.message if isinstance(error, Neo4jError) and error.message else str(error)
    return text.strip().split("\n")[0]


def literal(query: str) -> LiteralString:
    """The query, vouched for: nothing but this package's own text and its closed table of types is in it."""
    return query


def counters(tx: neo4j.ManagedTransaction, query: str, **values: Any) -> Counter[str]:
    """Run a write query; what the server says it changed, e.g. nodes_created."""
    found = vars(tx.run(literal(query), values).consume().counters)
    return Counter({key: n for key, n in found.items() if type(n) is int and n})
