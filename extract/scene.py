"""Where an article's actors appear: mentions by token, what is said of each, who was named last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from extract.gazetteer import load
from extract.lexicon import words
from extract.model import Mention, MentionKind

SAME_WORD = {
    "defence": "defense", "chief": "head", "boss": "head", "leader": "head", "premier": "minister",
    "spokeswoman": "spokesman", "spokesperson": "spokesman", "chairwoman": "chairman", "chair": "chairman",
}  # fmt: skip
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


class Cast:
    """Mentions by token: which one covers a token, which one it heads."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = sorted(mentions, key=lambda m: (m.first, -m.last))
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
        return [m for m in self.mentions if first <= m.first and m.last <= last]


@dataclass(slots=True)
class Scene:
    """What the resolver knows while it reads: mentions so far, with their sentences and descriptions."""

    doc: Doc
    sentence: list[int]
    past: list[Mention] = field(default_factory=list)
    later: list[Mention] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    described: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    gender: dict[str, str] = field(default_factory=dict)


def sentences(doc: Doc) -> list[int]:
    number, out = -1, []
    for token in doc:
        number += bool(token.is_sent_start)
        out.append(max(number, 0))
    return out


def quotations(doc: Doc) -> list[bool]:
    """Which tokens stand inside double quotes; a line break closes what was left open."""
    inside, out = False, []
    for token in doc:
        if token.text == '"':
            inside = not inside
        elif token.is_space and "\n" in token.text:
            inside = False
        out.append(inside)
    return out


def describe(scene: Scene, mention: Mention) -> None:
    """Learn title, apposition and gender of a name from the words around it."""
    if mention.kind != "name":
        return
    doc, known = scene.doc, words()
    i = mention.first - 1
    near: list[Token] = []
    while (
        i >= 0 and len(near) < 6 and (doc[i].pos_ in ("NOUN", "PROPN", "ADJ") or doc[i].text in ("'s", "-"))
    ):
        if doc[i].lower_.rstrip(".") in ("mr", "sir", "lord"):
            scene.gender[mention.name] = "male"
        elif doc[i].lower_.rstrip(".") in ("mrs", "ms", "miss", "lady"):
            scene.gender[mention.name] = "female"
        near.append(doc[i])
        i -= 1
    if any(token.lower_ in known.titles for token in near) or mention.type != "PERSON":
        scene.described[mention.name].update(keys(near))
    scene.described[mention.name].update(keys(doc[mention.first : mention.last]))
    for child in doc[mention.head].children:
        if child.dep_ == "appos":
            scene.described[mention.name].update(
                keys(doc[child.left_edge.i : child.i + 6 : 1][: child.right_edge.i + 1 - child.left_edge.i])
            )
    head = doc[mention.head]
    if head.dep_ == "appos":
        scene.described[mention.name].update(keys(doc[head.head.left_edge.i : min(head.i, head.head.i + 6)]))
    sex = known.first_names.get(mention.name.split()[0].lower()) if mention.name else None
    if sex and mention.type == "PERSON":
        scene.gender.setdefault(mention.name, sex)


def keys(tokens: Iterable[Token]) -> set[str]:
    """Content words to compare descriptions by: lemmas, with states for their adjectives."""
    places = load()
    found = set()
    for token in tokens:
        if token.pos_ in ("NOUN", "PROPN", "ADJ"):
            low = token.lower_
            found.add(places.demonyms.get(low) or places.states.get(low) or token.lemma_.lower() or low)
    return {SAME_WORD.get(key, key) for key in found}


def stands(actor: Mention, first: int, last: int, head: int, kind: MentionKind, doc: Doc) -> Mention:
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    return replace(
        actor,
        kind=kind,
        text=doc.text[start:end],
        start=start,
        end=end,
        first=first,
        last=last,
        head=head,
    )


def plural(doc: Doc, mention: Mention) -> bool:
    return doc[mention.head].tag_ in ("NNS", "NNPS")


def near(scene: Scene, token: Token, reach: int) -> list[Mention]:
    """Mentions before the token, at most `reach` sentences back, latest first."""
    here = scene.sentence[token.i]
    found = []
    for mention in reversed(scene.past):
        if here - scene.sentence[mention.head] > reach:
            break
        found.append(mention)
    return found
