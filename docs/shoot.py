"""Takes docs/explorer.png: what the exported page shows of two actors, in a headless Chromium.

python docs/shoot.py dyad.db Haftar Shoigu
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from graph.embedded import open_graph
from graph.exports import write_export
from graph.exports.part import Part

OUT = Path(__file__).with_name("explorer.png")
QUIET = "() => !document.getElementById('stage').hasAttribute('data-moving')"


def shoot(page_file: Path, one: str, two: str) -> None:
    """Open the page, find the one actor, then what it has to do with the other."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]) as browser,
    ):
        page = browser.new_page(viewport={"width": 1440, "height": 880}, reduced_motion="reduce")
        page.goto(page_file.as_uri())
        page.get_by_role("combobox", name="Find an actor").fill(one)
        page.keyboard.press("Enter")
        page.locator("#panel .rows button", has_text=two).first.click()
        page.mouse.move(700, 860)
        page.wait_for_timeout(500)
        page.wait_for_function(QUIET)
        page.wait_for_timeout(300)
        page.screenshot(path=OUT)


if __name__ == "__main__":
    graph_file, *names = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, open_graph(graph_file, readonly=True) as graph:
        page_file = Path(folder) / "graph.html"
        write_export(Part(graph), page_file)
        shoot(page_file, *names)
