"""Triples by a large language model behind an OpenAI-compatible endpoint.

The model sees an article's sentences with their numbers and answers in JSON by a schema. Nothing it says is
believed unless the text bears it out: a triple whose ends, names or speaker do not stand in the article is
dropped and counted, so that every offset quotes the text, as with any extractor.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, get_args

import msgspec

from extract import gazetteer, when
from extract.endpoint import Answer, Endpoint
from extract.intake import iso_date
from extract.model import ActorType, Article, Code, Precision, Status, Triple, content_id

VERSION = 1  # raised whenever the prompt or the reading of answers changes
CHARACTERS = 12_000  # of sentences in one question
PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
LONGEST_NAME = 200
PLAIN = str.maketrans("’‘ʼ`“”„«»", '\'\'\'\'"""""')

PROMPT = Path(__file__).parent / "data" / "llm_prompt.txt"


class End(msgspec.Struct, frozen=True):
    """One end of a relation as the model gives it."""

    name: str
    type: ActorType
    mention: str


class Found(msgspec.Struct, frozen=True):
    """One relation as the model gives it."""

    sentence: int
    source: End
    relation: str
    relation_text: str
    target: End
    symmetric: bool
    code: Code
    status: Status
    attribution: str | None = None
    date: str | None = None
    location: str | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands in the article."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Usage:
    """What extraction took and lost so far; `dropped` counts triples by what is wrong."""

    requests: int = 0
    retries: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    triples: int = 0
    lost_sentences: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.requests + other.requests, self.retries + other.retries, self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out, self.triples + other.triples,
            self.lost_sentences + other.lost_sentences, self.dropped + other.dropped,
        )  # fmt: skip


class LlmExtractor:
    """Asks a model; `usage` tells what it took, for a line on costs."""

    def __init__(
        self,
        url: str,
        model: str,
        key: str | None = None,
        *,
        timeout: float = 60,
        tries: int = 5,
        pause: float = 1.0,
        workers: int = 2,
    ) -> None:
        self.model = model
        self.name = f"llm-{VERSION}/{model}"
        self.usage = Usage()
        self.workers = workers
        self.endpoint = Endpoint(url, key, timeout=timeout, tries=tries, pause=pause)

    def extract(self, articles: Iterator[Article]) -> Iterator[tuple[Article, list[Triple]]]:
        """Yield each article with its triples, in the order they came; a few are asked about at once."""
        split = make_splitter()
        pool = ThreadPoolExecutor(self.workers)
        waiting: deque[tuple[Article, Future[tuple[list[Triple], Usage]]]] = deque()
        try:
            while True:
                for article in islice(articles, self.workers + 1 - len(waiting)):
                    waiting.append((article, pool.submit(self.read, article, split(article.text))))
                if not waiting:
                    return
                article, answer = waiting.popleft()
                triples, used = answer.result()
                self.usage += used
                yield article, triples
        finally:
            self.endpoint.stopping.set()
            pool.shutdown(cancel_futures=True)
            self.endpoint.stopping.clear()

    def read(self, article: Article, sentences: Sequence[Sentence]) -> tuple[list[Triple], Usage]:
        """The triples of one article, and what they took."""
        usage, found = Usage(), list[Found]()
        for first, last in batches(sentences):
            more, used = self.ask(article, sentences, first, last)
            found, usage = found + more, usage + used
        triples, dropped = align(article, sentences, found, self.name)
        return triples, usage + Usage(triples=len(triples), dropped=dropped)

    def ask(
        self, article: Article, sentences: Sequence[Sentence], first: int, last: int
    ) -> tuple[list[Found], Usage]:
        """What the model finds in these sentences; asked again by halves when its answer can't be read."""
        answer = self.endpoint.ask(question(self.model, article, sentences, first, last))
        usage = Usage(1, answer.tries - 1, answer.tokens_in, answer.tokens_out)
        read = read_answer(answer)
        if read is not None:
            return read[0], usage + Usage(dropped=Counter({"not by the schema": read[1]} if read[1] else {}))
        if last - first == 1:
            return [], usage + Usage(lost_sentences=1)
        middle = (first + last) // 2
        left, used_left = self.ask(article, sentences, first, middle)
        right, used_right = self.ask(article, sentences, middle, last)
        return left + right, usage + used_left + used_right


