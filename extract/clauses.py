"""How a clause is built: its voice, objects, prepositions and particle, mended where misread."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.grammar import among
from extract.ontology import Ontology
from extract.scene import has as has

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE = frozenset({"nsubjpass", "csubjpass"})
UPWARDS = frozenset({"conj", "appos", "pobj", "prep", "compound", "nmod"})  # to what a noun is part of
WH = frozenset({"WP", "WDT", "WRB", "WP$"})
TAKEN = frozenset({"hostage", "captive", "prisoner"})
MESSAGES = among("messages")
VEHICLES = among("vehicles")
LISTING = frozenset({"VERB", "AUX", "ADV", "CCONJ", "PUNCT"})  # between verbs that share an object
DIRECTIONS = frozenset({"back", "away", "home", "aside", "apart", "together"})
ASTRAY = frozenset({"npadvmod", "advmod", "ccomp"})  # what the parser makes of a name behind its verb
CARRIERS = frozenset({"ADP", "SCONJ", "VERB", "ADV", "PART"})  # what the tagger makes of a preposition
BARE = frozenset({"help", "let", "make"})  # with an infinitive without "to"
HINDERING = frozenset({"prevent", "stop", "catch"})  # with a participle: "stopped X selling"
KILLING = frozenset({"kill", "wound", "injure", "maim", "destroy", "damage"})
BLASTS = frozenset(
    {"attack", "blast", "bombing", "crash", "earthquake", "explosion", "fire", "raid", "shooting", "strike"}
)
NUMBERED = frozenset({"VBZ", "VBP", "VBD"})
NOT_VERBS = frozenset({"aux", "auxpass", "amod", "compound"})


def is_verb(token: Token) -> bool:
    """Whether the token is a full verb (also one the tagger took for an auxiliary)."""
    return token.pos_ == "VERB" and token.dep_ not in ("aux", "auxpass")


def joined(token: Token) -> Iterator[tuple[Token, bool]]:
    """The token and what is coordinated with it on its right; whether it is the first."""
    yield token, True
    if token.ent_type_ in ("DATE", "TIME"):
        return
    stack = [token]
    if token.dep_ in ("dobj", "nsubjpass") and is_verb(token.head):
        company = (p for p in token.head.children if p.dep_ == "prep" and beside_object(p))
        yield from ((one, False) for prep in company for one in objects_of(prep))
    while stack:
        for child in stack.pop().children:
            if child.dep_ == "conj" and child.i > token.i and not is_verb(child):
                if not _second_title(token, child):
                    yield child, False
                stack.append(child)
            elif child.dep_ == "appos" and child.i > token.i:
                if _linked(child):
                    yield child, False
                stack.append(child)
            elif child.dep_ == "cc" and child.i > token.i and (lost := _unjoined(child)) is not None:
                yield lost, False


def _second_title(name: Token, noun: Token) -> bool:
    """Whether a person is told of by both nouns: "Berg, a lawyer and a member of the Jade Party"."""
    title = noun.head
    told = title.dep_ == "appos" and title.head == name and name.ent_type_ == "PERSON"
    return told and title.tag_ == noun.tag_ == "NN"


def _linked(noun: Token) -> bool:
    """Whether "as well as" stands before what the parser took for an apposition."""
    first = noun.left_edge.i
    return first > 2 and noun.doc[first - 3 : first].text.lower() == "as well as"


def beside_object(prep: Token) -> bool:
    """Whether "along with" brings whom the act befalls too: "arrested X along with Y"."""
    verb = prep.head
    if not in_company(prep) or not is_verb(verb) or prep.i < verb.i:
        return False
    along = prep.i if prep.lower_ == "along" else prep.i - 1
    before = prep.doc[along - 1]
    objects = [c for c in verb.children if c.dep_ == "dobj" and c.right_edge == before]
    return prep.doc[along].lower_ == "along" and (bool(objects) or passive(verb))


def _unjoined(link: Token) -> Token | None:
    """The noun behind an "and" that the parser gave to another word: "between Kenya and (a team of Peru)"."""
    if any(c.dep_ in ("conj", "appos") and c.i > link.i for c in link.head.children):
        return None
    first = link.nbor(1) if link.i + 1 < len(link.doc) else link
    noun = first
    while noun.head.i > noun.i and noun.pos_ != "NOUN" and noun.head.left_edge == first:
        noun = noun.head
    astray = noun.dep_ in ("dep", "npadvmod", "advcl") and noun.head.i < link.head.i
    return noun if astray and noun.pos_ in ("NOUN", "PROPN") and noun.left_edge == first else None


def objects_of(prep: Token) -> Iterator[Token]:
    """What a preposition governs, through a second one: "out of X", "from inside X"."""
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp") and not is_verb(child):
            yield child
        elif child.dep_ == "prep":
            yield from objects_of(child)


def antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun repeats, None for any other word."""
    if token.tag_ not in WH:
        return None
    if (beside := _noun_before(token)) is not None:
        return beside
    for up in (token.head, *token.head.ancestors):
        if up.dep_ == "ccomp" and token.head == up and token.dep_ in SUBJECTS and (cleft := _cleft(up)):
            return cleft
        if up.dep_ == "relcl":
            if token.dep_ == "pobj" and token.head.lower_ == "in":
                return _message_above(up.head)
            return _agreeing(up.head, up) if token.head == up and token.dep_ in SUBJECTS else up.head
    return None


