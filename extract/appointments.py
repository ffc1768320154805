"""Roles that a verb states: being, becoming, serving as, being named, heading, representing.

"Merkel was elected leader of the CDU"          (Merkel, leader of, CDU)
"X succeeded Y as chairman of Z"                (X, chairman of, Z), (Y, chairman of, Z)
"X, who heads the World Bank"                   (X, head, World Bank)
"Its leader is X", "the mission, led by X"      (X, leader of, …), (X, lead, mission)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from extract.claims import Claim
from extract.coreference import Cast
from extract.gazetteer import split, table
from extract.grammar import among
from extract.model import Mention
from extract.titles import Phrase, is_title, phrase_before, read_phrase, to_claims

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
BODIES = frozenset({"ORG", "GROUP"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
TASKING = frozenset({"head", "lead", "run", "oversee", "direct", "manage", "coordinate", "chair"})
HEADED = among("bodies") | frozenset(split(table("titles.toml")["kinds"]["headed"]))
SUSPECTING = frozenset({"accuse", "charge", "convict", "suspect"})
COPULAS = frozenset({"is", "was", "are", "were", "remains", "became", "'s"})


@lru_cache(maxsize=1)
def ties() -> dict[str, frozenset[str]]:
    """The verbs and adjectives of state relations."""
    rows = table("titles.toml")["ties"]
    return {name: frozenset(split(text)) for name, text in rows.items()}


def find_stated(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """The roles of this holder that verbs state."""
    head = doc[holder.head]
    yield from _led_by(holder, cast, head)
    yield from _inverted(doc, holder, cast)
    head = _argument(head)
    for verb in _verbs(doc, holder, head):
        for claim in _from_verb(doc, holder, cast, verb, head):
            yield replace(claim, stated=verb.i, status="negated" if _denied(verb) else "actual")


def _argument(head: Token) -> Token:
    """The subject or object that the holder's name is joined or apposed to."""
    if head.dep_ == "conj" and head.head.dep_ in SUBJECTS | {"dobj"} and head.conjuncts:
        head = head.conjuncts[0]
    if head.dep_ == "appos" and head.head.dep_ in SUBJECTS | {"dobj"}:
        head = head.head
    return head


def _verbs(doc: Doc, holder: Mention, head: Token) -> Iterator[Token]:
    """The verbs that the holder is subject or object of, those joined to them, and those that describe it."""
    verbs = [head.head] if head.dep_ in SUBJECTS | {"dobj"} else []
    verbs += [c for c in head.children if c.dep_ in ("relcl", "acl", "amod") and c.i > holder.last - 1]
    relative = relative_verb(doc, holder)
    verbs += [relative] if relative is not None and relative not in verbs else []
    for child in head.children:
        for noun in (child, *child.conjuncts) if child.dep_ == "appos" and child.pos_ == "NOUN" else ():
            verbs += [c for c in noun.children if c.dep_ in ("relcl", "acl") and c not in verbs]
    verbs += [inner for verb in verbs for inner in controlled(verb)]
    verbs += charges(head.head) if head.dep_ == "dobj" else ()
    for verb in verbs:
        yield verb
        if head.dep_ != "dobj" or verb != head.head:
            yield from (c for c in verb.conjuncts if c.i > verb.i and not _own_subject(c))


def controlled(verb: Token) -> Iterator[Token]:
    """The verbs whose subject is the verb's own: "hopes to lead", "is suspected of being"."""
    if any(child.dep_ == "dobj" for child in verb.children):
        return
    yield from (child for child in verb.children if child.dep_ == "xcomp" and child.pos_ in ("VERB", "AUX"))
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        yield from charges(verb)


def charges(verb: Token) -> Iterator[Token]:
    """What somebody is said to do or be: "accused X of leading the group", "charged X with belonging"."""
    for prep in verb.children if verb.lemma_ in SUSPECTING else ():
        if prep.lower_ in ("of", "with") and prep.i > verb.i:
            yield from (c for c in prep.children if c.dep_ == "pcomp" and c.pos_ in ("VERB", "AUX"))


def _own_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _denied(verb: Token) -> bool:
    return any(child.dep_ == "neg" for child in verb.children)


def _from_verb(doc: Doc, holder: Mention, cast: Cast, verb: Token, head: Token) -> Iterator[Claim]:
    known = ties()
    lemma = verb.lemma_.lower()
    if lemma in known["becomes"] | known["names"] | known["serves"] and _given(verb, head):
        for title in _complements(verb, lemma):
            if is_title(title, holder) and _free(cast, title.i, holder):
                yield from _titled(doc, holder, cast, title)
        for purpose in _purposes(verb, lemma):
            yield from _heading(holder, cast, purpose)
    if head.head != verb or head.dep_ in SUBJECTS:
        yield from _heading(holder, cast, verb)