def make_splitter() -> Any:
    """A function from text to its sentences, by spaCy's rules for English without a model."""
    import spacy

    from extract import nlp

    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    blank.add_pipe("line_breaks")

    def split(text: str) -> list[Sentence]:
        bounds = ((s.start_char, s.end_char) for s in blank(text.translate(nlp.PLAIN)).sents)
        return [s for start, end in bounds if (s := stripped(text, start, end)).text]

    return split


def stripped(text: str, start: int, end: int) -> Sentence:
    """The sentence without blanks around it."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return Sentence(part.strip(), start, start + len(part.strip()))


def batches(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Runs of sentences, first and last (exclusive), each short enough for one question."""
    first, size = 0, 0
    for i, sentence in enumerate(sentences):
        if i > first and size + len(sentence.text) > CHARACTERS:
            yield first, i
            first, size = i, 0
        size += len(sentence.text)
    if sentences:
        yield first, len(sentences)


def question(
    model: str, article: Article, sentences: Sequence[Sentence], first: int, last: int
) -> dict[str, Any]:
    """The request about these sentences."""
    lines = [f"[{i + 1}] {' '.join(sentences[i].text.split())}" for i in range(first, last)]
    head = f"Published: {article.published or 'unknown'}\n" + (
        f"Title: {article.title}\n" if article.title else ""
    )
    return {
        "model": model,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": PROMPT.read_text(encoding="utf-8")},
            {"role": "user", "content": head + "\n" + "\n".join(lines)},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "triples", "strict": True, "schema": schema()},
        },
    }


def schema() -> dict[str, Any]:
    """The JSON schema of an answer; strict endpoints want every key required and no other allowed."""

    def record(**fields: Any) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": fields,
            "required": list(fields),
            "additionalProperties": False,
        }

    text, maybe = {"type": "string"}, {"type": ["string", "null"]}
    end = record(name=text, type={"type": "string", "enum": list(get_args(ActorType))}, mention=text)
    one = record(
        sentence={"type": "integer"}, source=end, relation=text, relation_text=text, target=end,
        symmetric={"type": "boolean"}, code={"type": "string", "enum": list(get_args(Code))},
        status={"type": "string", "enum": list(get_args(Status))}, attribution=maybe, date=maybe,
        location=maybe, confidence={"type": "number"},
    )  # fmt: skip
    return record(triples={"type": "array", "items": one})


def read_answer(answer: Answer) -> tuple[list[Found], int] | None:
    """The relations in an answer, and how many were not by the schema; None when it can't be read at all."""
    text = re.sub(r"^\s*```(?:json)?|```\s*$", "", answer.content)
    try:
        rows = msgspec.json.decode(text)["triples"]
    except (msgspec.DecodeError, RecursionError, LookupError, TypeError, ValueError):
        return None
    if answer.cut or not isinstance(rows, list):
        return None
    found = [one for row in rows if (one := read_found(row)) is not None]
    return found, len(rows) - len(found)


def read_found(row: Any) -> Found | None:
    """One relation; None when it is not by the schema."""
    try:
        return msgspec.convert(row, Found)
    except (msgspec.ValidationError, RecursionError):
        return None


def align(
    article: Article, sentences: Sequence[Sentence], found: Iterable[Found], extractor: str
) -> tuple[list[Triple], Counter[str]]:
    """The relations that the text bears out, as triples in its order; the others counted by what is wrong."""
    dropped: Counter[str] = Counter()
    triples: dict[str, Triple] = {}
    line = when.first_dateline(article.text, article.published)
    published = article.published or (line.date if line else None)
    publisher = article.publisher or (line.outlet if line else None)
    for one in found:
        triple = align_one(article, sentences, one)
        if isinstance(triple, str):
            dropped[triple] += 1
        else:
            triple = replace(triple, published=published, publisher=publisher, extractor=extractor)
            triples.setdefault(triple.id, triple)
    ordered = sorted(triples.values(), key=lambda t: (t.start, t.source_start, t.target_start, t.id))
    return group(ordered), dropped