def _noun_before(token: Token) -> Token | None:
    """The noun before ", with which it trades", where the parser takes the clause for an adverbial."""
    prep, verb = token.head, token.head.head
    first = prep.i
    if token.dep_ != "pobj" or token.lower_ not in ("which", "whom") or verb.dep_ != "advcl" or first < 2:
        return None
    noun = prep.doc[first - 2]
    opens = verb.left_edge.i == first and prep.doc[first - 1].text == ","
    return noun if opens and noun.pos_ in ("NOUN", "PROPN") else None


def _agreeing(noun: Token, clause: Token) -> Token:
    """The noun that a relative clause is about by number and sense, where the parser took the last one.

    "a summit of African leaders, which opens": the summit. "blasts on a train which killed 40": the blasts.
    """
    above = noun.head.head
    if noun.dep_ != "pobj" or above.pos_ != "NOUN" or any(c.dep_ == "conj" for c in noun.children):
        return noun
    if clause.lemma_ in KILLING and above.lemma_ in BLASTS and noun.ent_type_ != "PERSON":
        return above
    plural, others = noun.tag_ in ("NNS", "NNPS"), above.tag_ in ("NNS", "NNPS")
    said = next((t for t in (*clause.children, clause) if t.tag_ in NUMBERED and _tensed(t, clause)), None)
    if said is None or plural == others or noun.ent_type_ in ("ORG", "GPE"):
        return noun
    many = said.tag_ == "VBP" or said.lower_ == "were"
    return noun if many == plural or (said.tag_ == "VBD" and said.lower_ not in ("was", "were")) else above


def _tensed(word: Token, clause: Token) -> bool:
    return word == clause or word.dep_ in ("aux", "auxpass")


def _cleft(clause: Token) -> Token | None:
    """The noun that "it was … that" sets off: "it was Kenya that attacked"."""
    being = clause.head
    if being.lemma_ != "be" or not any(c.lower_ == "it" and c.dep_ == "nsubj" for c in being.children):
        return None
    return next((c for c in being.children if c.dep_ == "attr" and being.i < c.i < clause.i), None)


def _message_above(noun: Token) -> Token:
    """What "in which" something is said: "posted a message on a site in which he accused X"."""
    above = noun.head.head
    if noun.dep_ == "pobj" and noun.lemma_ not in MESSAGES:
        near = (above, *(c for c in above.children if c.dep_ == "dobj"))
        return next((token for token in near if token.lemma_ in MESSAGES), noun)
    return noun


def passive(verb: Token) -> bool:
    """Whether the verb is in the passive voice, reduced clauses included."""
    if any(child.dep_ in ("nsubjpass", "auxpass", "csubjpass") for child in verb.children):
        return True
    if active_after_all(verb):
        return False
    if verb.dep_ == "acl" and verb.tag_ == "VBD":
        return has(verb, "agent")
    if verb.tag_ != "VBN":
        unmarked = verb.tag_ in ("VB", "VBD") and verb.dep_ == "conj" and has(verb, "agent")
        return (
            unmarked and is_verb(verb.head) and passive(verb.head) and not has(verb, "nsubj", "dobj", "aux")
        )
    if (verb.dep_ == "acl" and not has(verb, "nsubj")) or has(verb, "agent"):
        return True
    if verb.dep_ in ("advcl",) and not any(child.dep_ in ("aux", "dobj") for child in verb.children):
        return True
    return verb.dep_ == "conj" and passive(verb.head) and not has(verb, "nsubj", "dobj", "aux")


