"""What the parser hung on another word though the verb's grammar asks for it: subjects, prepositions.

"after refugees and a charity gave files to X"     the refugees are no object of "after": they gave
"the envoy to Peru, Jan Brandt, was shot"          whom the comma closes off was shot
"On Monday Hayduk left"                            the date took its subject
"shared its findings on the raid with Norway"      "share" wants "with", the raid doesn't
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.clauses import SUBJECTS, UPWARDS, WH, has, is_verb, objects_of
from extract.coreference import Cast
from extract.ontology import Ontology

FINITE = ("VBD", "VBZ", "VBP", "MD")
BEFORE = frozenset({"after", "before", "since", "until", "till", "once", "as", "because", "though", "while"})
HELPERS = frozenset({"aux", "auxpass", "neg", "advmod"})
NOUNS = ("NOUN", "PROPN")
OWN = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
HELD = frozenset({"dobj", "ccomp", "xcomp", "auxpass", "aux", "dative"})
CLAUSES = frozenset({"acl", "relcl", "appos"})
STRAYS = frozenset({"advcl", "ccomp", "parataxis"})
SETTINGS = frozenset({"DATE", "TIME", "GPE", "LOC", "FAC"})
BESIDE = frozenset({"alongside", "with"})
BRINGING = frozenset({"with", "to", "from", "against", "for"})
STRAY = frozenset({"conj", "advcl", "ROOT", "ccomp", "dep", "pcomp", "parataxis"})


def subject_before(verb: Token) -> Token | None:
    """The noun right before a finite verb that the parser left without a subject."""
    if verb.dep_ not in STRAY or any(c.dep_ in OWN for c in verb.children):
        return None
    helpers = [c for c in verb.children if c.dep_ in HELPERS and c.i < verb.i]
    first = min([verb, *helpers], key=lambda t: t.i)
    finite = verb.tag_ in FINITE or any(c.tag_ in FINITE for c in helpers)
    if not finite or first.i <= verb.sent.start:
        return None
    last, held = first.nbor(-1), any(c.dep_ in HELD for c in verb.children)
    if last.text == ",":
        return (_closed_off(last) if held else None) or _told_of(last, verb)
    return _behind_preposition(last, verb) if held else None


def inverted(verb: Token) -> Iterator[Token]:
    """Who follows the verb it suffers: "also suspended by the league were three players"."""
    if verb.tag_ == "VBN" and has(verb, "agent"):
        below = (verb, *(c for c in verb.children if c.dep_ == "auxpass" and c.i > verb.i))
        yield from (c for v in below for c in v.children if c.dep_ in ("attr", "dobj") and c.i > verb.i)


def left_behind(verb: Token) -> Iterator[Token]:
    """The subject of a finite root that the parser left with an earlier verb of the same list."""
    if verb.tag_ not in FINITE:
        return
    for child in verb.children:
        if child.i < verb.i and child.dep_ in STRAYS and is_verb(child) and not marked(child):
            own = [c for c in child.children if c.dep_ in SUBJECTS]
            if own and child.tag_ in (*FINITE, "VBN"):
                yield from own
                return


def lost(verb: Token) -> Iterator[Token]:
    """A root's subject that the parser joined to the phrase before it: "with help of X, Y left"."""
    first = verb
    while first.i > verb.sent.start and first.nbor(-1).head == verb and first.nbor(-1).dep_ in HELPERS:
        first = first.nbor(-1)
    noun = first.nbor(-1) if first.i > verb.sent.start else verb
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "PROPN":
        noun = noun.head.head
    before = noun.left_edge.nbor(-1).text if noun.left_edge.i > verb.sent.start else ""
    if noun.pos_ in ("NOUN", "PROPN") and noun.dep_ in ("conj", "appos", "npadvmod") and before == ",":
        yield noun
        return
    if not any(c.dep_ in OWN for c in verb.children):
        yield from _behind_date(verb)
    opening = verb.sent[0]
    if opening.pos_ == "PROPN" and opening.dep_ == "npadvmod" and opening.head == verb:
        yield opening


