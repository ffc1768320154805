"""Parquet read like other files of records: columns, kinds of values, damage, and no pyarrow."""

from __future__ import annotations

import datetime
import decimal
import random
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.model import Article
from extract.readers import Skip, read_articles

ROOT = Path(__file__).resolve().parent.parent
TEXT = "Norland ordered frigate number {} into the Strait of Orm on Tuesday."


def table(rows: int = 3) -> pa.Table:
    """A table with a column of each kind."""
    moment = datetime.datetime(2020, 3, 4, 23, 30, tzinfo=datetime.UTC)
    return pa.table({
        "id": [f"a{n}" for n in range(rows)],
        "Text": [TEXT.format(n) for n in range(rows)],
        "published": [moment] * rows,
        "publisher": pa.array(["Orm Post"] * rows).dictionary_encode(),
        "tags": [["sea", "navy"]] * rows,
        "score": [decimal.Decimal("1.50")] * rows,
        "day": [datetime.date(2020, 1, 2)] * rows,
        "raw": [b"\xff"] * rows,
        "more": [{"a": 1}] * rows,
        "gone": pa.nulls(rows),
    })  # fmt: skip


def written(folder: Path, what: pa.Table, **options: int) -> Path:
    path = folder / "news.parquet"
    pq.write_table(what, path, **options)
    return path


def read(path: Path) -> list[Article | Skip]:
    return list(read_articles([str(path)]))


def test_each_row_is_an_article(tmp_path: Path) -> None:
    path = written(tmp_path, table())
    found = read(path)
    assert [one.origin for one in found] == [f"{path}, row {n}" for n in (1, 2, 3)]
    first = found[0]
    assert isinstance(first, Article)
    assert (first.id, first.text, first.published) == ("a0", TEXT.format(0), "2020-03-04")
    assert first.publisher == "Orm Post"
    assert dict(first.metadata) == {
        "tags": '["sea","navy"]', "score": "1.50", "day": "2020-01-02", "raw": "\ufffd", "more": '{"a":1}'
    }  # fmt: skip


def test_a_file_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    path = written(tmp_path, table()).rename(tmp_path / "news")
    assert len(read(path)) == 3
    done = subprocess.run(
        [sys.executable, "-c", "from extract import readers; print(*readers.read_articles(['-']))"],
        input=path.read_bytes(), cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    assert b"Parquet is read from its end, so it must be a file" in done.stdout


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (pa.table({"body": ["x"]}), "no column is called text; they are body"),
        (pa.table({"text": [None, TEXT]}), "empty"),
        (pa.table({"text": [["not", "a", "text"]]}), None),
        (
            pa.table({"text": [TEXT], "read for": pa.array([2**63 - 1], pa.duration("s"))}),
            "broken Parquet: Python int too large to convert to C int; the rest is left out",
        ),
    ],
)
def test_what_is_no_article_is_skipped(tmp_path: Path, what: pa.Table, reason: str | None) -> None:
    found = read(written(tmp_path, what))
    assert [one.reason for one in found if isinstance(one, Skip)] == ([reason] if reason else [])


def test_an_empty_table_has_no_articles(tmp_path: Path) -> None:
    assert read(written(tmp_path, table().slice(0, 0))) == []


def test_columns_must_have_names_that_can_be_read(tmp_path: Path) -> None:
    path = written(tmp_path, pa.table({"text": [TEXT], "fre\u00e9": [1]}))
    path.write_bytes(path.read_bytes().replace("fre\u00e9".encode(), b"fre\xff\xff"))
    (skip,) = read(path)
    assert isinstance(skip, Skip) and skip.reason.startswith("not readable as Parquet: 'utf-8' codec")


def test_damage_never_raises(tmp_path: Path) -> None:
    path = written(tmp_path, table(40), row_group_size=10)
    whole, dice = path.read_bytes(), random.Random(3)
    skipped = 0
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(dice.choice((1, 5, 30))):
            damaged[dice.randrange(4, len(damaged))] = dice.randrange(256)
        path.write_bytes(damaged[: dice.choice((len(damaged), dice.randrange(len(damaged))))])
        skips = [one for one in read(path) if isinstance(one, Skip)]
        skipped += bool(skips)
        assert all("\n" not in skip.origin for skip in skips)
    assert skipped > 75


@pytest.mark.parametrize(
    ("missing", "args", "said", "code"),
    [
        ("pyarrow", ["news.parquet"],
         "skipped news.parquet: reading Parquet needs pyarrow: pip install 'dyad[parquet]'", 1),
        ("distributed", ["a.txt", "--out", "o", "--cluster", "h:1"],
         "dyad: --cluster needs Dask: pip install 'dyad[cluster]'", 2),
    ],
)  # fmt: skip
def test_a_missing_extra_is_one_line(
    tmp_path: Path, missing: str, args: list[str], said: str, code: int
) -> None:
    written(tmp_path, table())
    (tmp_path / "a.txt").write_text(TEXT)
    start = f"import sys; sys.modules[{missing!r}] = None; sys.argv = ['dyad', 'extract', *{args!r}]; "
    done = subprocess.run(
        [sys.executable, "-c", f"{start} sys.path.insert(0, {str(ROOT)!r}); import cli; cli.main()"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code and done.stderr.splitlines()[0] == said
