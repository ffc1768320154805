"""Headlines as sentences: what the parser makes of a line without articles and auxiliaries is put right.

"Kenya, Tanzania sign deal"             both are subjects of a verb taken for a noun
"Bolivia expels Danish ambassador"      a subject taken for a part of its verb
"Ukraine's Bondar to visit Berlin"      an infinitive tells what is planned
"Merkel meets Macron, urges unity"      the second verb is joined to the first, which says nothing

Only lines that end without a mark are read so; real sentences keep their parse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc, Token

from extract.grammar import among
from extract.ontology import load

HEADLINED = among("headlined")
UNFOLDING = among("unfolding")
MARKS = frozenset({".", "!", "?", '"', "'", ":", ";", ",", "..."})
TREE: list[int | str] = ["HEAD", "DEP"]  # written back, since moving heads leaves children out
LONGEST = 22  # tokens of a headline
NOUNS = ("NOUN", "PROPN")
PHRASE = ("ADJ", "NOUN", "PROPN", "NUM", "DET", "PART")
FINITE = ("VBD", "VBZ", "VBP", "MD")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
ASTRAY = ("compound", "npadvmod", "amod", "nmod", "dep", "appos", "nsubj")
CROWDS = frozenset({"police", "taliban", "guerrillas", "people", "mps"})
SPEAKING = frozenset(
    {"say", "tell", "report", "claim", "announce", "warn", "hear", "show", "find", "fear", "believe", "think"}
    | {
        "hope",
        "expect",
        "suggest",
        "indicate",
        "insist",
        "admit",
        "confirm",
        "add",
        "note",
        "reveal",
        "state",
    }
    | {"argue", "allege", "predict", "declare", "complain", "suspect", "know", "see", "learn"}
)

BIDDING = frozenset(
    {"urge", "ask", "order", "press", "tell", "warn", "want", "invite", "allow", "help", "force", "push"}
)


def read_headlines(doc: Doc) -> Doc:
    """The same Doc, the parses of its headlines mended in place."""
    found = False
    for sent in doc.sents:
        last = sent.end - 1
        while last > sent.start and doc[last].is_space:
            last -= 1
        if 2 < last + 1 - sent.start <= LONGEST and doc[last].text not in MARKS:
            found = _mend([token for token in doc[sent.start : last + 1] if not token.is_space]) or found
    if found:
        tree: Any = doc.to_array(TREE)
        doc.from_array(TREE, tree)
    return doc


def _mend(line: Sequence[Token]) -> bool:
    """Mend one headline, its verb first, then its subjects, then what follows a comma; whether it was one."""
    if len(line) < 3:
        return False
    _open_clause(line)
    verb = _verb(line)
    if verb is None:
        _find_talks(line[0].sent.root)
        return True
    _find_subject(verb)
    _find_object(verb)
    _find_bidding(verb)
    _join_subjects(verb, line)
    _join_second(verb)
    for second in line:
        if second.dep_ == "conj" and second.tag_ in FINITE and second.pos_ == "VERB":
            _find_object(second)
    return True


def _verb(line: Sequence[Token]) -> Token | None:
    """The verb of the headline, raised out of the noun that the tagger took it for."""
    root = line[0].sent.root
    if root.pos_ == "VERB" and (root.tag_ in FINITE or root.tag_ == "VB"):
        return root
    if root.pos_ in NOUNS and not any(token.tag_ in FINITE for token in line):
        misread = next((token for token in line[1:] if _misread(token, line)), None)
        if misread is None:
            return _planned(root)
        _raise(misread, line)
        return misread
    return None


def _open_clause(line: Sequence[Token]) -> None:
    """Find the verb behind "as": "Two killed as Turkey shells northern Syria"."""
    opener = next((token for token in line[2:-2] if token.lower_ in ("as", "while", "after")), None)
    if opener is None or opener.dep_ not in ("prep", "mark"):
        return
    clause = [token for token in line if token.i > opener.i]
    if any(token.tag_ in FINITE for token in clause):
        return
    verb = next((token for token in clause[1:-1] if _misread(token, clause)), None)
    if verb is not None and verb.nbor(1).text[0].isupper() | (verb.nbor(1).pos_ == "ADJ"):
        above = opener.head
        _raise(verb, clause)
        verb.head, verb.dep_ = above, "advcl"
        opener.head, opener.dep_ = verb, "mark"


def _find_talks(name: Token) -> None:
    """Read "UN envoy Hale in Moscow for talks with Belov" as talks of Hale's."""
    for prep in [c for c in name.children if c.lower_ == "for"]:
        for noun in [c for c in prep.children if c.lemma_ in ("talk", "meeting", "negotiation", "summit")]:
            if name.pos_ in NOUNS and any(c.lower_ == "with" for c in noun.children):
                _own(noun, name, prep)
                return