def _behind_date(verb: Token) -> Iterator[Token]:
    """A subject that the parser joined to the date or place before it: "In May, Peru, with help, tried"."""
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.i < verb.i:
            for date in objects_of(prep):
                first = date.left_edge
                if (
                    first != date
                    and first.ent_type_ == "DATE"
                    and date.ent_type_ != "DATE"
                    and prep.lower_ == "on"
                ):
                    yield date
                    return
                for noun in date.children if date.ent_type_ in SETTINGS and not has(date, "cc") else ():
                    behind = noun.dep_ in ("conj", "appos") and noun.left_edge.nbor(-1).text == ","
                    if behind and noun.pos_ in ("NOUN", "PROPN") and noun.ent_type_ not in ("DATE", "TIME"):
                        yield noun
                        return


def marked(verb: Token) -> bool:
    """Whether a conjunction or relative pronoun opens the verb's clause."""
    return any(c.dep_ == "mark" or c.tag_ in WH for c in verb.children)


def _closed_off(comma: Token) -> Token | None:
    """The apposition that the comma closes: "the envoy to Peru, Jan Brandt, was shot"."""
    name = comma.nbor(-1)
    while name.head.i == name.i + 1 and name.dep_ == "compound":
        name = name.head
    opening = name.left_edge.i - 1
    bracketed = opening > comma.sent.start and name.doc[opening].text == ","
    return name if name.dep_ == "appos" and name.ent_type_ == "PERSON" and bracketed else None


def _told_of(comma: Token, verb: Token) -> Token | None:
    """Whom a clause between commas tells of, behind "as" or "after": "as Chad, shunned by X, turns to Y"."""
    for node in comma.nbor(-1).ancestors:
        if node.dep_ == "pobj" and node.head.lower_ in BEFORE and node.pos_ in NOUNS:
            open_ = (
                node.i + 1 < comma.i
                and node.nbor(1).text == ","
                and any(c.dep_ in CLAUSES for c in node.children)
            )
            return node if open_ and node.right_edge.i >= comma.i - 1 else None
        if node == verb or node.dep_ == "ROOT":
            return None
    return None


def _behind_preposition(last: Token, verb: Token) -> Token | None:
    """What a preposition of time took from the clause it opens: "after the charity gave files to X"."""
    node = last
    for _ in range(8):
        if node.dep_ == "pobj" and node.head.lower_ in BEFORE and node.pos_ in NOUNS:
            return node if node.right_edge.i >= last.i and node.head.i < node.left_edge.i else None
        if node.dep_ not in UPWARDS or node.head == verb:
            return None
        node = node.head
    return None


def prepositions_astray(verb: Token, cast: Cast, words: Ontology) -> Iterator[tuple[str, Token]]:
    """The prepositions of the verb's own frame that hang deep below its object."""
    for thing in (c for c in verb.children if c.i > verb.i):
        if thing.dep_ == "dobj":
            yield from _below(thing, verb, cast, words)
        elif thing.dep_ == "prep" and thing.lower_ in BESIDE:
            yield from ((n, t) for n, t in _below(thing, verb, cast, words) if n != thing.lower_)


def _below(thing: Token, verb: Token, cast: Cast, words: Ontology) -> Iterator[tuple[str, Token]]:
    """The verb's own prepositions below one of its words, which that word or its like has no use for."""
    lemma, object_lemma = verb.lemma_.lower(), thing.lemma_.lower()
    plain = words.verb(lemma)
    wanted = set(plain.targets) - {"for"} if plain is not None else set()
    for prep in thing.subtree:
        name = prep.lower_
        if prep.dep_ != "prep" or cast.at(prep.i) or (prep.head == thing and cast.headed(thing.i) is None):
            continue
        bare = name in BRINGING and ((lemma, None, name, None) in words.verbs or name in wanted)
        framed = bare or ((lemma, None, name, object_lemma) in words.verbs and name in BRINGING | {"on"})
        if framed and _loose(prep, thing, words) and not any(c.lower_ == name for c in verb.children):
            yield from ((name, token) for token in prep.children if token.dep_ == "pobj")


def _loose(prep: Token, thing: Token, words: Ontology) -> bool:
    """Whether no clause stands between, and the noun before has no frame with the preposition itself."""
    if (prep.head.lemma_.lower(), prep.lower_) in words.nouns:
        return False
    return not any(node.pos_ in ("VERB", "AUX") for node in prep.ancestors if thing.is_ancestor(node))
