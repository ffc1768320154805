"""What the parser hung on another word though the verb's grammar asks for it: subjects, prepositions.

"after refugees and a charity gave files to X"     the refugees are no object of "after": they gave
"the envoy to Peru, Jan Brandt, was shot"          whom the comma closes off was shot
"shared its findings on the raid with Norway"      "share" wants "with", the raid doesn't
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.coreference import Cast
from extract.ontology import Ontology

FINITE = ("VBD", "VBZ", "VBP", "MD")
BEFORE = frozenset({"after", "before", "since", "until", "till", "once", "as", "because", "though", "while"})
HELPERS = frozenset({"aux", "auxpass", "neg", "advmod"})
NOUNS = ("NOUN", "PROPN")
OWN = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
HELD = frozenset({"dobj", "ccomp", "xcomp", "auxpass", "aux", "dative"})
UPWARDS = frozenset({"conj", "appos", "pobj", "prep", "compound", "nmod"})
BRINGING = frozenset({"with", "to", "from", "against", "for"})
STRAY = frozenset({"conj", "advcl", "ROOT", "ccomp", "dep", "pcomp", "parataxis"})


def subject_before(verb: Token) -> Token | None:
    """The noun right before a finite verb that the parser left without a subject."""
    if verb.dep_ not in STRAY or any(c.dep_ in OWN for c in verb.children):
        return None
    helpers = [c for c in verb.children if c.dep_ in HELPERS and c.i < verb.i]
    first = min([verb, *helpers], key=lambda t: t.i)
    finite = verb.tag_ in FINITE or any(c.tag_ in FINITE for c in helpers)
    if not finite or first.i <= verb.sent.start or not any(c.dep_ in HELD for c in verb.children):
        return None
    last = first.nbor(-1)
    if last.text == ",":
        return _closed_off(last)
    return _behind_preposition(last, verb)


def _closed_off(comma: Token) -> Token | None:
    """The apposition that the comma closes: "the envoy to Peru, Jan Brandt, was shot"."""
    name = comma.nbor(-1)
    while name.head.i == name.i + 1 and name.dep_ == "compound":
        name = name.head
    opening = name.left_edge.i - 1
    bracketed = opening > comma.sent.start and name.doc[opening].text == ","
    return name if name.dep_ == "appos" and name.ent_type_ == "PERSON" and bracketed else None


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
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if thing is None:
        return
    lemma, object_lemma = verb.lemma_.lower(), thing.lemma_.lower()
    for prep in thing.subtree:
        if prep.dep_ != "prep" or prep.lower_ not in BRINGING or prep.head == thing or cast.at(prep.i):
            continue
        name = prep.lower_
        framed = any((lemma, None, name, one) in words.verbs for one in (None, object_lemma))
        if framed and _loose(prep, thing, words) and not any(c.lower_ == name for c in verb.children):
            yield from ((name, token) for token in prep.children if token.dep_ == "pobj")


def _loose(prep: Token, thing: Token, words: Ontology) -> bool:
    """Whether no clause stands between, and the noun before has no frame with the preposition itself."""
    if (prep.head.lemma_.lower(), prep.lower_) in words.nouns:
        return False
    return not any(node.pos_ in ("VERB", "AUX") for node in prep.ancestors if thing.is_ancestor(node))
