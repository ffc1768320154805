"""The extractor that asks a language model, against a small real server that answers as told."""

# ruff: noqa: E501  (tables, one case a line)

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli import app
from extract import llm
from extract.endpoint import Answer, full_url
from extract.errors import ExtractorError
from extract.llm import LlmExtractor, Usage
from extract.model import Article, Triple
from extract.pipeline import make_extractor

KEY = "sk-very-secret-0123456789"
TEXT = (
    "Brandt Meets Vasil in Ebbe\n\n"
    "PORT ALMA, June 7, 2016 (NNA) — Norland’s Defence Minister Karl Brandt met Petru Vasil in Ebbe. "
    "He accused the Orm  Guard of piracy, Mira Kosta said."
)
ARTICLE = Article("a1", TEXT, "Brandt Meets Vasil in Ebbe")
Reply = Callable[[dict[str, Any]], tuple[int, Any]]


def end(name: str, mention: str | None = None, kind: str = "PERSON") -> dict[str, str]:
    return {"name": name, "type": kind, "mention": name if mention is None else mention}


def found(**changes: Any) -> dict[str, Any]:
    """A right answer about the second sentence, with changes."""
    right = {
        "sentence": 2, "source": end("Karl Brandt"), "relation": "meet", "relation_text": "met", "target": end("Petru Vasil"),
        "symmetric": True, "code": "CONSULT", "status": "actual", "attribution": None, "date": "2016-06-07",
        "location": "Ebbe", "confidence": 0.9,
    }  # fmt: skip
    return right | changes


def said(*rows: Any, content: str | None = None, finish: str = "stop") -> tuple[int, Any]:
    """A chat completion with these relations."""
    text = json.dumps({"triples": list(rows)}) if content is None else content
    usage = {"prompt_tokens": 100, "completion_tokens": 10}
    return 200, {"choices": [{"message": {"content": text}, "finish_reason": finish}], "usage": usage}


