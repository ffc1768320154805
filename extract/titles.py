"""What a title phrase is: its head noun, where it begins and ends, and whom it ties its holder to.

"the deputy head of the foreign ministry's press department": title `head`, tied by "of" to the ministry.
"Israel's former minister for foreign affairs": title `minister`, tied to Israel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extract.actors import words
from extract.claims import Claim
from extract.coreference import Cast
from extract.grammar import among
from extract.joining import inner_comma
from extract.model import Code, Mention
from extract.title_reach import (
    BODIES,
    PARTISANS,
    POSSESSIVES,
    WIDE,
    left_targets,
    leftwards,
    rightwards,
    word_class,
)

WHEREABOUTS = frozenset({"in", "for", "on"})  # where a body's officer serves: "the UN envoy for Syria"
PROFESSIONS = (
    "ologist",
    "iatrist",
    "ician",
    "icist",
    "grapher",
    "woman",
    "person",
    "keeper",
    "holder",
    "maker",
)
BARRING = frozenset({",", ";", ":", '"', "--", "—", "–"})
NOUNLY = frozenset({"nsubj", "nsubjpass", "compound", "nmod", "pobj", "dobj", "appos", "attr"})
RELATED = frozenset(
    {"parent", "holding", "sister", "partner", "successor", "predecessor"}
)  # before "company"
SENT_OUT = frozenset({"ambassador", "envoy", "representative", "consul", "delegate", "emissary"})
SCHOLARS = among("scholars")
KIN = word_class("kinds", "kin")
LOOSELY = KIN | word_class("kinds", "loose")
FIGURES = word_class("kinds", "figures")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A title phrase: token bounds (`last` exclusive), its head noun, and its targets by preposition."""

    first: int
    title: int
    last: int
    targets: tuple[tuple[str, Mention], ...]


def is_title(token: Token, holder: Mention) -> bool:
    """Whether the noun can say what this holder is: a person's office or trade, a body's kind."""
    verbal = token.tag_.startswith("VB") and not token.text[0].isupper()
    if (verbal and token.dep_ not in NOUNLY) or holder.first <= token.i < holder.last:
        return False
    lemma = token.lemma_.lower()
    if holder.type != "PERSON":
        related = lemma == "company" and token.i > 0 and token.nbor(-1).lower_ in RELATED
        return token.pos_ in ("NOUN", "PROPN") and (lemma in words().parts or lemma in BODIES or related)
    if lemma in FIGURES and any(c.dep_ in ("amod", "compound") for c in token.children):
        return True
    if lemma in KIN or token.lower_ in words().titles or token.lower_ in PARTISANS:
        return True
    if token.pos_ == "NOUN" and lemma.endswith(PROFESSIONS) and len(lemma) > 6:
        return True
    return lemma in words().titles and token.pos_ in ("NOUN", "PROPN")


def read_phrase(doc: Doc, title: int, holder: Mention, cast: Cast, stop: int | None = None) -> Phrase:
    """The phrase around the title's head noun; `stop` bounds it on the right."""
    last, right = rightwards(doc, title, holder, cast, stop)
    first = leftwards(doc, title, cast)
    left = list(left_targets(doc, cast, first, title))
    kinds = {mention.type for mention in left if mention.name != holder.name}
    if kinds:
        away = WHEREABOUTS if kinds & {"ORG", "PERSON"} else {"in"}
        right = [(prep, m) for prep, m in right if m.type != "STATE" or prep not in away]
    if len(right) > 1 and right[0][0] == "of" and right[0][1].type == "ORG" and not _sent(doc[title]):
        right = [(prep, m) for prep, m in right if prep == "of" or m.type not in ("STATE", "PLACE")]
    targets = dict.fromkeys(right)
    seen = {holder.name, *(mention.name for _, mention in right)}
    owned = bool(right) and right[0][0] == "of"
    for mention in left:
        if mention.name not in seen and not (owned and _merely_adjective(doc, mention)):
            seen.add(mention.name)
            targets["of", mention] = None
    return Phrase(first, title, last, tuple(_sensible(doc[title], list(targets))))


def _sent(title: Token) -> bool:
    """Whether a title's bearer is sent somewhere, so that "to" and "in" bring his post: "envoy of X to Y"."""
    return title.lemma_.lower() in SENT_OUT