def _given(verb: Token, head: Token) -> bool:
    """Whether the verb's title goes to this argument: to its object where one is named or replaced."""
    lemma, known = verb.lemma_.lower(), ties()
    if verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ in REFLEXIVE:
        return head.dep_ in SUBJECTS
    passive = verb.tag_ == "VBN" and not any(
        c.lower_ in ("has", "have", "had") and c.dep_ == "aux" for c in verb.children
    )
    passive = passive or any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    if head.head == verb and head.dep_ == "dobj":
        return lemma in known["names"] | known["follows"]
    return passive or lemma not in known["names"] - known["serves"]


def _free(cast: Cast, i: int, holder: Mention) -> bool:
    """Whether the title stands in no name but perhaps in a nominal, which may be the holder's own."""
    return all(m.kind != "name" or m.name == holder.name for m in cast.covering(i))


def _titled(doc: Doc, holder: Mention, cast: Cast, title: Token) -> Iterator[Claim]:
    own = read_phrase(doc, title.i, holder, cast)
    yield from to_claims(doc, holder, own)
    for child in title.conjuncts:
        if title.i < child.i < title.i + 18 and is_title(child, holder) and _free(cast, child.i, holder):
            later = read_phrase(doc, child.i, holder, cast)
            yield from to_claims(doc, holder, later)
            if not own.targets:
                yield from to_claims(doc, holder, replace(own, targets=later.targets))


def _complements(verb: Token, lemma: str) -> Iterator[Token]:
    """What a verb makes its subject or object: attribute, predicate, "as", "to" and "to be" complements."""
    for child in verb.children:
        if child.dep_ in ("attr", "oprd", "appos") or (
            child.dep_ in ("xcomp", "ccomp", "acomp", "dobj")
            and child.pos_ in ("NOUN", "PROPN")
            and (child.dep_ != "dobj" or lemma not in ties()["serves"] - ties()["names"])
        ):
            yield from _of_several(child)
        elif child.dep_ == "prep" and (
            child.lower_ in ("as", "into", "among")
            or (child.lower_ == "to" and lemma in ("promote", "rise", "elevate", "demote"))
        ):
            yield from (grand for grand in child.children if grand.dep_ == "pobj")
        elif child.dep_ in ("ccomp", "xcomp", "advcl") and child.lemma_ in ("be", "become", "serve"):
            yield from _complements(child, child.lemma_)
        elif child.dep_ == "dobj" and child.lemma_ in ("job", "post", "position", "seat", "office", "role"):
            yield from _complements(child, "post")


def _of_several(token: Token) -> Iterator[Token]:
    """The title, or that of "one of the leaders"."""
    if token.lower_ != "one":
        yield token
        return
    for prep in token.children:
        if prep.lower_ == "of":
            yield from (grand for grand in prep.children if grand.dep_ == "pobj")