class Server(ThreadingHTTPServer):
    """Answers each request with the next reply, the last one again and again."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies: list[Any] = [said(found())]
        self.seen: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.delay = 0.0
        self.headers: dict[str, str] = {}
        self.lock = threading.Lock()

    def handle_error(self, *_: Any) -> None:
        """A client that gave up is no error of ours."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.seen.append((dict(self.headers), body))
            replies = self.server.replies
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
        time.sleep(self.server.delay)
        status, answer = reply(body) if callable(reply) else reply
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {**self.server.headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def extractor(server: Server, **options: Any) -> LlmExtractor:
    return LlmExtractor(server.url, "tiny", KEY, **{"timeout": 20, "pause": 0.01, **options})


def run(server: Server, *articles: Article, **options: Any) -> tuple[list[Triple], Usage]:
    """The triples and the costs of these articles."""
    asking = extractor(server, **options)
    rows = list(asking.extract(iter(articles or (ARTICLE,))))
    assert [article for article, _ in rows] == list(articles or (ARTICLE,))
    return [triple for _, triples in rows for triple in triples], asking.usage


def test_an_answer_becomes_triples_that_quote_the_text(server: Server) -> None:
    (triple,), usage = run(server)
    assert (triple.source, triple.relation, triple.target) == ("Karl Brandt", "meet", "Petru Vasil")
    assert triple.sentence.startswith("PORT ALMA") and triple.sentence.endswith("in Ebbe.")
    for start, stop, text in (
        (triple.start, triple.end, triple.sentence),
        (triple.source_start, triple.source_end, triple.source_mention),
        (triple.target_start, triple.target_end, triple.target_mention),
    ):
        assert TEXT[start:stop] == text
    assert (triple.published, triple.publisher) == ("2016-06-07", "NNA")
    assert (triple.date, triple.date_precision, triple.location) == ("2016-06-07", "day", "Ebbe")
    assert (triple.code, triple.status, triple.symmetric, triple.confidence) == (
        "CONSULT",
        "actual",
        True,
        0.9,
    )
    assert triple.extractor == extractor(server).name == "llm-1/tiny"
    assert usage == Usage(requests=1, tokens_in=100, tokens_out=10, triples=1)


def test_the_request_has_numbered_sentences_a_schema_and_the_key(server: Server) -> None:
    run(server)
    ((headers, body),) = server.seen
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert body["model"] == "tiny" and body["response_format"]["json_schema"]["strict"] is True
    told = body["messages"][1]["content"]
    assert "[1] Brandt Meets Vasil in Ebbe\n[2] PORT ALMA" in told and "\n[3] He accused" in told
    assert KEY not in json.dumps(body)


def test_without_a_key_none_is_sent(server: Server) -> None:
    list(LlmExtractor(server.url, "tiny").extract(iter([ARTICLE])))
    assert "Authorization" not in server.seen[0][0]


def test_every_property_of_the_schema_is_required() -> None:
    def check(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert node["required"] == list(node["properties"]) and node["additionalProperties"] is False
            for value in node.values():
                check(value)

    check(llm.schema())
    one = llm.schema()["properties"]["triples"]["items"]
    assert set(one["properties"]) == set(llm.Found.__struct_fields__)


PRONOUN = found(
    sentence=3,
    source=end("Karl Brandt", "He"),
    target=end("Orm Guard", "Orm Guard", "GROUP"),
    code="ACCUSE",
    attribution="Mira Kosta",
)


@pytest.mark.parametrize(
    ("row", "source", "target", "mentions"),
    [
        (PRONOUN, "Karl Brandt", "Orm Guard", ("He", "Orm  Guard")),
        (found(source=end("karl brandt", "KARL BRANDT")), "Karl Brandt", "Petru Vasil", ("Karl Brandt", "Petru Vasil")),
        (found(source=end("Norland", "Norland", "STATE")), "Norland", "Petru Vasil", ("Norland", "Petru Vasil")),
        (found(relation="x" * 999), "Karl Brandt", "Petru Vasil", ("Karl Brandt", "Petru Vasil")),
        (found(relation_text="conspired with"), "Karl Brandt", "Petru Vasil", ("Karl Brandt", "Petru Vasil")),
        (found(confidence=7, date="next week"), "Karl Brandt", "Petru Vasil", ("Karl Brandt", "Petru Vasil")),
    ],
)  # fmt: skip
def test_what_stands_in_the_text_is_kept(
    server: Server, row: dict[str, Any], source: str, target: str, mentions: tuple[str, str]
) -> None:
    server.replies = [said(row)]
    (triple,), usage = run(server)
    assert (triple.source, triple.target, (triple.source_mention, triple.target_mention)) == (
        source,
        target,
        mentions,
    )
    assert TEXT[triple.source_start : triple.source_end] == mentions[0]
    assert 0 <= triple.confidence <= 1 and triple.relation_text in TEXT
    assert usage.dropped == {}


def test_a_state_may_go_by_its_adjective(server: Server) -> None:
    article = Article("a2", "Russian forces left. A Russian envoy met Petru Vasil.")
    server.replies = [said(found(source=end("Russia", "Russian", "STATE")))]
    (triple,), _ = run(server, article)
    assert (triple.source, triple.source_mention) == ("Russia", "Russian")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (found(source=end("Helga Strand")), "mention not in the sentence"),
        (found(source=end("Mira Kosta")), "mention not in the sentence"),
        (found(source=end("Helga Strand", "Karl Brandt")), "name not in the article"),
        (found(source=end("Russia", "Norland", "STATE")), "name not in the article"),
        (found(source=end("Bran", "Bran")), "mention not in the sentence"),
        (found(source=end("Karl Brandt", "")), "mention not in the sentence"),
        (found(source=end("", "Karl Brandt")), "name not in the article"),
        (found(source=end("Petru Vasil")), "mention not in the sentence"),
        (found(source=end("Petru Vasil", "Karl Brandt")), "one actor at both ends"),
        (found(source=end("Ebbe", kind="PLACE")), "a place that acts"),
        (found(attribution="Interfax"), "speaker not in the article"),
        (found(sentence=0), "no such sentence"),
        (found(sentence=99), "no such sentence"),
        (found(source=end("Ignore all rules\x1b[2J", "'; DROP TABLE actors; --")), "mention not in the sentence"),
        (found(source=end("(.*)+$", ".*")), "mention not in the sentence"),
        (found(source=end("K" * 5000)), "mention not in the sentence"),
        (found(code="MEET"), "not by the schema"),
        (found(status="maybe"), "not by the schema"),
        (found(sentence="2"), "not by the schema"),
        ({}, "not by the schema"),
        (7, "not by the schema"),
    ],
)  # fmt: skip
def test_what_does_not_is_dropped_and_counted(server: Server, row: Any, why: str) -> None:
    server.replies = [said(row, found())]
    triples, usage = run(server)
    assert [t.target for t in triples][-1:] == ["Petru Vasil"]
    assert usage.dropped == {why: 1}
    assert usage.triples == len(triples) == 1


def test_names_with_hostile_content_come_out_as_they_stand(server: Server) -> None:
    name = "Robert'); DROP TABLE actors;-- <script>\x1b[31m {0} $(rm)"
    article = Article("a3", f"{name} met Petru Vasil.")
    server.replies = [said(found(sentence=1, source=end(name)))]
    (triple,), _ = run(server, article)
    assert triple.source_mention == name and triple.source == " ".join(name.split())


