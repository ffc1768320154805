"""Targets that read: each format, the splitter of articles, dates, markup, tables, what a model answers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.fuzz.target import ROOT, Target, Test, drawn, noise

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>"
    b"/Contents 4 0 R>>endobj "
    b"4 0 obj<</Length 44>>stream\nBT /F 9 Tf (The ships left and they met) Tj ET\nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
)
LLM = (
    b'{"triples": [{"sentence": 1, "source": {"name": "Karl Brandt", "type": "PERSON", "mention": "Brandt"}, '
    b'"relation": "meet", "relation_text": "met", '
    b'"target": {"name": "Petru Vasil", "type": "PERSON", "mention": "Petru Vasil"}, '
    b'"symmetric": true, "code": "CONSULT", "status": "actual", "confidence": 0.9}]}'
)
VOCABULARY = b"""
[[verb]]
code = "CONSULT"
target = "with, object"
needs = "with"
symmetric = true
lemmas = "parley, call off"

[[noun]]
code = "AID"
mode = "military"
target = "to, for"
lemmas = "succour"

[[light]]
needs = "under"
lemmas = "put"
"""
DATES = (
    b"Fri, 16 Dec 2016 23:30:00 -0500",
    b"Sept. 14, 2013",
    b"2014-03-24T10:00:00Z",
    b"24 March 2014",
    b"two weeks later",
)
BLOCKS = (
    "Talks Resume In Vienna", "LONDON, June 9 (Reuters) - ", "By Anna Lind", "June 7, 2016", "***", "---",
    "The ministers met on Tuesday and agreed on a plan that had been made by their envoys. ",
    "Karl Brandt, the minister, said that he would answer. ", "He left. ", "(Photo: AP)", "Background",
    "\n", "\n\n", "\n\n\n\n", "\r\n", "\x0b", "\x85", "\u2028", " ", "\t", "-", "What next?", "- one item",
)  # fmt: skip

READING = ("extract.readers", "extract.intake", "extract.plain_text", "extract.records", "extract.documents")


def check(found: Iterator[object]) -> None:
    """Articles must be fit for storing, skips one line; an InputError is a skip of the whole file."""
    from extract.errors import InputError
    from extract.model import Article
    from extract.readers import Skip

    try:
        for one in found:
            if isinstance(one, Article):
                assert one.text.strip() and one.id
                f"{one.id}{one.text}{one.title}{one.url}{one.publisher}{dict(one.metadata)}".encode()
            else:
                assert isinstance(one, Skip) and "\n" not in one.reason
    except InputError as error:
        assert "\n" not in str(error)


def make_reader(kind: str) -> Test:
    """One of our own readers."""
    from extract.readers import READERS

    def test(data: bytes) -> None:
        check(READERS[kind]("fuzz", io.BufferedReader(io.BytesIO(data), 2**16)))  # type: ignore[arg-type]

    return test


def make_parser(kind: str) -> Test:
    """A foreign parser, here in this process, and what we make of its records."""
    import feedparser  # noqa: F401  (imported here, where its branches are watched)
    import pypdf  # noqa: F401
    import trafilatura  # noqa: F401

    from extract.apart import answer
    from extract.documents import PARSERS, from_record

    def test(data: bytes) -> None:
        found = answer(PARSERS[kind], kind, data)
        if isinstance(found, str):
            assert "\n" not in found
        else:
            check(from_record("fuzz", record) for record in found)

    return test


def make_files() -> Test:
    """A whole file of unknown form, from its first bytes on; the foreign parsers are left out."""
    from extract.errors import InputError
    from extract.readers import READERS, read_stream, sniff

    def test(data: bytes) -> None:
        try:
            form = sniff(data[:65536])
        except InputError:
            form = "text"
        assert form in READERS
        if form not in ("html", "feed", "pdf", "parquet") and not data.startswith((b"%PDF-", b"PAR1")):
            check(read_stream("fuzz", io.BufferedReader(io.BytesIO(data), 2**16), None))  # type: ignore[arg-type]

    return test


def make_splitter() -> Test:
    """Texts of several articles: what comes out stands in it, in order, and only rules are lost."""
    from hypothesis import strategies as st

    from extract.plain_text import find_blocks, find_date, find_title, split_articles

    def test(text: str) -> None:
        kept, end = [], 0
        for blocks in split_articles(text):
            for block in blocks:
                assert block.start >= end and text[block.start : block.end] == block.text
                end = block.end
                kept.append(block.start)
            find_title(blocks)
            find_date(blocks)
        lost = [block for block in find_blocks(text) if block.start not in set(kept)]
        assert all(block.kind == "rule" for block in lost)

    pieces = st.one_of(st.sampled_from(BLOCKS), st.text(max_size=30))
    return drawn(st.lists(pieces, max_size=80).map("".join), test)


def make_dates() -> Test:
    """A date as somebody wrote it, in a field, in a dateline, and in a text."""
    from datetime import date

    from extract.intake import iso_date
    from extract.when import first_dateline, read

    def test(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        day = iso_date(text)
        if day is not None:
            assert len(day) in {4, 7, 10}
            date.fromisoformat(f"{day}-01-01"[:10])
        first_dateline(text, day)
        for published in (day, "9999-12-31", "0001-01-01"):
            read(text, published, ahead=len(data) % 2 == 0, before=day)

    return test


def make_markup() -> Test:
    """A piece of HTML in a feed."""
    from extract.documents import text_of

    return lambda data: text_of(data.decode("utf-8", "replace"))


def make_vocabulary() -> Test:
    """A user's table of verbs and nouns: only VocabularyError may come out."""
    import tempfile
    from pathlib import Path

    from extract import ontology
    from extract.errors import VocabularyError

    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name, "words.toml")

    def test(data: bytes, keep: Any = folder) -> None:
        path.write_bytes(data)
        try:
            ontology.load(path)
        except VocabularyError:
            return

    return test


