"""Whom grammar forbids a pronoun or noun to mean, and whom it makes likely: by where their names stand.

"He told Lopez that Hale had left" means neither Lopez nor Hale: a name never stands below its own pronoun.
"X, who said he had left": the subject of a relative clause is whom the clause hangs on.
"""

from __future__ import annotations

from spacy.tokens import Token

from extract.model import Mention
from extract.scene import SUBJECTS, Scene, has

GOVERNING = SUBJECTS | {"dobj", "dative", "pobj", "poss"}
LOOSE = frozenset({"advcl", "parataxis", "dep", "relcl"})
RELATIVE = frozenset({"who", "which", "that"})
BESIDE = frozenset({"dobj", "dative", "prep", "agent", "pobj", "conj", "appos", "compound", "oprd"})


def clause(token: Token) -> Token:
    """The verb a token hangs on, through its preposition."""
    head = token.head
    return head.head if head.dep_ in ("prep", "agent") else head


def beneath(scene: Scene, token: Token) -> frozenset[str]:
    """Who is named behind a pronoun in what it governs: its clause, or the phrase that it owns."""
    if token.dep_ not in GOVERNING:
        return frozenset()
    above = token.head if token.dep_ == "poss" else clause(token)
    named = scene.cast.inside(token.i + 1, above.right_edge.i + 1)
    return frozenset(m.name for m in named if m.kind == "name" and _within(scene.doc[m.head], above))


def _within(head: Token, above: Token) -> bool:
    """Whether a noun stands in a clause or its complements, in none joined to it or set beside it."""
    while head != above:
        apart = head.dep_ == "conj" and has(head, *SUBJECTS)
        if apart or head.dep_ in LOOSE or head.head == head:
            return False
        head = head.head
    return True


def partners(scene: Scene, token: Token) -> frozenset[str]:
    """Who is named as an object beside a noun that is subject: "The minister met Hale" tells of two."""
    if token.dep_ not in SUBJECTS:
        return frozenset()
    verb = token.head
    named = scene.cast.inside(token.i + 1, verb.right_edge.i + 1)
    return frozenset(m.name for m in named if m.kind == "name" and _beside(scene.doc[m.head], verb))


def _beside(head: Token, verb: Token) -> bool:
    """Whether a noun hangs on the verb as object or behind a preposition, in no clause of its own."""
    while head != verb:
        if head.dep_ not in BESIDE:
            return False
        head = head.head
    return True


def bearers(scene: Scene, token: Token) -> tuple[set[str], set[str]]:
    """Whom relative clauses around a pronoun have as their subject: likely, and forbidden beside it."""
    likely: set[str] = set()
    barred: set[str] = set()
    for above in token.ancestors:
        if above.dep_ == "relcl" and (found := _who(scene, above)) is not None:
            own = above == clause(token) and token.dep_ != "poss" and not token.lower_.endswith("self")
            (barred if own else likely).add(found.name)
    return likely, barred


def _who(scene: Scene, verb: Token) -> Mention | None:
    """Whom "who" as subject of a relative clause means."""
    for child in verb.children:
        if child.dep_ in SUBJECTS and child.lower_ in RELATIVE:
            return scene.headed.get(verb.head.i)
    return None


def embedded(head: Token) -> bool:
    """Whether a name only says whose or what kind another noun is: "a critic of Putin", "Hale's car"."""
    if head.dep_ in ("poss", "compound", "nmod"):
        return True
    above = head.head.head
    return (
        head.dep_ == "pobj"
        and head.head.dep_ == "prep"
        and above.pos_ in ("NOUN", "PROPN")
        and head.head.i > above.i
    )
