"""Exports, read back by tools that are not ours."""

from __future__ import annotations

import json
import resource
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import msgspec
import networkx as nx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.errors import StoreError
from extract.model import Article
from graph.embedded import EmbeddedGraph, open_graph
from graph.exports import csv as table
from graph.exports import graphml, html, jsonl, write_export, write_together
from graph.exports.part import ANY, Part
from tests.small_world import fill, one_name_one_actor, triple

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = '</script><b onclick="x">&amp; ]]> \x00\x1b[31m\ufffe\ud800 =1+1 \U0001f600 é\''


@pytest.fixture
def graph() -> Iterator[EmbeddedGraph]:
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        fill(graph, ["a1", "a2", "a3"])
        yield graph


@pytest.mark.parametrize("yed", [False, True])
def test_networkx_reads_all_of_graphml(graph: EmbeddedGraph, tmp_path: Path, yed: bool) -> None:
    write_export(Part(graph), tmp_path / "g.graphml", yed=yed)
    read = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True, edge_key_type=str)
    assert read.is_directed()
    assert {n: (d["type"], d["aliases"]) for n, d in read.nodes(data=True)} == {
        a.id: (a.type, ";".join(a.aliases)) for a in graph.actors()
    }
    back = {key: (s, t, d) for s, t, key, d in read.edges(data=True, keys=True)}
    edges = list(graph.edges(None, None, ANY))
    assert len(back) == len(edges) == 6
    for e in edges:
        source, target, d = back[e.id]
        assert (source, target, d["code"], d["status"]) == (e.source, e.target, e.code, e.status)
        assert (d["symmetric"], d["sources"], d["confidence"]) == (e.symmetric, e.sources, e.confidence)
        assert (d.get("first"), d.get("last")) == (e.first, e.last)


def test_no_key_id_means_something_else_to_a_reader(graph: EmbeddedGraph, tmp_path: Path) -> None:
    write_export(Part(graph), tmp_path / "g.graphml", yed=True)
    root = ET.parse(tmp_path / "g.graphml").getroot()
    space = "{http://graphml.graphdrawing.org/xmlns}"
    keys = [k.attrib for k in root.iter(f"{space}key")]
    ids = [k["id"] for k in keys]
    assert len(set(ids)) == len(ids) and not {"d3", "d7"} & set(ids)
    assert {k["for"] for k in keys} == {"node", "edge"}
    firsts = {next(e.iter(f"{space}data")).attrib["key"] for e in root.iter(f"{space}edge")}
    assert firsts == {"label"}


@pytest.mark.parametrize("name", [HOSTILE.replace("\ud800", ""), "a\rb\tc", "\u202eright to left"])
def test_hostile_names_stay_data(tmp_path: Path, name: str) -> None:
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        graph.write(Article("x", "t"), [triple("x", name, name, "B", "SAY", "actual", None, False)])
        write_export(Part(graph), tmp_path / "g.graphml", yed=True)
    read = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    labels = {d["label"] for _, d in read.nodes(data=True)}
    assert labels == {"B", graphml.FORBIDDEN.sub("", name)}


@given(st.text())
@example("\ta\r\nb]]>\x85\u2028")
def test_any_text_comes_back_from_xml(text: str) -> None:
    (cleaned,) = graphml.clean(text)
    element = ET.fromstring(f'<a b="{cleaned}">{cleaned}</a>')
    assert element.get("b") == (element.text or "") == graphml.FORBIDDEN.sub("", text)


@given(st.text())
@example("</script><!--<script>")
def test_any_text_comes_back_from_the_page(text: str) -> None:
    written = html.harmless(msgspec.json.encode(text))
    assert json.loads(written) == text and not set(b"<>&") & set(written)


@given(st.text())
def test_any_text_comes_back_from_csv_and_is_no_formula(text: str) -> None:
    cell = table.harmless(text)
    assert cell.removeprefix("'") in (text.replace("\0", ""), text.replace("\0", "").removeprefix("'"))
    assert not cell.startswith(table.FORMULA)


@given(st.text())
@example("a\x85b\u2028c\u2029d\x1ce")
def test_any_text_is_one_line_of_jsonl(text: str) -> None:
    written = jsonl.line({"text": text}).decode()
    assert json.loads(written) == {"text": text} and len(written.splitlines()) == 1


def test_surrogates_leave_xml_readable() -> None:
    assert all(text.encode() for text in graphml.clean(HOSTILE, "plain"))


def test_jsonl_has_every_kind_in_a_fixed_order(graph: EmbeddedGraph, tmp_path: Path) -> None:
    write_export(Part(graph), tmp_path / "g.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "g.jsonl").read_text().splitlines()]
    kinds = [row["kind"] for row in rows]
    assert {k: kinds.count(k) for k in kinds} == {"article": 3, "triple": 7, "actor": 7, "edge": 6}
    for kind in ("article", "actor", "edge"):
        ids = [row["id"] for row in rows if row["kind"] == kind]
        assert ids == sorted(ids)


def test_a_failed_export_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text("old")

    def broken() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_together({tmp_path / "other.jsonl": iter([b"whole"]), path: broken()})
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_an_export_to_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text("old")
    bound = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5, bound[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            write_together({path: iter([b"more than there is room for"])})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, bound)
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_an_unknown_ending_names_the_known_ones(graph: EmbeddedGraph, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"\.graphml, \.htm"):
        write_export(Part(graph), tmp_path / "g.doc")


def golden_files(folder: Path) -> dict[str, bytes]:
    """All exports of the small world, written into the folder, by name."""
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        fill(graph, ["a1", "a2", "a3"])
        for ending in ("graphml", "gexf", "jsonl", "ftm.json", "csv"):
            write_export(Part(graph), folder / f"small_world.{ending}")
        write_export(Part(graph), folder / "small_world-yed.graphml", yed=True)
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_exports_keep_their_bytes(tmp_path: Path) -> None:
    """A change here changes what users diff and load; `python -m tests.test_graph_exports` accepts it."""
    written = golden_files(tmp_path)
    assert len(written) == 8
    assert {name: (GOLDEN / name).read_bytes() for name in written} == written


if __name__ == "__main__":
    golden_files(GOLDEN)
