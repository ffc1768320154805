"""What belongs to what: parts of bodies, members of alliances, who works, serves or fights for whom.

"The bloc is made up of A, B and C"         (A, make member of, bloc) …
"the brigade, which is allied with Iran"    (brigade, allied with, Iran)
"X works for Human Rights Watch"            (X, work for, Human Rights Watch)
"Boeing's Skyline Logistics unit"           (Skyline Logistics, unit of, Boeing)
"Chad and Peru are allies"                  (Chad, ally of, Peru), both ways
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from extract.actors import words
from extract.appointments import HEADED, SUBJECTS, charges, controlled, relative_verb, ties
from extract.claims import Claim
from extract.coreference import Cast
from extract.gazetteer import split, table
from extract.grammar import among
from extract.model import Mention
from extract.title_reach import POSSESSIVES, word_class
from extract.titles import KIN

CONTAINS = word_class("ties", "contains")
WHOLES = frozenset({"ORG", "GROUP"})
MUTUAL = frozenset({"allied", "aligned", "affiliated", "ally", "align", "affiliate"})
FELLOWS = among("fellows")
JOINS = frozenset({"join", "rejoin"})
FORMING = frozenset({"be", "become", "form", "make", "remain"})
BRANCHES = frozenset(
    {"board", "staff", "council", "committee", "faculty", "panel", "jury", "ranks"}
    | {"wing", "arm", "branch", "cell", "faction", "structure", "leadership", "unit", "network", "squad"}
)


@lru_cache(maxsize=1)
def _belongs() -> dict[str, frozenset[str]]:
    return {verb: frozenset(split(text)) for verb, text in table("titles.toml")["belongs"].items()}


def find_memberships(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """The wholes, allies and employers that a sentence gives this holder."""
    yield from _contained(doc, holder, cast)
    if holder.kind == "name":
        yield from _unit_after(doc, holder, cast)
    yield from _of_which(doc, holder, cast)
    yield from _fellows(doc, holder, cast)
    for word in predicates(doc, holder):
        for claim in (
            *_tied(holder, cast, word),
            *_belonging(holder, cast, word),
            *_joining(holder, cast, word),
            *_partaking(holder, cast, word),
        ):
            denied = any(child.dep_ == "neg" for child in word.children)
            yield replace(claim, stated=word.i, status="negated" if denied else "actual")


def _of_which(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "The bloc, of which Kenya has been a member": what the relative clause makes its subject."""
    verb = doc[holder.head].head
    if (
        doc[holder.head].dep_ not in SUBJECTS
        or verb.dep_ != "relcl"
        or verb.lemma_ not in ("be", "become", "remain")
    ):
        return
    which = any(p.lower_ == "of" and any(c.tag_ in ("WDT", "WP") for c in p.children) for p in verb.children)
    whole = cast.headed(verb.head.i)
    for role in (c for c in verb.children if c.dep_ == "attr") if which and whole is not None else ():
        if (
            whole is not None
            and whole.type in WHOLES
            and role.lemma_.lower() in words().titles | {"member", "part"}
        ):
            denied = any(c.dep_ == "neg" for c in verb.children)
            yield Claim(
                holder, whole, f"{role.lemma_.lower()} of", role.i, role.i + 1, role.i, "ROLE",
                features=("title",), stated=verb.i, status="negated" if denied else "actual",
            )  # fmt: skip


