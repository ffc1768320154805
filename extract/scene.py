"""Where an article's actors appear: mentions by token, what is said of each, who was named last."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from extract.gazetteer import fold, load, split, table
from extract.lexicon import among, where, words
from extract.model import Article, Mention, MentionKind
from extract.when import first_dateline

SAME_WORD = {
    "defence": "defense", "chief": "head", "boss": "head", "premier": "minister", "chairwoman": "chairman",
    "spokeswoman": "spokesman", "spokesperson": "spokesman", "chair": "chairman",
    "organisation": "organization", "rights": "right",
    "pontiff": "pope", "vice-president": "president", "sen.": "senator", "gov.": "governor",
    "rep.": "representative",
    "gen.": "general", "col.": "colonel", "gen": "general", "col": "colonel", "sen": "senator",
    "lt.": "lieutenant", "capt.": "captain", "maj.": "major", "adm.": "admiral", "prof.": "professor",
}  # fmt: skip
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
SHORT, LONG = 6, 10  # tokens of an apposition that describe, and in which its body may stand
LEADING = frozenset({"lead", "head", "run", "chair", "own", "manage", "direct", "command"})
REGIONS = frozenset({"GPE", "LOC", "ORG", "NORP", "FAC"})
QUOTES = ('"', "''", "``")
CALLS = among("calls")
OBJECTS = frozenset({"dobj", "dative", "nsubjpass"})
TELLING = frozenset(split(table("titles.toml")["around"]["telling"]))
KINDS = among("branded") | {
    "agency",
    "airline",
    "alliance",
    "brigade",
    "charity",
    "coalition",
    "company",
    "firm",
}


class Cast:
    """Mentions by token: which one covers a token, which one it heads."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = sorted(mentions, key=lambda m: (m.first, -m.last))
        self._firsts = [m.first for m in self.mentions]
        self._at: dict[int, list[Mention]] = defaultdict(list)
        self._headed: dict[int, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            for i in range(mention.first, mention.last):
                self._at[i].append(mention)
            self._headed[mention.head].append(mention)

    def at(self, token: int) -> Mention | None:
        """The widest mention that covers the token."""
        found = self._at.get(token)
        return found[0] if found else None

    def covering(self, token: int) -> list[Mention]:
        """All mentions that cover the token, the widest first."""
        return self._at.get(token, [])

    def headed(self, token: int) -> Mention | None:
        """The widest mention whose head the token is."""
        found = self._headed.get(token)
        return found[0] if found else None

    def all_headed(self, token: int) -> list[Mention]:
        """Every actor the token stands for: "they" and "both sides" can mean two."""
        found = self._headed.get(token, [])
        return [m for m in found if (m.first, m.last) == (found[0].first, found[0].last)]

    def inside(self, first: int, last: int) -> list[Mention]:
        """The mentions that lie within the token bounds, in order."""
        here = self.mentions[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]
        return [m for m in here if m.last <= last]


@dataclass(slots=True)
class Scene:
    """What the resolver knows while it reads: mentions so far by sentence, and what is said of whom."""

    doc: Doc
    sentence: list[int]
    quoted: list[bool]
    cast: Cast
    past: dict[int, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    headed: dict[int, Mention] = field(default_factory=dict)
    described: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    called: dict[str, dict[str, Mention]] = field(default_factory=lambda: defaultdict(dict))
    belongs: dict[str, Mention] = field(default_factory=dict)
    exact: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    gender: dict[str, str] = field(default_factory=dict)
    said: Counter[str] = field(default_factory=Counter)
    spoken: tuple[int, set[str]] = field(default_factory=lambda: (-1, set()))
    states: Counter[str] = field(default_factory=Counter)
    adjectives: dict[str, str] = field(default_factory=dict)
    crowds: dict[str, Mention] = field(default_factory=dict)
    home: str | None = None

    def add(self, mention: Mention) -> None:
        """Let a mention have been said."""
        if mention.kind != "adjective":
            self.past[self.sentence[mention.head]].append(mention)
            self.said[mention.name] += 1
            self.headed.setdefault(mention.head, mention)
            head = self.doc[mention.head]
            if head.dep_ == "appos":
                self.headed.setdefault(head.head.i, mention)

    def together(self, mention: Mention) -> list[Mention]:
        """All whom the words of a mention mean: "the two men" are two."""
        same = self.past[self.sentence[mention.head]]
        return [m for m in same if (m.first, m.last) == (mention.first, mention.last)]


def stage(doc: Doc, mentions: list[Mention]) -> Scene:
    """The scene before its first sentence is read, with all that the article says of its names."""
    scene = Scene(doc, sentences(doc), quotations(doc), Cast(mentions))
    for mention in mentions:
        if mention.kind == "name":
            _describe(scene, mention)
        if mention.type == "STATE":
            scene.states[mention.name] += 1
        if mention.kind == "adjective":
            scene.adjectives.setdefault(mention.name, mention.text)
        elif mention.type == "GROUP" and mention.kind == "nominal":
            scene.crowds.setdefault(fold_crowd(mention.text), mention)
    for mention in mentions:
        for key in scene.described[mention.name] if mention.kind == "name" else ():
            scene.called[key].setdefault(mention.name, mention)
    return scene


def homeland(article: Article) -> str | None:
    """The state in which an article was filed: "KATOWICE, Poland (AP) -"."""
    line = first_dateline(article.text, article.published)
    if line is None:
        return None
    places, (town, *rest) = load(), line.place.split(", ")
    state = places.state(rest[-1]) if rest else None
    return state or places.seat(town) or places.home(town) or places.state(town)


def fold_crowd(text: str) -> str:
    """First and last word of a group's name, by which "its troops" finds "Russian ground troops"."""
    parts = text.lower().split()
    return f"{parts[0]} {parts[-1]}"


def sentences(doc: Doc) -> list[int]:
    """The number of each token's sentence."""
    starts = [mark == 1 for mark in doc.to_array("SENT_START").tolist()]
    return [max(number - 1, 0) for number in itertools.accumulate(starts)]


def quotations(doc: Doc) -> list[bool]:
    """Which tokens stand inside double quotes; a line break closes what was left open."""
    turns = set(where(doc, QUOTES, "ORTH"))
    spaces = (i for i, blank in enumerate(doc.to_array("IS_SPACE").tolist()) if blank)
    closed = {i for i in spaces if "\n" in doc[i].text}
    inside, out = False, []
    for i in range(len(doc)):
        if i in turns:
            inside = not inside
        elif i in closed:
            inside = False
        out.append(inside)
    return out


def _describe(scene: Scene, mention: Mention) -> None:
    """Learn title, apposition, affiliation and gender of a name from the words around it."""
    doc, known, name = scene.doc, words(), mention.name
    before = list(_before(doc, mention.first))
    for token in before:
        low = token.lower_.rstrip(".")
        if low in ("mr", "sir", "lord", "king", "prince"):
            scene.gender[name] = "male"
        elif low in ("mrs", "ms", "miss", "lady", "queen", "princess"):
            scene.gender[name] = "female"
    said = keys(doc[mention.first : mention.last]) | renowned().get(fold(name), frozenset())
    if mention.type == "ORG":
        said |= _kind_behind(doc, mention)
    if mention.type != "PERSON" or any(_titles(token) for token in before):
        said |= keys(token for token in before if not _owner(token))
        _join(scene, mention, before)
    for phrase in _appositions(doc, doc[mention.head]):
        said |= keys(token for token in phrase if not _others(scene, mention, token))
        _join(scene, mention, phrase)
    if mention.type == "PERSON" and name not in scene.belongs:
        for phrase in _appositions(doc, doc[mention.head], LONG):
            _join(scene, mention, phrase)
        _join(scene, mention, _led(doc[mention.head]))
    scene.exact[name] |= said
    scene.described[name] |= said | {above for key in said for above in hypernyms().get(key, ())}
    sex = known.first_names.get(name.split()[0].lower()) if name and mention.type == "PERSON" else None
    if sex:
        scene.gender.setdefault(name, sex)


def _others(scene: Scene, mention: Mention, token: Token) -> bool:
    """Whether a word names or styles another: "X, a critic of President Y", "the president's nephew, X"."""
    if _owner(token):
        return True
    named = scene.cast.at(token.i) or (scene.cast.at(token.head.i) if token.dep_ == "compound" else None)
    return named is not None and named.type == "PERSON" and named.name != mention.name


def _owner(token: Token) -> bool:
    """Whether a title is that of whoever the phrase belongs to: "the president's nephew"."""
    return token.dep_ == "poss" and token.pos_ == "NOUN" and token.lower_ in words().titles


def introduced(doc: Doc, mention: Mention) -> Iterator[list[Token]]:
    """What stands beside a name: the words before it and its appositions."""
    yield list(_before(doc, mention.first))
    yield from _appositions(doc, doc[mention.head])


def _titles(token: Token) -> bool:
    return token.lower_ in words().titles or token.lower_.rstrip(".") in words().honorifics


def _before(doc: Doc, first: int) -> Iterator[Token]:
    """The nouns and adjectives right before a name, from the name on leftwards."""
    for i in range(first - 1, max(first - 8, -1), -1):
        token = doc[i]
        if token.is_sent_start is None or not (
            token.pos_ in ("NOUN", "PROPN", "ADJ") or token.lower_ in ("'s", "-", "based")
        ):
            return
        yield token
        if token.is_sent_start:
            return


def _led(head: Token) -> Iterator[Token]:
    """What a name's clause says that its bearer leads: ", who heads the bank"."""
    for verb in head.children:
        if verb.dep_ == "relcl" and verb.lemma_ in LEADING and any(c.lower_ == "who" for c in verb.children):
            yield from (c for c in verb.children if c.dep_ == "dobj")


def _appositions(doc: Doc, head: Token, reach: int = SHORT) -> Iterator[list[Token]]:
    """What a name is called beside it: ", head of the bank", "the premier, X", "X is the premier"."""
    for child in head.children:
        if child.dep_ == "appos":
            yield list(doc[child.left_edge.i : min(child.i + reach, child.right_edge.i + 1)])
    if head.dep_ == "appos":
        yield list(doc[head.head.left_edge.i : min(head.i, head.head.i + 6)])
    if head.dep_ in SUBJECTS and head.head.lemma_ in CALLS:
        for child in head.head.children:
            if child.dep_ in ("attr", "oprd"):
                yield list(doc[child.left_edge.i : min(child.i + 5, child.right_edge.i + 1)])


def _join(scene: Scene, mention: Mention, phrase: Iterable[Token]) -> None:
    """Note the body or state that a person's title belongs to."""
    if mention.type != "PERSON":
        return
    found = (scene.cast.at(token.i) for token in phrase if _titular(token))
    bodies = [
        m for m in found if m is not None and m.type in ("ORG", "STATE", "GROUP") and m.name != mention.name
    ]
    best = next((m for m in bodies if m.type == "ORG"), bodies[0] if bodies else None)
    if best is not None:
        scene.belongs.setdefault(mention.name, best)


def _titular(token: Token) -> bool:
    """Whether an adjective goes with the title itself: not "the Albanian party" behind "head of"."""
    return token.pos_ != "ADJ" or token.dep_ != "amod" or token.head.lower_ in words().titles


def _kind_behind(doc: Doc, mention: Mention) -> set[str]:
    """What kind of body the noun behind a name says it is: "the Yellow Dawn movement"."""
    noun = doc[mention.last - 1].head
    behind = noun.tag_ == "NN" and mention.last <= noun.i < mention.last + 2
    known = fold(mention.name) in load().organisations or mention.kind != "name"
    return keys([noun]) if behind and not known and noun.lemma_ in KINDS else set()


@lru_cache(maxsize=1)
def renowned() -> dict[str, frozenset[str]]:
    """Folded name of a body that anyone knows → what it is called: "the fund", "the alliance"."""
    out: dict[str, set[str]] = defaultdict(set)
    for calls, names in table("nominals.toml")["renowned"].items():
        for name in split(names):
            out[fold(name)] |= set(split(calls))
    return {name: frozenset(calls) for name, calls in out.items()}


@lru_cache(maxsize=1)
def hypernyms() -> dict[str, list[str]]:
    """Title → what its bearer may be called as well."""
    out: dict[str, list[str]] = defaultdict(list)
    for above, below in table("nominals.toml")["hypernyms"].items():
        for word in split(below):
            out[SAME_WORD.get(word, word)].append(above)
    return dict(out)


def keys(tokens: Iterable[Token]) -> set[str]:
    """Content words to compare descriptions by: lemmas, with states for their adjectives."""
    places = load()
    found = set()
    for token in tokens:
        if token.pos_ in ("NOUN", "PROPN", "ADJ"):
            low = token.lower_
            pair = f"{token.nbor(-1).lower_} {low}" if token.i and token.pos_ != "NOUN" else low
            state = places.demonyms.get(pair) or places.demonyms.get(low) or places.states.get(low)
            found.add(state or places.seats.get(low) or token.lemma_.lower() or low)
    return {SAME_WORD.get(key, key) for key in found}


def stands(actor: Mention, first: int, last: int, head: int, kind: MentionKind, doc: Doc) -> Mention:
    """A mention of the actor at these tokens."""
    start, text = doc[first].idx, doc[first:last].text
    end = start + len(text)
    return replace(actor, kind=kind, text=text, start=start, end=end, first=first, last=last, head=head)


def grammatical(head: Token) -> Token:
    """The noun that a name in apposition renames: "the envoy to Peru, X, said" renames the envoy."""
    if head.dep_ != "appos":
        return head
    noun = head.head
    while head.ent_type_ == "PERSON" and noun.ent_type_ in REGIONS and noun.dep_ in ("pobj", "conj"):
        noun = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun


def has(token: Token, *deps: str) -> bool:
    """Whether one of these relations hangs a word on the token."""
    return any(child.dep_ in deps for child in token.children)


def narrowing(clause: Token) -> bool:
    """Whether a clause behind a noun says which one is meant: no comma stands before it."""
    beside = clause.left_edge.i and clause.left_edge.nbor(-1).text == ","
    return clause.dep_ in ("relcl", "acl") and not beside


def of_verb(link: Token) -> bool:
    """Whether "of" goes with the verb above its noun: "accused the alliance of meddling"."""
    return link.lower_ == "of" and link.head.dep_ in OBJECTS and link.head.head.lemma_ in TELLING


def plural(doc: Doc, mention: Mention) -> bool:
    """Whether a mention's head is a plural noun."""
    return doc[mention.head].tag_ in ("NNS", "NNPS")


def near(scene: Scene, token: Token, reach: int) -> Iterator[Mention]:
    """Mentions before the token, at most `reach` sentences back, latest first."""
    here = scene.sentence[token.i]
    for number in range(here, here - reach - 1, -1):
        if number in scene.past:
            yield from reversed(scene.past[number])
