"""Collectives and governments by whom they belong to: "Russian forces", "supporters of Haftar"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from extract.gazetteer import fold, load
from extract.lexicon import Span, among, dash, nucleus, opens, where, words
from extract.peoples import nouns, owned_federation, reach, several, tied, whole


def affiliated(doc: Doc, spans: list[Span]) -> list[Span]:
    """Collectives and governments: "Russian forces", "the Syrian regime", around their adjective."""
    known = words()
    heads: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        if span.type in ("STATE", "GROUP", "ORG", "PLACE") or _of_a_people(doc, span):
            head = _noun_after(doc, span)
            if head is not None:
                heads[head].append(span)
    out = list(spans)
    camps = list(_governmental(doc, heads))
    out += _seated(doc, spans)
    out += _bloc(doc, heads)
    named = {i for span in spans if span.type == "ORG" for i in range(span.first, span.last)}
    for head, parts in heads.items():
        lemma = _lemma(doc[head])
        first = _with_prefix(doc, min(part.first for part in parts))
        owner = parts[-1]
        prefixed = first < min(part.first for part in parts)
        plural = _plural(doc[head])
        if (
            lemma in known.governments
            and (owner.type == "STATE" or (owner.type == "PLACE" and not plural))
            and lemma != "authorities"
            and not prefixed
            and head not in named
            and not owned_federation(doc, head, owner)
        ):
            for part in {span.key: span for span in parts}.values():
                key = part.key or doc[part.first : part.last].text
                out.append(Span(first, head + 1, "STATE", "nominal", key, True))
        elif head in named or not (lemma in nouns() or several(doc[head])):
            continue
        elif plural or lemma in COLLECTIVE or _twofold(doc, head, owner) or whole(doc, head, owner):
            out += _listed(doc, parts, head) or [Span(first, reach(doc, head), "GROUP", "nominal")]
    owned = named | {span.last - 1 for span in out if span.kind == "nominal" and not _of_a_creed(span, heads)}
    leaders = [span for span in (*out, *camps) if span.kind != "nominal" or span.type == "GROUP"]
    out += _followers(doc, leaders, owned)
    led = {i for span in out if span.kind == "nominal" for i in range(span.first, span.last)}
    out = [span for span in out if not (_of_a_creed(span, heads) and _inner(span, out))]
    out += [span for span in camps if span.last - 1 not in led]
    owned |= {i for span in out if span.kind == "nominal" for i in range(span.first, span.last)}
    out += list(tied(doc, spans, owned))
    return sorted(out, key=lambda span: (span.first, -span.last))


def _of_a_creed(span: Span, heads: Mapping[int, list[Span]]) -> bool:
    """Whether a group is told by its people or faith alone: "Catholic bishops", who may be some land's."""
    owners = heads.get(span.last - 1, ()) if span.kind == "nominal" and span.type == "GROUP" else ()
    return bool(owners) and all(owner.type == "GROUP" for owner in owners)


def _inner(span: Span, spans: Iterable[Span]) -> bool:
    """Whether another group's name holds this one and goes on: "Catholic bishops of Mindanao"."""
    return any(
        o.first <= span.first < span.last < o.last and o.type == "GROUP" and o.kind == "nominal"
        for o in spans
    )


def _plural(token: Token) -> bool:
    """Whether a noun is a plural, "MPs" among them, which the tagger takes for one."""
    return token.tag_ in ("NNS", "NNPS") or token.text == "MPs"


def _lemma(token: Token) -> str:
    if token.lower_ == "media":
        return "media"
    return "mp" if token.text == "MPs" else (token.lemma_ or token.text).lower()