def make_llm() -> Test:
    """What a language model answers: its offsets quote the text."""
    from extract.endpoint import Answer
    from extract.llm import Sentence, align, read_answer
    from extract.model import Article

    text = "Karl Brandt met Petru Vasil in Ebbe."

    def test(data: bytes) -> None:
        read_back = read_answer(Answer(data.decode("utf-8", "replace"), False, 0, 0, 1))
        if not read_back:
            return
        for triple in align(Article("a", text), [Sentence(text, 0, len(text))], read_back[0], "f")[0]:
            assert text[triple.source_start : triple.source_end] == triple.source_mention
            assert text[triple.target_start : triple.target_end] == triple.target_mention

    return test


def seeds(*suffixes: str) -> Callable[[], Iterator[bytes]]:
    """The files of seeds/ with these endings, cut to 4 kB."""

    def samples() -> Iterator[bytes]:
        for path in sorted((ROOT / "seeds").iterdir()):
            if path.suffix in suffixes and path.name != "README.md":
                yield path.read_bytes()[:4096]

    return samples


def tables() -> Iterator[bytes]:
    """A Parquet file."""
    from pyarrow import BufferOutputStream, Table, parquet

    out = BufferOutputStream()
    rows = {"id": ["1", "2"], "text": ["The ships left and they met."] * 2, "seen": [1, None]}
    parquet.write_table(Table.from_pydict(rows), out)
    yield out.getvalue().to_pybytes()


def these(*samples: bytes) -> Callable[[], Iterator[bytes]]:
    """The samples given."""
    return lambda: iter(samples)


TARGETS = {
    "text": Target(partial(make_reader, "text"), seeds(".txt"), READING),
    "jsonl": Target(partial(make_reader, "jsonl"), seeds(".jsonl"), READING),
    "json": Target(
        partial(make_reader, "json"),
        these(b'[{"id": 1, "text": "The ships left and they met."}]'),
        READING,
    ),
    "csv": Target(partial(make_reader, "csv"), seeds(".csv"), READING),
    "parquet": Target(partial(make_reader, "parquet"), tables, (*READING, "extract.parquet")),
    "html": Target(partial(make_parser, "HTML"), seeds(".html"), (*READING, "trafilatura")),
    "feed": Target(partial(make_parser, "a feed"), seeds(".rss"), (*READING, "feedparser")),
    "pdf": Target(partial(make_parser, "PDF"), these(PDF), (*READING, "pypdf")),
    "files": Target(make_files, seeds(".txt", ".jsonl", ".csv", ".html", ".rss"), READING),
    "splitter": Target(make_splitter, noise, READING),
    "dates": Target(make_dates, these(*DATES), (*READING, "extract.when")),
    "markup": Target(make_markup, these(b"<p>The <b>ships</b></p><script>x</script>&amp;"), READING),
    "vocabulary": Target(make_vocabulary, these(VOCABULARY), ("extract.ontology",)),
    "llm": Target(make_llm, these(LLM), ("extract.llm", "extract.endpoint")),
}