def _sensible(title: Token, targets: list[tuple[str, Mention]]) -> Iterator[tuple[str, Mention]]:
    """Without the colleague's name beside his country: "his French counterpart" belongs to France."""
    equal = title.lemma_.lower() in ("counterpart", "colleague")
    bodies = any(mention.type != "PERSON" for _, mention in targets)
    for prep, mention in targets:
        if not (equal and bodies and mention.type == "PERSON") and not _field(title, prep, mention):
            yield prep, mention


def _field(title: Token, prep: str, mention: Mention) -> bool:
    """Whether "of" brings what is taught, not who employs: "professor of International Peace"."""
    if title.lemma_.lower() not in SCHOLARS or prep != "of" or mention.type != "ORG":
        return False
    behind = mention.first > title.i and title.doc[mention.first - 1].lower_ == "of"
    return behind and mention.text.split()[-1].lower() not in words().organisations


def phrase_before(doc: Doc, end: int, holder: Mention, cast: Cast) -> Phrase | None:
    """The title phrase that ends just before token `end`; the widest where one holds another."""
    if end < 1 or end > len(doc):
        return None
    floor, found = max(doc[end - 1].sent.start, end - WIDE), -1
    for i in range(end - 1, floor - 1, -1):
        token = doc[i]
        if inner_comma(doc, i):
            continue
        if token.text in BARRING or (token.tag_ in ("VBD", "VBZ", "VBP", "MD") and i < end - 1):
            break
        if not is_title(token, holder) or not _open(cast, i):
            continue
        if found >= 0 and (token.lemma_.lower() in LOOSELY or doc[found - 1].lower_ in ("a", "an")):
            continue
        if rightwards(doc, i, holder, cast, end)[0] == end and not _of_a_thing(doc, i, end, cast):
            found = i if found < 0 or found != i + 1 else found
    return read_phrase(doc, found, holder, cast, end) if found >= 0 else None


def _of_a_thing(doc: Doc, title: int, end: int, cast: Cast) -> bool:
    """Whether a name right behind belongs to the inner noun: "operators of Boeing trackers Skyline"."""
    last = doc[end - 1]
    if end >= len(doc) or doc[end].is_punct or last.pos_ != "NOUN" or end - 1 == title:
        return False
    named = any(m.first > title + 1 for i in range(title + 1, end) for m in cast.covering(i))
    return named and last.lemma_.lower() not in words().governments and not _own_noun(cast, end - 1)


def _own_noun(cast: Cast, i: int) -> bool:
    return any(m.last == i + 1 and m.type in ("STATE", "GROUP") for m in cast.covering(i))


def _open(cast: Cast, i: int) -> bool:
    """Whether the token stands in no name: a nominal around it may be the holder's own."""
    return all(mention.kind in ("nominal", "pronoun") for mention in cast.covering(i))


def _merely_adjective(doc: Doc, mention: Mention) -> bool:
    """Whether a title with its own "of" leaves no room for it: "the Republican governor of Ohio"."""
    owner = mention.last < len(doc) and doc[mention.last].text in POSSESSIVES
    return mention.kind == "adjective" or (mention.type in ("STATE", "GROUP") and not owner)


def spoken(doc: Doc, phrase: Phrase, holder: Mention, target: Mention) -> tuple[int, str]:
    """Where the title's own words begin, without the affiliation, and these words in small letters."""
    start, floor = phrase.title, phrase.first
    if holder.first < phrase.title:
        floor = max(floor, holder.last)
    while start > floor and not target.first <= start - 1 < target.last:
        token = doc[start - 1]
        if token.pos_ not in ("ADJ", "NOUN", "PROPN") and token.text != "-":
            break
        start -= 1
    return start, doc[start : phrase.title + 1].text.lower()


def kin(title: Token, target: Mention) -> bool:
    """Whether the title is a family tie between two persons."""
    return title.lemma_.lower() in KIN and target.type == "PERSON"


def to_claims(doc: Doc, holder: Mention, phrase: Phrase) -> Iterator[Claim]:
    """One claim for each target of the phrase, the relation in the title's own words."""
    for preposition, target in phrase.targets:
        start, text = spoken(doc, phrase, holder, target)
        code: Code = "OTHER" if kin(doc[phrase.title], target) else "ROLE"
        yield Claim(
            holder, target, f"{text} {preposition}", start, phrase.title + 1, phrase.title, code,
            features=("title",),
        )  # fmt: skip
