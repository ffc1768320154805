"""Shards: every article in exactly one, whatever the sizes; read in any order they give what files give."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import shards
from extract.errors import InputError
from extract.model import Article
from extract.readers import Skip, read_articles
from extract.shards import Piece, Shard, make_shards, read_shard

SAY = "Norland ordered frigate number {} into the Strait of Orm on Tuesday."
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
lines = st.lists(
    st.one_of(
        st.integers(0, 10**6).map(lambda n: json.dumps({"text": SAY.format(n)}).encode()),
        st.sampled_from(
            [b"", b"   ", b"not JSON", b"[]", b"\xff\xfe", b'{"text":"\xe9t\xe9 on the sea"}', b"\r"]
        ),
        st.integers(1, 400).map(lambda n: json.dumps({"text": "Sarn met Norland. " * n}).encode()),
    ),
    max_size=40,
)


def planned(paths: list[Path], size: int) -> list[Shard]:
    """The shards of the files; none of them may be refused."""
    found = list(make_shards([str(path) for path in paths], size))
    assert not [shard for shard in found if isinstance(shard, Skip)]
    return [shard for shard in found if isinstance(shard, Shard)]


def sharded(paths: list[Path], size: int) -> list[Article | Skip]:
    return [found for shard in planned(paths, size) for found in read_shard(shard)]


def whole(paths: list[Path]) -> list[Article | Skip]:
    return list(read_articles([str(path) for path in paths]))


def pieces(paths: list[Path], size: int) -> list[Piece]:
    return [piece for shard in planned(paths, size) for piece in shard.pieces]


@quick
@given(lines, st.integers(1, 3000), st.booleans())
def test_each_line_is_in_exactly_one_shard(tmp_path: Path, rows: list[bytes], size: int, ended: bool) -> None:
    file = tmp_path / "news.jsonl"
    file.write_bytes(b"\n".join(rows) + b"\n" * ended)
    parts = pieces([file], size)
    assert [piece.start for piece in parts] == [0, *(piece.end for piece in parts)][: len(parts)]
    assert not parts or parts[-1].end == file.stat().st_size
    assert sharded([file], size) == whole([file])


@quick
@given(st.integers(0, 60), st.integers(1, 25), st.integers(1, 5000))
def test_each_row_is_in_exactly_one_shard(tmp_path: Path, rows: int, group: int, size: int) -> None:
    file = tmp_path / "news.parquet"
    table = pa.table({"text": pa.array([SAY.format(n) for n in range(rows)], pa.string())})
    pq.write_table(table, file, row_group_size=group)
    parts = pieces([file], size)
    assert [n for piece in parts for n in range(piece.start, piece.end)] == list(range(rows))
    assert sharded([file], size) == whole([file])


@pytest.mark.parametrize("size", [1, 100, 1000, 10**6])
@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + "".join(json.dumps({"text": SAY.format(n)}) + "\n" for n in range(9)),
        "".join(json.dumps({"text": SAY.format(n)}) + "\r\n" for n in range(9)),
        json.dumps({"text": "x " * 40_000}) + "\n" + json.dumps({"text": SAY.format(1)}),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_marks_ends_of_lines_and_wide_encodings(
    tmp_path: Path, content: str, encoding: str, size: int
) -> None:
    file = tmp_path / "news.jsonl"
    file.write_bytes(content.encode(encoding))
    assert sharded([file], size) == whole([file])


def test_the_first_bytes_tell_the_encoding_of_every_shard(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    rows = [
        json.dumps({"text": SAY.format(word)}, ensure_ascii=False) for word in ("café", *range(20), "Plön")
    ]
    file.write_bytes("\n".join(rows).encode("cp1252"))
    found = sharded([file], 50)
    assert len(planned([file], 50)) > 10
    assert found == whole([file])
    assert "Plön" in getattr(found[-1], "text", "")


def test_a_folder_of_files_of_all_kinds(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text(SAY.format("one"))
    (tmp_path / "b" / "c.csv").write_text(f'id,text\n1,"{SAY.format(2)}"\n2,"{SAY.format(3)}"\n')
    (tmp_path / "b" / "d.jsonl").write_text(
        "".join(json.dumps({"text": SAY.format(n)}) + "\n" for n in range(9))
    )
    (tmp_path / "e.html").write_text(f"<html><body><p>{SAY.format(4) * 3}</p></body></html>")
    (tmp_path / "f").write_text(json.dumps({"text": SAY.format(5)}) + "\n")
    (tmp_path / "g.txt").touch()
    for size in (1, 200, 10**6):
        assert sharded([tmp_path], size) == whole([tmp_path])
    assert len(planned([tmp_path], 10**6)) == 1


def test_what_no_worker_needs_to_see_is_said_when_cutting(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\3\4")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 but no more")
    found = list(make_shards([str(tmp_path)], 10))
    assert [skip.reason[:23] for skip in found if isinstance(skip, Skip)] == [
        "no format that holds ar",
        "not readable as Parquet",
    ]
    assert len(found) == 2
    with pytest.raises(InputError, match="standard input can't be cut"):
        list(make_shards(["-"], 10))


def test_shards_go_by_their_content(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    rows = [json.dumps({"text": SAY.format(n)}) + "\n" for n in range(100)]
    file.write_text("".join(rows[:80]))
    before = [shard.id for shard in planned([file], 500)]
    file.write_text("".join(rows))
    after = [shard.id for shard in planned([file], 500)]
    assert len(set(after)) == len(after) > len(before) > 10
    assert after[: len(before) - 1] == before[:-1]
    file.write_text("".join([rows[0].replace("Tuesday", "Thursday"), *rows[1:]]))
    assert sum(a != b for a, b in zip(after, [s.id for s in planned([file], 500)], strict=False)) >= 1


def test_a_file_that_changed_since_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text("".join(json.dumps({"text": SAY.format(n)}) + "\n" for n in range(10)))
    shard = planned([file], 300)[1]
    shards.check(shard)
    file.write_text(file.read_text().replace("number 5", "number 6"))
    with pytest.raises(InputError, match="not what it was"):
        shards.check(shard)
    file.unlink()
    with pytest.raises(OSError, match="No such file"):
        shards.check(shard)


def test_shards_are_about_as_large_as_asked(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text("".join(json.dumps({"text": SAY.format(n)}) + "\n" for n in range(1000)))
    sizes = [piece.size for piece in pieces([file], 10_000)]
    assert all(10_000 <= size < 10_200 for size in sizes[:-1])