def _twofold(doc: Doc, head: int, owner: Span) -> bool:
    """Whether two words tell the body, which no name beside them names: "air force", "refugee agency"."""
    token, behind = doc[head], [t.text for t in doc[head + 1 : head + 4]]
    called = owner.type == "ORG" and fold(doc[owner.first : owner.last].text) not in load().organisations
    called = called or token.dep_ in ("appos", "attr") or any(c.dep_ == "appos" for c in token.children)
    called = called or (bool(behind) and behind[0][0].isupper() and doc[head + 1].pos_ == "PROPN")
    called = called or (len(behind) == 3 and behind[0] == behind[2] == "," and behind[1][0].isupper())
    return head > 0 and not called and doc[head - 1 : head + 1].text.lower() in COLLECTIVE


def _listed(doc: Doc, parts: list[Span], head: int) -> list[Span]:
    """ "Russian and Syrian forces": each its own group."""
    joint = any(doc[i].lower_ in ("and", ",") for i in range(parts[0].last, parts[-1].first))
    if not joint:
        return []
    noun = doc[parts[-1].last : head + 1].text
    if (one := _lemma(doc[head])) in COLLECTIVE and _plural(doc[head]):
        noun = doc[parts[-1].last : head].text_with_ws + one
    return [
        Span(part.first, head + 1, "GROUP", "nominal", f"{doc[part.first : part.last].text} {noun}", True)
        for part in parts
    ]


def _with_prefix(doc: Doc, first: int) -> int:
    """Where "pro-Russian", "anti-Assad" begin: for and against somebody are no part of him."""
    if first > 1 and doc[first - 1].text == "-" and doc[first - 2].lower_ in ("pro", "anti", "ex", "non"):
        return first - 2
    return first


def _followers(doc: Doc, spans: Sequence[Span], owned: set[int]) -> Iterator[Span]:
    """ "supporters of Haftar", "former members of the party": a group named by whom it belongs to."""
    named = {span.first for span in spans if span.type == "ORG" and span.kind == "name"}
    for span in spans:
        if span.kind == "adjective" or (span.last < len(doc) and doc[span.last].text in ("-", "'s")):
            continue
        if span.kind == "nominal" and span.last in named:
            continue
        root = doc[span.last - 1] if span.kind == "nominal" else nucleus(doc, span.first, span.last)
        noun = _followed(root, span)
        if noun is None or noun.i in owned or any(child.dep_ == "conj" for child in root.children):
            continue
        theirs = any(child.tag_ == "PRP$" for child in noun.children) and _lemma(noun) in TROOPS
        if theirs and doc[noun.i + 1].lower_ in WITHIN:
            continue
        lemma = (noun.lemma_ or noun.text).lower()
        opening = opens(noun) and noun.tag_ in ("NNP", "NNPS") and lemma.endswith("s")
        lemma = lemma.removesuffix("s") if opening else lemma
        plural = opening or noun.tag_ in ("NNS", "NNPS")
        several = plural and (lemma in words().groups or lemma in FOLLOWERS)
        several = several or (noun.lower_ == "men" and span.type == "ORG" and span.kind == "name")
        if several or lemma in COLLECTIVE:
            yield Span(_opening(noun), _closing(root, span), "GROUP", "nominal")


def _followed(root: Token, span: Span) -> Token | None:
    """The noun that "of" or "in" ties to a name, straight or over a title: "aides of the king, X"."""
    title = root.doc[span.first - 1] if span.first else root
    top = (title if title.dep_ == "pobj" else root.head) if root.dep_ == "appos" else root
    if root.dep_ in ("compound", "nmod", "amod") and root.head.lemma_.lower() in COMMUNAL:
        top = root.head
    link = top.head
    if top.dep_ != "pobj" or span.first - link.i > 6:
        return None
    if (
        link.head.lower_ in LEANINGS
        and link.head.i == link.i - 1
        and link.lower_ in ("to", "with", "by", "of")
    ):
        return _leaning(link.head)
    noun = link.head
    if noun.i >= link.i or link.i - noun.i > 2:
        return None
    inside = link.lower_ in WITHIN and (span.type in ("STATE", "PLACE", "ORG") or span.kind == "nominal")
    return noun if inside or link.lower_ in ("of", "from", "within") else None