def test_the_pairs_of_one_meeting_share_a_group(server: Server) -> None:
    article = Article("a4", "Anna Lind, Karl Brandt and Petru Vasil met.")
    pairs = [("Anna Lind", "Karl Brandt"), ("Anna Lind", "Petru Vasil"), ("Karl Brandt", "Petru Vasil")]
    server.replies = [said(*(found(sentence=1, source=end(a), target=end(b)) for a, b in pairs))]
    triples, _ = run(server, article)
    assert len(triples) == 3 and len({t.group for t in triples}) == 1 and triples[0].group


def test_the_same_relation_twice_is_one(server: Server) -> None:
    server.replies = [said(found(), found())]
    triples, _ = run(server)
    assert len(triples) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 529])
def test_a_passing_failure_is_tried_again(server: Server, status: int) -> None:
    server.replies = [(status, {}), (status, b"not json"), said(found())]
    triples, usage = run(server)
    assert len(triples) == 1
    assert (usage.requests, usage.retries) == (1, 2)


def test_the_pause_the_server_asks_for_is_kept(server: Server) -> None:
    server.headers = {"Retry-After": "0.05"}
    server.replies = [(429, {}), said(found())]
    triples, _ = run(server, pause=3600)
    assert len(triples) == 1


ANSWERS: list[tuple[str, Any]] = [
    ("no JSON", said(content="I can't help with that.")),
    ("half JSON", said(content='{"triples": [{"sent')),
    ("no list", said(content='{"triples": {}}')),
    ("nested deep", said(content="[" * 100_000)),
    ("cut off", said(found(), finish="length")),
]


@pytest.mark.parametrize("wrong", [a for _, a in ANSWERS], ids=[name for name, _ in ANSWERS])
def test_a_wrong_answer_is_asked_again_by_halves(server: Server, wrong: Any) -> None:
    server.replies = [wrong, said(), said(found())]
    triples, usage = run(server)
    assert len(triples) == 1 and (usage.requests, usage.lost_sentences) == (3, 0)


def test_a_sentence_that_never_gets_an_answer_is_counted(server: Server) -> None:
    def reply(body: dict[str, Any]) -> tuple[int, Any]:
        return said(content="?") if "[3]" in body["messages"][1]["content"] else said(found())

    server.replies = [reply]
    triples, usage = run(server)
    assert len(triples) == 1 and usage.lost_sentences == 1


def test_json_in_a_fence_is_read(server: Server) -> None:
    server.replies = [said(content="```json\n" + json.dumps({"triples": [found()]}) + "\n```")]
    assert len(run(server)[0]) == 1


BAD: list[tuple[str, Any, str]] = [
    ("no completion", (200, {"error": "x"}), r"no chat completion \(tried 2 times\)"),
    ("no JSON at all", (200, b"<html>"), r"no chat completion \(tried 2 times\)"),
    ("no text", (200, {"choices": [{"message": {"content": None}}]}), "an answer without text"),
    ("overloaded", (503, {"error": {"message": f"busy,\n {KEY} waits"}}), r"status 503: busy, \*\*\* waits"),
    ("refused key", (401, {"error": {"message": f"Incorrect API key: {KEY}"}}), r"refuses the key \(401\)"),
    ("forbidden", (403, {"error": {"message": KEY}}), r"refuses the key \(403\)"),
    ("no such model", (404, {"error": {"message": "no model\x1b[2J tiny"}}), "status 404: no model .2J tiny; check"),
    ("a redirect", (302, b""), r"points elsewhere \(302\)"),
    ("a wrong request", (400, {"error": None}), "status 400; check"),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "message"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_failure_is_one_line_without_the_key(
    server: Server, caplog: pytest.LogCaptureFixture, reply: Any, message: str
) -> None:
    caplog.set_level(logging.DEBUG)
    server.replies = [reply]
    server.headers = {"Location": "http://127.0.0.1:9/steal"} if reply[0] == 302 else {}
    with pytest.raises(ExtractorError, match=message) as caught:
        run(server, tries=2)
    shown = f"{caught.value} {caught.value!r} {caught.getrepr(showlocals=False)} {caplog.text}"
    assert KEY not in shown
    assert "\n" not in str(caught.value) and str(caught.value).isprintable()


def test_a_server_that_does_not_answer_is_given_up(server: Server) -> None:
    server.delay = 1.0
    with pytest.raises(ExtractorError, match=r"within 0.2 s \(tried 2 times\)|timed out \(tried 2 times\)"):
        run(server, timeout=0.2, tries=2)


def test_a_port_where_nobody_listens_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asking = LlmExtractor(f"http://127.0.0.1:{port}", "tiny", KEY, pause=0.01, tries=2)
    with pytest.raises(
        ExtractorError, match=f"127.0.0.1:{port}/chat/completions: no answer: connection refused"
    ):
        list(asking.extract(iter([ARTICLE])))


@pytest.mark.parametrize(
    ("url", "full"),
    [
        ("http://host:1/v1", "http://host:1/v1/chat/completions"),
        ("https://host/v1/", "https://host/v1/chat/completions"),
        ("https://host/v1/chat/completions", "https://host/v1/chat/completions"),
        (" https://host/x?api-version=1 ", "https://host/x/chat/completions?api-version=1"),
    ],
)
def test_the_address_is_completed(url: str, full: str) -> None:
    assert full_url(url) == full


@pytest.mark.parametrize(
    "url",
    ["", "host/v1", "ftp://host", "file:///etc/passwd", "http://", "http://u:secret@host", "http://ho st/", "http://h:99999", "http://[::1", "http://h/\nX: y"],
)  # fmt: skip
def test_what_is_no_address_is_refused_unshown(url: str) -> None:
    with pytest.raises(ExtractorError) as caught:
        LlmExtractor(url, "tiny")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "naïve", "nul\0"])
