"""The benchmarks: they run, plant what they say, keep rows by room, and judge them as they should."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest

from bench.__main__ import RESULTS, ROOMS, TABLE, run_room
from bench.frame import FULL, ROOT, SMALL, Row, compare, shrink, skip, speed_up
from bench.plot import draw
from bench.table import Machine, Run, keep, read_runs, verdict, write_table
from bench.world import articles, names, plant, sized
from graph.embedded import open_graph

MACHINE = Machine("2 cores", {"Python": "3.11"}, 0.5)


@pytest.mark.parametrize(
    "row, expected",
    [
        (compare("a", "b", "1/s", 90, 100, ">= 0.8"), "✓"),
        (compare("a", "b", "1/s", 70, 100, ">= 0.8"), "✗"),
        (compare("a", "b", "MB", 114, 100, "<= 1.15"), "✓"),
        (compare("a", "b", "MB", 116, 100, "<= 1.15"), "✗"),
        (speed_up("a", "b", "s", 1, 25, ">= 20"), "✓"),
        (speed_up("a", "b", "s", 1, 15, ">= 20"), "✗"),
        (compare("a", "b", "s", 0.2, 0.02, "ours <= 0.25"), "✓"),
        (compare("a", "b", "s", 0.3, 0.02, "ours <= 0.25 s"), "✗"),
        (compare("a", "b", "s", 1, 2), ""),
        (skip("a", "b", "b is not installed"), ""),
    ],
)
def test_verdict(row: Row, expected: str) -> None:
    assert verdict(row) == expected


def test_rooms_keep_their_newest_rows(tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    for room, ours in (("build", 1.0), ("exports", 2.0), ("build", 3.0)):
        keep(file, Run(room, room, "2026-01-01", MACHINE, [compare(f"row of {room}", "b", "s", ours, 4.0)]))
    assert [(run.room, run.rows[0].ours) for run in read_runs(file)] == [("build", 3.0), ("exports", 2.0)]
    table = write_table(read_runs(file), ROOMS)
    assert "| row of build | 3 s | b | 4 s | **0.75** |  |  |" in table
    assert table.index("row of build") < table.index("row of exports")


@pytest.mark.parametrize("load, warned", [(0.5, False), (2.0, False), (7.5, True)])
def test_a_busy_machine_is_told(load: float, warned: bool) -> None:
    run = Run("build", "build", "2026-01-01", Machine("2 cores", {}, load), [compare("a", "b", "s", 1, 2)])
    assert ("Too many" in write_table([run], ROOMS)) == warned


def test_a_skipped_peer_is_told() -> None:
    run = Run("peers", "peers", "2026-01-01", MACHINE, [skip("dyad build", "textacy", "no such package")])
    assert "| dyad build |  | textacy |  |  |  | skipped: no such package |" in write_table([run], ROOMS)


def test_benchmarks_file_is_what_the_kept_rows_make() -> None:
    assert TABLE.read_text(encoding="utf-8") == write_table(read_runs(RESULTS), ROOMS)


def test_part_of_the_size() -> None:
    part = shrink(FULL, 0.2)
    assert (part.articles, part.actors, part.mentions) == (1_000, 20_000, (2_000, 6_000, 20_000))


def test_world_is_told_as_planted() -> None:
    world = sized(300)
    edges = plant(world)
    told = [triple for _, triples in articles(world) for triple in triples]
    people = names(world.actors)
    assert len(set(edges)) == world.edges
    assert len(set(people)) == world.actors
    assert len(told) == world.evidence
    ends = {(people[source], people[target]) for source, target, _, _ in edges}
    assert {(t.source, t.target) for t in told} == ends
    often = Counter((t.source, t.target, t.code, t.status) for t in told)
    assert max(often.values()) > 5
    for article, triples in articles(world):
        for t in triples:
            assert article.text[t.start : t.end] == t.sentence
            assert article.text[t.source_start : t.source_end] == t.source
            assert article.text[t.target_start : t.target_end] == t.target


def test_planted_actors_and_edges_are_found() -> None:
    world = sized(60)
    with open_graph(":memory:") as graph:
        graph.write_all(articles(world), "bench")
        graph.refresh()
        sizes = graph.sizes()
    assert (sizes["actor"], sizes["edge"], sizes["triple"]) == (world.actors, world.edges, world.evidence)


def test_drawing_puts_growth_in_proportion_on_the_grey_line() -> None:
    picture = draw({"even": [(10, 1), (100, 10)], "flat": [(10, 5), (100, 5)]}, "edges", "seconds")
    assert picture.count("<circle") == 6
    grey = next(line for line in picture.splitlines() if 'stroke="#ccc"' in line)
    blue = next(line for line in picture.splitlines() if "<polyline" in line)
    end = blue.split('"')[1].split()[-1].replace(",", " ")
    assert f"L{end}" in grey


@pytest.mark.parametrize("room", ["exports", "questions", "identity", "startup"])
def test_room_runs(room: str) -> None:
    rows = list(run_room(room, SMALL))
    assert rows
    for row in rows:
        assert row.ratio is not None and math.isfinite(row.ratio) and row.ratio > 0, row


def test_every_room_is_there() -> None:
    assert all((ROOT / "bench" / f"{room}.py").exists() for room in ROOMS)
