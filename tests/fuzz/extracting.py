"""Targets that extract: the rules on trees that no parser would make, the model on words in any order."""

# ruff: noqa: SIM905  (tables of words)

from __future__ import annotations

from typing import Any, get_args

from tests.fuzz.target import Target, Test, drawn, noise

WORDS = (
    "Russia Russian Kremlin Damascus Syria Syrian Sergei Shoigu Bashar Assad Karl Brandt Anna Lind Mr. Gen. "
    "Human Rights Watch HRW UN U.S. US NATO Islamic State YPG Kurdish Vienna Geneva London Reuters AP "
    "defense minister president premier leader of the a an head chief spokesman ambassador envoy to adviser "
    "army troops forces rebels militia group party bank company government regime side sides both two three "
    "he she it they them their his her its who which that I we us himself each other said says told called "
    "met meet meets meeting talks held hold visit attack attacked attacks kill killed bomb bombed strike "
    "support supported backed accuse accused deny denied reject refused plan plans will would could may if "
    "not never no n't without according by with on in at from for against between and or but as after "
    "sanctions imposed impose aid agreement signed sign arms sold withdraw withdrew threatened threaten "
    "was is were been be has have had become became named appointed serve served led -led allied -backed "
    "former new acting deputy vice prime foreign joint together Monday yesterday 2016 June 9 "
    "' 's \" `` '' , . ; : ( ) - -- – — ? ! / \n \n\n Ⅷ Ünïcode 北京 \u202e \u0301 \u200d 😀 {} %s $1 <b>"
).split(" ")


def make_trees() -> Test:
    """Documents of random words, tags, heads and entities, through every stage after the parse."""
    from hypothesis import strategies as st
    from spacy.tokens import Doc

    from extract import nlp
    from extract.pipeline import RulesExtractor

    language = nlp.load()
    deps = [dep for dep in language.get_pipe("parser").labels if dep != "ROOT"]
    tags = list(language.get_pipe("tagger").labels)
    kinds = [*language.get_pipe("ner").labels]
    parts = "NOUN PROPN VERB AUX ADJ ADP DET PRON PUNCT SPACE ADV CCONJ SCONJ PART NUM X".split()
    text = st.one_of(st.sampled_from(WORDS), st.text(min_size=1, max_size=8).filter(str.split))
    token = st.tuples(
        text, st.sampled_from(tags), st.sampled_from(parts), st.sampled_from(deps), st.integers(0, 11),
        st.booleans(), st.sampled_from(["", "", *kinds]), st.sampled_from(["B", "I"]),
    )  # fmt: skip
    sentence = st.tuples(st.lists(token, min_size=1, max_size=24), st.booleans())
    rooms = [RulesExtractor(), RulesExtractor(keep_all=True)]

    def test(sentences: list[Any]) -> None:
        doc = build(Doc, language.vocab, sentences)
        for extractor in rooms:
            check(extractor, doc)

    return drawn(st.lists(sentence, min_size=1, max_size=6), test)


def build(doc_class: Any, vocab: Any, sentences: list[Any]) -> Any:
    """The document: each token hangs on another of its sentence, and no two on each other."""
    rows = [row for tokens, _ in sentences for row in tokens]
    heads: list[int] = []
    deps: list[str] = []
    start = 0
    for tokens, near in sentences:
        own = link([row[4] for row in tokens], near)
        heads += [start + head for head in own]
        deps += ["ROOT" if head == n else tokens[n][3] for n, head in enumerate(own)]
        start += len(tokens)
    return doc_class(
        vocab,
        words=[row[0] for row in rows],
        spaces=[row[5] for row in rows],
        tags=[row[1] for row in rows],
        pos=["SPACE" if row[0].isspace() else row[2] for row in rows],
        lemmas=[row[0].lower() for row in rows],
        heads=heads,
        deps=deps,
        ents=spans([(row[6], row[7]) for row in rows]),
    )


def link(chosen: list[int], near: bool) -> list[int]:
    """A tree over these numbers; `near` keeps arcs from crossing, as a parser's seldom do."""
    count = len(chosen)
    if not near:
        root = chosen[0] % count
        order = sorted(range(count), key=lambda n: (n != root, chosen[n], n))
        place = {n: k for k, n in enumerate(order)}
        return [n if n == root else order[chosen[n] % place[n]] for n in range(count)]
    heads = list(range(count))
    waiting = [(0, count, -1)]
    while waiting:
        first, end, above = waiting.pop()
        if first < end:
            top = first + chosen[first] % (end - first)
            heads[top] = top if above < 0 else above
            waiting += [(first, top, top), (top + 1, end, top)]
    return heads


def spans(marks: list[tuple[str, str]]) -> list[str]:
    """Marks of entities that begin where one does."""
    found: list[str] = []
    for kind, mark in marks:
        goes_on = mark == "I" and found and found[-1][2:] == kind
        found.append(f"{'I' if goes_on else 'B'}-{kind}" if kind else "O")
    return found


def make_sentences() -> Test:
    """Articles of words in any order, through the model and the rules."""
    from hypothesis import strategies as st

    from extract.intake import admit
    from extract.model import Article
    from extract.pipeline import RulesExtractor

    extractor = RulesExtractor()

    def test(words: list[str]) -> None:
        article = admit("fuzz", " ".join(words), published="2016-06-07")
        if isinstance(article, Article):
            ((_, found),) = extractor.extract(iter([article]))
            judge(article.text, [(triple, None) for triple in found])

    piece = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.text(max_size=10))
    return drawn(st.lists(piece, max_size=120), test)


def check(extractor: Any, doc: Any) -> None:
    """What the rules find in a parsed document holds together, and identity takes it."""
    from extract.model import Article
    from graph import identity

    found = extractor.read(Article("a", doc.text, published="2016-06-07"), doc)
    judge(doc.text, found)
    identity.gather([triple for triple, _ in found])


def judge(text: str, found: list[Any]) -> None:
    """Every triple quotes its text, stands between two actors, and keeps to the closed lists."""
    from extract.model import ActorType, Code, Status, triple_from_dict, triple_to_dict

    groups: dict[str, set[str]] = {}
    for triple, _ in found:
        assert text[triple.start : triple.end] == triple.sentence and triple.sentence.strip()
        assert text[triple.source_start : triple.source_end] == triple.source_mention != ""
        assert text[triple.target_start : triple.target_end] == triple.target_mention != ""
        assert triple.relation_text in text and triple.relation.strip()
        assert triple.source.strip() and triple.target.strip() and triple.source != triple.target
        assert triple.source_type in get_args(ActorType) and triple.target_type in get_args(ActorType)
        assert triple.source_type != "PLACE" and triple.status in get_args(Status)
        assert triple.code in get_args(Code) and 0 <= triple.confidence <= 1
        assert triple_from_dict(triple_to_dict(triple)) == triple
        if triple.group is not None:
            assert triple.symmetric
            groups.setdefault(triple.group, set()).add(triple.sentence)
    assert all(len(sentences) == 1 for sentences in groups.values())


ROOMS = ("extract",)
TARGETS = {
    "trees": Target(make_trees, noise, ROOMS),
    "sentences": Target(make_sentences, noise, ROOMS),
}