def _purposes(verb: Token, lemma: str) -> Iterator[Token]:
    """The verbs of heading in "was chosen to head the bank" and "became the first woman to head it"."""
    yield from (c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB")
    for noun in _complements(verb, lemma):
        yield from (c for c in noun.children if c.dep_ in ("relcl", "acl") and c.tag_ == "VB")


def _heading(holder: Mention, cast: Cast, verb: Token) -> Iterator[Claim]:
    """ "X heads the World Bank", "Y leads the alliance"."""
    lemma = verb.lemma_.lower()
    if lemma not in ties()["heads"] or (verb.tag_ == "VBN" and not _perfect(verb)):
        return
    if any(child.dep_ in ("xcomp", "ccomp") for child in verb.children):
        return
    for child in (*verb.children, *_after_up(verb)):
        for target in _led(child, cast) if child.dep_ in ("dobj", "pobj") else ():
            personal = (holder.type == "PERSON" and target.type == "STATE") or lemma == "represent"
            if target.type in BODIES or personal:
                yield Claim(holder, target, lemma, verb.i, verb.i + 1, verb.i, "ROLE", features=("heads",))
    if holder.type == "PERSON":
        for target in _where_led(verb, cast):
            yield Claim(holder, target, lemma, verb.i, verb.i + 1, verb.i, "ROLE", features=("heads",))


def _where_led(verb: Token, cast: Cast) -> Iterator[Mention]:
    """The body at which somebody heads a task: "heads Korea policy at the State Department"."""
    tasks = [c for c in verb.children if c.dep_ == "dobj" and cast.headed(c.i) is None]
    if verb.lemma_ in TASKING and tasks and tasks[0].lemma_.lower() not in HEADED:
        near = (p for t in (verb, tasks[0]) for p in t.children if p.dep_ == "prep" and p.lower_ == "at")
        found = (cast.headed(grand.i) for prep in near for grand in prep.children)
        yield from (m for m in found if m is not None and m.type == "ORG" and m.kind == "name")


def _led(led: Token, cast: Cast) -> Iterator[Mention]:
    """The body that is headed, or the whole that a part belongs to: "heads Hamas's political bureau"."""
    own = cast.headed(led.i)
    if own is not None and own.kind not in ("pronoun", "adjective"):
        yield own
    elif own is None and led.lemma_.lower() in HEADED:
        near = [c for c in led.children if c.dep_ in ("poss", "compound", "nmod")]
        near += [grand for c in led.children if c.lower_ == "of" for grand in c.children]
        found = (cast.headed(token.i) for token in near)
        yield from (m for m in found if m is not None and m.kind != "adjective")


def _after_up(verb: Token) -> Iterator[Token]:
    """The object of "heads up the office", which the parse gives to "up"."""
    return (grand for child in verb.children if child.lower_ == "up" for grand in child.children)


def _perfect(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)


def _led_by(holder: Mention, cast: Cast, head: Token) -> Iterator[Claim]:
    """ "the mission, headed by Anna Kruger": the agent leads what the participle describes."""
    verb = head.head.head
    if head.dep_ != "pobj" or head.head.lower_ != "by" or verb.lemma_ not in ties()["heads"]:
        return
    led = [verb.head] if verb.dep_ in ("acl", "relcl") else []
    led += [c for c in verb.children if c.dep_ == "nsubjpass"]
    for token in led:
        target = _before_which(cast, token) or cast.headed(token.i)
        if target is not None and (target.type in BODIES or verb.lemma_ == "represent"):
            yield Claim(
                holder, target, verb.lemma_, verb.i, verb.i + 1, verb.i, "ROLE",
                features=("heads",), stated=verb.i,
            )  # fmt: skip


def _before_which(cast: Cast, token: Token) -> Mention | None:
    """The actor right before a relative pronoun."""
    if token.tag_ not in ("WDT", "WP") or token.i < 2:
        return None
    end = token.i - (token.nbor(-1).text == ",")
    return next((m for m in cast.covering(end - 1) if m.last == end and m.kind != "adjective"), None)


def past_kind(doc: Doc, holder: Mention) -> int:
    """Behind the common noun that says what a name names: "the Kestrel news agency"."""
    i = holder.last
    if doc[holder.head].dep_ in ("compound", "nmod") and holder.type in ("ORG", "GROUP"):
        while i < len(doc) and doc[i].tag_ == "NN" and i < holder.last + 3:
            i += 1
    return i


def relative_verb(doc: Doc, holder: Mention) -> Token | None:
    """The verb of the relative clause right behind a name, whatever the parse attaches it to."""
    i = past_kind(doc, holder)
    i += i < len(doc) and doc[i].text == ","
    if i < len(doc) and doc[i].lower_ == "who" and holder.type in ("ORG", "STATE"):
        return None
    if i >= len(doc) or doc[i].lower_ not in ("who", "which") or doc[i].head.pos_ not in ("VERB", "AUX"):
        return None
    return doc[i].head if doc[i].dep_ in SUBJECTS else None


def _inverted(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Its leader is X", "the party, whose armed wing is the YPG", "a group whose head, X, said"."""
    i = holder.first - (holder.first > 0 and doc[holder.first - 1].lower_ == "the")
    if holder.kind != "name" or i < 3:
        return
    if doc[i - 1].lower_ not in COPULAS and doc[holder.head].dep_ in ("attr", "appos"):
        titled = phrase_before(doc, i, holder, cast)
        i = titled.first if titled is not None else i
        i -= i > 0 and doc[i - 1].lower_ in ("the", "a", "an")
    if i < 3 or doc[i - 1].lower_ not in COPULAS:
        return
    phrase: Phrase | None = phrase_before(doc, i - 1, holder, cast)
    if phrase is not None and doc[phrase.title].tag_ in ("NN", "NNP"):
        yield from to_claims(doc, holder, phrase)
