"""The graph as people see it: the real Neo4j Browser in headless Chromium, with dyad's style.

DYAD_SCREENSHOT=1 keeps the picture as docs/neo4j-browser.png for the README.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.embedded import open_graph
from graph.neo4j_link import Link
from graph.neo4j_load import load
from tests.neo4j_world import Address

pytestmark = [pytest.mark.neo4j, pytest.mark.browser]
DOCS = Path(__file__).parents[1] / "docs"
STYLE = DOCS / "dyad.grass"
PICTURE = DOCS / "neo4j-browser.png"
MEETINGS = "MATCH (a:Person)-[r:CONSULT|ROLE]-(b:Actor) WHERE a.name CONTAINS 'Shoigu' RETURN a, r, b"
COLOURS = {"PERSON": "#E8A33D", "STATE": "#3B6FB6", "PLACE": "#3AA6B9"}
PATIENCE = 90_000


@pytest.fixture
def page(address: Address) -> Iterator[Any]:
    """A page of Chromium logged in to Neo4j Browser."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    if address.browser is None:
        pytest.skip("NEO4J_URI is set without NEO4J_BROWSER, the address of its Browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        found = browser.new_page(viewport={"width": 1400, "height": 860})
        found.set_default_timeout(PATIENCE)
        log_in(found, address)
        yield found
        browser.close()


def log_in(page: Any, address: Address) -> None:
    """Fill in the login form."""
    page.goto(address.browser)
    page.fill("[data-testid=boltaddress]", address.uri.partition("://")[2])
    page.fill("[data-testid=username]", address.user)
    page.fill("[data-testid=password]", address.password)
    page.click("[data-testid=connect]")
    page.wait_for_selector("[data-testid=password]", state="detached")


def run(page: Any, text: str) -> None:
    """Type a command and run it."""
    page.click("[data-testid=activeEditor] .monaco-editor")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    page.locator("[data-testid=editor-Run]").first.click()


@pytest.fixture
def loaded(link: Link, seeds: Path) -> Link:
    """The graph of seeds/ in Neo4j."""
    with open_graph(seeds) as graph:
        load(graph, link)
    return link


def test_the_browser_draws_who_met_whom(loaded: Link, page: Any) -> None:
    run(page, f":style {' '.join(STYLE.read_text().split())}")
    page.wait_for_selector("[data-testid=styleResetButton]")
    run(page, MEETINGS)
    page.wait_for_selector("svg .node")
    names = {name.strip() for name in page.locator("svg .node").all_text_contents()}
    match = MEETINGS.partition(" RETURN")[0]
    ends = loaded.ask(f"{match} UNWIND [a, b] AS n RETURN DISTINCT n.name, n.type")
    assert names == {name for name, _ in ends}
    assert {"Sergei Shoigu", "Bashar al-Assad", "Russia"} <= names
    captions = set(page.locator("svg .relationship").all_text_contents())
    assert "met" in captions and "CONSULT" not in captions
    circles = page.locator("svg .node circle.b-outline")
    assert {circle.get_attribute("fill") for circle in circles.all()} == {COLOURS[t] for _, t in ends}
    keep_picture(page)


def keep_picture(page: Any) -> None:
    """Keep the picture when asked to, full of the graph and at rest."""
    if os.environ.get("DYAD_SCREENSHOT"):
        page.locator("[title=Fullscreen]").first.click()
        page.wait_for_timeout(6_000)
        page.locator("[aria-label=zoom-to-fit]").first.click()
        page.wait_for_timeout(2_000)
        page.screenshot(path=PICTURE)
