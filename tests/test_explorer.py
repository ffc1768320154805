"""The explorer page in a real browser: no network, what users do in it, and hostile names as mere text."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import hatch_build
from extract.errors import StoreError
from graph.embedded import open_graph
from graph.exports import html, write_export
from graph.exports.part import Part, choose
from graph.store import Filter
from tests.export_world import HOSTILE, fill_tangled
from tests.large_world import fill_large
from tests.small_world import one_name_one_actor

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = "() => !document.getElementById('stage').hasAttribute('data-moving')"
ORANGE = """async (shot) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${shot}`;
    await picture.decode();
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [picture.width, picture.height];
    const context = copy.getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4)
        count += data[i] > 200 && data[i + 1] > 110 && data[i + 1] < 190 && data[i + 2] < 90;
    return count;
}"""
pytestmark = pytest.mark.browser


@dataclass
class Watched:
    """A page, and what it did that it must not."""

    page: Page
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    if not html.PAGE.exists():
        pytest.skip("the explorer page is not built; run: make explorer")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The tangled world, a part of it around one actor, and 2,000 actors with some 5,000 ties."""
    folder = tmp_path_factory.mktemp("explorer")
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        fill_tangled(graph)
        write_export(Part(graph), folder / "tangled.html")
        putin = graph.find("Putin")[0].id
        write_export(choose(graph, only=Filter(), actors=[putin], hops=2), folder / "part.html")
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        fill_large(graph, 2000, 5400)
        write_export(Part(graph), folder / "large.html")
        write_export(Part(graph), folder / "limited.html", limit=50)
    return {file.stem: file for file in folder.iterdir()}


@pytest.fixture
def watch(browser: Browser, files: dict[str, Path]) -> Iterator[Watched]:
    context = browser.new_context(
        viewport={"width": 1400, "height": 900}, offline=True, reduced_motion="reduce"
    )
    watched = Watched(context.new_page())
    watched.page.on("request", lambda request: watched.asked.append(request.url))
    watched.page.on("pageerror", lambda error: watched.faults.append(str(error)))
    watched.page.on(
        "console", lambda message: watched.faults.append(message.text) if message.type == "error" else None
    )
    yield watched
    context.close()


def visit(watch: Watched, file: Path) -> Page:
    watch.page.goto(file.as_uri())
    rest(watch.page)
    return watch.page


def rest(page: Page) -> None:
    """Wait until nothing moves."""
    page.wait_for_timeout(100)
    page.wait_for_function(QUIET, timeout=60_000)


def find(page: Page, name: str) -> None:
    """Search an actor by keys alone."""
    page.locator("body").press("/")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    rest(page)


def test_it_loads_nothing_and_complains_of_nothing(watch: Watched, files: dict[str, Path]) -> None:
    page = visit(watch, files["tangled"])
    expect(page.locator("#count")).to_have_text(re.compile(r"of 9 actors, \d+ of 11 ties in view"))
    assert watch.asked == [files["tangled"].as_uri()] and watch.faults == []
    sources = page.locator("script[src], link, img, iframe, style[src]")
    expect(sources).to_have_count(0)


def test_the_drawing_is_there(watch: Watched, files: dict[str, Path]) -> None:
    """Pixels of the actors' colour are on the screen: persons are orange."""
    page = visit(watch, files["tangled"])
    shot = base64.b64encode(page.locator("#stage").screenshot()).decode()
    assert page.evaluate(ORANGE, shot) > 500


def test_search_then_click_then_read_the_evidence(watch: Watched, files: dict[str, Path]) -> None:
    page = visit(watch, files["tangled"])
    find(page, "shoi")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("Sergei Shoigu")
    expect(panel.locator(".roles")).to_have_text("defense minister of Russia")
    panel.get_by_role("button", name="Bashar Assad").click()
    expect(panel.locator("blockquote").first).to_have_text("Sergei Shoigu meet with Bashar Assad.")
    expect(panel.locator("blockquote").first.locator("mark")).to_have_text(["Sergei Shoigu", "Bashar Assad"])
    expect(panel.locator("figcaption").first).to_contain_text("Talks")
    expect(panel.locator("figcaption").first).to_contain_text("Wire · 2016-06-18")
    expect(panel.locator(".facts").first).to_contain_text("2 independent sources")
    assert watch.faults == []


@pytest.mark.parametrize("typed", ["nunez", "ANGELA", "núñ"])
def test_search_ignores_case_and_accents(watch: Watched, files: dict[str, Path], typed: str) -> None:
    page = visit(watch, files["tangled"])
    find(page, typed)
    expect(page.locator("#panel h2")).to_have_text("Ángela Núñez")


def test_clicking_an_actor_on_the_stage_opens_it(watch: Watched, files: dict[str, Path]) -> None:
    """The one actor of a part without hops stands in the middle of the stage."""
    page = visit(watch, files["part"])
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("Who did what to whom")
    stage = page.locator("#stage")
    box = stage.bounding_box()
    assert box
    for x in range(20, int(box["width"]) - 20, 14):
        for y in range(40, int(box["height"]) - 20, 14):
            page.mouse.move(box["x"] + x, box["y"] + y)
            if "pointer" in (stage.get_attribute("style") or ""):
                page.mouse.click(box["x"] + x, box["y"] + y)
                expect(page.locator("#panel h2")).not_to_have_text("Who did what to whom")
                return
    pytest.fail("nothing on the stage can be clicked")


def test_a_path_between_two_picked_actors(watch: Watched, files: dict[str, Path]) -> None:
    page = visit(watch, files["tangled"])
    for place, name in (("From", "Hamo"), ("To", "Shoigu")):
        page.get_by_role("combobox", name=place, exact=True).fill(name)
        page.keyboard.press("Enter")
    rest(page)
    expect(page.locator("#panel .kind").first).to_have_text("A path of 2 hops")
    expect(page.locator("#panel .hops > li")).to_have_count(2)
    expect(page.locator("#panel .hops blockquote").first).to_contain_text("Ismail Hamo")


def test_two_roles_in_one_state_are_no_path(watch: Watched, files: dict[str, Path]) -> None:
    page = visit(watch, files["tangled"])
    for place, name in (("From", "Putin"), ("To", "Shoigu")):
        page.get_by_role("combobox", name=place, exact=True).fill(name)
        page.keyboard.press("Enter")
    expect(page.locator("#path-note")).to_contain_text("No path between them")
    page.get_by_role("button", name="denied").click()
    for place, name in (("From", "Putin"), ("To", "Shoigu")):
        page.get_by_role("combobox", name=place, exact=True).fill(name)
        page.keyboard.press("Enter")
    expect(page.locator("#panel .kind").first).to_have_text("A path of 3 hops")
    expect(page.locator("#panel .badge.status").first).to_have_text("denied")


def test_what_is_claimed_and_denied_is_marked(watch: Watched, files: dict[str, Path]) -> None:
    page = visit(watch, files["tangled"])
    page.get_by_role("button", name="denied").click()
    find(page, "Hamo")
    page.locator("#panel .rows").get_by_role("button", name="Bashar Assad").click()
    expect(page.locator("#panel .badge.disputed")).to_have_count(2)


EVERYTHING = 9


@pytest.mark.parametrize(
    ("button", "left"), [("Threaten", 7), ("States", 6), ("denied", 11), ("Words of conflict", 6)]
)
def test_chips_leave_the_ties_they_should(
    watch: Watched, files: dict[str, Path], button: str, left: int
) -> None:
    page = visit(watch, files["tangled"])
    page.get_by_role("button", name="Everything").click()
    expect(page.locator("#count")).to_contain_text(f"{EVERYTHING} of 11 ties")
    page.locator("#tools").get_by_role("button", name=button).click()
    expect(page.locator("#count")).to_contain_text(f"{left} of 11 ties")


def test_few_sources_can_be_left_out(watch: Watched, files: dict[str, Path]) -> None:
    page = visit(watch, files["tangled"])
    page.get_by_role("button", name="Everything").click()
    page.locator("#sources").fill("2")
    expect(page.locator("#count")).to_contain_text("1 of 11 ties")


def test_the_time_slider_leaves_what_was_told_then(watch: Watched, files: dict[str, Path]) -> None:
    page = visit(watch, files["tangled"])
    page.get_by_role("button", name="Everything").click()
    page.get_by_role("slider", name="From").focus()
    page.keyboard.press("End")
    expect(page.locator("#time output")).to_contain_text("Dec 2018")
    expect(page.locator("#count")).to_contain_text("1 of 11 ties")
    page.get_by_role("button", name="All of time").click()
    expect(page.locator("#count")).to_contain_text(f"{EVERYTHING} of 11 ties")


def test_it_opens_on_the_asked_actor_and_grows(watch: Watched, files: dict[str, Path]) -> None:
    page = visit(watch, files["part"])
    expect(page.locator("#panel h2")).to_have_text("Vladimir Putin")
    page = visit(watch, files["large"])
    expect(page.locator("#count")).to_contain_text(re.compile("^36 of 1,9"))
    before = page.locator("#count").inner_text()
    find(page, "1999")
    expect(page.locator("#panel h2")).to_contain_text("1999")
    after = page.locator("#count").inner_text()
    assert int(after.split()[0]) > int(before.split()[0])


def test_arrow_keys_go_to_neighbours_and_escape_lets_go(watch: Watched, files: dict[str, Path]) -> None:
    page = visit(watch, files["tangled"])
    find(page, "Russia")
    page.locator("#stage").focus()
    seen = set()
    for key in ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
        seen.add(page.locator("#panel h2").inner_text())
    assert len(seen) > 1
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("Who did what to whom")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_it_is_light_or_dark_as_the_system_or_the_reader_says(watch: Watched, files: dict[str, Path]) -> None:
    ground = "() => getComputedStyle(document.body).backgroundColor"
    watch.page.emulate_media(color_scheme="dark")
    page = visit(watch, files["tangled"])
    assert page.evaluate(ground) == "rgb(17, 21, 29)"
    page.keyboard.press("t")
    assert page.evaluate(ground) == "rgb(251, 250, 248)"


def test_hostile_names_run_nothing(watch: Watched, files: dict[str, Path]) -> None:
    page = visit(watch, files["tangled"])
    title = page.title()
    page.get_by_role("button", name="Everything").click()
    rest(page)
    page.locator("body").press("/")
    page.keyboard.type("=hyper")
    expect(page.locator("#search li span")).to_contain_text("</script><img src=x onerror=")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("</script><img src=x onerror=")
    page.locator("#panel .rows button").first.click()
    expect(page.locator("#panel blockquote").first).to_contain_text("<img src=x")
    page.wait_for_timeout(300)
    assert page.title() == title == "dyad explorer"
    assert page.locator("img, a[href^=javascript]").count() == 0
    assert watch.faults == [] and watch.asked == [files["tangled"].as_uri()]


def test_no_script_but_the_page_s_own_can_run(watch: Watched, files: dict[str, Path]) -> None:
    """Even were markup let in, the content security policy stops what it would run."""
    page = visit(watch, files["tangled"])
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title=3\">');"
        "const script = document.createElement('script');"
        "script.textContent = 'document.title=4'; document.body.append(script)"
    )
    page.wait_for_timeout(300)
    assert page.title() == "dyad explorer"
    assert any("Content Security Policy" in fault for fault in watch.faults)


def test_two_thousand_actors_are_drawn_and_asked(watch: Watched, files: dict[str, Path]) -> None:
    page = visit(watch, files["large"])
    page.get_by_role("button", name="Everything").click()
    rest(page)
    expect(page.locator("#count")).to_contain_text(
        re.compile(r"^1,[89]\d\d of 1,9\d\d actors, 4,\d\d\d of 5,3")
    )
    find(page, "1500")
    expect(page.locator("#panel h2")).to_contain_text("1500")
    assert watch.faults == []


def test_a_large_graph_is_cut_to_its_strongest_and_says_so(watch: Watched, files: dict[str, Path]) -> None:
    page = visit(watch, files["limited"])
    expect(page.locator("#panel .note").first).to_contain_text("The 50 best connected are in this page.")
    page.get_by_role("button", name="Everything").click()
    expect(page.locator("#count")).to_contain_text(re.compile(r"^\d\d of 1,9"))


def test_the_file_has_no_markup_from_the_graph(files: dict[str, Path]) -> None:
    text = files["tangled"].read_text("utf-8")
    assert HOSTILE[:20] not in text and text.count("</script>") == 2
    assert not re.search(r'(src|href)="?(https?:)?//', text.split('id="graph">')[0])


def test_the_lock_file_pins_by_hash_and_names_no_address() -> None:
    packages = json.loads((ROOT / "explorer" / "package-lock.json").read_text("utf-8"))["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert "node_modules/sigma" in fetched and "node_modules/graphology" in fetched
    assert all("integrity" in package and "resolved" not in package for package in fetched.values())


def test_the_sources_are_rightly_typed() -> None:
    if not (ROOT / "explorer" / "node_modules").exists():
        pytest.skip("the explorer's packages are not there; run: make explorer")
    npm, environment = hatch_build.find_npm()
    ran = subprocess.run(
        [*npm, "run", "--silent", "check"],
        cwd=ROOT / "explorer", env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout


def test_the_wheel_holds_the_page(tmp_path: Path) -> None:
    if not hatch_build.fresh():
        pytest.skip("the explorer page is older than its sources; run: make explorer")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("graph/exports/data/explorer.html") == html.PAGE.read_bytes()
        assert not [name for name in archive.namelist() if name.startswith("explorer/")]


def test_an_unbuilt_page_is_said_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "PAGE", tmp_path / "none.html")
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        fill_tangled(graph)
        with pytest.raises(StoreError, match="run: make explorer"):
            write_export(Part(graph), tmp_path / "g.html")
    assert list(tmp_path.iterdir()) == []
