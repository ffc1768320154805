"""Who "he", "the minister" and "the group" are: rules inside one article, behind a protocol.

"Shoigu landed in Syria. The defense minister met Assad, and he praised him." Candidates are the mentions
before, nearest sentence first, subjects before others; they must agree in type, number and gender. A nominal
must share its words with what the article says about its actor. What finds no candidate stays unresolved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Protocol

from spacy.tokens import Doc, Token

from extract.lexicon import words
from extract.model import Article, Mention
from extract.nominals import REACH, body, nominal, pair
from extract.scene import SUBJECTS as SUBJECTS
from extract.scene import Cast as Cast
from extract.scene import Scene, describe, near, plural, sentences, stands
from extract.scene import quotations as quotations

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "themselves"})
FIRST = frozenset({"i", "me", "my", "myself"})
WE = frozenset({"we", "us", "our", "ourselves"})
PRONOUNS = HE | SHE | IT | THEY | FIRST | WE
SAYS = frozenset(
    {
        "say",
        "tell",
        "add",
        "note",
        "write",
        "state",
        "explain",
        "declare",
        "stress",
        "claim",
        "ask",
        "announce",
        "comment",
        "reply",
        "insist",
        "argue",
        "warn",
        "continue",
        "recall",
        "conclude",
        "tweet",
    }
)


class Resolver(Protocol):
    """What finds an article's chains; a trained model can take this module's place."""

    def __call__(self, doc: Doc, mentions: list[Mention], article: Article) -> list[Mention]:
        """All mentions given, and those of pronouns and nominals with their actor's name and type."""
        ...


def resolve(doc: Doc, mentions: list[Mention], article: Article) -> list[Mention]:
    """All mentions, and those of pronouns and role nominals, each with its actor's name and type."""
    scene = Scene(doc, sentences(doc))
    scene.mentions = mentions
    scene.later = [m for m in mentions if m.type == "PERSON" and m.kind == "name"]
    for mention in mentions:
        describe(scene, mention)
    covered = {i for mention in mentions for i in range(mention.first, mention.last)}
    starts: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        starts[mention.first].append(mention)
    quoted = quotations(doc)
    out: list[Mention] = []
    for token in doc:
        here = starts.get(token.i, [])
        if not here and token.i not in covered:
            here = list(_stand_in(scene, token, covered, quoted, mentions))
        out += here
        scene.past += [m for m in here if m.kind != "adjective"]
    return out


def _stand_in(
    scene: Scene, token: Token, covered: set[int], quoted: list[bool], mentions: list[Mention]
) -> Iterator[Mention]:
    low = token.lower_
    if low in PRONOUNS and (low != "us" or token.text == "us"):
        found = _pronoun(scene, token, quoted, mentions)
        yield from (
            stands(found_one, token.i, token.i + 1, token.i, "pronoun", token.doc) for found_one in found
        )
    elif token.dep_ == "compound" and token.head.lower_ in words().titles:
        whole = body(scene, token)
        if whole is not None and token.i not in covered:
            yield stands(whole, token.i, token.i + 1, token.i, "nominal", token.doc)
    elif token.dep_ != "compound" and token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM"):
        for first, last, actor in nominal(scene, token):
            if not any(i in covered for i in range(first, token.i + 1)) or actor.type in ("PERSON", "ORG"):
                yield stands(actor, first, last, token.i, "nominal", token.doc)


def _pronoun(scene: Scene, token: Token, quoted: list[bool], mentions: list[Mention]) -> list[Mention]:
    low = token.lower_
    if low in FIRST or low in WE:
        speaker = _speaker(scene, token, quoted, mentions)
        return [speaker] if speaker and (low in FIRST or speaker.type != "PERSON") else []
    if low in HE or low in SHE:
        other = "female" if low in HE else "male"
        fits = [
            m for m in near(scene, token, REACH) if m.type == "PERSON" and scene.gender.get(m.name) != other
        ]
        best = _prefer(scene, token, fits, quoted)
        if best and best.kind == "name":
            scene.gender.setdefault(best.name, "male" if low in HE else "female")
        return [best] if best else []
    if low in IT:
        if token.dep_ in ("nsubj", "nsubjpass") and _empty(token):
            return []
        fits = [m for m in near(scene, token, 1) if m.type in ("ORG", "STATE") and not plural(scene.doc, m)]
        best = _prefer(scene, token, fits, quoted)
        return [best] if best else []
    fits = [
        m for m in near(scene, token, 1) if m.type == "GROUP" or (m.type == "ORG" and plural(scene.doc, m))
    ]
    best = _prefer(scene, token, fits, quoted)
    return [best] if best else pair(scene, token, ("PERSON", "STATE", "ORG"))


def _empty(token: Token) -> bool:
    """Whether "it" is nobody: "it is likely that", "it seems", "it was reported that"."""
    head = token.head
    clause = any(child.dep_ in ("ccomp", "csubj", "xcomp", "acomp") for child in head.children)
    return (head.lemma_ in ("be", "seem", "appear", "turn", "take", "rain") and clause) or (
        token.dep_ == "nsubjpass" and any(child.dep_ == "ccomp" for child in head.children)
    )


def _prefer(scene: Scene, token: Token, fits: list[Mention], quoted: list[bool]) -> Mention | None:
    """Nearest sentence first, inside it subjects first; never a co-argument of the same verb."""
    best, best_score = None, -1e9
    here = scene.sentence[token.i]
    for rank, mention in enumerate(fits):
        head = scene.doc[mention.head]
        if (
            token.dep_ in ("dobj", "dative", "pobj")
            and head.head.i in _sharing(token.doc[_clause(token)])
            and head.dep_ in SUBJECTS
        ):
            continue
        if token.dep_ in SUBJECTS and head.head == token.head:
            continue
        score = -3.0 * (here - scene.sentence[mention.head]) - 0.3 * rank
        score += 2.0 if head.dep_ in SUBJECTS else 0.0
        score += 0.5 if mention.type == "PERSON" and mention.kind != "adjective" else 0.0
        score -= 1.0 if head.dep_ in ("poss", "compound", "nmod") else 0.0
        score -= 1.0 if quoted[token.i] != quoted[mention.head] else 0.0
        if score > best_score:
            best, best_score = mention, score
    return best


def _sharing(verb: Token) -> set[int]:
    """The verb and those whose subject it shares: "dismissed X and replaced him"."""
    out = {verb.i}
    while verb.dep_ in ("conj", "xcomp") and not any(c.dep_ in SUBJECTS for c in verb.children):
        verb = verb.head
        out.add(verb.i)
    return out


def _clause(token: Token) -> int:
    """The verb a token hangs on, through its preposition."""
    head = token.head
    return head.head.i if head.dep_ in ("prep", "agent") else head.i


def _speaker(scene: Scene, token: Token, quoted: list[bool], mentions: list[Mention]) -> Mention | None:
    """Who says the quotation around the token: subject of a verb of saying in or next to its sentence."""
    if not quoted[token.i]:
        return None
    here = scene.sentence[token.i]
    best, distance = None, 2.5
    for mention in [*mentions, *scene.past]:
        head = scene.doc[mention.head]
        if quoted[mention.head] or mention.type not in ("PERSON", "ORG", "STATE"):
            continue
        if head.dep_ in SUBJECTS and head.head.lemma_ in SAYS:
            gap = abs(scene.sentence[mention.head] - here)
            if gap < distance:
                best, distance = mention, gap
    return best