def _closing(root: Token, span: Span) -> int:
    """Where the group's name ends: behind "community" in "villagers from the Berom community"."""
    communal = root.dep_ in ("compound", "nmod", "amod") and root.head.lemma_.lower() in COMMUNAL
    return max(span.last, root.head.i + 1) if communal and root.head.i < span.last + 3 else span.last


def _leaning(word: Token) -> Token | None:
    """The fighters in "fighters loyal to Haftar", "militias backed by Iran"."""
    noun = word.head if word.dep_ in ("acl", "amod", "relcl") else word.doc[word.i - 1] if word.i else word
    near = 0 < word.i - noun.i <= 3 and not word.doc[word.i - 1].is_punct
    return noun if near and noun.pos_ in ("NOUN", "PROPN") else None


def _opening(noun: Token) -> int:
    """Where the group's name begins: at its adjectives."""
    first = noun.i
    while first > noun.sent.start:
        before = noun.doc[first - 1]
        striking = before.tag_ in ("VBG", "VBN") and before.dep_ == "amod"
        inner = before.head != noun and before.head == noun.doc[first] and before.dep_ in ("amod", "compound")
        if not (striking or before.pos_ in ("ADJ", "NOUN", "PROPN")) or not (before.head == noun or inner):
            break
        first -= 1
    return first


FOLLOWERS = among("followers")
TROOPS = among("soldiers") | {"peacekeeper", "fighter"}
COMMUNAL = among("communal")
LEANINGS = among("leanings")
WITHIN = frozenset({"in", "at", "inside", "near"})


def _of_a_people(doc: Doc, span: Span) -> bool:
    """Whether a name that the model took for a person's says whose fighters they are: "Hutu rebels"."""
    parts = [token for token in doc[span.first : span.last] if not token.is_punct]
    if span.type != "PERSON" or len(parts) > 2 or span.last >= len(doc):
        return False
    noun = doc[span.last]
    return (
        doc[span.first].dep_ in ("compound", "amod") and noun.tag_ == "NNS" and noun.lemma_ in words().groups
    )


def _seated(doc: Doc, spans: Iterable[Span]) -> Iterator[Span]:
    """ "Authorities in Kiev", "the government of Malta": a government named by where it sits."""
    places = load()
    for span in spans:
        if span.first < 2 or doc[span.first - 1].lower_ not in ("in", "of") or span.kind == "adjective":
            continue
        noun, text = doc[span.first - 2], doc[span.first : span.last].text
        elsewhere = span.type == "PLACE" and fold(text) in places.overshadowed
        key = None if elsewhere else places.seat(text) or places.state(text)
        named = noun.lower_ in (
            "authorities",
            "government",
            "regime",
            "administration",
            "rulers",
            "leadership",
        )
        if key and named and doc[span.first - 1].head == noun:
            first = noun.left_edge.i if noun.i - noun.left_edge.i < 5 else noun.i
            yield Span(first, span.last, "STATE", "nominal", key, True)


def _bloc(doc: Doc, heads: Mapping[int, list[Span]]) -> Iterator[Span]:
    """ "Western powers", "the international community": affiliated by the part of the world."""
    for token in (doc[i] for i in where(doc, BLOCS) if i + 1 < len(doc)):
        if token.dep_ in ("amod", "compound", "nmod"):
            head = token.head
            plural = head.lemma_.lower() in words().groups | {
                "country",
                "state",
                "nation",
                "government",
                "capital",
            }
            if head.i in heads or head.i <= token.i or head.i > token.i + 3:
                continue
            if (plural and head.tag_ == "NNS") or (token.lower_, head.lower_) == (
                "international",
                "community",
            ):
                yield Span(token.i, head.i + 1, "GROUP", "nominal")


BLOCS = among("blocs")