def align_one(article: Article, sentences: Sequence[Sentence], one: Found) -> Triple | str:
    """The triple, every mention at its place in the text; or why not."""
    if not 1 <= one.sentence <= len(sentences):
        return "no such sentence"
    sentence = sentences[one.sentence - 1]
    source = place(sentence, one.source.mention)
    target = place(sentence, one.target.mention, away=source)
    if source is None or target is None:
        return "mention not in the sentence"
    names = [known_name(article.text, end) for end in (one.source, one.target)]
    if names[0] is None or names[1] is None:
        return "name not in the article"
    if names[0] == names[1]:
        return "one actor at both ends"
    attribution = one.attribution and written(article.text, one.attribution)
    if one.attribution and not attribution:
        return "speaker not in the article"
    if one.source.type == "PLACE":
        return "a place that acts"
    event = place(sentence, one.relation_text)
    date = iso_date(one.date or "")
    return Triple(
        article=article.id, sentence=sentence.text, start=sentence.start, end=sentence.end,
        source=names[0], source_type=one.source.type, source_mention=article.text[slice(*source)],
        source_start=source[0], source_end=source[1],
        relation=" ".join(one.relation.split())[:LONGEST_NAME].lower() or "other",
        relation_text=article.text[slice(*event)] if event else "",
        target=names[1], target_type=one.target.type, target_mention=article.text[slice(*target)],
        target_start=target[0], target_end=target[1],
        symmetric=one.symmetric, group=None, code=one.code, mode=None, status=one.status,
        attribution=attribution, confidence=round(min(max(one.confidence, 0.0), 1.0), 3),
        published=None, publisher=None, date=date, date_end=None,
        date_precision=PRECISIONS[len(date)] if date else None,
        location=written(article.text, one.location) if one.location else None, extractor="",
    )  # fmt: skip


def place(sentence: Sentence, mention: str, away: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """Where a mention stands in the article, as whole words; not on top of the place to keep away from."""
    for start, end in find(sentence.text, mention):
        start, end = start + sentence.start, end + sentence.start
        if away is None or end <= away[0] or start >= away[1]:
            return start, end
    return None


def find(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where these words stand in a text, whatever the case, the blanks between and the form of quotes."""
    parts = words.translate(PLAIN).split()
    if not parts or len(words) > LONGEST_NAME:
        return
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, parts)) + r"(?!\w)"
    wanted = [part.lower() for part in parts]
    for found in re.finditer(pattern, text.translate(PLAIN), re.IGNORECASE):
        if found.group().lower().split() == wanted:  # the pattern takes "I" for "İ", too
            yield found.span()


def written(text: str, words: str) -> str | None:
    """The words as the text writes them first, on one line; None when it does not."""
    exact = " ".join(words.split())
    spans = list(islice(find(text, words), 1))
    if not spans:
        return None
    return exact if exact in text else " ".join(text[slice(*spans[0])].split())


def known_name(text: str, end: End) -> str | None:
    """The actor's name as the article writes it, or the state the mention stands for; None when invented."""
    if name := written(text, end.name):
        return name
    known = gazetteer.load()
    state = known.state(end.mention) or known.demonym(end.mention) or known.seat(end.mention)
    return state if state is not None and state == known.state(end.name) else None


def group(triples: Sequence[Triple]) -> list[Triple]:
    """The triples, the pairs of one many-party event under one id."""
    events = Counter(event_of(triple) for triple in triples if triple.symmetric)
    return [
        replace(t, group=content_id(*event_of(t))) if t.symmetric and events[event_of(t)] > 1 else t
        for t in triples
    ]


def event_of(triple: Triple) -> tuple[str, str, str, str]:
    """What the pairs of one event have in common."""
    return triple.article, str(triple.start), triple.relation, triple.status