def active_after_all(verb: Token) -> bool:
    """Whether a participle is the verb that its sentence lacks: "Chile, like Peru, condemned Bolivia".

    So too behind a clause of its subject's: "Rebels who said they had lost men seized a port".
    """
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD"):
        return False
    root = verb.sent.root
    behind = verb.tag_ == "VBD" and any(c.dep_ == "relcl" and c.is_ancestor(verb) for c in root.children)
    if verb.doc[max(verb.i - 1, 0)].text not in (",", ")") and not behind:
        return False
    return (
        root.pos_ in ("NOUN", "PROPN")
        and root.i < verb.head.i
        and (has(verb, "dobj") or (verb.tag_ == "VBD" and has(verb, "xcomp", "ccomp")))
        and not has(verb, "agent")
    )


def object_tokens(verb: Token) -> Iterator[tuple[Token, str]]:
    """Direct and indirect objects, also of a relative clause, also before an infinitive ("asked X to go")."""
    named = [c for c in verb.children if c.dep_ == "oprd" and c.i > verb.i]
    if len(named) == 2 and named[0].pos_ == "PROPN":
        yield named[0], "own"
    for child in verb.children:
        if (child.dep_ in ("dobj", "dative") and child.pos_ != "ADP") or _misread(child, verb):
            noun = antecedent(child)
            yield (noun, "relative") if noun is not None else (child, "own")
            if child.lower_ in TAKEN:
                yield from ((t, "small clause") for t in child.children if t.tag_ == "NNS")
        elif child.dep_ == "prt":
            yield from ((t, "own") for t in child.children if t.dep_ == "pobj")
        elif child.lower_ in TAKEN and child.dep_ in ("ccomp", "oprd", "advcl"):
            yield from ((t, "small clause") for t in child.children if t.dep_ in ("nsubj", "compound"))
        elif child.dep_ in ("ccomp", "xcomp") and child.i > verb.i and _of_object(child, verb):
            yield from ((t, "small clause") for t in child.children if t.dep_ in SUBJECTS)
    marked = any(c.dep_ == "mark" and c.lower_ != "that" for c in verb.children)
    if verb.dep_ == "relcl" and has(verb, "nsubj") and not has(verb, "dobj", "dative") and not marked:
        relative = any(c.tag_ in WH and _clause_of(c) == verb for c in verb.subtree)
        if not relative:
            yield verb.head, "relative"
    if has(verb, "dobj", "ccomp", "xcomp", "dative"):
        return
    later = verb
    while following := [c for c in later.children if c.dep_ == "conj" and is_verb(c) and c.i > later.i]:
        later = following[0]
        if has(later, "nsubj") or any(t.pos_ not in LISTING for t in verb.doc[verb.i + 1 : later.i]):
            return
        if found := [t for t in later.children if t.dep_ == "dobj"]:
            yield from ((t, "shared") for t in found)
            return


def _clause_of(word: Token) -> Token | None:
    """The relative clause that a relative pronoun opens."""
    return next((up for up in word.ancestors if up.dep_ == "relcl"), None)


def _of_object(child: Token, verb: Token) -> bool:
    """Whether the complement's subject is the verb's object: "asked X to go", "helped X win"."""
    if child.tag_ == "VBG":
        return verb.lemma_ in HINDERING and not has(child, "aux")
    return infinitive(child) or (child.tag_ == "VB" and verb.lemma_ in BARE and not has(child, "aux"))


def _misread(child: Token, verb: Token) -> bool:
    """A name behind its verb that the parser takes for a time: "attacked Turkey", "beat Orion 3-2"."""
    if child.dep_ not in ASTRAY or child.pos_ != "PROPN" or child.i < verb.i:
        return False
    if child.left_edge.nbor(-1).text == ",":
        return False
    before = child.left_edge.nbor(-1)
    if before.text == "," and not any(
        c.dep_ == "dobj" and before.nbor(-1) in c.subtree for c in verb.children
    ):
        return False
    beside = child.left_edge.i == verb.i + 1 and child.ent_type_ not in ("DATE", "TIME") and is_verb(verb)
    return beside or child.ent_type_ in ("GPE", "ORG", "PERSON", "NORP")


def infinitive(verb: Token) -> bool:
    """Whether the verb stands with "to"."""
    return any(c.tag_ == "TO" for c in verb.children)