def _governmental(doc: Doc, heads: Mapping[int, list[Span]]) -> Iterator[Span]:
    """ "regime forces", "pro-government militias", "opposition lawmakers": by the camp they are of."""
    seen = set(heads)
    for token in (doc[i] for i in where(doc, CAMPS) if i + 1 < len(doc)):
        noun = _camp(token)
        if noun is not None and noun.i not in seen and not noun.ent_type_:
            seen.add(noun.i)
            yield Span(_modified(token), noun.i + 1, "GROUP", "nominal")


def _camp(token: Token) -> Token | None:
    """The people that a camp's word stands before, over at most one more modifier."""
    reach = 4 if token.i + 1 < len(token.doc) and token.nbor().text == "-" else 3
    for i in range(token.i + 1, min(token.i + reach, len(token.doc))):
        noun = token.doc[i]
        if _plural(noun) and _lemma(noun) in words().groups - MACHINES:
            follows = token.doc[i + 1] if i + 1 < len(token.doc) else None
            return None if follows is not None and follows.tag_ in ("NN", "NNS") else noun
        compounded = token.doc[i - 1].text == "-" and noun.tag_ in ("VBN", "VBG", "VBD")
        if not compounded and noun.pos_ not in ("NOUN", "ADJ") and noun.text != "-":
            return None
    return None


def _modified(token: Token) -> int:
    """Where the phrase begins: "human rights", "pro-government"."""
    doc, i = token.doc, token.i
    if i > 1 and doc[i - 1].text == "-":
        return i - 2
    return i - 1 if i and doc[i - 1].lower_ in ("human", "armed") else i


TODAY = frozenset({"today", "yesterday", "tomorrow", "tonight"})
CAMPS = among("camps")
MACHINES = among("machines")
ONLOOKERS = among("onlookers")
COLLECTIVE = among("collective")


def _over_list(doc: Doc, span: Span) -> int:
    """Where to go on behind "Irish" in "Irish and British governments"."""
    i = span.last
    for _ in range(3):
        if (
            i + 1 >= len(doc)
            or doc[i].lower_ not in ("and", ",")
            or doc[span.last - 1].dep_ not in ("amod", "nmod")
        ):
            return i
        other = doc[i + 1]
        if (
            other.dep_ not in ("conj", "amod")
            or not other.text[0].isupper()
            or other.tag_ not in ("JJ", "NNP")
        ):
            return i
        i += 2
    return i


def _noun_after(doc: Doc, span: Span) -> int | None:
    """The collective noun that a modifier stands before, over at most three plain modifiers."""
    known, crowds = words(), nouns()
    i = _over_list(doc, span)
    past = i + 1 < len(doc) and doc[i].text == "'s" and doc[i + 1].lower_ in ("former", "then", "new", "top")
    for _ in range(5):
        if (
            i >= len(doc)
            or doc[i].is_sent_start
            or dash(doc[i])
            or (
                doc[i].pos_ not in ("NOUN", "PROPN", "ADJ")
                and doc[i].text not in ("-", "'s", "'")
                and doc[i - 1].text != "-"
            )
        ):
            return None
        lemma = _lemma(doc[i])
        following = doc[i + 1] if i + 1 < len(doc) else None
        if following is not None and following.text == "-" and not dash(following):
            i += 1
            continue
        if lemma in crowds or lemma in known.governments or several(doc[i]):
            given = doc[i].dep_ == "dative"
            if given or following is None or following.pos_ not in ("NOUN", "PROPN"):
                return i
            if following.is_sent_start:
                return i
            if following.lower_ in TODAY or (
                following.ent_type_ == "DATE" and following.tag_ == "NNP" and following.dep_ == "npadvmod"
            ):
                return i
            rank = following.text.istitle() and following.lower_.rstrip(".") in known.honorifics
            if (rank or following.lower_ in known.titles) and lemma != "media":
                return None if past or following.lemma_.lower() in ONLOOKERS else i
            if following.lemma_.lower() not in crowds:
                return None
        i += 1
    return None