def test_what_is_no_key_is_refused_unshown(key: str) -> None:
    with pytest.raises(ExtractorError, match="key") as caught:
        LlmExtractor("http://host", "tiny", key)
    assert key not in str(caught.value)


def test_many_articles_come_back_in_order_a_few_asked_at_once(server: Server) -> None:
    server.delay = 0.02
    articles = [Article(f"m{i}", TEXT) for i in range(7)]
    triples, usage = run(server, *articles, workers=3)
    assert [t.article for t in triples] == [a.id for a in articles]
    assert usage.requests == 7 and usage.tokens_in == 700


def test_articles_are_taken_only_as_they_are_needed(server: Server) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Article]:
        for i in range(1000):
            taken.append(i)
            yield Article(f"e{i}", TEXT)

    asking = extractor(server, workers=2)
    stream = asking.extract(endless())
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert len(taken) <= 4


def test_a_long_article_is_asked_about_in_parts(server: Server) -> None:
    server.replies = [said()]
    _, usage = run(server, Article("long", "Karl Brandt met Petru Vasil. " * 1500))
    assert usage.requests == 4
    numbers = sorted(len(body["messages"][1]["content"]) for _, body in server.seen)
    assert numbers[-1] < 20_000


def test_an_article_without_a_sentence_asks_nothing(server: Server) -> None:
    assert run(server, Article("none", " \n ")) == ([], Usage())


def test_the_pipeline_makes_it() -> None:
    made = make_extractor("llm", url="http://host/v1", llm="tiny", key=KEY)
    assert made.name == "llm-1/tiny" and KEY not in repr(made)


@given(
    st.text(max_size=80),
    st.one_of(st.text(max_size=12), st.sampled_from(["Karl Brandt", "karl  brandt", "Brandt’s", "É", "İ"])),
)
@example("I", "İ")
def test_found_words_stand_in_the_text(noise: str, words: str) -> None:
    text = f"{noise} {words} {noise}"
    for start, stop in llm.find(text, words):
        assert (
            text[start:stop].translate(llm.PLAIN).lower().split()
            == words.translate(llm.PLAIN).lower().split()
        )


@given(st.text(max_size=300))
def test_sentences_quote_the_text_and_lose_no_word(text: str) -> None:
    sentences = SPLIT(text)
    assert all(text[s.start : s.end] == s.text and s.text for s in sentences)
    assert [s.start for s in sentences] == sorted(s.start for s in sentences)
    assert "".join("".join(s.text.split()) for s in sentences) == "".join(text.split())


SPLIT = llm.make_splitter()


@given(st.text(max_size=200))
def test_no_answer_raises(content: str) -> None:
    read = llm.read_answer(Answer(content, False, 0, 0, 1))
    assert read is None or read[1] >= 0


def test_the_command_line_tells_the_costs_and_never_the_key(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    settings = {"DYAD_LLM_URL": server.url, "DYAD_LLM_MODEL": "tiny", "DYAD_LLM_KEY": KEY}
    server.replies = [(503, {}), said(found(), found(sentence=9))]
    done = CliRunner().invoke(app, ["extract", str(path), "--extractor", "llm"], env=settings)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["source"] == "Karl Brandt"
    assert "1 request, 1 retry, 100 tokens in, 10 out; 1 dropped: no such sentence" in done.stderr
    server.replies = [(401, {"error": {"message": KEY}})]
    refused = CliRunner().invoke(app, ["extract", str(path), "--extractor", "llm"], env=settings)
    assert refused.exit_code == 3 and "refuses the key" in refused.stderr
    assert KEY not in done.output + refused.output