def that(verb: Token) -> bool:
    """Whether the clause begins with "that", as a conjunction."""
    return any(c.tag_ == "IN" and c.lower_ == "that" for c in verb.children)


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Each preposition of a verb or noun with the word it brings, also of "arrest" in "warrant of arrest"."""
    for child in phrases(token):
        if child.dep_ in ("prep", "dative", "agent") and child.pos_ in CARRIERS:
            name = child.lower_
            if in_company(child):
                continue
            for further in _further(child):
                yield from ((further.lower_, inner) for inner in objects_of(further))
            for inner in objects_of(child):
                inner = antecedent(inner) or inner
                yield name, inner
                borne = name == "by" and inner.lemma_ in VEHICLES
                if borne or (name == "of" and token.pos_ == "NOUN" and not inner.ent_type_):
                    yield from prepositions(inner)
        elif child.lower_ == "worth" and child.i > token.i:
            yield from prepositions(child)
        elif child.lower_ == "where" and (noun := antecedent(child)) is not None:
            yield "in", noun
        elif child.dep_ in ("advmod", "prt") and child.pos_ in ("ADV", "ADP"):
            for inner_prep in child.children:
                if inner_prep.dep_ == "prep":
                    for inner in objects_of(inner_prep):
                        yield inner_prep.lower_, inner


def _further(prep: Token) -> Iterator[Token]:
    """The prepositions joined to this one: "heard from X and then from Y"."""
    for child in prep.children:
        if child.dep_ == "conj" and child.pos_ == "ADP" and child.i > prep.i:
            yield child
            yield from _further(child)


def in_company(prep: Token) -> bool:
    """Whether the preposition brings who acts along: "together with", "along with", "alongside"."""
    if prep.lower_ in ("alongside", "along"):
        return prep.lower_ == "alongside" or any(c.lower_ == "with" for c in prep.children)
    near = prep.nbor(-1).lower_ if prep.i else ""
    return prep.lower_ == "with" and near in ("together", "along", "jointly")


def phrases(token: Token) -> Iterator[Token]:
    """The token's children, of a list of verbs each with its own: "met X and, in a deal with Y, agreed"."""
    if not is_verb(token):
        yield from token.children
        return
    yield from (c for c in token.children if not _hands_on(c))
    if token.dep_ == "conj" and is_verb(token.head):
        yield from (c for c in token.head.children if c.i < token.i and _hands_on(c))


def _hands_on(prep: Token) -> bool:
    if prep.dep_ != "prep" or prep.i < prep.head.i:
        return False
    first = prep.left_edge.i
    return prep.doc[first - 1].text == "," and prep.doc[first - 2].dep_ == "cc"


def particle(verb: Token, words: Ontology | None = None) -> str | None:
    """The verb's particle: "called off"; with `words` also what makes an idiom of it: "put on trial"."""
    if words is not None and (known := words.idioms.get(verb.lemma_.lower())):
        found = next((text for text in _completions(verb) if text in known), None)
        if found is not None:
            return found
    return next((child.lower_ for child in verb.children if _completes(child, verb)), None)


def _completes(child: Token, verb: Token) -> bool:
    """Whether the word is the verb's particle, an adverb of direction among them: "hit back", "sent home"."""
    if child.dep_ == "prt":
        return True
    near = child.i == verb.i + 1 and (child.pos_ == "ADP" or child.lower_ in DIRECTIONS)
    return child.dep_ == "advmod" and (near or (child.i > verb.i and child.lower_ in ("back", "home")))


def _completions(verb: Token) -> Iterator[str]:
    """What may complete an idiom: "hostage", "responsible", "to court", "on alert"."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        yield child.lower_
        if child.dep_ == "prep":
            yield from (f"{child.lower_} {grand.lower_}" for grand in child.children)
        else:
            yield from (grand.lower_ for grand in child.children if grand.dep_ in ("acomp", "oprd", "prep"))
            below = (grand for grand in child.children if grand.dep_ == "prep")
            yield from (f"{prep.lower_} {last.lower_}" for prep in below for last in prep.children)
            if child.dep_ == "dobj" and child.left_edge.i == verb.i + 1 and child.left_edge.tag_ == "JJ":
                yield child.left_edge.lower_


def framed(verb: Token, slot: str, thing: str | None, words: Ontology) -> bool:
    """Whether the table knows the verb with this very object: "drop bombs on", "take control of"."""
    if thing is None:
        return False
    lemma, part = verb.lemma_.lower(), particle(verb)
    known = [words.verbs.get((lemma, p, None, thing)) for p in {part, None}]
    open_to = any(sense is not None and slot in ("object", *sense.targets, *sense.places) for sense in known)
    return open_to or any((lemma, p, slot, thing) in words.verbs for p in {part, None})