def _own(noun: Token, name: Token, prep: Token) -> None:
    """Make the talks the root of the line, and the name before "for" their owner."""
    noun.head, noun.dep_ = noun, "ROOT"
    title, name = name, next((c for c in name.children if c.dep_ == "appos" and c.pos_ == "PROPN"), name)
    for child in [c for c in (*title.children, *name.children) if c.dep_ == "prep" and c != prep]:
        child.head = noun
    name.head, name.dep_ = noun, "poss"
    prep.head = noun
    if title != name:
        title.head, title.dep_ = name, "compound"


def _planned(noun: Token) -> Token | None:
    """The infinitive of "Peru's Quispe to visit Chile", made the verb of its sentence."""
    verb = next((c for c in noun.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"), None)
    if verb is None or not verb.i or verb.nbor(-1).lower_ != "to" or noun.i > verb.i:
        return None
    verb.head, verb.dep_ = verb, "ROOT"
    noun.head, noun.dep_ = verb, "nsubj"
    return verb


def _misread(token: Token, line: Sequence[Token]) -> bool:
    """Whether a noun is the verb of the headline: "Turkey shells northern Syria", "Peru, Chile sign deal"."""
    before = token.nbor(-1)
    plural = token.tag_ in ("NNS", "NNPS") or (token.tag_ == "NNP" and token.lower_.endswith("s"))
    stem = token.lemma_.lower() if plural else token.lower_
    if token.pos_ not in NOUNS or stem not in HEADLINED or before.pos_ not in NOUNS:
        return False
    many = before.tag_ in ("NNS", "NNPS") or before.lower_ in CROWDS or _listed(before, line)
    if plural == many:
        return False
    following = token.nbor(1) if token != line[-1] else None
    if following is None or following.pos_ in ("ADP", "ADV"):
        return many and stem in UNFOLDING
    if _listed(before, line) or following.text[0].isupper() or following.pos_ in ("NUM", "PART", "ADJ"):
        return True
    opens = plural and before == line[0] and before.pos_ == "PROPN" and following.pos_ == "NOUN"
    return opens and (stem, None) not in load().nouns


def _listed(noun: Token, line: Sequence[Token]) -> bool:
    """Whether a comma right before the noun's phrase joins it to another: "Peru, Chile"."""
    first = noun.i
    while first > line[0].i and noun.doc[first - 1].pos_ in ("ADJ", *NOUNS):
        first -= 1
    return first - 1 > line[0].i and noun.doc[first - 1].text == "," and noun.doc[first - 2].pos_ in NOUNS


def _raise(verb: Token, line: Sequence[Token]) -> None:
    """Make the token the verb of the line: what is before it its subject, what is behind its object."""
    many = verb.tag_ not in ("NNS", "NNPS")
    stem = verb.lower_ if many else verb.lemma_.lower()
    subject, end = verb.nbor(-1), _end_of_phrase(verb, line)
    verb.head, verb.dep_ = verb, "ROOT"
    verb.tag_, verb.pos_, verb.lemma_ = ("VBP" if many else "VBZ"), "VERB", stem
    left = [token for token in line if token.i < verb.i]
    phrase = [token for token in line if verb.i < token.i < end]
    rest = [token for token in line if token.i >= end]
    subject.head, subject.dep_ = verb, "nsubj"
    _gather(left[:-1], left, subject)
    if phrase:
        phrase[-1].head, phrase[-1].dep_ = verb, "dobj"
        _gather(phrase[:-1], phrase, phrase[-1])
    for token in rest:
        if token.head == token or (token.head.i < end and token.head not in phrase):
            token.head = verb


def _gather(tokens: Sequence[Token], phrase: Sequence[Token], head: Token) -> None:
    """Hang the tokens of a phrase that hang outside it on its head."""
    for token in tokens:
        if token.head not in phrase or token.head == token:
            token.head = head
            token.dep_ = "amod" if token.pos_ == "ADJ" else "punct" if token.is_punct else "compound"


def _end_of_phrase(verb: Token, line: Sequence[Token]) -> int:
    """Where the noun phrase behind the verb ends, or the token behind the verb where there is none."""
    end = verb.i + 1
    while end <= line[-1].i and (verb.doc[end].pos_ in PHRASE or verb.doc[end].tag_ in ("HYPH", "PRP$")):
        if verb.doc[end].lower_ == "to":
            break
        end += 1
    while end > verb.i + 1 and verb.doc[end - 1].pos_ not in NOUNS:
        end -= 1
    return end


def _find_subject(verb: Token) -> None:
    """Make the noun right before a finite verb its subject: it has none, or one that stands before "as"."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else verb
    if before.dep_ == "pobj" and before.head.lower_ == "as" and verb.tag_ in ("VBZ", "VBP"):
        for other in [c for c in verb.children if c.dep_ == "nsubj"]:
            other.dep_ = "dep"
        opener, before.head, before.dep_ = before.head, verb, "nsubj"
        opener.head, opener.dep_ = verb, "mark"
        return
    if before.head != verb or before.pos_ not in NOUNS or before.dep_ not in ASTRAY:
        return
    if verb.tag_ in ("VBZ", "VBP", "VBD") and not any(c.dep_ in SUBJECTS for c in verb.children):
        before.dep_ = "nsubj"


def _find_object(verb: Token) -> None:
    """Make the noun behind a finite verb its object: "expels ambassador"."""
    if any(c.dep_ in ("dobj", "attr", "ccomp", "xcomp", "dative") for c in verb.children):
        return
    for child in verb.children:
        loose = child.dep_ in ("npadvmod", "dep", "nsubj") and child.ent_type_ not in ("DATE", "TIME")
        if loose and child.pos_ in NOUNS and child.left_edge.i == verb.i + 1:
            child.dep_ = "dobj"
            return


def _find_bidding(verb: Token) -> None:
    """Give "to open its border" to the verb in "Sweden urges Peru to open its border", not to Peru."""
    for name in [c for c in verb.children if c.dep_ == "dobj"] if verb.lemma_ in BIDDING else []:
        for inner in [c for c in name.children if c.dep_ in ("acl", "relcl", "advcl") and c.tag_ == "VB"]:
            if any(c.lower_ == "to" and c.dep_ == "aux" for c in inner.children):
                inner.head, inner.dep_ = verb, "xcomp"


def _join_subjects(verb: Token, line: Sequence[Token]) -> None:
    """Join the names before the verb: both act in "Peru, Chile to sign treaty"."""
    doc, i = verb.doc, verb.i
    while i > line[0].i and (doc[i - 1].lower_ == "to" or doc[i - 1].pos_ in ("AUX", "ADV")):
        i -= 1
    if verb.tag_ == "VBZ" or i == line[0].i or doc[i - 1].pos_ not in NOUNS:
        return
    heads, i = [doc[i - 1]], i - 1
    while True:
        while i > line[0].i and doc[i - 1].pos_ in ("ADJ", "NUM", "PART", *NOUNS) and doc[i - 1].text != ",":
            i -= 1
        if i - 2 < line[0].i or doc[i - 1].text != "," or doc[i - 2].pos_ not in NOUNS:
            break
        heads.append(doc[i - 2])
        i -= 2
    if i != line[0].i or len(heads) < 2 or not all(_begins_name(head) for head in heads):
        return
    *others, first = heads
    first.head, first.dep_ = verb, "nsubj"
    for other in others:
        other.head, other.dep_ = first, "conj"


def _begins_name(head: Token) -> bool:
    """Whether the phrase holds a name, or is of many: "Sudan army, rebels"."""
    left = head
    while left.i > head.sent.start and left.nbor(-1).pos_ in ("ADJ", *NOUNS):
        left = left.nbor(-1)
    return left.text[0].isupper() or head.tag_ == "NNS"


def _join_second(verb: Token) -> None:
    """Join a second verb to the first, which it does not say: "Merkel meets Macron, urges unity"."""
    first = next(
        (c for c in verb.children if c.dep_ in ("ccomp", "advcl", "parataxis") and c.i < verb.i), None
    )
    if first is None or first.tag_ not in ("VBZ", "VBD", "VBP") or verb.lemma_ in SPEAKING:
        return
    start = next((c.left_edge.i for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), verb.i)
    if start <= first.i or verb.doc[start - 1].text != ",":
        return
    if any(c.dep_ == "mark" for c in (*verb.children, *first.children)):
        return
    first.head, first.dep_ = first, "ROOT"
    verb.head, verb.dep_ = first, "conj"
