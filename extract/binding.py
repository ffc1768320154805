"""Whom grammar forbids a pronoun or noun to mean, and whom it makes likely: by where their names stand.

"He told Lopez that Hale had left" means neither Lopez nor Hale: a name never stands below its own pronoun.
"X, who said he had left": the subject of a relative clause is whom the clause hangs on.
"""

from __future__ import annotations

from spacy.tokens import Token

from extract.lexicon import among, words
from extract.model import Mention
from extract.scene import SUBJECTS, Scene, grammatical, has, keys

GOVERNING = SUBJECTS | {"dobj", "dative", "pobj", "poss"}
STYLED = frozenset({"dobj", "dative", "pobj", "nsubj"})
BIDDING = among("bidding")
CHARGED = frozenset({"of", "from", "for", "into"})
SOME = frozenset(
    {"some", "many", "most", "several", "few", "none", "all", "both", "dozens", "hundreds", "one"}
)
LOOSE = frozenset({"advcl", "parataxis", "dep", "relcl"})
RELATIVE = frozenset({"who", "which", "that"})
BESIDE = frozenset({"dobj", "dative", "prep", "agent", "pobj", "conj", "appos", "compound", "oprd"})
SAYS = among("says")
RAIDING = frozenset(
    {"ambush", "attack", "besiege", "bomb", "bombard", "invade", "overrun", "raid", "shell"}
    | {"storm", "violate"}
)


def clause(token: Token) -> Token:
    """The verb a token hangs on, through its preposition and "nine of"."""
    head = token.head
    above = head.head if head.dep_ in ("prep", "agent") else head
    partly = head.lower_ == "of" and above.dep_ in ("dobj", "pobj") and above.lower_ in SOME | _counted(above)
    return clause(above) if partly else above


def _counted(token: Token) -> frozenset[str]:
    """The word itself where it is a number."""
    return frozenset({token.lower_}) if token.like_num else frozenset()


def beneath(scene: Scene, token: Token) -> frozenset[str]:
    """Who is named behind a pronoun in what it governs: its clause, or the phrase that it owns."""
    if token.dep_ not in GOVERNING:
        return frozenset()
    above = token.head if token.dep_ == "poss" else clause(token)
    named = scene.cast.inside(token.i + 1, above.right_edge.i + 1)
    names = {m.name for m in named if m.kind == "name" and _within(scene.doc[m.head], above)}
    return frozenset(names | _styled(scene, token, above) | _others(scene, token))


def _others(scene: Scene, token: Token) -> set[str]:
    """Who is subject or governor of the verb that a pronoun is object of, by whatever mention."""
    if (
        token.dep_ not in ("dobj", "dative")
        or token.pos_ != "PRON"
        or token.text.endswith(("self", "selves"))
    ):
        return set()
    verb = clause(token)
    governor = _governor(verb)
    subjects = [c for i in _sharing(verb) for c in token.doc[i].children if c.dep_ in SUBJECTS]
    ends = subjects if governor is None else [*subjects, governor]
    return {scene.headed[end.i].name for end in ends if end.i in scene.headed}


def _styled(scene: Scene, token: Token, above: Token) -> set[str]:
    """Whom a title beside a pronoun means that only one has: "He called the president a thief"."""
    if token.dep_ not in SUBJECTS or token.pos_ != "PRON":
        return set()
    out: set[str] = set()
    for noun in token.doc[token.i + 1 : above.right_edge.i + 1]:
        if noun.tag_ == "NN" and noun.dep_ in STYLED and noun.lower_ in words().titles:
            bare = [c.lower_ for c in noun.children] == ["the"]
            known = (
                scene.called.get(next(iter(keys([noun])), ""), {}) if bare and _within(noun, above) else {}
            )
            persons = [name for name, m in known.items() if m.type == "PERSON"]
            out |= set(persons) if len(persons) == 1 else set()
    return out


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


def excluded(scene: Scene, token: Token, mention: Mention) -> bool:
    """Whether grammar forbids that the pronoun is this one: a verb's subject and object differ.

    Nor is a name that an apposition renames the owner in it: "Ana Ruiz, her lawyer".
    """
    if scene.quoted[token.i] and mention.name in _speakers(scene, token):
        return True
    if token.dep_ == "poss" and token.head.dep_ == "appos" and token.head.head.i == mention.head:
        return True
    head = grammatical(scene.doc[mention.head])
    if token.dep_ == "poss" and mention.type != "PERSON" and head.head == token.head.head:
        return head.dep_ in SUBJECTS and _raided(token.head)
    if token.dep_ in ("dobj", "dative", "pobj") and head.dep_ in SUBJECTS:
        return not token.text.endswith("self") and head.head.i in _sharing(clause(token))
    return token.dep_ in SUBJECTS and head.head == token.head


def _raided(noun: Token) -> bool:
    """Whether it is attacked, so that it is no attacker's: "said the planes bombed their positions"."""
    own = any(c.lower_ == "own" for c in noun.children)
    return noun.dep_ == "dobj" and noun.head.lemma_ in RAIDING and not own


def goes_on(token: Token, head: Token) -> bool:
    """Whether one subject says more: "Hale said that X left. He said …"."""
    verbs = (token.head, head.head)
    main = all(verb.dep_ == "ROOT" and verb.lemma_ in SAYS for verb in verbs)
    return main and token.dep_ in SUBJECTS and token.head != head.head


def _speakers(scene: Scene, token: Token) -> set[str]:
    """Who says what is quoted in this sentence: never he or she inside the quotation."""
    sent = token.sent
    if scene.spoken[0] != sent.start:
        said = {m.name for m in scene.cast.inside(sent.start, sent.end) if says(scene, m)}
        scene.spoken = (sent.start, said)
    return scene.spoken[1]


def _sharing(verb: Token) -> set[int]:
    """The verb and those whose subject it shares: "dismissed X and replaced him"."""
    out = {verb.i}
    while verb.dep_ in ("conj", "xcomp") and not has(verb, *SUBJECTS) and _governor(verb) is None:
        verb = verb.head
        out.add(verb.i)
    return out


def _governor(verb: Token) -> Token | None:
    """Who does what a verb tells though he is the object of another: "accused X of beating him"."""
    above = verb.head
    if verb.dep_ == "pcomp" and above.lower_ in CHARGED and above.dep_ == "prep":
        above = above.head
    elif verb.dep_ != "xcomp" or above.lemma_ not in BIDDING:
        return None
    return next((c for c in above.children if c.dep_ in ("dobj", "dative") and c.i < verb.i), None)


def says(scene: Scene, mention: Mention) -> bool:
    """Whether somebody is the subject of a verb of saying, outside a quotation."""
    head = scene.doc[mention.head]
    if scene.quoted[mention.head] or mention.type not in ("PERSON", "ORG", "STATE", "GROUP"):
        return False
    return head.dep_ in SUBJECTS and head.head.lemma_ in SAYS