def _fellows(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Chad and Peru are allies": what each subject is to the other."""
    head = doc[holder.head]
    verb = head.head
    if head.dep_ != "nsubj" or verb.lemma_ not in ("be", "become", "remain") or not head.conjuncts:
        return
    others = [cast.headed(c.i) for c in head.conjuncts if c.i < verb.i]
    for tie in (c for c in verb.children if c.dep_ == "attr" and c.tag_ == "NNS" and c.i > verb.i):
        kin = tie.lemma_ in KIN and holder.type == "PERSON"
        told = any(c.dep_ in ("poss", "relcl") or c.lower_ in ("of", "to", "with") for c in tie.children)
        if told or not (kin or tie.lemma_ in FELLOWS):
            continue
        for other in others:
            if other is not None and other.type == holder.type and other.name != holder.name:
                yield Claim(
                    holder, other, f"{tie.lemma_} of", tie.i, tie.i + 1, tie.i, "OTHER" if kin else "ROLE",
                    symmetric=True, features=("title",), stated=verb.i,
                    status="negated" if any(c.dep_ == "neg" for c in verb.children) else "actual",
                )  # fmt: skip


def predicates(doc: Doc, holder: Mention) -> Iterator[Token]:
    """The verbs, participles and predicate adjectives that speak of the holder."""
    head = doc[holder.head]
    if head.dep_ == "conj" and head.head.dep_ in SUBJECTS:
        head = head.conjuncts[0]
    if head.dep_ == "appos" and head.head.dep_ in SUBJECTS and head.head.i < head.i:
        head = head.head
    words_ = [head.head] if head.dep_ in SUBJECTS else []
    words_ += [c for c in head.children if c.dep_ in ("relcl", "acl", "amod", "appos") and c.i >= holder.last]
    relative = relative_verb(doc, holder)
    words_ += [relative] if relative is not None and relative not in words_ else []
    words_ += [inner for word in words_ for inner in controlled(word)]
    words_ += charges(head.head) if head.dep_ == "dobj" else ()
    for word in list(words_):
        words_ += [
            c for c in word.conjuncts if c.i > word.i and not any(x.dep_ in SUBJECTS for x in c.children)
        ]
    for word in words_:
        yield word
        yield from (c for c in word.children if c.dep_ in ("acomp", "oprd", "attr"))


def _tied(holder: Mention, cast: Cast, word: Token) -> Iterator[Claim]:
    """ "allied with Iran", "loyal to the president"."""
    if word.lower_ not in ties()["adjectives"] and word.lemma_ not in MUTUAL:
        return
    for prep in word.children:
        if prep.dep_ in ("prep", "agent") and prep.lower_ in ("with", "to"):
            for grand in prep.children:
                for target in joined(cast, grand):
                    yield Claim(
                        holder, target, f"{word.lower_} {prep.lower_}", word.i, prep.i + 1, word.i, "ROLE",
                        symmetric=word.lower_ in ("allied", "aligned", "affiliated"), features=("tie",),
                    )  # fmt: skip


def _belonging(holder: Mention, cast: Cast, verb: Token) -> Iterator[Claim]:
    """ "works for Boeing", "serves in the navy", "belongs to NATO"."""
    lemma = verb.lemma_.lower()
    bringing = _belongs().get(lemma, frozenset())
    for prep in verb.children:
        employed = lemma == "employ" and prep.dep_ == "agent"
        if employed or (prep.dep_ == "prep" and prep.lower_ in bringing):
            for grand in prep.children:
                for target in (*joined(cast, grand), *_on_board(cast, grand)):
                    if target.type in WHOLES or (lemma == "belong" and target.type == "STATE"):
                        yield _verbal(holder, target, verb, f"{lemma} {prep.lower_}")


def _partaking(holder: Mention, cast: Cast, verb: Token) -> Iterator[Claim]:
    """ "was part of the army", "formed part of the front's armed wing"."""
    for part in verb.children if verb.lemma_ in FORMING and holder.type in ("PERSON", "GROUP") else ():
        if part.lower_ != "part" or part.dep_ not in ("attr", "dobj") or part.i < verb.i:
            continue
        for whole in (t for c in part.children if c.lower_ == "of" for t in c.children):
            for target in (*joined(cast, whole), *_on_board(cast, whole)):
                if target.type in WHOLES:
                    yield Claim(
                        holder, target, "part of", part.i, part.i + 1, part.i, "ROLE", features=("belongs",)
                    )  # fmt: skip


def _on_board(cast: Cast, token: Token) -> Iterator[Mention]:
    """ "serves on the board of Boeing", "belongs to the party's left wing": whose board or wing it is."""
    if token.lemma_ in BRANCHES:
        for child in token.children:
            if child.lower_ == "of":
                yield from (m for grand in child.children for m in joined(cast, grand))
            elif child.dep_ in ("poss", "compound", "nmod"):
                yield from joined(cast, child)


def _joining(holder: Mention, cast: Cast, verb: Token) -> Iterator[Claim]:
    """ "joined the party", "joined NATO"."""
    if verb.lemma_ not in JOINS:
        return
    for child in verb.children:
        if child.dep_ == "dobj":
            for target in joined(cast, child):
                if target.type == "ORG" or (target.type == "GROUP" and holder.type in ("PERSON", "GROUP")):
                    yield _verbal(holder, target, verb, verb.lemma_)


def _verbal(holder: Mention, target: Mention, verb: Token, relation: str) -> Claim:
    return Claim(holder, target, relation, verb.i, verb.i + 1, verb.i, "ROLE", features=("belongs",))


def joined(cast: Cast, token: Token) -> Iterator[Mention]:
    """The actors that the token and those joined to it stand for."""
    for one in (token, *token.conjuncts):
        mention = cast.headed(one.i) or _named_behind(cast, one)
        if mention is not None and mention.kind != "adjective":
            yield mention


def _named_behind(cast: Cast, noun: Token) -> Mention | None:
    """The name that says which body a common noun means: "the rights group Memorial"."""
    if noun.lemma_.lower() not in HEADED:
        return None
    names = (c for c in noun.children if c.dep_ == "appos" and c.left_edge.i == noun.i + 1)
    return next((m for c in names if (m := cast.headed(c.i)) is not None and m.kind == "name"), None)


def _contained(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "The bloc is made up of A, B and C", "the front, which encompasses A": members of a whole."""
    if holder.type not in ("ORG", "GROUP", "STATE"):
        return
    verb = _containing(doc[holder.head])
    if verb is None or verb.lemma_ not in CONTAINS or (verb.lemma_ == "make" and not _made_up(verb)):
        return
    whole = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if whole is not None and whole.tag_ in ("WDT", "WP"):
        whole = verb.head if verb.dep_ == "relcl" else None
    whole = verb.head if whole is None and verb.dep_ == "acl" else whole
    target = cast.headed(whole.i) if whole is not None else None
    if target is None and whole is not None and whole.dep_ == "appos":
        target = cast.headed(whole.head.i)
    if target is not None and target.type in WHOLES:
        relation = f"{verb.lemma_} member of"
        yield Claim(
            holder, target, relation, verb.i, verb.i + 1, verb.i, "ROLE",
            features=("contained",), stated=verb.i,
        )  # fmt: skip


def _containing(head: Token) -> Token | None:
    """The verb whose object the token is, itself or at the end of a list."""
    if head.dep_ == "conj":
        head = next((t for t in head.conjuncts if t.dep_ in ("pobj", "dobj", "nsubj")), head)
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        return head.head.head
    return head.head if head.dep_ == "dobj" else None


def _made_up(verb: Token) -> bool:
    return any(child.lower_ == "up" for child in verb.children)


def _unit_after(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "its Skyline Logistics business unit", "Boeing's Skyline division": a part named before its noun."""
    if holder.type != "ORG" or holder.last >= len(doc):
        return
    noun = holder.last + (doc[holder.last].tag_ == "NN" and doc[holder.last].lemma_ not in words().parts)
    if noun >= len(doc) or doc[noun].lemma_ not in words().parts or doc[noun].pos_ != "NOUN":
        return
    following = cast.at(noun + 1) if noun + 1 < len(doc) else None
    if following is not None and following.kind == "name":
        return
    if (around := cast.headed(noun)) is not None and around.type == "GROUP" and around.first < holder.first:
        return
    end = holder.first - (holder.first > 0 and doc[holder.first - 1].text in POSSESSIVES)
    owner = next((m for m in cast.covering(end - 1) if m.last == end), None) if end else None
    if owner is not None and owner.type in ("ORG", "GROUP", "STATE") and owner.kind != "adjective":
        text = f"{doc[noun].lower_} of"
        yield Claim(holder, owner, text, noun, noun + 1, noun, "ROLE", features=("title",))
